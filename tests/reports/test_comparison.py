"""A week against the usual one: hand-worked, and computed again from the sessions themselves."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from statistics import median
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.reports.weeks import PARIS, SETTINGS, WEEK, at, log
from tracker import locale
from tracker.calendar.days import day_of, next_date, week_dates
from tracker.formatting.numbers import percent_change
from tracker.reports.comparison import WeekChange, WeekComparison, compare, say_most
from tracker.reports.week import load_week, summarise_week, week
from tracker.storage import day_records
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from tracker.settings import Settings
    from tracker.storage import Database


def compared(database: Database, name: str = WEEK, settings: Settings = SETTINGS, *, now: int = NOW) -> WeekComparison:
    workspace = Workspace(database, settings, PARIS, now=now)
    records = load_week(workspace, name)
    return compare(workspace, records, summarise_week(workspace, records))


def of(changes: tuple[WeekChange, ...], name: str | None) -> tuple[int, int | None]:
    """(minutes, usual minutes) of one thing."""
    total = next(change for change in changes if change.name == name)
    return total.seconds // 60, None if total.usual is None else total.usual // 60


def a_week(database: Database, back: int, linkedin: float, x: float = 0, activity: str | None = None) -> None:
    """Four logged days, that many weeks back: LinkedIn on Monday, X on Tuesday, a call on Wednesday and Thursday."""
    day = -7 * back
    if linkedin:
        log(database, "linkedin", day, "09:00", linkedin, activity=activity)
    if x:
        log(database, "x", day + 1, "09:00", x)
    for offset in range(4):
        log(database, "call", day + offset, "20:00", 10)


def test_by_hand(database: Database) -> None:
    # LinkedIn 60, 120, 180 min in the three weeks before: usually 120. X 30, 0, 0: usually 0.
    a_week(database, 1, 60, 30, "create")
    a_week(database, 2, 120)
    a_week(database, 3, 180, activity="scroll")
    a_week(database, 0, 300, 20, "create")
    comparison = compared(database)
    assert (comparison.usual_weeks, comparison.logged_days, comparison.over) == (3, 4, True)
    assert of((comparison.total,), None) == (320, 120)  # 90, 120, 180
    assert of(comparison.channels, "linkedin") == (300, 120)
    assert of(comparison.channels, "x") == (20, 0)
    assert of(comparison.channels, "call") == (40, 40)
    # Nobody said what the second week was for: it tells nothing of activities.
    assert of(comparison.activities, "create") == (300, 30)  # 60, 0
    assert of(comparison.activities, None) == (20, 15)  # 30, 0
    assert of(comparison.purposes, "make") == (300, 30)
    assert of(comparison.purposes, "scroll") == (0, 90)  # 0, 180
    assert of(comparison.days, "2026-11-16") == (300, 120)
    assert of(comparison.days, "2026-11-17") == (20, 0)
    assert of(comparison.days, "2026-11-22") == (0, None)  # no Sunday was logged
    # LinkedIn changed by 180 min, "make" by 270: the larger is said.
    assert say_most(comparison) == "make: 4h 30m more than usual, 5h instead of 30m"


def test_weeks_without_any_activity_do_not_tell_which_is_usual(database: Database) -> None:
    for back in (1, 2, 3):
        a_week(database, back, 60)
    a_week(database, 0, 60, activity="create")
    comparison = compared(database)
    assert [of(changes, "linkedin") for changes in (comparison.channels,)] == [(60, 60)]
    assert of(comparison.activities, "create") == of(comparison.purposes, "make") == (60, None)
    assert say_most(comparison) == "about the same as usual"


def test_what_nobody_said_before_is_not_known_and_no_change(database: Database) -> None:
    # Ten hours of each week before have no activity: they may have been spent scrolling as well.
    for back in (1, 2):
        a_week(database, back, 60, 600, activity="create")
    log(database, "linkedin", 0, "09:00", 600, activity="scroll")
    for offset in range(4):
        log(database, "call", offset, "20:00", 10)
    comparison = compared(database)
    assert of(comparison.purposes, "scroll") == (600, None)
    assert of(comparison.purposes, "make") == (0, None)
    assert of(comparison.activities, "scroll") == (600, None)
    assert say_most(comparison) == "X: nothing, usually 10h"


def test_what_half_of_the_time_before_was_for_is_usual_but_no_headline(database: Database) -> None:
    for back in (1, 2):
        a_week(database, back, 260, 240, activity="create")
    a_week(database, 0, 600, activity="scroll")
    comparison = compared(database)
    assert of(comparison.purposes, "scroll") == (600, 0)
    assert of(comparison.purposes, None) == (0, 240)
    assert say_most(comparison) == "LinkedIn: 5h 40m more than usual, 10h instead of 4h 20m"


def test_what_nobody_said_this_week_is_not_compared(database: Database) -> None:
    a_week(database, 1, 300, activity="create")
    a_week(database, 0, 300)
    comparison = compared(database)
    assert of(comparison.purposes, "make") == (0, None)
    assert of(comparison.purposes, None) == (300, None)
    assert say_most(comparison) == "about the same as usual"


def test_a_little_time_without_an_activity_hides_no_change(database: Database) -> None:
    a_week(database, 1, 60, 20, activity="create")
    a_week(database, 0, 60, 20, activity="scroll")
    assert say_most(compared(database)) == "make: nothing, usually 1h"


def test_it_is_the_usual_of_the_week_itself(database: Database) -> None:
    for back, minutes in enumerate((200, 10, 40, 90, 55, 61, 17, 300, 5, 800)):
        a_week(database, back, minutes)
    shown = week(Workspace(database, SETTINGS, PARIS, now=NOW), WEEK)
    comparison = compared(database)
    assert (comparison.total.seconds, comparison.total.usual) == (shown.seconds, shown.usual_seconds)
    assert (comparison.usual_weeks, shown.usual_weeks, shown.usual_days) == (8, 8, 32)
    # Of 10 40 90 55 61 17 300 5 (the 800 is nine weeks back): (40 + 55) / 2.
    assert of(comparison.channels, "linkedin") == (200, 47)


def test_by_another_way(database: Database) -> None:
    """Computed again from a list of what was logged, without the code that is proved."""
    random = Random(47)
    logged: list[tuple[str, str | None, str, int]] = []
    for back in range(10):
        for day in random.sample(range(7), random.randrange(3, 8)):
            for hour in random.sample(range(8, 23), 3):
                channel, activity = (
                    random.choice(("linkedin", "x", "youtube")),
                    random.choice((None, "create", "reply")),
                )
                minutes = random.randrange(1, 50)
                made = log(database, channel, day - 7 * back, f"{hour:02}:00", minutes, activity=activity)
                logged.append((channel, activity, day_of(made.start, PARIS, 14_400), 60 * minutes))
    weeks = [week_dates(f"2026-W{47 - back}", 0) for back in range(10)]
    dates = {date for *_rest, date, _seconds in logged}
    usual = [week for week in weeks[1:] if sum(date in dates for date in week) >= 4][:8]
    compared_days = [number for number, date in enumerate(weeks[0]) if date in dates]
    compared_days = compared_days if len(compared_days) >= 4 else list(range(7))
    comparison = compared(database)
    for changes, place in ((comparison.channels, 0), (comparison.activities, 1), (comparison.days, 2)):
        for change in changes:

            def total(week: list[str], place: int = place, change: WeekChange = change) -> int:
                return sum(row[3] for row in logged if row[place] == change.name and row[2] in week)

            def filled(week: list[str], total: Callable[[list[str]], int] = total) -> int:
                """The days that are compared; what is not known is the mean of that day, else of the week's own."""
                seconds = 0
                for number in compared_days:
                    same = [other[number] for other in usual if other[number] in dates]
                    others = same or [date for date in week if date in dates]
                    mean = (2 * sum(total([date]) for date in others) + len(others)) // (2 * len(others))
                    seconds += total([week[number]]) if week[number] in dates else mean
                return seconds

            assert change.seconds == total(weeks[0])
            if place < 2:
                twice = median(map(filled, usual)) * 2
                assert change.usual == (twice + 1) // 2
    for place, change in enumerate(comparison.days):
        same = [week[place] for week in usual if week[place] in dates]
        totals = [sum(row[3] for row in logged if row[2] == date) for date in same]
        assert change.usual == (round(median(totals)) if totals else None)


