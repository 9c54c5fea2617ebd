"""`broken_pause`: declared pauses with an opening inside."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, at, log, opening
from tracker.analytics.exact_statistics import Z99, wilson_interval
from tracker.analytics.patterns.detector_input import DetectorInput, EndedPause
from tracker.analytics.patterns.detectors.broken_pause import find
from tracker.calendar.days import next_date


def pauses(broken: int, declared: int = 10, clock: str = "10:30") -> DetectorInput:
    """Pauses from 10:00 to 12:00 on so many days, the first of them broken at that time."""
    dates = [next_date(FIRST, day) for day in range(declared)]
    month = log([at(date, clock) for date in dates[:broken]])
    return month._replace(pauses=tuple(EndedPause(date, at(date, "10:00"), at(date, "12:00")) for date in dates))


def test_eleven_of_twelve_are_more_than_half_even_at_the_lower_end_and_ten_are_not() -> None:
    finding = find(pauses(11, 12))
    low, high = wilson_interval(11, 12, Z99)
    assert finding.state == "flagged"
    assert finding.evidence == "during 11 of 12 declared pauses you opened a channel"
    assert finding.figures == {
        "pauses": 12,
        "broken": 11,
        "share": round(11 / 12, 4),
        "share_low": round(low, 4),
        "share_high": round(high, 4),
    }
    assert finding.sessions == tuple(at(next_date(FIRST, day), "10:30") for day in range(11))
    assert finding.margin == pytest.approx(low / 0.5)
    assert find(pauses(10, 12)).state == "quiet"
    assert find(pauses(10, 12)._replace(thresholds={"broken_pause.share": 0.4})).state == "flagged"


@pytest.mark.parametrize(("clock", "broken"), [("09:59:59", 0), ("10:00:00", 10), ("11:59:59", 10), ("12:00:00", 0)])
def test_inside_is_from_its_first_second_to_before_its_end(clock: str, broken: int) -> None:
    assert find(pauses(10, clock=clock)).figures["broken"] == broken


def test_an_opening_that_began_before_and_goes_on_breaks_nothing() -> None:
    month = pauses(0)
    long = tuple(opening(at(next_date(FIRST, day), "09:50"), 3600) for day in range(10))
    assert find(month._replace(openings=long)).figures["broken"] == 0


def test_pauses_before_the_window_still_to_end_or_of_no_length_do_not_count() -> None:
    month = pauses(0)
    assert find(month._replace(now=at(next_date(FIRST, 9), "11:59"))).figures["pauses"] == 9
    assert find(month._replace(logged_dates=month.logged_dates[1:])).figures["pauses"] == 9
    empty = month.pauses[0]._replace(end=month.pauses[0].start)
    assert find(month._replace(pauses=(*month.pauses[1:], empty))).figures["pauses"] == 9


def test_it_says_how_many_pauses_are_missing() -> None:
    assert find(pauses(1, 9)).evidence == "needs 1 more declared pause"
    finding = find(log([]))
    assert (finding.state, finding.evidence) == ("not enough data", "needs 10 more declared pauses")
    assert finding.figures == {"pauses": 0, "pauses_needed": 10}


def test_two_that_overlap_are_two_with_each_session_once() -> None:
    month = pauses(9)
    twice = month._replace(pauses=month.pauses + month.pauses)
    assert find(twice).figures["broken"] == 18
    assert len(find(twice).sessions) == 9


def test_the_picture_is_how_long_they_held() -> None:
    chart = find(pauses(9)).chart
    assert chart is not None
    assert dict(zip(chart.labels, chart.values, strict=True)) == {
        "< 5m": 0, "< 15m": 0, "< 30m": 0, "< 1h": 9, "longer": 0, "no opening": 1,
    }  # fmt: skip


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "pauses")
