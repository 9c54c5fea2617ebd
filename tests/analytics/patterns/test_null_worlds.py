"""A fast slice of `python -m tests.studies`, with room for fewer months of fewer people; and the page it writes."""

from __future__ import annotations

from random import Random

import pytest

from tests.studies.catalogue import STUDIES
from tests.studies.page import PAGE, handbook, notes_of, without_studies
from tests.studies.people import NULLS, USUAL, person
from tests.studies.phones import phones
from tests.studies.study import ALARMS, RECALL, Cell, Study, Tally, look, someone, told, wanted
from tracker.analytics.patterns.registry import NAMES
from tracker.analytics.patterns.scan import clusters
from tracker.analytics.statistics.descriptive import wilson_interval
from tracker.calendar.zones import DAY

#: Months of each kind; those of low use cost a fifth of those of middle use.
RUNS = {"low": 50, "middle": 16}
EVERY = pytest.mark.parametrize("study", STUDIES.values(), ids=STUDIES)


def _days(study: Study, use: str) -> int:
    """The fewest days at which all is claimed."""
    return max(study.needs, study.claims.get(use, 14))


def _harmless(study: Study) -> list[Cell]:
    return [Cell(null, use, _days(study, use), study.null, study.times) for null in NULLS for use in RUNS]


def _planted(study: Study) -> list[Cell]:
    return [Cell("A", use, _days(study, use), study.plants(use), study.times) for use in RUNS if use in study.claims]


@pytest.fixture(scope="module")
def months() -> Tally:
    every = wanted(STUDIES.values())
    chosen = {cell for study in STUDIES.values() for cell in (*_harmless(study), *_planted(study))}
    return {cell: look(cell, some, range(RUNS[cell.use])) for cell, some in every.items() if cell in chosen}


@EVERY
def test_lives_in_which_nothing_is_going_on_rarely_raise_it(study: Study, months: Tally) -> None:
    found = [told(months, cell, study.name) for cell in _harmless(study) if cell.null in study.silent_on]
    flagged, runs = sum(one.flagged for one in found), sum(one.runs for one in found)
    assert runs >= 100
    assert wilson_interval(flagged, runs)[0] <= ALARMS
    assert flagged <= 1.5 * ALARMS * runs


@EVERY
def test_what_is_planted_is_seen(study: Study, months: Tally) -> None:
    found = [told(months, cell, study.name) for cell in _planted(study)]
    flagged, runs = sum(one.flagged for one in found), sum(one.runs for one in found)
    assert runs
    assert wilson_interval(flagged, runs)[1] >= RECALL
    assert flagged >= 0.85 * runs


@pytest.mark.parametrize("name", ["brief_checks", "check_cluster", "rebound", "time_without_return"])
def test_as_first_defined_they_were_raised_too_often(name: str, months: Tally) -> None:
    found = [told(months, cell, name) for cell in _harmless(STUDIES[name]) if cell.null in STUDIES[name].silent_on]
    assert max(one.at_first / one.runs for one in found) > 2 * ALARMS


def test_the_same_number_is_the_same_person() -> None:
    cell = Cell("B", "low", 28, USUAL)
    assert someone(cell, 7) == someone(cell, 7)
    assert someone(cell, 7) != someone(cell, 8)


def test_the_seconds_of_days_are_as_many_without_their_times() -> None:
    # Drawn in another order, so not the same ones; but of the same size.
    whole = person(Random(1), "A", "middle", 90)
    days = person(Random(1), "A", "middle", 90, times=False)
    assert sum(days.seconds.values()) == pytest.approx(sum(whole.seconds.values()), rel=0.1)


def test_the_order_of_the_days_changes_no_burst() -> None:
    log = person(Random(2), "B", "middle", 28)
    order = [*range(28)]
    Random(3).shuffle(order)
    first = log.now - 28 * DAY
    # A burst that runs over the start of a day would be cut in two by another order.
    kept = [one for one in log.openings if 3600 < (one.start - first) % DAY < 22 * 3600]
    moved = []
    for one in kept:
        day = (one.start - first) // DAY
        begins = one.start + (order[day] - day) * DAY
        moved.append(one._replace(start=begins, end=begins + 15))
    there, back = (clusters(log._replace(openings=tuple(sorted(some)))) for some in (kept, moved))
    assert len(there) > 3
    assert sorted((one.openings, one.p) for one in back) == sorted((one.openings, one.p) for one in there)


def test_every_pattern_that_can_be_flagged_has_a_study() -> None:
    assert set(NAMES) - set(STUDIES) == {"burstiness", "self_initiated"}


def test_the_pages_definitions_are_those_of_the_program() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert without_studies(page) == handbook({}, notes_of(page)), "run python -m tests.studies"


@pytest.mark.usefixtures("samples")
def test_real_phones_show_a_handful_of_clusters_a_month_not_dozens() -> None:
    logs = phones()
    assert len(logs) == 2
    for log in logs.values():
        assert len(log.window) >= 26
        assert 1 <= len(clusters(log)) <= 15
