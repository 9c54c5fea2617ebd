"""A week as the command line shows it: lines of text, with bars where a terminal draws them.

`tracker week --json` does without this file and what it imports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.day_slices import say_logged, twice
from tracker.analytics.patterns.pattern import NOT_ENOUGH
from tracker.calendar.clock import iso
from tracker.calendar.days import weekday
from tracker.cli import habit_text
from tracker.cli.context import Context
from tracker.cli.patterns import say_findings
from tracker.cli.terminal import columns, draws_blocks
from tracker.domain.models import HOUR
from tracker.formatting.plain_text import bar, cell_width, format_table, ljust, wrap
from tracker.formatting.text import (
    as_sentence,
    format_checks,
    format_sessions,
    format_simultaneous,
    format_talks,
    format_urge_count,
    in_quotation_marks,
    join_phrases,
)
from tracker.formatting.times import (
    format_date,
    format_duration,
    format_near_date,
    format_short_weekday,
    format_week,
    format_week_dates,
)
from tracker.locale import _, ngettext
from tracker.reports.comparison import say_changes, say_purpose
from tracker.reports.unnamed_time import say_how_to_name
from tracker.services import habit_keeping, naming_time, reviewing

if TYPE_CHECKING:
    from tracker.reports.week import Week

#: How many columns the longest bar takes.
BAR = 24


def week_lines(context: Context, week: Week) -> list[str]:
    """The week: its figures with their coverage, its days, channels, purposes, patterns and what it brought."""
    width = columns()
    title = f"{format_week(week.week)} · {format_week_dates(week.week, weekday(week.dates[0]))}"
    lines = [title, *wrap(_figures(week), width, "  "), "", *_day_table(context, week, width)]
    if week.channels:
        simultaneous = format_simultaneous(twice(week))
        lines += ["", *_channel_table(week, width), *(wrap(simultaneous, width, "  ") if simultaneous else [])]
    purposes = [total for total in week.purposes if total.seconds]
    if any(total.purpose for total in purposes):
        figures = [f"{say_purpose(total.purpose)} {format_duration(total.seconds)}" for total in purposes]
        lines += ["", *wrap(" · ".join(figures), width, "  ")]
    elif purposes:
        lines += ["", *wrap(_say_unnamed(context, week.week), width, "  ")]
    if week.checks and width >= 78:
        lines += ["", *_hour_table(week, context.settings.day_starts_at // HOUR)]
    habits = habit_keeping.habits(context.workspace, week.dates[-1])
    if habits:
        lines += ["", *habit_text.week_lines(habits, week.dates, width)]
    remarks = _remarks(context, week)
    if remarks:
        lines += ["", *(part for remark in remarks for part in wrap(remark, width, "  "))]
    lines += ["", *_pattern_lines(week, width, context.today)]
    verdicts = _say_verdicts(week)
    return [*lines, "", *wrap(verdicts, width, "  ")] if verdicts else lines


def _pattern_lines(week: Week, width: int, today: str) -> list[str]:
    """Each pattern with its evidence; those that need more data are counted."""
    judged = [finding for finding in week.patterns if finding.state != NOT_ENOUGH]
    lines = say_findings(judged, width, today) if judged else []
    if count := len(week.patterns) - len(judged):
        message = ngettext(
            "? {n} pattern needs more data; `tracker patterns` shows what it needs",
            "? {n} patterns need more data; `tracker patterns` shows what each needs",
            count,
        )
        lines += wrap(message.format(n=count), width, "  ")
    return lines


def _say_unnamed(context: Context, week: str) -> str:
    """How to say what the time was for: once for all that was measured on a channel, else session by session."""
    to_name = naming_time.channels_to_ask_about(context.workspace, week)
    if not to_name:
        return _("no activities named; `tracker edit ID activity=reply` names one")
    return join_phrases(_("no activities named"), say_how_to_name(week, to_name))


def _say_verdicts(week: Week) -> str:
    """The verdicts in a line, the user's own where there is one; `tracker worth` has the rest."""
    from tracker.analytics.channel_worth import NOT_ENOUGH_DATA
    from tracker.reports.worth_wording import say_title, say_verdict

    if not week.worth or not week.worth.rows:
        return ""
    if all(row.effective_verdict == NOT_ENOUGH_DATA for row in week.worth.rows):
        return _("is it worth it? too early to tell; `tracker worth` shows what is missing")
    # A title and its verdict stay on one line.
    verdicts = [say_verdict(row.effective_verdict, short=True).replace(" ", "\u00a0") for row in week.worth.rows]
    named = [f"{say_title(row)}\u00a0{verdict}" for row, verdict in zip(week.worth.rows, verdicts, strict=True)]
    return _("is it worth it? {verdicts}; `tracker worth` shows why").format(verdicts=" · ".join(named))


