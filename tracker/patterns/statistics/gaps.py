"""How gaps between events are spread: burstiness and memory."""

from __future__ import annotations

from math import sqrt
from operator import mul

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
    apart = _apart(gaps)
    ratio = sqrt(sum(map(mul, apart, apart)) / count) / mean
    return (sqrt(count + 1) * ratio - sqrt(count - 1)) / ((sqrt(count + 1) - 2) * ratio + sqrt(count - 1))


def memory(gaps: Sequence[float]) -> float:
    """M: the correlation of each gap with the next one; 0 where the gaps do not vary. ValueError below three gaps."""
    if len(gaps) < 3:
        raise ValueError("memory wants three gaps or more")
    first, second = _apart(gaps[:-1]), _apart(gaps[1:])
    spread = sqrt(sum(map(mul, first, first)) * sum(map(mul, second, second)))
    return sum(map(mul, first, second)) / spread if spread else 0.0


def _apart(values: Sequence[float]) -> list[float]:
    """How far each is from their mean."""
    mean = sum(values) / len(values)
    return [value - mean for value in values]
