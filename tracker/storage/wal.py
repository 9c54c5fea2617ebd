"""The write-ahead log beside the file: whether it is whole, and whether it belongs to the file it lies beside.

SQLite itself notices neither: it reads a log as far as it is whole, and applies it to whatever file has its name. What
is looked at here is read as plain bytes, which drops every lock that this process holds on the file (POSIX), so it is
done before the file is opened, and only where no other process has it open.
"""

from __future__ import annotations

import os
import sqlite3
import sys

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.storage import generation
from tracker.storage.locks import DATABASE, INDEX, is_locked
from tracker.storage.memory import in_memory

#: What is wrong with a log. It was deleted, with changes in it (by nobody, or under a process that has the file open);
#: it cannot be read to its end; it is of another file, or of another state of this one; it was written before the file,
#: as if a backup had been copied over it; the file that a process has open is another one than that at this place.
MISSING, TAKEN, DAMAGED, FOREIGN, OLDER, ELSEWHERE = "missing", "taken", "damaged", "foreign", "older", "elsewhere"

#: Its last change cannot be read. A power cut leaves that of a change that was never confirmed, damage of one that was.
TORN = "torn"

#: The file was written over while another process has it open, with changes in the log.
OVERWRITTEN = "overwritten"

#: Where the -shm file has the number of pages in the log, its salts, and the number of pages in the database already.
_WRITTEN_AT, _SALTS_AT, _COPIED_AT = 16, 32, 96

#: How often to look before a log is called unfit, and how long to wait in between, in seconds: another process that
#: opens or closes the file goes through states that look like it.
_LOOKS, _PAUSE = 25, 0.01

#: What the other process may put right by itself.
_TRANSIENT = (TAKEN, ELSEWHERE, OVERWRITTEN)


