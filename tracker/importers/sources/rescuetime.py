"""RescueTime: the hourly CSV report, `Date,Time Spent (seconds),Number of People,Activity,Category,Productivity`.

A row says how many seconds of an hour went to an app or a site, not which ones. So the rows of an hour's channels are
put one after the other from the start of the hour on, by the name of the activity, and their ends are marked as
estimated: the totals of days and hours are right, and no check is made of them. Where two devices were used at once,
they may be longer than the hour: then what does not fit ends with it.

When the same hour is exported again later, its numbers of seconds may grow and activities may be added. Then the rows
after them begin later, and of two readings the later one counts (`storage/staging.py`), whichever is imported first. So
the order must not depend on the channels, which the user renames. Earlier versions put each channel at the start of the
hour, which no reading of today is before.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from tracker.domain.errors import TrackerError
from tracker.domain.models import HOUR
from tracker.importers.imported_record import (
    IgnoredRows,
    ImportedRecord,
    ReadContext,
    RejectedRow,
    Row,
    hash_text,
    in_the_future,
    record_key,
)
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import text_lines
from tracker.locale import N_, _
from tracker.storage.imported_facts import NOTHING_FOLLOWED
from tracker.storage.staging import sorted_rows


class _Spent(NamedTuple):
    """A row of a channel: the hour's start and end in UTC seconds, the app or site, the seconds, the channel."""

    start: int
    end: int
    activity: str
    seconds: int
    channel: str
    line: int


class RescueTime(Source):
    """RescueTime."""

    def describe(self) -> SourceDescription:
        return SourceDescription("rescuetime", N_("RescueTime's hourly report"), has_wall_times=True)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield an hourly report. Raises TrackerError for any other file, also for one by the day or week."""
        others: list[RejectedRow] = []
        unknown: Counter[str | None] = Counter()
        rows = (_Spent._make(row) for row in sorted_rows(_rows(path, context, others, unknown), len(_Spent._fields), 4))
        for (start, end), of_hour in groupby(rows, lambda row: row[:2]):
            if start > context.now or start == end:  # a change of the clocks skipped the hour
                reason = in_the_future() if start > context.now else _("there is no such date or time")
                others += [RejectedRow(row.line, reason) for row in of_hour]
            else:
                yield from _records(start, min(end, context.now), of_hour)
        yield from sorted(others)
        for name, count in unknown.items():
            yield IgnoredRows(count, name)


SOURCES = (RescueTime(),)


def _rows(
    path: str, context: ReadContext, rejected: list[RejectedRow], ignored: Counter[str | None]
) -> Iterator[_Spent]:
    """Yield the rows of channels; the others are added to `rejected`, or counted in `ignored` by the app or site."""
    rows = csv.reader(text_lines(path))
    days: set[str] = set()
    is_hourly = False
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        columns = itemgetter(*map(header.index, ("date", "time spent (seconds)", "activity")))
        for cells in filter(any, rows):
            try:
                written, seconds, name = columns(cells)
                spent, activity = int(seconds), name.strip()
                start, end, hour = _hour(written, context.zone)
                if not 0 <= spent <= HOUR:
                    raise ValueError
            except (ValueError, IndexError):
                rejected.append(RejectedRow(rows.line_num, _("the row is not an hour with at most 3600 seconds of it")))
                continue
            is_hourly = is_hourly or hour > 0
            if len(days) < 2:
                days.add(written)
            channel = context.matcher.by_word(activity)
            if channel and spent:
                yield _Spent(start, end, activity, spent, channel, rows.line_num)
            else:
                ignored[activity if spent else None] += 1
    except (csv.Error, ValueError):
        raise TrackerError(
            _("{path} is not a report of RescueTime: it has no columns Date, Time Spent (seconds), Activity").format(
                path=path
            )
        ) from None
    if len(days) > 1 and not is_hourly:
        raise TrackerError(_("{path} has times by the day; export them from RescueTime by the hour").format(path=path))


@lru_cache(maxsize=1024)
def _hour(written: str, zone: str) -> tuple[int, int, int]:
    """The start and the end of an hour in UTC seconds, and which of the day it is. Raises ValueError for no hour.

    The autumn hour of two is longer; one that a change of the clocks skipped has no length.
    """
    # Not by a format of arrow's, which finds a date also in "2026-11-02 11:00:00 PM" and "2026-11-02 10:00:00+02:00".
    moment = datetime.fromisoformat(written)
    if moment.tzinfo or moment.minute or moment.second or moment.year < 1971:
        raise ValueError
    import arrow  # takes 60 ms, and all sources are imported to list them

    start = arrow.get(moment, tzinfo=zone)
    return start.int_timestamp, start.shift(hours=1).int_timestamp, start.hour


def _records(start: int, end: int, of_hour: Iterable[_Spent]) -> Iterator[ImportedRecord]:
    """The records of one hour, one after the other."""
    rows_of: Counter[str] = Counter()
    free = start
    for row in of_hour:
        rows_of[row.activity] += 1
        key = record_key(start, hash_text(f"{row.activity}\n{rows_of[row.activity]}"))
        begin = max(min(free, end - row.seconds), start)
        free = min(begin + row.seconds, end)
        yield ImportedRecord(row.channel, begin, free, key, NOTHING_FOLLOWED)
