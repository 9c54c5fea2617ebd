"""Which rows of two files are the same record, and when each was last changed: what merging two files needs.

A row has a number in its own file only. Its identity is text that is the same in every file that the record got to: the
number together with the instant at which the row was made, or its natural key where there is one (a day's date, a
channel's first name). A copied file has the same identities for the rows before the copy, and others from then on.

Nothing is written while people work. `fold` reads the change log since the last time, before a merge and before old
changes are forgotten, and keeps for each row its identity, the instant of its last change (UTC milliseconds), and
whether it is gone. Rows that imports measured have none: they follow from the imported facts.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import BY_HAND, RECORDED
from tracker.storage.schema import LOGGED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from tracker.storage.database import Database

#: By table: the columns whose first values identify a row. Rows of other tables are identified by number and birth.
NATURAL = {
    "channel": ("name",),
    "channel_match": ("what", "text"),
    "activity": ("name",),
    "day_note": ("date",),
    "person": ("name",),
    "habit": ("name",),
    "habit_day": ("habit", "date"),
    "estimate": ("week", "channel"),
    "verdict": ("week", "channel"),
}

#: The tables whose rows have an identity, in the order in which a row's references come before it.
IDENTIFIED = (
    *("channel", "activity", "channel_match", "habit", "habit_day", "person", "session", "urge", "outcome"),
    *("day_note", "pause", "pattern_mark", "estimate", "review", "verdict", "spend", "commitment"),
)

#: The row of the table `identity` that has the number of the last change that was read.
_POINTER = ("", 0)

#: SQL for the numbers of the sessions that a person or another tracker recorded, and of those that were measured.
_SOURCES = ", ".join(repr(name) for name in BY_HAND + RECORDED)
_RECORDED = f"SELECT id FROM session WHERE source IN ({_SOURCES})"
_MEASURED = f"SELECT id FROM session WHERE source NOT IN ({_SOURCES})"


class Identity(NamedTuple):
    """The identity of a row, when it was changed last (UTC milliseconds; 0 for not known), and whether it is gone.

    `brought_by` is the undo step of the merge that brought the row here; None for a row that was made here.
    """

    uid: str
    changed: int
    gone: bool
    brought_by: int | None = None


def identities(database: Database) -> dict[tuple[str, int], Identity]:
    """The identity of every row that has or had one, by table and number, as of the last `fold`."""
    rows = database.rows('SELECT "table", row, uid, changed, gone, brought_by FROM identity WHERE "table" <> \'\'')
    return {(table, row): Identity(uid, changed, gone == 1, step) for table, row, uid, changed, gone, step in rows}


def write(database: Database, identified: Mapping[tuple[str, int], Identity]) -> None:
    """Write identities, over those of the same rows. Inside a transaction."""
    database.change_many(
        'INSERT INTO identity("table", row, uid, changed, gone, brought_by) VALUES (?, ?, ?, ?, ?, ?) '
        'ON CONFLICT("table", row) DO UPDATE SET uid = excluded.uid, changed = excluded.changed, gone = excluded.gone, '
        "brought_by = excluded.brought_by",
        ((*key, uid, changed, int(gone), step) for key, (uid, changed, gone, step) in identified.items()),
    )


def skip_changes(database: Database) -> None:
    """Count the changes so far as read: a merge has written the identities of its rows itself."""
    (last,) = database.row("SELECT coalesce(max(id), 0) FROM change")
    write(database, {_POINTER: Identity("", last, gone=False)})


def fold(database: Database, until: int | None = None) -> None:
    """Bring the identities up to date with the change log, up to the change `until` (not included).

    Inside a transaction.
    """
    known = identities(database)
    pointer = database.row("SELECT changed FROM identity WHERE \"table\" = ''")
    rows = database.rows(
        'SELECT id, at, "table", row, what, before FROM change WHERE id > ? AND id < ? AND "table" <> \'notification\' '
        f"AND (\"table\" <> 'session' OR what <> 'insert' OR row NOT IN ({_MEASURED})) ORDER BY id",
        (pointer[0] if pointer else 0, until if until is not None else 1 << 62),
    )
    # Undo and redo: their first and last change, and the step that they take back or do again.
    replays = database.rows("SELECT first, last, target FROM action WHERE state IS NULL ORDER BY first")
    starts = [first for first, _last, _target in replays]
    fresh: dict[tuple[str, int], Identity] = {}
    undone: set[tuple[str, int]] = set()
    for number, at, table, row, what, before in rows:
        key = table, row
        replay = bisect_right(starts, number) - 1
        target = replays[replay][2] if replay >= 0 and number <= replays[replay][1] else None
        if table == "session" and before and json.loads(before)["source"] not in BY_HAND + RECORDED:
            fresh.pop(key, None)
            continue
        identity = fresh.get(key) or known.get(key) or Identity("", at, gone=False)
        if what == "delete" and target is not None and identity.brought_by == target:
            # The merge that brought the row was undone: the row was not deleted, it never came.
            fresh.pop(key, None)
            undone.add(key)
            continue
        undone.discard(key)
        if not identity.uid:
            values = json.loads(before) if before else _values(database, table, row)
            if not values and what != "insert":
                continue
            identity = identity._replace(uid=_uid(table, row, values, at if what == "insert" else 0))
        fresh[key] = identity._replace(changed=max(at, identity.changed), gone=what == "delete")
    database.change_many('DELETE FROM identity WHERE "table" = ? AND row = ?', undone)
    write(database, fresh)
    last = until - 1 if until is not None else database.row("SELECT coalesce(max(id), 0) FROM change")[0]
    write(database, {_POINTER: Identity("", last, gone=False)})


def complete(database: Database) -> None:
    """Give an identity to each row whose making is not in the change log any more. After `fold`, in a transaction."""
    fresh: dict[tuple[str, int], Identity] = {}
    for table in IDENTIFIED:
        columns = LOGGED[table]
        only = f" AND id IN ({_RECORDED})" if table == "session" else ""
        rows = database.rows(
            f"SELECT {', '.join(quoted(column) for column in columns)} FROM {table} WHERE id NOT IN "
            f'(SELECT row FROM identity WHERE "table" = ?){only}',
            (table,),
        )
        for row in rows:
            fresh[table, row[0]] = Identity(_uid(table, row[0], dict(zip(columns, row, strict=True)), 0), 0, gone=False)
    write(database, fresh)


def quoted(column: str) -> str:
    """The name of a column as SQL."""
    return f'"{column}"'


def _values(database: Database, table: str, row: int) -> dict[str, Any]:
    columns = LOGGED[table]
    values = database.row(f"SELECT {', '.join(map(quoted, columns))} FROM {table} WHERE id = ?", (row,))
    return dict(zip(columns, values, strict=True)) if values else {}


def _uid(table: str, row: int, values: Mapping[str, Any], born: int) -> str:
    """The identity of a row that was made here at `born` (UTC milliseconds; 0 for not known)."""
    if table in NATURAL:
        return "/".join(str(values.get(column) or "").casefold() for column in NATURAL[table])
    if born:
        return f"{row}.{born}"
    # Made before identities were kept: what it says now is all there is, and is the same in a copy of the file.
    return f"{row}." + "/".join(str(values.get(column)) for column in ("start", "at", "week", "since", "channel"))
