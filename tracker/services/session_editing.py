"""The log put right: sessions added, edited, moved, split, merged, deleted. Each call is one step for undo."""

from __future__ import annotations

from datetime import date as calendar_date
from typing import TYPE_CHECKING

from tracker.calendar.clock import wall_instant
from tracker.calendar.days import WallClock
from tracker.calendar.session_line import in_line
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, REFUSE
from tracker.locale import _, ngettext
from tracker.services import queries
from tracker.services.timekeeping import Recorded, record
from tracker.storage import batch_edit, effects, session_table, sessions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.domain.models import Effects, Session
    from tracker.workspace import Workspace

#: The fields that are compared together: a person who changes one of them has seen all three.
_PLACE = {"channel", "start", "end"}


def days_later(session: Session, days: int) -> Session:
    """A copy, still to be recorded, so many days later: with the same start on the wall clock and of the same length.

    A night of 23 hours does not shorten it.
    """
    wall = WallClock.of(session.zone)
    day = calendar_date.fromisoformat(wall.day(session.start))
    start = wall_instant(session.zone, day, wall.second_of_day(session.start) + days * DAY)
    end = session.end if session.end is not None else session.start
    return session._replace(id=0, source="log", start=start, end=start + end - session.start)


def add(workspace: Workspace, channel: str, start: int, end: int, **details: Any) -> Recorded:
    """Record a session after the fact. `details` are further fields of Session, and `on_overlap` as in `edit`."""
    return record(
        workspace,
        lambda: sessions.add(workspace.database, channel, start, end, workspace.zone, now=workspace.now(), **details),
    )


def add_all(workspace: Workspace, entries: Sequence[dict[str, Any]]) -> list[Recorded]:
    """Record several sessions after the fact, in one step. TrackerError, naming the line, with none recorded."""
    n, added = len(entries), []
    with workspace.undo_step(ngettext("logged {n} session", "logged {n} sessions", n).format(n=n)):
        for number, entry in enumerate(entries, 1):
            try:
                added.append(add(workspace, **entry))
            except TrackerError as error:
                raise in_line(number, error) from None
    return added


def edit(workspace: Workspace, seen: Session, on_overlap: str = REFUSE, **fields: Any) -> Recorded:
    """Change fields of a session that was seen so. TrackerError where another program has changed them since.

    `on_overlap` says whose the time is where records meet: REFUSE, TAKE or YIELD.
    """
    with workspace.transaction():
        current = session_table.get(workspace.database, seen.id)
        touched = fields.keys() | (_PLACE if _PLACE & fields.keys() else set())
        if any(getattr(current, name) != getattr(seen, name) for name in touched):
            raise TrackerError(_("another program changed this session in the meantime; nothing was saved"))
        return record(
            workspace,
            lambda: sessions.edit(workspace.database, seen.id, now=workspace.now(), on_overlap=on_overlap, **fields),
            (seen,),
        )


def edit_several(workspace: Workspace, ids: Sequence[int], **fields: Any) -> list[Session]:
    """Give several sessions the same fields."""
    return batch_edit.change(workspace.database, ids, now=workspace.now(), **fields)


def shift(workspace: Workspace, ids: Sequence[int], seconds: int, on_overlap: str = REFUSE) -> list[Session]:
    """Move sessions by so many seconds."""
    return batch_edit.shift(workspace.database, ids, seconds, now=workspace.now(), on_overlap=on_overlap)


def shifted_sessions(workspace: Workspace, ids: Sequence[int], seconds: int) -> tuple[list[Session], list[Session]]:
    """These sessions, and what they would be so many seconds later. TrackerError for a time still to come."""
    now = workspace.now()
    before = [session_table.get(workspace.database, id) for id in ids]
    return before, [batch_edit.shifted(session, seconds, now) for session in before]


def sessions_by_hand(workspace: Workspace, date: str) -> list[Session]:
    """The sessions that began on a day and that a person timed or logged, checks apart."""
    parts = queries.day(workspace, date).parts
    return [
        part.session
        for part in parts
        if part.session.source in ("timer", "log") and part.session.end is not None and part.start == part.session.start
    ]


def repeat(workspace: Workspace, copies: Sequence[Session], on_overlap: str = REFUSE) -> list[Session]:
    """Record copies of sessions (`days_later`)."""
    return batch_edit.repeat(workspace.database, copies, now=workspace.now(), on_overlap=on_overlap)


def delete(workspace: Workspace, *ids: int) -> tuple[list[Session], Effects]:
    """Delete sessions; undo brings them back. Returns what they were, and what is shown again."""
    with workspace.transaction():
        since = effects.log_position(workspace.database)
        gone = sessions.delete(workspace.database, ids, now=workspace.now())
        return gone, effects.effects(workspace.database, since, (), gone)


def split(workspace: Workspace, id: int, at: int) -> tuple[Session, Session]:
    """Cut a session in two at the instant `at`; returns both parts."""
    return sessions.split(workspace.database, id, at, now=workspace.now())


def to_merge(workspace: Workspace, ids: Sequence[int]) -> tuple[list[Session], int]:
    """The sessions that would be merged, by start, and how many seconds between them would be added."""
    parts = sessions.parts_to_merge(workspace.database, ids)
    return parts, sessions.gap(parts)


def merge(workspace: Workspace, parts: Sequence[Session], *, across: bool = True) -> Recorded:
    """Make one session of several; `across`: although over half an hour lies between.

    Raises TrackerError where they are not what was asked about any more.
    """
    ids = [part.id for part in parts]
    with workspace.transaction():
        if sessions.parts_to_merge(workspace.database, ids) != list(parts):
            raise TrackerError(_("another program changed these sessions in the meantime; nothing was merged"))
        return record(
            workspace, lambda: sessions.merge(workspace.database, ids, now=workspace.now(), across=across), parts
        )
