"""`tracker week --weeks N`: the longer look over several weeks, as text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.analytics.day_slices import say_logged
from tracker.cli.context import Context
from tracker.cli.terminal import columns, draws_blocks
from tracker.formatting.numbers import round_to_int
from tracker.formatting.plain_text import bar, format_table, wrap
from tracker.formatting.serialize import row
from tracker.formatting.text import in_quotation_marks, labelled
from tracker.formatting.times import format_duration, format_near_date, format_week
from tracker.locale import _

if TYPE_CHECKING:
    from tracker.reports.longer_look import LongerReport, VerdictResult, WeekFigures

#: How many columns the longest bar takes.
BAR = 16


def show_longer_look(context: Context, week: str, weeks: int) -> None:
    """Show the `weeks` weeks up to `week`."""
    from tracker.reports.longer_look import longer_look

    report = longer_look(context.workspace, week, weeks=weeks)
    context.answer(lambda: _as_json(report), lambda: _lines(report, context.settings.currency, context.today))


def _as_json(report: LongerReport) -> dict[str, Any]:
    logged, days = report.coverage
    usual = report.usual(lambda week: week.seconds)
    return {
        "from": report.weeks[0].dates[0],
        "to": report.weeks[-1].dates[-1],
        "logged_days": logged,
        "elapsed_days": days,
        "usual_seconds": None if usual is None else round_to_int(usual),
        "weeks": [_week_row(week) for week in report.weeks],
        "channels": list(report.channels),
        "verdicts": [_verdict_row(result) for result in report.verdicts],
        "days": [{"date": date, "seconds": seconds} for date, seconds in report.days],
    }


def _verdict_row(result: VerdictResult) -> dict[str, Any]:
    """The verdict, and the seconds in seven logged days before it and since, with the number of logged days."""
    follow_up, verdict = result.follow_up, result.follow_up.verdict
    return row(verdict, "week channel verdict computed why") | {
        "seconds_before": follow_up.before.weekly_seconds,
        "logged_days_before": follow_up.before.days,
        "seconds_since": follow_up.after.weekly_seconds,
        "logged_days_since": follow_up.after.days,
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


def _lines(report: LongerReport, currency: str, today: str) -> list[str]:
    """A line for each week, the latest last, under one on all of them."""
    from tracker.reports.longer_look import say_shift, say_verdict_result

    width = columns()
    first, last = report.weeks[0], report.weeks[-1]
    span = f"{format_near_date(first.dates[0], today)} – {format_near_date(last.dates[-1], today)}"
    title = f"{format_week(first.week)} – {format_week(last.week)} · {span}"
    usual = report.usual(lambda week: week.seconds)
    figures = [] if usual is None else [_("median week {seconds}").format(seconds=format_duration(round_to_int(usual)))]
    logged, days = report.coverage
    over = days == 7 * len(report.weeks)
    figures += [say_logged(logged, days, over=over), *filter(None, [say_shift(report)])]
    head = (_("week"), _("logged"), _("social"), _("checks"), _("on plan"), _("leads"), _("talks"), "")
    most = max((week.seconds or 0 for week in report.weeks), default=0)
    table = format_table([head, *(_week_cells(week, most) for week in report.weeks)], "<>>>>>><", width)
    lines = [*wrap(title, width, "  "), *wrap(" · ".join(figures), width, "  "), "", *table]
    lines += wrap(_("checks per logged day · planned sessions that ended on plan · – unknown"), width)
    if report.channels:
        lines += ["", *_channel_table(report, width)]
    for result in report.verdicts:
        lines += ["", *wrap(labelled(result.title, say_verdict_result(result, currency)), width, "  ")]
        if result.follow_up.verdict.why:
            lines += wrap("  " + in_quotation_marks(result.follow_up.verdict.why), width, "  ")
    return lines


def _week_cells(week: WeekFigures, most: int) -> tuple[str, ...]:
    """`–` is what is not known, or cannot be: a plan kept where none was made."""
    is_known = week.seconds is not None
    return (
        format_week(week.week),
        f"{week.logged}/{week.elapsed}",
        format_duration(week.seconds) if week.seconds is not None else "–",
        str(round_to_int(week.checks_a_day)) if week.checks_a_day is not None else "–",
        f"{week.kept}/{week.planned}" if week.planned else "–",
        str(week.leads) if is_known else "–",
        str(week.contacts) if is_known else "–",
        bar(week.seconds, most, BAR) if week.seconds and draws_blocks() else "",
    )


def _channel_table(report: LongerReport, width: int) -> list[str]:
    """Each channel: its total, and its weeks as a line of heights where those can be drawn."""
    rows = []
    for name, title in report.channels.items():
        values = [None if week.seconds is None else week.channels.get(name, 0) for week in report.weeks]
        heights = _heights(values) if draws_blocks() else ""
        rows.append((title, format_duration(sum(value or 0 for value in values)), heights))
    return format_table(rows, "<><", width)


def _heights(values: list[int | None]) -> str:
    """One sign for each week; `·` for one of which nothing is known."""
    most = max((value or 0 for value in values), default=0)
    return "".join("·" if value is None else "▁▂▃▄▅▆▇█"[min(7, value * 8 // most)] if most else "▁" for value in values)
