"""`tracker week --weeks 13`: so many weeks up to one, week by week, as text or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.coverage import say_logged
from tracker.cli.terminal import columns, draws_blocks
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import round_to_int
from tracker.formatting.tables import format_table, wrap
from tracker.formatting.text import in_quotation_marks, labelled
from tracker.formatting.times import format_near_date, format_week
from tracker.locale import _
from tracker.reports.longer_look import LongerReport, VerdictStory, WeekFigures
from tracker.reports.renderers.text_charts import bar

if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context

#: The longest look there is.
MOST = 520

#: How many columns the longest bar takes.
BAR = 16


def longer(context: Context, name: str, text: str) -> None:
    """Answer for the number of weeks in `text` up to the week `name`. TrackerError where it is no such number."""
    from tracker.reports.longer_look import longer_look

    weeks = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= weeks <= MOST:
        raise TrackerError(_("--weeks is a number from 1 to {most}, not “{text}”").format(most=MOST, text=quoted(text)))
    report = longer_look(context.journal, context.settings, name, zone=context.zone, now=context.now, weeks=weeks)
    if context.json:
        context.dump(_longer_json(report))
    else:
        context.say(*_longer_lines(report, context.settings.currency, context.today))


def _longer_json(report: LongerReport) -> dict[str, Any]:
    """Every week and every day; null for what no logged day tells."""
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
        "verdicts": [_verdict_row(story) for story in report.stories],
        "days": [{"date": date, "seconds": seconds} for date, seconds in report.days],
    }


def _verdict_row(story: VerdictStory) -> dict[str, Any]:
    """What was decided, and seconds in seven logged days before it and since, with how many there were."""
    chapter, verdict = story.chapter, story.chapter.verdict
    return {
        "week": verdict.week,
        "channel": verdict.channel,
        "verdict": verdict.verdict,
        "computed": verdict.computed,
        "why": verdict.why,
        "seconds_before": chapter.before.weekly_seconds,
        "logged_days_before": chapter.before.days,
        "seconds_since": chapter.after.weekly_seconds,
        "logged_days_since": chapter.after.days,
        "leads_since": chapter.leads,
    }


def _week_row(week: WeekFigures) -> dict[str, Any]:
    return {
        "week": week.week,
        "from": week.dates[0],
        "to": week.dates[-1],
        "logged_days": week.logged,
        "elapsed_days": week.elapsed,
        "seconds": week.seconds,
        "channels": week.channels,
        "checks": week.checks,
        "checks_per_day": week.checks_a_day,
        "plans": None if week.seconds is None else week.planned,
        "plans_kept": None if week.seconds is None else week.kept,
        "leads": week.leads,
        "contacts": week.contacts,
        "commitments": week.commitments,
        "commitments_kept": week.commitments_kept,
        "estimate_seconds": week.estimate,
    }


def _longer_lines(report: LongerReport, currency: str, today: str) -> list[str]:
    """A line for each week, the latest last, under one on all of them."""
    from tracker.reports.longer_words import say_shift, say_story

    width = columns()
    first, last = report.weeks[0], report.weeks[-1]
    span = f"{format_near_date(first.dates[0], today)} – {format_near_date(last.dates[-1], today)}"
    title = f"{format_week(first.week)} – {format_week(last.week)} · {span}"
    usual = report.usual(lambda week: week.seconds)
    figures = [] if usual is None else [_("median week {seconds}").format(seconds=format_duration(round_to_int(usual)))]
    logged, days = report.coverage
    over = days == 7 * len(report.weeks)
    figures += [say_logged(logged, days, over=over), *filter(None, [say_shift(report)])]
    head = (_("week"), _("logged"), _("networks"), _("checks"), _("plans"), _("leads"), _("talks"), "")
    most = max((week.seconds or 0 for week in report.weeks), default=0)
    table = format_table([head, *(_week_cells(week, most) for week in report.weeks)], "<>>>>>><", width)
    lines = [*wrap(title, width, "  "), *wrap(" · ".join(figures), width, "  "), "", *table]
    lines += wrap(_("checks a logged day · plans kept, of those made · – not known"), width)
    if report.channels:
        lines += ["", *_channel_table(report, width)]
    for story in report.stories:
        lines += ["", *wrap(labelled(story.title, say_story(story, currency)), width, "  ")]
        if story.chapter.verdict.why:
            lines += wrap("  " + in_quotation_marks(story.chapter.verdict.why), width, "  ")
    return lines


def _week_cells(week: WeekFigures, most: int) -> tuple[str, ...]:
    """`–` is what is not known, or cannot be: a plan kept where none was made."""
    known = week.seconds is not None
    return (
        format_week(week.week),
        f"{week.logged}/{week.elapsed}",
        format_duration(week.seconds) if week.seconds is not None else "–",
        str(round_to_int(week.checks_a_day)) if week.checks_a_day is not None else "–",
        f"{week.kept}/{week.planned}" if week.planned else "–",
        str(week.leads) if known else "–",
        str(week.contacts) if known else "–",
        bar(week.seconds, most, BAR) if week.seconds and draws_blocks() else "",
    )


def _channel_table(report: LongerReport, width: int) -> list[str]:
    """Each channel: what it came to, and its weeks as a line of heights where those can be drawn."""
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
