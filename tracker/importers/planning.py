"""What an import will write: from the records that were read and those known before, to sessions and habits.

*Measured formats* (a phone, a browser): records of one channel with gaps of at most 30 s are one session, and time that
a person recorded on that channel is cut out. The sessions are computed from all records known so far, once as they were
before the import and once as they are after it, and only the difference is applied. So files may come in any pieces, in
any order and any number of times, and the sessions are the same. Where the sessions in the database are not those of
the records before, the user has changed them: the import does not touch them again, and only adds time around them. A
session that has words of a person may become longer, but never loses time.

*Recorded formats* (a CSV file, another tracker): each record is a session as it is. It yields to what was recorded
here, and measured time yields to it.

*Habits*: an answer that is here stays, whatever the source says of that day. A habit of the same name is the same habit
if it counts the same thing: else the source's days of it are rejected.

Sessions are planned in windows of time that end in a silence, so that an import of any length needs little memory. The
windows together give what the whole import would give at once. A window in which there is no silence for long is
planned in as little memory: its rows are gone through several times, and those with small gaps take the place of one.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.domain.models import ESTIMATED, LONGEST_SESSION, Habit, Session, Tick
from tracker.domain.record import Record
from tracker.domain.text import same_name
from tracker.importers.imported_record import ReadResult, RecordDetails, RejectedRow
from tracker.importers.source import Source, family_of, measured_sources
from tracker.locale import _
from tracker.storage import Database, imported_facts, measured_time, session_table
from tracker.storage import habits as storage
from tracker.storage.overlaps import (
    GAP,
    Interval,
    Joining,
    Looks,
    MeasuredInterval,
    has_words,
    is_covered,
    is_nominal,
    joined,
    subtract,
    union,
    with_words,
)
from tracker.storage.person_names import known_as
from tracker.storage.staging import COMPLETED, KEPT, MENDED, NEW, NEW_KEY, OTHER, REMOVED, REPAIRED, ManyRows

if TYPE_CHECKING:
    from tracker.storage.staging import StagedRow, Staging

    #: See `measured_time.changed_time`.
    ChangedTime = Mapping[tuple[str, str], Sequence[Interval]]


class IntervalDifference(Record):
    """The intervals of one channel that records no longer make, and those that they make instead, in order."""

    removed: list[MeasuredInterval]
    added: list[MeasuredInterval]

    @property
    def spans(self) -> list[MeasuredInterval]:
        """Where anything differs."""
        return [*self.removed, *self.added]


class SessionChanges:
    """What to do to sessions: those to add (their ids are 0) and to change, and the ids of those to delete.

    `mended` are the ids of sessions that were read wrongly before and are corrected, `kept` those of sessions which
    stay because a person has changed them or added words to them.
    """

    def __init__(self, added: Iterable[Session] = ()) -> None:
        self.added = list(added)
        self.changed: list[Session] = []
        self.deleted: list[int] = []
        self.mended: list[int] = []
        self.kept: list[int] = []


def interval_difference(before: Iterable[MeasuredInterval], after: Iterable[MeasuredInterval]) -> IntervalDifference:
    """The difference between the intervals of one channel's records before and after an import."""
    joined_before, joined_after = joined(before), joined(after)
    if not joined_before:
        return IntervalDifference([], joined_after)
    same = set(joined_before).intersection(joined_after)
    return IntervalDifference(
        [span for span in joined_before if span not in same], [span for span in joined_after if span not in same]
    )


