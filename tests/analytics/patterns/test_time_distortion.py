"""`time_distortion`: felt time against logged time."""

from __future__ import annotations

from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import log
from tracker.analytics.patterns.detector_input import DetectorInput, WeekEstimate
from tracker.analytics.patterns.detectors.time_distortion import find

HOUR = 3600


def felt(*hours: float, logged: int = 8 * HOUR) -> DetectorInput:
    """Weeks of 8 h that felt like so many."""
    weeks = tuple(WeekEstimate(f"2026-W{30 + at}", round(hour * HOUR), logged) for at, hour in enumerate(hours))
    return log([])._replace(estimates=weeks)


def test_five_of_six_weeks_felt_a_quarter_shorter_are_flagged() -> None:
    finding = find(felt(6, 6, 6, 5, 6, 8))
    assert finding.state == "flagged"
    assert finding.evidence == (
        "over your last 6 guesses you expected 6h 10m a week and logged 8h; 5 were too low by 25% or more"
    )
    assert finding.figures == {
        "estimates": 6,
        "felt_shorter": 5,
        "felt_longer": 0,
        "middle_error": -0.25,
        "felt_seconds": 37 * HOUR // 6,
        "logged_seconds": 8 * HOUR,
    }
    assert finding.margin == 1


def test_its_span_is_that_of_its_weeks_and_its_picture_has_durations() -> None:
    month = felt(0.37, 6, 6, 8, 5, 6, 8)
    days = {f"2026-W{30 + at}": (f"first of {30 + at}", f"last of {30 + at}") for at in range(7)}
    dated = tuple(
        estimate._replace(first=days[estimate.week][0], last=days[estimate.week][1]) for estimate in month.estimates
    )
    finding = find(month._replace(estimates=dated))
    assert (finding.first_date, finding.last_date) == ("first of 31", "last of 36")  # the last six of seven
    few = find(month._replace(estimates=dated[:2]))
    assert (few.first_date, few.last_date) == ("first of 30", "last of 31")
    assert finding.chart is not None
    assert (finding.chart.say(0.367), finding.chart.say(1.5)) == ("22m", "1h 30m")


def test_four_or_weeks_that_differ_both_ways_are_not() -> None:
    assert find(felt(6, 6, 8, 6, 6, 8)).state == "quiet"
    assert find(felt(6, 6, 6, 10, 10, 10)).state == "quiet"
    assert find(felt(10, 10, 10, 10, 10, 6.01)).state == "flagged"
    assert find(felt(10, 10, 10, 10, 10, 6)).state == "quiet"
    assert find(felt(6.01, 6, 6, 6, 6, 8)).state == "quiet"
    assert find(felt(6.01, 6, 6, 6, 6, 8)._replace(thresholds={"time_distortion.off": 0.2})).state == "flagged"


def test_only_the_last_six_weeks_count_and_only_those_with_an_hour() -> None:
    assert find(felt(1, 1, 1, 1, 8, 8, 8, 8, 8, 8)).state == "quiet"
    short = felt(6, 6, 6, 6, 6, 6, logged=HOUR - 1)
    assert find(short).evidence == "needs 6 more weekly guesses"
    assert find(felt(6, 6, 6, 6, 6, 6, logged=HOUR)).state == "flagged"
    assert find(felt(6, 6, 6, 6, 6, logged=0)).state == "not enough data"


def test_it_says_how_many_estimates_are_missing() -> None:
    finding = find(felt(1, 1, 1, 1, 1))
    assert (finding.state, finding.evidence) == ("not enough data", "needs 1 more weekly guess")
    assert finding.figures == {"estimates": 5, "estimates_needed": 1}


def test_chance_is_told_for_the_threshold_as_it_is_set() -> None:
    # Off by 25 % one way with a chance of .2023; 5 of 6 or more of that and none the other way, either way: .0026.
    assert "flagged 3 times in 1000" in find(felt(8, 8, 8, 8, 8, 8)).chance
    stricter = felt(8, 8, 8, 8, 8, 8)._replace(thresholds={"time_distortion.off": 0.1})
    assert find(stricter).chance != find(felt(8, 8, 8, 8, 8, 8)).chance


def test_the_picture_is_felt_and_logged_hours_by_week() -> None:
    chart = find(felt(6, 6, 8, 5, 6, 8)).chart
    assert chart is not None
    assert chart.labels[0] == "2026-W30"
    assert list(chart.values) == [6, 6, 8, 5, 6, 8]
    assert list(chart.usual) == [8] * 6


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "estimates")
