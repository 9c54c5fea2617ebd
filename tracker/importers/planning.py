"""What an import will write: the records that were read, compared with those known before and with the sessions."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.domain.models import ESTIMATED, LONGEST_SESSION, Session
from tracker.domain.text import same_name
from tracker.importers import merging, source_registry
from tracker.importers.imported_record import IN_FRONT, NOTHING_FOLLOWED, ImportedRecord, ReadResult, RecordDetails
from tracker.importers.merging import Repairs, SessionChanges, transfer_notes
from tracker.locale import _
from tracker.storage import Database, imported_facts, notifications, session_table
from tracker.storage.imported_facts import Known
from tracker.storage.overlaps import has_words, is_nominal
from tracker.storage.person_names import known_as
from tracker.storage.time_intervals import (
    Interval,
    MeasuredInterval,
    is_covered,
    subtract,
    union,
    yield_estimates,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from tracker.importers.source import Source


class ImportPlan(NamedTuple):
    """Sessions to add, change and delete; records to remember, as (key, channel, start, end, estimated).

    `new` is the number of rows that are new, `completed` that of known records which became more complete. `mended` is
    the number of sessions that were read wrongly before and are corrected, `kept` that of those which stay because a
    person has changed them. `misread_notifications` are notifications that were read wrongly.
    """

    added: list[Session]
    changed: list[Session]
    deleted: list[int]
    records: list[tuple[int, str, int, int, int]]
    new: int
    completed: int
    mended: int = 0
    kept: int = 0
    misread_notifications: tuple[tuple[str, int], ...] = ()


def plan_import(database: Database, source: Source, result: ReadResult, zone: str, since: int = 0) -> ImportPlan:
    """The plan for what was read; sessions of a measured source get `zone`. Writes nothing.

    Where all records begin at `since` or later, only what is known of that time, and of a session before, is looked at.
    """
    known = imported_facts.known(database, source.family, max(since - LONGEST_SESSION, 0))
    if source.describe().recorded:
        return _plan_recorded(database, source, result.records, known)
    return _plan_measured(database, source, result, known, zone)


def _plan_recorded(
    database: Database, source: Source, records: Sequence[ImportedRecord], known: dict[int, Known]
) -> ImportPlan:
    """Each new record is a session as it is, without the time that was recorded here; measured time yields to it.

    A record of a session that exists already, as after an export, is that session.
    """
    fresh = {record.key: record for record in records if record.key not in known}
    remembered = sorted((key, row.channel, row.start, row.end, row.estimated) for key, row in fresh.items())
    if fresh:
        exported = imported_facts.places(database, *_bounds((record.start, record.end) for record in fresh.values()))
        fresh = {key: row for key, row in fresh.items() if (row.channel, row.start, row.end) not in exported}
    running = session_table.running(database)
    if running and any(row.channel == running.channel and row.end > running.start for row in fresh.values()):
        # Whose time it is cannot be known before the session ends.
        raise TrackerError(
            _("{channel} is running, and this file has time for it since it started; run `tracker stop` first").format(
                channel=running.channel
            )
        )
    taken = _taken(database, source, [(record.start, record.end) for record in fresh.values()])
    names = _person_names(database, fresh.values())
    changes = SessionChanges([], [], [])
    without_time = 0
    for record in fresh.values():
        parts = subtract([(record.start, record.end, record.estimated)], taken.get(record.channel, ()))
        without_time += not parts
        details = record.details or RecordDetails("UTC")
        if details.person:
            details = details._replace(person=names[details.person])
        zone, *words = details
        changes.added.extend(
            Session._make((0, record.channel, start, end, zone, *words, source.session_source, bool(estimated)))
            for start, end, estimated in parts
        )
    replaced = yield_measured(database, changes)
    _transfer_notes_of_checks(database, changes)
    transfer_notes(replaced, changes)
    return ImportPlan(*changes, remembered, len(fresh) - without_time, 0)


def _person_names(database: Database, records: Iterable[ImportedRecord]) -> dict[str, str | None]:
    """The name under which each person is known here, by the name in the records.

    Where nobody of that name is known, the spelling in the first record is taken.
    """
    in_order = sorted((row.start, row.details.person) for row in records if row.details and row.details.person)
    names: dict[str, str | None] = {}
    known_names: dict[str, str | None] = {}
    for name in dict.fromkeys(name for _start, name in in_order):
        person = same_name(name)
        if person not in known_names:
            known_names[person] = known_as(database, name)
        names[name] = known_names[person]
    return names


def yield_measured(database: Database, changes: SessionChanges) -> list[Session]:
    """Cut the measured sessions where time of their channels is recorded now.

    Returns the deleted ones that have words of a person.
    """
    recorded: dict[str, list[Interval]] = {}
    for session in changes.added:
        recorded.setdefault(session.channel, []).append((session.start, session.end or session.start))
    if not recorded:
        return []
    bounds = _bounds(interval for intervals in recorded.values() for interval in intervals)
    with_words = {}
    for channel, measured in imported_facts.imported(database, source_registry.measured_sources(), *bounds).items():
        if channel in recorded:
            merging.yield_to_recorded(measured, union(recorded[channel]), changes)
            with_words.update({session.id: session for session in measured if has_words(session)})
    return [with_words[id] for id in changes.deleted if id in with_words]


def _transfer_notes_of_checks(database: Database, changes: SessionChanges) -> None:
    """Delete the checks that were looks at what is imported now, and transfer their notes.

    A check says that the channel was looked at; a machine that measured the look also knows how long it took.
    """
    written = [(session.start, session.end or session.start) for session in (*changes.added, *changes.changed)]
    if written:
        checks = imported_facts.imported(database, ("check",), *_bounds(written))
        nominal = [check for by_channel in checks.values() for check in by_channel if is_nominal(check)]
        changes.deleted.extend(check.id for check in transfer_notes(nominal, changes))


def _plan_measured(
    database: Database, source: Source, result: ReadResult, known: dict[int, Known], zone: str
) -> ImportPlan:
    """The sessions become those of the new records and of all records known before together."""
    gone, read_again, misread_notifications = _misread(database, result, known)
    distrusted = source.describe().distrusted
    latest = _latest(result.records, known, distrusted)
    if not latest and not gone:
        return ImportPlan([], [], [], [], 0, 0, misread_notifications=misread_notifications)
    mended = {key for key in latest if key in known and _is_mended(known[key], latest[key], distrusted)}
    wrong: dict[str, list[Interval]] = {}
    for key in (*gone, *mended):
        channel, start, end, _estimated = known[key]
        wrong.setdefault(channel, []).append((start, end))
    repairs = Repairs(wrong, [], [])

    after = _by_channel(latest.values())
    for key in gone:
        after.setdefault(known[key][0], [])
    before = _by_channel(record for record in known.values() if record[0] in after)
    unchanged = (record for key, record in known.items() if key not in latest and key not in gone)
    for channel, spans in _by_channel(record for record in unchanged if record[0] in after).items():
        after[channel] += spans
    looks: dict[str, list[Interval]] = {}
    if source.family in ESTIMATED:
        bounds = _bounds(span[:2] for spans in (*before.values(), *after.values()) for span in spans)
        looks = _intervals(imported_facts.measured(database, after.keys(), *bounds))
        before = {channel: yield_estimates(spans, looks.get(channel, ())) for channel, spans in before.items()}
        after = {channel: yield_estimates(spans, looks.get(channel, ())) for channel, spans in after.items()}
    differences = {
        channel: merging.interval_difference(before.get(channel, ()), spans) for channel, spans in after.items()
    }

    differing = [span[:2] for difference in differences.values() for span in (*difference.removed, *difference.added)]
    taken = _taken(database, source, differing)
    existing = (
        imported_facts.imported(database, source_registry.family_of(source), *_bounds(differing)) if differing else {}
    )
    fresh = {key for key in latest if key not in known} if known else latest.keys()
    fresh_spans = _by_channel(latest[key] for key in fresh) if taken or existing or looks else {}
    fresh_spans = {channel: yield_estimates(spans, looks.get(channel, ())) for channel, spans in fresh_spans.items()}
    changes = SessionChanges([], [], [])
    for channel, difference in differences.items():
        merging.apply_difference(
            difference,
            fresh_spans.get(channel, ()),
            existing.get(channel, ()),
            taken.get(channel, ()),
            Session(0, channel, 0, 0, zone, source=source.session_source),
            changes,
            repairs,
        )
    if source.family not in ESTIMATED and differing:
        _plan_estimates(database, source, before, after, _bounds(differing), zone, changes)
    _transfer_notes_of_checks(database, changes)
    if looks:
        shown = {(channel, start) for channel, spans in fresh_spans.items() for start, _end, _estimated in spans}
        fresh = {key for key in fresh if latest[key][:2] in shown}
    if taken:
        fresh = {key for key in fresh if not is_covered(*latest[key][1:3], taken.get(latest[key][0], ()))}
    fresh = fresh - read_again
    remembered = [(key, *record) for key, record in latest.items()]
    for key in gone:
        channel, start, _end, _estimated = known[key]
        remembered.append((key, channel, start, start, imported_facts.GONE))
    return ImportPlan(
        *changes,
        sorted(remembered),
        new=sum(record.key in fresh and not record.additional for record in result.records),
        completed=sum(key in known and key not in mended for key in latest),
        mended=len(set(repairs.mended)),
        kept=len(set(repairs.kept)),
        misread_notifications=misread_notifications,
    )


def _plan_estimates(
    database: Database,
    source: Source,
    before: dict[str, list[MeasuredInterval]],
    after: dict[str, list[MeasuredInterval]],
    bounds: Interval,
    zone: str,
    changes: SessionChanges,
) -> None:
    """Add to `changes` how estimates of earlier imports yield to what this source measures, and come back where it was
    wrong. `before` and `after` are this source's records before and after the import, by channel; they differ within
    `bounds`."""
    by_format = imported_facts.estimated_by_format(database, after.keys(), *bounds)
    if not by_format:
        return
    others = imported_facts.measured(database, after.keys(), *bounds, excluding=source.family)
    for format, by_channel in by_format.items():
        for channel, estimates in by_channel.items():
            old, new = (
                yield_estimates(estimates, [span[:2] for span in (*spans.get(channel, ()), *others.get(channel, ()))])
                for spans in (before, after)
            )
            difference = merging.interval_difference(old, new)
            spans = [span[:2] for span in (*difference.removed, *difference.added)]
            if not spans:
                continue
            existing = imported_facts.imported(database, (format,), *_bounds(spans)).get(channel, ())
            template = Session(0, channel, 0, 0, zone, source=format)
            hand = _taken(database, source, spans).get(channel, ())
            merging.apply_difference(difference, (), existing, hand, template, changes)


def _intervals(by_channel: dict[str, list[MeasuredInterval]]) -> dict[str, list[Interval]]:
    return {channel: [span[:2] for span in spans] for channel, spans in by_channel.items()}


def _misread(
    database: Database, result: ReadResult, known: dict[int, Known]
) -> tuple[set[int], set[int], tuple[tuple[str, int], ...]]:
    """What earlier versions read by mistake: the known keys that are no records, the keys of the records that replace
    them, and the notifications that were read wrongly."""
    # Another copy of the history may have seen the page in front.
    gone = {key for key in result.not_records if key in known and known[key][3] != IN_FRONT}
    # What was in the future then and is so now; a clock that was set back makes no mistake of what happened.
    last = imported_facts.last_used(database) if result.future or result.misread_notifications else 0
    gone.update(key for key in result.future if key in known and known[key][1] > last)
    previous = {new: old for new, old in result.previous_keys.items() if old in known}
    if result.previous_keys_may_collide and 2 * len(previous) < len(result.previous_keys):
        previous = {}
    misread = set(result.misread_notifications)
    if not previous:
        misread = {(channel, at) for channel, at in misread if at > last}
    # Where another row has a notification at the same moment, nothing is wrong.
    misread.difference_update(result.notifications)
    return gone.union(previous.values()), set(previous), tuple(notifications.known(database, misread))


def _is_mended(before: Known, after: Known, distrusted: Collection[int]) -> bool:
    """Whether a known record was read wrongly before; otherwise its source has completed it."""
    return before[3] in distrusted or after[3] < before[3] < NOTHING_FOLLOWED


def _latest(
    records: Sequence[ImportedRecord], known: dict[int, Known], distrusted: Collection[int]
) -> dict[int, Known]:
    """By key: the records that are new, that are more certain than before, or whose end was known in a way that is
    distrusted and is another now."""
    latest: dict[int, Known] = {}
    for channel, start, end, key, estimated, _details, _additional in records:
        record = (channel, start, end, estimated)
        if key not in known:
            before = latest.setdefault(key, record)
        elif key in latest:
            before = latest[key]
        else:
            before = known[key]
            if before[3] in distrusted:
                if before[1:3] != record[1:3] or estimated > 0:
                    latest[key] = (before[0], *record[1:])
                continue
        if before != record:
            certain = merging.more_certain(before[1:], record[1:])
            if certain != before[1:] and (certain[:2] != before[1:3] or certain[2] > 0 or before[3] > 0):
                # The first import decided the channel, though domains and apps may belong to another one now.
                latest[key] = (before[0], *certain)
    return latest


def _by_channel(records: Iterable[Known]) -> dict[str, list[MeasuredInterval]]:
    spans: dict[str, list[MeasuredInterval]] = {}
    for channel, start, end, estimated in records:
        if channel in spans:
            spans[channel].append((start, end, estimated))
        else:
            spans[channel] = [(start, end, estimated)]
    return spans


def _taken(database: Database, source: Source, spans: Sequence[Interval]) -> dict[str, list[Interval]]:
    """The time recorded by hand between the first and the last of the spans, by channel."""
    if not spans:
        return {}
    recorded = imported_facts.recorded(database, *_bounds(spans), excluding=source.session_source)
    return {channel: time for channel, intervals in recorded.items() if (time := union(intervals))}


def _bounds(intervals: Iterable[Interval]) -> Interval:
    """The first start and the last end."""
    starts, ends = zip(*intervals, strict=True)
    return min(starts), max(ends)
