"""Panels: boxes with a title that draw their lines to their exact size, and lists of which one block is chosen.

A list draws only what is seen, and says on its border how much is above and below: no scrollbar, and a thousand lines
cost no more than twenty.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from tracker.locale import _
from tracker.tui import ink

if TYPE_CHECKING:
    from textual import events
    from textual.content import Content
    from textual.geometry import Size


class Panel(Widget):
    """A box that draws itself anew for every size: `draw` is given the room inside the border."""

    ALLOW_SELECT = False
    #: Whether there is something to draw; False in panels that wait for `show`.
    filled = True

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines to show in `width` × `height` cells."""
        raise NotImplementedError

    def render(self) -> Content:
        """The lines, cut to the room there is."""
        width, height = self.content_size
        if not self.filled or width <= 0 or height <= 0:
            return ink.BLANK
        return Content("\n").join([ink.left(line, width) for line in self.draw(width, height)[:height]])

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Panels are given their height by their screen's style sheet."""
        return container.height

    def say(self, title: str, subtitle: str = "") -> None:
        """Set the words on the border: our own, never the user's."""
        if self.border_title != title:
            self.border_title = title
        if self.border_subtitle != subtitle:
            self.border_subtitle = subtitle


class Rows(Panel):
    """Blocks of one or more lines; the chosen one is marked while `choosable`."""

    class Opened(Message):
        """Enter or a second click on a block."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

    class Marked(Message):
        """A click with ctrl on a block."""

        def __init__(self, rows: Rows, index: int) -> None:
            super().__init__()
            self.rows = rows
            self.index = index

    choosable = True
    #: Lines above the blocks that never scroll away.
    heading = 0

    def __init__(self, **options: object) -> None:
        super().__init__(**options)  # type: ignore[arg-type]
        self.chosen = 0
        self.top = 0
        self._places: list[int] = []
        self._unseen = (0, 0)

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """Every block as its lines."""
        raise NotImplementedError

    def head(self, width: int) -> list[Content]:
        """The lines above the blocks."""
        return []

    def count(self) -> int:
        """How many blocks can be chosen."""
        raise NotImplementedError

    def more(self, above: int, below: int) -> None:
        """Told how many blocks are out of sight."""

    def redraw(self) -> None:
        """Draw anew, with the border's words first: they cannot change while drawing."""
        width, height = self.content_size
        if width > 0 and height > 0:
            self.draw(width, height)
            self.more(*self._unseen)
        self.refresh(layout=False)

    def on_resize(self) -> None:
        """Another size sees more or less."""
        self.redraw()

    def draw(self, width: int, height: int) -> list[Content]:
        """The heading, then the blocks around the chosen one that fit; the first cell is the mark's."""
        head = [ink.row(" ", line) for line in self.head(width - 1)]
        blocks = self.blocks(width - 1, height - len(head))
        room = height - len(head)
        self.chosen = max(0, min(self.chosen, self.count() - 1))
        self.top = self._first_seen(blocks, room)
        lines: list[Content] = []
        self._places = [-1] * len(head)
        index = self.top
        while index < len(blocks) and len(lines) + len(blocks[index]) <= room:
            marked = self.choosable and index == self.chosen < self.count()
            lines += [self._marked(line, width) if marked and line else ink.row(" ", line) for line in blocks[index]]
            self._places += [index] * len(blocks[index])
            index += 1
        self._unseen = (self.top, len(blocks) - index)
        return head + lines

    def _marked(self, line: Content, width: int) -> Content:
        """The chosen line: lit, and with a mark at its edge where colours cannot tell."""
        return ink.row(ink.text("▌", "$primary"), ink.left(line, width - 1)).stylize("on $cursor")

    def _first_seen(self, blocks: list[list[Content]], room: int) -> int:
        """The first block to draw so that the chosen one is seen and no room is wasted below."""
        if sum(len(block) for block in blocks) <= room:
            return 0
        top = min(self.top, self.chosen)
        while top < self.chosen and sum(len(block) for block in blocks[top : self.chosen + 1]) > room:
            top += 1
        while top > 0 and sum(len(block) for block in blocks[top - 1 :]) <= room:
            top -= 1
        return top

    def move(self, steps: int) -> None:
        """Choose the block `steps` further down."""
        self.choose(self.chosen + steps)

    def choose(self, index: int) -> None:
        """Choose a block."""
        index = max(0, min(index, self.count() - 1))
        if index != self.chosen:
            self.chosen = index
            self.redraw()

    def line_of_chosen(self) -> tuple[int, int] | None:
        """The cell at the left of the chosen block's first line on the screen, after its mark; None out of sight."""
        if self.chosen not in self._places:
            return None
        return self.content_region.x + 1, self.content_region.y + self._places.index(self.chosen)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; a second click opens it."""
        spot = event.get_content_offset(self)
        line = spot.y if spot else -1
        if 0 <= line < len(self._places) and self._places[line] >= 0:
            index = self._places[line]
            if event.ctrl and index < self.count():
                self.choose(index)
                self.post_message(self.Marked(self, index))
            elif index == self.chosen and self.choosable:
                self.post_message(self.Opened(self, index))
            elif index < self.count():
                self.choose(index)

    def on_mouse_scroll_down(self) -> None:
        """Three lines on."""
        self.move(3)

    def on_mouse_scroll_up(self) -> None:
        """Three lines back."""
        self.move(-3)


def out_of_sight(above: int, below: int) -> str:
    """`↑ 3 · ↓ 12`, for the border; empty when all is seen."""
    parts = [_("↑ {n}").format(n=above) if above else "", _("↓ {n}").format(n=below) if below else ""]
    return " · ".join(part for part in parts if part)
