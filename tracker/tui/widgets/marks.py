"""The days of a habit as signs: what each day came to is told by its sign, and by its colour too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics.habits.habit_days import DONE, MISSED, OPEN, PART, REST, SKIPPED, UNKNOWN
from tracker.analytics.habits.habit_wording import GLYPHS
from tracker.formatting.numbers import format_percent
from tracker.tui import ink

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.analytics.habits.habit_days import HabitDay

STYLES = {
    DONE: "bold $good",
    PART: "$flag",
    MISSED: "$faint",
    REST: "$good",
    SKIPPED: "$faint",
    UNKNOWN: "$faint",
    OPEN: "bold $strong",
}


def sign(state: str) -> Content:
    """The sign of one day."""
    return Content.styled(GLYPHS[state], STYLES.get(state, "$line"))


def signs(marks: Iterable[HabitDay], width: int) -> Content:
    """One sign a day, the last day at the right edge of `width` cells."""
    return ink.right(ink.row(*(sign(mark.state) for mark in marks)), width)


def strength(share: float | None, bar: int = 0) -> Content:
    """`62 %`, with a small bar before it where there is room for one."""
    said = ink.right("–" if share is None else format_percent(share), 5, "bold" if share is not None else "$faint")
    return ink.row(ink.bar(share or 0, 1, bar, "$good"), said) if bar else said
