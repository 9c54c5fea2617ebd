"""The document model: a written page as plain values, which a renderer turns into Markdown or HTML.

A text never holds markup. It is a string, an `Inline` part, a `ChannelName`, or a tuple of those; each renderer escapes
it for its format. A block that is empty (a table without rows, a list without items) is not rendered, and neither is a
section of empty blocks. A block with a `medium` is rendered in that format only: HTML has room for charts and tables
that would be unreadable in plain text, and Markdown says in words what HTML draws.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeAlias

#: The formats a block can be limited to; None is both.
Medium: TypeAlias = Literal["markdown", "html"] | None


@dataclass(frozen=True, slots=True)
class Inline:
    """A part of a text with a style.

    `own` is what the user wrote; `strong` is bold, `name` bold in HTML only; `aside` follows a sentence; `figure` is
    not to be broken over lines; `kept`, `not` and `open` say how a commitment went. HTML takes any other style as the
    class of an element, and Markdown as plain text.
    """

    style: str
    text: Text


@dataclass(frozen=True, slots=True)
class ChannelName:
    """A channel's title, with a square of its colour where there are colours."""

    channel: str
    title: str


Text: TypeAlias = "str | Inline | ChannelName | tuple[Text, ...]"


class Paragraph(NamedTuple):
    """One paragraph; the `lead` of a section is larger, `soft` is smaller, an `aside` also italic in Markdown."""

    text: Text
    style: Literal["plain", "lead", "soft", "aside"] = "plain"
    medium: Medium = None


class FigureCard(NamedTuple):
    """A figure in large letters, what it counts, and a note below it."""

    figure: str
    label: str
    note: str = ""


class ListItem(NamedTuple):
    """One item; where a list has no bullets, the item begins with `sign`."""

    text: Text
    sign: Text = ""


class ItemList(NamedTuple):
    """Items one below the other: `bullets`, `numbers`, or, as `lines`, paragraphs of Markdown."""

    items: Sequence[ListItem]
    style: Literal["bullets", "numbers", "lines"] = "bullets"
    medium: Medium = None


class TableColumn(NamedTuple):
    """A column's title, and the only format that shows it, if there is one."""

    title: str
    medium: Medium = None


class Table(NamedTuple):
    """Rows of one cell for each column. The first cell names its row; the others are aligned to the right.

    The caption is HTML's; so is `style`, the class that sets the widths of the columns.
    """

    caption: str
    columns: Sequence[TableColumn]
    rows: Sequence[Sequence[Cell]]
    style: str | None = None
    medium: Medium = None


class Signs(NamedTuple):
    """A row of signs, and the words for those who hear the page."""

    signs: str
    spoken: str


class Sparkline(NamedTuple):
    """A column for each value, None for an unknown one; `most` is the largest of all lines of the table.

    `spoken` has the figures in words.
    """

    channel: str
    values: Sequence[int | None]
    most: int
    spoken: str


class IntervalChart(NamedTuple):
    """A figure and its interval on a line from 0 to `most`."""

    low: float
    figure: float
    high: float
    most: float
    spoken: str


Cell: TypeAlias = "Text | Signs | Sparkline | IntervalChart"


class BarPart(NamedTuple):
    """One channel's seconds, and the same in words."""

    channel: str
    title: str
    seconds: int
    spoken: str


class DayBar(NamedTuple):
    """One day of a week.

    `state` is `logged`, `unknown` or `ahead`; `spoken` are the seconds in words, or that the day was not logged.
    """

    date: str
    weekday_and_day: str
    checks: str
    state: str
    seconds: int
    usual_seconds: int | None
    spoken: str
    parts: Sequence[BarPart]


class WeekChart(NamedTuple):
    """The days of a week, each a stack of its channels; `channels` are the week's totals and the legend."""

    days: Sequence[DayBar]
    channels: Sequence[BarPart]
    #: What the mark on each day means; empty where there is none.
    usual: str


class HourChart(NamedTuple):
    """Counts by day and by hour of the clock; a day that is not known has None in its 24 hours.

    The first column is `first_hour`; the days from number `begun` on are to come.
    """

    days: Sequence[str]
    hours: Sequence[Sequence[int | None]]
    first_hour: int
    begun: int
    caption: str


class PatternWeek(NamedTuple):
    """A pattern in one week: its state, its figure (None if unknown), and the figure in words."""

    week: str
    state: str
    figure: float | None
    spoken: str


class Card(NamedTuple):
    """A pattern with its evidence, and its last weeks."""

    title: str
    text: str
    weeks: Sequence[PatternWeek] = ()
    #: The weeks in words.
    spoken: str = ""


class CardList(NamedTuple):
    """Cards; Markdown shows the first `most` and names the others in the sentence `others`, with {names} in it."""

    cards: Sequence[Card]
    most: int
    others: str


class RingChart(NamedTuple):
    """The rings around home with the talks on each, walked up to number `reached`; Markdown has no such chart."""

    rings: Sequence[tuple[str, int]]
    reached: int
    spoken: str


class BlockGroup(NamedTuple):
    """Blocks that HTML lays out together, with the class `style`."""

    blocks: Sequence[Block]
    style: str | None = None
    medium: Medium = None


Block: TypeAlias = "Paragraph | ItemList | Table | WeekChart | HourChart | CardList | RingChart | BlockGroup"


class Section(NamedTuple):
    """A heading and its blocks."""

    title: str
    blocks: Sequence[Block]


class Document(NamedTuple):
    """A page: its titles, a quotation to begin with, key figures, sections, and a foot.

    HTML is titled with `kind`, `title` and `subtitle`, Markdown with `name` and `subtitle`. `full_name` is for the
    title of a window. `figures` are all that it was made from; Markdown begins with its `first_keys`.
    """

    kind: str
    title: str
    name: str
    subtitle: str
    full_name: str
    quotation: str
    key_figures: Sequence[FigureCard]
    sections: Sequence[Section]
    footer: Sequence[Paragraph]
    figures: Mapping[str, Any]
    first_keys: Sequence[str]


_PLACE = re.compile(r"\{(\w+)\}")


def fill(template: str, **values: Text) -> Text:
    """Put values into the places of a template such as `If {cue}, then {plan}.`; they are not searched for places."""
    parts = _PLACE.split(template)
    return tuple(values.get(part, "") if number % 2 else part for number, part in enumerate(parts))
