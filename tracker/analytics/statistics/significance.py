"""Tests of significance: two shares, two groups of values, a trend; and the slope of a trend."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from itertools import repeat
from math import comb, erfc, lcm, log, sqrt
from operator import sub, truediv
from typing import TYPE_CHECKING

from tracker.analytics.statistics.descriptive import median
from tracker.analytics.statistics.distributions import norm_sf
from tracker.formatting.numbers import round_half_up

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Mann–Whitney's p is exact up to so many values of both groups together, and normal beyond.
EXACT = 50
#: Theil–Sen lists the slopes of all pairs up to so many values; beyond, that would take seconds and 200 MB.
LISTED = 400


def two_proportions(successes: int, trials: int, other_successes: int, other_trials: int) -> float:
    """The one-sided p that the first share is the larger one, by the pooled variance; 1 if either has no trials.

    Fleiss, Levin & Paik 2003, *Statistical Methods for Rates and Proportions*, ch. 3.
    """
    if not trials or not other_trials:
        return 1.0
    pooled = (successes + other_successes) / (trials + other_trials)
    variance = pooled * (1 - pooled) * (1 / trials + 1 / other_trials)
    if variance <= 0:
        return 1.0
    return norm_sf((successes / trials - other_successes / other_trials) / sqrt(variance))


def rate_ratio(strata: Iterable[tuple[float, float, float, float]]) -> tuple[float, float]:
    """(logarithm, variance of it) of the ratio of two rates of events, over strata of (events, time, events, time).

    The ratio of Mantel and Haenszel for person-time, with the variance of Greenland & Robins 1985, *Biometrics* 41;
    Rothman, Greenland & Lash 2008, *Modern Epidemiology*, ch. 15. Half an event on each side stands for none, so that
    the logarithm is a number; strata without time on either side tell nothing.
    """
    above = below = variance = 0.0
    for events, time, other_events, other_time in strata:
        both = time + other_time
        if both > 0:
            above += events * other_time / both
            below += other_events * time / both
            variance += (events + other_events) * time * other_time / both**2
    if not above or not below:
        above, below, variance = above + 0.5, below + 0.5, variance + 0.5
    return log(above / below), variance / (above * below)


def mann_whitney_u(values: Sequence[float], others: Sequence[float]) -> float:
    """The one-sided p of Mann–Whitney's test that `values` tend to be larger than `others`; 1 for an empty group.

    It is the chance that as many of all values, drawn at random, have at least as large a sum of ranks; equal values
    share their mean rank. Exact up to EXACT values, ties included, by the shift algorithm (Streitberg & Röhmel 1986);
    beyond, normal with the variance corrected for ties and half a rank for continuity (Lehmann 1975, *Nonparametrics*,
    ch. 1).
    """
    if not values or not others:
        return 1.0
    everyone = (*values, *others)
    total, count = len(everyone), len(values)
    ranks = _doubled_ranks(everyone)
    if total > EXACT:
        ties = sum(tie**3 - tie for tie in Counter(everyone).values())
        variance = count * (total - count) / 12 * (total + 1 - ties / (total * (total - 1)))
        if variance <= 0:
            return 1.0
        above = sum(ranks[:count]) / 2 - count * (total + 1) / 2
        return norm_sf((above - 0.5) / sqrt(variance))
    if count <= total - count:
        return _exact_p(ranks, ranks[:count])
    # Choices of the smaller group are fewer: with the ranks reversed, its sum has to be large.
    reversed_ranks = [2 * (total + 1) - rank for rank in ranks]
    return _exact_p(reversed_ranks, reversed_ranks[count:])


def _exact_p(ranks: Sequence[int], chosen: Sequence[int]) -> float:
    """The share of all choices of as many ranks whose sum is at least that of the chosen ones.

    `ways[n]` is one long integer of digits of `bits` bits: digit s counts the choices of n ranks with the sum s. Adding
    a rank to the choices of n − 1 shifts their digits by the rank.
    """
    size, choices = len(chosen), comb(len(ranks), len(chosen))
    bits = choices.bit_length() + 1
    ways = [1] + [0] * size
    for rank in ranks:
        for count in range(size, 0, -1):
            ways[count] += ways[count - 1] << rank * bits
    # A number's remainder by its base less one is the sum of its digits, where that sum is smaller.
    at_least = (ways[size] >> sum(chosen) * bits) % ((1 << bits) - 1)
    return at_least / choices


def van_elteren(strata: Iterable[tuple[Sequence[float], Sequence[float]]]) -> float:
    """The one-sided p that, within strata, `values` tend to be larger than `others`: strata of (values, others).

    Mann–Whitney's rank sums, each divided by one more than its stratum's number of values, are added up (van Elteren
    1960, *Bull. Inst. Int. Stat.* 37). p is the chance of at least that sum where as many of each stratum are drawn at
    random; equal values share their mean rank. Exact up to EXACT values, beyond normal with the variance corrected for
    ties. 1 where no stratum has both groups.
    """
    compared = [(values, others) for values, others in strata if values and others]
    everyone = sum(len(values) + len(others) for values, others in compared)
    if not everyone:
        return 1.0
    # Doubled ranks are whole numbers, and so are they times `unit` over a stratum's number of values and one.
    unit = lcm(*(len(values) + len(others) + 1 for values, others in compared))
    sums = {0: 1}
    reached = mean = variance = 0.0
    for values, others in compared:
        count, total = len(values), len(values) + len(others)
        ranks = _doubled_ranks((*values, *others))
        reached += sum(ranks[:count]) * (unit // (total + 1))
        if everyone > EXACT:
            mean += count / 2
            middle = sum(ranks) / total
            spread = sum((rank - middle) ** 2 for rank in ranks) / 4 / (total - 1)
            variance += count * (total - count) / total * spread / (total + 1) ** 2
        else:
            drawn = _sums_of(ranks, count)
            step = unit // (total + 1)
            combined: Counter[int] = Counter()
            for before, ways in sums.items():
                for more, others_ways in drawn.items():
                    combined[before + more * step] += ways * others_ways
            sums = combined
    if everyone > EXACT:
        return norm_sf((reached / (2 * unit) - mean) / sqrt(variance)) if variance > 0 else 1.0
    return sum(ways for value, ways in sums.items() if value >= reached) / sum(sums.values())


def _doubled_ranks(values: Sequence[float]) -> list[int]:
    """Twice the rank of each value, so that a mean rank shared by two is a whole number."""
    counts = Counter(values)
    doubled: dict[float, int] = {}
    before = 0
    for value in sorted(counts):
        doubled[value] = 2 * before + counts[value] + 1
        before += counts[value]
    return [doubled[value] for value in values]


def _sums_of(ranks: Sequence[int], size: int) -> Counter[int]:
    """In how many ways `size` of the ranks have each sum."""
    ways: list[Counter[int]] = [Counter({0: 1}), *(Counter() for _size in range(size))]
    for rank in ranks:
        for count in range(size, 0, -1):
            for total, some in ways[count - 1].items():
                ways[count][total + rank] += some
    return ways[size]


def mann_kendall(values: Sequence[float]) -> tuple[float, float]:
    """(z, two-sided p) of a trend: z is above 0 where later values tend to be larger. (0, 1) where nothing varies.

    Mann 1945; Kendall 1975. The variance of S is corrected for ties, z for continuity.
    """
    count = len(values)
    earlier: list[float] = []
    score = 0
    for value in values:
        lower = bisect_left(earlier, value)
        score += lower - (len(earlier) - bisect_right(earlier, value, lower))
        insort(earlier, value, lower)
    ties = Counter(values).values()
    variance = count * (count - 1) * (2 * count + 5) - sum(tie * (tie - 1) * (2 * tie + 5) for tie in ties)
    if variance <= 0 or score == 0:
        return 0.0, 1.0
    z = (score - (1 if score > 0 else -1)) / sqrt(variance / 18)
    return z, erfc(abs(z) / sqrt(2))


def theil_sen(values: Sequence[float]) -> tuple[float, float]:
    """(slope a step, value at the first step) of the line through a series. ValueError for fewer than two values.

    Theil 1950; Sen 1968. The slope is the median of the slopes of all pairs, and the line passes through the medians of
    both axes. Up to LISTED values the slope is exact, beyond to nine decimals.
    """
    count = len(values)
    if count < 2:
        raise ValueError("a line wants two values or more")
    if count <= LISTED:
        slopes: list[float] = []
        for steps in range(1, count):
            slopes += map(truediv, map(sub, values[steps:], values), repeat(steps))
        slope = median(slopes)
    else:
        pairs = count * (count - 1) // 2
        slope = _slope_of_rank(values, (pairs - 1) // 2)
        if _smaller_slopes(values, slope + 1e-9) <= pairs // 2:
            slope = (slope + _slope_of_rank(values, pairs // 2)) / 2
    return slope, median(values) - slope * (count - 1) / 2


def _slope_of_rank(values: Sequence[float], rank: int) -> float:
    """The slope that `rank` pairs have a smaller one than, to nine decimals: by bisection."""
    # The slope of a pair is a mean of the slopes between neighbours.
    neighbours: list[float] = list(map(sub, values[1:], values))
    low, high = min(neighbours), max(neighbours)
    while high - low > 1e-10 and (middle := (low + high) / 2) not in (low, high):
        low, high = (low, middle) if _smaller_slopes(values, middle) > rank else (middle, high)
    return round_half_up((low + high) / 2, 9)


def _smaller_slopes(values: Sequence[float], slope: float) -> int:
    """How many pairs have a smaller slope: those whose later value is the lower one over a line of this slope."""
    smaller = 0
    earlier: list[float] = []
    for step, value in enumerate(values):
        height = value - slope * step
        place = bisect_right(earlier, height)
        smaller += len(earlier) - place
        earlier.insert(place, height)
    return smaller
