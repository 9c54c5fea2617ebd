"""The open database: reading it, writing to it in transactions, and noticing when its file is moved or replaced."""

from __future__ import annotations

import sqlite3

from tracker.calendar.clock import transitions
from tracker.domain.errors import IndexRebuilt, TrackerError, UnfitLog
from tracker.files.file_access import lazy_context
from tracker.locale import _
from tracker.storage import connection as connections
from tracker.storage import file_format, wal
from tracker.storage.connection import LOG_GONE, MOVED, REPLACED, REWRITTEN, SAME, FileIdentity, checkpoint
from tracker.storage.file_format import (
    APPLICATION_ID,
    MEMORY,
    disk_error,
    in_memory,
    is_sidecar_error,
    newer,
    reason,
    reports_damage,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeVar

    import sqlite_utils

    from tracker.domain.models import Reattributed
    from tracker.storage.read_cache import ReadCache

    RecordType = TypeVar("RecordType", bound=tuple[Any, ...])

#: The instants for which the offsets of a zone are stored, for the views: 1995 to 2060.
_FIRST_OFFSET, _LAST_OFFSET = 788_918_400, 2_840_140_800

#: A log longer than this, in bytes, is written into the file after the next commit.
_LONG_LOG = 4 << 20

#: What reading may raise: SQLite's errors, an integer of more than 64 bits, a text that is no UTF-8, and a length that
#: is larger than the memory.
_READ_ERRORS = (sqlite3.Error, OverflowError, UnicodeError, MemoryError)

_ZONES = "SELECT name FROM zone"


class Database:
    """An open database. Reading is free; changes of the user's are made inside `undo_steps.undo_step`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: str,
        real_path: str = "",
        inode: connections.Inode | None = None,
        refusal: str | None = None,
        warning: str | None = None,
    ) -> None:
        self.connection = connection
        self.path = path
        #: The real path of the file, links followed; empty for a database in memory.
        self.real_path = real_path
        #: Why nothing can be written; None where something can.
        self.refusal = refusal
        #: What was wrong with the log when the file was opened, to be shown once.
        self.warning = warning
        #: The id of the undo step being written, if one is.
        self.step: int | None = None
        #: The outcomes to which the last committed step gave another channel; and the step being written, so far.
        self.reattributed: list[Reattributed] = []
        self.reattributing: list[Reattributed] | None = None
        #: A cache of `person_names`, and the state of the file for which it holds.
        self.name_spellings: tuple[tuple[int, int], dict[str, list[str]]] | None = None
        self._inode = inode
        self._identity = FileIdentity(inode)
        self._is_reader = False
        self._reopened = 0
        #: What reads have answered, where the same is asked again and again; None for commands.
        self.cache: ReadCache | None = None
        #: Whether a transaction for writing is open: its reads go to the file.
        self.writing = False
        #: Whether a snapshot is open: nothing may be written in it.
        self.reading = False
        #: Whether a transaction that a damaged search index hinders builds it again; not while that is done.
        self.rebuilds_index = True
        #: What to do once the open transaction is on the disk.
        self._when_committed: list[Callable[[], None]] = []
        #: Whether to open the file again as soon as another process has closed it.
        self._reopen_later = False

    @classmethod
    def open(cls, path: str, *, accept: bool = False) -> Database:
        """Open the file at `path`, creating or migrating it where needed; `:memory:` is a database in memory.

        `accept` opens it although its write-ahead log is unfit. Raises TrackerError, with the file untouched, if it is
        not ours, is from a newer version, or cannot be opened.
        """
        return cls._of(connections.connect(path, accept=accept), path)

    @classmethod
    def temporary(cls) -> Database:
        """A new database in a temporary file. No path leads to it: what a command records there would be lost."""
        return cls._of(connections.connect_to_temporary(), ":temporary:")

    @classmethod
    def _of(cls, opened: connections.OpenedFile, path: str) -> Database:
        database = cls(opened.connection, path, *opened[1:])
        try:
            database._prepare()
            database._identity.note(database.real_path)
        except BaseException:
            database.close()
            raise
        return database

    def reader(self) -> Database:
        """One more connection to the same file, for another thread, which reads with it and closes it.

        SQLite opens it: any other way would drop the locks that this process holds on the file. Raises TrackerError
        where the file is not at its place any more.
        """
        if not self.real_path or self._inode is None:
            copy = sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
            self.connection.backup(copy)
            return Database(copy, self.path, refusal=self.refusal)
        if not self._identity.is_same(self.real_path):
            raise self._moved()
        try:
            connection = connections.reopen_for_reading(self.real_path, self._inode)
        except (OSError, sqlite3.Error) as error:
            raise self.unreadable(error) from None
        reader = Database(connection, self.path, self.real_path, self._inode, self.refusal)
        reader._is_reader = True
        return reader

    def writer(self) -> Database:
        """One more connection to the same file, for another thread, which reads and writes with it and closes it.

        To this connection its changes are those of another program. Raises TrackerError where nothing can be written,
        and where the file is not at its place any more.
        """
        if self.refusal:
            raise TrackerError(self.refusal)
        if not self.real_path or not self._identity.is_same(self.real_path):
            raise self._moved()
        opened = connections.connect(self.real_path, create=False)
        writer = Database(opened.connection, self.path, *opened[1:])
        writer._identity.note(writer.real_path)
        return writer

    def keep_few_pages(self) -> None:
        """Keep little of the file in the memory of this connection, for a process that stays. Raises TrackerError."""
        self.row(connections.SMALL_CACHE)

    def close(self) -> None:
        """Close the file. Confirmed changes are written into it even where it was moved meanwhile."""
        if self.real_path and self._inode and not self._is_reader:  # a reader has nothing to write
            state = self._look()
            if state == REPLACED:
                connections.abandon(self.connection, self._inode, self.real_path)
                return
            if state in (MOVED, LOG_GONE):
                checkpoint(self.connection, empty=state == MOVED)
        connections.disconnect(self.connection, self._inode)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # Reading and writing.

    def rows(self, sql: str, values: Iterable[Any] = ()) -> list[Any]:
        """All rows that `sql` answers, as tuples. Raises TrackerError where the file cannot be read."""
        return self._query(sql, tuple(values), None)

    def row(self, sql: str, values: Iterable[Any] = ()) -> Any:
        """The first row that `sql` answers, or None. Raises TrackerError where the file cannot be read."""
        rows = self._query(sql, tuple(values), 1)
        return rows[0] if rows else None

    def _query(self, sql: str, values: tuple[Any, ...], number: int | None) -> list[Any]:
        """The first `number` rows that `sql` answers, or all (None); from the cache where it has them."""
        cache = None if self.writing else self.cache
        key = (number, *values)
        cached = cache.find(sql, key) if cache else None
        if cached is not None:
            return list(cached)
        rows = self.fetch(self.cursor(sql, values), number)
        if cache:
            cache.keep(sql, key, rows)
        return rows

    def records(self, kind: type[RecordType], rest: str, values: Iterable[Any] = ()) -> list[RecordType]:
        """The records of a kind whose table has its name and fields; `rest` is the SQL behind the table's name."""
        return [kind._make(row) for row in self.rows(_select(kind, rest), values)]  # type: ignore[attr-defined]  # a Record

    def record(self, kind: type[RecordType], rest: str, values: Iterable[Any] = ()) -> RecordType | None:
        """The first of these records, or None."""
        row = self.row(_select(kind, rest), values)
        return kind._make(row) if row else None  # type: ignore[attr-defined]  # a Record

    def cursor(self, sql: str, values: Mapping[str, Any] | Sequence[Any]) -> sqlite3.Cursor:
        """A cursor over what `sql` answers. Raises TrackerError where the file cannot be read."""
        try:
            return self.connection.execute(sql, values)
        except _READ_ERRORS as error:
            raise self.unreadable(error) from None

    def fetch(self, cursor: sqlite3.Cursor, number: int | None) -> list[Any]:
        """So many rows of a `cursor`, or all (None). Raises TrackerError where the file cannot be read."""
        try:
            return cursor.fetchall() if number is None else cursor.fetchmany(number)
        except _READ_ERRORS as error:
            raise self.unreadable(error) from None

    def change(self, sql: str, values: Iterable[Any] = ()) -> int:
        """Run one writing statement inside an undo step; returns the id of an inserted row."""
        self._note_written(sql)
        return self.connection.execute(sql, tuple(values)).lastrowid or 0

    def change_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one writing statement for each of many rows, inside an undo step."""
        self._note_written(sql)
        self.connection.executemany(sql, rows)

    def _note_written(self, sql: str) -> None:
        if self.reading:
            raise RuntimeError(f"a snapshot is for reading only: {sql}")
        if self.cache:
            self.cache.note_written(sql)

    def insert(self, table: str, record: tuple[Any, ...]) -> int:
        """Insert a record, its id (the first field) left aside; returns the new id. Inside an undo step."""
        columns = _columns(record)
        marks = ", ".join("?" * len(columns))
        return self.change(f"INSERT INTO {table}({', '.join(columns)}) VALUES ({marks})", record[1:])

    def update(self, table: str, record: tuple[Any, ...]) -> None:
        """Write every field of a record that is there; its first field is the id. Inside an undo step."""
        assignments = ", ".join(f"{column} = ?" for column in _columns(record))
        self.change(f"UPDATE {table} SET {assignments} WHERE id = ?", (*record[1:], record[0]))

    def delete(self, table: str, id: int) -> None:
        """Delete a row. Inside an undo step."""
        self.change(f"DELETE FROM {table} WHERE id = ?", (id,))

    def say_also(self, says: str, step: int | None = None) -> None:
        """Append a sentence to that of an undo step, by default the one being written; nothing for an empty one."""
        step = self.step if step is None else step
        if says and step is not None:
            self.change("UPDATE action SET says = says || ? WHERE id = ?", (_("; ") + says, step))

    def take_reattributed(self) -> list[Reattributed]:
        """The outcomes to which the step being written, else the last one, gave another channel.

        Those of the last one are returned once.
        """
        moved, self.reattributed = self.reattributing or self.reattributed, []
        return moved

    @lazy_context
    def transaction(self, before: Sequence[str] = (), after: Sequence[str] = ()) -> Generator[None, None, None]:
        """BEGIN IMMEDIATE to COMMIT: a writer waits its turn at the beginning instead of being refused half-way.

        Inside an open transaction it is part of that one. An exception rolls everything back; an error of SQLite's
        (locked for five seconds, read-only, disk full) is raised as TrackerError. `before` and `after` are statements
        to run right before BEGIN, and after the end.
        """
        if self.connection.in_transaction:
            yield
            return
        try:
            self.verify()  # may open the file again, so the statements in `before` come after it
            if self.refusal:
                raise TrackerError(self.refusal)
            for statement in before:
                self.connection.execute(statement)
            self.connection.execute("BEGIN IMMEDIATE")
            self.writing, changes = True, self.connection.total_changes
            if self.row("PRAGMA user_version")[0] != file_format.VERSION:
                raise newer(self.path)
            if self.real_path:
                if not self._identity.is_same(self.real_path):
                    raise self._moved()  # in this very moment; the next `verify` saves what is in the log
                wal.update_mark(self.connection, wal.read_header(self.real_path))  # by the first transaction in a log
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            self._run_after(after)
            if not isinstance(error, _READ_ERRORS):
                raise
            from tracker.storage import search_index

            if self.rebuilds_index and search_index.is_cause(self.connection, error):
                raise self.rebuild_index() from None
            message = _("cannot write {path}: {reason}")
            raise TrackerError(message.format(path=self.path, reason=self.reason(error))) from None
        self.writing = False
        if self.cache:
            self.cache.committed(self.connection.total_changes - changes)
        if self.real_path:
            if self.waiting() > _LONG_LOG:
                checkpoint(self.connection)
            self._identity.note(self.real_path)
        if self.reattributing is not None:
            self.reattributed, self.reattributing = self.reattributing, None
        self._run_after(after)
        calls, self._when_committed = self._when_committed, []
        for call in calls:
            call()

    def _roll_back(self) -> None:
        self.reattributing, self.writing, self._when_committed = None, False, []
        if self.cache:
            self.cache.rolled_back()
        try:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        except sqlite3.Error:
            pass  # SQLite has rolled back by itself, and the error that was the reason is raised

    def _run_after(self, statements: Sequence[str]) -> None:
        for statement in statements:
            try:
                self.connection.execute(statement)
            except sqlite3.Error:
                continue  # the transaction never began, so there is nothing to undo

    @lazy_context
    def snapshot(self) -> Generator[None, None, None]:
        """BEGIN to COMMIT around reads: all of them see one state of the file, whatever other programs write.

        Inside an open transaction it is part of that one. Else `change` raises RuntimeError while it is open.
        """
        if self.connection.in_transaction:
            yield
            return
        connection = self.connection
        connection.execute("BEGIN")
        try:
            if self.cache:
                self.data_version()  # begins the snapshot: the cache is of this state of the file
        except BaseException:
            connection.execute("ROLLBACK")  # a damaged file: a later write must not join this transaction
            raise
        self.reading = True
        try:
            yield
        finally:
            self.reading = False
            if connection.in_transaction:
                connection.execute("COMMIT")

    def write_if_possible(self, write: Callable[[], object]) -> None:
        """Write what may be lost: without waiting for the disk or another program; nothing where SQLite refuses it.

        Inside an open transaction it is part of that one.
        """
        if self.connection.in_transaction:
            write()
            return
        before = ("PRAGMA busy_timeout = 0", "PRAGMA synchronous = NORMAL")
        after = ("PRAGMA synchronous = FULL", "PRAGMA busy_timeout = 5000")
        try:
            with self.transaction(before, after):
                write()
        except (TrackerError, sqlite3.Error):
            return

    def state(self, name: str) -> str | None:
        """What the program stored for itself under this name, such as where the screens were left; None for nothing."""
        row = self.row("SELECT value FROM state WHERE name = ?", (name,))
        return str(row[0]) if row else None

    def set_state(self, name: str, value: str) -> None:
        """Store a value of the program's own. It is no record: undo does not cover it, and it may be lost."""
        sql = "INSERT INTO state(name, value) VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value"
        self.write_if_possible(lambda: self.change(sql, (name, value)))

    def log_position(self) -> int:
        """The number of the last change in the change log; 0 before the first.

        It differs once any program has changed anything that undo covers.
        """
        return int(self.row("SELECT coalesce(max(id), 0) FROM change")[0])

    def data_version(self) -> int:
        """A number that changes when another program has changed the file, or the file was opened again."""
        if self.reading and self.cache:
            return self.cache.version  # as it was when the snapshot began
        version = (self._reopened << 32) + int(self.row("PRAGMA data_version")[0])
        if self.cache:
            self.cache.seen(version)
        return version

    def ensure_zone(self, zone: str) -> None:
        """Store the zone and its offsets, so that the views can show its wall clock. Inside an undo step."""
        known = self.cache.find(_ZONES, (None,)) if self.cache else None
        if known and (zone,) in known:  # no zone is ever deleted
            return
        if not self.row("SELECT 1 FROM zone_offset WHERE zone = ?", (zone,)):
            offsets = transitions(zone, _FIRST_OFFSET, _LAST_OFFSET)
            self.change("INSERT OR IGNORE INTO zone(name) VALUES (?)", (zone,))
            self.change_many(
                "INSERT OR IGNORE INTO zone_offset(zone, starts, seconds) VALUES (?, ?, ?)",
                [(zone, *step) for step in offsets],
            )

    def zones(self) -> tuple[str, ...]:
        """The zones in which anything was recorded."""
        return tuple(name for (name,) in self.rows(_ZONES))

    def tables_and_views(self) -> tuple[str, ...]:
        """The names of everything in the file that has rows, by name."""
        file = with_sqlite_utils(self.connection)
        return tuple(sorted((*file.table_names(), *file.view_names())))

    def table(self, name: str) -> sqlite_utils.db.Table:
        """A table as sqlite-utils has it, for many rows and outside of the daily commands; written in an undo step."""
        if self.writing:
            self._note_written(f"UPDATE {name}")
        return with_sqlite_utils(self.connection).table(name)

    def table_rows(self, name: str, where: str | None = None, values: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        """The rows of a table as dictionaries, by id. Raises TrackerError where the file cannot be read."""
        try:
            yield from self.table(name).rows_where(where, values, order_by="id")
        except _READ_ERRORS as error:
            raise self.unreadable(error) from None

    # The file.

    def verify(self) -> None:
        """Check that the file and its log are still those that were opened.

        Before each write, and now and then while the file stays open. Where only the log was deleted, its content is
        written into the file and the file is opened again. Raises TrackerError where the file was moved or replaced:
        confirmed changes are in the moved file; this database can be read on, but not written.
        """
        if self.connection.in_transaction:
            return
        if not self.real_path:
            if self._reopen_later:
                self._reopen()
            return
        state = self._look()
        if state in (MOVED, LOG_GONE):
            # The deleted log of another process must not be emptied by this one.
            checkpoint(self.connection, empty=state == MOVED)
        if state == REWRITTEN and not wal.size_of(self.real_path):
            raise self._detach(fits=True)  # emptied: opening it would create a new database
        if state in (LOG_GONE, REWRITTEN):
            self._reopen()
        elif state != SAME:
            raise self._detach(fits=state == MOVED)

    def settle(self) -> None:
        """Write the log into the file as far as possible now, so that the file is complete without it.

        It waits for the disk: for a quiet moment, and for leaving.
        """
        if self.real_path and not self.connection.in_transaction and self._look() == SAME:
            checkpoint(self.connection)
            self._identity.note(self.real_path)

    def waiting(self) -> int:
        """How many bytes are in the log."""
        return wal.size_of(f"{self.real_path}-wal") or 0 if self.real_path else 0

    def when_committed(self, call: Callable[[], None]) -> None:
        """Call a function that raises nothing once the open transaction is on the disk; at once where none is open."""
        if self.connection.in_transaction:
            self._when_committed.append(call)
        else:
            call()

    def backup(self, path: str) -> str:
        """Write a complete copy of the file to `path`, or into that folder; returns its path.

        SQLite's own backup: consistent while others write, write-ahead log included. A temporary file gets its name
        when it is complete; no file is overwritten, a number is added to the name instead. Raises TrackerError, with
        nothing left behind, where it cannot be written, and for the path of the database itself.
        """
        import os

        from tracker.files import file_access

        message = _("cannot write the backup {path}: {reason}")
        if os.path.isdir(path):
            path = os.path.join(path, os.path.basename(self.path))
        else:
            file_access.refuse_database(path, databases=(self.path,))
            if os.path.exists(path) and not os.path.isfile(path):
                raise TrackerError(message.format(path=path, reason=_("it is not a regular file")))
        try:
            with file_access.temporary_file(path) as temporary:
                # SQLite lets no connection copy while it writes itself, as one that is about to migrate does.
                writable = self.real_path and not self.refusal
                source = file_format.read_only(self.real_path) if writable else self.connection
                # After the source, which may not be there: nothing is left open then.
                target = sqlite3.connect(temporary)
                try:
                    source.backup(target)
                    renew_mark(target)
                finally:
                    target.close()
                    if source is not self.connection:
                        source.close()
                ending = os.path.splitext(self.path)[1]
                return file_access.rename_to_free_name(temporary, path, ending, databases=(self.path,))
        except (OSError, sqlite3.Error) as error:
            raise TrackerError(message.format(path=path, reason=reason(error))) from None

    def unreadable(self, error: Exception) -> TrackerError:
        """The error for what SQLite could not read."""
        if getattr(error, "sqlite_errorname", "") == "SQLITE_IOERR_SHORT_READ":
            self._identity.distrust()  # the log is shorter than it was
        return TrackerError(_("cannot read {path}: {reason}").format(path=self.path, reason=self.reason(error)))

    def reason(self, error: Exception) -> str:
        """What an error means, as the end of a sentence. It says "damaged" only where a check finds damage.

        SQLite also reports damage where the disk did not return a page.
        """
        if not reports_damage(error) or self._inode is None:
            return reason(error)
        try:
            copy = in_memory(connections.content(self._inode), wal.read(self.real_path))
        except OSError as failed:
            return reason(failed)
        except sqlite3.Error:
            return reason(error)
        try:
            result = copy.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.Error:
            return reason(error)
        finally:
            copy.close()
        return disk_error() if result == ("ok",) else reason(error)

    def rebuild_index(self) -> TrackerError:
        """Build the search index again; returns the error for what could not be done because it was damaged."""
        from contextlib import closing

        from tracker.storage import search_index

        try:
            # Through a connection of its own: this one may have read the damaged index.
            with closing(self.writer()) as database:
                database.rebuilds_index = False
                with database.transaction():
                    search_index.rebuild(database.connection)
        except TrackerError:
            message = _("the search index of {path} is damaged; `tracker doctor --rebuild-index` builds it again")
            return TrackerError(message.format(path=self.path))
        return IndexRebuilt(_("the search index was damaged and has been built again; nothing was saved: try again"))

    def _prepare(self) -> None:
        """Refuse a file that is not ours or is newer; create or migrate the schema where due. Raises TrackerError."""
        try:
            application, version = file_format.versions(self.connection)
            if application == APPLICATION_ID and version == file_format.VERSION:
                if self.refusal is None:
                    _switch_to_wal(self.connection)
                return
            new = file_format.is_new(self.connection)
        except sqlite3.Error as error:
            why = self.reason(error) if self.real_path else reason(error)
            cannot = TrackerError(_("cannot open {path}: {reason}").format(path=self.path, reason=why))
            if not self.real_path or not is_sidecar_error(error):
                raise cannot from None
            try:
                # SQLite cannot create its files beside the database, on a full disk for example: read a copy.
                if self._inode is not None:
                    self._replace(in_memory(connections.content(self._inode), wal.read(self.real_path)))
                self.refusal = str(cannot)
            except (OSError, sqlite3.Error):
                raise cannot from None
            self._prepare()
            return
        if not new:
            file_format.refuse_foreign(self.connection, self.path)
        if self.refusal is None:
            self._migrate(version)
        else:
            copy = in_memory(self.connection.serialize())
            bring_up_to_date(copy)
            self._replace(copy)

    def _migrate(self, version: int) -> None:
        """Create or migrate the schema; after an error the file is as it was. Raises TrackerError.

        BEGIN IMMEDIATE takes the write lock first: a deferred transaction would be refused at once when it begins to
        write (TRAPS). So several processes that open a new file wait for each other, and only the first creates it.
        """
        from tracker.storage.schema import create, migrate

        connection = self.connection
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                if file_format.versions(connection) != (APPLICATION_ID, file_format.VERSION):
                    if file_format.is_new(connection):
                        create(connection)
                    else:
                        kept = f"{self.path}.before-v{file_format.VERSION}"
                        if not file_format.is_copied(connection, kept):  # a migration that was killed has left it
                            self.backup(kept)
                        migrate(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            _switch_to_wal(connection)
        except sqlite3.Error as error:
            raise TrackerError(
                _("cannot bring {path} from version {old} to {new}: {reason}; it is as it was").format(
                    path=self.path, old=version, new=file_format.VERSION, reason=reason(error)
                )
            ) from None

    def _look(self) -> str:
        try:
            return self._identity.look(self.real_path, self.connection)
        except sqlite3.ProgrammingError:
            return SAME  # closed already

    def _reopen(self) -> None:
        self._reopened += 1
        if self.cache:
            self.cache.seen(-1)  # its answers are from the file before
        if self.real_path:
            self._replace(self._copy_in_memory())
        try:
            opened = connections.connect(self.path, create=False)
        except TrackerError as error:
            # If another process is the reason, it may be over in a second.
            self._reopen_later = isinstance(error, UnfitLog) and error.used
            self.refusal = str(error)
            raise
        connections.disconnect(self.connection, None)
        self.connection, self.real_path, self._inode, self.refusal, self.warning = opened
        self._reopen_later = False
        self._identity = FileIdentity(opened.inode)
        self._prepare()
        self._identity.note(self.real_path)

    def _detach(self, *, fits: bool) -> TrackerError:
        """Leave a file that is not at its place any more, and go on reading from a copy in memory.

        `fits`: the log belongs to the file. Else it is left as it is: it belongs to the file that was written over.
        """
        copy, kept = self._copy_in_memory(), None
        if fits and self._inode and connections.is_deleted(self._inode):
            kept = connections.keep_deleted(self._inode, self.real_path)
        error = self._moved(kept)
        self.refusal = str(error)
        if self._inode and not fits:
            connections.abandon(self.connection, self._inode, self.real_path)
            self.connection, self.real_path, self._inode = copy, "", None
        else:
            self._replace(copy)
        return error

    def _replace(self, copy: sqlite3.Connection) -> None:
        """Close the file and go on with a copy in memory."""
        connections.disconnect(self.connection, self._inode)
        self.connection, self.real_path, self._inode = copy, "", None

    def _copy_in_memory(self) -> sqlite3.Connection:
        """The content of the file in memory; an empty database where it cannot be read."""
        try:
            copy = in_memory(connections.content(self._inode)) if self._inode else None
            if copy and copy.execute("SELECT count(*) FROM session").fetchone():
                return copy
        except (OSError, sqlite3.Error):
            pass
        empty = sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)
        bring_up_to_date(empty)
        return empty

    def _moved(self, kept: str | None = None) -> TrackerError:
        message = _(
            "{path} was moved, deleted or replaced while open. Nothing more is saved: put the file "
            "back, then start tracker again"
        )
        if kept:
            message = _(
                "{path} was deleted or replaced while open. What was saved is in {kept}. Nothing more is "
                "saved: start tracker again"
            )
        return TrackerError(message.format(path=self.path, kept=kept))


def bring_up_to_date(copy: sqlite3.Connection) -> None:
    """Create or migrate the schema of a database in memory, which can only be read afterwards."""
    from tracker.storage.schema import create, migrate

    copy.execute("PRAGMA query_only = OFF")
    if file_format.is_new(copy):
        create(copy)
    elif file_format.versions(copy) != (APPLICATION_ID, file_format.VERSION):
        migrate(copy)
    copy.execute("PRAGMA query_only = ON")


def with_sqlite_utils(connection: sqlite3.Connection) -> sqlite_utils.Database:
    """A connection as sqlite-utils has it. Importing that takes 75 ms, so the daily commands do without.

    The connection stays as it is: sqlite-utils would turn `recursive_triggers` on, which changes what REPLACE logs.
    """
    import sqlite_utils

    return sqlite_utils.Database(connection, execute_plugins=False, recursive_triggers=False)


def renew_mark(copied: sqlite3.Connection) -> None:
    """Give a copy of the file a new mark, so that no write-ahead log of another file matches it."""
    from contextlib import suppress

    with suppress(sqlite3.OperationalError):  # a file that is about to be migrated may be older than the mark
        wal.renew_mark(copied)
    copied.commit()


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Use a write-ahead log: readers and one writer at the same time. The file keeps this, so it is rarely needed.

    SQLite refuses the switch while another connection is open; the next program that opens the file tries again.
    """
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            return


def _select(kind: type[tuple[Any, ...]], rest: str) -> str:
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]  # a Record
    columns = ", ".join(f'"{field}"' for field in fields)
    return f"SELECT {columns} FROM {table_of(kind)} {rest}"


def table_of(kind: type[tuple[Any, ...]]) -> str:
    """`day_note` for DayNote: the table that has the name of a kind of records."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind.__name__)[1:]


def _columns(record: tuple[Any, ...]) -> list[str]:
    """The columns of a record but for its id, quoted."""
    fields: tuple[str, ...] = record._fields[1:]  # type: ignore[attr-defined]  # a Record or NamedTuple
    return [f'"{field}"' for field in fields]
