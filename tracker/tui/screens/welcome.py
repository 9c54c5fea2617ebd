"""What an empty file shows instead of empty boxes: two lines and one question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.locale import _
from tracker.tui import layout
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from tracker.domain.models import Channel


class Welcome(Panel):
    """Shown until something is recorded."""

    channels: Sequence[Channel] = ()

    def show(self, channels: Sequence[Channel]) -> None:
        """Set the channels to offer."""
        self.channels = channels
        self.say(_("Welcome"))
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """The greeting, how to begin, and the channels with their letters where there is room."""
        column = min(width - 2, 72)
        start, check, add, enter = (self.key_of(name) for name in ("start", "check", "add", "open"))
        ways = (
            (start, _("start a session"), _("then the channel's letter")),
            (check, _("log a check"), _("then the channel's letter")),
            (add, _("log past time"), _("e.g. linkedin create 14:00-14:25")),
            (enter, _("set up or import"), _("channels, budget, your history, the demo")),
        )
        label = layout.widest(title for _key, title, _how in ways) + 2
        greeting = _("Is a network worth your time? Find out from your own data.")
        lines = [
            *layout.wrapped(greeting, column, "bold $strong"),
            *layout.wrapped(_("Everything stays in one file on this machine."), column, "$faint"),
            layout.BLANK,
            layout.text(_("How do you want to begin?"), "bold"),
            *(self._way(key, title, hint, label, column) for key, title, hint in ways),
            layout.BLANK,
            *self._letters(column),
        ]
        lines = lines[:height]
        side = " " * max((width - column) // 2, 0)
        above = max((height - len(lines)) // 2, 0)
        return [layout.BLANK] * above + [layout.row(side, line) for line in lines]

    def _way(self, key: str, title: str, hint: str, label: int, width: int) -> Content:
        head = layout.row(layout.keycap(key), " ", layout.left(title, label, "bold"))
        available = width - head.cell_length
        return layout.row(head, (hint, "$faint")) if cell_len(hint) <= available else head

    def _letters(self, width: int) -> list[Content]:
        keys = [
            layout.row(layout.keycap(channel.letter), " ", (channel.title, hue(channel.name)))
            for channel in self.channels
        ]
        return layout.packed(keys, "   ", width)
