"""Tests of significance: two rates, two groups of values, two levels of a series."""

from __future__ import annotations

from collections import Counter
from math import comb, lcm, log, sqrt
from operator import mul

from tracker.analytics.statistics.distributions import norm_sf, student_sf

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: Mann–Whitney's p is exact up to so many values of both groups together, and normal beyond.
EXACT = 50
#: How much values are taken to resemble the one before, at least and at most: of six weeks that is known to a tenth.
LEAST_R, MOST_R = 0.2, 0.9


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


def level_shift(values: Sequence[float], late: int, kinds: Sequence[bool], least: float = 0.0) -> tuple[float, float]:
    """By how much the last `late` values of a series are above those before, and the one-sided p of more than `least`.

    Student's t of two means, after the mean difference between values of either kind is taken off (working days and
    weekends, say). Values that resemble the one before tell less: the variance of the difference is (1 + r)/(1 − r)
    times that of independent values, and the degrees of freedom are as many times fewer (Bartlett 1935; Zwiers &
    von Storch 1995). r is the lag-1 correlation of what either two levels or a straight line leave over, whichever
    leaves less of it, with its bias of −(1 + 3r)/n taken off; LEAST_R at least. ValueError for fewer than four values
    on either side.
    """
    count = len(values)
    before = count - late
    if min(before, late) < 4:
        raise ValueError("two levels want four values or more each")
    halves = slice(0, before), slice(before, count)
    weights = [_centred(list(map(float, kinds[half]))) for half in halves]
    spread = sum(weight * weight for half in weights for weight in half)
    products = sum(sum(map(mul, some, values[half])) for half, some in zip(halves, weights, strict=True))
    effect = products / spread if spread else 0.0
    adjusted = [value - effect * kind for value, kind in zip(values, kinds, strict=True)]
    difference = sum(adjusted[halves[1]]) / late - sum(adjusted[halves[0]]) / before
    residuals = [*_centred(adjusted[halves[0]]), *_centred(adjusted[halves[1]])]
    squares = sum(residual * residual for residual in residuals)
    if squares <= 1e-12 * max(count, sum(value * value for value in values)):
        return difference, 0.0 if difference > least else 1.0
    r = max(min(_lag_1_correlation(residuals), _lag_1_correlation(_line_residuals(adjusted))), LEAST_R)
    inflation = (1 + r) / (1 - r)
    t = (difference - least) / sqrt(squares / (count - 3) * inflation * (1 / late + 1 / before))
    return difference, student_sf(t, max(count / inflation - 2, 3.0))


def _centred(values: Sequence[float]) -> list[float]:
    mean = sum(values) / len(values)
    return [value - mean for value in values]


def _line_residuals(values: Sequence[float]) -> list[float]:
    """The residuals of the least-squares line."""
    steps, centred = _centred(range(len(values))), _centred(values)
    slope = sum(map(mul, steps, centred)) / sum(step * step for step in steps)
    return [value - slope * step for value, step in zip(centred, steps, strict=True)]


def _lag_1_correlation(residuals: Sequence[float]) -> float:
    """The lag-1 correlation of residuals, without its bias; at most MOST_R."""
    squares = sum(residual * residual for residual in residuals)
    if not squares:
        return 0.0
    r: float = sum(map(mul, residuals, residuals[1:])) / squares
    return min(r + (1 + 3 * r) / len(residuals), MOST_R)
