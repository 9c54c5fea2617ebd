"""Several sessions as one step: all of them or none; and whose time it is where two records meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker.domain.errors import TrackerError
from tracker.domain.models import TAKE, YIELD
from tracker.storage import Database, session_table, sessions, undo

if TYPE_CHECKING:
    from tracker.domain.models import Session

PARIS = "Europe/Paris"
T0 = NOW - 20_000


def everything(database: Database) -> list[tuple[str, int, int | None]]:
    return [
        (session.channel, session.start - T0, session.end and session.end - T0)
        for session in session_table.in_span(database, 0, NOW * 2)
    ]


def add(database: Database, channel: str, start: int, end: int) -> Session:
    return sessions.add(database, channel, T0 + start, T0 + end, PARIS, now=NOW)


def test_one_field_for_all_is_one_step(database: Database) -> None:
    ids = [add(database, "x", place, place + 50).id for place in (0, 100, 200)]
    sessions.change_several(database, ids, now=NOW, channel="facebook", activity="reply")
    assert {session.channel for session in session_table.in_span(database, 0, NOW)} == {"facebook"}
    assert undo.undo(database, 1, now=NOW)[0].says == "changed 3 sessions"
    assert {session.channel for session in session_table.in_span(database, 0, NOW)} == {"x"}


def test_a_change_that_one_of_them_cannot_have_changes_none(database: Database) -> None:
    add(database, "facebook", 110, 140)
    ids = [add(database, "x", place, place + 50).id for place in (0, 100, 200)]
    with pytest.raises(TrackerError, match="already logged"):
        sessions.change_several(database, ids, now=NOW, channel="facebook")
    assert [row[0] for row in everything(database)] == ["x", "x", "facebook", "x"]


def test_neighbours_move_together(database: Database) -> None:
    ids = [add(database, "x", place, place + 100).id for place in (0, 100, 200)]
    sessions.shift_several(database, ids, 60, now=NOW)
    assert [row[1] for row in everything(database)] == [60, 160, 260]


def test_one_that_would_stand_on_another_moves_none(database: Database) -> None:
    first = add(database, "x", 0, 100)
    add(database, "x", 100, 200)
    before = everything(database)
    with pytest.raises(TrackerError, match="already logged"):
        sessions.shift_several(database, [first.id], 60, now=NOW)
    with pytest.raises(TrackerError, match="in the future"):
        sessions.shift_several(database, [first.id], NOW, now=NOW)
    assert everything(database) == before


def test_a_copy_is_logged_by_hand_and_keeps_its_words(database: Database) -> None:
    session = sessions.add(database, "x", T0, T0 + 60, PARIS, now=NOW, note="a", override="why", activity="reply")
    (copy,) = sessions.repeat_several(database, [session._replace(start=T0 + 600, end=T0 + 660)], now=NOW)
    assert (copy.note, copy.activity, copy.source, copy.override) == ("a", "reply", "log", None)
    with pytest.raises(TrackerError, match="already logged"):
        sessions.repeat_several(database, [session._replace(start=T0 + 900, end=T0 + 960), session], now=NOW)
    assert len(everything(database)) == 2


@given(
    theirs=st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5)), max_size=4),
    start=st.integers(0, 20),
    lasts=st.integers(1, 12),
    on_overlap=st.sampled_from([TAKE, YIELD]),
)
def test_however_it_is_settled_no_second_counts_twice(
    theirs: list[tuple[int, int]], start: int, lasts: int, on_overlap: str
) -> None:
    with Database.open(":memory:") as database:
        for place, length in theirs:
            try:
                add(database, "x", place * 60, (place + length) * 60)
            except TrackerError:
                continue
        before = {minute for _x, lo, hi in everything(database) for minute in range(lo // 60, (hi or lo) // 60)}
        mine = set(range(start, start + lasts))
        try:
            sessions.add(
                database,
                "x",
                T0 + start * 60,
                T0 + (start + lasts) * 60,
                PARIS,
                now=NOW,
                on_overlap=on_overlap,
                note="m",
            )
        except TrackerError:
            assert on_overlap == YIELD
            assert mine <= before
            return
        minutes = [minute for _x, lo, hi in everything(database) for minute in range(lo // 60, (hi or lo) // 60)]
        assert sorted(minutes) == sorted(before | mine)
        noted = [session for session in session_table.in_span(database, 0, NOW) if session.note == "m"]
        owned = sum((session.end or 0) - session.start for session in noted) // 60
        assert owned == len(mine if on_overlap == TAKE else mine - before)
        undo.undo(database, 1, now=NOW)
        again = {minute for _x, lo, hi in everything(database) for minute in range(lo // 60, (hi or lo) // 60)}
        assert again == before
