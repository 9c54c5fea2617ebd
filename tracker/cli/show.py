"""`tracker day` and `tracker week`: what they answer in JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.weeks import parse_week
from tracker.calendar.zones import iso
from tracker.cli import rows
from tracker.cli.day_notes import OPTIONS, may_be_ahead, write
from tracker.cli.grammar import Argument, Command, Option
from tracker.cli.habit_text import day_row, habits_until, week_row
from tracker.domain.models import TrackerError
from tracker.formatting.text import join_phrases
from tracker.locale import N_, _

if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.grammar import Given
    from tracker.reports.day import Day
    from tracker.reports.week import Week


def day(context: Context, given: Given) -> None:
    """Show a day; with an option that writes, write what is said of the day."""
    from tracker.calendar.moments import parse_date
    from tracker.reports.day import day as review_day

    text = " ".join(given.all("DATE")) or "today"
    date = parse_date(text, context.now, context.zone, context.settings.day_starts_at)
    if date > context.today and not may_be_ahead(given):
        raise TrackerError(_("{date} is still to come").format(date=date))
    said = write(context, given, date)
    if said and not context.json:
        context.say(join_phrases(*said))
        return
    found = review_day(context.journal, context.settings, date, zone=context.zone, now=context.now)
    if context.json:
        context.dump(day_json(context, found))
    else:
        from tracker.cli.day_text import lines

        context.say(*lines(context, found))


def week(context: Context, given: Given) -> None:
    """Show a week."""
    from tracker.reports.load_days import first_weekday
    from tracker.reports.week import week as review_week

    name = parse_week(" ".join(given.all("WEEK")), context.today, first_weekday(context.settings))
    if "weeks" in given.values:
        from tracker.cli.longer import longer

        longer(context, name, given.values["weeks"])
        return
    found = review_week(context.journal, context.settings, name, zone=context.zone, now=context.now, with_worth=True)
    if context.json:
        context.dump(week_json(context, found))
    else:
        from tracker.cli.week_text import lines

        context.say(*lines(context, found))


def day_json(context: Context, found: Day) -> dict[str, Any]:
    """The contract's keys, and a few more; `urges` is their number. What is not known of an unlogged day is null."""
    return {
        "date": found.date,
        "from": iso(found.start, context.zone),
        "to": iso(found.end, context.zone),
        "seconds": found.seconds if found.logged else None,
        "budget_seconds": found.budget_seconds,
        "checks": found.checks if found.logged else None,
        "first": None if found.first is None else iso(found.first, context.zone),
        "last": None if found.last is None else iso(found.last, context.zone),
        "sessions": [rows.part(part, context.now) for part in found.parts],
        "channels": channels_json(found),
        "activities": activities_json(found),
        "purposes": purposes_json(found, known=found.logged),
        "habits": [day_row(kept) for kept in habits_until(context, found.date)],
        "outcomes": [rows.outcome(outcome) for outcome in found.outcomes],
        "urges": len(found.urges) if found.logged else None,
        "urge_list": [rows.urge(urge) for urge in found.urges],
        "note": found.note,
        "task": found.task,
        "task_done": found.task_done,
        "logged": found.logged,
        "pauses": _pauses(context, found),
        "contacts": _contacts(context, found),
        "closed": found.closed,
    }


def _contacts(context: Context, found: Day) -> list[dict[str, Any]]:
    """The talks of the day, and the first times somebody met in person was online: each with where they were met."""
    from tracker.storage import people

    crossed = {one.session: one for one in found.crossings}
    talks = {part.session.id for part in found.contacts}
    answer = []
    for part in found.parts:
        session = part.session
        if session.id not in talks and session.id not in crossed:
            continue
        person = people.find(context.journal, session.person) if session.person else None
        answer.append(rows.contact(part, person, bridge=session.id in crossed))
    return answer


def _pauses(context: Context, found: Day) -> list[dict[str, Any]]:
    from tracker.cli.pause import as_json

    return [as_json(context, pause) for pause in found.pauses]


