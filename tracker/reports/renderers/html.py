"""Render a document as one HTML file: to print, to keep, to send to a partner.

The file requests nothing from anywhere: its style sheet and its charts are in it. It is light or dark as the reader's
screen is, and light on paper.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from tracker.formatting.text import as_sentence
from tracker.locale import language
from tracker.reports.document import (
    HUES,
    CardList,
    ChannelName,
    HourChart,
    IntervalChart,
    ItemList,
    Paragraph,
    RingChart,
    Signs,
    Sparkline,
    Table,
    WeekChart,
    hue_of,
)
from tracker.reports.renderers.markup import EMPTY, Safe, escaped_text, joined, tag

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.reports.document import Block, Card, Cell, Document, FigureCard, Section, Text

#: The spaces inside an amount, where no line may break: `1h 36m`, `45.5 h`.
_BREAKABLE = re.compile(r"(?<=\dh) (?=\d+m\b)|(?<=\d) (?=(?:h|min)\b)")

#: A quotation with more characters is set smaller.
LONG = 420


def render(document: Document) -> str:
    """The whole file, in the language that is spoken now."""
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="generator", content="tracker"),
        tag("title", document.full_name),
        tag("style", Safe(_style())),
    )
    words = document.quotation
    header = tag(
        "header",
        tag("p", document.kind, class_="over"),
        tag("h1", document.title),
        tag("p", document.subtitle, class_="when"),
        tag("blockquote", words.strip("\n"), dir="auto", class_="long" if len(words) > LONG else None) if words else "",
        tag("dl", *map(_key_figure, document.key_figures), class_="figures") if document.key_figures else "",
    )
    footer = tag("footer", *_blocks(document.footer))
    body = tag("body", tag("main", header, *map(render_section, document.sections)), footer)
    body = Safe(_BREAKABLE.sub("\u00a0", body))
    return f"<!doctype html>\n{tag('html', head, body, lang=language())}\n"


def render_section(section: Section) -> Safe:
    """The heading and the blocks; empty where there are none to show."""
    blocks = _blocks(section.blocks)
    return tag("section", tag("h2", section.title), *blocks) if blocks else EMPTY


@cache
def _style() -> str:
    """The style sheet, and before it the channels' colours on light and on dark."""
    light = "".join(f"--{name}:{shades[1]};" for name, shades in HUES.items())
    dark = "".join(f"--{name}:{shades[0]};" for name, shades in HUES.items())
    fills = "".join(f".hue-{name}{{fill:var(--{name})}}.swatch.hue-{name}{{background:var(--{name})}}" for name in HUES)
    sheet = files("tracker.reports.renderers").joinpath("page.css").read_text(encoding="utf-8")
    night = f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"
    return f"\n:root{{{light}}}{night}{fills}\n{sheet}"


def _key_figure(shown: FigureCard) -> Safe:
    note = tag("dd", shown.note, class_="note") if shown.note else EMPTY
    return tag("div", tag("dt", shown.label), tag("dd", shown.figure, class_="big"), note)


def _text(text: Text) -> Safe:
    match text:
        case str():
            return escaped_text(text)
        case tuple():
            return joined(map(_text, text))
        case ChannelName():
            swatch = tag("span", class_=f"swatch hue-{hue_of(text.channel)}", aria_hidden="true")
            return joined((swatch, tag("bdi", text.title)))
    content = _text(text.text)
    match text.style:
        case "own":  # its direction of writing stays its own
            return tag("bdi", content)
        case "strong" | "name":
            return tag("strong", content)
        case "figure":
            return tag("span", content)
        case "aside":
            return tag("span", " ", content, class_="soft")
    return tag("span", content, class_=text.style)


def _blocks(blocks: Iterable[Block]) -> list[Safe]:
    return [block for block in map(_block, blocks) if block]


def _block(block: Block) -> Safe:
    """A block as elements; empty where there is nothing to show."""
    match block:
        case WeekChart():
            legend = [_text(ChannelName(part.channel, part.title)) for part in block.channels]
            if block.usual:
                legend.append(joined((tag("span", class_="mark", aria_hidden="true"), block.usual)))
            return tag("figure", _drawn(block), tag("figcaption", joined(legend, Safe(" &nbsp; "))))
        case HourChart():
            return tag("figure", _drawn(block), tag("figcaption", block.caption))
        case RingChart():
            return tag("figure", _drawn(block))
        case CardList():
            return joined(map(_card, block.cards))
    if block.medium == "markdown":
        return EMPTY
    match block:
        case Paragraph(text=str(text), style="lead"):
            return tag("p", as_sentence(text), class_="lead")
        case Paragraph():
            kind = {"soft": "soft", "aside": "soft"}.get(block.style)
            return tag("p", _text(block.text), class_=kind) if block.text else EMPTY
        case ItemList(style="numbers"):
            items = [tag("li", _text(item.text), class_="card") for item in block.items]
            return tag("ol", *items, class_="plans") if items else EMPTY
        case ItemList():
            items = [tag("li", _text(item.sign), _text(item.text)) for item in block.items]
            return tag("ul", *items, class_="plain") if items else EMPTY
        case Table():
            return _table(block)
    return tag("div", *_blocks(block.blocks), class_=block.style)


def _table(table: Table) -> Safe:
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


def _cell(cell: Cell) -> Safe:
    match cell:
        case Signs():
            return tag("span", cell.signs, class_="marks", role="img", aria_label=cell.spoken)
        case Sparkline():
            return _drawn(cell)
        case IntervalChart():
            return joined((_drawn(cell), tag("span", cell.spoken, class_="soft")))
    return _text(cell)


def _card(card: Card) -> Safe:
    weeks = _drawn(card) if card.weeks else EMPTY
    return tag("div", tag("h3", card.title), tag("p", as_sentence(card.text)), weeks, class_="card pattern")


def _drawn(chart: WeekChart | HourChart | RingChart | Card | Sparkline | IntervalChart) -> Safe:
    from tracker.reports.renderers.svg_charts import drawn  # imports drawsvg, 60 ms

    return drawn(chart)
