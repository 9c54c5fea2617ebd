"""Pauses: declared abstinences from every social channel; at most one is current."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, Pause
from tracker.locale import _
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.storage.database import Database

#: The longest pause, in seconds: a longer one is a holiday and needs no countdown.
LONGEST_PAUSE = 31 * DAY


def begin(database: Database, end: int, zone: str, *, now: int) -> Pause:
    """Declare a pause from now until the instant `end`; it replaces a current one.

    Raises TrackerError for an end that is not in the future, or more than a month ahead.
    """
    if end <= now:
        raise TrackerError(_("a pause must end in the future"))
    if end - now > LONGEST_PAUSE:
        raise TrackerError(_("a pause can last a month at most"))
    with undo_step(database, _("started a pause"), now):
        database.ensure_zone(zone)
        before = current(database, now)
        if before and before.start == now:
            database.delete("pause", before.id)
        elif before:
            database.change("UPDATE pause SET ended = ? WHERE id = ?", (max(now, before.start), before.id))
        pause = Pause(0, now, end, zone)
        return pause._replace(id=database.insert("pause", pause))


def call_off(database: Database, *, now: int) -> Pause:
    """End the current pause before its time. Raises TrackerError if there is none."""
    with database.transaction():
        pause = current(database, now)
        if not pause:
            raise TrackerError(_("no pause is running"), _("`tracker pause 2h` starts one"))
        ended = max(now, pause.start)
        with undo_step(database, _("ended the pause"), now):
            database.change("UPDATE pause SET ended = ? WHERE id = ?", (ended, pause.id))
    return pause._replace(ended=ended)


def current(database: Database, now: int) -> Pause | None:
    """The pause at the instant `now`, if there is one.

    A pause begins when it is declared: one that begins after `now` was declared before the clock was set back.
    """
    return database.record(
        Pause,
        'WHERE "end" > ?1 AND "end" <= ?1 + ?2 AND ended IS NULL ORDER BY id DESC LIMIT 1',
        (now, LONGEST_PAUSE),
    )


def in_span(database: Database, since: int, until: int) -> list[Pause]:
    """The pauses that overlap [since, until), by start."""
    return database.records(
        Pause, 'WHERE "end" > ?1 AND start < ?2 AND coalesce(ended, "end") > ?1 ORDER BY start, id', (since, until)
    )
