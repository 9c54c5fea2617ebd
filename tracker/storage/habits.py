"""Habits and the days they were ticked or skipped by hand. What is measured from the log is read there, not here."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from tracker.domain.models import Habit, Tick, TrackerError
from tracker.domain.text import quoted, typed
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

    from tracker.storage.file import Journal

_COLUMNS = Habit._fields
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM habit"


def habits(journal: Journal) -> list[Habit]:
    """Every habit, in the user's order, archived ones last."""
    return [_habit(row) for row in journal.rows(f"{_SELECT} ORDER BY archived, position, id")]


def find(journal: Journal, word: str) -> Habit:
    """The habit of this name, in whatever case, or the only one that begins so.

    Raises TrackerError, naming those there are, for none or several.
    """
    every = habits(journal)
    exact = [habit for habit in every if habit.name.casefold() == word.strip().casefold()]
    found = exact or [habit for habit in every if habit.name.casefold().startswith(word.strip().casefold())]
    if len(found) == 1:
        return found[0]
    if found and word.strip():
        names = ", ".join(habit.name for habit in found)
        raise TrackerError(_("“{word}” could be {names}").format(word=quoted(word), names=names))
    names = ", ".join(habit.name for habit in every) or _("none yet")
    raise TrackerError(_("there is no habit “{word}”; there are: {names}").format(word=quoted(word), names=names))


def add(journal: Journal, habit: Habit, *, now: int) -> Habit:
    """Add a habit at the end; its id is given to it.

    Raises TrackerError if the name is taken or too long, or a field cannot be.
    """
    habit = _named(habit)
    with journal.action(_("added the habit {name}").format(name=habit.name), now):
        (position,) = journal.row("SELECT coalesce(max(position), -1) + 1 FROM habit")
        placed = habit._replace(position=position)
        names, marks = ", ".join(_COLUMNS[1:]), ", ".join("?" * (len(_COLUMNS) - 1))
        id = _written(journal, f"INSERT INTO habit({names}) VALUES ({marks})", stored(placed), placed)
    return placed._replace(id=id)


def change(journal: Journal, habit: Habit, *, now: int, was: Habit | None = None) -> Habit:
    """Write every field of a habit that is there. Raises TrackerError if the name is taken or a field cannot be.

    Also where it is gone, or is not what it `was` any more: another program has changed it meanwhile.
    """
    with journal.action(_("changed the habit {name}").format(name=habit.name), now):
        there = next((one for one in habits(journal) if one.id == habit.id), None)
        if there is None or (was is not None and there._replace(position=was.position) != was):
            raise TrackerError(_("another program changed this habit meanwhile; nothing was written"))
        if (there.name, there.unit) != (habit.name, habit.unit):
            habit = _named(habit)
        if was is not None:
            habit = habit._replace(position=there.position)
        names = ", ".join(f"{name} = ?" for name in _COLUMNS[1:])
        _written(journal, f"UPDATE habit SET {names} WHERE id = ?", (*stored(habit), habit.id), habit)
    return habit


def order(journal: Journal, names: Sequence[str], *, now: int) -> None:
    """Put the habits in this order."""
    with journal.action(_("put the habits in another order"), now):
        for position, name in enumerate(names):
            journal.change("UPDATE habit SET position = ? WHERE name = ?", (position, name))


def tick(journal: Journal, name: str, date: str, value: float | None, *, now: int) -> None:
    """Answer a habit for a day: a value, or None to take the answer back."""
    says = _("ticked {name}") if value is not None else _("took back the tick of {name}")
    _answer(journal, Tick(name, date, value), says.format(name=name), now)


def skip(journal: Journal, name: str, date: str, *, now: int) -> None:
    """Say that a habit was not for that day: its strength stays as it was."""
    _answer(journal, Tick(name, date, None, True), _("skipped {name}").format(name=name), now)


def ticks(journal: Journal, first: str, last: str, name: str | None = None) -> list[Tick]:
    """The answers by hand from one date to another, both included, of one habit or of all, by date."""
    of_habit = "" if name is None else " AND habit = ?"
    rows = journal.rows(
        f"SELECT habit, date, value, skipped FROM habit_day WHERE date BETWEEN ? AND ?{of_habit} ORDER BY date, id",
        (first, last) if name is None else (first, last, name),
    )
    return [Tick(habit, date, value, skipped == 1) for habit, date, value, skipped in rows]


def stored(habit: Habit) -> tuple[Any, ...]:
    """The fields after the id as the file keeps them."""
    return habit._replace(weekdays=sum(1 << day for day in habit.weekdays), archived=int(habit.archived))[1:]  # type: ignore[arg-type]  # as stored


def _answer(journal: Journal, tick: Tick, says: str, now: int) -> None:
    with journal.action(says, now):
        if not journal.row("SELECT 1 FROM habit WHERE name = ?", (tick.habit,)):
            raise TrackerError(_("there is no habit “{word}” any more").format(word=quoted(tick.habit)))
        if tick.value is None and not tick.skipped:
            journal.change("DELETE FROM habit_day WHERE habit = ? AND date = ?", (tick.habit, tick.date))
        else:
            journal.change(
                "INSERT INTO habit_day(habit, date, value, skipped) VALUES (?, ?, ?, ?) "
                "ON CONFLICT(habit, date) DO UPDATE SET value = excluded.value, skipped = excluded.skipped",
                (tick.habit, tick.date, tick.value, int(tick.skipped)),
            )


def _named(habit: Habit) -> Habit:
    """With its name and its unit as they are kept."""
    return habit._replace(name=typed("name", habit.name) or "", unit=typed("unit", habit.unit))


def _written(journal: Journal, sql: str, values: Iterable[Any], habit: Habit) -> int:
    try:
        return journal.change(sql, values)
    except sqlite3.IntegrityError as error:
        if "UNIQUE" in str(error):
            raise TrackerError(_("there is a habit “{name}” already").format(name=quoted(habit.name))) from None
        raise TrackerError(_("that habit cannot be: {reason}").format(reason=error)) from None


def _habit(row: Sequence[Any]) -> Habit:
    habit = Habit._make(row)
    bits = int(row[_COLUMNS.index("weekdays")])
    weekdays = tuple(day for day in range(7) if bits >> day & 1)
    return habit._replace(weekdays=weekdays, archived=row[_COLUMNS.index("archived")] == 1)
