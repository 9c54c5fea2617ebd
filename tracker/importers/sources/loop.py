"""Loop Habit Tracker: its habits and their days, from a backup (a database) or a CSV export (a folder or a zip file).

A tick and a skip are answers; so is every number of a habit that counts something, in thousandths of its unit. A day
without an answer (`UNKNOWN`), one that Loop fills in by itself (`YES_AUTO`) and a plain `NO` are none: a habit's day
without a tick is no tick here, too.
"""

from __future__ import annotations

import csv
import math
import os
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any, NamedTuple

from tracker.calendar.days import WallClock
from tracker.domain.errors import TrackerError
from tracker.domain.models import Habit, Tick
from tracker.domain.text import typed
from tracker.importers.browser_history import columns, open_history
from tracker.importers.imported_record import IgnoredRows, ReadContext, RejectedRow, Row, in_the_future
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import Wanted, file_in, read_text
from tracker.locale import N_, _

_HABITS, _DAYS = "Habits.csv", "Checkmarks.csv"

#: What Loop stores for the days of a habit of yes or no; the words are those of its CSV export.
_UNKNOWN, _NO, _YES_AUTO, _YES, _SKIP = -1, 0, 1, 2, 3
_WORDS = {"UNKNOWN": _UNKNOWN, "NO": _NO, "YES_AUTO": _YES_AUTO, "YES_MANUAL": _YES, "SKIP": _SKIP}

_EPOCH = date(1970, 1, 1)


class _LoopHabit(NamedTuple):
    """A habit of Loop's, and its days: (line, days since 1970, value)."""

    habit: Habit
    days: list[tuple[int, int, int]]


class Loop(Source):
    """Loop Habit Tracker."""

    def describe(self) -> SourceDescription:
        return SourceDescription(
            "loop", N_("Loop Habit Tracker's habits"), N_("in Loop, Settings, Export full backup or Export as CSV")
        )

    def files_in(self, path: str) -> list[str]:
        return [file_in(path, _HABITS)]

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the habits and their days. Raises TrackerError for a file that is no export of Loop."""
        today = (date.fromisoformat(WallClock.of(context.zone).day(context.now)) - _EPOCH).days
        every = _from_csv(path) if path.lower().endswith((".csv", ".zip")) else _from_database(path)
        for kept in _with_own_names(every):
            answers = [(line, day, _answer(kept.habit, value)) for line, day, value in kept.days]
            first = min((day for _line, day, answer in answers if answer and 0 <= day <= today), default=today)
            habit = kept.habit._replace(created=_written(first))
            yield habit
            for line, day, answer in answers:
                if not 0 <= day <= today:
                    yield RejectedRow(line, in_the_future() if day > 0 else _("there is no such date"))
                elif answer:
                    yield answer._replace(date=_written(day))
                else:
                    yield IgnoredRows()


SOURCES = (Loop(),)


def _with_own_names(every: list[_LoopHabit]) -> Iterator[_LoopHabit]:
    """The habits, of which the second of one name is called `Walk (2)`: Loop lets several have one."""
    taken: Counter[str] = Counter()
    for kept in every:
        taken[kept.habit.name.casefold()] += 1
        if (number := taken[kept.habit.name.casefold()]) > 1:
            kept = kept._replace(habit=kept.habit._replace(name=f"{kept.habit.name} ({number})"))
        yield kept


def _written(day: int) -> str:
    return (_EPOCH + timedelta(day)).isoformat()


def _answer(habit: Habit, value: int) -> Tick | None:
    """What a value of Loop's says of a day, whose date is set later; None for nothing."""
    if value == _SKIP:
        return Tick(habit.name, "", None, skipped=True)
    if habit.kind == "yes_no":
        return Tick(habit.name, "", 1.0) if value == _YES else None
    return Tick(habit.name, "", value / 1000) if value >= 0 else None


