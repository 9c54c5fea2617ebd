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
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from tracker.storage.database import Database


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
        _insert(database, "session", Session._fields[1:], (session[1:] for session in sessions))
        _insert(database, "urge", Urge._fields[1:], (urge[1:] for urge in urges))
        _insert(database, "outcome", Outcome._fields[1:], (outcome[1:] for outcome in outcomes))
        _insert(database, "day_note", DayNote._fields, notes)
        _insert(database, "pause", Pause._fields[1:], (pause[1:] for pause in pauses))
        _insert(database, "notification", ("channel", "at", "zone"), notifications)
        _insert(database, "spend", Spend._fields[1:], (spend[1:] for spend in spends))
        _insert(database, "verdict", Verdict._fields[1:], (verdict[1:] for verdict in verdicts))
        _insert(database, "habit", Habit._fields[1:], (stored(habit)[1:] for habit in habits))
        _insert(database, "habit_day", Tick._fields, ticks)


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
        _insert(database, "estimate", Estimate._fields, estimates)
        _insert(database, "commitment", Commitment._fields[1:], (commitment[1:] for commitment in commitments))
        stored = (review._replace(reviewed=" ".join(review.reviewed)) for review in reviews)  # type: ignore[arg-type]  # as stored
        _insert(database, "review", Review._fields[1:], (review[1:] for review in stored))


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


def _insert(database: Database, table: str, fields: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    names = [f'"{field}"' for field in fields]
    database.change_many(f"INSERT INTO {table}({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)
