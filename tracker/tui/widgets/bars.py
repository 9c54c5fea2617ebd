"""Horizontal bars: labelled ones in columns, and a day as a strip of sessions (blocks) and checks (ticks) over hours.

With room, a strip has a line for each channel; without, all share one, and longer blocks carry their channel's letter.
Either way channels are told apart without colours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import itemgetter

from rich.cells import cell_len
from textual.content import Content

from tracker.analytics.day_slices import ChannelTotal, PurposeTotal
from tracker.analytics.patterns.pattern import Cluster
from tracker.calendar.clock import offset_at
from tracker.domain.models import HOUR
from tracker.domain.record import Record
from tracker.formatting.numbers import format_shares
from tracker.formatting.text import PURPOSE_TITLES
from tracker.formatting.times import format_growing_duration
from tracker.locale import _
from tracker.reports.day import Day, Part
from tracker.tui import layout, theme
from tracker.tui.widgets.panel import SnapshotPanel

#: The greatest width of a bar in cells.
WIDEST = 200

#: The usual, across a bar.
USUAL = "┃"


class Bar(Record):
    """One labelled bar: what fills it, out of what, and its figures.

    `parts` are `(value, style, letter)`; `whole` is what a full bar stands for; `figure` stands behind the bar, and
    `detail` after it where there is room.
    """

    label: str
    style: str
    parts: tuple[tuple[float, str, str], ...]
    whole: float
    figure: str
    detail: str = ""
    figure_style: str = "bold"
    #: How far the track goes, in the unit of `whole`; None for all of it.
    track: float | None = None


def bars(rows: Sequence[Bar], width: int) -> list[Content]:
    """The rows in columns; details are left out where a bar would be shorter than ten cells."""
    if not rows:
        return []
    label = min(layout.widest(row.label for row in rows), max(width // 3, 9)) + 1
    figure = layout.widest(row.figure for row in rows) + 1
    detail = layout.widest(row.detail for row in rows)
    detail = detail + 1 if detail and width - label - figure - detail - 1 >= 10 else 0
    length = max(4, min(width - label - figure - detail, WIDEST))
    lines = []
    for row in rows:
        name, bar = layout.column(row.label, label, row.style), layout.stacked(row.parts, row.whole, length, row.track)
        value, beside = layout.right(row.figure, figure, row.figure_style), layout.right(row.detail, detail, "$faint")
        lines.append(layout.row(name, bar, value, beside))
    return lines


def bar_with_usual(value: float, usual: float | None, whole: float, width: int, colour: str) -> Content:
    """A bar of one colour with the usual as a line across it; without, where it is None."""
    bar = layout.bar(value, whole, width, colour)
    if usual is None or width <= 0:
        return bar
    cell = min(int(usual / whole * width), width - 1)
    style = f"bold $on-ink on {colour}" if cell < int(value / whole * width) else "bold $strong on $track"
    return layout.row(bar[:cell], (USUAL, style), bar[cell + 1 :])


def purpose_bars(purposes: Sequence[PurposeTotal], grows: bool) -> list[Bar]:
    """A bar for each purpose with time, out of all of them, with its share as the detail; `grows` while time runs."""
    used = [purpose for purpose in purposes if purpose.seconds]
    whole = max(sum(purpose.seconds for purpose in used), 1)
    rows = []
    for purpose, share in zip(used, format_shares([purpose.seconds for purpose in used]), strict=True):
        parts = ((purpose.seconds, theme.PURPOSES.get(purpose.purpose or "", "$neutral"), ""),)
        figure = format_growing_duration(purpose.seconds, grows)
        rows.append(Bar(purpose_title(purpose), "bold", parts, whole, figure, share))
    return rows


def purpose_title(total: PurposeTotal) -> str:
    """The name of a purpose as the screens say it."""
    return _(PURPOSE_TITLES[total.purpose]) if total.purpose else _("No activity")


#: The strip never stands for less than this, so that an early morning is not magnified.
SHORTEST = 8 * HOUR
TICKS = " │┃║"


class Scale(Record):
    """Instants to cells: `width` cells stand for the seconds from `start` to `end`."""

    start: int
    end: int
    width: int

    def cell(self, instant: int) -> int:
        """The cell an instant falls in."""
        return max(0, min((instant - self.start) * self.width // (self.end - self.start), self.width - 1))

    def halves(self, instant: int) -> int:
        """The nearest half-cell edge."""
        return max(0, min(round((instant - self.start) * self.width * 2 / (self.end - self.start)), self.width * 2))


def scale(day: Day, width: int, now: int, zone: str) -> Scale:
    """From the hour of the first record to the hour after the last one, or after now; at least eight hours."""
    starts = [part.start for part in day.parts]
    ends = [part.end for part in day.parts]
    until = now if day.start <= now < day.end else max(ends, default=day.start + SHORTEST)
    start = min([*starts, until])
    offset = offset_at(zone, start)
    start = max((start + offset) // HOUR * HOUR - offset, day.start)
    end = min(max(-(-(until + offset) // HOUR) * HOUR - offset, start + SHORTEST), max(day.end, start + HOUR))
    return Scale(max(min(start, end - SHORTEST), day.start), end, max(width, 1))


def axis(at: Scale, zone: str, now: int | None) -> Content:
    """`06    08    10`, and ╹ where now is."""
    marks = [" "] * at.width
    offset = offset_at(zone, at.start)
    hours = (at.end - at.start) / HOUR
    step = next((step for step in (1, 2, 3, 4, 6, 12) if at.width * step / hours >= 5), 12)
    first = -(-(at.start + offset) // (step * HOUR)) * step * HOUR - offset
    for instant in range(first, at.end + 1, step * HOUR):
        cell = round((instant - at.start) * at.width / (at.end - at.start))
        label = f"{(instant + offset_at(zone, instant)) // HOUR % 24:02}"
        if cell + 2 <= at.width:
            marks[cell : cell + 2] = label
    line = layout.text("".join(marks), "$faint")
    if now is not None and at.start <= now <= at.end:
        cell = next((cell for cell in range(at.cell(now), at.width) if marks[cell] == " "), at.width - 1)
        line = layout.row(line[:cell], (theme.NOW, "bold $primary"), line[cell + 1 :])
    return line


def lane(parts: Iterable[Part], at: Scale, *, letters: dict[str, str], checks: bool = True) -> Content:
    """Sessions as blocks to half a cell, over them checks as ticks, on a faint line of hours."""
    cells = [("·" if _on_hour(cell, at) else " ", "$line") for cell in range(at.width)]
    ticked: Counter[int] = Counter()
    for part in parts:
        colour = theme.hue(part.session.channel)
        if not part.check:
            start, end = at.halves(part.start), at.halves(part.end)
            _block(cells, start, max(end, start + 1), colour, letters.get(part.session.channel, ""))
            continue
        cell = at.cell(part.start)
        ticked[cell] += 1
        if checks:
            cells[cell] = (TICKS[min(ticked[cell], 3)], f"bold {colour}")
    return _content(cells)


def _block(cells: list[tuple[str, str]], start: int, end: int, colour: str, letter: str) -> None:
    """Fill the halves of `cells` from `start` to `end`; a long block begins with its letter."""
    whole = range(-(-start // 2), end // 2)
    if start % 2:
        cells[start // 2] = ("▐", colour)
    for cell in whole:
        cells[cell] = ("█", f"{colour} on {colour}")
    if end % 2 and end // 2 < len(cells):  # a check at the very end has no cell of its own
        cells[end // 2] = ("▌", colour)
    if cell_len(letter) == 1 and len(whole) >= 3:  # a check over one of two cells would cut a wide letter in two
        cells[whole[0]] = (letter, f"$on-ink on {colour}")


def ticks(parts: Iterable[Part], at: Scale, clustered: set[int]) -> Content:
    """Checks alone; those of a cluster stand out in the colour of what is flagged."""
    by_cell: dict[int, list[Part]] = {}
    for part in parts:
        if part.check:
            by_cell.setdefault(at.cell(part.start), []).append(part)
    cells = [(" ", "")] * at.width
    for cell, checks in by_cell.items():
        flagged = any(part.session.id in clustered for part in checks)
        cells[cell] = (TICKS[min(len(checks), 3)], "bold $flag" if flagged else theme.hue(checks[0].session.channel))
    return _content(cells)


def flags(clusters: Iterable[Cluster], at: Scale) -> Content:
    """⚑━━ from a cluster's first opening to its last."""
    cells = [(" ", "")] * at.width
    for cluster in clusters:
        start, end = at.cell(cluster.start), at.cell(cluster.end)
        cells[start : end + 1] = [("⚑", "$flag"), *[("━", "$flag")] * (end - start)]
    return _content(cells)


