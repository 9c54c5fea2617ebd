"""Opening the file safely: making it, refusing what is not ours, and bringing it up to date.

The daily commands come through here, so nothing heavy is imported unless a migration is due.
"""

from __future__ import annotations

import sqlite3

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.storage import connections
from tracker.storage.connections import Opened, read_only
from tracker.storage.errors import damaged, is_sidecar_error, reason
from tracker.storage.memory import MEMORY, in_memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.storage.file import Journal

#: "trkr": lets `file` and us tell this file from any other SQLite file.
APPLICATION_ID = 0x74726B72

#: The number of migrations this program knows (a test holds it against migrations.py).
VERSION = 4

_MAGIC = b"SQLite format 3\0"

#: What is near the beginning of every tracker file: a table of ours in the schema.
_TRACE, _TRACES = b"CREATE TABLE channel_match", 1 << 20


def connect(path: str, *, accept: bool = False, make: bool = True) -> Opened:
    """Open the file at `path`; `accept` opens it though the write-ahead log beside it is not fit for it.

    Without `make` a file that is not there is not made.

    Raises TrackerError, with the file untouched, if it is no tracker file, is from a newer version, or cannot be
    opened.
    """
    return connections.connect(path, _look, accept=accept, make=make)


def prepare(journal: Journal) -> None:
    """Refuse a file that is not ours or newer; create or migrate where that is due. Raises TrackerError."""
    try:
        application, version = _marks(journal.connection)
        if application == APPLICATION_ID and version == VERSION:
            if journal.refusal is None:
                _let_readers_in(journal.connection)
            return
        new = _is_new(journal.connection)
    except sqlite3.Error as error:
        if not journal.place:
            raise TrackerError(
                _("cannot open {path}: {reason}").format(path=journal.path, reason=reason(error))
            ) from None
        cannot = TrackerError(_("cannot open {path}: {reason}").format(path=journal.path, reason=journal.why(error)))
        if not is_sidecar_error(error):
            raise cannot from None
        try:
            # What SQLite keeps beside the file cannot be made, on a full disk for example: the file can be read.
            journal.freeze(str(cannot))
        except (OSError, sqlite3.Error):
            raise cannot from None
        prepare(journal)
        return
    if not new:
        refuse_others(journal.connection, journal.path)
    if journal.refusal is None:
        _migrate(journal, version)
    else:
        journal.replace(_migrated_copy(journal.connection))


def newer(path: str) -> TrackerError:
    """The error for a file from a later version than this program."""
    return NotOurs(
        _("{path} was written by a newer tracker; update this one (the file is left untouched)").format(path=path)
    )


def _look(path: str) -> None:
    """Refuse a file that is not ours without SQLite opening it for writing, which may tidy up beside it."""
    with open(path, "rb") as file:
        head = file.read(100)
        if not head:
            return
        if not head.startswith(_MAGIC):
            # A file of ours whose first bytes are gone must not be called somebody else's, and then deleted.
            if _TRACE in head + file.read(_TRACES):
                raise sqlite3.DatabaseError(damaged())
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
    return NotOurs(_("{path} belongs to another program; it is left untouched").format(path=path))


def _let_readers_in(connection: sqlite3.Connection) -> None:
    """WAL: readers and one writer at the same time. Kept by the file, so nearly always a glance.

    SQLite refuses the switch at once while anybody else is in the file; whoever opens it next will make it.
    """
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            return


class NotOurs(TrackerError):
    """The file is another program's, or from a newer version of this one: nothing is done to it."""


def refuse_others(connection: sqlite3.Connection, path: str) -> None:
    """Raise TrackerError for a file of another program, and for one from a newer version than this."""
    application, version = _marks(connection)
    if application != APPLICATION_ID:
        raise _foreign(path)
    if version > VERSION:
        raise newer(path)


def _migrated_copy(old: sqlite3.Connection) -> sqlite3.Connection:
    """A copy in memory, brought up to date, of a file that cannot be written."""
    copy = in_memory(old.serialize())
    bring_up(copy)
    return copy


def empty_copy() -> sqlite3.Connection:
    """An empty file in memory, to be read."""
    copy = sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
    bring_up(copy)
    return copy


def bring_up(copy: sqlite3.Connection) -> None:
    """Bring a copy in memory (`in_memory`) up to date."""
    from tracker.storage.migrations import apply

    copy.execute("PRAGMA query_only = OFF")
    if _marks(copy) != (APPLICATION_ID, VERSION):
        apply(copy)
    copy.execute("PRAGMA query_only = ON")


def _migrate(journal: Journal, version: int) -> None:
    """Bring the file up to date; on any error it is as it was.

    The write lock is taken first (TRAPS: a deferred transaction that turns into a writer is refused at once), so
    that several processes opening one new file wait for each other and the later ones find nothing left to do.
    """
    from tracker.storage.backup import copy
    from tracker.storage.migrations import apply

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
