"""What a phone says of notifications, kept beside the sessions."""

from __future__ import annotations

import json
from collections import Counter
from io import StringIO
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import PARIS, at, phone, read_file
from tracker.exporters import DayRange, exporting
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.storage import Database, imported_facts, undo

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.importers.imported_record import ReadContext
    from tracker.importers.importing import ImportReport

ROWS = [
    "Notification posted (YouTube),11/23/26,10:00:00,0:00:00",
    "Notification posted (YouTube),11/23/26,10:00:00,0:00:00",
    "YouTube,11/23/26,10:01:00,0:00:20",
    "Notification posted (Bankin'),11/23/26,10:02:00,0:00:00",
    "Notification affichée (messenger),11/23/26,10:03:00,0:00:00",
    "Notifications,11/23/26,10:04:00,0:00:05",
]


def run(database: Database, path: str, *, dry_run: bool = False) -> ImportReport:
    report = importing.import_files(database, "app-usage", path, ImportOptions(PARIS, NOW, dry_run=dry_run))
    assert report.read == report.added + report.already + report.ignored + len(report.rejected)
    return report


def kept(database: Database) -> list[tuple[str, int]]:
    return [(channel, moment) for channel, moment, _zone in imported_facts.notifications_in_span(database, 0, NOW)]


def test_those_of_known_channels_are_kept(database: Database, tmp_path: Path) -> None:
    report = run(database, phone(tmp_path / "a.csv", ROWS))
    assert kept(database) == [("youtube", at("2026-11-23 10:00:00")), ("messenger", at("2026-11-23 10:03:00"))]
    # No session comes of their rows, so they are ignored ones; how many are kept is told beside.
    assert (report.read, report.added, report.ignored, report.notifications) == (6, 1, 5, 2)


def test_the_same_export_and_a_longer_one_keep_each_once(database: Database, tmp_path: Path) -> None:
    path = phone(tmp_path / "a.csv", ROWS)
    run(database, path)
    assert run(database, path).notifications == 0
    assert len(undo.steps(database)) == 1, "nothing new is no step for undo"
    longer = [*ROWS[2:], "Notification posted (X),11/23/26,11:00:00,0:00:00"]
    report = run(database, phone(tmp_path / "b.csv", longer))
    assert (report.added, report.already, report.notifications) == (0, 1, 1)
    assert len(kept(database)) == 3


def test_an_import_is_one_step_with_its_notifications(database: Database, tmp_path: Path) -> None:
    path = phone(tmp_path / "a.csv", ROWS)
    run(database, path)
    before = kept(database)
    undo.undo(database, 1, now=NOW)
    assert kept(database) == []
    assert not database.rows("SELECT 1 FROM session")
    undo.redo(database, 1, now=NOW)
    assert kept(database) == before
    assert run(database, path).notifications == 0
    undo.undo(database, 1, now=NOW)
    assert run(database, path).notifications == 2
    assert kept(database) == before


def test_a_dry_run_says_how_many_and_keeps_none(database: Database, tmp_path: Path) -> None:
    assert run(database, phone(tmp_path / "a.csv", ROWS), dry_run=True).notifications == 2
    assert kept(database) == []


def test_they_are_exported(database: Database, tmp_path: Path) -> None:
    run(database, phone(tmp_path / "a.csv", ROWS))
    stream = StringIO()
    exporting.export(database, "json", stream, days=DayRange("2026-11-23", "2026-11-23"))
    notifications = json.loads(stream.getvalue())["notifications"]
    assert notifications[0] == {"channel": "youtube", "at": "2026-11-23T10:00:00+01:00", "zone": PARIS}
    assert len(notifications) == 2


@pytest.mark.parametrize(
    ("name", "youtube", "all_known"),
    [
        ("user1_AUM_V4_Activity_2019-12-05_00-46-03.csv", 21, 1_237),
        ("user2_AUM_V4_Activity_2019-12-10_22-19-45.csv", 21, 653),
        ("excerpt_french.csv", 0, 0),
    ],
)
def test_real_phones(samples: Path, context: ReadContext, name: str, youtube: int, all_known: int) -> None:
    reading = read_file("app-usage", str(samples / "app-usage" / name), context)
    counted = Counter(channel for channel, _at in reading.notifications)
    assert counted["youtube"] == youtube
    assert counted.total() == all_known
