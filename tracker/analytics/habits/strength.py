"""How strong a habit is: Loop Habit Tracker's exponential smoothing, from 0 to 1, instead of streaks.

Each day that counts pulls strength towards what the day was worth, by 1 − m with m = 0.5^(√frequency / 13): thirteen
days of a daily habit close half of the distance, and a missed day is a dip, not a zero. Between what a day was worth
and what it is credited stands the habit's rhythm:

- *N times in M days*, yes or no: the ticks of the last M days out of N. Below daily, twice as many days and ticks are
  looked at, so that a week's tick may fall on another weekday than the last one's.
- *A sum in M days* (at least 3 talks, at most 120 minutes a week): the sum of the last M days against the target.
- *Weekdays*: only those days are looked at. One of n weekdays stands for 7/n days, so that Mondays, Wednesdays and
  Fridays grow as fast as three times in seven days.

What says nothing leaves strength as it was, and is taken out of time: a skip, a weekday that is not the habit's, a day
that is not known. The days around it are looked at as if they were neighbours, so strength after them is what it would
be without that day (docs/counting.md).
"""

from __future__ import annotations

from collections import deque
from math import sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.models import Habit

#: Days after which a daily habit has gone half of the way.
HALF_WAY = 13

#: Measures whose values are times of day: kept or not, and nothing to add up.
CLOCKS = ("first_opening", "last_opening")

#: Measures whose values are shares: nothing to add up either.
SHARES = ("plan_kept",)


class Worth(NamedTuple):
    """One day: its value in the habit's unit, what it is worth by itself (0 to 1), and whether it counts at all.

    A day that does not count leaves strength as it was, and is no part of the last M days of the days after it.
    """

    value: float = 0.0
    credit: float = 0.0
    counts: bool = True


def credit(habit: Habit, value: float | None) -> float:
    """What a value is worth by itself, from 0 to 1: in part for a part of the way, or for a little too much.

    A time of day is kept or not; None is a day without the thing that has a time, which keeps it.
    """
    if habit.measure in CLOCKS:
        return float(value is None or _in_time(habit, value))
    value = value or 0.0
    if habit.kind == "yes_no":
        return float(value >= (100 if habit.measure in SHARES else 1))
    target = habit.target or 0.0
    if habit.kind == "at_least":
        return min(1.0, max(value, 0.0) / target) if target else 1.0
    return min(1.0, max(0.0, 2 - value / target)) if target else float(value <= 0)


def strengths(habit: Habit, days: Iterable[Worth]) -> list[float]:
    """Strength after each of the days, one after the other.

    Every habit begins at 0 and is grown into. Loop lets an at-most habit begin at 1, since nothing was too much yet:
    a limit would then be at 100 % after its first day, and near it after a day over it, which says nothing of anybody.
    """
    keeps, window, enough = _rhythm(habit)
    strength = 0.0
    recent: deque[float] = deque(maxlen=window)
    found = []
    for day in days:
        if day.counts:
            recent.append(day.value if adds_up(habit) else day.credit)
            total = sum(recent)
            worth = credit(habit, total) if adds_up(habit) else min(1.0, total / enough)
            strength = strength * keeps + worth * (1 - keeps)
        found.append(strength)
    return found


def adds_up(habit: Habit) -> bool:
    """Whether the target is for the sum of all days of the rhythm, not for each of the days that count."""
    return habit.kind != "yes_no" and habit.times == 1 and habit.measure not in CLOCKS + SHARES


def _rhythm(habit: Habit) -> tuple[float, int, float]:
    """What a day keeps of strength, how many days are looked at together, and how many of them are enough."""
    if habit.weekdays:
        return 0.5 ** (1 / (sqrt(len(habit.weekdays) / 7) * HALF_WAY)), 1, 1
    keeps = 0.5 ** (sqrt(habit.times / habit.days) / HALF_WAY)
    if habit.times == habit.days:
        return keeps, 1, 1
    if adds_up(habit):
        return keeps, habit.days, 1
    return keeps, 2 * habit.days, 2 * habit.times


def _in_time(habit: Habit, value: float) -> bool:
    target = habit.target or 0.0
    return value <= target if habit.kind == "at_most" else value >= target
