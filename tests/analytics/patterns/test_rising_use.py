"""`rising_use`: the level of the last days against the days before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import every_day, log
from tracker.analytics.patterns.detector_input import DetectorInput, SourceSeconds
from tracker.analytics.patterns.detectors.rising_use import find
from tracker.calendar.days import next_date

#: A quarter of an hour more or less, in no order.
UNEVEN = [3600 + more for more in Random(5).choices((-900, -600, -300, 0, 300, 600, 900), k=63)]


def days_of(seconds: Sequence[int]) -> DetectorInput:
    """A log whose days took so many social seconds each."""
    month = log([], len(seconds))
    return month._replace(seconds=dict(zip(month.logged_dates, seconds, strict=True)))


def rising(times: Callable[[int], float | None]) -> DetectorInput:
    return days_of([int(UNEVEN[day] * (times(day) or 1.0)) for day in range(63)])


def test_twice_as_long_in_the_last_three_weeks_is_flagged() -> None:
    finding = find(days_of([1800] * 42 + [3600] * 21))
    assert finding.state == "flagged"
    assert finding.evidence == "a typical day took 1h in the last 21 days of use, 30m in the 42 before"
    assert finding.figures == {
        "logged_days": 63,
        "days_in_use": 63,
        "days_lately": 21,
        "last_seconds": 3600,
        "before_seconds": 1800,
        "rise": 1,
        "p": 0,
    }
    assert finding.margin == pytest.approx(4)


def test_a_quarter_more_is_the_least_rise() -> None:
    assert find(days_of([3540] * 42 + [4426] * 21)).state == "flagged"
    assert find(days_of([3540] * 42 + [4424] * 21)).state == "quiet"
    gentle = days_of([3540] * 42 + [4424] * 21)
    assert find(gentle._replace(thresholds={"rising_use.rise": 0.2})).state == "flagged"


def test_uneven_days_have_to_rise_by_more() -> None:
    assert find(rising(lambda day: 1.0)).state == "quiet"
    assert find(rising(lambda day: 2.0 if day >= 42 else 1.0)).state == "flagged"
    month = Random(3)
    wild = [month.choice((600, 1200, 2400, 4800, 9600)) for _day in range(63)]
    assert find(days_of([*wild[:42], *(int(1.5 * seconds) for seconds in wild[42:])])).state == "quiet"


def test_a_smaller_rise_is_seen_when_it_lasts_longer() -> None:
    random = Random(7)
    wild = [random.choice((300, 600, 1200, 2400, 4800, 9600, 19200)) for _day in range(91)]
    since = days_of(wild).logged_dates[-42]
    assert find(days_of([*wild[:70], *(2 * seconds for seconds in wild[70:])])).state == "quiet"
    finding = find(days_of([*wild[:49], *(2 * seconds for seconds in wild[49:])]))
    assert finding.state == "flagged"
    assert (finding.figures["logged_days"], finding.figures["days_lately"]) == (91, 42)
    assert finding.chart is not None
    assert finding.chart.labels[49] == since


def test_more_each_day_is_a_rise_and_less_is_none() -> None:
    assert find(rising(lambda day: 1 + day / 40)).state == "flagged"
    finding = find(rising(lambda day: 2 - day / 40))
    assert finding.state == "quiet"
    assert float(finding.figures["rise"] or 0) < 0


def test_a_week_off_makes_no_rise_whenever_it_was() -> None:
    for first in range(0, 56, 7):
        away = [0 if first <= day < first + 7 else seconds for day, seconds in enumerate(UNEVEN)]
        assert find(days_of(away)).state == "quiet"


@pytest.mark.parametrize("first", [14, 21, 28])
def test_back_from_two_weeks_of_less_is_no_rise(first: int) -> None:
    """Exams, or a phone that recorded a part only: what was usual before is usual again."""
    finding = find(rising(lambda day: 0.3 if first <= day < first + 14 else 1.0))
    assert finding.state == "quiet"
    assert float(finding.figures["rise"] or 0) > 0.25


def test_one_busy_day_makes_no_rise() -> None:
    for place in (43, 50, 62):
        assert find(rising({place: 6.0}.get)).state == "quiet"


def test_another_device_from_some_day_on_is_no_rise() -> None:
    browser = [0] * 42 + [4000] * 21
    both = days_of([phone + other for phone, other in zip(UNEVEN, browser, strict=True)])
    assert find(both).state == "flagged"
    dates = both.logged_dates
    sources = tuple(
        SourceSeconds(name, dict(zip(dates, days, strict=True)))
        for name, days in (("phone", UNEVEN), ("chrome", browser))
    )
    finding = find(both._replace(sources=sources))
    assert finding.state == "quiet"
    assert finding.evidence.endswith("; without chrome, recorded in a part of that time only")


def test_too_few_days_in_use_are_not_compared() -> None:
    assert find(log([], 63)).state == "quiet"
    assert find(log([], 63)).evidence == "0 of 63 logged days had more than a little use: too few to compare"


def test_it_says_how_many_days_are_missing() -> None:
    finding = find(log([], 32))
    assert (finding.state, finding.evidence) == ("not enough data", "needs 3 more logged days")
    assert finding.figures == {"logged_days": 32, "days_needed": 3}


def test_the_picture_is_the_days_with_their_two_levels() -> None:
    chart = find(days_of([1800] * 42 + [3600] * 21)).chart
    assert chart is not None
    assert (chart.values, chart.usual) == ((30,) * 42 + (60,) * 21,) * 2


def test_its_sessions_are_those_of_the_last_days_and_flagged_only() -> None:
    month = days_of([1800] * 42 + [3600] * 21)
    month = month._replace(openings=log(every_day("09:00", 63), 63).openings)
    assert len(find(month).sessions) == 21
    assert find(month._replace(seconds={next_date(month.logged_dates[0], 3): 60})).sessions == ()


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "seconds", "sources")
