"""What imports have read, what the user took back of it, and the many sessions that they write at once.

A fact (the table `imported_fact`) is one row of a source: a channel was in use from a start to an end. A fact of an
import that was undone does not count. While a record by hand stands, facts of its time are not shown as sessions;
`restore_imported` shows them again when the record goes.

What a person makes of measured time is noted as facts, too (`measured_changes`). So the sessions follow from the facts
(`Measured.shape`). What an import brought and the user undid is unwanted: no automatic import brings it again, but
one that the user asks for does. For as long as undo reaches, the facts of undone imports tell what is unwanted
(`undone`); the table `unwanted` has what has no facts, and the facts that are forgotten.

Notifications, from the export of a phone, are those of every known channel, because a messenger may be made social
later. Their text is not stored.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from operator import itemgetter

from tracker.domain.models import ESTIMATED, FOREVER, LONGEST_SESSION, RECORDED, Session
from tracker.domain.record import Record
from tracker.storage.overlaps import (
    Interval,
    MeasuredInterval,
    cut,
    is_nominal,
    is_recorded,
    joined,
    subtract,
    union,
    with_words,
    yield_estimates,
)
from tracker.storage.session_table import in_span

TYPE_CHECKING = False


if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from tracker.storage.database import Database


#: A fact as it was read last: channel, start and end in UTC seconds, how the end was estimated (0 or less: measured).
Known = tuple[str, int, int, int]

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
_IS_UNDONE = f"action IN {_UNDONE_STEPS}"
STANDS = f"action NOT IN {_UNDONE_STEPS}"

#: What the format of a change by a person begins with; the format of the measured time follows.
REMOVED = "removed "

#: What follows the format of a change that says what is there: a session, or one whose end is an estimate.
SESSION, ESTIMATE = "/session", "/estimate"

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


def known(database: Database, format: str, since: int = 0) -> dict[int, Known]:
    """The facts of `format` by key, from the last import that read each and was not undone; none that begins before
    `since` (UTC seconds)."""
    latest = {reading[0]: reading[1:] for reading in readings(database, format, since)}
    return {key: fact for key, fact in latest.items() if fact[3] != GONE}


def by_key(database: Database, format: str) -> Generator[tuple[int, str, int, int, int]]:
    """The facts of `format` as `known`, by key, in little memory: (key, channel, start, end, estimated)."""
    rows = database.stream(
        'SELECT key, channel, start, "end", estimated, max(action) FROM imported_fact WHERE format = ? AND '
        f"channel <> '' AND {STANDS} GROUP BY key ORDER BY key",
        (format,),
    )
    yield from (row[:5] for row in rows if row[4] != GONE)


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
    if database.row(f"SELECT 1 FROM imported_fact WHERE {_IS_UNDONE} AND format = ?", (format,)):
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


class PersonsChange(Record):
    """What a person made of the time [start, end] of a channel, of what `format` has measured there.

    `what` is SESSION or ESTIMATE where this is one session now; it is empty where nothing is there any more, or, where
    `start` and `end` are the same, where a session was cut (by version 0.7). `at` is when, in UTC milliseconds: 0 where
    that is not known, negative for a change that was taken back.
    """

    format: str
    what: str
    channel: str
    start: int
    end: int
    at: int

    @property
    def span(self) -> Interval:
        """The time of which it says all; a moment is one second."""
        return self.start, self.end + (self.what != "" and self.start == self.end)


class Measured(Record):
    """What is known of the measured time of one format on a channel: its `facts`, and the `changes` that persons made
    of it, the last one last."""

    facts: list[MeasuredInterval]
    changes: list[PersonsChange]

    def shape(self, taken: Iterable[Interval], looks: Iterable[Interval]) -> list[MeasuredInterval]:
        """The sessions that these make where the time `taken` was recorded. Estimates yield to `looks`.

        What a person said of some time counts whatever was measured there, and the last word counts.
        """
        made: list[MeasuredInterval] = []
        moments: set[Interval] = set()
        said: list[Interval] = []  # disjoint, in order: what later changes than the one that is looked at say all of
        for change in reversed(self.changes):
            start, end = change.start, change.end
            if change.what:
                made += subtract([(start, end, int(change.what == ESTIMATE))], said) if start < end else ()
            if start < end:
                first = bisect_left(said, start, key=itemgetter(1))
                last = bisect_right(said, end, key=itemgetter(0))
                said[first:last] = union([*said[first:last], (start, end)])
            elif change.what and (start, end) not in moments and subtract([(start, end, 0)], said):
                made.append((start, end, int(change.what == ESTIMATE)))
                moments.add((start, end))
        cuts = sorted(change.start for change in self.changes if not change.what and change.start == change.end)
        measured = subtract(cut(joined(yield_estimates(self.facts, looks)), cuts), said)
        return sorted(subtract([*(span for span in measured if span[:2] not in moments), *made], union(taken)))


def measured_near(database: Database, channel: str, since: int, until: int) -> dict[str, Measured]:
    """What is known of the measured time of a channel near [since, until), by format.

    "Near" is wide enough to have all facts of every session that overlaps [since, until).
    """
    rows = database.rows(
        f'SELECT action, key, format, channel, start, "end", estimated, {_IS_UNDONE} FROM imported_fact '
        'WHERE channel = ? AND start < ? AND "end" >= ? '
        f"AND format NOT IN ({', '.join('?' * len(RECORDED))}) ORDER BY action",
        (channel, until + LONGEST_SESSION, since - LONGEST_SESSION, *RECORDED),
    )
    latest = {(row[2], row[1]): row[4:7] for row in rows if not is_removal(row[2]) and not row[7]}
    by_format: dict[str, Measured] = {}
    for (format, _key), (start, end, estimated) in latest.items():
        if estimated != GONE:
            by_format.setdefault(format, Measured([], [])).facts.append((start, end, estimated))
    for change in in_force(_changes(database, [row for row in rows if is_removal(row[2])])):
        by_format.setdefault(change.format, Measured([], [])).changes.append(change)
    return by_format


def changes_by_people(database: Database) -> dict[int, PersonsChange]:
    """The last state of everything that a person ever made of measured time, by key.

    Undo of the step that did it reverses it. Undo of a merge does not: the next merge brings it again.
    """
    rows = database.rows(
        f'SELECT action, key, format, channel, start, "end", estimated, {_IS_UNDONE} FROM imported_fact '
        f"WHERE NOT {IS_READ} ORDER BY action"
    )
    return _changes(database, rows)


def in_force(changes: Mapping[int, PersonsChange]) -> list[PersonsChange]:
    """Those of these changes that were not taken back, in the order in which they count, on every machine."""
    standing = [(key, change) for key, change in changes.items() if change.at >= 0]
    # What was taken away comes before what was made of it, and moments come after what they are in.
    standing.sort(key=lambda one: (one[1].at, one[1].what != "", one[1].start - one[1].end, one[0]))
    return [change for _key, change in standing]


def _changes(database: Database, rows: Sequence[Any]) -> dict[int, PersonsChange]:
    """The last state of changes by persons by key, from the rows of the facts that note them, by action."""
    results: dict[int, PersonsChange] = {}
    noted = {row[0] for row in rows}
    played = {step: at for step, at in plays(database).items() if step in noted and not is_merge(database, step)}
    for action, key, format, channel, start, end, at, is_undone in rows:
        if action in played:
            at = played[action] if (at < 0) == is_undone else -played[action]
        elif is_undone:
            continue
        name = format.removeprefix(REMOVED)
        what = next((what for what in (SESSION, ESTIMATE) if name.endswith(what)), "")
        if (key not in results or abs(at) >= abs(results[key].at)) and start <= end:
            results[key] = PersonsChange(name.removesuffix(what), what, channel, start, end, at)
    return results


def plays(database: Database) -> dict[int, int]:
    """By step, when it was last undone or done again, in UTC milliseconds."""
    return dict(
        database.rows(
            "SELECT target, coalesce(change.at, action.at * 1000) FROM action LEFT JOIN change "
            "ON change.id = action.last WHERE target IS NOT NULL ORDER BY action.id"
        )
    )


def is_merge(database: Database, action: int) -> bool:
    """Whether an undo step is an import, by `remember_import`."""
    return bool(database.row("SELECT 1 FROM imported_fact WHERE action = ? AND format = ?", (action, IMPORT)))


def looks_of(near: Mapping[str, Measured], format: str) -> list[Interval]:
    """What other formats measured, to which the estimates of `format` yield."""
    if format not in ESTIMATED:
        return []
    return [span[:2] for other, known in near.items() if other not in ESTIMATED for span in known.facts]


def remember(database: Database, format: str, action: int, facts: Iterable[tuple[int, str, int, int, int]]) -> None:
    """Note facts (key, channel, start, end, estimated) as read by the undo step `action`; fastest by key.

    What a source before it read in the same step, as another browser with the same visit, was compared with them: the
    reading of now counts.
    """
    into = 'INSERT OR REPLACE INTO imported_fact(action, format, key, channel, start, "end", estimated)'
    database.insert_rows(into, "(?1, ?2, ?, ?, ?, ?, ?)", facts, shared=(action, format))


def remember_uses(database: Database, source: str, action: int, found: Iterable[Interval]) -> None:
    """Note from when to when devices were used without a dark screen, as read by the undo step `action`; those that
    are not known yet. They come by start.

    They are facts without a channel, by the name of their source. A use without length only says when a screen went
    dark: earlier versions noted no more.
    """
    remaining = iter(found)
    while batch := dict(islice(remaining, _BATCH)):
        known = dict(uses(database, (source,), min(batch), max(batch) + 1)[source])
        given = {start: end for start, end in batch.items() if known.get(start) != end}
        rows = sorted((use_key(source, start), "", start, end, 0) for start, end in given.items())
        remember(database, source, action, rows)


def remember_devices(database: Database, source: str, action: int, found: Mapping[int, Interval]) -> None:
    """Note when devices were seen first and last (UTC seconds, by the hash of a device's id), as read by the undo step
    `action`; those that are not known yet, or not as early or as late.

    They are facts without a channel, of the format `device_format`. Where earlier imports of this source noted no
    device, one that was there before the last thing they read is taken to have been there from the start.
    """
    if not found:
        return
    seen = screens(database, (source,), 0, 0)[source].devices
    if not seen:
        first, last = database.row(
            'SELECT coalesce(min(start), 0), coalesce(max("end"), -1) FROM imported_fact '
            f"WHERE format = ? AND channel <> '' AND action <> ? AND {STANDS}",
            (source, action),
        )
        found = {device: (min(at, first) if at <= last else at, until) for device, (at, until) in found.items()}
    rows = []
    for device, (at, until) in sorted(found.items()):
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
    found = {}
    for source in sources:
        rows = database.rows(query, (source, since, until, device_format(source)))
        spans = {start: end for _action, device, start, end in rows if device is None}
        devices = {device: (first, last) for _action, device, first, last in rows if device is not None}
        found[source] = Screens(sorted(spans.items()), devices)
    return found


def restore_imported(database: Database, released: Iterable[Session]) -> None:
    """Show what was measured in the time of records that were deleted, moved or shortened, as far as that is free now
    and nobody took it away before.

    `released` are the records as they were before. Inside an undo step.
    """
    for session in released:
        if session.end is None or not is_recorded(session) or is_nominal(session):
            continue
        near = measured_near(database, session.channel, session.start, session.end)
        if not near:
            continue
        others = [
            other
            for other in in_span(database, session.start, session.end, session.channel)
            if other.end is not None and not is_nominal(other)
        ]
        covered = [(other.start, other.end or other.start) for other in others]
        moments = {start for start, end in covered if start == end}
        covered += [(session.start - FOREVER, session.start), (session.end, session.end + FOREVER)]
        recorded = [(other.start, other.end or other.start) for other in others if is_recorded(other)]
        for format, measured in near.items():
            template = Session(0, session.channel, 0, 0, session.zone, source=format)
            for whole in measured.shape(recorded, looks_of(near, format)):
                for part in subtract([whole], union(covered)):
                    if part[0] not in moments or part[0] < part[1]:
                        _restore(database, template, part, whole[:2])


def _restore(database: Database, template: Session, part: MeasuredInterval, whole: Interval) -> None:
    """Write a part of the measured session `whole`, joined with the sessions that are left of it on either side."""
    start, end, estimated = part
    neighbours = [
        other
        for other in in_span(database, max(start - 1, whole[0]), min(end, whole[1]) + 1, template.channel)
        if not is_recorded(other)
        and start < end
        and ((other.end == start and other.start >= whole[0]) or (other.start == end and (other.end or 0) <= whole[1]))
    ]
    # Two devices may have been cut at the same second; one history may have been read under two names.
    neighbours = [other for other in neighbours if other.source == template.source] or neighbours
    if not neighbours:
        database.insert("session", template._replace(start=start, end=end, estimated=estimated > 0))
        return
    first, last = neighbours[0], neighbours[-1]
    session = with_words(first, neighbours[1:])._replace(start=min(start, first.start))
    if last.start == end:
        session = session._replace(end=last.end, estimated=last.estimated)
    else:
        session = session._replace(end=end, estimated=estimated > 0)
    for other in neighbours[1:]:
        database.delete("session", other.id)
    database.update("session", session)


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
