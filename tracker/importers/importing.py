"""One import, from files to sessions: all of it or nothing, and one step of undo."""

from __future__ import annotations

import gc
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from operator import attrgetter

from tracker.domain.default_channels import find_other_network
from tracker.domain.errors import TrackerError
from tracker.domain.record import Record
from tracker.domain.text import clean, one_line
from tracker.importers import planning
from tracker.importers.csv_table import ColumnNames
from tracker.importers.imported_record import (
    ChannelMatcher,
    ImportedRecord,
    ImportOptions,
    ReadContext,
    ReadResult,
    RejectedRow,
    Row,
    collect,
    in_the_future,
)
from tracker.importers.planning import SessionChanges, plan_habits
from tracker.importers.source import LogSource, Source, is_built_in, source_named
from tracker.locale import N_, _, ngettext
from tracker.storage import Database, bulk_load, channels, habits, imported_facts, measured_time, session_table
from tracker.storage.overlaps import Interval
from tracker.storage.staging import Staging
from tracker.storage.undo_steps import undo_step

#: The progress when the files are read, when what was read is compared with what is known, when the sessions are
#: written, and when the facts are noted.
_READ, _COMPARED, _WRITTEN, _NOTED = 0.6, 0.65, 0.85, 0.95

#: Records staged at once.
_BATCH = 1_000

#: Fewer records than these are planned once more, to write nothing where nothing is new.
_FEW = 5_000

#: How many apps or hosts of no channel a report names.
_MOST_UNKNOWN_NAMES = 10

_CHANGED_MEANWHILE = N_(
    "another program changed channels or activities in the meantime; nothing was imported: import again"
)

_start, _zone, _details = attrgetter("start"), attrgetter("zone"), attrgetter("details")


class Vocabulary(Record):
    """What decides how words are read: (name, title) of the channels, their matches, and the names of activities."""

    channels: list[tuple[str, str]]
    matches: list[tuple[str, str, str]]
    activities: frozenset[str]

    @classmethod
    def of(cls, database: Database) -> Vocabulary:
        """The words that a file knows."""
        names = [(channel.name, channel.title) for channel in channels.channels(database)]
        activities = frozenset(activity.name for activity in channels.activities(database))
        return cls(names, channels.matches(database), activities)

    def context(self, options: ImportOptions, columns: ColumnNames) -> ReadContext:
        """What a source needs to read a file with these words."""
        matcher = ChannelMatcher(self.channels, self.matches)
        zone, now, report_progress = options.zone, options.now, options.report_progress
        return ReadContext(
            zone, now, matcher, self.activities, report_progress, options.date_order, columns, options.since
        )


class ImportReport(Record):
    """What an import did, or would do. `read` is the sum of `added`, `already`, `ignored` and the rejected rows.

    `first` and `last` are where the records begin and end, in UTC seconds. `completed` is how many of `already` have
    an end that was not known before. `new_channels` and `new_habits` are the names of those that did not exist. The
    answers of habits are rows without an instant. `notifications` is how many of the ignored rows are notifications
    that were not known before.

    `mended` is the number of sessions and notifications that an earlier version of the program read wrongly and that
    are right now; their rows are among `already`, `ignored` and the rejected ones. `kept` of them stay as they are
    because a person has changed them or added words to them.

    `zone` is the zone in which times without one were read, None where the format's times need none. `unknown_names`
    are the apps or hosts of no channel that were ignored most, with their numbers of rows; `names` says which of them
    (`app` or `domain`). `estimated` is how many rows have an estimated length, `deleted` the number of records that
    another log deleted. `guessed_date_order` is the order of the numbers in dates where their style decided which.

    `new_sessions` is the number of added sessions. `looks_social` are the apps or hosts of no channel that are known to
    be social, with their numbers of rows. `overlapping` is how many sessions that came from another log overlap one
    that was recorded here, on the same channel.
    """

    format: str
    path: str
    read: int
    added: int
    already: int
    ignored: int
    rejected: tuple[RejectedRow, ...]
    first: int | None
    last: int | None
    completed: int
    new_channels: tuple[str, ...]
    new_habits: tuple[str, ...] = ()
    dry_run: bool = False
    notifications: int = 0
    zone: str | None = None
    unknown_names: tuple[tuple[str, int], ...] = ()
    mended: int = 0
    kept: int = 0
    guessed_date_order: str | None = None
    names: str = "app"
    estimated: int = 0
    deleted: int = 0
    new_sessions: int = 0
    looks_social: tuple[tuple[str, int], ...] = ()
    overlapping: int = 0

    def nothing_usable(self) -> str | None:
        """The sentence for an import of which no row can be read; None for any other.

        What lies in the future can be read, and comes once that time has come.
        """
        unreadable = [row for row in self.rejected if row.reason != in_the_future()]
        if not unreadable or self.read > len(self.rejected) or self.mended or self.notifications:
            return None
        line, reason = unreadable[0]
        first = _("row {line}: {reason}").format(line=line, reason=reason)
        if len(self.rejected) == 1:
            return _("nothing was imported: {row}").format(row=first)
        message = _("nothing was imported: all {n} rows were rejected; {row}")
        return message.format(n=len(self.rejected), row=first)


