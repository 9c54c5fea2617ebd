"""A week as plain text; bars only where a terminal can draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import weekday
from tracker.calendar.durations import HOUR, say_duration
from tracker.calendar.say import say_date, say_week_span
from tracker.calendar.weeks import say_week
from tracker.cli import week_beside
from tracker.cli.habit_text import week_lines
from tracker.cli.outcome import say_outcome
from tracker.cli.patterns import say_findings
from tracker.cli.status import say_checks, say_sessions
from tracker.cli.text import columns, draws, left, table, width, wrapped
from tracker.locale import _, ngettext
from tracker.reports import totals
from tracker.reports.compare import say_purpose
from tracker.reports.coverage import say_logged
from tracker.reports.pictures import bar
from tracker.reports.tally import say_talks, say_twice
from tracker.services import habit_keeping

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.reports.values import Week

#: How many columns the longest bar takes.
BAR = 24


def lines(context: Context, found: Week) -> list[str]:
    """The week: its figures with their coverage, its days, channels, purposes, patterns and what it brought."""
    room = columns()
    title = f"{say_week(found.week)} · {say_week_span(found.week, weekday(found.dates[0]))}"
    said = [title, *wrapped(_figures(found), room, "  ")]
    said += ["", *_days(context, found, room)]
    if found.channels:
        doubled = say_twice(totals.twice(found))
        said += ["", *_channels(found, room), *(wrapped(doubled, room, "  ") if doubled else [])]
    if any(one.seconds for one in found.purposes):
        said += ["", *wrapped(_purposes(found), room, "  ")]
    if found.checks and room >= 78:
        said += ["", *_hours(found, context.settings.day_starts_at // HOUR)]
    kept = habit_keeping.habits(context.workspace, found.dates[-1])
    if kept:
        said += ["", *week_lines(kept, found.dates, room)]
    beside = [*_beside(context, found), *week_beside.lines(context, found)]
    if beside:
        said += ["", *(part for line in beside for part in wrapped(line, room, "  "))]
    said += ["", *say_findings(found.patterns, room, context.today)]
    worth = _worth(found)
    return [*said, "", *wrapped(worth, room, "  ")] if worth else said


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
        said = [_("social {seconds}").format(seconds=say_duration(found.seconds)), say_checks(found.checks)]
    if found.usual_seconds is not None:
        usual = ngettext(
            "usual {seconds} (from {n} week, {logged} of {days} days logged)",
            "usual {seconds} (from {n} weeks, {logged} of {days} days logged)",
            found.usual_weeks,
        )
        said.append(
            usual.format(
                seconds=say_duration(found.usual_seconds),
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
            rows.append((say_date(day.date), "", "", "" if day.date > context.today else _("not logged")))
            continue
        line = bar(day.seconds, most, BAR) if draws() else ""
        rows.append((say_date(day.date), say_duration(day.seconds), say_checks(day.checks), line))
    return table(rows, "<>><", room)


def _channels(found: Week, room: int) -> list[str]:
    most = max(total.seconds for total in found.channels)
    rows = [
        (
            total.title,
            say_duration(total.seconds),
            say_sessions(total.sessions),
            say_checks(total.checks) if total.checks else "",
            bar(total.seconds, most, BAR) if draws() else "",
        )
        for total in found.channels
    ]
    return table(rows, "<>>><", room)


def _purposes(found: Week) -> str:
    return " · ".join(
        f"{say_purpose(one.purpose)} {say_duration(one.seconds)}" for one in found.purposes if one.seconds
    )


def _beside(context: Context, found: Week) -> list[str]:
    said = []
    if found.urges:
        said.append(ngettext("{n} urge resisted", "{n} urges resisted", found.urges).format(n=found.urges))
    if found.talks:
        said.append(say_talks(dict(found.contacts), found.people))
    return said + [say_outcome(one, context.settings.currency) for one in found.outcomes]


def _hours(found: Week, first_hour: int) -> list[str]:
    """Checks by day and hour of the clock from `first_hour` on, as the day goes; · for none."""
    order = [(first_hour + hour) % 24 for hour in range(24)]
    named = [say_date(date).split(" ")[0] for date in found.dates]
    space = max(map(width, named))
    lines = [_("checks by hour"), f"{' ' * space} " + "".join(f"{hour:>3}" for hour in order)]
    for name, counts in zip(named, found.hours, strict=True):
        if any(counts):
            cells = (min(counts[hour] or 0, 99) or "·" for hour in order)
            lines.append(f"{left(name, space)} " + "".join(f"{cell:>3}" for cell in cells))
    return lines
