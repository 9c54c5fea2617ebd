"""What an import of a whole log writes: of another tracker file, or of an export of one.

A file in which nothing was recorded yet becomes equal to the log. Into any other file the log is merged record by
record (storage/log_merge.py). Time that was measured comes by the imported facts, as if their files were imported here:
so what both files have measured is there once. But what was deleted there is not shown here, and what a person made of
it there (removed, cut or joined it, said something of it) is done here, unless it was changed here later.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter
from contextlib import closing
from heapq import merge
from itertools import filterfalse
from typing import TYPE_CHECKING

from tracker.domain.models import BY_PEOPLE, DAY, FOREVER, RECORDED, Session
from tracker.importers import planning
from tracker.importers.imported_record import ImportedRecord, ReadResult, hash_text, record_key
from tracker.importers.planning import SessionChanges, transfer_notes, yield_measured, yield_to_recorded
from tracker.importers.source import all_sources
from tracker.storage import imported_facts, log_merge, measured_changes, session_table
from tracker.storage.log_merge import MergeCounts
from tracker.storage.overlaps import has_words, is_nominal, union, with_words_of
from tracker.storage.staging import Staging

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from tracker.importers.imported_record import ImportOptions
    from tracker.storage import Database

#: The marks of sessions.
_MARKED, _ESTIMATED = 1, 2

#: Facts staged at once.
_BATCH = 1_000

#: In seconds.
_MONTH = 30 * DAY


def write_log(
    database: Database, log: Database, step: int, options: ImportOptions, *, is_snapshot: bool
) -> MergeCounts:
    """Write in the undo step `step` what `log`, a private copy, has and this file has not.

    `is_snapshot` says that it does not know what changed since: its sessions yield to those that are here. An import of
    what is new leaves out what the user has undone. Facts without a session are of the zone of the options.
    """
    if log_merge.is_new(database):
        counts = _copy(database, log, step, options.report_progress)
    else:
        counts = _merge(database, log, step, options, is_snapshot)
    if counts.added or counts.changed or counts.deleted:
        imported_facts.remember_import(database, step)
    return counts


def _copy(database: Database, log: Database, step: int, report_progress: Callable[[float], None]) -> MergeCounts:
    count = log_merge.copy(database, log, step, report_progress)
    for format in filterfalse(imported_facts.is_removal, imported_facts.formats(log)):
        imported_facts.remember(database, format, step, imported_facts.by_key(log, format))
    for key, change in imported_facts.changes_by_people(log).items():
        measured_changes.note_change(database, step, key, change)
    _bring_screens(database, log, step)
    return MergeCounts({}, [], [], count, 0, 0, 0, 0)


def _merge(database: Database, log: Database, step: int, options: ImportOptions, is_snapshot: bool) -> MergeCounts:
    zone, is_automatic = options.zone, options.entry is not None
    (last,) = database.row("SELECT coalesce(max(id), 0) FROM session")
    counts = log_merge.merge(database, log, step, is_automatic, options.report_progress)
    if is_snapshot:
        _yield_to_recorded(database, last)
    moved = {session.id for session in counts.released}
    _make_room(database, last, moved)
    imported_facts.restore_imported(database, counts.released)
    measured = _Measured(log, counts.channels)
    _clear_words(database, log, counts.channels, measured, step)
    taken, given = _merge_changes(database, log, counts.channels, measured, step, zone, is_automatic)
    added = already = 0
    for format in measured.formats:
        new, known = _merge_facts(database, log, measured, format, step, zone, is_automatic)
        added, already = added + new, already + known
    _bring_words(
        *(database, log, counts.channels, measured, step),
        imported_facts.unwanted_keys(database, imported_facts.UNWANTED_WORDS) if is_automatic else frozenset(),
    )
    _bring_screens(database, log, step)
    unwanted_notifications = imported_facts.unwanted_keys(database, "notification") if is_automatic else frozenset()
    for channel, at, where in imported_facts.notifications_in_span(log, 0, FOREVER):
        channel = counts.channels.get(channel, channel)
        if imported_facts.unwanted_key(channel, at) in unwanted_notifications:
            already += 1
            continue
        unknown = imported_facts.unknown_notifications(database, [(channel, at)])
        imported_facts.insert_notifications(database, unknown, where)
        added, already = added + len(unknown), already + 1 - len(unknown)
    return counts._replace(
        added=counts.added + added,
        changed=counts.changed + given,
        deleted=counts.deleted + taken,
        already=counts.already + already,
        overlapping=_count_overlapping(database, last, moved),
    )


def _yield_to_recorded(database: Database, last: int) -> None:
    """Cut the sessions after the number `last` where their channel was recorded here before."""
    every = [
        session
        for session in session_table.in_span(database, 0, FOREVER)
        if session.source in BY_PEOPLE and session.end is not None and not is_nominal(session)
    ]
    taken: dict[str, list[tuple[int, int]]] = {}
    for session in every:
        if session.id <= last:
            taken.setdefault(session.channel, []).append((session.start, session.end or session.start))
    taken = {channel: union(spans) for channel, spans in taken.items()}
    changes = SessionChanges([], [], [])
    yield_to: dict[str, list[Session]] = {}
    for session in every:
        if session.id > last and session.channel in taken:
            yield_to.setdefault(session.channel, []).append(session)
    for channel, sessions in yield_to.items():
        yield_to_recorded(sessions, taken[channel], changes)
    imported_facts.write(database, changes.changed, changes.deleted)
    imported_facts.insert(database, changes.added)


def _count_overlapping(database: Database, last: int, moved: Collection[int]) -> int:
    """How many records after the number `last`, and of those numbered `moved`, overlap another record of their channel.

    Both stay as they are: a person on each machine said so.
    """
    brought = [
        session for session in imported_facts.sessions_after(database, last, moved) if session.source in BY_PEOPLE
    ]
    spans = Counter((session.channel, session.start, session.end) for session in brought if not is_nominal(session))
    if not spans:
        return 0
    first = min(start for _channel, start, _end in spans)
    until = max(end or start for _channel, start, end in spans)
    count = 0
    for channel, recorded in imported_facts.recorded(database, first, until, excluding="").items():
        before = 0
        for (start, end), after in zip(recorded, [*recorded[1:], (FOREVER, FOREVER)], strict=True):
            if start < before or after[0] < end:
                count += spans[channel, start, end]
            before = max(before, end)
    return count


def _make_room(database: Database, last: int, moved: Collection[int]) -> None:
    """Cut what was measured in the time of the sessions after the number `last`, and of those numbered `moved`."""
    brought = imported_facts.sessions_after(database, last, moved)
    changes = SessionChanges(list(brought), [], [])
    transfer_notes(yield_measured(database, changes), changes)
    changed = [session for session, before in zip(changes.added, brought, strict=False) if session != before]
    imported_facts.insert(database, changes.added[len(brought) :])
    imported_facts.write(database, [*changed, *changes.changed], changes.deleted)


class _Measured:
    """What was measured in another log, on the channels as they are called here: its sessions, without their words.

    `with_words` are the sessions that have words of a person, or had some.
    """

    def __init__(self, log: Database, channels: Mapping[str, str]) -> None:
        self._channels = channels
        self.with_words: list[Session] = []
        self._recorded: dict[str, list[tuple[int, int]]] = {}
        self._by_channel: dict[tuple[str, str], _Sessions] = {}
        self._families = families = {name: source.family for name, source in all_sources().items()}
        #: What a person made of it, in force.
        self.changes = [
            change._replace(channel=channels.get(change.channel, change.channel))
            for change in imported_facts.in_force(imported_facts.changes_by_people(log))
        ]
        said = log_merge.words_said(log)
        for session in imported_facts.every_session(log):
            channel, end = channels.get(session.channel, session.channel), session.end
            if end is None:
                continue
            if session.source in BY_PEOPLE:
                if not is_nominal(session):
                    self._recorded.setdefault(channel, []).append((session.start, end))
                continue
            if has_words(session) or (session.channel, session.start) in said:
                self.with_words.append(session._replace(channel=channel))
            place = families.get(session.source, session.source), channel
            self._by_channel.setdefault(place, _Sessions()).add(session, end)
        self._recorded = {
            channel: union(spans) for channel, spans in self._recorded.items()
        }  # two people's may overlap
        present = filterfalse(imported_facts.is_removal, imported_facts.formats(log))
        self.formats = sorted({*present, *(family for family, _channel in self._by_channel)})

    def facts(self, database: Database, log: Database, format: str) -> Iterator[tuple[int, str, int, int, int, bool]]:
        """The log's facts of a format, by key, and whether that is a session which is in `database` already.

        Where a session has neither a fact nor was made by a person, as in a part of a log, it is one itself.
        """
        of_format = {channel: known for (family, channel), known in self._by_channel.items() if family == format}
        for _key, channel, start, end, _estimated in imported_facts.by_key(log, format):
            if sessions := of_format.get(self._channels.get(channel, channel)):
                sessions.mark(start, end)
        for change in self.changes:
            is_there = change.what and self._families.get(change.format, change.format) == format
            if is_there and (sessions := of_format.get(change.channel)):
                sessions.mark(change.start, change.end)
        without = sorted(
            (record_key(start, hash_text(f"session\n{channel}")), channel, start, end, estimated, is_here)
            for channel, sessions in of_format.items()
            for start, end, estimated in sessions.unmarked()
            for is_here in [imported_facts.is_there(database, channel, start, end)]
        )
        facts = (
            (key, self._channels.get(channel, channel), start, end, estimated, False)
            for key, channel, start, end, estimated in imported_facts.by_key(log, format)
        )
        return merge(facts, without)

    def is_shown(self, format: str, channel: str, start: int, end: int) -> bool:
        """Whether measured time is shown in the log, or only a record of its time is; else it was deleted there."""
        if self.session_at(format, channel, start, end):
            return True
        spans = self._recorded.get(channel, [])
        index = bisect_right(spans, (max(end - 1, start), FOREVER)) - 1
        return index >= 0 and spans[index][1] > start

    def session_at(self, format: str, channel: str, start: int, end: int) -> tuple[str, str] | None:
        """The source and the zone of the log's session that overlaps or touches a time."""
        sessions = self._by_channel.get((self._families.get(format, format), channel))
        return sessions.at(start, end) if sessions else None