def import_files(database: Database, format_name: str, path: str | None, options: ImportOptions) -> ImportReport:
    """Import `path`, or without a path what is found on this machine.

    Raises TrackerError, with nothing written, for an unknown format, for a file that is not of that format, and if no
    file is found.
    """
    source = source_named(format_name)
    return import_paths(database, source, paths_of(source, path), options)


def import_paths(database: Database, source: Source, paths: list[str], options: ImportOptions) -> ImportReport:
    """Import these files of one source.

    Raises TrackerError, with nothing written, for a file that is not of the source's format.
    """
    if isinstance(source, LogSource):
        return _import_log(database, source, paths, options)
    return write_read(database, read_source(database, source, paths, options))


class SourceRead(Record):
    """What was read from the files of one source, to be planned and written with `write_read`.

    `staging` has its records, `result` what else was read. `vocabulary` is what decided how words were read, `columns`
    the names of columns that were used. `left_out` is how many rows were left out, because the user has undone them or
    they are too old.
    """

    source: Source
    paths: tuple[str, ...]
    options: ImportOptions
    staging: Staging
    result: ReadResult
    vocabulary: Vocabulary
    columns: ColumnNames
    left_out: int = 0


def read_source(database: Database, source: Source, paths: Sequence[str], options: ImportOptions) -> SourceRead:
    """Read files of a source that is no LogSource, and write nothing.

    Raises TrackerError for a file that is not of the source's format.
    """
    vocabulary = Vocabulary.of(database)
    columns = ColumnNames(options.columns, database.state)
    context = vocabulary.context(options, columns)
    staging = Staging(is_recorded=source.describe().recorded)
    try:
        with _without_collector():
            result = _read(source, list(paths), context, staging)
    except BaseException:
        staging.close()
        raise
    return SourceRead(source, tuple(paths), options, staging, result, vocabulary, columns)


def write_read(database: Database, read: SourceRead) -> ImportReport:
    """Write what was read, as one step of undo or as a part of the step that is open; a dry run writes nothing.

    What was read is forgotten afterwards. Raises TrackerError, with nothing written, where another program changed the
    channels meanwhile.
    """
    options = read.options
    with closing(read.staging), _without_collector():
        if options.entry is not None and not options.dry_run:
            read = _wanted(database, read)
            rows, _first, _last, _estimated = read.staging.totals()
            if rows < _FEW:
                quiet = ImportOptions(options.zone, options.now, oldest=options.oldest)
                dry = _plan_and_write(database, read._replace(options=quiet), None)
                if not (dry.added or dry.completed or dry.mended or dry.notifications):
                    return dry._replace(dry_run=False)
        if options.dry_run:
            report = _plan_and_write(database, read, None)
        else:
            title = _title(read.source, read.paths)
            with undo_step(database, title, options.now, source=options.step_source) as step:
                _refuse_changed(database, read)
                if options.entry is not None:  # something may have been undone since it was looked up above
                    read = _wanted(database, read)
                report = _plan_and_write(database, read, step)
            if read.columns.used:
                database.set_state(*read.columns.used)
        options.report_progress(1.0)
        return report


