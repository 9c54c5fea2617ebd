"""A private copy of another program's SQLite database, which that program may be writing to."""

from __future__ import annotations

import errno
import os
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tracker.files import file_access, sqlite_format

if TYPE_CHECKING:
    from collections.abc import Iterator

#: How the names of copies begin.
PREFIX = "tracker-copy-"

#: The files of one database: itself, its write-ahead log, its rollback journal.
_SUFFIXES = ("", "-wal", "-journal")

#: How often the files are read again because the other program wrote meanwhile.
_ATTEMPTS = 3

#: No larger database is copied, in bytes.
_LARGEST_FILE = 1 << 32

#: How much of a database is copied at once, in bytes.
_COPIED_AT_ONCE = 1 << 18


@contextmanager
def private_copy(path: str) -> Iterator[tuple[str, int]]:
    """The path and the size in bytes of a copy of a database with its log applied, which is removed at the end.

    It lies in the folder for temporary files, and only its owner can open it. The files are read again if the other
    program wrote meanwhile, so that they fit together. Raises OSError where they cannot be read or are too large.
    """
    import tempfile  # here, because it takes 5 ms, and importing other sources needs none

    descriptor, name = tempfile.mkstemp(".db", PREFIX)
    try:
        with open(descriptor, "w+b") as copy:
            for _attempt in range(_ATTEMPTS):
                before = _states(path)
                copy.seek(0)
                copy.truncate()
                with file_access.open_to_read(path) as database:
                    if os.fstat(database.fileno()).st_size > _LARGEST_FILE:
                        raise OSError(errno.EFBIG, file_access.larger_than(_LARGEST_FILE), path)
                    while part := database.read(_COPIED_AT_ONCE):
                        copy.write(part)
                wal, journal = (
                    file_access.read_bytes(path + suffix, limit=_LARGEST_FILE) if state else b""
                    for suffix, state in zip(_SUFFIXES[1:], before[1:], strict=True)
                )
                if _states(path) == before:
                    break
            super_journal = sqlite_format.super_journal(journal)
            is_obsolete = super_journal and not os.path.exists(super_journal)
            sqlite_format.make_current(copy, wal, b"" if is_obsolete else journal)
            size = copy.seek(0, os.SEEK_END)
        yield name, size
    finally:
        remove_name(name)


def remove_name(copy: str) -> None:
    """Remove the name of a copy that is open: nothing is left of it, however the program ends.

    Windows keeps a file that is open; there `private_copy` removes it at the end.
    """
    with suppress(OSError):
        os.unlink(copy)


def _states(path: str) -> list[tuple[int, int] | None]:
    """(time of the last change, size) of each of the database's files; None for a file that does not exist."""
    states: list[tuple[int, int] | None] = []
    for suffix in _SUFFIXES:
        try:
            status = os.stat(path + suffix)
            states.append((status.st_mtime_ns, status.st_size))
        except FileNotFoundError:
            states.append(None)
    return states
