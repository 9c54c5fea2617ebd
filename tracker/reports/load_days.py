"""Read what the file holds of some days: sessions, urges and outcomes; which sessions are one; which were switched to.

Commands that run all day import this file, so it imports only what they need.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import compress
from operator import attrgetter

from tracker.analytics import intervals
from tracker.analytics.day_slices import ChannelsByName, DaySlices, LoadedDays, cut_into_days
from tracker.calendar.days import WallClock, dates, day_of, next_date
from tracker.domain.models import BY_PEOPLE, LONGEST_SESSION, Session, SessionColumns
from tracker.domain.record import Record
from tracker.storage import Database, channels, day_records, outcomes, session_table
from tracker.workspace import Workspace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from tracker.analytics.intervals import EndedSession, Interval, MergedSessions


def span_of_days(workspace: Workspace, first: str, last: str) -> Interval:
    """The instants that cover the days `first` to `last` in the reader's zone and in every zone of a record."""
    starts_at = workspace.settings.day_starts_at
    walls = [WallClock.of(name, starts_at) for name in {workspace.zone, *workspace.database.zones()}]
    return min(wall.bounds(first)[0] for wall in walls), max(wall.bounds(last)[1] for wall in walls)


def sessions_of_day(workspace: Workspace, date: str) -> list[Session]:
    """The sessions that may lie in the day `date`, in the order in which `load_days` would read them.

    Several parts of a screen ask for them: always by this same statement, so that the file is read once.
    """
    return session_table.in_span(workspace.database, *span_of_days(workspace, date, date), order="start")


def load_days(
    workspace: Workspace,
    first: str,
    last: str,
    *,
    only: Collection[str] | None = None,
    every_from: str | None = None,
    sessions: Sequence[Session] | None = None,
) -> LoadedDays:
    """What was recorded from the day `first` to the day `last`, both included; a running session lasts until `now`.

    With `only`, the slices are those of these channels, and from the day `every_from` on those of every channel;
    `logged` has all logged dates nevertheless. `sessions` are those that overlap `span_of_days`, by start, where the
    caller has read them.
    """
    starts_at = workspace.settings.day_starts_at
    since, until = span_of_days(workspace, first, last)
    wanted = set(dates(first, last))
    slices = read_slices(workspace, first, last, only=only, every_from=every_from, sessions=sessions)
    urges = day_records.urges_in_span(workspace.database, since, until)
    urges_by_date = [(day_of(urge.at, urge.zone, starts_at), urge) for urge in urges]
    came = outcomes.in_span(workspace.database, since, until)
    outcomes_by_date = [(day_of(outcome.at, outcome.zone, starts_at), outcome) for outcome in came]
    zero = {note.date for note in day_records.notes_in_span(workspace.database, first, last) if note.zero}
    logged = (slices.dates() | {date for date, _record in (*urges_by_date, *outcomes_by_date)} | zero) & wanted
    if only is not None and (missing := wanted - logged):
        # Dates on which another channel was used. Few rows are read: most days have a record of the wanted ones.
        runs = [span_of_days(workspace, begin, end) for begin, end in _runs(sorted(missing))]
        for start, end, zone in session_table.times_in(workspace.database, runs):
            parts = WallClock.of(zone, starts_at).cut(start, max(start, workspace.now() if end is None else end))
            logged |= missing.intersection(date for date, _begin, _end in parts)
    return LoadedDays(
        first,
        last,
        slices,
        [pair for pair in urges_by_date if pair[0] in wanted],
        [pair for pair in outcomes_by_date if pair[0] in wanted],
        logged,
        ChannelsByName((channel.name, channel) for channel in channels.channels(workspace.database)),
    )


def read_slices(
    workspace: Workspace,
    first: str,
    last: str,
    *,
    only: Collection[str] | None = None,
    every_from: str | None = None,
    sessions: Sequence[Session] | None = None,
) -> DaySlices:
    """The slices of `load_days` alone."""
    since, until = span_of_days(workspace, first, last)
    if sessions is None:
        every = None if every_from is None else span_of_days(workspace, every_from, last)[0]
        columns = session_table.spans_in_columns(workspace.database, since, until, only, every)
    else:
        columns = SessionColumns.of(sessions)
    merged = _merge_measured(workspace, columns, (since, until), sessions or ())
    return cut_into_days(columns, workspace.settings.day_starts_at, workspace.now(), set(dates(first, last)), merged)


