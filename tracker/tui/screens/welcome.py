"""What an empty file shows instead of empty boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from tracker.locale import _
from tracker.tui import layout
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.models import Channel


class Welcome(Panel):
    """Shown instead of empty boxes until something is recorded."""

    channels: Sequence[Channel] = ()

    def show(self, channels: Sequence[Channel]) -> None:
        """Set the channels to offer."""
        self.channels = channels
        self.say(_("Welcome"), _("everything stays in one file on this machine"))
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Three ways to begin, in the middle of the room there is."""
        column = min(width - 4, 76)
        lines = [
            *layout.wrapped(_("Is a network worth your time? Let your own figures say."), column, "bold $strong"),
            layout.BLANK,
            *self._way("s", _("start a session"), _("then its letter, then what for"), column),
            *self._way("c", _("log a check"), _("then its letter: a glance at likes"), column),
            *self._way("/", _("log what was"), _("e.g. linkedin create 14:00-14:25 carousel"), column),
            *self._way(_("space"), _("stop"), _("or resume what ran last"), column),
            layout.BLANK,
            layout.text(_("The channels you may know; ctrl+p finds the others"), "$faint"),
            *self._letters(column),
            layout.BLANK,
            layout.text(_("Your phone and browser already hold a history. In a shell:"), "$faint"),
            Content.styled("  tracker import --list", "bold $accent"),
            layout.text(_("? shows every key · tracker demo shows a made-up year"), "$faint"),
        ]
        side = " " * max((width - column) // 2, 0)
        above = max((height - len(lines)) // 2, 0)
        return [layout.BLANK] * above + [layout.row(side, line) for line in lines]

    def _way(self, key: str, what: str, how: str, width: int) -> list[Content]:
        head = layout.row(layout.left(layout.keycap(key), 9), layout.left(what, max(18, cell_len(what) + 2), "bold"))
        return [layout.row(head, layout.left(how, width - head.cell_length, "$faint"))]

    def _letters(self, width: int) -> list[Content]:
        keys = [
            layout.row(layout.keycap(channel.letter), " ", (channel.title, hue(channel.name)))
            for channel in self.channels
        ]
        return layout.packed(keys, "   ", width)
