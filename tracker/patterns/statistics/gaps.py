"""How gaps between events are spread: burstiness and memory."""

from __future__ import annotations

from math import sqrt

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def burstiness(gaps: Sequence[float]) -> float:
    """Bₙ of n gaps: −1 as regular as a clock, 0 as by chance, near 1 all bunched. ValueError below two gaps.

    Goh & Barabási 2008 (doi:10.1209/0295-5075/81/48002), corrected for few gaps by Kim & Jo 2016
    (doi:10.1103/PhysRevE.94.032311): with r = σ/μ, ((√(n+1)·r − √(n−1)) / ((√(n+1) − 2)·r + √(n−1))).
    """
    count = len(gaps)
    mean = sum(gaps) / count if count else 0.0
    if count < 2 or mean <= 0:
        raise ValueError("burstiness wants two gaps or more, not all of them none")
    ratio = sqrt(sum((gap - mean) ** 2 for gap in gaps) / count) / mean
    return (sqrt(count + 1) * ratio - sqrt(count - 1)) / ((sqrt(count + 1) - 2) * ratio + sqrt(count - 1))


def memory(gaps: Sequence[float]) -> float:
    """M: the correlation of each gap with the next one; 0 where the gaps do not vary. ValueError below three gaps."""
    if len(gaps) < 3:
        raise ValueError("memory wants three gaps or more")
    first, second = gaps[:-1], gaps[1:]
    count = len(first)
    mean, next_mean = sum(first) / count, sum(second) / count
    both = sum((one - mean) * (two - next_mean) for one, two in zip(first, second, strict=True))
    spread = sqrt(sum((one - mean) ** 2 for one in first) * sum((two - next_mean) ** 2 for two in second))
    return both / spread if spread else 0.0
