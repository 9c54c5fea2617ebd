"""Bulk load: fill a new file with many records, fast and without undo steps, for the demo and for studies."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.domain.models import (
    Commitment,
    DayNote,
    Estimate,
    Habit,
    Outcome,
    Pause,
    Review,
    Session,
    Spend,
    Tick,
    Urge,
    Verdict,
)
from tracker.locale import _
from tracker.storage import search_index
from tracker.storage.habits import stored
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from tracker.storage.database import Database


#: The tables whose names are not those of their records.
_TABLES = {"DayNote": "day_note", "Tick": "habit_day"}


def fill(
    database: Database,
    *,
    now: int,
    sessions: Sequence[Session],
    urges: Sequence[Urge] = (),
    outcomes: Sequence[Outcome] = (),
    notes: Sequence[DayNote] = (),
    habits: Sequence[Habit] = (),
    ticks: Sequence[Tick] = (),
    pauses: Sequence[Pause] = (),
    notifications: Sequence[tuple[str, int, str]] = (),
    spends: Sequence[Spend] = (),
    verdicts: Sequence[Verdict] = (),
    budgets: Mapping[str, int] | None = None,
) -> None:
    """Insert all records in one transaction, in the given order; their ids are left aside.

    The rules of the other modules are not checked: the caller gives no session in the future and none that overlaps
    another of its channel. `notifications` are (channel, instant, zone), `budgets` seconds a day by channel. Raises
    TrackerError, with nothing written, for a file that has sessions already.
    """
    if database.row("SELECT 1 FROM session"):
        raise TrackerError(_("{path} already has sessions; give a new file").format(path=database.path))
    with undo_step(database, "", now), _unlogged(database):
        groups: tuple[Sequence[Session | Urge | Outcome | Pause | Spend], ...] = (
            *(sessions, urges, outcomes, pauses, spends),
        )
        zones = [record.zone for group in groups for record in group] + [zone for _channel, _at, zone in notifications]
        for zone in dict.fromkeys(zones):
            database.ensure_zone(zone)
        for channel, seconds in (budgets or {}).items():
            database.change("UPDATE channel SET budget_seconds = ? WHERE name = ?", (seconds, channel))
        for records in (sessions, urges, outcomes, notes, pauses, spends, verdicts, [*map(stored, habits)], ticks):
            _insert(database, records)
        database.change_many("INSERT INTO notification(channel, at, zone) VALUES (?, ?, ?)", notifications)


def fill_reviews(
    database: Database,
    *,
    now: int,
    estimates: Sequence[Estimate] = (),
    commitments: Sequence[Commitment] = (),
    reviews: Sequence[Review] = (),
) -> None:
    """Insert what weekly reviews add to the records of `fill`, in the same way."""
    with undo_step(database, "", now), _unlogged(database):
        drafts = [review._replace(reviewed=" ".join(review.reviewed)) for review in reviews]  # type: ignore[arg-type]  # as stored
        for records in (estimates, commitments, drafts):
            _insert(database, records)


@contextmanager
def _unlogged(database: Database) -> Iterator[None]:
    """Drop all triggers meanwhile: undo does not cover these records, and they are written faster.

    An undo step without a logged change is not stored. All of it is in one transaction.
    """
    triggers = database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _sql in triggers:
        database.change(f"DROP TRIGGER {name}")
    yield
    for _name, sql in triggers:
        database.change(sql)
    search_index.complete(database.connection)


def _insert(database: Database, records: Sequence[Any]) -> None:
    """Insert records of one kind, their ids left aside."""
    if not records:
        return
    fields: tuple[str, ...] = records[0]._fields
    kind, first = type(records[0]).__name__, int(fields[0] == "id")
    names = ", ".join(f'"{field}"' for field in fields[first:])
    marks = ", ".join("?" * (len(fields) - first))
    sql = f"INSERT INTO {_TABLES.get(kind, kind.lower())}({names}) VALUES ({marks})"
    database.change_many(sql, (record[first:] for record in records))
