"""The longer look: thirteen weeks, or a year of them, and every day of that year; one page to scroll through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.analytics.coverage import say_logged
from tracker.calendar.durations import HOUR, MINUTE
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_percent, round_to_int
from tracker.formatting.text import in_quotation_marks
from tracker.formatting.times import format_near_date, format_week
from tracker.locale import _, ngettext
from tracker.reports.longer_look import QUARTER, YEAR
from tracker.reports.longer_words import say_distortion, say_shift, say_story
from tracker.tui import ink
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals.page import Page, Sheet
from tracker.tui.theme import hue
from tracker.tui.widgets import habit_marks
from tracker.tui.widgets.bars import Bar, bars
from tracker.tui.widgets.charts import WeekChart, WeekLayout, week_chart
from tracker.tui.widgets.keycaps import Cap, Keycaps

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.reports.longer_look import LongerReport, WeekFigures


#: How many weeks are shown, by the key that shows them.
SPANS = {"1": QUARTER, "2": YEAR}


class LongerLook(Page):
    """A page over the whole screen, closed by escape, enter, q or the key that opened it."""

    BINDINGS = hidden_bindings(
        "longer",
        ("quarter", "1", f"span({QUARTER})", "13 weeks", "the last 13 weeks"),
        ("year", "2", f"span({YEAR})", "52 weeks", "the last 52 weeks"),
        ("other", "tab,left,right,h,l", "other", "Other", "13 or 52 weeks"),
        ("top", "home,0", "scroll(-9999)", "Top", "to the top"),
        ("end", "end", "scroll(9999)", "End", "to the end"),
        ("close", "Y", "leave", "Close", "close"),
    )

    def __init__(self, load: Callable[[], LongerReport], first_weekday: int, currency: str) -> None:
        super().__init__(_("The longer look"), self.lines)
        self.year: LongerReport | None = None
        self._load, self.first_weekday, self.currency = load, first_weekday, currency
        self.weeks = QUARTER
        #: What was written last, and for what: a line further down is no reason to draw twenty charts again.
        self._written: tuple[tuple[int, int, int], list[Content]] = ((0, 0, 0), [])

    def compose(self) -> ComposeResult:
        """The page, and its keys below."""
        yield Sheet(self._title, self.lines)
        yield Keycaps(self._caps(), id="longer-keys")

    def on_mount(self) -> None:
        """The page is there at once; a year is read in a thread, for it takes longer than a key may."""
        self.run_worker(self._look_back, thread=True, exit_on_error=False)

    def _look_back(self) -> None:
        self.app.call_from_thread(self._show, self._load())

    def _show(self, year: LongerReport) -> None:
        self.year = year
        if self.is_attached:
            self.query_one(Sheet).scroll_by(0)

    def lines(self, width: int) -> list[Content]:
        """The whole page at a width; until the year is read, a sign that it is."""
        if self.year is None:
            return [ink.text("  …", "$faint")]
        key = (self.weeks, width, self.app.size.height)
        if self._written[0] != key:
            lines = page(self.year, self.weeks, width, self.app.size.height, self.first_weekday, self.currency)
            self._written = (key, lines)
        return self._written[1]

    def action_span(self, weeks: int) -> None:
        """Show so many weeks, from the top."""
        self.weeks = weeks
        sheet = self.query_one(Sheet)
        sheet.top = 0
        sheet.scroll_by(0)
        self.query_one(Keycaps).show(self._caps())

    def action_other(self) -> None:
        """The other of the two."""
        self.action_span(next(weeks for weeks in SPANS.values() if weeks != self.weeks))

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked."""
        if message.key in SPANS:
            self.action_span(SPANS[message.key])
        elif message.key == "↑↓":
            self.action_scroll(15)
        else:
            self.action_leave()

    def _caps(self) -> list[Cap]:
        spans = [
            Cap(
                key,
                # Which of the two is shown is told by a sign, not by its colour alone.
                ("‹{}›" if weeks == self.weeks else "{}").format(
                    ngettext("{n} week", "{n} weeks", weeks).format(n=weeks)
                ),
                "bold $primary" if weeks == self.weeks else "",
            )
            for key, weeks in SPANS.items()
        ]
        return [*spans, Cap("↑↓", _("further")), Cap("esc", _("close"))]


#: More channels than this are one line of text.
CHANNELS = 5

#: How many weeks' estimates are shown, the last.
ESTIMATES = 6

#: A day's shade is one of four, each for so many quarters of an hour more.
QUARTER_HOUR = 15 * MINUTE


