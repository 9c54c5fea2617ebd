"""Notes of days: the user's own words, the important task, and whether the day is confirmed as zero or closed."""

from __future__ import annotations

from tracker.domain.models import DayNote
from tracker.domain.text import typed
from tracker.formatting.times import format_recorded_date
from tracker.locale import _
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.storage.database import Database

_FIELDS = ("note", "zero", "task", "task_done", "closed")
_SELECT = f"SELECT date, {', '.join(_FIELDS)} FROM day_note"


def get(database: Database, date: str) -> DayNote:
    """The note of a day; an empty one where there is none."""
    row = database.row(f"{_SELECT} WHERE date = ?", (date,))
    return _note(row) if row else DayNote(date)


def in_span(database: Database, first: str, last: str) -> list[DayNote]:
    """The notes from one date to another, both included."""
    return [_note(row) for row in database.rows(f"{_SELECT} WHERE date BETWEEN ? AND ? ORDER BY date", (first, last))]


def first_closed(database: Database) -> str | None:
    """The date of the first day that was closed."""
    (date,) = database.row("SELECT min(date) FROM day_note WHERE closed = 1")
    return date if date is None else str(date)


def write(database: Database, date: str, note: str | None, *, now: int) -> DayNote:
    """Set the words of a day; empty or None deletes them. Raises TrackerError for too long a text."""
    note = typed("day", note)
    return _change(
        database, date, _("wrote the note for {date}").format(date=format_recorded_date(date, now)), now, note=note
    )


def confirm_zero(database: Database, date: str, zero: bool, *, now: int) -> DayNote:
    """Confirm that a day without records had no social time (zero), or say that it is unknown after all."""
    says = _("confirmed {date} as zero") if zero else _("{date} is unknown again")
    return _change(database, date, says.format(date=format_recorded_date(date, now)), now, zero=zero)


def set_task(database: Database, date: str, task: str | None, *, now: int) -> DayNote:
    """Set the important task of a day, not done yet; empty or None deletes it. TrackerError for too long a text."""
    task = typed("task", task)
    says = _("set the important task of {date}").format(date=format_recorded_date(date, now))
    return _change(database, date, says, now, task=task, task_done=False)


def do_task(database: Database, date: str, done: bool, *, now: int) -> DayNote:
    """Mark the important task of a day as done, or as not done."""
    says = (
        _("marked the important task of {date} as done")
        if done
        else _("marked the important task of {date} as not done")
    )
    return _change(database, date, says.format(date=format_recorded_date(date, now)), now, task_done=done)


def close(database: Database, date: str, closed: bool, *, now: int) -> DayNote:
    """Mark a day as closed, which says that its records are complete, or open it again."""
    says = _("closed {date}") if closed else _("opened {date} again")
    return _change(database, date, says.format(date=format_recorded_date(date, now)), now, closed=closed)


def _note(row: Sequence[Any]) -> DayNote:
    date, note, zero, task, task_done, closed = row
    return DayNote(date, note, zero == 1, task, task_done == 1, closed == 1)


def _change(database: Database, date: str, says: str, now: int, **fields: Any) -> DayNote:
    with undo_step(database, says, now):
        before = get(database, date)
        after = before._replace(**fields)
        if after == DayNote(date):
            database.change("DELETE FROM day_note WHERE date = ?", (date,))
        elif after != before:
            kept = ", ".join(f"{field} = excluded.{field}" for field in _FIELDS)
            database.change(
                f"INSERT INTO day_note(date, {', '.join(_FIELDS)}) VALUES (?, ?, ?, ?, ?, ?) "
                f"ON CONFLICT(date) DO UPDATE SET {kept}",
                tuple(after),
            )
    return after
