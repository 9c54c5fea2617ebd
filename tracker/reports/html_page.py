"""Render a document as one HTML file: to print, to keep, to send to a partner.

The file requests nothing from anywhere: its style sheet and its charts are in it. It is light or dark as the reader's
screen is, and light on paper.

No text can break the page: a child of an element that is a plain string is escaped, and so are attributes; only `Safe`
strings, which the functions here return, are markup.

The charts are SVG, drawn with drawsvg (MIT, pure Python, no dependencies), which escapes text as well; its import takes
60 ms, so this module is imported when a page is rendered. pygal has none of these charts, and svg.py does not escape.
Colours are classes, so one chart is right on paper, by day and by night; every chart is named for those who do not see
it, and its figures stand in a table of the page.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

import drawsvg as draw

from tracker.calendar.clock import format_time_of_day
from tracker.domain.default_channels import HUES, hue_of
from tracker.domain.models import HOUR
from tracker.domain.text import clean_lines
from tracker.formatting.text import as_sentence, labelled
from tracker.locale import language
from tracker.reports import document as doc

#: The spaces inside an amount, where no line may break: `1h 36m`, `45.5 h`.
_BREAKABLE = re.compile(r"(?<=\dh) (?=\d+m\b)|(?<=\d) (?=(?:h|min)\b)")

#: A quotation with more characters is set smaller.
LONG = 420


# --- Elements

#: Elements that hold nothing and are not closed.
VOID = ("meta", "hr", "br")

#: Noncharacters of Unicode.
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")


class Safe(str):
    """Markup, which is not escaped."""

    __slots__ = ()


EMPTY = Safe("")


def escaped_text(words: str) -> Safe:
    """Text as markup."""
    return Safe(escape(printable(words)))


def printable(words: str) -> str:
    """The text without the characters that no page may hold."""
    return _NONCHARACTERS.sub("", clean_lines(_SURROGATES.sub("\ufffd", words)))


def tag(name: str, /, *children: str, **attributes: str | bool | None) -> Safe:
    """An element; `class_` is written class, `aria_label` aria-label, and an attribute of None or False is left out."""
    written = ""
    for key, value in attributes.items():
        if value is not None and value is not False:
            key = key.rstrip("_").replace("_", "-")
            written += f" {key}" if value is True else f' {key}="{escape(printable(value))}"'
    if name in VOID:
        return Safe(f"<{name}{written}>")
    return Safe(f"<{name}{written}>{joined(children)}</{name}>")


def joined(children: Iterable[str], between: str = "") -> Safe:
    """The children one after the other, with `between` between them; text is escaped."""
    gap = between if isinstance(between, Safe) else escaped_text(between)
    return Safe(gap.join(child if isinstance(child, Safe) else escaped_text(child) for child in children))


# --- The page


def render(document: doc.Document) -> str:
    """The whole file, in the language that is spoken now."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content="tracker"),
        tag("title", document.full_name),
        tag("style", Safe(_style())),
    )
    header = tag(
        "header",
        tag("p", document.kind, class_="over"),
        tag("h1", document.title),
        tag("p", document.subtitle, class_="when"),
        _quotation(document.quotation) if document.quotation else "",
        tag("dl", *map(_key_figure, document.key_figures), class_="figures") if document.key_figures else "",
    )
    main = tag("main", header, *map(render_section, document.sections))
    body = tag("body", main, tag("footer", *_blocks(document.footer)))
    body = Safe(_BREAKABLE.sub("\u00a0", body))
    return f"<!doctype html>\n{tag('html', head, body, lang=language())}\n"


def render_section(section: doc.Section) -> Safe:
    """The heading and the blocks; empty where there are none to show."""
    blocks = _blocks(section.blocks)
    return tag("section", tag("h2", section.title), *blocks) if blocks else EMPTY


@cache
def _style() -> str:
    """The style sheet, and before it the channels' colours on light and on dark."""
    light = "".join(f"--{name}:{shades[1]};" for name, shades in HUES.items())
    dark = "".join(f"--{name}:{shades[0]};" for name, shades in HUES.items())
    fills = "".join(f".hue-{name}{{fill:var(--{name})}}.swatch.hue-{name}{{background:var(--{name})}}" for name in HUES)
    sheet = files("tracker.reports").joinpath("page.css").read_text(encoding="utf-8")
    night = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f"\n:root{{{light}}}{night}{fills}\n{sheet}"


def _quotation(words: str) -> Safe:
    return tag("blockquote", words.strip("\n"), dir="auto", class_="long" if len(words) > LONG else None)


