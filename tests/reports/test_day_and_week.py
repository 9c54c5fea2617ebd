"""A day and a week add up: to the second, once per channel and once in the total, by the clock where it happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker.analytics.intervals import covered
from tracker.calendar.clock import to_utc
from tracker.reports.comparison import compare, say_most
from tracker.reports.day import day, status
from tracker.reports.week import load_week, say_against_usual, week
from tracker.settings import Settings
from tracker.storage import Database, day_records, outcomes, sessions
from tracker.storage.undo_steps import undo_step
from tracker.workspace import Workspace

PARIS, MONTREAL = "Europe/Paris", "America/Toronto"
CHOSEN = Settings(first_weekday=0)


def at(month: int, date: int, hour: int, minute: int = 0, zone: str = PARIS) -> int:
    return to_utc(zone, 2026, month, date, hour, minute)


def log(database: Database, channel: str, start: int, end: int, zone: str = PARIS, **details: Any) -> int:
    return sessions.add(database, channel, start, end, zone, now=NOW, **details).id


def social(database: Database, date: str) -> int:
    return day(Workspace(database, CHOSEN, PARIS, now=NOW), date).seconds


def test_a_session_over_the_day_boundary_is_counted_in_both_days(database: Database) -> None:
    log(database, "youtube", at(11, 20, 3, 15), at(11, 20, 4, 45))
    assert social(database, "2026-11-19") == 45 * 60
    assert social(database, "2026-11-20") == 45 * 60


def test_a_look_after_midnight_belongs_to_the_evening_before(database: Database) -> None:
    sessions.check(database, "instagram", at(11, 21, 0, 40), PARIS, None, now=NOW)
    assert day(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-11-20").checks == 1
    assert day(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-11-21").checks == 0


def test_the_night_of_25_hours_has_them_all(database: Database) -> None:
    log(database, "youtube", at(10, 24, 23, 0), at(10, 25, 4, 0))
    shown = day(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-10-24")
    assert shown.seconds == 6 * 3600
    assert shown.end - shown.start == 25 * 3600


def test_a_trip_does_not_move_last_months_evenings(database: Database) -> None:
    log(database, "linkedin", at(11, 18, 22, 0, MONTREAL), at(11, 18, 23, 0, MONTREAL), MONTREAL)
    assert social(database, "2026-11-18") == 3600  # 04:00 to 05:00 on the 19th in Paris
    assert social(database, "2026-11-19") == 0


def test_two_channels_at_once_count_per_channel_and_once_in_the_total(database: Database) -> None:
    log(database, "linkedin", at(11, 20, 10, 0), at(11, 20, 11, 0))
    log(database, "youtube", at(11, 20, 10, 30), at(11, 20, 11, 30))
    shown = day(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-11-20")
    assert {total.channel: total.seconds for total in shown.channels} == {"linkedin": 3600, "youtube": 3600}
    assert shown.seconds == 5400
    assert status(Workspace(database, CHOSEN, PARIS, now=at(11, 20, 12))).seconds == 5400


def test_messaging_focus_and_calls_are_no_social_time(database: Database) -> None:
    for channel in ("whatsapp", "work", "call"):
        log(database, channel, at(11, 20, 10, 0), at(11, 20, 11, 0))
    shown = day(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-11-20")
    assert (shown.seconds, shown.checks, shown.sessions) == (0, 0, 0)
    assert [part.session.channel for part in shown.contacts] == ["call"]


def test_a_day_without_a_record_is_unknown_until_confirmed_as_zero(database: Database) -> None:
    assert not day(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-11-20").logged
    day_records.confirm_zero(database, "2026-11-20", True, now=NOW)
    assert day(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-11-20").logged


def test_an_urge_or_an_outcome_makes_a_day_logged(database: Database) -> None:
    day_records.add_urge(database, "x", at(11, 19, 10), PARIS, now=NOW)
    outcomes.add(database, "prospect", at(11, 20, 10), PARIS, now=NOW)
    shown = week(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W47")
    assert [day_sum.date for day_sum in shown.days if day_sum.logged] == ["2026-11-19", "2026-11-20"]


def test_a_day_logged_further_east_has_begun(database: Database) -> None:
    """Not `2 of 1 days logged` for somebody who flew back over the date line."""
    ahead, behind = "Pacific/Kiritimati", "Pacific/Pago_Pago"
    now = at(11, 23, 10, zone=behind)
    with undo_step(database, "made up", now):
        rows = ("x", at(11, 24, 9, zone=ahead), at(11, 24, 10, zone=ahead), ahead)
        database.change('INSERT INTO session(channel, start, "end", zone) VALUES (?, ?, ?, ?)', rows)
    shown = week(Workspace(database, CHOSEN, behind, now=now), "2026-W48", with_worth=True)
    assert (shown.logged_days, shown.elapsed) == (1, 2)
    assert shown.worth is not None
    assert (shown.worth.logged_days, shown.worth.days) == (1, 86)


def test_usual_is_the_median_of_well_logged_weeks_only(database: Database) -> None:
    for date, hours in ((2, 1), (9, 3), (19, 9)):  # weeks 45, 46 and 47; of 44 nothing is known
        log(database, "linkedin", at(11, date, 10), at(11, date, 10 + hours))
    for date in (3, 4, 5, 10, 11, 12, 13, 20, 21):  # week 47 has three days only
        day_records.confirm_zero(database, f"2026-11-{date:02}", True, now=NOW)
    shown = week(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W48")
    # 3600 and a Friday of 0, as in the other week; the weekend, which none has, as its own four days: 900 each. And
    # 10,800 with a weekend as its own five days: 2160 each. In the middle of 5400 and 15,120:
    assert (shown.usual_seconds, shown.usual_weeks, shown.usual_days) == (10_260, 2, 9)


def hours_of_days(database: Database, days: Iterable[tuple[int, float]], channel: str = "youtube") -> None:
    """So many hours at noon of each day, counted from Monday 2 November."""
    for number, hours in days:
        start = at(11, 2, 12) + number * 86_400
        sessions.add(database, channel, start, start + round(3600 * hours), PARIS, now=NOW)


def usual_of(database: Database, name: str, now: int) -> tuple[int | None, int, str]:
    workspace = Workspace(database, CHOSEN, PARIS, now=now)
    shown, records = week(workspace, name), load_week(workspace, name)
    comparison = compare(workspace, records, shown)
    assert (comparison.total.usual, comparison.usual_for) == (shown.usual_seconds, shown.usual_for)
    # One channel has all of the time, so it has all of what is usual.
    assert {change.usual for change in comparison.channels if change.kind == "social"} == {shown.usual_seconds}
    return shown.usual_seconds, shown.usual_for, say_most(comparison)


SUNDAY = at(11, 22, 23)


def test_the_usual_of_an_export_that_starts_in_the_middle_of_a_week(database: Database) -> None:
    hours_of_days(database, ((day, 1) for day in range(10, 21)))  # Thursday of week 46 to Sunday of week 47
    assert usual_of(database, "2026-W47", SUNDAY) == (7 * 3600, 7, "so far: about the same as usual")


def test_the_usual_where_a_sunday_is_missing_is_that_of_the_other_six_days(database: Database) -> None:
    week_of_days = [*((day, 1) for day in range(6)), (6, 4)]  # a Sunday is four times as long
    hours_of_days(database, ((day + 7 * number, hours) for number in range(2) for day, hours in week_of_days))
    hours_of_days(database, ((day, 1) for day in range(14, 20)))
    assert usual_of(database, "2026-W47", NOW)[:2] == (6 * 3600, 6)


def test_a_sunday_that_is_missing_before_is_as_the_other_sundays(database: Database) -> None:
    week_of_days = [*((day, 1) for day in range(6)), (6, 4)]
    hours_of_days(database, ((day + 7 * number, hours) for number in (0, 2) for day, hours in week_of_days))
    hours_of_days(database, ((day, 1) for day in range(7, 13)))
    assert usual_of(database, "2026-W47", NOW) == (10 * 3600, 7, "about the same as usual")


def test_a_week_of_holidays_that_was_not_logged_is_no_week_of_nothing(database: Database) -> None:
    hours_of_days(database, ((day, 1) for day in (*range(7), *range(14, 21))))
    assert usual_of(database, "2026-W47", NOW) == (7 * 3600, 7, "about the same as usual")


def test_a_week_that_is_not_over_is_compared_with_as_many_days(database: Database) -> None:
    hours_of_days(database, ((day, 1) for day in range(14)))
    hours_of_days(database, ((day, 2) for day in range(14, 18)))
    thursday = at(11, 19, 23)
    said = "so far: YouTube: 4h more than usual, 8h instead of 4h"
    assert usual_of(database, "2026-W47", thursday) == (4 * 3600, 4, said)
    shown = week(Workspace(database, CHOSEN, PARIS, now=thursday), "2026-W47")
    assert say_against_usual(shown) == "8h of social time so far; usually 4h in those 4 days."
    wednesday = week(Workspace(database, CHOSEN, PARIS, now=at(11, 4, 23)), "2026-W45")
    assert (wednesday.usual_seconds, wednesday.usual_for) == (None, 7)


def test_the_usual_week_reaches_back_26_weeks_whatever_made_its_days_logged(database: Database) -> None:
    for date in range(10, 14):
        day_records.add_urge(database, "x", at(6, date, 10), PARIS, now=NOW)
    day_records.confirm_zero(database, "2026-06-14", True, now=NOW)
    shown = week(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W48")
    assert (shown.usual_seconds, shown.usual_weeks, shown.usual_days) == (0, 1, 5)


def test_there_is_no_usual_week_before_the_first(database: Database) -> None:
    assert week(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W48").usual_seconds is None


def test_checks_lie_at_their_wall_clock_hour_in_the_row_of_their_day(database: Database) -> None:
    sessions.check(database, "instagram", at(11, 17, 0, 40), PARIS, None, now=NOW)
    shown = week(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W47")
    assert shown.hours[0][0] == 1
    assert sum(shown.by_hour()) == shown.checks == 1


def test_a_week_begins_on_the_chosen_weekday(database: Database) -> None:
    log(database, "linkedin", at(11, 22, 10), at(11, 22, 11))  # a Sunday
    sunday_first = week(Workspace(database, Settings(first_weekday=6), PARIS, now=NOW), "2026-W48")
    assert sunday_first.dates[0] == "2026-11-22"
    assert sunday_first.seconds == 3600
    assert week(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W48").seconds is None


def test_contacts_are_counted_by_ring(database: Database) -> None:
    log(database, "call", at(11, 17, 10), at(11, 17, 11), ring="street", person="Samia")
    log(database, "meeting", at(11, 18, 10), at(11, 18, 11))
    shown = dict(week(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W47").contacts)
    assert (shown["street"], shown["building"], shown["unknown"]) == (1, 0, 1)


def test_a_running_session_lasts_until_now(database: Database) -> None:
    sessions.start(database, "linkedin", NOW - 600, PARIS, now=NOW)
    shown = status(Workspace(database, CHOSEN, PARIS, now=NOW))
    assert (shown.seconds, shown.sessions, shown.last) == (600, 1, NOW)


SPAN = st.tuples(st.integers(0, 9 * 86_400), st.integers(0, 6 * 3600))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    spans=st.lists(SPAN, max_size=25), zones=st.lists(st.sampled_from([PARIS, MONTREAL, "Asia/Kolkata"]), min_size=25)
)
def test_days_always_add_up_to_what_was_recorded(
    database: Database, spans: list[tuple[int, int]], zones: list[str]
) -> None:
    start = at(10, 22, 12)  # across the autumn clock change
    rows = [(start + begin, start + begin + length, zone) for (begin, length), zone in zip(spans, zones, strict=False)]
    with undo_step(database, "made up", NOW):
        database.change("DELETE FROM session")
        for begin, end, zone in rows:
            database.change(
                'INSERT INTO session(channel, start, "end", zone) VALUES (?, ?, ?, ?)', ("x", begin, end, zone)
            )
    days = [
        day(Workspace(database, CHOSEN, PARIS, now=NOW), f"2026-{date}")
        for date in (*(f"10-{number}" for number in range(21, 32)), "11-01", "11-02")
    ]
    assert sum(part.end - part.start for shown in days for part in shown.parts) == sum(
        end - begin for begin, end, _zone in rows
    )
    assert sum(shown.seconds for shown in days) >= covered((begin, end) for begin, end, _zone in rows)


def test_covered_counts_each_moment_once() -> None:
    assert covered([]) == 0
    assert covered([(0, 10), (5, 8), (20, 20), (9, 12)]) == 12


def test_what_another_program_left_without_its_channel_or_zone_is_still_shown(database: Database) -> None:
    log(database, "reddit", at(11, 20, 10), at(11, 20, 11), activity="create")
    database.connection.execute("PRAGMA foreign_keys = OFF")
    for statement in (
        "DELETE FROM channel WHERE name = 'reddit'",
        "DELETE FROM activity WHERE name = 'create'",
        "UPDATE session SET zone = 'Mars/Phobos'",
    ):
        database.connection.execute(statement)
    assert [total.channel for total in day(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-11-20").channels] == [
        "reddit"
    ]
    assert week(Workspace(database, CHOSEN, PARIS, now=NOW), "2026-W47").logged_days == 1
    assert status(Workspace(database, CHOSEN, PARIS, now=NOW)).seconds == 0
