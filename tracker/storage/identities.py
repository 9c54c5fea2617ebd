"""The identity of records: which rows of two tracker files are the same record.

A row has a number in its own file only. Its identity is text that is the same in every file that the record got to: the
number together with the instant at which the row was made, or its natural key where there is one (a day's date, a
channel's first name). A copied file has the same identities for the rows before the copy, and others from then on.
SQLite gives the number of a deleted last row to the next row. That row is another record, unless undo or redo wrote the
deleted one back: the change log tells which record had the number before or after the step that they reverse. Nothing
is written while people work: `fold_changes` reads the change log since the last time, before a merge and before old
changes are forgotten, and keeps for each row its identity, the instant of its last change (UTC milliseconds), and
whether it is gone. Rows that imports measured have none: they follow from the imported facts.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import BY_PEOPLE
from tracker.storage import measured_time
from tracker.storage.overlaps import WORDS
from tracker.storage.schema import LOGGED, NATURAL, quote_column

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from tracker.storage.database import Database

    Values = dict[str, Any]

#: The tables whose rows have an identity, in the order in which a row's references come before it.
IDENTIFIED = (
    *("channel", "activity", "channel_match", "habit", "habit_day", "person", "session", "urge", "outcome"),
    *("day_note", "pause", "pattern_mark", "estimate", "review", "verdict", "spend", "commitment"),
)

#: Under this name, in place of a table, the identities tell when a person changed the words of measured sessions.
_WORDS = "words"

#: SQL for the sessions that have an identity: those that a person or another tracker recorded.
IS_IDENTIFIED = f"source IN ({', '.join(map(repr, BY_PEOPLE))})"

#: Earlier than any change: such a record deletes none of another file, and the next merge brings it again.
NEVER_CAME = -1


class Identity(NamedTuple):
    """The identity of a record, and what is known of it in this file.

    `row` is its number, or the last that it had, and `born` the change by which it got that number (0 for not known).
    `changed` is when it was changed last (UTC milliseconds; 0 for not known, NEVER_CAME where the merge that brought it
    was undone); `gone` is whether it is not here any more. `brought_by` is the undo step of the merge that brought the
    record here; None for one that was made here.
    """

    uid: str
    row: int
    changed: int
    gone: bool
    born: int = 0
    brought_by: int | None = None


def by_table_and_uid(database: Database) -> dict[tuple[str, str], Identity]:
    """What is known of every record that is or was here, by table and identity, as of the last `fold_changes`."""
    return {(table, known.uid): known for table, known in each(database)}


def each(database: Database) -> Iterator[tuple[str, Identity]]:
    """The table and the identity of every record, a few at a time."""
    sql = """SELECT "table", uid, row, changed, gone, born, brought_by FROM identity WHERE "table" <> ''"""
    for table, uid, row, changed, gone, born, step in database.stream(sql):
        yield table, Identity(uid, row, changed, gone == 1, born, step)


def write(database: Database, identified: Iterable[tuple[str, Identity]]) -> None:
    """Write what is known of records, each with its table, over what was known. Inside a transaction."""
    database.change_many(
        'INSERT OR REPLACE INTO identity("table", uid, row, changed, gone, born, brought_by) '
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        ((table, *known) for table, known in identified),
    )


def skip_changes(database: Database) -> None:
    """Count the changes so far as read: a merge has written the identities of its rows itself."""
    # The row without a table has the number of the last change that was read.
    write(database, [("", Identity("", 0, database.log_position(), gone=False))])


def fold_changes(database: Database) -> None:
    """Bring the identities up to date with the change log. Inside a transaction."""
    log = _Folding(database)
    pointer = database.row("SELECT changed FROM identity WHERE \"table\" = ''")
    changes = database.rows(
        'SELECT id, at, "table", row, what, before FROM change WHERE id > ? AND "table" <> \'notification\' '
        "AND (\"table\" <> 'session' OR what <> 'insert' OR row NOT IN "
        f"(SELECT id FROM session WHERE NOT {IS_IDENTIFIED})) ORDER BY id",
        (pointer[0] if pointer else 0,),
    )
    is_by_people = None
    # What each inserted row said at first: the log has a row only as it was before its next change.
    first_values: dict[int, dict[str, Any]] = {}
    before_next: dict[tuple[str, int], str | None] = {}
    after: dict[int, str | None] = {}
    for number, _at, table, row, what, before in reversed(changes):
        if what == "insert":
            image = before_next.pop((table, row), None)
            first_values[number] = json.loads(image) if image else _values(database, table, row)
        else:
            if table == "session" and what == "update":
                after[number] = before_next.get((table, row))
            before_next[table, row] = before
    for number, at, table, row, what, before in changes:
        values = first_values[number] if what == "insert" else json.loads(before)
        if values and table == "session" and values["source"] not in BY_PEOPLE:
            is_by_people = is_by_people or measured_time.by_people(database)
            if what == "update" and is_by_people(number):
                image = after[number]
                log.say_words(values, json.loads(image) if image else _values(database, table, row), at)
        elif values and what == "insert":
            log.insert(number, at, table, row, values)
        elif values:
            log.change(number, at, table, row, values, is_delete=what == "delete")
    write(database, ((table, known) for (table, _uid), known in log.fresh.items()))
    skip_changes(database)


class _Folding:
    """The records of a file while its change log is read: `fresh` are those that are to be written."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = by_table_and_uid(database)
        self.fresh: dict[tuple[str, str], Identity] = {}
        # By table and row number: the records that had it, each as its identities, in the order in which they got it.
        self._holders: dict[tuple[str, int], list[list[str]]] = {}
        in_order = sorted(self._known.items(), key=lambda item: (item[1].born, not item[1].gone, item[1].changed))
        held: dict[tuple[str, int], tuple[int, bool, int]] = {}
        for (table, uid), known in in_order:
            holder = (known.born, known.gone, known.changed if known.gone else 0)
            records = self._holders.setdefault((table, known.row), [])
            if held.get((table, known.row)) != holder:
                records.append([])
            held[table, known.row] = holder
            records[-1].append(uid)
        # Undo and redo: their first and last change, and the step that they take back or do again.
        self._replays = database.rows("SELECT first, last, target FROM action WHERE state IS NULL ORDER BY first")
        self._starts = [first for first, _last, _target in self._replays]
        # By step: the first change that it made to each row, its number and what it was.
        self._steps: dict[int, dict[tuple[str, int], tuple[int, str]] | None] = {}

    def insert(self, number: int, at: int, table: str, row: int, values: dict[str, Any]) -> None:
        """A row was made, or written back."""
        target = self._target(number)
        record = self._restored(target, table, row) if target is not None else self._replaced(table, row, at)
        if record is None:
            uid = _free_uid(self._known, table, row, values, at)
            same = self._known.get((table, uid))  # gone: a natural key that is used again
            record = [Identity(uid, row, max(at, same.changed if same else 0), gone=False, born=number)]
            self._hold(table, record[0])
        for known in record:
            self._keep(table, known._replace(changed=max(at, known.changed), gone=False))

    def change(self, number: int, at: int, table: str, row: int, values: dict[str, Any], *, is_delete: bool) -> None:
        """A row was changed or deleted; `values` is the row before it."""
        record = self._last_holder(table, row)
        if not record or record[0].gone:
            record = [Identity(_free_uid(self._known, table, row, values, 0), row, at, gone=False)]
            self._hold(table, record[0])
        for known in record:
            changed = max(at, known.changed)
            if is_delete and known.brought_by and known.brought_by == self._target(number):
                changed = NEVER_CAME
            self._keep(table, known._replace(changed=changed, gone=is_delete))

    def say_words(self, before: Values, after: Values, at: int) -> None:
        """A measured session was changed by a person."""
        if after and any(before[field] != after[field] for field in WORDS):
            uid = _words_uid(after["channel"], after["start"])
            known = self._known.get((_WORDS, uid))
            self._keep(_WORDS, Identity(uid, 0, max(at, known.changed if known else 0), gone=False))

    def _last_holder(self, table: str, row: int) -> list[Identity]:
        """The identities of the record that got the row number last; none where nothing had it."""
        holders = self._holders.get((table, row))
        return [self._known[table, uid] for uid in holders[-1]] if holders else []

    def _keep(self, table: str, known: Identity) -> None:
        self._known[table, known.uid] = self.fresh[table, known.uid] = known

    def _hold(self, table: str, known: Identity) -> None:
        """Let a record have a row number from now on."""
        if earlier := self._known.get((table, known.uid)):
            records = self._holders[table, earlier.row]
            self._holders[table, earlier.row] = [
                rest for uids in records if (rest := [uid for uid in uids if uid != known.uid])
            ]
        self._known[table, known.uid] = known
        self._holders.setdefault((table, known.row), []).append([known.uid])

    def _target(self, number: int) -> int | None:
        """The step that the change is undoing or doing again; None for another change."""
        place = bisect_right(self._starts, number) - 1
        return self._replays[place][2] if place >= 0 and number <= self._replays[place][1] else None

    def _replaced(self, table: str, row: int, at: int) -> list[Identity] | None:
        """The record of a row that INSERT OR REPLACE has deleted at the same instant."""
        record = self._last_holder(table, row)
        return record if record and (not record[0].gone or record[0].changed == at) else None

    def _restored(self, target: int, table: str, row: int) -> list[Identity] | None:
        """The record that had the number before the step `target` deleted it, or since that step has made it."""
        if target not in self._steps:
            self._steps[target] = self._step(target)
        step = self._steps[target]
        holders = self._holders.get((table, row), [])
        holding = [(uids, [self._known[table, uid] for uid in uids]) for uids in holders]
        if step is None:  # forgotten before this program told records apart
            return holding[-1][1] if holding else None
        number, what = step.get((table, row), (0, ""))
        holding = [
            (uids, record)
            for uids, record in holding
            if (record[0].born == number if what == "insert" else record[0].born < number)
        ]
        if not holding:
            return None
        # Those that got the number later are gone, and come back after this one if they do.
        uids, record = holding[-1]
        holders.remove(uids)
        holders.append(uids)
        return record

    def _step(self, target: int) -> dict[tuple[str, int], tuple[int, str]] | None:
        range_of_changes = self._database.row("SELECT first, last FROM action WHERE id = ?", (target,))
        if not range_of_changes:
            return None
        newest_first = self._database.rows(
            'SELECT id, "table", row, what FROM change WHERE id BETWEEN ? AND ? ORDER BY id DESC', range_of_changes
        )
        return {(table, row): (id, what) for id, table, row, what in newest_first}


