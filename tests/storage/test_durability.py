"""What was confirmed is there: after a kill, a full disk, a locked or a vanished file; and nothing half is."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import HANGS_AFTER, NOW
from tests.storage.files import PARIS, dump, minutes_ago, python
from tracker.domain.errors import TrackerError
from tracker.storage import Database, repair, session_table, sessions, undo
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable

DIE = """
import os, signal, sys
from tracker.storage import Database, sessions
from tracker.storage.undo_steps import undo_step
now = int(sys.argv[2])
database = Database.open(sys.argv[1])
sessions.start(database, "x", now - 60, "Europe/Paris", now=now)
with undo_step(database, "unfinished", now):
    sessions.stop(database, now, now=now)
    sessions.check(database, "reddit", now, "Europe/Paris", None, now=now)
    if sys.argv[3] == "spill":
        database.connection.execute("PRAGMA cache_size = 1")
        for row in range(3000):
            database.change("INSERT INTO day_note(date, note) VALUES (?, ?)", (f"{1000 + row}-01-01", "x" * 300))
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("how", ["small", "spill"])
def test_a_kill_in_the_middle_of_a_change_leaves_the_last_confirmed_state(path: str, how: str) -> None:
    child = python(DIE, path, str(NOW), how)
    _out, err = child.communicate(timeout=HANGS_AFTER)
    assert child.returncode == -signal.SIGKILL, err
    with Database.open(path) as database:
        running = session_table.running(database)
        assert running is not None
        assert running.channel == "x"
        assert database.row("SELECT count(*) FROM session") == (1,)
        assert database.row("SELECT count(*) FROM day_note") == (0,)
        assert [step.says for step in undo.steps(database)] == ["started x"]
        assert repair.problems(database) == []
        sessions.stop(database, NOW, now=NOW)


def refused(database: Database, match: str) -> None:
    """Every kind of change is refused in one line, and leaves everything as it was and usable."""
    before, steps = dump(database), undo.steps(database)
    changes: list[Callable[[], object]] = [
        lambda: sessions.start(database, "x", NOW, PARIS, now=NOW, note="n" * 2_000),
        lambda: sessions.add(database, "x", minutes_ago(9), minutes_ago(8), PARIS, now=NOW, note="n" * 2_000),
        lambda: undo.undo(database, 1, now=NOW),
    ]
    for change in changes:
        with pytest.raises(TrackerError, match=match) as error:
            change()
        assert "\n" not in str(error.value)
        assert not database.connection.in_transaction
    assert (dump(database), undo.steps(database)) == (before, steps)


def test_a_full_disk_is_one_line_and_nothing_changes(database: Database) -> None:
    sessions.add(database, "reddit", minutes_ago(9), minutes_ago(8), PARIS, now=NOW, note="n" * 2_000)
    (pages,) = database.row("PRAGMA page_count")
    database.connection.execute(f"PRAGMA max_page_count = {pages}")
    refused(database, "full")
    database.connection.execute("PRAGMA max_page_count = 1000000")
    assert undo.undo(database, 1, now=NOW)
    assert sessions.start(database, "x", NOW, PARIS, now=NOW)


def test_a_file_that_may_only_be_read_is_one_line(database: Database) -> None:
    sessions.check(database, "reddit", NOW, PARIS, None, now=NOW)
    database.connection.execute("PRAGMA query_only = ON")
    refused(database, "cannot write")


def test_a_file_that_stays_locked_is_one_line(database: Database) -> None:
    sessions.check(database, "reddit", NOW, PARIS, None, now=NOW)
    database.connection.execute("PRAGMA busy_timeout = 10")
    with closing(sqlite3.connect(database.file.path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused(database, "another program keeps it locked")
        other.execute("ROLLBACK")
    assert sessions.start(database, "x", NOW, PARIS, now=NOW)


@pytest.mark.parametrize("replaced", [False, True])
def test_a_file_that_vanished_while_open_is_one_line(database: Database, replaced: bool) -> None:
    sessions.check(database, "reddit", NOW, PARIS, None, now=NOW)
    file = Path(database.file.path)
    with Database.open(str(file.with_name("another.db"))) as another:
        sessions.check(another, "x", NOW, PARIS, None, now=NOW)
    file.rename(file.with_name("elsewhere.db"))
    if replaced:
        file.with_name("another.db").rename(file)
    refused(database, "moved, deleted or replaced")
    with Database.open(str(file.with_name("elsewhere.db"))) as moved:
        assert [session.channel for session in session_table.in_span(moved, 0, NOW + 60)] == ["reddit"]


def test_a_file_migrated_by_a_newer_program_while_open_is_left_alone(database: Database) -> None:
    sessions.check(database, "reddit", NOW, PARIS, None, now=NOW)
    with closing(sqlite3.connect(database.file.path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    refused(database, "newer tracker")


def test_a_damaged_file_is_one_line(database: Database) -> None:
    database.connection.execute("DROP VIEW session_local")
    with pytest.raises(TrackerError, match="cannot read"):
        database.rows("SELECT * FROM session_local")


def test_what_sqlite_cannot_hold_is_one_line(database: Database) -> None:
    for note in ("\udcff", "lone \ud800"):
        with pytest.raises(TrackerError):
            sessions.start(database, "x", NOW, PARIS, now=NOW, note=note)
    with pytest.raises(TrackerError):
        session_table.get(database, 2**70)
    with pytest.raises(TrackerError):
        sessions.start(database, "x", NOW, PARIS, now=NOW, planned_seconds=0)
    assert session_table.running(database) is None


def test_an_interrupt_in_the_middle_takes_everything_back(database: Database) -> None:
    before = dump(database)

    def interrupted() -> None:
        with undo_step(database, "long", NOW):
            sessions.check(database, "x", NOW, PARIS, None, now=NOW)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert dump(database) == before
    assert not database.connection.in_transaction
    assert sessions.start(database, "x", NOW, PARIS, now=NOW)
