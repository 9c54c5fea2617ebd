"""The figures of a review: what `tracker review --json` answers and the written page is built from.

The rules of `formatting.serialize` hold; shares are whole percent, and only of what is an hour or more. Seconds and
checks of a day that was not logged are null, and so are the week's and those of its channels, activities and purposes
where no day was logged. A difference to the usual week is null where fewer than 4 days were logged. Texts (`changed`,
`evidence`, `title`, `said`) are in the `language` they were made in. `format` grows when the meaning of a key changes,
not when a key is added. The figures of a written review are kept, and never computed again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.day_slices import LEAST_DAYS, twice
from tracker.analytics.patterns.registry import pattern
from tracker.domain.models import REVIEW_STEPS
from tracker.formatting.numbers import percent_change, round_to_int
from tracker.formatting.serialize import instant, rounded, row
from tracker.locale import language
from tracker.reports.commitments import say_source
from tracker.reports.comparison import say_most
from tracker.reports.renderers.json_rows import commitment_result_row, commitment_row
from tracker.reports.worth_columns import stored_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from tracker.domain.models import Outcome
    from tracker.reports.commitments import Suggestion
    from tracker.reports.comparison import WeekChange
    from tracker.reports.contacts import Outreach
    from tracker.reports.habit_histories import HabitHistory
    from tracker.reports.patterns import Flag
    from tracker.reports.review import ComparedEstimate, ReviewData
    from tracker.workspace import Workspace

    Row = dict[str, Any]

FORMAT = 1


def review_figures(review_data: ReviewData) -> Row:
    """The whole review as it stands now, of one state of the file, by the clocks of the reader's zone."""
    with review_data.workspace.database.snapshot():
        return _figures(review_data, review_data.workspace)


def _figures(review_data: ReviewData, workspace: Workspace) -> Row:
    week, review, comparison = review_data.week, review_data.review, review_data.comparison
    reviewed = review.reviewed if review else ()
    titles = {change.name: change.title for change in comparison.channels if change.name}
    marked = [flag for flag in review_data.patterns if not flag.stands]
    return {
        "format": FORMAT,
        "week": week.week,
        "revision": review.revision if review else 1,
        "from": week.dates[0],
        "to": week.dates[-1],
        "made": instant(workspace.now(), workspace.zone),
        "begun": instant(review.begun, review.zone) if review else None,
        "language": language(),
        "over": comparison.over,
        "steps": {
            "reviewed": list(reviewed),
            "skipped": [step for step in REVIEW_STEPS if step not in reviewed],
        },
        "words": review.words if review else None,
        "coverage": {"logged": week.logged_days, "days": week.elapsed},
        "estimate": _estimate(review_data.felt, known=week.logged_days >= LEAST_DAYS),
        "seconds": week.seconds,
        "checks": week.checks,
        "twice_seconds": twice(week) if week.logged_days else None,
        **row(week, "usual_seconds usual_weeks usual_logged_days=usual_days"),
        "difference_percent": comparison.total.percent,
        "changed": say_most(comparison),
        "days": _days(review_data),
        "channels": _channels(review_data),
        "activities": [_change(change, "activity") for change in comparison.activities],
        "purposes": [_change(change, "purpose") for change in comparison.purposes],
        "day_starts_at": workspace.settings.day_starts_at,
        "hours": [list(hours) for hours in week.hours],
        "weeks": [
            row(recent, "week known logged_days seconds checks") | {"channels": _seconds_by_channel(recent.channels)}
            for recent in review_data.five_weeks
        ],
        "patterns": [_pattern(flag, review_data) for flag in (*review_data.flags, *marked)],
        "worth": stored_rows(review_data.worth) if review_data.deep else [],
        "habits": [_habit(habit, week.dates) for habit in review_data.habits],
        "kept": [commitment_result_row(result, titles) for result in review_data.results],
        "commitments": [commitment_row(commitment, titles) for commitment in review_data.planned],
        "suggestions": [_suggestion(suggestion, titles) for suggestion in review_data.suggestions],
        "outreach": _outreach(review_data.outreach),
        "contacts": dict(week.contacts),
        "people": week.people,
        "outcomes": [_outcome(outcome, titles) for outcome in week.outcomes],
        "urges": week.urges,
    }


def _seconds_by_channel(seconds: Iterable[tuple[str, int]]) -> list[Row]:
    return [{"channel": channel, "seconds": of_channel} for channel, of_channel in seconds]


