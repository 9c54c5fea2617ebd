"""Days, weeks and nights: which one an instant or a date belongs to, and its bounds.

A day starts at the first instant at which the wall clock shows `starts_at` (seconds after midnight) or later, and ends
where the next one starts. It has 23 or 25 hours over a clock change, and is empty where a zone skipped a date. If the
clock change skips `starts_at`, the day starts at the change. So days never overlap and have no gaps, and the parts of a
session that is cut at the bounds of days always sum to the session.

A week has seven days from the locale's first weekday on. It has the name (`2026-W48`) of the ISO week that its fourth
day is in, which is the one with most of its days; for weeks from Monday this is ISO's own rule. Dates are `YYYY-MM-DD`,
weekdays Monday 0 … Sunday 6.
"""

from __future__ import annotations

import datetime
import os
from bisect import bisect_left, bisect_right
from itertools import compress, islice
from operator import ne

from tracker.calendar.clock import BLOCK_BITS, EPOCH_ORDINAL, block, known_zone, wall_instant
from tracker.domain.errors import TrackerError
from tracker.domain.models import DAY
from tracker.domain.record import Record
from tracker.domain.text import refusal
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: The years of a log; others are typing errors, and would leave the calendar.
YEARS = range(1970, 3000)

#: 1 January 1970 was a Thursday.
EPOCH_WEEKDAY = 3

_walls: dict[tuple[str, int], WallClock] = {}


class WallClock:
    """The wall clock of one zone, fast enough for loops over many instants: integers and, rarely, a bisection.

    `starts_at` is when a day starts, in seconds after midnight. What it caches never changes.
    """

    __slots__ = ("_days", "_from", "_offset", "_until", "starts_at", "zone")

    def __init__(self, zone: str, starts_at: int = 0) -> None:
        self.zone = zone
        self.starts_at = starts_at
        self._from = self._until = self._offset = 0
        self._days: dict[int, tuple[int, int, str]] = {}

    @classmethod
    def of(cls, zone: str, starts_at: int = 0) -> WallClock:
        """The cached wall clock of `zone`, or of UTC for an unknown zone."""
        key = zone, starts_at
        if key not in _walls:
            _walls[key] = cls(known_zone(zone), starts_at)
        return _walls[key]

    def offset(self, instant: int) -> int:
        """Seconds east of UTC."""
        if not self._from <= instant < self._until:
            self._move_to(instant)
        return self._offset

    def hour(self, instant: int) -> int:
        """The hour the clock shows, 0..23."""
        return (instant + self.offset(instant)) % DAY // 3600

    def second_of_day(self, instant: int) -> int:
        """What the clock shows, in seconds after midnight."""
        return (instant + self.offset(instant)) % DAY

    def day(self, instant: int) -> str:
        """The date of the day the instant belongs to."""
        return self.around(instant)[2]

    def day_number(self, instant: int) -> int:
        """The day the instant belongs to, in days since 1 January 1970."""
        number = (instant + self.offset(instant) - self.starts_at) // DAY
        # A clock that is set back over the start of a day shows the hours of the day before, but the day has begun.
        while instant >= self._bounds(number)[1]:
            number += 1
        return number

    def bounds(self, date: str) -> tuple[int, int]:
        """The first instant of a day and the first of the next."""
        return self._bounds(datetime.date.fromisoformat(date).toordinal() - EPOCH_ORDINAL)[:2]

    def around(self, instant: int) -> tuple[int, int, str]:
        """The first instant of the day the instant belongs to, the first of the next, and its date."""
        return self._bounds(self.day_number(instant))

    def cut(self, start: int, end: int) -> list[tuple[str, int, int]]:
        """`(date, start, end)` for each day from `start` to `end`; a moment without length is one part."""
        _, until, date = self.around(start)
        parts = [(date, start, min(end, until))]
        while end > until:
            begin = until
            _, until, date = self.around(begin)
            parts.append((date, begin, min(end, until)))
        return parts

    def _bounds(self, number: int) -> tuple[int, int, str]:
        bounds = self._days.get(number)
        if bounds is None:
            date = datetime.date.fromordinal(number + EPOCH_ORDINAL)
            bounds = self._days[number] = (self._start(number), self._start(number + 1), date.isoformat())
        return bounds

    def _start(self, number: int) -> int:
        wall_seconds = number * DAY + self.starts_at
        instant = wall_seconds - self.offset(wall_seconds)
        if self._from <= instant - DAY and instant + DAY < self._until:  # no clock change anywhere near
            return instant
        return wall_instant(self.zone, datetime.date.fromordinal(number + EPOCH_ORDINAL), self.starts_at)

    def _move_to(self, instant: int) -> None:
        number = instant >> BLOCK_BITS
        segments = block(self.zone, number)
        index = bisect_right(segments, instant, key=lambda segment: segment[0])
        self._from, self._offset = segments[index - 1]
        self._until = segments[index][0] if index < len(segments) else (number + 1) << BLOCK_BITS


