"""The tables of the full-text index: whether SQLite can use them, and making them anew from the records."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tracker.storage import schema
from tracker.storage.file_format import MEMORY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: What SQLite calls a damaged index, and much else.
_ERRORS = ("SQLITE_CORRUPT_VTAB", "SQLITE_CONSTRAINT", "SQLITE_ERROR")


def is_cause(connection: sqlite3.Connection, error: BaseException) -> bool:
    """Whether an error of SQLite comes from a damaged index. Outside a transaction."""
    suspected = isinstance(error, MemoryError) or getattr(error, "sqlite_errorname", "") in _ERRORS
    return suspected and not is_sound(connection)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite can use the index. Outside a transaction; true where the file cannot be written."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")
        finally:
            connection.execute("ROLLBACK")
    except MemoryError:
        return False  # a length in the damaged index is larger than the memory
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_READONLY", "SQLITE_FULL"))
    return True


def complete(connection: sqlite3.Connection) -> None:
    """Add the records that the index does not have. Inside a transaction."""
    connection.execute(schema.FILL_SEARCH)
    connection.execute(schema.MERGE_SEARCH)


def empty_tables(table: str) -> Iterator[tuple[str, tuple[object, ...]]]:
    """SQL with its values that gives the index, created by the statement `table`, the tables of an empty one.

    SQLite neither empties nor drops an index that it cannot read.
    """
    with closing(sqlite3.connect(MEMORY)) as empty:
        empty.execute(table)
        parts = empty.execute("SELECT name, sql FROM sqlite_master WHERE name <> 'search' AND sql NOT NULL").fetchall()
        for name, sql in parts:
            yield sql.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1), ()
            yield f"DELETE FROM {name}", ()
            for row in empty.execute(f"SELECT * FROM {name}"):
                yield f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row


def rebuild(connection: sqlite3.Connection) -> None:
    """Build the index again from the records. Inside a transaction of a connection that has not used it."""
    for sql, values in empty_tables(schema.SEARCH_TABLE):
        connection.execute(sql, values)
    complete(connection)
