"""The write-ahead log (WAL) beside the database: whether it is whole, and whether it belongs to the database.

SQLite checks neither: it reads a log as far as it is whole and applies it to any file of the right name. The log is
read here as plain bytes. That drops every lock this process holds on the file (POSIX), so it is done before the file is
opened, and only where no other process has it open.

The mark. The first transaction in an empty log writes a new random mark into the table `state`, with the mark before
it: a file and a log belong together where the mark of the file is one of these two. The mark also holds the salts of
the log's header, which tell whether SQLite has begun the log again. A backup gets a new mark, so it never matches a log
that another file left behind.
"""

from __future__ import annotations

import os
import sqlite3
import sys

from tracker.domain.errors import UnfitLog
from tracker.files.file_access import status_of
from tracker.locale import _
from tracker.storage.file_format import in_memory, read_only

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from tracker.files.sqlite_format import Content, WalFrame

#: The end of the log cannot be read: after a power cut its change was never confirmed, after damage it may have been.
TORN = "torn"

#: A log with more bytes is read in parts.
_READ_AT_ONCE = 1 << 23

#: How often to look before a log is called unfit, and the seconds between: a process that opens or closes the file
#: passes through states that look unfit.
_LOOKS, _PAUSE = 25, 0.01

#: Offsets in the -shm file: pages in the log, the log's salts, pages that were copied into the database.
_WRITTEN_AT, _SALTS_AT, _COPIED_AT = 16, 32, 96

#: The bytes (first, number) of the -shm file and of the database that every process locks which has it open.
INDEX_BYTES, DATABASE_BYTES = (128, 1), (0x40000002, 510)

#: The row of `state` that holds the mark: the new mark, the mark before it, and the log's salts, as one text.
_MARK = "generation"


# The mark.


def read_mark(connection: sqlite3.Connection) -> str | None:
    """The mark of a database with its log; None where there is none yet."""
    row = connection.execute("SELECT value FROM state WHERE name = ?", (_MARK,)).fetchone()
    return str(row[0]) if row else None


def read_mark_at(path: str, options: str) -> str | None:
    """The mark of the file at `path`: with its log (`mode=ro`), or of the file alone (`immutable=1`).

    SQLite reads it, so no lock of this process on the file is dropped. Raises sqlite3.Error.
    """
    connection = read_only(path, options)
    try:
        return _read_mark_alone(connection)
    finally:
        connection.close()


def _read_mark_alone(connection: sqlite3.Connection) -> str | None:
    """The mark of a file that may be in the middle of a checkpoint.

    Its first page, which is copied first, tells of pages that are not there yet. SQLite calls that malformed, unless
    the schema may be written: then it goes by the size of the file.
    """
    connection.execute("PRAGMA writable_schema = ON")
    return read_mark(connection)


def marks_match(file: str | None, file_with_log: str | None) -> bool:
    """Whether a log was begun for a file: the mark of the file alone, and that of the file with the log."""
    return _mark_parts(file)[0] in _mark_parts(file_with_log)[:2]


def update_mark(connection: sqlite3.Connection, header: bytes) -> None:
    """Write a new mark in the open transaction, where the log is empty or was begun again since the last mark.

    `header` is the beginning of the log; empty before its first change.
    """
    new, before, salts = _mark_parts(read_mark(connection))
    current_salts = header[16:24].hex()
    if not new or not header or (salts and salts != current_salts):
        write_mark(connection, _new_mark(new))
    elif not salts:
        write_mark(connection, f"{new} {before} {current_salts}")


def renew_mark(connection: sqlite3.Connection) -> None:
    """Write a new random mark, in the open transaction."""
    write_mark(connection, _new_mark(_mark_parts(read_mark(connection))[0]))


def write_mark(connection: sqlite3.Connection, mark: str | None) -> None:
    """Set the mark, or remove it (None), in the open transaction."""
    if mark is None:
        connection.execute("DELETE FROM state WHERE name = ?", (_MARK,))
    else:
        connection.execute("INSERT OR REPLACE INTO state(name, value) VALUES (?, ?)", (_MARK, mark))


def _new_mark(before: str) -> str:
    """A random mark, with the new mark of the one before it."""
    return f"{os.urandom(8).hex()} {before} "


def _mark_parts(mark: str | None) -> tuple[str, str, str]:
    """(new mark, mark before it, salts of the log); empty where not known."""
    new, _space, rest = (mark or "").partition(" ")
    before, _space, salts = rest.partition(" ")
    return new, before, salts


# Locks: who has the file open. Asking opens and closes the file, so only ask for files that are not open here.