def page(
    all_weeks: LongerReport, weeks: int, width: int, screen: int, first_weekday: int = 0, currency: str = "EUR"
) -> list[Content]:
    """The lines of the page at a width, for a screen so many lines high."""
    found = all_weeks.last(weeks)
    (time, *channels), others, logged = _time(found), _others(found), _logged(found)
    room = WeekLayout.of(len(found.weeks), width, (time, *channels, *others, logged))
    high = 3 if screen < 32 else 4 if screen < 48 else 6
    low = 2 if screen < 48 else 3
    axis = _axis(found.weeks[-room.weeks :], room)
    lines = [*_head(found, width), ink.BLANK, *week_chart(time, room, high), *axis]
    for chart in channels:
        lines += [ink.BLANK, *week_chart(chart, room, low)]
    lines += [*axis, ink.BLANK]
    for chart in others:
        lines += [*week_chart(chart, room, low), ink.BLANK]
    lines += [*week_chart(logged, room, 1), *axis]
    if room.weeks < len(found.weeks):
        says = ngettext("there is room for {n} week", "there is room for {n} weeks", room.weeks)
        lines.append(ink.text(says.format(n=room.weeks), "$faint"))
    lines += [ink.BLANK, *_estimates(found, width), ink.BLANK, *_stories(found, width, currency)]
    return [*lines, *_year(all_weeks, width, first_weekday)]


def _head(found: LongerReport, width: int) -> list[Content]:
    """Which weeks, how much of them is known, and how the last of them went as against the ones before."""
    first, last = found.weeks[0].dates[0], found.weeks[-1].dates[-1]
    logged, days = found.coverage
    span = f"{format_near_date(first, '')} – {format_near_date(last, '')}"
    covered = say_logged(logged, days, over=days == 7 * len(found.weeks))
    lines = ink.packed([ink.text(span, "bold $strong"), ink.text(covered, "$faint")], "  ·  ", width)
    said = say_shift(found)
    return lines + (ink.wrapped(said, width) if said else [])


def _time(found: LongerReport) -> list[WeekChart]:
    """Social time, then each channel, those on one scale."""
    total = [one.seconds for one in found.weeks]
    charts = [_chart(found, _("Social time"), lambda one: one.seconds, _spell, "$primary", _top(total))]
    names = list(found.channels)[:CHANNELS]
    most = max((one.channels.get(name, 0) for one in found.weeks for name in names), default=0)
    return charts + [
        _chart(found, found.channels[name], _of_channel(name), _spell, hue(name), max(most, 1), with_most=False)
        for name in names
    ]


def _of_channel(name: str) -> Callable[[WeekFigures], float | None]:
    return lambda one: None if one.seconds is None else one.channels.get(name, 0)


def _others(found: LongerReport) -> list[WeekChart]:
    kept, planned = sum(one.kept for one in found.weeks), sum(one.planned for one in found.weeks)
    said = _("{n} of {days}").format(n=kept, days=planned)
    checks = [one.checks_a_day for one in found.weeks]
    charts = [
        _chart(
            found,
            _("Checks a day"),
            lambda one: one.checks_a_day,
            lambda n: str(round_to_int(n)),
            "$flag",
            _top(checks),
        ),
        WeekChart(
            _("Plans kept"),
            tuple(one.plan_kept for one in found.weeks),
            1,
            "$good",
            format_percent(kept / planned) if planned else "–",
            (said,),
            tuple("" if one.plan_kept is None else str(round_to_int(100 * one.plan_kept)) for one in found.weeks),
        ),
        _counted(found, _("New leads"), lambda one: one.leads, "$good"),
        _counted(found, _("Talks"), lambda one: one.contacts, "$channel-teal"),
    ]
    if any(one.commitments for one in found.weeks):
        charts.append(_commitments(found))
    return charts


def _logged(found: LongerReport) -> WeekChart:
    """How much of each week is known: below all figures, as they rest on it."""
    logged, days = found.coverage
    values = tuple(float(one.logged) if one.elapsed else None for one in found.weeks)
    shorts = tuple(str(one.logged) for one in found.weeks)
    return WeekChart(_("Days logged"), values, 7, "$faint", _("{n} of {days}").format(n=logged, days=days), (), shorts)


def _estimates(found: LongerReport, width: int) -> list[Content]:
    """What the user thought each week was, before its figures were shown, beside what was logged."""
    lines = [ink.text(_("What you thought it was"), "bold $primary")]
    said = [one for one in found.weeks if one.estimate is not None and one.seconds is not None][-ESTIMATES:]
    if not said:
        return lines + ink.wrapped(_("a review asks for it first; no week has an estimate yet"), width, "$faint")
    most = max(max(one.estimate or 0, one.seconds or 0) for one in said)
    rows = [
        Bar(label, "$faint" if thought else "$foreground", ((time, style, ""),), most, format_duration(time), detail)
        for one in said
        for label, thought, time, style, detail in (
            (format_week(one.week), False, one.seconds or 0, "$primary", _("logged")),
            ("", True, one.estimate or 0, "$faint", say_distortion(one)),
        )
    ]
    return lines + bars(rows, min(width, 100))


