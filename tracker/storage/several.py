"""Several sessions changed as one step for undo: all of them or none.

`how` says whose the time is where one of them meets another record of its channel, as in `sessions.edit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.domain.text import with_entered
from tracker.locale import _
from tracker.storage.overlaps import REFUSE, YIELD, is_kept, left_free, naming, placed
from tracker.storage.returning import give_back
from tracker.storage.session_rows import find, get, refuse_future, update, write
from tracker.storage.sessions import with_known_person

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from tracker.domain.models import Session
    from tracker.storage.file import Journal


def change(journal: Journal, ids: Sequence[int], *, now: int, how: str = REFUSE, **fields: Any) -> list[Session]:
    """Give all these sessions the same fields, not their times. Raises TrackerError, with none changed."""

    def changed(session: Session) -> Session:
        return with_entered(session, with_known_person(journal, fields, session, ids))

    return _each(journal, ids, _("changed {what}"), now, how, changed)


def shift(journal: Journal, ids: Sequence[int], seconds: int, *, now: int, how: str = REFUSE) -> list[Session]:
    """Move these sessions by so many seconds, later or (negative) earlier; a running one's start alone is moved.

    Raises TrackerError, with none moved, where one would reach past `now`, or over another record if nothing is said.
    """
    return _each(journal, ids, _("moved {what}"), now, how, lambda session: moved(session, seconds, now))


def moved(session: Session, seconds: int, now: int) -> Session:
    """The session so many seconds later or earlier. Raises TrackerError where that is still to come."""
    end = None if session.end is None else session.end + seconds
    there = session.start if session.end is None else session.end
    refuse_future(there + seconds, max(now, there))
    return session._replace(start=session.start + seconds, end=end)


def repeat(journal: Journal, copies: Sequence[Session], *, now: int, how: str = REFUSE) -> list[Session]:
    """Record copies of sessions, at the times and in the zones they are given. Raises TrackerError, with none recorded.

    They count as logged by hand; their ids are not looked at. Where they yield, those without any room are left out.
    """
    with journal.action(_("repeated {what}").format(what=naming(*copies)), now):
        made = []
        for copy in copies:
            if copy.end is None:
                raise TrackerError(_("what still runs cannot be repeated"))
            refuse_future(copy.end, now)
            if how == YIELD and not left_free(journal, copy.channel, copy.start, copy.end):
                continue
            journal.ensure_zone(copy.zone)
            kept = copy._replace(source="log", estimated=False, override=None, overrun=None)
            made += [part._replace(id=write(journal, part)) for part in placed(journal, kept, now=now, how=how)]
        if copies and not made:
            raise TrackerError(_("all of that time is recorded already"))
        return made


def _each(
    journal: Journal, ids: Sequence[int], says: str, now: int, how: str, changed: Callable[[Session], Session]
) -> list[Session]:
    with journal.transaction():
        before = [get(journal, id) for id in dict.fromkeys(ids)]
        with journal.action(says.format(what=naming(*before)), now):
            after = [changed(session) for session in before]
            for session in after:
                update(journal, session)
            # Only once all have moved: they may take each other's place, and must not stand on each other either.
            # What a person recorded comes first, so that imported time gives way to it and not the other way round.
            stirred = [new for old, new in zip(before, after, strict=True) if _place(old) != _place(new)]
            for session in sorted(stirred, key=is_kept, reverse=True):
                _settle(journal, session.id, now, how)
            give_back(journal, before)
        return [found for session in after if (found := find(journal, session.id))]


def _settle(journal: Journal, id: int, now: int, how: str) -> None:
    session = find(journal, id)
    if session is None:
        return  # imported time that another one of them has taken
    first, *rest = placed(journal, session, now=now, but=(id,), how=how)
    if first != session:
        update(journal, first)
    for part in rest:
        write(journal, part)


def _place(session: Session) -> tuple[str, int, int | None]:
    return session.channel, session.start, session.end
