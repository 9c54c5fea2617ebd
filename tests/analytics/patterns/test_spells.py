"""Spells: which sessions were picked up and which only switched to."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.analytics.patterns.made import log, opening
from tracker.analytics.patterns.detector_input import pick_ups
from tracker.analytics.patterns.detectors.check_cluster import find
from tracker.analytics.patterns.openings import LIT_GAP, SPELL_GAP, spell_starts

PHONE = "app-usage"


def spells(
    spans: Sequence[tuple[int, int]],
    dark: Sequence[int] = (),
    sources: Sequence[str | None] = (),
    uses: Sequence[tuple[int, int]] = (),
) -> dict[int, int]:
    """The places of the sessions that begin no spell, with the place of the one that did; `dark` are moments only."""
    known = sorted([*uses, *((at, at) for at in dark)])
    starts, ends = zip(*spans, strict=True)
    names = sources or [PHONE] * len(spans)
    return spell_starts(range(len(spans)), starts, ends, names, {PHONE: known} if known else {})


def inside(spans: Sequence[tuple[int, int]], dark: Sequence[int] = (), sources: Sequence[str | None] = ()) -> set[int]:
    """The places of the sessions that begin no spell."""
    return {*spells(spans, dark, sources)}


@pytest.mark.parametrize(("gap", "begins"), [(0, False), (SPELL_GAP, False), (SPELL_GAP + 1, True)])
def test_without_a_known_screen_a_gap_decides(gap: int, begins: bool) -> None:
    assert inside([(1000, 1060), (1060 + gap, 1200 + gap)]) == (set() if begins else {1})


def test_where_the_screen_is_known_a_dark_moment_decides() -> None:
    spans = [(1000, 1060), (1100, 1160), (1200, 1260)]
    assert inside(spans, dark=[500, 1162]) == {1}, "dark between the second and the third"
    assert inside([(1000, 1060), (1400, 1460)], dark=[500]) == {1}, "six minutes of other apps"
    assert inside([(1000, 1060), (1060 + LIT_GAP + 1, 2000)], dark=[500]) == set()
    assert inside(spans, dark=[500, 1058, 1260]) == {2}, "the first was ended by the screen"


def test_a_day_without_dark_screens_is_one_whose_screen_is_not_known() -> None:
    later = 1000 + 2 * 86_400
    assert inside([(later, later + 60), (later + 300, later + 360)], dark=[500]) == set()


def test_the_screen_of_one_device_does_not_end_the_spell_of_another_one_of_the_same_source() -> None:
    tablet = [(1000, 1060), (1100, 1160), (1300, 1360)]
    phone = [(1170, 1180), (1185, 1190)]
    uses = [(1000, 1400), (1170, 1190)]
    both = [*tablet[:2], *phone, tablet[2]]
    assert spells(both, uses=uses) == {1: 0, 3: 2, 4: 0}
    # Where only the moments are known, the phone's ends what the tablet goes on with.
    assert spells(both, dark=[1190, 1400]) == {1: 0, 2: 0, 3: 0}


def test_a_use_on_a_lit_screen_is_another_spell_after_ten_minutes() -> None:
    assert spells([(1000, 1060), (1060 + LIT_GAP + 1, 2000), (2010, 2020)], uses=[(1000, 2020)]) == {2: 1}


def test_a_use_whose_end_is_still_to_come_is_told_from_the_one_before() -> None:
    spans = [(1000, 1060), (1100, 1110), (1400, 1410)]
    assert spells(spans, uses=[(1000, 1060)]) == {2: 1}, "dark after the first; the others go on"
    assert spells([(1000, 1001), (1003, 1100)], uses=[(1000, 1002), (1003, 1100)]) == {}, "picked up a second later"


def test_devices_have_spells_of_their_own_and_records_of_a_person_stand_alone() -> None:
    spans = [(1000, 1060), (1070, 1080), (1090, 1100), (1110, 1120)]
    assert inside(spans, sources=[PHONE, "chrome", None, PHONE]) == {3}
    assert inside(spans, sources=[None] * 4) == set()


def test_a_longer_session_of_another_channel_keeps_the_spell() -> None:
    assert inside([(1000, 5000), (1100, 1200), (5100, 5200)]) == {1, 2}


def test_what_is_switched_to_belongs_to_the_session_that_was_picked_up() -> None:
    starts, ends = [1000, 1070, 1090, 2000, 2020], [1060, 1080, 1100, 2010, 2030]
    assert spell_starts([7, 8, 9, 3, 4], starts, ends, [PHONE] * 5, {}) == {8: 7, 9: 7, 4: 3}


def test_switching_to_and_fro_is_one_opening_of_the_patterns() -> None:
    starts = [1_794_500_000 + 60 * place for place in range(12)]
    month = log([])._replace(openings=tuple(opening(start, number=start) for start in starts))
    assert find(month).state == "flagged"
    switching = month._replace(switched_to=dict.fromkeys(starts[1:], starts[0]))
    assert list(pick_ups(switching)[0].starts) == starts[:1]
    assert find(switching).state == "quiet"
