"""Merging the records of another tracker file into this one.

A record is the same in both files if it has the same identity, or else the same `_CONTENT_COLUMNS` (a session's
channel, start and end). Of two states of one record the one that was changed later stays; deleting is a change, too. So
files that are merged into each other, in whatever order, have the same records afterwards.

Names that a record refers to (its channel, its activity, its habit) are those that the same channel has here.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import BY_HAND, RECORDED
from tracker.locale import _
from tracker.storage import identity, unwanted
from tracker.storage.effects import log_position
from tracker.storage.identity import IDENTIFIED, Identity, quoted
from tracker.storage.schema import LOGGED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from tracker.storage.database import Database

    Values = dict[str, Any]

#: The columns by which a record is found in the other file, where its identity is not known there.
_CONTENT_COLUMNS = identity.NATURAL | {
    "session": ("channel", "start", "end"),
    "urge": ("channel", "at"),
    "outcome": ("kind", "at", "amount", "currency", "person", "note"),
    "pause": ("start", "end"),
    "pattern_mark": ("pattern", "what", "since", "until"),
    "review": ("week", "begun", "written", "page"),
    "spend": ("channel", "at", "amount", "currency"),
    "commitment": ("week", "cue", "plan"),
}

#: The tables whose rows are names that records use; they are not counted as records.
_VOCABULARY = ("channel", "channel_match", "activity")

#: The name of a column in a message of SQLite.
_COLUMN = re.compile(r"(?:: |column )(?:\w+\.|\W)*([a-z_]+)")

#: By column, the table whose names it has.
_REFERENCES = {"channel": "channel", "met": "channel", "activity": "activity", "habit": "habit"}


class MergeCounts(NamedTuple):
    """How many records were added, changed and deleted, were the same or older (`already`), and were left out.

    `refused` are the records that this file cannot hold, each with the reason. `channels` maps the name of each channel
    of the other file to its name in this one.
    """

    channels: dict[str, str]
    refused: list[str]
    added: int
    changed: int
    deleted: int
    already: int
    ignored: int


def merge(
    database: Database, other: Database, step: int, is_automatic: bool, report: Callable[[float], None]
) -> MergeCounts:
    """Merge the records of `other`, a private copy of a file, into `database`. Inside an undo step of that number.

    Sessions that were measured are left out: they follow from the imported facts. An automatic merge leaves out what
    the user has undone.
    """
    for log in (other, database):
        identity.fold(log)
        identity.complete(log)
    ours = _Side(database)
    theirs = _Side(other)
    names: dict[str, dict[str, str]] = {"channel": {}, "activity": {}, "habit": {}}
    counts: Counter[str] = Counter()
    refused: list[str] = []
    left_out = _unwanted(database, theirs) if is_automatic else {}
    for index, table in enumerate(IDENTIFIED):
        report(index / len(IDENTIFIED))
        counted = Counter() if table in _VOCABULARY else counts
        _merge_table(database, table, ours, theirs, names, step, left_out.get(table, frozenset()), counted, refused)
    identity.skip_changes(database)
    return MergeCounts(names["channel"], refused, **{what: counts[what] for what in MergeCounts._fields[2:]})


def is_new(database: Database) -> bool:
    """Whether nothing was ever recorded in a file."""
    return not database.row("SELECT 1 FROM change UNION ALL SELECT 1 FROM session LIMIT 1")


def copy(database: Database, other: Database, step: int, report: Callable[[float], None]) -> int:
    """Copy every record of `other` into a file that `is_new`, under its own number; returns how many there are.

    Inside an undo step.
    """
    clear(database)
    for (zone,) in other.rows("SELECT name FROM zone"):
        database.ensure_zone(zone)
    count = 0
    tables = (*IDENTIFIED, "notification")
    for index, table in enumerate(tables):
        report(index / len(tables))
        columns = ", ".join(map(quoted, LOGGED[table]))
        rows = other.rows(f"SELECT {columns} FROM {table} ORDER BY id")
        marks = ", ".join("?" * len(LOGGED[table]))
        database.change_many(f"INSERT INTO {table}({columns}) VALUES ({marks})", rows)
        count += len(rows) if table not in _VOCABULARY else 0
    identity.fold(other)
    identity.complete(other)
    inserts = database.rows("SELECT \"table\", row, id FROM change WHERE what = 'insert'")
    born = {(table, row): number for table, row, number in inserts}
    identity.write(
        database,
        (
            (table, known._replace(born=0 if known.gone else born.get((table, known.row), 0), brought_by=step))
            for (table, _uid), known in identity.identities(other).items()
        ),
    )
    identity.skip_changes(database)
    return count


def clear(database: Database) -> None:
    """Delete every record, also the channels and activities. Inside a transaction."""
    for table in reversed(IDENTIFIED):
        database.change(f"DELETE FROM {table}")


def insert_row(database: Database, table: str, values: Values) -> int:
    """Insert a row as it is; returns its number. Raises sqlite3.IntegrityError for one that cannot be."""
    if table == "imported_fact":
        values = {"action": 0, **values}
    columns = ", ".join(map(quoted, values))
    return database.change(
        f"INSERT INTO {table}({columns}) VALUES ({', '.join('?' * len(values))})", tuple(values.values())
    )


def refusal(error: sqlite3.Error) -> str:
    """Why SQLite refused a row, in words: its own message quotes the SQL of the schema."""
    name, text = error.sqlite_errorname, str(error)
    if name == "SQLITE_CONSTRAINT_TRIGGER":
        return text
    if name == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return _("it refers to something that does not exist")
    # "CHECK constraint failed: kind IN ('social', …", "UNIQUE constraint failed: channel.name", and
    # "cannot store TEXT value in INTEGER column session.start"
    column = _COLUMN.search(text)
    message = {
        "SQLITE_CONSTRAINT_NOTNULL": _("{column} is missing"),
        "SQLITE_CONSTRAINT_UNIQUE": _("another row has the same {column}"),
        "SQLITE_CONSTRAINT_PRIMARYKEY": _("another row has the same {column}"),
    }.get(name, _("{column} has an impossible value"))
    return message.format(column=column[1] if column else _("the row"))


def forget_changes(database: Database) -> None:
    """Empty the change log of a log in memory, which has the times of the copying. Inside a transaction."""
    database.change("DELETE FROM change")
    database.change("DELETE FROM action")


class _Side:
    """The records of one file: their identities, and the rows of a table."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.known = identity.identities(database)
        self.by_row = {(table, known.row): known for (table, _uid), known in self.known.items() if not known.gone}

    def rows(self, table: str) -> dict[int, Values]:
        columns = LOGGED[table]
        # The text of review.figures may be long, and there are only as many reviews as weeks.
        stored = self._database.rows(f"SELECT {', '.join(map(quoted, columns))} FROM {table} ORDER BY id")
        rows = {row[0]: dict(zip(columns, row, strict=True)) for row in stored}
        if table == "session":
            rows = {id: row for id, row in rows.items() if row["source"] in BY_HAND + RECORDED}
        return rows

    def gone(self, table: str) -> Iterable[Identity]:
        return [known for (where, _uid), known in self.known.items() if where == table and known.gone]


