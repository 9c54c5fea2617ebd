"""How unevenly counts are spread, against SciPy's χ² and by sums done by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.exact_statistics import design_effect, dispersion

TABLES = st.integers(2, 6).flatmap(
    lambda width: st.lists(st.lists(st.integers(1, 60), min_size=width, max_size=width), min_size=2, max_size=8)
)
DAYS = st.lists(st.integers(0, 50).flatmap(lambda all: st.tuples(st.integers(0, all), st.just(all))), max_size=30)


@given(TABLES)
def test_it_is_scipys_chi_square_over_its_degrees_of_freedom(table: list[list[int]]) -> None:
    from scipy.stats import chi2_contingency  # takes a second, which every worker would pay

    truth = chi2_contingency(table, correction=False)
    assert dispersion(table) == pytest.approx(max(truth.statistic / truth.dof, 1.0), rel=1e-9)


def test_all_in_one_hour_or_in_the_other_is_far_from_chance() -> None:
    # Four days of ten in one of two hours: each cell is 5 off 5, so χ² = 8·5 = 40, with 3 degrees of freedom.
    assert dispersion([[10, 0], [0, 10], [10, 0], [0, 10]]) == pytest.approx(40 / 3)


def test_hours_and_days_that_differ_alike_are_no_unevenness() -> None:
    assert dispersion([[1, 2, 3], [10, 20, 30], [0, 0, 0]]) == 1.0


@pytest.mark.parametrize("table", [[], [[]], [[3, 4]], [[0, 0], [0, 0]], [[5], [6]]])
def test_nothing_free_is_no_unevenness(table: list[list[int]]) -> None:
    assert dispersion(table) == 1.0


def test_days_of_checks_only_and_of_none_count_as_their_number() -> None:
    # Half of 8 days all checks, half none, 10 each: Σ(5)²·8 · 8/7 over .25·80, and (1 + 2.42/7) for so few days.
    days = [(10, 10), (0, 10)] * 4
    assert design_effect(days) == pytest.approx(200 * 8 / 7 / 20 * (1 + 2.42 / 7))


@given(DAYS)
def test_days_never_make_a_share_surer(days: list[tuple[int, int]]) -> None:
    assert design_effect(days) >= 1.0
    assert design_effect([*days, (0, 0)]) == design_effect(days)


@pytest.mark.parametrize("days", [[], [(3, 9)], [(0, 5), (0, 9)], [(5, 5), (9, 9)]])
def test_nothing_to_compare_changes_nothing(days: list[tuple[int, int]]) -> None:
    assert design_effect(days) == 1.0
