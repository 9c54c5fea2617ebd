"""The full-text index as SQL and its tables: making it, keeping it by triggers, and whether SQLite can use it."""

from __future__ import annotations

import sqlite3

from tracker.storage.file_format import MEMORY

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the number of a record in the index begins with: kind times this, plus the id of its row. So a session has its
#: own id there, which lets Datasette search the table `session`, and records of few come before sessions of many.
SEARCH_KIND = 10**15

#: The columns of the index. `reason` is why a session was begun or went on in spite of its budget or plan.
SEARCH_COLUMNS = ("intention", "person", "trigger", "note", "reason")

#: By table, in the order of their kinds: the columns of the index, each with the columns of the table it is made of.
SEARCHED: dict[str, dict[str, tuple[str, ...]]] = {
    "session": {
        **{column: (column,) for column in ("intention", "person", "trigger", "note")},
        "reason": ("override", "overrun"),
    },
    "urge": {"trigger": ("trigger",), "note": ("note",)},
    "outcome": {"person": ("person",), "note": ("note",)},
    "day_note": {"intention": ("task",), "note": ("note",)},
    "commitment": {"intention": ("cue",), "note": ("plan",)},
    "review": {"note": ("words",)},
}

#: The index keeps a copy of its texts. One that reads them from the tables ("external content") has to be told what a
#: row said before, which nobody knows after another program's INSERT OR REPLACE, and is damaged by a wrong word.
FIRST_SEARCH_TABLE = (
    f"CREATE VIRTUAL TABLE search USING fts5({', '.join(SEARCH_COLUMNS)}, tokenize = 'unicode61 remove_diacritics 2')"
)

#: Thousands of words begin with the same two letters. Without an index of such beginnings FTS5 joins the lists of all
#: of them: 165 ms where 100,000 texts match, against 15 ms. The file grows by 13 bytes for each text.
SEARCH_TABLE = FIRST_SEARCH_TABLE.replace("tokenize", "prefix = '2 3', tokenize")


def search_number(table: str, id: str) -> str:
    """SQL for the number of a row of `table` in the index."""
    kind = list(SEARCHED).index(table)
    return f"{kind * SEARCH_KIND} + {id}" if kind else id


def _search_text(table: str, column: str, row: str) -> str:
    """SQL for the text of an index column. `unicode61` takes accents off letters, but leaves ligatures."""
    sources = SEARCHED[table].get(column, ())
    parts = [f"{row}{source}" for source in sources]
    if not parts:
        return "NULL"
    joined = parts[0]
    if len(parts) > 1:
        joined = "nullif(" + " || ".join(f"coalesce({part} || char(10), '')" for part in parts) + ", '')"
    for ligature, letters in (("œ", "oe"), ("Œ", "oe"), ("æ", "ae"), ("Æ", "ae")):
        joined = f"replace({joined}, '{ligature}', '{letters}')"
    return joined


def _searched_row(table: str, row: str) -> str:
    return ", ".join((search_number(table, f"{row}id"), *(_search_text(table, name, row) for name in SEARCH_COLUMNS)))


def _has_text(table: str, row: str) -> str:
    return " OR ".join(f"{row}{name} IS NOT NULL" for names in SEARCHED[table].values() for name in names)


_SEARCH_INSERT = f"INSERT INTO search(rowid, {', '.join(SEARCH_COLUMNS)}) "

#: SQL for every row that belongs into the index.
SEARCHABLE = " UNION ALL ".join(
    f"SELECT {_searched_row(table, '')} FROM {table} WHERE {_has_text(table, '')}" for table in SEARCHED
)

#: Adds what is missing in the index.
FILL_SEARCH = (
    f"{_SEARCH_INSERT}SELECT * FROM (SELECT NULL AS number, {', '.join(f'NULL AS {n}' for n in SEARCH_COLUMNS)} "
    f"WHERE 0 UNION ALL {SEARCHABLE}) WHERE number NOT IN (SELECT id FROM search_docsize)"
)

