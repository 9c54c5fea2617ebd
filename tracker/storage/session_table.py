"""The table `session`: finding sessions, and writing one row. `sessions` decides what may be written."""

from __future__ import annotations

from itertools import islice, repeat

from tracker.domain.errors import TrackerError
from tracker.domain.models import BY_PEOPLE, CHECK_LASTS, HOUR, LONGEST_SESSION, Session, SessionColumns
from tracker.domain.record import Record
from tracker.domain.text import named, same_name
from tracker.locale import _
from tracker.storage.database import record_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from typing import Any

    from tracker.storage.database import Database

_COLUMNS = ", ".join(f'"{field}"' for field in Session._fields)

#: The condition of the index session_by_hand; SQLite uses the index only for a query with the same text.
_BY_HAND = "source IN ('timer', 'log') AND \"end\" IS NOT NULL"


def get(database: Database, id: int) -> Session:
    """The session with this id. Raises TrackerError if there is none."""
    session = find(database, id)
    if not session:
        raise TrackerError(_("session {id} does not exist").format(id=id), _("`tracker day` shows the ids"))
    return session


def find(database: Database, id: int) -> Session | None:
    """The session with this id, if it is there."""
    return database.record(Session, "WHERE id = ?", (id,))


def by_id(database: Database, ids: Iterable[int]) -> dict[int, Session]:
    """The sessions with these ids that are there, by their ids."""
    numbers = ",".join(map(str, ids))
    sessions = database.records(Session, "WHERE id IN (SELECT value FROM json_each(?))", (f"[{numbers}]",))
    return {session.id: session for session in sessions}


def running(database: Database) -> Session | None:
    """The running session, if there is one."""
    return database.record(Session, 'WHERE "end" IS NULL')


def last(database: Database) -> Session | None:
    """The last finished session that a person timed or logged (no check)."""
    return database.record(Session, f"WHERE {_BY_HAND} ORDER BY start DESC, id DESC LIMIT 1")


def last_by_channel(database: Database) -> dict[str, Session]:
    """Of each channel that has one, the last finished session that a person timed or logged (no check)."""
    sessions = database.records(
        Session,
        f"WHERE id IN (SELECT (SELECT id FROM session WHERE {_BY_HAND} AND channel = channel.name "
        "ORDER BY start DESC, id DESC LIMIT 1) FROM channel)",
    )
    return {session.channel: session for session in sessions}


def combinations(database: Database, channel: str, most: int) -> list[tuple[str | None, str | None, int | None, int]]:
    """(activity, intention, planned_seconds, last start) with which `channel` was started by hand, the last first.

    Each combination once; of the last 300 sessions, those with none of the three left out.
    """
    rows: list[tuple[str | None, str | None, int | None, int]] = database.rows(
        "SELECT activity, intention, planned_seconds, max(start) FROM (SELECT activity, intention, planned_seconds, "
        f"start FROM session WHERE {_BY_HAND} AND channel = ? ORDER BY start DESC LIMIT 300) "
        "WHERE coalesce(activity, intention, planned_seconds) IS NOT NULL "
        "GROUP BY 1, 2, 3 ORDER BY max(start) DESC LIMIT ?",
        (channel, most),
    )
    return rows


def in_span(
    database: Database, since: int, until: int, channel: str | None = None, order: str = "start, id"
) -> list[Session]:
    """The sessions that overlap [since, until), by start; the running one overlaps everything after its start."""
    only = None if channel is None else (channel,)
    return [record_of(Session, row) for row in database.rows(*_span_query(_COLUMNS, since, until, only, order))]


class Span(Record):
    """What an index has of a session, without its words."""

    id: int
    channel: str
    start: int
    end: int | None
    zone: str
    activity: str | None
    estimated: int


_SPAN_COLUMNS = ", ".join(f'"{field}"' for field in Span._fields)


def spans(database: Database, since: int, until: int) -> list[Span]:
    """The spans of the sessions that overlap [since, until), by start; answered from an index alone."""
    # In the order of the index: sorting sessions of one start by id would take half as long again.
    rows = database.rows(*_span_query(_SPAN_COLUMNS, since, until, None, order="start"))
    return [Span._make(row) for row in rows]