def _key_figure(shown: doc.FigureCard) -> Safe:
    note = tag("dd", shown.note, class_="note") if shown.note else EMPTY
    return tag("div", tag("dt", shown.label), tag("dd", shown.figure, class_="big"), note)


def _text(text: doc.Text) -> Safe:
    match text:
        case str():
            return escaped_text(text)
        case tuple():
            return joined(map(_text, text))
        case doc.ChannelName():
            swatch = tag("span", class_=f"swatch hue-{hue_of(text.channel)}", aria_hidden="true")
            return joined((swatch, tag("bdi", text.title)))
    content = _text(text.text)
    match text.style:
        case "own":  # its direction of writing stays its own
            return tag("bdi", content)
        case "strong" | "name":
            return tag("strong", content)
        case "aside":
            return tag("span", " ", content, class_="soft")
    return tag("span", content, class_=None if text.style == "figure" else text.style)


def _blocks(blocks: Iterable[doc.Block]) -> list[Safe]:
    return [block for block in map(_block, blocks) if block]


def _block(block: doc.Block) -> Safe:
    """A block as elements; empty where there is nothing to show."""
    match block:
        case doc.WeekChart():
            legend = [_text(doc.ChannelName(part.channel, part.title)) for part in block.channels]
            if block.usual:
                legend.append(joined((tag("span", class_="mark", aria_hidden="true"), block.usual)))
            return tag("figure", _week(block), tag("figcaption", joined(legend, Safe(" &nbsp; "))))
        case doc.HourChart():
            return tag("figure", _hours(block), tag("figcaption", block.caption))
        case doc.RingChart():
            return tag("figure", _rings(block))
        case doc.CardList():
            return joined(map(_card, block.cards))
    if block.medium == "markdown":
        return EMPTY
    match block:
        case doc.Paragraph(text=str(text), style="lead"):
            return tag("p", as_sentence(text), class_="lead")
        case doc.Paragraph():
            kind = {"soft": "soft", "aside": "soft"}.get(block.style)
            return tag("p", _text(block.text), class_=kind) if block.text else EMPTY
        case doc.ItemList(style="numbers"):
            items = [tag("li", _text(item.text), class_="card") for item in block.items]
            return tag("ol", *items, class_="plans") if items else EMPTY
        case doc.ItemList():
            items = [tag("li", _text(item.sign), _text(item.text)) for item in block.items]
            return tag("ul", *items, class_="plain") if items else EMPTY
        case doc.Table():
            return _table(block)
    return tag("div", *_blocks(block.blocks), class_=block.style)


def _table(table: doc.Table) -> Safe:
    shown = [number for number, column in enumerate(table.columns) if column.medium != "markdown"]
    if not table.rows:
        return EMPTY
    titles = [table.columns[number].title for number in shown]
    head = tag("tr", *(tag("th", title, scope="col") if title else tag("td") for title in titles))
    rows = []
    for row in table.rows:
        first, *others = (_cell(row[number]) for number in shown)
        rows.append(tag("tr", tag("th", first, scope="row"), *(tag("td", cell) for cell in others)))
    parts = tag("caption", table.caption), tag("thead", head), tag("tbody", *rows)
    return tag("div", tag("table", *parts, class_=table.style), class_="scroll")


def _cell(cell: doc.Cell) -> Safe:
    match cell:
        case doc.Signs():
            return tag("span", cell.signs, class_="marks", role="img", aria_label=cell.spoken)
        case doc.Sparkline():
            return _sparkline(cell)
        case doc.IntervalChart():
            return joined((_interval(cell), tag("span", cell.spoken, class_="soft")))
    return _text(cell)


def _card(card: doc.Card) -> Safe:
    weeks = _pattern_weeks(card) if card.weeks else EMPTY
    return tag("div", tag("h3", card.title), tag("p", as_sentence(card.text)), weeks, class_="card pattern")


# --- Charts

#: The shades of an hour chart above nothing.
LEVELS = 4

#: Namespaces and empty definitions of drawsvg, which an HTML page does not need.
_VOCABULARY = re.compile(r'\s+xmlns(?::xlink)?="[^"]*"|<defs>\s*</defs>\s*')


def _element(drawing: Any, name: str, kind: str) -> Safe:
    """The drawing as markup: `name` says what it shows, `kind` is its class."""
    drawing.svg_args |= {"role": "img", "class": kind}
    drawing.append_title(printable(name))
    return Safe(_VOCABULARY.sub("", drawing.as_svg(header="")).strip())