def _estimate(estimates: Iterable[ComparedEstimate], *, known: bool) -> Row | None:
    """How long the week was thought to be, beside what was logged; None without an estimate.

    The difference is None too where the week is not `known`: too few of its days were logged.
    """
    total: Row = {"seconds": None, "logged_seconds": None, "difference_seconds": None, "percent": None}
    channels = []
    for estimate in estimates:
        difference = estimate.felt - estimate.logged if known and estimate.logged is not None else None
        row = {
            "seconds": estimate.felt,
            "logged_seconds": estimate.logged,
            "difference_seconds": difference,
            "percent": percent_change(estimate.felt, estimate.logged) if known else None,
        }
        if estimate.channel:
            channels.append({"channel": estimate.channel, "title": estimate.title} | row)
        else:
            total = row
    return total | {"channels": channels} if channels or total["seconds"] is not None else None


def _change(change: WeekChange, key: str) -> Row:
    return {
        key: change.name,
        "title": change.title,
        "seconds": change.seconds if change.logged else None,
        "usual_seconds": change.usual,
        "difference_percent": change.percent,
    }


def _days(review_data: ReviewData) -> list[Row]:
    days = zip(review_data.comparison.days, review_data.week.days, strict=True)
    return [
        row(day, "date logged")
        | {
            "begun": number < review_data.week.elapsed,
            "seconds": day.seconds,
            "usual_seconds": change.usual,
            "checks": day.checks,
            "first": instant(day.first, day.first_zone),
            "last": instant(day.last, day.last_zone),
            "channels": _seconds_by_channel(day.channels),
        }
        for number, (change, day) in enumerate(days)
    ]


def _channels(review_data: ReviewData) -> list[Row]:
    totals = {total.channel: total for total in review_data.week.channels}
    rows = []
    for change in review_data.comparison.channels:
        total = totals.get(change.name or "")
        nothing = 0 if change.logged else None
        rows.append(
            _change(change, "channel")
            | {
                "kind": change.kind,
                "checks": total.checks if total else nothing,
                "sessions": total.sessions if total else nothing,
                "budget_seconds": total.budget_seconds if total else None,
            }
        )
    return rows


def _pattern(flag: Flag, review_data: ReviewData) -> Row:
    """A pattern, what the user said of it, and its state and figure as of each of the five weeks."""
    finding, about = flag.finding, pattern(flag.finding.name)
    return {
        "name": finding.name,
        "title": about.title,
        "state": finding.state,
        **row(flag, "dismissed_until expected"),
        **row(finding, "evidence from=first_date to=last_date"),
        "figures": dict(finding.figures),
        "sessions": list(finding.sessions),
        "weeks": [
            row(look, "week state figure")
            | {"said": None if look.figure is None else about.key_figure.say(look.figure)}
            for look in review_data.looks.get(finding.name, ())
        ],
    }


def _habit(habit: HabitHistory, dates: tuple[str, ...]) -> Row:
    from tracker.analytics.habit_days import DONE, MISSED, PART, UNKNOWN, week_progress
    from tracker.analytics.habit_wording import say_progress

    marks = habit.within(dates)
    counted = week_progress(habit.habit, marks)
    return {
        "name": habit.habit.name,
        "done": sum(mark.state == DONE for mark in marks),
        "days": sum(mark.state in (DONE, PART, MISSED) for mark in marks),
        "achieved": rounded(counted.achieved, 2),
        "asked": rounded(counted.asked, 2),
        "said": say_progress(habit.habit, counted),
        "unknown": sum(mark.state == UNKNOWN for mark in marks),
        "strength_percent": None if habit.strength is None else round_to_int(100 * habit.strength),
        "marks": [{"date": mark.date, "state": mark.state} for mark in marks],
    }


def _suggestion(suggestion: Suggestion, titles: Mapping[str, str]) -> Row:
    return commitment_row(suggestion.commitment, titles) | {
        "id": None,
        "source": suggestion.source,
        "about": suggestion.about,
        "because": say_source(suggestion, titles),
    }


def _outreach(outreach: Outreach) -> Row:
    return {
        "ring": outreach.current,
        "next_ring": outreach.proposed,
        "to_go": outreach.to_go,
        "rings": [
            {"ring": ring.ring, "talks": ring.talks, "waiting": [person._asdict() for person in ring.waiting]}
            for ring in outreach.rings
        ],
        "follow_ups": [person._asdict() for person in outreach.follow_ups],
    }


def _outcome(outcome: Outcome, titles: Mapping[str, str]) -> Row:
    title = {"title": titles.get(outcome.channel or "", outcome.channel)}
    return row(outcome, "kind at channel") | title | row(outcome, "amount currency person note")
