"""Loop Habit Tracker: habits come with their history, from a backup and from an export."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import PARIS
from tracker.domain.errors import TrackerError
from tracker.domain.models import Habit, Tick
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.storage import habits, undo

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from tracker.importers.importing import ImportReport
    from tracker.storage import Database

DAY = 86_400_000
#: Midnight of 20 November 2026 in UTC, in milliseconds, as Loop writes days.
FRIDAY = 20_777 * DAY

HABITS = "Position,Name,Type,Question,Description,FrequencyNumerator,FrequencyDenominator,Color,Unit,Target Type,"
HABITS += "Target Value,Archived?\n"


def run(database: Database, path: Path | str, *, dry_run: bool = False) -> ImportReport:
    report = importing.import_files(database, "loop", str(path), ImportOptions(PARIS, NOW, dry_run=dry_run))
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    return report


def of(report: ImportReport) -> tuple[int, int, int, int]:
    return report.added, report.already, report.ignored, len(report.rejected)


def ticks(database: Database) -> list[Tick]:
    return habits.ticks(database, "0000-00-00", "9999-99-99")


def backup(path: Path, kept: Iterable[tuple[object, ...]], days: Iterable[tuple[int, int, int]]) -> Path:
    """A backup of habits (id, name, times, days, type, target type, target, unit, archived), as Loop writes it."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(
            """CREATE TABLE Habits(id INTEGER PRIMARY KEY, name TEXT, freq_num INTEGER, freq_den INTEGER, type INTEGER,
            target_type INTEGER, target_value REAL, unit TEXT, archived INTEGER, position INTEGER);
            CREATE TABLE Repetitions(id INTEGER PRIMARY KEY, habit INTEGER, timestamp INTEGER, value INTEGER)"""
        )
        for place, row in enumerate(kept):
            connection.execute("INSERT INTO Habits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, place))
        connection.executemany("INSERT INTO Repetitions(habit, timestamp, value) VALUES (?, ?, ?)", days)
        connection.commit()
    return path


def export(folder: Path, kept: str, days: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "Habits.csv").write_text(HABITS + kept, encoding="utf-8")
    (folder / "Checkmarks.csv").write_text(days, encoding="utf-8")
    return folder


def test_habits_of_yes_or_no(database: Database, tmp_path: Path) -> None:
    kept = [(1, "Walk", 3, 7, 0, 0, 0, "", 0), (2, "Read", 1, 1, 0, 0, 0, "", 1), (3, "Sing", 7, 7, 0, 0, 0, "", 0)]
    values = (2, 1, 0, 3, -1)
    days = [(1, FRIDAY - n * DAY, value) for n, value in enumerate(values)]
    report = run(database, backup(tmp_path / "a.db", kept, days))
    assert of(report) == (2, 0, 3, 0)
    assert report.new_habits == ("Walk", "Read", "Sing")
    assert ticks(database) == [Tick("Walk", "2026-11-17", None, True), Tick("Walk", "2026-11-20", 1.0)]
    walk, sing, read = habits.habits(database)
    assert (walk.kind, walk.times, walk.days, walk.created, walk.archived) == ("yes_no", 3, 7, "2026-11-17", False)
    assert (sing.times, sing.days) == (1, 1)
    assert read.archived


def test_numbers_are_thousandths_of_the_unit(database: Database, tmp_path: Path) -> None:
    kept = [(1, "Run", 1, 7, 1, 0, 12.5, "km", 0), (2, "Sweets", 1, 1, 1, 1, 2.0, "", 0)]
    days = [(1, FRIDAY, 2500), (1, FRIDAY - DAY, 0), (1, FRIDAY - 2 * DAY, 3), (2, FRIDAY, 4000)]
    assert of(run(database, backup(tmp_path / "a.db", kept, days))) == (4, 0, 0, 0)
    assert ticks(database) == [
        Tick("Run", "2026-11-18", None, True),
        Tick("Run", "2026-11-19", 0.0),
        Tick("Run", "2026-11-20", 2.5),
        Tick("Sweets", "2026-11-20", 4.0),
    ]
    run_habit, sweets = habits.habits(database)
    assert (run_habit.kind, run_habit.target, run_habit.unit, run_habit.days) == ("at_least", 12.5, "km", 7)
    assert (sweets.kind, sweets.target, sweets.unit) == ("at_most", 2.0, None)


def test_an_export_says_the_same_as_a_backup(database: Database, tmp_path: Path) -> None:
    folder = export(
        tmp_path / "Loop Habits CSV",
        '001,"Walk, or run",YES_NO,Did you?,,3,7,#FF8F00,,,,false\n002,Water,NUMERICAL,,,1,1,#FF8F00,l,AT_LEAST,2.0,\n',
        "Date,Walk, or run,Water,\n2026-11-20,YES_MANUAL,1500,\n2026-11-19,YES_AUTO,NO,\n2026-11-18,SKIP,UNKNOWN,\n",
    )
    expected = [
        Tick("Walk, or run", "2026-11-18", None, True),
        Tick("Water", "2026-11-19", 0.0),
        Tick("Walk, or run", "2026-11-20", 1.0),
        Tick("Water", "2026-11-20", 1.5),
    ]
    assert of(run(database, folder, dry_run=True)) == (4, 0, 2, 0)
    assert ticks(database) == []
    assert of(run(database, folder)) == (4, 0, 2, 0)
    assert ticks(database) == expected
    with zipfile.ZipFile(tmp_path / "loop.zip", "w") as archive:
        for name in ("Habits.csv", "Checkmarks.csv"):
            archive.write(folder / name, f"CSV/{name}")
            archive.writestr(f"CSV/001 Walk/{name}", "another file")
    assert of(run(database, tmp_path / "loop.zip")) == (0, 4, 2, 0)
    assert of(run(database, folder / "Checkmarks.csv")) == (0, 4, 2, 0)
    undo.undo(database, 1, now=NOW)
    assert (habits.habits(database), ticks(database)) == ([], [])


def test_an_answer_that_is_here_stays(database: Database, tmp_path: Path) -> None:
    habits.add(database, Habit(0, "walk", created="2026-11-01"), now=NOW)
    habits.skip(database, "walk", "2026-11-20", now=NOW)
    days = [(1, FRIDAY, 2), (1, FRIDAY - DAY, 2)]
    report = run(database, backup(tmp_path / "a.db", [(1, "Walk", 3, 7, 0, 0, 0, "", 0)], days))
    assert (of(report), report.new_habits) == ((1, 1, 0, 0), ())
    assert [tick.skipped for tick in ticks(database)] == [False, True]


def test_a_habit_that_counts_something_else_here_is_left_alone(database: Database, tmp_path: Path) -> None:
    habits.add(database, Habit(0, "Water", "at_least", 8.0, "glasses", created="2026-11-01"), now=NOW)
    kept = [(1, "Water", 1, 1, 1, 0, 2.0, "l", 0)]
    report = run(database, backup(tmp_path / "a.db", kept, [(1, FRIDAY, 1500)]))
    assert of(report) == (0, 0, 0, 1)
    assert ticks(database) == []


def test_days_that_cannot_be_are_rejected(database: Database, tmp_path: Path) -> None:
    days = [(1, FRIDAY + 9 * DAY, 2), (1, -DAY, 2), (1, FRIDAY, 2), (7, FRIDAY, 2)]
    report = run(database, backup(tmp_path / "a.db", [(1, "Walk", 3, 7, 0, 0, 0, "", 0)], days))
    assert of(report) == (1, 0, 0, 2)


def test_two_habits_of_one_name_keep_both_histories(database: Database, samples: Path) -> None:
    report = run(database, samples / "loop" / "loop.db")
    assert of(report) == (164, 0, 0, 0)
    assert report.new_habits[3:] == ("Vegan", "Sport", "I love you", "Vegan (2)", "Sport (2)", "I love you (2)")
    assert of(run(database, samples / "loop" / "loop.db")) == (0, 164, 0, 0)


def test_the_samples(database: Database, samples: Path) -> None:
    assert of(run(database, samples / "loop" / "022.db")) == (1, 0, 0, 0)
    assert of(run(database, samples / "loop")) == (6, 0, 14, 0)
    assert {tick.date for tick in ticks(database) if tick.habit == "Wake up early"} == {
        f"2015-01-{day}" for day in (16, 17, 20, 21, 22, 25)
    }


@pytest.mark.parametrize("name", ["a.db", "Habits.csv", "a.zip"])
@pytest.mark.parametrize("content", [b"", b"hello", b"Position\n", b"\xff\xfe"])
def test_another_file_is_refused(database: Database, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TrackerError):
        run(database, tmp_path / name)
    (tmp_path / "folder").mkdir()
    with pytest.raises(TrackerError, match=r"no Habits\.csv"):
        run(database, tmp_path / "folder")