class _Sessions:
    """The measured sessions of one format and channel, by start, in little memory."""

    def __init__(self) -> None:
        self._starts, self._ends, self._places = array("q"), array("q"), array("H")
        self._kinds: dict[tuple[str, str], int] = {}
        self._marks = bytearray()

    def add(self, session: Session, end: int) -> None:
        self._starts.append(session.start)
        self._ends.append(end)
        self._places.append(self._kinds.setdefault((session.source, session.zone), len(self._kinds)))
        self._marks.append(_ESTIMATED * session.estimated)

    def at(self, start: int, end: int) -> tuple[str, str] | None:
        """The source and zone of the last session that overlaps or touches a time."""
        index = bisect_right(self._starts, end) - 1
        return [*self._kinds][self._places[index]] if index >= 0 and self._ends[index] >= start else None

    def mark(self, start: int, end: int) -> None:
        """Mark the sessions that overlap or touch a time; those of other sources may overlap them."""
        index = bisect_right(self._starts, end) - 1
        while index >= 0 and self._ends[index] >= start:
            self._marks[index] |= _MARKED
            index -= 1

    def unmarked(self) -> Iterator[tuple[int, int, int]]:
        """(start, end, whether the end is an estimate) of the sessions that were not marked."""
        for start, end, mark in zip(self._starts, self._ends, self._marks, strict=True):
            if not mark & _MARKED:
                yield start, end, mark // _ESTIMATED


