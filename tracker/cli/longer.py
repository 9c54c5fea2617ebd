"""`tracker week --weeks 13`: so many weeks up to one, week by week, as text or JSON.

An option of `week` and no verb of its own: it is the same question over a longer span, and the weeks are named alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.durations import say_duration
from tracker.calendar.quoting import quoted
from tracker.calendar.say import say_near_date
from tracker.calendar.weeks import say_week
from tracker.cli.text import columns, draws, table, wrapped
from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.locale.wording import labelled
from tracker.reports.coverage import say_logged
from tracker.reports.pictures import bar
from tracker.rounding import nearest

if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.reports.longer_values import Longer, Story, WeekSum

#: The longest look there is.
MOST = 520

#: How many columns the longest bar takes.
BAR = 16


def longer(context: Context, name: str, said: str) -> None:
    """Answer for the `said` number of weeks up to `name`. TrackerError for what is no such number."""
    from tracker.reports.longer import longer as look

    weeks = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    if not 1 <= weeks <= MOST:
        raise TrackerError(_("--weeks is a number from 1 to {most}, not “{text}”").format(most=MOST, text=quoted(said)))
    found = look(context.journal, context.settings, name, zone=context.zone, now=context.now, weeks=weeks)
    if context.json:
        context.print_json(as_json(found))
    else:
        context.print(*lines(found, context.settings.currency, context.today))


def as_json(found: Longer) -> dict[str, Any]:
    """Every week and every day; null for what no logged day tells."""
    logged, days = found.coverage
    usual = found.usual(lambda one: one.seconds)
    return {
        "from": found.weeks[0].dates[0],
        "to": found.weeks[-1].dates[-1],
        "logged_days": logged,
        "elapsed_days": days,
        "usual_seconds": None if usual is None else nearest(usual),
        "weeks": [_week(one) for one in found.weeks],
        "channels": list(found.channels),
        "verdicts": [_verdict(one) for one in found.stories],
        "days": [{"date": date, "seconds": seconds} for date, seconds in found.days],
    }


def _verdict(one: Story) -> dict[str, Any]:
    """What was decided, and seconds in seven logged days before it and since, with how many there were."""
    chapter, verdict = one.chapter, one.chapter.verdict
    return {
        "week": verdict.week,
        "channel": verdict.channel,
        "verdict": verdict.verdict,
        "computed": verdict.computed,
        "why": verdict.why,
        "seconds_before": chapter.before.a_week,
        "logged_days_before": chapter.before.days,
        "seconds_since": chapter.after.a_week,
        "logged_days_since": chapter.after.days,
        "leads_since": chapter.leads,
    }


def _week(one: WeekSum) -> dict[str, Any]:
    return {
        "week": one.week,
        "from": one.dates[0],
        "to": one.dates[-1],
        "logged_days": one.logged,
        "elapsed_days": one.elapsed,
        "seconds": one.seconds,
        "channels": one.channels,
        "checks": one.checks,
        "checks_per_day": one.checks_a_day,
        "plans": None if one.seconds is None else one.planned,
        "plans_kept": None if one.seconds is None else one.kept,
        "leads": one.leads,
        "contacts": one.contacts,
        "commitments": one.commitments,
        "commitments_kept": one.commitments_kept,
        "estimate_seconds": one.estimate,
    }


def lines(found: Longer, currency: str, today: str) -> list[str]:
    """A line for each week, the latest last, under one on all of them."""
    from tracker.reports.longer_words import say_shift, say_story

    room = columns()
    first, last = found.weeks[0], found.weeks[-1]
    span = f"{say_near_date(first.dates[0], today)} – {say_near_date(last.dates[-1], today)}"
    title = f"{say_week(first.week)} – {say_week(last.week)} · {span}"
    usual = found.usual(lambda one: one.seconds)
    said = [] if usual is None else [_("median week {seconds}").format(seconds=say_duration(nearest(usual)))]
    logged, days = found.coverage
    over = days == 7 * len(found.weeks)
    said += [say_logged(logged, days, over=over), *filter(None, [say_shift(found)])]
    heads = (_("week"), _("logged"), _("networks"), _("checks"), _("plans"), _("leads"), _("talks"), "")
    most = max((one.seconds or 0 for one in found.weeks), default=0)
    rows = [heads, *(_row(one, most) for one in found.weeks)]
    text = [*wrapped(title, room, "  "), *wrapped(" · ".join(said), room, "  "), "", *table(rows, "<>>>>>><", room)]
    text += wrapped(_("checks a logged day · plans kept, of those made · – not known"), room)
    if found.channels:
        text += ["", *_channels(found, room)]
    for one in found.stories:
        text += ["", *wrapped(labelled(one.title, say_story(one, currency)), room, "  ")]
        if one.chapter.verdict.why:
            text += wrapped("  " + _("“{text}”").format(text=one.chapter.verdict.why), room, "  ")
    return text


def _row(one: WeekSum, most: int) -> tuple[str, ...]:
    """`–` is what is not known, or cannot be: a plan kept where none was made."""
    known = one.seconds is not None
    return (
        say_week(one.week),
        f"{one.logged}/{one.elapsed}",
        say_duration(one.seconds) if one.seconds is not None else "–",
        str(nearest(one.checks_a_day)) if one.checks_a_day is not None else "–",
        f"{one.kept}/{one.planned}" if one.planned else "–",
        str(one.leads) if known else "–",
        str(one.contacts) if known else "–",
        bar(one.seconds, most, BAR) if one.seconds and draws() else "",
    )


def _channels(found: Longer, room: int) -> list[str]:
    """Each channel: what it came to, and its weeks as a line of heights where those can be drawn."""
    rows = []
    for name, title in found.channels.items():
        values = [None if one.seconds is None else one.channels.get(name, 0) for one in found.weeks]
        total = sum(value or 0 for value in values)
        rows.append((title, say_duration(total), _heights(values) if draws() else ""))
    return table(rows, "<><", room)


def _heights(values: list[int | None]) -> str:
    """One sign for each week; `·` for one of which nothing is known."""
    most = max((value or 0 for value in values), default=0)
    return "".join("·" if value is None else "▁▂▃▄▅▆▇█"[min(7, value * 8 // most)] if most else "▁" for value in values)
