"""What an import has read and not yet written: kept in private temporary databases, so that it needs little memory.

SQLite keeps such a database in its page cache, and in a nameless file where it is larger. Of a `Staging`, `add` takes
the records in any order; `compare` finds out which of them are new, with the facts that are known here; `rows_by_start`
and `facts_by_key` give the result in the orders in which it is planned and written. Nothing here touches the log.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from tracker.domain.errors import TrackerError
from tracker.locale import _
from tracker.storage.file_format import reason
from tracker.storage.imported_facts import GONE, IN_FRONT, NOTHING_FOLLOWED, UNTIL_NEXT

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    #: Channel, start and end in UTC seconds, key, how the end was estimated, words of a person as JSON or None, and
    #: whether it is a second record of its row.
    Record = tuple[str, int, int, int, int, str | None, bool]

    #: (start, end, how the end was estimated, channel, rows of the source, state, details). The details of a record
    #: are its words as JSON, those of OTHER the format.
    StagedRow = tuple[int, int, int, str, int, int, str | None]

    #: (key, channel, start, end, how the end was estimated)
    KeyedFact = tuple[int, str, int, int, int]

#: The states of a row. Of what was read: NEW; NEW_KEY is new under a key that replaces one of an earlier version;
#: COMPLETED is known and more certain now; MENDED was read wrongly before. Of what is known: KEPT stays as it is,
#: REPLACED has been completed, REPAIRED has been mended, REMOVED is no record. OTHER is a fact of another format.
NEW, NEW_KEY, COMPLETED, MENDED, KEPT, REPLACED, REPAIRED, REMOVED, OTHER = range(9)

_TABLES = """
    CREATE TABLE record (
        channel TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, key INTEGER PRIMARY KEY,
        estimated INTEGER NOT NULL, details TEXT, rows INTEGER NOT NULL, place INTEGER
    );
    CREATE TABLE use (start INTEGER PRIMARY KEY, "end" INTEGER NOT NULL);
    CREATE TABLE not_record (key INTEGER NOT NULL, in_future INTEGER NOT NULL);
    CREATE TABLE previous (key INTEGER PRIMARY KEY, old INTEGER NOT NULL);
    CREATE TABLE known (
        key INTEGER PRIMARY KEY, channel TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
        estimated INTEGER NOT NULL
    );
    CREATE TABLE gone (key INTEGER PRIMARY KEY);
    CREATE TABLE latest (
        channel TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL, key INTEGER PRIMARY KEY,
        estimated INTEGER NOT NULL, details TEXT, rows INTEGER NOT NULL, place INTEGER, state INTEGER NOT NULL
    );
    CREATE TABLE other (
        format TEXT NOT NULL, key INTEGER NOT NULL, channel TEXT NOT NULL, start INTEGER NOT NULL,
        "end" INTEGER NOT NULL, estimated INTEGER NOT NULL, PRIMARY KEY (format, key)
    ) WITHOUT ROWID;