def _merge_changes(
    database: Database,
    log: Database,
    channels: Mapping[str, str],
    measured: _Measured,
    step: int,
    zone: str,
    is_automatic: bool,
) -> tuple[int, int]:
    """Do here what was made of measured time there, and take back here what was taken back there.

    The later of the two states of the same change counts. Returns how many sessions lost time, and how many got some or
    were cut.
    """
    ours = imported_facts.changes_by_people(database)
    said = log_merge.words_said(database)
    #: By format, channel and whether time is taken away, what is other than before.
    news: dict[tuple[str, str, bool], list[tuple[int, int]]] = {}
    for key, their in sorted(imported_facts.changes_by_people(log).items()):
        mine = ours.get(key)
        change = their._replace(channel=channels.get(their.channel, their.channel))
        is_removed = not change.what and change.at >= 0 and change.start < change.end
        if mine and abs(mine.at) >= abs(their.at):
            continue
        if is_automatic and not mine and key in imported_facts.undone(database, measured_changes.noted_format(their)):
            continue
        if is_removed:
            later = [
                said.get((session.channel, session.start), 0)
                for session in session_table.in_span(database, change.start, change.end, change.channel)
                if change.start <= session.start and (session.end or 0) <= change.end
                if session.source not in BY_PEOPLE and has_words(session)
            ]
            if max(later, default=0) > change.at:  # what was given words since stays, for the other files too
                change, is_removed = change._replace(at=-max(later)), False
        measured_changes.note_change(database, step, key, change)
        imported_facts.remember_import(database, step)
        news.setdefault((change.format, change.channel, is_removed), []).append((change.start, change.end))
    counts = [0, 0]
    for (format, channel, is_removed), spans in sorted(news.items(), key=lambda item: not item[0][2]):
        for some in _near_each_other(sorted(spans)):
            before, after = _reshape(database, measured, format, channel, some, zone)
            counts[not is_removed] += before if is_removed else after
    return counts[0], counts[1]


