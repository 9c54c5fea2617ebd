"""Opening the file safely: making it, refusing what is not ours, and bringing it up to date.

The daily commands come through here, so nothing heavy is imported unless a migration is due.
"""

from __future__ import annotations

import os
import sqlite3

from tracker.locale import _
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal.file import Journal

#: "trkr": lets `file` and us tell this file from any other SQLite file.
APPLICATION_ID = 0x74726B72

#: The number of migrations this program knows (a test holds it against migrations.py).
VERSION = 3

MEMORY = ":memory:"

_MAGIC = b"SQLite format 3\0"


def connect(path: str) -> sqlite3.Connection:
    """A connection to the file at `path`, made for this user alone (0600) when it is new.

    Raises TrackerError, with the file untouched, if it is no tracker file, is from a newer version, or cannot be
    opened.
    """
    try:
        if path != MEMORY:
            if os.path.isdir(path):
                raise IsADirectoryError(_("it is a folder"))
            if os.path.exists(path):
                _look(path)
            else:
                os.makedirs(os.path.dirname(os.path.abspath(path)), mode=0o700, exist_ok=True)
                os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
        # FULL is SQLite's default here and stays: what the screen confirmed survives a pulled plug.
        connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
        connection.execute("PRAGMA foreign_keys = ON")
    except (OSError, sqlite3.Error, ValueError) as error:
        raise TrackerError(_("cannot open {path}: {reason}").format(path=path, reason=reason(error))) from None
    return connection


def prepare(journal: Journal) -> None:
    """Refuse a file that is not ours or newer; create or migrate where that is due. Raises TrackerError."""
    try:
        application, version = _marks(journal.connection)
        if application == APPLICATION_ID and version == VERSION:
            _let_readers_in(journal.connection)
            return
        new = _is_new(journal.connection)
    except sqlite3.Error as error:
        raise _not_ours(journal.path, error) from None
    if not new and application != APPLICATION_ID:
        raise _foreign(journal.path)
    if version > VERSION:
        raise newer(journal.path)
    _migrate(journal, version)


def newer(path: str) -> TrackerError:
    """The error for a file from a later version than this program."""
    return TrackerError(
        _("{path} was written by a newer tracker; update this one (the file is left untouched)").format(path=path)
    )


def read_only(path: str, how: str = "mode=ro") -> sqlite3.Connection:
    """A connection that can change nothing, and that never makes a file where there is none."""
    from pathlib import Path

    return sqlite3.connect(f"{Path(path).absolute().as_uri()}?{how}", uri=True)


def reason(error: Exception) -> str:
    """What an error of the system's or SQLite's says, as the end of a sentence of ours."""
    said = str(getattr(error, "strerror", None) or error)
    if said == "database is locked":
        return _("another program keeps it locked")
    return said


def _look(path: str) -> None:
    """Refuse a file that is not ours without SQLite opening it for writing, which may tidy up beside it."""
    with open(path, "rb") as file:
        head = file.read(100)
    if not head:
        return
    if not head.startswith(_MAGIC):
        raise _not_ours(path, _("it is no SQLite file"))
    version, application = int.from_bytes(head[60:64], "big"), int.from_bytes(head[68:72], "big")
    if application == APPLICATION_ID:
        if version > VERSION:
            raise newer(path)
    elif application or not _nothing_in(path):
        raise _foreign(path)


def _nothing_in(path: str) -> bool:
    """Whether a SQLite file without a mark has no tables: a tracker file that another process is about to make."""
    # Immutable: nothing is written beside the file either.
    connection = read_only(path, "immutable=1")
    try:
        return _marks(connection)[0] == APPLICATION_ID or _is_new(connection)
    except sqlite3.Error as error:
        raise _not_ours(path, error) from None
    finally:
        connection.close()


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return application, version


def _is_new(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None


def _not_ours(path: str, why: object) -> TrackerError:
    return TrackerError(_("{path} is not a tracker file: {reason}").format(path=path, reason=why))


def _foreign(path: str) -> TrackerError:
    return TrackerError(_("{path} belongs to another program; it is left untouched").format(path=path))


def _let_readers_in(connection: sqlite3.Connection) -> None:
    """WAL: readers and one writer at the same time. Kept by the file, so nearly always a glance.

    SQLite refuses the switch at once while anybody else is in the file; whoever opens it next will make it.
    """
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            return


def _migrate(journal: Journal, version: int) -> None:
    """Bring the file up to date; on any error it is as it was.

    The write lock is taken first (TRAPS: a deferred transaction that turns into a writer is refused at once), so
    that several processes opening one new file wait for each other and the later ones find nothing left to do.
    """
    from tracker.journal.backup import copy
    from tracker.journal.migrations import apply

    connection = journal.connection
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _marks(connection) != (APPLICATION_ID, VERSION):
                if not _is_new(connection):
                    copy(journal, f"{journal.path}.before-v{VERSION}")
                apply(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        _let_readers_in(connection)
    except sqlite3.Error as error:
        raise TrackerError(
            _("cannot bring {path} from version {old} to {new}: {reason}; it is as it was").format(
                path=journal.path, old=version, new=VERSION, reason=reason(error)
            )
        ) from None
