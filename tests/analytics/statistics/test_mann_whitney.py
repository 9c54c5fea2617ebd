"""Mann–Whitney: every division counted by hand, SciPy's exact and normal ones, and ties."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analytics.exact_statistics import EXACT, mann_whitney_u


def by_hand(values: list[int], others: list[int]) -> float:
    """The share of all ways to choose as many of the values whose rank sum is as large."""
    every = values + others
    ranks = [sum(other < value for other in every) + sum(other == value for other in every) / 2 for value in every]
    sums = [sum(chosen) for chosen in combinations(ranks, len(values))]
    return sum(rank_sum >= sum(ranks[: len(values)]) - 1e-9 for rank_sum in sums) / len(sums)


def test_the_largest_three_of_six_are_so_in_one_of_twenty_choices() -> None:
    assert mann_whitney_u([4, 5, 6], [1, 2, 3]) == pytest.approx(1 / 20)
    assert mann_whitney_u([1, 2, 3], [4, 5, 6]) == 1


@given(st.lists(st.integers(0, 5), min_size=1, max_size=6), st.lists(st.integers(0, 5), min_size=1, max_size=7))
def test_with_ties_it_is_the_count_of_all_choices(values: list[int], others: list[int]) -> None:
    assert mann_whitney_u(values, others) == pytest.approx(by_hand(values, others), rel=1e-12)


@pytest.mark.parametrize("sizes", [(1, 1), (2, 9), (14, 28), (28, 14), (25, 25), (40, 8)])
def test_without_ties_it_is_scipys_exact_one(sizes: tuple[int, int]) -> None:
    stats = pytest.importorskip("scipy.stats")
    random = Random(sum(sizes))
    for shift in (-1.0, 0.0, 0.4, 2.0):
        values, others = [random.gauss(shift) for _ in range(sizes[0])], [random.gauss() for _ in range(sizes[1])]
        truth = stats.mannwhitneyu(values, others, alternative="greater", method="exact").pvalue
        assert mann_whitney_u(values, others) == pytest.approx(float(truth), rel=1e-9)


@settings(max_examples=30)
@given(st.lists(st.integers(0, 9), min_size=30, max_size=80), st.lists(st.integers(0, 9), min_size=30, max_size=80))
def test_of_many_values_it_is_scipys_normal_one_with_its_correction_for_ties(
    values: list[int], others: list[int]
) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert len(values) + len(others) > EXACT
    truth = stats.mannwhitneyu(values, others, alternative="greater", method="asymptotic", use_continuity=False).pvalue
    expected = float(truth) if len({*values, *others}) > 1 else 1.0
    assert mann_whitney_u(values, others) == pytest.approx(expected, rel=1e-9)


@given(st.lists(st.floats(-9, 9), max_size=25), st.lists(st.floats(-9, 9), max_size=25), st.randoms())
def test_neither_order_nor_scale_matters_and_both_sides_reach(
    values: list[float], others: list[float], random: Random
) -> None:
    p = mann_whitney_u(values, others)
    assert 0 < p <= 1
    mixed = random.sample(values, len(values))
    assert mann_whitney_u(mixed, others) == p
    assert mann_whitney_u(values, others) + mann_whitney_u(others, values) >= 1 - 1e-9


def test_nothing_is_larger_than_nothing() -> None:
    assert mann_whitney_u([], [1.0]) == mann_whitney_u([1.0], []) == 1
    assert mann_whitney_u([2.0] * 10, [2.0] * 10) == 1
    assert mann_whitney_u([2.0] * 40, [2.0] * 40) == 1
