"""Changes to several sessions as one undo step: all of them or none. `on_overlap` is that of `sessions.edit`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.domain.models import REFUSE, YIELD
from tracker.domain.text import with_entered
from tracker.locale import _
from tracker.storage.imported_facts import follow_change
from tracker.storage.overlaps import is_kept, left_free, naming, placed
from tracker.storage.session_table import find, get, insert, refuse_future, update
from tracker.storage.sessions import with_known_person
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

    from tracker.domain.models import Session
    from tracker.storage.database import Database


def change(
    database: Database, ids: Sequence[int], *, now: int, on_overlap: str = REFUSE, **fields: Any
) -> list[Session]:
    """Give all these sessions the same fields, but not times. Raises TrackerError, with none changed."""

    def changed(session: Session) -> Session:
        return with_entered(session, with_known_person(database, fields, session, ids))

    return _change_all(database, ids, _("changed {what}"), now, on_overlap, changed)


def shift(database: Database, ids: Sequence[int], seconds: int, *, now: int, on_overlap: str = REFUSE) -> list[Session]:
    """Move these sessions by so many seconds, later or (negative) earlier; of a running one only the start is moved.

    Raises TrackerError, with none moved, where one would reach past `now`, or (with REFUSE) over another record.
    """
    return _change_all(
        database, ids, _("moved {what}"), now, on_overlap, lambda session: shifted(session, seconds, now)
    )


def shifted(session: Session, seconds: int, now: int) -> Session:
    """The session so many seconds later or earlier. Raises TrackerError where that is in the future."""
    end = None if session.end is None else session.end + seconds
    last = session.start if session.end is None else session.end
    refuse_future(last + seconds, max(now, last))
    return session._replace(start=session.start + seconds, end=end)


def repeat(database: Database, copies: Sequence[Session], *, now: int, on_overlap: str = REFUSE) -> list[Session]:
    """Record copies of sessions, as if logged by hand, with their own times and zones; their ids are left aside.

    With YIELD, copies without any free time are left out. Raises TrackerError, with none recorded.
    """
    with undo_step(database, _("repeated {what}").format(what=naming(*copies)), now):
        copied = []
        for copy in copies:
            if copy.end is None:
                raise TrackerError(_("a running session cannot be repeated"))
            refuse_future(copy.end, now)
            if on_overlap == YIELD and not left_free(database, copy.channel, copy.start, copy.end):
                continue
            database.ensure_zone(copy.zone)
            session = copy._replace(source="log", estimated=False, override=None, overrun=None)
            copied += [
                part._replace(id=insert(database, part))
                for part in placed(database, session, now=now, on_overlap=on_overlap)
            ]
        if copies and not copied:
            raise TrackerError(_("all of that time is already logged"))
        return copied


def _change_all(
    database: Database, ids: Sequence[int], says: str, now: int, on_overlap: str, changed: Callable[[Session], Session]
) -> list[Session]:
    with database.transaction():
        before = [get(database, id) for id in dict.fromkeys(ids)]
        with undo_step(database, says.format(what=naming(*before)), now):
            after = [changed(session) for session in before]
            for session in after:
                update(database, session)
            # Overlaps are settled after all have moved, because they may take each other's place. Records come first,
            # so that measured time gives way to them and not the other way round.
            pieces: list[Session] = []
            moved = [new for old, new in zip(before, after, strict=True) if old.placement != new.placement]
            for session in sorted(moved, key=is_kept, reverse=True):
                current = find(database, session.id)
                if current is None:
                    continue  # measured time that another of these sessions has taken
                first, *rest = placed(database, current, now=now, excluding=(session.id,), on_overlap=on_overlap)
                if first != current:
                    update(database, first)
                for part in rest:
                    insert(database, part)
                pieces += rest
            now_there = [current for session in after if (current := find(database, session.id))]
            follow_change(database, before, [*now_there, *pieces])
        return [current for session in after if (current := find(database, session.id))]
