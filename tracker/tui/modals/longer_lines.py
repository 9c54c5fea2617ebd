"""What stands on the page of the longer look: charts by week, then the year of days. Pure: figures in, lines out."""

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
from tracker.reports.longer_words import say_distortion, say_shift, say_story
from tracker.tui import ink
from tracker.tui.theme import hue
from tracker.tui.widgets import year
from tracker.tui.widgets.bars import Bar, bars
from tracker.tui.widgets.columns import Chart, Room, lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from tracker.reports.longer_look import LongerReport, WeekFigures

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
    room = Room.of(len(found.weeks), width, (time, *channels, *others, logged))
    high = 3 if screen < 32 else 4 if screen < 48 else 6
    low = 2 if screen < 48 else 3
    axis = _axis(found.weeks[-room.weeks :], room)
    lines = [*_head(found, width), ink.BLANK, *lines_of(time, room, high), *axis]
    for chart in channels:
        lines += [ink.BLANK, *lines_of(chart, room, low)]
    lines += [*axis, ink.BLANK]
    for chart in others:
        lines += [*lines_of(chart, room, low), ink.BLANK]
    lines += [*lines_of(logged, room, 1), *axis]
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


def _time(found: LongerReport) -> list[Chart]:
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


def _others(found: LongerReport) -> list[Chart]:
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
        Chart(
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


def _logged(found: LongerReport) -> Chart:
    """How much of each week is known: below all figures, as they rest on it."""
    logged, days = found.coverage
    values = tuple(float(one.logged) if one.elapsed else None for one in found.weeks)
    shorts = tuple(str(one.logged) for one in found.weeks)
    return Chart(_("Days logged"), values, 7, "$faint", _("{n} of {days}").format(n=logged, days=days), (), shorts)


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


def _commitments(found: LongerReport) -> Chart:
    kept, made = sum(one.commitments_kept for one in found.weeks), sum(one.commitments for one in found.weeks)
    return Chart(
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
) -> Chart:
    values = tuple(figure(one) for one in found.weeks)
    usual = found.usual(figure)
    details = [_("median week")] if usual is not None else []
    if with_most and any(value is not None for value in values):
        details.append(_("most {most}").format(most=say(max(value for value in values if value is not None))))
    said = "–" if usual is None else say(usual)
    shorts = tuple("" if value is None else _short(value, say) for value in values)
    longs = tuple("" if value is None else say(value) for value in values)
    return Chart(label, values, most, style, said, tuple(details), shorts, longs)


def _counted(found: LongerReport, label: str, figure: Callable[[WeekFigures], float | None], style: str) -> Chart:
    values = tuple(figure(one) for one in found.weeks)
    total = sum(value for value in values if value is not None)
    return Chart(
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


def _axis(weeks: Sequence[WeekFigures], room: Room) -> list[Content]:
    """Weeks by their number where there is room, months below all."""
    lines = [year.months([one.dates[0] for one in weeks], room.cell)]
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
    grid = year.calendar(last, width, square, first_weekday)
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
