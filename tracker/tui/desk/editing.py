"""The log, put right: each call is one step for undo."""

from __future__ import annotations

from datetime import date as calendar_date

from tracker.calendar.days import Wall
from tracker.calendar.lines import in_line
from tracker.calendar.zones import DAY, wall_instant
from tracker.journal import history, sessions, several
from tracker.locale import _, ngettext
from tracker.model import TrackerError
from tracker.review import glances
from tracker.tui.desk.showing import Showing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.model import Session


#: What makes up the place of a session: who changes one of them has looked at all.
_PLACE = {"channel", "start", "end"}


class Editing(Showing):
    """Changes sessions that are there."""

    def add(self, channel: str, start: int, end: int, **details: Any) -> Session:
        """Record a session after the fact."""
        return sessions.add(self.journal, channel, start, end, self.zone, now=self.now(), **details)

    def add_all(self, entries: Sequence[dict[str, Any]]) -> list[Session]:
        """Record several sessions after the fact, in one step. TrackerError, naming the line, with none recorded."""
        n, added = len(entries), []
        with self.journal.action(ngettext("logged {n} session", "logged {n} sessions", n).format(n=n), self.now()):
            for number, entry in enumerate(entries, 1):
                try:
                    added.append(self.add(**entry))
                except TrackerError as error:
                    raise in_line(number, error) from None
        return added

    def edit(self, seen: Session, how: dict[str, str] | None = None, **fields: Any) -> Session:
        """Change fields of a session that was seen so. TrackerError where another program has changed them since."""
        with self.together():
            there = sessions.get(self.journal, seen.id)
            touched = fields.keys() | (_PLACE if _PLACE & fields.keys() else set())
            if any(getattr(there, name) != getattr(seen, name) for name in touched):
                raise TrackerError(_("another program changed this session meanwhile; nothing was written"))
            return sessions.edit(self.journal, seen.id, now=self.now(), **fields, **(how or {}))

    def in_the_way(self, channel: str, start: int, end: int, but: tuple[int, ...] = ()) -> list[Session]:
        """What is recorded on the channel then, and would be cut only if the user says so."""
        return sessions.in_the_way(self.journal, channel, start, end, but=but)

    def change(self, ids: Sequence[int], **fields: Any) -> list[Session]:
        """Give several sessions the same fields."""
        return several.change(self.journal, ids, now=self.now(), **fields)

    def shift(self, ids: Sequence[int], seconds: int) -> list[Session]:
        """Move sessions by so many seconds."""
        return several.shift(self.journal, ids, seconds, now=self.now())

    def recorded_by_hand(self, date: str) -> list[Session]:
        """The sessions that began on a day and that a person timed or logged, checks apart."""
        parts = self.day(date).parts
        return [
            part.session
            for part in parts
            if part.session.source in ("timer", "log")
            and part.session.end is not None
            and part.start == part.session.start
        ]

    def repeat(self, copied: Sequence[Session], days: int) -> list[Session]:
        """Record the same again so many days later, by the clock of the wall."""
        return several.repeat(self.journal, [_days_later(session, days) for session in copied], now=self.now())

    def delete(self, *ids: int) -> list[Session]:
        """Delete sessions; undo brings them back."""
        return sessions.delete(self.journal, ids, now=self.now())

    def split(self, id: int, at: int) -> tuple[Session, Session]:
        """Cut a session in two."""
        return sessions.split(self.journal, id, at, now=self.now())

    def to_merge(self, ids: Sequence[int]) -> tuple[list[Session], int]:
        """The sessions that would be merged, by start, and how many seconds between them would be added."""
        parts = sessions.parts_of(self.journal, ids)
        return parts, sessions.gap(parts)

    def merge(self, parts: Sequence[Session]) -> Session:
        """Make one session of several, whatever lies between: the screens have asked.

        Raises TrackerError where they are not what was asked about any more.
        """
        ids = [part.id for part in parts]
        with self.together():
            if sessions.parts_of(self.journal, ids) != list(parts):
                raise TrackerError(_("another program changed these sessions meanwhile; nothing was merged"))
            return sessions.merge(self.journal, ids, now=self.now(), across=True)

    def taken_in(self, channel: str, start: int, end: int | None, but: tuple[int, ...] = ()) -> str:
        """What a session over that time takes the place of, `2 checks inside it are part of it now`; or nothing."""
        parts = sessions.taken_in(self.journal, channel, start, end, but=but)
        return sessions.say_taken_in(parts) + glances.with_notes(parts)

    def undo(self) -> str:
        """Take back the last change; says what it was."""
        (step,) = history.undo(self.journal, 1, now=self.now())
        return _("Undone: {what}").format(what=step.says)

    def redo(self) -> str:
        """Do again what was undone; says what it was."""
        (step,) = history.redo(self.journal, 1, now=self.now())
        return _("Done again: {what}").format(what=step.says)


def _days_later(session: Session, days: int) -> Session:
    """The session with the same start on the wall clock, as long as it was: a night of 23 hours does not shorten it."""
    wall = Wall.of(session.zone)
    day = calendar_date.fromisoformat(wall.day(session.start))
    start = wall_instant(session.zone, day, wall.second_of_day(session.start) + days * DAY)
    end = session.end if session.end is not None else session.start
    return session._replace(start=start, end=start + end - session.start)
