"""The full-text index over everything that a person wrote: finding by words, checking the index, building it again.

SQLite's FTS5, one index for all kinds of records, so that one ranking (BM25) holds for all of them. Triggers keep it as
the records are, whoever writes (`search_index.search_triggers`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.domain.models import Match
from tracker.locale import _
from tracker.storage import search_index

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.storage.database import Database


#: By the name of its table, what a record is called elsewhere.
KINDS = {table: table for table in search_index.SEARCHED} | {"day_note": "note"}

#: The columns that `Match` has of each table; what a table does not have is null.
_OF = {
    "session": {"at": "start", "zone": "zone", "channel": "channel", "what": "activity"},
    "urge": {"at": "at", "zone": "zone", "channel": "channel"},
    "outcome": {"at": "at", "zone": "zone", "channel": "channel", "what": "kind"},
    "day_note": {"date": "date"},
    "commitment": {"week": "week"},
    "review": {"week": "week"},
}

#: By (table, column), the texts in the order they are read.
_TEXTS = [
    (table, source)
    for table, columns in search_index.SEARCHED.items()
    for column in search_index.SEARCH_COLUMNS
    for source in columns.get(column, ())
]


def _first_of(name: str) -> str:
    candidates = [f"{table}.{columns[name]}" for table, columns in _OF.items() if name in columns]
    return f"coalesce({', '.join(candidates)})" if len(candidates) > 1 else candidates[0]


def _joins(number: str) -> str:
    """SQL that joins every table to the numbers of the index in the column `number`."""
    return " ".join(
        f"LEFT JOIN {table} ON {table}.id = {number}" + (f" - {kind * search_index.SEARCH_KIND}" if kind else "")
        for kind, table in enumerate(search_index.SEARCHED)
    )


def expression(words: Sequence[tuple[str, ...]], *, begun: bool) -> str:
    """The FTS5 expression for records that have all `words`, each in one of its spellings.

    Nothing in a spelling is read as syntax; several words in one are a phrase. `begun`: the last may be continued.
    """
    terms = []
    for number, spellings in enumerate(words, 1):
        star = " *" if begun and number == len(words) else ""
        terms.append("(" + " OR ".join('"' + spelling.replace('"', '""') + '"' + star for spelling in spellings) + ")")
    return " AND ".join(terms)


def matches(
    database: Database,
    expression: str,
    *,
    limit: int,
    ranked: int = -1,
    channel: str | None = None,
    span: tuple[int, int] | None = None,
) -> list[Match]:
    """The `limit` best records for an expression, the best first, of equal ones the newest.

    Where more than `ranked` match, only so many are compared, those recorded last; of equal ones beyond the limit those
    recorded last are taken. `span`: from one instant to another, the last not included; what has no instant, but a
    date, is in any. -1 is no limit.
    """
    found_in, values = _conditions(expression, channel, span)
    columns = [_first_of(name) for name in ("at", "zone", "date", "week", "channel", "what")]
    row_texts = [f"{table}.{column}" for table, column in _TEXTS]
    rows = database.rows(
        f"SELECT number, score, {', '.join((*columns, 'review.revision', *row_texts))} FROM ("
        "SELECT number, round(score, 6) AS score FROM ("
        f"SELECT search.rowid AS number, bm25(search) AS score {found_in} "
        "ORDER BY search.rowid DESC LIMIT ?) ORDER BY 2, 1 DESC LIMIT ?) AS best "
        f"{_joins('number')} WHERE coalesce({', '.join(f'{table}.id' for table in search_index.SEARCHED)}) IS NOT NULL "
        f"ORDER BY score, coalesce({_first_of('at')}, CAST(strftime('%s', {_first_of('date')}) AS INTEGER)) DESC, "
        f"{_first_of('week')} DESC, number DESC",
        (*values, ranked, limit),
    )
    tables = list(search_index.SEARCHED)
    results = []
    for number, score, at, zone, date, week, channel_name, what, revision, *row_texts in rows:
        kind, id = divmod(number, search_index.SEARCH_KIND)
        written = tuple(
            (column, text)
            for (table, column), text in zip(_TEXTS, row_texts, strict=True)
            if text and table == tables[kind]
        )
        results.append(
            Match(KINDS[tables[kind]], id, score, at, zone, date, week, channel_name, what, revision, written)
        )
    return results


def count(database: Database, expression: str, *, channel: str | None = None) -> int:
    """How many records match, by the same conditions."""
    found_in, values = _conditions(expression, channel, None)
    return int(database.row(f"SELECT count(*) {found_in}", values)[0])


def _conditions(
    expression: str, channel: str | None, span: tuple[int, int] | None
) -> tuple[str, tuple[str | int, ...]]:
    """The FROM and WHERE of what matches, with its values; the tables are joined only where they are asked."""
    joins = _joins("search.rowid") if channel or span else ""
    found_in, values = f"FROM search {joins} WHERE search MATCH ?", [expression]
    if channel:
        found_in, values = f"{found_in} AND {_first_of('channel')} = ?", [*values, channel]
    if span:
        at = _first_of("at")
        return f"{found_in} AND ({at} IS NULL OR {at} >= ? AND {at} < ?)", (*values, *span)
    return found_in, tuple(values)


def rebuild(database: Database) -> None:
    """Build the index again from the records, before this connection has used it.

    Raises TrackerError where the file cannot be written.
    """
    with database.transaction():
        search_index.rebuild(database.connection)


def problems(database: Database) -> list[str]:
    """What is wrong with the index: one sentence, or none. Of a file that can be written.

    An entry of a record that is gone is no fault: another program's REPLACE leaves it, and nothing finds it.
    """
    stored = f"SELECT rowid, {', '.join(search_index.SEARCH_COLUMNS)} FROM search"
    missing = f"SELECT 1 FROM (SELECT * FROM ({search_index.SEARCHABLE}) EXCEPT {stored})"
    try:
        if search_index.is_sound(database.connection) and not database.row(missing):
            return []
    except TrackerError:
        pass  # it cannot be read
    return [_("the search index differs from the log; `tracker doctor --rebuild-index` builds it again")]
