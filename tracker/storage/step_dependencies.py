"""Which later steps depend on a step, so that it cannot be undone without them.

Undo takes back the user's last step though automatic imports came after it. Steps that touch different rows, names and
times can be undone in any order. Two steps depend on each other where they change one row, where one refers to a name
that the other made or changed, and where their sessions of one channel touch: measured neighbours become one session.
Time that was recorded by hand and time that was measured do not depend on each other, because undo settles them anew.
"""

from __future__ import annotations

import json
from typing import NamedTuple

from tracker.domain.models import BY_PEOPLE, CHECK_LASTS, RECORDED
from tracker.storage.identity import NATURAL
from tracker.storage.schema import LOGGED
from tracker.storage.time_intervals import GAP

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from tracker.storage.database import Database

#: By table, the column with the name by which other rows refer to a row.
_NAMED = {"channel": "name", "channel_match": "channel", "activity": "name", "habit": "name"}

#: The columns that refer to a row by its name.
_NAMES = ("channel", "met", "activity", "habit")

#: By table, the columns of which no two rows have the same values.
_UNIQUE = NATURAL | {"notification": ("channel", "at"), "review": ("week",)}

#: Later than any session, in UTC seconds.
_EVER = 1 << 40


class Footprint(NamedTuple):
    """What a step has touched.

    `rows` are tables with an id or with unique values, `named` the names that it made or changed, `names` the names
    that its rows refer to, `times` the sessions as (channel, start, end, whether a person or a tracker recorded it).
    """

    rows: set[tuple[object, ...]]
    named: set[str]
    names: set[str]
    times: set[tuple[str, int, int, bool]]

    def depends_on(self, other: Footprint) -> bool:
        """Whether this later step depends on the other one."""
        return bool(self.rows & other.rows or self.names & other.named) or _touch(self.times, other.times)

    def add(self, other: Footprint) -> None:
        """Add what another step has touched."""
        self.rows.update(other.rows)
        self.named.update(other.named)
        self.names.update(other.names)
        self.times.update(other.times)


def dependent(database: Database, step: int, first: int, last: int) -> list[int]:
    """The steps after `step` that are done and depend on the changes from `first` to `last`, newest first."""
    later = database.rows("SELECT id, first, last FROM action WHERE state = 'done' AND id > ? ORDER BY id", (step,))
    if not later:
        return []
    footprint = _footprint(database, first, last, step)
    steps: list[int] = []
    for id, begin, end in later:
        other = _footprint(database, begin, end, id)
        if other.depends_on(footprint):
            steps.insert(0, id)
            footprint.add(other)
    return steps


def _footprint(database: Database, first: int, last: int, step: int) -> Footprint:
    """The footprint of the changes from `first` to `last`, and of the facts that the step has read."""
    footprint = Footprint(set(), set(), set(), set())
    images: list[tuple[str, dict[str, Any]]] = []
    changed: dict[str, set[int]] = {}
    for table, row, before in database.rows(
        'SELECT "table", row, before FROM change WHERE id BETWEEN ? AND ?', (first, last)
    ):
        footprint.rows.add((table, row))
        changed.setdefault(table, set()).add(row)
        if before:
            # A step may change a row several times: all of its states count.
            images.append((table, json.loads(before)))
    for table, ids in changed.items():
        images += [(table, values) for values in _current(database, table, ids)]
        if table in _NAMED:
            footprint.named.update(_changed_names(database, table, first, last))
    for table, values in images:
        if table in _UNIQUE:
            footprint.rows.add((table, "key", *(str(values[name]).casefold() for name in _UNIQUE[table])))
        if values.get("letter"):
            footprint.rows.add((table, "letter", values["letter"]))
        if table not in _NAMED:
            footprint.names.update(str(values[name]) for name in _NAMES if values.get(name))
        if table == "session":
            end = values["end"]
            is_recorded = values["source"] in BY_PEOPLE
            if values["source"] == "check" and end is not None and end - values["start"] <= CHECK_LASTS:
                is_recorded = False  # a measured look takes its place
            footprint.times.add((values["channel"], values["start"], _EVER if end is None else end, is_recorded))
    for channel, start, end, format in database.rows(
        "SELECT channel, start, \"end\", format FROM imported_fact WHERE action = ? AND channel <> ''", (step,)
    ):
        footprint.times.add((channel, start, end, format in RECORDED))
    return footprint


def _current(database: Database, table: str, ids: Iterable[int]) -> list[dict[str, Any]]:
    needed = (*_NAMES, *_UNIQUE.get(table, ()), "letter", "start", "end", "source")
    columns = [name for name in LOGGED[table] if name in needed]
    if not columns:
        return []
    listed = ", ".join(f'"{name}"' for name in columns)
    rows = database.rows(
        f"SELECT {listed} FROM {table} WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(sorted(ids)),)
    )
    return [dict(zip(columns, row, strict=True)) for row in rows]


def _changed_names(database: Database, table: str, first: int, last: int) -> set[str]:
    """The names that changes of a table added, changed or deleted: the old and the new ones."""
    column = _NAMED[table]
    rows = database.rows(
        f"SELECT json_extract(before, '$.{column}'), {table}.{column} FROM change LEFT JOIN {table} "
        f'ON {table}.id = change.row WHERE change.id BETWEEN ? AND ? AND "table" = ?',
        (first, last, table),
    )
    if table == "channel_match":  # which channel a site or an app belongs to
        return {name for pair in rows for name in pair if name}
    return {name for old, new in rows if old != new for name in (old, new) if name}


def _touch(some: set[tuple[str, int, int, bool]], others: set[tuple[str, int, int, bool]]) -> bool:
    """Whether two times of one channel touch that were both recorded by hand, or both measured."""
    by_channel: dict[tuple[str, bool], list[tuple[int, int, bool]]] = {}
    for times, is_other in ((some, False), (others, True)):
        for channel, start, end, is_recorded in times:
            by_channel.setdefault((channel, is_recorded), []).append((start, end, is_other))
    for spans in by_channel.values():
        ends = {False: -_EVER, True: -_EVER}
        for start, end, is_other in sorted(spans):
            if start - ends[not is_other] <= GAP:
                return True
            ends[is_other] = max(ends[is_other], end)
    return False
