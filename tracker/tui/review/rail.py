"""The rail of the eight steps: where one is, what has been gone through, what was passed over."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tracker.locale import _
from tracker.tui import ink, signs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

#: The number of a step that is to come, and of the one that is shown.
NUMBERS, HERE = signs.NUMBERS, signs.HERE

DONE, SKIPPED, TO_COME = "done", "skipped", "to come"

#: A state by its sign as well as its colour; a step to come bears its number.
SIGNS = {DONE: ("✓", "$good"), SKIPPED: ("»", "$flag"), TO_COME: ("", "$faint")}


class Stop(NamedTuple):
    """One step on the rail: its word and its state."""

    label: str
    state: str


class Rail(Widget):
    """One line; every step can be clicked."""

    ALLOW_SELECT = False

    class Chosen(Message):
        """A step was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self) -> None:
        super().__init__(id="review-rail")
        self.stops: Sequence[Stop] = ()
        self.at = 0
        self._zones: list[tuple[int, int, int]] = []

    def show(self, stops: Sequence[Stop], at: int) -> None:
        """Set the steps, and which of them is shown."""
        self.stops, self.at = stops, at
        self.refresh(layout=False)

    def render(self) -> Content:
        """As many words as there is room for: all of them, or the shown one's alone."""
        width = self.content_size.width
        line = ink.BLANK
        for worded, gap in ((True, " ── "), (True, " ─ "), (True, "  "), (False, " ── "), (False, " ")):
            line = self._line(worded=worded, gap=gap)
            if line.cell_length <= width:
                break
        return ink.left(line, width)

    def _line(self, *, worded: bool, gap: str) -> Content:
        parts: list[Content] = []
        place, self._zones = 0, []
        for index, stop in enumerate(self.stops):
            part = self._stop(index, stop, worded=worded or index == self.at)
            self._zones.append((place, place + part.cell_length, index))
            place += part.cell_length + len(gap)
            parts.append(part)
        return ink.text(gap, "$line").join(parts)

    def _stop(self, index: int, stop: Stop, *, worded: bool) -> Content:
        word = f" {_(stop.label)}" if worded else ""
        if index == self.at:
            return Content.styled(f"{HERE[index]}{word}", "bold $primary underline")
        sign, style = SIGNS[stop.state]
        return ink.row(ink.text(sign or NUMBERS[index], style), ink.text(word, style if sign else "$faint"))

    def on_click(self, event: events.Click) -> None:
        """Which step is under the pointer."""
        spot = event.get_content_offset(self)
        for start, end, index in self._zones:
            if spot is not None and start <= spot.x < end:
                self.post_message(self.Chosen(index))
