"""Whether a series rises, and how steeply."""

from __future__ import annotations

from collections import Counter
from math import erfc, sqrt
from statistics import median

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def mann_kendall(values: Sequence[float]) -> tuple[float, float]:
    """(z, two-sided p) of a trend: z above 0 where later values tend to be larger. (0, 1) where nothing varies.

    Mann 1945; Kendall 1975; the variance of S corrected for ties, z by the continuity correction.
    """
    count = len(values)
    score = sum((later > one) - (later < one) for place, one in enumerate(values) for later in values[place + 1 :])
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
    slope = median(
        (values[there] - values[here]) / (there - here) for here in range(count) for there in range(here + 1, count)
    )
    return slope, median(values) - slope * (count - 1) / 2