def apply_difference(
    difference: IntervalDifference,
    new_records: Iterable[MeasuredInterval],
    existing: Sequence[Session],
    taken: Sequence[Interval],
    template: Session,
    changes: SessionChanges,
    wrong: Iterable[Interval] = (),
) -> list[Interval]:
    """Add to `changes` what a difference means for the sessions of one channel.

    `existing` are the sessions of this family where anything differs, `taken` the time recorded by hand there, and that
    of which a person said what is there. `template` is a session with the fields of an added one. `wrong` is the time
    that was read wrongly before. Returns where the sessions are not those of the records, because a person changed
    them.
    """
    before, after = (subtract(spans, taken) for spans in (difference.removed, difference.added))
    if not existing and not before:
        # A first import needs only this. Building 100,000 sessions by `_replace` takes a second.
        head, tail, make = template[:2], template[4:-1], Session._make
        changes.added.extend([make((*head, start, end, *tail, estimated > 0)) for start, end, estimated in after])
        return []
    by_span = {_span(session): session for session in existing}
    expected = {span[:2] for span in before}
    changed_by_user = union(span for span in by_span if span not in expected)
    # Where the user has changed the sessions of the records before, only new records count, and only around them.
    avoided = union([*changed_by_user, *(span[:2] for span in before if span[:2] not in by_span)])
    new_spans = subtract(joined(new_records), taken)
    same = set(before).intersection(after)
    # One second longer, because time without length can be wrong too.
    wrong = union((start, end + 1) for start, end in wrong)
    edited = []
    for old, wanted in _touching_groups(
        [span for span in before if span not in same], [span for span in after if span not in same]
    ):
        sessions = [by_span[span[:2]] for span in old if span[:2] in by_span]
        begin, last = _bounds(span[:2] for span in (*old, *wanted))
        last_wrong = bisect_right(wrong, last, key=itemgetter(0)) - 1
        was_wrong = last_wrong >= 0 and wrong[last_wrong][1] > begin
        if len(sessions) == len(old) and not any(_would_lose_time(session, wanted) for session in sessions):
            replaced = _replace_sessions(sessions, subtract(wanted, changed_by_user), template, changes)
            if was_wrong:
                changes.mended.extend(replaced)
        else:
            edited.append((begin, last))
            if was_wrong:
                changes.kept.extend(
                    session.id for session in existing if session.start <= last and _span(session)[1] >= begin
                )
            around = union([*avoided, *(span[:2] for span in old)])
            inside = [span for span in new_spans if begin <= span[0] and span[1] <= last]
            _replace_sessions([], subtract(inside, around), template, changes)
    return edited


def _span(session: Session) -> Interval:
    """The start and the end of a session; the running one has no length."""
    return session.start, session.start if session.end is None else session.end


def _would_lose_time(session: Session, wanted: Sequence[MeasuredInterval]) -> bool:
    """Whether a session with words of a person is inside none of the wanted intervals."""
    first, last = _span(session)
    return has_words(session) and not any(start <= first and last <= end for start, end, _estimated in wanted)


def _touching_groups(
    removed: list[MeasuredInterval], added: list[MeasuredInterval]
) -> Iterator[tuple[list[MeasuredInterval], list[MeasuredInterval]]]:
    """The intervals removed and added, in groups of intervals that touch each other."""
    old: list[MeasuredInterval] = []
    wanted: list[MeasuredInterval] = []
    group_end = None
    for span, is_removed in sorted([*((span, True) for span in removed), *((span, False) for span in added)]):
        start, end, _estimated = span
        if group_end is not None and start > group_end:
            yield old, wanted
            old, wanted, group_end = [], [], None
        (old if is_removed else wanted).append(span)
        group_end = end if group_end is None else max(group_end, end)
    if group_end is not None:
        yield old, wanted


def _replace_sessions(
    sessions: list[Session], wanted: list[MeasuredInterval], template: Session, changes: SessionChanges
) -> list[int]:
    """Turn `sessions` into the intervals `wanted`; returns the ids of those that are changed or deleted.

    The first session that touches an interval becomes it, and takes the words of the others that touch it; these are
    deleted. An interval without a session is added, with the words of the session before it, of which it is a piece.
    """
    changed: list[Session] = []
    deleted: list[int] = []
    for start, end, estimated in wanted:
        touching = [other for other in sessions if other.start <= end and _span(other)[1] >= start]
        if touching:
            sessions = [other for other in sessions if other not in touching]
            template = with_words(touching[0], touching[1:])
            result = template._replace(start=start, end=end, estimated=estimated > 0)
            if result != touching[0]:
                changed.append(result)
            deleted.extend(other.id for other in touching[1:])
        else:
            changes.added.append(template._replace(id=0, start=start, end=end, estimated=estimated > 0))
    deleted.extend(session.id for session in sessions)
    changes.changed.extend(changed)
    changes.deleted.extend(deleted)
    return [*(session.id for session in changed), *deleted]


def yield_to_recorded(measured: Iterable[Session], recorded: Sequence[Interval], changes: SessionChanges) -> None:
    """Add to `changes` what happens to measured sessions where a person recorded time of their channel."""
    for session in measured:
        if session.end is None:
            continue
        parts = subtract([(session.start, session.end, int(session.estimated))], recorded)
        if [part[:2] for part in parts] != [(session.start, session.end)]:
            _replace_sessions([session], parts, session, changes)


class _NoteTarget(Record):
    """A session that may take the words of others: its time, and the list and the place in it where it is."""

    start: int
    end: int
    sessions: list[Session]
    place: int


