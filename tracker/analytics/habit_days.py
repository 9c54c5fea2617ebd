"""A habit's days: what each one came to, and the habit's strength after it.

Strength is Loop Habit Tracker's exponential smoothing, from 0 to 1, instead of streaks. Each day that counts moves it
towards what the day was worth, by 1 − m with m = 0.5^(√frequency / 13): thirteen days of a daily habit close half of
the distance, and a missed day is a dip, not a zero. What a day is credited depends on the habit's rhythm:

- *N times in M days*, yes or no: the ticks of the last M days out of N. Below daily, twice as many days and ticks are
  looked at, so that a week's tick may fall on another weekday than the last one's.
- *A sum in M days* (at least 3 talks, at most 120 minutes a week): the sum of the last M days against the target.
- *Weekdays*: only those days are looked at. One of n weekdays stands for 7/n days, so that Mondays, Wednesdays and
  Fridays grow as fast as three times in seven days.

A day that says nothing leaves strength as it was, and is taken out of time: a skip, a weekday that is not the habit's,
a day that is not known. The days around it are treated as neighbours, so strength after them is what it would be
without that day (docs/counting.md). The running day stays `open` until its answer can no longer change for the better
or the worse, and leaves strength as it was.

The values are typed, or measured from the log (`measured_values`). Then a day that was not logged has no value. A
logged day has one, 0 where the thing did not happen; it is None where there is nothing to measure: the time of the
first opening of a day without openings, the share of kept plans of a day without plans.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from math import sqrt

from tracker.analytics import day_slices
from tracker.calendar.days import WallClock, dates, weekday
from tracker.domain.models import DAY, Habit, over_plan
from tracker.domain.record import Record
from tracker.settings import Settings

#: The name of a measure, and the channel it is limited to.
Measured = tuple[str, str | None]

#: Date → value, for every logged day. Minutes, counts, percent, or seconds after midnight, by the measure.
MeasuredValues = dict[str, float | None]

#: The values of several measures.
Measurements = dict[Measured, MeasuredValues]

STATES = ("done", "part", "missed", "rest", "skipped", "unknown", "off", "open")
DONE, PART, MISSED, REST, SKIPPED, UNKNOWN, OFF, OPEN = STATES

#: Days that say nothing of the habit, and leave strength as it was.
_SILENT = (SKIPPED, UNKNOWN, OFF, OPEN)

#: Days after which a daily habit has gone half of the way.
HALF_WAY = 13

#: Measures whose values are times of day: kept or not, and nothing to add up.
CLOCKS = ("first_opening", "last_opening")

#: Measures whose values are shares: nothing to add up either.
SHARES = ("plan_kept",)

#: The kind of channel that a measure is about, where it is not social.
_KINDS = {"focus_minutes": "focus", "contacts": "in_person"}


class Answer(Record):
    """What is known of a day: the value in the habit's unit, or that it was skipped."""

    value: float | None = None
    skipped: bool = False


class DayValue(Record):
    """One day: its value in the habit's unit, what it is worth by itself (0 to 1), and whether it counts at all.

    A day that does not count leaves strength as it was, and is none of the last M days of later days.
    """

    value: float = 0.0
    credit: float = 0.0
    counts: bool = True


def credit(habit: Habit, value: float | None) -> float:
    """What a value in the habit's unit is worth by itself, from 0 to 1: a part for a part of the way to the target, or
    for up to twice a limit.

    A time of day (seconds after midnight) is kept or not; None, a day without the event, keeps it.
    """
    target = habit.target or 0.0
    if habit.measure in CLOCKS:
        return float(value is None or (value <= target if habit.kind == "at_most" else value >= target))
    value = value or 0.0
    if habit.kind == "yes_no":
        return float(value >= (100 if habit.measure in SHARES else 1))
    if habit.kind == "at_least":
        return min(1.0, max(value, 0.0) / target) if target else 1.0
    return min(1.0, max(0.0, 2 - value / target)) if target else float(value <= 0)


def strengths(habit: Habit, days: Iterable[DayValue]) -> list[float]:
    """Strength (0 to 1) after each of the days.

    Every habit begins at 0. Loop lets an at-most habit begin at 1, since nothing was too much yet: a limit would then
    be at 100 % after its first day, and near it after a day over it, which says nothing of anybody.
    """
    sums = adds_up(habit)
    # Which share of strength a day keeps, how many days are looked at together, and how many of them are enough.
    frequency = len(habit.weekdays) / 7 if habit.weekdays else habit.times / habit.days
    keeps, window, enough = 0.5 ** (sqrt(frequency) / HALF_WAY), 1, 1
    if habit.weekdays:
        keeps = 0.5 ** (1 / (sqrt(frequency) * HALF_WAY))
    elif sums:
        window = habit.days
    elif habit.times != habit.days:
        window, enough = 2 * habit.days, 2 * habit.times
    strength = 0.0
    recent: deque[float] = deque(maxlen=window)
    after = []
    for day in days:
        if day.counts:
            recent.append(day.value if sums else day.credit)
            total = sum(recent)
            worth = credit(habit, total) if sums else min(1.0, total / enough)
            strength = strength * keeps + worth * (1 - keeps)
        after.append(strength)
    return after


