"""What imports have read, and what the user took back of it.

A fact (the table `imported_fact`) is one row of a source: a channel was in use from a start to an end. A fact of an
import that was undone does not count. What a person makes of measured time is noted as facts, too, so the sessions
follow from the facts (`measured_time`).

What an import brought and the user undid is unwanted: no automatic import brings it again, but one that the user asks
for does. For as long as undo reaches, the facts of undone imports tell what is unwanted (`undone`); the table
`unwanted` has what has no facts, and the facts that are forgotten.

Notifications, from the export of a phone, are those of every known channel, because a messenger may be made social
later. Their text is not stored.
"""

from __future__ import annotations

from itertools import islice

from tracker.domain.models import ESTIMATED, FOREVER, RECORDED
from tracker.domain.record import Record
from tracker.storage.overlaps import Interval

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence

    from tracker.storage.database import Database


#: How the end of a record is known, the most certain first. Of two readings of one record the more certain is kept.
#: IN_FRONT: the time that the page or app was really in front. MEASURED: what the source says it lasted. UNTIL_NEXT and
#: NOTHING_FOLLOWED are estimates: the end is where the next visit begins, or nothing came after.
IN_FRONT, MEASURED, UNTIL_NEXT, NOTHING_FOLLOWED = -1, 0, 1, 2

#: The value of `estimated` for a fact that was read by mistake: from that import on it does not count.
GONE = 9

#: The format of the fact that an import has read, whatever it brought.
IMPORT = "import"

#: What follows the name of a source in the format of its devices.
_DEVICE = "/device"

#: Uses of a device looked up at once.
_BATCH = 5_000

#: SQL for the steps that were undone, and for whether the import of a fact was, or was not.
_UNDONE_STEPS = "(SELECT id FROM action WHERE state IN ('undone', 'dropped'))"
IS_UNDONE = f"action IN {_UNDONE_STEPS}"
STANDS = f"action NOT IN {_UNDONE_STEPS}"

#: What the format of a change by a person begins with; the format of the measured time follows.
REMOVED = "removed "

#: SQL for a fact that an import has read.
IS_READ = f"substr(format, 1, {len(REMOVED)}) <> '{REMOVED}'"

#: By table: the columns that identify what an import brings without facts.
_UNWANTED_KEYS = {"habit": ("name",), "habit_day": ("habit", "date"), "notification": ("channel", "at")}

#: The name under which words are noted that a merge gave to a measured session; their key is its channel and start.
UNWANTED_WORDS = "words"

#: A channel, and the instant of its notification in UTC seconds.
Notification = tuple[str, int]


class Screens(Record):
    """What is known of the devices of one source, in UTC seconds: the `uses` of all of them, by start, and when each of
    its `devices` was seen first and last, by the hash of its id."""

    uses: list[Interval]
    devices: dict[int, Interval]


def by_key(database: Database, format: str) -> Generator[tuple[int, str, int, int, int]]:
    """The facts of `format`, by key, from the last import that read each and was not undone, in little memory:
    (key, channel, start, end, estimated)."""
    rows = database.stream(
        'SELECT key, channel, start, "end", estimated, max(action) FROM imported_fact WHERE format = ? AND '
        f"channel <> '' AND {STANDS} GROUP BY key ORDER BY key",
        (format,),
    )
    for key, channel, start, end, estimated, _action in rows:
        if estimated != GONE:
            yield key, channel, start, end, estimated


def readings(database: Database, format: str, since: int = 0) -> Iterator[tuple[int, str, int, int, int]]:
    """Every reading of the facts of `format` by imports that were not undone, as (key, channel, start, end, estimated),
    the last one last; none that begins before `since` (UTC seconds). What a later import found wrong is GONE."""
    return database.stream(
        'SELECT key, channel, start, "end", estimated FROM imported_fact WHERE format = ? AND start >= ? AND '
        f"channel <> '' AND {STANDS} ORDER BY action",
        (format, since),
    )


