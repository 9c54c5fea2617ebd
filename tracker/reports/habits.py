"""The habits as screens and command line both show them: each day's mark, strength, and how much of it is known.

A habit begins on the day it was made, or with the first day that was answered for it by hand before. What the log
measures of the days before it was made says nothing of it: nobody was keeping it yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.habits.habit_days import DONE, OFF, SKIPPED, UNKNOWN, Answer, HabitDay, habit_days
from tracker.calendar.days import Wall, dates, day_of, next_date
from tracker.reports.measure import measure
from tracker.storage import habits as table
from tracker.storage import notes, undo

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.models import Habit, Tick
    from tracker.reports.measure import Measured, Values
    from tracker.settings import Settings
    from tracker.storage import Journal

#: How many days of a measured habit are looked at: the year's grid. What was before weighs less than a thousandth.
#: Skipped and unknown days are none of them, for a skip must not push out an older day: they are looked for as far
#: back as FARTHEST days.
LOOK_BACK = 53 * 7
FARTHEST = 4 * LOOK_BACK

#: So many days back a day is shown as it lies in today's year, which is measured already.
NEAR = 60

#: The earliest date that ticks are looked for.
_EVER = "1970-01-01"


class Kept(NamedTuple):
    """One habit and its days, the last one that day for which it was asked."""

    habit: Habit
    marks: tuple[HabitDay, ...]

    @property
    def today(self) -> HabitDay:
        """The last of its days."""
        return self.marks[-1]

    @property
    def strength(self) -> float | None:
        """Strength after the last of its days, from 0 to 1; None while no day has counted yet."""
        return self.marks[-1].strength if any(mark.credit is not None for mark in self.marks) else None

    def until(self, date: str) -> Kept | None:
        """As it stood on an earlier day; None for a day before its first."""
        back = len(self.marks) - 1
        while back >= 0 and self.marks[back].date > date:
            back -= 1
        return self._replace(marks=self.marks[: back + 1]) if back >= 0 else None

    def recent(self, days: int) -> tuple[HabitDay, ...]:
        """The last days."""
        return self.marks[-days:]

    def within(self, dates: Sequence[str]) -> list[HabitDay]:
        """Those of its days that lie in a span of dates."""
        return [mark for mark in self.recent(LOOK_BACK) if dates[0] <= mark.date <= dates[-1]]

    def coverage(self, days: int = LOOK_BACK) -> tuple[int, int]:
        """How many of the last days that were the habit's are known, and how many they are."""
        due = [mark for mark in self.recent(days) if mark.state not in (OFF, SKIPPED)]
        return sum(mark.state != UNKNOWN for mark in due), len(due)

    def done(self, days: int = LOOK_BACK) -> int:
        """On how many of the last days it was done."""
        return sum(mark.state == DONE for mark in self.recent(days))


class Past(NamedTuple):
    """What was measured on days that are over, kept by the screens from one look to the next."""

    key: tuple[object, ...]
    #: The last change that is in it.
    seen: int
    values: dict[Measured, Values]


def habits(
    journal: Journal,
    settings: Settings,
    *,
    zone: str,
    now: int,
    last: str | None = None,
    archived: bool = False,
) -> tuple[Kept, ...]:
    """The habits in the user's order with their days up to `last`, by default today; `archived` ones too, if asked."""
    return Habits(journal, settings, zone).kept(now, last, archived=archived)


