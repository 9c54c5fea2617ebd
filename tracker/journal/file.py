"""The SQLite file: reading it freely, and writing to it one undo step at a time."""

from __future__ import annotations

import os
import sqlite3

from tracker import files
from tracker.calendar.zones import transitions
from tracker.journal.opening import MEMORY, connect, prepare, reason
from tracker.journal.steps import Snapshot, Step, Transaction, add_to_step
from tracker.locale import _
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

#: How far a zone's offsets are written for the views, 1995 to 2060: before the first social network, and long enough.
_FIRST_OFFSET, _LAST_OFFSET = 788_918_400, 2_840_140_800


class Journal:
    """An open file. Reading is free; every change happens inside `action`, which is one undo step."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        self.path = path
        #: The step being written, if one is.
        self.step: int | None = None
        #: Device and inode, by which a file that was replaced while open is known.
        self.identity: tuple[int, int] | None = None
        #: Whether files.py keeps away from the file for this journal.
        self.protected = False

    @classmethod
    def open(cls, path: str) -> Journal:
        """Open the file at `path`, creating or migrating it where needed; `:memory:` is a file that is nowhere.

        Raises TrackerError, with the file untouched, if it is not ours, is from a newer version, or cannot be opened.
        """
        journal = cls(connect(path), path)
        files.protect(path)
        journal.protected = True
        try:
            prepare(journal)
            if path != MEMORY:
                found = os.stat(path)
                journal.identity = (found.st_dev, found.st_ino)
        except BaseException:
            journal.close()
            raise
        return journal

    def close(self) -> None:
        """Close the file."""
        self.connection.close()
        if self.protected:
            self.protected = False
            files.release(self.path)

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """All rows that `sql` answers, as plain tuples. Raises TrackerError where the file cannot be read."""
        try:
            return self.connection.execute(sql, tuple(values)).fetchall()
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise self._unreadable(error) from None

    def row(self, sql: str, values: Iterable[Any] = ()) -> Any:
        """The first row that `sql` answers, or None. Raises TrackerError where the file cannot be read."""
        try:
            return self.connection.execute(sql, tuple(values)).fetchone()
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise self._unreadable(error) from None

    def change(self, sql: str, values: Iterable[Any] = ()) -> int:
        """Run one writing statement inside an `action`; returns the id of an inserted row."""
        return self.connection.execute(sql, tuple(values)).lastrowid or 0

    def data_version(self) -> int:
        """A number that differs once another program has changed the file."""
        return int(self.row("PRAGMA data_version")[0])

    def action(self, says: str, now: int, about: tuple[str, int] | None = None) -> Step:
        """One change of the user's: all of it or nothing, and one step for undo; `with` gives the step's id.

        `says` is the sentence that history and undo show. A change `about` a row that the last step added joins that
        step. Raises TrackerError when the file cannot be written.
        """
        return Step(self, says, now, about)

    def also(self, says: str) -> None:
        """Let the step being written say this too, behind what it says already; nothing for an empty sentence."""
        if says and self.step is not None:
            add_to_step(self, self.step, says)

    def transaction(self) -> Transaction:
        """Several reads and writes as one: nobody else writes in between."""
        return Transaction(self)

    def snapshot(self) -> Snapshot:
        """Several reads that belong together: a session found by one is not gone for the next. For reading only."""
        return Snapshot(self.connection)

    def ensure_zone(self, zone: str) -> None:
        """Know `zone` and its offsets, so that the views show its wall clock. Inside an action."""
        if not self.row("SELECT 1 FROM zone_offset WHERE zone = ?", (zone,)):
            offsets = transitions(zone, _FIRST_OFFSET, _LAST_OFFSET)
            self.change("INSERT OR IGNORE INTO zone(name) VALUES (?)", (zone,))
            self.connection.executemany(
                "INSERT OR IGNORE INTO zone_offset(zone, starts, seconds) VALUES (?, ?, ?)",
                [(zone, *step) for step in offsets],
            )

    def zones(self) -> tuple[str, ...]:
        """The zones anything was recorded in."""
        return tuple(name for (name,) in self.rows("SELECT name FROM zone"))

    def _unreadable(self, error: Exception) -> TrackerError:
        return TrackerError(_("cannot read {path}: {reason}").format(path=self.path, reason=reason(error)))
