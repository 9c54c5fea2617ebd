"""The median slope of a long series, exactly, without listing the slopes of all its pairs.

Ten years of days have 6.7 million pairs. The pairs whose slope is below any given one can be counted in n·log n: by
`value − slope·place` they are those in the wrong order. So two slopes are taken that are likely to have the median
between them (those of a random sample of pairs), it is counted whether they do, and only the pairs between them, two in
a hundred, are listed: Matoušek 1991 (doi:10.1016/0020-0190(91)90177-J), as in Dillencourt, Mount & Netanyahu 1992.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    #: A slope as the pair has it: so much higher, so many steps later. Whole values stay whole, and the counts exact.
    Slope = tuple[float, int]

#: Up to so many values all pairs are listed sooner than anything is counted.
FEW = 200
#: Lower and higher than every slope there is: so much down, and so much up, in no step at all.
DOWN, UP = (-1, 0), (1, 0)
#: Pairs in the sample, for each value of the series.
SAMPLE = 4


def middle_slope(values: Sequence[float]) -> float:
    """The median of the slopes of all pairs; of an even number the mean of the middle two. Two values or more."""
    pairs = len(values) * (len(values) - 1) // 2
    ranks = sorted({(pairs - 1) // 2, pairs // 2})
    sample = [DOWN, *_sample(values), UP]
    middle = len(sample) // 2
    reach = int(1.3 * len(sample) ** 0.5) + 1  # as far from the middle as the median is in 99 of 100 samples
    while True:
        found = _ranked(values, sample[max(middle - reach, 0)], sample[min(middle + reach, len(sample) - 1)], ranks)
        if found:
            return sum(found) / len(found)
        reach *= 4  # past both ends of the sample at last, where every pair is listed


def _sample(values: Sequence[float]) -> list[Slope]:
    """Slopes of pairs drawn at random, always the same ones, from the lowest."""
    from random import Random

    count = SAMPLE * len(values)
    drawn = Random(count).choices(range(len(values)), k=2 * count)
    pairs = (sorted(pair) for pair in zip(drawn[:count], drawn[count:], strict=True))
    return sorted(((values[late] - values[early], late - early) for early, late in pairs if early != late), key=_slope)


def _slope(one: Slope) -> float:
    return one[0] / one[1]


def _ranked(values: Sequence[float], low: Slope, high: Slope, ranks: Sequence[int]) -> list[float]:
    """The slopes of these ranks, counted from 0; none if they do not all lie from `low` to `high`."""
    below, to_low = _counts(values, low)
    to_high = _counts(values, high)[1]
    if not below <= ranks[0] <= ranks[-1] < to_high:
        return []
    inside = sorted(_listed(values, low, high)) if ranks[-1] >= to_low else []
    return [
        _slope(low) if rank < to_low else inside[rank - to_low] if rank - to_low < len(inside) else _slope(high)
        for rank in ranks
    ]


def _keys(values: Sequence[float], slope: Slope) -> list[float]:
    """Each value's height over a line of this slope, times the slope's steps."""
    rise, steps = slope
    return [value * steps - rise * place for place, value in enumerate(values)]


def _counts(values: Sequence[float], slope: Slope) -> tuple[int, int]:
    """How many pairs have a lower slope, and how many one that is at most as high."""
    lower = at_most = 0
    earlier: list[float] = []
    for key in _keys(values, slope):
        place = bisect_right(earlier, key)
        lower += len(earlier) - place
        at_most += len(earlier) - bisect_left(earlier, key, 0, place)
        insort(earlier, key, place)
    return lower, at_most


def _listed(values: Sequence[float], low: Slope, high: Slope) -> list[float]:
    """The slopes strictly between the two: of pairs that stand in one order over the low line, in the other over the
    high one."""
    over_low, over_high = _keys(values, low), _keys(values, high)
    slopes: list[float] = []
    passed: list[float] = []  # heights over the high line, sorted, of what stands lower over the low one
    whose: list[int] = []
    for late in sorted(range(len(values)), key=lambda place: (over_low[place], over_high[place])):
        height, value = over_high[late], values[late]
        place = bisect_right(passed, height)
        slopes += [(value - values[early]) / (late - early) for early in whose[place:]]
        passed.insert(place, height)
        whose.insert(place, late)
    return slopes
