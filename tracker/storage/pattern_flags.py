"""Marks and flags of patterns (the tables `pattern_mark` and `pattern_flag`).

A mark is the user's: the pattern is dismissed until a date, or expected, and why. Each change is an undo step; earlier
marks stay stored with the days for which they held. A flag is the program's note that a pattern was flagged, like
`state`: undo does not cover it, and losing it loses nothing. Dates are days of the log; a mark holds from `since` until
the day before `until`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.domain.models import DISMISSED, EXPECTED
from tracker.domain.text import typed
from tracker.formatting.times import format_near_date
from tracker.locale import _
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.storage.database import Database


class PatternMark(NamedTuple):
    """A mark of the user's on a pattern; `what` is DISMISSED or EXPECTED, `until` None for one without an end."""

    id: int
    pattern: str
    what: str
    since: str
    until: str | None = None
    why: str | None = None

    def holds(self, date: str) -> bool:
        """Whether the mark holds on that day."""
        return self.since <= date and (self.until is None or date < self.until)


class PatternFlag(NamedTuple):
    """A flag: the day on which it was raised, and the last day on which it was still up."""

    pattern: str
    raised: str
    seen: str


def marks(database: Database, date: str) -> dict[str, PatternMark]:
    """The last mark of each pattern that holds on that day."""
    return {mark.pattern: mark for mark in every(database) if mark.holds(date)}


def every(database: Database) -> list[PatternMark]:
    """All marks, in the order they were made."""
    rows = database.rows("SELECT id, pattern, what, since, until, why FROM pattern_mark ORDER BY id")
    return [PatternMark._make(row) for row in rows]


def dismiss(database: Database, pattern: str, since: str, until: str, *, now: int, title: str = "") -> PatternMark:
    """Dismiss a pattern from one day until another; `title` is its name in the history."""
    says = _("muted “{title}” until {date}").format(title=title or pattern, date=format_near_date(until, since))
    return _mark(database, PatternMark(0, pattern, DISMISSED, since, until), says, now)


def expect(database: Database, pattern: str, since: str, why: str | None, *, now: int, title: str = "") -> PatternMark:
    """Mark a pattern as expected from a day on, and why; without a reason the earlier one stays.

    `title` is its name in the history. Raises TrackerError for too long a reason.
    """
    why = typed("why", why)
    before = marks(database, since).get(pattern)
    if why is None and before and before.what == EXPECTED:
        why = before.why
    says = _("marked “{title}” as expected").format(title=title or pattern)
    return _mark(database, PatternMark(0, pattern, EXPECTED, since, None, why), says, now)


def unmark(database: Database, pattern: str, date: str, *, now: int, title: str = "") -> PatternMark:
    """End the mark of a pattern from a day on; returns it. Raises TrackerError if there is none.

    `title` is its name in the history and in the error.
    """
    title = title or pattern
    with database.transaction():
        mark = marks(database, date).get(pattern)
        if not mark:
            raise TrackerError(_("“{title}” is neither muted nor expected").format(title=title))
        with undo_step(database, _("removed the mark of “{title}”").format(title=title), now):
            _end(database, mark, date)
    return mark


def _mark(database: Database, mark: PatternMark, says: str, now: int) -> PatternMark:
    with undo_step(database, says, now):
        before = marks(database, mark.since).get(mark.pattern)
        if before and before._replace(id=0, since=mark.since) == mark:
            return before  # unchanged: no undo step
        if before:
            _end(database, before, mark.since)
        id = database.change(
            "INSERT INTO pattern_mark(pattern, what, since, until, why) VALUES (?, ?, ?, ?, ?)", tuple(mark[1:])
        )
    return mark._replace(id=id)


def _end(database: Database, mark: PatternMark, date: str) -> None:
    """End a mark; one that held for a day or more stays stored."""
    if mark.since < date:
        database.change("UPDATE pattern_mark SET until = ? WHERE id = ?", (date, mark.id))
    else:
        database.change("DELETE FROM pattern_mark WHERE id = ?", (mark.id,))


def flags(database: Database, since: str, date: str) -> list[PatternFlag]:
    """The flags that were raised up to `date` and were still up on or after `since`, the earliest first."""
    return [
        PatternFlag._make(row)
        for row in database.rows(
            "SELECT pattern, raised, seen FROM pattern_flag WHERE raised <= ? AND seen >= ? ORDER BY raised, pattern",
            (date, since),
        )
    ]


def remember_flags(database: Database, flags: Iterable[PatternFlag]) -> None:
    """Store flags without waiting for the disk or for another program.

    If two programs raise a flag on one day, the first one counts. A file that cannot be written stays unchanged.
    """
    rows = [tuple(flag) for flag in flags]
    if not rows or database.connection.in_transaction:
        return

    def write() -> None:
        for row in rows:
            database.change(
                "INSERT INTO pattern_flag(pattern, raised, seen) SELECT ?1, ?2, ?3 WHERE ?2 < ?3 OR NOT EXISTS "
                "(SELECT 1 FROM pattern_flag WHERE raised = ?2 AND pattern <> ?1) "
                "ON CONFLICT(pattern, raised) DO UPDATE SET seen = max(seen, excluded.seen)",
                row,
            )

    database.write_if_possible(write)
