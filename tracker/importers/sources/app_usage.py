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

A line is a row if its cells say so: a name, a date, a time of day, a duration. The words of the header do not matter,
nor do further columns. A line that is no row and has no time is a footer; other lines are rejected.

*Which number of a date is the month* is decided for the whole file, because one row cannot tell 9 November from
11 September. Phones write dates in their own style (`12/5/19`, `05/12/2019`, `2019. 12. 5.`). In this order: a number
over 12 is a day; dates go down the file from new to old; nothing is in the future, or before the app existed; a phone
is used every day, so the order is right that gives the shorter span of days. Where all this decides nothing, as for a
file of one day, the style does: the day comes first with dots, with a year of four digits, with a padded zero, and in
every language but English. The user is told so, and can give the order.

*The hour that the clock shows twice in autumn* is decided by the order of the rows: times only grow from old to new, so
where the wall clock goes back, it is shown for the second time.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from array import array
from bisect import bisect_right
from codecs import BOM_UTF16_BE, BOM_UTF16_LE, getincrementaldecoder
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from io import TextIOWrapper
from itertools import groupby, pairwise
from sys import intern
from typing import IO, Any, NamedTuple, TextIO

from tracker.calendar.clock import refuse_skipped, wall_instant
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY, LONGEST_SESSION
from tracker.importers.imported_record import (
    DATE_ORDERS,
    ChannelMatcher,
    ImportedRecord,
    ReadContext,
    ReadResult,
    RejectedRow,
    Row,
    hash_text,
    in_the_future,
    record_key,
)
from tracker.importers.shared_reading import ROUNDING, Spans, results_of_uses
from tracker.importers.source import Source, SourceDescription
from tracker.importers.source_files import open_download
from tracker.locale import N_, _
from tracker.storage.imported_facts import IN_FRONT, MEASURED
from tracker.storage.staging import sorted_rows

#: The app of a notification is in the outermost brackets: the name of an app may contain brackets.
_NOTIFICATION = re.compile(r"\s*([^(（\[]*[^(（\[\s])\s*[(（\[](.+)[)）\]]\s*")

#: Words of rows that are of no app, on phones in English.
_ENGLISH = re.compile(r"screen o(n|ff)\b|notification posted|activity history|device (boot|shutdown)", re.IGNORECASE)

#: "Screen off" in languages where the words alone are enough.
_SCREEN_OFF = re.compile(r"(screen off|écran éteint)( \(.*\))?|device shutdown|arrêt de l.appareil", re.IGNORECASE)

#: Headers known by their words: a file with one of them may have no rows.
HEADERS = (
    ("app name", "date", "time", "duration"),
    ("nom de l'application", "date", "heure", "durée"),
    ("nom de l’application", "date", "heure", "durée"),
)

_QUOTED_LINE = re.compile(r'"((?:[^"]|"")*)","([^"]*)","([^"]*)","([^"]*)"')
_DATE = re.compile(
    r"(\d{1,4})\.?\s*[/.\-年년\s]\s*(\d{1,2})\.?\s*[/.\-月월\s]\s*(\d{1,4})\s*(?:[.日일]|г\.?)?(?: 0{1,2}:00(?::00)?)?"
)
_TIME = re.compile(r"(\d{1,2}):(\d\d):(\d\d)")
_ANY_TIME = re.compile(r"(\D*?)(\d{1,2})\s*[:.h時时点시]\s*(\d{1,2})\s*(?:[:.m分분]\s*(\d{1,2})\s*[s秒초]?)?(\D*)")
_DURATION = re.compile(r"(?:(\d{1,4})[:.])?(\d{1,3})[:.](\d\d)")

