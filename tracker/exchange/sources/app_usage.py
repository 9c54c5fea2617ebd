"""Android's "App Usage" CSV export: what was in front on a phone, when and for how long, to the second.

An app's row gives its start and how long it was in front; a row for the screen going off inside that time ends it
(the app rounds its seconds up, the screen does not). Rows for the screen and for the phone itself are read and
ignored, and so are apps that are no channel of ours. A duration of zero is a true fact: a look.

A row for a notification names its app in brackets, whatever the language around it: `Notification posted (YouTube)`.
Those of channels of ours are kept, beside the sessions: what was opened unasked cannot be told without them.

*Which number is the month* is decided for the whole file, because one row cannot tell 9 November from 11 September.
Phones write dates their own way (`12/5/19`, `05/12/2019`). In this order: a number over 12 is a day; dates go down
the file from new to old; nothing lies in the future; a year of four digits or a padded zero means that the day comes
first, as every language but American English writes it.

*The hour that the clock shows twice in autumn* is told apart by the same order: times only grow from old to new, so
where the wall clock jumps back, the second showing has begun.
"""

from __future__ import annotations

import csv
import re
from bisect import bisect_right
from collections import Counter
from datetime import date
from itertools import pairwise

from tracker import files
from tracker.calendar.zones import to_utc
from tracker.exchange.fact import LAST_INSTANT, MEASURED, Fact, Reader, Reading, Rejected, hashed, key_of
from tracker.locale import _
from tracker.model import LONGEST_SESSION, TrackerError
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

HEADERS = (
    ("app name", "date", "time", "duration"),
    ("nom de l'application", "date", "heure", "durée"),
    ("nom de l’application", "date", "heure", "durée"),
)

#: The rows that say that nothing is in front any more, in the languages seen so far.
_DARK = re.compile(r"(screen off|écran éteint)( \(.*\))?|device shutdown|arrêt de l.appareil", re.IGNORECASE)

#: The row for a notification; its app is in the outermost brackets: an app may have brackets in its name.
_NOTIFIED = re.compile(r"notification\b[^(]*\((.+)\)\s*", re.IGNORECASE)

_LINE = re.compile(r'"((?:[^"]|"")*)","([^"]*)","([^"]*)","([^"]*)"')
_DATE = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})\.?")
_TIME = re.compile(r"(\d{1,2}):(\d\d):(\d\d)(?:\s*([ap])\.?m\.?)?", re.IGNORECASE)
_DURATION = re.compile(r"(\d{1,4}):(\d\d):(\d\d)")

_DAY = 86_400

#: A date's numbers as year, month, day: for each way of writing, where each of them stands.
_YEAR_FIRST, _MONTH_FIRST, _DAY_FIRST = (0, 1, 2), (2, 0, 1), (2, 1, 0)

_UNORDERED, _NEW_TO_OLD, _OLD_TO_NEW = 0, -1, 1


class Row(Record):
    """A line of the file: its number, the app, the three numbers of its date as written, seconds since midnight, and
    how many seconds it was in front."""

    line: int
    app: str
    date: tuple[str, str, str]
    second: int
    lasts: int


def read(path: str, reader: Reader) -> Reading:
    """The facts of one export. Raises TrackerError for a file that is no App Usage export at all."""
    rows, rejected = _rows(_text(path), path)
    order = _date_order(Counter(row.date for row in rows), [row.date for row in rows], reader.now)
    wall = _Wall(reader.zone, order)
    timed = []
    for row in rows if _direction(rows, wall) is not _NEW_TO_OLD else reversed(rows):
        start = wall.instant(row)
        if start is None:
            rejected.append(Rejected(row.line, _("there is no such date or time")))
        else:
            timed.append((start, row))
    facts = _facts(timed, reader)
    rejected.sort()
    notified = tuple(_notifications(timed, reader))
    return Reading(facts, len(timed) - len(facts), rejected, {}, notified, _strangers(rows, reader))


def _strangers(rows: list[Row], reader: Reader) -> Counter[str]:
    """The apps that are no channel's, by the rows in which they were in front for a second or more."""
    counted = Counter(row.app for row in rows if row.lasts)
    return Counter(
        {app: n for app, n in counted.items() if not reader.recogniser.app(app) and not _DARK.fullmatch(app)}
    )


def _text(path: str) -> str:
    try:
        raw = files.read_bytes(path)
    except OSError as error:
        raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=error.strerror)) from None
    # A file cut off in the middle of a letter is still good up to there.
    return raw.decode("utf-8-sig", "replace")


def _rows(text: str, path: str) -> tuple[list[Row], list[Rejected]]:
    lines = text.split("\n")
    if tuple(cell.strip().lower() for cell in _cells(lines[0]) or ()) not in HEADERS:
        raise TrackerError(
            _("{path} is no App Usage export: its first line is not “App name, Date, Time, Duration”").format(path=path)
        )
    rows, rejected = [], []
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        row = _row(number, line)
        if isinstance(row, Row):
            rows.append(row)
        else:
            rejected.append(row)
    return rows, rejected


def _row(number: int, line: str) -> Row | Rejected:
    cells = _cells(line)
    if cells is None or len(cells) != 4:
        return Rejected(number, _("a row has four columns: app, date, time, duration"))
    app, day, time, lasts = cells
    numbers, clock, duration = (
        pattern.fullmatch(cell.strip()) for pattern, cell in ((_DATE, day), (_TIME, time), (_DURATION, lasts))
    )
    if not app.strip() or not numbers:
        return Rejected(number, _("there is no app's name") if numbers else _("there is no such date or time"))
    second = _second_of_day(clock) if clock else None
    if second is None:
        return Rejected(number, _("there is no such date or time"))
    if not duration:
        return Rejected(number, _("a duration is written like 0:03:01"))
    hours, minutes, seconds = (int(part) for part in duration.groups())
    return Row(number, app, (numbers[1], numbers[2], numbers[3]), second, hours * 3600 + minutes * 60 + seconds)


