"""`rapid_return`: straight back to a channel, more than before."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, at, figure, log, opening
from tracker.analytics.patterns.detector_input import DetectorInput, Notification, SourceSeconds
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
    finding = find(days_of(lambda day: 5 if day >= 28 else 2))
    assert finding.state == "flagged"
    assert finding.evidence == (
        "33% of your openings in the last 14 logged days came within 10 min of closing the same channel, "
        "17% in the 28 days before; how often you open it explains 23% and 22%"
    )
    # In the ten minutes after a close nothing but returns is opened, and before there were fewer of them.
    assert figure(finding, "rate_ratio") > 1 > figure(finding, "rate_ratio_before")
    assert (finding.figures["openings"], finding.figures["returns"]) == (14 * 15, 14 * 5)
    assert (finding.figures["openings_before"], finding.figures["returns_before"]) == (28 * 12, 28 * 2)
    # The 14 later days are the 14 largest of 42: 1 of C(42, 14) choices, or nearly (the first day has one close less).
    assert figure(finding, "p_days") < 1e-10
    beyond = figure(finding, "share") - figure(finding, "expected_share")
    beyond_before = figure(finding, "share_before") - figure(finding, "expected_share_before")
    assert finding.margin == pytest.approx((beyond - beyond_before) / 0.1, abs=1e-3)
    assert len(finding.sessions) == 70


def test_ten_points_more_are_asked_for() -> None:
    month = days_of(lambda day: 5 if day >= 28 else 2)
    assert find(month).state == "flagged"
    assert find(month._replace(thresholds={"rapid_return.points": 0.16})).state == "quiet"
    fewer = find(days_of(lambda day: 3 if day >= 28 else 2))
    assert (fewer.state, fewer.sessions) == ("quiet", ())


@pytest.mark.parametrize("a_day", [12, 45, 120])
def test_twice_as_many_openings_are_no_returning(a_day: int) -> None:
    for seed in range(4):
        random = Random(seed)
        openings = [
            opening(at(next_date(FIRST, day), f"{hour}:00") + random.randrange(3600), 20)
            for day in range(42)
            for hour in random.choices(range(9, 23), k=a_day * (2 if day >= 28 else 1))
        ]
        finding = find(log([], 42)._replace(openings=tuple(sorted(openings))))
        assert figure(finding, "share") > figure(finding, "share_before")
        assert finding.state == "quiet"


def test_switching_back_in_one_spell_is_no_return() -> None:
    month = days_of(lambda day: 5 if day >= 28 else 2)
    pairs = pairwise(month.openings)
    switched = {after.session_ids[0]: before.session_ids[0] for before, after in pairs if after.start % 3600}
    finding = find(month._replace(switched_to=switched))
    assert (finding.state, finding.figures["returns"], finding.figures["openings"]) == ("quiet", 0, 140)


def test_another_device_in_between_begins_no_return_within_a_spell() -> None:
    """A use of a phone goes on while a tablet is picked up: what is switched back to on the phone was never left."""
    month = days_of(lambda day: 5 if day >= 28 else 2)
    back = [later for later in month.openings if later.start % 3600]
    pairs = pairwise(month.openings)
    first = {after.session_ids[0]: before.session_ids[0] for before, after in pairs if after.start % 3600}
    tablet = [opening(later.start - 300, 10, channel="x") for later in back]
    finding = find(month._replace(openings=tuple(sorted([*month.openings, *tablet])), switched_to=first))
    assert finding.figures["returns"] == 0


def test_another_device_from_some_day_on_brings_no_returns() -> None:
    """Used nine minutes after each look at the other one, and left out: what was on it says nothing of before."""
    inputs, both = days_of(lambda _day: 0), days_of(lambda day: 5 if day >= 28 else 0)
    assert find(both).state == "flagged"
    tablet = frozenset(other.session_ids[0] for other in both.openings if other.start % 3600)
    dates = both.logged_dates
    sources = (
        SourceSeconds("phone", dict.fromkeys(dates, 600)),
        SourceSeconds("tablet", dict.fromkeys(dates[28:], 300), tablet),
    )
    finding = find(both._replace(sources=sources))
    assert finding.state == "quiet"
    assert finding.figures == find(inputs).figures
    assert finding.evidence.endswith("; without tablet, recorded in a part of that time only")
    moved = (sources[0]._replace(seconds=dict.fromkeys(dates[:28], 600)), sources[1])
    finding = find(both._replace(sources=moved))
    assert (finding.state, finding.evidence) == (
        "not enough data",
        "needs a device or browser that was recorded in all of that time",
    )


def test_the_time_of_days_off_does_not_count() -> None:
    """Else more days off would make the other times look emptier, and the returns more than they predict."""
    every = days_of(lambda _day: 2)
    openings = tuple(
        kept for kept in every.openings if (kept.start // 86_400) % 2 or kept.start < at(next_date(FIRST, 28), "04:00")
    )
    finding = find(every._replace(openings=openings))
    assert finding.figures["openings"] == 14 * 12 // 2
    assert figure(finding, "rate_ratio") == pytest.approx(figure(find(every), "rate_ratio"), rel=0.1)
    assert figure(finding, "expected_share") == pytest.approx(figure(find(every), "expected_share"), rel=0.1)


def test_a_few_days_full_of_returns_are_not_later_days_that_have_more() -> None:
    finding = find(days_of(lambda day: 10 if day in (30, 33, 36, 39) else 0))
    assert figure(finding, "p") < 0.001
    assert figure(finding, "p_days") > 0.001
    steady = find(days_of(lambda day: 10 if day in (3, 9, 30, 33, 36, 39) else 0))
    assert figure(steady, "p") < 0.005 < figure(steady, "p_days")
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
    finding = find(days_of(lambda _day: 0, 40))
    assert (finding.state, finding.evidence) == ("not enough data", "needs 2 more logged days")
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
