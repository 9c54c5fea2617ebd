"""What an import of a whole log writes: of another tracker file, or of an export of one.

A file in which nothing was recorded yet becomes equal to the log. Into any other file the log is merged record by
record (storage/log_merge.py). Time that was measured comes by the imported facts, as if their files were imported here:
so what both files have measured is there once. But what was deleted there is not shown here, and what a person made of
it there (removed, cut or joined it, said something of it) is done here, unless it was changed here later.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import ExitStack, closing
from functools import partial
from heapq import merge
from itertools import filterfalse
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import BY_PEOPLE, DAY, FOREVER, RECORDED, Session
from tracker.importers import planning
from tracker.importers.imported_record import ImportedRecord, ImportOptions, ReadResult, hash_text, record_key
from tracker.importers.planning import SessionChanges, transfer_notes, yield_measured, yield_to_recorded
from tracker.importers.source import all_sources
from tracker.storage import Database, bulk_load, identities, imported_facts, log_merge, measured_time, session_table
from tracker.storage.log_merge import MergeCounts
from tracker.storage.overlaps import Interval, MeasuredInterval, has_words, is_nominal, union, with_words_of
from tracker.storage.staging import Staging

if TYPE_CHECKING:
    from tracker.storage.staging import KeyedFact

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
    for family in filterfalse(imported_facts.is_removal, imported_facts.formats(log)):
        imported_facts.remember(database, family, step, imported_facts.by_key(log, family))
    for key, change in measured_time.changes_by_people(log).items():
        measured_time.note_change(database, step, key, change)
    _bring_screens(database, log, step)
    return MergeCounts({}, [], [], count, 0, 0, 0, 0)


def _merge(database: Database, log: Database, step: int, options: ImportOptions, is_snapshot: bool) -> MergeCounts:
    (last,) = database.row("SELECT coalesce(max(id), 0) FROM session")
    counts = log_merge.merge(database, log, step, options.entry is not None, options.report_progress)
    if is_snapshot:
        _yield_to_recorded(database, last)
    moved = {session.id for session in counts.released}
    _make_room(database, last, moved)
    measured_time.restore_imported(database, counts.released)
    measured = _MeasuredMerge(database, log, step, options, counts.channels)
    measured.clear_words()
    taken, given = measured.merge_changes()
    brought = [measured.merge_facts(family) for family in measured.families]
    measured.bring_words()
    _bring_screens(database, log, step)
    brought.append(measured.bring_notifications())
    return counts._replace(
        added=counts.added + sum(rows.new for rows in brought),
        changed=counts.changed + given,
        deleted=counts.deleted + taken,
        already=counts.already + sum(rows.already for rows in brought),
        overlapping=_count_overlapping(database, last, moved),
    )


def _is_recorded(session: Session) -> bool:
    """Whether a person said how long a session lasted: a check by key has no length of its own."""
    return session.source in BY_PEOPLE and session.end is not None and not is_nominal(session)


def _yield_to_recorded(database: Database, last: int) -> None:
    """Cut the sessions after the number `last` where their channel was recorded here before."""
    here: defaultdict[str, list[Interval]] = defaultdict(list)
    brought: defaultdict[str, list[Session]] = defaultdict(list)
    for session in filter(_is_recorded, session_table.in_span(database, 0, FOREVER)):
        if session.id > last:
            brought[session.channel].append(session)
        else:
            here[session.channel].append((session.start, session.end or session.start))
    changes = SessionChanges()
    for channel, sessions in brought.items():
        yield_to_recorded(sessions, union(here[channel]), changes)
    bulk_load.write_sessions(database, changes.changed, changes.deleted)
    bulk_load.insert_sessions(database, changes.added)


def _count_overlapping(database: Database, last: int, moved: Collection[int]) -> int:
    """How many records after the number `last`, and of those numbered `moved`, overlap another record of their channel.

    Both stay as they are: a person on each machine said so.
    """
    brought = [
        session for session in session_table.sessions_after(database, last, moved) if session.source in BY_PEOPLE
    ]
    spans = Counter((session.channel, session.start, session.end) for session in brought if not is_nominal(session))
    if not spans:
        return 0
    first = min(start for _channel, start, _end in spans)
    until = max(end or start for _channel, start, end in spans)
    count = 0
    for channel, recorded in session_table.recorded(database, first, until, excluding="").items():
        last_end = 0
        next_starts = [*(start for start, _end in recorded[1:]), FOREVER]
        for (start, end), next_start in zip(recorded, next_starts, strict=True):
            if start < last_end or next_start < end:
                count += spans[channel, start, end]
            last_end = max(last_end, end)
    return count


def _make_room(database: Database, last: int, moved: Collection[int]) -> None:
    """Cut what was measured in the time of the sessions after the number `last`, and of those numbered `moved`."""
    brought = session_table.sessions_after(database, last, moved)
    changes = SessionChanges(brought)
    transfer_notes(yield_measured(database, changes), changes)
    changed = [session for session, before in zip(changes.added, brought, strict=False) if session != before]
    bulk_load.insert_sessions(database, changes.added[len(brought) :])
    bulk_load.write_sessions(database, [*changed, *changes.changed], changes.deleted)


class _Origin(NamedTuple):
    """The source and the zone of measured sessions; no source where they are not shown."""

    source: str
    zone: str


class _MeasuredElsewhere:
    """What was measured in another log, on the channels as they are called here: its sessions, without their words.

    `channels` are the names of its channels here. `with_words` are the sessions that have words of a person, or had
    some. `changes` are what a person made of it, in force.
    """

    def __init__(self, log: Database, channels: Mapping[str, str]) -> None:
        self._log, self._channels = log, channels
        self._families = {name: source.family for name, source in all_sources().items()}
        self.changes = [
            change._replace(channel=self.channel_here(change.channel))
            for change in measured_time.in_force(measured_time.changes_by_people(log))
        ]
        self.words_said = {
            (self.channel_here(channel), start): at for (channel, start), at in identities.words_said(log).items()
        }
        self.with_words: list[Session] = []
        self._sessions: defaultdict[str, defaultdict[str, _Sessions]] = defaultdict(lambda: defaultdict(_Sessions))
        recorded: defaultdict[str, list[Interval]] = defaultdict(list)
        for there in session_table.every_session(log):
            session = there._replace(channel=self.channel_here(there.channel))
            if session.end is not None and session.source not in BY_PEOPLE:
                if has_words(session) or (session.channel, session.start) in self.words_said:
                    self.with_words.append(session)
                self._sessions[self._family(session.source)][session.channel].add(session, session.end)
            elif _is_recorded(session):
                recorded[session.channel].append((session.start, session.end or session.start))
        self._recorded = {channel: union(spans) for channel, spans in recorded.items()}  # two people's may overlap
        present = filterfalse(imported_facts.is_removal, imported_facts.formats(log))
        self.families = sorted({*present, *self._sessions})

    def channel_here(self, channel: str) -> str:
        """The name of a channel of the log in this file."""
        return self._channels.get(channel, channel)

    def _family(self, source: str) -> str:
        return self._families.get(source, source)

    def facts(self, database: Database, family: str) -> Iterator[tuple[KeyedFact, bool]]:
        """The log's facts of a family, by key, and whether each is a session which is in `database` already.

        Where a session has neither a fact nor was made by a person, as in a part of a log, it is one itself.
        """
        by_channel = self._sessions[family]
        for _key, channel, start, end, _estimated in imported_facts.by_key(self._log, family):
            if sessions := by_channel.get(self.channel_here(channel)):
                sessions.mark(start, end)
        for change in self.changes:
            is_there = change.what and self._family(change.format) == family
            if is_there and (sessions := by_channel.get(change.channel)):
                sessions.mark(change.start, change.end)
        without = sorted(
            (
                (record_key(start, hash_text(f"session\n{channel}")), channel, start, end, estimated),
                session_table.is_there(database, channel, start, end),
            )
            for channel, sessions in by_channel.items()
            for start, end, estimated in sessions.unmarked()
        )
        facts = (
            ((key, self.channel_here(channel), start, end, estimated), False)
            for key, channel, start, end, estimated in imported_facts.by_key(self._log, family)
        )
        return merge(facts, without)

    def is_shown(self, family: str, channel: str, start: int, end: int) -> bool:
        """Whether measured time is shown in the log, or only a record of its time is; else it was deleted there."""
        if self.origin_at(family, channel, start, end):
            return True
        spans = self._recorded.get(channel, [])
        index = bisect_right(spans, (max(end - 1, start), FOREVER)) - 1
        return index >= 0 and spans[index][1] > start

    def origin_at(self, family: str, channel: str, start: int, end: int) -> _Origin | None:
        """The origin of the log's session that overlaps or touches a time."""
        sessions = self._sessions[self._family(family)].get(channel)
        return sessions.origin_at(start, end) if sessions else None


