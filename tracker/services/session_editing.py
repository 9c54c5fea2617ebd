"""Edit the log: sessions are read from a line, added, edited, moved, split, merged and deleted.

Each call is one step for undo. A change that may overlap a record is tried first, to show what each answer makes of
it, then made.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date as calendar_date
from functools import partial
from typing import Any, NamedTuple

from tracker.calendar import session_line
from tracker.calendar.clock import wall_instant
from tracker.calendar.days import WallClock
from tracker.calendar.moments import ReadingContext
from tracker.domain.errors import Overlap, TrackerError
from tracker.domain.models import DAY, REFUSE, TAKE, YIELD, Effects, Session
from tracker.domain.text import one_line, typed
from tracker.locale import _, ngettext
from tracker.reports import record_wording
from tracker.services import noted_records, queries
from tracker.services.timekeeping import Recorded, record
from tracker.storage import overlaps, session_table, sessions, undo_steps
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
    return session._replace(id=0, source="log", start=start, end=start + session.duration(session.start))


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
                raise session_line.in_line(number, error) from None
    return added


def edit(workspace: Workspace, seen: Session, on_overlap: str = REFUSE, **fields: Any) -> Recorded:
    """Change fields of a session. TrackerError where another program has changed them since it was `seen`.

    `on_overlap` says which record has the time where two meet: REFUSE, TAKE or YIELD.
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
    return sessions.change_several(workspace.database, ids, now=workspace.now(), **fields)


def shift(workspace: Workspace, ids: Sequence[int], seconds: int, on_overlap: str = REFUSE) -> list[Session]:
    """Move sessions by so many seconds."""
    return sessions.shift_several(workspace.database, ids, seconds, now=workspace.now(), on_overlap=on_overlap)


def shifted_sessions(workspace: Workspace, ids: Sequence[int], seconds: int) -> tuple[list[Session], list[Session]]:
    """These sessions, and what they would be so many seconds later. TrackerError for a time still to come."""
    now = workspace.now()
    before = [session_table.get(workspace.database, id) for id in ids]
    return before, [sessions.shifted(session, seconds, now) for session in before]


def sessions_by_hand(workspace: Workspace, date: str) -> list[Session]:
    """The sessions that began on a day and that a person timed or logged, checks apart."""
    return [
        part.session
        for part in queries.day(workspace, date).parts
        if part.session.source in ("timer", "log") and part.session.end is not None and part.start == part.session.start
    ]


def repeat(workspace: Workspace, copies: Sequence[Session], on_overlap: str = REFUSE) -> list[Session]:
    """Record copies of sessions (`days_later`)."""
    return sessions.repeat_several(workspace.database, copies, now=workspace.now(), on_overlap=on_overlap)


def delete(workspace: Workspace, *ids: int) -> tuple[list[Session], Effects]:
    """Delete sessions; undo brings them back. Returns what they were, and what is shown again."""
    with workspace.transaction():
        since = workspace.database.log_position()
        gone = sessions.delete(workspace.database, ids, now=workspace.now())
        return gone, undo_steps.effects_on_sessions(workspace.database, since, (), gone)


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


def with_person(workspace: Workspace, line: str) -> str:
    r"""The line with `with Anna` and `avec Samia` written as `@"Anna"`."""
    channels, activities, aliases = queries.vocabulary(workspace)
    return session_line.with_person(
        line, {*channels, *activities, *aliases}, partial(noted_records.knows_person, workspace)
    )


def read_entry(
    workspace: Workspace, line: str, day: str | None = None, default: tuple[int, int] | None = None
) -> session_line.Entry:
    """The session that a line tells of, its texts as they are kept. Raises TrackerError for a line that tells of none.

    `day` is the date that is meant where the line names none, by default today; `default` is the span (UTC seconds) of
    a line without a time.
    """
    context = ReadingContext(workspace.now(), workspace.zone, workspace.settings.day_starts_at, day)
    entry = session_line.parse_entry(with_person(workspace, line), queries.vocabulary(workspace), context, default)
    return entry._replace(
        person=entry.person and noted_records.known_spelling(workspace, entry.person),
        intention=one_line(entry.intention),
        trigger=record_wording.read_trigger(typed("trigger", entry.trigger)),
        note=one_line(entry.note),
    )


