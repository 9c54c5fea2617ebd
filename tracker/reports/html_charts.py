"""The pictures of the HTML page: SVG by drawsvg, coloured by the page's own style sheet.

drawsvg (MIT, pure Python, 0.1 MB, no dependencies, 2.4.2 of August 2026) writes the elements and escapes their text; it
is imported when a page is asked for, which takes it 60 ms. Looked at beside it: pygal draws whole charts, yet none of
these (a week's strip, hours by weekdays, rings), colours each by a style of its own that knows no dark page, and names
its site in the file; svg.py does not escape text. Colours are classes, so that one picture is right on paper, by day
and by night; every picture is named for those who do not see it, and its figures stand in a table of the page.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import drawsvg as draw

from tracker.formatting.text import labelled
from tracker.reports.channel_colours import hue_of
from tracker.reports.markup import Safe, plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    Row = Mapping[str, Any]

#: The shades of a map, from nothing to the most.
LEVELS = 4

#: What drawsvg says of itself and of its vocabulary: a page knows it already.
_VOCABULARY = re.compile(r'\s+xmlns(?::xlink)?="[^"]*"|<defs>\s*</defs>\s*')


def picture(drawing: Any, name: str, kind: str) -> Safe:
    """The drawing as markup: `name` says what it shows, `kind` is its class."""
    drawing.svg_args |= {"role": "img", "class": kind}
    drawing.append_title(plain(name))
    return Safe(_VOCABULARY.sub("", drawing.as_svg(header="")).strip())


def _drawing(width: float, height: float) -> Any:
    return draw.Drawing(width, height)


def _text(words: str, size: float, x: float, y: float, kind: str, anchor: str = "middle") -> Any:
    return draw.Text(plain(words), size, x, y, class_=kind, text_anchor=anchor)


def _titled(shape: Any, words: str) -> Any:
    shape.append_title(plain(words))
    return shape


#: The week's strip: the width of a day and of its column, where columns stand, and how high they grow.
DAY, COLUMN, FLOOR, HIGH = 100, 62, 150, 122

#: How high a figure stands over its column.
LETTERS = 22


def week_strip(days: Sequence[Row], names: Sequence[tuple[str, str]], titles: Mapping[str, str], name: str) -> Safe:
    """Each day a column of its channels, a mark where it usually ends, and `?` for a day nobody logged; none to come.

    `names` are two lines to stand below each day, `titles` what channels are called.
    """
    drawing = _drawing(7 * DAY, FLOOR + 42)
    most = max([1, *(max(one["seconds"] or 0, one["usual_seconds"] or 0) for one in days)])
    for place, (one, (above, below)) in enumerate(zip(days, names, strict=True)):
        left = place * DAY + (DAY - COLUMN) / 2
        middle = place * DAY + DAY / 2
        usual = FLOOR - (one["usual_seconds"] or 0) * HIGH / most
        if one["logged"]:
            top = _column(drawing, one, left, HIGH / most, titles)
            # The figure stands over its column, and over the mark where that would strike it through.
            over = usual if top - LETTERS < usual < top else top
            drawing.append(_text(one["said"], 13, middle, over - 7, "figure"))
        elif one.get("begun", True):
            drawing.append(draw.Rectangle(left, FLOOR - 34, COLUMN, 34, rx=4, class_="unknown"))
            drawing.append(_text("?", 15, middle, FLOOR - 11, "soft"))
        if one["usual_seconds"]:
            drawing.append(draw.Line(left - 8, usual, left + COLUMN + 8, usual, class_="usual"))
        drawing.append(_text(above, 13, middle, FLOOR + 19, "label"))
        drawing.append(_text(below, 11.5, middle, FLOOR + 35, "soft"))
    drawing.append(draw.Line(0, FLOOR, 7 * DAY, FLOOR, class_="axis"))
    return picture(drawing, name, "strip")


def _column(drawing: Any, one: Row, left: float, scale: float, titles: Mapping[str, str]) -> float:
    """Draw one day's channels, the longest at the bottom; returns where they end.

    Two at once count for both, so the column is scaled to the day's own seconds.
    """
    parts = sorted(one["channels"], key=lambda part: -part["seconds"])
    whole = sum(part["seconds"] for part in parts) or 1
    top = float(FLOOR)
    for part in parts:
        height = part["seconds"] / whole * one["seconds"] * scale
        if height <= 0:
            continue
        top -= height
        shape = draw.Rectangle(left, top, COLUMN, height, class_=f"hue-{hue_of(part['channel'])} part")
        drawing.append(_titled(shape, labelled(titles.get(part["channel"], part["channel"]), part["said"])))
    return top


#: The map of hours: a cell's width and height, and the room for the names of days.
CELL, ROW, NAMES = 26, 22, 46


def hours_map(
    hours: Sequence[Sequence[int | None]], days: Sequence[str], first_hour: int, name: str, begun: int = 7
) -> Safe:
    """Seven rows of 24 cells from `first_hour` on; a number in each that is not nothing, denser where it is more.

    A day that is not known has None in its hours: its row is one empty frame with a `?`; days after the first `begun`
    are to come.
    """
    drawing = _drawing(NAMES + 24 * CELL, 7 * ROW + 22)
    most = max((count or 0 for row in hours for count in row), default=0)
    order = [(first_hour + hour) % 24 for hour in range(24)]
    for line, (day, row) in enumerate(zip(days, hours, strict=True)):
        drawing.append(_text(day, 12, 0, line * ROW + 15, "label", "start"))
        if None in row:
            if line >= begun:
                continue
            frame = draw.Rectangle(NAMES + 1, line * ROW + 1, 24 * CELL - 2, ROW - 2, rx=3, class_="unknown")
            drawing.append(frame)
            drawing.append(_text("?", 11, NAMES + 12 * CELL, line * ROW + 15, "soft"))
            continue
        for place, hour in enumerate(order):
            x, y = NAMES + place * CELL, line * ROW
            shade = level(row[hour] or 0, most)
            cell = draw.Rectangle(x + 1, y + 1, CELL - 2, ROW - 2, rx=3, class_=f"heat heat-{shade}")
            drawing.append(_titled(cell, f"{day} {hour:02}:00 · {row[hour]}") if row[hour] else cell)
            if row[hour]:
                drawing.append(_text(str(row[hour]), 11, x + CELL / 2, y + 15, f"on-{shade}"))
    for place, hour in enumerate(order):
        if place % 3 == 0:
            drawing.append(_text(f"{hour:02}", 11, NAMES + place * CELL + CELL / 2, 7 * ROW + 15, "soft"))
    return picture(drawing, name, "map")


def level(count: int, most: int) -> int:
    """0 for none, 1 to LEVELS for its share of the most; a single one is seen."""
    return 0 if not count else max(1, -(-count * LEVELS // max(most, LEVELS)))


def spark(values: Sequence[int | None], hue: str, name: str) -> Safe:
    """A column for each value, `?` for one that is not known; zero lies on the line."""
    width, high = 14, 20
    drawing = _drawing(width * len(values), high + 2)
    most = max((value for value in values if value is not None), default=0) or 1
    for place, value in enumerate(values):
        if value is None:
            drawing.append(_text("?", 11, place * width + 5, high - 2, "soft"))
            continue
        height = max(value / most * high, 1.5 if value else 0.8)
        kind = "part" if place == len(values) - 1 else "part before"
        drawing.append(draw.Rectangle(place * width, high + 1 - height, 10, height, rx=1, class_=f"hue-{hue} {kind}"))
    return picture(drawing, name, "spark")


#: What a pattern was in a week: a class, and a sign that tells it without colour.
SIGNS = {"flagged": ("flagged", "!"), "quiet": ("quiet", "✓")}


def five_weeks(states: Sequence[tuple[str, str, float | None, str]], name: str) -> Safe:
    """A square for each (week, state, figure, its words) of a pattern, the last one this week's, below its figure."""
    side, gap = 22, 10
    most = max((abs(figure) for _week, _state, figure, _said in states if figure is not None), default=0)
    high = 24 if most else 0
    drawing = _drawing(side * len(states) + gap * (len(states) - 1), high + side + 15)
    for place, (week, state, figure, said) in enumerate(states):
        x, middle = place * (side + gap), place * (side + gap) + side / 2
        kind, sign = SIGNS.get(state, ("unknown", "?"))
        if most and figure is not None:
            tall = max(abs(figure) / most * (high - 4), 1)
            drawing.append(_titled(draw.Rectangle(x + 5, high - 3 - tall, 12, tall, class_=f"level {kind}"), said))
        drawing.append(draw.Rectangle(x + 1, high + 1, side - 2, side - 2, rx=4, class_=f"state {kind}"))
        drawing.append(_text(sign, 12, middle, high + 15.5, f"sign {kind}"))
        drawing.append(_text(week, 9.5, middle, high + side + 12, "soft"))
    return picture(drawing, name, "five")


