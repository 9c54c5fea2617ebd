"""Changes of sessions that may overlap a record: tried first, to show what each answer makes of them, then made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.domain.models import REFUSE, TAKE, YIELD
from tracker.storage import effects, overlaps, session_table

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.errors import Overlap
    from tracker.domain.models import Effects, Session
    from tracker.workspace import Workspace


class SessionChange(NamedTuple):
    """A change of sessions: `apply` makes it, given in `on_overlap` whose the time is where records meet.

    `on_overlap` is REFUSE, TAKE or YIELD. `wanted` are the sessions that are asked for, at the places they are to
    have (id 0: a new one), `seen` those of them that exist, as they are.
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
        position = effects.log_position(workspace.database)
        change.apply(on_overlap=on_overlap)
        done = effects.effects(workspace.database, position, change.wanted, change.seen)
        if shown is not None and done != shown.effects:
            raise ChangedMeanwhile
    return done


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
    if not met:
        raise overlap
    there = tuple(sorted(met.values(), key=lambda session: session.start))
    places = [*there, *change.wanted]
    since = min(session.start for session in places)
    until = max(_end(workspace, session) for session in places)
    before = _between(workspace, change, since, until)
    previews = []
    for on_overlap in (YIELD, TAKE):
        tried = _try(workspace, change, on_overlap, since, until)
        if tried:
            previews.append(OverlapPreview(on_overlap, tried[0], before, tried[1]))
        elif on_overlap == YIELD:  # nothing is left of the change: the records are kept as they are
            previews.append(OverlapPreview(YIELD, None, before, before))
    if all(preview.effects is None for preview in previews):
        raise overlap
    return OverlapQuestion(there, tuple(previews), since, max(until, since + 1))


def _try(
    workspace: Workspace, change: SessionChange, on_overlap: str, since: int, until: int
) -> tuple[Effects, tuple[Session, ...]] | None:
    """What a change would do, and the sessions between two instants then; None where it cannot be made so."""
    tried = None
    try:
        with workspace.transaction():
            position = effects.log_position(workspace.database)
            change.apply(on_overlap=on_overlap)
            done = effects.effects(workspace.database, position, change.wanted, change.seen)
            tried = done, _between(workspace, change, since, until)
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