class Habits:
    """Looks at habits again and again, and measures the days that are over only when something was changed."""

    def __init__(self, journal: Journal, settings: Settings, zone: str) -> None:
        self._journal, self.settings, self._zone = journal, settings, zone
        self._past: Past | None = None
        #: How many days back the last look had to go.
        self._reach = LOOK_BACK

    def kept(
        self, now: int, last: str | None = None, *, archived: bool = False, waiting: bool = False
    ) -> tuple[Kept, ...]:
        """The habits with their days up to `last`, by default today; `waiting` ones, that begin later, too if asked."""
        with self._journal.snapshot():
            today = day_of(now, self._zone, self.settings.day_starts_at)
            last = min(last or today, today)
            if last < next_date(today, -NEAR):
                return self._kept(now, today, last, archived, waiting)
            every = self._kept(now, today, today, archived, waiting)
            then = [(one.habit, one.until(last)) for one in every]
            return tuple(one or _to_come(habit, last) for habit, one in then if one or waiting)

    def _kept(self, now: int, today: str, last: str, archived: bool, waiting: bool) -> tuple[Kept, ...]:
        every = [habit for habit in table.habits(self._journal) if archived or not habit.archived]
        if not every:
            return ()
        ticks: dict[str, list[Tick]] = {}
        for tick in table.ticks(self._journal, _EVER, last):
            ticks.setdefault(tick.habit.casefold(), []).append(tick)
        wanted = {(habit.measure, habit.channel) for habit in every if habit.measure}
        made = min((habit.created for habit in every if habit.measure), default=last)
        reach = min(max(made, next_date(last, 1 - max(self._reach, LOOK_BACK))), last)
        measured = self._measured(wanted, reach, last, today, now)
        skipped = {name: {tick.date for tick in said if tick.skipped} for name, said in ticks.items()}
        while missing := max((_missing(habit, measured, skipped, reach, last) for habit in every), default=0):
            farther = max(made, next_date(reach, -2 * missing), next_date(last, 1 - FARTHEST))
            if farther >= reach:
                break
            before = next_date(reach, -1)
            more = measure(self._journal, self.settings, wanted, farther, before, zone=self._zone, now=now)
            measured = {one: more[one] | values for one, values in measured.items()}
            reach = farther
        # The next look begins there.
        self._reach = len(dates(reach, last))
        open_ = None if notes.get(self._journal, today).closed else today
        found = []
        for habit in every:
            values = measured[habit.measure, habit.channel] if habit.measure else {}
            said = ticks.get(habit.name.casefold(), [])
            first = min([habit.created, *(tick.date for tick in said[:1])])
            if first <= last:
                answers = _answers(said, values, habit.created)
                days = habit_days(habit, answers, max(first, _oldest(habit, answers, reach, last)), last, open_)
                found.append(Kept(habit, days))
            elif waiting:
                found.append(_to_come(habit, last))
        return tuple(found)

    def _measured(self, wanted: set[Measured], first: str, last: str, today: str, now: int) -> dict[Measured, Values]:
        """Days that are over from what is remembered, where nothing was changed since; today always anew."""
        over = next_date(last, -1) if last == today else last
        latest, key = undo.latest(self._journal), (first, over, frozenset(wanted))
        if self._past is None or self._past.key != key or self._reaches_back(self._past.seen, over):
            values = measure(self._journal, self.settings, wanted, first, over, zone=self._zone, now=now)
            self._past = Past(key, latest, values)
        self._past = self._past._replace(seen=latest)
        if last != today:
            return self._past.values
        fresh = measure(self._journal, self.settings, wanted, today, today, zone=self._zone, now=now)
        return {one: {**self._past.values[one], **fresh[one]} for one in wanted}

    def _reaches_back(self, seen: int, over: str) -> bool:
        """Whether anything was changed since then that belongs to the days up to `over`, in whatever zone."""
        touched = undo.touched_from(self._journal, seen)
        if touched is None:
            return False
        walls = [Wall.of(name, self.settings.day_starts_at) for name in {self._zone, *self._journal.zones()}]
        return touched < max(wall.bounds(over)[1] for wall in walls)


def _to_come(habit: Habit, date: str) -> Kept:
    """A habit on a day before its first: nothing is asked of it there, and an answer would begin it."""
    return Kept(habit, (HabitDay(date, OFF, None, None, 0.0),))


def _missing(
    habit: Habit, measured: dict[Measured, Values], skipped: dict[str, set[str]], reach: str, last: str
) -> int:
    """How many known days a measured habit lacks of LOOK_BACK, from `reach` to `last`; 0 where there are no others."""
    if not habit.measure or habit.created >= reach:
        return 0
    skips = skipped.get(habit.name.casefold(), set())
    known = sum(date >= reach and date not in skips for date in measured[habit.measure, habit.channel])
    return max(LOOK_BACK - known, 0)


def _oldest(habit: Habit, answers: dict[str, Answer], reach: str, last: str) -> str:
    """The first day that is looked at: all that was ticked by hand, or the last LOOK_BACK known days of a measure.

    Where there are fewer, what was measured (from `reach` on), and the year's grid.
    """
    if not habit.measure:
        return _EVER
    known = sorted(date for date, answer in answers.items() if date <= last and not answer.skipped)
    return known[-LOOK_BACK] if len(known) >= LOOK_BACK else min(reach, next_date(last, 1 - LOOK_BACK))


def _answers(said: Sequence[Tick], values: Values, created: str) -> dict[str, Answer]:
    """What was measured since the habit was made, with the days that were answered by hand."""
    answers = {date: Answer(value) for date, value in values.items() if date >= created}
    return answers | {tick.date: Answer(tick.value, tick.skipped) for tick in said}