def _svg_text(words: str, size: float, x: float, y: float, kind: str, anchor: str = "middle") -> Any:
    return draw.Text(printable(words), size, x, y, class_=kind, text_anchor=anchor)


def _titled(shape: Any, words: str) -> Any:
    shape.append_title(printable(words))
    return shape


#: The week: the width of a day and of its column, where columns stand, and how high they grow.
DAY, COLUMN, FLOOR, HIGH = 100, 62, 150, 122

#: How high a figure stands over its column.
LETTERS = 22


def _week(chart: doc.WeekChart) -> Safe:
    """Each day a column of its channels, a mark at its usual seconds, and `?` for an unknown day."""
    drawing = draw.Drawing(7 * DAY, FLOOR + 42)
    most = max([1, *(max(day.seconds, day.usual_seconds or 0) for day in chart.days)])
    for number, day in enumerate(chart.days):
        left = number * DAY + (DAY - COLUMN) / 2
        middle = number * DAY + DAY / 2
        usual = FLOOR - (day.usual_seconds or 0) * HIGH / most
        if day.state == "logged":
            top = _column(drawing, day, left, HIGH / most)
            # The figure stands over its column, and over the mark where that would strike it through.
            over = usual if top - LETTERS < usual < top else top
            drawing.append(_svg_text(day.spoken, 13, middle, over - 7, "figure"))
        elif day.state == "unknown":
            drawing.append(draw.Rectangle(left, FLOOR - 34, COLUMN, 34, rx=4, class_="unknown"))
            drawing.append(_svg_text("?", 15, middle, FLOOR - 11, "soft"))
        if day.usual_seconds:
            drawing.append(draw.Line(left - 8, usual, left + COLUMN + 8, usual, class_="usual"))
        drawing.append(_svg_text(day.weekday_and_day, 13, middle, FLOOR + 19, "label"))
        drawing.append(_svg_text(day.checks, 11.5, middle, FLOOR + 35, "soft"))
    drawing.append(draw.Line(0, FLOOR, 7 * DAY, FLOOR, class_="axis"))
    name = ", ".join(f"{day.date} {day.spoken}" for day in chart.days if day.state != "ahead")
    return _element(drawing, name, "strip")


def _column(drawing: Any, day: doc.DayBar, left: float, scale: float) -> float:
    """Draw one day's channels, the longest at the bottom, and return where the column ends.

    Seconds on two channels at once count for both, so the parts are scaled to the day's own seconds.
    """
    total = sum(part.seconds for part in day.parts) or 1
    top = float(FLOOR)
    for part in sorted(day.parts, key=lambda part: -part.seconds):
        height = part.seconds / total * day.seconds * scale
        if height <= 0:
            continue
        top -= height
        shape = draw.Rectangle(left, top, COLUMN, height, class_=f"hue-{hue_of(part.channel)} part")
        drawing.append(_titled(shape, labelled(part.title, part.spoken)))
    return top


#: The hours: a cell's width and height, and the room for the names of days.
CELL, ROW, NAMES = 26, 22, 46


