"""A mark by which the file and the write-ahead log beside it know each other.

SQLite applies a log to whatever file has its name. So the first change that goes into an empty log puts a new random
mark into it, next to the one that the file has: file and log fit where the file's mark is one of the log's two. A
backup gets a mark of its own, so that it never fits a log that another file has left behind.
"""

from __future__ import annotations

import os
import sqlite3

_NAME = "generation"


def read(connection: sqlite3.Connection) -> str | None:
    """The mark, as the new one and the one before it; None where there is none yet."""
    row = connection.execute("SELECT value FROM state WHERE name = ?", (_NAME,)).fetchone()
    return str(row[0]) if row else None


def belongs(file: str | None, both: str | None) -> bool:
    """Whether a file with this mark is the one that a log was begun for; `both` is the mark of the two together."""
    before = (both or "").partition(" ")[2]
    return file == both or _new(file) == before


def renew(connection: sqlite3.Connection) -> None:
    """Put a new mark into the file, in the transaction that is open: the first of a log."""
    before = _new(read(connection))
    connection.execute(
        "INSERT INTO state(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        (_NAME, f"{os.urandom(8).hex()} {before}"),
    )


def _new(mark: str | None) -> str:
    return (mark or "").partition(" ")[0]
