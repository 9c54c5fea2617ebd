"""Wilson's interval, binomial tails and the normal tail, against SciPy."""

from __future__ import annotations

import math
import sys
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.exact_statistics import binomial_sf, norm_sf, wilson_interval


@pytest.mark.parametrize("trials", [1, 2, 10, 50, 399, 10_000, 10**9])
def test_wilsons_interval_is_scipys(trials: int) -> None:
    stats = pytest.importorskip("scipy.stats")
    for successes in {0, 1, trials // 7, trials // 2, trials - 1, trials}:
        truth = stats.binomtest(successes, trials).proportion_ci(0.95, method="wilson")
        low, high = wilson_interval(successes, trials)
        assert low == pytest.approx(float(truth.low), rel=1e-7, abs=1e-15)
        assert 1 - high == pytest.approx(1 - float(truth.high), rel=1e-7, abs=1e-15)


@given(st.integers(1, 10**6).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilsons_interval_holds_the_share_and_is_the_same_seen_from_the_other_side(pair: tuple[int, int]) -> None:
    successes, trials = pair
    low, high = wilson_interval(successes, trials)
    assert 0 <= low <= successes / trials <= high <= 1
    assert wilson_interval(trials - successes, trials)[0] == pytest.approx(1 - high, abs=1e-12)


def test_without_trials_a_share_may_be_anything() -> None:
    assert wilson_interval(0, 0) == (0, 1)
    with pytest.raises(ValueError, match="no share"):
        wilson_interval(3, 2)


@pytest.mark.parametrize("trials", [1, 2, 14, 60, 1000, 10**6])
def test_wilsons_interval_is_statsmodels(trials: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "pandas")  # which tests/conftest.py hides
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    for successes in {0, 1, trials // 3, trials // 2, trials}:
        low, high = proportion.proportion_confint(successes, trials, 0.05, "wilson")
        assert wilson_interval(successes, trials) == pytest.approx((low, high), rel=1e-9, abs=1e-12)


def test_the_thresholds_of_the_patterns_lie_where_they_are_said_to() -> None:
    assert wilson_interval(9, 10)[0] > 0.5 > wilson_interval(8, 10)[0]
    assert wilson_interval(11, 14)[0] > 0.5 > wilson_interval(10, 14)[0]


@pytest.mark.parametrize("share", [1e-9, 0.001, 0.04, 0.35, 0.5, 0.8, 0.999])
@pytest.mark.parametrize("trials", [1, 2, 7, 40, 333, 10_000, 1_000_000])
def test_the_binomial_tail_is_scipys_from_one_tail_to_the_other(trials: int, share: float) -> None:
    special = pytest.importorskip("scipy.special")
    spread = math.sqrt(trials * share * (1 - share))
    counts = {0, 1, 2, trials // 2, trials - 1, trials}
    counts |= {round(trials * share + step * spread) for step in range(-20, 21, 4)}
    for count in counts & set(range(1, trials + 1)):
        truth = float(special.betainc(count, trials - count + 1, share))
        assert binomial_sf(count - 1, trials, share) == pytest.approx(truth, rel=1e-8, abs=1e-300), count


@given(st.integers(1, 30).flatmap(lambda n: st.tuples(st.integers(-1, n + 1), st.just(n))), st.fractions(0, 1))
def test_the_binomial_tail_is_the_sum_one_does_by_hand(pair: tuple[int, int], share: Fraction) -> None:
    count, trials = pair
    exact = sum(math.comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(max(count, 0), trials + 1))
    assert binomial_sf(count - 1, trials, float(share)) == pytest.approx(float(exact), rel=1e-9, abs=1e-15)


def test_impossible_counts_are_refused_and_certain_ones_are_certain() -> None:
    assert binomial_sf(-1, 5, 0.0) == 1
    assert binomial_sf(0, 5, 0.0) == 0
    assert binomial_sf(4, 5, 1.0) == 1
    assert binomial_sf(5, 5, 0.5) == 0
    with pytest.raises(ValueError, match="no binomial"):
        binomial_sf(0, 5, 1.5)


@given(st.floats(-37, 37))
def test_the_normal_tail_is_scipys(z: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    assert norm_sf(z) == pytest.approx(float(stats.norm.sf(z)), rel=1e-10, abs=1e-300)
