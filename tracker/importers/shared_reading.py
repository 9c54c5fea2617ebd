"""How several sources make records: of the entries of time trackers, of events without a length, of a device in use.

*Entries* have a start, an end, names (a project, tags) and a note. The first name that is a channel of this log, or an
alias of one, is the channel; the first other name that is an activity is the activity; the other names join the note.
Where no name is a channel, the user has named one all the same: a channel of the kind `focus` is made, called as the
project or, without a project, as that of the entry's tags which the file uses most. (Hooks of task managers give each
interval its description as one more tag.) Names that a line of the log reads as something else (`today`) make no
channel.

*Events*, as downloads have them, only say when something was opened.

*A device* was in use until its screen went dark, which is told by what was in front.
"""

from __future__ import annotations

from abc import abstractmethod
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from tracker.domain.errors import TrackerError
from tracker.domain.text import entered, one_line
from tracker.importers.imported_record import (
    FIRST_INSTANT,
    LAST_INSTANT,
    UNTIMED_LASTS,
    IgnoredRows,
    ImportedRecord,
    NewChannel,
    ReadContext,
    ReadResult,
    RecordDetails,
    RejectedRow,
    Row,
    hash_text,
    in_the_future,
    new_channel_name,
    record_key,
    refuse_impossible,
)
from tracker.importers.source import Source
from tracker.importers.source_files import Wanted, files_wanted
from tracker.locale import _
from tracker.storage import channels
from tracker.storage.imported_facts import NOTHING_FOLLOWED, UNTIL_NEXT


class RecordedEntry(NamedTuple):
    """One entry of another tracker: its line in the source, its start and end in UTC seconds (None while it runs).

    `identity` is what tells it from other entries of the same start, and never changes.
    """

    line: int
    start: int
    end: int | None
    project: str | None = None
    tags: tuple[str, ...] = ()
    note: str | None = None
    identity: str = ""


def read_entries(entries: Callable[[], Iterable[RecordedEntry | RejectedRow]], context: ReadContext) -> Iterator[Row]:
    """Yield the records of a tracker's entries, which are gone through twice.

    Running ones, and those without a name for a channel, are ignored.
    """
    uses: Counter[str] = Counter()
    count = 0
    for entry in entries():
        count += 1
        if isinstance(entry, RecordedEntry):
            uses.update(entry.tags)
    for number, entry in enumerate(entries()):
        if not number % 5_000:
            context.report_progress(number / count)
        if isinstance(entry, RejectedRow):
            yield entry
            continue
        try:
            yield from _rows(entry, uses, context)
        except TrackerError as error:
            yield RejectedRow(entry.line, str(error))


def _rows(entry: RecordedEntry, uses: Counter[str], context: ReadContext) -> Iterator[Row]:
    if not FIRST_INSTANT <= entry.start < LAST_INSTANT:
        raise TrackerError(_("the entry has no date between 1970 and 2099"))
    refuse_impossible(entry.start, entry.end, context.now)
    if entry.end is None:
        yield IgnoredRows()
        return
    names = [name for name in map(one_line, (entry.project, *entry.tags)) if name]
    chosen = next((name for name in names if context.matcher.by_word(name)), None)
    channel = context.matcher.by_word(chosen) if chosen else None
    if not channel:
        unknown = [name for name in names if name.lower() not in context.activities]
        if not unknown:
            yield IgnoredRows()
            return
        readable = [name for name in unknown if _is_readable(new_channel_name(name))] or unknown
        chosen = readable[0] if entry.project else max(readable, key=uses.__getitem__)
        channel = new_channel_name(entered("name", chosen) or "")
        if not _is_readable(channel):
            channels.refuse_unreadable(channel)
        yield NewChannel(channel, chosen[:1].upper() + chosen[1:], "focus")
    names.remove(chosen or "")
    activity = next((name for name in names if name.lower() in context.activities), None)
    if activity:
        names.remove(activity)
    note = entered("note", "; ".join(filter(None, (one_line(entry.note), *names))) or None)
    key = record_key(entry.start, hash_text(entry.identity))
    details = RecordDetails(context.zone, activity.lower() if activity else None, note=note)
    yield ImportedRecord(channel, entry.start, entry.end, key, details=details)


#: Many entries have few names.
_is_readable = lru_cache(maxsize=10_000)(channels.is_readable)


