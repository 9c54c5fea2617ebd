"""Android's "App Usage" CSV export: what was in front on a phone, when and for how long, to the second.

The row of an app has its start and how long it was in front; a row for the screen going off inside that time ends it
(the app rounds its seconds up, the screen does not). Rows for the screen and for the phone itself are ignored, and so
are apps of no channel. A duration of zero is a true record: a look.

The app writes these rows in the language of the phone, so their shape tells what they are. A row for a notification
lasts no time and has its app in brackets behind words: `Notification posted (YouTube)`. Notifications of channels are
stored beside the sessions, because without them nobody can tell what was opened unasked.

A row says that the screen is off if no app begins to be in front while it lasts, it is of no app of a channel, and it
either ends what was in front in the middle of its time, or is followed by rows which say that the screen is on: the two
begin with the same word, and one begins where the other ends. `Screen off`, `Screen on`; `Schermo spento`, `Schermo
acceso`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.domain.models import LONGEST_SESSION
from tracker.files import file_access
from tracker.files.os_errors import say_os_error
from tracker.importers.app_usage_format import InstantConverter, UsageRow, date_order, decode, is_newest_first, parse
from tracker.importers.imported_record import (
    DATE_ORDERS,
    ImportedRecord,
    ReadContext,
    ReadResult,
    RejectedRow,
    hash_text,
    in_the_future,
    record_key,
)
from tracker.importers.screen_off import ROUNDING, uses
from tracker.importers.source import Source, SourceDescription
from tracker.locale import N_, _
from tracker.storage.imported_facts import IN_FRONT, MEASURED

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tracker.importers.channel_matcher import ChannelMatcher
    from tracker.importers.imported_record import Row

    #: A row with its start in UTC seconds.
    TimedRow = tuple[int, UsageRow]

#: The app of a notification is in the outermost brackets: the name of an app may contain brackets.
_NOTIFICATION = re.compile(r"\s*([^(（\[]*[^(（\[\s])\s*[(（\[](.+)[)）\]]\s*")

#: Words of rows that are of no app, on phones in English.
_ENGLISH = re.compile(r"screen o(n|ff)\b|notification posted|activity history|device (boot|shutdown)", re.IGNORECASE)

#: "Screen off" in languages where the words alone are enough.
_SCREEN_OFF = re.compile(r"(screen off|écran éteint)( \(.*\))?|device shutdown|arrêt de l.appareil", re.IGNORECASE)


class AppUsage(Source):
    """The "App Usage" export of an Android phone."""

    def describe(self) -> SourceDescription:
        return SourceDescription("app-usage", N_("App Usage export of an Android phone"), has_wall_times=True)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield all rows at once, because others tell what a row is. Raises TrackerError for a file of another kind."""
        yield _read(path, context)


SOURCES = (AppUsage(),)


def _read(path: str, context: ReadContext) -> ReadResult:
    matcher = context.matcher
    try:
        text = decode(file_access.read_bytes(path))
    except OSError as error:
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=say_os_error(error))) from None
    rows, rejected, footers, english_header = parse(text, path, matcher)
    names_in_brackets = {row.app for row in rows if "(" in row.app or "（" in row.app}
    is_english = any(map(_ENGLISH.match, names_in_brackets)) if names_in_brackets else english_header
    order, is_certain = context.date_order, True
    if not order:
        order, is_certain = date_order([row.date for row in rows], context.now, is_english)
    times = InstantConverter(context.zone, order)
    timed: list[TimedRow] = []
    in_future: list[TimedRow] = []
    for row in reversed(rows) if is_newest_first(rows, times) else rows:
        try:
            start = times.instant(row)
        except TrackerError as error:
            rejected.append(RejectedRow(row.line, str(error)))
            continue
        if start is None:
            rejected.append(RejectedRow(row.line, _("there is no such date or time")))
        elif start > context.now:
            rejected.append(RejectedRow(row.line, in_the_future()))
            in_future.append((start, row))
        else:
            timed.append((start, row))
    rejected.sort()
    notifying = _notification_names(rows, matcher)
    screen_off = _screen_off_names(timed, matcher)
    off_starts = sorted(start for start, row in timed if row.app in screen_off)
    records = _records(timed, {*notifying, *screen_off}, off_starts, context)

    # Earlier versions may have read the dates in another order. The likelier orders come last: they win below.
    keys = {record.key for record in records}
    previous_keys: dict[int, int] = {}
    misread: list[tuple[str, int]] = []
    for other in [InstantConverter(context.zone, other) for other in reversed(DATE_ORDERS) if other != order]:
        for start, row in timed:
            day, other_day = times.day(row.date), other.day(row.date)
            if day and other_day and day[1] != other_day[1]:
                if (key := _key(start, row)) in keys:
                    previous_keys[key] = _key(other_day[1] + row.second, row)
                if row.app in notifying:
                    misread.append((notifying[row.app], other_day[1] + row.second))
    misread += [(notifying[row.app], start) for start, row in in_future if row.app in notifying]
    return ReadResult(
        records,
        len(timed) + footers - len(records),
        rejected,
        notifications=tuple((notifying[row.app], start) for start, row in timed if row.app in notifying),
        unknown_names=_unknown_apps(rows, screen_off, matcher),
        not_records=frozenset(
            _key(start, row) for start, row in timed if row.app in notifying or row.app in screen_off
        ),
        future=frozenset(_key(start, row) for start, row in in_future),
        previous_keys=previous_keys,
        previous_keys_may_collide=True,
        misread_notifications=tuple(misread),
        guessed_date_order=None if is_certain else order,
        uses=uses(off_starts, ((row.start, row.end) for row in records)),
    )


