"""Changes that may meet what is recorded already: tried first, to show what each answer makes of them; then made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.storage import effects, overlaps, session_table
from tracker.storage.overlaps import TAKE, YIELD
from tracker.tui.desk.showing import Showing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.models import Session
    from tracker.storage.effects import Effects
    from tracker.storage.overlaps import Overlap


__all__ = ["TAKE", "YIELD", "Otherwise", "Outlook", "Overlapping", "Question", "SessionChange"]


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


class Overlapping(Showing):
    """Makes changes of sessions, and says what they did."""

    def settle(self, change: SessionChange, how: str = overlaps.REFUSE, shown: Outlook | None = None) -> Effects:
        """Make a change. Raises Overlap where it meets a record and nobody has said whose time it is.

        Raises Otherwise, with nothing changed, where it would do something else than what was `shown`.
        """
        with self.together():
            since = effects.log_position(self.journal)
            change.act(how)
            found = effects.effects(self.journal, since, change.wanted, change.seen)
            if shown is not None and found != shown.effects:
                raise Otherwise
        return found

    def ending(self, end: Callable[[], Session], at: int | None = None) -> tuple[Session, Effects | None]:
        """Do what ends the running session (at an instant, by default now), and what that did; None where none runs.

        `end` returns the session that was ended, or the one that was begun in its place.
        """
        with self.together():
            running, since = self.running(), effects.log_position(self.journal)
            found = end()
            if running is None:
                return found, None
            wanted = running._replace(end=max(running.start, self.now() if at is None else at))
            begun = () if found.id == running.id else (found,)
            return found, effects.effects(self.journal, since, (wanted, *begun), (running, *begun))

    def question(self, change: SessionChange, met: Overlap) -> Question:
        """What there is to choose from where a change meets records. Raises `met` where no answer would do anything."""
        there = self._in_the_way(change)
        if not there:
            raise met
        places = [*there, *change.wanted]
        lo, hi = min(one.start for one in places), max(self._end(one) for one in places)
        before = self._between(change, lo, hi)
        tried = [self._tried(change, how, lo, hi) for how in (YIELD, TAKE)]
        if not any(tried):
            raise met
        kept = Outlook(YIELD, None, before, before)
        outlooks = [
            Outlook(how, found[0], before, found[1]) if found else kept
            for how, found in zip((YIELD, TAKE), tried, strict=True)
            if found or how == YIELD
        ]
        return Question(there, tuple(outlooks), lo, max(hi, lo + 1))

    def _tried(self, change: SessionChange, how: str, lo: int, hi: int) -> tuple[Effects, tuple[Session, ...]] | None:
        """What a change would do, and what would be there between two instants; None where it cannot be made so."""
        found = None
        try:
            with self.together():
                since = effects.log_position(self.journal)
                change.act(how)
                done = effects.effects(self.journal, since, change.wanted, change.seen)
                found = done, self._between(change, lo, hi)
                raise _NotMeant
        except _NotMeant:
            return found
        except TrackerError:
            return None

    def _in_the_way(self, change: SessionChange) -> tuple[Session, ...]:
        own = tuple(one.id for one in change.seen)
        found = {
            other.id: other
            for one in change.wanted
            for other in overlaps.in_the_way(self.journal, one.channel, one.start, self._end(one), but=own)
        }
        return tuple(sorted(found.values(), key=lambda one: one.start))

    def _between(self, change: SessionChange, lo: int, hi: int) -> tuple[Session, ...]:
        channels = {one.channel for one in change.wanted}
        return tuple(one for one in session_table.in_span(self.journal, lo, hi) if one.channel in channels)

    def _end(self, session: Session) -> int:
        return max(session.start, self.now()) if session.end is None else session.end
