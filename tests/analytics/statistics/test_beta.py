"""Which of two rates is the higher, against SciPy as the oracle."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analytics.exact_statistics import beta_cdf, probability_rate_greater

SHAPES = st.floats(0.5, 500)


@settings(deadline=None)  # SciPy is imported in the first example
@given(SHAPES, SHAPES, st.floats(1e-6, 1 - 1e-6))
def test_the_incomplete_beta_function_is_scipys(a: float, b: float, x: float) -> None:
    special = pytest.importorskip("scipy.special")
    assert beta_cdf(x, a=a, b=b) == pytest.approx(float(special.betainc(a, b, x)), rel=1e-9, abs=1e-12)


def test_small_beta_shapes_are_the_sums_one_does_by_hand() -> None:
    assert beta_cdf(0.3, a=1, b=1) == pytest.approx(0.3)
    assert beta_cdf(0.3, a=2, b=1) == pytest.approx(0.09)
    assert beta_cdf(0.5, a=1, b=3) == pytest.approx(1 - 0.5**3)
    assert (beta_cdf(0, a=2, b=3), beta_cdf(1, a=2, b=3)) == (0, 1)
    with pytest.raises(ValueError, match="above none"):
        beta_cdf(0.5, a=0, b=1)


@given(st.integers(0, 60), st.floats(0.01, 400), st.integers(0, 60), st.floats(0.01, 400))
def test_one_of_two_rates_is_the_higher(leads: int, hours: float, others: int, other_hours: float) -> None:
    first, second = (leads + 0.5, hours), (others + 0.5, other_hours)
    assert probability_rate_greater(*first, *second) + probability_rate_greater(*second, *first) == pytest.approx(
        1, abs=1e-9
    )
    assert probability_rate_greater(*first, *first) == pytest.approx(0.5, abs=1e-9)


@pytest.mark.parametrize(("first", "second"), [((3.5, 20), (0.5, 20)), ((0.5, 2), (8.5, 60)), ((12.5, 40), (14.5, 41))])
def test_the_chance_is_the_integral_over_both(first: tuple[float, float], second: tuple[float, float]) -> None:
    integrate, stats = pytest.importorskip("scipy.integrate"), pytest.importorskip("scipy.stats")
    rate, other_rate = (stats.gamma(shape, scale=1 / hours) for shape, hours in (first, second))
    # P(λ₁ > λ₂) = ∫ P(λ₂ < F₁⁻¹(u)) du
    truth, _error = integrate.quad(lambda share: other_rate.cdf(rate.ppf(share)), 0, 1, limit=200)
    assert probability_rate_greater(*first, *second) == pytest.approx(truth, abs=1e-6)


def test_without_time_there_is_no_rate() -> None:
    with pytest.raises(ValueError, match="no time, no rate"):
        probability_rate_greater(1, 0, 1, 1)