def _reshape(
    database: Database, measured: _Measured, format: str, channel: str, spans: list[tuple[int, int]], zone: str
) -> tuple[int, int]:
    """Let the sessions of a format and channel be as its facts make them, where they touch `spans` (by start)."""

    def place_of(span: tuple[int, int, int]) -> tuple[str, str]:
        return measured.session_at(format, channel, *span[:2]) or (format, zone)

    return measured_changes.reshape(database, format, channel, spans, place_of)


def _near_each_other(spans: Iterable[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Groups of spans, which come by start, of about a month: each group takes a search of all facts."""
    group: list[tuple[int, int]] = []
    for span in spans:
        if group and span[0] - group[0][0] > _MONTH:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _merge_facts(
    database: Database, log: Database, measured: _Measured, format: str, step: int, zone: str, is_automatic: bool
) -> tuple[int, int]:
    """Import the facts of a format as its source would; returns how many are new, and how many were known."""
    undone = imported_facts.undone(database, format) if is_automatic else set()
    by_session: dict[tuple[str, str], Staging] = {}
    waiting: dict[tuple[str, str], list[ImportedRecord]] = {}
    new = already = 0

    def stage(key: int, channel: str, start: int, end: int, estimated: int, is_known: bool) -> None:
        is_shown = measured.is_shown(format, channel, start, end)
        index = measured.session_at(format, channel, start, end) or (format if is_shown else "", zone)
        if is_known and (format in RECORDED or not index[0]):
            return  # which reading of a known fact counts is a rule of its source, and a deleted one has none
        records = waiting.setdefault(index, [])
        records.append(ImportedRecord(channel, start, end, key, estimated))
        if len(records) >= _BATCH:
            by_session.setdefault(index, Staging()).add(records)  # type: ignore[arg-type]  # tuples as they are staged
            records.clear()

    try:
        with closing(imported_facts.by_key(database, format)) as ours:
            mine = next(ours, None)
            for key, channel, start, end, estimated, is_here in measured.facts(database, log, format):
                while mine and mine[0] < key:
                    mine = next(ours, None)
                is_known = is_here or key in undone or (mine is not None and mine[0] == key)
                if not is_here and key not in undone and mine != (key, channel, start, end, estimated):
                    stage(key, channel, start, end, estimated, is_known)
                new, already = new + (not is_known), already + is_known
        for index, records in waiting.items():
            by_session.setdefault(index, Staging()).add(records)  # type: ignore[arg-type]
        for (name, where), staging in by_session.items():
            _write_facts(database, measured, format, name, where, staging, step)
    finally:
        for staging in by_session.values():
            staging.close()
    if format in RECORDED:
        return 0, 0  # their sessions were merged as records
    return new, already


def _write_facts(
    database: Database, measured: _Measured, format: str, name: str, where: str, staging: Staging, step: int
) -> None:
    """Write staged facts of a format in a step, with the sessions that they make in a zone; of a source `name`."""
    source = all_sources().get(name)
    edited: list[tuple[str, tuple[int, int]]] = []
    if source and not source.describe().recorded:
        planning.compare(database, source, staging, ReadResult([], 0, []))
        database.ensure_zone(where)
        for plan in planning.plan_windows(database, source, staging, where, as_changed=True):
            shown = [
                session
                for session in plan.added
                if measured.is_shown(format, session.channel, session.start, session.end or session.start)
            ]
            imported_facts.write(database, plan.changed, plan.deleted)
            imported_facts.insert(database, sorted(shown, key=lambda session: session.start))
            edited += plan.edited
    imported_facts.remember(database, format, step, staging.facts_by_key())
    moments: dict[str, list[tuple[int, int]]] = {}
    for change in imported_facts.in_force(
        imported_facts.changes_by_people(database)
    ):  # a moment may be in what comes, which is planned beside it
        if change.format == format and change.what and change.start == change.end:
            moments.setdefault(change.channel, []).append((change.start, change.end))
    for channel, spans in moments.items():
        for some in _near_each_other(sorted(spans)):
            _reshape(database, measured, format, channel, some, where)
    measured_changes.note_edited(database, step, format, edited)


def _bring_screens(database: Database, log: Database, step: int) -> None:
    """Remember from when to when devices were used, which parts what was picked up from what was switched to, and when
    each was first seen."""
    for source, known in imported_facts.screens(log, imported_facts.formats(log), 0, FOREVER).items():
        imported_facts.remember_uses(database, source, step, known.uses)
        imported_facts.remember_devices(database, source, step, known.devices)


def _words_said(log: Database, channels: Mapping[str, str]) -> dict[tuple[str, int], int]:
    """When words of measured sessions were changed in another log, on the channels as they are called here."""
    return {(channels.get(channel, channel), start): at for (channel, start), at in log_merge.words_said(log).items()}


def _clear_words(
    database: Database, log: Database, channels: Mapping[str, str], measured: _Measured, step: int
) -> None:
    """Clear the words of sessions here that were taken back there later, before the session itself went."""
    ours = log_merge.words_said(database)
    there = {(session.channel, session.start) for session in measured.with_words}
    for place, at in _words_said(log, channels).items():
        if at <= ours.get(place, 0) or place in there:
            continue
        channel, start = place
        for here in session_table.in_span(database, start, start + 1, channel):
            if here.start == start and here.source not in BY_PEOPLE and has_words(here):
                session_table.update(database, with_words_of(here, Session(0, channel, 0, 0, "")))
                imported_facts.remember_import(database, step)
        log_merge.write_words_said(database, place, at)


def _bring_words(
    database: Database,
    log: Database,
    channels: Mapping[str, str],
    measured: _Measured,
    step: int,
    unwanted_words: frozenset[str],
) -> None:
    """Give the measured sessions here the words that somebody wrote to them there later.

    Where nobody knows which are the later ones, those that are there count, and of two the same on every machine.
    """
    ours = log_merge.words_said(database)
    theirs = _words_said(log, channels)
    for session in measured.with_words:
        place = (session.channel, session.start)
        near = session_table.in_span(database, session.start, (session.end or session.start) + 1, session.channel)
        near = [here for here in near if here.source not in BY_PEOPLE]
        same = [here for here in near if here.start == session.start]
        others = [here for here in near if not has_words(here) and (here.channel, here.start) not in ours]
        if not same and any(with_words_of(here, session) == here for here in near):
            continue  # they were brought before
        for here in (same or others)[:1]:
            if imported_facts.unwanted_key(here.channel, here.start) in unwanted_words:
                continue
            mine, their = (ours.get(place, 0), theirs.get(place, 0)) if same else (0, 0)
            wanted = with_words_of(here, session)
            if their < mine or (their == mine and _rank(here) >= _rank(wanted)):
                wanted = here
            if wanted != here:
                session_table.update(database, wanted)
                imported_facts.remember_import(database, step)
            if their > mine:
                log_merge.write_words_said(database, place, their)


def _rank(session: Session) -> tuple[bool, str]:
    """Which of two states of a session's words counts where nobody knows which is the later: the same everywhere."""
    return has_words(session), repr(session._replace(id=0))
