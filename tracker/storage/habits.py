"""Habits, and the days on which they were ticked or skipped by hand. Measured habits have no ticks."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager

from tracker.domain.errors import TrackerError
from tracker.domain.models import Habit, Tick
from tracker.domain.text import quoted, typed
from tracker.locale import _
from tracker.storage.database import record_of
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.storage.database import Database


def habits(database: Database) -> list[Habit]:
    """Every habit, in the user's order, archived ones last."""
    return [_read(habit) for habit in database.records(Habit, "ORDER BY archived, position, id")]


def find(database: Database, word: str) -> Habit:
    """The habit of this name, without case, or the only one that begins with it.

    Raises TrackerError, with the names of the habits, for none or several.
    """
    every, key = habits(database), word.strip().casefold()
    matching = [habit for habit in every if habit.name.casefold() == key]
    matching = matching or [habit for habit in every if habit.name.casefold().startswith(key)]
    if len(matching) == 1:
        return matching[0]
    if matching and key:
        names = ", ".join(habit.name for habit in matching)
        raise TrackerError(_("“{word}” is ambiguous: {names}").format(word=quoted(word), names=names))
    if not every:
        raise TrackerError(_("no habits yet; to add one: tracker habit add Walk 3 times a week"))
    names = ", ".join(habit.name for habit in every)
    raise TrackerError(_("unknown habit “{word}”; choose one of: {names}").format(word=quoted(word), names=names))


def add(database: Database, habit: Habit, *, now: int) -> Habit:
    """Add a habit at the end; it gets its id here.

    Raises TrackerError if the name is taken or too long, or a field is impossible.
    """
    habit = _named(habit)
    with undo_step(database, _("added the habit {name}").format(name=habit.name), now):
        (position,) = database.row("SELECT coalesce(max(position), -1) + 1 FROM habit")
        placed = habit._replace(position=position)
        with _refusing(placed):
            return placed._replace(id=database.insert("habit", stored(placed)))


def change(database: Database, habit: Habit, *, now: int, was: Habit | None = None) -> Habit:
    """Write every field of an existing habit. Raises TrackerError if the name is taken or a field is impossible.

    Also where it is gone or differs from what it `was`, because another program has changed it meanwhile.
    """
    with undo_step(database, _("changed the habit {name}").format(name=habit.name), now):
        current = next((other for other in habits(database) if other.id == habit.id), None)
        if current is None or (was is not None and current._replace(position=was.position) != was):
            raise TrackerError(_("another program changed this habit in the meantime; nothing was saved"))
        if (current.name, current.unit) != (habit.name, habit.unit):
            habit = _named(habit)
        if was is not None:
            habit = habit._replace(position=current.position)
        with _refusing(habit):
            database.update("habit", stored(habit))
    return habit


def order(database: Database, names: Sequence[str], *, now: int) -> None:
    """Put the habits in this order."""
    with undo_step(database, _("reordered the habits"), now):
        for position, name in enumerate(names):
            database.change("UPDATE habit SET position = ? WHERE name = ?", (position, name))


def tick(database: Database, name: str, date: str, value: float | None, *, now: int) -> None:
    """Set the value of a habit for a day; None deletes it."""
    says = _("ticked {name}") if value is not None else _("unticked {name}")
    _answer(database, Tick(name, date, value), says.format(name=name), now)


def skip(database: Database, name: str, date: str, *, now: int) -> None:
    """Skip a habit on a day: its strength does not change."""
    _answer(database, Tick(name, date, None, True), _("skipped {name}").format(name=name), now)


def ticks(database: Database, first: str, last: str, name: str | None = None) -> list[Tick]:
    """The ticks and skips from one date to another, both included, of one habit or of all, by date."""
    of_habit = "" if name is None else " AND habit = ?"
    rows = database.rows(
        f"SELECT habit, date, value, skipped FROM habit_day WHERE date BETWEEN ? AND ?{of_habit} ORDER BY date, id",
        (first, last) if name is None else (first, last, name),
    )
    return [record_of(Tick, row) for row in rows]


def insert_imported(database: Database, added: Iterable[Habit], ticks: Iterable[Tick]) -> None:
    """Add habits at the end and answers of days that have none. Inside an undo step.

    Raises TrackerError for a habit that cannot be.
    """
    (next_position,) = database.row("SELECT coalesce(max(position), -1) + 1 FROM habit")
    for position, habit in enumerate(added, next_position):
        with _refusing(habit):
            database.insert("habit", stored(habit._replace(position=position)))
    if rows := [tick._asdict() for tick in ticks]:  # importing sqlite-utils takes as long as a third of an import
        database.table("habit_day").insert_all(rows)


def stored(habit: Habit) -> Habit:
    """The habit with its weekdays as a number: bit 0 for Monday to bit 6 for Sunday."""
    return habit._replace(weekdays=sum(1 << day for day in habit.weekdays), archived=int(habit.archived))  # type: ignore[arg-type]  # as stored


def _answer(database: Database, tick: Tick, says: str, now: int) -> None:
    with undo_step(database, says, now):
        if not database.row("SELECT 1 FROM habit WHERE name = ?", (tick.habit,)):
            raise TrackerError(_("the habit “{word}” no longer exists").format(word=quoted(tick.habit)))
        if tick.value is None and not tick.skipped:
            database.change("DELETE FROM habit_day WHERE habit = ? AND date = ?", (tick.habit, tick.date))
        else:
            database.upsert("habit_day", ("habit", "date"), tick._asdict())


def _named(habit: Habit) -> Habit:
    """The habit with its name and unit cleaned. Raises TrackerError for too long a text."""
    return habit._replace(name=typed("name", habit.name) or "", unit=typed("unit", habit.unit))


@contextmanager
def _refusing(habit: Habit) -> Iterator[None]:
    """Raise TrackerError for a row that the table refuses: a name that is taken, or a field that is impossible."""
    try:
        yield
    except sqlite3.IntegrityError as error:
        if "UNIQUE" in str(error):
            raise TrackerError(_("a habit “{name}” already exists").format(name=quoted(habit.name))) from None
        raise TrackerError(_("this habit is not possible: {reason}").format(reason=error)) from None


def _read(habit: Habit) -> Habit:
    """A habit as it is used, from what is `stored`."""
    bits = int(habit.weekdays)  # type: ignore[call-overload]  # as stored
    return habit._replace(weekdays=tuple(day for day in range(7) if bits >> day & 1))
