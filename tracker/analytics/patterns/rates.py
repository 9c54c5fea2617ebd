"""How many openings are usual in each hour of the day: λₕ, the user's own rate on *other* days of the window."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import repeat
from operator import sub

from tracker.analytics.patterns.openings import Openings
from tracker.calendar.days import by_day
from tracker.calendar.zones import DAY
from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.analytics.patterns.openings import Opening

HOUR = 3600

#: An hour without any opening on the other days is given this many: "none in 27 days" does not mean never. The
#: median of a Poisson count of none is 0.7 of one, its maximum likelihood 0; half of one is Jeffreys' prior.
FLOOR = 0.5


#: An opening more on either side, so that a day with few of them is not called many times as busy.
ONE = 1.0


class Usual(Record):
    """Openings per hour of the wall clock (24 counts) over so many logged days."""

    hours: tuple[int, ...]
    days: int

    def rates(self) -> list[float]:
        """Openings per hour, for each of the 24 clock hours."""
        return [max(count, FLOOR) / self.days for count in self.hours]


class Places(Record):
    """Where openings lie by the wall clock, in three lists of one length."""

    starts: list[int]
    #: The number of the day each belongs to.
    days: list[int]
    #: The second of the clock's day, from midnight.
    seconds: list[int]


def places(openings: Iterable[Opening], starts_at: int) -> Places:
    """The place of each opening by the wall clock of its own zone, the openings given by start."""
    columns = Openings.of(openings)
    starts = columns.starts
    days: list[int] = []
    seconds: list[int] = []
    for first, stop, wall in by_day(starts, columns.zones, starts_at):
        begins, ends, _date = wall.around(starts[first])
        shift = wall.offset(begins)
        days += [wall.day_number(starts[first])] * (stop - first)
        if shift == wall.offset(ends - 1):
            midnight = begins - (begins + shift) % DAY
            turn = bisect_left(starts, midnight + DAY, first, stop)  # from there on it is the next date's clock
            seconds += map(sub, starts[first:turn], repeat(midnight))
            seconds += map(sub, starts[turn:stop], repeat(midnight + DAY))
        else:  # on the two days a year when the clock changes
            seconds += map(wall.second_of_day, starts[first:stop])
    return Places(starts, days, seconds)


class OtherDays:
    """The rates of each day of a window, reckoned from the other days only (leave one day out).

    A day's own burst would otherwise raise what it is compared with.
    """

    def __init__(self, where: Places, days: int) -> None:
        self._days = days
        self._starts: dict[int, list[int]] = {}
        self._total = [0] * 24
        self._rows: dict[int, list[float]] = {}
        counts = Counter([day * 24 + second // HOUR for day, second in zip(where.days, where.seconds, strict=True)])
        for place, count in counts.items():
            day, hour = divmod(place, 24)
            self._starts.setdefault(day, [0] * 24)[hour] = count
            self._total[hour] += count

    def usual(self, day: int) -> Usual:
        """What the other logged days counted."""
        own = self._starts.get(day)
        if own is None:
            return Usual(tuple(self._total), self._days)
        return Usual(tuple(total - mine for total, mine in zip(self._total, own, strict=True)), self._days - 1)

    def rates(self, day: int) -> list[float]:
        """Openings per hour on the other days, for each of the 24 clock hours."""
        row = self._rows.get(day)
        if row is None:
            row = self._rows[day] = self.usual(day).rates()
        return row

    def least(self) -> list[float]:
        """For each of the 24 clock hours, openings per hour that no day's other days have fewer of."""
        most = map(max, zip(*self._starts.values(), strict=True)) if self._starts else [0] * 24
        return Usual(tuple(total - own for total, own in zip(self._total, most, strict=True)), self._days).rates()


class Levels:
    """How busy each day is as a whole, against what the other days make usual for it.

    A day that is busy throughout is no burst, so a half hour is compared with as many times the usual count as the
    rest of its day has: (counted + ONE) / (usual + ONE), both but for that half hour, and 1 at least.
    """

    def __init__(self, where: Places, others: OtherDays, now: tuple[int, int], starts_at: int) -> None:
        self._counts = Counter(where.days)
        self._others = others
        self._now = now
        self._starts_at = starts_at
        self._usual: dict[int, float] = {}

    def but_for(self, day: int, counted: int, usual: float) -> float:
        """The level of a day without so many of its openings, where so many are usual."""
        whole = self._usual.get(day)
        if whole is None:
            whole = self._usual[day] = self._so_far(day)
        return max((self._counts[day] - counted + ONE) / (max(whole - usual, 0.0) + ONE), 1.0)

    def _so_far(self, day: int) -> float:
        """Openings usual on the day: all of it, or up to now if it is the running one."""
        rates = self._others.rates(day)
        today, second = self._now
        if day != today:
            return sum(rates)
        return expected(rates, self._starts_at, (second - self._starts_at) % DAY)


def expected(rates: Sequence[float], second: int, seconds: int) -> float:
    """Openings usual in the `seconds` after this second of the day: Σλₕ over the fractions of clock hours touched."""
    total = 0.0
    while seconds > 0:
        part = min(seconds, HOUR - second % HOUR)
        total += rates[second // HOUR % 24] * part
        second += part
        seconds -= part
    return total / HOUR