def _whole(value: float) -> str:
    return str(round_to_int(value))


def _stories(found: LongerReport, width: int, currency: str) -> list[Content]:
    """Each verdict and what came of it, under the channel it was given on; nothing where there is none."""
    lines: list[Content] = []
    told = None
    for one in found.stories:
        name = one.chapter.verdict.channel
        if one.title != told:
            lines.append(ink.text(one.title, f"bold {hue(name)}" if name else "bold"))
            told = one.title
        lines += [ink.row("  ", line) for line in ink.wrapped(say_story(one, currency), width - 2)]
        if one.chapter.verdict.why:
            lines += [
                ink.row("    ", line)
                for line in ink.wrapped(in_quotation_marks(one.chapter.verdict.why), width - 4, "$faint")
            ]
    head = [ink.text(_("Verdicts, and what came of them"), "bold $primary")]
    return [*head, *lines, ink.BLANK] if lines else []


def _commitments(found: LongerReport) -> WeekChart:
    kept, made = sum(one.commitments_kept for one in found.weeks), sum(one.commitments for one in found.weeks)
    return WeekChart(
        _("Commitments kept"),
        tuple(one.commitment_kept for one in found.weeks),
        1,
        "$good",
        _("{n} of {days}").format(n=kept, days=made),
    )


def _chart(
    found: LongerReport,
    label: str,
    figure: Callable[[WeekFigures], float | None],
    say: Callable[[float], str],
    style: str,
    most: float,
    *,
    with_most: bool = True,
) -> WeekChart:
    values = tuple(figure(one) for one in found.weeks)
    usual = found.usual(figure)
    details = [_("median week")] if usual is not None else []
    if with_most and any(value is not None for value in values):
        details.append(_("most {most}").format(most=say(max(value for value in values if value is not None))))
    said = "–" if usual is None else say(usual)
    shorts = tuple("" if value is None else _short(value, say) for value in values)
    longs = tuple("" if value is None else say(value) for value in values)
    return WeekChart(label, values, most, style, said, tuple(details), shorts, longs)


def _counted(found: LongerReport, label: str, figure: Callable[[WeekFigures], float | None], style: str) -> WeekChart:
    values = tuple(figure(one) for one in found.weeks)
    total = sum(value for value in values if value is not None)
    return WeekChart(
        label,
        values,
        _top(values),
        style,
        f"{total:g}",
        (_("in all"),),
        tuple("" if value is None else f"{value:g}" for value in values),
    )


def _top(values: Iterable[float | None]) -> float:
    return max((value for value in values if value is not None), default=0) or 1


def _spell(seconds: float) -> str:
    return format_duration(round_to_int(seconds))


def _short(value: float, say: Callable[[float], str]) -> str:
    """`9h`, `40′`: in three cells, hours without minutes."""
    if say is not _spell:
        return say(value)
    return f"{round_to_int(value / HOUR)}h" if value >= HOUR else f"{round_to_int(value / MINUTE)}′"


def _axis(weeks: Sequence[WeekFigures], room: WeekLayout) -> list[Content]:
    """Weeks by their number where there is room, months below all."""
    lines = [habit_marks.months([one.dates[0] for one in weeks], room.cell)]
    if room.numbered:
        numbers = "".join(format_week(one.week).rpartition("-")[2].ljust(room.cell) for one in weeks)
        lines.insert(0, ink.text(numbers, "$faint"))
    return [ink.row(" " * room.label, line) for line in lines]


def _year(found: LongerReport, width: int, first_weekday: int) -> list[Content]:
    """Every day of the year as a shade, and what the shades mean."""
    known = dict(found.days)
    step = _step([seconds for seconds in known.values() if seconds])

    def square(date: str, cell: int) -> Content:
        if date not in known:
            return Content(" " * cell)
        seconds = known[date]
        if seconds is None:
            return Content.styled("?".ljust(cell), "$faint")
        return _shade(-(-seconds // step), cell)

    last = found.days[-1][0] if found.days else found.weeks[-1].dates[-1]
    grid = habit_marks.calendar(last, width, square, first_weekday)
    return [
        ink.text(_("Every day, by its social time"), "bold $primary"),
        ink.BLANK,
        *grid,
        ink.BLANK,
        *ink.packed(_legend(step), "  ", width),
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
    return Content.styled(ink.SHADES[level] * cell, f"$heat-{level}")


def _legend(step: int) -> list[Content]:
    said = [_("none")]
    said += [_("up to {time}").format(time=format_duration(step * level)) for level in (1, 2, 3)]
    said.append(_("more"))
    shades = [ink.row(_shade(level, 1), " ", ink.text(says, "$faint")) for level, says in enumerate(said)]
    return [*shades, ink.row(ink.text("?", "$faint"), " ", ink.text(_("not logged"), "$faint"))]
