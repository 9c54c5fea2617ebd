"""A clock that is wrong, by an hour or by a century, either way: nothing confirmed is lost, and undo stays whole."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.storage.files import PARIS, dump
from tracker.domain.errors import TrackerError
from tracker.domain.models import CHECK_LASTS
from tracker.storage import Database, day_records, imported_facts, session_table, sessions, undo, undo_steps
from tracker.storage.undo_steps import undo_step

DAY = 86_400
IN_1970, IN_2099 = 60, 4_070_908_800


@pytest.fixture(params=[1, 50])
def often(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """Old steps are forgotten at every step, or as often as they really are."""
    monkeypatch.setattr(undo_steps, "FORGETS_EVERY", request.param)
    return int(request.param)


def write(database: Database, words: str, now: int) -> None:
    day_records.write_note(database, "2026-11-23", words, now=now)


def notes(database: Database) -> list[tuple[Any, ...]]:
    """All that `write` changes, as `dump` has it."""
    return database.rows("SELECT * FROM day_note ORDER BY id")


def kept(database: Database) -> list[int]:
    return [id for (id,) in database.rows("SELECT id FROM action ORDER BY id")]


@pytest.mark.parametrize("wrong", [IN_1970, IN_2099])
def test_a_command_under_a_wrong_clock_forgets_nothing(database: Database, often: int, wrong: int) -> None:
    before = dump(database)
    states = [notes(database)]
    for begin in (NOW, wrong, NOW + DAY):
        for number in range(often + 10):
            write(database, f"{begin} {number}", begin + number)
            states.append(notes(database))
    for state in reversed(states[:-1]):
        undo.undo(database, 1, now=NOW + 2 * DAY)
        assert dump(database) == before | {"day_note": state}
    count = len(states) - 1
    assert len(undo.redo(database, count, now=NOW + 2 * DAY)) == count
    assert dump(database) == before | {"day_note": states[-1]}


@pytest.mark.usefixtures("often")
def test_after_a_command_in_2099_old_steps_are_still_forgotten(database: Database) -> None:
    write(database, "wrong", IN_2099)
    for day in range(200):
        write(database, str(day), NOW + day * DAY)
    (oldest,) = database.row("SELECT min(at) FROM action")
    assert NOW + 118 * DAY <= oldest <= NOW + 170 * DAY


def honest_ages(clocks: list[int]) -> list[int]:
    """The age of each of these steps when the last is made, straight from the definition: the earliest time that it
    or a later one says, and at most a day from one step to the next."""
    said = [min(clocks[place:]) for place in range(len(clocks))]
    gaps = [min(then - before, DAY) for before, then in pairwise(said)]
    return [sum(gaps[place:]) for place in range(len(clocks))]


CLOCKS = st.lists(
    st.tuples(
        st.one_of(st.integers(0, 3 * DAY), st.sampled_from((0, DAY, 40 * DAY, -3600, -40 * DAY))),
        st.sampled_from((*(None,) * 6, IN_1970, IN_2099)),
    ),
    min_size=40,
    max_size=80,
)


@given(CLOCKS, st.sampled_from((1, 7, 50)))
@example([(DAY, None)] * 99, 1)
@example([(40 * DAY, None)] * 60, 1)
@example([(DAY, None), (0, IN_2099)] * 45, 1)
@example([(DAY, None), (0, IN_1970)] * 45, 1)
def test_nothing_younger_than_thirty_honest_days_is_ever_forgotten(
    leaps: list[tuple[int, int | None]], often: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, Database.open(":memory:") as database:
        patch.setattr(undo_steps, "FORGETS_EVERY", often)
        before = dump(database)
        at, clocks, states = NOW, [], [notes(database)]
        for number, (leap, wrong) in enumerate(leaps):
            at = max(at + leap, 0)
            clocks.append(at if wrong is None else wrong + number)
            write(database, f"words {number}", clocks[-1])
            states.append(notes(database))
            young = [id for id, age in enumerate(honest_ages(clocks), 1) if age <= undo_steps.UNDO_LASTS]
            there = kept(database)
            assert set(young) <= set(there)
            assert there == list(range(there[0], number + 2)), "what is kept is whole"
            if often == 1:
                assert there == young
        # By a clock in 1970 no step is old: all that are kept go and come back.
        count = len(kept(database))
        assert len(undo.undo(database, count, now=0)) == count
        assert dump(database) == before | {"day_note": states[-1 - count]}
        undo.redo(database, count, now=NOW)
        assert dump(database) == before | {"day_note": states[-1]}


def test_what_was_just_done_can_be_undone_once_the_clock_is_right(database: Database) -> None:
    """A machine without a battery begins in 1970; and a log that has seen later times knows that this one was wrong."""
    before = dump(database)
    write(database, "in 1970", IN_1970)
    undo.undo(database, 1, now=NOW)
    assert dump(database) == before
    write(database, "right", NOW)
    write(database, "a year behind", NOW - 365 * DAY)
    undo.undo(database, 2, now=NOW + DAY)
    assert dump(database) == before


def test_a_clock_far_ahead_is_named_where_it_is_in_the_way(database: Database) -> None:
    write(database, "right", NOW)
    with pytest.raises(TrackerError, match=r"more than 30 days old by this machine's clock \(.* 2099\)"):
        undo.undo(database, 1, now=IN_2099)
    assert undo.undo(database, 1, now=NOW + DAY)


@pytest.mark.usefixtures("often")
def test_the_facts_of_an_undone_import_outlast_a_wrong_clock(database: Database) -> None:
    with undo_step(database, "imported", NOW) as action:
        imported_facts.remember(database, "chrome", action, [(1, "x", 100, 200, 0)])
    undo.undo(database, 1, now=NOW)
    sessions.check(database, "x", IN_2099, PARIS, None, now=IN_2099)
    assert database.row("SELECT count(*) FROM imported_fact") == (1,)


@pytest.mark.parametrize("ahead", [1, CHECK_LASTS, CHECK_LASTS + 1, 60, DAY, 400 * DAY])
def test_a_check_before_later_records_lasts_no_longer_than_any_check(database: Database, ahead: int) -> None:
    """As after a clock that was set back: a check until the next record would be time that nobody spent."""
    later = sessions.check(database, "linkedin", NOW + ahead, PARIS, None, now=NOW + ahead)
    check = sessions.check(database, "linkedin", NOW, PARIS, None, now=NOW)
    assert (check.start, check.end) == (NOW, NOW + min(ahead, CHECK_LASTS))
    assert session_table.get(database, later.id) == later


def test_checks_may_be_recorded_in_any_order(database: Database) -> None:
    for number in (3, 0, 5, 2, 4, 1):
        sessions.check(database, "linkedin", NOW + 60 * number, PARIS, None, now=NOW + 60 * number)
    checks = database.rows('SELECT start - ?, "end" - start FROM session ORDER BY start', (NOW,))
    assert checks == [(60 * number, CHECK_LASTS) for number in range(6)]


def test_two_statements_of_another_program_in_the_same_instant_are_two_steps(database: Database) -> None:
    """As after a clock that was set back: undo must not take what lies between them for theirs."""
    states = [dump(database)]
    for number, at in enumerate((5, 7, 5)):
        database.connection.execute(f"INSERT INTO day_note(date, note) VALUES ('2026-11-0{number + 1}', 'x')")
        database.connection.execute("UPDATE change SET at = ? WHERE id = (SELECT max(id) FROM change)", (at,))
        states.append(dump(database))
    assert len(undo.steps(database)) == 3
    for state in reversed(states[:-1]):
        undo.undo(database, 1, now=NOW)
        assert dump(database) == state
