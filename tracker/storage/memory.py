"""Copies of a file in memory, to be read where the file itself cannot be opened, or must not be touched."""

from __future__ import annotations

import sqlite3

#: The path of a file that is nowhere.
MEMORY = ":memory:"


def in_memory(file: bytes, log: bytes = b"") -> sqlite3.Connection:
    """A connection to a copy of a file and its log, to be read. Raises sqlite3.Error where they are damaged."""
    from tracker.files.sqlite_format import current

    if not file:
        raise sqlite3.DatabaseError("an empty file")
    connection = sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
    connection.deserialize(bytes(current(file, log)))
    connection.execute("PRAGMA query_only = ON")
    return connection
