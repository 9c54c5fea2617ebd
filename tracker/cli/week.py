"""`tracker week`: a week against the usual one; with `--weeks` the longer look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.weeks import parse_week
from tracker.cli import rows
from tracker.cli.habit_text import week_row
from tracker.cli.parser import Argument, Command, Option
from tracker.locale import N_
from tracker.services import habit_keeping, queries, reviewing

if TYPE_CHECKING:
    from typing import Any

    from tracker.cli.context import Context
    from tracker.cli.parser import ParsedArguments
    from tracker.reports.values import Week


def week(context: Context, args: ParsedArguments) -> None:
    """Show a week."""
    from tracker.reports.weekdays import first_weekday

    name = parse_week(" ".join(args.several("WEEK")), context.today, first_weekday(context.settings))
    if "weeks" in args.values:
        from tracker.cli.longer import longer

        longer(context, name, args.values["weeks"])
        return
    report = queries.week(context.workspace, name, with_worth=True)
    if context.json:
        context.print_json(_as_json(context, report))
    else:
        from tracker.cli.week_text import lines

        context.print(*lines(context, report))


def _as_json(context: Context, week: Week) -> dict[str, Any]:
    """Every key of the contract, and a few more."""
    from tracker.cli.worth_json import as_json as worth_as_json

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
        "channels": rows.channel_totals(week),
        "activities": rows.activity_totals(week),
        "purposes": rows.purpose_totals(week, known=week.seconds is not None),
        "hours": [list(hours) for hours in week.hours],
        "patterns": [rows.finding(finding) for finding in week.patterns],
        "worth": worth_as_json(week.worth) if week.worth else [],
        "habits": [week_row(kept, week.dates) for kept in habit_keeping.habits(context.workspace, week.dates[-1])],
        "commitments": _commitments(context, week.week),
        "contacts": dict(week.contacts),
        "people": week.people,
        "outcomes": [rows.outcome(outcome) for outcome in week.outcomes],
        "urges": week.urges,
        "review": _review(context, week),
    }


def _commitments(context: Context, week: str) -> list[dict[str, Any]]:
    """What was committed to for the week and how it went; without any, nothing is imported for them."""
    if not reviewing.planned(context.workspace, week):
        return []
    from tracker.reports.commitment_rows import result_row

    titles = {channel.name: channel.title for channel in queries.all_channels(context.workspace)}
    return [result_row(result, titles) for result in reviewing.commitment_results(context.workspace, week)]


def _review(context: Context, week: Week) -> dict[str, Any] | None:
    """What was written of the week last, and how the week differs from it now; a draft is not written."""
    review = reviewing.written_review(context.workspace, week.week)
    if review is None:
        return None
    from tracker.reports.since import change_row

    changes = reviewing.week_changes(context.workspace, week)
    return rows.review(review) | {"changes_since": [change_row(change) for change in changes]}


COMMANDS = {
    "week": Command(
        week,
        (Argument("WEEK", "any"),),
        (Option(("--weeks",), "N", N_("the longer look: N weeks up to WEEK, such as 13 or 52")),),
        N_("WEEK is 2026-W48, last, -2 or a date in it; without it, this week."),
        reads=("weeks",),
    ),
}