def transfer_notes(replaced: Iterable[Session], changes: SessionChanges) -> list[Session]:
    """Give the words of each replaced session to the session in `changes` that takes its time.

    Returns the replaced sessions whose words found a session. A look that was measured without a length overlaps the
    seconds of a check that it is in.
    """
    replaced = list(replaced)
    targets: dict[str, list[_NoteTarget]] = {session.channel: [] for session in replaced}
    for sessions in (changes.added, changes.changed) if replaced else ():
        for index, session in enumerate(sessions):
            if session.channel in targets:
                targets[session.channel].append(_NoteTarget(*_span(session), sessions, index))
    for candidates in targets.values():
        candidates.sort(key=attrgetter("start", "end"))
    transferred = []
    for session in replaced:
        end = max(session.end or session.start, session.start + 1)
        before_end = bisect_left(targets[session.channel], end, key=attrgetter("start"))
        # Sessions of one channel follow each other: only the last two that begin before its end can overlap it.
        for target in reversed(targets[session.channel][max(before_end - 2, 0) : before_end]):
            if target.end > session.start or target.start == target.end >= session.start:
                target.sessions[target.place] = with_words(target.sessions[target.place], [session])
                transferred.append(session)
                break
    return transferred


#: The rows of a window, about. More of them need more memory, fewer of them more time.
ROWS_A_WINDOW = 5_000

#: Of a window that has more rows, so many are held in memory.
ROWS_HELD = 20_000


class WindowPlan(Record):
    """What an import writes in one window of time.

    `new` is the number of rows that are new, `completed` that of known records which became more complete, `rows` that
    of the staged rows that were planned. `edited` is, by channel, where the sessions are not those of the records.
    """

    changes: SessionChanges
    new: int
    completed: int
    rows: int
    edited: Sequence[tuple[str, Interval]] = ()


def compare(
    database: Database, source: Source, staging: Staging, result: ReadResult, since: int = 0
) -> tuple[tuple[str, int], ...]:
    """Compare what was read with what is known. Returns the known notifications that were read wrongly before.

    Where all records begin at `since` or later, only what is known of that time, and of a session before, is looked at.
    """
    since = max(since - LONGEST_SESSION, 0)
    description = source.describe()
    last = imported_facts.last_used(database)
    had_previous_keys = staging.compare(
        imported_facts.readings(database, source.family, since),
        () if description.recorded else imported_facts.readings_of_others(database, source.family, since),
        distrusted=description.distrusted,
        last_used=last,
        previous_may_collide=result.previous_keys_may_collide,
    )
    misread = set(result.misread_notifications)
    if not had_previous_keys:
        misread = {(channel, at) for channel, at in misread if at > last}
    # Where another row has a notification at the same moment, nothing is wrong.
    misread.difference_update(result.notifications)
    return tuple(imported_facts.known_notifications(database, misread))


def plan_windows(
    database: Database, source: Source, staging: Staging, zone: str, *, as_changed: bool = False
) -> Iterator[WindowPlan]:
    """The plan for what was staged and compared, window by window in time; sessions of a measured source get `zone`.

    `as_changed` says that time of which a person said what is there is left out (`measured_time.changed_time`), as
    in another log; else what a person changed stays as it is.
    Writes nothing. A window ends in a silence, so it may be written before the next one is planned, or not.
    """
    recorded = source.describe().recorded
    if not staging.has_news():
        return
    planner = _Planner(database, source, zone, measured_time.changed_time(database) if as_changed else {})

    def is_border(end: int, start: int) -> bool:
        return start >= end and not _spans(database, end, start) if recorded else start - end > GAP

    for rows in _windows(staging.rows_by_start(), is_border):
        if recorded:
            yield planner.plan_recorded(list(rows))
        elif any(state <= MENDED or state == REMOVED for state in map(_state_of, rows)):
            yield planner.plan_measured(rows)


#: The end and the state of a staged row.
_end_of, _state_of = itemgetter(1), itemgetter(5)


