"""The gamma distribution against SciPy, from tiny shapes to large ones."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.exact_statistics import gamma_cdf, gamma_ppf

SHAPES = [0.01, 0.5, 1.0, 1.5, 3.5, 20.5, 99.5, 1000.5, 1e5]


@pytest.mark.parametrize("shape", SHAPES)
def test_the_chance_below_is_scipys(shape: float) -> None:
    special = pytest.importorskip("scipy.special")
    for times in (1e-6, 0.01, 0.3, 0.9, 0.999, 1.0, 1.001, 1.1, 1.5, 3.0, 10.0):
        truth = float(special.gammainc(shape, shape * times))
        assert gamma_cdf(shape * times, shape=shape) == pytest.approx(truth, rel=2e-8, abs=1e-13), times


@pytest.mark.parametrize("shape", SHAPES)
def test_the_quantile_is_scipys(shape: float) -> None:
    special = pytest.importorskip("scipy.special")
    for share in (1e-6, 0.025, 0.1, 0.5, 0.9, 0.975, 0.9999):
        truth = float(special.gammaincinv(shape, share))
        assert gamma_ppf(share, shape=shape) == pytest.approx(truth, rel=1e-6, abs=1e-290), share


@given(st.floats(0.05, 500), st.floats(0.001, 0.999))
def test_a_quantile_is_where_the_chance_below_is_its_share(shape: float, share: float) -> None:
    assert gamma_cdf(gamma_ppf(share, shape=shape), shape=shape) == pytest.approx(share, rel=1e-7)


@given(st.floats(0.05, 500), st.floats(0, 2000), st.floats(0, 100))
def test_the_chance_below_rises_from_none_to_one(shape: float, x: float, more: float) -> None:
    assert 0 <= gamma_cdf(x, shape=shape) <= gamma_cdf(x + more, shape=shape) + 1e-12 <= 1 + 2e-12


def test_the_ends_and_what_is_no_gamma() -> None:
    assert gamma_cdf(0, shape=2) == gamma_cdf(-1, shape=2) == gamma_ppf(0, shape=2) == 0
    assert gamma_cdf(inf, shape=2) == 1
    assert gamma_ppf(1, shape=2) == inf
    with pytest.raises(ValueError, match="above none"):
        gamma_cdf(1, shape=0)
    with pytest.raises(ValueError, match="no share"):
        gamma_ppf(1.1, shape=2)


def test_leads_an_hour_are_those_the_specification_prints() -> None:
    # No lead in 20 h: 0 to 0.13 an hour. Three in 20 h: 0.04 to 0.40.
    assert gamma_ppf(0.025, shape=0.5) / 20 == pytest.approx(0.00002, abs=1e-5)
    assert gamma_ppf(0.975, shape=0.5) / 20 == pytest.approx(0.13, abs=0.005)
    assert gamma_ppf(0.025, shape=3.5) / 20 == pytest.approx(0.04, abs=0.005)
    assert gamma_ppf(0.975, shape=3.5) / 20 == pytest.approx(0.40, abs=0.005)
