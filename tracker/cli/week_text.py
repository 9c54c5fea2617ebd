"""A week as plain text; bars only where a terminal can draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics import totals
from tracker.analytics.coverage import say_logged
from tracker.calendar.days import weekday
from tracker.calendar.durations import HOUR
from tracker.cli import week_beside
from tracker.cli.habit_text import habits_until, week_lines
from tracker.cli.outcome import said as say_outcome
from tracker.cli.patterns import say_findings
from tracker.cli.terminal import columns, draws_blocks
from tracker.formatting.durations import format_duration
from tracker.formatting.tables import cell_width, format_table, ljust, wrap
from tracker.formatting.text import format_checks, format_sessions, format_simultaneous, format_talks
from tracker.formatting.times import format_date, format_short_weekday, format_week, format_week_dates
from tracker.locale import _, ngettext
from tracker.reports.comparison import say_purpose
from tracker.reports.pictures import bar

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.reports.week import Week

#: How many columns the longest bar takes.
BAR = 24


def lines(context: Context, found: Week) -> list[str]:
    """The week: its figures with their coverage, its days, channels, purposes, patterns and what it brought."""
    room = columns()
    title = f"{format_week(found.week)} · {format_week_dates(found.week, weekday(found.dates[0]))}"
    said = [title, *wrap(_figures(found), room, "  ")]
    said += ["", *_days(context, found, room)]
    if found.channels:
        doubled = format_simultaneous(totals.twice(found))
        said += ["", *_channels(found, room), *(wrap(doubled, room, "  ") if doubled else [])]
    if any(one.seconds for one in found.purposes):
        said += ["", *wrap(_purposes(found), room, "  ")]
    if found.checks and room >= 78:
        said += ["", *_hours(found, context.settings.day_starts_at // HOUR)]
    kept = habits_until(context, found.dates[-1])
    if kept:
        said += ["", *week_lines(kept, found.dates, room)]
    beside = [*_beside(context, found), *week_beside.lines(context, found)]
    if beside:
        said += ["", *(part for line in beside for part in wrap(line, room, "  "))]
    said += ["", *say_findings(found.patterns, room, context.today)]
    worth = _worth(found)
    return [*said, "", *wrap(worth, room, "  ")] if worth else said


def _worth(found: Week) -> str:
    """The verdicts in a line, the user's own where there is one: `tracker worth` has the rest."""
    from tracker.reports.worth_words import say_title, say_verdict

    if not found.worth or not found.worth.rows:
        return ""
    # What belongs together stays on one line.
    verdicts = [say_verdict(row.decided, short=True).replace(" ", "\u00a0") for row in found.worth.rows]
    said = [f"{say_title(row)}\u00a0{one}" for row, one in zip(found.worth.rows, verdicts, strict=True)]
    return _("is it worth it? {verdicts}; `tracker worth` says why").format(verdicts=" · ".join(said))


def _figures(found: Week) -> str:
    said = []
    if found.seconds is not None and found.checks is not None:
        said = [_("social {seconds}").format(seconds=format_duration(found.seconds)), format_checks(found.checks)]
    if found.usual_seconds is not None:
        usual = ngettext(
            "usual {seconds} (from {n} week, {logged} of {days} days logged)",
            "usual {seconds} (from {n} weeks, {logged} of {days} days logged)",
            found.usual_weeks,
        )
        said.append(
            usual.format(
                seconds=format_duration(found.usual_seconds),
                n=found.usual_weeks,
                logged=found.usual_days,
                days=7 * found.usual_weeks,
            )
        )
    return " · ".join([*said, say_logged(found.logged_days, found.elapsed, over=found.over)])


def _days(context: Context, found: Week, room: int) -> list[str]:
    most = max((day.seconds or 0 for day in found.days), default=0)
    rows = []
    for day in found.days:
        if day.seconds is None or day.checks is None:
            rows.append((format_date(day.date), "", "", "" if day.date > context.today else _("not logged")))
            continue
        line = bar(day.seconds, most, BAR) if draws_blocks() else ""
        rows.append((format_date(day.date), format_duration(day.seconds), format_checks(day.checks), line))
    return format_table(rows, "<>><", room)


def _channels(found: Week, room: int) -> list[str]:
    most = max(total.seconds for total in found.channels)
    rows = [
        (
            total.title,
            format_duration(total.seconds),
            format_sessions(total.sessions),
            format_checks(total.checks) if total.checks else "",
            bar(total.seconds, most, BAR) if draws_blocks() else "",
        )
        for total in found.channels
    ]
    return format_table(rows, "<>>><", room)


def _purposes(found: Week) -> str:
    return " · ".join(
        f"{say_purpose(one.purpose)} {format_duration(one.seconds)}" for one in found.purposes if one.seconds
    )


def _beside(context: Context, found: Week) -> list[str]:
    said = []
    if found.urges:
        said.append(ngettext("{n} urge resisted", "{n} urges resisted", found.urges).format(n=found.urges))
    if found.talks:
        said.append(format_talks(dict(found.contacts), found.people))
    return said + [say_outcome(one, context.settings.currency) for one in found.outcomes]


def _hours(found: Week, first_hour: int) -> list[str]:
    """Checks by day and hour of the clock from `first_hour` on, as the day goes; · for none."""
    order = [(first_hour + hour) % 24 for hour in range(24)]
    named = [format_short_weekday(date) for date in found.dates]
    space = max(map(cell_width, named))
    lines = [_("checks by hour"), f"{' ' * space} " + "".join(f"{hour:>3}" for hour in order)]
    for name, counts in zip(named, found.hours, strict=True):
        if any(counts):
            cells = (min(counts[hour] or 0, 99) or "·" for hour in order)
            lines.append(f"{ljust(name, space)} " + "".join(f"{cell:>3}" for cell in cells))
    return lines