def readings_of_others(database: Database, format: str, since: int) -> Iterator[tuple[str, int, str, int, int, int]]:
    """The `readings` of the facts that tell how long a fact of `format` lasted, each behind its format.

    To an estimated fact these are all measured ones. To a measured one they are the estimated ones, whose time yields
    to it, and all measured ones, if there is any estimate.
    """
    present = {other for other in formats(database) if not is_removal(other)}.difference(RECORDED, (format,))
    estimated = present.intersection(ESTIMATED)
    needed = sorted(present - estimated if format in ESTIMATED else present if estimated else ())
    if not needed:
        return iter(())
    return database.stream(
        'SELECT format, key, channel, start, "end", estimated FROM imported_fact WHERE format IN '
        f"({', '.join('?' * len(needed))}) AND start >= ? AND channel <> '' AND {STANDS} ORDER BY action",
        (*needed, since),
    )


def undone(database: Database, format: str) -> set[int]:
    """The keys of facts that were read last by an import that was undone: the user did not want them."""
    forgotten = {int(key) for key in unwanted_keys(database, fact_of(format))}
    results: set[int] = set()
    if database.row(f"SELECT 1 FROM imported_fact WHERE {IS_UNDONE} AND format = ?", (format,)):
        latest = f"SELECT key FROM imported_fact WHERE format = ? GROUP BY key HAVING max(action) IN {_UNDONE_STEPS}"
        results.update(key for (key,) in database.stream(latest, (format,)))
    if forgotten:
        every = database.stream("SELECT key FROM imported_fact WHERE format = ?", (format,))
        results |= forgotten.difference(key for (key,) in every)
    return results


def formats(database: Database) -> list[str]:
    """The formats of which facts were imported, without those of their devices."""
    query = "SELECT DISTINCT format FROM imported_fact WHERE format <> ? ORDER BY format"
    return [format for (format,) in database.rows(query, (IMPORT,)) if not format.endswith(_DEVICE)]


def is_removal(format: str) -> bool:
    """Whether the facts of this format say what a person removed or cut."""
    return format.startswith(REMOVED)


def last_used(database: Database) -> int:
    """The latest instant of a change to this file, whatever the clock says now."""
    (latest,) = database.row("SELECT coalesce(max(at), 0) FROM action")
    return int(latest)


def is_merge(database: Database, action: int) -> bool:
    """Whether an undo step is an import, by `remember_import`."""
    return bool(database.row("SELECT 1 FROM imported_fact WHERE action = ? AND format = ?", (action, IMPORT)))


def remember(database: Database, format: str, action: int, facts: Iterable[tuple[int, str, int, int, int]]) -> None:
    """Note facts (key, channel, start, end, estimated) as read by the undo step `action`; fastest by key.

    What a source before it read in the same step, as another browser with the same visit, was compared with them: the
    reading of now counts.
    """
    into = 'INSERT OR REPLACE INTO imported_fact(action, format, key, channel, start, "end", estimated)'
    database.insert_rows(into, "(?1, ?2, ?, ?, ?, ?, ?)", facts, shared=(action, format))


def remember_uses(database: Database, source: str, action: int, intervals: Iterable[Interval]) -> None:
    """Note from when to when devices were used without a dark screen, as read by the undo step `action`; those that
    are not known yet. They come by start.

    They are facts without a channel, by the name of their source. A use without length only says when a screen went
    dark: earlier versions noted no more.
    """
    remaining = iter(intervals)
    while batch := dict(islice(remaining, _BATCH)):
        known = dict(uses(database, (source,), min(batch), max(batch) + 1)[source])
        given = {start: end for start, end in batch.items() if known.get(start) != end}
        rows = sorted((use_key(source, start), "", start, end, 0) for start, end in given.items())
        remember(database, source, action, rows)


