"""Changes of sessions that may overlap a record: tried first, to show what each answer makes of them, then made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.services import queries
from tracker.services.workspace import Workspace
from tracker.storage import effects, overlaps, session_table
from tracker.storage.overlaps import TAKE, YIELD

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.models import Session
    from tracker.storage.effects import Effects
    from tracker.storage.overlaps import Overlap

__all__ = ["TAKE", "YIELD", "Otherwise", "Outlook", "Question", "SessionChange"]


class SessionChange(NamedTuple):
    """A change of sessions: `act` makes it, given whose time it is where records meet (REFUSE, TAKE, YIELD).

    `wanted` are the sessions that are asked for, at the places they are to have (id 0: a new one), `seen` those of them
    that are there, as they are.
    """

    act: Callable[[str], object]
    wanted: tuple[Session, ...]
    seen: tuple[Session, ...] = ()


class Outlook(NamedTuple):
    """What an answer would make of a change, or (`effects` None) that it would leave everything as it is.

    `before` and `after` are all sessions of the channels it concerns, between `lo` and `hi` (UTC seconds).
    """

    how: str
    effects: Effects | None
    before: tuple[Session, ...]
    after: tuple[Session, ...]


class Question(NamedTuple):
    """What records a change meets, and what the answers that can be given make of it."""

    there: tuple[Session, ...]
    outlooks: tuple[Outlook, ...]
    lo: int
    hi: int


class Otherwise(Exception):
    """What the user was shown is not what would be done any more."""


class _NotMeant(Exception):
    """Takes back what was only tried."""


def make_change(
    workspace: Workspace, change: SessionChange, how: str = overlaps.REFUSE, shown: Outlook | None = None
) -> Effects:
    """Make a change. Raises Overlap where it meets a record and nobody has said whose time it is.

    Raises Otherwise, with nothing changed, where it would do something else than what was `shown`.
    """
    with workspace.transaction():
        since = effects.log_position(workspace.journal)
        change.act(how)
        found = effects.effects(workspace.journal, since, change.wanted, change.seen)
        if shown is not None and found != shown.effects:
            raise Otherwise
    return found


def ending_running(
    workspace: Workspace, end: Callable[[], Session], at: int | None = None
) -> tuple[Session, Effects | None]:
    """Do what ends the running session (at an instant, by default now), and what that did; None where none runs.

    `end` returns the session that was ended, or the one that was begun in its place.
    """
    with workspace.transaction():
        running, since = queries.running(workspace), effects.log_position(workspace.journal)
        found = end()
        if running is None:
            return found, None
        wanted = running._replace(end=max(running.start, workspace.now() if at is None else at))
        begun = () if found.id == running.id else (found,)
        return found, effects.effects(workspace.journal, since, (wanted, *begun), (running, *begun))


def overlap_question(workspace: Workspace, change: SessionChange, met: Overlap) -> Question:
    """What there is to choose from where a change meets records. Raises `met` where no answer would do anything."""
    there = _in_the_way(workspace, change)
    if not there:
        raise met
    places = [*there, *change.wanted]
    lo, hi = min(one.start for one in places), max(_end(workspace, one) for one in places)
    before = _between(workspace, change, lo, hi)
    tried = [_tried(workspace, change, how, lo, hi) for how in (YIELD, TAKE)]
    if not any(tried):
        raise met
    kept = Outlook(YIELD, None, before, before)
    outlooks = [
        Outlook(how, found[0], before, found[1]) if found else kept
        for how, found in zip((YIELD, TAKE), tried, strict=True)
        if found or how == YIELD
    ]
    return Question(there, tuple(outlooks), lo, max(hi, lo + 1))


def _tried(
    workspace: Workspace, change: SessionChange, how: str, lo: int, hi: int
) -> tuple[Effects, tuple[Session, ...]] | None:
    """What a change would do, and what would be there between two instants; None where it cannot be made so."""
    found = None
    try:
        with workspace.transaction():
            since = effects.log_position(workspace.journal)
            change.act(how)
            done = effects.effects(workspace.journal, since, change.wanted, change.seen)
            found = done, _between(workspace, change, lo, hi)
            raise _NotMeant
    except _NotMeant:
        return found
    except TrackerError:
        return None


def _in_the_way(workspace: Workspace, change: SessionChange) -> tuple[Session, ...]:
    own = tuple(one.id for one in change.seen)
    found = {
        other.id: other
        for one in change.wanted
        for other in overlaps.in_the_way(workspace.journal, one.channel, one.start, _end(workspace, one), but=own)
    }
    return tuple(sorted(found.values(), key=lambda one: one.start))


def _between(workspace: Workspace, change: SessionChange, lo: int, hi: int) -> tuple[Session, ...]:
    channels = {one.channel for one in change.wanted}
    return tuple(one for one in session_table.in_span(workspace.journal, lo, hi) if one.channel in channels)


def _end(workspace: Workspace, session: Session) -> int:
    return max(session.start, workspace.now()) if session.end is None else session.end
