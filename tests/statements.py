"""Count the SQL statements that the program executes, on every connection it opens."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

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

    with patch("sqlite3.connect", partial(sqlite3.connect, factory=Connection)):
        yield executed
