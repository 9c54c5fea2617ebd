"""What an import adds of habits: those that do not exist, and the answers of days that have none.

An answer that is here stays, whatever the source says of that day. A habit of the same name is the same habit if it
counts the same thing: else the source's days of it are rejected.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.importers.imported_record import RejectedRow
from tracker.locale import _
from tracker.storage import habits as storage

if TYPE_CHECKING:
    from tracker.domain.models import Habit, Tick
    from tracker.importers.imported_record import ReadResult
    from tracker.storage import Database


class HabitPlan(NamedTuple):
    """Habits and answers to add, the number of answers that are here already, and those that fit no habit."""

    habits: list[Habit]
    ticks: list[Tick]
    already: int
    rejected: list[RejectedRow]


def plan_habits(database: Database, result: ReadResult) -> HabitPlan:
    """The plan for the habits that were read. Writes nothing."""
    if not result.habits and not result.ticks:
        return HabitPlan([], [], 0, [])
    here = {habit.name.casefold(): habit for habit in storage.habits(database)}
    answered = {(tick.habit.casefold(), tick.date) for tick in storage.ticks(database, "0000-00-00", "9999-99-99")}
    added: dict[str, Habit] = {}
    other: dict[str, str] = {}
    for habit in result.habits:
        name = habit.name.casefold()
        kept = here.get(name) or added.setdefault(name, habit)
        if kept.measure or (kept.kind, kept.unit) != (habit.kind, habit.unit):
            other[name] = _("there is another habit called {name} here, which counts something else").format(
                name=kept.name
            )
    fresh: dict[tuple[str, str], Tick] = {}
    rejected: list[RejectedRow] = []
    already = 0
    for number, tick in enumerate(result.ticks, 1):
        name = tick.habit.casefold()
        if name in other:
            rejected.append(RejectedRow(number, other[name]))
        elif (name, tick.date) in answered or (name, tick.date) in fresh:
            already += 1
        else:
            fresh[name, tick.date] = tick
    return HabitPlan(
        [habit for name, habit in added.items() if name not in other], list(fresh.values()), already, rejected
    )
