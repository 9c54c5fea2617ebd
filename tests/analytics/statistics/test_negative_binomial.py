"""The negative binomial tail against SciPy as the oracle, and where it is a Poisson tail."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.exact_statistics import negative_binomial_sf, poisson_sf


@given(st.integers(0, 300), st.floats(1e-3, 300), st.floats(1.0001, 30))
def test_the_tail_is_scipys(count: int, mean: float, dispersion: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    truth = float(stats.nbinom.sf(count, mean / (dispersion - 1), 1 / dispersion))
    assert negative_binomial_sf(count, mean, dispersion) == pytest.approx(truth, rel=1e-6, abs=1e-300)


@pytest.mark.parametrize("count", [-1, 0, 4, 30])
def test_without_dispersion_it_is_poissons(count: int) -> None:
    for mean in (0.0, 0.3, 7.0):
        assert negative_binomial_sf(count, mean, 1) == poisson_sf(count, mean)
    assert negative_binomial_sf(count, 7.0, 1 + 2e-6) == pytest.approx(poisson_sf(count, 7.0), rel=1e-3)


def test_a_tail_by_hand() -> None:
    # Shape 1 is the geometric count: each further one comes with the chance 1 − 1/dispersion.
    assert negative_binomial_sf(2, 1.0, 2.0) == pytest.approx(1 / 8)
    assert negative_binomial_sf(-1, 1.0, 2.0) == 1
    assert negative_binomial_sf(0, 0.0, 2.0) == 0


@pytest.mark.parametrize(("mean", "dispersion"), [(-1, 2), (1, 0.9)])
def test_what_is_no_such_count_is_refused(mean: float, dispersion: float) -> None:
    with pytest.raises(ValueError, match="no negative binomial count"):
        negative_binomial_sf(1, mean, dispersion)
