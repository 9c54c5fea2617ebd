"""Charts: the bars of a pattern with the usual across them, columns of weeks, hours by weekday, the days of a habit.

What is counted is a filled bar, and the usual is a line across it; each state of a day has its own sign: they differ
without colours. The columns are ours and not `textual-plotext`'s (tried at 1.0.1): it joins weeks by lines, shows gaps
only with a plot for each stretch, paints RGB in the sixteen-colour theme, and tells channels apart by colour alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import islice, zip_longest

from rich.cells import cell_len
from textual.content import Content

from tracker.analytics.habit_days import DONE, MISSED, OFF, OPEN, PART, REST, SKIPPED, UNKNOWN, HabitDay
from tracker.analytics.habit_wording import GLYPHS, STATES
from tracker.analytics.patterns.pattern import BarChart
from tracker.calendar.days import next_date, weekday
from tracker.domain.record import Record
from tracker.formatting.numbers import format_percent
from tracker.formatting.times import MONTHS, format_day_and_month, format_short_week, format_short_weekday
from tracker.locale import _
from tracker.tui import layout
from tracker.tui.widgets.bars import USUAL, bar_with_usual

#: The usual across a vertical bar.
LEVEL = "━"
BAR, USUAL_STYLE = "$neutral", "bold $strong"
#: The least cells of a bar; where it would be shorter, the figures of the usual are left out.
SHORTEST = 10
#: The most labels for horizontal bars; with more, the bars are vertical.
MOST_HORIZONTAL = 8
#: The most cells of a horizontal bar with its words.
LONGEST = 140
#: The most lines of a picture of vertical bars.
TALLEST = 20
#: The most cells of a vertical bar's width.
WIDEST_VERTICAL = 8

_DATE, _WEEK = re.compile(r"\d{4}-\d\d-\d\d"), re.compile(r"\d{4}-W\d\d")


def bar_chart(chart: BarChart, width: int, height: int) -> list[Content]:
    """The chart in `width` cells and at most `height` lines; nothing where that is no room for it."""
    if not chart.values or width < 16 or height < 3:
        return []
    if len(chart.values) <= min(MOST_HORIZONTAL, height - 1):
        bars = layout.spread(_horizontal_bars(chart, min(width, LONGEST)), height - 1, 3)
        apart = [layout.BLANK] if len(chart.values) + 1 < len(bars) + 1 < height else []
        return [*bars, *apart, _legend(chart, USUAL, width)]
    return [*_vertical_bars(chart, width, height - 1), _legend(chart, LEVEL, width)]


def bar_chart_height(chart: BarChart, most: int) -> int:
    """How many lines are worth having of at most `most`: horizontal bars apart, vertical ones not too tall."""
    count = len(chart.values)
    if count > MOST_HORIZONTAL:
        return min(most, TALLEST)
    return next((lines for lines in (3 * count, 2 * count + 1, 2 * count) if lines <= most), count + 1)


def _legend(chart: BarChart, mark: str, width: int) -> Content:
    """`█ sessions by length   ┃ by chance`."""
    parts = [layout.row(("█ ", BAR), (chart.unit, "$faint"))]
    if chart.usual:
        parts.append(layout.row((f"{mark} ", USUAL_STYLE), (chart.usual_is, "$faint")))
    return layout.left(Content("   ").join(parts), width)


def _top(chart: BarChart) -> float:
    return max([*chart.values, *chart.usual, 0]) or 1


def _horizontal_bars(chart: BarChart, width: int) -> list[Content]:
    labels = [axis_label(label) for label in chart.labels]
    figures = [chart.say(value) for value in chart.values]
    beside = [chart.say(value, 2) for value in chart.usual] or [""] * len(figures)
    label = min(layout.widest(labels), width // 3) + 1
    figure, detail = layout.widest(figures) + 1, layout.widest(beside) + 3 if chart.usual else 0
    if width - label - figure - detail < SHORTEST:
        detail = 0
    bar_width, top = max(width - label - figure - detail, SHORTEST // 2), _top(chart)
    lines = []
    for index, value in enumerate(chart.values):
        bar = bar_with_usual(value, chart.usual[index] if chart.usual else None, top, bar_width, BAR)
        usual = layout.row((f" {USUAL} ", "$faint"), layout.right(beside[index], detail - 3, "$faint"))
        name, value_text = layout.column(labels[index], label), layout.right(figures[index], figure, "bold")
        lines.append(layout.left(layout.row(name, bar, value_text, usual if detail else ""), width))
    return lines


def _vertical_bars(chart: BarChart, width: int, height: int) -> list[Content]:
    """Columns above their labels, the scale at the left; where there are too many, the last ones."""
    top, rows = _top(chart), height - 1
    scale = chart.say(top)
    edge = len(scale) + 1
    count = min(len(chart.values), width - edge)
    cell = min((width - edge) // count, WIDEST_VERTICAL)
    wide = max(cell - 1, 1)
    pairs = list(zip(chart.values[-count:], (chart.usual or (None,) * count)[-count:], strict=True))
    lines = []
    for line in range(rows - 1, -1, -1):
        cells = []
        for value, usual in pairs:
            filled = max(round(value / top * rows * 8), 1 if value > 0 else 0) - 8 * line
            if usual is not None and line == min(int(usual / top * rows), rows - 1):
                mark = Content.styled(LEVEL * wide, f"bold $on-ink on {BAR}" if filled > 4 else USUAL_STYLE)
            else:
                sign = layout.RISING[max(0, min(filled, 8))]
                mark = Content.styled(sign * wide, f"{BAR} on {BAR}" if filled >= 8 else BAR)
            cells.append(layout.left(mark, cell))
        figure = {0: "0", rows - 1: scale}.get(line, "")
        lines.append(layout.row(layout.right(figure, edge - 1, "$faint"), " ", *cells))
    under = _labels([axis_label(label) for label in chart.labels[-count:]], cell)
    return [*lines, layout.row(" " * edge, (under, "$faint"))]


def _labels(labels: Sequence[str], cell: int) -> str:
    """As many labels as there is room for, each beginning under its column."""
    line = ""
    for index, label in enumerate(labels):
        at = index * cell
        if at >= len(line) + 2 * bool(line) and at + len(label) <= max(len(labels) * cell, len(label)):
            line = line.ljust(at) + label
    return line


def axis_label(label: str) -> str:
    """`12 Nov` for a date, `W47` for a week, any other as it is."""
    if _DATE.fullmatch(label):
        return format_day_and_month(label)
    return format_short_week(label) if _WEEK.fullmatch(label) else label


#: The widest column, with the space behind it, in cells.
WIDEST_COLUMN = 13

#: Cells for the name at the left and the words at the right, at least, and of the words where columns need the room.
LABEL_WIDTH, FIGURE_WIDTH = 11, 13
LEAST = 10

#: How the sign of a week without a value, and the line of a zero, are drawn.
NO_VALUE, ZERO = "?", "▁"


class WeeklyColumns(Record):
    """A named figure: a value for each week, None where it is not known.

    `most` is what a full column stands for. `figure` stands beside it, and `details` below that where there is room.
    `say` writes the values below the columns, where these have four cells or more; `short` in three cells, where there
    is no room for the words of `say`. Without `say` none are written.
    """

    label: str
    values: Sequence[float | None]
    most: float
    style: str
    figure: str
    details: Sequence[str] = ()
    say: Callable[[float], str] | None = None
    short: Callable[[float], str] | None = None


class WeekLayout(Record):
    """How weeks are laid out in a width: the last `weeks` of them, each `cell` wide, next to or below their name."""

    label: int
    weeks: int
    cell: int
    figure: int
    beside: bool

    @classmethod
    def of(cls, weeks: int, width: int, charts: Sequence[WeeklyColumns] = ()) -> WeekLayout:
        """Names and figures beside the columns; above them where that makes columns wider that were a cell thin.

        Both are as wide as the words of the `charts` ask for.
        """
        word = layout.widest(word for chart in charts for word in chart.label.split(" "))
        figure_width = layout.widest(text for chart in charts for text in (chart.figure, *chart.details))
        name, figure = max(LABEL_WIDTH, word + 1), max(FIGURE_WIDTH, figure_width + 2)
        inside = width - name - min(figure, max(width - name - weeks, LEAST))
        beside = inside >= weeks and not (inside < 2 * weeks <= width)
        cell = max(1, min((inside if beside else width) // weeks, WIDEST_COLUMN))
        shown = min(weeks, width // cell)
        label = name if beside else 0
        return cls(label, shown, cell, width - label - shown * cell, beside)

    @property
    def numbered(self) -> bool:
        """Whether three letters and a space stand below a column."""
        return self.cell >= 4


def week_chart(chart: WeeklyColumns, week_layout: WeekLayout, height: int) -> list[Content]:
    """The chart in `height` lines of columns, a line of values below where they fit, or a line of words above."""
    values = chart.values[-week_layout.weeks :]
    drawn = week_columns(values, chart.most, week_layout.cell, height, chart.style)
    if chart.say and week_layout.numbered:
        below = _each(values, chart.say)
        if chart.short and layout.widest(below) >= week_layout.cell:
            below = _each(values, chart.short)
        drawn.append(layout.row(*(layout.left(words, week_layout.cell, "$faint") for words in below)))
    if not week_layout.beside:
        width = week_layout.weeks * week_layout.cell
        figure = layout.text(chart.figure, "bold $strong")
        for detail in chart.details:
            longer = layout.row(figure, (f" · {detail}", "$faint"))
            figure = longer if cell_len(chart.label) + 1 + longer.cell_length <= width else figure
        return [layout.ends((chart.label, "bold"), figure, width), *drawn]
    names = layout.wrapped(chart.label, week_layout.label - 1, "bold")
    # What does not fit whole is left out: half a figure would be another one.
    details = [layout.text(detail, "$faint") for detail in chart.details if cell_len(detail) < week_layout.figure]
    words = [layout.text(chart.figure, "bold $strong"), *details]
    before, behind, count = week_layout.label, week_layout.figure - 1, max(len(drawn), len(names))
    rows = islice(zip_longest(names, drawn, words, fillvalue=layout.BLANK), count)
    return [layout.row(layout.left(name, before), line, " ", layout.left(word, behind)) for name, line, word in rows]


def _each(values: Sequence[float | None], say: Callable[[float], str]) -> list[str]:
    """Each value in words; nothing for one that is not known."""
    return ["" if value is None else say(value) for value in values]


def week_columns(values: Sequence[float | None], most: float, cell: int, height: int, style: str) -> list[Content]:
    """The columns alone, `cell` cells for each value with a space behind where there is room for one.

    What is above zero is seen: it stands above the line that a zero lies on.
    """
    bar = cell - 1 if cell >= 3 else cell
    eighths = [None if value is None else _eighths(value, most, height) for value in values]
    lines = []
    for line in range(height - 1, -1, -1):
        cells = []
        for value in eighths:
            if value is None:
                mark = NO_VALUE.ljust(cell) if line == 0 else " " * cell
                cells.append(Content.styled(mark, "$faint"))
            elif value == 0 and line == 0:
                cells.append(Content.styled((ZERO * bar).ljust(cell), "$line"))
            else:
                sign = layout.RISING[max(0, min(8, value - 8 * line))]
                # A whole block is its ground's colour too: some terminals leave a slit between lines.
                block = Content.styled(sign * bar, f"{style} on {style}" if sign == "█" else style)
                cells.append(layout.row(block, " " * (cell - bar)))
        lines.append(layout.row(*cells))
    return lines


def _eighths(value: float, most: float, height: int) -> int:
    """In eighths of a line; 2 at least for what is above zero, whose own line is the first eighth."""
    if value <= 0 or most <= 0:
        return 0
    return max(2, min(round(8 * height * value / most), 8 * height))


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
    label = layout.widest(labels) + 1
    cell = max(1, min((width - label) // 24, 6))
    rows = max(1, min((height - 1) // 7, 3))
    most = max((count or 0 for row in hours for count in row), default=0)
    order = [(first_hour + hour) % 24 for hour in range(24)]
    lines = []
    for index, (name, row) in enumerate(zip(labels, hours, strict=True)):
        if None in row:
            cells = layout.left("?" if index < begun else "", 24 * cell, "$faint")
            blank = layout.left("", 24 * cell)
        else:
            counts = [row[hour] or 0 for hour in order]
            cells = layout.row(*(_cell(level(count, most), count, cell) for count in counts))
            blank = layout.row(*(_cell(level(count, most), 0, cell, empty=" ") for count in counts))
        named, other = layout.row(layout.left(name, label, "$faint"), cells), layout.row(" " * label, blank)
        lines += [named if line == (rows - 1) // 2 else other for line in range(rows)]
    return [*lines, layout.row(" " * label, _axis(order, cell))]


def _cell(shade: int, count: int, width: int, empty: str = "·") -> Content:
    if shade == 0:
        return Content.styled(empty.ljust(width), "$line")
    if width < 3:
        style = f"$heat-{min(shade + 2, LEVELS)} on $heat-{max(shade - 1, 0)}"
        return Content.styled(layout.SHADES[shade] * width, style)
    ink = "$on-ink" if shade >= 3 else "bold $on-heat"
    number = str(count) if count and len(str(count)) < width else ""
    return Content.styled(number.center(width), f"{ink} on $heat-{shade}")


def _axis(order: Sequence[int], cell: int) -> Content:
    step = {1: 4, 2: 3, 3: 2}.get(cell, 1)
    return layout.text("".join(f"{hour:02}".ljust(cell * step)[: cell * step] for hour in order[::step]), "$faint")


#: As few weeks begin in a month.
LEAST_WEEKS_OF_MONTH = 4

HABIT_STYLES = {DONE: "bold $good", PART: "$flag", REST: "$good", OPEN: "bold $strong"}
HABIT_STYLES |= dict.fromkeys((MISSED, SKIPPED, UNKNOWN), "$faint")


def habit_sign(state: str) -> Content:
    """The sign of one day."""
    return Content.styled(GLYPHS[state], HABIT_STYLES.get(state, "$line"))


def habit_signs(marks: Iterable[HabitDay], width: int) -> Content:
    """One sign a day, the last day at the right edge of `width` cells."""
    return layout.right(layout.row(*(habit_sign(mark.state) for mark in marks)), width)


def habit_strength(share: float | None, bar: int = 0) -> Content:
    """`62 %`, with a small bar before it where there is room for one."""
    percent = layout.right(format_percent(share), 5, "$faint" if share is None else "bold")
    return layout.row(layout.bar(share or 0, 1, bar, "$good"), percent) if bar else percent


YEAR_WEEKS = 53

#: Cells before the grid, for weekdays and percents.
WEEKDAY_LABEL = 6

#: Lines of the line of strength.
STRENGTH_LINES = 4

HABIT_SQUARES = {state: (GLYPHS[state], HABIT_STYLES[state]) for state in (REST, MISSED, SKIPPED, UNKNOWN, OPEN)}
HABIT_SQUARES |= {DONE: ("█", "$good"), OFF: (" ", "")}
#: In part: less than half, and more.
LITTLE, MUCH = ("▒", "$good"), ("▓", "$good")


def habit_grid(marks: Sequence[HabitDay], width: int, first_weekday: int = 0) -> list[Content]:
    """The months, then seven lines of weeks, the last week at the right."""
    by_date = {mark.date: mark for mark in marks}
    return year_calendar(marks[-1].date, width, lambda date, cell: _square(by_date.get(date), cell), first_weekday)


def year_calendar(
    last: str, width: int, square: Callable[[str, int], Content], first_weekday: int = 0
) -> list[Content]:
    """The months, then seven lines of weeks up to the day `last`; `square` draws a date in a number of cells."""
    weeks, cell = _room(width)
    starts = _weeks(last, weeks, first_weekday)
    lines = [layout.row(" " * WEEKDAY_LABEL, month_names(starts, cell))]
    for row in range(7):
        day = format_short_weekday(next_date(starts[0], row)) if row % 2 == 0 else ""
        cells = [square(next_date(start, row), cell) for start in starts]
        lines.append(layout.row(layout.left(day, WEEKDAY_LABEL, "$faint"), *cells))
    return lines


def strength_line(marks: Sequence[HabitDay], width: int, first_weekday: int = 0) -> list[Content]:
    """Strength at the end of each week, to an eighth of a line."""
    weeks, cell = _room(width)
    last = marks[-1].date
    at = {mark.date: mark.strength for mark in marks}
    ends = [min(next_date(start, 6), last) for start in _weeks(last, weeks, first_weekday)]
    heights = [round(at[end] * STRENGTH_LINES * 8) if end in at else 0 for end in ends]
    lines = []
    for line in range(STRENGTH_LINES - 1, -1, -1):
        label = {STRENGTH_LINES - 1: _("100%"), 0: _("0%")}.get(line, "")
        filled = "".join(layout.RISING[max(0, min(8, height - 8 * line))] * cell for height in heights)
        lines.append(layout.row(layout.right(layout.text(label, "$faint"), WEEKDAY_LABEL - 1), " ", (filled, "$good")))
    return lines


def habit_legend(width: int) -> list[Content]:
    """What the squares mean."""
    shown = [(HABIT_SQUARES[state], STATES[state]) for state in (DONE, MISSED, REST, SKIPPED, UNKNOWN, OPEN)]
    shown.insert(1, ((LITTLE[0] + MUCH[0], LITTLE[1]), STATES[PART]))
    parts = [layout.row((sign, style), " ", (_(words), "$faint")) for (sign, style), words in shown]
    return layout.packed(parts, "  ", width)


def _room(width: int) -> tuple[int, int]:
    """How many weeks, of how many cells each."""
    cell = 2 if width >= WEEKDAY_LABEL + 2 * YEAR_WEEKS else 1
    return min(YEAR_WEEKS, max((width - WEEKDAY_LABEL) // cell, 1)), cell


def _weeks(last: str, weeks: int, first_weekday: int) -> list[str]:
    """The first dates of `weeks` weeks; the last week contains the date `last`."""
    start = next_date(last, -((weekday(last) - first_weekday) % 7))
    return [next_date(start, -7 * back) for back in range(weeks - 1, -1, -1)]


def _square(mark: HabitDay | None, cell: int) -> Content:
    if mark is None:
        return Content(" " * cell)
    sign, style = HABIT_SQUARES.get(mark.state, MUCH if (mark.credit or 0) >= 0.5 else LITTLE)
    return Content.styled(sign * cell if sign in "█▓▒" else sign.ljust(cell), style)


def month_names(starts: Sequence[str], cell: int) -> Content:
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
