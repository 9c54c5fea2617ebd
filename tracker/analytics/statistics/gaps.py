"""How gaps between events are spread: burstiness and memory. Gaps are whole seconds, so that their sums are exact."""

from __future__ import annotations

from itertools import islice
from math import sqrt
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def burstiness(gaps: Sequence[int]) -> float:
    """Bₙ of n gaps: −1 as regular as a clock, 0 as by chance, near 1 all bunched. ValueError below two gaps.

    Goh & Barabási 2008 (doi:10.1209/0295-5075/81/48002), corrected for few gaps by Kim & Jo 2016
    (doi:10.1103/PhysRevE.94.032311): with r = σ/μ, ((√(n+1)·r − √(n−1)) / ((√(n+1) − 2)·r + √(n−1))).
    """
    count, total = len(gaps), sum(gaps)
    if count < 2 or total <= 0:
        raise ValueError("burstiness wants two gaps or more, not all of them none")
    ratio = sqrt(count * sum(map(mul, gaps, gaps)) - total * total) / total
    return (sqrt(count + 1) * ratio - sqrt(count - 1)) / ((sqrt(count + 1) - 2) * ratio + sqrt(count - 1))


def memory(gaps: Sequence[int]) -> float:
    """M: the correlation of each gap with the next one; 0 where the gaps do not vary. ValueError below three gaps."""
    if len(gaps) < 3:
        raise ValueError("memory wants three gaps or more")
    pairs, total, squares = len(gaps) - 1, sum(gaps), sum(map(mul, gaps, gaps))
    first, second = total - gaps[-1], total - gaps[0]
    spread_first = pairs * (squares - gaps[-1] ** 2) - first**2
    spread_second = pairs * (squares - gaps[0] ** 2) - second**2
    together = pairs * sum(map(mul, gaps, islice(gaps, 1, None))) - first * second
    return together / sqrt(spread_first * spread_second) if spread_first and spread_second else 0.0