#: The words for the two halves of a day beside a 12-hour clock: those of the Unicode CLDR, without blanks and dots, in
#: lower case. A word that means one half in one language and the other half in another is in neither set.
_MORNING = frozenset(
    """
    am a vorm vormittag vormittags morgens frühmorgens früh nachts mitternachts matin dumatin mattina
    dimattina mañana delamañana madrugada delamadrugada manhã damanhã damadrugada dop dopoledne dopoł rano
    de délelőtt reggel fm förmiddag formiddag ap aamupäivä öö πμ πρωί sa sáng dp дп утра ночи пред
    проб преподне претпл пријеподне prijepodne dopoldne dopoludnia priešpiet priekšp priekšpusdienā pd paradite ص
    صباحا صباحًا قظ قبلازظهر ق לפנהצ לפנה״צ לפנה''צ पूर्वाह्न सुबह ก่อนเที่ยง ຕອນເຊົ້າ နံနက် ព្រឹក 上午 午前 오전
    凌晨 早上 清晨 早晨 午夜 半夜 새벽 아침 pagi pg
    """.split()  # noqa: SIM905  # words to be read as words
)
_AFTERNOON = frozenset(
    """
    pm p nachm nachmittag nachmittags mittags abends abend aprèsmidi del'aprèsmidi soir dusoir pomeriggio
    delpomeriggio sera disera tarde delatarde datarde noche delanoche noite danoite odp odpoledne popoł
    popołudniu wieczorem du délután este em eftermiddag ettermiddag ip iltapäivä ös μμ απόγευμα βράδυ ch
    chiều tối слоб пп дня вечера слід попл поподне послијеподне popodne popoldne popoludní popoludnie popiet pēcp
    pēcpusdienā md e m pasdite م مساء مساءً بظ بعدازظهر אחהצ אחה״צ अपराह्न शाम หลังเที่ยง ຕອນແລງ
    ညနေ ល្ងាច 下午 午後 오후 傍晚 晚上 夜里 저녁 밤 sore malam petang ptg ptang
    """.split()  # noqa: SIM905  # words to be read as words
)

#: Noon itself: some minutes before twelve, and an hour after.
_NOON = frozenset(("中午", "正午", "낮"))

#: For each of DATE_ORDERS: the places of year, month and day.
_PLACES = {"Y/M/D": (0, 1, 2), "M/D/Y": (2, 0, 1), "D/M/Y": (2, 1, 0)}

#: The app did not exist before.
_FIRST_YEAR = 2012


class WrittenDate(NamedTuple):
    """A date as it is written: its three numbers, and whether dots or (as in Korean) blanks are between them."""

    numbers: tuple[str, str, str]
    dotted: bool
    spaced: bool


class UsageRow(NamedTuple):
    """A row: its line number, the app, the date as written, seconds since midnight, and seconds in front."""

    line: int
    app: str
    date: WrittenDate
    second: int
    duration: int


#: A row with its start in UTC seconds.
TimedRow = tuple[int, UsageRow]

#: Rows that are handed on together.
_ROWS_A_PART = 5_000


