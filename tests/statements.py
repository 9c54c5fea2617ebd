"""Count the SQL statements that the program executes, on every connection it opens."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def statements_counted() -> Iterator[list[str]]:
    """Collect the text of each statement that is executed on the connections opened inside this context.

    Statements of triggers are not in the list: the program did not ask for them. `executemany` is one statement.
    """
    executed: list[str] = []

    class Connection(sqlite3.Connection):
        def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
            executed.append(sql)
            return super().execute(sql, parameters)

        def executemany(self, sql: str, parameters: Any, /) -> sqlite3.Cursor:
            executed.append(sql)
            return super().executemany(sql, parameters)

        def executescript(self, script: str, /) -> sqlite3.Cursor:
            executed.append(script)
            return super().executescript(script)

    connect = sqlite3.connect

    def counting(*values: Any, **options: Any) -> sqlite3.Connection:
        return connect(*values, **{"factory": Connection} | options)

    sqlite3.connect = counting
    try:
        yield executed
    finally:
        sqlite3.connect = connect
