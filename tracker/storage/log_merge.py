"""Merging the records of another tracker file into this one.

A record is the same in both files if it has the same identity (`identities`), or else the same `_CONTENT_COLUMNS` (a
session's channel, start and end); from then on it has the identities of both, so that a third machine that knows one of
them knows it. Of two states of one record the one that was changed later stays; deleting is a change, too. Where a
session was made on both sides, it has the words of both. So any number of files that are merged into each other, in
whatever order, have the same records afterwards.

Names that a record refers to (its channel, its activity, its habit) are those that the same channel has here. A channel
that was deleted on one side, but has a record on the other, is there again.
"""

from __future__ import annotations

import re
import sqlite3
from array import array
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import Session
from tracker.locale import _
from tracker.storage import identities, imported_facts, session_table
from tracker.storage.identities import IDENTIFIED, NEVER_CAME, Identity
from tracker.storage.overlaps import is_recorded, with_words
from tracker.storage.schema import NATURAL, quote_column

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import Any

    from tracker.storage.database import Database

    Values = dict[str, Any]

#: The columns by which a record is found in the other file, where its identity is not known there.
_CONTENT_COLUMNS = NATURAL | {
    "session": ("channel", "start", "end"),
    "urge": ("channel", "at", "trigger", "note"),
    "outcome": ("kind", "at", "amount", "currency", "person", "note"),
    "pause": ("start", "end"),
    "pattern_mark": ("pattern", "what", "since", "until"),
    "review": ("week", "begun", "written", "page"),
    "spend": ("channel", "at", "amount", "currency"),
    "commitment": ("week", "cue", "plan"),
}

#: The tables whose rows are names that records use; they are not counted as records.
_VOCABULARY = ("channel", "channel_match", "activity")

#: The tables whose rows records refer to by their names.
_NAMED = ("channel", "activity", "habit")

#: The name of a column in a message of SQLite.
_COLUMN = re.compile(r"(?:: |column )(?:\w+\.|\W)*([a-z_]+)")

#: By column, the table whose names it has.
_REFERENCES = {"channel": "channel", "met": "channel", "activity": "activity", "habit": "habit"}


class MergeCounts(NamedTuple):
    """How many records were added, changed and deleted, were the same or older (`already`), and were left out.

    `refused` are the records that this file cannot hold, each with the reason. `channels` maps the name of each channel
    of the other file to its name in this one. `released` are the sessions that were deleted or moved, as they were.
    `overlapping` of those that came overlap another record of their channel here.
    """

    channels: dict[str, str]
    refused: list[str]
    released: list[Session]
    added: int
    changed: int
    deleted: int
    already: int
    ignored: int
    overlapping: int = 0


def merge(
    database: Database, other: Database, step: int, is_automatic: bool, report: Callable[[float], None]
) -> MergeCounts:
    """Merge the records of `other`, a private copy of a file, into `database`. Inside an undo step of that number.

    Sessions that were measured are left out: they follow from the imported facts. An automatic merge leaves out what
    the user has undone.
    """
    for log in (other, database):
        identities.fold_changes(log)
        identities.complete(log)
    ours = _Side(database)
    theirs = _Side(other)
    names: dict[str, dict[str, str]] = {table: {} for table in _NAMED}
    counts: Counter[str] = Counter()
    refused: list[str] = []
    released: list[Session] = []
    left_out = _unwanted(database, theirs) if is_automatic else {}
    needed = _needed(ours, theirs, left_out)
    for index, table in enumerate(IDENTIFIED):
        report(index / len(IDENTIFIED))
        merging = _TableMerge(database, table, ours, theirs, names, step)
        merging.take_rows(left_out.get(table, frozenset()), needed.get(table, frozenset()), refused)
        released += merging.released
        counts.update(merging.counts if table not in _VOCABULARY else {})
    for table in reversed(IDENTIFIED):  # what refers to a record is deleted before it
        deleted = _delete_gone(database, table, ours, theirs, released)
        counts["deleted"] += deleted if table not in _VOCABULARY else 0
    identities.skip_changes(database)
    return MergeCounts(names["channel"], refused, released, **{what: counts[what] for what in MergeCounts._fields[3:]})


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
        database.table(table).insert_all(other.table_rows(table))
        count += other.table(table).count if table not in _VOCABULARY else 0
    identities.fold_changes(other)
    identities.complete(other)
    born = _births(database)
    brought = (
        (table, known._replace(born=0 if known.gone else born(table, known.row), brought_by=step))
        for table, known in identities.each(other)
    )
    identities.write(database, brought)
    identities.skip_changes(database)
    return count


