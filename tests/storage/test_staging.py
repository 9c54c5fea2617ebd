"""What an import has read, before it is written."""

from __future__ import annotations

from contextlib import closing
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.storage.imported_facts import GONE, IN_FRONT, MEASURED, NOTHING_FOLLOWED, UNTIL_NEXT
from tracker.storage.overlaps import MeasuredInterval
from tracker.storage.staging import Staging

readings = st.builds(
    lambda start, lasts, estimated: (start, start + lasts, estimated),
    st.integers(0, 50),
    st.integers(0, 200),
    st.integers(IN_FRONT, NOTHING_FOLLOWED),
)


def latest(read: list[MeasuredInterval], known: list[MeasuredInterval]) -> list[MeasuredInterval]:
    """What is remembered of one record that was read so, and known so."""
    with closing(Staging()) as staging:
        staging.add([("x", start, end, 1, estimated, None, False) for start, end, estimated in read])
        staging.compare([(1, "x", *reading) for reading in known])
        return [(start, end, estimated) for _key, _channel, start, end, estimated in staging.facts_by_key()]


@pytest.mark.parametrize(
    ("first", "second", "believed"),
    [
        ((0, 10, MEASURED), (0, 90, MEASURED), (0, 90, MEASURED)),  # the browser completed it
        ((0, 300, UNTIL_NEXT), (0, 20, MEASURED), (0, 20, MEASURED)),
        ((0, 300, NOTHING_FOLLOWED), (0, 20, UNTIL_NEXT), (0, 20, UNTIL_NEXT)),
        ((0, 100, NOTHING_FOLLOWED), (0, 300, NOTHING_FOLLOWED), (0, 300, NOTHING_FOLLOWED)),
        ((0, 100, UNTIL_NEXT), (0, 300, UNTIL_NEXT), (0, 100, UNTIL_NEXT)),
        ((0, 300, MEASURED), (0, 20, IN_FRONT), (0, 20, IN_FRONT)),
    ],
)
def test_of_two_readings_the_surer_is_believed_whichever_came_first(
    first: MeasuredInterval, second: MeasuredInterval, believed: MeasuredInterval
) -> None:
    assert latest([first, second], []) == latest([second, first], []) == [believed]
    for known, read in ((first, second), (second, first)):
        assert latest([read], [known]) == ([] if known == believed else [believed])


@given(st.lists(readings, min_size=3, max_size=3))
def test_belief_does_not_depend_on_the_order_of_three(three: list[MeasuredInterval]) -> None:
    believed = {latest(list(order), [])[0] for order in permutations(three)}
    assert len({span[:2] for span in believed}) == 1, "that the same time was in front is no news"


def test_what_a_later_import_found_wrong_is_not_known() -> None:
    assert latest([(0, 10, MEASURED)], [(0, 10, MEASURED), (0, 0, GONE)]) == [(0, 10, MEASURED)]
