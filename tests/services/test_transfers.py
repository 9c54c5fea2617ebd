"""Importing, exporting and backing up, as a screen or a command asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.calendar.clock import iso
from tracker.domain.errors import TrackerError
from tracker.importers.imported_record import ImportOptions
from tracker.services.data_file import back_up, export_log
from tracker.services.source_imports import import_source
from tracker.settings import Settings
from tracker.storage import sessions
from tracker.storage.session_table import in_span
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.storage import Database

DAY = 86_400


@pytest.fixture
def workspace(database: Database, tmp_path: Path) -> Workspace:
    return Workspace(database, Settings(), "Europe/Paris", config=str(tmp_path / "settings.toml"), now=NOW)


def logged(workspace: Workspace) -> list[str]:
    return [iso(session.start, session.zone) for session in in_span(workspace.database, 0, NOW)]


def test_times_without_a_zone_are_the_readers_and_a_dry_run_writes_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    path.write_text("channel,start,end\nlinkedin,2026-11-20 09:00,2026-11-20 09:30\n")
    tried = import_source(workspace, "csv", str(path), ImportOptions(workspace.zone, NOW, dry_run=True))
    assert (tried.added, logged(workspace)) == (1, [])
    assert import_source(workspace, "csv", str(path)).added == 1
    assert logged(workspace) == ["2026-11-20T09:00:00+01:00"]
    with pytest.raises(TrackerError, match="Mars"):
        import_source(workspace, "csv", str(path), ImportOptions("Mars/Base", NOW))


def test_the_days_asked_for_are_exported_and_never_over_a_file_of_ours(workspace: Workspace, tmp_path: Path) -> None:
    for back in (1, 3):
        start = NOW - back * DAY
        sessions.add(workspace.database, "linkedin", start, start + 600, workspace.zone, now=NOW)
    path = str(tmp_path / "log.csv")
    assert export_log(workspace, "csv", path) == 2
    assert export_log(workspace, "csv", path, workspace.day_of(NOW - 2 * DAY)) == 1
    for ours in (workspace.config, workspace.database.file.path):
        with pytest.raises(TrackerError):
            export_log(workspace, "csv", str(ours))


def test_a_backup_stands_beside_the_file_with_its_date_and_writes_over_nothing(
    workspace: Workspace, tmp_path: Path
) -> None:
    first, second = back_up(workspace), back_up(workspace)
    assert first.endswith("-2026-11-23.db")
    assert second != first
    folder = tmp_path / "backups"
    folder.mkdir()
    assert back_up(workspace, str(folder)).startswith(str(folder))