def _key(start: int, row: UsageRow) -> int:
    return record_key(start, hash_text(row.app.casefold()))


def _notification_names(rows: Iterable[UsageRow], matcher: ChannelMatcher) -> dict[str, str]:
    """The names of rows for notifications of a channel, with the channel."""
    lasting = {row.app for row in rows if row.duration}
    channels = {}
    for name in {row.app for row in rows} - lasting:
        match = _NOTIFICATION.fullmatch(name)
        channel = matcher.by_app(match[2]) if match else None
        if match and channel and not matcher.by_app(match[1]):
            channels[name] = channel
    return channels


def _screen_off_names(timed: Sequence[TimedRow], matcher: ChannelMatcher) -> set[str]:
    """The names of rows which say that the screen is off."""
    lasting = sorted((start, row) for start, row in timed if row.duration)
    starts = [start for start, _row in lasting]
    nothing_begins: dict[str, list[bool]] = {}  # for each row of a name: whether nothing begins while it lasts
    followed: Counter[str] = Counter()  # rows of a name with a row of a related name where they end
    interrupting: set[str] = set()  # names with a row in the middle of another row's time
    for index, (start, row) in enumerate(lasting):
        name, end = row.app, start + row.duration
        next_index = bisect_right(starts, start + 1)
        is_alone = next_index >= len(starts) or starts[next_index] > end - ROUNDING
        nothing_begins.setdefault(name, []).append(is_alone)
        if any(
            begin < start - ROUNDING and start + ROUNDING < begin + before.duration <= end + ROUNDING
            for begin, before in lasting[max(index - 3, 0) : index]
        ):
            interrupting.add(name)
        followed[name] += any(
            abs(begin - end) <= ROUNDING and after.app != name and _first_word(after.app) == _first_word(name)
            for begin, after in lasting[index + 1 : index + 4]
        )
    names = {row.app for _start, row in timed if _SCREEN_OFF.fullmatch(row.app)}
    for name, alone in nothing_begins.items():
        if all(alone) and (name in interrupting or 2 * followed[name] >= len(alone)) and not matcher.by_app(name):
            names.add(name)
    return names


def _first_word(name: str) -> str:
    """The first word of a name; of a name that is written without blanks, its first two letters."""
    word = name.split()[0] if name.split() else ""
    return (word if word.isascii() or word != name.strip() else word[:2]).casefold()


def _unknown_apps(rows: list[UsageRow], screen_off: Collection[str], matcher: ChannelMatcher) -> Counter[str]:
    """The apps of no channel, with the number of rows in which they were in front for a second or more."""
    screen_words = {_first_word(name) for name in screen_off}
    counts = Counter(row.app for row in rows if row.duration)
    return Counter(
        {
            app: count
            for app, count in counts.items()
            if not matcher.by_app(app) and app not in screen_off and _first_word(app) not in screen_words
        }
    )


def _records(
    timed: list[TimedRow], not_apps: Collection[str], off_starts: Sequence[int], context: ReadContext
) -> list[ImportedRecord]:
    records = []
    for start, row in timed:
        channel = context.matcher.by_app(row.app) if row.app not in not_apps else None
        if channel:
            # Nothing is in front for over a week, and no session may last longer.
            end, estimated = min(start + min(row.duration, LONGEST_SESSION), context.now), MEASURED
            next_off = bisect_right(off_starts, start)
            if next_off < len(off_starts) and off_starts[next_off] < end:
                end, estimated = off_starts[next_off], IN_FRONT
            records.append(ImportedRecord(channel, start, end, _key(start, row), estimated))
    return records
