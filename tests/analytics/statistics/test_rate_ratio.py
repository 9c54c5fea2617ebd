"""The rate ratio of Mantel and Haenszel for person-time."""

from __future__ import annotations

from math import log

import pytest

from tracker.analytics.exact_statistics import rate_ratio


def test_one_stratum_is_the_plain_ratio_with_the_plain_variance() -> None:
    # 30 events in 100 h against 20 in 200 h: three times as many.
    logarithm, variance = rate_ratio([(30, 100, 20, 200)])
    assert logarithm == pytest.approx(log(3))
    assert variance == pytest.approx(50 * (100 * 200 / 300**2) / ((30 * 200 / 300) * (20 * 100 / 300)))


def test_strata_of_one_ratio_have_it_together_however_they_are_crossed() -> None:
    # Twice in both, though the pooled rates, 70/200 and 65/200, are about the same.
    logarithm, _variance = rate_ratio([(60, 100, 30, 100), (10, 100, 5, 100)])
    assert logarithm == pytest.approx(log(2))
    confounded, _variance = rate_ratio([(60, 100, 3, 10), (10, 10, 50, 100)])
    assert confounded == pytest.approx(log(2))


def test_no_events_on_a_side_are_half_of_one() -> None:
    logarithm, variance = rate_ratio([(0, 10, 5, 10)])
    assert logarithm == pytest.approx(log(0.5 / 3))
    assert variance > 1
    logarithm, variance = rate_ratio([])
    assert (logarithm, variance) == pytest.approx((0, 2))


def test_a_stratum_without_time_on_one_side_tells_nothing() -> None:
    assert rate_ratio([(30, 100, 20, 200), (5, 10, 0, 0)]) == pytest.approx(rate_ratio([(30, 100, 20, 200)]))