def by_day(instants: Sequence[int], zones: Sequence[str], starts_at: int) -> Iterator[tuple[int, int, WallClock]]:
    """Group sorted instants, each with its zone, by day: (index of the first, index after the last, their wall clock).

    Where instants of several zones alternate, a day comes in several parts. The time taken grows with the number of
    parts, not of instants: ten years in one zone have 3,650.
    """
    first = 0
    for zone_stops in (*compress(range(1, len(zones)), map(ne, zones, islice(zones, 1, None))), len(zones)):
        wall = WallClock.of(zones[first], starts_at) if first < zone_stops else None
        while wall and first < zone_stops:
            stop = bisect_left(instants, wall.around(instants[first])[1], first, zone_stops)
            yield first, stop, wall
            first = stop


def day_of(instant: int, zone: str, starts_at: int) -> str:
    """The date of the day the instant belongs to, by the wall clock of `zone`."""
    return WallClock.of(zone, starts_at).day(instant)


def day_bounds(date: str, zone: str, starts_at: int) -> tuple[int, int]:
    """The first instant of a day and the first of the next."""
    return WallClock.of(zone, starts_at).bounds(date)


def next_date(date: str, n: int = 1) -> str:
    """The date `n` days later (earlier, if negative)."""
    return datetime.date.fromordinal(datetime.date.fromisoformat(date).toordinal() + n).isoformat()


def dates(first: str, last: str) -> list[str]:
    """Every date from `first` to `last`, both included."""
    begin, stop = datetime.date.fromisoformat(first).toordinal(), datetime.date.fromisoformat(last).toordinal() + 1
    return [datetime.date.fromordinal(number).isoformat() for number in range(begin, stop)]


def weekday(date: str) -> int:
    """Monday 0 … Sunday 6."""
    return datetime.date.fromisoformat(date).weekday()


def week_of(date: str, first_weekday: int) -> str:
    """The name of the week a date is in."""
    day = datetime.date.fromisoformat(date)
    fourth = day + datetime.timedelta(days=3 - (day.weekday() - first_weekday) % 7)
    year, week, _day = fourth.isocalendar()
    return f"{year}-W{week:02}"


def week_dates(week: str, first_weekday: int) -> list[str]:
    """The seven dates of a week. TrackerError if the year has no such week."""
    first = _monday(week).toordinal() + (first_weekday + 3) % 7 - 3
    return [datetime.date.fromordinal(first + n).isoformat() for n in range(7)]


def next_week(week: str, n: int = 1) -> str:
    """The name of the week `n` weeks later (earlier, if negative)."""
    return week_of((_monday(week) + datetime.timedelta(weeks=n)).isoformat(), 0)


def locale_first_weekday() -> int:
    """The first weekday of the country in `LC_ALL`, `LC_TIME` or `LANG`.

    Monday where no country is known: the `C` locale, or a language alone.
    """
    variables = (os.environ.get(name) for name in ("LC_ALL", "LC_TIME", "LANG"))
    locale = next(filter(None, variables), "C").partition(".")[0].partition("@")[0]
    if locale in ("C", "POSIX"):
        return 0  # Babel says the same, but its import takes some milliseconds
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(locale).first_week_day
    except (ValueError, UnknownLocaleError):
        return 0


def _monday(week: str) -> datetime.date:
    year, _mark, number = week.partition("-W")
    try:
        if int(year) in YEARS:
            return datetime.date.fromisocalendar(int(year), int(number), 1)
    except ValueError:
        pass
    raise no_week(week)


def no_week(text: str) -> TrackerError:
    """The error for what is no week."""
    return refusal(_("“{text}” is not a week; write 2026-W48, last, -2 or 2026-11-23"), text=text)


class SleepHours(Record):
    """When somebody sleeps, from and until, in seconds after midnight.

    A night belongs to the day on which its sleep begins: sleep from 01:00 on Saturday is Friday's night. `on` are
    (weekday, from, until) of the nights with other hours, Monday 0; (from, until) alone is the same for every night.
    `instead` are (from, until) of sleeps that any night with the usual hours may have instead: shifts that change.
    """

    begins: int
    until: int
    on: tuple[tuple[int, int, int], ...] = ()
    instead: tuple[tuple[int, int], ...] = ()

    def of_weekday(self, weekday: int) -> tuple[int, int]:
        """From and until of the nights that begin on a weekday."""
        hours = [(begins, until) for day, begins, until in self.on if day == weekday]
        return hours[0] if hours else (self.begins, self.until)

    def nights(self, number: int, starts_at: int) -> list[tuple[int, int]]:
        """(begin, length) of each sleep that a day's night may have, the usual one first.

        It begins in seconds of the wall clock since 1970, and lasts so many seconds. `number` is the day in days since
        1 January 1970, `starts_at` when days start in seconds after midnight.
        """
        weekday = (number + EPOCH_WEEKDAY) % 7
        hours = [self.of_weekday(weekday)]
        if all(day != weekday for day, _begins, _until in self.on):
            hours += self.instead
        return [
            (number * DAY + starts_at + (begins - starts_at) % DAY, (until - begins) % DAY) for begins, until in hours
        ]
