"""The line at the bottom: what can be pressed here, as many keys as fit. Each can be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tracker.locale import _
from tracker.tui import ink
from tracker.tui.keys import ACTIONS, BY_ID, TIMER, Action, said

if TYPE_CHECKING:
    from textual import events

#: At the right edge, whatever the width: from these everything else is found.
ALWAYS = ("palette", "help")


class Footer(Widget):
    """Drawn from the table of actions; never recomposed (Textual's own keeps old keys at every switch)."""

    ALLOW_SELECT = False

    class KeyClicked(Message):
        """A key's label was clicked."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, keymap: dict[str, str]) -> None:
        super().__init__(id="footer")
        self.keymap = keymap
        self.view = TIMER
        self.toggle = ""
        self._zones: list[tuple[int, int, str]] = []

    def show(self, view: str, toggle: str) -> None:
        """Set the view, and what the space bar does now."""
        if (view, toggle) != (self.view, self.toggle):
            self.view, self.toggle = view, toggle
            self.refresh(layout=False)

    def render(self) -> Content:
        """The keys by rank until the line is full."""
        width = self.size.width
        self._zones = []
        fixed = [self._key(BY_ID[name]) for name in ALWAYS]
        tail = ink.row(*fixed)
        room = width - tail.cell_length
        parts, place = [], 0
        actions = sorted((action for action in ACTIONS if action.footer and action.id not in ALWAYS), key=self._rank)
        for action in actions:
            if self.view not in action.where or (action.id == "toggle" and not self.toggle):
                continue
            key = self._key(action)
            if place + key.cell_length > room:
                break
            self._zones.append((place, place + key.cell_length, action.id))
            parts.append(key)
            place += key.cell_length
        at = room
        for name, key in zip(ALWAYS, fixed, strict=True):
            self._zones.append((at, at + key.cell_length, name))
            at += key.cell_length
        return ink.row(ink.left(ink.row(*parts), room), tail)

    def _rank(self, action: Action) -> tuple[bool, int]:
        """What the view is for comes first, but for stopping what runs."""
        return action.id != "toggle" and self.view not in action.leads, action.footer

    def _key(self, action: Action) -> Content:
        label = self.toggle if action.id == "toggle" else _(action.label)
        return ink.row(
            " ",
            Content.styled(said(action, self.keymap), "bold $accent"),
            " ",
            Content.styled(label, "$foreground"),
            " ",
        )

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        for start, end, name in self._zones:
            if start <= event.x < end:
                self.post_message(self.KeyClicked(name))
