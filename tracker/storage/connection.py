"""Connections to the database file that never drop the locks this process holds on it, and the identity of that file.

Closing any descriptor of a file drops all locks that the process holds on the file, SQLite's included (POSIX). So this
module counts the connections to each file, opens one descriptor for reading the file beside SQLite before the first of
them, and closes it after the last. The daily commands import this module, so nothing heavy is imported at its top.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from _thread import allocate_lock
from errno import ENOENT

from tracker.domain.errors import TrackerError, UnfitLog
from tracker.domain.record import Record
from tracker.files import file_access
from tracker.locale import _
from tracker.storage import wal
from tracker.storage.file_format import MEMORY, in_memory, read_only, reason, refuse_foreign_file
from tracker.storage.wal import size_of

#: Device and inode of a file.
Inode = tuple[int, int]

#: 400 KiB of pages instead of 2,000: the system keeps the file in memory too, so what is found in a large file takes at
#: most 4 % longer. It reads the schema, which a full disk or a damaged file may refuse.
SMALL_CACHE = "PRAGMA cache_size = -400"


class OpenedFile(Record):
    """A connection, the real path of its file (empty for one in memory) and the inode of that.

    `refusal` says why nothing can be written to it, or is None; `warning` says what was wrong with its log.
    """

    connection: sqlite3.Connection
    real_path: str
    inode: Inode | None
    refusal: str | None = None
    warning: str | None = None


class _OpenFile:
    """A file that this process has open: one descriptor for reading, and the number of SQLite connections."""

    def __init__(self, descriptor: int, real_path: str, refusal: str | None) -> None:
        self.descriptor = descriptor
        self.real_path = real_path
        self.refusal = refusal
        self.connections = 1


_open_files: dict[Inode, _OpenFile] = {}
#: Two threads must not check a file and open it at the same time.
_gate = allocate_lock()


def connect_to_temporary() -> OpenedFile:
    """Create a database in a nameless temporary file: it may be larger than the memory, and is gone once closed."""
    return OpenedFile(_connection(""), "", None)


def connect(path: str, *, accept: bool = False, create: bool = True) -> OpenedFile:
    """Open the database at `path`; a new file gets mode 0600, and is created only where `create` is true.

    `accept` opens it although its write-ahead log is unfit. Raises TrackerError, with the file untouched, if it is no
    tracker file, is from a newer version, or cannot be opened.
    """
    if path == MEMORY:
        return OpenedFile(_connection(MEMORY), "", None)
    if path.startswith("file:"):
        raise TrackerError(_("cannot open {path}: it must be a path, not a URI").format(path=path))
    real_path = os.path.realpath(path)
    with _gate:
        try:
            if create:
                _create_or_refuse(path, real_path)
            inode = inode_of(real_path)
            if inode is None:
                raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
            if inode in _open_files:
                opened = _open_files[inode]
                connection = _connection(real_path) if opened.refusal is None else _frozen(real_path, opened.descriptor)
                opened.connections += 1
                return OpenedFile(connection, real_path, inode, opened.refusal)
            if any(opened.real_path == real_path for opened in _open_files.values()):
                raise wal.unfit(UnfitLog.ELSEWHERE, path)  # reading what lies beside it would drop locks on it
            refuse_foreign_file(path)
            refusal = _read_only_reason(path, real_path)
            torn = not accept and wal.refuse_unfit(real_path) and refusal is None
            warning = _keep_torn_log(real_path) if torn else None
            descriptor = os.open(real_path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
            try:
                connection = _connection(real_path) if refusal is None else _frozen(real_path, descriptor)
            except BaseException:
                os.close(descriptor)
                raise
            _open_files[inode] = _OpenFile(descriptor, real_path, refusal)
            file_access.protect(real_path)
        except (OSError, sqlite3.Error, ValueError) as error:
            raise TrackerError(_("cannot open {path}: {reason}").format(path=path, reason=reason(error))) from None
    return OpenedFile(connection, real_path, inode, refusal, warning)


def reopen_for_reading(real_path: str, inode: Inode) -> sqlite3.Connection:
    """One more connection, for reading, to an open file; closed with `disconnect`.

    Raises OSError where another file is at its place, and sqlite3.Error.
    """
    with _gate:
        if inode_of(real_path) != inode or inode not in _open_files:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        opened = _open_files[inode]
        connection = read_only(real_path) if opened.refusal is None else _frozen(real_path, opened.descriptor)
        connection.execute(SMALL_CACHE)
        opened.connections += 1
    return connection


def disconnect(connection: sqlite3.Connection, inode: Inode | None) -> None:
    """Close a connection of `connect` or `reopen_for_reading`."""
    with _gate:
        connection.close()
        opened = _open_files.get(inode) if inode else None
        if opened is None or inode is None:
            return
        opened.connections -= 1
        if not opened.connections:
            del _open_files[inode]
            file_access.release(opened.real_path)
            os.close(opened.descriptor)


def abandon(connection: sqlite3.Connection, inode: Inode, real_path: str) -> None:
    """Close a connection without a checkpoint: the log belongs to a file that was written over.

    On closing, SQLite writes the log into the file unless somebody else has the file open or it was moved: so hold a
    lock, or move the file for that moment.
    """
    if wal.hold_shared_lock(_open_files[inode].descriptor):
        disconnect(connection, inode)
        return
    aside = f"{real_path}.{os.urandom(8).hex()}"
    os.rename(real_path, aside)
    try:
        disconnect(connection, inode)
    finally:
        os.rename(aside, real_path)


def content(inode: Inode) -> bytes:
    """The bytes of an open file, without its log; drops no locks. Raises OSError."""
    with _gate:
        if inode not in _open_files:
            raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
        return _read_all(_open_files[inode].descriptor)


def is_deleted(inode: Inode) -> bool:
    """Whether an open file has no name any more."""
    opened = _open_files.get(inode)
    return opened is not None and not os.fstat(opened.descriptor).st_nlink


def keep_deleted(inode: Inode, real_path: str) -> str | None:
    """Write an open file that was deleted to a new file beside its place; returns that path, None on an error."""
    try:
        return wal.keep(real_path, content(inode))
    except OSError:
        return None


def inode_of(path: str) -> Inode | None:
    """Device and inode of the file at `path`; None where there is none."""
    status = file_access.status_of(path)
    return (status.st_dev, status.st_ino) if status else None


def checkpoint(connection: sqlite3.Connection, *, empty: bool = True) -> None:
    """Write the log into the file as far as no other connection is in the way, and then `empty` the log."""
    try:
        (timeout,) = connection.execute("PRAGMA busy_timeout").fetchone()
        try:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if empty else 'PASSIVE'})").fetchall()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {timeout}")
    except sqlite3.Error:
        return  # what was confirmed stays in the log


def _create_or_refuse(path: str, real_path: str) -> None:
    """Create an empty file where there is none; refuse a folder, a device, and a log whose file is gone."""
    try:
        mode = os.stat(real_path).st_mode
    except FileNotFoundError:
        if wal.is_locked(f"{real_path}-shm", wal.INDEX_BYTES):
            raise wal.unfit(UnfitLog.ELSEWHERE, path) from None
        if size_of(f"{real_path}-wal"):
            message = _("{path} is gone, but its last changes are in {wal}. Put the file back, or move {wal} away")
            raise TrackerError(message.format(path=path, wal=f"{real_path}-wal")) from None
        os.makedirs(os.path.dirname(real_path), mode=0o700, exist_ok=True)
        from contextlib import suppress

        with suppress(FileNotFoundError):
            os.stat(f"{real_path}-journal")  # SQLite's longest name beside it: one that is too long leaves no file
        os.close(os.open(real_path, os.O_CREAT | os.O_RDWR, 0o600))
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(_("it is a folder"))
    if not stat.S_ISREG(mode):
        raise TrackerError(_("cannot open {path}: it is a device or a pipe, not a file").format(path=path))


def _read_only_reason(path: str, real_path: str) -> str | None:
    """Why nothing can be written beside the file; None where something can. SQLite itself checks the file."""
    if os.stat(real_path).st_nlink > 1:
        message = _("{path} has a second name, a hard link: nothing can be saved until that is removed")
        return message.format(path=path)
    if os.access(os.path.dirname(real_path), os.W_OK):
        return None
    message = _("{path} is on a read-only disk or in a read-only folder: it can be read, but nothing can be saved")
    return message.format(path=path)


def _keep_torn_log(real_path: str) -> str:
    """Copy a log whose end cannot be read, before SQLite drops what is there; returns the warning."""
    message = _(
        "the end of {wal} cannot be read, after a power cut or damage: the last changes may be missing; "
        "a copy of the file is {kept}"
    )
    return message.format(wal=f"{real_path}-wal", kept=wal.keep_copy(real_path))


def _connection(real_path: str) -> sqlite3.Connection:
    # synchronous stays FULL, SQLite's default: what the screen confirmed survives a power cut.
    connection = sqlite3.connect(real_path, timeout=5, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    # A log begins again only after `checkpoint` has emptied it, because it needs a new mark then (wal.update_mark).
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    return connection


def _frozen(real_path: str, descriptor: int) -> sqlite3.Connection:
    """A connection to a file in a folder that cannot be written, where SQLite can create nothing beside the file.

    If there is a log, file and log are read into a copy in memory.
    """
    if size_of(f"{real_path}-wal"):
        return in_memory(_read_all(descriptor), wal.read(real_path))
    connection = read_only(real_path, "immutable=1")
    connection.execute("PRAGMA query_only = ON")
    return connection


def _read_all(descriptor: int) -> bytes:
    parts: list[bytes] = []
    offset = 0
    while True:
        if hasattr(os, "pread"):
            part = os.pread(descriptor, 1 << 26, offset)
        else:
            os.lseek(descriptor, offset, os.SEEK_SET)
            part = os.read(descriptor, 1 << 26)
        if not part:
            return b"".join(parts)
        parts.append(part)
        offset += len(part)


# What `FileIdentity.look` finds.
SAME = "same"
MOVED = "moved"  # the file was moved or deleted, or another one is at its place
LOG_GONE = "log gone"  # only the log was deleted
REWRITTEN = "rewritten"  # another program wrote the file, and nothing waits in the log
REPLACED = "replaced"  # another program wrote the file, and what waits in the log does not fit it


class FileIdentity:
    """Remembers the inodes of the open file and its log, to find out before each write whether they are still there.

    SQLite goes on writing into a file that was moved, deleted or written over, and all that is lost. Only `os.stat`
    looks here, because closing a file drops this process's locks on it (POSIX).
    """

    def __init__(self, inode: Inode | None) -> None:
        self._inode = inode
        self._sidecars: tuple[Inode, Inode] | None = None
        #: Time of the last write and size of the file, when it was last known to be right.
        self._written: tuple[int, int] | None = None
        #: Bytes in the log at the last look.
        self._waiting = 0
        self._distrusted = False

    def note(self, real_path: str) -> None:
        """Remember how file and log look now: this connection has just opened or written them."""
        if real_path:
            self._sidecars = self._sidecars or _sidecar_inodes(real_path)
            self._written = _last_write(real_path)
            self._waiting = size_of(f"{real_path}-wal") or 0

    def is_same(self, real_path: str) -> bool:
        """Whether file and log are still at their place, by their inodes."""
        sidecars = _sidecar_inodes(real_path)
        if self._sidecars is None:
            self._sidecars = sidecars  # the first transaction since the file was switched to a log
        return inode_of(real_path) == self._inode and sidecars == self._sidecars

    def distrust(self) -> None:
        """Let the next `look` say REPLACED: SQLite found the log shorter than it was."""
        self._distrusted = True

    def look(self, real_path: str, connection: sqlite3.Connection) -> str:
        """What became of file and log: SAME, MOVED, LOG_GONE, REWRITTEN or REPLACED."""
        if inode_of(real_path) != self._inode:
            return MOVED
        if self._distrusted:
            return REPLACED
        if not self.is_same(real_path):
            if _sidecar_inodes(real_path) is None:
                return LOG_GONE
            # There are two logs, each with changes: one of them was begun without the other.
            return REPLACED if self._waiting else REWRITTEN
        before, self._waiting = self._waiting, size_of(f"{real_path}-wal") or 0
        if self._written == _last_write(real_path):
            # Only a checkpoint empties the log, and it writes the file.
            return REPLACED if before and not self._waiting else SAME
        if self._waiting and not _log_fits(connection, real_path):
            return REPLACED if inode_of(real_path) == self._inode else MOVED
        self._written = _last_write(real_path)
        return SAME if self._waiting else REWRITTEN


def _sidecar_inodes(real_path: str) -> tuple[Inode, Inode] | None:
    """The inodes of the log and of its index; None where one of them does not exist."""
    log, index = inode_of(f"{real_path}-wal"), inode_of(f"{real_path}-shm")
    return (log, index) if log and index else None


def _last_write(real_path: str) -> tuple[int, int] | None:
    """Time of the last write (ns) and size of the file."""
    status = file_access.status_of(real_path)
    return (status.st_mtime_ns, status.st_size) if status else None


def _log_fits(connection: sqlite3.Connection, real_path: str) -> bool:
    """Whether the log was begun for the file as it is now, by their marks: then a checkpoint wrote the file.

    Raises sqlite3.ProgrammingError for a closed connection.
    """
    for _attempt in range(3):  # a checkpoint may be writing right now
        try:
            if wal.marks_match(wal.read_mark_at(real_path, "immutable=1"), wal.read_mark(connection)):
                return True
        except sqlite3.ProgrammingError:
            raise
        except sqlite3.Error:
            continue
    return False
