"""Whether a series rises, and how steeply."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections import Counter
from math import erfc, sqrt
from typing import TYPE_CHECKING

from tracker.analytics.statistics.middle import median

if TYPE_CHECKING:
    from collections.abc import Sequence


def mann_kendall(values: Sequence[float]) -> tuple[float, float]:
    """(z, two-sided p) of a trend: z above 0 where later values tend to be larger. (0, 1) where nothing varies.

    Mann 1945; Kendall 1975; the variance of S corrected for ties, z by the continuity correction. Each value is looked
    up among the sorted earlier ones, so ten years of days take milliseconds.
    """
    count = len(values)
    earlier: list[float] = []
    score = 0
    for value in values:
        below = bisect_left(earlier, value)
        above = len(earlier) - bisect_right(earlier, value, below)
        score += below - above
        insort(earlier, value, below)
    ties = Counter(values).values()
    variance = count * (count - 1) * (2 * count + 5) - sum(tie * (tie - 1) * (2 * tie + 5) for tie in ties)
    if variance <= 0 or score == 0:
        return 0.0, 1.0
    z = (score - (1 if score > 0 else -1)) / sqrt(variance / 18)
    return z, erfc(abs(z) / sqrt(2))


def theil_sen(values: Sequence[float]) -> tuple[float, float]:
    """(slope a step, value at the first step) of the line through a series: the median of all pairs' slopes.

    Theil 1950; Sen 1968. The line passes through the medians of both axes. ValueError for fewer than two values.
    """
    count = len(values)
    if count < 2:
        raise ValueError("a line wants two values or more")
    slope = _median_slope(values)
    return slope, median(values) - slope * (count - 1) / 2


def _median_slope(values: Sequence[float]) -> float:
    from tracker.analytics.statistics.slopes import FEW, middle_slope

    if len(values) > FEW:
        return middle_slope(values)
    return median(
        (later - one) / step for place, one in enumerate(values) for step, later in enumerate(values[place + 1 :], 1)
    )
