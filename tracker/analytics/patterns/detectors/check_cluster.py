"""`check_cluster`: bursts of openings that neither chance nor the hour of the day explains.

**Definition.** A half hour that begins with an opening and holds k ≥ 5 openings is flagged if there are such half hours
on d days, each with P(X ≥ k − 1) < ALPHA[d] / n. X is a negative binomial count, n the number of openings in the window
of days. The first opening is no evidence: it only says where the half hour begins. Each of the n openings begins one
half hour (Bonferroni). Flagged half hours that share an opening are one cluster. All social channels count together.
Silent before 14 logged days.

**Days.** A habit comes again, chance seldom does: where days are independent, the days below a / n are a Poisson count
of mean a at most, and d of them or more have a chance of about a^d / d! in a window. So bursts that come again are seen
though each is smaller.

**What is usual** is the largest of several means, times the level of the day (`DayLevels`):

- the user's own rate per hour of the day on the *other* days (`OtherDays`);
- what those very 30 minutes had on all other days;
- what they had on the same weekday, on working days or at the weekend, and on the days most like this one outside that
  time, where that is clearly more (`ComparableDays`).

So a break at 10:30 that every working day has is usual, and so is what every late shift has.

**How far counts stray** from that is the person's own: the variance of X is φ times its mean (Farrington et al. 1996,
*J. R. Stat. Soc. A* 159, with quasi-Poisson counts). Few openings say little of φ, so it is pulled towards that of a
real phone, and never taken to be less. A half hour that begins with an opening is likelier in a busy time: in this
model that adds φ − 1 to the mean (the Palm distribution of a gamma-mixed Poisson count).
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from math import sqrt

from tracker.analytics.exact_statistics import negative_binomial_sf, poisson_sf
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, as_far_as_seen, day_number, pick_ups
from tracker.analytics.patterns.openings import LEAST_IN_WINDOW, WINDOW_SECONDS, Opening, WallTimes, crowded_windows
from tracker.calendar.clock import format_time_of_day, iso
from tracker.calendar.days import EPOCH_WEEKDAY, WallClock
from tracker.domain.models import DAY, HOUR
from tracker.domain.record import Record
from tracker.formatting.numbers import format_odds, format_significant, round_half_up, round_to_int
from tracker.formatting.times import format_clock, format_near_date
from tracker.locale import N_, _, ngettext

NAME = "check_cluster"
#: Logged days before anything is flagged.
LEAST_DAYS = 14
#: By the number of days on which it comes: how many half hours with such a chance four weeks have by chance. The chance
#: that any of these is met is about 0.01; a judgement, which may be wrong with a chance of `pattern.WRONG`, sees one
#: week of the four for the first time.
ALPHA = {1: 0.005, 2: 0.05, 3: 0.2, 4: 0.5, 5: 0.8}
#: An hour without any opening on the other days is given this many: "none in 27 days" does not mean never. The
#: median of a Poisson count of none is 0.7 of one, its maximum likelihood 0; half of one is Jeffreys' prior.
FLOOR = 0.5
#: Added to both counts of a level, so that a day with few openings is not called many times as busy.
PSEUDOCOUNT = 1.0
#: How many of the other days are those most like a day.
NEAREST = 10
#: The mean of each kind of day is shrunk towards that of all days: so many average days are added to it.
SHRINKAGE_DAYS = (6, 1, 1)
#: A kind of day counts where chance alone would give it so many openings less often than this.
LARGEST_P = 0.1
#: Days are compared by their openings in blocks of so many seconds; those less than an hour from the half hour that is
#: looked at are left out.
BLOCK = 7200
#: Of a long span, similar days are looked for among so many around a day.
COMPARED = 60
#: This share of the other days, the most uneven ones, counts less where it is asked how far counts usually stray: a few
#: days with bursts do not make bursts usual.
WINSORIZED = 0.2
#: Nobody's counts are taken to stray less than those of the more uneven of two real phones, whose dark screens are
#: known (the notes in docs/patterns.md). And so many openings that stray so far are added to the person's own: of 150
#: openings, a low use of four weeks, how far they stray is known to about a tenth only.
LEAST_SPREAD, PRIOR_OPENINGS = 1.10, 100
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
        self._profiles = {
            day: [sqrt(count) for count in _binned(seconds, BLOCK)] for day, seconds in self._seconds.items()
        }

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
        for kind, added in zip(self.kinds(day, skipped), SHRINKAGE_DAYS, strict=True):
            count = sum(map(counts.__getitem__, kind))
            if poisson_sf(count - 1, mean * len(kind)) < LARGEST_P:
                usual.append(((count + added * mean) / (len(kind) + added), float(len(kind) + added)))
        return max(usual)

    def spread(self, day: int) -> float:
        """How many times as far as by chance the counts of half hours stray on the other days; LEAST_SPREAD at least.

        It is the pooled dispersion of all other days, winsorized: the most uneven ones count as the most uneven of the
        rest. Or that of the days of the same weekday, where it is larger.
        """
        others = sorted((stray for other, stray in self._strays.items() if other != day), key=_ratio)
        kept = len(others) - int(WINSORIZED * len(others))
        most = max(map(_ratio, others[:kept]), default=1.0)
        usually = [*others[:kept], *((most * expected, expected) for _squares, expected in others[kept:])]
        same = [stray for other, stray in self._strays.items() if other != day and (other - day) % 7 == 0]
        return max(LEAST_SPREAD, _pooled(usually), _pooled(same))

    @cached_property
    def _strays(self) -> dict[int, tuple[float, float]]:
        """Of each day Σ(count − expected)² over its half hours, and Σ expected, at the level of that day."""
        half_hours = {day: _binned(seconds, WINDOW_SECONDS) for day, seconds in self._seconds.items()}
        totals = [sum(column) for column in zip(*half_hours.values(), strict=True)]
        strays = {}
        for day, own in half_hours.items():
            *_others, similar = self.kinds(day)
            rows = [half_hours[other] for other in similar]
            weight = len(rows) + SHRINKAGE_DAYS[-1]
            usual = [
                (sum(column) + SHRINKAGE_DAYS[-1] * (total - count) / (len(half_hours) - 1)) / weight
                for count, total, *column in zip(own, totals, *rows, strict=True)
            ]
            level = sum(own) / max(sum(usual), 1e-9)
            squares = sum((count - level * expected) ** 2 for count, expected in zip(own, usual, strict=True))
            # The usual counts were estimated from so many days, which adds to the squares.
            strays[day] = squares / (1 + level / weight), float(sum(own))
        return strays


def _binned(seconds: Sequence[int], width: int) -> list[int]:
    """How many of the seconds of a day, which are sorted, are in each part of it of this width."""
    edges = [bisect_left(seconds, edge) for edge in range(0, DAY + 1, width)]
    return [stop - first for first, stop in pairwise(edges)]


def _ratio(stray: tuple[float, float]) -> float:
    squares, expected = stray
    return squares / expected if expected else 0.0


def _pooled(strays: Sequence[tuple[float, float]]) -> float:
    squares, expected = sum(stray[0] for stray in strays), sum(stray[1] for stray in strays)
    return (squares + PRIOR_OPENINGS * LEAST_SPREAD) / (expected + PRIOR_OPENINGS)


def expected_count(rates: Sequence[float], second: int, seconds: int) -> float:
    """Openings expected in `seconds` from this second of the day on, at 24 hourly rates: Σλₕ over parts of hours."""
    total = 0.0
    for hour, part in clock_hours(second, seconds):
        total += rates[hour] * part
    return total / HOUR


def clock_hours(second: int, seconds: int) -> Iterator[tuple[int, int]]:
    """Each hour of the clock, 0 to 23, in `seconds` from this second of the day on, and its part in seconds."""
    while seconds > 0:
        part = min(seconds, HOUR - second % HOUR)
        yield second // HOUR % 24, part
        second += part
        seconds -= part


class DayLevels:
    """How busy each day is as a whole, compared with what the other days make usual for it.

    A day that is busy from morning to evening is no burst. The level of a day without one of its half hours is
    (counted + PSEUDOCOUNT) / (expected + PSEUDOCOUNT), both without that half hour, and 1 at least. Of the running day
    only the time up to its last opening is expected: with `now` a burst would come and go with the clock.
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
        return max((self._counts[day] - counted + PSEUDOCOUNT) / (max(whole_day - expected, 0.0) + PSEUDOCOUNT), 1.0)