class UsageRows:
    """The rows of a file in 24 bytes each: others tell what a row is, and a file of ten years has a million.

    `names` are the apps, `lasting` how often each was in front for a second or more. `starts` are when the rows began,
    down the file, in UTC seconds; 0 for one whose time is not known, or is still to come.
    """

    def __init__(self) -> None:
        self._lines, self._apps, self._dates, self._seconds, self._durations, self.starts = (
            array("I") for _column in range(6)
        )
        self._numbers: dict[Any, int] = {}
        self._values: list[Any] = []
        self.names: set[str] = set()
        self.lasting: Counter[str] = Counter()
        self.is_newest_first = False

    def add(self, row: UsageRow) -> None:
        """Put a row behind the others."""
        line, app, day, second, duration = row
        if duration:
            self.lasting[app] += 1
        self.names.add(app)
        self._lines.append(line)
        self._apps.append(self._number(app))
        self._dates.append(self._number(day))
        self._seconds.append(second)
        self._durations.append(duration)
        self.starts.append(0)

    def _number(self, value: object) -> int:
        if value not in self._numbers:
            self._numbers[value] = len(self._values)
            self._values.append(value)
        return self._numbers[value]

    def __len__(self) -> int:
        return len(self.starts)

    def dates(self) -> Iterator[WrittenDate]:
        """The date of each row, down the file."""
        return map(self._values.__getitem__, self._dates)

    def moments(self) -> Iterator[tuple[WrittenDate, int]]:
        """The date and the seconds since midnight of each row, down the file."""
        return zip(self.dates(), self._seconds, strict=True)

    def from_old_to_new(self) -> Iterator[TimedRow]:
        """Every row with its start, which may be 0."""
        columns = self.starts, self._lines, self._apps, self._dates, self._seconds, self._durations
        make, values = tuple.__new__, self._values  # as UsageRow._make, without its cost
        for start, line, app, day, second, duration in zip(
            *(map(reversed, columns) if self.is_newest_first else columns), strict=True
        ):
            yield start, make(UsageRow, (line, values[app], values[day], second, duration))

    def timed(self) -> Iterator[TimedRow]:
        """The rows whose start is known, from old to new."""
        return ((start, row) for start, row in self.from_old_to_new() if start)

    def starts_of(self, names: Collection[str]) -> array[int]:
        """When the rows with these names began, ascending."""
        numbers = {self._numbers[name] for name in names}
        pairs = zip(self.starts, self._apps, strict=True)
        return array("I", sorted(start for start, app in pairs if start and app in numbers))


class UsageExport(NamedTuple):
    """The rows of a file, its rejected lines, the number of its footers, and whether its header is in English."""

    rows: UsageRows
    rejected: list[RejectedRow]
    footers: int
    english: bool


class AppUsage(Source):
    """The "App Usage" export of an Android phone."""

    def describe(self) -> SourceDescription:
        return SourceDescription("app-usage", N_("App Usage export of an Android phone"), has_wall_times=True)

    def read(self, path: str, context: ReadContext) -> Iterator[Row]:
        """Yield the rows in parts, after all of them were seen. Raises TrackerError for a file of another kind."""
        with _open_text(path) as text:
            export = parse(text, path, context.matcher)
        return _read(export, context)


SOURCES = (AppUsage(),)


def _read(export: UsageExport, context: ReadContext) -> Iterator[ReadResult]:
    matcher = context.matcher
    rows, rejected, footers, english_header = export
    names_in_brackets = [name for name in rows.names if "(" in name or "（" in name]
    is_english = any(map(_ENGLISH.match, names_in_brackets)) if names_in_brackets else english_header
    order, is_certain = context.date_order, True
    if not order:
        order, is_certain = date_order(rows, context.now, is_english)
    times = InstantConverter(context.zone, order)
    # Earlier versions may have read the dates in another order. The likelier orders come last: they win.
    others = [InstantConverter(context.zone, other) for other in reversed(DATE_ORDERS) if other != order]
    in_future = _find_starts(rows, times, context.now, rejected)
    notifying = _notification_names(rows, matcher)
    screen_off = _screen_off_names(rows, matcher)
    off_starts = rows.starts_of(screen_off)
    not_apps = {*notifying, *screen_off}
    channels = {name: matcher.by_app(name) for name in rows.names - not_apps}
    spans = Spans()
    part = _ReadRows()
    timed = 0
    for timed, (start, row) in enumerate(rows.timed(), 1):
        if not timed % _ROWS_A_PART:
            yield part.result()
            part = _ReadRows()
        channel, notified = channels.get(row.app), notifying.get(row.app)
        if not channel and row.app not in not_apps:
            continue
        key = _key(start, row)
        if channel:
            # Nothing is in front for over a week, and no session may last longer.
            end, estimated = min(start + min(row.duration, LONGEST_SESSION), context.now), MEASURED
            next_off = bisect_right(off_starts, start)
            if next_off < len(off_starts) and off_starts[next_off] < end:
                end, estimated = off_starts[next_off], IN_FRONT
            part.records.append(ImportedRecord(channel, start, end, key, estimated))
            spans.add(start, end)
        else:
            part.not_records.add(key)
        if notified:
            part.notifications.append((notified, start))
        for other_start in _other_starts(row, times, others):
            if channel:
                part.previous_keys[key] = _key(other_start, row)
            elif notified:
                part.misread.append((notified, other_start))
    part.misread.extend((notifying[row.app], start) for start, row in in_future if row.app in notifying)
    yield part.result()._replace(
        ignored=timed + footers - len(spans),
        rejected=rejected,
        unknown_names=_unknown_apps(rows, screen_off, matcher),
        future=frozenset(_key(start, row) for start, row in in_future),
        previous_keys_may_collide=True,
        guessed_date_order=None if is_certain else order,
    )
    yield from results_of_uses(off_starts, spans)


