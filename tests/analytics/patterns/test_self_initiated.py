"""`self_initiated`: openings that nothing had asked for; a figure only."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import every_day, log
from tracker.analytics.exact_statistics import wilson_interval
from tracker.analytics.patterns.detector_input import DetectorInput, Notification
from tracker.analytics.patterns.detectors.self_initiated import find


def month(asked: int, seconds: int = 60, channel: str = "linkedin", days: int = 28) -> DetectorInput:
    """Two openings a day; the first so many of the mornings' after a notification."""
    whole = log(every_day("09:00", days) + every_day("15:00", days), days)
    told = [Notification(channel, start - seconds) for start in every_day("09:00", days)[:asked]]
    other = [Notification("x", start + 3600) for start in every_day("09:00", days)]
    return whole._replace(notifications=tuple(sorted(told + other, key=lambda notification: notification.at)))


def test_what_came_without_a_notification_is_counted_with_its_interval() -> None:
    finding = find(month(14))
    low, high = wilson_interval(42, 56)
    assert finding.state == "quiet"
    assert finding.evidence == "75% of 56 openings came without a notification of that channel in the 5 min before"
    assert finding.figures == {
        "openings": 56,
        "after_notification": 14,
        "share": 0.75,
        "share_low": round(low, 4),
        "share_high": round(high, 4),
    }


@pytest.mark.parametrize(("seconds", "after"), [(0, 28), (300, 28), (301, 0), (-1, 0)])
def test_five_minutes_before_and_not_a_second_more(seconds: int, after: int) -> None:
    assert find(month(28, seconds)).figures["after_notification"] == after


def test_another_channels_notification_asks_for_nothing() -> None:
    assert find(month(28, channel="instagram")).figures["after_notification"] == 0


def test_days_on_which_no_notification_was_kept_are_not_counted() -> None:
    whole = month(14)
    fewer = whole._replace(
        notifications=tuple(
            notification for notification in whole.notifications if notification.at < whole.openings[-20].start
        )
    )
    assert find(fewer).figures["openings"] == 36


def test_a_notification_makes_its_own_day_known_by_the_clock_of_its_zone() -> None:
    month_ = month(0)
    late = [Notification("x", start - 6 * 3600, "Europe/Paris") for start in every_day("09:00")]  # at 03:00
    by_paris = find(month_._replace(notifications=tuple(late), zone="America/Montreal"))
    assert by_paris.figures["openings"] == 54, "the first is of the evening before the log"
    assert by_paris == find(month_._replace(notifications=tuple(late)))


def test_it_says_what_is_missing() -> None:
    nothing = find(month(0)._replace(notifications=()))
    assert (nothing.state, nothing.evidence) == (
        "not enough data",
        "needs notifications, which come with an import of a phone’s usage",
    )
    assert find(month(5, days=10)).evidence == "needs 10 more openings"


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    assert holds(find, any_log, "openings", "notifications").state != "flagged"