def _unwanted(database: Database, theirs: _Side) -> dict[str, frozenset[str]]:
    """By table, the identities of records of the other file that were imported before and undone.

    Channels, activities and habits that its other records need are not among them.
    """
    unwanted_uids = {table: unwanted.keys(database, table) for table in IDENTIFIED}
    if not any(unwanted_uids.values()):
        return {}
    needed: dict[str, set[str]] = {"channel": set(), "activity": set(), "habit": set()}
    for table in reversed(IDENTIFIED):
        for id, values in theirs.rows(table).items():
            is_needed = table in needed and values["name"] in needed[table]
            if is_needed:
                unwanted_uids[table] -= {theirs.by_row[table, id].uid}
            elif theirs.by_row[table, id].uid in unwanted_uids[table]:
                continue
            for column in _REFERENCES.keys() & values.keys():
                needed[_REFERENCES[column]].add(values[column])
    return unwanted_uids


def _merge_table(
    database: Database,
    table: str,
    ours: _Side,
    theirs: _Side,
    names: dict[str, dict[str, str]],
    step: int,
    left_out: frozenset[str],
    counts: Counter[str],
    refused: list[str],
) -> None:
    our_rows, their_rows = ours.rows(table), theirs.rows(table)
    weeks = {row["week"] for row in our_rows.values()} if table == "review" else set()
    their_identities = {id: theirs.by_row[table, id] for id in their_rows}
    same = {ours.known[table, their.uid].row for their in their_identities.values() if (table, their.uid) in ours.known}
    by_content = {_content_key(table, row): id for id, row in our_rows.items() if id not in same}
    fresh: dict[str, Identity] = {}
    renamed: list[tuple[str, str]] = []
    for their_id, their_row in their_rows.items():
        their = their_identities[their_id]
        values: Values = {
            column: names[_REFERENCES[column]].get(value, value) if column in _REFERENCES and value else value
            for column, value in their_row.items()
        }
        known = ours.known.get((table, their.uid))
        if known is None and (id := by_content.pop(_content_key(table, values), None)) is not None:
            known = ours.by_row.get((table, id))
        mine = our_rows.get(known.row) if known and not known.gone else None
        is_second_draft = table == "review" and known is None and not values["written"] and values["week"] in weeks
        runs_there_only = values.get("end", 0) is None and (mine is None or mine["end"] is not None)
        if their.uid in left_out and mine is None:
            counts["already"] += 1
            continue
        if runs_there_only or is_second_draft:
            counts["ignored"] += 1  # it still runs there, or is written here, too: it comes when it is finished
            continue
        try:
            if known is None or mine is None:
                if known and (their.changed <= known.changed or not known.gone):
                    counts["already"] += 1
                    continue
                row = _insert(database, table, values)
                born = log_position(database)
                fresh[their.uid] = their._replace(row=row, born=born, brought_by=step)
                counts["added"] += 1
            else:
                state = _take_later_state(database, table, mine, values, known, their)
                counts[state] += 1
                uid, later = min(known.uid, their.uid), max(known.changed, their.changed)
                if uid != known.uid:
                    renamed.append((table, known.uid))
                fresh[uid] = known._replace(uid=uid, changed=later)
                if state == "already":
                    values = mine
        except sqlite3.IntegrityError as error:
            refused.append(f"{table} {their_id}: {refusal(error)}")
            continue
        if table in names:
            names[table][their_row["name"]] = values["name"]
    for their in theirs.gone(table):
        known = ours.known.get((table, their.uid))
        if known and not known.gone and known.row in our_rows and their.changed > known.changed:
            try:
                database.delete(table, known.row)
            except sqlite3.IntegrityError:
                continue  # something here still refers to it, or it is a written review
            fresh[known.uid] = known._replace(changed=their.changed, gone=True)
            counts["deleted"] += 1
    identity.forget(database, renamed)
    identity.write(database, ((table, known) for known in fresh.values()))