def interval(low: float, figure: float, high: float, most: float, even: float | None, name: str) -> Safe:
    """A figure and its interval on a line up to `most`; a mark at the break-even where one is known."""
    width, middle = 120, 8
    scale = (width - 8) / most if most > 0 else 0
    drawing = _drawing(width, 16)
    drawing.append(draw.Line(4, middle, width - 4, middle, class_="track"))
    drawing.append(draw.Line(4 + low * scale, middle, 4 + min(high, most) * scale, middle, class_="range"))
    if even is not None and even <= most:
        drawing.append(draw.Line(4 + even * scale, 1, 4 + even * scale, 15, class_="usual"))
    drawing.append(draw.Circle(4 + figure * scale, middle, 4, class_="dot"))
    return picture(drawing, name, "interval")


#: The snail: how far a turn lies from the one before, and where the first begins.
TURN, HEART = 25, 16


def snail(rings: Sequence[tuple[str, int]], reached: int, name: str) -> Safe:
    """From home outwards, a turn for each ring and a dot on it for each talk; rings up to `reached` are walked."""
    side = 2 * (HEART + TURN * len(rings)) + 16
    drawing = _drawing(side, side)
    centre = side / 2
    for place, (ring, talks) in enumerate(rings):
        path = draw.Path(class_="walked" if place <= reached else "ahead")
        for step in range(49):
            x, y = _on_snail(place + step / 48, centre)
            (path.M if step == 0 else path.L)(round(x, 1), round(y, 1))
        drawing.append(_titled(path, labelled(ring, str(talks))))
    drawing.append(draw.Rectangle(centre - 6, centre - 6, 12, 12, rx=2, class_="home"))
    for place, (ring, talks) in enumerate(rings):
        shown = min(talks, 12)
        for number in range(shown):
            x, y = _on_snail(place + (number + 0.5) / shown, centre)
            drawing.append(_titled(draw.Circle(round(x, 1), round(y, 1), 5.5, class_="talk"), ring))
    return picture(drawing, name, "snail")


def _on_snail(turns: float, centre: float) -> tuple[float, float]:
    """Where an Archimedean spiral is after so many turns from the top."""
    radius, angle = HEART + TURN * turns, 2 * math.pi * turns - math.pi / 2
    return centre + radius * math.cos(angle), centre + radius * math.sin(angle)
