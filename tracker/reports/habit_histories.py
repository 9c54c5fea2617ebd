"""The habits as screens and command line show them: each day's mark, strength, and how much of it is known.

A habit begins on the day it was made, or on the first day that was answered for it by hand before. What the log
measures of the days before it was made does not count: nobody kept the habit yet.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Sequence
from weakref import WeakKeyDictionary

from tracker.analytics import habit_days
from tracker.analytics.day_slices import LoadedDays
from tracker.analytics.habit_days import Answer, HabitDay, Measured, MeasuredValues, Measurements
from tracker.calendar.days import dates, next_date
from tracker.domain.models import Habit, Tick
from tracker.domain.record import Record
from tracker.reports.load_days import load_days, span_of_days
from tracker.storage import day_records, session_table, undo_steps
from tracker.storage import habits as habit_table
from tracker.workspace import Workspace

#: How many known days of a measured habit are looked at: the year's grid. Earlier ones weigh less than a thousandth.
#: Skipped and unknown days are not known; they are compensated by older days, as far back as FARTHEST days.
LOOK_BACK = 53 * 7
FARTHEST = 4 * LOOK_BACK

#: A day at most so many days ago is cut from the days up to today, which are measured already.
NEAR = 60

#: The earliest date of a tick.
_EARLIEST_DATE = "1970-01-01"


class HabitHistory(Record):
    """One habit and its days, up to the day that was asked for."""

    habit: Habit
    marks: tuple[HabitDay, ...]

    @property
    def today(self) -> HabitDay:
        """The last day of the history."""
        return self.marks[-1]

    @property
    def strength(self) -> float | None:
        """Strength after the last of its days, from 0 to 1; None while no day has counted yet."""
        return self.marks[-1].strength if any(mark.credit is not None for mark in self.marks) else None

    def until(self, date: str) -> HabitHistory | None:
        """The history as it stood on an earlier day; None for a day before its first."""
        count = bisect_right(self.marks, date, key=lambda mark: mark.date)
        return self._replace(marks=self.marks[:count]) if count else None

    def recent(self, days: int) -> tuple[HabitDay, ...]:
        """The last `days` days of the history."""
        return self.marks[-days:]

    def within(self, dates: Sequence[str]) -> list[HabitDay]:
        """The days of the habit from the first of some dates to the last, at most the last LOOK_BACK."""
        return [mark for mark in self.recent(LOOK_BACK) if dates[0] <= mark.date <= dates[-1]]

    def coverage(self) -> tuple[int, int]:
        """How many of the last LOOK_BACK days that were the habit's are known, and how many they are."""
        due = [mark for mark in self.recent(LOOK_BACK) if mark.state not in (habit_days.OFF, habit_days.SKIPPED)]
        return sum(mark.state != habit_days.UNKNOWN for mark in due), len(due)

    def done(self) -> int:
        """On how many of the last LOOK_BACK days it was done."""
        return sum(mark.state == habit_days.DONE for mark in self.recent(LOOK_BACK))


class MeasuredPast(Record):
    """What was measured on days that are over, kept by the screens from one reading to the next."""

    #: The days and the measures that were asked for, and the settings and the zone that they were measured by.
    key: tuple[object, ...]
    #: The id of the last change of the log that is in it.
    seen: int
    values: Measurements


def measure_habits(workspace: Workspace, wanted: Collection[Measured], first: str, last: str) -> Measurements:
    """The values of each wanted measure on every logged day from `first` to `last`, both included."""
    if not wanted or first > last:
        return {measure: {} for measure in wanted}
    return measure_loaded(workspace, wanted, load_days(workspace, first, last))


def measure_loaded(workspace: Workspace, wanted: Collection[Measured], loaded: LoadedDays) -> Measurements:
    """The values of each wanted measure on every logged day of `loaded`."""
    plans = {}
    if any(name == "plan_kept" for name, _channel in wanted):
        plans = session_table.planned(workspace.database, *span_of_days(workspace, loaded.first, loaded.last))
    return habit_days.measured_values(loaded, workspace.settings, wanted, plans)


def habits(workspace: Workspace, *, last: str | None = None, archived: bool = False) -> tuple[HabitHistory, ...]:
    """The habits in the user's order with their days up to `last`, by default today; `archived` ones too, if asked."""
    return HabitReader().kept(workspace, last, archived=archived)


