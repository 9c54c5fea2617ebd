"""Day notes: one line of the user's own words, and the word that a day without records was really zero."""

from __future__ import annotations

from tracker.locale import _
from tracker.model import DayNote

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal.file import Journal


def get(journal: Journal, date: str) -> DayNote:
    """The note of a day; empty where there is none."""
    row = journal.row("SELECT note, zero FROM day_note WHERE date = ?", (date,))
    return DayNote(date, row[0], row[1] == 1) if row else DayNote(date)


def in_span(journal: Journal, first: str, last: str) -> list[DayNote]:
    """The notes from one date to another, both included."""
    rows = journal.rows("SELECT date, note, zero FROM day_note WHERE date BETWEEN ? AND ? ORDER BY date", (first, last))
    return [DayNote(date, note, zero == 1) for date, note, zero in rows]


def write(journal: Journal, date: str, note: str | None, *, now: int) -> DayNote:
    """Set the words of a day; empty or None takes them away."""
    with journal.action(_("wrote a line for {date}").format(date=date), now):
        _set(journal, get(journal, date)._replace(note=(note or "").strip() or None))
    return get(journal, date)


def confirm_zero(journal: Journal, date: str, zero: bool, *, now: int) -> DayNote:
    """Say that a day without records had no social time at all (zero), or that it is not known after all."""
    says = _("confirmed {date} as zero") if zero else _("{date} is not known any more")
    with journal.action(says.format(date=date), now):
        _set(journal, get(journal, date)._replace(zero=zero))
    return get(journal, date)


def _set(journal: Journal, note: DayNote) -> None:
    if note == get(journal, note.date):
        return
    if note.note is None and not note.zero:
        journal.change("DELETE FROM day_note WHERE date = ?", (note.date,))
    else:
        journal.change(
            "INSERT INTO day_note(date, note, zero) VALUES (?, ?, ?) "
            "ON CONFLICT(date) DO UPDATE SET note = excluded.note, zero = excluded.zero",
            (note.date, note.note, int(note.zero)),
        )
