"""The SQLite file: reading it freely, and writing to it one undo step at a time."""

from __future__ import annotations

import sqlite3

from tracker.calendar.zones import transitions
from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.storage import generation, identity, wal
from tracker.storage.connections import abandon, again, content, disconnect, is_deleted, keep, size_of
from tracker.storage.errors import disk_error, reason, says_damaged
from tracker.storage.identity import Identity, checkpoint
from tracker.storage.memory import MEMORY, in_memory
from tracker.storage.opening import connect, empty_copy, prepare
from tracker.storage.steps import Snapshot, Step, Transaction, add_to_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from tracker.storage.read_cache import ReadCache
    from tracker.storage.touches import Moved

#: How far a zone's offsets are written for the views, 1995 to 2060: before the first social network, and long enough.
_FIRST_OFFSET, _LAST_OFFSET = 788_918_400, 2_840_140_800

#: A log longer than this, in bytes, is brought into the file at once.
_LONG_LOG = 4 << 20


class Journal:
    """An open file. Reading is free; every change happens inside `action`, which is one undo step."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: str,
        place: str = "",
        inode: tuple[int, int] | None = None,
        refusal: str | None = None,
        warning: str | None = None,
    ) -> None:
        self.connection = connection
        self.path = path
        #: Where the file really is, links followed; empty for one in memory.
        self.place = place
        #: Why nothing may be written to it; None where something may.
        self.refusal = refusal
        #: What was found wrong with its log on opening it, to be said once.
        self.warning = warning
        #: The step being written, if one is.
        self.step: int | None = None
        #: The outcomes whose channel the last step changed, because their last touch is another one now. What a step
        #: found (`moving`, None outside one) is true, and is here, once it is committed.
        self.moved: list[Moved] = []
        self.moving: list[Moved] | None = None
        #: The spellings of names that SQLite does not fold, and of what state of the file (people.py).
        self.spelled: tuple[tuple[int, int], dict[str, list[str]]] | None = None
        self._inode = inode
        self._reopened = 0
        #: Whether the file is to be opened anew as soon as another process has let go of it.
        self._waits = False
        self._identity = Identity(inode)
        #: What reads answered before, where the same is asked again and again; None for commands.
        self.cache: ReadCache | None = None
        #: Whether a transaction for writing is open: its reads go to the file.
        self.writing = False

    @classmethod
    def open(cls, path: str, *, accept: bool = False) -> Journal:
        """Open the file at `path`, creating or migrating it where needed; `:memory:` is a file that is nowhere.

        `accept` opens it though the write-ahead log beside it is not fit for it. Raises TrackerError, with the file
        untouched, if it is not ours, is from a newer version, or cannot be opened.
        """
        opened = connect(path, accept=accept)
        journal = cls(opened.connection, path, *opened[1:])
        try:
            prepare(journal)
            journal._identity.note(journal.place)
        except BaseException:
            journal.close()
            raise
        return journal

    def reader(self) -> Journal:
        """The same file opened once more, to be read by another thread and closed by it.

        SQLite alone opens it: any other way would drop the locks that this process holds on the file. Raises
        TrackerError where the file is not at its place any more.
        """
        if not self.place or self._inode is None:
            copy = sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
            self.connection.backup(copy)
            return Journal(copy, self.path, refusal=self.refusal)
        if not self._identity.is_same(self.place):
            raise self._moved()
        try:
            connection = again(self.place, self._inode)
        except (OSError, sqlite3.Error) as error:
            raise self.unreadable(error) from None
        return Journal(connection, self.path, self.place, self._inode, self.refusal)

    def close(self) -> None:
        """Close the file; what was confirmed is brought into it even where it was moved meanwhile."""
        if self.place and self._inode:
            found = self._look()
            if found == identity.REPLACED:
                abandon(self.connection, self._inode, self.place)
                return
            if found in (identity.MOVED, identity.LOG_GONE):
                checkpoint(self.connection, empty=found == identity.MOVED)
        disconnect(self.connection, self._inode)

    def _look(self) -> str:
        """What became of the file and its log (identity.SAME …)."""
        try:
            return self._identity.look(self.place, self.connection)
        except sqlite3.ProgrammingError:
            return identity.SAME  # closed already

    def verify(self) -> None:
        """Look whether the file and the log beside it are still those that were opened.

        Before each write, and now and then while the file stays open. Where only the log was deleted, what is in it is
        brought into the file, and the file opened anew. Raises TrackerError where the file was moved, or another one
        put at its place: what was confirmed is in the file that was moved, and can be read on, but not written.
        """
        if self.connection.in_transaction:
            return
        if not self.place:
            if self._waits:
                self._reopen()
            return
        found = self._look()
        if found in (identity.MOVED, identity.LOG_GONE):
            # What the deleted log of another process holds is not this one's to empty.
            checkpoint(self.connection, empty=found == identity.MOVED)
        if found == identity.REWRITTEN and not size_of(self.place):
            raise self._detach(fits=True)  # emptied: opening it would begin a new one
        if found in (identity.LOG_GONE, identity.REWRITTEN):
            self._reopen()
        elif found != identity.SAME:
            raise self._detach(fits=found == identity.MOVED)

    def settle(self) -> None:
        """Bring what is in the log into the file itself, as far as that can be done now: it is whole without it then.

        Takes a moment of the disk: for a quiet time, and for leaving.
        """
        if self.place and not self.connection.in_transaction and self._look() == identity.SAME:
            checkpoint(self.connection)
            self._identity.note(self.place)

    def waiting(self) -> int:
        """How many bytes wait in the log to be brought into the file."""
        return size_of(f"{self.place}-wal") if self.place else 0

    def after_begin(self) -> None:
        """Called when a transaction for writing has begun: the first of a log gives it its mark."""
        if self.place:
            if not self._identity.is_same(self.place):
                raise self._moved()  # in this very moment; the next look brings out what waits in the log
            generation.keep_up(self.connection, wal.beginning(self.place))

    def after_commit(self) -> None:
        """Called when a transaction was committed: a long log is brought into the file."""
        if self.place:
            if self.waiting() > _LONG_LOG:
                checkpoint(self.connection)
            self._identity.note(self.place)

    def _reopen(self) -> None:
        self._reopened += 1
        if self.place:
            self.replace(self._copied())
        try:
            opened = connect(self.path, make=False)
        except TrackerError as error:
            # What another process does right now may be over in a second.
            self._waits = isinstance(error, wal.UnfitLog) and error.used
            self.refusal = str(error)
            raise
        disconnect(self.connection, None)
        self.connection, self.place, self._inode, self.refusal, self.warning = opened
        self._waits = False
        self._identity = Identity(opened.inode)
        prepare(self)
        self._identity.note(self.place)

    def _detach(self, *, fits: bool) -> TrackerError:
        """Leave a file that is not at its place any more; what is in it can still be read, from a copy in memory.

        Its log is left beside it where it does not fit it: it is of the file that was written over.
        """
        copy, kept = self._copied(), None
        if fits and self._inode and is_deleted(self._inode):
            kept = keep(self._inode, self.place)
        error = self._moved(kept)
        self.refusal = str(error)
        if self._inode and not fits:
            abandon(self.connection, self._inode, self.place)
            self.connection, self.place, self._inode = copy, "", None
        else:
            self.replace(copy)
        return error

    def _copied(self) -> sqlite3.Connection:
        """What is in the file, as a copy in memory; an empty one where it cannot be read."""
        try:
            copy = in_memory(content(self._inode)) if self._inode else None
            if copy and copy.execute("SELECT count(*) FROM session").fetchone():
                return copy
        except (OSError, sqlite3.Error):
            pass
        return empty_copy()

    def replace(self, copy: sqlite3.Connection) -> None:
        """Go on with a copy in memory of a file that cannot be written, and close the file."""
        disconnect(self.connection, self._inode)
        self.connection, self.place, self._inode = copy, "", None

    def _moved(self, kept: str | None = None) -> TrackerError:
        said = _(
            "{path} was moved, deleted or replaced while open. Nothing more is recorded: put the file back, then start "
            "tracker again"
        )
        if kept:
            said = _(
                "{path} was deleted or replaced while open. What was recorded is in {kept}. Nothing more is recorded: "
                "start tracker again"
            )
        return TrackerError(said.format(path=self.path, kept=kept))

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """All rows that `sql` answers, as plain tuples. Raises TrackerError where the file cannot be read."""
        return self._answer(sql, tuple(values), None)

    def _answer(self, sql: str, values: tuple[Any, ...], number: int | None) -> list[Any]:
        """The first `number` rows that `sql` answers, or all; from the cache where that knows them."""
        cache = None if self.writing else self.cache
        known = cache.find(sql, values) if cache else None
        if known is not None:
            return list(known)
        try:
            cursor = self.connection.execute(sql, values)
            rows = cursor.fetchall() if number is None else cursor.fetchmany(number)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise self.unreadable(error) from None
        if cache:
            cache.keep(sql, values, rows)
        return rows

    def row(self, sql: str, values: Iterable[Any] = ()) -> Any:
        """The first row that `sql` answers, or None. Raises TrackerError where the file cannot be read."""
        rows = self._answer(sql, tuple(values), 1)
        return rows[0] if rows else None

    def cursor(self, sql: str, values: Mapping[str, Any]) -> sqlite3.Cursor:
        """What `sql` answers, still to be fetched. Raises TrackerError where the file cannot be read."""
        try:
            return self.connection.execute(sql, values)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise self.unreadable(error) from None

    def fetched(self, cursor: sqlite3.Cursor, number: int | None) -> list[Any]:
        """So many rows of a `cursor`, or all of them. Raises TrackerError where the file cannot be read."""
        try:
            return cursor.fetchall() if number is None else cursor.fetchmany(number)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            raise self.unreadable(error) from None

    def change(self, sql: str, values: Iterable[Any] = ()) -> int:
        """Run one writing statement inside an `action`; returns the id of an inserted row."""
        if self.cache:
            self.cache.note_written(sql)
        return self.connection.execute(sql, tuple(values)).lastrowid or 0

    def change_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one writing statement for each of many rows inside an `action`."""
        if self.cache:
            self.cache.note_written(sql)
        self.connection.executemany(sql, rows)

    def data_version(self) -> int:
        """A number that differs once another program has changed the file, or it was opened anew."""
        version = (self._reopened << 32) + int(self.row("PRAGMA data_version")[0])
        if self.cache:
            self.cache.seen(version)
        return version

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

    def transaction(self, before: Sequence[str] = (), after: Sequence[str] = ()) -> Transaction:
        """Several reads and writes as one: nobody else writes in between.

        `before` and `after` are statements to run right before it begins, and when it has ended.
        """
        return Transaction(self, before, after)

    def snapshot(self) -> Snapshot:
        """Several reads that belong together: a session found by one is not gone for the next. For reading only."""
        return Snapshot(self)

    def ensure_zone(self, zone: str) -> None:
        """Know `zone` and its offsets, so that the views show its wall clock. Inside an action."""
        if not self.row("SELECT 1 FROM zone_offset WHERE zone = ?", (zone,)):
            offsets = transitions(zone, _FIRST_OFFSET, _LAST_OFFSET)
            self.change("INSERT OR IGNORE INTO zone(name) VALUES (?)", (zone,))
            self.change_many(
                "INSERT OR IGNORE INTO zone_offset(zone, starts, seconds) VALUES (?, ?, ?)",
                [(zone, *step) for step in offsets],
            )

    def zones(self) -> tuple[str, ...]:
        """The zones anything was recorded in."""
        return tuple(name for (name,) in self.rows("SELECT name FROM zone"))

    def unreadable(self, error: Exception) -> TrackerError:
        """The error for what SQLite could not read. A log that is shorter than it was is noticed by the next look."""
        if getattr(error, "sqlite_errorname", "") == "SQLITE_IOERR_SHORT_READ":
            self._identity.distrust()
        return TrackerError(_("cannot read {path}: {reason}").format(path=self.path, reason=self.why(error)))

    def why(self, error: Exception) -> str:
        """What an error means, as the end of a sentence.

        A file is called damaged only where it is: SQLite says so too where the disk did not give it a page.
        """
        if not says_damaged(error) or self._inode is None:
            return reason(error)
        try:
            whole = in_memory(content(self._inode), wal.read(self.place))
        except OSError as failed:
            return reason(failed)
        except sqlite3.Error:
            return reason(error)
        try:
            found = whole.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.Error:
            return reason(error)
        finally:
            whole.close()
        return disk_error("EIO") if found == ("ok",) else reason(error)

    def freeze(self, why: str) -> None:
        """Go on with a copy in memory, for reading: SQLite cannot use the file where it is, as `why` says."""
        if self._inode is not None:
            self.replace(in_memory(content(self._inode), wal.read(self.place)))
        self.refusal = why
