"""The SQLite file: opening it safely, and writing to it one undo step at a time.

The daily commands come through here, so nothing heavy is imported unless a migration is due.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import contextmanager, suppress

from tracker.calendar.zones import transitions
from tracker.journal.schema import APPLICATION_ID
from tracker.locale import _
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

#: The number of migrations this program knows (a test holds it against migrations.py).
VERSION = 1

#: How long undo reaches back, in seconds.
UNDO_LASTS = 30 * 86_400

#: For how far around the known instants a zone's offsets are written for the views: 1970 to 2100.
_FIRST_OFFSET, _LAST_OFFSET = 0, 4_102_444_800


class Journal:
    """An open file. Reading is free; every change happens inside `action`, which is one undo step."""

    def __init__(self, connection: sqlite3.Connection, path: str) -> None:
        self.connection = connection
        self.path = path

    @classmethod
    def open(cls, path: str) -> Journal:
        """Open the file at `path`, creating or migrating it where needed.

        Raises TrackerError, with the file untouched, if it is not ours, is from a newer version, or cannot be opened.
        """
        try:
            connection = _connect(path)
        except (OSError, sqlite3.Error) as error:
            raise TrackerError(_("cannot open {path}: {reason}").format(path=path, reason=_reason(error))) from None
        try:
            journal = cls(connection, path)
            journal._prepare()
        except BaseException:
            connection.close()
            raise
        return journal

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """All rows that `sql` answers, as plain tuples."""
        return self.connection.execute(sql, tuple(values)).fetchall()

    def row(self, sql: str, values: Iterable[Any] = ()) -> Any:
        """The first row that `sql` answers, or None."""
        return self.connection.execute(sql, tuple(values)).fetchone()

    def change(self, sql: str, values: Iterable[Any] = ()) -> int:
        """Run one writing statement inside an `action`; returns the id of an inserted row."""
        return self.connection.execute(sql, tuple(values)).lastrowid or 0

    def data_version(self) -> int:
        """A number that differs once another program has changed the file."""
        return int(self.row("PRAGMA data_version")[0])

    @contextmanager
    def action(self, says: str, now: int) -> Iterator[int]:
        """One change of the user's: all of it or nothing, and one step for undo; yields the action's id.

        `says` is the sentence that history and undo show. An action in which nothing changed leaves no step. Raises
        TrackerError when the file cannot be written (locked for five seconds, read-only, disk full).
        """
        with self.transaction():
            self.adopt_foreign_changes(now)
            self._forget_old_actions(now)
            self.change("UPDATE action SET state = 'dropped' WHERE state = 'undone'")
            action = self.change("INSERT INTO action(at, says, state, open) VALUES (?, ?, 'done', 1)", (now, says))
            yield action
            self.change("UPDATE action SET open = NULL WHERE id = ?", (action,))
            changed = self.row("SELECT 1 FROM change WHERE action = ?", (action,))
            known = self.row("SELECT 1 FROM imported_fact WHERE action = ?", (action,))
            if not changed and not known:
                self.change("DELETE FROM action WHERE id = ?", (action,))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """BEGIN IMMEDIATE to COMMIT: a writer that waits its turn instead of being refused half-way."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            with suppress(sqlite3.Error):
                self.connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                raise TrackerError(
                    _("cannot write {path}: {reason}").format(path=self.path, reason=_reason(error))
                ) from None
            raise

    def ensure_zone(self, zone: str) -> None:
        """Know `zone` and its offsets, so that the views show its wall clock. Inside an action."""
        if not self.row("SELECT 1 FROM zone_offset WHERE zone = ?", (zone,)):
            self.change("INSERT OR IGNORE INTO zone(name) VALUES (?)", (zone,))
            self.connection.executemany(
                "INSERT OR IGNORE INTO zone_offset(zone, starts, seconds) VALUES (?, ?, ?)",
                [(zone, *step) for step in transitions(zone, _FIRST_OFFSET, _LAST_OFFSET)],
            )

    def zones(self) -> tuple[str, ...]:
        """The zones anything was recorded in."""
        return tuple(name for (name,) in self.rows("SELECT name FROM zone"))

    def _prepare(self) -> None:
        try:
            (application,), (version,) = self.row("PRAGMA application_id"), self.row("PRAGMA user_version")
            if application == APPLICATION_ID and version == VERSION:
                return
            new = not application and not version and not self.row("SELECT 1 FROM sqlite_master")
        except sqlite3.DatabaseError as error:
            raise TrackerError(
                _("{path} is not a tracker file: {reason}").format(path=self.path, reason=_reason(error))
            ) from None
        if not new and application != APPLICATION_ID:
            raise TrackerError(_("{path} belongs to another program; it is left untouched").format(path=self.path))
        if version > VERSION:
            raise TrackerError(
                _("{path} was written by a newer tracker; update this one (the file is left untouched)").format(
                    path=self.path
                )
            )
        self._migrate(new=new, version=version)

    def _migrate(self, *, new: bool, version: int) -> None:
        from tracker.journal.backup import copy
        from tracker.journal.migrations import migrate

        if not new:
            copy(self, f"{self.path}.before-v{VERSION}")
        try:
            # Outside any transaction, and kept by the file: readers and one writer at the same time from now on.
            self.connection.execute("PRAGMA journal_mode = WAL")
            migrate(self.connection)
        except sqlite3.Error as error:
            raise TrackerError(
                _("cannot bring {path} from version {old} to {new}: {reason}; it is as it was").format(
                    path=self.path, old=version, new=VERSION, reason=_reason(error)
                )
            ) from None

    def adopt_foreign_changes(self, now: int) -> None:
        """Give changes made by other programs (`sqlite3`, Datasette) an action each, so that undo can name them.

        Changes of one statement carry the same instant and are one step. Inside a transaction.
        """
        orphans = self.rows(
            'SELECT at, "table", count(*) FROM change WHERE action IS NULL GROUP BY at, "table" ORDER BY min(id)'
        )
        for at, table, count in orphans:
            says = _("another program changed {table} ({count})").format(table=table, count=count)
            action = self.change("INSERT INTO action(at, says, state) VALUES (?, ?, 'done')", (now, says))
            self.change(
                'UPDATE change SET action = ? WHERE action IS NULL AND at = ? AND "table" = ?', (action, at, table)
            )
        if orphans:
            for (zone,) in self.rows("SELECT name FROM zone WHERE name NOT IN (SELECT zone FROM zone_offset)"):
                with suppress(TrackerError):  # a zone nobody knows stays without offsets; doctor names it
                    self.ensure_zone(zone)

    def _forget_old_actions(self, now: int) -> None:
        """Once a day, on its first change, drop what undo can no longer reach."""
        last = self.row("SELECT at FROM action ORDER BY id DESC LIMIT 1")
        if last and now - last[0] > 86_400:
            self.change("DELETE FROM action WHERE at < ?", (now - UNDO_LASTS,))


def _connect(path: str) -> sqlite3.Connection:
    """A connection to the file, made for this user alone (0600) when it is new. Raises OSError or sqlite3.Error."""
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(os.path.abspath(path)), mode=0o700, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    elif os.path.isdir(path):
        raise IsADirectoryError(_("it is a folder"))
    connection = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        # FULL is SQLite's default here and stays: what the screen confirmed survives a pulled plug.
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _reason(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error)
