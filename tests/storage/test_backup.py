"""Backups: whole, private, never over an existing file; and what `doctor` finds."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, dump, other_program
from tracker.domain.errors import TrackerError
from tracker.storage import Database, repair, sessions
from tracker.storage.undo_steps import undo_step


def test_a_backup_has_everything_even_while_a_change_is_being_written(database: Database, tmp_path: Path) -> None:
    sessions.start(database, "linkedin", NOW, PARIS, now=NOW)
    before = dump(database)
    with Database.open(database.file.path) as other, undo_step(other, "unfinished", NOW):
        other.change("DELETE FROM session")
        target = database.file.backup(str(tmp_path / "copy.db"))
    with Database.open(target) as copied:
        assert dump(copied) == before
    assert stat.S_IMODE(os.stat(target).st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("tracker.db")] == ["copy.db"]


def test_a_backup_is_never_written_over_another(database: Database, tmp_path: Path) -> None:
    first = database.file.backup(str(tmp_path / "copy.db"))
    second = database.file.backup(str(tmp_path / "copy.db"))
    assert (first, second) == (str(tmp_path / "copy.db"), str(tmp_path / "copy-2.db"))


def test_a_backup_into_a_folder_keeps_the_files_name(database: Database, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    assert database.file.backup(str(tmp_path / "backups")) == str(tmp_path / "backups" / "tracker.db")


def test_a_backup_that_cannot_be_written_leaves_nothing(database: Database, tmp_path: Path) -> None:
    with pytest.raises(TrackerError, match="cannot write the backup"):
        database.file.backup(str(tmp_path / "nowhere" / "copy.db"))
    before = sorted(tmp_path.iterdir())
    database.connection.close()
    for file in tmp_path.glob("tracker.db*"):
        file.unlink()
    with pytest.raises(TrackerError, match="cannot write the backup"):
        database.file.backup(str(tmp_path / "copy.db"))
    assert before
    assert list(tmp_path.iterdir()) == []


def test_a_healthy_file_has_no_problems(database: Database) -> None:
    sessions.start(database, "linkedin", NOW, PARIS, now=NOW)
    assert repair.problems(database) == []


def test_a_file_others_can_read_a_lost_channel_and_an_unknown_zone_are_problems(database: Database) -> None:
    os.chmod(database.file.path, 0o644)
    other_program(
        database.file.path,
        "INSERT INTO session(channel, start, \"end\", zone) VALUES ('reddit', 0, 1, 'Mars/Olympus')",
        "DELETE FROM channel WHERE name = 'reddit'",
    )
    problems = " ".join(repair.problems(database))
    assert "chmod 600" in problems
    assert "session" in problems
    assert "Mars/Olympus" in problems