class EventSource(Source):
    """A download of one's data with a list of what was opened, in the file that is `wanted`."""

    wanted: Wanted

    @abstractmethod
    def events(self, path: str, context: ReadContext) -> Iterator[Event | Row]:
        """Yield the events of a file, from new to old or from old to new, and the rows that are none."""

    def files_in(self, path: str) -> list[str]:
        """The files of a download that are wanted."""
        return files_wanted(path, self.wanted)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield a record for each event."""
        return read_events(self.events(path, context), context.now)


class Event(NamedTuple):
    """Something that was opened: the number of its row, UTC microseconds, and the hash of what was opened.

    `channel` is None for what belongs to none; `name` is then its app or host. Such an event is no record, and it ends
    the one before it.
    """

    line: int
    moment: int
    text_hash: int
    channel: str | None
    name: str | None = None


def utc_microseconds(text: Any) -> int | None:
    """The UTC microseconds of an ISO 8601 instant with an offset; None for anything else.

    Not by `arrow.get`, which takes 3.5 s for 100,000; people watch as many videos in some years.
    """
    try:
        moment = datetime.fromisoformat(text)
        return round(moment.timestamp() * 1_000_000) if moment.tzinfo and moment.year >= 1990 else None
    except (TypeError, ValueError, OverflowError):
        return None


def read_events(events: Iterable[Event | Row], now: int) -> Iterator[Row]:
    """Yield a record for each event, which lasts until the next event and UNTIMED_LASTS at most.

    Events come from new to old or from old to new; rows of other kinds are yielded as they are. What begins after `now`
    (UTC seconds) is rejected and ends nothing.
    """
    pending: Event | None = None
    next_start: int | None = None
    for event in events:
        if not isinstance(event, Event):
            yield event
            continue
        if event.moment // 1_000_000 > now:
            yield RejectedRow(event.line, in_the_future())
            continue
        following: int | None = None
        if pending is not None:
            if event.moment >= pending.moment:
                next_start = event.moment if next_start is None else min(next_start, event.moment)
            else:
                following = pending.moment
            yield _event_record(pending, next_start, now)
        pending, next_start = event, following
    if pending is not None:
        yield _event_record(pending, next_start, now)


def _event_record(event: Event, next_moment: int | None, now: int) -> Row:
    if event.channel is None:
        return IgnoredRows(1, event.name)
    start = event.moment // 1_000_000
    end = start + UNTIMED_LASTS
    if next_moment is not None:
        end = min(end, next_moment // 1_000_000)
    estimated = NOTHING_FOLLOWED if next_moment is None else UNTIL_NEXT
    return ImportedRecord(event.channel, start, min(end, now), record_key(event.moment, event.text_hash), estimated)


#: In seconds: where no app at all was in front for longer, the screen was dark. Real phones, which tell when it was,
#: show that this is nearly always so: docs/patterns.md has the figures.
NOTHING_IN_FRONT = 30

#: Seconds are rounded: what ends with the screen may end so many seconds after it.
ROUNDING = 2


class Spans:
    """Many spans (start, end) in UTC seconds, in 8 bytes each; they are given by start."""

    def __init__(self) -> None:
        self._starts, self._ends = array("I"), array("I")
        self._is_ordered = True

    def add(self, start: int, end: int) -> None:
        """Add a span, at best one that begins after the others."""
        self._is_ordered = self._is_ordered and not (self._starts and start < self._starts[-1])
        self._starts.append(start)
        self._ends.append(end)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        spans = zip(self._starts, self._ends, strict=True)
        return spans if self._is_ordered else iter(sorted(spans))

    def __len__(self) -> int:
        return len(self._starts)


class EndsOfUse:
    """`instants` are those from which on nothing was in front of one device for longer than NOTHING_IN_FRONT, in UTC
    seconds, ascending. Nothing is known of the time after the last span."""

    def __init__(self) -> None:
        self.instants = array("I")
        self._until: int | None = None

    def in_front(self, start: int, end: int) -> None:
        """Something was in front from `start` to `end`; no span before has begun later."""
        if self._until is not None and start - self._until > NOTHING_IN_FRONT:
            self.instants.append(self._until)
        self._until = max(end, self._until or 0)


def uses(dark: Sequence[int], records: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the uses of one device: from the start of the first record in each to when its screen went dark.

    `dark` are the instants at which it went dark, ascending, `records` the (start, end) of the device's records by
    start, in UTC seconds. Whether the screen went dark after the last records is not known yet: they are in none.
    """
    begins: dict[int, int] = {}
    for start, end in records:
        for at in sorted(at for at in begins if at <= start):  # no later record is of these
            yield begins.pop(at), at
        place = bisect_left(dark, end - ROUNDING)
        if place < len(dark):
            # What comes to the front as the screen goes dark was a use of its own.
            begins.setdefault(max(dark[place], start + 1), start)
    yield from ((begins[at], at) for at in sorted(begins))


def results_of_uses(dark: Sequence[int], records: Iterable[tuple[int, int]]) -> Iterator[ReadResult]:
    """What `uses` yields, some at a time, for whoever imports it."""
    every = uses(dark, records)
    while some := tuple(islice(every, 1_000)):
        yield ReadResult(uses=some)
