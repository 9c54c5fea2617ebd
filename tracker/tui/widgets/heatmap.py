"""Checks by weekday and hour: denser glyphs and warmer colours where there were more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.tui import ink

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS = 4


def level(count: int, most: int) -> int:
    """0 for none, 1 to 4 for the share of the most there is; a single check is seen."""
    return 0 if not count else max(1, -(-count * LEVELS // max(most, LEVELS)))


def heatmap(
    hours: Sequence[Sequence[int | None]],
    labels: Sequence[str],
    width: int,
    height: int,
    first_hour: int = 0,
    begun: int = 7,
) -> list[Content]:
    """Seven rows of 24 cells, hours from `first_hour` on, with their axis; as wide and high as the room allows.

    A day that is not known has None in its hours, and a `?` for its row; those after the first `begun` are to come.
    """
    label = ink.widest(labels) + 1
    cell = max(1, min((width - label) // 24, 6))
    rows = max(1, min((height - 1) // 7, 3))
    most = max((count or 0 for row in hours for count in row), default=0)
    order = [(first_hour + hour) % 24 for hour in range(24)]
    lines = []
    for place, (name, row) in enumerate(zip(labels, hours, strict=True)):
        if None in row:
            cells = ink.left("?" if place < begun else "", 24 * cell, "$faint")
            blank = ink.left("", 24 * cell)
        else:
            known = [count or 0 for count in row]
            cells = ink.row(*(_cell(level(known[hour], most), known[hour], cell) for hour in order))
            blank = ink.row(*(_cell(level(known[hour], most), 0, cell, empty=" ") for hour in order))
        for line in range(rows):
            head = ink.left(name if line == (rows - 1) // 2 else "", label, "$faint")
            lines.append(ink.row(head, cells if line == (rows - 1) // 2 else blank))
    return [*lines, ink.row(" " * label, _axis(order, cell))]


def _cell(shade: int, count: int, width: int, empty: str = "·") -> Content:
    style = f"$heat-{min(shade + 2, LEVELS)} on $heat-{max(shade - 1, 0)}"
    if shade == 0:
        return Content.styled(empty.ljust(width), "$line")
    sign = ink.SHADES[shade]
    number = str(count)
    if count and width >= max(len(number) + 1, 3):
        ground = f"$on-ink on $heat-{shade}" if shade >= 3 else f"bold $strong on $heat-{shade}"
        return Content.styled(number.center(width), ground)
    if width >= 3:
        return Content.styled(" " * width, f"on $heat-{shade}")
    return Content.styled(sign * width, style)


def _axis(order: Sequence[int], cell: int) -> Content:
    step = 4 if cell == 1 else 3 if cell == 2 else 2 if cell < 4 else 1
    return ink.text("".join(f"{hour:02}".ljust(cell * step)[: cell * step] for hour in order[::step]), "$faint")
