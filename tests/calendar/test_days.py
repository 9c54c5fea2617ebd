from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.calendar.strategies import INSTANTS, STARTS, ZONES
from tracker.calendar.clock import iso, offset_at, to_utc
from tracker.calendar.days import EPOCH_WEEKDAY, WallClock, dates, day_bounds, day_of, next_date, weekday

PARIS = "Europe/Paris"
FOUR = 14_400


def length(date: str, zone: str, starts_at: int) -> float:
    first, last = day_bounds(date, zone, starts_at)
    return (last - first) / 3600


def test_a_check_after_midnight_belongs_to_the_evening_before() -> None:
    assert day_of(to_utc(PARIS, 2026, 11, 24, 0, 40), PARIS, FOUR) == "2026-11-23"
    assert day_of(to_utc(PARIS, 2026, 11, 24, 3, 59, 59), PARIS, FOUR) == "2026-11-23"
    assert day_of(to_utc(PARIS, 2026, 11, 24, 4, 0), PARIS, FOUR) == "2026-11-24"


@pytest.mark.parametrize("starts_at", [0, 9000])
def test_a_day_has_23_or_25_hours_over_a_clock_change(starts_at: int) -> None:
    shift = 0.5 if starts_at else 0  # 02:30 is skipped, then the day starts at the change, half an hour of clock early
    assert length("2026-03-29", PARIS, 0) == 23
    assert length("2026-10-25", PARIS, 0) == 25
    assert length("2026-03-28", PARIS, starts_at) == 24 - shift
    assert length("2026-03-28", PARIS, FOUR) == 23
    assert length("2026-10-24", PARIS, FOUR) == 25


def test_a_day_that_would_start_in_the_skipped_hour_starts_at_the_change() -> None:
    first, _ = day_bounds("2026-03-29", PARIS, 9000)
    assert iso(first, PARIS) == "2026-03-29T03:00:00+02:00"
    assert day_of(first - 1, PARIS, 9000) == "2026-03-28"
    assert day_of(first, PARIS, 9000) == "2026-03-29"


def test_a_day_that_has_begun_stays_when_the_clock_is_set_back_over_its_start() -> None:
    second_showing_of_two = to_utc(PARIS, 2026, 10, 25, 2, 0, fold=1)
    assert day_of(second_showing_of_two, PARIS, 9000) == "2026-10-25"


def test_lord_howe_has_days_of_23_and_a_half_hours() -> None:
    assert length("2026-10-04", "Australia/Lord_Howe", 0) == 23.5
    assert length("2026-04-05", "Australia/Lord_Howe", 0) == 24.5


def test_the_date_apia_skipped_is_an_empty_day() -> None:
    assert length("2011-12-30", "Pacific/Apia", 0) == 0
    assert [length(date, "Pacific/Apia", 0) for date in ("2011-12-29", "2011-12-31")] == [24, 24]
    # From 04:00 to 04:00 the evening of the 29th ends where the 30th begins: in the night to the 31st.
    assert [length(f"2011-12-{day}", "Pacific/Apia", FOUR) for day in (29, 30, 31)] == [20, 4, 24]


@given(ZONES, INSTANTS, STARTS)
@example("Pacific/Kwajalein", -7_992_000, 0)
def test_an_instant_is_within_the_bounds_of_its_day(zone: str, instant: int, starts_at: int) -> None:
    first, last = day_bounds(day_of(instant, zone, starts_at), zone, starts_at)
    assert first <= instant < last


@given(ZONES, INSTANTS, STARTS)
def test_days_follow_each_other_without_a_gap(zone: str, instant: int, starts_at: int) -> None:
    date = day_of(instant, zone, starts_at)
    first, last = day_bounds(date, zone, starts_at)
    assert last == day_bounds(next_date(date), zone, starts_at)[0]
    assert first == day_bounds(next_date(date, -1), zone, starts_at)[1]


@given(ZONES, INSTANTS, STARTS, st.integers(0, 7 * 86_400))
def test_the_parts_of_a_session_sum_to_the_whole(zone: str, start: int, starts_at: int, seconds: int) -> None:
    parts = WallClock.of(zone, starts_at).cut(start, start + seconds)
    assert sum(end - begin for _, begin, end in parts) == seconds
    assert [parts[0][1], *(end for _, _, end in parts)] == [*(begin for _, begin, _ in parts), start + seconds]
    for date, begin, end in parts:
        first, last = day_bounds(date, zone, starts_at)
        assert first <= begin <= end <= last
        assert date == day_of(begin, zone, starts_at)


def test_a_session_over_the_days_start_is_cut_there_to_the_second() -> None:
    start, end = to_utc(PARIS, 2026, 11, 24, 3, 50), to_utc(PARIS, 2026, 11, 24, 4, 10, 1)
    assert [(date, last - first) for date, first, last in WallClock.of(PARIS, FOUR).cut(start, end)] == [
        ("2026-11-23", 600),
        ("2026-11-24", 601),
    ]


def test_a_session_that_ends_at_the_days_start_is_whole() -> None:
    start, end = to_utc(PARIS, 2026, 11, 24, 3, 50), to_utc(PARIS, 2026, 11, 24, 4, 0)
    assert WallClock.of(PARIS, FOUR).cut(start, end) == [("2026-11-23", start, end)]


@given(ZONES, st.lists(INSTANTS, min_size=1), STARTS)
def test_a_wall_clock_says_the_same_whatever_was_asked_before(zone: str, instants: list[int], starts_at: int) -> None:
    wall = WallClock(zone, starts_at)
    for instant in instants:
        assert wall.offset(instant) == offset_at(zone, instant)
        assert f"{wall.hour(instant):02}" == iso(instant, zone)[11:13]
        assert wall.day(instant) == day_of(instant, zone, starts_at)
        assert (wall.day_number(instant) + EPOCH_WEEKDAY) % 7 == weekday(wall.day(instant))


def test_an_unknown_zone_is_read_as_utc() -> None:
    assert WallClock.of("Mars/Phobos", 14_400).day(1795443120) == WallClock.of("UTC", 14_400).day(1795443120)
    assert iso(0, "Mars/Phobos") == "1970-01-01T00:00:00+00:00"


def test_the_clock_of_a_zone_is_kept() -> None:
    assert WallClock.of(PARIS, FOUR) is WallClock.of(PARIS, FOUR)
    assert WallClock.of(PARIS, FOUR) is not WallClock.of(PARIS)


def test_dates_count_over_months_and_leap_years() -> None:
    assert next_date("2028-02-28") == "2028-02-29"
    assert next_date("2027-01-01", -1) == "2026-12-31"
    assert dates("2026-12-30", "2027-01-02") == ["2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"]
    assert dates("2026-12-30", "2026-12-29") == []
    assert [weekday(date) for date in dates("2026-11-23", "2026-11-29")] == list(range(7))
