"""Importing a whole log: another tracker file, or an export of one. All of it or nothing, and one step of undo.

A file in which nothing was recorded yet becomes equal to the log. Into any other file the log is merged record by
record (storage/log_merge.py). Time that was measured comes by the imported facts, as if their files were imported here:
so what both files have measured is there once. But what was deleted there is not shown here.
"""

from __future__ import annotations

from bisect import bisect_right
from contextlib import closing
from itertools import filterfalse
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import BY_PEOPLE, DAY, RECORDED
from tracker.importers import planning
from tracker.importers.imported_record import ImportedRecord, ReadResult, RejectedRow, hash_text, record_key
from tracker.importers.planning import SessionChanges, transfer_notes, yield_measured, yield_to_recorded
from tracker.importers.source import all_sources
from tracker.storage import imported_facts, log_merge, session_table
from tracker.storage.overlaps import has_words, is_nominal, union, with_words_of
from tracker.storage.staging import Staging
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from tracker.domain.models import Session
    from tracker.storage import Database

#: No instant is later, in UTC seconds.
_END = 1 << 40

#: In seconds.
_MONTH = 30 * DAY


class LogReport(NamedTuple):
    """What was imported, in records: see ImportReport. `first` and `last` are those of the log's sessions."""

    added: int
    changed: int
    deleted: int
    already: int
    ignored: int
    rejected: tuple[RejectedRow, ...]
    first: int | None
    last: int | None


class _DryRun(Exception):
    """Takes back what a dry run has written."""


def import_log(
    database: Database,
    log: Database,
    says: str,
    *,
    is_snapshot: bool,
    zone: str,
    now: int,
    dry_run: bool,
    entry: str | None = None,
    is_own_step: bool = False,
    report_progress: Callable[[float], None],
) -> LogReport:
    """Import `log`, a private copy. `says` is the sentence for undo; `zone` is that of facts without a session.

    `is_snapshot` says that it does not know what changed since: its sessions yield to those that are here. `entry` is
    the entry of the setting `sources` in an import of what is new, which leaves out what the user has undone; its step
    is of that entry where it is not the user's (`is_own_step`).
    """
    report = None
    try:
        with undo_step(database, says, now, source=None if is_own_step else entry) as step:
            if log_merge.is_new(database):
                report = _copy(database, log, step, report_progress)
            else:
                report = _merge(database, log, is_snapshot, step, zone, entry is not None, report_progress)
            if report.added or report.changed or report.deleted:
                imported_facts.remember_import(database, step)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    assert report
    span = session_table.first_and_last(log)
    return report._replace(first=span and span[0], last=span and span[1])


def _copy(database: Database, log: Database, step: int, report_progress: Callable[[float], None]) -> LogReport:
    count = log_merge.copy(database, log, step, report_progress)
    for format in filterfalse(imported_facts.is_removal, imported_facts.formats(log)):
        facts = [(key, *fact) for key, fact in imported_facts.known(log, format).items()]
        imported_facts.remember(database, format, step, sorted(facts))
    for key, removal in imported_facts.removals(log).items():
        imported_facts.remember_removal(database, step, key, removal)
    _bring_screens(database, log, step)
    return LogReport(count, 0, 0, 0, 0, (), None, None)


def _merge(
    database: Database,
    log: Database,
    is_snapshot: bool,
    step: int,
    zone: str,
    is_automatic: bool,
    report_progress: Callable[[float], None],
) -> LogReport:
    (last,) = database.row("SELECT coalesce(max(id), 0) FROM session")
    counts = log_merge.merge(database, log, step, is_automatic, report_progress)
    if is_snapshot:
        _yield_to_recorded(database, last)
    _make_room(database, last, {session.id for session in counts.released})
    imported_facts.restore_imported(database, counts.released)
    measured = _Measured(log, counts.channels)
    taken, given = _merge_removals(database, log, counts.channels, measured, step, zone, is_automatic)
    here = imported_facts.places(database, 0, _END)
    added = already = 0
    for format in measured.formats:
        new, known = _merge_facts(database, measured, format, here, step, zone, is_automatic)
        added, already = added + new, already + known
    _bring_words(
        *(database, log, counts.channels, measured, step),
        imported_facts.unwanted_keys(database, imported_facts.UNWANTED_WORDS) if is_automatic else frozenset(),
    )
    _bring_screens(database, log, step)
    unwanted_notifications = imported_facts.unwanted_keys(database, "notification") if is_automatic else frozenset()
    for channel, at, where in imported_facts.notifications_in_span(log, 0, _END):
        channel = counts.channels.get(channel, channel)
        if imported_facts.unwanted_key(channel, at) in unwanted_notifications:
            already += 1
            continue
        unknown = imported_facts.unknown_notifications(database, [(channel, at)])
        imported_facts.insert_notifications(database, unknown, where)
        added, already = added + len(unknown), already + 1 - len(unknown)
    return LogReport(
        counts.added + added,
        counts.changed + given,
        counts.deleted + taken,
        counts.already + already,
        counts.ignored,
        tuple(RejectedRow(number, reason) for number, reason in enumerate(counts.refused, 1)),
        None,
        None,
    )