def _on_hour(cell: int, at: Scale) -> bool:
    span = at.end - at.start
    return (cell * span // at.width - 1) // HOUR != ((cell + 1) * span // at.width - 1) // HOUR


def _content(cells: Iterable[tuple[str, str]]) -> Content:
    """Cells to text, neighbours of one style together."""
    runs = groupby(cells, key=itemgetter(1))
    return layout.row(*(Content.styled("".join(sign for sign, _style in run), style) for style, run in runs))


class ShownDay(Record):
    """A day as its panels show it: its bursts, the channels' titles and letters, the reader's zone and moment."""

    day: Day
    clusters: tuple[Cluster, ...]
    letters: dict[str, str]
    zone: str
    now: int
    titles: dict[str, str] = {}

    def used(self) -> list[ChannelTotal]:
        """The channels that have anything to show."""
        return [total for total in self.day.channels if total.seconds or total.checks or total.sessions]

    def strip(self, width: int, height: int) -> list[Content]:
        """The strip: one line for all or one for each channel, above the axis."""
        used = sorted(self.used(), key=lambda total: -total.seconds)
        now = self.now if self.day.start <= self.now < self.day.end else None
        available = height - 1 - bool(self.clusters)
        if not used or available < min(len(used), 4):
            at = scale(self.day, width, self.now, self.zone)
            clustered = {id for cluster in self.clusters for id in cluster.sessions}
            sessions = lane(self.day.parts, at, letters=self.letters, checks=False)
            return [ticks(self.day.parts, at, clustered), sessions, axis(at, self.zone, now)]
        lanes = [(total.title, theme.hue(total.channel), {total.channel}) for total in used]
        if len(lanes) > available:  # those there is no room for share the last
            rest = {name for _title, _style, names in lanes[available - 1 :] for name in names}
            lanes = [*lanes[: available - 1], (_("others"), "$faint", rest)]
        label = min(layout.widest(title for title, _style, _names in lanes), 12) + 2
        at = scale(self.day, width - label, self.now, self.zone)
        lines = []
        for title, style, names in lanes:
            parts = [part for part in self.day.parts if part.session.channel in names]
            lines.append(layout.row(layout.column(title, label, style), lane(parts, at, letters={})))
        if self.clusters:
            lines.append(layout.row(" " * label, flags(self.clusters, at)))
        return [*layout.spread(lines, height - 1), layout.row(" " * label, axis(at, self.zone, now))]


class DayStrip(SnapshotPanel[ShownDay]):
    """The strip of one day, in as many lines as there is room for, under a caption."""

    def draw(self, width: int, height: int) -> list[Content]:
        """The strip."""
        return self.shown.strip(width, height)
