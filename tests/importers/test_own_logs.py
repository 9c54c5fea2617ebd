"""Our own JSON export: everything in it goes back in, once."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from tests.conftest import NOW
from tests.importers.makers import PARIS, at, phone
from tests.importers.test_fuzz import damaged
from tests.importers.test_tracker_files import Machine, a_life
from tests.storage.files import Dump, dump
from tracker.domain.errors import TrackerError
from tracker.exporters import DayRange, exporting
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.storage import Database, sessions

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tracker.importers.importing import ImportReport

TEN = at("2026-11-20 10:00:00")


def export(database: Database, path: Path, days: DayRange = exporting.EVERY_DAY) -> str:
    exporting.export(database, "json", str(path), days=days)
    return path.read_text(encoding="utf-8")


def run(database: Database, path: Path) -> ImportReport:
    report = importing.import_files(database, "json", str(path), ImportOptions(PARIS, NOW))
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    return report


def everything(database: Database) -> Dump:
    """Every row that an export has something of."""
    return dump(database) | {"imported_fact": database.rows("SELECT * FROM imported_fact ORDER BY action, format, key")}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A log with records of every kind, what a phone gave it, and its export; each test has a copy of them."""
    folder = tmp_path_factory.mktemp("desk")
    phone(folder / "phone.csv", ["X,11/19/26,10:00:00,0:01:00", "X,11/19/26,10:01:10,0:01:00"])
    with Machine(folder / "desk.db") as machine:
        a_life(machine)
        machine.read("app-usage", folder / "phone.csv")
        machine.do(lambda log: sessions.start(log, "linkedin", NOW - 60, PARIS, now=NOW, intention="say no"))
        machine.do(lambda log: export(log, folder / "log.json"))
    return folder


@pytest.fixture
def desk(folder: Path, tmp_path: Path) -> Iterator[Machine]:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    with Machine(tmp_path / "desk.db") as machine:
        yield machine


@pytest.fixture
def exported(desk: Machine) -> Path:
    return desk.path.with_name("log.json")


def test_an_empty_file_becomes_equal(desk: Machine, exported: Path, tmp_path: Path) -> None:
    with Machine(tmp_path / "fresh.db") as fresh:
        report = run(fresh.database, exported)
        assert report.rejected == ()
        assert report.already == report.ignored == 0
        assert export(fresh.database, tmp_path / "again.json") == exported.read_text(encoding="utf-8")
        assert fresh.rows() == desk.rows()


def test_the_demo_year_comes_back_to_the_byte(demo_file: Path, tmp_path: Path) -> None:
    with Database.open(str(demo_file)) as database:
        before = export(database, tmp_path / "demo.json")
    with Database.open(str(tmp_path / "fresh.db")) as database:
        assert run(database, tmp_path / "demo.json").rejected == ()
        assert export(database, tmp_path / "again.json") == before
        once = everything(database)
        assert run(database, tmp_path / "demo.json").added == 0
        assert everything(database) == once


def test_what_the_phone_measured_is_known_afterwards(exported: Path, tmp_path: Path) -> None:
    with Database.open(str(tmp_path / "fresh.db")) as database:
        run(database, exported)
        usage = str(tmp_path / "phone.csv")
        again = importing.import_files(database, "app-usage", usage, ImportOptions(PARIS, NOW))
        assert (again.added, again.already) == (0, 2)


def test_one_undo_takes_it_back(exported: Path, tmp_path: Path) -> None:
    with Machine(tmp_path / "fresh.db") as fresh:
        before = fresh.rows()
        fresh.do(lambda database: run(database, exported))
        fresh.undo()
        assert fresh.rows() == before


def test_into_a_log_in_use_it_brings_only_what_is_missing(desk: Machine, exported: Path) -> None:
    desk.do(lambda database: sessions.edit(database, 1, now=NOW, start=TEN + 60, note="edited since"))
    desk.do(lambda database: sessions.delete(database, [2], now=NOW))
    report = run(desk.database, exported)
    assert report.rejected == ()
    assert run(desk.database, exported).added == 0
    assert desk.spans()[-3:] == [("x", 60, 540), ("vimeo", 900, 60), ("linkedin", NOW - 60 - TEN, None)]
    assert ("x", 0, 60) in desk.spans(), "the part that was cut off since is missing, and comes back"


