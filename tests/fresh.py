"""A new log is copied, not made: twenty milliseconds of migrations, four thousand times, are a fifth of the suite.

The copy is what a first run leaves behind. The modules of REAL, and commands and screens in processes of their own,
make and migrate files themselves.
"""

from __future__ import annotations

import os
import sqlite3
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tracker.storage import Database
from tracker.storage.database_file import DatabaseFile

REAL = (
    *("tests.storage.test_durability", "tests.storage.test_errors", "tests.storage.test_exact_numbers"),
    *("tests.storage.test_identity", "tests.storage.test_opening", "tests.storage.test_schema"),
    "tests.storage.test_wal",
)

MEMORY, TEMPORARY = ":memory:", ":temporary:"

_open, _prepare = Database.open, DatabaseFile._prepare


@cache
def new() -> bytes:
    """A file as a first run leaves it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        _open(str(path)).close()
        return path.read_bytes()


@cache
def in_memory() -> sqlite3.Connection:
    """The same without a file, and so without a write-ahead log."""
    connection = sqlite3.connect(MEMORY, check_same_thread=False)
    connection.deserialize(new()[:18] + b"\1\1" + new()[20:])
    return connection


@pytest.fixture(autouse=True)
def fresh_logs_are_copied(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a copy where there is no file, or into a log without one, before the program opens it."""
    if request.module.__name__ in REAL:
        return

    def opened(path: str) -> Database:
        if path and MEMORY not in path and os.path.isdir(os.path.dirname(path)) and not os.path.lexists(path):
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as copy:
                copy.write(new())
        return _open(path)

    def prepared(file: DatabaseFile) -> None:
        if not file.real_path and file.path in (MEMORY, TEMPORARY):
            in_memory().backup(file.connection)
        _prepare(file)

    monkeypatch.setattr(Database, "open", opened)
    monkeypatch.setattr(DatabaseFile, "_prepare", prepared)