def _other_starts(row: UsageRow, times: InstantConverter, others: Iterable[InstantConverter]) -> Iterator[int]:
    """When a row began, in UTC seconds, if its date is read in one of the other orders as another day."""
    day = times.day(row.date)
    for other in others:
        other_day = other.day(row.date)
        if day and other_day and day.midnight != other_day.midnight:
            yield other_day.midnight + row.second


class _ReadRows:
    """What was read of some rows; see ReadResult."""

    def __init__(self) -> None:
        self.records: list[ImportedRecord] = []
        self.notifications: list[tuple[str, int]] = []
        self.not_records: set[int] = set()
        self.previous_keys: dict[int, int] = {}
        self.misread: list[tuple[str, int]] = []

    def result(self) -> ReadResult:
        """What was read, for whoever imports it."""
        return ReadResult(
            self.records,
            notifications=tuple(self.notifications),
            not_records=frozenset(self.not_records),
            previous_keys=self.previous_keys,
            misread_notifications=tuple(self.misread),
        )


def _find_starts(rows: UsageRows, times: InstantConverter, now: int, rejected: list[RejectedRow]) -> list[TimedRow]:
    """Find out when each row began, and reject those without a time; returns those in the future, rejected too."""
    in_future: list[TimedRow] = []
    rows.is_newest_first = is_newest_first(rows, times)
    starts = array("I")
    for _start, row in rows.from_old_to_new():
        start: int | None = None
        try:
            start = times.instant(row)
        except TrackerError as error:
            rejected.append(RejectedRow(row.line, str(error)))
        else:
            if start is None:
                rejected.append(RejectedRow(row.line, _("there is no such date or time")))
            elif start > now:
                rejected.append(RejectedRow(row.line, in_the_future()))
                in_future.append((start, row))
        starts.append(start if start and start <= now else 0)
    if rows.is_newest_first:
        starts.reverse()
    rows.starts = starts
    rejected.sort()
    return in_future


def _key(start: int, row: UsageRow) -> int:
    return record_key(start, _hash_of(row.app))


@lru_cache(maxsize=4096)
def _hash_of(app: str) -> int:
    return hash_text(app.casefold())


def _notification_names(rows: UsageRows, matcher: ChannelMatcher) -> dict[str, str]:
    """The names of rows for notifications of a channel, with the channel."""
    channels = {}
    for name in rows.names.difference(rows.lasting):
        match = _NOTIFICATION.fullmatch(name)
        channel = matcher.by_app(match[2]) if match else None
        if match and channel and not matcher.by_app(match[1]):
            channels[name] = channel
    return channels