def _refuse_changed(database: Database, read: SourceRead) -> None:
    if Vocabulary.of(database) != read.vocabulary:
        raise TrackerError(_(_CHANGED_MEANWHILE))


def _plan_and_write(database: Database, read: SourceRead, step: int | None) -> ImportReport:
    """Plan what was read, and write it in the undo step `step`; without one, write nothing."""
    source, options, staging, result = read.source, read.options, read.staging, read.result
    description = source.describe()
    rows, first, last, estimated = staging.totals()
    misread_notifications = planning.compare(database, source, staging, result, options.oldest)
    options.report_progress(_COMPARED)
    new_channels = _needed_channels(database, read)
    if step is not None:
        for name in new_channels:
            title, kind = result.new_channels[name]
            channels.insert(database, name, title, kind)
    sessions = _plan_sessions(database, read, is_written=step is not None)
    habit_plan = plan_habits(database, result)
    new_notifications = imported_facts.unknown_notifications(database, result.notifications)
    corrected = len(sessions.mended) + len(misread_notifications)
    if step is not None:
        imported_facts.remember(database, source.family, step, staging.facts_by_key())
        measured_time.note_edited(database, step, source.family, sessions.edited)
        options.report_progress(_NOTED)
        imported_facts.remember_uses(database, source.name, step, staging.uses())
        imported_facts.remember_devices(database, source.name, step, result.devices)
        habits.insert_imported(database, habit_plan.habits, habit_plan.ticks)
        imported_facts.delete_notifications(database, misread_notifications)
        imported_facts.insert_notifications(database, new_notifications, options.zone)
        if habit_plan.habits or habit_plan.ticks or new_notifications:
            imported_facts.remember_import(database, step)
        if corrected:
            database.say_also(ngettext("{n} record corrected", "{n} records corrected", corrected).format(n=corrected))
    unknown_names = Counter(result.unknown_names).most_common()
    return ImportReport(
        format=source.name,
        path=", ".join(read.paths),
        read=rows + result.ignored + len(result.rejected) + len(result.ticks) + read.left_out,
        added=sessions.new + len(habit_plan.ticks),
        already=rows - sessions.new + habit_plan.already + read.left_out,
        ignored=result.ignored,
        rejected=(*result.rejected, *habit_plan.rejected),
        first=first,
        last=last,
        completed=sessions.completed,
        new_channels=tuple(new_channels),
        new_habits=tuple(habit.name for habit in habit_plan.habits),
        dry_run=step is None,
        notifications=len(new_notifications),
        zone=options.zone if description.has_wall_times else None,
        unknown_names=tuple(unknown_names[:_MOST_UNKNOWN_NAMES]),
        mended=corrected,
        kept=len(sessions.kept),
        guessed_date_order=result.guessed_date_order,
        names=description.names,
        estimated=0 if description.recorded else estimated,
        new_sessions=sessions.added,
        looks_social=tuple((name, count) for name, count in unknown_names if find_other_network(name)),
    )


def _needed_channels(database: Database, read: SourceRead) -> list[str]:
    """The names of the channels that are to be made, because what is new is on them."""
    if not read.result.new_channels:
        return []
    here = {channel.name for channel in channels.channels(database)}
    return [name for name in read.staging.new_channels() if name in read.result.new_channels and name not in here]


class _PlannedSessions:
    """What all windows of an import bring: the numbers of rows that are new and completed, and of added sessions; see
    SessionChanges and WindowPlan."""

    def __init__(self) -> None:
        self.new = self.completed = self.added = 0
        self.mended: set[int] = set()
        self.kept: set[int] = set()
        self.edited: list[tuple[str, Interval]] = []


