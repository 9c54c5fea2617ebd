"""When a phone's screen went dark is kept beside the sessions, so that patterns count what was picked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tests.importers.makers import PARIS, at, phone
from tracker.importers import importing
from tracker.reports.detector_inputs import log
from tracker.settings import Settings
from tracker.storage import Database, imported_facts, session_table, undo
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [
    "YouTube,11/23/26,10:00:00,0:01:00",
    "Instagram,11/23/26,10:02:00,0:01:00",
    "Screen off (locked),11/23/26,10:03:00,0:02:00",
    "Screen off (locked),11/23/26,10:03:30,0:00:10",
    "YouTube,11/23/26,10:05:00,0:01:00",
    "Screen off,11/23/26,10:06:00,1:00:00",
]


def dark(database: Database) -> list[int]:
    return imported_facts.screen_off(database, ["app-usage"], 0, NOW)["app-usage"]


def switched_to(database: Database) -> list[str]:
    """The sessions that were not picked up, as `channel HH:MM`."""
    workspace = Workspace(database, Settings(), PARIS, now=NOW)
    ids = log(workspace, last="2026-11-23").switched_to
    return [session_table.get(database, id).channel for id in sorted(ids)]


def run(database: Database, path: str) -> importing.ImportReport:
    return importing.import_files(database, "app-usage", path, zone=PARIS, now=NOW)


def test_the_first_dark_moment_after_each_record_is_kept(database: Database, tmp_path: Path) -> None:
    run(database, phone(tmp_path / "a.csv", ROWS))
    assert dark(database) == [at("2026-11-23 10:03:00"), at("2026-11-23 10:06:00")]
    assert switched_to(database) == ["instagram"]


def test_the_same_export_again_adds_nothing_and_an_older_import_is_completed(
    database: Database, tmp_path: Path
) -> None:
    path = phone(tmp_path / "a.csv", ROWS)
    without = phone(tmp_path / "b.csv", [row for row in ROWS if "Screen" not in row])
    run(database, without)
    assert (dark(database), switched_to(database)) == ([], ["instagram", "youtube"])
    report = run(database, path)
    assert (report.added, report.already) == (0, 3)
    assert len(dark(database)) == 2
    assert switched_to(database) == ["instagram"]
    assert len(undo.steps(database)) == 2
    run(database, path)
    assert len(undo.steps(database)) == 2, "nothing new is no step for undo"


def test_undo_takes_the_dark_moments_back_with_their_import(database: Database, tmp_path: Path) -> None:
    run(database, phone(tmp_path / "a.csv", ROWS))
    undo.undo(database, 1, now=NOW)
    assert dark(database) == []
    undo.redo(database, 1, now=NOW)
    assert len(dark(database)) == 2
