"""The scan statistic behind `check_cluster`: half hours with more openings than is usual at that time.

A half hour that begins with an opening and holds k of them is flagged if P(X ≥ k − 1) < ALPHA / n, n being the openings
in the window of days; or if that is below REPEATED / n on two days or more. The first opening only says where the half
hour begins, so it is no evidence; each of the n openings begins one half hour (Bonferroni).

**Two days.** A habit comes again, chance seldom does: where days are independent, two days below REPEATED / n have a
chance of at most REPEATED² / 2 in a window, less than one below ALPHA / n. So bursts that come again are seen though
each is smaller.

**What is usual** is the largest of several means, times the level of the day (`DayLevels`): the user's own rate per
hour of the day on the *other* days (`OtherDays`); what those very 30 minutes had on all other days; and what they had
on the same weekday, on working days or at the weekend, and on the days most like this one outside that time, where that
is clearly more (`ComparableDays`). So a break at 10:30 that every working day has is usual, and so is what every late
shift has.

**How far counts stray** from that is the person's own: X is a negative binomial count, whose variance is φ times its
mean (Farrington et al. 1996, *J. R. Stat. Soc. A* 159, with quasi-Poisson counts). Few openings say little of φ, so it
is pulled towards that of a real phone, and never taken to be less. A half hour that begins with an opening is likelier
in a busy time: in this model that adds φ − 1 to the mean (the Palm distribution of a gamma-mixed Poisson count).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from itertools import pairwise
from math import sqrt

from tracker.analytics.patterns.detector_input import day_number, pick_ups
from tracker.analytics.patterns.finding import Cluster
from tracker.analytics.patterns.openings import LEAST_IN_WINDOW, WINDOW_SECONDS, crowded_windows
from tracker.analytics.statistics.distributions import negative_binomial_sf, poisson_sf
from tracker.calendar.days import EPOCH_WEEKDAY, WallClock
from tracker.domain.models import DAY, HOUR
from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput
    from tracker.analytics.patterns.openings import Opening, WallTimes

#: Logged days before anything is flagged.
LEAST_DAYS = 14
#: The chance that a window of four weeks by chance has a half hour that is flagged by itself; and that it has one which
#: is flagged where another day has one too. Both together are 0.0075; a judgement, which may be wrong with a chance of
#: `judgement.WRONG`, sees one week of the four for the first time.
ALPHA, REPEATED = 0.005, 0.07
#: On so many days.
DAYS = 2
#: An hour without any opening on the other days is given this many: "none in 27 days" does not mean never. The
#: median of a Poisson count of none is 0.7 of one, its maximum likelihood 0; half of one is Jeffreys' prior.
FLOOR = 0.5
#: Added to both counts of a level, so that a day with few openings is not called many times as busy.
ONE = 1.0
#: So many of the other days are those most like a day; and a kind of day is pulled towards all days as if so many days
#: as all are on average were added to it.
NEAREST = 10
PULL = (6, 1, 1)
#: A kind of day counts where chance alone would give it so many openings less often than this.
DIFFERENT = 0.1
#: Days are compared by their openings in blocks of so many seconds; those less than an hour from the half hour that is
#: looked at are left out.
BLOCK = 7200
#: Of a long span, similar days are looked for among so many around a day.
COMPARED = 60
#: This share of the other days, the most uneven ones, counts less where it is asked how far counts usually stray: a few
#: days with bursts do not make bursts usual.
UNEVEN = 0.2
#: Nobody's counts are taken to stray less than those of the more uneven of the two real phones, whose dark screens are
#: known (the other: 0.97). And so many openings that stray so far are added to the person's own: of 150 openings, a low
#: use of four weeks, how far they stray is known to about a tenth only.
LEAST_SPREAD, ADDED = 1.10, 100
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


class ComparableDays:
    """The logged days of a window, and which of them are comparable with each.

    `days` are their numbers, `times` the openings' times; a day begins `starts_at` seconds after midnight.
    """

    def __init__(self, days: Sequence[int], times: WallTimes, starts_at: int) -> None:
        self._seconds: dict[int, list[int]] = {day: [] for day in days}
        for day, second in zip(times.days, times.seconds, strict=True):
            self._seconds[day].append((second - starts_at) % DAY)
        for seconds in self._seconds.values():
            seconds.sort()
        self._starts_at = starts_at
        self._half_hours = {day: _binned(seconds, WINDOW_SECONDS) for day, seconds in self._seconds.items()}
        self._total = [sum(column) for column in zip(*self._half_hours.values(), strict=True)]
        self._profiles = {
            day: [sqrt(count) for count in _binned(seconds, BLOCK)] for day, seconds in self._seconds.items()
        }
        self._strays: dict[int, tuple[float, float]] = {}
        self._spreads: dict[int, float] = {}

    def kinds(self, day: int, skipped: Collection[int] = ()) -> Iterator[list[int]]:
        """Of the other days those on the same weekday, at the same part of the week, and the most similar ones.

        The blocks `skipped` do not count where similarity is asked for.
        """
        others = [other for other in self._seconds if other != day]
        weekday = (day + EPOCH_WEEKDAY) % 7
        yield [other for other in others if (other - day) % 7 == 0]
        yield [other for other in others if ((other + EPOCH_WEEKDAY) % 7 >= 5) is (weekday >= 5)]
        near = sorted(others, key=lambda other: abs(other - day))[:COMPARED]
        own = self._profiles[day]
        counted = [block for block in range(DAY // BLOCK) if block not in skipped]

        def distance(other: int) -> float:
            theirs = self._profiles[other]
            return sum((own[block] - theirs[block]) ** 2 for block in counted)

        yield sorted(near, key=distance)[:NEAREST]

    def usual(self, day: int, clock_second: int) -> tuple[float, float]:
        """Openings usual in the half hour from this second of the clock on, and how many days say so.

        The largest of the mean of all other days and those of the kinds of comparable days that have more.
        """
        begin = (clock_second - self._starts_at) % DAY
        end = begin + WINDOW_SECONDS
        skipped = range(max(begin - HOUR, 0) // BLOCK, (end + HOUR - 1) // BLOCK + 1)
        counts = {
            other: bisect_left(seconds, end) - bisect_left(seconds, begin)
            for other, seconds in self._seconds.items()
            if other != day
        }
        mean = sum(counts.values()) / max(len(counts), 1)
        usual = [(mean, float(len(counts)))]
        for kind, pull in zip(self.kinds(day, skipped), PULL, strict=True):
            count = sum(map(counts.__getitem__, kind))
            if poisson_sf(count - 1, mean * len(kind)) < DIFFERENT:
                usual.append(((count + pull * mean) / (len(kind) + pull), float(len(kind) + pull)))
        return max(usual)

    def spread(self, day: int) -> float:
        """How many times as far as by chance the counts of half hours stray on the other days; LEAST_SPREAD at least.

        Of all other days, the most uneven ones taken for as uneven as the most uneven one of the rest; or of the same
        weekday where those stray further.
        """
        if day in self._spreads:
            return self._spreads[day]
        others = sorted((self._stray(other) for other in self._seconds if other != day), key=_ratio)
        kept = len(others) - int(UNEVEN * len(others))
        most = max(map(_ratio, others[:kept]), default=1.0)
        usually = [*others[:kept], *((most * expected, expected) for _squares, expected in others[kept:])]
        same = [self._stray(other) for other in self._seconds if other != day and (other - day) % 7 == 0]
        spread = self._spreads[day] = max(LEAST_SPREAD, _pooled(usually), _pooled(same))
        return spread

    def _stray(self, day: int) -> tuple[float, float]:
        """Σ(count − expected)² over the half hours of a day, and Σ expected, at the level of that day."""
        stray = self._strays.get(day)
        if stray is None:
            *_others, similar = self.kinds(day)
            own, days = self._half_hours[day], len(self._seconds) - 1
            rows = [self._half_hours[other] for other in similar]
            weight = len(rows) + PULL[-1]
            usual = [
                (sum(column) + PULL[-1] * (total - count) / days) / weight
                for count, total, *column in zip(own, self._total, *rows, strict=True)
            ]
            level = sum(own) / max(sum(usual), 1e-9)
            squares = sum((count - level * expected) ** 2 for count, expected in zip(own, usual, strict=True))
            # The usual counts were estimated from so many days, which adds to the squares.
            stray = self._strays[day] = squares / (1 + level / weight), float(sum(own))
        return stray


def _binned(seconds: Sequence[int], width: int) -> list[int]:
    """How many of the seconds of a day, which are sorted, are in each part of it of this width."""
    edges = [bisect_left(seconds, edge) for edge in range(0, DAY + 1, width)]
    return [stop - first for first, stop in pairwise(edges)]


def _ratio(stray: tuple[float, float]) -> float:
    squares, expected = stray
    return squares / expected if expected else 0.0


def _pooled(strays: Sequence[tuple[float, float]]) -> float:
    squares, expected = sum(stray[0] for stray in strays), sum(stray[1] for stray in strays)
    return (squares + ADDED * LEAST_SPREAD) / (expected + ADDED)


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
    """A flagged half hour: its chance, the indexes of its first and last opening, and what `Scan.usual` says of it."""

    p: float
    first: int
    last: int
    expected: float
    days: float
    spread: float


class Scan:
    """The scan over the openings of a log's window of days, which lie at `times`."""

    def __init__(self, log: DetectorInput, times: WallTimes) -> None:
        self.others = OtherDays(times, len(log.window))
        self.levels = DayLevels(log, times, self.others)
        self.openings = max(len(times.starts), 1)
        self._most = REPEATED / self.openings
        self._times = times
        self._least: dict[int, int] = {}
        self._window, self._starts_at = log.window, log.starts_at
        self._comparable: ComparableDays | None = None

    @property
    def comparable(self) -> ComparableDays:
        """The comparable days; found out when they are first asked for, because most days have nothing to ask."""
        if self._comparable is None:
            self._comparable = ComparableDays(list(map(day_number, self._window)), self._times, self._starts_at)
        return self._comparable

    def by_hour(self, first: int, last: int, seconds: int = WINDOW_SECONDS) -> float:
        """Openings expected in `seconds` from opening `first` on by the hours of the other days, at the day's level."""
        expected = self._on_other_days(first, seconds)
        return expected * self._level(first, last, expected)

    def usual(self, first: int, last: int) -> tuple[float, float, float]:
        """Openings expected in the half hour from opening `first` on, over how many days that was counted, and how far
        counts stray (1: as by chance).

        On a day as busy as its day is but for first…last.
        """
        day, hourly = self._times.days[first], self._on_other_days(first, WINDOW_SECONDS)
        expected, days = max((hourly, float(len(self._window))), self.comparable.usual(day, self._times.seconds[first]))
        return expected * self._level(first, last, hourly), days, self.comparable.spread(day)

    def _level(self, first: int, last: int, expected: float) -> float:
        return self.levels.without(self._times.days[first], last - first + 1, expected)

    def _on_other_days(self, place: int, seconds: int) -> float:
        return expected_count(self.others.rates(self._times.days[place]), self._times.seconds[place], seconds)

    def unlikely(self) -> list[FlaggedWindow]:
        """The half hours with a chance below REPEATED / n, by time; they may overlap."""
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
                # What comparable days and the person's own spread allow is asked only of what is left.
                if poisson_sf(count - 2, self.by_hour(first, last)) >= self._most:
                    continue
                expected, days, spread = self.usual(first, last)
                p = chance(count, expected, days, spread)
                if p < self._most:
                    windows.append(FlaggedWindow(p, first, last, expected, days, spread))
        return windows

    def _least_count(self, expected: float) -> int:
        """A count below this cannot be flagged where so many are expected. It settles most half hours of a busy log."""
        step = int(expected / STEP)
        least = self._least.get(step)
        if least is None:
            mean = step * STEP
            most = int(mean + 10 * mean**0.5) + 60  # far beyond what any threshold here asks for
            counts = range(LEAST_IN_WINDOW, most)
            place = bisect_left(counts, True, key=lambda count: poisson_sf(count - 2, mean) < self._most)
            least = self._least[step] = LEAST_IN_WINDOW + place
        return least