def meant_activity(workspace: Workspace, entry: session_line.Entry) -> str | None:
    """The activity that the note of an entry may have been meant as: `create` for `crate`."""
    return session_line.near_activity(entry, queries.vocabulary(workspace)[1])


class SessionChange(NamedTuple):
    """A change of sessions: `apply` makes it, with the `on_overlap` of `edit`.

    `wanted` are the sessions that are asked for, at the places they are to have (id 0: a new one), `seen` those of them
    that exist, as they are.
    """

    apply: Callable[..., object]
    wanted: tuple[Session, ...]
    seen: tuple[Session, ...] = ()


class OverlapPreview(NamedTuple):
    """What an answer would make of a change, or (`effects` None) that it would leave everything as it is.

    `before` and `after` are all sessions of the channels it concerns, between `since` and `until` of the question.
    """

    on_overlap: str
    effects: Effects | None
    before: tuple[Session, ...]
    after: tuple[Session, ...]


class OverlapQuestion(NamedTuple):
    """The records that a change meets, and what each possible answer makes of them, between two UTC instants."""

    records: tuple[Session, ...]
    previews: tuple[OverlapPreview, ...]
    since: int
    until: int


class ChangedMeanwhile(Exception):
    """A change would do something else by now than what the user was shown."""


class _OnlyTried(Exception):
    """Rolls back a change that was only tried."""


def make_change(
    workspace: Workspace, change: SessionChange, on_overlap: str = REFUSE, shown: OverlapPreview | None = None
) -> Effects:
    """Make a change. Raises Overlap where it meets a record and nobody has said whose time it is.

    Raises ChangedMeanwhile, with nothing changed, where it would do something else than what was `shown`.
    """
    with workspace.transaction():
        done = _apply(workspace, change, on_overlap)
        if shown is not None and done != shown.effects:
            raise ChangedMeanwhile
    return done


def _apply(workspace: Workspace, change: SessionChange, on_overlap: str) -> Effects:
    position = workspace.database.log_position()
    change.apply(on_overlap=on_overlap)
    return undo_steps.effects_on_sessions(workspace.database, position, change.wanted, change.seen)


def overlap_question(workspace: Workspace, change: SessionChange, overlap: Overlap) -> OverlapQuestion:
    """The answers to choose from where a change meets records. Raises `overlap` where no answer would do anything."""
    own = tuple(session.id for session in change.seen)
    met = {
        other.id: other
        for session in change.wanted
        for other in overlaps.in_the_way(
            workspace.database, session.channel, session.start, _end(workspace, session), excluding=own
        )
    }
    there = tuple(sorted(met.values(), key=lambda session: session.start))
    places = [*there, *change.wanted]
    since = min(session.start for session in places)
    until = max(_end(workspace, session) for session in places)
    before = _between(workspace, change, since, until)
    kept, taken = (_try(workspace, change, on_overlap, since, until) for on_overlap in (YIELD, TAKE))
    if not met or not (kept or taken):
        raise overlap
    # Where nothing is left of a change that yields, the records are kept as they are.
    previews = [
        OverlapPreview(YIELD, kept[0], before, kept[1]) if kept else OverlapPreview(YIELD, None, before, before)
    ]
    if taken:
        previews.append(OverlapPreview(TAKE, taken[0], before, taken[1]))
    return OverlapQuestion(there, tuple(previews), since, max(until, since + 1))


def _try(
    workspace: Workspace, change: SessionChange, on_overlap: str, since: int, until: int
) -> tuple[Effects, tuple[Session, ...]] | None:
    """What a change would do, and the sessions between two instants then; None where it cannot be made so."""
    tried = None
    try:
        with workspace.transaction():
            tried = _apply(workspace, change, on_overlap), _between(workspace, change, since, until)
            raise _OnlyTried
    except _OnlyTried:
        return tried
    except TrackerError:
        return None


def _between(workspace: Workspace, change: SessionChange, since: int, until: int) -> tuple[Session, ...]:
    channels = {session.channel for session in change.wanted}
    return tuple(
        session for session in session_table.in_span(workspace.database, since, until) if session.channel in channels
    )


def _end(workspace: Workspace, session: Session) -> int:
    return max(session.start, workspace.now()) if session.end is None else session.end
