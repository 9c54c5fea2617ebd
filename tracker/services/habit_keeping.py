"""Habits: how they stand on a date, and what is ticked, skipped, added, changed and ordered."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import Habit, Tick
from tracker.domain.text import quoted
from tracker.locale import N_, _
from tracker.storage import habits as storage

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.reports.habit_histories import HabitHistory
    from tracker.workspace import Workspace


#: Habits to begin with, measured from the log: names, to be translated, and the habits without them.
SUGGESTED_HABITS = (
    (N_("Less feed"), Habit(0, "", "at_most", 60.0, "min", "social_minutes")),
    (N_("Slow morning"), Habit(0, "", "at_least", 9 * 3600.0, None, "first_opening")),
    (N_("Talk to someone"), Habit(0, "", "yes_no", None, None, "contacts", times=3, days=7)),
)


def habits(
    workspace: Workspace, date: str | None = None, *, waiting: bool = False, archived: bool = False
) -> tuple[HabitHistory, ...]:
    """The habits in order, with their days up to a date, by default today.

    Archived ones, and those that begin later than that date (`waiting`), only if asked for.
    """
    if not storage.habits(workspace.database):
        return ()  # without any, nothing is imported for them
    from tracker.reports.habit_histories import reader_of

    return reader_of(workspace).kept(workspace, date, archived=archived, waiting=waiting)


def find_habit(workspace: Workspace, word: str) -> Habit:
    """The habit of this name, in whatever case. Raises TrackerError if there is none."""
    return storage.find(workspace.database, word)


def all_habits(workspace: Workspace) -> list[Habit]:
    """Every habit, archived ones too, without its days."""
    return storage.habits(workspace.database)


def answer_of_day(workspace: Workspace, habit: Habit, date: str) -> Tick | None:
    """The answer given by hand for a habit on a day."""
    return next(iter(storage.ticks(workspace.database, date, date, habit.name)), None)


def add_habit(workspace: Workspace, habit: Habit) -> Habit:
    """Add a habit at the end."""
    return storage.add(workspace.database, habit, now=workspace.now())


def change_habit(workspace: Workspace, habit: Habit, seen: Habit | None = None) -> Habit:
    """Write a habit that was `seen` so. TrackerError where another program has changed it since."""
    return storage.change(workspace.database, habit, now=workspace.now(), was=seen)


def tick(workspace: Workspace, habit: Habit, date: str, value: float | None) -> None:
    """Answer a habit for a day; None takes the answer back."""
    storage.tick(workspace.database, habit.name, date, value, now=workspace.now())


def say_answer_of_day(workspace: Workspace, habit: Habit, date: str) -> str:
    """The answer given by hand for a habit on a day, in words; empty for none, or a skip."""
    from tracker.analytics.habit_wording import say_answer

    answer = answer_of_day(workspace, habit, date)
    return say_answer(habit, answer.value) if answer and not answer.skipped else ""


def skip(workspace: Workspace, habit: Habit, date: str) -> None:
    """Say that a habit was not for that day."""
    storage.skip(workspace.database, habit.name, date, now=workspace.now())


def move_habit(workspace: Workspace, habit: Habit, place: Callable[[int, int], int]) -> list[str]:
    """Put a habit at another place in the list; returns the names of all habits in order.

    `place` is given its index now and the number of habits, and returns its new index.
    """
    with workspace.transaction():
        names = [kept.name for kept in storage.habits(workspace.database) if not kept.archived]
        if habit.name not in names:
            raise TrackerError(_("the habit “{word}” no longer exists").format(word=quoted(habit.name)))
        now = names.index(habit.name)
        then = max(0, min(place(now, len(names)), len(names) - 1))
        if then != now:
            names.insert(then, names.pop(now))
            storage.order(workspace.database, names, now=workspace.now())
        return names
