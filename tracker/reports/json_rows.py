"""Rows of JSON for what the reports hold: sessions, patterns, habits, commitments, reviews, and what a change touched.

The rules of `formatting.serialize` hold for every value. The keys are the contract of the command line's `--json`; the
figures of a written review are made of the same rows. What is a record's fields and no more has no function here:
`serialize.row` and the constants below do.
"""

from __future__ import annotations

from tracker.formatting import serialize
from tracker.storage import channels

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from tracker.analytics.habit_days import HabitDay
    from tracker.analytics.patterns.pattern import BarChart, Finding
    from tracker.domain.models import Commitment, Effects, Habit, Person, Review, Session
    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.day import Day, Part, PauseOutcome
    from tracker.reports.habit_histories import HabitHistory
    from tracker.reports.patterns import Flag
    from tracker.reports.week import Week
    from tracker.workspace import Workspace

    Row = dict[str, Any]

#: The keys of a pattern's mark: `dismissed` or `expected`, from a day on, before another.
PATTERN_MARK = "id pattern what since until why"


def session_row(session: Session, *, check: bool, seconds: int) -> Row:
    """A session as it is in the file; `end` is null while it runs."""
    details = serialize.row(session, f"{serialize.SESSION_DETAILS} source estimated zone")
    return serialize.row(session, serialize.SESSION) | {"seconds": seconds, "check": check} | details


def session_rows(workspace: Workspace, sessions: Sequence[Session]) -> list[Row]:
    """Whole sessions, as the commands that write them answer."""
    from tracker.reports import record_wording

    by_name = {channel.name: channel for channel in channels.channels(workspace.database)}
    rows, now = [], workspace.now()
    for session in sessions:
        seconds = (now if session.end is None else session.end) - session.start
        check = record_wording.counts_as_check(session, by_name[session.channel], workspace.settings)
        rows.append(session_row(session, check=check, seconds=max(seconds, 0)))
    return rows


def effect_rows(workspace: Workspace, effects: Effects) -> list[Row]:
    """What a change of sessions has touched: the pieces of what was asked for, then the others.

    Those that are gone come as they were, with `removed`.
    """
    left = [piece for _was, pieces in effects.others for piece in pieces]
    gone = [was for was, pieces in effects.others if not pieces]
    return [
        *session_rows(workspace, [*effects.mine, *left, *effects.shown_again]),
        *(row | {"removed": True} for row in session_rows(workspace, gone)),
    ]


def part_row(part: Part, now: int) -> Row:
    """The part of a session inside one day: `start`, `end` and `seconds` are the part's, `whole_` the session's own.

    `counts_with` is the id of the session that it counts as one with; null for one that counts by itself. `spell` is
    the number within the day of the unbroken use of a device that it is part of; null where none was measured.
    """
    session = part.session
    running = session.end is None and part.end >= now
    return {
        **session_row(session, check=part.check, seconds=part.end - part.start),
        **serialize.row(part, "start" if running else "start end", session.zone),
        **serialize.row(session, "whole_start=start whole_end=end"),
        **serialize.row(part, "counts_with spell"),
    }


def contact_row(part: Part, person: Person | None, *, bridge: bool) -> Row:
    """A talk; `met` and `met_ring`: where the person was met first; `bridge`: for the first time on the other side."""
    session = part.session
    return {
        **serialize.row(session, "session=id channel"),
        "start": serialize.instant(part.start, session.zone),
        "seconds": part.end - part.start,
        **serialize.row(session, "person ring"),
        "met": person and person.met,
        "met_ring": person and person.met_ring,
        "bridge": bridge,
    }


def pause_row(pause: PauseOutcome, now: int) -> Row:
    """A declared pause; `end` is when it was to end, `ended` when it was called off."""
    return serialize.row(pause, "id start end") | {
        "ended": serialize.instant(pause.until, pause.zone) if pause.until != pause.end else None,
        "left_seconds": max(pause.until - now, 0),
        "state": pause.state,
        "sessions": [opening.session for opening in pause.openings],
    }


def total_rows(report: Day | Week, *, known: bool) -> Row:
    """Every channel with time in the day or week, of any kind; social seconds by activity and by purpose.

    `activity` is null for time without one, and so is `purpose`; `seconds` of purposes where nothing is known.
    """
    return {
        "channels": [total._asdict() for total in report.channels],
        "activities": [total._asdict() for total in report.activities],
        "purposes": [
            {"purpose": total.purpose, "seconds": total.seconds if known else None} for total in report.purposes
        ],
    }