def _births(database: Database) -> Callable[[str, int], int]:
    """Tells the number of the change that made a row of a table; 0 where there is none. In 16 bytes for each row."""
    made: dict[str, tuple[array[int], array[int]]] = {}
    inserts = "SELECT \"table\", row, id FROM change WHERE what = 'insert' ORDER BY 1, 2, 3"
    for table, row, number in database.stream(inserts):
        rows, numbers = made.setdefault(table, (array("q"), array("q")))
        rows.append(row)
        numbers.append(number)

    def born(table: str, row: int) -> int:
        rows, numbers = made.get(table, ((), ()))
        index = bisect_right(rows, row) - 1
        return numbers[index] if index >= 0 and rows[index] == row else 0

    return born


def clear(database: Database) -> None:
    """Delete every record, also the channels and activities. Inside a transaction."""
    for table in reversed(IDENTIFIED):
        database.change(f"DELETE FROM {table}")


def insert_row(database: Database, table: str, values: Values) -> int:
    """Insert a row as it is; returns its number. Raises sqlite3.IntegrityError for one that cannot be."""
    if table == "imported_fact":
        values = {"action": 0, **values}
    sql = f"INSERT INTO {table}({', '.join(map(quote_column, values))}) VALUES ({', '.join('?' * len(values))})"
    return database.change(sql, values.values())


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


def note_no_changes(database: Database) -> None:
    """Drop the triggers of a temporary log that write the change log, which would have the times of the copying, and
    the search index. Inside a transaction."""
    writes = "(sql LIKE '%INSERT INTO change(%' OR sql LIKE '%DELETE FROM search %')"
    for (name,) in database.rows(f"SELECT name FROM sqlite_master WHERE type = 'trigger' AND {writes}"):
        database.change(f"DROP TRIGGER {name}")


