"""Whether the file that is open, and the log beside it, are still the ones at their place.

SQLite keeps writing into a file that was moved, deleted or written over, and all of it is lost: so this is looked at
before each write. `os.stat` alone looks, because closing a file drops this process's locks on it (POSIX).
"""

from __future__ import annotations

import os
import sqlite3

from tracker.storage import connections, generation
from tracker.storage.memory import in_memory

#: As they were; the file was moved, or another one put at its place; the log was deleted; the file was written by
#: somebody else, and nothing waits in the log; it was written over, and what waits in the log does not fit it.
SAME, MOVED, LOG_GONE, REWRITTEN, REPLACED = "same", "moved", "log gone", "rewritten", "replaced"


class Identity:
    """The inodes of the file and its log as they were opened, and how the file looked when it was last known right."""

    def __init__(self, inode: tuple[int, int] | None) -> None:
        self._inode = inode
        self._beside: tuple[tuple[int, int], tuple[int, int]] | None = None
        self._written: tuple[int, int] | None = None
        #: How much was in the log when it was last looked at, in bytes.
        self._waiting = 0
        self._distrusted = False

    def note(self, place: str) -> None:
        """Remember how file and log look now: they were just opened, or written by this connection."""
        if place:
            self._beside = self._beside or _beside(place)
            self._written = _written(place)
            self._waiting = connections.size_of(f"{place}-wal")

    def is_moved(self, place: str) -> bool:
        """Whether another file than the one that was opened is at `place`, or none."""
        return connections.inode_of(place) != self._inode

    def is_same(self, place: str) -> bool:
        """Whether file and log are still there, by their inodes alone."""
        beside = _beside(place)
        if self._beside is None:
            self._beside = beside  # the first transaction since the file was switched to a log
        return not self.is_moved(place) and beside == self._beside

    def distrust(self) -> None:
        """Take the log for one that was written over, whatever it looks like."""
        self._distrusted = True

    def look(self, place: str, connection: sqlite3.Connection) -> str:
        """What became of file and log: SAME, MOVED, LOG_GONE, REWRITTEN or REPLACED."""
        if self.is_moved(place):
            return MOVED
        if self._distrusted:
            return REPLACED
        if not self.is_same(place):
            if _beside(place) is None:
                return LOG_GONE
            # Two logs, each with changes: one of them was begun without the other.
            return REPLACED if self._waiting else REWRITTEN
        before, self._waiting = self._waiting, connections.size_of(f"{place}-wal")
        if self._written == _written(place):
            # Only a checkpoint empties the log, and it writes the file.
            return REPLACED if before and not self._waiting else SAME
        if self._waiting and self._inode and not _fits(connection, self._inode):
            return REPLACED
        self._written = _written(place)
        return SAME if self._waiting else REWRITTEN


def checkpoint(connection: sqlite3.Connection, *, empty: bool = True) -> None:
    """Bring what is in the log into the file, as far as nobody else stands in the way; and then `empty` the log."""
    try:
        (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
        try:
            connection.execute("PRAGMA busy_timeout = 0")
            connection.execute(f"PRAGMA wal_checkpoint({'TRUNCATE' if empty else 'PASSIVE'})").fetchall()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {patience}")
    except sqlite3.Error:
        return  # what was confirmed stays in the log


def _beside(place: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """The inodes of the log and of its index; None where one of them is not there."""
    log, index = connections.inode_of(f"{place}-wal"), connections.inode_of(f"{place}-shm")
    return (log, index) if log and index else None


def _written(place: str) -> tuple[int, int] | None:
    """When the file was last written, and its size."""
    try:
        found = os.stat(place)
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


def _fits(connection: sqlite3.Connection, inode: tuple[int, int]) -> bool:
    """Whether the file, without its log, is still the one that the log was begun for: a checkpoint wrote to it."""
    for _attempt in range(3):  # a checkpoint may be writing right now
        try:
            alone = in_memory(connections.content(inode))
        except sqlite3.Error:
            continue
        try:
            if generation.belongs(generation.read(alone), generation.read(connection)):
                return True
        except sqlite3.Error:
            continue
        finally:
            alone.close()
    return False