class UnfitLog(TrackerError):
    """The file is left untouched because of the log beside it; `kind` says what is wrong with that.

    `used` says that another process has the file open.
    """

    def __init__(self, kind: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.kind = kind
        self.used = kind in _TRANSIENT


def refuse_unfit(path: str) -> bool:
    """Raise UnfitLog where the log beside the file at `path` (a real path) must not be applied to it.

    For a file that this process has not opened. Where another process has it open, the log is that process's to watch.
    Returns whether the last change in the log cannot be read (TORN).
    """
    found = _verdict(path)
    if found not in (None, TORN):
        from time import sleep

        for _look in range(_LOOKS):
            before = _state(path)
            sleep(_PAUSE)
            found, last = _verdict(path), found
            if found in (None, TORN) or (found == last and found not in _TRANSIENT and before == _state(path)):
                break
    if found not in (None, TORN):
        raise unfit(found, path)
    return found == TORN


def check(path: str) -> None:
    """As `refuse_unfit`, and where another process has the file open too: raise UnfitLog for a damaged log."""
    refuse_unfit(path)
    # A log that somebody is writing is read twice.
    if _size(f"{path}-wal") and all(_damage(read(path)) == DAMAGED for _look in range(2)):
        raise unfit(DAMAGED, path)


def read(path: str) -> bytes:
    """What is in the log beside the file at `path`; empty where there is none. Drops no locks: logs have none."""
    try:
        return _content(f"{path}-wal")
    except FileNotFoundError:
        return b""


def beginning(path: str) -> bytes:
    """How the log beside the file at `path` begins: its header; empty where it is empty. Drops no locks."""
    try:
        with open(f"{path}-wal", "rb", buffering=0) as file:
            return file.read(32)
    except OSError:
        return b""


def set_aside(path: str) -> str:
    """Keep a copy of the log beside the file at `path`; returns where. Raises OSError."""
    kept = free_name(path)
    with open(kept, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as beside:
        beside.write(read(path))
        beside.flush()
        os.fsync(beside.fileno())
    return kept


def free_name(path: str) -> str:
    """A name that is free, beside the file at `path`, for a log that is set aside: the log of no other file."""
    number = 1
    while os.path.lexists(kept := f"{path}-wal.kept-{number}"):
        number += 1
    return kept


def _content(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


def _state(path: str) -> list[tuple[int, int, int] | None]:
    """How the file, its log and its index look: inode, size and time of each."""
    found: list[tuple[int, int, int] | None] = []
    for ending in ("", "-wal", "-shm"):
        try:
            status = os.stat(path + ending)
            found.append((status.st_ino, status.st_size, status.st_mtime_ns))
        except OSError:
            found.append(None)
    return found


def _verdict(path: str) -> str | None:
    """What is wrong with the log, as it looks now; None where nothing is."""
    waiting, index = _size(f"{path}-wal"), _size(f"{path}-shm")
    used = is_locked(path, DATABASE)
    if used:
        if waiting is None or index is None:
            return TAKEN if _has_log(path) else None
        return OVERWRITTEN if waiting and not _marks_belong(path) else None
    if index is not None and is_locked(f"{path}-shm", INDEX):
        return ELSEWHERE
    if used is None:
        return None
    try:
        if os.path.lexists(f"{path}-wal") and not os.path.isfile(f"{path}-wal"):
            return DAMAGED  # a pipe, a folder, or a link to nothing
        if waiting:
            return _examined(path)
        written, copied, _salts = _indexed(path)
        return MISSING if written > copied else None
    except FileNotFoundError:
        return None  # another process has just closed the file


def _marks_belong(path: str) -> bool:
    """Whether file and log belong together, by their marks, while another process has them open."""
    from pathlib import Path

    found = []
    for how in ("immutable=1", "mode=ro"):  # the file alone; with its log
        connection = sqlite3.connect(f"{Path(path).as_uri()}?{how}", uri=True)
        try:
            found.append(generation.read(connection))
        except sqlite3.Error:
            return True  # being written right now, or damaged: SQLite says so itself
        finally:
            connection.close()
    return generation.belongs(found[0], found[1])


def _has_log(path: str) -> bool:
    """Whether the file is one with a log, by its header."""
    with open(path, "rb") as file:
        return file.read(20)[18:19] == b"\2"


def _examined(path: str) -> str | None:
    from tracker.files.sqlite_format import wal_frames

    data = read(path)
    damage = _damage(data)
    if damage == DAMAGED:
        return damage
    frames = wal_frames(data)
    written, copied, salts = _indexed(path)
    committed = max((number for number, frame in enumerate(frames, 1) if frame.commit_size), default=0)
    if written > copied and (written > committed or salts != data[16:24]):
        return DAMAGED  # a program that was killed had confirmed more than can be read
    if not committed:
        return damage  # nothing in it counts
    if not _size(path):
        return FOREIGN  # SQLite would delete the log
    database = _content(path)
    if not generation.belongs(_mark_in(database), _mark_in(database, data)):
        return FOREIGN
    if os.stat(path).st_mtime_ns > os.stat(f"{path}-wal").st_mtime_ns:
        # Written after its log: by a checkpoint that was cut short, which copies pages of the log, or by a copy.
        size = _page_size(data)
        pages = ((frame.page * size, data[frame.offset : frame.offset + size]) for frame in frames)
        if not any(database[end - size : end] == page for end, page in pages):
            return OLDER
    return damage


def _damage(data: bytes) -> str | None:
    """DAMAGED where the log, as bytes, holds confirmed changes that cannot be read; TORN where it may be so.

    What a program that was killed leaves is whole up to its last commit; frames of an unfinished transaction may
    follow. A commit is on the disk before the next transaction begins: what is followed by another was confirmed.
    """
    from tracker.files.sqlite_format import WAL_HEADER, wal_frames_beyond, wal_header

    if wal_header(data) is None:
        return DAMAGED if len(data) > WAL_HEADER else None
    beyond = wal_frames_beyond(data)
    # The first bad frame alone is what a kill between its two halves leaves, unless the log ends right behind it.
    if beyond and beyond[0].offset + _page_size(data) != len(data):
        beyond = beyond[1:]
    commits = [frame for frame in beyond if frame.commit_size]
    if not commits:
        return None
    return TORN if commits == beyond[-1:] else DAMAGED


def _page_size(data: bytes) -> int:
    from tracker.files.sqlite_format import wal_header

    header = wal_header(data)
    return header.page_size if header else 0


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


def in_use(path: str) -> UnfitLog:
    """The error for a place at which a file was that another process still has open."""
    return unfit(ELSEWHERE, path)


def _indexed(path: str) -> tuple[int, int, bytes]:
    """What the index that a killed program left knows of the log: pages committed, those copied already, and salts.

    After a power cut, or without an index, it knows nothing: nobody waits for it to be on the disk.
    """
    import time

    shm, clock = f"{path}-shm", getattr(time, "CLOCK_BOOTTIME", None)
    try:
        if clock is not None and os.stat(shm).st_mtime < time.time() - time.clock_gettime(clock):
            return 0, 0, b""
        with open(shm, "rb") as file:
            head = file.read(_COPIED_AT + 4)
    except FileNotFoundError:
        return 0, 0, b""
    written, copied = (int.from_bytes(head[at : at + 4], sys.byteorder) for at in (_WRITTEN_AT, _COPIED_AT))
    return written, copied, head[_SALTS_AT : _SALTS_AT + 8]


def _size(path: str) -> int | None:
    try:
        return os.stat(path).st_size
    except OSError:
        return None


def unfit(kind: str, path: str) -> UnfitLog:
    """What is said of a log of this kind beside the file at `path`."""
    from shlex import quote

    from tracker.files import paths

    says = {
        MISSING: _("{wal} was deleted or emptied; the last recorded changes were in it. {path} was left untouched"),
        TAKEN: _(
            "{wal} or {shm} was deleted while another tracker has {path} open. Nothing was changed; try again soon"
        ),
        OVERWRITTEN: _(
            "{path} was written over while another tracker has it open. Nothing was changed; quit the other tracker"
        ),
        DAMAGED: _("{wal} is damaged: recorded changes in it cannot be read. {path} was left untouched"),
        FOREIGN: _("{wal} belongs to another copy of {path}. Both were left untouched"),
        OLDER: _("{path} was written after {wal}, as if a backup had been copied over it. Both were left untouched"),
        ELSEWHERE: _(
            "another tracker still has the file open that was at {path} before; quit it, or try again in a moment"
        ),
    }
    hints = {
        MISSING: _("`{command}` continues without these changes"),
        DAMAGED: _("`{command}` continues with the changes that can be read, and keeps the damaged file"),
        FOREIGN: _("`{command}` continues with {path} as it is, and keeps the -wal file under another name"),
        OLDER: _(
            "`{command}` continues with {path} as it is, and keeps the -wal file under another name; "
            "`{command} --apply` continues with the changes in the -wal file"
        ),
    }
    db = "" if os.path.realpath(paths.database_path()) == path else f"--db {quote(path)} "
    command = f"tracker {db}restore {quote(path)} --yes"
    said = says[kind].format(wal=f"{path}-wal", shm=f"{path}-shm", path=path)
    return UnfitLog(kind, said, hints.get(kind, "").format(command=command, path=path))
