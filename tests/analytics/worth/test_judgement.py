"""The arithmetic of "Is it worth it?": against SciPy, and every verdict there can be."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.analytics import channel_worth
from tracker.analytics.channel_worth import FAIL, NOT_ENOUGH_DATA, PASS, TESTS, WorthTest
from tracker.analytics.exact_statistics import gamma_cdf

HOUR = 3600


def test_the_intervals_of_the_definition() -> None:
    none, three = channel_worth.lead_rate(20 * HOUR, 0), channel_worth.lead_rate(20 * HOUR, 3)
    assert none is not None
    assert three is not None
    assert (round(none.low, 2), round(none.high, 2)) == (0, 0.13)
    assert (round(three.low, 2), round(three.high, 2)) == (0.04, 0.40)
    assert (three.counted, three.mean) == pytest.approx((3 / 20, 3.5 / 20))


@settings(deadline=None)  # SciPy is imported in the first example
@given(st.integers(HOUR, 2_000_000), st.integers(0, 200), st.floats(1e-4, 20))
def test_what_is_known_of_a_rate_is_scipys(seconds: int, leads: int, even: float) -> None:
    stats = pytest.importorskip("scipy.stats")
    truth = stats.gamma(leads + 0.5, scale=HOUR / seconds)
    rate = channel_worth.lead_rate(seconds, leads)
    assert rate is not None
    assert rate.low == pytest.approx(float(truth.ppf(0.025)), rel=1e-7)
    assert rate.high == pytest.approx(float(truth.ppf(0.975)), rel=1e-7)
    assert rate.mean == pytest.approx(float(truth.mean()))
    assert channel_worth.probability_below(seconds, leads, even) == pytest.approx(float(truth.cdf(even)), abs=1e-9)


@pytest.mark.parametrize("seconds", [0, 1, 720, HOUR - 1])
def test_under_an_hour_nothing_is_said_an_hour(seconds: int) -> None:
    assert channel_worth.lead_rate(seconds, 3) is None
    assert channel_worth.probability_below(seconds, 3, 0.2) is None
    assert channel_worth.per_hour(48_000, seconds) is None


def test_from_an_hour_on_it_is() -> None:
    assert channel_worth.lead_rate(HOUR, 3) is not None
    assert channel_worth.probability_below(HOUR, 3, 0.2) is not None
    assert channel_worth.probability_below(HOUR, 3, None) is None
    assert channel_worth.per_hour(-48_000, 2 * HOUR) == -24_000


@pytest.mark.parametrize(
    ("seconds", "unmeant", "declared", "state", "lacks"),
    [
        (100 * HOUR, 33 * HOUR, True, PASS, ()),  # 33% is not over 33%
        (100 * HOUR, 33 * HOUR + 1, True, FAIL, ()),
        (3 * HOUR, HOUR, True, FAIL, ()),  # a third is
        (HOUR, 0, True, PASS, ()),
        (HOUR - 1, HOUR - 1, True, NOT_ENOUGH_DATA, ("minutes",)),
        (3 * HOUR, 3 * HOUR, False, NOT_ENOUGH_DATA, ("focus_hours",)),
        (0, 0, False, NOT_ENOUGH_DATA, ("focus_hours", "minutes")),
    ],
)
def test_procrastination(seconds: int, unmeant: int, declared: bool, state: str, lacks: tuple[str, ...]) -> None:
    test = channel_worth.procrastination_test(seconds, seconds, unmeant, has_focus_hours=declared)
    assert (test.state, test.lacks) == (state, lacks)


@pytest.mark.parametrize(
    ("told", "unmeant", "state", "lacks"),
    [
        (2 * HOUR, HOUR // 2, PASS, ()),
        (2 * HOUR, HOUR, FAIL, ()),  # half of what is known, a tenth of all
        (HOUR - 1, HOUR - 1, NOT_ENOUGH_DATA, ("purpose",)),
        (0, 0, NOT_ENOUGH_DATA, ("purpose",)),
    ],
)
def test_what_nobody_said_the_purpose_of_is_not_in_the_share(
    told: int, unmeant: int, state: str, lacks: tuple[str, ...]
) -> None:
    test = channel_worth.procrastination_test(10 * HOUR, told, unmeant, has_focus_hours=True)
    assert (test.state, test.lacks) == (state, lacks)


@pytest.mark.parametrize(
    ("seconds", "chance", "leads", "state", "lacks"),
    [
        (10 * HOUR, 0.90, 3, FAIL, ()),
        (10 * HOUR, 0.10, 3, PASS, ()),
        (10 * HOUR, 0.89, 3, NOT_ENOUGH_DATA, ("hours",)),
        (10 * HOUR, 0.11, 3, NOT_ENOUGH_DATA, ("hours",)),
        (10 * HOUR - 1, 0.99, 3, NOT_ENOUGH_DATA, ("hours",)),
        (10 * HOUR, 0.99, 2, NOT_ENOUGH_DATA, ("leads",)),
        (HOUR, 0.99, 0, NOT_ENOUGH_DATA, ("hours", "leads")),
    ],
)
def test_return(seconds: int, chance: float, leads: int, state: str, lacks: tuple[str, ...]) -> None:
    test = channel_worth.return_test(seconds, chance, leads, ())
    assert (test.state, test.lacks, test.figures["below"]) == (state, lacks, chance)


def test_without_a_break_even_the_return_says_which_settings_are_missing() -> None:
    test = channel_worth.return_test(20 * HOUR, None, 5, ("hour_cost", "sale_value"))
    assert (test.state, test.lacks) == (NOT_ENOUGH_DATA, ("hour_cost", "sale_value"))


@pytest.mark.parametrize(
    ("seconds", "all_seconds", "leads", "all_leads", "income", "all_income", "state"),
    [
        (40, 100, 2, 10, 0, 1000, PASS),  # 40% is twice 20%: in proportion to its leads
        (41, 100, 2, 10, 0, 1000, FAIL),
        (41, 100, 2, 10, 205, 1000, PASS),  # and to its income
        (41, 100, 2, 10, 0, 0, FAIL),  # without any income there are only leads to compare with
        (40, 100, 2, 10, 0, 0, PASS),
        (40, 100, 2, 2, 0, 0, NOT_ENOUGH_DATA),
        (3, 100, 0, 10, 0, 1000, NOT_ENOUGH_DATA),  # of 3% of the hours 0.3 leads were to be expected
        (3, 100, 1, 10, 0, 1000, PASS),
        (10, 100, 0, 10, 0, 1000, FAIL),
        (0, 100, 3, 10, 0, 1000, NOT_ENOUGH_DATA),
        (0, 0, 3, 10, 0, 1000, NOT_ENOUGH_DATA),
    ],
)
def test_time(
    seconds: int, all_seconds: int, leads: int, all_leads: int, income: int, all_income: int, state: str
) -> None:
    test = channel_worth.time_test(seconds * HOUR, all_seconds * HOUR, leads, all_leads, income, all_income)
    assert test.state == state


@pytest.mark.parametrize("best", [True, False])
@pytest.mark.parametrize("states", list(product((PASS, FAIL, NOT_ENOUGH_DATA), repeat=3)))
def test_every_verdict(states: tuple[str, str, str], best: bool) -> None:
    judgement = channel_worth.verdict(
        [WorthTest(name, state, {}) for name, state in zip(TESTS, states, strict=True)], best=best
    )
    fails = states.count(FAIL)
    expected = {2: "stop", 3: "stop", 1: "cut"}.get(fails)
    if expected is None and states[1] == PASS:
        expected = "more" if best else "keep"
    assert judgement == (expected or NOT_ENOUGH_DATA)


def test_the_best_hour_is_better_than_each_rivals_by_a_chance_of_75_percent() -> None:
    assert channel_worth.is_best(20 * HOUR, 8, [(30 * HOUR, 2), (12 * HOUR, 1)])
    assert not channel_worth.is_best(20 * HOUR, 8, [(30 * HOUR, 20)])
    assert channel_worth.is_best(20 * HOUR, 8, [(30 * HOUR, 2), (HOUR, 5)])  # an hour's luck is no rival
    assert not channel_worth.is_best(20 * HOUR, 8, [(HOUR, 5)])
    assert not channel_worth.is_best(20 * HOUR, 8, [])  # better than nothing is no more of it


def test_two_that_are_equal_are_not_both_better() -> None:
    for seconds, leads in ((20 * HOUR, 4), (10 * HOUR, 0), (300 * HOUR, 77)):
        assert channel_worth.probability_better(seconds, leads, seconds, leads) == pytest.approx(0.5)
        assert not channel_worth.is_best(seconds, leads, [(seconds, leads)])


def test_how_many_hours_settle_it() -> None:
    # Without a lead the return does not pay once P(½, b·H) ≥ 0.9: b·H = 2.706 / 2, a chi-squared quantile.
    assert channel_worth.seconds_to_settle(4 * HOUR, 0, 3, 0.1) == 10 * HOUR  # 13.53 h in all, in whole hours: 14
    assert channel_worth.seconds_to_settle(HOUR, 0, 3, 0.01) == 135 * HOUR
    # At exactly the break-even no number of hours tells.
    assert channel_worth.seconds_to_settle(20 * HOUR, 4, 4, 0.2) is None
    # Far above it, ten hours are enough, the fewest there must be.
    assert channel_worth.seconds_to_settle(6 * HOUR, 30, 30, 0.2) == 4 * HOUR


def test_where_hours_are_enough_no_more_are_asked_for() -> None:
    assert channel_worth.seconds_to_settle(int(60.7 * HOUR), 0, 3, 0.1) == 0
    assert channel_worth.seconds_to_settle(int(60.7 * HOUR), 0, 0, 0.1) == 0  # leads are lacking, hours are not
    # Without a rate to go by, or leads to judge by, the ten hours there must be are all that can be said.
    assert channel_worth.seconds_to_settle(1224, 2, 5, 0.1) == 10 * HOUR - 1224
    assert channel_worth.seconds_to_settle(4 * HOUR, 0, 2, 0.1) == 6 * HOUR


@given(st.integers(HOUR, 100 * HOUR), st.integers(0, 20), st.floats(0.005, 2))
def test_what_settles_it_does(seconds: int, leads: int, even: float) -> None:
    more = channel_worth.seconds_to_settle(seconds, leads, leads + 3, even)
    if more is None:
        return
    total = (seconds + more) / HOUR
    brought = leads * (seconds + more) / seconds
    chance = gamma_cdf(even * total, shape=brought + 0.5)
    assert total >= 10
    assert not 0.1 + 1e-9 < chance < 0.9 - 1e-9
