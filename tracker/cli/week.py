"""`tracker week`: a week as text or JSON."""

from __future__ import annotations

from tracker.cli.context import Context
from tracker.cli.parser import Argument, Command, Option, ParsedArguments
from tracker.formatting.serialize import OUTCOME, row
from tracker.locale import N_
from tracker.services import habit_keeping, queries, reviewing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.reports.week import Week


def show_week(context: Context, args: ParsedArguments) -> None:
    """Show a week, or with --weeks the longer look up to it."""
    name = context.workspace.this_week()
    if words := " ".join(args.several("WEEK")):
        from tracker.calendar.words import parse_week  # it imports `re`

        name = parse_week(words, context.today, context.workspace.first_weekday())
    if weeks := args.weeks():
        from tracker.cli.several_weeks import show_longer_look

        show_longer_look(context, name, weeks)
        return
    report = queries.week(context.workspace, name, with_worth=True)
    context.answer(lambda: _week_json(context, report), lambda: _week_lines(context, report))


def _week_lines(context: Context, report: Week) -> list[str]:
    from tracker.cli.week_text import week_lines

    return week_lines(context, report)


def _week_json(context: Context, week: Week) -> dict[str, Any]:
    """Every key of the contract, and a few more."""
    from tracker.reports.renderers import json_rows
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
        **row(week, "seconds checks usual_seconds usual_weeks usual_logged_days=usual_days"),
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
        N_("WEEK is 2026-W48, last, -2 or a date (default: this week)."),
        reads=("weeks",),
    ),
}
