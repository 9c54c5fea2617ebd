"""Connections to the file: how a process opens it without ever dropping the locks that it holds on it.

The daily commands come through here, so nothing heavy is imported.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from _thread import allocate_lock
from errno import ENOENT

from tracker.domain.models import TrackerError
from tracker.domain.record import Record
from tracker.files import file_access
from tracker.locale import _
from tracker.storage import locks, wal
from tracker.storage.errors import reason
from tracker.storage.memory import MEMORY, in_memory

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


class Opened(Record):
    """A file that was opened: the connection, where the file really is (empty for one in memory), and its inode.

    `refusal` is why nothing can be written to it, where that is so; `warning` is what was found wrong with its log.
    """

    connection: sqlite3.Connection
    place: str
    inode: tuple[int, int] | None
    refusal: str | None = None
    warning: str | None = None


class _OpenFile:
    """What this process has open of one file: by how many connections, and one descriptor to read it by.

    Closing any descriptor of a file drops all locks that the process holds on it, SQLite's included (POSIX). So the
    one by which the file can be read beside SQLite is opened before the first connection and closed after the last.
    """

    def __init__(self, descriptor: int, place: str, refusal: str | None) -> None:
        self.descriptor = descriptor
        self.place = place
        self.refusal = refusal
        self.connections = 1


_open_files: dict[tuple[int, int], _OpenFile] = {}
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
            if inode in _open_files:
                opened = _open_files[inode]
                connection = _connection(place) if opened.refusal is None else _frozen(place, opened.descriptor)
                opened.connections += 1
                return Opened(connection, place, inode, opened.refusal)
            if any(opened.place == place for opened in _open_files.values()):
                raise wal.in_use(path)  # looking at what lies beside it would drop locks on it
            look(path)
            refusal = _read_only(path, place)
            warning = _unread(place) if not accept and wal.refuse_unfit(place) and refusal is None else None
            descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
            try:
                connection = _connection(place) if refusal is None else _frozen(place, descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            _open_files[inode] = _OpenFile(descriptor, place, refusal)
            file_access.protect(place)
        except (OSError, sqlite3.Error, ValueError) as error:
            raise TrackerError(_("cannot open {path}: {reason}").format(path=path, reason=reason(error))) from None
    return Opened(connection, place, inode, refusal, warning)


def _unread(place: str) -> str:
    """Keep a log whose last change cannot be read, before SQLite goes on without that; returns what is to be said."""
    said = _("the last change in {wal} cannot be read, after a power cut or damage; a copy of the file is {kept}")
    return said.format(wal=f"{place}-wal", kept=wal.set_aside(place))


def again(place: str, inode: tuple[int, int]) -> sqlite3.Connection:
    """One more connection, for reading, to a file that is open; for `disconnect`. Never makes a file.

    Raises OSError where another file is at its place, and sqlite3.Error.
    """
    with _gate:
        if inode_of(place) != inode or inode not in _open_files:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        opened = _open_files[inode]
        connection = read_only(place) if opened.refusal is None else _frozen(place, opened.descriptor)
        _open_files[inode].connections += 1
    return connection


def disconnect(connection: sqlite3.Connection, inode: tuple[int, int] | None) -> None:
    """Close a connection that `connect` opened."""
    with _gate:
        connection.close()
        opened = _open_files.get(inode) if inode else None
        if opened is None or inode is None:
            return
        opened.connections -= 1
        if not opened.connections:
            del _open_files[inode]
            file_access.release(opened.place)
            os.close(opened.descriptor)


def abandon(connection: sqlite3.Connection, inode: tuple[int, int], place: str) -> None:
    """As `disconnect`, without SQLite bringing the log into the file: another file was written over the one it is of.

    SQLite does that on closing unless somebody else has the file open, or it was moved.
    """
    if locks.hold(_open_files[inode].descriptor):
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
        if inode not in _open_files:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        return _whole(_open_files[inode].descriptor)


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


def is_deleted(inode: tuple[int, int]) -> bool:
    """Whether a file that is open has no name any more."""
    opened = _open_files.get(inode)
    return opened is not None and not os.fstat(opened.descriptor).st_nlink


def keep(inode: tuple[int, int], place: str) -> str | None:
    """Write what is in a file that is open, and has no name any more, to a new one beside its place; returns where.

    None where that is not possible.
    """
    number = 1
    while os.path.lexists(kept := f"{place}.kept-{number}"):
        number += 1
    try:
        with open(kept, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
            file.write(content(inode))
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        return None
    return kept


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
        if locks.is_locked(f"{place}-shm", locks.INDEX):
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
    # A log is begun again only when it was emptied: its mark is renewed then.
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    return connection


def _read_only(path: str, place: str) -> str | None:
    """Why nothing can be written where the file is; None where something can.

    In a folder that can be written, SQLite itself finds out about the file.
    """
    if os.stat(place).st_nlink > 1:
        said = _("{path} has a second name, a hard link: nothing can be recorded before that is removed")
        return said.format(path=path)
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
