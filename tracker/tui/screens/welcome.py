"""The first run: what this is, what to press, and how to bring in the history this machine already has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from textual.content import Content

from tracker.locale import _
from tracker.tui import ink
from tracker.tui.screens.start_list import keycap
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
            *ink.wrapped(_("Is a network worth your time? Let your own figures say."), column, "bold $strong"),
            ink.BLANK,
            *self._way("s", _("start a session"), _("then its letter, then what for"), column),
            *self._way("c", _("log a check"), _("then its letter: a glance at likes"), column),
            *self._way("/", _("log what was"), _("e.g. linkedin create 14:00-14:25 carousel"), column),
            *self._way(_("space"), _("stop"), _("or resume what ran last"), column),
            ink.BLANK,
            ink.text(_("The channels you may know; ctrl+p finds the others"), "$faint"),
            *self._letters(column),
            ink.BLANK,
            ink.text(_("Your phone and browser already hold a history. In a shell:"), "$faint"),
            Content.styled("  tracker import --list", "bold $accent"),
            ink.text(_("? shows every key · tracker demo shows a made-up year"), "$faint"),
        ]
        side = " " * max((width - column) // 2, 0)
        above = max((height - len(lines)) // 2, 0)
        return [ink.BLANK] * above + [ink.row(side, line) for line in lines]

    def _way(self, key: str, what: str, how: str, width: int) -> list[Content]:
        head = ink.row(ink.left(keycap(key), 9), ink.left(what, max(18, cell_len(what) + 2), "bold"))
        return [ink.row(head, ink.left(how, width - head.cell_length, "$faint"))]

    def _letters(self, width: int) -> list[Content]:
        keys = [
            ink.row(keycap(channel.letter), " ", ink.text(channel.title, hue(channel.name)))
            for channel in self.channels
        ]
        return ink.packed(keys, "   ", width)
