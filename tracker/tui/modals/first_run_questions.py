"""The one dialog that is the first run's own: the list of channels to tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len

from tracker.domain.errors import TrackerError
from tracker.locale import _
from tracker.services import channel_editing, queries
from tracker.tui import layout, signs
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals.dialog import Dialog
from tracker.tui.theme import hue
from tracker.tui.toasts import notify_error
from tracker.tui.widgets.panel import CORNERS, Rows, say_hidden

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.domain.models import Channel
    from tracker.workspace import Workspace


class ChannelRows(Rows):
    """A row for each channel: ticked or not, its letter, its name."""

    def __init__(self, channels: Sequence[Channel], ticked: set[str], title: str) -> None:
        super().__init__(id="choices")
        self.items: Sequence[Channel] = channels
        self.ticked, self.title = ticked, title
        self._ticked_before = frozenset(ticked)
        #: Whether the next key is the letter of the chosen channel.
        self.asks_letter = False

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """`✓ l LinkedIn`."""
        return [
            [
                layout.row(
                    (f"{signs.YES if channel.name in self.ticked else ' '} ", "bold $good"),
                    layout.keycap(channel.letter),
                    (f" {channel.title}", hue(channel.name)),
                )
            ]
            for channel in self.items
        ]

    def show_hidden(self, above: int, below: int) -> None:
        """The keys on the border; how many channels are out of sight stands behind the title."""
        hidden = say_hidden(above, below)
        self.say(f"{self.title}  {hidden}" if hidden else self.title, self.hint())

    def hint(self) -> str:
        """What to press."""
        if self.asks_letter:
            return _("Press the new letter · Esc Cancel")
        verb = _("Save") if self.ticked != self._ticked_before else _("Skip")
        whole = _("letter Tick · = Change its letter · Enter {verb} · Esc Cancel").format(verb=verb)
        room = self.outer_size.width - CORNERS
        return whole if cell_len(whole) <= room else _("letter Tick · Enter {verb} · Esc Cancel").format(verb=verb)


class ChannelQuestion(Dialog["list[str]"]):
    """Answers the names of the ticked channels. A letter ticks its channel; `=` changes a letter."""

    BINDINGS = hidden_bindings(("enter", "save"))

    def __init__(self, workspace: Workspace, title: str, ticked: Sequence[str]) -> None:
        super().__init__()
        self._workspace, self._title, self._ticked = workspace, title, ticked

    def compose(self) -> ComposeResult:
        """Only the list."""
        channels = [channel for channel in queries.channels(self._workspace) if channel.kind != "focus"]
        rows = ChannelRows(channels, set(self._ticked), self._title)
        rows.styles.height = min(len(channels) + 2, self.app.size.height - 2, 20)
        yield rows

    def on_key(self, event: events.Key) -> None:
        """A letter ticks its channel; while a new letter is asked for, it becomes that of the chosen channel."""
        rows = self.query_one(ChannelRows)
        if self.answered:
            return
        if rows.asks_letter:
            self._give(rows, event)
        elif event.key in ("up", "down"):
            rows.move(-1 if event.key == "up" else 1)
        elif event.key in ("pageup", "pagedown"):
            rows.move(-10 if event.key == "pageup" else 10)
        elif event.key == "space":
            self._tick(rows, rows.chosen)
        elif event.character == "=":
            rows.asks_letter = True
            rows.redraw()
        elif event.character and event.character.isalpha():
            letters = [channel.letter for channel in rows.items]
            if event.character in letters:
                self._tick(rows, letters.index(event.character))
        else:
            return
        event.stop()

    def _tick(self, rows: ChannelRows, index: int) -> None:
        rows.choose(index)
        rows.ticked ^= {rows.items[index].name}
        rows.redraw()

    def _give(self, rows: ChannelRows, event: events.Key) -> None:
        """Give the chosen channel the letter that was pressed."""
        rows.asks_letter = False
        if event.character and event.character.isalpha():
            try:
                channel_editing.take_letter(self._workspace, rows.items[rows.chosen].name, event.character)
            except TrackerError as error:
                notify_error(self.app, error)
            by_name = {channel.name: channel for channel in queries.channels(self._workspace)}
            rows.items = [by_name[channel.name] for channel in rows.items]
        rows.redraw()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a row ticks it."""
        message.stop()
        self._tick(message.rows, message.index)  # type: ignore[arg-type]

    def action_save(self) -> None:
        """Answer what is ticked."""
        rows = self.query_one(ChannelRows)
        if rows.asks_letter:
            return
        self.answer([channel.name for channel in rows.items if channel.name in rows.ticked])

    def action_leave(self) -> None:
        """Escape cancels; while a letter is asked for, that question alone."""
        rows = self.query_one(ChannelRows)
        if rows.asks_letter:
            rows.asks_letter = False
            rows.redraw()
        else:
            self.answer()