def _screen_off_names(rows: UsageRows, matcher: ChannelMatcher) -> set[str]:
    """The names of rows which say that the screen is off."""
    names_timed: set[str] = set()

    def lasting() -> Iterator[tuple[int, int, int, str]]:
        for start, row in rows.timed():
            names_timed.add(row.app)
            if row.duration:
                yield start, row.line, row.duration, row.app

    starts, durations, apps = array("I"), array("I"), []
    for start, _line, duration, app in sorted_rows(lasting(), 4, 2):
        starts.append(start)
        durations.append(duration)
        apps.append(intern(app))
    nothing_begins: dict[str, list[bool]] = {}  # for each row of a name: whether nothing begins while it lasts
    followed: Counter[str] = Counter()  # rows of a name with a row of a related name where they end
    interrupting: set[str] = set()  # names with a row in the middle of another row's time
    for index, (name, start, duration) in enumerate(zip(apps, starts, durations, strict=True)):
        end = start + duration
        next_index = bisect_right(starts, start + 1)
        is_alone = next_index >= len(starts) or starts[next_index] > end - ROUNDING
        nothing_begins.setdefault(name, []).append(is_alone)
        if any(
            starts[at] < start - ROUNDING and start + ROUNDING < starts[at] + durations[at] <= end + ROUNDING
            for at in range(max(index - 3, 0), index)
        ):
            interrupting.add(name)
        followed[name] += any(
            abs(starts[at] - end) <= ROUNDING and apps[at] != name and _first_word(apps[at]) == _first_word(name)
            for at in range(index + 1, min(index + 4, len(apps)))
        )
    names = set(filter(_SCREEN_OFF.fullmatch, names_timed))
    for name, alone in nothing_begins.items():
        if all(alone) and (name in interrupting or 2 * followed[name] >= len(alone)) and not matcher.by_app(name):
            names.add(name)
    return names


def _first_word(name: str) -> str:
    """The first word of a name; of a name that is written without blanks, its first two letters."""
    word = name.split()[0] if name.split() else ""
    return (word if word.isascii() or word != name.strip() else word[:2]).casefold()


def _unknown_apps(rows: UsageRows, screen_off: Collection[str], matcher: ChannelMatcher) -> Counter[str]:
    """The apps of no channel, with the number of rows in which they were in front for a second or more."""
    screen_words = {_first_word(name) for name in screen_off}
    return Counter(
        {
            app: count
            for app, count in rows.lasting.items()
            if not matcher.by_app(app) and app not in screen_off and _first_word(app) not in screen_words
        }
    )


@contextmanager
def _open_text(path: str) -> Iterator[TextIO]:
    """Open a file to be read line by line: UTF-8 as phones write it, UTF-16 or Windows-1252 as spreadsheets do."""
    with open_download(path) as (file, size):
        encoding = _encoding(file, size)
        file.seek(0)
        with TextIOWrapper(file, encoding, errors="replace") as text:
            yield text


def _encoding(file: IO[bytes], size: int) -> str:
    if file.read(2) in (BOM_UTF16_LE, BOM_UTF16_BE):
        return "utf-16"
    file.seek(0)
    decoder = getincrementaldecoder("utf-8")()
    read = 0
    try:
        while part := file.read(1 << 20):
            read += len(part)
            decoder.decode(part)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        # A file that is cut off inside a letter is good up to there.
        return "utf-8-sig" if size - read + len(error.object) - error.start <= 3 else "cp1252"
    return "utf-8-sig"


