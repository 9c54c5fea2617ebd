"""The scan statistic behind `check_cluster`: half hours with more openings than is usual at that time.

A half hour that begins with an opening and holds k of them is flagged if P(X ≥ k − 1) < ALPHA / n: X is Poisson, n the
openings in the window of days. The mean is the user's own rate per hour of the day on the *other* days, summed over the
half hour, times the level of its day (`DayLevels`). The first opening only says where the half hour begins, so it is
no evidence. Each of the n openings begins one half hour, so by Bonferroni's bound at most 5 % of windows of chance
raise any of them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter

from tracker.analytics.patterns.detector_input import placed_openings
from tracker.analytics.patterns.finding import Cluster
from tracker.analytics.patterns.openings import LEAST_IN_WINDOW, WINDOW_SECONDS, crowded_windows
from tracker.analytics.statistics.distributions import poisson_sf
from tracker.calendar.days import WallClock
from tracker.calendar.zones import DAY
from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.openings import Opening, WallTimes

HOUR = 3600

#: Logged days before anything is flagged.
LEAST_DAYS = 14
#: The chance that a window of days by chance has any flagged half hour.
ALPHA = 0.05
#: An hour without any opening on the other days is given this many: "none in 27 days" does not mean never. The
#: median of a Poisson count of none is 0.7 of one, its maximum likelihood 0; half of one is Jeffreys' prior.
FLOOR = 0.5
#: Added to both counts of a level, so that a day with few openings is not called many times as busy.
ONE = 1.0
#: Expected counts are rounded down to this step to find, once for each, how many openings would be too few.
STEP = 0.5


class HourlyCounts(Record):
    """Openings in each of the 24 hours of the wall clock, over so many logged days."""

    hours: tuple[int, ...]
    days: int

    def rates(self) -> list[float]:
        """Openings per hour and day, for each of the 24 hours."""
        return [max(count, FLOOR) / self.days for count in self.hours]


class OtherDays:
    """What the other days of a window make usual for each of its days (leave one day out).

    A day's own burst would otherwise raise what it is compared with. `days` is the number of logged days. A running day
    counts as a whole one: the rate is at most 1/27 too low.
    """

    def __init__(self, times: WallTimes, days: int) -> None:
        self._days = days
        self._by_day: dict[int, list[int]] = {}
        self._total = [0] * 24
        self._rates: dict[int, list[float]] = {}
        counts = Counter([day * 24 + second // HOUR for day, second in zip(times.days, times.seconds, strict=True)])
        for day_and_hour, count in counts.items():
            day, hour = divmod(day_and_hour, 24)
            self._by_day.setdefault(day, [0] * 24)[hour] = count
            self._total[hour] += count

    def counts(self, day: int) -> HourlyCounts:
        """The openings of the other logged days."""
        own = self._by_day.get(day)
        if own is None:
            return HourlyCounts(tuple(self._total), self._days)
        return HourlyCounts(tuple(total - mine for total, mine in zip(self._total, own, strict=True)), self._days - 1)

    def rates(self, day: int) -> list[float]:
        """Openings per hour on the other days, for each of the 24 hours."""
        rates = self._rates.get(day)
        if rates is None:
            rates = self._rates[day] = self.counts(day).rates()
        return rates

    def lowest_rates(self) -> list[float]:
        """For each of the 24 hours a rate that the other days of no day are below."""
        most = map(max, zip(*self._by_day.values(), strict=True)) if self._by_day else [0] * 24
        counts = tuple(total - own for total, own in zip(self._total, most, strict=True))
        return HourlyCounts(counts, self._days).rates()


def expected_count(rates: Sequence[float], second: int, seconds: int) -> float:
    """Openings expected in `seconds` from this second of the day on, at 24 hourly rates: Σλₕ over parts of hours."""
    total = 0.0
    while seconds > 0:
        part = min(seconds, HOUR - second % HOUR)
        total += rates[second // HOUR % 24] * part
        second += part
        seconds -= part
    return total / HOUR


class DayLevels:
    """How busy each day is as a whole, compared with what the other days make usual for it.

    A day that is busy from morning to evening is no burst. The level of a day without one of its half hours is
    (counted + ONE) / (expected + ONE), both without that half hour, and 1 at least. Of the running day only the time up
    to its last opening is expected: with `now` a burst would come and go with the clock.
    """

    def __init__(self, log: DetectorInput, times: WallTimes, others: OtherDays) -> None:
        self._counts = Counter(times.days)
        self._others = others
        self._starts_at = log.starts_at
        wall = WallClock.of(log.zone, log.starts_at)
        self._today = wall.day_number(log.now)
        last = min(log.now, log.openings[-1].start) if log.openings else log.now
        self._today_until = wall.second_of_day(last)
        self._expected: dict[int, float] = {}

    def without(self, day: int, counted: int, expected: float) -> float:
        """The level of a day without `counted` of its openings, where `expected` were expected."""
        whole_day = self._expected.get(day)
        if whole_day is None:
            rates = self._others.rates(day)
            if day == self._today:
                whole_day = expected_count(rates, self._starts_at, (self._today_until - self._starts_at) % DAY)
            else:
                whole_day = sum(rates)
            self._expected[day] = whole_day
        return max((self._counts[day] - counted + ONE) / (max(whole_day - expected, 0.0) + ONE), 1.0)


class FlaggedWindow(Record):
    """A flagged half hour: its chance, the indexes of its first and last opening, and how many are expected."""

    p: float
    first: int
    last: int
    expected: float


class Scan:
    """The scan over the openings of a log's window of days, which lie at `times`."""

    def __init__(self, log: DetectorInput, times: WallTimes) -> None:
        self.others = OtherDays(times, len(log.window))
        self.levels = DayLevels(log, times, self.others)
        self.threshold = ALPHA / max(len(times.starts), 1)
        self._times = times
        self._least: dict[int, int] = {}

    def expected(self, first: int, last: int, seconds: int = WINDOW_SECONDS) -> float:
        """Openings expected in `seconds` from opening `first` on, on a day as busy as its day is but for first…last."""
        expected = self._on_other_days(first, seconds)
        return expected * self.levels.without(self._times.days[first], last - first + 1, expected)

    def _on_other_days(self, place: int, seconds: int) -> float:
        return expected_count(self.others.rates(self._times.days[place]), self._times.seconds[place], seconds)

    def flagged(self) -> list[FlaggedWindow]:
        """The flagged half hours by time; they may overlap."""
        windows = []
        lowest = self.others.lowest_rates()
        # A count below this cannot be flagged in that hour of any day, wherever in it the half hour begins.
        rates = [min(lowest[hour], lowest[(hour + 1) % 24]) for hour in range(24)]
        least = [self._least_count(rate * WINDOW_SECONDS / HOUR) for rate in rates]
        for first, last in crowded_windows(self._times.starts, min(least)):
            count = last - first + 1
            if count < least[self._times.seconds[first] // HOUR]:
                continue
            if count >= self._least_count(self._on_other_days(first, WINDOW_SECONDS)):
                expected = self.expected(first, last)
                p = poisson_sf(count - 2, expected)
                if p < self.threshold:
                    windows.append(FlaggedWindow(p, first, last, expected))
        return windows

    def _least_count(self, expected: float) -> int:
        """A count below this cannot be flagged where so many are expected. It settles most half hours of a busy log."""
        step = int(expected / STEP)
        least = self._least.get(step)
        if least is None:
            mean = step * STEP
            most = int(mean + 10 * mean**0.5) + 60  # far beyond what any threshold here asks for
            counts = range(LEAST_IN_WINDOW, most)
            place = bisect_left(counts, True, key=lambda count: poisson_sf(count - 2, mean) < self.threshold)
            least = self._least[step] = LEAST_IN_WINDOW + place
        return least


def clusters(log: DetectorInput) -> tuple[Cluster, ...]:
    """Every cluster of the log's window of days, by time; none before LEAST_DAYS logged days."""
    if len(log.window) < LEAST_DAYS:
        return ()
    openings, times = placed_openings(log)
    return joined_windows(openings, Scan(log, times), log.starts_at)


def joined_windows(openings: Sequence[Opening], scan: Scan, starts_at: int) -> tuple[Cluster, ...]:
    """The clusters of a scan, by time: flagged half hours that share an opening are one."""
    groups: list[list[FlaggedWindow]] = []
    last = -1
    for window in scan.flagged():
        if window.first <= last:
            groups[-1].append(window)
        else:
            groups.append([window])
        last = window.last
    return tuple(_cluster(openings, scan, group, starts_at) for group in groups)


def _cluster(openings: Sequence[Opening], scan: Scan, group: Sequence[FlaggedWindow], starts_at: int) -> Cluster:
    # The strongest half hour: least likely, then most openings, then earliest.
    peak = min(group, key=lambda window: (window.p, window.first - window.last, window.first))
    first, last = group[0].first, group[-1].last
    members = openings[first : last + 1]
    start, end = members[0].start, members[-1].start
    return Cluster(
        date=WallClock.of(members[0].zone, starts_at).day(start),
        start=start,
        end=end,
        zone=members[0].zone,
        openings=len(members),
        expected=scan.expected(first, last, max(WINDOW_SECONDS, end - start)),
        p=peak.p,
        peak_start=openings[peak.first].start,
        peak_openings=peak.last - peak.first + 1,
        peak_expected=peak.expected,
        channels=tuple(dict.fromkeys(member.channel for member in members)),
        sessions=tuple(session for member in members for session in member.session_ids),
    )
