"""A mark by which the file and the write-ahead log beside it know each other.

SQLite applies a log to whatever file has its name. So the first change that goes into an empty log puts a new random
mark into it, next to the one that the file has: file and log fit where the file's mark is one of the log's two. A log
that SQLite has begun again from its start is told by its salts, which are kept with the mark. A backup gets a mark of
its own, so that it never fits a log that another file has left behind.
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
    return _parts(file)[0] in _parts(both)[:2]


def keep_up(connection: sqlite3.Connection, log: bytes) -> None:
    """Give the log its mark, in the transaction that is open; `log` is how it begins, empty before its first change.

    A new mark is due where the log is empty, or was begun again since the last one: all that was in it is in the file.
    """
    new, before, salts = _parts(read(connection))
    found = log[16:24].hex()
    if not new or not log or (salts and salts != found):
        renew(connection)
    elif not salts:
        put(connection, f"{new} {before} {found}")


def renew(connection: sqlite3.Connection) -> None:
    """Put a new mark into the file, in the transaction that is open."""
    put(connection, f"{os.urandom(8).hex()} {_parts(read(connection))[0]} ")


def put(connection: sqlite3.Connection, mark: str | None) -> None:
    """Let the file have this mark, in the transaction that is open; None takes it away."""
    connection.execute("DELETE FROM state WHERE name = ?", (_NAME,))
    if mark is not None:
        connection.execute("INSERT INTO state(name, value) VALUES (?, ?)", (_NAME, mark))


def _parts(mark: str | None) -> tuple[str, str, str]:
    """The mark, the one before it, and the salts of the log it was put into, as far as they are known."""
    new, _space, rest = (mark or "").partition(" ")
    before, _space, salts = rest.partition(" ")
    return new, before, salts