def _windows(rows: Iterable[StagedRow], is_border: Callable[[int, int], bool]) -> Iterator[Iterable[StagedRow]]:
    """Groups of rows, which come by start, each up to a border: where `is_border` (where the rows before it end, where
    the rows after it start) is true. A group is there until the next one is asked for.

    Nothing that was measured on one side of a silence longer than GAP touches anything on the other: records would be
    one session, and looks of two sources one look, only where less is between them, and a check is shorter. What a
    person recorded may follow at once, for each record is a session of its own, if no session here is on both sides.
    """
    remaining = iter(rows)
    following = next(remaining, None)

    def up_to_border(last_start: int, last_end: int) -> Iterator[StagedRow]:
        nonlocal following
        for row in remaining:
            start, end = row[:2]
            if start > last_start and is_border(last_end, start):
                following = row
                return
            yield row
            last_start, last_end = start, max(last_end, end)

    while following:
        first = [following, *islice(remaining, ROWS_A_WINDOW - 1)]
        following = None
        with closing(ManyRows(len(first[0]), ROWS_HELD)) as window:
            window.add(first)
            last_start, _end = first[-1][:2]
            window.add(up_to_border(last_start, max(map(_end_of, first))))
            yield window


def _spans(database: Database, since: int, until: int) -> bool:
    """Whether a measured session goes on through [since, until]: both sides would cut it."""
    return any(
        session.start <= since and (session.end or until) >= until
        for session in session_table.in_span(database, since, until)
    )


class _Planner(Record):
    """Plans windows of a source for the sessions that are here; measured ones get `zone`.

    `by_person` is the time of which a person said what is there, by family and channel.
    """

    database: Database
    source: Source
    zone: str
    by_person: ChangedTime

    def plan_recorded(self, rows: Sequence[StagedRow]) -> WindowPlan:
        """Each new record is a session as it is, without the time that was recorded here; measured time yields to it.

        A record of a session that exists already, as after an export, is that session.
        """
        exported = session_table.places(self.database, *_bounds(row[:2] for row in rows))
        fresh = [
            (channel, (start, end, estimated), RecordDetails.from_json(details))
            for start, end, estimated, channel, _source_rows, _state, details in rows
            if (channel, start, end) not in exported
        ]
        running = session_table.running(self.database)
        if running and any(channel == running.channel and span[1] > running.start for channel, span, _details in fresh):
            # Whose time it is cannot be known before the session ends.
            message = _(
                "{channel} is running, and this file has time for it since it started; run `tracker stop` first"
            )
            raise TrackerError(message.format(channel=running.channel))
        taken = self._taken([span[:2] for _channel, span, _details in fresh])
        names = _person_names(self.database, (details.person for _channel, _span, details in fresh))
        changes = SessionChanges()
        without_time = 0
        for channel, span, details in fresh:
            parts = subtract([span], taken.get(channel, ()))
            without_time += not parts
            zone, *words = details._replace(person=names[details.person]) if details.person else details
            changes.added.extend(
                Session._make((0, channel, start, end, zone, *words, self.source.session_source, bool(estimated)))
                for start, end, estimated in parts
            )
        replaced = yield_measured(self.database, changes)
        _transfer_notes_of_checks(self.database, changes)
        transfer_notes(replaced, changes)
        return WindowPlan(changes, len(fresh) - without_time, 0, len(rows))

    def plan_measured(self, rows: Iterable[StagedRow]) -> WindowPlan:
        """The sessions become those of the new records and all known before together, but in the time `by_person`.

        `rows`, by start, are gone through several times.
        """
        database, source = self.database, self.source
        others = _facts_of_others(rows)
        looks: dict[str, Looks] = {}
        if source.family in ESTIMATED:
            looks = {channel: Looks(span[:2] for span in spans) for channel, spans in others.measured.items()}
        facts = _WindowFacts(rows, looks)
        differences = {
            channel: interval_difference(facts.before[channel], facts.after[channel]) for channel in facts.channels
        }
        differing = [span for difference in differences.values() for span in difference.spans]
        taken = self._taken(differing, source.family)
        existing: dict[str, list[Session]] = {}
        if differing and session_table.has_measured(database, *_bounds(differing)):
            existing = session_table.imported(database, family_of(source), *_bounds(differing))
        fresh: Mapping[str, Joining] = {}
        new = facts.new
        if taken or existing or looks or any(difference.removed for difference in differences.values()):
            fresh, new = _new_records(rows, looks, taken)
        changes = SessionChanges()
        edited = [
            (channel, span)
            for channel, difference in differences.items()
            for span in apply_difference(
                difference,
                fresh.get(channel, ()),
                existing.get(channel, ()),
                taken.get(channel, ()),
                self._template(channel, source.session_source),
                changes,
                facts.wrong.get(channel, ()),
            )
        ]
        if source.family not in ESTIMATED and (others.measured or others.estimates) and differing:
            self._plan_estimates(rows, facts, others, changes)
        _transfer_notes_of_checks(database, changes)
        return WindowPlan(changes, new, facts.completed, facts.rows, edited)

    def _plan_estimates(
        self, rows: Iterable[StagedRow], facts: _WindowFacts, others: _FactsOfOthers, changes: SessionChanges
    ) -> None:
        """Add to `changes` how estimates of earlier imports yield to what this source measures, and come back where it
        was wrong."""
        for family, channel in sorted(others.estimates, key=lambda estimates: ESTIMATED.index(estimates[0])):
            if channel not in facts.channels:
                continue
            difference = interval_difference(
                *(
                    _left_of_estimates(rows, family, channel, measured[channel], others)
                    for measured in (facts.before, facts.after)
                )
            )
            if difference.spans:
                bounds = _bounds(difference.spans)
                existing = session_table.imported(self.database, (family,), *bounds).get(channel, ())
                taken = self._taken(difference.spans, family).get(channel, ())
                apply_difference(difference, (), existing, taken, self._template(channel, family), changes)

    def _template(self, channel: str, session_source: str) -> Session:
        """A measured session to be filled with its time."""
        return Session(0, channel, 0, 0, self.zone, source=session_source)

    def _taken(self, spans: Sequence[Interval | MeasuredInterval], family: str = "") -> dict[str, list[Interval]]:
        """The time recorded by hand between the first and the last of the spans, by channel, and what of the time of
        `family` a person changed there."""
        if not spans:
            return {}
        since, until = _bounds(spans)
        taken = session_table.recorded(self.database, since, until, excluding=self.source.session_source)
        for (of_family, channel), changed in self.by_person.items():
            if of_family == family:
                near = [(start, end) for start, end in changed if start <= until and end >= since]
                taken[channel] = taken.get(channel, []) + near
        return {channel: time for channel, intervals in taken.items() if (time := union(intervals))}