def test_a_part_of_the_days_can_go_back_in(desk: Machine, tmp_path: Path) -> None:
    export(desk.database, tmp_path / "part.json", DayRange("2026-11-19", "2026-11-19"))
    with Database.open(str(tmp_path / "fresh.db")) as database:
        assert run(database, tmp_path / "part.json").rejected == ()
        assert database.rows('SELECT channel, "end" - start FROM session') == [("x", 130)]


def test_rows_that_cannot_be_are_rejected_and_the_others_come(exported: Path, tmp_path: Path) -> None:
    content = json.loads(exported.read_text(encoding="utf-8"))
    content["sessions"][0]["channel"] = "nowhere"
    content["urges"][0]["at"] = "yesterday"
    content["outcomes"][0]["amount"] = "1.005"
    content["habits"].append("Walk")
    content["days"][0]["date"] = ["2026"]
    exported.write_text(json.dumps(content), encoding="utf-8")
    with Database.open(str(tmp_path / "fresh.db")) as database:
        report = run(database, exported)
        assert len(report.rejected) == 5
        assert database.rows("SELECT count(*) FROM session") == [(len(content["sessions"]) - 1,)]


def test_an_export_of_an_earlier_version_is_read(exported: Path, tmp_path: Path) -> None:
    content = json.loads(exported.read_text(encoding="utf-8"))
    del content["imported"]
    for name in ("channels", "activities", "habits", "commitments", "reviews"):
        for row in content[name]:
            for key in ("position", "at", "zone", "shown"):
                row.pop(key, None)
    exported.write_text(json.dumps(content), encoding="utf-8")
    with Database.open(str(tmp_path / "fresh.db")) as database:
        assert run(database, exported).rejected == ()
        assert database.rows("SELECT cue FROM commitment") == [("I am bored",)]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"tracker": "1"}', '{"tracker": "1", "sessions": 7}', "{" * 9999])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "a file").write_text(text, encoding="utf-8")
    with Database.open(str(tmp_path / "fresh.db")) as database, pytest.raises(TrackerError, match="a file"):
        run(database, tmp_path / "a file")


def test_a_damaged_export_is_read_or_refused(exported: Path, tmp_path: Path) -> None:
    content = exported.read_bytes()
    start = content.index(b'"sessions"')

    @settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=15)
    @given(damaged([content[start:]]))
    def check(rest: bytes) -> None:
        exported.write_bytes(content[:start] + rest)
        with Database.open(":memory:") as database:
            try:
                run(database, exported)
            except TrackerError as error:
                refusals.append(str(error))

    refusals: list[str] = []
    check()
    assert all(line and "\n" not in line for line in refusals)


#: A row that cannot be, and what is said of it.
IMPOSSIBLE = [
    ("sessions", {"start": "noon"}, "sessions: start has an impossible value"),
    (
        "sessions",
        {"start": "2026-11-20T10:00:00+00:00", "end": "2026-11-20T09:00:00+00:00"},
        "end has an impossible value",
    ),
    ("sessions", {"ring": "moon"}, "sessions: ring has an impossible value"),
    ("sessions", {"note": {"a": 1}}, "sessions: note has an impossible value"),
    ("sessions", {"planned_seconds": "long"}, "sessions: planned_seconds has an impossible value"),
    ("sessions", {"channel": None}, "sessions: channel is missing"),
    ("sessions", {"channel": "nowhere"}, "sessions: there is no channel of that name"),
    ("sessions", {"zone": "Mars/Olympus"}, "sessions: unknown time zone"),
    ("channels", {"name": "linkedin"}, "channels: another row has the same name"),
    ("channels", {"kind": "moon"}, "channels: kind has an impossible value"),
]


@pytest.mark.parametrize(("name", "fault", "said"), IMPOSSIBLE)
def test_a_row_that_cannot_be_is_explained_in_words(
    exported: Path, tmp_path: Path, name: str, fault: dict[str, object], said: str
) -> None:
    content = json.loads(exported.read_text())
    row = content[name][-1]
    if name == "channels":
        row["name"] = "another"
    row.update(fault)
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps(content))
    with Database.open(":memory:") as database:
        rejected = [row.reason for row in run(database, changed).rejected]
    assert said in rejected[0]
    assert not any(word in reason for reason in rejected for word in ("constraint", "CHECK", "BETWEEN", '"', "IN ("))
