"""Rows of what was against what usually is: a bar with the usual marked on it, the time, and how much more or less."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tracker.analytics.coverage import say_logged
from tracker.calendar.durations import MINUTE
from tracker.formatting.durations import format_column_duration, whole_minutes
from tracker.locale import _, ngettext
from tracker.tui import ink

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.reports.comparison import WeekChange, WeekComparison

#: The usual, across a bar.
MARK = "┃"

#: Changes below this have no colour, in seconds: neither good nor bad.
NEAR = 5 * MINUTE


class Row(NamedTuple):
    """One change with its colours. `less_is_good`: more than usual stands out."""

    title: str
    style: str
    change: WeekChange
    less_is_good: bool = True


def rows(found: Sequence[Row], width: int, label: int = 0) -> list[Content]:
    """The rows in columns, their bars of one scale; the bars go first where there is no room for them."""
    if not found:
        return []
    label = max(label, min(ink.widest(row.title for row in found), max(width * 2 // 5, 8))) + 1
    figure = ink.widest(_figure(row.change) for row in found) + 1
    more = max(ink.widest(_more(row).plain for row in found) + 1, 3)
    figure, more = max(figure, 8), max(more, 9)
    length = width - label - figure - more
    if length < 5:
        length, more = max(width - label - figure, 0), 0
    whole = max([1, *(max(row.change.seconds, _usual(row.change)) for row in found)])
    return [
        ink.row(
            ink.left(row.title, label, row.style),
            _bar(row, whole, length),
            ink.right(_figure(row.change), figure, "bold" if row.change.logged else "$faint"),
            ink.right(_more(row), more) if more else "",
        )
        for row in found
    ]


def _usual(change: WeekChange) -> int:
    """Where the mark stands; 0 without one."""
    return change.usual or 0 if change.compared else 0


def _bar(row: Row, whole: int, width: int) -> Content:
    if width <= 0:
        return ink.BLANK
    bar = ink.stacked([(row.change.seconds, row.style.removeprefix("bold "), "")], whole, width)
    if row.change.usual is None or not row.change.compared:
        return bar
    cell = min(int(row.change.usual / whole * width), width - 1)
    on_bar = cell < int(row.change.seconds / whole * width)
    ground = row.style.removeprefix("bold ") if on_bar else "$track"
    mark = Content.styled(MARK, f"bold {'$on-ink' if on_bar else '$strong'} on {ground}")
    return ink.row(bar[:cell], mark, bar[cell + 1 :])


def _figure(change: WeekChange) -> str:
    return format_column_duration(change.seconds) if change.logged else "?"


def _more(row: Row) -> Content:
    """`+1h 10m`, `−20m`, `=`: nothing where there is nothing to compare with."""
    change = row.change
    if change.usual is None or not change.logged or not change.compared:
        return ink.BLANK
    difference = whole_minutes(change.seconds) - whole_minutes(change.usual)
    if not difference:
        return ink.text("=", "$faint")
    more = difference > 0
    style = "$foreground" if not row.less_is_good else "$flag" if more else "$good"
    if abs(difference) < NEAR:
        style = "$faint"
    return ink.text(f"{'+' if more else '−'}{format_column_duration(abs(difference))}", style)


def legend(weeks: int, room: int) -> Content:
    """What the mark is: `┃ usual, of 8 weeks`, or `┃ usual` where there is no room for more."""
    of = ngettext(" usual, of {n} week", " usual, of {n} weeks", weeks).format(n=weeks)
    usual = _("usual")
    said = of if len(of) < room else f" {usual}"
    return ink.row(ink.text(MARK, "bold $strong"), ink.text(said, "$faint"))


def coverage(found: WeekComparison) -> Content:
    """`7 of 7 days logged`."""
    says = say_logged(found.logged_days, found.elapsed, over=found.elapsed == len(found.days))
    return ink.text(says, "$faint" if found.logged_days >= found.elapsed else "$flag")
