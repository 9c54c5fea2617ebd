"""Undo and redo over the change log: they work in any later session, and from every program that opens the file.

A step (a row of `action`) is `done`, `undone`, or `dropped` (undone, and then something else was done). Undo takes the
last done step and writes its rows back as they were, newest first; redo does the same with what that undo has logged.
Both are steps themselves, with no state, so the log is complete.

Undo and redo are of what the user did: automatic imports that came later stay. Where one depends on the step that is
taken back, it is taken back as well and its facts are forgotten, so that its source brings them again. The last
automatic import of a source is undone by its name. Two steps depend on each other where they change one row, where one
refers to a name that the other made or changed, and where their sessions of one channel touch: measured neighbours
become one session. Time that was recorded by hand and time that was measured do not, because undo settles them anew.
"""

from __future__ import annotations

import json
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.domain.models import BY_PEOPLE, CHECK_LASTS, FOREVER, RECORDED, TAKE, UndoStep
from tracker.formatting.text import counted, labelled
from tracker.locale import _
from tracker.storage import imported_facts, session_table, undo_steps
from tracker.storage.last_touch import follow
from tracker.storage.measured_time import restore_imported
from tracker.storage.overlaps import GAP, is_nominal, is_recorded, make_room
from tracker.storage.schema import LOGGED, NATURAL, REAL_COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

    from tracker.domain.models import Session
    from tracker.storage.database import Database


#: 2026-01-01: a step with an earlier time was made under a wrong clock.
_FIRST_RELEASE = 1_767_225_600

#: The columns of an UndoStep.
_STEP = "id, at, says, state, source"

#: By table, the column with the name by which other rows refer to a row.
_NAMED = {"channel": "name", "channel_match": "channel", "activity": "name", "habit": "name"}

#: The columns that refer to a row by its name.
_NAMES = ("channel", "met", "activity", "habit")

#: By table, the columns of which no two rows have the same values.
_UNIQUE = NATURAL | {"notification": ("channel", "at"), "review": ("week",)}


class _NoSuchStep(TrackerError):
    """There is no step that undo or redo could take next."""


class _StepStays(TrackerError):
    """The next step cannot be taken back or done again; the message says why."""


