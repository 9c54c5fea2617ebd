"""Burstiness and memory: sums done by hand, SciPy's correlation, and the ends of both scales."""

from __future__ import annotations

from math import sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.exact_statistics import burstiness, memory


def test_a_clock_is_at_minus_one_and_chance_near_none() -> None:
    assert burstiness([60] * 50) == -1
    random = Random(3)
    assert burstiness([round(random.expovariate(1 / 600)) for _ in range(20_000)]) == pytest.approx(0, abs=0.02)


def test_one_long_gap_among_many_short_ones_is_as_bunched_as_can_be() -> None:
    # All gaps but one are none: r = √(n − 1), the largest there is, and Kim and Jo's figure is then exactly 1.
    for count in (3, 10, 400):
        assert burstiness([0] * (count - 1) + [5]) == pytest.approx(1)


def test_burstiness_is_the_sum_done_by_hand() -> None:
    # Gaps 1, 1, 4: mean 2, standard deviation √2, r = 0.7071; n = 3.
    ratio = sqrt(2) / 2
    assert burstiness([1, 1, 4]) == pytest.approx((2 * ratio - sqrt(2)) / ((2 - 2) * ratio + sqrt(2)))


@given(st.lists(st.integers(0, 10**6), min_size=2, max_size=60).filter(any), st.integers(1, 100))
def test_burstiness_lies_between_its_ends_whatever_the_unit(gaps: list[int], unit: int) -> None:
    value = burstiness(gaps)
    assert -1 - 1e-9 <= value <= 1 + 1e-9
    assert burstiness([gap * unit for gap in gaps]) == pytest.approx(value, abs=1e-6)
    assert burstiness(sorted(gaps)) == pytest.approx(value, abs=1e-9)


@given(st.lists(st.integers(0, 10**5), min_size=4, max_size=60))
def test_memory_is_the_correlation_of_each_gap_with_the_next(gaps: list[int]) -> None:
    stats = pytest.importorskip("scipy.stats")
    if len(set(gaps[:-1])) > 1 and len(set(gaps[1:])) > 1:
        assert memory(gaps) == pytest.approx(float(stats.pearsonr(gaps[:-1], gaps[1:]).statistic), abs=1e-6)
    else:
        assert memory(gaps) == 0


def test_too_few_gaps_are_refused() -> None:
    with pytest.raises(ValueError, match="two gaps"):
        burstiness([4])
    with pytest.raises(ValueError, match="not all of them none"):
        burstiness([0, 0])
    with pytest.raises(ValueError, match="three gaps"):
        memory([1, 2])