def is_locked(path: str, span: tuple[int, int]) -> bool | None:
    """Whether another process holds a lock on these bytes (first, number) of a file; None where this is unknown."""
    layout = _LOCK_LAYOUTS.get(sys.platform)
    if layout is None or sys.maxsize < 1 << 32:
        return None
    import fcntl
    from _struct import pack, unpack

    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError:
        return None
    try:
        layout_format, question, kind = layout
        answer = fcntl.fcntl(descriptor, fcntl.F_GETLK, pack(layout_format, *question(fcntl.F_WRLCK, *span)))
        return bool(unpack(layout_format, answer)[kind] != fcntl.F_UNLCK)
    finally:
        os.close(descriptor)


def hold_shared_lock(descriptor: int) -> bool:
    """Keep SQLite, in this process too, from locking the database exclusively; returns whether that is possible.

    The lock belongs to the open file, not to the process, and ends with the descriptor.
    """
    if sys.platform != "linux":
        return False
    import fcntl
    from _struct import pack

    layout_format, question, _kind = _LOCK_LAYOUTS[sys.platform]
    fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, pack(layout_format, *question(fcntl.F_RDLCK, *DATABASE_BYTES)))
    return True


#: C's `struct flock`: its format, its fields for (kind, first byte, number of bytes), and the index of the lock's kind.
_LOCK_LAYOUTS: dict[str, tuple[str, Callable[[int, int, int], tuple[int, ...]], int]] = {
    "linux": ("@hhqqi4x", lambda kind, first, number: (kind, os.SEEK_SET, first, number, 0), 0),
    "darwin": ("@qqihh", lambda kind, first, number: (first, number, 0, kind, os.SEEK_SET), 3),
}


# The log itself.


def refuse_unfit(path: str) -> bool:
    """Raise UnfitLog where the log beside the file at `path` (a real path) must not be applied to it.

    Only for a file that this process has not open. Returns whether the end of the log cannot be read (TORN).
    """
    verdict = _verdict(path)
    if verdict not in (None, TORN):
        from time import sleep

        for _look in range(_LOOKS):
            before = _state(path)
            sleep(_PAUSE)
            verdict, last = _verdict(path), verdict
            if verdict in (None, TORN):
                break
            if verdict == last and verdict not in UnfitLog.TRANSIENT and before == _state(path):
                break
    if verdict not in (None, TORN):
        raise unfit(verdict, path)
    return verdict == TORN


def check(path: str) -> None:
    """Raise UnfitLog as `refuse_unfit` does, and for a damaged log also where another process has the file open."""
    from tracker.files.sqlite_format import wal_frames

    refuse_unfit(path)
    # A log that another process writes right now is read twice.
    logs = (read(path) for _look in range(2))
    if size_of(f"{path}-wal") and all(_damage(log, wal_frames(log)) == UnfitLog.DAMAGED for log in logs):
        raise unfit(UnfitLog.DAMAGED, path)


def read(path: str) -> bytes:
    """The log beside the file at `path`; empty where there is none. Drops no locks: SQLite locks no log."""
    try:
        with open(f"{path}-wal", "rb") as file:
            return file.read()
    except FileNotFoundError:
        return b""


