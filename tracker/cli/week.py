"""`tracker week`: a week as text or JSON, and with `--weeks N` the longer look over several weeks.

What only the text needs is imported where it is written: `tracker week --json` does without it.
"""

from __future__ import annotations

from tracker.analytics.day_slices import double_counted_seconds, say_logged
from tracker.analytics.patterns.pattern import NOT_ENOUGH
from tracker.calendar.clock import iso
from tracker.calendar.days import weekday
from tracker.cli.context import Context, columns, draws_blocks
from tracker.cli.parser import Argument, Command, Option, ParsedArguments
from tracker.domain.models import HOUR
from tracker.formatting import text as wording
from tracker.formatting import times
from tracker.formatting.numbers import round_to_int
from tracker.formatting.plain_text import bar, cell_width, format_table, ljust, wrap
from tracker.formatting.serialize import OUTCOME, row
from tracker.locale import N_, _, ngettext, plural
from tracker.services import habit_keeping, queries, reviewing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.reports.longer_look import LongerReport, VerdictResult, WeekFigures
    from tracker.reports.week import Week


def show_week(context: Context, args: ParsedArguments) -> None:
    """Show a week, or with --weeks the longer look up to it."""
    name = context.workspace.this_week()
    if words := " ".join(args.several("WEEK")):
        from tracker.calendar.words import parse_week  # it imports `re`

        name = parse_week(words, context.today, context.workspace.first_weekday())
    if weeks := args.weeks():
        show_longer_look(context, name, weeks)
        return
    report = queries.week(context.workspace, name, with_worth=True)
    context.answer(lambda: _week_json(context, report), lambda: week_lines(context, report))


def _week_json(context: Context, week: Week) -> dict[str, Any]:
    """Every key of the contract, and a few more."""
    from tracker.reports import json_rows
    from tracker.reports.worth_columns import worth_json

    results = reviewing.commitment_results(context.workspace, week.week)
    titles = {channel.name: channel.title for channel in queries.all_channels(context.workspace)} if results else {}
    # A draft is no written review.
    written = reviewing.written_review(context.workspace, week.week)
    review = None
    if written:
        from tracker.reports.comparison import change_row

        changed = reviewing.week_changes(context.workspace, week)
        review = json_rows.review_row(written) | {"changes_since": list(map(change_row, changed))}
    return {
        "week": week.week,
        "from": week.dates[0],
        "to": week.dates[-1],
        **row(week, "seconds checks usual_seconds usual_for_days=usual_for"),
        **row(week, "usual_weeks usual_logged_days=usual_days"),
        **row(week, "logged_days elapsed_days=elapsed"),
        "days": [row(day, "date seconds checks logged") for day in week.days],
        **json_rows.total_rows(week, known=week.seconds is not None),
        "hours": [list(hours) for hours in week.hours],
        "patterns": [json_rows.finding_row(finding) for finding in week.patterns],
        "worth": worth_json(week.worth) if week.worth else [],
        "habits": [
            json_rows.habit_week_row(habit, week.dates)
            for habit in habit_keeping.habits(context.workspace, week.dates[-1])
        ],
        "commitments": [json_rows.commitment_result_row(result, titles) for result in results],
        "contacts": dict(week.contacts),
        "people": week.people,
        "outcomes": [row(outcome, OUTCOME) for outcome in week.outcomes],
        "urges": week.urges,
        "review": review,
    }


COMMANDS = {
    "week": Command(
        show_week,
        (Argument("WEEK", "any"),),
        (Option(("--weeks",), "N", N_("show N weeks up to WEEK, such as 13 or 52")),),
        reads=("weeks",),
    )
}


#: How many columns the longest bar takes in the table of a week.
BAR = 24


