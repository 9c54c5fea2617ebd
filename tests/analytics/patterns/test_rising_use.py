"""`rising_use`: the trend of the days' time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, every_day, log
from tracker.analytics.patterns.detector_input import DetectorInput, SourceSeconds
from tracker.analytics.patterns.detectors.rising_use import BARS, find
from tracker.calendar.days import next_date


def days_of(seconds: Sequence[int]) -> DetectorInput:
    """A log whose days took so many social seconds each."""
    month = log([], len(seconds))
    return month._replace(seconds=dict(zip(month.logged_dates, seconds, strict=True)))


def rising(times: Callable[[int], int], days: int = 28) -> DetectorInput:
    return days_of([times(day) for day in range(days)])


def test_a_minute_more_each_day_is_flagged_with_the_figures_of_a_sum_done_by_hand() -> None:
    found = find(rising(lambda day: 1800 + 60 * day))
    assert found.state == "flagged"
    assert found.evidence == "the line through 28 logged days goes from 30m to 57m a day"
    assert found.figures == {
        "logged_days": 28,
        "days_in_use": 28,
        "first_seconds": 1800,
        "last_seconds": 1800 + 27 * 60,
        "before_seconds": None,
        "seconds_a_day": 60,
        "rise": 0.9,
        "z": pytest.approx(7.4482, abs=1e-4),  # S = 378, its variance 2562, (378 − 1)/√2562
        "p": pytest.approx(9.46e-14, rel=0.01),
    }
    assert found.margin == pytest.approx(0.9 / 0.25)


def test_a_quarter_more_is_the_least_rise() -> None:
    # From 2700 s by 25 s a day it is 675 s in 27 days, a quarter to the second.
    assert find(rising(lambda day: 2700 + 25 * day)).state == "flagged"
    assert find(rising(lambda day: 2701 + 25 * day)).state == "quiet"
    gentle = rising(lambda day: 2701 + 25 * day)
    assert find(gentle._replace(thresholds={"rising_use.rise": 0.2})).state == "flagged"


def test_a_rise_that_turns_soon_enough_could_be_chance() -> None:
    # Of 28 rising days the last m turned round: S = 378 − m(m − 1). At 15 z = 167/50.6, p = .00097; at 16 .0068.
    def turned(last: int) -> DetectorInput:
        days = [6000 + 600 * (day + 1) for day in range(28)]
        return days_of(days[: 28 - last] + days[28 - last :][::-1])

    assert find(turned(15)).state == "flagged"
    assert find(turned(15)).figures["p"] == pytest.approx(0.00097, abs=1e-5)
    assert find(turned(16)).state == "quiet"
    assert find(turned(16)).figures["p"] == pytest.approx(0.0068, abs=1e-4)


def test_falling_is_quiet_however_steady() -> None:
    found = find(rising(lambda day: 7200 - 60 * day))
    assert found.state == "quiet"
    assert found.figures["rise"] == pytest.approx(-0.225)


def test_a_rise_from_nothing_has_a_size() -> None:
    # The first two days are at most a tenth of the median: the line begins with the third one, at 60 s.
    found = find(rising(lambda day: 30 * day))
    assert found.state == "flagged"
    assert found.figures["days_in_use"] == 26
    assert found.figures["rise"] == pytest.approx(25 * 30 / 60)


def test_a_week_off_at_the_start_of_the_window_makes_no_rise() -> None:
    steady = [3600, 3900, 3300, 3700, 3500, 4200, 3100] * 6
    nothing = days_of(steady[:14] + [0] * 7 + steady[21:])
    assert find(nothing).state == "quiet"
    little = days_of(steady[:14] + [1500, 1300, 1600, 1200, 1400, 1700, 1100] + [3000] * 4 + steady[25:])
    assert find(little._replace(logged_dates=little.logged_dates[14:])).state == "flagged", "nothing before to compare"
    found = find(little)
    assert (found.state, found.figures["before_seconds"]) == ("quiet", 3600)


def test_another_device_from_some_day_on_is_no_rise() -> None:
    phone = [3600, 3900, 3300, 3700, 3500, 4200, 3100] * 4
    browser = [0] * 12 + [3000] * 16
    both = days_of([one + other for one, other in zip(phone, browser, strict=True)])
    assert find(both).state == "flagged"
    dates = both.logged_dates
    sources = tuple(
        SourceSeconds(name, dict(zip(dates, days, strict=True)))
        for name, days in (("phone", phone), ("chrome", browser))
    )
    found = find(both._replace(sources=sources))
    assert found.state == "quiet"
    assert found.evidence.endswith("a day; without chrome, recorded in a part of that time only")


def test_a_logged_day_without_time_is_none_and_a_missing_day_holds_no_place() -> None:
    month = rising(lambda day: 1800 + 60 * day, 40)
    holes = month._replace(logged_dates=tuple(date for date in month.logged_dates if not date.endswith("5")))
    assert find(holes).figures["logged_days"] == 28
    assert find(log([])).state == "quiet"
    assert find(log([])).evidence == "0 of 28 logged days had more than a little use: too few for a trend"


def test_it_says_how_many_days_are_missing() -> None:
    found = find(log([], 25))
    assert (found.state, found.evidence) == ("not enough data", "needs 3 more logged days")
    assert found.figures == {"logged_days": 25, "days_needed": 3}
    assert find(log([], 28)).state == "quiet"


def test_the_picture_is_the_days_with_the_line_through_them() -> None:
    chart = find(rising(lambda day: 1800 + 60 * day)).chart
    assert chart is not None
    assert chart.labels[0] == FIRST
    assert chart.values == pytest.approx([30 + day for day in range(28)])
    assert chart.usual == pytest.approx(chart.values)
    long = find(rising(lambda day: 60_000 + 60 * day, 1000)._replace(days=None)).chart
    assert long is not None
    assert len(long.values) <= BARS
    assert long.usual == pytest.approx(long.values)


def test_its_sessions_are_those_of_the_days_and_flagged_only() -> None:
    month = rising(lambda day: 1800 + 60 * day)._replace(openings=log(every_day("09:00")).openings)
    assert len(find(month).sessions) == 28
    assert find(month._replace(seconds={next_date(FIRST, 3): 60})).sessions == ()


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "seconds")
