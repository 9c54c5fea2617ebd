"""The longer look: thirteen weeks, or a year of them, and every day of that year; one page to scroll through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics.day_slices import say_logged
from tracker.domain.models import HOUR, MINUTE
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_percent, round_to_int
from tracker.formatting.text import format_week_count, in_quotation_marks
from tracker.formatting.times import format_near_date, format_short_week, format_week
from tracker.locale import _, ngettext
from tracker.reports.longer_look import QUARTER, YEAR, say_logged_beside_guess, say_shift, say_verdict_result
from tracker.tui import layout
from tracker.tui.keys import END_KEYS, hidden_bindings
from tracker.tui.modals.dialog import Page, Sheet
from tracker.tui.theme import hue
from tracker.tui.widgets import charts
from tracker.tui.widgets.bars import Bar, bars
from tracker.tui.widgets.charts import WeekLayout, WeeklyColumns, week_chart
from tracker.tui.widgets.key_lines import Cap, Keycaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.reports.longer_look import LongerReport, WeekFigures


#: How many weeks are shown, by the key that shows them.
SPANS = {"1": QUARTER, "2": YEAR}


class LongerLook(Page):
    """A page over the whole screen, closed by escape, enter, q or the key that opened it."""

    CLICKED = {**Page.CLICKED, "↑↓": "pagedown"}
    BINDINGS = hidden_bindings(
        ("1", f"span({QUARTER})"),
        ("2", f"span({YEAR})"),
        ("tab,left,right,h,l", "other"),
        *END_KEYS,
        ("Y", "leave"),
    )

    def __init__(self, load: Callable[[], LongerReport], first_weekday: int, currency: str) -> None:
        super().__init__(_("The longer look"), self.lines)
        self.year: LongerReport | None = None
        self._load, self.first_weekday, self.currency = load, first_weekday, currency
        self.weeks = QUARTER

    def compose(self) -> ComposeResult:
        """The page, and its keys below."""
        yield Sheet(self._title, self.lines)
        yield Keycaps(self._caps(), id="longer-keys")

    def on_mount(self) -> None:
        """Show the page at once, and read the year in a thread: that takes longer than a key may."""
        self.run_worker(lambda: self.app.call_from_thread(self._show, self._load()), thread=True, exit_on_error=False)

    def _show(self, year: LongerReport) -> None:
        self.year = year
        if self.is_attached:
            self.query_one(Sheet).rewrite()

    def lines(self, width: int) -> list[Content]:
        """The whole page at a width; until the year is read, a sign that it is."""
        if self.year is None:
            return [layout.text("  …", "$faint")]
        return page(self.year, self.weeks, width, self.app.size.height, self.first_weekday, self.currency)

    def action_span(self, weeks: int) -> None:
        """Show the last `weeks` weeks, from the top."""
        self.weeks = weeks
        sheet = self.query_one(Sheet)
        sheet.top = 0
        sheet.rewrite()
        self.query_one(Keycaps).show(self._caps())

    def action_other(self) -> None:
        """Show 13 weeks instead of 52, or 52 instead of 13."""
        self.action_span(next(weeks for weeks in SPANS.values() if weeks != self.weeks))

    def _caps(self) -> list[Cap]:
        spans = [
            Cap(
                key,
                # A sign, and not the colour alone, marks which of the two is shown.
                ("‹{}›" if weeks == self.weeks else "{}").format(format_week_count(weeks)),
                "bold $primary" if weeks == self.weeks else "",
            )
            for key, weeks in SPANS.items()
        ]
        return [*spans, Cap("↑↓", _("read on")), Cap("esc", _("close"))]


#: More channels than this are one line of text.
CHANNELS = 5

#: How many weeks' estimates are shown, the last.
ESTIMATES = 6

#: The unit of the steps between the four shades of a day, in seconds.
QUARTER_HOUR = 15 * MINUTE


def page(
    all_weeks: LongerReport, weeks: int, width: int, screen: int, first_weekday: int = 0, currency: str = "EUR"
) -> list[Content]:
    """The lines of the page at a width, for a screen of `screen` lines."""
    report = all_weeks.last(weeks)
    (time, *channels), others, logged = _time(report), _others(report), _logged(report)
    week_layout = WeekLayout.of(len(report.weeks), width, (time, *channels, *others, logged))
    high = 3 if screen < 32 else 4 if screen < 48 else 6
    low = 2 if screen < 48 else 3
    axis = _axis(report.weeks[-week_layout.weeks :], week_layout)
    lines = [*_head(report, width), layout.BLANK, *week_chart(time, week_layout, high), *axis]
    for chart in channels:
        lines += [layout.BLANK, *week_chart(chart, week_layout, low)]
    lines += [*axis, layout.BLANK]
    for chart in others:
        lines += [*week_chart(chart, week_layout, low), layout.BLANK]
    lines += [*week_chart(logged, week_layout, 1), *axis]
    if week_layout.weeks < len(report.weeks):
        message = ngettext("there is room for {n} week", "there is room for {n} weeks", week_layout.weeks)
        lines.append(layout.text(message.format(n=week_layout.weeks), "$faint"))
    lines += [layout.BLANK, *_estimates(report, width), layout.BLANK, *_verdicts(report, width, currency)]
    return [*lines, *_year(all_weeks, width, first_weekday)]


def _head(report: LongerReport, width: int) -> list[Content]:
    """The span, the logged days, and how the last weeks went compared with the ones before."""
    first, last = report.weeks[0].dates[0], report.weeks[-1].dates[-1]
    last = min(last, report.days[-1][0]) if report.days else last
    logged, days = report.coverage
    span = f"{format_near_date(first, '')} – {format_near_date(last, '')}"
    covered = say_logged(logged, days, over=days == 7 * len(report.weeks))
    lines = layout.packed([layout.text(span, "bold $strong"), layout.text(covered, "$faint")], "  ·  ", width)
    shift = say_shift(report)
    return lines + (layout.wrapped(shift, width) if shift else [])


def _time(report: LongerReport) -> list[WeeklyColumns]:
    """Social time, then each channel, those on one scale."""
    total = [week.seconds for week in report.weeks]
    charts = [_chart(report, _("Social time"), lambda week: week.seconds, _say_duration, "$primary", _top(total))]
    names = list(report.channels)[:CHANNELS]
    most = max((week.channels.get(name, 0) for week in report.weeks for name in names), default=0)
    return charts + [
        _chart(
            report, report.channels[name], _seconds_on(name), _say_duration, hue(name), max(most, 1), with_most=False
        )
        for name in names
    ]


def _seconds_on(name: str) -> Callable[[WeekFigures], float | None]:
    return lambda week: None if week.seconds is None else week.channels.get(name, 0)


def _others(report: LongerReport) -> list[WeeklyColumns]:
    kept, planned = sum(week.kept for week in report.weeks), sum(week.planned for week in report.weeks)
    count, share = _("{n} of {days}").format(n=kept, days=planned), format_percent(kept / planned) if planned else "–"
    shares = tuple(week.plan_kept for week in report.weeks)
    percents = tuple("" if value is None else _whole(100 * value) for value in shares)
    most = _top(week.checks_a_day for week in report.weeks)
    charts = [
        _chart(report, _("Checks a day"), lambda week: week.checks_a_day, _whole, "$neutral", most),
        WeeklyColumns(_("Plans kept"), shares, 1, "$good", share, (count,), percents),
        _counted(report, _("New leads"), lambda week: week.leads, "$good"),
        _counted(report, _("Talks"), lambda week: week.contacts, "$channel-teal"),
    ]
    if any(week.commitments for week in report.weeks):
        charts.append(_commitments(report))
    return charts


def _logged(report: LongerReport) -> WeeklyColumns:
    """How much of each week is known: below all figures, as they rest on it."""
    logged, days = report.coverage
    values = tuple(float(week.logged) if week.elapsed else None for week in report.weeks)
    shorts = tuple(str(week.logged) for week in report.weeks)
    return WeeklyColumns(
        _("Days logged"), values, 7, "$faint", _("{n} of {days}").format(n=logged, days=days), (), shorts
    )


def _estimates(report: LongerReport, width: int) -> list[Content]:
    """What the user thought each week was, before its figures were shown, next to what was logged."""
    lines = [layout.text(_("Your guesses"), "bold $primary")]
    guessed = [week for week in report.weeks if week.estimate is not None and week.seconds is not None][-ESTIMATES:]
    if not guessed:
        return lines + layout.wrapped(_("No guesses yet: a review asks for one first."), width, "$faint")
    most = max(max(week.estimate or 0, week.seconds or 0) for week in guessed)
    rows = [
        Bar(label, "$faint" if thought else "$foreground", ((time, style, ""),), most, format_duration(time), detail)
        for week in guessed
        for label, thought, time, style, detail in (
            (format_week(week.week), True, week.estimate or 0, "$neutral", _("guessed")),
            ("", False, week.seconds or 0, "$primary", say_logged_beside_guess(week)),
        )
    ]
    return lines + bars(rows, min(width, 100))


def _whole(value: float) -> str:
    return str(round_to_int(value))


def _verdicts(report: LongerReport, width: int, currency: str) -> list[Content]:
    """Each verdict and its follow-up, under its channel; no line without verdicts."""
    lines: list[Content] = []
    title = None
    for result in report.verdicts:
        name = result.follow_up.verdict.channel
        if result.title != title:
            lines.append(layout.text(result.title, f"bold {hue(name)}" if name else "bold"))
            title = result.title
        lines += [layout.row("  ", line) for line in layout.wrapped(say_verdict_result(result, currency), width - 2)]
        if result.follow_up.verdict.why:
            lines += [
                layout.row("    ", line)
                for line in layout.wrapped(in_quotation_marks(result.follow_up.verdict.why), width - 4, "$faint")
            ]
    head = [layout.text(_("Verdicts and their results"), "bold $primary")]
    return [*head, *lines, layout.BLANK] if lines else []


def _commitments(report: LongerReport) -> WeeklyColumns:
    kept, made = sum(week.commitments_kept for week in report.weeks), sum(week.commitments for week in report.weeks)
    shares = tuple(week.commitment_kept for week in report.weeks)
    return WeeklyColumns(_("Commitments kept"), shares, 1, "$good", _("{n} of {days}").format(n=kept, days=made))


def _chart(
    report: LongerReport,
    label: str,
    figure: Callable[[WeekFigures], float | None],
    say: Callable[[float], str],
    style: str,
    most: float,
    *,
    with_most: bool = True,
) -> WeeklyColumns:
    values = tuple(figure(week) for week in report.weeks)
    usual = report.usual(figure)
    details = [_("median week")] if usual is not None else []
    if with_most and any(value is not None for value in values):
        details.append(_("most {most}").format(most=say(max(value for value in values if value is not None))))
    figure_text = "–" if usual is None else say(usual)
    shorts = tuple("" if value is None else _short(value, say) for value in values)
    longs = tuple("" if value is None else say(value) for value in values)
    return WeeklyColumns(label, values, most, style, figure_text, tuple(details), shorts, longs)


def _counted(
    report: LongerReport, label: str, figure: Callable[[WeekFigures], float | None], style: str
) -> WeeklyColumns:
    values = tuple(figure(week) for week in report.weeks)
    total = sum(value for value in values if value is not None)
    shorts = tuple("" if value is None else f"{value:g}" for value in values)
    return WeeklyColumns(label, values, _top(values), style, f"{total:g}", (_("in all"),), shorts)


def _top(values: Iterable[float | None]) -> float:
    return max((value for value in values if value is not None), default=0) or 1


def _say_duration(seconds: float) -> str:
    return format_duration(round_to_int(seconds))


def _short(value: float, say: Callable[[float], str]) -> str:
    """`9h`, `40′`: in three cells, hours without minutes."""
    if say is not _say_duration:
        return say(value)
    return f"{round_to_int(value / HOUR)}h" if value >= HOUR else f"{round_to_int(value / MINUTE)}′"


def _axis(weeks: Sequence[WeekFigures], week_layout: WeekLayout) -> list[Content]:
    """Weeks by their number where there is room, months below all."""
    lines = [charts.month_names([week.dates[0] for week in weeks], week_layout.cell)]
    if week_layout.numbered:
        numbers = "".join(format_short_week(week.week).ljust(week_layout.cell) for week in weeks)
        lines.insert(0, layout.text(numbers, "$faint"))
    return [layout.row(" " * week_layout.label, line) for line in lines]


def _year(report: LongerReport, width: int, first_weekday: int) -> list[Content]:
    """Every day of the year as a shade, and what the shades mean."""
    seconds_by_date = dict(report.days)
    step = _step([seconds for seconds in seconds_by_date.values() if seconds])

    def square(date: str, cell: int) -> Content:
        if date not in seconds_by_date:
            return Content(" " * cell)
        seconds = seconds_by_date[date]
        if seconds is None:
            return Content.styled("?".ljust(cell), "$faint")
        return _shade(-(-seconds // step), cell)

    last = report.days[-1][0] if report.days else report.weeks[-1].dates[-1]
    grid = charts.year_calendar(last, width, square, first_weekday)
    return [
        layout.text(_("Every day, by its social time"), "bold $primary"),
        layout.BLANK,
        *grid,
        layout.BLANK,
        *layout.packed(_legend(step), "  ", width),
    ]


def _step(times: Sequence[int]) -> int:
    """Seconds a shade stands for: so that nine days in ten are in the first three and the longest in the fourth."""
    if not times:
        return QUARTER_HOUR
    high = sorted(times)[(len(times) - 1) * 9 // 10]
    return max(-(-high // (3 * QUARTER_HOUR)), 1) * QUARTER_HOUR


def _shade(level: int, cell: int) -> Content:
    if level == 0:
        return Content.styled("·".ljust(cell), "$line")
    level = min(level, 4)
    return Content.styled(layout.SHADES[level] * cell, f"$heat-{level}")


def _legend(step: int) -> list[Content]:
    words = [_("none")]
    words += [_("up to {time}").format(time=format_duration(step * level)) for level in (1, 2, 3)]
    words.append(_("more"))
    shades = [layout.row(_shade(level, 1), " ", (word, "$faint")) for level, word in enumerate(words)]
    return [*shades, layout.row(("?", "$faint"), " ", (_("not logged"), "$faint"))]