def spans_in_columns(
    database: Database, since: int, until: int, only: Collection[str] | None = None, every_from: int | None = None
) -> SessionColumns:
    """The sessions of `spans` as columns, without an object for each session.

    With `every_from` also those of other channels than `only` that end after this instant.
    """
    zones = database.zones()
    fields = SessionColumns._fields
    names = fields if len(zones) != 1 else fields[:-1]  # a single zone is not read half a million times
    sessions = SessionColumns.empty()
    lists: tuple[Any, ...] = sessions
    known: dict[str, str] = {}  # each channel and zone is kept once in memory
    texts = [names.index(name) for name in ("channel", "zone") if name in names]
    sql, values = _span_query(", ".join(map('"{}"'.format, names)), since, until, only, "start", every_from)
    for rows in database.batches(sql, values):  # takes a third less time than all at once
        columns: list[Iterable[Any]] = list(zip(*rows, strict=True))
        for text in texts:
            columns[text] = map(known.setdefault, columns[text], columns[text])
        for column, fresh in zip(lists, columns, strict=False):
            column.extend(fresh)
    if len(zones) == 1:
        sessions.zone.extend(zones * len(sessions.id))
    return sessions


def times_beside(
    database: Database, since: int, until: int, channels: Collection[str]
) -> Iterator[list[tuple[int, int | None, str | None]]]:
    """(start, end, zone) of the sessions on any other channel that overlap [since, until), a thousand at a time.

    The zone is that of a session of an hour or more, else None: the index lacks it, and few rows are read so.
    """
    marks = ", ".join("?" * len(channels))
    return database.batches(
        'SELECT start, "end", CASE WHEN "end" - start >= ? THEN zone END FROM session INDEXED BY session_by_channel '
        f"WHERE channel IN (SELECT name FROM channel WHERE name NOT IN ({marks})) "
        'AND start >= ? AND start < ? AND ("end" > ? OR start >= ?)',
        (HOUR, *channels, since - LONGEST_SESSION, until, since, since),
    )


def times_in(database: Database, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int | None, str]]:
    """(start, end, zone) of the sessions that overlap one of the spans [since, until), and of the running one.

    One statement, however many spans there are.
    """
    rows: list[tuple[int, int | None, str]] = database.rows(
        "WITH span(since, until) AS MATERIALIZED "
        "(SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(?)) "
        'SELECT start, "end", zone FROM span CROSS JOIN session '
        'ON start >= since - ? AND start < until AND ("end" > since OR start >= since) UNION ALL '
        'SELECT start, "end", zone FROM session INDEXED BY one_session_runs WHERE "end" IS NULL',
        (str([list(span) for span in spans]), LONGEST_SESSION),
    )
    return rows


def planned(database: Database, since: int, until: int) -> dict[int, int]:
    """The planned seconds, by id, of the sessions that began in [since, until) with a plan."""
    return dict(
        database.rows(
            "SELECT id, planned_seconds FROM session INDEXED BY session_by_meaning "
            "WHERE planned_seconds IS NOT NULL AND start >= ? AND start < ?",
            (since, until),
        )
    )


def measured(database: Database, ids: Iterable[int]) -> set[int]:
    """The ids of these sessions that a phone, a browser or the like measured."""
    results: set[int] = set()
    remaining = iter(ids)
    recorded = ", ".join("?" * len(BY_PEOPLE))
    while batch := tuple(islice(remaining, 10_000)):  # SQLite takes 32,766 values in one statement
        marks = ", ".join("?" * len(batch))
        rows = database.rows(
            f"SELECT id FROM session WHERE id IN ({marks}) AND source NOT IN ({recorded})", (*batch, *BY_PEOPLE)
        )
        results.update(id for (id,) in rows)
    return results


