"""How strong a habit is: exponential smoothing as in Loop Habit Tracker.

After each day that is not silent strength s becomes m · s + (1 − m) · w. Silent days (skipped, unknown, off, open) are
taken out of time: the days looked back on are the last ones that are not silent.
"""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple

from tests.recompute import day as days
from tests.recompute.life import Habit, Life
from tests.recompute.measures import measured
from tests.recompute.wall import days as dates_between
from tests.recompute.wall import weekday

#: Times of day are kept or not, never in part.
TIMES_OF_DAY = ("first_opening", "last_opening")


class Answer(NamedTuple):
    """What is known of a day: skipped, or a value, which may be that there was nothing to measure (None)."""

    skipped: bool
    value: float | None


def answers(life: Life, habit: Habit, every: list[days.Part], logged: set[str]) -> dict[str, Answer]:
    """What is known of each day: from the log since the habit was made, and by hand, which wins."""
    answers = {}
    if habit.measure:
        for date in dates_between(habit.created, days.today(life)):
            known, value = measured(life, habit, date, every, logged)
            if known:
                answers[date] = Answer(False, value)
    for tick in life.ticks:
        if tick.habit == habit.name:
            answers[tick.date] = Answer(tick.value is None, tick.value)
    return {date: answers[date] for date in sorted(answers)}


def strengths(life: Life, habit: Habit, every: list[days.Part], logged: set[str]) -> dict[str, float | None]:
    """Strength after each day from the habit's first to today, 0 before one has counted; `now`: None before that."""
    known, today = answers(life, habit, every, logged), days.today(life)
    first = min([habit.created, *(tick.date for tick in life.ticks if tick.habit == habit.name)])
    strength, values = 0.0, list[float | None]()
    strengths: dict[str, float | None] = {}
    for date in dates_between(first, today):
        if not _is_silent(habit, date, known.get(date)):
            answer = known.get(date, Answer(False, None))
            with_today = [*values, answer.value]
            if date < today or date in life.closed or _is_decided(habit, date in known, with_today):
                values = with_today
                keep, credit = _pull(habit, values)
                strength = keep * strength + (1 - keep) * credit
        strengths[date] = strength
    return strengths | {"now": strength if values else None}


def _is_silent(habit: Habit, date: str, answer: Answer | None) -> bool:
    """Whether a day says nothing, were it over: skipped, unknown, or off."""
    if answer is None:
        unknown = habit.measure is not None or habit.kind == "at_most"
    else:
        unknown = answer.skipped or (habit.measure == "plan_kept" and answer.value is None)
    return unknown or (bool(habit.weekdays) and weekday(date) not in habit.weekdays)


def _pull(habit: Habit, values: list[float | None]) -> tuple[float, float]:
    """(m, w) of the last of the days that are not silent."""
    if habit.weekdays:
        return 0.5 ** (1 / (13 * sqrt(len(habit.weekdays) / 7))), _credit(habit, values[-1])
    if habit.times == habit.days:  # so many times in as many days is every day
        return 0.5 ** (1 / 13), _credit(habit, values[-1])
    keep = 0.5 ** (sqrt(habit.times / habit.days) / 13)
    if _is_sum(habit):
        return keep, _credit(habit, sum(value or 0.0 for value in values[-habit.days :]))
    credits = [_credit(habit, value) for value in values[-2 * habit.days :]]
    return keep, min(1.0, sum(credits) / (2 * habit.times))


def _is_sum(habit: Habit) -> bool:
    """An amount once in several days is for the sum of so many; a share or a time of day cannot be added up."""
    return (
        habit.kind != "yes_no"
        and (habit.times, bool(habit.weekdays)) == (1, False)
        and habit.days > 1
        and habit.measure not in (*TIMES_OF_DAY, "plan_kept")
    )


def _credit(habit: Habit, value: float | None) -> float:
    """What a value is worth by itself, from 0 to 1; None: nothing was said, or there was nothing to measure."""
    if habit.measure in TIMES_OF_DAY and value is None:
        return 1.0
    reached = value or 0.0
    if habit.kind == "yes_no":
        return float(reached >= (100 if habit.measure == "plan_kept" else 1))
    target = habit.target
    assert target
    if habit.measure in TIMES_OF_DAY:
        return float(reached >= target if habit.kind == "at_least" else reached <= target)
    if habit.kind == "at_least":
        return min(1.0, reached / target)
    return min(1.0, max(0.0, 2 - reached / target))


def _is_decided(habit: Habit, said: bool, values: list[float | None]) -> bool:
    """Whether today is not open any more, though it is not over: answered by hand, reached, or passed."""
    if habit.measure == "plan_kept" or (habit.measure is not None and not said):
        return False
    if habit.measure == "first_opening":
        return values[-1] is not None
    worth = _credit(habit, sum(value or 0.0 for value in values[-habit.days :]) if _is_sum(habit) else values[-1])
    if habit.kind == "at_least":
        return worth == 1
    return said if habit.measure is None else worth < 1