def words_said(database: Database) -> dict[tuple[str, int], int]:
    """By channel and start, when a person last changed the words of a measured session, in UTC milliseconds."""
    rows = database.rows('SELECT uid, changed FROM identity WHERE "table" = ?', (_WORDS,))
    return {(channel, int(start)): at for uid, at in rows for start, channel in [uid.split("/", 1)]}


def write_words_said(database: Database, place: tuple[str, int], at: int) -> None:
    """Note when a person last changed the words of the measured session at a channel and start."""
    write(database, [(_WORDS, Identity(_words_uid(*place), 0, at, gone=False))])


def _words_uid(channel: str, start: int) -> str:
    return f"{start}/{channel}"


def complete(database: Database) -> None:
    """Give an identity to each row whose making has left the change log. After `fold_changes`, in a transaction."""
    write(database, _missing(database))


def _missing(database: Database) -> Iterator[tuple[str, Identity]]:
    """The table and the identity of every row that has none yet, one after the other: there may be very many."""
    known = {(table, identity.uid): identity for table, identity in each(database) if table in NATURAL}
    for table in IDENTIFIED:
        unknown = 'id NOT IN (SELECT row FROM identity WHERE "table" = ? AND NOT gone)'
        recorded = f" AND {IS_IDENTIFIED}" if table == "session" else ""
        for row in database.table_rows(table, unknown + recorded, (table,)):
            identity = Identity(_free_uid(known, table, row["id"], row, 0), row["id"], 0, gone=False)
            if table in NATURAL:
                known[table, identity.uid] = identity
            yield table, identity


def _values(database: Database, table: str, row: int) -> dict[str, Any]:
    """A row as it is now. It is read for each change: sqlite-utils takes 0.6 ms for a row, SQLite alone 0.03."""
    columns = LOGGED[table]
    values = database.row(f"SELECT {', '.join(map(quote_column, columns))} FROM {table} WHERE id = ?", (row,))
    return dict(zip(columns, values, strict=True)) if values else {}


def _free_uid(
    known: Mapping[tuple[str, str], Identity], table: str, row: int, values: Mapping[str, Any], born: int
) -> str:
    """The identity of a row that was made here at `born` (UTC milliseconds; 0 for not known).

    A natural key that another record has, which was renamed since, does not identify it.
    """
    if table in NATURAL:
        uid = "/".join(str(values.get(column) or "").casefold() for column in NATURAL[table])
        holder = known.get((table, uid))
        if holder is None or holder.gone:
            return uid
    if born:
        return f"{row}.{born}"
    # Made before identities were kept: what it says now is all there is, and is the same in a copy of the file.
    return f"{row}." + "/".join(str(values.get(column)) for column in ("start", "at", "week", "since", "channel"))