def _person_names(database: Database, names: Iterable[str | None]) -> dict[str, str | None]:
    """The name under which each person is known here, by the name in the records, which come by start.

    Where nobody of that name is known, the spelling in the first record is taken.
    """
    spellings = dict.fromkeys(filter(None, names))
    known_names: dict[str, str | None] = {}
    for name in spellings:
        if same_name(name) not in known_names:
            known_names[same_name(name)] = known_as(database, name)
    return {name: known_names[same_name(name)] for name in spellings}


def yield_measured(database: Database, changes: SessionChanges) -> list[Session]:
    """Cut the measured sessions where time of their channels is recorded now.

    Returns the deleted ones that have words of a person.
    """
    recorded: defaultdict[str, list[Interval]] = defaultdict(list)
    for session in changes.added:
        recorded[session.channel].append(_span(session))
    if not recorded:
        return []
    bounds = _bounds(interval for intervals in recorded.values() for interval in intervals)
    worded = {}
    for channel, measured in session_table.imported(database, measured_sources(), *bounds).items():
        if channel in recorded:
            yield_to_recorded(measured, union(recorded[channel]), changes)
            worded.update({session.id: session for session in measured if has_words(session)})
    return [worded[id] for id in changes.deleted if id in worded]


def _transfer_notes_of_checks(database: Database, changes: SessionChanges) -> None:
    """Delete the checks that were looks at what is imported now, and transfer their notes.

    A check says that the channel was looked at; a machine that measured the look also knows how long it took.
    """
    written = [_span(session) for session in (*changes.added, *changes.changed)]
    if written:
        checks = session_table.imported(database, ("check",), *_bounds(written))
        nominal = [check for by_channel in checks.values() for check in by_channel if is_nominal(check)]
        changes.deleted.extend(check.id for check in transfer_notes(nominal, changes))


class _WindowFacts:
    """The facts of the source in a window, by channel: those known `before` the import, and those known `after` it.

    `channels` are those on which anything is other than before. `wrong` is the time that was read wrongly. `new`,
    `completed` and `rows` are those of a WindowPlan. Estimates yield to `looks`.
    """

    def __init__(self, rows: Iterable[StagedRow], looks: Mapping[str, Looks]) -> None:
        self.before: defaultdict[str, Joining] = defaultdict(Joining)
        self.after: defaultdict[str, Joining] = defaultdict(Joining)
        self.wrong: defaultdict[str, list[Interval]] = defaultdict(list)
        new = completed = count = 0
        news: set[str] = set()
        for start, end, estimated, channel, source_rows, state, _details in rows:
            count += 1
            if state == OTHER:
                continue
            span: MeasuredInterval | None = (start, end, estimated)
            if channel in looks:
                span = looks[channel].left_of((start, end, estimated))
            if state <= KEPT:
                after = self.after[channel]
                if span:
                    after.add(span)
            if state >= KEPT:
                before = self.before[channel]
                if span:
                    before.add(span)
            if state != KEPT:
                news.add(channel)
            if state == NEW:
                new += source_rows > 0  # of several rows that are one record, as in two copies of a profile, one is new
            elif state == COMPLETED:
                completed += 1
            elif state in (REPAIRED, REMOVED):
                self.wrong[channel].append((start, end))
        self.new, self.completed, self.rows = new, completed, count
        self.channels = [channel for channel in dict.fromkeys((*self.after, *self.before)) if channel in news]


