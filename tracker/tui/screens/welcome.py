"""What an empty file shows instead of empty boxes: two lines and one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.locale import _
from tracker.tui import layout
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from textual.content import Content


class Welcome(Panel):
    """Shown until something is recorded."""

    def on_mount(self) -> None:
        """Set the title, and draw again when a dialog is opened or closed."""
        self.say(_("Welcome"))
        self.app.screen_change_signal.subscribe(self, lambda _screen: self.refresh(layout=False), immediate=True)

    def draw(self, width: int, height: int) -> list[Content]:
        """The greeting, and how to begin; under a dialog the greeting alone, because the dialog has other letters."""
        column = min(width - 2, 72)
        start, check, add, enter = (self.key_of(name) for name in ("start", "check", "add", "open"))
        ways = (
            (enter, _("set up or import"), _("channels, budget, your history, the demo")),
            (start, _("start a session"), _("choose a channel, then what for")),
            (check, _("log a check"), _("a look of a few seconds at a channel")),
            (add, _("log past time"), _("e.g. linkedin create 14:00-14:25")),
        )
        label = layout.widest(title for _key, title, _how in ways) + 2
        greeting = _("Is a network worth your time? Find out from your own data.")
        lines = [
            *layout.wrapped(greeting, column, "bold $strong"),
            *layout.wrapped(_("Everything stays in one file on this machine."), column, "$faint"),
            layout.BLANK,
            layout.text(_("How do you want to begin?"), "bold"),
            *(self._way(key, title, hint, label, column) for key, title, hint in ways),
        ]
        lines = lines[:height]
        side = " " * max((width - column) // 2, 0)
        above = max((height - len(lines)) // 2, 0)
        if len(self.app.screen_stack) > 1:
            lines = lines[: -len(ways) - 2]
        return [layout.BLANK] * above + [layout.row(side, line) for line in lines]

    def _way(self, key: str, title: str, hint: str, label: int, width: int) -> Content:
        head = layout.row(layout.keycap(key), " ", layout.left(title, label, "bold"))
        available = width - head.cell_length
        return layout.row(head, (hint, "$faint")) if cell_len(hint) <= available else head