@pytest.mark.parametrize(
    ("usual", "now", "said"),
    [
        (120, 300, "LinkedIn: 3h more than usual, 5h instead of 2h"),
        (300, 120, "LinkedIn: 3h less than usual, 2h instead of 5h"),
        (120, 0, "LinkedIn: nothing, usually 2h"),
        (120, 0.5, "LinkedIn: 2h less than usual, 30s instead of 2h"),
        (0.5, 120, "LinkedIn: 2h more than usual, 2h instead of 30s"),
        (120, 149, "about the same as usual"),  # under half an hour
        (120, 150, "LinkedIn: 30m more than usual, 2h 30m instead of 2h"),
        (600, 659, "about the same as usual"),  # under a tenth of the usual week
        (600, 661, "LinkedIn: 1h 1m more than usual, 11h 1m instead of 10h"),
        # 119.6 and 60.7 minutes are shown as 1h 59m and 1h: the change is said of what is shown.
        (60.7, 119.6, "LinkedIn: 59m more than usual, 1h 59m instead of 1h"),
    ],
)
def test_what_changed_most_in_one_sentence(database: Database, usual: float, now: float, said: str) -> None:
    a_week(database, 1, usual)
    a_week(database, 0, now)
    assert say_most(compared(database)) == said


def test_a_week_that_is_not_over_has_less_of_everything_as_yet(database: Database) -> None:
    for back in (0, 1):
        a_week(database, back, 120, 60)
    noon = at(3, "22:00")  # Thursday of the week before NOW's, with its four days logged
    comparison = compared(database, now=noon)
    assert not comparison.over
    assert say_most(comparison) == "so far: about the same as usual"
    log(database, "youtube", 3, "10:00", 200)
    more = compared(database, now=noon)
    assert say_most(more) == "so far: YouTube: 3h 20m, usually nothing"
    log(database, "facebook", -4, "10:00", 600)
    less = compared(database, now=noon)
    assert say_most(less) == "so far: YouTube: 3h 20m, usually nothing"