class FlaggedWindow(Record):
    """A flagged half hour: its chance, the indexes of its first and last opening, what `Scan.usual` says of it, and how
    far counts stray (1: as by chance)."""

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
        self._most = max(ALPHA.values()) / self.openings
        self._times = times
        self._least: dict[int, int] = {}
        self._window, self._starts_at = log.window, log.starts_at

    @cached_property
    def comparable(self) -> ComparableDays:
        """The comparable days; found out when they are first asked for, because most days have nothing to ask."""
        return ComparableDays(list(map(day_number, self._window)), self._times, self._starts_at)

    def by_hour(self, first: int, last: int, seconds: int = WINDOW_SECONDS) -> float:
        """Openings expected in `seconds` from opening `first` on by the hours of the other days, at the day's level."""
        expected = self._on_other_days(first, seconds)
        return expected * self._level(first, last, expected)

    def usual(self, first: int, last: int) -> tuple[float, float]:
        """Openings expected in the half hour from opening `first` on, and over how many days that was counted.

        They are those of a day as busy as this one is without the openings first…last.
        """
        day, hourly = self._times.days[first], self._on_other_days(first, WINDOW_SECONDS)
        expected, days = max((hourly, float(len(self._window))), self.comparable.usual(day, self._times.seconds[first]))
        return expected * self._level(first, last, hourly), days

    def _level(self, first: int, last: int, expected: float) -> float:
        return self.levels.without(self._times.days[first], last - first + 1, expected)

    def _on_other_days(self, place: int, seconds: int) -> float:
        return expected_count(self.others.rates(self._times.days[place]), self._times.seconds[place], seconds)

    def unlikely(self) -> list[FlaggedWindow]:
        """The half hours that any ALPHA / n may flag, by time; they may overlap."""
        windows = []
        lowest = self.others.lowest_rates()
        # A count below this cannot be flagged in that hour of any day, wherever in it the half hour begins.
        rates = [min(lowest[hour], lowest[(hour + 1) % 24]) for hour in range(24)]
        least = [self._least_count(rate * WINDOW_SECONDS / HOUR) for rate in rates]
        for first, last in crowded_windows(self._times.starts, min(least)):
            count = last - first + 1
            if count < least[self._times.seconds[first] // HOUR]:
                continue
            if count < self._least_count(self._on_other_days(first, WINDOW_SECONDS)):
                continue
            # What comparable days and the person's own spread allow is asked only of what is left.
            if poisson_sf(count - 2, self.by_hour(first, last)) < self._most:
                windows.append(_window(first, last, *self.usual(first, last), LEAST_SPREAD))
        # The person's own spread takes longest to find out, and a larger one makes no half hour less likely. So it is
        # asked for only where enough half hours are left with the least one.
        day_of = self._times.days
        unlikely = {days: {day_of[window.first] for window in self.below(windows, days)} for days in ALPHA}
        if all(len(on) < days for days, on in unlikely.items()):
            return []
        spreads = {day: self.comparable.spread(day) for day in unlikely[max(ALPHA)]}
        return [_window(*window[1:-1], spreads[day_of[window.first]]) for window in self.below(windows, max(ALPHA))]

    def below(self, windows: Iterable[FlaggedWindow], days: int) -> list[FlaggedWindow]:
        """Those with a chance below what half hours are held against that come on so many days."""
        return [window for window in windows if window.p < ALPHA[days] / self.openings]

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


def _window(first: int, last: int, expected: float, days: float, spread: float) -> FlaggedWindow:
    return FlaggedWindow(chance(last - first + 1, expected, days, spread), first, last, expected, days, spread)


def chance(count: int, expected: float, days: float, spread: float) -> float:
    """The chance of `count` openings in a half hour that begins with one of them, where so many are expected.

    What is expected is a mean over so many days, and strays itself by 1/days.
    """
    return negative_binomial_sf(count - 2, expected + spread - 1, spread * (1 + 1 / days))


def clusters(log: DetectorInput) -> tuple[pattern.Cluster, ...]:
    """Every cluster of the log's window of days, by time; none before LEAST_DAYS logged days."""
    if len(log.window) < LEAST_DAYS:
        return ()
    openings, times = pick_ups(log)
    return joined_windows(openings, Scan(log, times), log.starts_at)


def alpha(days: int) -> float:
    """The chance that clusters on so many days are held against, before it is divided by the openings."""
    return ALPHA[min(max(days, min(ALPHA)), max(ALPHA))]


def joined_windows(openings: Sequence[Opening], scan: Scan, starts_at: int) -> tuple[pattern.Cluster, ...]:
    """The clusters of a scan, by time: flagged half hours that share an opening are one."""
    unlikely = scan.unlikely()
    for days in sorted(ALPHA, reverse=True):
        clusters = _clusters(openings, scan, scan.below(unlikely, days), starts_at)
        if len({cluster.date for cluster in clusters}) >= days:
            return clusters
    return ()


def _clusters(
    openings: Sequence[Opening], scan: Scan, windows: Iterable[FlaggedWindow], starts_at: int
) -> tuple[pattern.Cluster, ...]:
    groups: list[list[FlaggedWindow]] = []
    last = -1
    for window in windows:
        if window.first <= last:
            groups[-1].append(window)
        else:
            groups.append([window])
        last = window.last
    return tuple(_cluster(openings, scan, group, starts_at) for group in groups)


def _cluster(
    openings: Sequence[Opening], scan: Scan, group: Sequence[FlaggedWindow], starts_at: int
) -> pattern.Cluster:
    # The strongest half hour: least likely, then most openings, then earliest.
    peak = min(group, key=lambda window: (window.p, window.first - window.last, window.first))
    # A half hour that is flagged only because bursts come again does not lengthen one that is flagged on its own.
    alone = [window for window in group if window.p < ALPHA[1] / scan.openings] or group
    first, last = alone[0].first, alone[-1].last
    members = openings[first : last + 1]
    start, end = members[0].start, members[-1].start
    return pattern.Cluster(
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


def find(log: DetectorInput) -> pattern.Finding:
    """The clusters of the log's window, `flagged` if there is any."""
    window = log.window
    days = len(window)
    if days < LEAST_DAYS:
        more = LEAST_DAYS - days
        evidence = ngettext(
            "{days} of the 14 logged days this needs: {more} more day",
            "{days} of the 14 logged days this needs: {more} more days",
            more,
        ).format(days=days, more=more)
        return pattern.finding(
            NAME, False, evidence, window, {"logged_days": days, "days_needed": more}, state=pattern.NOT_ENOUGH
        )
    openings, times = pick_ups(log)
    scan = Scan(log, times)
    clusters = joined_windows(openings, scan, log.starts_at)
    threshold = alpha(len({cluster.date for cluster in clusters})) / scan.openings
    figures = {"logged_days": days, "openings": len(openings), "threshold_p": threshold, **_largest_figures(clusters)}
    usual = _("about {n} openings a day over {days} logged days").format(
        n=round_to_int(len(openings) / days), days=days
    )
    if not clusters:
        evidence = ngettext(
            "no burst in {days} logged day: no half hour held far more openings than is usual for you at that time",
            "no burst in {days} logged days: no half hour held far more openings than is usual for you at that time",
            days,
        ).format(days=days)
        return pattern.finding(NAME, False, as_far_as_seen(log, evidence), window, figures, usual=usual)
    one = _("1 burst in {days} logged days: {burst}")
    many = _("{count} bursts in {days} logged days; the largest: {burst}")
    today = WallClock.of(log.zone, log.starts_at).day(log.now)
    return pattern.finding(
        NAME,
        True,
        _say_clusters(clusters, one, many, today, days=days),
        window,
        figures,
        sessions=_sessions(clusters),
        margin=_margin(clusters, threshold),
        events=clusters,
        usual=usual,
        chance=_("that many openings in such 30 minutes would come up {odds}").format(
            odds=format_odds(min(cluster.p for cluster in clusters))
        ),
        chart=_day_chart(largest(clusters), times, scan, log.starts_at),
    )


def _sessions(clusters: Iterable[pattern.Cluster]) -> tuple[int, ...]:
    return tuple(session for cluster in clusters for session in cluster.sessions)


def _margin(clusters: Sequence[pattern.Cluster], threshold: float) -> float:
    """Of the least likely cluster: its strongest half hour's openings over those that would just have been a burst."""
    strongest = min(clusters, key=lambda cluster: cluster.p)
    count = LEAST_IN_WINDOW
    while chance(count, strongest.peak_expected, strongest.usual_days, strongest.spread) >= threshold:
        count += 1
    return strongest.peak_openings / count


def _day_chart(cluster: pattern.Cluster, times: WallTimes, scan: Scan, starts_at: int) -> pattern.BarChart:
    """The day of a cluster, half hour by half hour of the wall clock, from when days start."""
    day = WallClock.of(cluster.zone, starts_at).day_number(cluster.start)
    half_hours = [(starts_at // WINDOW_SECONDS + place) % 48 for place in range(48)]
    counts = [0] * 48
    for opening_day, second in zip(times.days, times.seconds, strict=True):
        if opening_day == day:
            counts[second // WINDOW_SECONDS] += 1
    rates = scan.others.rates(day)
    return pattern.BarChart(
        _("openings on {date}, by half hour").format(date=cluster.date),
        tuple(format_time_of_day(half * WINDOW_SECONDS) for half in half_hours),
        tuple(counts[half] for half in half_hours),
        tuple(rates[half // 2] * WINDOW_SECONDS / HOUR for half in half_hours),
        _("usual at that time"),
    )


def largest(clusters: Sequence[pattern.Cluster]) -> pattern.Cluster:
    """The cluster with the most openings; of equals the least likely, then the earliest."""
    return min(clusters, key=lambda cluster: (-cluster.openings, cluster.p, cluster.start))


def _largest_figures(clusters: Sequence[pattern.Cluster]) -> dict[str, pattern.Figure]:
    top = largest(clusters) if clusters else None
    return {
        "clusters": len(clusters),
        "days_with_clusters": len({cluster.date for cluster in clusters}),
        "largest_openings": top.openings if top else None,
        "largest_seconds": top.end - top.start if top else None,
        "largest_expected": round_half_up(top.expected, 3) if top else None,
        "least_p": min((cluster.p for cluster in clusters), default=None),
    }


def _say_clusters(clusters: Sequence[pattern.Cluster], one: str, many: str, today: str, **values: object) -> str:
    """The message for one cluster, or for many, with the `values`, their number and the largest in their places."""
    burst = say_cluster(largest(clusters), today)
    return (one if len(clusters) == 1 else many).format(count=len(clusters), burst=burst, **values)


def say_cluster(cluster: pattern.Cluster, today: str | None = None) -> str:
    """`9 openings in 22 min on Thu 12 Nov from 14:02, usually about 1`, as said on the date `today`."""

    minutes = max(1, round_to_int((cluster.end - cluster.start) / 60))
    if cluster.date == today:  # said by commands that run all day, so without a date, which needs arrow
        text, date = _("{count} openings in {minutes} min today from {clock}, {usual}"), ""
    else:
        text = _("{count} openings in {minutes} min on {date} from {clock}, {usual}")
        date = format_near_date(cluster.date, today)
    usual = pattern.say_usual_openings(cluster.expected)
    clock = format_clock(cluster.start, cluster.zone)
    return text.format(count=cluster.openings, minutes=minutes, date=date, clock=clock, usual=usual)


def within(finding: pattern.Finding, dates: Sequence[str], today: str) -> pattern.Finding:
    """The finding as some days show it: the clusters that fell on them, still judged against the whole window."""
    inside = tuple(cluster for cluster in finding.events if cluster.date in dates)
    if finding.state != pattern.FLAGGED or inside == finding.events:
        return finding
    days = int(finding.figures["logged_days"] or 0)
    figures = {**finding.figures, **_largest_figures(inside)}
    if not inside:
        evidence = _("no burst in these days; {count} in the {days} logged days up to then").format(
            count=len(finding.events), days=days
        )
        return finding._replace(state=pattern.QUIET, evidence=evidence, figures=figures, sessions=(), events=())
    one = _("1 burst in these days: {burst}")
    many = _("{count} bursts in these days; the largest: {burst}")
    evidence = _say_clusters(inside, one, many, today)
    return finding._replace(evidence=evidence, figures=figures, sessions=_sessions(inside), events=inside)


def calculation(finding: pattern.Finding, log: DetectorInput) -> list[str]:
    """The calculation behind each cluster of a finding over that log, a paragraph each, for a reader to redo it."""
    if not finding.events:
        return []
    scan = Scan(log, pick_ups(log)[1])
    most = float(finding.figures["threshold_p"] or 0) * scan.openings
    return ["\n".join(_calculation(cluster, scan, log, most)) for cluster in finding.events]


def _calculation(cluster: pattern.Cluster, scan: Scan, log: DetectorInput, most: float) -> Iterator[str]:
    wall = WallClock.of(cluster.zone, log.starts_at)
    yield _("{start}: {count} openings to {end}; strongest 30 min from {peak}, with {inside}:").format(
        start=iso(cluster.start, cluster.zone),
        count=cluster.openings,
        end=iso(cluster.end, cluster.zone)[11:19],
        peak=iso(cluster.peak_start, cluster.zone)[11:19],
        inside=cluster.peak_openings,
    )
    day, begins = wall.day_number(cluster.peak_start), wall.second_of_day(cluster.peak_start)
    counts, rates = scan.others.counts(day), scan.others.rates(day)
    for hour, part in clock_hours(begins, WINDOW_SECONDS):
        counted = str(counts.hours[hour]) if counts.hours[hour] else _("no ({floor} counted)").format(floor=FLOOR)
        yield _(
            "  {hour:02} h: {counted} openings on {days} other days = {rate:.4f} an hour, for {minutes:.2f} min"
        ).format(
            hour=hour,
            counted=counted,
            days=counts.days,
            rate=round_half_up(rates[hour], 4),
            minutes=round_half_up(part / 60, 2),
        )
    level = scan.levels.without(day, cluster.peak_openings, expected_count(rates, begins, WINDOW_SECONDS))
    if level > 1:
        yield _("  the rest of the day was {level:.2f} times as busy as the other days").format(
            level=round_half_up(level, 2)
        )
    yield _("  on comparable days, and at that level, about {expected:.4f} in those 30 minutes").format(
        expected=round_half_up(cluster.peak_expected, 4)
    )
    yield _("  your counts stray {spread:.2f} times as far as by chance").format(
        spread=round_half_up(cluster.spread, 2)
    )
    yield _("  P(X ≥ {least}) = {p:.2e}, below {most} / {openings} = {threshold:.2e}").format(
        least=cluster.peak_openings - 1,
        p=cluster.p,
        most=format_significant(most, 1),
        openings=scan.openings,
        threshold=most / scan.openings,
    )


PATTERN = pattern.Pattern(
    place=2,
    name=NAME,
    heading=N_("Bursts of checking"),
    plain=N_("Five openings or more within 30 minutes, where your other days make that very unlikely at that hour."),
    text=N_(
        "Five openings or more within 30 minutes, all social channels together, where your own log makes that very "
        "unlikely. An opening that you only switched to does not count: the screen has to go dark before it or, where "
        "that is not known, two minutes have to pass. What is usual in those 30 minutes is taken from your other days: "
        "by the hour, on the same weekday, on working days or weekends, and on the days most like this one, whichever "
        "is most. If the rest of the day is busier than the other days, as many times more are usual. How far your "
        "counts usually stray from that is measured as well, and taken to be no less than on a real phone. The chance "
        "of as many openings (negative binomial count) has to be below 0.005 divided by the openings in the window; "
        "where there are bursts on two days below 0.05 divided by them, on three below 0.2, on four below 0.5, and on "
        "five or more below 0.8: a habit comes again, chance seldom does. The first opening only says where the 30 "
        "minutes begin. An hour never used on the other days counts as half an opening there. Flagged half hours that "
        "share an opening are one burst."
    ),
    thresholds=(
        pattern.Threshold(N_("at least 5 openings within 30 minutes"), "O"),
        pattern.Threshold(
            N_("chance × openings in the window below 0.005; on two days 0.05, on three 0.2, on four 0.5, on five 0.8"),
            "O",
        ),
        pattern.Threshold(N_("half an opening for an hour never used on the other days"), "O"),
    ),
    silent_before=N_("14 logged days"),
    source=N_("scan statistic; Farrington et al. 1996 (counts with their own dispersion)"),
    detect=find,
    calculation=calculation,
    key_figure=pattern.KeyFigure("clusters", N_("bursts in 28 logged days")),
    figures={
        "openings": N_("openings"),
        "threshold_p": N_("threshold of chance"),
        "clusters": N_("bursts"),
        "days_with_clusters": N_("days with bursts"),
        "largest_openings": N_("openings of the largest"),
        "largest_seconds": N_("length of the largest (s)"),
        "largest_expected": N_("openings usual in it"),
        "least_p": N_("least chance"),
    },
)
