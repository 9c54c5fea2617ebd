"""The write-ahead log beside the file: whether it is whole, and whether it belongs to the file it lies beside.

SQLite itself notices neither: it reads a log as far as it is whole, and applies it to whatever file has its name. What
is looked at here is read as plain bytes, which drops every lock that this process holds on the file (POSIX), so it is
done before the file is opened, and only where no other process has it open.
"""

from __future__ import annotations

import os
import sqlite3
import struct
import sys

from tracker.journal import generation
from tracker.journal.memory import in_memory
from tracker.locale import _
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: What is wrong with a log: it was deleted while it held changes, it cannot be read to its end, or it is of another
#: file, or of another state of this one.
MISSING, DAMAGED, FOREIGN = "missing", "damaged", "foreign"

#: The byte of the -shm file, and the bytes of the database, on which every process that has it open holds a lock.
_OPEN_BYTE, SHARED_BYTES = (128, 1), (0x40000002, 510)

#: Where the -shm file says how many pages are in the log, and how many of them are in the database already.
_WRITTEN_AT, _COPIED_AT = 16, 96


class UnfitLog(TrackerError):
    """The file is left untouched because of the log beside it; `kind` is MISSING, DAMAGED or FOREIGN.

    `used` says that another process has the file open.
    """

    def __init__(self, kind: str, message: str, hint: str = "", *, used: bool = False) -> None:
        super().__init__(message, hint)
        self.kind = kind
        self.used = used


def refuse_unfit(path: str) -> None:
    """Raise UnfitLog where the log beside the file at `path` (a real path) must not be applied to it.

    For a file that this process has not opened. Where another process has it open, the log is that process's to watch;
    TrackerError where what it has open is the file that was at `path` before.
    """
    wal, shm = f"{path}-wal", f"{path}-shm"
    waiting = _size(wal)
    if not waiting and _size(shm) is None:
        return
    used = is_used(shm)
    if used and not is_used(path, SHARED_BYTES):
        raise in_use(path)
    if waiting is None:
        if used or _holds_changes(shm):
            raise unfit(MISSING, path, used=bool(used))
    elif waiting and used is False:
        _examine(path)


def check(path: str) -> None:
    """As `refuse_unfit`, and where another process has the file open too: raise UnfitLog for a damaged log.

    Takes longer, for a log that somebody is writing is read twice.
    """
    refuse_unfit(path)
    if _size(f"{path}-wal") and all(is_damaged(read(path)) for _look in range(2)):
        raise unfit(DAMAGED, path)


def read(path: str) -> bytes:
    """What is in the log beside the file at `path`; empty where there is none. Drops no locks: logs have none."""
    try:
        return _content(f"{path}-wal")
    except FileNotFoundError:
        return b""


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _examine(path: str) -> None:
    from tracker.sqlite_files import wal_header

    data = read(path)
    if is_damaged(data):
        raise unfit(DAMAGED, path)
    if wal_header(data) and not _fits(path, data):
        raise unfit(FOREIGN, path)


def is_damaged(data: bytes) -> bool:
    """Whether a log, as bytes, holds changes that were committed and cannot be read.

    What a program that was killed leaves is whole up to its last commit; frames of an unfinished transaction may
    follow. A power cut may leave the very last transaction incomplete: its commit was not confirmed.
    """
    from tracker.sqlite_files import WAL_HEADER, wal_frames_beyond, wal_header

    if wal_header(data) is None:
        return len(data) > WAL_HEADER
    beyond = wal_frames_beyond(data)
    # The first bad frame alone is what a kill between its two halves leaves, unless the log ends right behind it.
    ends_whole = bool(beyond) and beyond[0].offset + (wal_page_size(data) or 0) == len(data)
    return any(frame.commit_size for frame in (beyond if ends_whole else beyond[1:]))


def wal_page_size(data: bytes) -> int | None:
    """The size of the pages in a log."""
    from tracker.sqlite_files import wal_header

    header = wal_header(data)
    return header.page_size if header else None