def chance(count: int, expected: float, days: float, spread: float) -> float:
    """The chance of `count` openings in a half hour that begins with one of them, where so many are expected.

    What is expected is a mean over so many days, and strays itself by 1/days.
    """
    return negative_binomial_sf(count - 2, expected + spread - 1, spread * (1 + 1 / days))


def clusters(log: DetectorInput) -> tuple[Cluster, ...]:
    """Every cluster of the log's window of days, by time; none before LEAST_DAYS logged days."""
    if len(log.window) < LEAST_DAYS:
        return ()
    openings, times = pick_ups(log)
    return joined_windows(openings, Scan(log, times), log.starts_at)


def alpha(days: int) -> float:
    """The chance that clusters on so many days are held against, before it is divided by the openings."""
    return REPEATED if days >= DAYS else ALPHA


def joined_windows(openings: Sequence[Opening], scan: Scan, starts_at: int) -> tuple[Cluster, ...]:
    """The clusters of a scan, by time: flagged half hours that share an opening are one."""
    unlikely = scan.unlikely()
    found = _clusters(openings, scan, unlikely, starts_at)
    if len({cluster.date for cluster in found}) >= DAYS:
        return found
    return _clusters(openings, scan, [one for one in unlikely if one.p < ALPHA / scan.openings], starts_at)


def _clusters(
    openings: Sequence[Opening], scan: Scan, windows: Iterable[FlaggedWindow], starts_at: int
) -> tuple[Cluster, ...]:
    groups: list[list[FlaggedWindow]] = []
    last = -1
    for window in windows:
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
        expected=max(scan.by_hour(first, last, max(WINDOW_SECONDS, end - start)), peak.expected),
        p=peak.p,
        peak_start=openings[peak.first].start,
        peak_openings=peak.last - peak.first + 1,
        peak_expected=peak.expected,
        usual_days=peak.days,
        spread=peak.spread,
        channels=tuple(dict.fromkeys(member.channel for member in members)),
        sessions=tuple(session for member in members for session in member.session_ids),
    )
