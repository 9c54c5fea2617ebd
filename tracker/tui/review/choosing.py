"""A step in which something can be chosen: arrows go from one thing to the next, and what is chosen is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.tui import ink
from tracker.tui.review.step import Step

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.tui.review.facts import Facts

#: Keys that choose, and how many further down.
MOVES = {"down": 1, "j": 1, "up": -1, "k": -1}


class Line(NamedTuple):
    """One line of a step; those of one `item` are chosen together. `lit` is how much of it is its own, 0 for all.

    A click on a line with a `key` is that key.
    """

    words: Content
    item: int | None = None
    lit: int = 0
    key: str = ""


class Choosing(Step):
    """Writes lines, some of which belong to things that can be chosen."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.chosen = 0
        self._written: list[Line] = []

    def written(self, width: int, height: int) -> list[Line]:
        """All of it."""
        raise NotImplementedError

    def count(self) -> int:
        """How many things can be chosen."""
        raise NotImplementedError

    def opened(self) -> None:
        """What was chosen is clicked once more."""

    def lines(self, width: int, height: int) -> list[Content]:
        """The words alone; what they belong to is remembered."""
        self.chosen = max(0, min(self.chosen, self.count() - 1))
        self._written = self.written(width, height)
        return [line.words for line in self._written]

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines that are seen, the chosen ones lit and with a mark at their edge."""
        self.lines(width - 1, height)
        return [self._drawn(line, width - 1) for line in self._written[self.top :]]

    def _drawn(self, line: Line, width: int) -> Content:
        if line.item is None or line.item != self.chosen:
            return ink.row(" ", line.words)
        drawn = ink.row(ink.text("▌", "$primary"), ink.left(line.words, width))
        return drawn.stylize("on $cursor", 0, line.lit + 1 if line.lit else None)

    def press(self, key: str) -> bool:
        """The arrows choose, as long as there is something further on."""
        if key in MOVES and 0 <= self.chosen + MOVES[key] < self.count():
            self.choose(self.chosen + MOVES[key])
            return True
        return False

    def choose(self, item: int) -> None:
        """Choose a thing, and see all of it that can be seen."""
        self.chosen = item
        width, height = self.content_size
        if width > 0:
            self.lines(width - 1, height)
            mine = [place for place, one in enumerate(self._written) if one.item == item]
            if mine:
                above = 0 if item == 0 else mine[0]
                self.top = max(min(self.top, above), mine[-1] - height + 1)
        self.redraw()

    def touch(self, line: int, cell: int) -> None:
        """A click chooses; a second one opens."""
        if not 0 <= line < len(self._written):
            return
        _words, item, _lit, key = self._written[line]
        if key:
            self.press(key)
        elif item is not None and item == self.chosen:
            self.opened()
        elif item is not None:
            self.choose(item)