def week_json(context: Context, found: Week) -> dict[str, Any]:
    """Every key of the contract, and a few more."""
    return {
        "week": found.week,
        "from": found.dates[0],
        "to": found.dates[-1],
        "seconds": found.seconds,
        "checks": found.checks,
        "usual_seconds": found.usual_seconds,
        "usual_weeks": found.usual_weeks,
        "usual_logged_days": found.usual_days,
        "logged_days": found.logged_days,
        "elapsed_days": found.elapsed,
        "days": [
            {"date": one.date, "seconds": one.seconds, "checks": one.checks, "logged": one.logged} for one in found.days
        ],
        "channels": channels_json(found),
        "activities": activities_json(found),
        "purposes": purposes_json(found, known=found.seconds is not None),
        "hours": [list(hours) for hours in found.hours],
        "patterns": [rows.finding(finding) for finding in found.patterns],
        "worth": _worth(found),
        "habits": [week_row(kept, found.dates) for kept in habits_until(context, found.dates[-1])],
        "commitments": _commitments(context, found.week),
        "contacts": dict(found.contacts),
        "people": found.people,
        "outcomes": [rows.outcome(outcome) for outcome in found.outcomes],
        "urges": found.urges,
        "review": _review(context, found),
    }


def _commitments(context: Context, week: str) -> list[dict[str, Any]]:
    """What was committed to for the week and how it went; without any, at no cost."""
    from tracker.cli.week_beside import went

    found = went(context, week)
    if not found:
        return []
    from tracker.reports.commitment_rows import result_row
    from tracker.storage import channels

    titles = {one.name: one.title for one in channels.channels(context.journal)}
    return [result_row(one, titles) for one in found]


def _review(context: Context, week: Week) -> dict[str, Any] | None:
    """What was written of the week last, and how the week differs from it now; a draft is not written."""
    from tracker.storage import reviews

    found = reviews.latest(context.journal, week.week)
    if found is None:
        return None
    from tracker.reports.comparison import change_row, changes

    return rows.review(found) | {
        "changes_since": list(map(change_row, changes(context.journal, context.settings, found, week)))
    }


def _worth(found: Week) -> list[dict[str, Any]]:
    from tracker.cli.worth_json import as_json

    return as_json(found.worth) if found.worth else []


def channels_json(found: Day | Week) -> list[dict[str, Any]]:
    """Every channel with time in the span, of any kind."""
    return [
        {
            "channel": total.channel,
            "title": total.title,
            "kind": total.kind,
            "seconds": total.seconds,
            "checks": total.checks,
            "sessions": total.sessions,
            "budget_seconds": total.budget_seconds,
        }
        for total in found.channels
    ]


def activities_json(found: Day | Week) -> list[dict[str, Any]]:
    """Social seconds by activity; `activity` is null for time without one."""
    return [
        {
            "activity": one.activity,
            "purpose": one.purpose,
            "seconds": one.seconds,
            "checks": one.checks,
            "sessions": one.sessions,
        }
        for one in found.activities
    ]


def purposes_json(found: Day | Week, *, known: bool) -> list[dict[str, Any]]:
    """Social seconds by purpose; `purpose` is null for time without an activity, `seconds` where nothing is known."""
    return [{"purpose": one.purpose, "seconds": one.seconds if known else None} for one in found.purposes]


WEEKS = Option(("--weeks",), "N", N_("the longer look: N weeks up to WEEK, such as 13 or 52"))
COMMANDS = {
    "day": Command(
        day,
        (Argument("DATE", "any"),),
        OPTIONS,
        N_("DATE is 2026-11-22, yesterday, monday, -2 …; without it, today."),
        reads=(),
    ),
    "week": Command(
        week,
        (Argument("WEEK", "any"),),
        (WEEKS,),
        N_("WEEK is 2026-W48, last, -2 or a date in it; without it, this week."),
        reads=("weeks",),
    ),
}