class _LargeFile:
    """The content of an open file that may be larger than the memory: each slice of it is read from the file."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        begin, end, _step = part.indices(self._size)
        self._file.seek(begin)
        return self._file.read(max(end - begin, 0))


def read_header(path: str) -> bytes:
    """The header of the log beside the file at `path`; empty where the log is. Drops no locks."""
    try:
        with open(f"{path}-wal", "rb", buffering=0) as file:
            return file.read(32)
    except OSError:
        return b""


def keep_copy(path: str) -> str:
    """Copy the log beside the file at `path`; returns the path of the copy. Raises OSError."""
    return keep(f"{path}-wal", read(path))


def keep(path: str, content: bytes) -> str:
    """Write the content of the file at `path` to a new file beside it; returns the path of that. Raises OSError."""
    kept = free_name(path)
    with open(kept, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    return kept


def free_name(path: str) -> str:
    """A free path to keep the file at `path`; SQLite takes a file of that name for no log of a database."""
    number = 1
    while os.path.lexists(kept := f"{path}.kept-{number}"):
        number += 1
    return kept


def size_of(path: str) -> int | None:
    """The size of the file at `path` in bytes; None where there is none."""
    status = status_of(path)
    return status.st_size if status else None


def _state(path: str) -> list[tuple[int, int, int] | None]:
    """Inode, size and time of change of the file, its log and its index; None for one that is not there."""
    states = (status_of(path + ending) for ending in ("", "-wal", "-shm"))
    return [status and (status.st_ino, status.st_size, status.st_mtime_ns) for status in states]


def _verdict(path: str) -> str | None:
    """What is wrong with the log, as it looks now; None where nothing is."""
    waiting, index = size_of(f"{path}-wal"), size_of(f"{path}-shm")
    used = is_locked(path, DATABASE_BYTES)
    if used:
        if waiting is None or index is None:
            return UnfitLog.TAKEN if _is_in_wal_mode(path) else None
        return UnfitLog.OVERWRITTEN if waiting and not _open_file_matches(path) else None
    if index is not None and is_locked(f"{path}-shm", INDEX_BYTES):
        return UnfitLog.ELSEWHERE
    if used is None:
        return None
    try:
        if os.path.lexists(f"{path}-wal") and not os.path.isfile(f"{path}-wal"):
            return UnfitLog.DAMAGED  # a pipe, a folder, or a link to nothing
        if waiting:
            return _examine(path)
        written, copied, _salts = _read_index(path)
        return UnfitLog.MISSING if written > copied else None
    except FileNotFoundError:
        return None  # another process has just closed the file


def _open_file_matches(path: str) -> bool:
    """Whether file and log belong together, by their marks, while another process has them open."""
    try:
        return marks_match(read_mark_at(path, "immutable=1"), read_mark_at(path, "mode=ro"))
    except sqlite3.Error:
        return True  # it is being written right now, or damaged: SQLite will report that itself


def _is_in_wal_mode(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(20)[18:19] == b"\2"


def _examine(path: str) -> str | None:
    """What is wrong with a log that no process has open and that is not empty."""
    if (size_of(f"{path}-wal") or 0) <= _READ_AT_ONCE:
        return _examine_content(path, read(path))
    with open(f"{path}-wal", "rb") as file:
        return _examine_content(path, _LargeFile(file))


def _examine_content(path: str, data: Content) -> str | None:
    from tracker.files.sqlite_format import remove_name, wal_frames

    frames = wal_frames(data)
    damage = _damage(data, frames)
    if damage == UnfitLog.DAMAGED:
        return damage
    written, copied, salts = _read_index(path)
    committed = max((number for number, frame in enumerate(frames, 1) if frame.commit_size), default=0)
    if written > copied and (written > committed or salts != data[16:24]):
        return UnfitLog.DAMAGED  # a program that was killed had confirmed more than can be read
    if not committed:
        return damage  # nothing in the log counts
    if not size_of(path):
        return UnfitLog.FOREIGN  # SQLite would delete the log
    try:
        mark = read_mark_at(path, "immutable=1")
    except sqlite3.Error:
        mark = None
    with_log, name = _copy_with_log(path, data, frames)
    try:
        if not marks_match(mark, _mark_of(with_log)):
            # The page with the mark may be of a checkpoint that was interrupted, and refer to pages not there yet.
            is_cut_short = mark is None and _has_page_of(data, frames, path) and _is_sound(with_log)
            return damage if is_cut_short else UnfitLog.FOREIGN
    finally:
        with_log.close()
        remove_name(name)
    if os.stat(path).st_mtime_ns > os.stat(f"{path}-wal").st_mtime_ns and not _has_page_of(data, frames, path):
        # The file was written after its log: not by an interrupted checkpoint, which copies pages of the log.
        return UnfitLog.OLDER
    return damage


def _copy_with_log(path: str, log: Content, frames: list[WalFrame]) -> tuple[sqlite3.Connection, str]:
    """A connection to a copy of a file with its log, which may be larger than the memory, and the name of the copy,
    which is to be removed. In memory, and without a name, only where the disk has no room for it."""
    with open(path, "rb") as file:
        try:
            return _temporary_copy(file, log, frames)
        except OSError:
            file.seek(0)
            return in_memory(file.read(), log[:]), ""


def _temporary_copy(file: BinaryIO, log: Content, frames: list[WalFrame]) -> tuple[sqlite3.Connection, str]:
    from shutil import copyfileobj
    from tempfile import mkstemp

    from tracker.files.sqlite_format import PREFIX, make_current, remove_name

    descriptor, name = mkstemp(".db", PREFIX)
    with open(descriptor, "w+b") as copy:
        try:
            # SQLite opens a file at once and reads it when it is asked. So nothing is left of the copy if this process
            # is killed now; but Apple's SQLite does not read a file whose name is gone.
            connection = read_only(name)
            if sys.platform != "darwin":
                remove_name(name)
            copyfileobj(file, copy, 1 << 18)
            make_current(copy, log, frames=frames)
        except BaseException:
            remove_name(name)
            raise
    return connection, name


def _has_page_of(log: Content, frames: list[WalFrame], path: str) -> bool:
    """Whether a page of the database is as it is in the log."""
    size = _page_size(log)
    with open(path, "rb") as database:
        for frame in frames:
            database.seek((frame.page - 1) * size)
            if database.read(size) == log[frame.offset : frame.offset + size]:
                return True
    return False


def _is_sound(connection: sqlite3.Connection) -> bool:
    """Whether a database with its log is whole: with the log of another database it is not."""
    try:
        connection.execute("PRAGMA writable_schema = RESET")  # read the schema again, as strictly as usual
        return bool(connection.execute("PRAGMA quick_check").fetchall() == [("ok",)])
    except sqlite3.Error:
        return False


def _damage(data: Content, frames: list[WalFrame]) -> str | None:
    """UnfitLog.DAMAGED where confirmed changes in a log, of which `frames` are whole, cannot be read; TORN where that
    is possible.

    The log of a program that was killed is whole up to its last commit; frames of an unfinished transaction may follow.
    SQLite writes a change of the user's to the disk before it begins the next transaction: one that is followed by
    anything was confirmed. What the program stores for itself does not wait for the disk (`write_if_possible`), and is
    one frame: of it a power cut may leave less than of what followed.
    """
    from tracker.files.sqlite_format import FRAME_HEADER, WAL_HEADER, wal_frames_beyond, wal_header

    if wal_header(data) is None:
        return UnfitLog.DAMAGED if len(data) > WAL_HEADER else None
    beyond = wal_frames_beyond(data, len(frames))
    commits = [frame for frame in beyond if frame.commit_size]
    if not commits:
        return None
    # A kill in the middle of a frame leaves one bad frame, unless the log ends right behind it.
    if commits == beyond[:1] and beyond[0].offset + _page_size(data) != len(data):
        return None
    is_inside = {frame.offset for frame in (*frames[-1:], *beyond) if not frame.commit_size}
    followed = commits[:-1] if commits[-1] == beyond[-1] else commits
    is_confirmed = any(frame.offset - FRAME_HEADER - _page_size(data) in is_inside for frame in followed)
    return UnfitLog.DAMAGED if is_confirmed else TORN


def _page_size(data: Content) -> int:
    from tracker.files.sqlite_format import wal_header

    header = wal_header(data)
    return header.page_size if header else 0


def _mark_of(connection: sqlite3.Connection) -> str | None:
    """The mark of a database; None where it has none or cannot be read."""
    try:
        return _read_mark_alone(connection)
    except sqlite3.Error:
        return None


def _read_index(path: str) -> tuple[int, int, bytes]:
    """What the index (-shm) of a killed program says of the log: committed pages, copied pages, and salts.

    Zeros without an index, and after a restart of the machine: SQLite never syncs the index to the disk.
    """
    import time

    index, clock = f"{path}-shm", getattr(time, "CLOCK_BOOTTIME", None)
    try:
        if clock is not None and os.stat(index).st_mtime < time.time() - time.clock_gettime(clock):
            return 0, 0, b""
        with open(index, "rb") as file:
            header = file.read(_COPIED_AT + 4)
    except FileNotFoundError:
        return 0, 0, b""
    written, copied = (int.from_bytes(header[at : at + 4], sys.byteorder) for at in (_WRITTEN_AT, _COPIED_AT))
    return written, copied, header[_SALTS_AT : _SALTS_AT + 8]


def unfit(kind: str, path: str) -> UnfitLog:
    """The error for a log of this kind beside the file at `path`, with a hint on how to continue."""
    from shlex import quote

    from tracker.files import file_access

    messages = {
        UnfitLog.MISSING: _("{wal} was deleted or emptied; the last saved changes were in it. {path} was not touched"),
        UnfitLog.TAKEN: _(
            "{wal} or {shm} was deleted while another tracker has {path} open. Nothing was changed; try again soon"
        ),
        UnfitLog.OVERWRITTEN: _(
            "{path} was written over while another tracker has it open. Nothing was changed; quit the other tracker"
        ),
        UnfitLog.DAMAGED: _("{wal} is damaged: saved changes in it cannot be read. {path} was not touched"),
        UnfitLog.FOREIGN: _("{wal} belongs to another copy of {path}. Neither was touched"),
        UnfitLog.OLDER: _(
            "{path} was written after {wal}, as if a backup had been copied over it. Neither was touched"
        ),
        UnfitLog.ELSEWHERE: _(
            "another tracker still has the file open that was at {path} before; quit it, or try again in a moment"
        ),
    }
    hints = {
        UnfitLog.MISSING: _("`{command}` continues without these changes"),
        UnfitLog.DAMAGED: _("`{command}` continues with the changes that can be read, and keeps the damaged file"),
        UnfitLog.FOREIGN: _("`{command}` continues with {path} as it is, and keeps the -wal file under another name"),
        UnfitLog.OLDER: _(
            "`{command}` continues with {path} as it is, and keeps the -wal file under another name; "
            "`{command} --apply` continues with the changes in the -wal file"
        ),
    }
    option = "" if os.path.realpath(file_access.database_path()) == path else f"--db {quote(path)} "
    command = f"tracker {option}restore {quote(path)} --yes"
    message = messages[kind].format(wal=f"{path}-wal", shm=f"{path}-shm", path=path)
    return UnfitLog(kind, message, hints.get(kind, "").format(command=command, path=path))
