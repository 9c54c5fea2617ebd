"""Panels: boxes with a title that draw their lines to their exact size; texts that scroll, and lists to choose from.

A scrolling panel draws only what is seen, and its border says how much is above and below. There is no scrollbar, and
a thousand lines cost no more than twenty.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.filter import ANSIToTruecolor, LineFilter
from textual.geometry import Size
from textual.message import Message
from textual.style import Style
from textual.widget import Widget

from tracker.domain.record import Record
from tracker.locale import _
from tracker.tui import layout
from tracker.tui.keys import BY_ID, key_label
from tracker.tui.terminal import Keyboard

#: What a line stands for: its kind and its name, such as ("session", "17").
Item = tuple[str, str]
#: The lines of a text at a width.
Writer = Callable[[int], list["SectionLine"]]


#: What a panel draws.
Snapshot = TypeVar("Snapshot")

#: Cells of a border that its words cannot have: corner, line and blank on either side.
CORNERS = 6


def link(words: Content, action: str, value: str | int | tuple[int, ...]) -> Content:
    """Words of which a click runs an action, such as `app.do`, with `value`."""
    return words.stylize(Style.from_meta({"@click": (action, (value,))}))


class Drawn(Widget):
    """A widget that draws itself for its exact size: `draw` gets the width and height inside the border."""

    ALLOW_SELECT = False
    auto_links = False  # a `link` looks like any other words
    #: Whether there is something to draw; False in panels that wait for `show`.
    filled = True

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines to show in `width` × `height` cells."""
        raise NotImplementedError

    def render(self) -> Content:
        """The lines, cut to the size of the widget."""
        width, height = self.content_size
        if not self.filled or width <= 0 or height <= 0:
            return layout.BLANK
        return Content("\n").join([layout.left(line, width) for line in self.draw(width, height)[:height]])

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Without the filter for ANSI colours: in these lines it finds none, and would keep a copy of each."""
        return [filter for filter in super().get_line_filters() if not isinstance(filter, ANSIToTruecolor)]

    def keymap_changed(self) -> dict[str, str]:
        """The keys that the user has changed, by the ids of their actions."""
        assert isinstance(self.app, Keyboard), "there is no other app"
        return self.app.keymap_changed

    def key_of(self, action: str) -> str:
        """The key of an action of the views, as the user has it."""
        return key_label(BY_ID[action], self.keymap_changed())


class Panel(Drawn):
    """A box with words on its border. Its height is given by the style sheet of its screen."""

    _caption: tuple[Sequence[str], Sequence[str]] | None = None

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """All the height there is."""
        return container.height

    def say(self, title: str, subtitle: str = "") -> None:
        """Set the words on the border: our own, never the user's."""
        if self.border_title != title:
            self.border_title = title
        if self.border_subtitle != subtitle:
            self.border_subtitle = subtitle

    def caption(self, title: Sequence[str], subtitle: Sequence[str]) -> None:
        """Set the parts of the words on the border; the last ones are left out where room is short."""
        self._caption = title, subtitle
        available = (self.outer_size.width or self.app.size.width) - CORNERS
        self.say(*(layout.in_room(parts, available) for parts in self._caption))

    def on_resize(self) -> None:
        """Another width has room for other parts of a caption."""
        if self._caption:
            self.caption(*self._caption)


class SnapshotPanel(Panel, Generic[Snapshot]):
    """A panel that draws one value, as soon as it is given."""

    filled = False
    shown: Snapshot

    def show(self, shown: Snapshot) -> None:
        """Set what is drawn."""
        self.shown, self.filled = shown, True
        self.label()
        self.refresh()

    def label(self) -> None:
        """Set the words on the border."""


class ScrollingPanel(Panel):
    """Draws the window of its lines that begins at the line `top`; the wheel of the mouse moves it."""

    title = ""
    top = 0

    def lines(self, width: int, height: int) -> list[Content]:
        """All lines in `width` cells; `height` is how many are seen at once."""
        raise NotImplementedError

    def length(self) -> int:
        """How many lines there are at this size."""
        return len(self.lines(*self.content_size))

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines from the top of the window on."""
        return self.lines(width, height)[self.top :]

    def heading(self) -> str:
        """The title on the border."""
        return self.title

    def hint(self) -> str:
        """The words at the right of the border when nothing is out of sight."""
        return ""

    def show_from(self, top: int) -> None:
        """Draw the window from the line `top` on, without blank lines at its end; the border says what is hidden."""
        width, height = self.content_size
        hidden = ""
        if width > 0 and height > 0:
            below = self.length() - height
            self.top = max(0, min(top, below))
            hidden = say_hidden(self.top, max(below - self.top, 0))
        self.say(self.heading(), with_keys(hidden, self.hint(), self.outer_size.width))
        self.refresh(layout=False)

    def redraw(self) -> None:
        """Draw again."""
        self.show_from(self.top)

    def scroll_by(self, lines: int) -> None:
        """Move the window by `lines` lines."""
        self.show_from(self.top + lines)

    def on_resize(self) -> None:
        """Another size shows more or fewer lines."""
        self.redraw()

    def on_mouse_scroll_down(self) -> None:
        """Scroll three lines down."""
        self.scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll three lines up."""
        self.scroll_by(-3)


