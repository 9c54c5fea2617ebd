"""`first_thing`: whether a channel is opened on waking."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, at, log
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.detectors.first_thing import find
from tracker.calendar.days import SleepHours, next_date

SEVEN = 7 * 3600
#: Fourteen days.
DAYS = range(14)


def mornings(clock: str, first: int = 14, days: int = 14) -> DetectorInput:
    """Logged days, the first of them with an opening at that time."""
    return log([at(next_date(FIRST, day), clock) for day in range(first)], days)


def alive(month: DetectorInput, *clocks: str) -> DetectorInput:
    """The same, with something else recorded at these times of each day."""
    return month._replace(life=tuple(at(date, clock) for date in month.logged_dates for clock in clocks))


def test_twelve_of_fourteen_are_flagged_and_eleven_are_not() -> None:
    finding = find(mornings("07:04", 12)._replace(wakes_at=SEVEN))
    assert finding.state == "flagged"
    assert finding.evidence == "on 12 of the last 14 logged days you opened a channel within 5 min of waking"
    assert finding.figures == {"logged_days": 14, "days_first_thing": 12, "median_minutes": 4, "wakes_at": SEVEN}
    assert finding.sessions == tuple(at(next_date(FIRST, day), "07:04") for day in range(12))
    eleven = mornings("07:04", 11)._replace(wakes_at=SEVEN)
    assert (find(eleven).state, find(eleven).sessions) == ("quiet", ())
    assert find(eleven._replace(thresholds={"first_thing.days": 11})).state == "flagged"


@pytest.mark.parametrize(
    ("clock", "first"), [("07:00:00", 14), ("07:05:00", 14), ("07:05:01", 0), ("06:00:00", 14), ("05:59:59", 0)]
)
def test_five_minutes_after_waking_which_may_be_an_hour_early(clock: str, first: int) -> None:
    assert find(mornings(clock)._replace(wakes_at=SEVEN)).figures["days_first_thing"] == first


def test_after_a_night_with_its_own_sleep_hours_waking_is_where_they_end() -> None:
    """Fridays and Saturdays till nine: what is opened at 9:02 on Saturdays and Sundays comes with the waking."""
    month = mornings("09:02")._replace(wakes_at=SEVEN)
    weekend = SleepHours(23 * 3600, SEVEN, ((4, 3600, 9 * 3600), (5, 3600, 9 * 3600)))
    assert find(month).figures["days_first_thing"] == 0
    assert find(month._replace(sleep=weekend)).figures["days_first_thing"] == 4


def test_who_was_up_earlier_has_woken_earlier() -> None:
    month = mornings("06:58")._replace(wakes_at=SEVEN)
    assert find(month).figures["days_first_thing"] == 14
    assert find(alive(month, "06:10")).figures["days_first_thing"] == 0
    assert find(alive(month, "05:10")).figures["days_first_thing"] == 14


def test_whoever_was_up_in_the_hours_before_did_not_wake_up_then() -> None:
    month = mornings("07:04")._replace(wakes_at=SEVEN)
    at_work = find(alive(month, "03:30", "05:00", "06:30"))
    assert (at_work.state, at_work.evidence) == (
        "not enough data",
        "needs another waking time, or the zone you were in: on 14 of 14 logged days you were up for hours before it",
    )
    once = find(alive(month, "05:00"))
    assert once.state == "flagged", "waking up once in the night is no night at work"


def test_of_alternating_shifts_the_mornings_after_a_night_at_home_are_judged() -> None:
    month = log([at(next_date(FIRST, day), "07:04") for day in range(28)])._replace(wakes_at=SEVEN)
    at_work = [day for day in range(28) if day // 7 % 2]
    awake = [at(next_date(FIRST, day), clock) for day in at_work for clock in ("03:30", "04:40", "05:50", "07:00")]
    finding = find(month._replace(life=tuple(sorted(awake))))
    assert finding.figures["days_first_thing"] == 14
    assert finding.sessions == tuple(at(next_date(FIRST, day), "07:04") for day in range(28) if day not in at_work)


def test_of_sleeps_that_alternate_the_one_before_which_it_was_quiet_ends_with_the_waking() -> None:
    """Weeks by day and weeks by night: something is opened at 7:04 and at 16:04, and one of the two is the waking."""
    month = log([at(next_date(FIRST, day), clock) for day in range(28) for clock in ("07:04", "16:04")], 28)
    by_night = [day for day in range(28) if day // 7 % 2]
    awake = {True: ("03:30", "04:40", "05:50", "07:00"), False: ("12:30", "13:40", "14:50", "16:00")}
    life = sorted(at(next_date(FIRST, day), clock) for day in range(28) for clock in awake[day in by_night])
    shifts = SleepHours(23 * 3600, SEVEN, (), ((8 * 3600, 16 * 3600),))
    finding = find(month._replace(life=tuple(life), sleep=shifts, wakes_at=SEVEN))
    assert (finding.figures["days_first_thing"], finding.first_date) == (14, next_date(FIRST, 14))
    expected = [at(next_date(FIRST, day), "16:04" if day in by_night else "07:04") for day in range(14, 28)]
    assert finding.sessions == tuple(expected)


@pytest.mark.parametrize(("clock", "first"), [("08:05:00", 14), ("08:05:01", 0), ("08:00", 14)])
def test_undeclared_waking_is_the_first_sign_of_life_after_silence(clock: str, first: int) -> None:
    finding = find(alive(mornings(clock), "08:00", "23:00"))
    assert finding.figures["days_first_thing"] == first
    assert finding.figures["wakes_at"] is None


def test_an_opening_may_be_the_first_sign_itself_where_something_else_is_recorded_too() -> None:
    assert find(alive(mornings("07:30"), "07:45")).figures["days_first_thing"] == 14
    for alone in (find(mornings("07:30")), find(alive(mornings("07:30"), "07:45:01"))):
        assert (alone.state, alone.evidence) == (
            "not enough data",
            "needs the time you wake up (wakes_at), or 14 more days on which something else is recorded",
        )


def test_four_hours_of_silence_are_sleep_and_a_second_less_is_not() -> None:
    # Up until 03:30; at 07:30 that is four hours of silence.
    asleep = alive(mornings("07:30"), "03:30", "07:40", "20:00", "23:59")
    assert find(asleep).figures["days_first_thing"] == 14
    awake = alive(mornings("07:29:59"), "03:30", "07:40", "20:00", "23:59")
    assert find(awake).figures["days_first_thing"] == 0


def test_a_night_with_its_own_sleep_hours_has_no_other_sleep() -> None:
    """Every night at home from midnight till seven: four in the afternoon is no waking, however quiet it is before."""
    month = alive(mornings("16:02"), "05:00")._replace(wakes_at=SEVEN)
    either = SleepHours(23 * 3600, SEVEN, (), ((8 * 3600, 16 * 3600),))
    assert find(month._replace(sleep=either)).figures["days_first_thing"] == 14
    own = either._replace(on=tuple((day, 0, SEVEN) for day in range(7)))
    assert find(month._replace(sleep=own)).figures["days_first_thing"] == 0


def test_with_a_declared_time_a_day_without_an_opening_is_known() -> None:
    finding = find(mornings("07:00", 0)._replace(wakes_at=SEVEN))
    assert (finding.state, finding.figures["median_minutes"]) == ("quiet", None)
    chart = finding.chart
    assert chart is not None
    assert chart.values == (60,) * 14


def test_the_running_day_waits_for_its_morning() -> None:
    month = mornings("07:04", 14, 15)._replace(wakes_at=SEVEN)
    early = month._replace(now=at(next_date(FIRST, 14), "06:00"))
    assert find(early).last_date == next_date(FIRST, 13)
    assert find(early._replace(now=at(next_date(FIRST, 14), "07:06"))).last_date == next_date(FIRST, 14)


def test_who_wakes_before_days_start_wakes_at_the_end_of_one() -> None:
    month = mornings("03:32")._replace(wakes_at=3 * 3600 + 1800)
    finding = find(month._replace(now=at(next_date(FIRST, 14), "12:00")))
    assert finding.figures["days_first_thing"] == 13  # the first of them belongs to the day before the first


def test_it_says_how_many_days_are_missing() -> None:
    finding = find(mornings("07:00", 5, 11)._replace(wakes_at=SEVEN))
    assert (finding.state, finding.evidence) == ("not enough data", "needs 3 more logged days")
    assert finding.figures == {"logged_days": 11, "days_needed": 3}
    assert find(DetectorInput((), (), "UTC", 0)).evidence == "needs 14 more logged days"


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "life", "wakes_at")
