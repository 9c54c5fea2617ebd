"""`rebound`: the days after quiet ones."""

from __future__ import annotations

from collections.abc import Mapping
from math import comb

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, at, log, opening
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.rebound import PATTERN, find
from tracker.calendar.days import next_date

HOUR = 3600
#: Six quiet days, and the weekdays after them.
QUIET = (0, 2, 7, 9, 14, 16)


def month(changes: Mapping[int, int], usual: int = HOUR) -> DetectorInput:
    """28 days from a Monday, of an hour each, but for some."""
    days = log([])
    return days._replace(seconds={date: changes.get(place, usual) for place, date in enumerate(days.logged_dates)})


def made_up_for(after: int = HOUR + 1800, quiet: tuple[int, ...] = QUIET) -> dict[int, int]:
    return dict.fromkeys(quiet, 0) | {day + 1: after for day in quiet}


def test_six_quiet_days_made_up_for_are_flagged_with_the_chance_of_drawing_them() -> None:
    found = find(month(made_up_for()))
    assert found.state == "flagged"
    assert found.evidence == (
        "the day after 6 quiet days took 1h 30m in the middle; other days of the week like them, 1h"
    )
    assert found.figures == {
        "logged_days": 28,
        "median_seconds": HOUR,
        "days_after": 6,
        "more_than_usual": 6,
        "after_seconds": HOUR + 1800,
        "usual_seconds": HOUR,
        "p": pytest.approx(1 / comb(6 + 15, 6)),  # the six longest of them and the 15 other days that are over
    }


def test_two_of_the_six_that_were_not_could_be_chance() -> None:
    assert find(month(made_up_for() | {17: HOUR - 1800})).state == "flagged"
    found = find(month(made_up_for() | {15: HOUR - 1800, 17: HOUR - 1800}))
    # Four that are longest and two that are shortest: 1956 of the 54264 ways to draw six have as large a rank sum.
    assert found.state == "quiet"
    assert found.figures["p"] == pytest.approx(1956 / comb(21, 6))
    assert found.sessions == ()


def test_a_quiet_day_after_a_quiet_day_is_none_after_it() -> None:
    days = made_up_for() | {20: 0, 21: 0, 22: 0, 23: 0}
    assert find(month(days)).figures["days_after"] == 7


def test_days_that_are_much_longer_now_and_then_are_no_rebound() -> None:
    # Five of the six are as usual, one is ten times as long: a sum of differences would lean up by that one alone.
    found = find(month(made_up_for(HOUR) | {1: 10 * HOUR}))
    assert (found.state, found.figures["more_than_usual"]) == ("quiet", 1)


def test_a_tenth_of_the_median_is_quiet_and_a_second_more_is_not() -> None:
    assert find(month(made_up_for() | {0: 360})).figures["days_after"] == 6
    found = find(month(made_up_for() | {0: 361}))
    assert (found.state, found.evidence) == ("not enough data", "needs 1 more logged day after a quiet one")
    assert found.figures == {"logged_days": 28, "days_after": 5, "days_after_needed": 1}
    wider = month(made_up_for() | {0: 361})._replace(thresholds={"rebound.quiet": 0.2})
    assert find(wider).state == "flagged"


def test_a_day_after_that_was_not_logged_is_unknown() -> None:
    days = month(made_up_for())
    found = find(days._replace(logged_dates=tuple(date for date in days.logged_dates if date != next_date(FIRST, 1))))
    assert found.figures["days_after"] == 5


def test_weekends_are_compared_with_weekends() -> None:
    # Quiet Fridays and Sundays: the Saturdays after take 3 h, as weekends do, and the Mondays an hour, as weekdays.
    weekends = dict.fromkeys((5, 6, 12, 13, 19, 20, 26, 27), 3 * HOUR)
    quiet = dict.fromkeys((4, 6, 11, 13, 18, 20), 0)
    found = find(month(weekends | quiet))
    assert (found.state, found.figures["more_than_usual"]) == ("quiet", 0)
    chart = found.chart
    assert chart is not None
    assert chart.values == chart.usual == (180, 60, 180, 60, 180, 60)


def test_a_day_that_still_runs_is_no_day_after() -> None:
    days = month(made_up_for(quiet=(0, 2, 7, 9, 14, 26)))
    assert find(days._replace(now=at(next_date(FIRST, 28), "03:59:59"))).figures["days_after"] == 5
    assert find(days._replace(now=at(next_date(FIRST, 28), "04:00"))).figures["days_after"] == 6


@pytest.mark.parametrize("days", [month({}, 0), log([], 0), log([])], ids=["zeros", "no day", "is not a time"])
def test_where_there_is_no_usual_day_it_waits_for_quiet_ones(days: DetectorInput) -> None:
    found = find(days)
    assert (found.state, found.evidence) == ("not enough data", "needs 6 more logged days after quiet ones")


def test_its_sessions_are_those_of_the_days_after() -> None:
    starts = [at(next_date(FIRST, day), "09:00") for day in (0, 1, 3, 5, 8)]
    days = month(made_up_for())._replace(openings=tuple(opening(start) for start in starts))
    assert find(days).sessions == (starts[1], starts[2], starts[4])


def test_it_says_that_it_was_not_found_in_general() -> None:
    assert "Stieger & Lewetz" in PATTERN.note
    assert "not find it in general" in PATTERN.note


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "seconds")
