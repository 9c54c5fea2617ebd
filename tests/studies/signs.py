"""Whether differences lean to one side: how `rebound` was first defined, kept to show why it no longer is."""

from __future__ import annotations

from bisect import bisect_left
from math import sqrt

from tracker.analytics.statistics.distributions import norm_sf

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Up to so many differences every combination of signs is counted; beyond, their sum is as good as normal.
EXACT = 28


def sign_flip(differences: Sequence[float]) -> float:
    """The one-sided p of the sum of differences: how often signs by chance give as large a sum. 1 for none.

    Fisher 1935, *The Design of Experiments*, ch. 21. Exact up to EXACT differences: the sums of either half are
    listed, and for each of the one half those of the other that reach are counted.
    """
    sizes = [abs(one) for one in differences if one]
    if not sizes:
        return 1.0
    total = sum(differences)
    if len(sizes) > EXACT:
        return norm_sf(total / sqrt(sum(size * size for size in sizes)))
    half = len(sizes) // 2
    left, right = _sums(sizes[:half]), sorted(_sums(sizes[half:]))
    slack = 1e-9 * sum(sizes)  # sums of the same sizes in another order differ in the last digits
    reached = sum(len(right) - bisect_left(right, total - slack - one) for one in left)
    return reached / (1 << len(sizes))


def _sums(sizes: Sequence[float]) -> list[float]:
    sums = [0.0]
    for size in sizes:
        sums = [one + sign for one in sums for sign in (size, -size)]
    return sums