def steps(database: Database, limit: int = 50) -> list[UndoStep]:
    """The last steps that undo and redo can reach, newest first; changes of other programs since then included."""
    newest_first = [
        UndoStep(*row)
        for row in database.rows(
            f"SELECT {_STEP} FROM action WHERE state IN ('done', 'undone') ORDER BY id DESC LIMIT ?", (limit,)
        )
    ]
    for at, tables, count, _first, _last in undo_steps.foreign_changes(database):
        newest_first.insert(0, UndoStep(0, at // 1000, undo_steps.say_foreign(tables, count), "done"))
    return newest_first[:limit]


def last_own(database: Database) -> int | None:
    """The number of the step that undo would take back now; 0 for a change of another program, None for none."""
    if undo_steps.foreign_changes(database):
        return 0
    row = database.row("SELECT max(id) FROM action WHERE state = 'done' AND source IS NULL")
    return row[0] if row else None


def _always(_entry: str) -> bool:
    return True


def undo(database: Database, count: int, *, now: int, read_again: Callable[[str], bool] = _always) -> list[UndoStep]:
    """Take back the last `count` steps of the user's, all or none; returns them, newest first.

    `read_again` has the next import of an entry of `sources` bring again what is taken back with them, and returns
    whether it will; it is called inside the transaction. Raises TrackerError where it will not, and when there are not
    so many steps within the last 30 days.
    """
    too_few = counted("only {n} change can be undone", "only {n} changes can be undone")
    return _play_back_steps(database, partial(_undo_last, read_again=read_again), count, too_few, now)


def undo_import(database: Database, source: str, *, now: int, read_again: Callable[[str], bool] = _always) -> UndoStep:
    """Take back the last automatic import of a source: an entry of the setting `sources`, or its name.

    Raises TrackerError where there is none, and where a later change depends on it, of the user's or of an import that
    does not come again.
    """

    def play(database: Database, now: int) -> UndoStep:
        row = database.row(
            f"SELECT {_STEP} FROM action WHERE state = 'done' "
            "AND (source = ?1 OR substr(source, 1, length(?1) + 1) = ?1 || ':') ORDER BY id DESC LIMIT 1",
            (source,),
        )
        if not row:
            raise TrackerError(_("there is no automatic import of {source} to undo").format(source=source))
        return _undo_step(database, UndoStep(*row), now, read_again)

    (step,) = _play_back_steps(database, play, 1, str, now)
    return step


def channels_of(database: Database, step: UndoStep) -> set[str]:
    """The channels of the sessions, urges, results and expenses that taking this step back, or doing it again, changed.

    For a step that `undo` or `redo` has just returned.
    """
    span = database.row("SELECT first, last FROM action WHERE target = ? ORDER BY id DESC LIMIT 1", (step.id,))
    changed = """SELECT {} FROM change WHERE id BETWEEN ?1 AND ?2 AND "table" = '{}'"""
    names: set[str] = set()
    for table in ("session", "urge", "outcome", "spend"):
        before, rows = changed.format("json_extract(before, '$.channel')", table), changed.format("row", table)
        query = f"{before} UNION SELECT channel FROM {table} WHERE id IN ({rows})"
        names.update(channel for (channel,) in database.rows(query, span) if channel)
    return names


def redo(database: Database, count: int, *, now: int, read_again: Callable[[str], bool] = _always) -> list[UndoStep]:
    """Do again the last `count` steps that were undone, all or none; returns them in the order they are done again.

    Raises TrackerError when there are not so many, when something was changed since, and as `undo` does.
    """
    too_few = counted("only {n} change can be redone", "only {n} changes can be redone")
    return _play_back_steps(database, partial(_redo_last, read_again=read_again), count, too_few, now)


def _play_back_steps(
    database: Database, play: Callable[[Database, int], UndoStep], count: int, too_few: Callable[[int], str], now: int
) -> list[UndoStep]:
    database.reattributed = []  # of an earlier step: shown already, or taken back now
    # The log holds every row that a cascade changed, so nothing may cascade a second time.
    with database.transaction(("PRAGMA foreign_keys = OFF",), ("PRAGMA foreign_keys = ON",)):
        undo_steps.adopt_foreign_changes(database)
        played: list[UndoStep] = []
        while len(played) < count:
            try:
                played.append(play(database, now))
            except _NoSuchStep:
                if not played:
                    raise
                raise TrackerError(too_few(len(played))) from None
            except _StepStays as error:
                if not played:
                    raise
                raise TrackerError(labelled(too_few(len(played)), str(error)), error.hint) from None
        return played


def _undo_last(database: Database, now: int, read_again: Callable[[str], bool]) -> UndoStep:
    row = database.row(f"SELECT {_STEP} FROM action WHERE state = 'done' AND source IS NULL ORDER BY id DESC LIMIT 1")
    if not row:
        imported = database.row("SELECT source FROM action WHERE state = 'done' ORDER BY id DESC LIMIT 1")
        hint = (
            _("`tracker undo {source}` undoes the last automatic import").format(source=imported[0]) if imported else ""
        )
        raise _NoSuchStep(_("there is nothing to undo"), hint)
    return _undo_step(database, UndoStep(*row), now, read_again)


def _undo_step(database: Database, step: UndoStep, now: int, read_again: Callable[[str], bool]) -> UndoStep:
    _refuse_old(database, step, now)
    imported_facts.note_unwanted(database, step.id)
    says = _("undone: {what}").format(what=step.says)
    again = _play_back(database, step.id, says, target=step.id, after=step.id, now=now, read_again=read_again)
    database.change("UPDATE action SET state = 'undone' WHERE id = ?", (step.id,))
    return step._replace(state="undone", again=again)


def _refuse_old(database: Database, step: UndoStep, now: int) -> None:
    """Raise TrackerError for a step of over 30 days ago, unless the clock was behind when it was made."""
    # A step is no older than any step before it, nor than this program.
    (changed,) = database.row("SELECT max(at) FROM action WHERE id <= ?", (step.id,))
    if _FIRST_RELEASE <= changed < now - undo_steps.UNDO_LASTS:
        from tracker.calendar.clock import iso
        from tracker.formatting.times import format_near_date

        today = format_near_date(iso(now, "UTC")[:10], None)
        message = _("the last change is more than 30 days old by this machine's clock ({date}); undo goes back 30 days")
        raise _StepStays(message.format(date=today))


def _redo_last(database: Database, now: int, read_again: Callable[[str], bool]) -> UndoStep:
    row = database.row(
        f"SELECT {_STEP}, (SELECT max(id) FROM action AS undoing WHERE target = action.id) AS undone_by "
        "FROM action WHERE state = 'undone' ORDER BY undone_by DESC LIMIT 1"
    )
    undoing = row and row[-1]
    if undoing is None or database.row(
        "SELECT 1 FROM action WHERE state = 'done' AND source IS NULL AND id > ?", (undoing,)
    ):
        raise _NoSuchStep(_("there is nothing to redo"))
    step = UndoStep(*row[:-1])
    says = _("redone: {what}").format(what=step.says)
    again = _play_back(database, undoing, says, target=step.id, after=undoing, now=now, read_again=read_again)
    imported_facts.want_again(database, step.id)
    database.change("UPDATE action SET state = 'done' WHERE id = ?", (step.id,))
    return step._replace(state="done", again=again)


def _play_back(
    database: Database, action: int, says: str, *, target: int, after: int, now: int, read_again: Callable[[str], bool]
) -> tuple[str, ...]:
    """Reverse the changes of `action`, in a step of its own that names the step `target`.

    Automatic imports after the step `after` that depend on these changes are reversed first, and their facts are
    forgotten. Returns their sources. Raises TrackerError where a change of the user's depends on them, or an import
    that does not come again.
    """
    first, last = database.row("SELECT first, last FROM action WHERE id = ?", (action,))
    if not database.row("SELECT 1 FROM action WHERE state = 'done' AND id > ?", (after,)):
        _reverse_changes(database, first, last, says, target, now)
        return ()
    sources: dict[str, None] = {}
    for id in dependent_steps(database, after, first, last):
        begin, end, what, source = database.row("SELECT first, last, says, source FROM action WHERE id = ?", (id,))
        if source is None or not read_again(source):
            hint = _("`tracker undo {source}` undoes it").format(source=source) if source else ""
            raise _StepStays(_("a later change builds on it; undo that first: {what}").format(what=what), hint)
        # No undo of the user's: it can neither be redone, nor does what it brought stay away.
        _reverse_changes(database, begin, end, _("undone: {what}").format(what=what), id, now)
        database.change("UPDATE action SET state = 'dropped' WHERE id = ?", (id,))
        database.change("DELETE FROM imported_fact WHERE action = ?", (id,))
        sources[source] = None
    recorded = _recorded(database, first, last)
    begin = _reverse_changes(database, first, last, says, target, now)
    _settle(database, recorded, _recorded(database, first, last), begin, now)
    return tuple(sources)


def _recorded(database: Database, first: int, last: int) -> list[Session]:
    """The finished sessions of these changes that were recorded with their own length, as they are now."""
    rows = database.rows(
        "SELECT DISTINCT row FROM change WHERE id BETWEEN ? AND ? AND \"table\" = 'session'", (first, last)
    )
    sessions = [session_table.find(database, row) for (row,) in rows]
    return [
        session
        for session in sessions
        if session and session.end is not None and is_recorded(session) and not is_nominal(session)
    ]


def _settle(database: Database, before: list[Session], after: list[Session], first: int, now: int) -> None:
    """Let measured time, and the channels of results, follow what was reversed under later imports.

    `before` and `after` are recorded sessions before and after it, `first` is its first change.
    """
    for session in after:
        if session not in before:
            make_room(
                database, session.channel, session.start, session.end, now=now, excluding=(session.id,), on_overlap=TAKE
            )
    restore_imported(database, [session for session in before if session not in after])
    follow(database, first)
    step = database.row("SELECT max(id) FROM action")[0]
    undo_steps.end_step(database, step)


def _reverse_changes(database: Database, first: int, last: int, says: str, target: int | None, now: int) -> int:
    """Reverse the changes from `first` to `last` as a step of its own; returns its first change."""
    changes = database.rows(
        'SELECT "table", row, what, before, number FROM change WHERE id BETWEEN ? AND ? ORDER BY id DESC', (first, last)
    )
    step = undo_steps.begin_step(database, says, now, state=None, target=target)
    for (table, what), run in groupby(map(_Change._make, changes), key=attrgetter("table", "what")):
        _reverse(database, table, what, list(run))
    return undo_steps.end_step(database, step)[0]


class _Change(NamedTuple):
    """A change of the change log; `before` is the row before it as JSON, without its `number` (`_image`)."""

    table: str
    row: int
    what: str
    before: str
    number: float | None


def _reverse(database: Database, table: str, what: str, changes: list[_Change]) -> None:
    """Reverse inserts, updates or deletes in one table, newest first."""
    write = database.change_many
    if what == "insert":
        if table == "review":
            _delete_reviews(database, (change.row for change in changes))
            return
        write(f"DELETE FROM {table} WHERE id = ?", ((change.row,) for change in changes))
        return
    images = ((change.row, _image(table, change.before, change.number)) for change in changes)
    for columns, run in groupby(images, key=lambda image: [name for name in LOGGED[table] if name in image[1]]):
        names, marks = ", ".join(f'"{name}"' for name in columns), ", ".join("?" * len(columns))
        if what == "update":
            statement = f"UPDATE {table} SET ({names}) = ({marks}) WHERE id = ?"
            write(statement, ((*(image[name] for name in columns), row) for row, image in run))
        else:
            # The row may be there: a trigger logs the rows in the way of an insert before SQLite decides to ignore it.
            kept = ", ".join(f'"{name}" = excluded."{name}"' for name in columns)
            statement = f"INSERT INTO {table}({names}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {kept}"
            write(statement, ([image[name] for name in columns] for _row, image in run))


def _delete_reviews(database: Database, rows: Iterable[int]) -> None:
    """Delete reviews that an import has brought. A written one becomes a draft first, of a week without another one."""
    for row in rows:
        database.change(
            "UPDATE review SET week = '0000-W01', revision = id, written = NULL, figures = NULL, page = NULL "
            "WHERE id = ? AND written IS NOT NULL",
            (row,),
        )
        database.change("DELETE FROM review WHERE id = ?", (row,))


def _image(table: str, before: str, number: float | None) -> dict[str, Any]:
    """A row as it was before a change; its number is in the JSON only where an earlier version logged it."""
    image: dict[str, Any] = json.loads(before)
    if table in REAL_COLUMNS:
        image.setdefault(REAL_COLUMNS[table], number)
    return image


# Which later steps depend on a step.


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


def dependent_steps(database: Database, step: int, first: int, last: int) -> list[int]:
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
            footprint.times.add((values["channel"], values["start"], FOREVER if end is None else end, is_recorded))
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
        for channel, start, end, by_hand in times:
            by_channel.setdefault((channel, by_hand), []).append((start, end, is_other))
    for spans in by_channel.values():
        ends = {False: -FOREVER, True: -FOREVER}
        for start, end, is_other in sorted(spans):
            if start - ends[not is_other] <= GAP:
                return True
            ends[is_other] = max(ends[is_other], end)
    return False
