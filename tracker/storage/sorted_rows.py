"""Rows that are sorted on the disk, in a private temporary database, so that they need little memory."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

from tracker.storage.staging import cannot_stage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def sorted_rows(rows: Iterable[Sequence[Any]], columns: int, by: int) -> Iterator[tuple[Any, ...]]:
    """Yield rows of so many columns (numbers, texts, None) in the order of their first `by` columns.

    All rows are taken before the first is given. Raises TrackerError where the disk is full.
    """
    with closing(sqlite3.connect("", isolation_level=None)) as connection:
        try:
            for pragma in ("journal_mode = OFF", "synchronous = OFF"):
                connection.execute(f"PRAGMA {pragma}")
            connection.execute("BEGIN")
            connection.execute(f"CREATE TABLE sorted ({', '.join(f'c{number}' for number in range(columns))})")
            connection.executemany(f"INSERT INTO sorted VALUES ({', '.join('?' * columns)})", rows)
            order = ", ".join(f"c{number}" for number in range(by))
            cursor = connection.execute(f"SELECT * FROM sorted ORDER BY {order}")
            while batch := cursor.fetchmany(1_000):
                yield from batch
        except sqlite3.Error as error:
            raise cannot_stage(error) from None
