"""The Poisson tail against SciPy as the oracle, far into both tails, and against sums done by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.exact_statistics import poisson_sf

MEANS = [1e-300, 1e-12, 1e-3, 0.0185, 0.5, 1.0, 1.7, 5.0, 15.9, 16.0, 40.0, 99.5, 700.0, 1e4]


@pytest.mark.parametrize("mean", MEANS)
def test_the_poisson_tail_is_scipys_from_one_tail_to_the_other(mean: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    spread = math.sqrt(mean)
    counts = {0, 1, 2, 3, 4, 5, 8, 15, 16, 17, 30} | {max(0, int(mean + step * spread)) for step in range(-30, 31, 3)}
    for count in counts:
        truth = float(stats.poisson.sf(count - 1, mean))
        assert poisson_sf(count - 1, mean) == pytest.approx(truth, rel=1e-9, abs=1e-307), (count, mean)


@given(st.integers(1, 2000), st.floats(1e-6, 2000))
def test_the_poisson_tail_is_scipys_everywhere_in_between(count: int, mean: float) -> None:
    special = pytest.importorskip("scipy.special")
    assert poisson_sf(count - 1, mean) == pytest.approx(float(special.gammainc(count, mean)), rel=1e-9, abs=1e-300)


def test_far_out_at_a_million_the_digits_hold_where_scipys_do_not() -> None:
    # The sum in 50 decimal digits; scipy 1.17 says 1.0257081e-09.
    assert poisson_sf(1_005_999, 1e6) == pytest.approx(1.0257088657909143e-09, rel=1e-8)
    assert poisson_sf(1_000_009, 1e6) == pytest.approx(0.4961436241136356, rel=1e-8)


def test_small_poisson_tails_are_the_sums_one_does_by_hand() -> None:
    assert poisson_sf(0, 0.5) == pytest.approx(1 - math.exp(-0.5))
    assert poisson_sf(1, 1.0) == pytest.approx(1 - 2 * math.exp(-1))
    assert poisson_sf(2, 2.0) == pytest.approx(1 - math.exp(-2) * (1 + 2 + 2))


def test_nothing_is_certain_to_happen_at_least_no_time_and_never_at_a_rate_of_zero() -> None:
    assert poisson_sf(-1, 0.0) == 1
    assert poisson_sf(-4, 5.0) == 1
    assert poisson_sf(0, 0.0) == 0
    with pytest.raises(ValueError, match="not negative"):
        poisson_sf(0, -0.1)


@given(st.integers(0, 300), st.floats(0, 300), st.floats(0, 50))
def test_a_tail_falls_with_the_count_and_rises_with_the_mean(count: int, mean: float, more: float) -> None:
    tail = poisson_sf(count - 1, mean)
    assert 0 <= tail <= 1
    assert poisson_sf(count, mean) <= tail + 1e-15
    assert poisson_sf(count - 1, mean + more) >= tail - 1e-12
