"""From facts to sessions, without a file."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.models import LONGEST_SESSION, Session
from tracker.importers import planning
from tracker.importers.planning import SessionChanges
from tracker.storage.imported_facts import MEASURED
from tracker.storage.overlaps import GAP, MeasuredInterval, joined, subtract, union

times = st.integers(0, 2_000)
spans = st.builds(
    lambda start, lasts, estimated: (start, start + lasts, estimated), times, st.integers(0, 200), st.integers(0, 2)
)
intervals = st.builds(lambda start, lasts: (start, start + lasts), times, st.integers(0, 200))


def seconds(spans: list[MeasuredInterval] | list[tuple[int, int]]) -> set[int]:
    return {second for span in spans for second in range(span[0], span[1])}


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([(0, 10, 0), (40, 50, 0)], [(0, 50, 0)]),
        ([(0, 10, 0), (41, 50, 0)], [(0, 10, 0), (41, 50, 0)]),
        ([(0, 100, 0), (10, 20, 0), (125, 126, 0)], [(0, 126, 0)]),
        ([(5, 5, 0)], [(5, 5, 0)]),
        ([(0, 300, 1), (20, 30, 0)], [(0, 300, 1)]),
        ([(0, 20, 1), (20, 30, 0)], [(0, 30, 0)]),
        ([(0, 30, 1), (20, 30, 0)], [(0, 30, 0)]),
        ([], []),
    ],
)
def test_facts_up_to_half_a_minute_apart_are_one_session(
    facts: list[MeasuredInterval], expected: list[MeasuredInterval]
) -> None:
    assert joined(facts) == expected
    assert joined(reversed(facts)) == expected


def test_no_session_is_longer_than_the_database_holds() -> None:
    facts = [(day * 86_400, (day + 1) * 86_400, MEASURED) for day in range(20)]
    joined_facts = joined(facts)
    assert all(end - start <= LONGEST_SESSION for start, end, _estimated in joined_facts)
    assert sum(end - start for start, end, _estimated in joined_facts) == 20 * 86_400


@given(st.lists(spans))
def test_joined_sessions_hold_all_the_time_and_are_further_apart(facts: list[MeasuredInterval]) -> None:
    joined_facts = joined(facts)
    assert seconds(facts) <= seconds(joined_facts)
    assert all(later[0] - earlier[1] > GAP for earlier, later in pairwise(joined_facts))


@given(st.lists(spans), st.lists(intervals))
def test_cutting_leaves_exactly_the_time_that_is_not_taken(
    facts: list[MeasuredInterval], taken: list[tuple[int, int]]
) -> None:
    sessions = joined(facts)
    left = subtract(sessions, union(taken))
    assert seconds(left) == seconds(sessions) - seconds(taken)
    points = {span[0] for span in sessions if span[0] == span[1]}
    assert {span[0] for span in left if span[0] == span[1]} == points - seconds(taken)


def session(id: int, start: int, end: int, **details: object) -> Session:
    return Session(id, "x", start, end, "UTC", source="chrome")._replace(**details)  # type: ignore[arg-type]


def settled(
    before: list[MeasuredInterval],
    fresh: list[MeasuredInterval],
    existing: list[Session],
    taken: list[tuple[int, int]] | None = None,
) -> SessionChanges:
    changes = SessionChanges()
    difference = planning.interval_difference(before, [*before, *fresh])
    planning.apply_difference(difference, fresh, existing, taken or [], session(0, 0, 0), changes)
    return changes


def contents(changes: SessionChanges) -> tuple[list[Session], list[Session], list[int]]:
    return changes.added, changes.changed, changes.deleted


def test_a_fact_between_two_sessions_makes_them_one_that_knows_what_both_knew() -> None:
    existing = [session(1, 0, 10, note="a"), session(2, 50, 60, note="b", person="Samia"), session(3, 500, 510)]
    changes = settled([(0, 10, 0), (50, 60, 0), (500, 510, 0)], [(20, 30, 0)], existing)
    assert changes.changed == [session(1, 0, 60, note="a; b", person="Samia")]
    assert (changes.added, changes.deleted) == ([], [2])


def test_time_recorded_by_hand_cuts_an_imported_session_in_two() -> None:
    changes = settled([], [(0, 100, 0)], [], [(40, 60)])
    assert changes.added == [session(0, 0, 40), session(0, 60, 100)]


def test_a_session_that_was_cut_grows_at_its_end() -> None:
    existing = [session(1, 0, 40), session(2, 60, 100, note="kept")]
    changes = settled([(0, 100, 0)], [(90, 150, 0)], existing, [(40, 60)])
    assert contents(changes) == ([], [session(2, 60, 150, note="kept")], [])


def test_a_session_that_the_user_moved_is_left_alone_and_only_new_time_is_added() -> None:
    existing = [session(1, 0, 80)]
    changes = settled([(0, 100, 0)], [(110, 150, 0)], existing)
    assert contents(changes) == ([session(0, 110, 150)], [], [])


def test_a_session_that_the_user_deleted_does_not_come_back() -> None:
    changes = settled([(0, 100, 0)], [(90, 150, 0)], [])
    assert contents(changes) == ([session(0, 100, 150)], [], [])


def test_a_note_does_not_keep_a_session_from_growing() -> None:
    changes = settled([(0, 100, 0)], [(90, 150, 0)], [session(1, 0, 100, note="why?")])
    assert contents(changes) == ([], [session(1, 0, 150, note="why?")], [])


def test_measured_sessions_give_way_to_recorded_time() -> None:
    changes = SessionChanges()
    planning.yield_to_recorded(
        [session(1, 0, 100), session(2, 200, 210), session(3, 300, 310)], [(40, 60), (190, 220)], changes
    )
    assert contents(changes) == ([session(0, 60, 100)], [session(1, 0, 40)], [2])
