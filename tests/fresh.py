"""A new log is copied, not made: twenty milliseconds of migrations, four thousand times, are a fifth of the suite.

The copy is what a first run leaves behind. The modules of REAL, and commands and screens in processes of their own,
make and migrate files themselves.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from tracker.journal import Journal

REAL = (
    *("tests.journal.test_durability", "tests.journal.test_errors", "tests.journal.test_exact_numbers"),
    *("tests.journal.test_identity", "tests.journal.test_opening", "tests.journal.test_schema"),
    "tests.journal.test_wal",
)

_open = Journal.open


@cache
def new() -> bytes:
    """A file as a first run leaves it."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "tracker.db"
        _open(str(path)).close()
        return path.read_bytes()


@pytest.fixture(autouse=True)
def fresh_logs_are_copied(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a copy at a path where there is no file, before the program opens it."""
    if request.module.__name__ in REAL:
        return

    def opened(path: str, **options: Any) -> Journal:
        if path and ":memory:" not in path and os.path.isdir(os.path.dirname(path)) and not os.path.lexists(path):
            with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
                file.write(new())
        return _open(path, **options)

    monkeypatch.setattr(Journal, "open", opened)