def finding_row(finding: Finding) -> Row:
    """A pattern, whatever its state; `events` are what can be shown one by one, `chart` has a bar for each label."""
    from tracker.analytics.patterns.registry import pattern

    return {
        **serialize.row(finding, "name state evidence from=first_date to=last_date"),
        "figures": dict(finding.figures),
        "sessions": list(finding.sessions),
        "events": [serialize.row(burst, " ".join(burst._fields)) for burst in finding.events],
        "title": pattern(finding.name).title,
        "margin": serialize.rounded(finding.margin, 4),
        "usual": finding.usual or None,
        "chance": finding.chance or None,
        "others": finding.others or None,
        "chart": finding.chart and _chart_row(finding.chart),
    }


def _chart_row(chart: BarChart) -> Row:
    bars = zip(chart.labels, chart.values, chart.usual or (None,) * len(chart.values), strict=True)
    return {
        "unit": chart.unit,
        "usual_is": chart.usual_is or None,
        "bars": [{"label": label, "value": value, "usual": usual} for label, value, usual in bars],
    }


def flag_row(flag: Flag) -> Row:
    """A pattern and what is remembered of it: dates of days, and null for what is not so."""
    row = finding_row(flag.finding) | serialize.row(flag, "raised new waiting dismissed_until expected")
    return row | {"ended": flag.ended}  # a day, though `ended` is an instant of other records


def habit_row(habit: Habit) -> Row:
    """What a habit is. A target of `first_opening` or `last_opening` is in seconds after midnight."""
    from tracker.settings import WEEKDAYS

    return {
        **serialize.row(habit, "name kind target unit measure channel"),
        "weekdays": [WEEKDAYS[day] for day in habit.weekdays],
        **serialize.row(habit, "times days created archived"),
    }


def habit_day_row(habit: HabitHistory) -> Row:
    """A habit on the last of its days. `coverage` counts the days of the last year."""
    logged, days = habit.coverage()
    return {
        **habit_row(habit.habit),
        **_habit_mark_row(habit.today),
        "strength": serialize.rounded(habit.strength, 4),
        "coverage": {"logged": logged, "days": days},
    }


def habit_week_row(habit: HabitHistory, dates: Sequence[str]) -> Row:
    """A habit over a week: each day up to the last one known, and strength after it.

    `achieved` of `asked` is what was done of what the habit asks of the week: days, or the habit's unit for a sum.
    """
    from tracker.analytics.habit_days import week_progress

    marks = habit.within(dates)
    return {
        **habit_row(habit.habit),
        "done": sum(mark.state == "done" for mark in marks),
        **serialize.row(week_progress(habit.habit, marks), "achieved asked"),
        "strength": serialize.rounded(habit.strength, 4),
        "coverage": {"logged": sum(mark.state != "unknown" for mark in marks), "days": len(marks)},
        "marks": [_habit_mark_row(mark) for mark in marks],
    }


def habit_year_row(habit: HabitHistory) -> Row:
    """A habit with every day of its year."""
    marks = [_habit_mark_row(mark) | {"strength": serialize.rounded(mark.strength, 4)} for mark in habit.recent(371)]
    return habit_day_row(habit) | {"marks": marks}


def _habit_mark_row(mark: HabitDay) -> Row:
    answer = {"done": mark.state == "done", "skipped": mark.state == "skipped"}
    return serialize.row(mark, "date state value") | answer | {"due": mark.due}


def commitment_row(commitment: Commitment, titles: Mapping[str, str]) -> Row:
    """A commitment, and in words how it is measured; `titles` are the channels' names."""
    from tracker.reports.commitment_words import say_measure

    keys = "id week cue plan measure kind target per channel ring pattern"
    return serialize.row(commitment, keys) | {"measured": say_measure(commitment, titles)}


def commitment_result_row(result: CommitmentResult, titles: Mapping[str, str]) -> Row:
    """A commitment and how it went, in figures and in words."""
    from tracker.reports.commitment_words import say_result

    went = serialize.row(result, "kept done of value unknown_days=unknown ahead")
    return commitment_row(result.commitment, titles) | went | {"said": say_result(result)}


def review_row(review: Review) -> Row:
    """A week's review, written or a draft, without its figures."""
    state = {"state": "draft" if review.written is None else "written"}
    return serialize.row(review, "week revision name") | state | serialize.row(review, "begun written reviewed words")