def _fits(path: str, data: bytes) -> bool:
    """Whether the file is the one that the log was begun for: by their marks, and by what was copied into it since."""
    from tracker.sqlite_files import wal_frames

    frames = wal_frames(data)
    if not any(frame.commit_size for frame in frames):
        return True  # nothing in it counts
    if not os.stat(path).st_size:
        return False  # SQLite would delete the log
    database = _content(path)
    if not generation.belongs(_mark_in(database), _mark_in(database, data)):
        return False
    if os.stat(path).st_mtime_ns <= os.stat(f"{path}-wal").st_mtime_ns:
        return True
    # Written after its log: by a checkpoint that was cut short, which begins with the first page, or by a copy.
    first = min(frame.page for frame in frames)
    size = wal_page_size(data) or 0
    page = database[(first - 1) * size : first * size]
    return any(data[frame.offset : frame.offset + size] == page for frame in frames if frame.page == first)


def _mark_in(database: bytes, log: bytes = b"") -> str | None:
    """The mark of a file alone, or of the file with its log; None where it has none."""
    try:
        connection = in_memory(database, log)
    except sqlite3.Error:
        return None
    try:
        return generation.read(connection)
    except sqlite3.Error:
        return None
    finally:
        connection.close()


def is_used(path: str, span: tuple[int, int] = _OPEN_BYTE) -> bool | None:
    """Whether another process holds a lock on these bytes (first, number) of a file; None where nobody can tell.

    By default those of a -shm file that everybody holds who has the database open.
    """
    layout = _LOCK_LAYOUTS.get(sys.platform)
    if layout is None or struct.calcsize("P") != 8:
        return None
    import fcntl

    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError:
        return None
    try:
        shape, asked, kind = layout
        answer = fcntl.fcntl(descriptor, fcntl.F_GETLK, struct.pack(shape, *asked(fcntl.F_WRLCK, *span)))
        return bool(struct.unpack(shape, answer)[kind] != fcntl.F_UNLCK)
    finally:
        os.close(descriptor)


#: C's `struct flock`: its shape, the question about some bytes, and which field of the answer is the kind of lock.
_LOCK_LAYOUTS: dict[str, tuple[str, Callable[[int, int, int], tuple[int, ...]], int]] = {
    "linux": ("@hhqqi4x", lambda kind, first, number: (kind, os.SEEK_SET, first, number, 0), 0),
    "darwin": ("@qqihh", lambda kind, first, number: (first, number, 0, kind, os.SEEK_SET), 3),
}


def read_lock() -> bytes:
    """C's `struct flock` for a lock that keeps the bytes of the database from being locked by one alone."""
    import fcntl

    shape, asked, _kind = _LOCK_LAYOUTS[sys.platform]
    return struct.pack(shape, *asked(fcntl.F_RDLCK, *SHARED_BYTES))


def in_use(path: str) -> TrackerError:
    """The error for a place at which a file was that another process still has open."""
    said = _("another tracker still has the file open that was at {path} before; quit it, or try again in a moment")
    return TrackerError(said.format(path=path))


def _holds_changes(shm: str) -> bool:
    """Whether, by the index that a killed program left, its log held more than was copied into the file."""
    with open(shm, "rb") as file:
        head = file.read(_COPIED_AT + 4)
    if len(head) < _COPIED_AT + 4:
        return False
    (written,) = struct.unpack_from("=I", head, _WRITTEN_AT)
    (copied,) = struct.unpack_from("=I", head, _COPIED_AT)
    return bool(written > copied)


def _size(path: str) -> int | None:
    try:
        return os.stat(path).st_size
    except OSError:
        return None


def unfit(kind: str, path: str, *, used: bool = False) -> UnfitLog:
    """What is said of a log of this kind beside the file at `path`."""
    says = {
        MISSING: _("{wal} was deleted; the last recorded changes were in it. {path} was left untouched"),
        DAMAGED: _("{wal} is damaged: recorded changes in it cannot be read. {path} was left untouched"),
        FOREIGN: _("{wal} belongs to another copy of {path}. Both were left untouched"),
    }
    if used:
        said = _("{wal} was deleted while another tracker has {path} open. Nothing was changed; try again in a moment")
        return UnfitLog(kind, said.format(wal=f"{path}-wal", path=path), used=True)
    hints = {
        MISSING: _("`tracker restore {word} --yes` continues without them"),
        DAMAGED: _("`tracker restore {word} --yes` continues with what can be read, and keeps the damaged file"),
        FOREIGN: _("`tracker restore {word} --yes` continues with {path} as it is, and keeps the other file"),
    }
    from shlex import quote

    said, hint = says[kind].format(wal=f"{path}-wal", path=path), hints[kind].format(word=quote(path), path=path)
    return UnfitLog(kind, said, hint)