def _content_key(table: str, values: Values) -> tuple[Any, ...]:
    return tuple(
        value.casefold() if isinstance(value, str) else value
        for value in map(values.__getitem__, _CONTENT_COLUMNS[table])
    )


def _take_later_state(
    database: Database, table: str, our_row: Values, values: Values, our_identity: Identity, their_identity: Identity
) -> str:
    """Write the later state of a record that is in both files; returns what happened."""
    changed = {column: value for column, value in values.items() if column != "id" and our_row[column] != value}
    if not changed or their_identity.changed <= our_identity.changed:
        return "already"
    if table == "channel" and changed.get("letter") and _has_letter(database, changed["letter"], our_row["id"]):
        del changed["letter"]
    assignments = ", ".join(f"{quoted(column)} = ?" for column in changed)
    database.change(f"UPDATE {table} SET {assignments} WHERE id = ?", (*changed.values(), our_row["id"]))
    return "changed"


def _insert(database: Database, table: str, values: Values) -> int:
    """Insert a record under the next number of this file, and return that."""
    values = {column: value for column, value in values.items() if column != "id"}
    if table == "channel" and values["letter"] and _has_letter(database, values["letter"], 0):
        values["letter"] = None
    if table == "review":
        (values["revision"],) = database.row(
            "SELECT max(?, coalesce(max(revision) + 1, 1)) FROM review WHERE week = ?",
            (values["revision"], values["week"]),
        )
    if "zone" in values:
        database.ensure_zone(values["zone"])
    return insert_row(database, table, values)


def _has_letter(database: Database, letter: str, excluding: int) -> bool:
    """Whether a channel other than the one with the id `excluding` has this letter."""
    return bool(database.row("SELECT 1 FROM channel WHERE letter = ? AND id <> ?", (letter, excluding)))
