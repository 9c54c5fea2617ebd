"""What makes a SQLite file a tracker file, reading a file without changing it, and sentences for SQLite's errors.

The daily commands import this module, so nothing heavy is imported at its top.
"""

from __future__ import annotations

import sqlite3
from errno import EIO

from tracker.domain.errors import NotOurs, TrackerError
from tracker.locale import N_, _

#: "trkr": tells a tracker file from any other SQLite file, for `file` too.
APPLICATION_ID = 0x74726B72

#: The number of migrations that this program knows (a test compares it with `schema.VERSIONS`).
VERSION = 12

#: The path of a database that is only in memory.
MEMORY = ":memory:"

_MAGIC = b"SQLite format 3\0"

#: A text near the beginning of every tracker file: one table of its schema; and how many bytes are searched for it.
_SCHEMA_TEXT, _SEARCHED = b"CREATE TABLE channel_match", 1 << 20


def newer(path: str) -> TrackerError:
    """The error for a file from a later version of this program."""
    message = _("{path} was written by a newer tracker; update this one (the file was not touched)")
    return NotOurs(message.format(path=path))


def versions(connection: sqlite3.Connection) -> tuple[int, int]:
    """The application id and the schema version in the header of a database."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def is_new(connection: sqlite3.Connection) -> bool:
    """Whether a database has no tables yet."""
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def refuse_foreign(connection: sqlite3.Connection, path: str) -> None:
    """Raise NotOurs for an open database of another program or of a newer version."""
    application, version = versions(connection)
    if application != APPLICATION_ID:
        raise _foreign(path)
    if version > VERSION:
        raise newer(path)


def refuse_foreign_file(path: str) -> None:
    """Raise TrackerError for a file that is not ours or is newer, and sqlite3.Error for a damaged one of ours.

    Reads the bytes of the file, because SQLite may change the files beside it when it opens one for writing.
    """
    with open(path, "rb") as file:
        header = file.read(100)
        if not header:
            return
        if not header.startswith(_MAGIC):
            # A tracker file with a damaged header must not be called a file of another program: the user may delete it.
            if _SCHEMA_TEXT in header + file.read(_SEARCHED):
                raise sqlite3.DatabaseError(damaged())
            message = _("{path} is not a tracker file: {reason}")
            raise TrackerError(message.format(path=path, reason=_("it is not an SQLite file")))
    version, application = int.from_bytes(header[60:64], "big"), int.from_bytes(header[68:72], "big")
    if application == APPLICATION_ID:
        if version > VERSION:
            raise newer(path)
    elif application or not _is_being_created(path):
        raise _foreign(path)


def _is_being_created(path: str) -> bool:
    """Whether another process is about to create a tracker file here: the file has no application id and no tables."""
    connection = read_only(path, "immutable=1")  # immutable: SQLite writes nothing beside the file either
    try:
        return versions(connection)[0] == APPLICATION_ID or is_new(connection)
    finally:
        connection.close()


def _foreign(path: str) -> TrackerError:
    return NotOurs(_("{path} belongs to another program; it was not touched").format(path=path))


def read_only(path: str, options: str = "mode=ro") -> sqlite3.Connection:
    """A connection that changes nothing and never creates the file; `options` is the option of SQLite's URI."""
    from pathlib import Path

    uri = f"{Path(path).absolute().as_uri()}?{options}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)


def is_copied(connection: sqlite3.Connection, path: str) -> bool:
    """Whether the file at `path` has every table and row of an open one, but for the mark by which logs are told."""
    import os

    if not os.path.isfile(path):
        return False
    schema = "SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2"
    # No index of our words is compared: it follows from the rows.
    tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %' ORDER BY 1"
    try:
        copy = read_only(path, "mode=ro&immutable=1")
    except sqlite3.Error:
        return False
    try:
        if copy.execute(schema).fetchall() != connection.execute(schema).fetchall():
            return False
        return versions(copy) == versions(connection) and all(
            _same_rows(copy, connection, name) for (name,) in connection.execute(tables).fetchall()
        )
    except sqlite3.Error:
        return False
    finally:
        copy.close()


def _same_rows(first: sqlite3.Connection, second: sqlite3.Connection, table: str) -> bool:
    """Whether a table has the same rows in two files of one schema."""
    mark = "WHERE name <> 'generation'" if table == "state" else ""
    cursors = [connection.execute(f'SELECT * FROM "{table}" {mark}') for connection in (first, second)]
    while (rows := cursors[0].fetchmany(1_000)) == cursors[1].fetchmany(1_000):
        if not rows:
            return True
    return False


def in_memory(file: bytes, log: bytes = b"") -> sqlite3.Connection:
    """A connection to a copy in memory of a file and its write-ahead log. Raises sqlite3.Error for damaged bytes."""
    from tracker.files.sqlite_format import current

    if not file:
        raise sqlite3.DatabaseError("an empty file")
    connection = sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
    connection.deserialize(bytes(current(file, log)))
    connection.execute("PRAGMA query_only = ON")
    return connection


#: By the beginning of SQLite's name of the error; the first that fits counts. No sentence says that a file is not ours:
#: nobody should delete a file because the disk failed.
_REASONS = {
    "SQLITE_BUSY": N_("another program keeps it locked"),
    "SQLITE_LOCKED": N_("another program keeps it locked"),
    "SQLITE_FULL": N_("the disk is full"),
    "SQLITE_READONLY": N_("the file or its folder is read-only"),
    "SQLITE_IOERR_SHM": N_("the disk is full, or reports an error ({name})"),
    "SQLITE_IOERR": N_("the disk reports an error ({name}); the file may be undamaged, so keep it and check the disk"),
    "SQLITE_CORRUPT": N_("the file is damaged; `tracker restore BACKUP` brings a backup back"),
    "SQLITE_NOTADB": N_("the file is damaged; `tracker restore BACKUP` brings a backup back"),
    "SQLITE_CANTOPEN": N_("the file, or one that belongs to it, cannot be opened"),
    "SQLITE_PERM": N_("permission denied"),
    "SQLITE_AUTH": N_("permission denied"),
    "SQLITE_NOMEM": N_("there is not enough memory"),
    "SQLITE_TOOBIG": N_("a text is too long"),
}


def reason(error: Exception) -> str:
    """What an error of the system or of SQLite means, as the end of a sentence."""
    if getattr(error, "errno", None) == EIO:
        return disk_error()
    name = _name(error)
    for prefix, message in _REASONS.items():
        if name.startswith(prefix):
            return _(message).format(name=name)
    if isinstance(error, OSError):
        from tracker.files.file_access import say_os_error

        return say_os_error(error)
    return str(error)


def disk_error() -> str:
    """The sentence for a failing disk."""
    message = _REASONS["SQLITE_IOERR"]  # by itself: old Babel takes a text inside `_()` for a message
    return _(message).format(name="EIO")


def damaged() -> str:
    """The sentence for a damaged file."""
    message = _REASONS["SQLITE_CORRUPT"]
    return _(message)


def reports_damage(error: Exception) -> bool:
    """Whether SQLite calls the file damaged; it does so too where the disk did not return a page."""
    return _name(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def is_sidecar_error(error: Exception) -> bool:
    """Whether SQLite could not create or use the files beside the database; the database itself may be readable."""
    return _name(error).startswith(("SQLITE_IOERR_SHM", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_READONLY"))


def _name(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "SQLITE_NOMEM"
    return str(getattr(error, "sqlite_errorname", None) or "")
