"""`burstiness`: how bunched openings are; a figure only."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, at, every_day, log
from tracker.analytics.exact_statistics import burstiness, memory
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.burstiness import find
from tracker.calendar.days import next_date


def test_openings_by_the_clock_are_as_regular_as_can_be() -> None:
    start = at(FIRST, "05:00")
    finding = find(log([start + hour * 3600 for hour in range(100)]))
    assert (finding.state, finding.figures["burstiness"], finding.figures["memory"]) == ("quiet", -1, 0)
    assert finding.evidence == "half of your openings come within 1h of the one before"
    assert finding.figures["gaps"] == 99
    assert (finding.figures["median_gap_seconds"], finding.figures["mean_gap_seconds"]) == (3600, 3600)


def test_chance_day_and_night_is_near_none_and_its_picture_near_the_usual_one() -> None:
    random = Random(2)
    start = at(FIRST, "05:00")
    finding = find(log(sorted(start + random.randrange(27 * 86_400) for _ in range(3000))))
    assert finding.figures["burstiness"] == pytest.approx(0, abs=0.05)
    assert finding.figures["memory"] == pytest.approx(0, abs=0.05)
    chart = finding.chart
    assert chart is not None
    assert sum(chart.values) == sum(chart.usual) == pytest.approx(2999)
    assert chart.values == pytest.approx(chart.usual, abs=100)


def test_days_with_nights_are_bunched_and_never_flagged() -> None:
    starts = [start for minute in range(0, 60, 5) for start in every_day(f"20:{minute:02}")]
    finding = find(log(starts))
    gaps = ([300] * 11 + [86_400 - 55 * 60]) * 27 + [300] * 11
    assert finding.figures["burstiness"] == round(burstiness(gaps), 4) > 0.3
    assert finding.figures["memory"] == round(memory(gaps), 4)
    assert finding.state == "quiet"


def test_a_gap_over_a_missing_day_is_of_unknown_length() -> None:
    month = log(every_day("09:00") + every_day("10:00") + every_day("11:00"))
    assert find(month).figures["gaps"] == 83
    gone = next_date(FIRST, 10)
    holes = month._replace(logged_dates=tuple(date for date in month.logged_dates if date != gone))
    assert find(holes).figures["gaps"] == 79


def test_fifty_gaps_are_enough_and_it_says_how_many_are_missing() -> None:
    start = at(FIRST, "05:00")
    assert find(log([start + 60 * n for n in range(51)])).state == "quiet"
    finding = find(log([start + 60 * n for n in range(50)]))
    assert (finding.state, finding.evidence) == ("not enough data", "needs 1 more opening")
    assert finding.figures == {"gaps": 49, "openings_needed": 1}
    assert find(log([start] * 60)).state == "not enough data"
    assert find(log([], 0)).evidence == "needs 50 more openings"


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    assert holds(find, any_log, "openings").state != "flagged"
