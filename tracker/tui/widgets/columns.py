"""One figure over many weeks: a column for each, to an eighth of a line, and a gap where nothing is known.

Columns of our own, and not lines by `textual-plotext` (tried at 1.0.1, its last release, which needs plotext < 6 while
plotext is at 6.1). It does not earn its 0.3 MB and 15 ms: a week has one value and none beside it, which a column says
and a line between two weeks does not; a week that was not logged is a gap, which it draws only as one plot for each
stretch; it paints its ground in RGB, also in the theme of the terminal's own sixteen colours; several channels in one
plot are told apart by colour alone; and its axes say `12.8` where a reader looks for October. Small multiples on one
scale, each with its name beside it, need neither legend nor colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rich.cells import cell_len
from textual.content import Content

from tracker.tui import ink

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The widest column, with the space behind it, in cells.
WIDEST = 13

#: Cells for the name at the left and the words at the right, at least, and of the words where columns need the room.
LABEL, FIGURE = 11, 13
LEAST = 10

#: How the sign of a week without a value, and the line of a zero, are drawn.
UNKNOWN, NONE = "?", "▁"


class Chart(NamedTuple):
    """A named figure: a value for each week, None where it is not known.

    `most` is what a full column stands for. `figure` stands beside it, and `details` below that where there is room.
    `shorts` are the values in three cells and `longs` to the minute, to stand below columns that are wide enough.
    """

    label: str
    values: tuple[float | None, ...]
    most: float
    style: str
    figure: str
    details: tuple[str, ...] = ()
    shorts: tuple[str, ...] = ()
    longs: tuple[str, ...] = ()


class Room(NamedTuple):
    """How so many weeks lie in a width: the last `weeks` of them, each `cell` wide, beside or below their name."""

    label: int
    weeks: int
    cell: int
    figure: int
    beside: bool

    @classmethod
    def of(cls, weeks: int, width: int, charts: Sequence[Chart] = ()) -> Room:
        """Names and figures beside the columns; above them where that makes columns wider that were a cell thin.

        Both are as wide as the words of the `charts` ask for.
        """
        word = ink.widest(word for chart in charts for word in chart.label.split(" "))
        said = ink.widest(said for chart in charts for said in (chart.figure, *chart.details))
        name, figure = max(LABEL, word + 1), max(FIGURE, said + 2)
        inside = width - name - min(figure, max(width - name - weeks, LEAST))
        beside = inside >= weeks and not (inside < 2 * weeks <= width)
        cell = max(1, min((inside if beside else width) // weeks, WIDEST))
        shown = min(weeks, width // cell)
        label = name if beside else 0
        return cls(label, shown, cell, width - label - shown * cell, beside)

    @property
    def numbered(self) -> bool:
        """Whether three letters and a space stand below a column."""
        return self.cell >= 4


def lines_of(chart: Chart, room: Room, height: int) -> list[Content]:
    """The chart in `height` lines of columns, a line of values below where they fit, or a line of words above."""
    drawn = columns(chart.values[-room.weeks :], chart.most, room.cell, height, chart.style)
    if chart.shorts and room.numbered:
        fit = chart.longs and ink.widest(chart.longs) < room.cell
        below = (chart.longs if fit else chart.shorts)[-room.weeks :]
        drawn.append(ink.row(*(ink.left(one, room.cell, "$faint") for one in below)))
    if not room.beside:
        width = room.weeks * room.cell
        figure = ink.text(chart.figure, "bold $strong")
        for one in chart.details:
            longer = ink.row(figure, ink.text(f" · {one}", "$faint"))
            figure = longer if cell_len(chart.label) + 1 + longer.cell_length <= width else figure
        return [ink.ends(ink.text(chart.label, "bold"), figure, width), *drawn]
    names = ink.wrapped(chart.label, room.label - 1, "bold")
    # What does not fit whole is left out: half a figure would be another one.
    details = [ink.text(one, "$faint") for one in chart.details if cell_len(one) < room.figure]
    said = [ink.text(chart.figure, "bold $strong"), *details]
    return [
        ink.row(ink.left(_at(names, place), room.label), line, " ", ink.left(_at(said, place), max(room.figure - 1, 0)))
        for place, line in enumerate(drawn + [ink.BLANK] * (len(names) - len(drawn)))
    ]


def _at(lines: Sequence[Content], place: int) -> Content:
    return lines[place] if place < len(lines) else ink.BLANK


def columns(values: Sequence[float | None], most: float, cell: int, height: int, style: str) -> list[Content]:
    """The columns alone, `cell` cells for each value with a space behind where there is room for one.

    What is above zero is seen: it stands above the line that a zero lies on.
    """
    bar = cell - 1 if cell >= 3 else cell
    eighths = [None if value is None else _height(value, most, height) for value in values]
    lines = []
    for line in range(height - 1, -1, -1):
        cells = []
        for value in eighths:
            if value is None:
                mark = UNKNOWN.ljust(cell) if line == 0 else " " * cell
                cells.append(Content.styled(mark, "$faint"))
            elif value == 0 and line == 0:
                cells.append(Content.styled((NONE * bar).ljust(cell), "$line"))
            else:
                sign = ink.RISING[max(0, min(8, value - 8 * line))]
                # A whole block is its ground's colour too: some terminals leave a slit between lines.
                block = Content.styled(sign * bar, f"{style} on {style}" if sign == "█" else style)
                cells.append(ink.row(block, " " * (cell - bar)))
        lines.append(ink.row(*cells))
    return lines


def _height(value: float, most: float, height: int) -> int:
    """In eighths of a line; 2 at least for what is above zero, whose own line is the first eighth."""
    if value <= 0 or most <= 0:
        return 0
    return max(2, min(round(8 * height * value / most), 8 * height))
