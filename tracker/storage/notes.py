"""What the user says of a day: their own words, its important task, that it was really zero, that they closed it."""

from __future__ import annotations

from tracker.domain.models import DayNote
from tracker.domain.text import typed
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.storage.file import Journal

_FIELDS = ("note", "zero", "task", "task_done", "closed")
_SELECT = f"SELECT date, {', '.join(_FIELDS)} FROM day_note"


def get(journal: Journal, date: str) -> DayNote:
    """The note of a day; empty where there is none."""
    row = journal.row(f"{_SELECT} WHERE date = ?", (date,))
    return _note(row) if row else DayNote(date)


def in_span(journal: Journal, first: str, last: str) -> list[DayNote]:
    """The notes from one date to another, both included."""
    return [_note(row) for row in journal.rows(f"{_SELECT} WHERE date BETWEEN ? AND ? ORDER BY date", (first, last))]


def first_closed(journal: Journal) -> str | None:
    """The date of the first day that was closed."""
    (date,) = journal.row("SELECT min(date) FROM day_note WHERE closed = 1")
    return date if date is None else str(date)


def write(journal: Journal, date: str, note: str | None, *, now: int) -> DayNote:
    """Set the words of a day; empty or None takes them away. Raises TrackerError for too many."""
    note = typed("day", note)
    return _change(journal, date, _("wrote a line for {date}").format(date=date), now, note=note)


def confirm_zero(journal: Journal, date: str, zero: bool, *, now: int) -> DayNote:
    """Say that a day without records had no social time at all (zero), or that it is not known after all."""
    says = _("confirmed {date} as zero") if zero else _("{date} is not known any more")
    return _change(journal, date, says.format(date=date), now, zero=zero)


def set_task(journal: Journal, date: str, task: str | None, *, now: int) -> DayNote:
    """Name the important task of a day, not done yet; empty or None takes it away. TrackerError for too long a text."""
    task = typed("task", task)
    says = _("set the important task of {date}").format(date=date)
    return _change(journal, date, says, now, task=task, task_done=False)


def do_task(journal: Journal, date: str, done: bool, *, now: int) -> DayNote:
    """Say that the important task of a day is done, or is not after all."""
    says = _("did the important task of {date}") if done else _("the important task of {date} is still to do")
    return _change(journal, date, says.format(date=date), now, task_done=done)


def close(journal: Journal, date: str, closed: bool, *, now: int) -> DayNote:
    """Say that a day has been gone through in the evening and is complete, or is open again."""
    says = _("closed {date}") if closed else _("opened {date} again")
    return _change(journal, date, says.format(date=date), now, closed=closed)


def _note(row: Sequence[Any]) -> DayNote:
    date, note, zero, task, task_done, closed = row
    return DayNote(date, note, zero == 1, task, task_done == 1, closed == 1)


def _change(journal: Journal, date: str, says: str, now: int, **fields: Any) -> DayNote:
    with journal.action(says, now):
        before = get(journal, date)
        after = before._replace(**fields)
        if after == DayNote(date):
            journal.change("DELETE FROM day_note WHERE date = ?", (date,))
        elif after != before:
            kept = ", ".join(f"{field} = excluded.{field}" for field in _FIELDS)
            journal.change(
                f"INSERT INTO day_note(date, {', '.join(_FIELDS)}) VALUES (?, ?, ?, ?, ?, ?) "
                f"ON CONFLICT(date) DO UPDATE SET {kept}",
                tuple(after),
            )
    return after
