"""The days of a habit: a row of signs, and a year with a column for each week and a line of strength below.

The state of each day has its own sign, and its own colour.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics.habit_days import DONE, MISSED, OFF, OPEN, PART, REST, SKIPPED, UNKNOWN
from tracker.analytics.habit_wording import GLYPHS, STATES
from tracker.calendar.days import next_date, weekday
from tracker.formatting.numbers import format_percent
from tracker.formatting.times import MONTHS, format_short_weekday
from tracker.locale import _
from tracker.tui import layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.analytics.habit_days import HabitDay

#: As few weeks begin in a month.
LEAST_WEEKS_OF_MONTH = 4

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
    return layout.right(layout.row(*(sign(mark.state) for mark in marks)), width)


def strength(share: float | None, bar: int = 0) -> Content:
    """`62 %`, with a small bar before it where there is room for one."""
    percent = layout.right(format_percent(share), 5, "$faint" if share is None else "bold")
    return layout.row(layout.bar(share or 0, 1, bar, "$good"), percent) if bar else percent


WEEKS = 53

#: Cells before the grid, for weekdays and percents.
LABEL = 6

#: Lines of the line of strength.
HIGH = 4

SIGNS = {
    DONE: ("█", "$good"),
    REST: ("∙", "$good"),
    MISSED: ("○", "$faint"),
    SKIPPED: ("»", "$faint"),
    UNKNOWN: ("?", "$faint"),
    OPEN: ("▸", "bold $strong"),
    OFF: (" ", ""),
}
#: In part: less than half, and more.
LITTLE, MUCH = ("▒", "$good"), ("▓", "$good")


def grid(marks: Sequence[HabitDay], width: int, first_weekday: int = 0) -> list[Content]:
    """The months, then seven lines of weeks, the last week at the right."""
    by_date = {mark.date: mark for mark in marks}
    return calendar(marks[-1].date, width, lambda date, cell: _square(by_date.get(date), cell), first_weekday)


def calendar(last: str, width: int, square: Callable[[str, int], Content], first_weekday: int = 0) -> list[Content]:
    """The months, then seven lines of weeks up to the day `last`; `square` draws a date in a number of cells."""
    weeks, cell = _room(width)
    starts = _weeks(last, weeks, first_weekday)
    lines = [layout.row(" " * LABEL, months(starts, cell))]
    for row in range(7):
        day = format_short_weekday(next_date(starts[0], row)) if row % 2 == 0 else ""
        cells = [square(next_date(start, row), cell) for start in starts]
        lines.append(layout.row(layout.left(day, LABEL, "$faint"), *cells))
    return lines


def strength_line(marks: Sequence[HabitDay], width: int, first_weekday: int = 0) -> list[Content]:
    """Strength at the end of each week, to an eighth of a line."""
    weeks, cell = _room(width)
    last = marks[-1].date
    at = {mark.date: mark.strength for mark in marks}
    ends = [min(next_date(start, 6), last) for start in _weeks(last, weeks, first_weekday)]
    heights = [round(at[end] * HIGH * 8) if end in at else 0 for end in ends]
    lines = []
    for line in range(HIGH - 1, -1, -1):
        label = {HIGH - 1: _("100%"), 0: _("0%")}.get(line, "")
        filled = "".join(layout.RISING[max(0, min(8, height - 8 * line))] * cell for height in heights)
        lines.append(layout.row(layout.right(layout.text(label, "$faint"), LABEL - 1), " ", (filled, "$good")))
    return lines


def legend(width: int) -> list[Content]:
    """What the squares mean."""
    shown = [(SIGNS[state], STATES[state]) for state in (DONE, MISSED, REST, SKIPPED, UNKNOWN, OPEN)]
    shown.insert(1, ((LITTLE[0] + MUCH[0], LITTLE[1]), STATES[PART]))
    return layout.packed(
        [layout.row((sign, style), " ", (_(words), "$faint")) for (sign, style), words in shown], "  ", width
    )


def _room(width: int) -> tuple[int, int]:
    """How many weeks, of how many cells each."""
    cell = 2 if width >= LABEL + 2 * WEEKS else 1
    return min(WEEKS, max((width - LABEL) // cell, 1)), cell


def _weeks(last: str, weeks: int, first_weekday: int) -> list[str]:
    """The first dates of `weeks` weeks; the last week contains the date `last`."""
    start = next_date(last, -((weekday(last) - first_weekday) % 7))
    return [next_date(start, -7 * back) for back in range(weeks - 1, -1, -1)]


def _square(mark: HabitDay | None, cell: int) -> Content:
    if mark is None:
        return Content(" " * cell)
    sign, style = SIGNS.get(mark.state, MUCH if (mark.credit or 0) >= 0.5 else LITTLE)
    return Content.styled(sign * cell if sign in "█▓▒" else sign.ljust(cell), style)


def months(starts: Sequence[str], cell: int) -> Content:
    """Each month's name over the first week that begins in it; the first month's too, where it has room."""
    of_week = [int(start[5:7]) for start in starts]
    begins = [index for index, month in enumerate(of_week) if index == 0 or month != of_week[index - 1]]
    names = [_(month) for month in MONTHS]
    if any(len(name) > LEAST_WEEKS_OF_MONTH * cell - 1 for name in names):
        # Translators: three letters each at most, in this order, blanks between: a month is four cells wide.
        names = _("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split()
    width = len(starts) * cell
    line = ""
    for index, after in zip(begins, [*begins[1:], None], strict=True):
        name = names[of_week[index] - 1]
        available = width - index * cell if after is None else (after - index) * cell - 1
        if len(name) <= available:
            line = line.ljust(index * cell) + name
    return layout.left(line, width, "$faint")
