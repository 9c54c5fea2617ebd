"""Mann–Kendall and Theil–Sen against pymannkendall and SciPy, and long series against listing all pairs."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.statistics.significance import LISTED, mann_kendall, theil_sen

SERIES = st.one_of(
    st.lists(st.integers(0, 5), min_size=3, max_size=90),
    st.lists(st.integers(0, 20_000), min_size=3, max_size=90),
    st.lists(st.floats(-1e6, 1e6), min_size=3, max_size=40),
)


def all_pairs(values: list[float]) -> float:
    return median(
        (values[late] - values[early]) / (late - early) for late in range(len(values)) for early in range(late)
    )


def test_a_steady_rise_is_the_sum_done_by_hand() -> None:
    # S = 28·27/2 = 378; its variance 28·27·61/18 = 2562; z = 377/√2562.
    z, p = mann_kendall(list(range(28)))
    assert z == pytest.approx(7.4482, abs=1e-4)
    assert p < 1e-12
    assert mann_kendall(list(range(28))[::-1])[0] == -z
    assert theil_sen([10, 12, 14, 16]) == (2, 10)


@given(SERIES)
def test_the_trend_is_pymannkendalls(values: list[float]) -> None:
    other = pytest.importorskip("pymannkendall")
    z, p = mann_kendall(values)
    if len(set(values)) > 1:
        truth = other.original_test(values)
        assert z == pytest.approx(float(truth.z), rel=1e-9, abs=1e-12)
        assert p == pytest.approx(float(truth.p), rel=1e-6, abs=1e-12)
    else:
        assert (z, p) == (0, 1)


@given(SERIES)
def test_the_line_is_pymannkendalls_and_scipys(values: list[float]) -> None:
    other, stats = pytest.importorskip("pymannkendall"), pytest.importorskip("scipy.stats")
    slope, start = theil_sen(values)
    truth = other.sens_slope(values)
    near = 1e-9 * max(1.0, *map(abs, values))
    assert slope == pytest.approx(float(truth.slope), abs=near)
    assert start == pytest.approx(float(truth.intercept), abs=near)
    assert slope == pytest.approx(float(stats.theilslopes(values).slope), abs=near)


#: A value of a long series by its place, as unlike one another as series are.
KINDS: dict[str, Callable[[Random, int], float]] = {
    "anything": lambda random, _place: random.randrange(20_000),
    "many ties": lambda random, _place: random.randrange(3),
    "mostly none": lambda random, _place: max(0, random.randrange(-9000, 3000)),
    "a line": lambda _random, place: 60 * place,
    "a fall": lambda random, place: random.gauss(-0.1 * place, 3),
    "the same": lambda _random, _place: 7,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("count", [LISTED, LISTED + 1, 700])
def test_of_a_long_series_it_is_the_median_of_all_pairs(kind: str, count: int) -> None:
    random = Random(count)
    values = [KINDS[kind](random, place) for place in range(count)]
    assert theil_sen(values)[0] == pytest.approx(all_pairs(values), rel=1e-12, abs=1e-9)


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 9), st.integers(-9, 9))
def test_neither_unit_nor_zero_point_changes_a_trend(values: list[int], times: int, more: int) -> None:
    assert mann_kendall([times * one + more for one in values]) == mann_kendall(values)


def test_a_line_wants_two_values_and_a_trend_none() -> None:
    assert mann_kendall([]) == mann_kendall([4]) == (0, 1)
    with pytest.raises(ValueError, match="two values"):
        theil_sen([4])