def _plan_sessions(database: Database, read: SourceRead, *, is_written: bool) -> _PlannedSessions:
    """Plan the sessions of what was read, window by window, and write each where `is_written`."""
    options = read.options
    planned = _PlannedSessions()
    count, done = read.staging.counted(), 0
    for window in planning.plan_windows(database, read.source, read.staging, options.zone):
        changes = window.changes
        if is_written:
            _write(database, changes, many=count >= bulk_load.MANY)
        planned.new += window.new
        planned.completed += window.completed
        planned.added += len(changes.added)
        planned.mended.update(changes.mended)
        planned.kept.update(changes.kept)
        planned.edited += window.edited
        done += window.rows
        options.on_added(changes.added)
        options.report_progress(_COMPARED + (_WRITTEN - _COMPARED) * done / count)
    return planned


def _write(database: Database, changes: SessionChanges, *, many: bool) -> None:
    for zone in dict.fromkeys(map(_zone, changes.added)):
        database.ensure_zone(zone)
    bulk_load.write_sessions(database, changes.changed, changes.deleted)
    bulk_load.insert_sessions(database, sorted(changes.added, key=_start), many=many)


def _wanted(database: Database, read: SourceRead) -> SourceRead:
    """What was read without what the user has undone and what is too old."""
    result, oldest = read.result, read.options.oldest
    left_out = read.staging.leave_out(imported_facts.undone(database, read.source.family), oldest)
    unwanted_ticks, unwanted_habits, unwanted_notifications = (
        imported_facts.unwanted_keys(database, table) for table in ("habit_day", "habit", "notification")
    )
    ticks = tuple(
        tick for tick in result.ticks if imported_facts.unwanted_key(tick.habit, tick.date) not in unwanted_ticks
    )
    needed = {tick.habit.casefold() for tick in ticks}
    wanted = result._replace(
        ticks=ticks,
        habits=tuple(
            habit
            for habit in result.habits
            if habit.name.casefold() in needed or imported_facts.unwanted_key(habit.name) not in unwanted_habits
        ),
        notifications=tuple(
            (channel, at)
            for channel, at in result.notifications
            if at >= oldest and imported_facts.unwanted_key(channel, at) not in unwanted_notifications
        ),
    )
    return read._replace(result=wanted, left_out=read.left_out + left_out + len(result.ticks) - len(ticks))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Hundreds of thousands of small values are made and none is freed: collecting them would take half of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def import_together(database: Database, names: Sequence[str], options: ImportOptions) -> list[ImportReport]:
    """Import what several sources have on this machine: all of it or nothing, as one step of undo.

    Nothing is written before everything is read. Raises TrackerError, with nothing written, as `import_files` does, and
    for a source of whole logs, which is imported by itself.
    """

    def reading(number: int) -> ImportOptions:
        return options._replace(
            report_progress=lambda fraction: options.report_progress((number * _READ + fraction) / len(names))
        )

    def writing(number: int) -> ImportOptions:
        def report(fraction: float) -> None:
            done = number + max(fraction - _COMPARED, 0) / (1 - _COMPARED)
            options.report_progress(_READ + (1 - _READ) * done / len(names))

        return options._replace(report_progress=report)

    chosen = [source_named(name) for name in names]
    if any(isinstance(source, LogSource) for source in chosen):
        raise TrackerError(_("a whole log is imported by itself: `tracker import FORMAT PATH`"))
    with ExitStack() as opened:
        reads = []
        for number, source in enumerate(chosen):
            reads.append(read_source(database, source, paths_of(source, None), reading(number)))
            opened.callback(reads[-1].staging.close)
        with undo_step(database, _("imported {files}").format(files=", ".join(names)), options.now):
            for read in reads:
                _refuse_changed(database, read)
            return [
                # The channels that the sources before made are no change by another program.
                write_read(database, read._replace(options=writing(number), vocabulary=Vocabulary.of(database)))
                for number, read in enumerate(reads)
            ]


def _title(source: Source, paths: Sequence[str]) -> str:
    """The sentence of an import in the history."""
    file_names = clean(", ".join(dict.fromkeys(map(os.path.basename, paths))))
    return _("imported {files}").format(files=f"{source.name} ({file_names})")


class _DryRun(Exception):
    """Takes back what a dry run has written."""


