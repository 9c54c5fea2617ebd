"""`overrun`: planned sessions past their plan."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, log
from tracker.analytics.exact_statistics import Z99, wilson_interval
from tracker.analytics.patterns.detector_input import DetectorInput, Planned
from tracker.analytics.patterns.detectors.overrun import find
from tracker.calendar.days import next_date


def planned(over: int, sessions: int = 14, lasted: int = 1200) -> DetectorInput:
    """Planned sessions of 10 min, one a day; the first so many of them lasted longer, the others 9 min."""
    return log([])._replace(
        plans=tuple(
            Planned(next_date(FIRST, day), 600, lasted if day < over else 540, 100 + day) for day in range(sessions)
        )
    )


def test_twelve_of_fourteen_are_more_than_half_even_at_the_lower_end_and_eleven_are_not() -> None:
    finding = find(planned(12))
    low, high = wilson_interval(12, 14, Z99)
    assert finding.state == "flagged"
    assert finding.evidence == (
        "12 of 14 planned sessions ran more than a quarter over; a typical one lasted 2.0 times as long as planned"
    )
    assert finding.figures == {
        "planned": 14,
        "over": 12,
        "share": round(12 / 14, 4),
        "share_low": round(low, 4),
        "share_high": round(high, 4),
        "middle_ratio": 2.0,
    }
    assert finding.sessions == tuple(range(100, 112))
    assert (find(planned(11)).state, find(planned(11)).sessions) == ("quiet", ())
    assert find(planned(11)._replace(thresholds={"overrun.share": 0.4})).state == "flagged"


@pytest.mark.parametrize(("lasted", "over"), [(750, 0), (751, 14), (600, 0)])
def test_a_quarter_over_is_allowed(lasted: int, over: int) -> None:
    assert find(planned(14, lasted=lasted)).figures["over"] == over


def test_plans_of_days_outside_the_window_do_not_count() -> None:
    month = planned(11)
    assert find(month._replace(logged_dates=month.logged_dates[1:])).figures == {"planned": 13, "sessions_needed": 1}


def test_it_says_how_many_sessions_are_missing() -> None:
    assert find(planned(3, 13)).evidence == "needs 1 more planned session"
    assert find(log([], 0)).evidence == "needs 14 more planned sessions"


def test_the_picture_is_the_lengths_in_plans() -> None:
    chart = find(planned(11)).chart
    assert chart is not None
    assert dict(zip(chart.labels, chart.values, strict=True)) == {
        "≤ 0.5": 0, "≤ 1": 3, "≤ 1.25": 0, "≤ 2": 11, "≤ 3": 0, "longer": 0,
    }  # fmt: skip


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "plans")
