"""Writing very many records at once: the sessions of an import, and a whole history for the demo and for studies.

The triggers that write one row of the change log or of the search index for each record would take longer than the
records themselves. They are put aside meanwhile, and what they would have written is written by one statement.
"""

from __future__ import annotations

from contextlib import contextmanager
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.domain.models import Session
from tracker.locale import _
from tracker.storage import habits, reviews, search_index
from tracker.storage.database import table_of
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from tracker.storage.database import Database

#: From so many new sessions on, they are logged together and not one by one by the triggers.
MANY = 5_000

#: The triggers of inserted sessions that many do without: they are logged together, their zones are known, and foreign
#: keys check the names. The last one is of the search index, to which sessions without a text are nothing.
_LOGGING = (
    *("session_inserted", "session_replaced", "session_zone_inserted"),
    *("session_channel_known", "session_activity_known"),
)
_INDEXING = "session_search_inserted"

#: The fields of a session that the search index has.
_TEXTS = frozenset(name for names in search_index.SEARCHED["session"].values() for name in names)

#: The records that the file has in another form.
_STORED: dict[str, Callable[[Any], Any]] = {"habit": habits.stored, "review": reviews.stored}


def insert_sessions(database: Database, added: Sequence[Session], *, many: bool = False) -> None:
    """Insert sessions, their ids left aside; fastest by start. In an undo step.

    Their zones must be known (`ensure_zone`). Many are logged by one statement: the same rows of the change log, in the
    same transaction. `many` says that more of them follow.
    """
    if not added:
        return
    columns = enumerate(zip(*added, strict=True))
    used = [at for at, values in columns if at and values.count(None) < len(values)]
    fields = [Session._fields[at] for at in used]
    names, values_of = ", ".join(f'"{field}"' for field in fields), itemgetter(*used)
    into, marks = f"INSERT INTO session({names})", f"({', '.join('?' * len(used))})"
    if not many and len(added) < MANY:
        database.insert_rows(into, marks, map(values_of, added))
        return
    with _without_triggers(database, _LOGGING if _TEXTS.intersection(fields) else (*_LOGGING, _INDEXING)):
        (last,) = database.row("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'session'")
        database.insert_rows(into, marks, map(values_of, added))
        database.change(
            'INSERT INTO change("table", row, what) '
            "SELECT 'session', id, 'insert' FROM session WHERE id > ? ORDER BY id",
            (last,),
        )


def write_sessions(database: Database, changed: Iterable[Session], deleted: Iterable[int]) -> None:
    """Write every field of changed sessions, and delete others by id. Inside an undo step."""
    for id in deleted:
        database.delete("session", id)
    for session in changed:
        database.update("session", session)


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
    instant, zone), `budgets` seconds a day by channel. Undo does not cover them: without a logged change no step is
    stored. Raises TrackerError, with nothing written, for sessions where the file has some already.
    """
    if "sessions" in records and database.row("SELECT 1 FROM session"):
        raise TrackerError(_("{path} already has sessions; give a new file").format(path=database.file.path))
    with undo_step(database, "", now):
        with _without_triggers(database):
            zones = [row.zone for rows in records.values() for row in rows if "zone" in row._fields]
            for zone in dict.fromkeys([*zones, *(zone for _channel, _at, zone in notifications)]):
                database.ensure_zone(zone)
            for channel, seconds in (budgets or {}).items():
                database.change("UPDATE channel SET budget_seconds = ? WHERE name = ?", (seconds, channel))
            for rows in filter(None, records.values()):
                _insert(database, rows)
            database.change_many("INSERT INTO notification(channel, at, zone) VALUES (?, ?, ?)", notifications)
        search_index.complete(database.connection)


@contextmanager
def _without_triggers(database: Database, only: Sequence[str] = ()) -> Iterator[None]:
    """Drop all triggers, or `only` those with these names, and make them again. Inside a transaction."""
    triggers = [
        (name, sql)
        for name, sql in database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        if name in (only or (name,))
    ]
    for name, _sql in triggers:
        database.change(f"DROP TRIGGER {name}")
    yield
    for _name, sql in triggers:
        database.change(sql)


def _insert(database: Database, records: Sequence[Any]) -> None:
    """Insert records of one kind, their ids left aside."""
    fields: tuple[str, ...] = records[0]._fields
    kind, first = table_of(type(records[0])), int(fields[0] == "id")
    names = ", ".join(f'"{field}"' for field in fields[first:])
    marks = ", ".join("?" * (len(fields) - first))
    sql = f"INSERT INTO {'habit_day' if kind == 'tick' else kind}({names}) VALUES ({marks})"
    stored = map(_STORED[kind], records) if kind in _STORED else records
    database.change_many(sql, (record[first:] for record in stored))