def _figures(week: Week) -> str:
    figures = []
    if week.seconds is not None and week.checks is not None:
        figures = [_("social {seconds}").format(seconds=format_duration(week.seconds)), format_checks(week.checks)]
    if week.usual_seconds is not None:
        usual = ngettext(
            "usual {seconds} (from {n} week, {logged} of {days} days logged)",
            "usual {seconds} (from {n} weeks, {logged} of {days} days logged)",
            week.usual_weeks,
        )
        seconds, days = format_duration(week.usual_seconds), 7 * week.usual_weeks
        figures.append(usual.format(seconds=seconds, n=week.usual_weeks, logged=week.usual_days, days=days))
    return " · ".join([*figures, say_logged(week.logged_days, week.elapsed, over=week.over)])


def _day_table(context: Context, week: Week, width: int) -> list[str]:
    most = max((day.seconds or 0 for day in week.days), default=0)
    rows = []
    for day in week.days:
        if day.seconds is None or day.checks is None:
            rows.append((format_date(day.date), "", "", "" if day.date > context.today else _("not logged")))
            continue
        drawn = bar(day.seconds, most, BAR) if draws_blocks() else ""
        rows.append((format_date(day.date), format_duration(day.seconds), format_checks(day.checks), drawn))
    return format_table(rows, "<>><", width)


def _channel_table(week: Week, width: int) -> list[str]:
    most = max(total.seconds for total in week.channels)
    rows = [
        (
            total.title,
            format_duration(total.seconds),
            format_sessions(total.sessions),
            format_checks(total.checks) if total.checks else "",
            bar(total.seconds, most, BAR) if draws_blocks() else "",
        )
        for total in week.channels
    ]
    return format_table(rows, "<>>><", width)


def _hour_table(week: Week, first_hour: int) -> list[str]:
    """Checks by day and hour of the clock from `first_hour` on, as the day goes; · for none."""
    order = [(first_hour + hour) % 24 for hour in range(24)]
    weekdays = [format_short_weekday(date) for date in week.dates]
    space = max(map(cell_width, weekdays))
    lines = [_("checks by hour"), f"{' ' * space} " + "".join(f"{hour:>3}" for hour in order)]
    for name, counts in zip(weekdays, week.hours, strict=True):
        if any(counts):
            cells = (min(counts[hour] or 0, 99) or "·" for hour in order)
            lines.append(f"{ljust(name, space)} " + "".join(f"{cell:>3}" for cell in cells))
    return lines


def _remarks(context: Context, week: Week) -> list[str]:
    """Urges, talks, outcomes, how the commitments went, and the review."""
    from tracker.cli.outcome import say_outcome

    remarks = []
    if week.urges:
        remarks.append(format_urge_count(week.urges))
    if week.talks:
        remarks.append(format_talks(dict(week.contacts), week.people))
    remarks += [say_outcome(outcome, context.settings.currency) for outcome in week.outcomes]
    results = reviewing.commitment_results(context.workspace, week.week)
    if results:
        from tracker.reports.commitment_words import say_commitment, say_result

        remarks += [f"{say_commitment(result.commitment)} {as_sentence(say_result(result))}" for result in results]
    return remarks + _review_remarks(context, week)


def _review_remarks(context: Context, week: Week) -> list[str]:
    review = reviewing.written_review(context.workspace, week.week)
    if review and review.written is not None:
        date = format_near_date(iso(review.written, review.zone)[:10], context.today)
        remarks = [_("reviewed {date}; `tracker review {week}` shows it").format(date=date, week=week.week)]
        changed = reviewing.week_changes(context.workspace, week)
        if changed:
            remarks.append(_("changed since that review: {changes}").format(changes=say_changes(changed)))
        return [*remarks, in_quotation_marks(review.words)] if review.words else remarks
    if reviewing.is_begun(context.workspace, week.week):
        return [_("review started; `tracker review {week}` shows the draft").format(week=week.week)]
    return []
