"""`tracker restore`: says first, keeps the file as it was, and continues without a log that is not fit."""

from __future__ import annotations

import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Tracker
from tests.conftest import HANGS_AFTER
from tests.conftest import NOW as NOW_SECONDS
from tests.storage.files import python
from tests.storage.test_wal import HOLD, killed
from tracker.storage import Database


def notes(tracker: Tracker, path: Path | None = None) -> list[str]:
    line = ["--db", str(path or tracker.db), "day", "--json"]
    return [session["note"] for session in tracker.run(line).json()["sessions"]]


@pytest.fixture
def saved(tracker: Tracker) -> Path:
    """A backup with one check; the file has another one since."""
    tracker.run("check x saved")
    tracker.run("backup saved.db")
    tracker.run("check x later", now="2026-11-23T15:20")
    return tracker.folder / "saved.db"


def test_it_says_first_what_would_change(tracker: Tracker, saved: Path) -> None:
    before, files = tracker.data(), sorted(os.listdir(tracker.folder))
    result = tracker.run("restore saved.db")
    assert result.code == 0
    assert "1 check" in result.out
    assert "2 checks" in result.out
    assert "--yes" in result.out
    assert tracker.data() == before
    assert sorted(os.listdir(tracker.folder)) == files


def test_it_restores_and_keeps_the_file_as_it_was(tracker: Tracker, saved: Path) -> None:
    tracker.now = "2026-11-23T15:30"
    said = tracker.run("restore saved.db --yes").said()
    kept = tracker.folder / "tracker-before-restore-2026-11-23.db"
    assert str(kept) in said
    assert notes(tracker) == ["saved"]
    assert notes(tracker, kept) == ["saved", "later"]
    assert kept.stat().st_mode & 0o777 == 0o600
    assert tracker.run("doctor").code == 0
    # What was kept is a backup like any other.
    tracker.run(f"restore {kept} --yes").said()
    assert notes(tracker) == ["saved", "later"]
    assert tracker.run("undo").code == 0


def test_every_table_is_restored_and_the_backup_stays_untouched(tracker: Tracker, saved: Path) -> None:
    with Database.open(str(saved)) as database:
        database.file.settle()
    before = saved.read_bytes()
    connection = sqlite3.connect(saved)
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    # The mark by which file and log know each other is the file's own.
    what = {name: "name <> 'generation'" if name == "state" else "1" for name in tables}
    wanted = {name: connection.execute(f'SELECT * FROM "{name}" WHERE {what[name]}').fetchall() for name in tables}
    connection.close()
    tracker.run("restore saved.db --yes").said()
    connection = sqlite3.connect(tracker.db)
    kept = {name: connection.execute(f'SELECT * FROM "{name}" WHERE {what[name]}').fetchall() for name in wanted}
    assert kept == wanted
    connection.close()
    assert saved.read_bytes() == before
    assert not list(tracker.folder.glob("saved.db-*"))


def test_an_open_file_sees_it_as_one_change(tracker: Tracker, saved: Path) -> None:
    with Database.open(str(tracker.db)) as database:
        seen = database.data_version()
        tracker.run("restore saved.db --yes").said()
        assert database.data_version() != seen
        assert database.rows("SELECT note FROM session") == [("saved",)]
        assert database.rows("PRAGMA integrity_check") == [("ok",)]
        assert database.rows("PRAGMA foreign_key_check") == []


def test_json(tracker: Tracker, saved: Path) -> None:
    (row,) = tracker.run("restore saved.db --json").json()
    assert (row["sessions"], row["kept"], row["restored"]) == (0, None, False)
    (row,) = tracker.run("restore saved.db --json --yes").json()
    assert row["restored"] is True
    assert Path(row["kept"]).exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + b"\1" * 5000])
def test_what_is_no_backup_is_refused(tracker: Tracker, content: bytes) -> None:
    (tracker.folder / "no.db").write_bytes(content)
    before = tracker.data()
    tracker.run("restore no.db --yes").refused()
    tracker.run("restore nowhere.db --yes").refused()
    assert tracker.data() == before


def test_a_damaged_backup_is_refused(tracker: Tracker, saved: Path) -> None:
    pages = bytearray(saved.read_bytes())
    pages[20 * 4096 : 40 * 4096] = os.urandom(20 * 4096)
    saved.write_bytes(pages)
    tracker.run("restore saved.db --yes").refused()
    assert notes(tracker) == ["saved", "later"]


def test_a_newer_backup_is_refused(tracker: Tracker, saved: Path) -> None:
    connection = sqlite3.connect(saved)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert "newer" in tracker.run("restore saved.db --yes").refused()


