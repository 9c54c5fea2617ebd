"""`tracker week`: a week as text or JSON; bars only where a terminal can draw them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.coverage import say_logged
from tracker.analytics.totals import twice
from tracker.calendar.days import weekday
from tracker.calendar.durations import HOUR
from tracker.calendar.weeks import parse_week
from tracker.calendar.zones import iso
from tracker.cli.grammar import Argument, Command, Option
from tracker.cli.habit_text import habits_until, week_lines
from tracker.cli.outcome import said as say_outcome
from tracker.cli.patterns import say_findings
from tracker.cli.terminal import columns, draws_blocks
from tracker.formatting.durations import format_duration
from tracker.formatting.tables import cell_width, format_table, ljust, wrap
from tracker.formatting.text import (
    as_sentence,
    format_checks,
    format_sessions,
    format_simultaneous,
    format_talks,
    in_quotation_marks,
)
from tracker.formatting.times import format_date, format_near_date, format_short_weekday, format_week, format_week_dates
from tracker.locale import N_, _, ngettext
from tracker.reports.comparison import say_purpose
from tracker.reports.renderers.text_charts import bar
from tracker.storage import channels, commitments, reviews

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.week import Week

#: How many columns the longest bar takes.
BAR = 24


def show_week(context: Context, given: Given) -> None:
    """Show a week, or with --weeks the longer look up to it."""
    from tracker.reports.load_days import first_weekday
    from tracker.reports.week import week

    name = parse_week(" ".join(given.all("WEEK")), context.today, first_weekday(context.settings))
    if "weeks" in given.values:
        from tracker.cli.longer import longer

        longer(context, name, given.values["weeks"])
        return
    report = week(context.journal, context.settings, name, zone=context.zone, now=context.now, with_worth=True)
    if context.json:
        context.dump(_week_json(context, report))
    else:
        context.say(*_week_lines(context, report))


def _week_json(context: Context, week: Week) -> dict[str, Any]:
    """Every key of the contract, and a few more."""
    from tracker.formatting.serialize import outcome_row
    from tracker.reports.comparison import change_row, changes
    from tracker.reports.renderers import json_rows
    from tracker.reports.worth_columns import worth_json

    results = _results(context, week.week)
    titles = {channel.name: channel.title for channel in channels.channels(context.journal)} if results else {}
    # A draft is no written review.
    written = reviews.latest(context.journal, week.week)
    review = None
    if written:
        changed = changes(context.journal, context.settings, written, week)
        review = json_rows.review_row(written) | {"changes_since": list(map(change_row, changed))}
    return {
        "week": week.week,
        "from": week.dates[0],
        "to": week.dates[-1],
        "seconds": week.seconds,
        "checks": week.checks,
        "usual_seconds": week.usual_seconds,
        "usual_weeks": week.usual_weeks,
        "usual_logged_days": week.usual_days,
        "logged_days": week.logged_days,
        "elapsed_days": week.elapsed,
        "days": [
            {"date": day.date, "seconds": day.seconds, "checks": day.checks, "logged": day.logged} for day in week.days
        ],
        "channels": json_rows.channel_total_rows(week),
        "activities": json_rows.activity_total_rows(week),
        "purposes": json_rows.purpose_total_rows(week, known=week.seconds is not None),
        "hours": [list(hours) for hours in week.hours],
        "patterns": [json_rows.finding_row(finding) for finding in week.patterns],
        "worth": worth_json(week.worth) if week.worth else [],
        "habits": [json_rows.habit_week_row(habit, week.dates) for habit in habits_until(context, week.dates[-1])],
        "commitments": [json_rows.commitment_result_row(result, titles) for result in results],
        "contacts": dict(week.contacts),
        "people": week.people,
        "outcomes": [outcome_row(outcome) for outcome in week.outcomes],
        "urges": week.urges,
        "review": review,
    }


def _results(context: Context, week: str) -> Sequence[CommitmentResult]:
    """The commitments for the week and how each went; without any, at no cost."""
    if not commitments.of_week(context.journal, week):
        return ()
    from tracker.reports.commitments import results

    return results(context.journal, context.settings, week, zone=context.zone, now=context.now)


def _week_lines(context: Context, week: Week) -> list[str]:
    """The week: its figures with their coverage, its days, channels, purposes, patterns and what it brought."""
    width = columns()
    title = f"{format_week(week.week)} · {format_week_dates(week.week, weekday(week.dates[0]))}"
    lines = [title, *wrap(_figures(week), width, "  "), "", *_day_table(context, week, width)]
    if week.channels:
        simultaneous = format_simultaneous(twice(week))
        lines += ["", *_channel_table(week, width), *(wrap(simultaneous, width, "  ") if simultaneous else [])]
    purposes = [
        f"{say_purpose(total.purpose)} {format_duration(total.seconds)}" for total in week.purposes if total.seconds
    ]
    if purposes:
        lines += ["", *wrap(" · ".join(purposes), width, "  ")]
    if week.checks and width >= 78:
        lines += ["", *_hour_table(week, context.settings.day_starts_at // HOUR)]
    habits = habits_until(context, week.dates[-1])
    if habits:
        lines += ["", *week_lines(habits, week.dates, width)]
    remarks = _remarks(context, week)
    if remarks:
        lines += ["", *(part for remark in remarks for part in wrap(remark, width, "  "))]
    lines += ["", *say_findings(week.patterns, width, context.today)]
    verdicts = _say_verdicts(week)
    return [*lines, "", *wrap(verdicts, width, "  ")] if verdicts else lines


def _say_verdicts(week: Week) -> str:
    """The verdicts in a line, the user's own where there is one; `tracker worth` has the rest."""
    from tracker.reports.worth_wording import say_title, say_verdict

    if not week.worth or not week.worth.rows:
        return ""
    # A title and its verdict stay on one line.
    verdicts = [say_verdict(row.effective_verdict, short=True).replace(" ", "\u00a0") for row in week.worth.rows]
    named = [f"{say_title(row)}\u00a0{verdict}" for row, verdict in zip(week.worth.rows, verdicts, strict=True)]
    return _("is it worth it? {verdicts}; `tracker worth` says why").format(verdicts=" · ".join(named))


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
    remarks = []
    if week.urges:
        remarks.append(ngettext("{n} urge resisted", "{n} urges resisted", week.urges).format(n=week.urges))
    if week.talks:
        remarks.append(format_talks(dict(week.contacts), week.people))
    remarks += [say_outcome(outcome, context.settings.currency) for outcome in week.outcomes]
    results = _results(context, week.week)
    if results:
        from tracker.reports.commitment_words import say_commitment, say_result

        remarks += [f"{say_commitment(result.commitment)} {as_sentence(say_result(result))}" for result in results]
    return remarks + _review_remarks(context, week)


def _review_remarks(context: Context, week: Week) -> list[str]:
    from tracker.reports.comparison import changes, say_changes

    review = reviews.latest(context.journal, week.week)
    if review and review.written is not None:
        date = format_near_date(iso(review.written, review.zone)[:10], context.today)
        remarks = [_("reviewed {date}; `tracker review {week}` shows it").format(date=date, week=week.week)]
        changed = changes(context.journal, context.settings, review, week)
        if changed:
            remarks.append(_("changed since that review: {changes}").format(changes=say_changes(changed)))
        return [*remarks, in_quotation_marks(review.words)] if review.words else remarks
    if reviews.draft(context.journal, week.week):
        return [_("its review is begun; `tracker review {week}` shows the draft").format(week=week.week)]
    return []


COMMANDS = {
    "week": Command(
        show_week,
        (Argument("WEEK", "any"),),
        (Option(("--weeks",), "N", N_("the longer look: N weeks up to WEEK, such as 13 or 52")),),
        N_("WEEK is 2026-W48, last, -2 or a date in it; without it, this week."),
        reads=("weeks",),
    ),
}
