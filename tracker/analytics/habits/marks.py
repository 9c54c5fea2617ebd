"""A habit's days: what each one came to, and strength after it.

A day is not judged before it is over: today stays `open` until its answer can no longer change for the better or the
worse, and leaves strength as it was.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.habits.strength import SHARES, Worth, adds_up, credit, strengths
from tracker.calendar.days import dates, weekday

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.domain.models import Habit

DONE, PART, MISSED, REST, SKIPPED, UNKNOWN, OFF, OPEN = (
    *("done", "part", "missed", "rest", "skipped", "unknown", "off", "open"),
)
STATES = (DONE, PART, MISSED, REST, SKIPPED, UNKNOWN, OFF, OPEN)

#: Days that say nothing of the habit, and leave strength as it was.
_SILENT = (SKIPPED, UNKNOWN, OFF, OPEN)


class Answer(NamedTuple):
    """What is known of a day: the value in the habit's unit, or that it was skipped."""

    value: float | None = None
    skipped: bool = False


class Mark(NamedTuple):
    """A day of a habit.

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


class Tally(NamedTuple):
    """What was done in a week, of what the habit asks of it (None: nothing): days, or for a sum its unit."""

    achieved: float
    asked: float | None


def tally(habit: Habit, week: Sequence[Mark]) -> Tally:
    """A habit's week (docs/counting.md); `week` are those of its seven days that are the habit's so far.

    N times a week asks for N days, or as many as were not skipped; a sum for its target. Otherwise each day is asked
    for that says something. A rhythm of other than seven days asks nothing of a week of the calendar.
    """
    done = sum(mark.state == DONE for mark in week)
    if habit.weekdays or habit.times == habit.days:
        asked = [mark for mark in week if mark.state in (DONE, PART, MISSED)]
        return Tally(done, sum(not habit.weekdays or weekday(mark.date) in habit.weekdays for mark in asked))
    if adds_up(habit):
        total = sum(mark.value or 0.0 for mark in week if mark.state != SKIPPED)
        return Tally(total, habit.target if habit.days == 7 else None)
    skipped = sum(mark.state == SKIPPED for mark in week)
    return Tally(done, min(habit.times, 7 - skipped) if habit.days == 7 else None)


def marks(
    habit: Habit, answers: Mapping[str, Answer], first: str, last: str, today: str | None = None
) -> tuple[Mark, ...]:
    """Every day from `first` to `last`, both included; `today` is the day that is not over yet."""
    days = dates(first, last)
    said = [answers.get(date) for date in days]
    off = [bool(habit.weekdays) and weekday(date) not in habit.weekdays for date in days]
    values = [(answer.value or 0.0) if answer else 0.0 for answer in said]
    known = [not _says_nothing(habit, answer) for answer in said]
    reached = _reached(habit, said, values, known)
    states = [
        _state(habit, answer, worth, date == today) for date, answer, worth in zip(days, said, reached, strict=True)
    ]
    worths = [
        Worth(
            value,
            credit(habit, answer.value if answer else 0.0) if state not in _SILENT else 0.0,
            state not in _SILENT and not other,
        )
        for answer, value, state, other in zip(said, values, states, off, strict=True)
    ]
    grown = strengths(habit, worths)
    states = _carried(
        habit, [OFF if other and state != DONE else state for state, other in zip(states, off, strict=True)]
    )
    return tuple(
        Mark(date, state, answer.value if answer else None, worth if counted.counts else None, strength)
        for date, answer, state, worth, counted, strength in zip(
            days, said, states, reached, worths, grown, strict=True
        )
    )


def carried(ticked: Iterable[int], times: int, days: int) -> set[int]:
    """The days, as numbers, that a rhythm of N times in M days needs nothing on, ticked ones included.

    N ticks within M days carry M days from the first of them on. Where such a stretch ends inside the next one it is
    moved back to end just before it, but no further than its last tick: no day is carried twice where one is open.
    """
    when = sorted(ticked)
    found: set[int] = set()
    ahead: int | None = None
    for place in range(len(when) - times, -1, -1):
        begin, last = when[place], when[place + times - 1]
        if last - begin >= days:
            continue
        end = begin + days - 1
        if ahead is not None and end >= ahead:
            back = min(end - last, end - ahead + 1)
            begin, end = begin - back, end - back
        found.update(range(begin, end + 1))
        ahead = begin
    return found


def _reached(
    habit: Habit, said: Sequence[Answer | None], values: Sequence[float], known: Sequence[bool]
) -> list[float]:
    """What each day comes to: by itself, or for a sum with the known days before it."""
    if not adds_up(habit) or habit.days == 1:
        return [credit(habit, answer.value if answer else 0.0) for answer in said]
    recent: deque[float] = deque(maxlen=habit.days)
    found = []
    for value, counts in zip(values, known, strict=True):
        if counts:
            recent.append(value)
        found.append(credit(habit, sum(recent)))
    return found


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


def _carried(habit: Habit, states: list[str]) -> list[str]:
    """The same, with the days on which nothing is needed because of the days around them.

    Only days that say something are counted: a skip between two days leaves them neighbours.
    """
    if habit.weekdays or habit.times == habit.days or adds_up(habit):
        return states
    places = [place for place, state in enumerate(states) if state not in _SILENT or state == OPEN]
    done = [number for number, place in enumerate(places) if states[place] == DONE]
    free = carried(done, habit.times, habit.days)
    for number, place in enumerate(places):
        if number in free and states[place] in (MISSED, OPEN):
            states[place] = REST
    return states