def test_it_is_said_in_french_as_well(database: Database) -> None:
    a_week(database, 1, 120)
    a_week(database, 0, 300)
    locale.use("fr")
    try:
        assert "LinkedIn" in say_most(compared(database))
    finally:
        locale.use("en")


def test_talks_are_compared_and_never_what_changed_most(database: Database) -> None:
    a_week(database, 1, 60)
    a_week(database, 0, 60)
    log(database, "meeting", 4, "10:00", 600)
    comparison = compared(database)
    assert of(comparison.channels, "meeting") == (600, 0)
    assert comparison.most is None


def test_no_percentage_on_under_an_hour() -> None:
    assert percent_change(7200, 3600) == 100
    assert percent_change(1800, 3600) == -50
    assert percent_change(7200, 3599) is None
    assert percent_change(7200, None) is None
    assert WeekChange("channel", "x", "X", 5400, 3600).percent == 50


def test_a_week_without_data(database: Database) -> None:
    comparison = compared(database)
    assert (comparison.total.seconds, comparison.total.usual, comparison.logged_days) == (0, None, 0)
    assert [change.logged for change in comparison.days] == [False] * 7
    assert comparison.channels == comparison.activities == ()
    assert say_most(comparison) == "no usual week to compare with yet"


def test_too_few_logged_days_say_nothing_of_a_week(database: Database) -> None:
    a_week(database, 1, 60)
    log(database, "linkedin", 0, "09:00", 300)
    few = compared(database)
    assert say_most(few).startswith("too few days")
    for change in (few.total, *few.channels, *few.activities, *few.purposes):
        assert (change.difference, change.percent, change.logged) == (0, None, True)
    assert not any(day.compared for day in few.days)
    for day in (1, 2, 3):
        day_records.confirm_zero(database, next_date("2026-11-16", day), True, now=NOW)
    assert say_most(compared(database)) == "LinkedIn: 4h more than usual, 5h instead of 1h"


def test_over_the_dst_night_the_hours_that_were(database: Database) -> None:
    # From 23:00 on 24 October to 05:00 the next morning the clock shows 6 hours; 7 passed.
    log(database, "linkedin", -23, "23:00", 7 * 60)
    comparison = compared(database, "2026-W43")
    assert at(-22, "05:00") - at(-23, "23:00") == 7 * 3600
    assert comparison.total.seconds == 7 * 3600
    # Sunday begins at 04:00: from 23:00 to then, one hour twice.
    assert [change.seconds for change in comparison.days][-2:] == [6 * 3600, 3600]


def test_another_first_weekday_is_another_week(database: Database) -> None:
    log(database, "linkedin", 6, "09:00", 60)  # Sunday 22 November
    monday_first = compared(database)
    sunday_first = compared(database, "2026-W48", SETTINGS._replace(first_weekday=6))
    assert monday_first.days[-1].name == sunday_first.days[0].name == "2026-11-22"
    assert monday_first.total.seconds == sunday_first.total.seconds == 3600
