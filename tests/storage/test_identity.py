"""A file that is moved, replaced or written over while it is open: nothing confirmed is lost, and nothing is mixed."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import HANGS_AFTER, NOW
from tests.storage.files import PARIS, minutes_ago
from tracker.domain.errors import TrackerError
from tracker.storage import Database, session_table, sessions


def note(database: Database, text: str, minutes: int = 10) -> None:
    sessions.check(database, "x", minutes_ago(minutes), PARIS, text, now=NOW)


def notes(path: str | Path) -> list[str | None]:
    with Database.open(str(path)) as database:
        return [session.note for session in session_table.in_span(database, 0, NOW + 3600)]


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """Another file, with another content."""
    path = tmp_path / "other.db"
    with Database.open(str(path)) as database:
        note(database, "other")
    return path


@pytest.mark.parametrize("how", ["moved", "replaced", "deleted"])
def test_what_was_confirmed_is_in_the_moved_file_and_the_rest_is_refused(
    database: Database, path: str, tmp_path: Path, other: Path, how: str
) -> None:
    note(database, "kept")
    moved = tmp_path / "moved.db"
    os.link(path, moved)
    os.unlink(path)
    if how == "replaced":
        os.rename(other, path)
    for _attempt in range(2):
        with pytest.raises(TrackerError, match="moved, deleted or replaced"):
            note(database, "lost")
    # What is shown is still what was there.
    assert [session.note for session in session_table.in_span(database, 0, NOW)] == ["kept"]
    database.close()
    assert notes(moved) == ["kept"]
    assert os.path.exists(path) == (how == "replaced")
    if how == "replaced":
        assert notes(path) == ["other"]


def test_a_move_noticed_only_at_the_end_loses_nothing(path: str, tmp_path: Path) -> None:
    database = Database.open(path)
    note(database, "kept")
    os.rename(path, tmp_path / "moved.db")
    database.close()
    assert notes(tmp_path / "moved.db") == ["kept"]


def test_a_deleted_log_is_brought_into_the_file_and_begun_again(database: Database, path: str) -> None:
    note(database, "first")
    os.unlink(f"{path}-wal")
    database.file.verify()
    note(database, "second", 5)
    assert os.path.exists(f"{path}-wal")
    with closing(sqlite3.connect(path)) as another:
        assert another.execute("SELECT note FROM session ORDER BY id").fetchall() == [("first",), ("second",)]
    database.close()
    assert notes(path) == ["first", "second"]


def test_a_backup_copied_over_a_quiet_file_counts_from_then_on(database: Database, path: str, other: Path) -> None:
    note(database, "before")
    database.file.settle()
    seen = database.data_version()
    shutil.copy(other, path)
    database.file.verify()
    assert database.data_version() != seen
    assert [session.note for session in session_table.in_span(database, 0, NOW)] == ["other"]
    note(database, "after", 5)
    assert database.row("PRAGMA integrity_check") == ("ok",)
    database.close()
    assert notes(path) == ["other", "after"]


@pytest.mark.parametrize("by_us", [False, True])
def test_a_backup_copied_over_while_changes_wait_is_never_mixed_with_them(
    database: Database, path: str, other: Path, tmp_path: Path, by_us: bool
) -> None:
    if by_us:
        other = Path(database.file.backup(str(tmp_path / "copy.db")))
    note(database, "waits")
    shutil.copy(other, path)
    with pytest.raises(TrackerError, match="moved, deleted or replaced"):
        note(database, "lost")
    database.close()
    with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as left:
        assert left.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert left.execute("SELECT note FROM session").fetchall() == ([] if by_us else [("other",)])


def test_another_programs_checkpoint_is_no_replacement(database: Database, path: str) -> None:
    note(database, "one")
    with closing(sqlite3.connect(path)) as another:
        another.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    note(database, "two", 5)
    with closing(sqlite3.connect(path)) as another:
        another.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    note(database, "three", 2)
    database.close()
    assert notes(path) == ["one", "two", "three"]


def test_a_log_that_is_emptied_a_while_after_it_was_written_is_no_replacement(database: Database, path: str) -> None:
    """The file was looked at between the two halves of a checkpoint."""
    note(database, "one")
    with closing(sqlite3.connect(path)) as another:
        another.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        for _look in range(3):
            database.file.verify()
        another.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database.file.verify()
    note(database, "two", 5)
    database.close()
    assert notes(path) == ["one", "two"]


def test_a_log_that_was_settled_beside_a_reader_may_be_emptied_by_another(database: Database, path: str) -> None:
    note(database, "one")
    with closing(sqlite3.connect(path)) as another:
        another.execute("BEGIN")
        another.execute("SELECT count(*) FROM session").fetchone()
        database.file.settle()
        assert database.file.waiting(), "it is in the file; the reader keeps it from being emptied"
        another.execute("COMMIT")
        another.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    database.file.verify()
    note(database, "two", 5)
    database.close()
    assert notes(path) == ["one", "two"]


def test_a_log_emptied_with_changes_that_are_not_in_the_file_is_refused(database: Database, path: str) -> None:
    note(database, "one")
    with closing(sqlite3.connect(path)) as another:
        another.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        database.file.verify()
    note(database, "two", 5)
    os.truncate(f"{path}-wal", 0)
    with pytest.raises(TrackerError, match="moved, deleted or replaced"):
        note(database, "three", 2)


def test_readers_are_given_while_the_file_is_opened_again(database: Database, path: str) -> None:
    """Another thread asks for readers; no lock on the file is lost by it."""
    note(database, "one")
    database.file.settle()
    counts: list[int] = []
    is_over = threading.Event()

    def read() -> None:
        while not is_over.is_set():
            with database.reader() as reader:
                counts.append(len(session_table.in_span(reader, 0, NOW)))

    thread = threading.Thread(target=read)
    thread.start()
    for _written in range(40):
        os.utime(path)  # as a program that wrote the file and emptied the log
        database.file.verify()
    is_over.set()
    thread.join(HANGS_AFTER)
    assert not thread.is_alive()
    assert database.file.reopened == 40
    assert counts
    assert set(counts) == {1}
    note(database, "two", 5)
    database.close()
    with pytest.raises(TrackerError):
        database.reader()
    assert notes(path) == ["one", "two"]


def test_a_settled_file_is_whole_without_its_log(database: Database, path: str, tmp_path: Path) -> None:
    note(database, "one")
    assert database.file.waiting()
    database.file.settle()
    assert not database.file.waiting()
    shutil.copy(path, tmp_path / "copy.db")
    assert notes(tmp_path / "copy.db") == ["one"]


def test_what_may_be_lost_is_passed_over_in_silence(database: Database, path: str, tmp_path: Path) -> None:
    note(database, "one")
    os.rename(path, tmp_path / "moved.db")
    database.set_state("view", "day")
    assert database.file.refusal


def test_a_second_connection_never_makes_a_file(database: Database, path: str, tmp_path: Path) -> None:
    note(database, "one")
    os.rename(path, tmp_path / "moved.db")
    with pytest.raises(TrackerError):
        database.reader()
    with pytest.raises(TrackerError):
        database.file.verify()
    with database.reader() as reader:
        assert len(session_table.in_span(reader, 0, NOW)) == 1
    assert not os.path.exists(path)


def test_a_second_connection_is_opened_by_sqlite_alone(database: Database) -> None:
    """Two connections of one process may come and go: no lock of the first is dropped, so its log stays."""
    note(database, "one")
    before = os.stat(f"{database.file.path}-wal").st_ino
    with database.reader() as reader:
        assert [session.note for session in session_table.in_span(reader, 0, NOW)] == ["one"]
    from tests.storage.files import python

    code = "import sys\nfrom tracker.storage import Database\nDatabase.open(sys.argv[1]).close()"
    child = python(code, database.file.path)
    _out, err = child.communicate(timeout=HANGS_AFTER)
    assert (child.returncode, err) == (0, "")
    assert os.stat(f"{database.file.path}-wal").st_ino == before


@pytest.mark.parametrize("change", ["junk", "foreign", "cut", "empty", "empty, with changes waiting", "empty log"])
def test_whatever_is_written_over_an_open_file_can_be_said_and_read_on(
    database: Database, path: str, tmp_path: Path, change: str
) -> None:
    note(database, "before")
    if "log" not in change and "waiting" not in change:
        database.file.settle()
    if change == "junk":
        Path(path).write_bytes(os.urandom(9000))
    elif change == "foreign":
        with closing(sqlite3.connect(tmp_path / "foreign.db")) as foreign, foreign:
            foreign.execute("CREATE TABLE theirs (id)")
        shutil.copyfile(tmp_path / "foreign.db", path)
    elif change == "cut":
        os.truncate(path, 150_000)
    else:
        os.truncate(f"{path}-wal" if change == "empty log" else path, 0)
    with pytest.raises(TrackerError):
        note(database, "lost")
    with pytest.raises(TrackerError):
        note(database, "lost again")
    if change == "cut":
        return  # SQLite finds the damage where it meets it
    assert database.file.refusal
    assert len(session_table.in_span(database, 0, NOW)) <= 1
    with database.reader() as reader:
        assert len(session_table.in_span(reader, 0, NOW)) <= 1
    database.file.verify()


def test_two_that_have_a_file_open_survive_its_deleted_log(path: str) -> None:
    """Each brings in what it knows and opens the file anew, one after the other."""
    from tests.storage.files import python
    from tests.storage.test_wal import HOLD

    with Database.open(path) as database:
        child = python(HOLD, path, str(NOW))
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        note(database, "mine")
        os.unlink(f"{path}-wal")
        with pytest.raises(TrackerError, match="try again"):
            note(database, "too soon")
        assert len(session_table.in_span(database, 0, NOW)) >= 1
        child.communicate("", timeout=HANGS_AFTER)
        note(database, "again", 5)
    assert sorted(str(note) for note in notes(path)) == ["again", "held", "mine"]


def test_to_look_at_the_file_never_reads_all_of_it(database: Database, path: str) -> None:
    """A file of years has hundreds of megabytes: neither a second connection nor another's checkpoint reads them."""
    note(database, "one")
    with database.transaction():
        database.connection.execute("CREATE TABLE padding AS SELECT zeroblob(20 << 20) AS bytes")
    database.file.settle()
    note(database, "waits in the log")
    tracemalloc.start()
    database.reader().close()
    os.utime(path)  # as a checkpoint of another program does, with changes in the log
    database.file.verify()
    note(database, "two")
    with closing(sqlite3.connect(path)) as another:
        another.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    reopened = database.file.reopened
    database.file.verify()
    assert database.file.reopened == reopened + 1
    database.close()
    database.close()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5 << 20
    assert notes(path) == ["one", "waits in the log", "two"]
