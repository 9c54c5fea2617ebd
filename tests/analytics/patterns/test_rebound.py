"""`rebound`: the days after quiet ones."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, at, figure, log, opening
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.rebound import PATTERN, find
from tracker.calendar.days import next_date

HOUR = 3600
#: Six quiet days on six weekdays, so that the days after them are a Tuesday, a Thursday, a Saturday, a Monday …
QUIET = (0, 9, 11, 20, 29, 38)


def month(changes: Mapping[int, int], usual: int = HOUR) -> DetectorInput:
    """42 days from a Monday, of an hour each, but for some."""
    days = log([], 42)
    return days._replace(seconds={date: changes.get(place, usual) for place, date in enumerate(days.logged_dates)})


def made_up_for(after: int = HOUR + 1800, quiet: tuple[int, ...] = QUIET) -> dict[int, int]:
    return dict.fromkeys(quiet, 0) | {day + 1: after for day in quiet}


def test_six_quiet_days_made_up_for_are_flagged_with_the_chance_of_drawing_them() -> None:
    finding = find(month(made_up_for()))
    assert finding.state == "flagged"
    assert finding.evidence == (
        "a day after a quiet one typically took 1h 30m (6 days); other days of those weekdays, 1h"
    )
    assert finding.figures == {
        "logged_days": 42,
        "median_seconds": HOUR,
        "days_after": 6,
        "more_than_usual": 6,
        "after_seconds": HOUR + 1800,
        "usual_seconds": HOUR,
        # Each is the longest of five of its weekday, of six on the Saturday, where no day was quiet.
        "p": pytest.approx(1 / (5**5 * 6)),
    }


def test_some_of_the_six_that_were_not_could_be_chance() -> None:
    assert find(month(made_up_for() | {39: HOUR - 1800})).state == "flagged"
    finding = find(month(made_up_for() | {30: HOUR - 1800, 39: HOUR - 1800, 21: HOUR - 1800}))
    assert (finding.state, finding.sessions) == ("quiet", ())
    assert 0.01 < figure(finding, "p") < 0.5


def test_a_quiet_day_after_a_quiet_day_is_none_after_it() -> None:
    days = made_up_for() | {22: 0, 23: 0, 24: 0, 25: 0}
    finding = find(month(days))
    assert finding.figures["days_after"] == 7


def test_who_is_quiet_every_sunday_has_nothing_to_compare_their_mondays_with() -> None:
    days = dict.fromkeys(range(6, 42, 7), 0) | dict.fromkeys(range(7, 42, 7), 3 * HOUR)
    finding = find(month(days))
    # But for the first Monday, before which nothing is known.
    assert (finding.state, finding.figures["days_after"]) == ("not enough data", 5)


def test_days_that_are_much_longer_now_and_then_are_no_rebound() -> None:
    # Five of the six are as usual, one is ten times as long: a sum of differences would lean up by that one alone.
    finding = find(month(made_up_for(HOUR) | {1: 10 * HOUR}))
    assert (finding.state, finding.figures["more_than_usual"]) == ("quiet", 1)


def test_a_tenth_of_the_median_is_quiet_and_a_second_more_is_not() -> None:
    assert find(month(made_up_for() | {0: 360})).figures["days_after"] == 6
    finding = find(month(made_up_for() | {0: 361}))
    assert (finding.state, finding.evidence) == ("not enough data", "needs 1 more logged day after a quiet one")
    assert finding.figures == {"logged_days": 42, "days_after": 5, "days_after_needed": 1}
    wider = month(made_up_for() | {0: 361})._replace(thresholds={"rebound.quiet": 0.2})
    assert find(wider).state == "flagged"


def test_a_day_after_that_was_not_logged_is_unknown() -> None:
    days = month(made_up_for())
    finding = find(days._replace(logged_dates=tuple(date for date in days.logged_dates if date != next_date(FIRST, 1))))
    assert finding.figures["days_after"] == 5


def test_days_are_compared_with_their_own_weekday() -> None:
    # Three hours on Saturdays and Mondays as a rule, and so after quiet Fridays and Sundays: no more than usual.
    rule = dict.fromkeys((*range(5, 42, 7), *range(0, 42, 7)), 3 * HOUR)
    finding = find(month(rule | dict.fromkeys((4, 6, 11, 13, 18, 20), 0)))
    assert (finding.state, finding.figures["more_than_usual"]) == ("quiet", 0)
    chart = finding.chart
    assert chart is not None
    assert chart.values == chart.usual == (180,) * 6


def test_a_day_that_still_runs_is_no_day_after() -> None:
    days = month(made_up_for(quiet=(0, 9, 11, 20, 29, 40)))
    assert find(days._replace(now=at(next_date(FIRST, 42), "03:59:59"))).figures["days_after"] == 5
    assert find(days._replace(now=at(next_date(FIRST, 42), "04:00"))).figures["days_after"] == 6


@pytest.mark.parametrize("days", [month({}, 0), log([], 0), log([])], ids=["zeros", "no day", "no time"])
def test_where_there_is_no_usual_day_it_waits_for_quiet_ones(days: DetectorInput) -> None:
    finding = find(days)
    assert (finding.state, finding.evidence) == ("not enough data", "needs 6 more logged days after quiet ones")


def test_its_sessions_are_those_of_the_days_after() -> None:
    starts = [at(next_date(FIRST, day), "09:00") for day in (0, 1, 10, 15, 21)]
    days = month(made_up_for())._replace(openings=tuple(opening(start) for start in starts))
    assert find(days).sessions == (starts[1], starts[2], starts[4])


def test_it_says_that_it_was_not_found_in_general() -> None:
    assert "Stieger & Lewetz" in PATTERN.note
    assert "not find it in general" in PATTERN.note


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "seconds")