class _Side:
    """The records of one file: their identities, those of each row, and the rows of a table."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.known = identities.by_table_and_uid(database)
        self.by_row: dict[tuple[str, int], list[Identity]] = {}
        for (table, _uid), known in sorted(self.known.items()):
            if not known.gone:
                self.by_row.setdefault((table, known.row), []).append(known)

    def rows(self, table: str) -> dict[int, Values]:
        """The rows of a table by id; of the sessions those that were recorded."""
        recorded = identities.IS_IDENTIFIED if table == "session" else "1"
        return {row["id"]: row for row in self._database.table_rows(table, recorded)}

    def set(self, table: str, record: Sequence[Identity]) -> None:
        """Write the identities of one record over what was known of them."""
        self.known.update({(table, known.uid): known for known in record})
        identities.write(self._database, ((table, known) for known in record))


def _unwanted(database: Database, theirs: _Side) -> dict[str, frozenset[str]]:
    """By table, the identities of records of the other file that were imported before and undone.

    Channels, activities and habits that its other records need are not among them.
    """
    unwanted_uids = {table: imported_facts.unwanted_keys(database, table) for table in IDENTIFIED}
    if not any(unwanted_uids.values()):
        return {}
    needed = _names_in_use(theirs, lambda table, id: _uids(theirs.by_row[table, id]).isdisjoint(unwanted_uids[table]))
    for table in _NAMED:
        for id, values in theirs.rows(table).items():
            if values["name"] in needed[table]:
                unwanted_uids[table] -= {known.uid for known in theirs.by_row[table, id]}
    return unwanted_uids


def _needed(ours: _Side, theirs: _Side, left_out: Mapping[str, frozenset[str]]) -> dict[str, set[str]]:
    """By table, the names that were deleted here and that records need which come from there, or were changed there."""
    if not any(
        table in _NAMED and not their.gone and (known := ours.known.get((table, uid))) and known.gone
        for (table, uid), their in theirs.known.items()
    ):
        return {}

    def comes(table: str, id: int) -> bool:
        their = theirs.by_row[table, id]
        is_gone = _are_gone(ours, table, their) and _changed(their) <= _changed(_known(ours, table, their))
        return table != "channel_match" and not is_gone and _uids(their).isdisjoint(left_out.get(table, ()))

    return _names_in_use(theirs, comes)


def _names_in_use(side: _Side, counts: Callable[[str, int], bool]) -> dict[str, set[str]]:
    """By table, the names that the records of one side use for which `counts` (table, number of the row) is true.

    What a name that is used refers to is used too.
    """
    used: dict[str, set[str]] = {table: set() for table in _NAMED}
    for table in reversed(IDENTIFIED):
        for id, values in side.rows(table).items():
            if (table in used and values["name"] in used[table]) or counts(table, id):
                for column in _REFERENCES.keys() & values.keys():
                    used[_REFERENCES[column]].add(values[column])
    return used


def _uids(record: Iterable[Identity]) -> set[str]:
    return {identity.uid for identity in record}


def _known(side: _Side, table: str, record: Iterable[Identity]) -> list[Identity]:
    """What this side knows of the identities of a record."""
    return [known for identity in record if (known := side.known.get((table, identity.uid)))]


def _are_gone(side: _Side, table: str, record: Iterable[Identity]) -> bool:
    """Whether a record was deleted on this side: by all of its identities, else only another copy of it was."""
    return all((known := side.known.get((table, identity.uid))) and known.gone for identity in record)


def _changed(record: Iterable[Identity]) -> int:
    return max(identity.changed for identity in record)


class _TableMerge:
    """Merges the rows of one table. `names` maps their names of channels, activities and habits to those here."""

    def __init__(
        self, database: Database, table: str, ours: _Side, theirs: _Side, names: dict[str, dict[str, str]], step: int
    ) -> None:
        self.counts: Counter[str] = Counter()
        self.released: list[Session] = []
        self._database, self._table, self._ours, self._theirs = database, table, ours, theirs
        self._names, self._step = names, step
        self._our_rows, self._their_rows = ours.rows(table), theirs.rows(table)
        known = {
            ours.known[table, their.uid].row
            for id in self._their_rows
            for their in theirs.by_row[table, id]
            if (table, their.uid) in ours.known
        }
        self._by_content = {_content_key(table, row): id for id, row in self._our_rows.items() if id not in known}
        self._weeks = {row["week"] for row in self._our_rows.values()} if table == "review" else set()

    def take_rows(self, left_out: frozenset[str], needed: Collection[str], refused: list[str]) -> None:
        """Take their rows, but those with an identity in `left_out` that are not here.

        `needed` are the names of rows that are there again though they were deleted here. `refused` gets the rows that
        this file cannot hold, each with the reason.
        """
        for their_id, their_row in self._their_rows.items():
            values: Values = {
                column: self._names[_REFERENCES[column]].get(value, value) if column in _REFERENCES and value else value
                for column, value in their_row.items()
            }
            try:
                self._take(their_id, values, left_out, is_needed=their_row.get("name") in needed)
            except sqlite3.IntegrityError as error:
                refused.append(f"{self._table} {their_id}: {refusal(error)}")
                continue
            if self._table in self._names and (row := self._row_of(their_id)):
                self._names[self._table][their_row["name"]] = row["name"]

    def _row_of(self, their_id: int) -> Values | None:
        """Our row of one of their records."""
        their = self._theirs.by_row[self._table, their_id][0]
        known = self._ours.known.get((self._table, their.uid))
        return self._our_rows.get(known.row) if known and not known.gone else None

    def _take(self, their_id: int, values: Values, left_out: frozenset[str], *, is_needed: bool) -> None:
        table, ours = self._table, self._ours
        their = self._theirs.by_row[table, their_id]
        known = _known(ours, table, their)
        rows = {identity.row: identity for identity in known if not identity.gone and identity.row in self._our_rows}
        same = sorted(rows, key=lambda row: (-rows[row].changed, rows[row].uid))
        alike = None if known else self._by_content.pop(_content_key(table, values), None)
        row = same[0] if same else alike
        mine = None if row is None else self._our_rows[row]
        is_second_draft = table == "review" and not known and mine is None and values["week"] in self._weeks
        runs_there_only = values.get("end", 0) is None and (mine is None or mine["end"] is not None)
        if mine is None and not left_out.isdisjoint(_uids(their)):
            self.counts["already"] += 1
        elif runs_there_only or (is_second_draft and not values["written"]):
            self.counts["ignored"] += 1  # it still runs there, or is written here, too: it comes when it is finished
        elif mine is None:
            self._take_new(values, their, known, is_needed=is_needed)
        else:
            for other in same[1:]:
                self._unite(same[0], other)
            self._take_later_state(mine["id"], values, their, is_same=bool(same))

    def _take_new(
        self, values: Values, their: Sequence[Identity], known: Sequence[Identity], *, is_needed: bool
    ) -> None:
        """Insert a record that is not here, unless it was deleted here since."""
        changed, deleted = _changed(their), max((identity.changed for identity in known), default=NEVER_CAME)
        is_later = changed > deleted or is_needed or not _are_gone(self._ours, self._table, their)
        if any(not identity.gone for identity in known) or not is_later:
            self.counts["already"] += 1
            return
        row = _insert(self._database, self._table, values)
        born = self._database.log_position()
        changed = changed if changed > deleted else deleted + 1  # later than the deletion, for those who know that
        state: Values = {"row": row, "born": born, "brought_by": self._step, "changed": changed, "gone": False}
        self._ours.set(self._table, [identity._replace(**state) for identity in (*known, *their)])
        self._our_rows[row] = {**values, "id": row}
        self.counts["added"] += 1

    def _unite(self, row: int, other: int) -> None:
        """Make one record of two of ours that are one record there."""
        first, second = (self._ours.by_row[self._table, id] for id in (row, other))
        values = self._joined(self._our_rows[row], first, self._our_rows[other], second)
        if self._table == "session":
            self.released.append(Session(**self._our_rows[other]))
        self._database.delete(self._table, other)
        del self._our_rows[other]
        self._write(row, values)
        self._set(row, (*first, *second), _changed((*first, *second)) + 1)

    def _take_later_state(self, row: int, values: Values, their: Sequence[Identity], *, is_same: bool) -> None:
        """Write the later state of a record that is on both sides; `is_same`: it was known to be one record."""
        mine, known = self._our_rows[row], self._ours.by_row[self._table, row]
        ours_changed, theirs_changed = _changed(known), _changed(their)
        changed = max(ours_changed, theirs_changed)
        wanted = values if theirs_changed > ours_changed else mine
        if self._table == "session":
            if not is_same:
                wanted = self._joined(mine, known, values, their)
                if _differ(wanted, mine) or _differ(wanted, values):
                    changed += 1  # later than the state of either side, on both
            elif theirs_changed == ours_changed and _differ(mine, values):
                wanted = max(mine, values, key=lambda state: repr([*state.values()][1:]))
        self.counts["changed" if self._write(row, wanted) else "already"] += 1
        self._set(row, (*known, *their), changed)

    def _set(self, row: int, record: Iterable[Identity], changed: int) -> None:
        """Let a row have these identities."""
        known = self._ours.by_row[self._table, row]
        by_uid = {identity.uid: known[0]._replace(uid=identity.uid, changed=changed) for identity in record}
        united = [by_uid[uid] for uid in sorted(by_uid)]
        if united != known:
            self._ours.by_row[self._table, row] = united
            self._ours.set(self._table, united)

    def _joined(self, mine: Values, known: Sequence[Identity], other: Values, their: Sequence[Identity]) -> Values:
        """A record with the words of both, in an order that does not depend on the side."""
        if self._table != "session":
            return mine
        first, second = (mine, other) if known[0].uid <= their[0].uid else (other, mine)
        session = with_words(Session(**first), [Session(**second)])
        return {column: getattr(session, column) for column in mine}

    def _write(self, row: int, values: Values) -> bool:
        """Write what differs; returns whether anything does."""
        mine = self._our_rows[row]
        changed = {column: value for column, value in values.items() if column != "id" and mine[column] != value}
        if self._table == "channel" and changed.get("letter") and _has_letter(self._database, changed["letter"], row):
            del changed["letter"]
        if not changed:
            return False
        if self._table == "session" and changed.keys() & {"channel", "start", "end"}:
            self.released.append(Session(**mine))
        assignments = ", ".join(f"{quote_column(column)} = ?" for column in changed)
        self._database.change(f"UPDATE {self._table} SET {assignments} WHERE id = ?", (*changed.values(), row))
        self._our_rows[row] = {**mine, **changed}
        return True


def _delete_gone(database: Database, table: str, ours: _Side, theirs: _Side, released: list[Session]) -> int:
    """Delete the records that were deleted there later than they were changed here; returns how many.

    The sessions among them are added to `released`.
    """
    deleted = 0
    for (where, uid), their in theirs.known.items():
        known = ours.known.get((table, uid)) if where == table and their.gone else None
        if not known or known.gone or their.changed <= known.changed or not _can_go(database, table, known.row):
            continue
        record = [identity for identity in ours.by_row.get((table, known.row), [known]) if not identity.gone]
        if not _are_gone(theirs, table, record):
            continue
        session = session_table.find(database, known.row) if table == "session" else None
        try:
            database.delete(table, known.row)
        except sqlite3.IntegrityError:
            continue  # something here still refers to it, or it is a written review
        ours.set(table, [identity._replace(changed=their.changed, gone=True) for identity in record])
        released += [session] if session else []
        deleted += 1
    return deleted


def _can_go(database: Database, table: str, row: int) -> bool:
    """Whether a deletion elsewhere deletes this row: not a measured session, nor a habit that was ticked since."""
    if table == "session":
        session = session_table.find(database, row)
        return session is not None and is_recorded(session)
    ticked = "SELECT 1 FROM habit_day JOIN habit ON habit.name = habit_day.habit WHERE habit.id = ?"
    return table != "habit" or not database.row(ticked, (row,))


def _differ(some: Values, other: Values) -> bool:
    """Whether two states of a record differ in more than its number."""
    return any(some[column] != other[column] for column in some if column != "id")


def _content_key(table: str, values: Values) -> tuple[Any, ...]:
    return tuple(
        value.casefold() if isinstance(value, str) else value
        for value in map(values.__getitem__, _CONTENT_COLUMNS[table])
    )


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