class _Sessions:
    """The measured sessions of one family and channel, by start, in little memory."""

    def __init__(self) -> None:
        self._starts, self._ends, self._origins = array("q"), array("q"), array("H")
        self._numbers: dict[_Origin, int] = {}
        self._marks = bytearray()

    def add(self, session: Session, end: int) -> None:
        """Put a session behind the others."""
        self._starts.append(session.start)
        self._ends.append(end)
        self._origins.append(self._numbers.setdefault(_Origin(session.source, session.zone), len(self._numbers)))
        self._marks.append(_ESTIMATED * session.estimated)

    def origin_at(self, start: int, end: int) -> _Origin | None:
        """The origin of the last session that overlaps or touches a time."""
        index = bisect_right(self._starts, end) - 1
        return [*self._numbers][self._origins[index]] if index >= 0 and self._ends[index] >= start else None

    def mark(self, start: int, end: int) -> None:
        """Mark the sessions that overlap or touch a time; those of other sources may overlap them."""
        index = bisect_right(self._starts, end) - 1
        while index >= 0 and self._ends[index] >= start:
            self._marks[index] |= _MARKED
            index -= 1

    def unmarked(self) -> Iterator[MeasuredInterval]:
        """The sessions that were not marked, with whether the end is an estimate."""
        for start, end, mark in zip(self._starts, self._ends, self._marks, strict=True):
            if not mark & _MARKED:
                yield start, end, mark // _ESTIMATED