#: Makes one piece of what was added: else one of the next changes does it, in 50 times the time of a change.
MERGE_SEARCH = "INSERT INTO search(search) VALUES ('optimize')"


def search_triggers(table: str) -> tuple[str, ...]:
    """SQL of the triggers that keep the index as `table` is; they do nothing for rows without a text.

    A new row may have the number of one that is gone: INSERT OR REPLACE fires no delete trigger.
    """
    columns = list(dict.fromkeys(name for names in SEARCHED[table].values() for name in names))
    differs = " OR ".join(f"OLD.{name} IS NOT NEW.{name}" for name in ("id", *columns))
    delete_old = f"DELETE FROM search WHERE rowid = {search_number(table, 'OLD.id')}"
    delete_new = f"DELETE FROM search WHERE rowid = {search_number(table, 'NEW.id')}"
    insert = f"{_SEARCH_INSERT}SELECT {_searched_row(table, 'NEW.')} WHERE {_has_text(table, 'NEW.')}"
    known = f"EXISTS (SELECT 1 FROM search_docsize WHERE id = {search_number(table, 'NEW.id')})"
    return (
        f"CREATE TRIGGER {table}_search_inserted AFTER INSERT ON {table} WHEN {_has_text(table, 'NEW.')} OR {known} "
        f"BEGIN {delete_new}; {insert}; END",
        f"CREATE TRIGGER {table}_search_updated AFTER UPDATE OF id, {', '.join(columns)} ON {table} WHEN {differs} "
        f"BEGIN {delete_old}; {delete_new}; {insert}; END",
        f"CREATE TRIGGER {table}_search_deleted AFTER DELETE ON {table} WHEN {_has_text(table, 'OLD.')} "
        f"BEGIN {delete_old}; END",
    )


def empty_tables(table: str) -> Iterator[tuple[str, tuple[object, ...]]]:
    """SQL with its values that gives the index, created by the statement `table`, the tables of an empty one.

    SQLite neither empties nor drops an index that it cannot read.
    """
    from contextlib import closing

    with closing(sqlite3.connect(MEMORY)) as empty:
        empty.execute(table)
        parts = empty.execute("SELECT name, sql FROM sqlite_master WHERE name <> 'search' AND sql NOT NULL").fetchall()
        for name, sql in parts:
            yield sql.replace("CREATE TABLE", "CREATE TABLE IF NOT EXISTS", 1), ()
            yield f"DELETE FROM {name}", ()
            for row in empty.execute(f"SELECT * FROM {name}"):
                yield f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", row


#: What SQLite calls a damaged index, and much else.
_ERRORS = ("SQLITE_CORRUPT_VTAB", "SQLITE_CONSTRAINT", "SQLITE_ERROR")


def is_cause(connection: sqlite3.Connection, error: BaseException) -> bool:
    """Whether an error of SQLite comes from a damaged index. Outside a transaction."""
    suspected = isinstance(error, MemoryError) or getattr(error, "sqlite_errorname", "") in _ERRORS
    return suspected and not is_sound(connection)


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite can use the index. Outside a transaction; true where the file cannot be written."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.execute("INSERT INTO search(search) VALUES ('integrity-check')")
        finally:
            connection.execute("ROLLBACK")
    except MemoryError:
        return False  # a length in the damaged index is larger than the memory
    except sqlite3.DatabaseError as error:
        return error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_READONLY", "SQLITE_FULL"))
    return True


def complete(connection: sqlite3.Connection) -> None:
    """Add the records that the index does not have. Inside a transaction."""
    connection.execute(FILL_SEARCH)
    connection.execute(MERGE_SEARCH)


def rebuild(connection: sqlite3.Connection) -> None:
    """Build the index again from the records. Inside a transaction of a connection that has not used it."""
    for sql, values in empty_tables(SEARCH_TABLE):
        connection.execute(sql, values)
    complete(connection)
