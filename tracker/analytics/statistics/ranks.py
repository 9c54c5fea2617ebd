"""Whether one group of values is larger than another, by their ranks."""

from __future__ import annotations

from collections import Counter
from math import comb, sqrt
from typing import TYPE_CHECKING

from tracker.analytics.statistics.shares import normal_tail

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Up to so many values of both groups every division into two is counted; beyond, the rank sum is as good as normal.
EXACT = 50


def larger(values: Sequence[float], others: Sequence[float]) -> float:
    """The one-sided p of Mann–Whitney's test that `values` tend to be larger than `others`. 1 for an empty group.

    The chance that as many of the same values, drawn without looking, have as large a sum of ranks; equal values share
    their mean rank. Exact, ties and all, up to EXACT values by the shift algorithm (Streitberg & Röhmel 1986); beyond,
    normal with the variance corrected for ties and half a rank for continuity (Lehmann 1975, *Nonparametrics*, ch. 1).
    """
    if not values or not others:
        return 1.0
    ranks = _doubled_ranks((*values, *others))
    if len(ranks) > EXACT:
        return _normal(ranks, len(values))
    if len(values) <= len(others):
        return _exact(ranks, ranks[: len(values)])
    # The smaller group is the cheaper one to count; read from the other end, it is to be small.
    turned = [2 * (len(ranks) + 1) - rank for rank in ranks]
    return _exact(turned, turned[len(values) :])


def _doubled_ranks(values: Sequence[float]) -> list[int]:
    """Twice the rank of each, from 2 up: twice, so that a rank shared by two is a whole number."""
    counts = Counter(values)
    rank: dict[float, int] = {}
    before = 0
    for value in sorted(counts):
        rank[value] = 2 * before + counts[value] + 1
        before += counts[value]
    return [rank[value] for value in values]


def _exact(ranks: Sequence[int], chosen: Sequence[int]) -> float:
    """The share of all choices of as many ranks whose sum is at least that of the chosen ones.

    `ways[n]` holds, in one long number, how many choices of n ranks have each sum: `bits` bits for each. One more rank
    moves the choices of n − 1 up by that rank, and makes choices of n of them.
    """
    size, every = len(chosen), comb(len(ranks), len(chosen))
    bits = every.bit_length() + 1
    ways = [1] + [0] * size
    for rank in ranks:
        for count in range(size, 0, -1):
            ways[count] += ways[count - 1] << rank * bits
    # Casting out: the digits of a number add up to its remainder by one less than their base, if that is larger.
    reached = (ways[size] >> sum(chosen) * bits) % ((1 << bits) - 1)
    return reached / every


def _normal(ranks: Sequence[int], count: int) -> float:
    every = len(ranks)
    others = every - count
    ties = sum(tie**3 - tie for tie in Counter(ranks).values())
    variance = count * others / 12 * (every + 1 - ties / (every * (every - 1)))
    if variance <= 0:
        return 1.0
    above = sum(ranks[:count]) / 2 - count * (every + 1) / 2
    return normal_tail((above - 0.5) / sqrt(variance))
