"""The habits: how they stand, and what is said of them. What is measured is measured anew only when the log changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _
from tracker.tui.desk.showing import Showing

if TYPE_CHECKING:
    from tracker.domain.models import Habit
    from tracker.reports.habits import Habits as Looking
    from tracker.reports.habits import Kept


class Habits(Showing):
    """Reads and writes habits and their days."""

    _looking: Looking | None = None

    def habits(self, date: str | None = None, *, waiting: bool = False) -> tuple[Kept, ...]:
        """The habits in order, with their days up to a date, by default today; archived ones left out.

        Those that begin later than that date are left out too, unless `waiting` ones are asked for.
        """
        from tracker.reports.habits import Habits

        if self._looking is None or self._looking.settings is not self.settings:
            self._looking = Habits(self.journal, self.settings, self.zone)
        return self._looking.kept(self.now(), date, waiting=waiting)

    def add_habit(self, habit: Habit) -> Habit:
        """Add a habit at the end."""
        from tracker.storage import habits

        return habits.add(self.journal, habit, now=self.now())

    def change_habit(self, habit: Habit, seen: Habit) -> Habit:
        """Write a habit that was seen so. TrackerError where another program has changed it since."""
        from tracker.storage import habits

        return habits.change(self.journal, habit, now=self.now(), was=seen)

    def tick(self, habit: Habit, date: str, value: float | None) -> None:
        """Answer a habit for a day; None takes the answer back."""
        from tracker.storage import habits

        habits.tick(self.journal, habit.name, date, value, now=self.now())

    def answer_of(self, habit: Habit, date: str) -> str:
        """What was said of a habit by hand for that day, in words; empty for nothing, or a skip."""
        from tracker.analytics.habits.words import say_answer
        from tracker.storage import habits

        return ", ".join(
            say_answer(habit, tick.value)
            for tick in habits.ticks(self.journal, date, date, habit.name)
            if not tick.skipped
        )

    def skip(self, habit: Habit, date: str) -> None:
        """Say that a habit was not for that day."""
        from tracker.storage import habits

        habits.skip(self.journal, habit.name, date, now=self.now())

    def move_habit(self, habit: Habit, steps: int) -> None:
        """Put a habit further up or down."""
        from tracker.storage import habits

        with self.together():
            names = [one.name for one in habits.habits(self.journal) if not one.archived]
            if habit.name not in names:
                raise TrackerError(_("there is no habit “{word}” any more").format(word=quoted(habit.name)))
            place = names.index(habit.name)
            there = max(0, min(place + steps, len(names) - 1))
            if there != place:
                names.insert(there, names.pop(place))
                habits.order(self.journal, names, now=self.now())
