"""The important task of a day: a line of its own on the Timer, and a line of the highlights of the Day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.locale import _
from tracker.tui import layout, theme
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from tracker.domain.models import DayNote, Session


#: The signs of a task by its state.
OPEN, DONE, UNDER_WAY = "◇", theme.YES, theme.RUNS


class TaskLine(Panel):
    """A click does what its key does: it starts a session on the task, or asks for one."""

    named: str | None = None
    done = False
    runs = False
    #: Whether it is yesterday's that was left over.
    yesterday = False

    def show(self, today: DayNote, left_over: str | None, running: Session | None) -> bool:
        """Set today's task, or else the one left over; returns whether there is anything to show."""
        self.named, self.done = today.task or left_over, bool(today.task) and today.task_done
        self.yesterday = not today.task and bool(left_over)
        self.runs = bool(running and self.named and running.intention == self.named)
        self.refresh(layout=False)
        return bool(self.named)

    def draw(self, width: int, height: int) -> list[Content]:
        """Its state by a glyph and a word, then what can be done about it."""
        if not self.named:
            return []
        glyph, label, style = self._state()
        head = layout.row((f"{glyph} {label} ", style), (self.named, "$faint" if self.done else "bold"))
        return [layout.ends(head, self._keys(), width)]

    def _state(self) -> tuple[str, str, str]:
        if self.done:
            return DONE, _("Done:"), "$good"
        if self.runs:
            return UNDER_WAY, _("Under way:"), "bold $good"
        return OPEN, _("Yesterday's, still to do:") if self.yesterday else _("Today:"), "$primary"

    def _keys(self) -> Content:
        start = _("takes it up") if self.yesterday else _("start it")
        offered = [] if self.runs or self.done else [("task", start)]
        offered += [] if self.done or self.yesterday else [("task_done", _("mark done"))]
        parts = []
        for name, does in offered:
            key = Content.styled(self.key_of(name), "bold $accent")
            parts.append(layout.row(key, (f" {does}", "$faint")))
        return layout.text("   ").join(parts)

    async def on_click(self) -> None:
        """Do what the key of the task does."""
        await self.app.run_action("do('task')")


def day_line(task: str, done: bool, width: int) -> Content:
    """The task as a line of the highlights of a day."""
    glyph, label = (DONE, _("Done:")) if done else (OPEN, _("Task:"))
    return layout.left(layout.row((f"{glyph} {label} ", "$good" if done else "$primary"), task), width)