def _runs(ordered: Sequence[str]) -> list[tuple[str, str]]:
    """(first, last) of each run of consecutive dates."""
    runs: list[tuple[str, str]] = []
    for date in ordered:
        if runs and next_date(runs[-1][1]) == date:
            runs[-1] = runs[-1][0], date
        else:
            runs.append((date, date))
    return runs


def _merge_measured(
    workspace: Workspace, columns: SessionColumns, span: Interval, sessions: Sequence[Session]
) -> MergedSessions:
    """Which measured sessions of one channel overlap (a phone and a laptop, a browser and its window): they are one.

    The sessions that touch `span` are given in `columns`. Sessions outside the span are read where they decide
    which one begins first, or whether the whole is a check. The rows of the file stay as they are: only counts change.
    Of those `sessions` that the caller has read it is known whether they were measured.
    """
    since, until = span
    starts, ends = columns.start, columns.end
    if not starts:
        return intervals.NONE_MERGED
    database, check_seconds = workspace.database, workspace.settings.check_seconds
    chosen = intervals.overlapping_places(starts, ends)
    chosen |= {*range(bisect_left(starts, since)), *range(bisect_left(starts, until - check_seconds), len(starts))}
    late = bisect_left(starts, until - LONGEST_SESSION)
    chosen |= {index for index, end in enumerate(ends[late:], late) if end is not None and end > until}
    if not chosen:
        return intervals.NONE_MERGED
    read = _ended((columns.id[index], columns.channel[index], starts[index], ends[index]) for index in sorted(chosen))
    by_id = {session.id: session for session in read}
    while (first_start := min((session.start for session in by_id.values()), default=since)) < since:
        earlier = session_table.spans(database, first_start, since)
        by_id |= {session.id: session for session in _ended(span[:4] for span in earlier)}
        since = first_start
    if starts[-1] >= until - check_seconds:
        later = session_table.spans(database, until, until + check_seconds)
        by_id |= {session.id: session for session in _ended(span[:4] for span in later) if session.start >= until}
    ordered = sorted(by_id.values(), key=attrgetter("start", "id"))
    candidates = {session.id for first, others in intervals.overlapping_groups(ordered) for session in (first, *others)}
    if not candidates:
        return intervals.NONE_MERGED
    measured = {session.id for session in sessions if session.source not in BY_PEOPLE}
    if unknown := candidates.difference(session.id for session in sessions):
        measured |= session_table.measured(database, unknown)
    heads: dict[int, int] = {}
    lasted: dict[int, int] = {}
    for first, others in intervals.overlapping_groups([session for session in ordered if session.id in measured]):
        heads |= dict.fromkeys((session.id for session in others), first.id)
        lasted[first.id] = max(session.end for session in (first, *others)) - first.start
    return intervals.MergedSessions(heads, lasted)


def _ended(rows: Iterable[tuple[int, str, int, int | None]]) -> list[EndedSession]:
    """The sessions in rows of id, channel, start and end, without the running one: it is not measured."""
    ended = ((id, channel, start, end) for id, channel, start, end in rows if end is not None)
    return [*map(intervals.EndedSession._make, ended)]


class Switches(Record):
    """The sessions that do not begin a spell, by id, with the id of the one that did; and the sources of any that are
    told from pick-ups by a gap alone, because the source does not know the screen. `devices` are when each device of
    those sources was seen first and last, in UTC seconds."""

    starts: Mapping[int, int] = {}
    by_gap: tuple[str, ...] = ()
    devices: Mapping[str, Sequence[tuple[int, int]]] = {}


def load_switches(
    database: Database, ids: Sequence[int], starts: Sequence[int], ends: Sequence[int | None], sources: Sequence[str]
) -> Switches:
    """The sessions that do not begin a spell.

    These are social sessions by start in UTC seconds, in columns. What a person recorded was not measured, and is in no
    spell.
    """
    measured = set(sources).difference(BY_PEOPLE)
    if not measured or not ids:
        return Switches()
    from tracker.analytics.patterns.openings import KNOWN_WITHIN, spell_starts
    from tracker.storage import imported_facts

    screens = imported_facts.screens(database, measured, starts[0] - KNOWN_WITHIN, starts[-1] + KNOWN_WITHIN)
    uses = {source: known.uses for source, known in screens.items()}
    switched = spell_starts(ids, starts, ends, sources, uses)
    return Switches(
        switched,
        tuple(sorted(source for source in {*compress(sources, map(switched.__contains__, ids))} if not uses[source])),
        {source: tuple(known.devices.values()) for source, known in screens.items()},
    )
