"""Pauses: declared abstinences from every social channel. At most one is under way."""

from __future__ import annotations

from tracker.domain.models import Pause, TrackerError
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.storage.file import Journal

#: No pause is longer, in seconds: a month away from the networks is a holiday, and needs no countdown.
LONGEST_PAUSE = 31 * 86_400

_SELECT = 'SELECT id, start, "end", zone, ended FROM pause'


def begin(journal: Journal, end: int, zone: str, *, now: int) -> Pause:
    """Declare a pause from now until the instant `end`; one under way is replaced by it.

    Raises TrackerError for an end that is not ahead, or is more than a month ahead.
    """
    if end <= now:
        raise TrackerError(_("a pause ends in the time to come"))
    if end - now > LONGEST_PAUSE:
        raise TrackerError(_("a pause lasts a month at most"))
    with journal.action(_("began a pause"), now):
        journal.ensure_zone(zone)
        before = current(journal, now)
        if before and before.start == now:
            journal.change("DELETE FROM pause WHERE id = ?", (before.id,))
        elif before:
            journal.change("UPDATE pause SET ended = ? WHERE id = ?", (max(now, before.start), before.id))
        id = journal.change('INSERT INTO pause(start, "end", zone) VALUES (?, ?, ?)', (now, end, zone))
    return Pause(id, now, end, zone)


def call_off(journal: Journal, *, now: int) -> Pause:
    """End the pause under way before its time. Raises TrackerError if there is none."""
    with journal.transaction():
        pause = current(journal, now)
        if not pause:
            raise TrackerError(_("no pause is under way"), _("`tracker pause 2h` begins one"))
        ended = max(now, pause.start)
        with journal.action(_("called off the pause"), now):
            journal.change("UPDATE pause SET ended = ? WHERE id = ?", (ended, pause.id))
    return pause._replace(ended=ended)


def current(journal: Journal, now: int) -> Pause | None:
    """The pause under way at `now`, if one is.

    A pause begins when it is declared, so one that begins later was declared before the clock was set back.
    """
    row = journal.row(
        f'{_SELECT} WHERE "end" > ?1 AND "end" <= ?1 + ?2 AND ended IS NULL ORDER BY id DESC LIMIT 1',
        (now, LONGEST_PAUSE),
    )
    return Pause._make(row) if row else None


def in_span(journal: Journal, lo: int, hi: int) -> list[Pause]:
    """The pauses that touch [lo, hi), by start."""
    rows = journal.rows(
        f'{_SELECT} WHERE "end" > ?1 AND start < ?2 AND coalesce(ended, "end") > ?1 ORDER BY start, id', (lo, hi)
    )
    return [Pause._make(row) for row in rows]
