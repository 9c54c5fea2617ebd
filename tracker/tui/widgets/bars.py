"""Lines of bars with their labels and figures, in columns that fit whatever the width."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from tracker.formatting.numbers import format_shares
from tracker.formatting.text import PURPOSE_TITLES
from tracker.formatting.times import format_growing_duration
from tracker.locale import _
from tracker.tui import layout
from tracker.tui.theme import PURPOSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.totals import PurposeTotal


#: The greatest width of a bar in cells.
WIDEST = 200

#: The usual, across a bar.
USUAL = "┃"


class Bar(NamedTuple):
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


def bars(rows: Sequence[Bar], width: int, *, label: int = 0) -> list[Content]:
    """The rows in columns; details are left out where a bar would be shorter than ten cells."""
    if not rows:
        return []
    label = max(label, min(layout.widest(row.label for row in rows), max(width // 3, 9))) + 1
    figure = layout.widest(row.figure for row in rows) + 1
    detail = layout.widest(row.detail for row in rows)
    detail = detail + 1 if detail and width - label - figure - detail - 1 >= 10 else 0
    length = max(4, min(width - label - figure - detail, WIDEST))
    return [
        layout.row(
            layout.column(row.label, label, row.style),
            layout.stacked(row.parts, row.whole, length, row.track),
            layout.right(row.figure, figure, row.figure_style),
            layout.right(row.detail, detail, "$faint") if detail else "",
        )
        for row in rows
    ]


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
        parts = ((purpose.seconds, PURPOSES.get(purpose.purpose or "", "$neutral"), ""),)
        figure = format_growing_duration(purpose.seconds, grows)
        rows.append(Bar(purpose_title(purpose), "bold", parts, whole, figure, share))
    return rows


def purpose_title(total: PurposeTotal) -> str:
    """The name of a purpose as the screens say it."""
    return _(PURPOSE_TITLES[total.purpose]) if total.purpose else _("No activity")
