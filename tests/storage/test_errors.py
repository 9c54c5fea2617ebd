"""What SQLite and the disk refuse, in words: each kind its own, and none that invites anybody to delete a file."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS
from tracker.domain.errors import TrackerError
from tracker.storage import Database, file_format, session_table, sessions
from tracker.storage.database_file import SharedFile

KINDS = {
    "SQLITE_BUSY_SNAPSHOT": "locked",
    "SQLITE_FULL": "full",
    "SQLITE_READONLY_DIRECTORY": "read-only",
    "SQLITE_IOERR_READ": "disk reports an error",
    "SQLITE_IOERR_SHMSIZE": "full, or reports an error",
    "SQLITE_CORRUPT_VTAB": "damaged",
    "SQLITE_NOTADB": "damaged",
    "SQLITE_CANTOPEN": "cannot be opened",
}


def failing(name: str) -> sqlite3.Error:
    error = sqlite3.OperationalError("as SQLite says it")
    error.sqlite_errorname = name
    return error


@pytest.mark.parametrize(("name", "says"), KINDS.items())
def test_each_kind_has_its_own_sentence(name: str, says: str) -> None:
    said = file_format.reason(failing(name))
    assert says in said
    assert "not a tracker file" not in said
    assert "\n" not in said


def test_what_has_no_sentence_of_ours_is_said_as_it_comes() -> None:
    assert file_format.reason(failing("SQLITE_MISMATCH")) == "as SQLite says it"
    assert file_format.reason(OSError(40, "Too many links")) == "Too many links"
    assert "disk reports an error" in file_format.reason(OSError(5, "Input/output error"))


def test_a_whole_file_is_not_called_damaged(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    sessions.check(database, "x", NOW, PARIS, None, now=NOW)
    assert "disk reports an error" in database.file.reason(failing("SQLITE_CORRUPT"))

    def broken(file: SharedFile) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(SharedFile, "content", broken)
    assert "disk reports an error" in database.file.reason(failing("SQLITE_CORRUPT"))


def test_a_damaged_file_is_called_damaged(path: str) -> None:
    Database.open(path).close()
    pages = bytearray(Path(path).read_bytes())
    pages[4096 * 5 : 4096 * 30] = os.urandom(4096 * 25)
    Path(path).write_bytes(pages)
    with pytest.raises(TrackerError, match="damaged"), Database.open(path) as database:
        database.rows("SELECT * FROM session, change, channel, activity, outcome, habit, urge, review")


class TestReadOnly:
    """A file where nothing can be written: read, with what waits in its log, and every change refused."""

    def test_it_is_read_and_nothing_is_made_beside_it(self, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with Database.open(path) as database:
            sessions.check(database, "x", NOW, PARIS, None, now=NOW)
        monkeypatch.setattr(os, "access", lambda *_arguments: False)
        with Database.open(path) as database:
            assert len(session_table.in_span(database, 0, NOW + 60)) == 1
            with pytest.raises(TrackerError, match="nothing can be saved"):
                sessions.check(database, "x", NOW, PARIS, None, now=NOW)
        assert os.listdir(os.path.dirname(path)) == ["tracker.db"]
