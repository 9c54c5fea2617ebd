"""Connections to the file: how a process opens it without ever dropping the locks that it holds on it.

The daily commands come through here, so nothing heavy is imported.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from _thread import allocate_lock
from errno import ENOENT

from tracker import files
from tracker.journal import wal
from tracker.journal.errors import reason
from tracker.journal.memory import MEMORY, in_memory
from tracker.locale import _
from tracker.model import TrackerError
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Opened(Record):
    """A file that was opened: the connection, where the file really is (empty for one in memory), and its inode.

    `refusal` is why nothing can be written to it, where that is so.
    """

    connection: sqlite3.Connection
    place: str
    inode: tuple[int, int] | None
    refusal: str | None = None


class _Held:
    """What this process has open of one file: by how many connections, and one descriptor to read it by.

    Closing any descriptor of a file drops all locks that the process holds on it, SQLite's included (POSIX). So the
    one by which the file can be read beside SQLite is opened before the first connection and closed after the last.
    """

    def __init__(self, descriptor: int, place: str) -> None:
        self.descriptor = descriptor
        self.place = place
        self.connections = 1


_held: dict[tuple[int, int], _Held] = {}
#: Two threads must not look at a file and open it at the same time.
_gate = allocate_lock()


def connect(path: str, look: Callable[[str], None], *, accept: bool = False, make: bool = True) -> Opened:
    """Open the file at `path`, made for this user alone (0600) when it is new and `make` is true.

    `look` raises for what it finds in a file that this process has not open yet. `accept` opens it though the
    write-ahead log beside it is not fit for it. Raises TrackerError, with the file untouched, if it cannot be opened.
    """
    if path == MEMORY:
        return Opened(_connection(MEMORY), "", None)
    if path.startswith("file:"):
        raise TrackerError(_("cannot open {path}: it must be a path, not a URI").format(path=path))
    place = os.path.realpath(path)
    with _gate:
        try:
            if make:
                _make(path, place)
            inode = inode_of(place)
            if inode is None:
                raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
            if inode in _held:
                connection = _connection(place)
                _held[inode].connections += 1
                return Opened(connection, place, inode)
            look(path)
            refusal = _read_only(path, place)
            if not accept:
                wal.refuse_unfit(place)
            descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
            try:
                connection = _connection(place) if refusal is None else _frozen(place, descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            _held[inode] = _Held(descriptor, place)
            files.protect(place)
        except (OSError, sqlite3.Error, ValueError) as error:
            raise TrackerError(_("cannot open {path}: {reason}").format(path=path, reason=reason(error))) from None
    return Opened(connection, place, inode, refusal)


def again(place: str, inode: tuple[int, int]) -> sqlite3.Connection:
    """One more connection, for reading, to a file that is open; for `disconnect`. Never makes a file.

    Raises OSError where another file is at its place, and sqlite3.Error.
    """
    with _gate:
        if inode_of(place) != inode or inode not in _held:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        connection = read_only(place)
        _held[inode].connections += 1
    return connection


def disconnect(connection: sqlite3.Connection, inode: tuple[int, int] | None) -> None:
    """Close a connection that `connect` opened."""
    with _gate:
        connection.close()
        held = _held.get(inode) if inode else None
        if held is None or inode is None:
            return
        held.connections -= 1
        if not held.connections:
            del _held[inode]
            files.release(held.place)
            os.close(held.descriptor)


def abandon(connection: sqlite3.Connection, inode: tuple[int, int], place: str) -> None:
    """As `disconnect`, without SQLite bringing the log into the file: another file was written over the one it is of.

    SQLite does that on closing unless somebody else has the file open, or it was moved.
    """
    import fcntl

    if hasattr(fcntl, "F_OFD_SETLK"):
        # A lock of an open file, not of this process: SQLite's own request for all bytes is refused then.
        fcntl.fcntl(_held[inode].descriptor, fcntl.F_OFD_SETLK, wal.read_lock())
        disconnect(connection, inode)
        return
    aside = f"{place}.{os.urandom(8).hex()}"
    os.rename(place, aside)
    try:
        disconnect(connection, inode)
    finally:
        os.rename(aside, place)


def content(inode: tuple[int, int]) -> bytes:
    """What is in a file that is open, without the log beside it: read in a way that drops no locks."""
    with _gate:
        return _whole(_held[inode].descriptor)


def _whole(descriptor: int) -> bytes:
    parts: list[bytes] = []
    while part := _part(descriptor, sum(map(len, parts))):
        parts.append(part)
    return b"".join(parts)


def _part(descriptor: int, offset: int) -> bytes:
    if hasattr(os, "pread"):
        return os.pread(descriptor, 1 << 26, offset)
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, 1 << 26)


def inode_of(path: str) -> tuple[int, int] | None:
    """Device and inode of the file at `path`; None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _make(path: str, place: str) -> None:
    """Refuse what is no file; make an empty one where there is none."""
    try:
        kind = os.stat(place).st_mode
    except FileNotFoundError:
        if wal.is_used(f"{place}-shm"):
            raise wal.in_use(path) from None
        if size_of(f"{place}-wal"):
            said = _("{path} is gone, but its last changes are in {wal}. Put the file back, or move {wal} away")
            raise TrackerError(said.format(path=path, wal=f"{place}-wal")) from None
        os.makedirs(os.path.dirname(place), mode=0o700, exist_ok=True)
        os.close(os.open(place, os.O_CREAT | os.O_RDWR, 0o600))
        return
    if stat.S_ISDIR(kind):
        raise IsADirectoryError(_("it is a folder"))
    if not stat.S_ISREG(kind):
        raise TrackerError(_("cannot open {path}: it is a device or a pipe, not a file").format(path=path))


def _connection(place: str) -> sqlite3.Connection:
    # FULL is SQLite's default here and stays: what the screen confirmed survives a pulled plug.
    connection = sqlite3.connect(place, timeout=5, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _read_only(path: str, place: str) -> str | None:
    """Why nothing can be written where the file is; None where something can.

    In a folder that can be written, SQLite itself finds out about the file.
    """
    if os.access(os.path.dirname(place), os.W_OK):
        return None
    said = _("{path} is on a read-only disk or in a read-only folder: it can be read, but nothing can be recorded")
    return said.format(path=path)


def _frozen(place: str, descriptor: int) -> sqlite3.Connection:
    """A connection to a file in a folder that cannot be written, where SQLite can make nothing beside it.

    What waits in a log beside it is read too: file and log are then put together in memory.
    """
    if not size_of(f"{place}-wal"):
        connection = read_only(place, "immutable=1")
    else:
        return in_memory(_whole(descriptor), wal.read(place))
    connection.execute("PRAGMA query_only = ON")
    return connection


def copy_of(place: str) -> sqlite3.Connection:
    """A copy in memory of a file and its log, neither of them open. Raises OSError and sqlite3.Error."""
    with open(place, "rb") as file:
        return in_memory(file.read(), wal.read(place))


def size_of(path: str) -> int:
    """The size of the file at `path` in bytes; 0 where there is none."""
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def read_only(path: str, how: str = "mode=ro") -> sqlite3.Connection:
    """A connection that can change nothing, and that never makes a file where there is none."""
    from pathlib import Path

    uri = f"{Path(path).absolute().as_uri()}?{how}"
    return sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