def _new_records(
    rows: Iterable[StagedRow], looks: Mapping[str, Looks], taken: Mapping[str, Sequence[Interval]]
) -> tuple[Mapping[str, Joining], int]:
    """The new records by channel, and how many of their rows are new: those of which `taken` leaves something."""
    fresh: defaultdict[str, Joining] = defaultdict(Joining)
    new = 0
    for start, end, estimated, channel, source_rows, state, _details in rows:
        span = start, end, estimated
        left = looks[channel].left_of(span) if channel in looks else span
        if state <= NEW_KEY and left:
            fresh[channel].add(left)
            if state == NEW and not is_covered(start, end, taken.get(channel, ())):
                new += source_rows > 0
    return fresh, new


class _FactsOfOthers(Record):
    """The facts of other families: by channel the intervals that they measured, and the families and channels of which
    there are estimates."""

    measured: Mapping[str, Joining]
    estimates: Mapping[tuple[str, str], None]


def _facts_of_others(rows: Iterable[StagedRow]) -> _FactsOfOthers:
    measured: defaultdict[str, Joining] = defaultdict(Joining)
    estimates: dict[tuple[str, str], None] = {}
    for start, end, _estimated, channel, _source_rows, state, family in rows:
        if state == OTHER and family in ESTIMATED:
            estimates[family, channel] = None
        elif state == OTHER:
            measured[channel].add((start, end, 0))
    return _FactsOfOthers(measured, estimates)


def _left_of_estimates(
    rows: Iterable[StagedRow], family: str, channel: str, spans: Joining, others: _FactsOfOthers
) -> list[MeasuredInterval]:
    """What is left of the estimates of a family and channel beside what this source and others measured."""
    looks = Looks(span[:2] for span in (*spans, *others.measured.get(channel, ())))
    left = Joining()
    for start, end, estimated, of_channel, _source_rows, state, of_family in rows:
        if state == OTHER and (of_family, of_channel) == (family, channel):
            span = looks.left_of((start, end, estimated))
            if span:
                left.add(span)
    return [*left]


def _bounds(intervals: Iterable[Interval | MeasuredInterval]) -> Interval:
    """The first start and the last end."""
    starts, ends, *_estimated = zip(*intervals, strict=True)
    return min(starts), max(ends)


class HabitPlan(Record):
    """Habits and answers to add, the number of answers that are here already, and those that fit no habit."""

    habits: list[Habit]
    ticks: list[Tick]
    already: int
    rejected: list[RejectedRow]


def plan_habits(database: Database, result: ReadResult) -> HabitPlan:
    """The plan for the habits that were read. Writes nothing."""
    if not result.habits and not result.ticks:
        return HabitPlan([], [], 0, [])
    here = {habit.name.casefold(): habit for habit in storage.habits(database)}
    answered = {(tick.habit.casefold(), tick.date) for tick in storage.ticks(database, "0000-00-00", "9999-99-99")}
    added: dict[str, Habit] = {}
    other: dict[str, str] = {}
    for habit in result.habits:
        name = habit.name.casefold()
        kept = here.get(name) or added.setdefault(name, habit)
        if kept.measure or (kept.kind, kept.unit) != (habit.kind, habit.unit):
            other[name] = _("there is another habit called {name} here, which counts something else").format(
                name=kept.name
            )
    fresh: dict[tuple[str, str], Tick] = {}
    rejected: list[RejectedRow] = []
    already = 0
    for number, tick in enumerate(result.ticks, 1):
        name = tick.habit.casefold()
        if name in other:
            rejected.append(RejectedRow(number, other[name]))
        elif (name, tick.date) in answered or (name, tick.date) in fresh:
            already += 1
        else:
            fresh[name, tick.date] = tick
    return HabitPlan(
        [habit for name, habit in added.items() if name not in other], list(fresh.values()), already, rejected
    )
