"""Undo and redo over the change log: they outlive the program, and work from every program that opens the file.

An action is `done`, `undone`, or `dropped` (undone, and then something else was done). Undoing takes the last done
one and puts the rows it touched back, newest first; redoing takes the last undone one and does the same with what
undoing logged. Both are themselves recorded, so the log never forgets what happened.
"""

from __future__ import annotations

import json
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.locale import _, ngettext
from tracker.storage.schema import LOGGED, NUMBERS
from tracker.storage.steps import (
    UNDO_LASTS,
    adopt_foreign_changes,
    close_step,
    foreign_changes,
    open_step,
    says_foreign,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from tracker.storage.file import Journal


#: When a row of these tables happened.
_TIMES = {"session": "start", "urge": "at", "outcome": "at", "notification": "at"}
#: What changes in these changes nothing that was recorded.
_TIMELESS = (
    *("habit", "habit_day", "pause", "person", "pattern_mark", "spend"),
    *("estimate", "review", "verdict", "commitment"),
)
#: 2026-01-01: a step that says it was made earlier was made under a wrong clock.
_FIRST_RELEASE = 1_767_225_600

#: More changes than these are not looked at one by one.
_FEW = 50


class Action(NamedTuple):
    """One undo step: what it said, when it was made (UTC seconds), and whether it is `done` or `undone`."""

    id: int
    at: int
    says: str
    state: str


def actions(journal: Journal, limit: int = 50) -> list[Action]:
    """The last steps that undo and redo can reach, newest first; other programs' changes since then included."""
    found = [
        Action._make(row)
        for row in journal.rows(
            "SELECT id, at, says, state FROM action WHERE state IN ('done', 'undone') ORDER BY id DESC LIMIT ?",
            (limit,),
        )
    ]
    for at, tables, count, _first, _last in foreign_changes(journal):
        found.insert(0, Action(0, at // 1000, says_foreign(tables, count), "done"))
    return found[:limit]


def latest(journal: Journal) -> int:
    """A number that differs once anything that undo covers was changed, by whatever program."""
    return int(journal.row("SELECT coalesce(max(id), 0) FROM change")[0])


def last_change(journal: Journal) -> tuple[int, int]:
    """The last entry of the change log: its number, and when it was made in milliseconds; zeros before the first."""
    row = journal.row("SELECT id, at FROM change ORDER BY id DESC LIMIT 1")
    return (row[0], row[1]) if row else (0, 0)


def goes_on(journal: Journal, entry: tuple[int, int]) -> bool:
    """Whether the file's history goes on from this `last_change`; not so where a backup was restored over it."""
    number, at = entry
    row = journal.row("SELECT at FROM change WHERE id = ?", (number,))
    return row[0] == at if row else latest(journal) >= number  # entries are forgotten after a month


def touched_from(journal: Journal, since: int) -> int | None:
    """The earliest instant that the changes after `since` (a `latest`) concern; None where they concern none.

    0 where they may concern any: a channel's kind, what was said of a day, many changes at once.
    """
    rows = journal.rows('SELECT "table", row, before FROM change WHERE id > ? LIMIT ?', (since, _FEW + 1))
    if len(rows) > _FEW or latest(journal) < since:  # a backup was restored
        return 0
    found: list[int] = []
    for table, row, before in rows:
        if table in _TIMELESS:
            continue
        if table not in _TIMES:
            return 0
        now = journal.row(f"SELECT {_TIMES[table]} FROM {table} WHERE id = ?", (row,))
        found += [now[0]] if now else []
        found += [json.loads(before)[_TIMES[table]]] if before else []
    return min(found, default=None)


def undo(journal: Journal, count: int, *, now: int) -> list[Action]:
    """Take back the last `count` steps, all or none; returns them, newest first.

    Raises TrackerError when there are not so many within the last 30 days.
    """
    return _played_back(journal, _undo_last, count, _only_undone, now)


def redo(journal: Journal, count: int, *, now: int) -> list[Action]:
    """Do again the last `count` steps taken back, all or none; returns them in the order they are done again.

    Raises TrackerError when there are not so many, or when something was changed since.
    """
    return _played_back(journal, _redo_last, count, _only_redone, now)


def _played_back(
    journal: Journal, one: Callable[[Journal, int], Action], count: int, only: Callable[[int], str], now: int
) -> list[Action]:
    journal.moved = []  # what the step before these changed was said, or is no more
    # The log holds every row that a cascade touched, so nothing may cascade a second time.
    with journal.transaction(("PRAGMA foreign_keys = OFF",), ("PRAGMA foreign_keys = ON",)):
        adopt_foreign_changes(journal)
        steps: list[Action] = []
        while len(steps) < count:
            try:
                steps.append(one(journal, now))
            except TrackerError:
                if not steps:
                    raise
                raise TrackerError(only(len(steps))) from None
        return steps


def _only_undone(count: int) -> str:
    return ngettext("only {n} change can be undone", "only {n} changes can be undone", count).format(n=count)


def _only_redone(count: int) -> str:
    return ngettext("only {n} change can be redone", "only {n} changes can be redone", count).format(n=count)


def _undo_last(journal: Journal, now: int) -> Action:
    row = journal.row("SELECT id, at, says, state FROM action WHERE state = 'done' ORDER BY id DESC LIMIT 1")
    if not row:
        raise TrackerError(_("there is nothing to undo"))
    step = Action._make(row)
    _refuse_old(journal, step, now)
    _play_back(journal, step.id, _("undid: {what}").format(what=step.says), step.id, now)
    journal.change("UPDATE action SET state = 'undone' WHERE id = ?", (step.id,))
    return step._replace(state="undone")


def _refuse_old(journal: Journal, step: Action, now: int) -> None:
    """Raise TrackerError for a step of over 30 days ago; one that was made while the clock was behind is not."""
    # A step is no older than any before it, nor than this program.
    (made,) = journal.row("SELECT max(at) FROM action WHERE id <= ?", (step.id,))
    if _FIRST_RELEASE <= made < now - UNDO_LASTS:
        from tracker.calendar.zones import iso
        from tracker.formatting.times import format_near_date

        today = format_near_date(iso(now, "UTC")[:10], None)
        said = _("the last change is over 30 days old by this machine's clock ({date}); undo does not reach that far")
        raise TrackerError(said.format(date=today))


def _redo_last(journal: Journal, now: int) -> Action:
    # The last one undone is the earliest still undone: undo goes backwards.
    row = journal.row("SELECT id, at, says, state FROM action WHERE state = 'undone' ORDER BY id LIMIT 1")
    newer = row and journal.row("SELECT 1 FROM action WHERE state = 'done' AND id > ?", (row[0],))
    if not row or newer:
        raise TrackerError(_("there is nothing to redo"))
    step = Action._make(row)
    (undoing,) = journal.row("SELECT max(id) FROM action WHERE target = ?", (step.id,))
    if undoing is None:
        raise TrackerError(_("there is nothing to redo"))
    _play_back(journal, undoing, _("redid: {what}").format(what=step.says), step.id, now)
    journal.change("UPDATE action SET state = 'done' WHERE id = ?", (step.id,))
    return step._replace(state="done")


def _play_back(journal: Journal, action: int, says: str, target: int, now: int) -> None:
    """Reverse what `action` logged, under a record of its own that names the step it concerns."""
    first, last = journal.row("SELECT first, last FROM action WHERE id = ?", (action,))
    changes = journal.rows(
        'SELECT "table", row, what, before, number FROM change WHERE id BETWEEN ? AND ? ORDER BY id DESC', (first, last)
    )
    record = open_step(journal, says, now, state=None, target=target)
    for (table, what), run in groupby(changes, key=lambda change: (change[0], change[2])):
        _reverse(journal, table, what, [(row, before, number) for _table, row, _what, before, number in run])
    close_step(journal, record)


def _reverse(journal: Journal, table: str, what: str, changes: list[tuple[int, str, float | None]]) -> None:
    """Reverse changes of one sort to one table: (row, image before it as JSON, its number), the last change first."""
    write = journal.change_many
    if what == "insert":
        write(f"DELETE FROM {table} WHERE id = ?", ((row,) for row, *_image in changes))
        return
    images = ((row, _image(table, before, number)) for row, before, number in changes)
    for columns, run in groupby(images, key=lambda image: [name for name in LOGGED[table] if name in image[1]]):
        names = ", ".join(f'"{name}"' for name in columns)
        if what == "update":
            statement = f"UPDATE {table} SET ({names}) = ({', '.join('?' * len(columns))}) WHERE id = ?"
            write(statement, ((*(image[name] for name in columns), row) for row, image in run))
        else:
            # The row may be there: REPLACE logs what it is about to drive out, and IGNORE then keeps it.
            kept = ", ".join(f'"{name}" = excluded."{name}"' for name in columns)
            marks = ", ".join("?" * len(columns))
            statement = f"INSERT INTO {table}({names}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {kept}"
            write(statement, ([image[name] for name in columns] for _row, image in run))


def _image(table: str, before: str, number: float | None) -> dict[str, Any]:
    """A row as it was before a change; its number is in the JSON only where an earlier version logged it."""
    image: dict[str, Any] = json.loads(before)
    if table in NUMBERS:
        image.setdefault(NUMBERS[table], number)
    return image