def remember_devices(database: Database, source: str, action: int, devices: Mapping[int, Interval]) -> None:
    """Note when devices were seen first and last (UTC seconds, by the hash of a device's id), as read by the undo step
    `action`; those that are not known yet, or not as early or as late.

    They are facts without a channel, of the format `device_format`. Where earlier imports of this source noted no
    device, one that was there before the last thing they read is taken to have been there from the start.
    """
    if not devices:
        return
    seen = screens(database, (source,), 0, 0)[source].devices
    if not seen:
        first, last = database.row(
            'SELECT coalesce(min(start), 0), coalesce(max("end"), -1) FROM imported_fact '
            f"WHERE format = ? AND channel <> '' AND action <> ? AND {STANDS}",
            (source, action),
        )
        devices = {device: (min(at, first) if at <= last else at, until) for device, (at, until) in devices.items()}
    rows = []
    for device, (at, until) in sorted(devices.items()):
        first, last = seen.get(device, (FOREVER, 0))
        if at < first or until > last:
            rows.append((device, "", min(at, first), max(until, last), 0))
    remember(database, device_format(source), action, rows)


def remember_import(database: Database, action: int) -> None:
    """Note that the undo step `action` is an import, also where what it has brought has no facts.

    As a fact without a channel, of a format and a time that nothing has.
    """
    if not is_merge(database, action):
        remember(database, IMPORT, action, [(-1, "", -1, -1, 0)])


def use_key(source: str, start: int) -> int:
    """The key of a use: of one source no other begins in that second.

    The keys of other facts are hashes of 64 bits, so it is nobody else's either.
    """
    from zlib import crc32  # a library of its own, which no reading command needs

    return crc32(source.encode()) >> 1 << 32 | start


def device_format(source: str) -> str:
    """The format of the facts that say when each device of a source was first seen."""
    return source + _DEVICE


def uses(database: Database, sources: Iterable[str], since: int, until: int) -> dict[str, list[Interval]]:
    """By source the uses that begin in [since, until), by start, as they were read last."""
    return {source: known.uses for source, known in screens(database, sources, since, until).items()}


def screens(database: Database, sources: Iterable[str], since: int, until: int) -> dict[str, Screens]:
    """By source the uses that begin in [since, until), as they were read last, and all devices.

    One statement for each source: a key press waits for it.
    """
    query = (
        "SELECT action, NULL, start, \"end\" FROM imported_fact WHERE channel = '' AND format = ? AND start >= ? "
        f'AND start < ? AND {STANDS} UNION ALL SELECT 0, key, min(start), max("end") FROM imported_fact '
        f"WHERE channel = '' AND format = ? AND {STANDS} GROUP BY key ORDER BY 1"
    )
    by_source = {}
    for source in sources:
        rows = database.rows(query, (source, since, until, device_format(source)))
        spans = {start: end for _action, device, start, end in rows if device is None}
        devices = {device: (first, last) for _action, device, first, last in rows if device is not None}
        by_source[source] = Screens(sorted(spans.items()), devices)
    return by_source


# What the user took back.


def unwanted_key(*values: object) -> str:
    """The key of what these values identify."""
    return "/".join(str(value).casefold() for value in values)


def fact_of(format: str) -> str:
    """The name under which the facts of a format are noted."""
    return f"fact {format}"


def unwanted_keys(database: Database, what: str) -> frozenset[str]:
    """The keys that are unwanted, of records of a table (by their identity), of facts, or of UNWANTED_WORDS."""
    return frozenset(key for (key,) in database.rows("SELECT key FROM unwanted WHERE what = ?", (what,)))


