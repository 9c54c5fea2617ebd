"""Habits: how they stand on a date, and what is ticked, skipped, added, changed and ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import Habit, TrackerError
from tracker.domain.text import quoted
from tracker.locale import N_, _
from tracker.services.workspace import Workspace

if TYPE_CHECKING:
    from tracker.reports.habit_histories import HabitHistory

#: Habits to begin with, measured from the log: names, to be translated, and the habits without them.
OFFERS = (
    (N_("Less feed"), Habit(0, "", "at_most", 60.0, "min", "social_minutes")),
    (N_("Slow morning"), Habit(0, "", "at_least", 9 * 3600.0, None, "first_opening")),
    (N_("Talk to someone"), Habit(0, "", "yes_no", None, None, "contacts", times=3, days=7)),
)


def habits(workspace: Workspace, date: str | None = None, *, waiting: bool = False) -> tuple[HabitHistory, ...]:
    """The habits in order, with their days up to a date, by default today; archived ones left out.

    Those that begin later than that date are left out too, unless `waiting` ones are asked for.
    """
    from tracker.reports.habit_histories import HabitReader

    if workspace.habit_report is None or workspace.habit_report.settings is not workspace.settings:
        workspace.habit_report = HabitReader(workspace.journal, workspace.settings, workspace.zone)
    return workspace.habit_report.kept(workspace.now(), date, waiting=waiting)


def add_habit(workspace: Workspace, habit: Habit) -> Habit:
    """Add a habit at the end."""
    from tracker.storage import habits

    return habits.add(workspace.journal, habit, now=workspace.now())


def change_habit(workspace: Workspace, habit: Habit, seen: Habit) -> Habit:
    """Write a habit that was seen so. TrackerError where another program has changed it since."""
    from tracker.storage import habits

    return habits.change(workspace.journal, habit, now=workspace.now(), was=seen)


def tick(workspace: Workspace, habit: Habit, date: str, value: float | None) -> None:
    """Answer a habit for a day; None takes the answer back."""
    from tracker.storage import habits

    habits.tick(workspace.journal, habit.name, date, value, now=workspace.now())


def answer_of(workspace: Workspace, habit: Habit, date: str) -> str:
    """What was said of a habit by hand for that day, in words; empty for nothing, or a skip."""
    from tracker.analytics.habits.habit_wording import say_answer
    from tracker.storage import habits

    return ", ".join(
        say_answer(habit, tick.value)
        for tick in habits.ticks(workspace.journal, date, date, habit.name)
        if not tick.skipped
    )


def skip(workspace: Workspace, habit: Habit, date: str) -> None:
    """Say that a habit was not for that day."""
    from tracker.storage import habits

    habits.skip(workspace.journal, habit.name, date, now=workspace.now())


def move_habit(workspace: Workspace, habit: Habit, steps: int) -> None:
    """Put a habit further up or down."""
    from tracker.storage import habits

    with workspace.transaction():
        names = [one.name for one in habits.habits(workspace.journal) if not one.archived]
        if habit.name not in names:
            raise TrackerError(_("there is no habit “{word}” any more").format(word=quoted(habit.name)))
        place = names.index(habit.name)
        there = max(0, min(place + steps, len(names) - 1))
        if there != place:
            names.insert(there, names.pop(place))
            habits.order(workspace.journal, names, now=workspace.now())