class HabitReader:
    """Reads the habits repeatedly, and measures the days that are over again only when they were changed."""

    def __init__(self) -> None:
        self._past: MeasuredPast | None = None
        #: How many days back the last reading had to go.
        self._days_back = LOOK_BACK

    def kept(
        self, workspace: Workspace, last: str | None = None, *, archived: bool = False, waiting: bool = False
    ) -> tuple[HabitHistory, ...]:
        """The habits with their days up to `last`, by default today.

        `archived` adds the archived habits, `waiting` those that begin after `last`.
        """
        with workspace.database.snapshot():
            today = workspace.today()
            last = min(last or today, today)
            chosen = [habit for habit in habit_table.habits(workspace.database) if archived or not habit.archived]
            measured_until = last if last < next_date(today, -NEAR) else today
            histories = self._histories(workspace, chosen, today, measured_until) if chosen else {}
        then = {id: history.until(last) for id, history in histories.items()}
        return tuple(then.get(habit.id) or _to_come(habit, last) for habit in chosen if waiting or then.get(habit.id))

    def _histories(
        self, workspace: Workspace, chosen: Sequence[Habit], today: str, last: str
    ) -> dict[int, HabitHistory]:
        """The history of each habit that has begun by the day `last`, by the habit's id."""
        ticks: dict[str, list[Tick]] = {}
        for tick in habit_table.ticks(workspace.database, _EARLIEST_DATE, last):
            ticks.setdefault(tick.habit.casefold(), []).append(tick)
        wanted = {(habit.measure, habit.channel) for habit in chosen if habit.measure}
        created = min((habit.created for habit in chosen if habit.measure), default=last)
        reach = min(max(created, next_date(last, 1 - max(self._days_back, LOOK_BACK))), last)
        measured = self._measured(workspace, wanted, reach, last, today)
        skipped = {name: {tick.date for tick in by_hand if tick.skipped} for name, by_hand in ticks.items()}
        while missing := max((_missing(habit, measured, skipped, reach, last) for habit in chosen), default=0):
            farther = max(created, next_date(reach, -2 * missing), next_date(last, 1 - FARTHEST))
            if farther >= reach:
                break
            more = measure_habits(workspace, wanted, farther, next_date(reach, -1))
            measured = {measure: more[measure] | values for measure, values in measured.items()}
            reach = farther
        self._days_back = len(dates(reach, last))
        open_day = None if day_records.get_note(workspace.database, today).closed else today
        histories = {}
        for habit in chosen:
            values = measured[habit.measure, habit.channel] if habit.measure else {}
            by_hand = ticks.get(habit.name.casefold(), [])
            first = min([habit.created, *(tick.date for tick in by_hand[:1])])
            if first <= last:
                answers = _answers(by_hand, values, habit.created)
                oldest = max(first, _oldest(habit, answers, reach, last))
                days = habit_days.habit_days(habit, answers, oldest, last, open_day)
                histories[habit.id] = HabitHistory(habit, days)
        return histories

    def _measured(self, workspace: Workspace, wanted: set[Measured], first: str, last: str, today: str) -> Measurements:
        """Days that are over from `_past`, unless they were changed since; today is always measured again."""
        over = next_date(last, -1) if last == today else last
        latest = workspace.database.log_position()
        key = (first, over, frozenset(wanted), workspace.settings, workspace.zone)
        if self._past is None or self._past.key != key or _reaches_back(workspace, self._past.seen, over):
            self._past = MeasuredPast(key, latest, measure_habits(workspace, wanted, first, over))
        self._past = self._past._replace(seen=latest)
        if last != today:
            return self._past.values
        fresh = measure_habits(workspace, wanted, today, today)
        return {measure: {**self._past.values[measure], **fresh[measure]} for measure in wanted}


_readers: WeakKeyDictionary[Workspace, HabitReader] = WeakKeyDictionary()


def reader_of(workspace: Workspace) -> HabitReader:
    """The reader of the habits of a workspace, kept for as long as the workspace."""
    return _readers.setdefault(workspace, HabitReader())


def _reaches_back(workspace: Workspace, seen: int, over: str) -> bool:
    """Whether a change after the id `seen` belongs to the days up to `over`, in any zone."""
    touched = undo_steps.touched_from(workspace.database, seen)
    return touched is not None and touched < span_of_days(workspace, over, over)[1]


def _to_come(habit: Habit, date: str) -> HabitHistory:
    """A habit on a day before its first; an answer on that day would begin it."""
    return HabitHistory(habit, (HabitDay(date, habit_days.OFF, None, None, 0.0),))


def _missing(habit: Habit, measured: Measurements, skipped: dict[str, set[str]], reach: str, last: str) -> int:
    """How many known days a measured habit lacks of LOOK_BACK, from `reach` to `last`; 0 where it has no older ones."""
    if not habit.measure or habit.created >= reach:
        return 0
    skips = skipped.get(habit.name.casefold(), set())
    known = sum(date >= reach and date not in skips for date in measured[habit.measure, habit.channel])
    return max(LOOK_BACK - known, 0)


def _oldest(habit: Habit, answers: dict[str, Answer], reach: str, last: str) -> str:
    """The first day to show. A habit ticked by hand is shown from its first tick.

    A measured one is shown from the first of its last LOOK_BACK known days, or, where there are fewer, from `reach` or
    the first day of the year's grid, whichever is earlier.
    """
    if not habit.measure:
        return _EARLIEST_DATE
    known = sorted(date for date, answer in answers.items() if date <= last and not answer.skipped)
    return known[-LOOK_BACK] if len(known) >= LOOK_BACK else min(reach, next_date(last, 1 - LOOK_BACK))


def _answers(by_hand: Sequence[Tick], values: MeasuredValues, created: str) -> dict[str, Answer]:
    """What was measured since the habit was made, with the days that were answered by hand."""
    answers = {date: Answer(value) for date, value in values.items() if date >= created}
    return answers | {tick.date: Answer(tick.value, tick.skipped) for tick in by_hand}