def _cells(line: str) -> list[str] | None:
    """The cells of one line. No name of an app spans lines, so a quote that is never closed costs one row only."""
    plain = _LINE.fullmatch(line.rstrip("\r"))
    if plain:
        return [plain[1].replace('""', '"'), plain[2], plain[3], plain[4]]
    try:
        return next(csv.reader([line.rstrip("\r")]), None)
    except csv.Error:
        return None


def _second_of_day(clock: re.Match[str]) -> int | None:
    hours, minutes, seconds = int(clock[1]), int(clock[2]), int(clock[3])
    if clock[4]:
        hours = hours % 12 + (12 if clock[4] in "pP" else 0)
    return hours * 3600 + minutes * 60 + seconds if hours < 24 and minutes < 60 and seconds < 60 else None


def _date_order(counted: Counter[tuple[str, str, str]], down: list[tuple[str, str, str]], now: int) -> tuple[int, ...]:
    """The way this file writes its dates, as the docstring above says."""
    if any(len(first) == 4 for first, _second, _third in counted):
        return _YEAR_FIRST
    changes = [day for day, before in zip(down, [None, *down], strict=False) if day != before]
    padded = any(len(third) == 4 or first[0] == "0" for first, _second, third in counted)
    tomorrow = date.fromordinal(date(1970, 1, 1).toordinal() + now // _DAY + 1)

    def against(order: tuple[int, ...]) -> tuple[int, int, int]:
        days = [_as_date(day, order) for day in changes]
        known = [day for day in days if day]
        impossible = sum(count for day, count in counted.items() if not _as_date(day, order))
        rising = sum(later > earlier for earlier, later in pairwise(known))
        return impossible, min(rising, len(known) - 1 - rising), sum(day > tomorrow for day in known)

    ways = (_DAY_FIRST, _MONTH_FIRST) if padded else (_MONTH_FIRST, _DAY_FIRST)
    return min(ways, key=against)


def _as_date(numbers: tuple[str, str, str], order: tuple[int, ...]) -> date | None:
    year, month, day = (int(numbers[place]) for place in order)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class _Wall:
    """From the file's dates and times to UTC seconds, row by row from old to new."""

    def __init__(self, zone: str, order: tuple[int, ...]) -> None:
        self._zone = zone
        self._order = order
        self._last = 0
        self._midnights: dict[tuple[str, str, str], tuple[date, int, bool] | None] = {}

    def day(self, numbers: tuple[str, str, str]) -> tuple[date, int, bool] | None:
        """The date, its first instant, and whether the clock changes on it; None for no date of ours."""
        if numbers not in self._midnights:
            self._midnights[numbers] = self._look_up(numbers)
        return self._midnights[numbers]

    def _look_up(self, numbers: tuple[str, str, str]) -> tuple[date, int, bool] | None:
        day = _as_date(numbers, self._order)
        if not day or not 1970 < day.year < 2100:
            return None
        following = date.fromordinal(day.toordinal() + 1)
        midnight = to_utc(self._zone, day.year, day.month, day.day, 0, 0)
        next_midnight = to_utc(self._zone, following.year, following.month, following.day, 0, 0)
        return day, midnight, next_midnight - midnight != _DAY

    def instant(self, row: Row) -> int | None:
        """When the row began; of the two showings of an autumn hour, the first that is not before the last row."""
        found = self.day(row.date)
        if not found:
            return None
        day, midnight, changes = found
        instant = midnight + row.second
        if changes:
            hours, rest = divmod(row.second, 3600)
            wall = (day.year, day.month, day.day, hours, *divmod(rest, 60))
            instant = to_utc(self._zone, *wall)
            if instant < self._last:
                instant = to_utc(self._zone, *wall, fold=1)
        self._last = instant
        return instant


def _direction(rows: list[Row], wall: _Wall) -> int:
    """Whether the file runs from new to old, as it is exported, or was turned round since."""
    days = [(found[1], row.second) for row in rows if (found := wall.day(row.date))]
    rising = sum(earlier < later for earlier, later in pairwise(days))
    falling = sum(earlier > later for earlier, later in pairwise(days))
    return _NEW_TO_OLD if falling >= rising else _OLD_TO_NEW


def _facts(timed: list[tuple[int, Row]], reader: Reader) -> list[Fact]:
    dark = sorted(start for start, row in timed if _DARK.fullmatch(row.app))
    facts = []
    for start, row in timed:
        channel = reader.recogniser.app(row.app)
        if channel and start < LAST_INSTANT:
            # Nothing is in front for over a week; the journal holds no longer session.
            end = start + min(row.lasts, LONGEST_SESSION)
            place = bisect_right(dark, start)
            if place < len(dark):
                end = min(end, dark[place])
            facts.append(Fact(channel, start, end, key_of(start, hashed(row.app.casefold())), MEASURED))
    return facts


def _notifications(timed: list[tuple[int, Row]], reader: Reader) -> Iterator[tuple[str, int]]:
    for at, row in timed:
        named = _NOTIFIED.fullmatch(row.app)
        channel = reader.recogniser.app(named[1]) if named else None
        if channel and at < LAST_INSTANT:
            yield channel, at