def _hours(chart: doc.HourChart) -> Safe:
    """Seven rows of 24 cells with a number in each that is not zero, darker where it is more.

    The row of an unknown day is one empty frame with a `?`, that of a day to come is empty.
    """
    drawing = draw.Drawing(NAMES + 24 * CELL, 7 * ROW + 22)
    most = max((count or 0 for row in chart.hours for count in row), default=0)
    order = [(chart.first_hour + hour) % 24 for hour in range(24)]
    for number, (day, row) in enumerate(zip(chart.days, chart.hours, strict=True)):
        y = number * ROW
        drawing.append(_svg_text(day, 12, 0, y + 15, "label", "start"))
        if None in row:
            if number < chart.begun:
                drawing.append(draw.Rectangle(NAMES + 1, y + 1, 24 * CELL - 2, ROW - 2, rx=3, class_="unknown"))
                drawing.append(_svg_text("?", 11, NAMES + 12 * CELL, y + 15, "soft"))
            continue
        for column, hour in enumerate(order):
            x, count = NAMES + column * CELL, row[hour] or 0
            level = max(1, -(-count * LEVELS // max(most, LEVELS))) if count else 0
            cell = draw.Rectangle(x + 1, y + 1, CELL - 2, ROW - 2, rx=3, class_=f"heat heat-{level}")
            drawing.append(_titled(cell, f"{day} {format_time_of_day(hour * HOUR)} · {count}") if count else cell)
            if count:
                drawing.append(_svg_text(str(count), 11, x + CELL / 2, y + 15, f"on-{level}"))
    for column, hour in enumerate(order):
        if column % 3 == 0:
            drawing.append(_svg_text(f"{hour:02}", 11, NAMES + column * CELL + CELL / 2, 7 * ROW + 15, "soft"))
    return _element(drawing, chart.caption, "map")


def _sparkline(chart: doc.Sparkline) -> Safe:
    width, high = 14, 20
    drawing = draw.Drawing(width * len(chart.values), high + 2)
    most = chart.most or 1
    for number, value in enumerate(chart.values):
        x = number * width
        if value is None:
            drawing.append(_svg_text("?", 11, x + 5, high - 2, "soft"))
            continue
        height = max(value / most * high, 1.5 if value else 0.8)
        kind = f"hue-{hue_of(chart.channel)} part" + ("" if number == len(chart.values) - 1 else " before")
        drawing.append(draw.Rectangle(x, high + 1 - height, 10, height, rx=1, class_=kind))
    return _element(drawing, chart.spoken, "spark")


#: A pattern's state in a week: a class, and a sign that tells it without colour.
SIGNS = {"flagged": ("flagged", "!"), "quiet": ("quiet", "✓")}


def _pattern_weeks(card: doc.Card) -> Safe:
    """A square for each week of a pattern, the last one this week's, below a column for its figure."""
    side, gap = 22, 10
    most = max((abs(week.figure) for week in card.weeks if week.figure is not None), default=0)
    high = 24 if most else 0
    drawing = draw.Drawing(side * len(card.weeks) + gap * (len(card.weeks) - 1), high + side + 15)
    for number, week in enumerate(card.weeks):
        x, middle = number * (side + gap), number * (side + gap) + side / 2
        kind, sign = SIGNS.get(week.state, ("unknown", "?"))
        if most and week.figure is not None:
            tall = max(abs(week.figure) / most * (high - 4), 1)
            column = draw.Rectangle(x + 5, high - 3 - tall, 12, tall, class_=f"level {kind}")
            drawing.append(_titled(column, week.spoken))
        drawing.append(draw.Rectangle(x + 1, high + 1, side - 2, side - 2, rx=4, class_=f"state {kind}"))
        drawing.append(_svg_text(sign, 12, middle, high + 15.5, f"sign {kind}"))
        drawing.append(_svg_text(week.week, 9.5, middle, high + side + 12, "soft"))
    return _element(drawing, labelled(card.title, card.spoken), "five")


def _interval(chart: doc.IntervalChart) -> Safe:
    width, middle = 120, 8
    scale = (width - 8) / chart.most if chart.most > 0 else 0
    drawing = draw.Drawing(width, 16)
    drawing.append(draw.Line(4, middle, width - 4, middle, class_="track"))
    end = 4 + min(chart.high, chart.most) * scale
    drawing.append(draw.Line(4 + chart.low * scale, middle, end, middle, class_="range"))
    drawing.append(draw.Circle(4 + chart.figure * scale, middle, 4, class_="dot"))
    return _element(drawing, chart.spoken, "interval")


#: The rings: how far a turn of the spiral lies from the one before, and where the first begins.
TURN, HEART = 25, 16


def _rings(chart: doc.RingChart) -> Safe:
    """A spiral from home outwards, one turn for each ring with a dot on it for each talk (at most 12)."""
    side = 2 * (HEART + TURN * len(chart.rings)) + 16
    drawing = draw.Drawing(side, side)
    centre = side / 2
    for number, (ring, talks) in enumerate(chart.rings):
        path = draw.Path(class_="walked" if number <= chart.reached else "ahead")
        for step in range(49):
            x, y = _on_spiral(number + step / 48, centre)
            (path.M if step == 0 else path.L)(round(x, 1), round(y, 1))
        drawing.append(_titled(path, labelled(ring, str(talks))))
    drawing.append(draw.Rectangle(centre - 6, centre - 6, 12, 12, rx=2, class_="home"))
    for number, (ring, talks) in enumerate(chart.rings):
        shown = min(talks, 12)
        for dot in range(shown):
            x, y = _on_spiral(number + (dot + 0.5) / shown, centre)
            drawing.append(_titled(draw.Circle(round(x, 1), round(y, 1), 5.5, class_="talk"), ring))
    return _element(drawing, chart.spoken, "snail")


def _on_spiral(turns: float, centre: float) -> tuple[float, float]:
    """Where an Archimedean spiral around (`centre`, `centre`) is after so many turns from the top."""
    radius, angle = HEART + TURN * turns, 2 * math.pi * turns - math.pi / 2
    return centre + radius * math.cos(angle), centre + radius * math.sin(angle)