"""


def _surer(new: str, old: str) -> str:
    """SQL for "the reading `new` of a record is more certain than `old`": the same whichever was read first.

    Time in front is more certain than what the source measured, that more than an estimate by what came next, and that
    more than an estimate without anything next. Of two measured ends the later is true (a browser writes it when the
    visit is over), of two estimates by what came next the earlier. That the same measured time was in front is no news.
    """
    spans = f'({new}.start, {new}."end")', f'({old}.start, {old}."end")'
    return (
        f"iif({new}.estimated <> {old}.estimated, {new}.estimated < {old}.estimated, iif({new}.estimated = "
        f"{UNTIL_NEXT}, {spans[0]} < {spans[1]}, {spans[0]} > {spans[1]})) "
        f"AND ({spans[0]} <> {spans[1]} OR {new}.estimated > 0 OR {old}.estimated > 0)"
    )


#: Of several readings of one measured record the most certain; its channel is that of the first.
_MEASURED_AGAIN = "ON CONFLICT(key) DO UPDATE SET rows = rows + excluded.rows, " + ", ".join(
    f'"{name}" = iif({_surer("excluded", "record")}, excluded."{name}", record."{name}")'
    for name in ("start", "end", "estimated")
)

#: Of several rows of one recorded record the last.
_ADD_RECORDED = (
    'INSERT INTO record(channel, start, "end", key, estimated, details, rows, place) '
    "VALUES (?, ?, ?, ?, ?, ?, NOT ?, ?) ON CONFLICT(key) DO UPDATE SET channel = excluded.channel, "
    'start = excluded.start, "end" = excluded."end", estimated = excluded.estimated, details = excluded.details'
)

#: The fields of a measured record, which has no details.
_measured = itemgetter(0, 1, 2, 3, 4, 6)

#: Records written by one statement: each statement takes time of its own.
_ROWS_A_STATEMENT = 100


class Staging:
    """The records of one import. `is_recorded` says that a person recorded them: then each is as it is."""

    def __init__(self, *, is_recorded: bool = False) -> None:
        self._is_recorded = is_recorded
        self._connection = _temporary()
        self._added = 0
        self._is_compared = False
        for sql in _TABLES.split(";")[:-1]:
            self._connection.execute(sql)

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()

    def add(self, records: Sequence[Record]) -> None:
        """Stage records."""
        if self._is_recorded:
            places = range(self._added, self._added + len(records))
            self._many(_ADD_RECORDED, ((*record, place) for record, place in zip(records, places, strict=True)))
        else:
            rows = map(_measured, records)
            while batch := tuple(islice(rows, _ROWS_A_STATEMENT)):
                self._run(
                    'INSERT INTO record(channel, start, "end", key, estimated, rows) VALUES '
                    f"{', '.join(['(?, ?, ?, ?, ?, NOT ?)'] * len(batch))} {_MEASURED_AGAIN}",
                    tuple(chain.from_iterable(batch)),
                )
        self._added += len(records)

    def add_uses(self, uses: Iterable[tuple[int, int]]) -> None:
        """Stage from when to when a device was used (UTC seconds)."""
        self._many("INSERT OR REPLACE INTO use VALUES (?, ?)", uses)

    def add_no_records(self, keys: Iterable[int], *, in_future: bool) -> None:
        """Stage keys of rows that are no records, or that lie in the future."""
        self._many("INSERT INTO not_record VALUES (?, ?)", ((key, in_future) for key in keys))

    def add_previous_keys(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Stage the keys of records, each with the key under which an earlier version read it."""
        self._many("INSERT OR REPLACE INTO previous VALUES (?, ?)", pairs)

    def leave_out(self, keys: Iterable[int], oldest: int) -> int:
        """Forget the records with these keys, and those that begin before `oldest`; returns how many rows they were."""
        self._run("CREATE TEMP TABLE unwanted (key INTEGER PRIMARY KEY)")
        self._many("INSERT OR IGNORE INTO unwanted VALUES (?)", ((key,) for key in keys))
        where = "WHERE start < ? OR key IN (SELECT key FROM unwanted)"
        ((rows,),) = self._run(f"SELECT coalesce(sum(rows), 0) FROM record {where}", (oldest,))
        self._run(f"DELETE FROM record {where}", (oldest,))
        self._run("DROP TABLE unwanted")
        return int(rows)

    def totals(self) -> tuple[int, int | None, int | None, int]:
        """The number of rows, the first start and the last end of their records, and how many have an estimated end."""
        ((rows, first, last, estimated),) = self._run(
            'SELECT coalesce(sum(rows), 0), min(start), max("end"), coalesce(sum(estimated > 0), 0) FROM record'
        )
        return rows, first, last, estimated

    def compare(
        self,
        known: Iterable[KeyedFact],
        others: Iterable[tuple[str, int, str, int, int, int]] = (),
        *,
        distrusted: Collection[int] = (),
        last_used: int = 0,
        previous_may_collide: bool = False,
    ) -> bool:
        """Find out what is new, completed or no record. Returns whether keys of an earlier version were known.

        `known` are the readings of the format's facts, oldest first; `others` readings of facts of other formats, each
        behind its format. What was known with an end of an estimate in `distrusted` is read again. Keys that lie in the
        future do not count where they were read as something after `last_used`, in UTC seconds. Where
        `previous_may_collide`, the keys of earlier versions count only if at least half of them are known.
        """
        for table in ("known", "gone", "latest", "other"):
            self._run(f"DELETE FROM {table}")
        self._many("INSERT OR REPLACE INTO known VALUES (?, ?, ?, ?, ?)", known)
        self._many("INSERT OR REPLACE INTO other VALUES (?, ?, ?, ?, ?, ?)", others)
        for table in ("known", "other"):
            self._run(f"DELETE FROM {table} WHERE estimated = {GONE}")
        self._is_compared = bool(self._run("SELECT 1 FROM known UNION ALL SELECT 1 FROM other LIMIT 1"))
        if not self._is_compared:
            return False
        self._run("CREATE TEMP TABLE replaced AS SELECT key, old FROM previous WHERE old IN (SELECT key FROM known)")
        ((replaced, every),) = self._run("SELECT (SELECT count(*) FROM replaced), (SELECT count(*) FROM previous)")
        if previous_may_collide and 2 * replaced < every:
            replaced = 0
            self._run("DELETE FROM replaced")
        is_distrusted = f"known.estimated IN ({', '.join(map(str, distrusted))})"
        is_news = (
            f'iif({is_distrusted}, (record.start, record."end") <> (known.start, known."end") OR record.estimated > 0, '
            f"{_surer('record', 'known')})"
        )
        self._run(
            'INSERT INTO latest SELECT coalesce(known.channel, record.channel), record.start, record."end", '
            "record.key, record.estimated, details, rows, place, CASE "
            f"WHEN known.key IS NULL THEN iif(record.key IN (SELECT key FROM replaced), {NEW_KEY}, {NEW}) "
            f"WHEN {is_distrusted} OR (record.estimated < known.estimated AND known.estimated < {NOTHING_FOLLOWED}) "
            f"THEN {MENDED} ELSE {COMPLETED} END "
            "FROM record LEFT JOIN known ON known.key = record.key "
            f"WHERE known.key IS NULL OR {'0' if self._is_recorded else is_news}"
        )
        # Another copy of the history may have seen the page in front. A clock that was set back makes no mistake of
        # what happened.
        self._run(
            "INSERT OR IGNORE INTO gone SELECT key FROM (SELECT key FROM not_record JOIN known USING (key) "
            f"WHERE iif(in_future, start > ?, estimated <> {IN_FRONT}) UNION SELECT old FROM replaced) "
            "WHERE key NOT IN (SELECT key FROM latest)",
            (last_used,),
        )
        self._run("DROP TABLE replaced")
        return bool(replaced)

    def has_news(self) -> bool:
        """Whether anything is new, completed or no record."""
        table = "latest" if self._is_compared else "record"
        return bool(self._run(f"SELECT 1 FROM (SELECT 1 FROM {table} LIMIT 1) UNION ALL SELECT 1 FROM gone LIMIT 1"))

    def new_channels(self) -> list[str]:
        """The channels of what is new, by name."""
        news = f"latest WHERE state <= {NEW_KEY}" if self._is_compared else "record"
        return [name for (name,) in self._run(f"SELECT DISTINCT channel FROM {news} ORDER BY 1")]

    def counted(self) -> int:
        """How many rows `rows_by_start` gives."""
        if not self._is_compared:
            return int(self._run("SELECT count(*) FROM record")[0][0])
        return sum(self._run(f"SELECT count(*) FROM {table}")[0][0] for table in ("latest", "known", "other"))

    def rows_by_start(self) -> Iterator[StagedRow]:
        """What is new and what is known, by start; of one start in the order in which it was read."""
        if not self._is_compared:
            columns = f'start, "end", estimated, channel, rows, {NEW}, details'
            sql = f'SELECT {columns} FROM record ORDER BY start, place, "end"'
        elif self._is_recorded:
            sql = 'SELECT start, "end", estimated, channel, rows, state, details FROM latest ORDER BY start, place'
        else:
            sql = (
                'SELECT start, "end", estimated, channel, rows, state, NULL FROM latest '
                'UNION ALL SELECT known.start, known."end", known.estimated, known.channel, 0, '
                f"CASE WHEN gone.key IS NOT NULL THEN {REMOVED} WHEN latest.key IS NULL THEN {KEPT} "
                f"WHEN state = {MENDED} THEN {REPAIRED} ELSE {REPLACED} END, NULL "
                "FROM known LEFT JOIN latest ON latest.key = known.key LEFT JOIN gone ON gone.key = known.key "
                f'UNION ALL SELECT start, "end", estimated, channel, 0, {OTHER}, format FROM other ORDER BY 1, 2, 3'
            )
        return _stream(self._connection, sql)

    def facts_by_key(self) -> Iterator[KeyedFact]:
        """The facts to remember: what is new or completed, and what is GONE; ascending."""
        facts = 'SELECT key, channel, start, "end", estimated FROM'
        if not self._is_compared:
            return _stream(self._connection, f"{facts} record ORDER BY key")
        gone = f"SELECT key, channel, start, start, {GONE} FROM gone JOIN known USING (key)"
        return _stream(self._connection, f"{facts} latest UNION ALL {gone} ORDER BY 1")

    def uses(self) -> Iterator[tuple[int, int]]:
        """From when to when a device was used, by start."""
        return _stream(self._connection, 'SELECT start, "end" FROM use ORDER BY start')

    def _run(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        with _refusing():
            return self._connection.execute(sql, values).fetchall()

    def _many(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        with _refusing():
            self._connection.executemany(sql, rows)


def _stream(connection: sqlite3.Connection, sql: str) -> Iterator[Any]:
    """Each row of an answer, a few at a time. Raises TrackerError where the disk is full."""
    with _refusing():
        cursor = connection.execute(sql)
        while rows := cursor.fetchmany(1_000):
            yield from rows


@contextmanager
def _refusing() -> Iterator[None]:
    """Raise TrackerError where a private temporary database cannot be written."""
    try:
        yield
    except sqlite3.Error as error:
        raise TrackerError(_("cannot write a temporary file: {reason}").format(reason=reason(error))) from None


def _temporary() -> sqlite3.Connection:
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN")
    return connection


class _TemporaryTable:
    """One table of so many `columns` (numbers, texts, None) in a private temporary database, until `close`."""

    def __init__(self, columns: int) -> None:
        self._connection = _temporary()
        self._marks = ", ".join("?" * columns)
        with _refusing():
            self._connection.execute(f"CREATE TABLE stored ({', '.join(f'c{number}' for number in range(columns))})")

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows after the others."""
        with _refusing():
            self._connection.executemany(f"INSERT INTO stored VALUES ({self._marks})", rows)

    def rows(self, order: str) -> Iterator[Any]:
        """Every row, a few at a time, in the order of these columns."""
        return _stream(self._connection, f"SELECT * FROM stored ORDER BY {order}")

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()


class ManyRows:
    """Rows of so many `columns` (numbers, texts, None), to be gone through more than once in little memory.

    The first `most` are held, the others are in a private temporary database until `close`.
    """

    def __init__(self, columns: int, most: int) -> None:
        self._columns, self._most = columns, most
        self._held: list[Any] = []
        self._rest: _TemporaryTable | None = None

    def add(self, rows: Iterable[Sequence[Any]]) -> None:
        """Add rows after the others. Raises TrackerError where the disk is full."""
        remaining = iter(rows)
        self._held += islice(remaining, self._most - len(self._held))
        for row in remaining:
            self._rest = self._rest or _TemporaryTable(self._columns)
            self._rest.add(chain((row,), remaining))

    def __iter__(self) -> Iterator[Any]:
        """Every row, in the order in which they were added."""
        return chain(self._held, self._rest.rows("rowid") if self._rest else ())

    def close(self) -> None:
        """Forget everything."""
        self._held = []
        if self._rest:
            self._rest.close()


def sorted_rows(rows: Iterable[Sequence[Any]], columns: int, by: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows of so many columns (numbers, texts, None) in the order of their first `by` columns.

    All rows are taken before the first is given. Raises TrackerError where the disk is full.
    """
    with closing(_TemporaryTable(columns)) as table:
        table.add(rows)
        yield from table.rows(", ".join(f"c{number}" for number in range(by)))