def _import_log(database: Database, source: LogSource, paths: Sequence[str], options: ImportOptions) -> ImportReport:
    """Import a whole log, of which every record is a row."""
    from tracker.importers.log_import import write_log  # takes 3 ms, for which the other sources need not wait

    path = paths[0]
    with source.open(path) as (log, rejected):
        names = {channel.name for channel in channels.channels(database)}
        with (
            suppress(_DryRun),
            undo_step(database, _title(source, paths), options.now, source=options.step_source) as step,
        ):
            counts = write_log(database, log, step, options, is_snapshot=source.is_snapshot)
            if options.dry_run:
                raise _DryRun
        rejected += [RejectedRow(number, reason) for number, reason in enumerate(counts.refused, 1)]
        made = {channel.name for channel in channels.channels(log)} - names
        first, last = session_table.first_and_last(log) or (None, None)
    options.report_progress(1.0)
    return ImportReport(
        format=source.name,
        path=path,
        read=counts.added + counts.changed + counts.already + counts.ignored + len(rejected),
        added=counts.added,
        already=counts.changed + counts.already,
        ignored=counts.ignored,
        rejected=tuple(rejected),
        first=first,
        last=last,
        completed=counts.changed,
        new_channels=tuple(sorted(made)),
        dry_run=options.dry_run,
        names=source.describe().names,
        deleted=counts.deleted,
        overlapping=counts.overlapping,
    )


def paths_of(source: Source, path: str | None) -> list[str]:
    """The files that a path given by the user means, or without one what is found on this machine.

    Raises TrackerError where there is none.
    """
    if path is not None:
        if source.describe().takes_address and "://" in path:
            return source.files_in(path)
        path = os.path.expanduser(path)
        if not os.path.exists(path):
            raise TrackerError(_("file not found: {path}").format(path=path))
        return source.files_in(path)
    paths = source.default_paths()
    if not paths:
        raise TrackerError(
            _("no {format} history found on this machine; give its path: `tracker import {format} PATH`").format(
                format=source.name
            ),
            _(source.describe().instructions) if source.describe().instructions else "",
        )
    return paths


def _read(source: Source, paths: list[str], context: ReadContext, staging: Staging) -> ReadResult:
    """Stage the records of all files; returns what else they have. What a source of another package raises by mistake
    is one line, too."""
    try:
        return collect(_staged(_rows(source, paths, context), staging))
    except (TrackerError, MemoryError):
        raise
    except Exception as error:
        if is_built_in(source):
            raise
        reason = one_line(f"{type(error).__name__}: {error}")
        raise TrackerError(
            _("the source {name} of another package cannot be used: {reason}").format(name=source.name, reason=reason)
        ) from error


def _staged(rows: Iterable[Row], staging: Staging) -> Iterator[Row]:
    """The rows without the records and keys, which are staged."""
    batch: list[ImportedRecord] = []
    for row in rows:
        if isinstance(row, ImportedRecord):
            batch.append(row)
            if len(batch) >= _BATCH:
                _stage(batch, staging)
                batch = []
        elif isinstance(row, ReadResult):
            _stage(row.records, staging)
            staging.add_no_records(row.not_records, in_future=False)
            staging.add_no_records(row.future, in_future=True)
            staging.add_previous_keys(row.previous_keys.items())
            staging.add_uses(row.uses)
            staged = ("records", "not_records", "future", "previous_keys", "uses")
            yield row._replace(**{field: ReadResult._field_defaults[field] for field in staged})
        else:
            yield row
    _stage(batch, staging)


def _stage(records: Sequence[ImportedRecord], staging: Staging) -> None:
    if any(map(_details, records)):
        staging.add(
            [(*record[:5], record.details and record.details.to_json(), record.additional) for record in records]
        )
    else:
        staging.add(records)  # type: ignore[arg-type]  # without words, they are tuples as they are staged


def _rows(source: Source, paths: list[str], context: ReadContext) -> Iterator[Row]:
    for number, path in enumerate(paths):
        if os.path.isdir(path) and not source.describe().reads_folders:
            raise TrackerError(_("cannot read {path}: it is a folder").format(path=path))

        def report_file(fraction: float, number: int = number) -> None:
            context.report_progress((number + fraction) / len(paths) * _READ)

        yield from source.read(path, context._replace(report_progress=report_file))