def note_unwanted(database: Database, action: int) -> None:
    """Note what the undo step `action` brought, before it is undone. Inside a transaction."""
    database.change(
        'INSERT OR IGNORE INTO unwanted(action, what, key) SELECT ?1, "table", uid FROM identity WHERE brought_by = ?1',
        (action,),
    )
    first, last, is_import = database.row(
        "SELECT first, last, source IS NOT NULL OR EXISTS "
        f"(SELECT 1 FROM imported_fact WHERE imported_fact.action = ?1 AND {IS_READ}) FROM action WHERE id = ?1",
        (action,),
    )
    if not is_import:
        return
    keys_of_step: list[tuple[str, str]] = []
    for table, columns in _UNWANTED_KEYS.items():
        rows = database.rows(
            f"SELECT {', '.join(columns)} FROM {table} WHERE id IN "
            "(SELECT row FROM change WHERE id BETWEEN ? AND ? AND \"table\" = ? AND what = 'insert')",
            (first, last, table),
        )
        keys_of_step += [(table, unwanted_key(*row)) for row in rows]
    changed = database.rows(
        "SELECT json_extract(before, '$.channel'), json_extract(before, '$.start') FROM change "
        "WHERE id BETWEEN ? AND ? AND \"table\" = 'session' AND what = 'update'",
        (first, last),
    )
    keys_of_step += [(UNWANTED_WORDS, unwanted_key(*session)) for session in changed]
    database.change_many(
        "INSERT OR IGNORE INTO unwanted(action, what, key) VALUES (?, ?, ?)", ((action, *pair) for pair in keys_of_step)
    )


def want_again(database: Database, action: int) -> None:
    """The undo step is done again: what it brought is wanted. Inside a transaction."""
    database.change("DELETE FROM unwanted WHERE action = ?", (action,))


def keep_unwanted_facts(database: Database, last: int) -> None:
    """Note the facts of undone imports up to the undo step `last`, which are forgotten now. Inside a transaction."""
    database.change(
        "INSERT OR IGNORE INTO unwanted(action, what, key) "
        f"SELECT action, '{fact_of('')}' || format, key FROM imported_fact WHERE channel <> '' AND action IN "
        "(SELECT id FROM action WHERE id <= ? AND state IN ('undone', 'dropped'))",
        (last,),
    )


# Notifications.


def unknown_notifications(database: Database, notifications: Iterable[Notification]) -> list[Notification]:
    """The notifications that are not in the file yet, each once, by time."""
    pairs = {(at, channel) for channel, at in notifications}
    return [(channel, at) for at, channel in sorted(pairs.difference(_stored_near(database, pairs)))]


def known_notifications(database: Database, notifications: Iterable[Notification]) -> list[Notification]:
    """The notifications that are in the file already, each once, by time."""
    pairs = {(at, channel) for channel, at in notifications}
    return [(channel, at) for at, channel in sorted(pairs.intersection(_stored_near(database, pairs)))]


def _stored_near(database: Database, pairs: set[tuple[int, str]]) -> list[tuple[int, str]]:
    """(at, channel) of the notifications in the file from the first to the last instant of `pairs`."""
    if not pairs:
        return []
    rows: list[tuple[int, str]] = database.rows(
        "SELECT at, channel FROM notification WHERE at BETWEEN ? AND ?", (min(pairs)[0], max(pairs)[0])
    )
    return rows


def delete_notifications(database: Database, notifications: Iterable[Notification]) -> None:
    """Delete notifications. Inside an undo step."""
    database.change_many("DELETE FROM notification WHERE channel = ? AND at = ?", notifications)


def insert_notifications(database: Database, notifications: Sequence[Notification], zone: str) -> None:
    """Insert notifications that are not in the file yet. Inside an undo step."""
    if notifications:
        database.ensure_zone(zone)
        rows = ({"channel": channel, "at": at, "zone": zone} for channel, at in notifications)
        database.table("notification").insert_all(rows)


def notifications_in_span(database: Database, since: int, until: int) -> list[tuple[str, int, str]]:
    """(channel, at, zone) of the notifications in [since, until), by time."""
    rows: list[tuple[str, int, str]] = database.rows(
        "SELECT channel, at, zone FROM notification WHERE at >= ? AND at < ? ORDER BY at, channel", (since, until)
    )
    return rows
