"""What was undone of an automatic import stays undone, whatever its source and however its file grows."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import PARIS, chromium, phone
from tests.importers.test_loop import export
from tracker.domain.errors import TrackerError
from tracker.exporters.exporting import export as export_log
from tracker.services import data_file
from tracker.services.source_imports import import_new, import_source
from tracker.settings import Settings
from tracker.storage import Database, day_records, sessions
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from tracker.domain.models import UndoStep

HOUR = 3600

#: Records of a file lie so far from each other that no two are on one day.
APART = 25 * HOUR

#: Later than all of them.
LATER = NOW + 70 * APART


def start(number: int) -> int:
    """When a record of a file begins."""
    return NOW + number * APART


def clock(number: int, form: str) -> str:
    return datetime.fromtimestamp(start(number), ZoneInfo(PARIS)).strftime(form)


def write_chrome(path: Path, numbers: Iterable[int]) -> None:
    path.unlink(missing_ok=True)
    chromium(path, [("https://www.linkedin.com/feed/", start(number), 120) for number in numbers])


def write_csv(path: Path, numbers: Iterable[int]) -> None:
    rows = [clock(number, "linkedin,%Y-%m-%d %H:%M,%Y-%m-%d %H:59\n") for number in numbers]
    path.write_text("channel,start,end\n" + "".join(rows))


def write_phone(path: Path, numbers: Iterable[int]) -> None:
    rows: list[str] = []
    for number in numbers:
        rows.append(clock(number, "LinkedIn,%m/%d/%y,%H:%M:%S,0:01:00"))
        rows.append(clock(number, "Notification posted (LinkedIn),%m/%d/%y,%H:%M:%S,0:00:00"))
    phone(path, rows)


def write_loop(path: Path, numbers: Iterable[int]) -> None:
    days = "".join(clock(number, "%Y-%m-%d,YES_MANUAL,\n") for number in sorted(numbers, reverse=True))
    export(path, "001,Walk,YES_NO,Did you?,,3,7,#FF8F00,,,,false\n", "Date,Walk,\n" + days)


def write_log(path: Path, numbers: Iterable[int]) -> None:
    """Another tracker file, in which each record is made once."""
    with Database.open(str(path)) as log:
        made = {at for (at,) in log.rows("SELECT start FROM session")}
        for number in sorted(numbers):
            if start(number) not in made:
                sessions.add(log, "linkedin", start(number), start(number) + 60, PARIS, now=LATER, note=f"n{number}")
                day_records.add_urge(log, "x", start(number), PARIS, now=LATER)


def write_measured_log(path: Path, numbers: Iterable[int]) -> None:
    """Another tracker file, into which a browser's history was imported."""
    write_chrome(path.with_suffix(".history"), numbers)
    with Database.open(str(path)) as log:
        import_source(Workspace(log, Settings(), PARIS, now=LATER), "chrome", str(path.with_suffix(".history")))


def write_json(path: Path, numbers: Iterable[int]) -> None:
    with Database.open(":memory:") as log:
        for number in sorted(numbers):
            sessions.add(log, "linkedin", start(number), start(number) + 60, PARIS, now=LATER)
        path.unlink(missing_ok=True)
        export_log(log, "json", str(path))


SOURCES: dict[str, tuple[str, Callable[[Path, Iterable[int]], None]]] = {
    "chrome": ("chrome", write_chrome),
    "csv": ("csv", write_csv),
    "app-usage": ("app-usage", write_phone),
    "loop": ("loop", write_loop),
    "tracker": ("tracker", write_log),
    "a tracker file with imports": ("tracker", write_measured_log),
    "json": ("json", write_json),
}

STEPS = st.lists(st.sampled_from(("grow", "import", "import", "undo", "by hand")), min_size=3, max_size=10)


