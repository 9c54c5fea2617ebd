"""Reads that are remembered until a table they read changes.

The screens ask for the same channels, notes and plans after every key. An open file with a cache answers such a
question again without SQL; a change forgets the answers that read the changed tables. Commands ask once: no cache.
"""

from __future__ import annotations

from re import IGNORECASE, compile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

#: Tables whose rows change only by statements that `Database.change` runs, or that its triggers log.
TABLES = frozenset(
    (
        *("activity", "channel", "channel_match", "commitment", "day_note", "estimate", "habit", "habit_day"),
        *("notification", "outcome", "pattern_flag", "pattern_mark", "pause", "person", "review", "session", "spend"),
        *("state", "urge", "verdict", "zone"),
        "json_each",  # a list among the values, for SQL a table
    )
)

#: Changing a row here may change rows of other tables by a foreign key.
PARENTS = frozenset(("activity", "channel", "habit", "zone"))

#: No more answers are kept, nor longer ones: what changes at every key need not be remembered.
MOST_ANSWERS, MOST_ROWS = 400, 300

_READ = compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', IGNORECASE)
_WRITTEN = compile(
    r'^\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+"?(\w+)"?', IGNORECASE
)


class ReadCache:
    """Answers by their statement and its values."""

    def __init__(self) -> None:
        self._answers: dict[tuple[str, tuple[Hashable, ...]], list[Any]] = {}
        self._tables: dict[str, frozenset[str] | None] = {}
        self._written: set[str] = set()
        #: The `data_version` of the file that the answers are from.
        self.version = 0

    def find(self, sql: str, values: tuple[Any, ...]) -> list[Any] | None:
        """The rows that this statement answered before; None where it has to be asked."""
        try:
            return self._answers.get((sql, values))
        except TypeError:  # a value that is not hashable
            return None

    def keep(self, sql: str, values: tuple[Any, ...], rows: list[Any]) -> None:
        """Remember the rows of a statement, where it reads known tables only."""
        if sql not in self._tables:
            tables = frozenset(_READ.findall(sql))
            self._tables[sql] = tables if tables and tables <= TABLES else None
        if self._tables[sql] is None or len(rows) > MOST_ROWS:
            return
        if len(self._answers) >= MOST_ANSWERS:
            self._answers.pop(next(iter(self._answers)))
        self._answers[sql, values] = rows

    def note_written(self, sql: str) -> None:
        """A writing statement was run; what it changes is forgotten with `committed`."""
        match = _WRITTEN.match(sql)
        self._written.add(match[1] if match else "")

    def committed(self, changed_rows: int) -> None:
        """A transaction that changed so many rows is on the disk."""
        written, self._written = self._written, set()
        if changed_rows and (not written or written & PARENTS or "" in written):
            self._answers.clear()
        else:
            self.forget(written)

    def rolled_back(self) -> None:
        """Nothing of the transaction is in the file."""
        self._written.clear()

    def forget(self, tables: Iterable[str]) -> None:
        """Forget every answer that read one of these tables."""
        gone = frozenset(tables)
        self._answers = {key: rows for key, rows in self._answers.items() if not gone & (self._tables[key[0]] or gone)}

    def seen(self, version: int) -> None:
        """Forget everything once another program has changed the file: its `data_version` differs then."""
        if version != self.version:
            self.version = version
            self._answers.clear()
