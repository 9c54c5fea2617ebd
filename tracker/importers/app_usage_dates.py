"""The dates and times of an App Usage export, which are its phone's own, as UTC seconds.

*Which number is the month* is decided for the whole file, because one row cannot tell 9 November from 11 September.
Phones write dates their own way (`12/5/19`, `05/12/2019`, `2019. 12. 5.`). In this order: a number over 12 is a day;
dates go down the file from new to old; nothing lies in the future, or before there was the app; a phone is used from
day to day, so the reading is right that spans fewer days. Where all this leaves it open, as for a file of one day, the
way of writing decides: the day comes first behind dots, with a year of four digits, with a padded zero and in every
language but English. The user is told so, and can say the order.

*The hour that the clock shows twice in autumn* is told apart by the order of the rows: times only grow from old to new,
so where the wall clock jumps back, the second showing has begun.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.calendar.zones import to_utc

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.importers.app_usage_rows import Row, When

_DAY = 86_400

#: A date's numbers as year, month, day: for each way of writing, where each of them stands.
ORDERS = {"Y/M/D": (0, 1, 2), "M/D/Y": (2, 0, 1), "D/M/Y": (2, 1, 0)}

#: The app is not older.
_FIRST_YEAR = 2012

UNORDERED, NEW_TO_OLD, OLD_TO_NEW = 0, -1, 1


def order(down: Sequence[When], now: int, english: bool) -> tuple[str, bool]:
    """The way that a file writes its dates, given down the file, and whether anything but the writing told it."""
    counted = Counter(down)
    if not counted or any(len(day.numbers[0]) == 4 for day in counted):
        return "Y/M/D", True
    changes = [day for day, before in zip(down, [None, *down], strict=False) if day != before]
    tomorrow = date.fromordinal(date(1970, 1, 1).toordinal() + now // _DAY + 1)

    def against(way: str) -> tuple[int, int, int, int]:
        days = [_as_date(day, way) for day in changes]
        known = [day for day in days if day]
        impossible = sum(count for day, count in counted.items() if not _as_date(day, way))
        rising = sum(later > earlier for earlier, later in pairwise(known))
        strange = sum(day > tomorrow or day.year < _FIRST_YEAR for day in known)
        spans = (max(known) - min(known)).days if known else 0
        return impossible, min(rising, len(known) - 1 - rising), strange, spans

    ways = _ways(counted, english)
    costs = [against(way) for way in ways]
    return ways[costs.index(min(costs))], costs.count(min(costs)) == 1


def _ways(days: Counter[When], english: bool) -> list[str]:
    """The orders that may be, the likeliest first by the way of writing alone."""
    padded = any(len(day.numbers[2]) == 4 or day.numbers[0][0] == "0" for day in days)
    day_first = padded or not english or any(day.dotted for day in days)
    ways = ["D/M/Y", "M/D/Y"] if day_first else ["M/D/Y", "D/M/Y"]
    return ["Y/M/D", *ways] if all(day.spaced and len(day.numbers[2]) < 3 for day in days) else ways


def _as_date(when: When, way: str) -> date | None:
    year, month, day = (int(when.numbers[place]) for place in ORDERS[way])
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class Wall:
    """From the file's dates and times to UTC seconds, row by row from old to new."""

    def __init__(self, zone: str, way: str) -> None:
        self._zone = zone
        self._way = way
        self._last = 0
        self._midnights: dict[When, tuple[date, int, bool] | None] = {}

    def day(self, when: When) -> tuple[date, int, bool] | None:
        """The date, its first instant, and whether the clock changes on it; None for no date of ours."""
        if when not in self._midnights:
            self._midnights[when] = self._look_up(when)
        return self._midnights[when]

    def _look_up(self, when: When) -> tuple[date, int, bool] | None:
        day = _as_date(when, self._way)
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


def direction(rows: Sequence[Row], wall: Wall) -> int:
    """Whether the file runs from new to old, as it is exported, or was turned round since."""
    days = [(found[1], row.second) for row in rows if (found := wall.day(row.date))]
    rising = sum(earlier < later for earlier, later in pairwise(days))
    falling = sum(earlier > later for earlier, later in pairwise(days))
    return NEW_TO_OLD if falling >= rising else OLD_TO_NEW