def parse(text: Iterable[str], path: str, matcher: ChannelMatcher) -> UsageExport:
    """Parse the lines of an export. Raises TrackerError for a text that is none."""
    every_line = enumerate((line.rstrip("\n") for line in text), 1)
    lines = ((number, line) for number, line in every_line if line.strip(" \t,;\"'"))
    first_line = next(lines, (0, ""))[1]
    if first_line.lower().startswith("sep="):
        first_line = next(lines, (0, ""))[1]
    delimiter = max(",;\t", key=first_line.count)
    header = tuple(cell.strip().lower() for cell in _cells(first_line, delimiter))
    rows = UsageRows()
    rejected: list[tuple[RejectedRow, list[str]]] = []
    footers = rejected_before_last_row = 0
    for number, line in lines:
        cells = _cells(line, delimiter)
        row = _parse_row(number, cells, len(header))
        if isinstance(row, UsageRow):
            rows.add(row)
            rejected_before_last_row = len(rejected)
        elif not _has_date_or_time(cells) and _is_text(cells, matcher):
            footers += 1
        else:
            rejected.append((row, cells))
    if header[:4] not in HEADERS and (len(header) < 4 or not rows):
        raise TrackerError(
            _("{path} is not an App Usage export: it has no rows with an app, a date, a time and a duration").format(
                path=path
            )
        )
    # A text after the last row that names no channel belongs to the footer, whatever numbers are in it.
    kept = [
        row
        for index, (row, cells) in enumerate(rejected)
        if index < rejected_before_last_row or not (cells and cells[0].strip() and _is_text(cells, matcher))
    ]
    return UsageExport(rows, kept, footers + len(rejected) - len(kept), header[:4] == HEADERS[0])


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line. No name of an app contains line ends, so an open quote spoils one row only."""
    match = _QUOTED_LINE.fullmatch(line) if delimiter == "," else None
    if match:
        return [match[1].replace('""', '"'), match[2], match[3], match[4]]
    try:
        cells = next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []
    while cells and not cells[-1].strip():
        del cells[-1]
    return cells


def _parse_row(line: int, cells: list[str], width: int) -> UsageRow | RejectedRow:
    if len(cells) < 4 or len(cells) > max(width, 4):
        return RejectedRow(line, _("a row needs at least four columns: app, date, time, duration"))
    app = cells[0]
    day, second, duration = _parse_date(cells[1]), _parse_time(cells[2]), _parse_duration(cells[3])
    if day and not app.strip():
        return RejectedRow(line, _("the app name is missing"))
    if day is None or second is None:
        return RejectedRow(line, _("there is no such date or time"))
    if duration is None:
        return RejectedRow(line, _("the duration must look like 0:03:01"))
    return UsageRow(line, app, day, second, duration)


def _has_date_or_time(cells: list[str]) -> bool:
    """Whether the cells of a line have a date or a time in the columns where rows have it."""
    return bool((len(cells) > 1 and _parse_date(cells[1])) or (len(cells) > 2 and _parse_time(cells[2]) is not None))


def _is_text(cells: list[str], matcher: ChannelMatcher) -> bool:
    """Whether these are several words, and not about an app of a channel."""
    return len(" ".join(cells).split()) > 1 and not matcher.by_app(cells[0])


def _normalize(text: str) -> str:
    """The text with plain blanks and digits, and without the marks that control the direction of writing."""
    text = unicodedata.normalize("NFKC", text)
    return " ".join("".join(letter for letter in text if unicodedata.category(letter) != "Cf").split())


@lru_cache(maxsize=4096)
def _parse_date(cell: str) -> WrittenDate | None:
    match = _DATE.fullmatch(_normalize(cell))
    if not match:
        return None
    return WrittenDate((match[1], match[2], match[3]), "." in match[0], bool(re.search(r"\d\.? \d", match[0])))


def _parse_time(cell: str) -> int | None:
    """A time of day of a 12-hour or 24-hour clock, in seconds since midnight."""
    match, half = _TIME.fullmatch(cell), ""
    if match:
        hours, minutes, seconds = int(match[1]), int(match[2]), int(match[3])
    else:
        match = _ANY_TIME.fullmatch(_normalize(cell).casefold())
        if not match:
            return None
        hours, minutes, seconds = int(match[2]), int(match[3]), int(match[4] or 0)
        half = re.sub(r"[\s.·,]", "", match[1] + match[5])
    if half:
        if not 1 <= hours <= 12 and not (hours == 0 and half in _MORNING):
            hours = hours if hours < 24 and half in _AFTERNOON else 24
        elif half in _MORNING or half in _AFTERNOON:
            hours = hours % 12 + (12 if half in _AFTERNOON else 0)
        elif half in _NOON:
            hours = hours if hours > 10 else hours + 12
        else:
            return None
    return hours * 3600 + minutes * 60 + seconds if hours < 24 and minutes < 60 and seconds < 60 else None


def _parse_duration(cell: str) -> int | None:
    """`0:03:01` or, on old phones, `03:01`, in seconds."""
    match = _DURATION.fullmatch(cell) or _DURATION.fullmatch(_normalize(cell))
    if not match:
        return None
    hours, minutes, seconds = int(match[1] or 0), int(match[2]), int(match[3])
    if seconds > 59 or (match[1] and minutes > 59):
        return None
    return hours * 3600 + minutes * 60 + seconds


def date_order(rows: UsageRows, now: int, english: bool) -> tuple[str, bool]:
    """The order of the numbers in a file's dates, and whether it is more than a guess.

    It is a guess where only the style of the dates decides.
    """
    counts = Counter(rows.dates())
    if not counts or any(len(day.numbers[0]) == 4 for day in counts):
        return "Y/M/D", True
    padded = any(len(day.numbers[2]) == 4 or day.numbers[0][0] == "0" for day in counts)
    day_first = padded or not english or any(day.dotted for day in counts)
    orders = ["D/M/Y", "M/D/Y"] if day_first else ["M/D/Y", "D/M/Y"]
    if all(day.spaced and len(day.numbers[2]) < 3 for day in counts):
        orders.insert(0, "Y/M/D")
    changes = [day for day, _same in groupby(rows.dates())]
    tomorrow = datetime.fromtimestamp(now, UTC).date() + timedelta(1)

    def cost(order: str) -> tuple[int, int, int, int]:
        """What speaks against an order, the strongest first: numbers of dates, and the span in days."""
        impossible = sum(count for day, count in counts.items() if not _to_date(day, order))
        days = [day for written in changes if (day := _to_date(written, order))]
        rising = sum(later > earlier for earlier, later in pairwise(days))
        unlikely = sum(day > tomorrow or day.year < _FIRST_YEAR for day in days)
        span = (max(days) - min(days)).days if days else 0
        return impossible, min(rising, len(days) - 1 - rising), unlikely, span

    costs = [cost(order) for order in orders]
    return orders[costs.index(min(costs))], costs.count(min(costs)) == 1


def _to_date(written: WrittenDate, order: str) -> date | None:
    year, month, day = (int(written.numbers[index]) for index in _PLACES[order])
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class _CalendarDate(NamedTuple):
    """A date, the instant of its midnight (UTC seconds), and whether the clock changes on it."""

    date: date
    midnight: int
    clock_changes: bool


class InstantConverter:
    """Converts the dates and times of a file to UTC seconds, row by row from old to new."""

    def __init__(self, zone: str, order: str) -> None:
        self._zone = zone
        self._order = order
        self._previous = 0
        self._days: dict[WrittenDate, _CalendarDate | None] = {}

    def day(self, written: WrittenDate) -> _CalendarDate | None:
        """The day that is written; None if it is no date."""
        if written not in self._days:
            day = _to_date(written, self._order)
            self._days[written] = None
            if day and 1970 < day.year < 2100:
                midnight, next_midnight = wall_instant(self._zone, day, 0), wall_instant(self._zone, day, DAY)
                self._days[written] = _CalendarDate(day, midnight, next_midnight - midnight != DAY)
        return self._days[written]

    def instant(self, row: UsageRow) -> int | None:
        """When the row began; None where it has no date. A time that is shown twice is the first one that is not before
        the row before. Raises TrackerError for a time that a change of the clocks skipped."""
        day = self.day(row.date)
        if not day:
            return None
        instant = day.midnight + row.second
        if day.clock_changes:
            instant = wall_instant(self._zone, day.date, row.second)
            refuse_skipped(self._zone, instant, row.second)
            if instant < self._previous:
                instant = wall_instant(self._zone, day.date, row.second, fold=1)
        self._previous = instant
        return instant


def is_newest_first(rows: UsageRows, times: InstantConverter) -> bool:
    """Whether the file runs from new to old, as the app exports it, or was sorted the other way since."""
    moments = ((day.midnight, second) for written, second in rows.moments() if (day := times.day(written)))
    rising = falling = 0
    for earlier, later in pairwise(moments):
        rising += earlier < later
        falling += earlier > later
    return falling >= rising
