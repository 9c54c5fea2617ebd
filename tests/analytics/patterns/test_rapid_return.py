"""`rapid_return`: straight back to a channel, more than before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, at, figure, log, opening
from tracker.analytics.patterns.detector_input import DetectorInput, Notification
from tracker.analytics.patterns.detectors.rapid_return import find
from tracker.analytics.patterns.openings import Opening
from tracker.calendar.days import next_date

#: One minute long each; those at :00 are no returns, those at :10 come 9 min after the close.
APART = [f"{hour:02}:00" for hour in range(8, 18)]


def days_of(returns: Callable[[int], int], days: int = 42) -> DetectorInput:
    """Ten openings a day on the hour, and so many returns nine minutes after the first of them were closed."""
    openings: list[Opening] = []
    for day in range(days):
        date = next_date(FIRST, day)
        openings += [opening(at(date, clock), 60) for clock in APART]
        openings += [opening(at(date, clock.replace(":00", ":10")), 60) for clock in APART[: returns(day)]]
    return log([], days)._replace(openings=tuple(sorted(openings)))


def test_more_returns_lately_are_flagged_with_their_figures() -> None:
    found = find(days_of(lambda day: 5 if day >= 28 else 2))
    assert found.state == "flagged"
    assert found.evidence == (
        "33% of your 210 openings of the last 14 logged days came at most 10 min after you had closed the same "
        "channel, unasked; in the 28 days before, 17%"
    )
    assert found.figures == {
        "logged_days": 42,
        "openings": 14 * 15,
        "returns": 14 * 5,
        "share": 0.3333,
        "openings_before": 28 * 12,
        "returns_before": 28 * 2,
        "share_before": 0.1667,
        # 70 of 210 and 56 of 336, 126 of 546 together: z = (1/3 − 1/6) / √(.2308·.7692·(1/210 + 1/336)) = 4.497.
        "p": pytest.approx(3.45e-6, rel=0.01),
        # The 14 later days are the 14 largest of 42, tied among themselves: 1 of C(42, 14) choices.
        "p_days": pytest.approx(1 / 52_860_229_080, rel=1e-6),
    }
    assert found.margin == pytest.approx((1 / 3 - 1 / 6) / 0.1)
    assert len(found.sessions) == 70


def test_ten_points_more_are_asked_for() -> None:
    # 4 of 14 a day are 28.6 %, against 2 of 12, 16.7 %: 11.9 points. 3 of 13 are 23.1 %: 6.4.
    month = days_of(lambda day: 4 if day >= 28 else 2)
    assert find(month).state == "flagged"
    assert find(month._replace(thresholds={"rapid_return.points": 0.12})).state == "quiet"
    fewer = find(days_of(lambda day: 3 if day >= 28 else 2))
    assert (fewer.state, fewer.sessions) == ("quiet", ())


def test_a_few_days_full_of_returns_are_not_later_days_that_have_more() -> None:
    found = find(days_of(lambda day: 10 if day in (30, 33, 36, 39) else 0))
    assert figure(found, "p") < 1e-6
    assert figure(found, "p_days") > 0.001
    steady = find(days_of(lambda day: 10 if day in (3, 9, 30, 33, 36, 39) else 0))
    assert figure(steady, "p") < 0.01 < figure(steady, "p_days")
    assert steady.state == "quiet"


@pytest.mark.parametrize(("seconds", "returns"), [(600, 1), (601, 0), (31, 1)])
def test_ten_minutes_after_the_close_is_a_return_and_a_second_more_is_none(seconds: int, returns: int) -> None:
    month = days_of(lambda _day: 0)
    last = month.openings[-1]
    back = opening(last.start + 60 + seconds)
    assert find(month._replace(openings=(*month.openings, back))).figures["returns"] == returns


def test_another_channel_and_what_was_asked_for_are_no_returns() -> None:
    month = days_of(lambda _day: 0)
    last = month.openings[-1]
    back = opening(last.start + 400)
    assert find(month._replace(openings=(*month.openings, back._replace(channel="x")))).figures["returns"] == 0
    asked = month._replace(openings=(*month.openings, back))
    for seconds, returns in ((300, 0), (301, 1)):
        told = asked._replace(notifications=(Notification("linkedin", back.start - seconds),))
        assert find(told).figures["returns"] == returns


def test_it_says_what_is_missing() -> None:
    found = find(days_of(lambda _day: 0, 40))
    assert (found.state, found.evidence) == ("not enough data", "needs 2 more logged days")
    few = days_of(lambda _day: 0)
    few = few._replace(openings=few.openings[: 280 + 25])
    assert find(few).evidence == "needs 5 more openings"
    assert find(few).figures == {
        "logged_days": 42,
        "openings": 25,
        "openings_before": 280,
        "openings_needed": 5,
    }


def test_it_looks_at_42_days_whatever_the_window_is() -> None:
    month = days_of(lambda day: 5 if day >= 28 else 2)
    assert find(month._replace(days=None)) == find(month._replace(days=14)) == find(month)


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "notifications")
