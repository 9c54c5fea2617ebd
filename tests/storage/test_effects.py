"""What is said of a change is the change: the effects are all that differs in the file, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.storage.files import PARIS, minutes_ago
from tests.storage.test_settled_totals import DRAWS, RECORDS, SPANS, many, picked, recorded
from tracker.domain.errors import TrackerError
from tracker.domain.models import REFUSE, TAKE, YIELD, Session
from tracker.storage import session_table, sessions, undo_steps

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.storage import Database

M = 60
T = minutes_ago(600)
HOW = st.sampled_from((REFUSE, TAKE, YIELD))
#: Seconds, not minutes: slivers are where it goes wrong.
SHIFTS = st.integers(-200, 200).filter(bool)


def is_all_that_differs(
    database: Database, act: Callable[[], object], wanted: Sequence[Session], seen: Sequence[Session]
) -> None:
    before = session_table.in_span(database, 0, NOW + 1)
    since = database.log_position()
    try:
        act()
    except TrackerError:
        return
    effects = undo_steps.effects_on_sessions(database, since, wanted, seen)
    left = set(before) - {was for was, _pieces in effects.others} - set(seen)
    left |= (
        {piece for _was, pieces in effects.others for piece in pieces} | set(effects.mine) | set(effects.shown_again)
    )
    # What only got other words keeps its place.
    after = session_table.in_span(database, 0, NOW + 1)
    assert sorted((session.id, session[1:4]) for session in after) == sorted(
        (session.id, session[1:4]) for session in left
    )


@many
@given(RECORDS, SPANS, st.integers(0, 90), HOW)
def test_of_a_new_session(records: Any, span: tuple[int, int], seconds: int, on_overlap: str) -> None:
    database, _before = recorded(records)
    wanted = Session(0, "x", span[0] + seconds, span[1] + seconds, PARIS)

    def act() -> None:
        sessions.add(database, "x", wanted.start, wanted.end or 0, PARIS, now=NOW, on_overlap=on_overlap)

    is_all_that_differs(database, act, [wanted], [])


@many
@given(RECORDS, DRAWS, SHIFTS, HOW)
def test_of_moved_sessions(records: Any, draws: list[int], by: int, on_overlap: str) -> None:
    database, before = recorded(records)
    seen = picked(before, draws)
    wanted = [sessions.shifted(session, by, NOW) for session in seen]
    is_all_that_differs(
        database,
        lambda: sessions.shift_several(database, [session.id for session in seen], by, now=NOW, on_overlap=on_overlap),
        wanted,
        seen,
    )


@many
@given(RECORDS, st.integers(0, 99), SPANS, HOW)
def test_of_an_edited_session(records: Any, draw: int, span: tuple[int, int], on_overlap: str) -> None:
    database, before = recorded(records)
    if not before:
        return
    seen = before[draw % len(before)]
    wanted = seen._replace(start=span[0] + 7, end=span[1] + 7)
    is_all_that_differs(
        database,
        lambda: sessions.edit(database, seen.id, now=NOW, on_overlap=on_overlap, start=wanted.start, end=wanted.end),
        [wanted],
        [seen],
    )
