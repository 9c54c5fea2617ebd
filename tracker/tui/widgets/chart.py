"""A pattern's picture: a bar for each label and the usual as a mark on it, lying or standing as there is room.

Told apart without colours: what was counted is a filled bar, the usual is a line across it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from textual.content import Content

from tracker.formatting.times import format_day_and_month, format_week
from tracker.tui import ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.finding import BarChart

#: The usual: across a lying bar, and across a standing one.
ACROSS, LEVEL = "┃", "━"
BAR, USUAL = "$secondary", "bold $strong"
#: The figures of the usual are left out where bars would be shorter than so many cells.
SHORTEST = 10
#: More labels than these are told better by standing bars.
LYING = 8
#: Lying bars with their words take no more cells than these.
LONGEST = 140
#: A picture of standing bars is no higher than so many lines.
TALLEST = 20
#: A standing bar is no wider than so many cells.
WIDEST = 8

_DATE, _WEEK = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-W\d\d")


def lines(chart: BarChart, width: int, height: int) -> list[Content]:
    """The chart in `width` cells and at most `height` lines; nothing where that is no room for it."""
    if not chart.values or width < 16 or height < 3:
        return []
    if len(chart.values) <= min(LYING, height - 1):
        bars = ink.spread(_lying(chart, min(width, LONGEST)), height - 1, 3)
        apart = [ink.BLANK] if len(chart.values) + 1 < len(bars) + 1 < height else []
        return [*bars, *apart, _legend(chart, ACROSS, width)]
    return [*_standing(chart, width, height - 1), _legend(chart, LEVEL, width)]


def height(chart: BarChart, most: int) -> int:
    """How many lines are worth having of at most `most`: lying bars apart, standing ones not too tall."""
    count = len(chart.values)
    if count > LYING:
        return min(most, TALLEST)
    return next((lines for lines in (3 * count, 2 * count + 1, 2 * count) if lines <= most), count + 1)


def _legend(chart: BarChart, mark: str, width: int) -> Content:
    """`█ sessions by length   ┃ by chance`."""
    parts = [ink.row(ink.text("█ ", BAR), ink.text(chart.unit, "$faint"))]
    if chart.usual:
        parts.append(ink.row(ink.text(f"{mark} ", USUAL), ink.text(chart.usual_is, "$faint")))
    return ink.left(Content("   ").join(parts), width)


def _top(chart: BarChart) -> float:
    return max([*chart.values, *chart.usual, 0]) or 1


def _lying(chart: BarChart, width: int) -> list[Content]:
    labels = [said_label(label) for label in chart.labels]
    figures = [chart.say(value) for value in chart.values]
    beside = [chart.say(value, 2) for value in chart.usual] or [""] * len(figures)
    label = min(ink.widest(labels), width // 3) + 1
    figure, detail = ink.widest(figures) + 1, ink.widest(beside) + 3 if chart.usual else 0
    if width - label - figure - detail < SHORTEST:
        detail = 0
    room, top = max(width - label - figure - detail, SHORTEST // 2), _top(chart)
    found = []
    for place, value in enumerate(chart.values):
        bar = ink.bar(value, top, room, BAR)
        if chart.usual:
            cell = min(int(chart.usual[place] / top * room), room - 1)
            under = BAR if cell < int(value / top * room) else "$track"
            mark = Content.styled(ACROSS, f"{USUAL if under == '$track' else 'bold $on-ink'} on {under}")
            bar = ink.row(bar[:cell], mark, bar[cell + 1 :])
        told = ink.row(
            ink.right(figures[place], figure, "bold"), ink.right(f"{ACROSS} {beside[place]}", detail, "$faint")
        )
        found.append(ink.left(ink.row(ink.left(labels[place], label), bar, told), width))
    return found


def _standing(chart: BarChart, width: int, height: int) -> list[Content]:
    """Columns above their labels, the scale at the left; where there are too many, the last ones."""
    scale = chart.say(_top(chart))
    edge = len(scale) + 1
    count = min(len(chart.values), width - edge)
    each = min((width - edge) // count, WIDEST)
    rows = height - 1
    columns = [
        _column(value, usual, _top(chart), rows, each)
        for value, usual in zip(chart.values[-count:], (chart.usual or (None,) * count)[-count:], strict=True)
    ]
    marks = [scale, *[""] * (rows - 2), "0"] if rows > 1 else [scale]
    drawn = [
        ink.row(ink.right(marks[row], edge - 1, "$faint"), " ", *(column[row] for column in columns))
        for row in range(rows)
    ]
    under = _labels([said_label(label) for label in chart.labels[-count:]], each)
    return [*drawn, ink.row(" " * edge, ink.text(under, "$faint"))]


def _column(value: float, usual: float | None, top: float, rows: int, each: int) -> list[Content]:
    """One standing bar from its top down, a gap at its right where it is wider than a cell."""
    filled = max(round(value / top * rows * 8), 1 if value > 0 else 0)
    level = None if usual is None else min(int(usual / top * rows), rows - 1)
    wide = max(each - 1, 1)
    cells = []
    for row in range(rows):
        below = rows - 1 - row
        here = max(0, min(filled - 8 * below, 8))
        if below == level:
            cell = Content.styled(LEVEL * wide, f"bold $on-ink on {BAR}" if here > 4 else USUAL)
        else:
            cell = Content.styled(ink.RISING[here] * wide, f"{BAR} on {BAR}" if here == 8 else BAR)
        cells.append(ink.row(cell, " " * (each - wide)))
    return cells


def _labels(labels: Sequence[str], each: int) -> str:
    """As many labels as there is room for, each beginning under its column."""
    line = ""
    for place, label in enumerate(labels):
        at = place * each
        if at >= len(line) + 2 * bool(line) and at + len(label) <= max(len(labels) * each, len(label)):
            line = line.ljust(at) + label
    return line


def said_label(label: str) -> str:
    """`12 Nov` for a date, `W47` for a week, any other as it is."""
    if _DATE.fullmatch(label):
        return format_day_and_month(label)
    return format_week(label).rpartition("-")[2] if _WEEK.fullmatch(label) else label
