"""RescueTime: the hourly CSV report, `Date,Time Spent (seconds),Number of People,Activity,Category,Productivity`.

A row says how many seconds of an hour went to an app or a site, not which ones. So the rows of a channel's hour are put
one after the other from the start of the hour on, by the name of the activity, and their ends are marked as estimated:
the totals of days and hours are right, and no check is made of them. Only the number of seconds may grow when the same
hour is exported again later.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.calendar.clock import wall_instant
from tracker.domain.errors import TrackerError
from tracker.domain.models import HOUR
from tracker.importers.imported_record import (
    ImportedRecord,
    ReadResult,
    RejectedRow,
    hash_text,
    in_the_future,
    record_key,
)
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import read_text
from tracker.locale import N_, _
from tracker.storage.imported_facts import NOTHING_FOLLOWED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.importers.imported_record import ReadContext, Row


class RescueTime(Source):
    """RescueTime."""

    def describe(self) -> SourceDescription:
        return SourceDescription("rescuetime", N_("RescueTime's hourly report"), has_wall_times=True)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield an hourly report. Raises TrackerError for any other file, also for one by the day or week."""
        yield _read(path, context)


SOURCES = (RescueTime(),)


def _read(path: str, context: ReadContext) -> ReadResult:
    rows = csv.reader(io.StringIO(read_text(path), newline=""))
    hours: dict[tuple[datetime, str], list[tuple[int, str, int]]] = {}
    unknown: Counter[str] = Counter()
    rejected: list[RejectedRow] = []
    moments: set[datetime] = set()
    ignored = 0
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        at = [header.index(name) for name in ("date", "time spent (seconds)", "activity")]
        for cells in rows:
            if not any(cells):
                continue
            try:
                moment, spent, activity = datetime.fromisoformat(cells[at[0]]), int(cells[at[1]]), cells[at[2]].strip()
                if moment.tzinfo or moment.minute or moment.second or not 0 <= spent <= HOUR or moment.year < 1971:
                    raise ValueError
            except (ValueError, IndexError):
                rejected.append(RejectedRow(rows.line_num, _("the row is no hour with at most 3600 seconds of it")))
                continue
            moments.add(moment)
            channel = context.matcher.by_word(activity)
            if channel and spent:
                hours.setdefault((moment, channel), []).append((rows.line_num, activity, spent))
            else:
                ignored += 1
                unknown.update([activity] if spent else [])
    except (csv.Error, ValueError):
        raise TrackerError(
            _("{path} is no report of RescueTime: it has no columns Date, Time Spent (seconds), Activity").format(
                path=path
            )
        ) from None
    if len(moments) > 1 and not any(moment.hour for moment in moments):
        raise TrackerError(_("{path} has times by the day; export them from RescueTime by the hour").format(path=path))
    records: list[ImportedRecord] = []
    for number, ((moment, channel), spent_on) in enumerate(hours.items()):
        if not number % 5_000:
            context.report_progress(number / len(hours))
        start = wall_instant(context.zone, moment.date(), moment.hour * HOUR)
        end = wall_instant(context.zone, moment.date(), (moment.hour + 1) * HOUR)
        if start > context.now:
            rejected += [RejectedRow(line, in_the_future()) for line, _activity, _spent in spent_on]
        elif start == end:  # a change of the clocks skipped the hour
            reason = _("there is no such date or time")
            rejected += [RejectedRow(line, reason) for line, _activity, _spent in spent_on]
        else:
            records += _records(channel, start, min(end, context.now), spent_on)
    return ReadResult(records, ignored, sorted(rejected), unknown_names=unknown)


def _records(channel: str, start: int, end: int, spent_on: list[tuple[int, str, int]]) -> list[ImportedRecord]:
    """The records of one channel in one hour, one after the other; the autumn hour of two is longer."""
    records = []
    rows_of: Counter[str] = Counter()
    begin = start
    for _line, activity, spent in sorted(spent_on, key=itemgetter(1, 2)):
        rows_of[activity] += 1
        key = record_key(start, hash_text(f"{activity}\n{rows_of[activity]}"))
        stop = min(begin + spent, end)
        records.append(ImportedRecord(channel, begin, stop, key, NOTHING_FOLLOWED))
        begin = stop
    return records
