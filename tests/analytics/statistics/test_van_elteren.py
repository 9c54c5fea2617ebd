"""Van Elteren's test against all ways to draw, and against Mann–Whitney's where there is one stratum."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analytics import exact_statistics
from tracker.analytics.exact_statistics import mann_whitney_u, van_elteren

STRATUM = st.tuples(st.lists(st.integers(0, 6), max_size=3), st.lists(st.integers(0, 6), max_size=3))


def by_drawing(strata: Sequence[tuple[Sequence[float], Sequence[float]]]) -> float:
    """The share of all ways to draw as many of each stratum whose sum is at least that of the values."""
    weights = []
    for values, others in strata:
        everyone = [*values, *others]
        if values and others:
            ranks = [
                Fraction(sum(other < value for other in everyone))
                + Fraction(1 + sum(other == value for other in everyone), 2)
                for value in everyone
            ]
            draws = [sum(draw, Fraction(0)) / (len(ranks) + 1) for draw in combinations(ranks, len(values))]
            weights.append((draws[0], draws))
    reached = sum((first for first, _draws in weights), Fraction(0))
    every = [sum(draw, Fraction(0)) for draw in product(*(draws for _first, draws in weights))]
    return sum(value >= reached for value in every) / len(every)


@settings(max_examples=60)
@given(st.lists(STRATUM, max_size=3))
def test_it_is_the_share_of_all_ways_to_draw(strata: list[tuple[list[int], list[int]]]) -> None:
    assert van_elteren(strata) == pytest.approx(by_drawing(strata))


@given(st.lists(st.integers(0, 20), min_size=1, max_size=12), st.lists(st.integers(0, 20), min_size=1, max_size=12))
def test_one_stratum_is_mann_whitneys_test(values: list[int], others: list[int]) -> None:
    assert van_elteren([(values, others)]) == pytest.approx(mann_whitney_u(values, others))


def test_many_values_are_close_to_the_exact_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    strata = [([value * 7 % 11 + 2 for value in range(9)], [value * 5 % 11 for value in range(9)])] * 3
    normal = van_elteren(strata)
    monkeypatch.setattr(exact_statistics, "EXACT", 54)
    assert van_elteren(strata) == pytest.approx(normal, rel=0.05)
    monkeypatch.undo()
    assert van_elteren([([5] * 40, [5] * 40)]) == 1


def test_strata_are_never_compared_with_each_other() -> None:
    assert van_elteren([([10, 11], []), ([], [1, 2])]) == 1
    assert van_elteren([([10], [9]), ([2], [1])]) == pytest.approx(1 / 4)
