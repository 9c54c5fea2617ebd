"""The keys that a dialog offers with their labels; a click on one is a press."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tracker.locale import _
from tracker.tui import layout

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.geometry import Size

GAP = "   "


#: What stands between the parts of a detail, of which the last ones are left out where room is short.
DOT = " · "


class Cap(NamedTuple):
    """One key, the words and their colour, and what stands behind them where there is a line for each."""

    key: str
    label: str
    style: str = ""
    detail: str = ""


class Keycaps(Widget):
    """A line for each key, or, `packed`, as many on a line as there is room for."""

    ALLOW_SELECT = False

    class Pressed(Message):
        """A key was clicked."""

        def __init__(self, key: str) -> None:
            super().__init__()
            self.key = key

    def __init__(self, caps: Sequence[Cap] = (), *, packed: bool = True, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.caps, self.packed = caps, packed

    def show(self, caps: Sequence[Cap], *, packed: bool = True) -> None:
        """Set the keys."""
        if (tuple(caps), packed) != (tuple(self.caps), self.packed):
            self.caps, self.packed = caps, packed
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as it takes."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Key caps and words."""
        width = self.content_size.width
        lines = [[self._drawn(cap, width) for cap in line] for line in self._lines(width)]
        return Content("\n").join(Content(GAP).join(line) for line in lines)

    def _lines(self, width: int) -> list[list[Cap]]:
        """Which keys stand on which line."""
        if not self.packed:
            return [[cap] for cap in self.caps]
        lines: list[list[Cap]] = []
        column = 0
        for cap in self.caps:
            needs = self._drawn(cap, width).cell_length
            if not lines or column + len(GAP) + needs > width:
                lines.append([])
                column = -len(GAP)
            lines[-1].append(cap)
            column += len(GAP) + needs
        return lines

    def _drawn(self, cap: Cap, width: int) -> Content:
        key = _("esc") if cap.key == "esc" else cap.key  # the one key that is a word
        head = layout.row(layout.keycap(key), " ")
        if self.packed:
            return layout.row(head, (cap.label, cap.style))
        label = min(layout.widest(other.label for other in self.caps), width // 3) + 2
        available = width - head.cell_length - label
        details = layout.in_room(cap.detail.split(DOT), available)
        return layout.row(head, layout.column(cap.label, label, cap.style), (details, "$faint"))

    def on_click(self, event: events.Click) -> None:
        """Which key is under the pointer."""
        width = self.content_size.width
        spot = event.get_content_offset(self)
        lines = self._lines(width)
        if spot is None or not 0 <= spot.y < len(lines):
            return
        column = 0
        for cap in lines[spot.y]:
            end = column + self._drawn(cap, width).cell_length
            if column <= spot.x < end:
                self.post_message(self.Pressed(cap.key))
                return
            column = end + len(GAP)