class _RowCounts(NamedTuple):
    """How many rows of the log are new here, and how many are known."""

    new: int
    already: int


class _MeasuredMerge:
    """Merges what was measured in another log, and what was said of it there, in an undo step.

    `channels` are the names of its channels here. An import of what is new leaves out what the user has undone.
    """

    def __init__(
        self, database: Database, log: Database, step: int, options: ImportOptions, channels: Mapping[str, str]
    ) -> None:
        self._database, self._log, self._step = database, log, step
        self._zone, self._is_automatic = options.zone, options.entry is not None
        self._theirs = _MeasuredElsewhere(log, channels)
        self.families = self._theirs.families

    def _unwanted(self, what: str) -> frozenset[str]:
        return imported_facts.unwanted_keys(self._database, what) if self._is_automatic else frozenset()

    def _undone(self, family: str) -> set[int]:
        return imported_facts.undone(self._database, family) if self._is_automatic else set()

    def merge_changes(self) -> tuple[int, int]:
        """Do here what was made of measured time there, and take back here what was taken back there.

        The later of the two states of the same change counts. Returns how many sessions lost time, and how many got
        some or were cut.
        """
        database = self._database
        ours = measured_time.changes_by_people(database)
        said = identities.words_said(database)
        # What is other than before, by family and channel.
        removed: defaultdict[tuple[str, str], list[Interval]] = defaultdict(list)
        made: defaultdict[tuple[str, str], list[Interval]] = defaultdict(list)
        for key, their in sorted(measured_time.changes_by_people(self._log).items()):
            mine = ours.get(key)
            change = their._replace(channel=self._theirs.channel_here(their.channel))
            is_removed = not change.what and change.at >= 0 and change.start < change.end
            if mine and abs(mine.at) >= abs(their.at):
                continue
            if not mine and key in self._undone(measured_time.noted_format(their)):
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
            measured_time.note_change(database, self._step, key, change)
            imported_facts.remember_import(database, self._step)
            (removed if is_removed else made)[change.format, change.channel].append((change.start, change.end))
        lost = sum(self._reshape(*place, spans, self._zone)[0] for place, spans in removed.items())
        got = sum(self._reshape(*place, spans, self._zone)[1] for place, spans in made.items())
        return lost, got

    def _reshape(self, family: str, channel: str, spans: Iterable[Interval], zone: str) -> tuple[int, int]:
        """Let the sessions of a family and channel be as its facts make them, where they touch `spans`; new ones are of
        `zone`. Returns how many were other ones before, and how many are other ones now."""

        def origin_of(span: MeasuredInterval) -> _Origin:
            return self._theirs.origin_at(family, channel, *span[:2]) or _Origin(family, zone)

        reshape = partial(measured_time.reshape, self._database, family, channel)
        counts = [reshape(group, origin_of) for group in _near_each_other(sorted(spans))]
        return sum(before for before, _after in counts), sum(after for _before, after in counts)

    def merge_facts(self, family: str) -> _RowCounts:
        """Import the facts of a family as its source would."""
        database = self._database
        undone = self._undone(family)
        staged: dict[_Origin, Staging] = {}
        waiting: defaultdict[_Origin, list[ImportedRecord]] = defaultdict(list)
        new = already = 0
        with ExitStack() as opened:

            def stage(origin: _Origin) -> None:
                if origin not in staged:
                    staged[origin] = opened.enter_context(closing(Staging()))
                staged[origin].add(waiting.pop(origin))  # type: ignore[arg-type]  # they are tuples as they are staged

            with closing(imported_facts.by_key(database, family)) as ours:
                mine = next(ours, None)
                for their, is_here in self._theirs.facts(database, family):
                    key, channel, start, end, estimated = their
                    while mine and mine[0] < key:
                        mine = next(ours, None)
                    is_known = is_here or key in undone or (mine is not None and mine[0] == key)
                    new, already = new + (not is_known), already + is_known
                    if is_here or key in undone or mine == their:
                        continue
                    origin = self._origin(family, channel, start, end)
                    if is_known and (family in RECORDED or not origin.source):
                        continue  # which reading of a known fact counts is a rule of its source; a deleted one has none
                    waiting[origin].append(ImportedRecord(channel, start, end, key, estimated))
                    if len(waiting[origin]) >= _BATCH:
                        stage(origin)
            for origin in [*waiting]:
                stage(origin)
            for origin, staging in staged.items():
                self._write_facts(family, origin, staging)
        # The sessions of recorded ones were merged as records.
        return _RowCounts(0, 0) if family in RECORDED else _RowCounts(new, already)

    def _origin(self, family: str, channel: str, start: int, end: int) -> _Origin:
        """Of which source and zone the session of a fact is here."""
        origin = self._theirs.origin_at(family, channel, start, end)
        is_shown = self._theirs.is_shown(family, channel, start, end)
        return origin or _Origin(family if is_shown else "", self._zone)

    def _write_facts(self, family: str, origin: _Origin, staging: Staging) -> None:
        """Write staged facts of a family, with the sessions that they make, which are of this origin."""
        database, zone = self._database, origin.zone
        source = all_sources().get(origin.source)
        edited: list[tuple[str, Interval]] = []
        if source and not source.describe().recorded:
            planning.compare(database, source, staging, ReadResult())
            database.ensure_zone(zone)
            for plan in planning.plan_windows(database, source, staging, zone, as_changed=True):
                shown = [
                    session
                    for session in plan.changes.added
                    if self._theirs.is_shown(family, session.channel, session.start, session.end or session.start)
                ]
                bulk_load.write_sessions(database, plan.changes.changed, plan.changes.deleted)
                bulk_load.insert_sessions(database, sorted(shown, key=attrgetter("start")))
                edited += plan.edited
        imported_facts.remember(database, family, self._step, staging.facts_by_key())
        # A moment may be in what comes, which is planned beside it.
        moments: defaultdict[str, list[Interval]] = defaultdict(list)
        for change in measured_time.in_force(measured_time.changes_by_people(database)):
            if change.format == family and change.what and change.start == change.end:
                moments[change.channel].append((change.start, change.end))
        for channel, spans in moments.items():
            self._reshape(family, channel, spans, zone)
        measured_time.note_edited(database, self._step, family, edited)

    def clear_words(self) -> None:
        """Clear the words of sessions here that were taken back there later, before the session itself went."""
        database = self._database
        ours = identities.words_said(database)
        there = {(session.channel, session.start) for session in self._theirs.with_words}
        for place, at in self._theirs.words_said.items():
            if at <= ours.get(place, 0) or place in there:
                continue
            channel, start = place
            for here in session_table.in_span(database, start, start + 1, channel):
                if here.start == start and here.source not in BY_PEOPLE and has_words(here):
                    database.update("session", with_words_of(here, Session(0, channel, 0, 0, "")))
                    imported_facts.remember_import(database, self._step)
            identities.write_words_said(database, place, at)

    def bring_words(self) -> None:
        """Give the measured sessions here the words that somebody wrote to them there later.

        Where nobody knows which are the later ones, those that are there count, and of two the same on every machine.
        """
        database = self._database
        ours = identities.words_said(database)
        unwanted = self._unwanted(imported_facts.UNWANTED_WORDS)
        for session in self._theirs.with_words:
            place = (session.channel, session.start)
            near = session_table.in_span(database, session.start, (session.end or session.start) + 1, session.channel)
            near = [here for here in near if here.source not in BY_PEOPLE]
            same = [here for here in near if here.start == session.start]
            others = [here for here in near if not has_words(here) and (here.channel, here.start) not in ours]
            if not same and any(with_words_of(here, session) == here for here in near):
                continue  # they were brought before
            for here in (same or others)[:1]:
                if imported_facts.unwanted_key(here.channel, here.start) in unwanted:
                    continue
                mine, their = (ours.get(place, 0), self._theirs.words_said.get(place, 0)) if same else (0, 0)
                wanted = with_words_of(here, session)
                if their < mine or (their == mine and _rank(here) >= _rank(wanted)):
                    wanted = here
                if wanted != here:
                    database.update("session", wanted)
                    imported_facts.remember_import(database, self._step)
                if their > mine:
                    identities.write_words_said(database, place, their)

    def bring_notifications(self) -> _RowCounts:
        """Add the notifications that are not here."""
        unwanted = self._unwanted("notification")
        by_zone: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for channel, at, zone in imported_facts.notifications_in_span(self._log, 0, FOREVER):
            by_zone[zone].append((self._theirs.channel_here(channel), at))
        count = new = 0
        for zone, notifications in by_zone.items():
            wanted = [place for place in notifications if imported_facts.unwanted_key(*place) not in unwanted]
            unknown = imported_facts.unknown_notifications(self._database, wanted)
            imported_facts.insert_notifications(self._database, unknown, zone)
            count, new = count + len(notifications), new + len(unknown)
        return _RowCounts(new, count - new)


def _near_each_other(spans: Iterable[Interval]) -> Iterator[list[Interval]]:
    """Groups of spans, which come by start, of about a month: each group takes a search of all facts."""
    group: list[Interval] = []
    for span in spans:
        if group and span[0] - group[0][0] > _MONTH:
            yield group
            group = []
        group.append(span)
    if group:
        yield group


def _bring_screens(database: Database, log: Database, step: int) -> None:
    """Remember from when to when devices were used, which parts what was picked up from what was switched to, and when
    each was first seen."""
    for source, known in imported_facts.screens(log, imported_facts.formats(log), 0, FOREVER).items():
        imported_facts.remember_uses(database, source, step, known.uses)
        imported_facts.remember_devices(database, source, step, known.devices)


def _rank(session: Session) -> tuple[bool, str]:
    """Which of two states of a session's words counts where nobody knows which is the later: the same everywhere."""
    return has_words(session), repr(session._replace(id=0))