def adds_up(habit: Habit) -> bool:
    """Whether the target is for the sum of all days of the rhythm, not for each of the days that count."""
    return habit.kind != "yes_no" and habit.times == 1 and habit.measure not in CLOCKS + SHARES


class HabitDay(Record):
    """A day of a habit, its state and value, and strength (0 to 1) after it.

    `rest` is a day without a tick that the rhythm does not need, `off` another weekday than the habit's, `open` the
    day that is not over yet. `credit` is what the day was worth by itself, None where it says nothing.
    """

    date: str
    state: str
    value: float | None
    credit: float | None
    strength: float

    @property
    def due(self) -> bool:
        """Whether the day is one for the habit, and not carried by the days around it."""
        return self.state not in (OFF, SKIPPED, REST)


class WeekProgress(Record):
    """What was done in a week, of what the habit asks of it (None: nothing): days, or for a sum its unit."""

    achieved: float
    asked: float | None


def week_progress(habit: Habit, week: Sequence[HabitDay]) -> WeekProgress:
    """A habit's week (docs/counting.md); `week` are those of its seven days that are the habit's so far.

    N times a week asks for N days, or as many as were not skipped; a sum for its target. Otherwise each day with an
    answer is asked for. A rhythm of other than seven days asks nothing of a week of the calendar.
    """
    done = sum(day.state == DONE for day in week)
    if habit.weekdays or habit.times == habit.days:
        answered = [day for day in week if day.state in (DONE, PART, MISSED)]
        return WeekProgress(done, sum(not habit.weekdays or weekday(day.date) in habit.weekdays for day in answered))
    if adds_up(habit):
        total = sum(day.value or 0.0 for day in week if day.state != SKIPPED)
        return WeekProgress(total, habit.target if habit.days == 7 else None)
    skipped = sum(day.state == SKIPPED for day in week)
    return WeekProgress(done, min(habit.times, 7 - skipped) if habit.days == 7 else None)


def habit_days(
    habit: Habit, answers: Mapping[str, Answer], first: str, last: str, today: str | None = None
) -> tuple[HabitDay, ...]:
    """Every day from `first` to `last`, both included; `today` is the day that is not over yet."""
    sums = adds_up(habit) and habit.days > 1
    recent: deque[float] = deque(maxlen=habit.days)
    days = dates(first, last)
    states: list[str] = []
    credits: list[float] = []
    values: list[DayValue] = []
    for date in days:
        answer = answers.get(date)
        value = (answer.value or 0.0) if answer else 0.0
        own_credit = credit(habit, answer.value if answer else 0.0)
        reached = own_credit
        if sums:  # with the known days before it
            if not _says_nothing(habit, answer):
                recent.append(value)
            reached = credit(habit, sum(recent))
        state = _state(habit, answer, reached, date == today)
        counts = state not in _SILENT
        is_off = bool(habit.weekdays) and weekday(date) not in habit.weekdays
        credits.append(reached)
        values.append(DayValue(value, own_credit if counts else 0.0, counts and not is_off))
        states.append(OFF if is_off and state != DONE else state)
    return tuple(
        HabitDay(date, state, answer.value if answer else None, reached if value.counts else None, strength)
        for date, answer, state, reached, value, strength in zip(
            days, map(answers.get, days), _rested(habit, states), credits, values, strengths(habit, values), strict=True
        )
    )


def carried_days(ticked: Iterable[int], times: int, days: int) -> set[int]:
    """The days, as numbers, on which a rhythm of N times in M days needs nothing, ticked ones included.

    N ticks within M days carry M days from the first of them on. Where such a stretch ends inside the next one it is
    moved back to end just before it, but no further than its last tick: no day is carried twice where one is open.
    """
    ticks = sorted(ticked)
    carried: set[int] = set()
    next_begin: int | None = None
    for index in range(len(ticks) - times, -1, -1):
        begin, last = ticks[index], ticks[index + times - 1]
        if last - begin >= days:
            continue
        end = begin + days - 1
        if next_begin is not None and end >= next_begin:
            back = min(end - last, end - next_begin + 1)
            begin, end = begin - back, end - back
        carried.update(range(begin, end + 1))
        next_begin = begin
    return carried


