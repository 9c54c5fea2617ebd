"""What is remembered of patterns: what the user says of one, and when the program raised a flag.

A *mark* is the user's: dismissed until a date, or expected, and why. Each change of one is a step for undo, and what
was marked before stays on record with the days it held. A *raised* flag is the program's own note, like `state`: undo
does not know it, and losing it loses nothing. Dates are days of the log; a mark holds from `since` on, before `until`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.domain.text import typed
from tracker.formatting.times import format_near_date
from tracker.locale import _
from tracker.storage.steps import attempt

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.storage.file import Journal

DISMISSED, EXPECTED = "dismissed", "expected"


class Mark(NamedTuple):
    """What the user says of a pattern; `until` is None where it holds until it is taken away."""

    id: int
    pattern: str
    what: str
    since: str
    until: str | None = None
    why: str | None = None

    def holds(self, date: str) -> bool:
        """Whether it holds on that day."""
        return self.since <= date and (self.until is None or date < self.until)


class Raised(NamedTuple):
    """A flag that was raised on one day, and the last day it was seen to stand."""

    pattern: str
    raised: str
    seen: str


def marks(journal: Journal, date: str) -> dict[str, Mark]:
    """What holds on that day, by pattern: the mark made last."""
    return {mark.pattern: mark for mark in every(journal) if mark.holds(date)}


def every(journal: Journal) -> list[Mark]:
    """All that was ever said of a pattern, in the order it was."""
    rows = journal.rows("SELECT id, pattern, what, since, until, why FROM pattern_mark ORDER BY id")
    return [Mark._make(row) for row in rows]


def dismiss(journal: Journal, pattern: str, since: str, until: str, *, now: int, title: str = "") -> Mark:
    """Let a pattern be silent from a day on, until another; `title` is what people call it, which its step says."""
    says = _("dismissed “{title}” until {date}").format(title=title or pattern, date=format_near_date(until, since))
    return _mark(journal, Mark(0, pattern, DISMISSED, since, until), says, now)


def expect(journal: Journal, pattern: str, since: str, why: str | None, *, now: int, title: str = "") -> Mark:
    """Say that a pattern is expected from a day on, and why; without a reason the one given before stays.

    `title` is what people call it, which its step says. Raises TrackerError for too long a reason.
    """
    why = typed("why", why)
    before = marks(journal, since).get(pattern)
    if why is None and before and before.what == EXPECTED:
        why = before.why
    says = _("marked “{title}” as expected").format(title=title or pattern)
    return _mark(journal, Mark(0, pattern, EXPECTED, since, None, why), says, now)


def unmark(journal: Journal, pattern: str, date: str, *, now: int, title: str = "") -> Mark:
    """Take away, from a day on, what was said of a pattern; returns it. Raises TrackerError if nothing was.

    `title` is what people call it, which its step says, and the error.
    """
    title = title or pattern
    with journal.transaction():
        mark = marks(journal, date).get(pattern)
        if not mark:
            raise TrackerError(_("“{title}” is neither dismissed nor expected").format(title=title))
        with journal.action(_("took the mark off “{title}”").format(title=title), now):
            _end(journal, mark, date)
    return mark


def _mark(journal: Journal, mark: Mark, says: str, now: int) -> Mark:
    with journal.action(says, now):
        before = marks(journal, mark.since).get(mark.pattern)
        if before and before._replace(id=0, since=mark.since) == mark:
            return before  # said already: no step
        if before:
            _end(journal, before, mark.since)
        id = journal.change(
            "INSERT INTO pattern_mark(pattern, what, since, until, why) VALUES (?, ?, ?, ?, ?)", tuple(mark[1:])
        )
    return mark._replace(id=id)


def _end(journal: Journal, mark: Mark, date: str) -> None:
    """A mark that held for a day or more stays on record as long as it did."""
    if mark.since < date:
        journal.change("UPDATE pattern_mark SET until = ? WHERE id = ?", (date, mark.id))
    else:
        journal.change("DELETE FROM pattern_mark WHERE id = ?", (mark.id,))


def raised(journal: Journal, since: str, date: str) -> list[Raised]:
    """The flags raised up to that day and seen since another, the earliest first."""
    return [
        Raised._make(row)
        for row in journal.rows(
            "SELECT pattern, raised, seen FROM pattern_flag WHERE raised <= ? AND seen >= ? ORDER BY raised, pattern",
            (date, since),
        )
    ]


def remember(journal: Journal, standing: Iterable[Raised]) -> None:
    """Note flags as raised and seen, without waiting for the disk nor for another program that is writing.

    Of two programs that raise a flag on one day the first has the say. A file that cannot be written stays as it is.
    """
    rows = [tuple(row) for row in standing]
    if not rows or journal.connection.in_transaction:
        return

    def write() -> None:
        for row in rows:
            journal.change(
                "INSERT INTO pattern_flag(pattern, raised, seen) SELECT ?1, ?2, ?3 WHERE ?2 < ?3 OR NOT EXISTS "
                "(SELECT 1 FROM pattern_flag WHERE raised = ?2 AND pattern <> ?1) "
                "ON CONFLICT(pattern, raised) DO UPDATE SET seen = max(seen, excluded.seen)",
                row,
            )

    attempt(journal, write)
