"""The open database: reading it, and writing to it in transactions."""

from __future__ import annotations

import sqlite3
from itertools import chain, islice

from tracker.calendar.clock import transitions
from tracker.domain.errors import IndexRebuilt, TrackerError
from tracker.files.file_access import lazy_context
from tracker.locale import _
from tracker.storage import file_format
from tracker.storage.database_file import DatabaseFile
from tracker.storage.file_format import newer

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeVar

    import sqlite_utils

    from tracker.domain.models import Reattributed
    from tracker.storage.read_cache import ReadCache

    RecordType = TypeVar("RecordType", bound=tuple[Any, ...])
    #: The values of a statement: by place, or by name.
    Values = Iterable[Any] | dict[str, Any]

#: The instants for which the offsets of a zone are stored, for the views: 1995 to 2060.
_FIRST_OFFSET, _LAST_OFFSET = 788_918_400, 2_840_140_800

#: What reading may raise: SQLite's errors, an integer of more than 64 bits, a text that is no UTF-8, and a length that
#: is larger than the memory.
_READ_ERRORS = (sqlite3.Error, OverflowError, UnicodeError, MemoryError)

#: Rows that one statement inserts of very many.
_ROWS_A_STATEMENT = 100

_ZONES = "SELECT name FROM zone"


class Database:
    """An open database. Reading is free; changes of the user's are made inside `undo_steps.undo_step`."""

    def __init__(self, file: DatabaseFile, *, rebuilds_index: bool = True) -> None:
        self.file = file
        #: The id of the undo step being written, if one is.
        self.step: int | None = None
        #: The outcomes to which the last committed step gave another channel; and the step being written, so far.
        self.reattributed: list[Reattributed] = []
        self.reattributing: list[Reattributed] | None = None
        #: A cache of `person_names`, and the state of the file for which it holds.
        self.name_spellings: tuple[tuple[int, int], dict[str, list[str]]] | None = None
        #: What reads have answered, where the same is asked again and again; None for commands.
        self.cache: ReadCache | None = None
        #: Whether a transaction for writing is open: its reads go to the file.
        self.writing = False
        #: Whether a snapshot is open: nothing may be written in it.
        self.reading = False
        #: Whether a transaction that a damaged search index hinders builds it again.
        self._rebuilds_index = rebuilds_index
        #: What to do once the open transaction is on the disk.
        self._when_committed: list[Callable[[], None]] = []

    @classmethod
    def open(cls, path: str) -> Database:
        """Open the file at `path`, creating or migrating it where needed; see `DatabaseFile.open`."""
        return cls(DatabaseFile.open(path))

    @classmethod
    def temporary(cls) -> Database:
        """A new database in a temporary file. No path leads to it: what a command records there would be lost."""
        return cls(DatabaseFile.temporary())

    @property
    def connection(self) -> sqlite3.Connection:
        """SQLite's connection; another one after the file was opened again."""
        return self.file.connection

    def reader(self) -> Database:
        """The same file for another thread, which reads with it and closes it; see `DatabaseFile.reader`."""
        return Database(self.file.reader())

    def writer(self) -> Database:
        """The same file for another thread, which writes with it and closes it; see `DatabaseFile.writer`."""
        return Database(self.file.writer())

    def close(self) -> None:
        """Close the file."""
        self.file.close()

    def __enter__(self) -> Database:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # Reading and writing.

    def rows(self, sql: str, values: Values = ()) -> list[Any]:
        """All rows that `sql` answers, as tuples. Raises TrackerError where the file cannot be read."""
        return self._query(sql, values, None)

    def row(self, sql: str, values: Values = ()) -> Any:
        """The first row that `sql` answers, or None. Raises TrackerError where the file cannot be read."""
        rows = self._query(sql, values, 1)
        return rows[0] if rows else None

    def _query(self, sql: str, values: Values, number: int | None) -> list[Any]:
        """The first `number` rows that `sql` answers, or all (None); from the cache where it has them."""
        cache = None if self.writing else self._current_cache()
        given = values if isinstance(values, dict) else tuple(values)
        key = (number, *(given.items() if isinstance(given, dict) else given))
        cached = cache.find(sql, key) if cache else None
        if cached is not None:
            return list(cached)
        try:
            cursor = self.connection.execute(sql, given)
            rows = cursor.fetchall() if number is None else cursor.fetchmany(number)
        except _READ_ERRORS as error:
            raise self.file.unreadable(error) from None
        if cache:
            cache.keep(sql, key, rows)
        return rows

    def _current_cache(self) -> ReadCache | None:
        """The cache, which forgets everything where the file was opened again since."""
        if self.cache and self.cache.version >> 32 != self.file.reopened:
            self.cache.seen(self.file.reopened << 32)
        return self.cache

    def records(self, kind: type[RecordType], rest: str, values: Values = ()) -> list[RecordType]:
        """The records of a kind whose table has its name and fields; `rest` is the SQL behind the table's name."""
        return [record_of(kind, row) for row in self.rows(_select(kind, rest), values)]

    def record(self, kind: type[RecordType], rest: str, values: Values = ()) -> RecordType | None:
        """The first of these records, or None."""
        row = self.row(_select(kind, rest), values)
        return record_of(kind, row) if row else None

    def batches(self, sql: str, values: Sequence[Any] = ()) -> Iterator[list[Any]]:
        """The rows that `sql` answers, a thousand at a time. Raises TrackerError where the file cannot be read."""
        try:
            cursor = self.connection.execute(sql, values)
            while rows := cursor.fetchmany(1_000):
                yield rows
        except _READ_ERRORS as error:
            raise self.file.unreadable(error) from None

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[Any]:
        """Each row that `sql` answers, of so many that they are not to be held at once. Raises TrackerError."""
        return chain.from_iterable(self.batches(sql, values))

    def change(self, sql: str, values: Iterable[Any] = ()) -> int:
        """Run one writing statement inside an undo step; returns the id of an inserted row."""
        self._note_written(sql)
        return self.connection.execute(sql, tuple(values)).lastrowid or 0

    def change_many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Run one writing statement for each of many rows, inside an undo step."""
        self._note_written(sql)
        self.connection.executemany(sql, rows)

    def insert_rows(self, into: str, marks: str, rows: Iterable[Sequence[Any]], shared: Sequence[Any] = ()) -> None:
        """Insert very many rows, inside an undo step. `shared` are values of all rows, which `marks` names by number.

        Each statement takes time of its own, so one inserts many rows; SQLite takes 32,766 values. The insert_all of
        sqlite-utils takes six times as long. The pages of many indexes are touched, more than SQLite's cache of
        2 MB holds.
        """
        self.change("PRAGMA cache_size = -16384")
        remaining = iter(rows)
        while batch := tuple(islice(remaining, _ROWS_A_STATEMENT)):
            values = (*shared, *chain.from_iterable(batch))
            self.connection.execute(f"{into} VALUES {', '.join([marks] * len(batch))}", values)

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

    def upsert(self, table: str, key: Sequence[str], values: Mapping[str, object]) -> None:
        """Insert a row, or write its values over those of the row with the same unique `key`. Inside an undo step."""
        names = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        written = ", ".join(f'"{name}" = excluded."{name}"' for name in values if name not in key)
        conflict = f"ON CONFLICT({', '.join(key)}) DO UPDATE SET {written}"
        self.change(f"INSERT INTO {table}({names}) VALUES ({marks}) {conflict}", values.values())

    def say_also(self, says: str, step: int | None = None) -> None:
        """Append a sentence to that of an undo step, by default the one being written; nothing for an empty one."""
        step = self.step if step is None else step
        if says and step is not None:
            self.change("UPDATE action SET says = says || ? WHERE id = ?", (_("; ") + says, step))

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
            self.file.verify()  # may open the file again, so the statements in `before` come after it
            if self.file.refusal:
                raise TrackerError(self.file.refusal)
            for statement in before:
                self.connection.execute(statement)
            self.connection.execute("BEGIN IMMEDIATE")
            self.writing, changes = True, self.connection.total_changes
            if self.row("PRAGMA user_version")[0] != file_format.VERSION:
                raise newer(self.file.path)
            self.file.mark_log()
            yield
            self.connection.execute("COMMIT")
        except BaseException as error:
            self._roll_back()
            self._run_after(after)
            if not isinstance(error, _READ_ERRORS):
                raise
            from tracker.storage import search_index

            if self._rebuilds_index and search_index.is_cause(self.connection, error):
                raise self.rebuild_index() from None
            message = _("cannot write {path}: {reason}")
            raise TrackerError(message.format(path=self.file.path, reason=self.file.reason(error))) from None
        self.writing = False
        if self.cache:
            self.cache.committed(self.connection.total_changes - changes)
        self.file.note_written()
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
        self.write_if_possible(lambda: self.upsert("state", ("name",), {"name": name, "value": value}))

    def log_position(self) -> int:
        """The number of the last change in the change log; 0 before the first.

        It differs once any program has changed anything that undo covers.
        """
        return int(self.row("SELECT coalesce(max(id), 0) FROM change")[0])

    def data_version(self) -> int:
        """A number that changes when another program has changed the file, or the file was opened again."""
        if self.reading and self.cache:
            return self.cache.version  # as it was when the snapshot began
        version = (self.file.reopened << 32) + int(self.row("PRAGMA data_version")[0])
        if self.cache:
            self.cache.seen(version)
        return version

    def ensure_zone(self, zone: str) -> None:
        """Store the zone and its offsets, so that the views can show its wall clock. Inside an undo step."""
        cache = self._current_cache()
        known = cache.find(_ZONES, (None,)) if cache else None
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

    def table_rows(self, name: str, where: str = "1", values: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        """The rows of a table as dictionaries, by id. Raises TrackerError where the file cannot be read."""
        sql = f"SELECT * FROM {name} WHERE {where} ORDER BY id"
        try:  # `rows_where` would read the names of all tables and views first
            yield from with_sqlite_utils(self.connection).query(sql, values)
        except _READ_ERRORS as error:
            raise self.file.unreadable(error) from None

    def when_committed(self, call: Callable[[], None]) -> None:
        """Call a function that raises nothing once the open transaction is on the disk; at once where none is open."""
        if self.connection.in_transaction:
            self._when_committed.append(call)
        else:
            call()

    def rebuild_index(self) -> TrackerError:
        """Build the search index again; returns the error for what could not be done because it was damaged."""
        from tracker.storage import search_index

        try:
            # Through a connection of its own: this one may have read the damaged index.
            with Database(self.file.writer(), rebuilds_index=False) as database, database.transaction():
                search_index.rebuild(database.connection)
        except TrackerError:
            message = _("the search index of {path} is damaged; `tracker doctor --rebuild-index` builds it again")
            return TrackerError(message.format(path=self.file.path))
        return IndexRebuilt(_("the search index was damaged and has been built again; nothing was saved: try again"))


def with_sqlite_utils(connection: sqlite3.Connection) -> sqlite_utils.Database:
    """A connection as sqlite-utils has it. Importing that takes 75 ms, so the daily commands do without.

    The connection stays as it is: sqlite-utils would turn `recursive_triggers` on, which changes what REPLACE logs.
    """
    import sqlite_utils

    return sqlite_utils.Database(connection, execute_plugins=False, recursive_triggers=False)


def _select(kind: type[tuple[Any, ...]], rest: str) -> str:
    fields: tuple[str, ...] = kind._fields  # type: ignore[attr-defined]  # a Record
    columns = ", ".join(f'"{field}"' for field in fields)
    return f"SELECT {columns} FROM {table_of(kind)} {rest}"


def table_of(kind: type[tuple[Any, ...]]) -> str:
    """`day_note` for DayNote: the table that has the name of a kind of records."""
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind.__name__)[1:]


#: By kind of records: the places of its booleans, which SQLite stores as 0 and 1, and whether each may be None.
_booleans: dict[type[Any], list[tuple[int, bool]]] = {}


def record_of(kind: type[RecordType], row: Sequence[Any]) -> RecordType:
    """The record of a kind in a row of its fields; a NULL where a boolean must be is False."""
    if kind not in _booleans:
        types = enumerate(kind.__annotations__.values())
        _booleans[kind] = [(place, type != "bool") for place, type in types if type.startswith("bool")]
    values = list(row)
    for place, may_be_none in _booleans[kind]:
        values[place] = None if may_be_none and values[place] is None else values[place] == 1
    made: RecordType = kind._make(values)  # type: ignore[attr-defined]  # a Record
    return made


def _columns(record: tuple[Any, ...]) -> list[str]:
    """The columns of a record but for its id, quoted."""
    fields: tuple[str, ...] = record._fields[1:]  # type: ignore[attr-defined]  # a Record or NamedTuple
    return [f'"{field}"' for field in fields]