def week_lines(context: Context, week: Week) -> list[str]:
    """The week: its figures with their coverage, its days, channels, purposes, patterns and what it brought."""
    from tracker.cli.habit import week_lines as habit_lines
    from tracker.reports.comparison import say_purpose

    width = columns()
    title = f"{times.format_week(week.week)} · {times.format_week_dates(week.week, weekday(week.dates[0]))}"
    lines = [title, *wrap(_figures(week), width, "  "), "", *_day_table(context, week, width)]
    if week.channels:
        simultaneous = wording.format_simultaneous(double_counted_seconds(week))
        lines += ["", *_channel_table(week, width), *(wrap(simultaneous, width, "  ") if simultaneous else [])]
    purposes = [total for total in week.purposes if total.seconds]
    if any(total.purpose for total in purposes):
        figures = [f"{say_purpose(total.purpose)} {times.format_duration(total.seconds)}" for total in purposes]
        lines += ["", *wrap(" · ".join(figures), width, "  ")]
    elif purposes:
        lines += ["", *wrap(_say_unnamed(context, week.week), width, "  ")]
    if week.checks and width >= 78:
        lines += ["", *_hour_table(week, context.settings.day_starts_at // HOUR)]
    habits = habit_keeping.habits(context.workspace, week.dates[-1])
    if habits:
        lines += ["", *habit_lines(habits, week.dates, width)]
    remarks = _remarks(context, week)
    if remarks:
        lines += ["", *(part for remark in remarks for part in wrap(remark, width, "  "))]
    lines += ["", *_pattern_lines(week, width, context.today)]
    verdicts = _say_verdicts(week)
    return [*lines, "", *wrap(verdicts, width, "  ")] if verdicts else lines


def _pattern_lines(week: Week, width: int, today: str) -> list[str]:
    """Each pattern with its evidence; those that need more data are counted."""
    from tracker.cli.patterns import say_flags
    from tracker.reports.patterns import Flag

    judged = [Flag(finding) for finding in week.patterns if finding.state != NOT_ENOUGH]
    lines = say_flags(judged, width, today)
    if count := len(week.patterns) - len(judged):
        message = plural(
            count,
            "? {n} pattern needs more data; `tracker patterns` shows what it needs",
            "? {n} patterns need more data; `tracker patterns` shows what each needs",
        )
        lines += wrap(message, width, "  ")
    return lines


def _say_unnamed(context: Context, week: str) -> str:
    """How to say what the time was for: once for all that was measured on a channel, else session by session."""
    from tracker.reports.review import say_how_to_name

    to_name = reviewing.channels_to_ask_about(context.workspace, week)
    if not to_name:
        return _("no activities named; `tracker edit ID activity=reply` names one")
    return wording.join_phrases(_("no activities named"), say_how_to_name(week, to_name))


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
    from tracker.reports.week import say_usual

    figures = []
    if week.seconds is not None and week.checks is not None:
        social = _("social {seconds}").format(seconds=times.format_duration(week.seconds))
        figures = [social, wording.format_checks(week.checks)]
    if week.usual_seconds is not None:
        usual = ngettext(
            "usual {seconds} (from {n} week, {logged} of {days} days logged)",
            "usual {seconds} (from {n} weeks, {logged} of {days} days logged)",
            week.usual_weeks,
        )
        seconds, days = say_usual(week.usual_seconds, week.usual_for), 7 * week.usual_weeks
        figures.append(usual.format(seconds=seconds, n=week.usual_weeks, logged=week.usual_days, days=days))
    return " · ".join([*figures, say_logged(week.logged_days, week.elapsed, over=week.over)])


def _day_table(context: Context, week: Week, width: int) -> list[str]:
    most = max((day.seconds or 0 for day in week.days), default=0)
    rows = []
    for day in week.days:
        if day.seconds is None or day.checks is None:
            rows.append((times.format_date(day.date), "", "", "" if day.date > context.today else _("not logged")))
            continue
        seconds, checks = times.format_duration(day.seconds), wording.format_checks(day.checks)
        rows.append((times.format_date(day.date), seconds, checks, _bar(day.seconds, most)))
    return format_table(rows, "<>><", width)


def _channel_table(week: Week, width: int) -> list[str]:
    most = max(total.seconds for total in week.channels)
    rows = []
    for total in week.channels:
        checks = wording.format_checks(total.checks) if total.checks else ""
        counts = wording.format_sessions(total.sessions), checks
        rows.append((total.title, times.format_duration(total.seconds), *counts, _bar(total.seconds, most)))
    return format_table(rows, "<>>><", width)


def _bar(seconds: int, most: int, width: int = BAR) -> str:
    """A bar of at most `width` columns; empty where the terminal draws no blocks."""
    return bar(seconds, most, width) if draws_blocks() else ""


def _hour_table(week: Week, first_hour: int) -> list[str]:
    """Checks by day and hour of the clock from `first_hour` on, as the day goes; · for none."""
    order = [(first_hour + hour) % 24 for hour in range(24)]
    weekdays = [times.format_short_weekday(date) for date in week.dates]
    space = max(map(cell_width, weekdays))
    lines = [_("checks by hour"), f"{' ' * space} " + "".join(f"{hour:>3}" for hour in order)]
    for name, counts in zip(weekdays, week.hours, strict=True):
        if any(counts):
            cells = (min(counts[hour] or 0, 99) or "·" for hour in order)
            lines.append(f"{ljust(name, space)} " + "".join(f"{cell:>3}" for cell in cells))
    return lines


def _remarks(context: Context, week: Week) -> list[str]:
    """Urges, talks, outcomes, how the commitments went, and the review."""
    from tracker.cli.log import say_outcome

    remarks = []
    if week.urges:
        remarks.append(wording.format_urge_count(week.urges))
    if week.talks:
        remarks.append(wording.format_talks(dict(week.contacts), week.people))
    remarks += [say_outcome(outcome, context.settings.currency) for outcome in week.outcomes]
    results = reviewing.commitment_results(context.workspace, week.week)
    if results:
        from tracker.reports.commitment_words import say_commitment, say_result

        remarks += [f"{say_commitment(each.commitment)} {wording.as_sentence(say_result(each))}" for each in results]
    return remarks + _review_remarks(context, week)


def _review_remarks(context: Context, week: Week) -> list[str]:
    review = reviewing.written_review(context.workspace, week.week)
    if review and review.written is not None:
        date = times.format_near_date(iso(review.written, review.zone)[:10], context.today)
        remarks = [_("reviewed {date}; `tracker review {week}` shows it").format(date=date, week=week.week)]
        changed = reviewing.week_changes(context.workspace, week)
        if changed:
            from tracker.reports.comparison import say_changes

            remarks.append(_("changed since that review: {changes}").format(changes=say_changes(changed)))
        return [*remarks, wording.in_quotation_marks(review.words)] if review.words else remarks
    if reviewing.is_begun(context.workspace, week.week):
        return [_("review started; `tracker review {week}` shows the draft").format(week=week.week)]
    return []


#: How many columns the longest bar takes in the longer look.
WEEK_BAR = 16


def show_longer_look(context: Context, week: str, weeks: int) -> None:
    """Show the `weeks` weeks up to `week`."""
    from tracker.reports.longer_look import longer_look

    report = longer_look(context.workspace, week, weeks=weeks)
    context.answer(
        lambda: _longer_json(report), lambda: _longer_lines(report, context.settings.currency, context.today)
    )


def _longer_json(report: LongerReport) -> dict[str, Any]:
    logged, days = report.coverage
    return {
        "from": report.weeks[0].dates[0],
        "to": report.weeks[-1].dates[-1],
        "logged_days": logged,
        "elapsed_days": days,
        "usual_seconds": report.usual_seconds(),
        "weeks": [_week_row(week) for week in report.weeks],
        "channels": list(report.channels),
        "verdicts": [_verdict_row(result) for result in report.verdicts],
        "days": [{"date": date, "seconds": seconds} for date, seconds in report.days],
    }


def _verdict_row(result: VerdictResult) -> dict[str, Any]:
    """The verdict, and the seconds in seven logged days before it and since, with the number of logged days."""
    follow_up, verdict = result.follow_up, result.follow_up.verdict
    return {
        **row(verdict, "week channel verdict computed why"),
        **row(follow_up.before, "seconds_before=weekly_seconds logged_days_before=days"),
        **row(follow_up.after, "seconds_since=weekly_seconds logged_days_since=days"),
        "leads_since": follow_up.leads,
    }


def _week_row(week: WeekFigures) -> dict[str, Any]:
    return {
        "week": week.week,
        "from": week.dates[0],
        "to": week.dates[-1],
        **row(week, "logged_days=logged elapsed_days=elapsed seconds channels checks checks_per_day=checks_a_day"),
        "plans": None if week.seconds is None else week.planned,
        "plans_kept": None if week.seconds is None else week.kept,
        **row(week, "leads contacts commitments commitments_kept estimate_seconds=estimate"),
    }


def _longer_lines(report: LongerReport, currency: str, today: str) -> list[str]:
    """A line for each week, the latest last, under one on all of them."""
    from tracker.reports.longer_look import say_shift, say_verdict_result

    width = columns()
    first, last = report.weeks[0], report.weeks[-1]
    span = f"{times.format_near_date(first.dates[0], today)} – {times.format_near_date(last.dates[-1], today)}"
    title = f"{times.format_week(first.week)} – {times.format_week(last.week)} · {span}"
    usual = report.usual_seconds()
    figures = []
    if usual is not None:
        figures = [_("median week {seconds}").format(seconds=times.format_duration(usual))]
    logged, days = report.coverage
    over = days == 7 * len(report.weeks)
    figures += [say_logged(logged, days, over=over), *filter(None, [say_shift(report)])]
    head = (_("week"), _("logged"), _("social"), _("checks"), _("on plan"), _("leads"), _("talks"), "")
    most = max((week.seconds or 0 for week in report.weeks), default=0)
    table = format_table([head, *(_week_cells(week, most) for week in report.weeks)], "<>>>>>><", width)
    lines = [*wrap(title, width, "  "), *wrap(" · ".join(figures), width, "  "), "", *table]
    lines += wrap(_("checks per logged day · planned sessions that ended on plan · – unknown"), width)
    if report.channels:
        lines += ["", *_longer_channel_table(report, width)]
    for result in report.verdicts:
        lines += ["", *wrap(wording.labelled(result.title, say_verdict_result(result, currency)), width, "  ")]
        if result.follow_up.verdict.why:
            lines += wrap("  " + wording.in_quotation_marks(result.follow_up.verdict.why), width, "  ")
    return lines


def _week_cells(week: WeekFigures, most: int) -> tuple[str, ...]:
    """`–` is what is not known, or cannot be: a plan kept where none was made."""
    is_known = week.seconds is not None
    return (
        times.format_week(week.week),
        f"{week.logged}/{week.elapsed}",
        times.format_duration(week.seconds) if week.seconds is not None else "–",
        str(round_to_int(week.checks_a_day)) if week.checks_a_day is not None else "–",
        f"{week.kept}/{week.planned}" if week.planned else "–",
        "–" if week.leads is None or not is_known else str(week.leads),
        str(week.contacts) if is_known else "–",
        _bar(week.seconds, most, WEEK_BAR) if week.seconds else "",
    )


def _longer_channel_table(report: LongerReport, width: int) -> list[str]:
    """Each channel: its total, and its weeks as a line of heights where those can be drawn."""
    rows = []
    for name, title in report.channels.items():
        values = [None if week.seconds is None else week.channels.get(name, 0) for week in report.weeks]
        heights = _heights(values) if draws_blocks() else ""
        rows.append((title, times.format_duration(sum(value or 0 for value in values)), heights))
    return format_table(rows, "<><", width)


def _heights(values: list[int | None]) -> str:
    """One sign for each week; `·` for one of which nothing is known."""
    most = max((value or 0 for value in values), default=0)
    return "".join("·" if value is None else _height(value, most) for value in values)


def _height(value: int, most: int) -> str:
    return "▁▂▃▄▅▆▇█"[min(7, value * 8 // most)] if most else "▁"
