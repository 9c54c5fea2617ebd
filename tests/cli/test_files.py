"""Files that are not as they should be: one line names them, and they are left as they are."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Inside, Tracker


def test_a_first_run_makes_the_file_for_this_user_alone(tracker: Tracker) -> None:
    tracker.db = tracker.folder / "deep" / "down" / "log.db"
    result = tracker.run("check x", env={"TRACKER_DB": str(tracker.db)})
    assert result.code == 0
    assert tracker.db.stat().st_mode & 0o777 == 0o600


def test_a_file_from_a_newer_version_is_left_untouched(inside: Inside) -> None:
    connection = sqlite3.connect(inside.db)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = inside.db.read_bytes()
    for line in ("status", "check x", "week --json"):
        assert "newer" in inside.run(line).refused()
    assert inside.db.read_bytes() == before


def test_another_programs_database_is_left_untouched(inside: Inside) -> None:
    inside.db.unlink()
    connection = sqlite3.connect(inside.db)
    with connection:
        connection.execute("CREATE TABLE theirs (id)")
    connection.close()
    before = inside.db.read_bytes()
    assert "another program" in inside.run("check x").refused()
    assert inside.db.read_bytes() == before


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\x00garbage" * 50])
def test_what_is_no_database_is_left_untouched(inside: Inside, content: bytes) -> None:
    inside.db.unlink()
    inside.db.write_bytes(content)
    assert str(inside.db) in inside.run("status").refused()
    assert inside.db.read_bytes() == content


def test_a_damaged_file_ends_in_a_line(inside: Inside) -> None:
    inside.run("log linkedin 14:00-14:10")
    content = bytearray(inside.db.read_bytes())
    content[4096 : len(content) // 2] = os.urandom(len(content) // 2 - 4096)
    inside.db.write_bytes(content)
    for line in ("day", "check x"):
        result = inside.run(line)
        assert result.code == 1
        assert result.err.count("\n") == 1


def test_a_folder_is_no_file(inside: Inside) -> None:
    assert str(inside.folder) in inside.run("status", env={"TRACKER_DB": str(inside.folder)}).refused()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_can_be_read_and_says_that_it_cannot_be_written(tracker: Tracker) -> None:
    tracker.run("check x")
    tracker.db.chmod(0o400)
    assert str(tracker.db) in tracker.run("check x").refused()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
def test_a_place_where_nothing_can_be_made(tracker: Tracker) -> None:
    assert "/proc" in tracker.run("check x", env={"TRACKER_DB": "/proc/self/no/log.db"}).refused()


def test_text_that_is_not_unicode_ends_in_a_line(tracker: Tracker) -> None:
    before = tracker.data()
    assert tracker.run(["check", "x", os.fsdecode(b"caf\xe9")]).code in (0, 1)
    assert tracker.run(["start", os.fsdecode(b"\xff")]).code == 1
    assert len(tracker.data()["session"]) == len(before["session"]) + (0 if tracker.data() == before else 1)