class Rows(ScrollingPanel):
    """Blocks of one or more lines, `top` the first that is seen; the chosen one is marked while `choosable`."""

    @dataclass
    class Opened(Message):
        """Enter or a second click on a block."""

        rows: Rows
        index: int

    class Marked(Message):
        """A click with ctrl chose a block, to be marked."""

    choosable = True
    #: What the blocks stand for.
    items: Sequence[object] = ()
    chosen = 0
    _block_of_line: Sequence[int] = ()
    _unseen = (0, 0)

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """Every block as its lines."""
        raise NotImplementedError

    def head(self, width: int) -> list[Content]:
        """The lines above the blocks."""
        return []

    def heading_lines(self, index: int) -> int:
        """The number of lines at the top of a block that are its heading, which is never marked."""
        return 0

    def count(self) -> int:
        """How many blocks can be chosen."""
        return len(self.items)

    def show_hidden(self, above: int, below: int) -> None:
        """Show how many blocks are out of sight above and below."""

    def redraw(self) -> None:
        """Draw again. The words of the border are set first, because they cannot change while drawing."""
        width, height = self.content_size
        if width > 0 and height > 0:
            self.draw(width, height)
            self.show_hidden(*self._unseen)
        self.refresh(layout=False)

    def scroll_by(self, lines: int) -> None:
        """Choose the block `lines` further down."""
        self.move(lines)

    def draw(self, width: int, height: int) -> list[Content]:
        """The heading, then the blocks around the chosen one that fit; the first cell is the mark's."""
        self.chosen = max(0, min(self.chosen, self.count() - 1))  # there may be fewer than when it was chosen
        head = [layout.row(" ", line) for line in self.head(width - 1)]
        available = height - len(head)
        # A block that is higher than the panel shows its first lines: left out whole, it would leave the panel empty.
        blocks = [block[: max(available, 1)] for block in self.blocks(width - 1, available)]
        self.top = self._first_seen(blocks, available)
        lines: list[Content] = []
        block_of_line = [-1] * len(head)
        index = self.top
        while index < len(blocks) and len(lines) + len(blocks[index]) <= available:
            marked = self.choosable and index == self.chosen < self.count()
            heading_lines = self.heading_lines(index)
            lines += [
                layout.marked(line, width) if marked and line and number >= heading_lines else layout.row(" ", line)
                for number, line in enumerate(blocks[index])
            ]
            block_of_line += [index] * len(blocks[index])
            index += 1
        self._block_of_line, self._unseen = block_of_line, (self.top, len(blocks) - index)
        return head + lines

    def _first_seen(self, blocks: list[list[Content]], available: int) -> int:
        """The first block to draw so that the chosen one is seen and no room is wasted below."""
        if sum(len(block) for block in blocks) <= available:
            return 0
        top = min(self.top, self.chosen)
        while top < self.chosen and sum(len(block) for block in blocks[top : self.chosen + 1]) > available:
            top += 1
        while top > 0 and sum(len(block) for block in blocks[top - 1 :]) <= available:
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
        if self.chosen not in self._block_of_line:
            return None
        return self.content_region.x + 1, self.content_region.y + self._block_of_line.index(self.chosen)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; a second click opens it."""
        spot = event.get_content_offset(self)
        line = spot.y if spot else -1
        if 0 <= line < len(self._block_of_line) and self._block_of_line[line] >= 0:
            index = self._block_of_line[line]
            if event.ctrl and index < self.count():
                self.choose(index)
                self.post_message(self.Marked())
            elif index == self.chosen and self.choosable:
                self.post_message(self.Opened(self, index))
            elif index < self.count():
                self.choose(index)


def say_hidden(above: int, below: int) -> str:
    """`↑ 3 · ↓ 12`, for the border; empty when all is seen."""
    parts = [_("↑ {n}").format(n=above) if above else "", _("↓ {n}").format(n=below) if below else ""]
    return " · ".join(part for part in parts if part)


def with_keys(hidden: str, keys: str, width: int) -> str:
    """`↓ 12 · Esc Close`, for the border of a box of `width` cells; where that is too long, the keys alone."""
    both = " · ".join(filter(None, (hidden, keys)))
    return both if cell_len(both) <= width - CORNERS else keys or hidden


class SectionLine(Record):
    """One line; those of one `item` are chosen and opened together."""

    words: Content
    item: Item | None = None


class ItemSpan(Record):
    """Which lines an item has, from the first to the last."""

    item: Item
    first: int
    last: int


class Sections(ScrollingPanel):
    """Draws the window of the text that is seen, the chosen item lit while `active`."""

    @dataclass
    class ItemOpened(Message):
        """A second click on an item."""

        item: Item

    @dataclass
    class ItemChosen(Message):
        """A click, or an arrow, chose another item."""

        sections: Sections

    write: Writer = staticmethod(lambda _width: [])
    chosen: Item | None = None
    active = True
    _written: tuple[int, list[SectionLine]] = (-1, [])

    def show(self, write: Writer, title: str) -> None:
        """Set another text. An item that is still in it stays chosen, and keeps its place on the screen."""
        before = self._span_of(self.chosen)
        self.write, self.title = write, title
        self._written = (-1, [])
        after = self._span_of(self.chosen)
        if before and after:
            self.top += after.first - before.first
        self.redraw()

    def redraw(self) -> None:
        """Draw again; an item that is no longer there is not chosen any more."""
        if self.chosen and self._span_of(self.chosen) is None:
            self.chosen = None
        super().redraw()

    def length(self) -> int:
        """The number of all lines."""
        return len(self.section_lines())

    def section_lines(self) -> list[SectionLine]:
        """All lines, written once for a width; the first cell of each is the mark's."""
        width = self.content_size.width - 1
        if self._written[0] != width:
            self._written = (width, self.write(width) if width > 0 else [])
        return self._written[1]

    def spans(self) -> list[ItemSpan]:
        """Where the items are, in their order."""
        spans: list[ItemSpan] = []
        for number, line in enumerate(self.section_lines()):
            if line.item is None:
                continue
            if spans and spans[-1].item == line.item:
                spans[-1] = spans[-1]._replace(last=number)
            else:
                spans.append(ItemSpan(line.item, number, number))
        return spans

    def _span_of(self, item: Item | None) -> ItemSpan | None:
        return next((span for span in self.spans() if span.item == item), None)

    def draw(self, width: int, height: int) -> list[Content]:
        """The window."""
        seen = self.section_lines()[self.top : self.top + height]
        lit = self.chosen if self.active and self.chosen else ()
        return [layout.marked(line.words, width) if line.item == lit else layout.row(" ", line.words) for line in seen]

    def move(self, steps: int) -> bool:
        """Choose the next item, or scroll towards it; False at the end of the text. `steps` is 1 or -1."""
        seen, count = self.content_size.height, len(self.section_lines())
        ahead = self._ahead(steps)
        if ahead and self.top - seen < ahead.first and ahead.last < self.top + 2 * seen - 1:
            self.chosen = ahead.item
            self.show_from(max(min(self.top, ahead.first - 1), ahead.last - seen + 1))
            self.post_message(self.ItemChosen(self))
            return True
        if (steps > 0 and self.top + seen < count) or (steps < 0 and self.top > 0):
            self.scroll_by(steps * max(seen - 2, 1))
            return True
        return False

    def _ahead(self, steps: int) -> ItemSpan | None:
        """The next item in that direction: after the chosen one, else the first one that is seen."""
        spans = self.spans()
        names = [span.item for span in spans]
        if self.chosen in names:
            at = names.index(self.chosen) + steps
            return spans[at] if 0 <= at < len(spans) else None
        bottom = self.top + self.content_size.height
        if steps > 0:
            return next((span for span in spans if span.first >= self.top), None)
        return next((span for span in reversed(spans) if span.last < bottom), None)

    def enter(self, steps: int) -> None:
        """Choose the first item, coming from the column before, or the last one, coming from the column after."""
        spans = self.spans()
        if spans:
            self.go_to((spans[0] if steps > 0 else spans[-1]).item)

    def go_to(self, item: Item) -> None:
        """Choose an item, if it is there, and show it."""
        span = self._span_of(item)
        if span:
            self.chosen = item
            height = self.content_size.height
            self.show_from(span.last - height + 1 if span.last >= self.top + height else min(self.top, span.first))
            self.post_message(self.ItemChosen(self))

    def scroll_by(self, lines: int) -> None:
        """Scroll by `lines` lines; an item that goes out of sight is no longer chosen."""
        super().scroll_by(lines)
        height = self.content_size.height
        span = self._span_of(self.chosen)
        if span and not (self.top <= span.last and span.first < self.top + height):
            self.chosen = None
            self.refresh(layout=False)

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked; a second click opens it."""
        spot = event.get_content_offset(self)
        number = self.top + spot.y if spot else -1
        item = self.section_lines()[number].item if 0 <= number < len(self.section_lines()) else None
        if item is None:
            return
        if item == self.chosen and self.active:
            self.post_message(self.ItemOpened(item))
            return
        self.chosen = item
        self.post_message(self.ItemChosen(self))
        self.refresh(layout=False)