def shown(database: Database) -> set[int]:
    """The numbers of the records that are there; the parts of a record are all there or none is."""
    places = {(at - NOW) // APART for (at,) in database.rows("SELECT start FROM session WHERE source <> 'check'")}
    for table in ("urge", "notification"):
        numbers = {(at - NOW) // APART for (at,) in database.rows(f"SELECT at FROM {table}")}
        assert not numbers or numbers == places
    days = {date for (date,) in database.rows("SELECT date FROM habit_day")}
    return places | {number for number in range(70) if clock(number, "%Y-%m-%d") in days}


@pytest.mark.parametrize("name", SOURCES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=6)
@given(steps=STEPS)
def test_only_what_is_new_comes_until_the_user_asks_for_all(tmp_path: Path, name: str, steps: list[str]) -> None:
    source, write = SOURCES[name]
    path = tmp_path / "file"
    for left in (*tmp_path.glob("file*"), tmp_path / "ours.db"):
        if left.is_file():
            left.unlink()
    entry = f"{source}:{path}"
    in_file, present, undone = {0}, set[int](), set[int]()
    imports: list[set[int]] = []
    write(path, in_file)
    now = NOW + 2 * HOUR
    with Database.open(":memory:") as database:
        for step in steps:
            now += 60
            workspace = Workspace(database, Settings(sources=(entry,)), PARIS, now=now)
            if step == "grow":
                now = start(len(in_file)) + 2 * HOUR
                in_file.add(len(in_file))
                write(path, in_file)
            elif step == "import":
                [outcome] = import_new(workspace)
                assert not outcome.error
                if new := in_file - present - undone:
                    imports.append(new)
                    present |= new
            elif step == "by hand":
                import_source(workspace, source, str(path))
                present, undone = set(in_file), set()
            else:
                try:
                    data_file.undo_import(workspace, entry)
                except TrackerError:
                    # What was imported by hand since may have completed a record of that import.
                    if imports and "by hand" not in steps:
                        raise
                    continue
                gone = imports.pop()
                present -= gone
                undone |= gone
            assert shown(database) == present


@pytest.mark.parametrize("name", SOURCES)
@pytest.mark.parametrize("how", ["import --all", "import SOURCE"])
def test_what_the_user_asked_for_and_undid_is_not_imported_automatically(tmp_path: Path, name: str, how: str) -> None:
    source, write = SOURCES[name]
    path = tmp_path / "file"
    write(path, {0})
    with Database.open(":memory:") as database:

        def at(now: int) -> Workspace:
            return Workspace(database, Settings(sources=(f"{source}:{path}",)), PARIS, now=now)

        sessions.check(database, "instagram", NOW, PARIS, None, now=NOW)
        if how == "import --all":
            import_new(at(NOW + HOUR), is_own_step=True)
        else:
            import_source(at(NOW + HOUR), source, str(path))
        assert shown(database) == {0}
        data_file.undo(at(NOW + HOUR))
        write(path, {0, 1})
        import_new(at(start(1) + HOUR))
        assert shown(database) == {1}
        data_file.redo(at(start(1) + HOUR))
        import_new(at(start(1) + HOUR))
        assert shown(database) == {0, 1}


@pytest.mark.parametrize("name", SOURCES)
def test_it_stays_undone_when_undo_has_forgotten_it(tmp_path: Path, name: str) -> None:
    source, write = SOURCES[name]
    path, days = tmp_path / "file", 60
    write(path, {0})
    with Database.open(":memory:") as database:

        def at(now: int) -> Workspace:
            return Workspace(database, Settings(sources=(f"{source}:{path}",)), PARIS, now=now)

        import_new(at(NOW + HOUR))
        data_file.undo_import(at(NOW + HOUR), source)
        for day in range(1, days):  # old steps are forgotten as new ones are made
            sessions.check(database, "instagram", start(day), PARIS, None, now=start(day))
        assert not database.rows("SELECT 1 FROM action WHERE state = 'undone'")
        write(path, {0, days})
        import_new(at(start(days) + HOUR))
        assert shown(database) == {days}


def test_what_is_undone_while_its_source_is_read_comes_again(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_chrome(path, range(40))
    with Database.open(":memory:") as database:

        def at(now: int) -> Workspace:
            return Workspace(database, Settings(sources=(f"chrome:{path}",)), PARIS, now=now)

        now = start(40)
        sessions.check(database, "linkedin", start(39) + 60, PARIS, None, now=now)
        import_new(at(now))
        write_chrome(path, range(41))
        undone: list[UndoStep] = []

        def undo_once(_progress: float) -> None:
            if not undone:
                undone.extend(data_file.undo(at(now + HOUR)))

        import_new(at(now + HOUR), report_progress=undo_once)
        assert [step.again for step in undone] == [(f"chrome:{path}",)]
        import_new(at(now + HOUR + 60))
        assert shown(database) == set(range(41))


def test_an_undone_edit_of_measured_time_keeps_no_words_away(tmp_path: Path) -> None:
    here, there = tmp_path / "here.db", tmp_path / "there.db"
    for path in (here, there):
        write_measured_log(path, {0})
    with Database.open(str(there)) as log:
        sessions.edit(log, 1, now=LATER, note="carousel")
    with Database.open(str(here)) as database:
        workspace = Workspace(database, Settings(sources=(f"tracker:{there}",)), PARIS, now=LATER)
        sessions.edit(database, 1, now=LATER, start=start(0) + 60)
        data_file.undo(workspace)
        import_new(workspace)
        assert database.rows("SELECT start, note FROM session") == [(start(0), "carousel")]
