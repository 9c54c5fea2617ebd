"""Several sessions changed as one step for undo: all of them or none."""

from __future__ import annotations

from tracker.journal.overlaps import make_room, naming
from tracker.journal.session_rows import get, refuse_future, update, write
from tracker.locale import _, ngettext
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from tracker.journal.file import Journal
    from tracker.model import Session


def change(journal: Journal, ids: Sequence[int], *, now: int, **fields: Any) -> list[Session]:
    """Give all these sessions the same fields, not their times. Raises TrackerError, with none changed."""
    return _each(journal, ids, _("changed {what}"), now, lambda session: session._replace(**fields))


def shift(journal: Journal, ids: Sequence[int], seconds: int, *, now: int) -> list[Session]:
    """Move these sessions by so many seconds, later or (negative) earlier; a running one's start alone is moved.

    Raises TrackerError, with none moved, where one would reach past `now` or over another record of its channel.
    """

    def moved(session: Session) -> Session:
        end = None if session.end is None else session.end + seconds
        refuse_future(session.start + seconds if end is None else end, now)
        return session._replace(start=session.start + seconds, end=end)

    return _each(journal, ids, _("moved {what}"), now, moved)


def repeat(journal: Journal, copies: Sequence[Session], *, now: int) -> list[Session]:
    """Record copies of sessions, at the times and in the zones they are given. Raises TrackerError, with none recorded.

    They count as logged by hand; their ids are not looked at.
    """
    with journal.action(_("repeated {what}").format(what=_named(copies)), now):
        made = []
        for copy in copies:
            if copy.end is None:
                raise TrackerError(_("what still runs cannot be repeated"))
            refuse_future(copy.end, now)
            journal.ensure_zone(copy.zone)
            make_room(journal, copy.channel, copy.start, copy.end, now=now)
            kept = copy._replace(source="log", estimated=False, override=None, overrun=None)
            made.append(kept._replace(id=write(journal, kept)))
        return made


def _each(
    journal: Journal, ids: Sequence[int], says: str, now: int, changed: Callable[[Session], Session]
) -> list[Session]:
    with journal.transaction():
        before = [get(journal, id) for id in dict.fromkeys(ids)]
        with journal.action(says.format(what=_named(before)), now):
            after = [changed(session) for session in before]
            for session in after:
                update(journal, session)
            # Only once all have moved: they may take each other's place, and must not stand on each other either.
            for old, new in zip(before, after, strict=True):
                if (old.channel, old.start, old.end) != (new.channel, new.start, new.end):
                    make_room(journal, new.channel, new.start, new.end, now=now, but=(new.id,))
        return after


def _named(sessions: Sequence[Session]) -> str:
    if len(sessions) == 1:
        return naming(sessions[0])
    return ngettext("{n} session", "{n} sessions", len(sessions)).format(n=len(sessions))