def sources(database: Database, ids: Sequence[int], since: int, until: int) -> list[str]:
    """The source of each of the sessions `ids`, in their order; all of them began in [since, until).

    Most are usually of one source, that of most of seven among them. Only the rows of the others are read: the row of
    each would take three times as long.
    """
    if not ids:
        return []
    some = [ids[len(ids) * place // 8] for place in range(1, 8)]
    span, values = "start >= ? AND start < ?", (since, until)
    first, last = min(ids), max(ids)
    if last - first < 4 * len(ids):  # recorded as time went by: to look each row up by its start takes twice as long
        span, values = "id BETWEEN ? AND ?", (first, last)
    rows = database.stream(
        "WITH usual AS MATERIALIZED (SELECT source FROM session WHERE id IN (SELECT value FROM json_each(?)) "
        "GROUP BY source ORDER BY count(*) DESC, source LIMIT 1) SELECT NULL, source FROM usual UNION ALL "
        f"SELECT id, source FROM session WHERE {span} AND source <> (SELECT source FROM usual)",
        (str(some), *values),
    )
    _id, usual = next(rows)
    known: dict[str, str] = {}  # each source is kept once in memory
    others = {id: known.setdefault(source, source) for id, source in rows}
    return list(map(others.get, ids, repeat(usual)))


def meant(database: Database, since: int, until: int, *, planned: bool = False) -> dict[int, tuple[bool, int | None]]:
    """(whether there is an intention, planned seconds), by id, of the sessions in [since, until) that have one of both.

    With `planned`, of those that were planned.
    """
    has = "planned_seconds IS NOT NULL" if planned else "(intention IS NOT NULL OR planned_seconds IS NOT NULL)"
    rows = database.rows(
        "SELECT id, intention IS NOT NULL, planned_seconds FROM session INDEXED BY session_by_meaning "
        f"WHERE start >= ? AND start < ? AND {has}",
        (since - LONGEST_SESSION, until),
    )
    return {id: (has_intention == 1, planned) for id, has_intention, planned in rows}


def first_and_last(database: Database) -> tuple[int, int] | None:
    """The starts of the earliest and the latest session; None without any."""
    first, last = database.row("SELECT (SELECT min(start) FROM session), (SELECT max(start) FROM session)")
    return None if first is None else (first, last)


def people(database: Database) -> list[str]:
    """The names of everybody a session was shared with, the last first."""
    names: dict[str, str] = {}
    for (name,) in database.rows(
        "SELECT person FROM session WHERE person IS NOT NULL GROUP BY person COLLATE NOCASE ORDER BY max(start) DESC"
    ):
        names.setdefault(same_name(name), named(name))
    return list(names.values())


def earliest_record(database: Database) -> tuple[int | None, str | None]:
    """The instant of the first session, urge or outcome (UTC seconds), and the first date confirmed as zero."""
    at, date = database.row(
        "SELECT (SELECT min(at) FROM (SELECT min(start) AS at FROM session UNION ALL SELECT min(at) FROM urge "
        "UNION ALL SELECT min(at) FROM outcome)), (SELECT min(date) FROM day_note WHERE zero = 1)"
    )
    return at, date


# What imports ask for.


def imported(database: Database, sources: tuple[str, ...], since: int, until: int) -> dict[str, list[Session]]:
    """The sessions from these sources that overlap [since, until], by channel and start."""
    by_channel: dict[str, list[Session]] = {}
    for session in database.records(Session, *_from_sources(sources, since, until)):
        by_channel.setdefault(session.channel, []).append(session)
    return by_channel


def has_measured(database: Database, since: int, until: int) -> bool:
    """Whether a session that no person recorded overlaps [since, until], from whatever source."""
    return bool(
        database.row(
            'SELECT 1 FROM session WHERE start BETWEEN ? AND ? AND "end" >= ? '
            f"AND source NOT IN ({', '.join('?' * len(BY_PEOPLE))}) LIMIT 1",
            (since - LONGEST_SESSION, until, since, *BY_PEOPLE),
        )
    )


def recorded(database: Database, since: int, until: int, *, excluding: str) -> dict[str, list[tuple[int, int]]]:
    """The time in [since, until] that was recorded by hand or by another tracker than `excluding`, by channel.

    Without the running session, which takes its time when it ends, and without checks of nominal length.
    """
    sources = tuple(source for source in BY_PEOPLE if source != excluding)
    by_channel: dict[str, list[tuple[int, int]]] = {}
    where, values = _from_sources(sources, since, until)
    rows = database.rows(f'SELECT channel, start, "end", source FROM session {where}', values)
    for channel, start, end, source in rows:
        if source != "check" or end - start > CHECK_LASTS:
            by_channel.setdefault(channel, []).append((start, end))
    return by_channel


def places(database: Database, since: int, until: int) -> set[tuple[str, int, int]]:
    """(channel, start, end) of every finished session that began in [since, until]."""
    return set(
        database.rows(
            'SELECT channel, start, "end" FROM session WHERE start BETWEEN ? AND ? AND "end" IS NOT NULL',
            (since, until),
        )
    )


def every_session(database: Database) -> Iterator[Session]:
    """Every session by start, a few at a time."""
    rows = database.stream(f"SELECT {_COLUMNS} FROM session ORDER BY start, id")
    return (record_of(Session, row) for row in rows)


def sessions_after(database: Database, last: int, ids: Iterable[int]) -> list[Session]:
    """The sessions with a higher id than `last`, and those with these ids, by start."""
    listed = ", ".join(map(str, ids))
    return database.records(Session, f"WHERE id > ? OR id IN ({listed}) ORDER BY start, id", (last,))


def is_there(database: Database, channel: str, start: int, end: int) -> bool:
    """Whether there is a session of this channel and time."""
    sql = 'SELECT 1 FROM session WHERE channel = ? AND start = ? AND "end" = ?'
    return bool(database.row(sql, (channel, start, end)))


def _from_sources(sources: tuple[str, ...], since: int, until: int) -> tuple[str, tuple[int | str, ...]]:
    """SQL for the sessions from these sources that overlap [since, until], by start, with its values."""
    # No session is longer than LONGEST_SESSION, so the index on start limits the search.
    marks = ", ".join("?" * len(sources))
    return (
        f'WHERE start BETWEEN ? AND ? AND "end" >= ? AND source IN ({marks}) ORDER BY start, id',
        (since - LONGEST_SESSION, until, since, *sources),
    )


# What may be written.


def refuse_future(at: int, now: int) -> None:
    """Raise TrackerError for an instant after `now`."""
    if at > now:
        raise TrackerError(_("that time is in the future"))


def check_span(start: int, end: int | None) -> None:
    """Raise TrackerError for an end before the start, or a session longer than LONGEST_SESSION."""
    if end is not None and end < start:
        raise TrackerError(_("a session cannot end before it starts"))
    if end is not None and end - start > LONGEST_SESSION:
        raise TrackerError(_("that session would last more than a week"), _("give the time it ended with --at"))


def _span_query(
    columns: str, since: int, until: int, only: Collection[str] | None, order: str, every_from: int | None = None
) -> tuple[str, tuple[int | str, ...]]:
    """The statement for the sessions that overlap [since, until), with its values; `order` is among `columns`."""
    names = tuple(only or ())
    every = () if only is None or every_from is None else (every_from,)
    marks = ", ".join(f"?{number}" for number in range(4, 4 + len(names)))
    if only is None:
        where = ""
    elif every:
        where = f' AND (+channel IN ({marks}) OR ifnull("end", ?2) > ?{4 + len(names)})'
    elif names:
        # Several channels are filtered while the index on start is read; the + keeps SQLite from using another index.
        where = f" AND {'channel' if len(names) == 1 else '+channel'} IN ({marks})"
    else:
        return "SELECT NULL WHERE 0", ()
    # No finished session is longer than LONGEST_SESSION, so the index on start limits the search. The running one may
    # be older; it has a query of its own, because in one WHERE with the others SQLite would scan the table for it.
    return (
        f"SELECT {columns} FROM session WHERE start >= ?1 AND start < ?2 "
        f'AND ("end" > ?3 OR start >= ?3) AND "end" IS NOT NULL{where} UNION ALL '
        # SQLite would prefer the index on start; the index of the running session has one row.
        f'SELECT {columns} FROM session INDEXED BY one_session_runs WHERE "end" IS NULL AND start < ?2{where} '
        f"ORDER BY {order}",
        (since - LONGEST_SESSION, until, since, *names, *every),
    )