def _yield_to_recorded(database: Database, last: int) -> None:
    """Cut the sessions after the number `last` where their channel was recorded here before."""
    every = [
        session
        for session in session_table.in_span(database, 0, _END)
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


def _make_room(database: Database, last: int, moved: Collection[int]) -> None:
    """Cut what was measured in the time of the sessions after the number `last`, and of those numbered `moved`."""
    everything = session_table.in_span(database, 0, _END)
    brought = [session for session in everything if session.id > last or session.id in moved]
    changes = SessionChanges(list(brought), [], [])
    transfer_notes(yield_measured(database, changes), changes)
    changed = [session for session, before in zip(changes.added, brought, strict=False) if session != before]
    imported_facts.insert(database, changes.added[len(brought) :])
    imported_facts.write(database, [*changed, *changes.changed], changes.deleted)


class _Measured:
    """What was measured in another log: its sessions and its facts, on the channels as they are called here."""

    def __init__(self, log: Database, channels: Mapping[str, str]) -> None:
        self.sessions: list[Session] = []
        self._recorded: dict[str, list[tuple[int, int]]] = {}
        for session in session_table.in_span(log, 0, _END):
            channel = channels.get(session.channel, session.channel)
            if session.end is None:
                continue
            if session.source not in BY_PEOPLE:
                self.sessions.append(session._replace(channel=channel))
            elif not is_nominal(session):
                self._recorded.setdefault(channel, []).append((session.start, session.end))
        self._by_channel: dict[tuple[str, str], list[Session]] = {}
        families = {name: source.family for name, source in all_sources().items()}
        for session in self.sessions:
            family = families.get(session.source, session.source)
            self._by_channel.setdefault((family, session.channel), []).append(session)
        self._facts: dict[str, dict[int, imported_facts.Known]] = {
            format: {
                key: (channels.get(channel, channel), start, end, estimated)
                for key, (channel, start, end, estimated) in imported_facts.known(log, format).items()
            }
            for format in filterfalse(imported_facts.is_removal, imported_facts.formats(log))
        }
        self.formats = sorted({*self._facts, *(family for family, _channel in self._by_channel)})

    def facts(self, format: str, here: set[tuple[str, int, int]]) -> tuple[dict[int, imported_facts.Known], int]:
        """The facts of a format; where a session has none, as in a part of a log, it is one itself.

        But not if it is one of the sessions `here` (channel, start, end): then it is counted.
        """
        count = 0
        facts = dict(self._facts.get(format, {}))
        known: dict[str, list[tuple[int, int]]] = {}
        for channel, start, end, _estimated in facts.values():
            known.setdefault(channel, []).append((start, end))
        for spans in known.values():
            spans.sort()
        for (family, channel), sessions in self._by_channel.items():
            if family != format:
                continue
            for session in sessions:
                end = session.end or session.start
                spans = known.get(channel, [])
                index = bisect_right(spans, (end, _END)) - 1
                if index >= 0 and spans[index][1] >= session.start:
                    continue
                if (channel, session.start, end) in here:
                    count += 1
                else:
                    key = record_key(session.start, hash_text(f"session\n{channel}"))
                    facts[key] = (channel, session.start, end, int(session.estimated))
        return facts, count

    def is_shown(self, format: str, channel: str, start: int, end: int) -> bool:
        """Whether measured time is shown in the log, or only a record of its time is; else it was deleted there."""
        if self.session_at(format, channel, start, end):
            return True
        spans = self._recorded.get(channel, [])  # by start; those of one channel do not overlap
        index = bisect_right(spans, (max(end - 1, start), _END)) - 1
        return index >= 0 and spans[index][1] > start

    def session_at(self, format: str, channel: str, start: int, end: int) -> Session | None:
        """The log's session that overlaps or touches a time."""
        sessions = self._by_channel.get((format, channel), ())
        index = bisect_right(sessions, end, key=lambda session: session.start) - 1
        found = sessions[index] if index >= 0 else None
        return found if found and (found.end or found.start) >= start else None


def _merge_removals(
    database: Database,
    log: Database,
    channels: Mapping[str, str],
    measured: _Measured,
    step: int,
    zone: str,
    is_automatic: bool,
) -> tuple[int, int]:
    """Remove and cut here what was removed and cut there of measured time, and let be there again what is there again.

    The later of the two states of the same time counts. Returns how many sessions lost time, and how many got some or
    were cut.
    """
    ours, standing = imported_facts.removals(database), imported_facts.removed_and_cut(database)
    said = log_merge.words_said(database)
    #: By format, channel and whether it is removed, what is other than before.
    news: dict[tuple[str, str, bool], list[tuple[int, int]]] = {}
    for key, their in sorted(imported_facts.removals(log).items()):
        mine = ours.get(key)
        removal = their._replace(channel=channels.get(their.channel, their.channel))
        span = (removal.start, removal.end)
        if mine and abs(mine.at) >= abs(their.at):
            removed, cuts = standing.get((mine.format, mine.channel), ((), ()))
            if mine.at >= 0 and span not in removed and mine.start not in cuts:
                # It is removed because adding it was undone: the other file may know it as added.
                imported_facts.remember_removal(database, step, key, mine)
                imported_facts.remember_import(database, step)
            continue
        if is_automatic and not mine and key in imported_facts.undone(database, imported_facts.removal_format(their)):
            continue
        if removal.at >= 0:
            later = [
                said.get((session.channel, session.start), 0)
                for session in session_table.in_span(database, *span, removal.channel)
                if span[0] < span[1] and session.source not in BY_PEOPLE and has_words(session)
            ]
            if max(later, default=0) > removal.at:  # what was given words since stays, for the other files too
                removal = removal._replace(at=-max(later))
        imported_facts.remember_removal(database, step, key, removal)
        imported_facts.remember_import(database, step)
        news.setdefault((removal.format, removal.channel, removal.at >= 0 and span[0] < span[1]), []).append(span)
    counts = [0, 0]
    for (format, channel, is_removed), spans in sorted(news.items(), key=lambda item: not item[0][2]):
        for some in _near_each_other(sorted(spans)):
            session = measured.session_at(format, channel, *some[0])
            before, after = imported_facts.reshape(database, format, channel, some, session.zone if session else zone)
            counts[not is_removed] += before if is_removed else after
    return counts[0], counts[1]


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
    database: Database,
    measured: _Measured,
    format: str,
    here: set[tuple[str, int, int]],
    step: int,
    zone: str,
    is_automatic: bool,
) -> tuple[int, int]:
    """Import the facts of a format as its source would; returns how many are new, and how many were known."""
    known = imported_facts.known(database, format)
    facts, already = measured.facts(format, here)
    undone = imported_facts.undone(database, format) if is_automatic else ()
    fresh = {key: fact for key, fact in facts.items() if known.get(key) != fact and key not in undone}
    new = len(fresh.keys() - known.keys())
    by_session: dict[tuple[str, str], list[ImportedRecord]] = {}
    for key, (channel, start, end, estimated) in fresh.items():
        session = measured.session_at(format, channel, start, end)
        is_shown = measured.is_shown(format, channel, start, end)
        index = (session.source, session.zone) if session else (format if is_shown else "", zone)
        by_session.setdefault(index, []).append(ImportedRecord(channel, start, end, key, estimated))
    sources = all_sources()
    for (name, where), records in by_session.items():
        if name not in sources or sources[name].describe().recorded:
            rows = sorted((row.key, row.channel, row.start, row.end, row.estimated) for row in records)
            imported_facts.remember(database, format, step, rows)
            continue
        with closing(Staging()) as staging:
            staging.add(records)  # type: ignore[arg-type]  # without words, they are tuples as they are staged
            planning.compare(database, sources[name], staging, ReadResult([], 0, []))
            database.ensure_zone(where)
            edited: list[tuple[str, tuple[int, int]]] = []
            for plan in planning.plan_windows(database, sources[name], staging, where, as_changed=True):
                shown = [
                    session
                    for session in plan.added
                    if measured.is_shown(format, session.channel, session.start, session.end or session.start)
                ]
                imported_facts.write(database, plan.changed, plan.deleted)
                imported_facts.insert(database, sorted(shown, key=lambda session: session.start))
                edited += plan.edited
            imported_facts.remember(database, format, step, staging.facts_by_key())
            imported_facts.note_edited(database, step, format, edited)
    if format in RECORDED:
        return 0, 0  # their sessions were merged as records
    return new, already + len(facts) - new


def _bring_screens(database: Database, log: Database, step: int) -> None:
    """Remember from when to when devices were used, which parts what was picked up from what was switched to, and when
    each was first seen."""
    for source, known in imported_facts.screens(log, imported_facts.formats(log), 0, _END).items():
        imported_facts.remember_uses(database, source, step, known.uses)
        imported_facts.remember_devices(database, source, step, known.devices)


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
    theirs = {(channels.get(channel, channel), start): at for (channel, start), at in log_merge.words_said(log).items()}
    for session in measured.sessions:
        place = (session.channel, session.start)
        if not has_words(session) and place not in theirs:
            continue
        near = session_table.in_span(database, session.start, (session.end or session.start) + 1, session.channel)
        near = [here for here in near if here.source not in BY_PEOPLE]
        same = [here for here in near if here.start == session.start]
        others = [here for here in near if not has_words(here) and (here.channel, here.start) not in ours]
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