@pytest.mark.parametrize("damage", ["junk", "header", "gone"])
def test_a_file_that_cannot_be_opened_is_set_aside(tracker: Tracker, saved: Path, damage: str) -> None:
    if damage == "junk":
        tracker.db.write_bytes(os.urandom(9000))
    elif damage == "header":
        content = bytearray(tracker.db.read_bytes())
        content[:50] = bytes(50)
        tracker.db.write_bytes(content)
        assert "damaged" in tracker.run("status").refused()
    else:
        tracker.db.unlink()
    before = tracker.db.read_bytes() if tracker.db.exists() else None
    tracker.run("restore saved.db --yes").said()
    assert notes(tracker) == ["saved"]
    kept = tracker.folder / "tracker-before-restore-2026-11-23.db"
    assert (kept.read_bytes() if kept.exists() else None) == (before if damage != "gone" else None)


@pytest.mark.parametrize("how", ["copied over", "log deleted", "log damaged"])
def test_the_file_itself_continues_without_a_log_that_is_not_fit(tracker: Tracker, saved: Path, how: str) -> None:
    killed(str(tracker.db))
    log = Path(f"{tracker.db}-wal")
    if how == "copied over":
        shutil.copy(saved, tracker.db)
    elif how == "log deleted":
        log.unlink()
    else:
        content = bytearray(log.read_bytes())
        content[len(content) // 2] ^= 1
        log.write_bytes(content)
    assert "restore" in tracker.run("status").refused()
    looked = tracker.run("doctor")
    assert looked.code == 1
    assert "no problems found" not in looked.out
    assert "--yes" in tracker.run(f"restore {tracker.db}").out
    tracker.run("status").refused()
    tracker.run(f"restore {tracker.db} --yes").said()
    kept_notes = notes(tracker)
    assert kept_notes[:1] == ["saved"] if how == "copied over" else "later" in kept_notes
    if how == "log damaged":
        assert "killed 0" in kept_notes
    kept = list(tracker.folder.glob("*-wal.kept-*"))
    assert len(kept) == (0 if how == "log deleted" else 1)
    assert tracker.run("doctor").code == 0


def test_the_file_itself_is_no_backup_of_itself(tracker: Tracker) -> None:
    before = tracker.data()
    assert "give a backup" in tracker.run(f"restore {tracker.db}").refused()
    assert "the file in use; give a backup" in tracker.run(f"restore {tracker.db} --yes").refused()
    assert tracker.data() == before


def test_a_restored_file_survives_a_kill_of_whoever_has_it_open(tracker: Tracker, saved: Path) -> None:
    holder = python(HOLD, str(tracker.db), str(NOW_SECONDS))
    assert holder.stdout
    assert holder.stdout.readline() == "ready\n"
    tracker.run("restore saved.db --yes").said()
    tracker.run("check x after", now="2026-11-23T15:40").said()
    holder.kill()
    holder.communicate(timeout=HANGS_AFTER)
    assert notes(tracker) == ["saved", "after"]


def test_what_another_program_added_to_a_backup_comes_along(tracker: Tracker, saved: Path) -> None:
    connection = sqlite3.connect(saved)
    with connection:
        connection.execute("ALTER TABLE session ADD COLUMN mood TEXT")
        connection.execute("CREATE TABLE theirs (id INTEGER PRIMARY KEY, text TEXT)")
        connection.execute("INSERT INTO theirs(text) VALUES ('kept')")
    connection.close()
    tracker.run("restore saved.db --yes").said()
    assert notes(tracker) == ["saved"]
    connection = sqlite3.connect(tracker.db)
    assert connection.execute("SELECT text FROM theirs").fetchall() == [("kept",)]
    connection.close()


def test_another_programs_database_is_not_replaced(tracker: Tracker, saved: Path) -> None:
    other = tracker.folder / "other.db"
    connection = sqlite3.connect(other)
    with connection:
        connection.execute("CREATE TABLE theirs (id)")
    connection.close()
    before = other.read_bytes()
    assert "another program" in tracker.run(f"--db {other} restore saved.db --yes").refused()
    assert other.read_bytes() == before


def test_the_file_that_was_kept_is_never_mixed_with_a_log_that_was_set_aside(tracker: Tracker, saved: Path) -> None:
    killed(str(tracker.db))
    shutil.copy(saved, tracker.db)
    later = os.stat(f"{tracker.db}-wal").st_mtime_ns + 10**9
    os.utime(tracker.db, ns=(later, later))
    tracker.run(f"restore {tracker.db} --yes").said()
    tracker.run("restore saved.db --yes").said()
    kept = tracker.folder / "tracker-before-restore-2026-11-23.db"
    assert notes(tracker, kept) == ["saved"]
    tracker.run(f"restore {kept} --yes").said()


def test_changes_in_a_log_older_than_its_file_can_be_applied(tracker: Tracker, saved: Path) -> None:
    shutil.copy(tracker.db, tracker.folder / "plain.db")
    killed(str(tracker.db))
    shutil.copy(tracker.folder / "plain.db", tracker.db)
    later = os.stat(f"{tracker.db}-wal").st_mtime_ns + 10**9
    os.utime(tracker.db, ns=(later, later))
    assert "--apply" in tracker.run("status").refused()
    tracker.run(f"restore {tracker.db} --yes --apply").said()
    assert {"saved", "later", "killed 0"} <= set(notes(tracker))
    assert not list(tracker.folder.glob("*.kept-*"))
