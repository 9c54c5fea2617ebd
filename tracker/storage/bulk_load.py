"""Bulk load: fill a new file with many records, fast and without undo steps, for the demo and for studies."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.locale import _
from tracker.storage import habits, reviews, search_index
from tracker.storage.database import table_of
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import Any

    from tracker.storage.database import Database

#: The records that the file has in another form.
_STORED: dict[str, Callable[[Any], Any]] = {"habit": habits.stored, "review": reviews.stored}


def fill(
    database: Database,
    *,
    now: int,
    notifications: Sequence[tuple[str, int, str]] = (),
    budgets: Mapping[str, int] | None = None,
    **records: Sequence[Any],
) -> None:
    """Insert all records in one transaction, each kind in the given order; their ids are left aside.

    `records` are named by what they are: `sessions`, `urges` … The rules of the other modules are not checked: the
    caller gives no session in the future and none that overlaps another of its channel. `notifications` are (channel,
    instant, zone), `budgets` seconds a day by channel. Raises TrackerError, with nothing written, for sessions where
    the file has some already.
    """
    if "sessions" in records and database.row("SELECT 1 FROM session"):
        raise TrackerError(_("{path} already has sessions; give a new file").format(path=database.file.path))
    with undo_step(database, "", now), _unlogged(database):
        zones = [row.zone for rows in records.values() for row in rows if "zone" in row._fields]
        for zone in dict.fromkeys([*zones, *(zone for _channel, _at, zone in notifications)]):
            database.ensure_zone(zone)
        for channel, seconds in (budgets or {}).items():
            database.change("UPDATE channel SET budget_seconds = ? WHERE name = ?", (seconds, channel))
        for rows in filter(None, records.values()):
            _insert(database, rows)
        database.change_many("INSERT INTO notification(channel, at, zone) VALUES (?, ?, ?)", notifications)


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
    fields: tuple[str, ...] = records[0]._fields
    kind, first = table_of(type(records[0])), int(fields[0] == "id")
    names = ", ".join(f'"{field}"' for field in fields[first:])
    marks = ", ".join("?" * (len(fields) - first))
    sql = f"INSERT INTO {'habit_day' if kind == 'tick' else kind}({names}) VALUES ({marks})"
    stored = map(_STORED[kind], records) if kind in _STORED else records
    database.change_many(sql, (record[first:] for record in stored))