def _says_nothing(habit: Habit, answer: Answer | None) -> bool:
    """Whether a day was skipped or is not known: without a log nothing is measured, of a limit nothing was said."""
    return answer.skipped if answer else bool(habit.measure) or habit.kind == "at_most"


def _state(habit: Habit, answer: Answer | None, worth: float, is_open: bool) -> str:
    """The day without the days that carry it, whatever its weekday."""
    if answer and answer.skipped:
        return SKIPPED
    if is_open and not _decided(habit, answer, worth):
        return OPEN
    if answer is None and _says_nothing(habit, answer):
        return UNKNOWN
    if answer and answer.value is None and habit.measure in SHARES:
        return OFF  # no plan was made: nothing to keep
    if worth >= 1:
        return REST if _adds_nothing(habit, answer) else DONE
    return PART if worth > 0 and not _adds_nothing(habit, answer) else MISSED


def _adds_nothing(habit: Habit, answer: Answer | None) -> bool:
    """Whether this is a day without a part of its own in a sum to be reached."""
    return habit.days > 1 and adds_up(habit) and habit.kind == "at_least" and not (answer and answer.value)


def _decided(habit: Habit, answer: Answer | None, worth: float) -> bool:
    """Whether the rest of the day cannot change what it comes to."""
    if answer is None:
        return habit.kind == "at_least" and not habit.measure and worth >= 1
    if habit.measure in SHARES:
        return False
    if habit.measure == "first_opening":
        return answer.value is not None
    if habit.kind == "at_most":
        return worth < 1 if habit.measure else True
    return worth >= 1 or (habit.kind == "yes_no" and habit.measure is None)


def _rested(habit: Habit, states: list[str]) -> list[str]:
    """The `states`, with REST for the days on which nothing is needed because of the days around them.

    Only days that say something are counted: a skip between two days leaves them neighbours.
    """
    if habit.weekdays or habit.times == habit.days or adds_up(habit):
        return states
    places = [index for index, state in enumerate(states) if state not in _SILENT or state == OPEN]
    done = [number for number, index in enumerate(places) if states[index] == DONE]
    carried = carried_days(done, habit.times, habit.days)
    for number, index in enumerate(places):
        if number in carried and states[index] in (MISSED, OPEN):
            states[index] = REST
    return states


def measured_values(
    loaded: day_slices.LoadedDays, settings: Settings, wanted: Collection[Measured], plans: dict[int, int]
) -> Measurements:
    """The values of each wanted measure on every logged day; `plans` has the planned seconds by session id."""
    days: dict[str, list[day_slices.DaySlice]] = {date: [] for date in sorted(loaded.logged)}
    for part in loaded.slices:
        days[part.date].append(part)
    value_of: dict[str, Callable[[list[day_slices.DaySlice]], float | None]] = {
        "social_minutes": lambda parts: day_slices.covered_seconds(parts) / 60,
        "focus_minutes": lambda parts: day_slices.covered_seconds(parts) / 60,
        "contacts": lambda parts: float(sum(part.begins for part in parts)),
        "checks": lambda parts: float(sum(day_slices.is_check(part, settings) for part in parts)),
        "first_opening": _opening_time,
        "last_opening": lambda parts: _opening_time(reversed(parts)),
        "plan_kept": lambda parts: _percent_kept(parts, plans),
    }
    values: Measurements = {}
    for name, channel in wanted:
        if name == "urges_resisted":
            urges = [date for date, urge in loaded.urges if channel in (None, urge.channel)]
            values[name, channel] = {date: float(urges.count(date)) for date in days}
            continue
        names = loaded.names_of(_KINDS.get(name, "social")) if channel is None else {channel}
        values[name, channel] = {
            date: value_of[name]([part for part in parts if part.channel in names]) for date, parts in days.items()
        }
    return values


def plans_kept(parts: Iterable[day_slices.DaySlice], plans: dict[int, int]) -> tuple[int, int]:
    """Of the planned sessions that began here and have ended: how many ended in time, and how many there are."""
    planned = [part for part in parts if part.begins and part.id in plans and part.lasted is not None]
    return sum(not over_plan(part.lasted or 0, plans[part.id]) for part in planned), len(planned)


def _percent_kept(parts: Iterable[day_slices.DaySlice], plans: dict[int, int]) -> float | None:
    kept, planned = plans_kept(parts, plans)
    return 100 * kept / planned if planned else None


def _opening_time(parts: Iterable[day_slices.DaySlice]) -> float | None:
    """When the first of these openings was, in seconds after the midnight before the day began.

    In the night after the day these are more than 86,400.
    """
    part = next((part for part in parts if part.begins), None)
    if part is None:
        return None
    wall = WallClock.of(part.zone)
    night = wall.day(part.opened) > part.date
    return float(wall.second_of_day(part.opened) + (DAY if night else 0))