def _habit(
    name: Any, times: Any, days: Any, archived: bool, counted: bool, at_most: bool, target: Any, unit: Any
) -> Habit:
    """A habit of Loop's. Raises ValueError for one that cannot be."""
    name, times, days, target = typed("name", str(name)), int(times or 1), int(days or 1), float(target or 0)
    if not name or times < 1 or days < 1 or not math.isfinite(target) or target < 0:
        raise ValueError
    if counted:
        times = 1
    elif times >= days:
        times = days = 1
    kind = ("at_most" if at_most else "at_least") if counted else "yes_no"
    return Habit(
        0,
        name,
        kind,
        target if counted else None,
        typed("unit", str(unit or "")) if counted else None,
        times=times,
        days=days,
        archived=archived,
    )


def _from_database(path: str) -> list[_LoopHabit]:
    from sqlite_utils import Database  # here, because it takes 75 ms, and importing other sources needs none

    by_id: dict[Any, _LoopHabit] = {}
    with open_history(path, "Loop") as connection:
        backup = Database(connection, execute_plugins=False)
        if not columns(connection, "Repetitions") or not columns(connection, "Habits"):
            raise _no_habits_in_backup(path)
        for stored in backup.table("Habits").rows_where(order_by="position, id"):
            row = {name.lower(): value for name, value in stored.items()}
            try:
                habit = _habit(
                    row["name"],
                    row["freq_num"],
                    row["freq_den"],
                    row.get("archived") == 1,
                    row.get("type") == 1,
                    row.get("target_type") == 1,
                    row.get("target_value"),
                    row.get("unit"),
                )
            except (KeyError, ValueError, TypeError, OverflowError):
                raise _no_habits_in_backup(path) from None
            by_id[row["id"]] = _LoopHabit(habit, [])
        for row in backup.table("Repetitions").rows_where(select="rowid AS line, *", order_by="habit, timestamp"):
            id, moment, value = row["habit"], row["timestamp"], row.get("value", _YES)
            if id in by_id and type(moment) is int and type(value) is int:
                by_id[id].days.append((row["line"], moment // 86_400_000, value))
    return list(by_id.values())


def _no_habits_in_backup(path: str) -> TrackerError:
    return TrackerError(_("{path} is not a backup of Loop: it has no habits").format(path=path))


def _from_csv(path: str) -> list[_LoopHabit]:
    definitions, days = (list(csv.reader(StringIO(_text(path, name), newline=""))) for name in (_HABITS, _DAYS))
    try:
        header = [name.strip().lower() for name in definitions[0]]
        every = [_defined(dict(zip(header, cells, strict=False))) for cells in definitions[1:] if any(cells)]
        if not every or days[0][0] != "Date":
            raise ValueError
    except (LookupError, ValueError, OverflowError, csv.Error):
        raise TrackerError(_("{path} is not an export of Loop: it has no habits").format(path=path)) from None
    for line, cells in enumerate(days[1:], 2):
        # The names in the header are not quoted, so only the order of the columns tells the habits.
        if not cells:
            continue
        try:
            day = (date.fromisoformat(cells[0]) - _EPOCH).days
            values = [_value(cell, kept.habit) for cell, kept in zip(cells[1:], every, strict=False)]
        except ValueError:
            every[0].days.append((line, -1, 0))
            continue
        for kept, value in zip(every, values, strict=False):
            kept.days.append((line, day, value))
    return every


def _text(path: str, name: str) -> str:
    """The text of one of the two files, which is in the zip file at `path`, or beside it."""
    if path.lower().endswith(".zip"):
        return read_text(path, Wanted((name.lower(),)))
    return read_text(os.path.join(os.path.dirname(path), name))


def _defined(row: dict[str, str]) -> _LoopHabit:
    """A habit of a row of `Habits.csv`, whose columns older versions named otherwise."""
    return _LoopHabit(
        _habit(
            row["name"],
            row.get("frequencynumerator") or row.get("numrepetitions"),
            row.get("frequencydenominator") or row.get("interval"),
            row.get("archived?", "").lower() == "true",
            row.get("type") == "NUMERICAL",
            row.get("target type") == "AT_MOST",
            row.get("target value"),
            row.get("unit"),
        ),
        [],
    )


def _value(cell: str, habit: Habit) -> int:
    """What a cell says as Loop stores it: a word, a number in thousandths, or a decimal number of the unit."""
    if cell in _WORDS:
        return _WORDS[cell]
    return round(float(cell) * 1000) if "." in cell and habit.kind != "yes_no" else int(cell)
