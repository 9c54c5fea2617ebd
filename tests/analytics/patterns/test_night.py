"""`night`: openings in the middle of the declared sleep."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from tests.analytics.patterns.edges import LOGS, holds
from tests.analytics.patterns.made import FIRST, at, log, opening
from tracker.analytics.patterns.detector_input import DetectorInput, Notification
from tracker.analytics.patterns.detectors.night import PATTERN, find
from tracker.calendar.days import SleepHours, next_date

#: From 23:00 to 07:00, so the middle is from midnight to six.
SLEEP = (23 * 3600, 7 * 3600)


def nights(clock: str, *days: int, logged: int = 15) -> DetectorInput:
    """15 logged days, the last of them running, with an opening at that time of these dates.

    Something else is recorded on each day after the sleep ends and an hour before it begins.
    """
    month = log([at(next_date(FIRST, day), clock) for day in days], logged)
    life = tuple(at(next_date(FIRST, day), clock) for day in range(logged + 1) for clock in ("07:35", "22:00"))
    return month._replace(sleep=SLEEP, now=at(next_date(FIRST, logged - 1), "22:00"), life=life)


@pytest.mark.parametrize("away", [14, 28])
def test_a_month_in_another_zone_that_was_not_noted_is_sleep_at_another_time(away: int) -> None:
    """Six hours west: each opening of the evening falls into the declared sleep, and the days before say what is usual.

    Everything of the last days is moved, so the days among them say nothing.
    """
    days = 49
    evening, life = [], []
    for day in range(days):
        later = 6 * 3600 if day >= days - away else 0
        evening += [at(next_date(FIRST, day), clock) + later for clock in ("20:00", "21:00")[: 1 + day % 2]]
        life += [at(next_date(FIRST, day), clock) + later for clock in ("07:35", "13:00", "18:00", "22:00")]
    month = log(evening, days)._replace(sleep=SLEEP, life=tuple(life), now=at(next_date(FIRST, days), "03:00"))
    finding = find(month)
    assert finding.state == "not enough data"
    assert finding.evidence.startswith("needs other sleep hours, or the zone you were in")


def test_a_night_after_which_the_morning_did_not_come_as_usual_does_not_count() -> None:
    month = nights("02:30", 2, 5, 7, 9)
    mornings = {at(next_date(FIRST, day), "07:35") for day in (2, 5, 7, 9)}
    later = tuple(sorted(sign + 2 * 3600 if sign in mornings else sign for sign in month.life))
    finding = find(month._replace(life=later))
    assert finding.evidence == (
        "needs other sleep hours, or the zone you were in: on 4 of the last 14 logged nights you seem to have slept at "
        "another time"
    )
    # Who never records anything in the morning is not told from somebody who got up.
    silent = tuple(sign for sign in month.life if sign % 86_400 > 12 * 3600)
    assert find(month._replace(life=silent)).state != "quiet"


def test_four_of_fourteen_nights_are_flagged_and_three_are_not() -> None:
    finding = find(nights("02:30", 2, 5, 7, 9))
    assert finding.state == "flagged"
    assert finding.evidence == "in 4 of the last 14 logged nights something was opened in the middle of your sleep"
    assert finding.figures == {"nights": 14, "nights_opened": 4, "openings": 4}
    assert finding.sessions == tuple(at(next_date(FIRST, day), "02:30") for day in (2, 5, 7, 9))
    assert (finding.first_date, finding.last_date) == (FIRST, next_date(FIRST, 13))
    three = find(nights("02:30", 2, 5, 9))
    assert (three.state, three.sessions) == ("quiet", ())
    assert find(nights("02:30", 2, 5)._replace(thresholds={"night.nights": 2})).state == "flagged"


@pytest.mark.parametrize(
    ("clock", "counts"), [("23:59:59", 0), ("00:00:00", 3), ("05:59:59", 3), ("06:00:00", 0), ("12:00", 0)]
)
def test_an_hour_at_each_edge_does_not_count(clock: str, counts: int) -> None:
    assert find(nights(clock, 2, 5, 9)).figures["nights_opened"] == counts


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_the_first_night_counts_however_far_from_greenwich(zone: str) -> None:
    """In the far east the middle of an early sleep is over before its date begins in UTC."""
    openings = tuple(opening(at(next_date(FIRST, day), "06:30", zone), zone=zone) for day in (1, 4, 8))
    month = nights("02:30")._replace(openings=openings, zone=zone, sleep=(5 * 3600, 13 * 3600), life=())
    assert find(month._replace(now=at(next_date(FIRST, 14), "22:00", zone))).figures["nights_opened"] == 3


def test_a_night_is_one_night_on_both_sides_of_the_hour_at_which_days_start() -> None:
    month = nights("02:30", 2)
    both = tuple(opening(at(next_date(FIRST, 2), clock)) for clock in ("02:30", "03:59", "04:01", "05:30"))
    finding = find(month._replace(openings=both))
    assert (finding.figures["nights_opened"], finding.figures["openings"]) == (1, 4)
    chart = finding.chart
    assert chart is not None
    assert dict(zip(chart.labels, chart.values, strict=True))[next_date(FIRST, 1)] == 4


def test_as_of_a_past_day_its_own_night_is_still_going_on() -> None:
    month = nights("05:30", 2, 5, 14, logged=16)._replace(now=at(next_date(FIRST, 40), "12:00"))
    last = next_date(FIRST, 14)
    past = month._replace(logged_dates=month.logged_dates[:15], until=at(next_date(last, 1), "04:00"))
    finding = find(past)
    assert (finding.last_date, finding.figures["nights_opened"]) == (next_date(FIRST, 13), 3)


def test_what_a_notification_asked_for_is_not_counted() -> None:
    month = nights("02:30", 2, 5, 7, 9)
    asked = month.openings[0].start
    for seconds, count in ((0, 3), (300, 3), (301, 4), (-1, 4)):
        told = month._replace(notifications=(Notification("linkedin", asked - seconds),))
        assert find(told).figures["nights_opened"] == count, seconds
    other = month._replace(notifications=(Notification("instagram", asked - 10),))
    assert find(other).figures["nights_opened"] == 4


@pytest.mark.parametrize(
    ("clock", "saturday", "thursday"),
    [("00:30", 0, 1), ("01:30", 0, 1), ("02:30", 1, 1), ("07:30", 1, 0), ("08:30", 0, 0)],
)
def test_nights_of_some_weekdays_have_other_hours(clock: str, saturday: int, thursday: int) -> None:
    """From 01:00 to 09:00 in the nights that begin on Fridays and Saturdays, which end on the next date."""
    weekend = SleepHours(*SLEEP, ((4, 3600, 9 * 3600), (5, 3600, 9 * 3600)))
    for day, opened in ((5, saturday), (3, thursday)):
        assert find(nights(clock, day)._replace(sleep=weekend)).figures["nights_opened"] == opened


def test_sleep_may_begin_after_midnight() -> None:
    late = nights("03:30", 2, 5, 9)._replace(sleep=(2 * 3600, 10 * 3600))
    assert find(late).figures["nights_opened"] == 3
    assert find(late._replace(sleep=(3 * 3600, 10 * 3600))).figures["nights_opened"] == 0


def test_a_trip_counts_by_the_clock_where_it_happened() -> None:
    away = tuple(
        opening(at(next_date(FIRST, day), "02:30", "America/Toronto"), zone="America/Toronto") for day in (2, 5, 9)
    )
    assert find(nights("12:00")._replace(openings=away)).figures["nights_opened"] == 3
    midday = tuple(opening._replace(zone="Asia/Tokyo") for opening in away)
    assert find(nights("12:00")._replace(openings=midday)).figures["nights_opened"] == 0


def test_a_night_that_still_runs_waits() -> None:
    month = nights("02:30", 2, 5, 7, 9)
    inside = month._replace(now=at(next_date(FIRST, 15), "05:59:59"))
    assert find(inside).last_date == next_date(FIRST, 13)
    assert find(inside._replace(now=at(next_date(FIRST, 15), "06:00"))).last_date == next_date(FIRST, 14)


def test_it_says_what_is_missing() -> None:
    asleep = find(nights("02:30", 2, logged=12))
    assert (asleep.state, asleep.evidence) == ("not enough data", "needs 3 more logged nights")
    assert asleep.figures == {"nights": 11, "nights_needed": 3}
    unset = find(nights("02:30", 2)._replace(sleep=None))
    assert unset.evidence == "needs sleep hours of more than 2 h (`tracker config sleep 23:00-07:00`)"
    assert find(nights("02:30", 2)._replace(sleep=(0, 7200))).evidence == unset.evidence
    assert find(DetectorInput((), (), "UTC", 0)).evidence == (
        "needs sleep hours of more than 2 h (`tracker config sleep 23:00-07:00`) and 14 more logged nights"
    )
    assert PATTERN.asks == ("sleep",)


def test_a_night_not_logged_is_passed_over() -> None:
    month = nights("02:30", 2, 5, 9, logged=20)
    holes = month._replace(logged_dates=tuple(date for date in month.logged_dates if date != next_date(FIRST, 10)))
    assert find(holes).first_date == next_date(FIRST, 4)


SHIFTS = SleepHours(*SLEEP, (), ((8 * 3600, 16 * 3600),))


def shifts(*clocks: str, opened: tuple[int, ...] = (8, 9, 10, 12)) -> DetectorInput:
    """15 logged days; from the eighth on nights are worked and the sleep is from 8 to 16, opened at these times."""
    awake = {
        day: [f"{hour % 24:02}:30" for hour in (range(17, 32, 2) if day >= 7 else range(9, 23, 2))] for day in range(15)
    }
    life = sorted(
        at(next_date(FIRST, day + (clock < "08:00")), clock) for day, clocks in awake.items() for clock in clocks
    )
    month = log([at(next_date(FIRST, day), clock) for day in opened for clock in clocks], 15)
    return month._replace(sleep=SLEEP, now=at(next_date(FIRST, 16), "03:00"), life=tuple(life))


def test_of_sleeps_that_alternate_the_quietest_is_the_night() -> None:
    by_day = shifts("12:10")
    assert find(by_day).figures["nights_opened"] == 0
    finding = find(by_day._replace(sleep=SHIFTS))
    assert (finding.state, finding.figures["nights_opened"]) == ("flagged", 4)
    at_work = shifts("02:10")
    assert find(at_work._replace(sleep=SHIFTS)).figures["nights_opened"] == 0


def test_a_night_that_may_have_been_either_does_not_count_and_the_hours_are_asked_for() -> None:
    clocks = ("00:10", "01:40", "03:10", "04:40", "09:10", "11:10", "13:10", "14:40")
    both = shifts(*clocks, opened=(8, 9, 10, 11, 12))
    finding = find(both._replace(sleep=SHIFTS, life=()))
    assert finding.state == "not enough data"
    assert finding.evidence.startswith("needs other sleep hours, or the zone you were in: on 4 of the last 14")


def test_a_night_is_over_once_each_of_its_sleeps_is() -> None:
    month = shifts("12:10")._replace(sleep=SHIFTS)
    before, after = (find(month._replace(now=at(next_date(FIRST, 15), clock))) for clock in ("05:59", "06:00"))
    assert (before.last_date, after.last_date) == (next_date(FIRST, 13), next_date(FIRST, 14))


@settings(max_examples=40)
@given(LOGS)
def test_it_is_sound_over_any_log(any_log: DetectorInput) -> None:
    holds(find, any_log, "openings", "sleep", "notifications", "life")


def test_an_evening_that_goes_on_and_a_morning_that_begins_early_break_no_sleep() -> None:
    still_up = nights("00:30", 2, 5, 9)
    evenings = tuple(opening(at(next_date(FIRST, day - 1), "23:40")) for day in (2, 5, 9))
    assert find(still_up).figures["nights_opened"] == 3
    assert (
        find(still_up._replace(openings=tuple(sorted((*still_up.openings, *evenings))))).figures["nights_opened"] == 0
    )
    early = nights("05:20", 2, 5, 9)
    assert find(early).figures["nights_opened"] == 3
    for clock, count in (("06:10", 0), ("06:50:00", 0), ("06:50:01", 3)):
        mornings = tuple(at(next_date(FIRST, day), clock) for day in (2, 5, 9))
        assert find(early._replace(life=mornings)).figures["nights_opened"] == count, clock


def test_nights_slept_at_another_time_are_not_told_and_the_zone_is_asked_for() -> None:
    # A week six hours west: 8 to 22 o'clock there is 14 to 4 here.
    home = [at(next_date(FIRST, day), f"{hour:02}:10") for day in range(8) for hour in range(8, 23, 2)]
    away = [
        at(next_date(FIRST, day + hour // 24), f"{hour % 24:02}:10")
        for day in range(8, 14)
        for hour in range(14, 29, 2)
    ]
    month = log(home + away, 15)._replace(sleep=SLEEP, now=at(next_date(FIRST, 14), "22:00"))
    finding = find(month)
    assert finding.state == "not enough data"
    assert finding.evidence.startswith("needs other sleep hours, or the zone you were in: on ")
    # The same nights with usual days after them are flagged.
    awake = [at(next_date(FIRST, day), f"{hour:02}:10") for day in range(8, 15) for hour in range(8, 23, 2)]
    assert find(month._replace(openings=log(home + away + awake, 15).openings)).state == "flagged"
