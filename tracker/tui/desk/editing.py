"""The log, put right: each call is one step for undo."""

from __future__ import annotations

from tracker.journal import history, sessions
from tracker.locale import _
from tracker.tui.desk.showing import Showing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.model import Session


class Editing(Showing):
    """Changes sessions that are there."""

    def add(self, channel: str, start: int, end: int, **details: Any) -> Session:
        """Record a session after the fact."""
        return sessions.add(self.journal, channel, start, end, self.zone, now=self.now(), **details)

    def edit(self, id: int, **fields: Any) -> Session:
        """Change fields of a session."""
        return sessions.edit(self.journal, id, now=self.now(), **fields)

    def delete(self, id: int) -> Session:
        """Delete a session; undo brings it back."""
        return sessions.delete(self.journal, [id], now=self.now())[0]

    def split(self, id: int, at: int) -> tuple[Session, Session]:
        """Cut a session in two."""
        return sessions.split(self.journal, id, at, now=self.now())

    def merge(self, ids: list[int]) -> Session:
        """Make one session of several."""
        return sessions.merge(self.journal, ids, now=self.now())

    def undo(self) -> str:
        """Take back the last change; says what it was."""
        (step,) = history.undo(self.journal, 1, now=self.now())
        return _("Undone: {what}").format(what=step.says)

    def redo(self) -> str:
        """Do again what was undone; says what it was."""
        (step,) = history.redo(self.journal, 1, now=self.now())
        return _("Done again: {what}").format(what=step.says)
