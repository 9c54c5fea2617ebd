from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calendar.strategies import refusal
from tracker.calendar.days import locale_first_weekday, next_date, next_week, week_dates, week_of, weekday
from tracker.calendar.words import parse_week
from tracker.domain.errors import TrackerError

MONDAY, SATURDAY, SUNDAY = 0, 5, 6
DATES = st.dates(datetime.date(1971, 1, 1), datetime.date(2900, 1, 1)).map(str)
WEEKDAYS = st.integers(0, 6)


@given(DATES, WEEKDAYS)
def test_every_date_is_in_the_week_that_names_it_and_no_other(date: str, first: int) -> None:
    week = week_of(date, first)
    assert date in week_dates(week, first)
    assert date not in week_dates(next_week(week, -1), first) + week_dates(next_week(week), first)


@given(DATES, WEEKDAYS)
def test_a_week_has_seven_dates_from_its_first_weekday_on(date: str, first: int) -> None:
    days = week_dates(week_of(date, first), first)
    assert [weekday(day) for day in days] == [(first + n) % 7 for n in range(7)]


@given(DATES, WEEKDAYS)
def test_weeks_follow_each_other_in_the_order_of_their_names(date: str, first: int) -> None:
    week = week_of(date, first)
    following = week_of(next_date(week_dates(week, first)[-1]), first)
    assert following == next_week(week) > week


@pytest.mark.parametrize(
    ("date", "first", "week"),
    [
        ("2026-11-23", MONDAY, "2026-W48"),
        ("2026-12-31", MONDAY, "2026-W53"),
        ("2027-01-03", MONDAY, "2026-W53"),
        ("2027-01-04", MONDAY, "2027-W01"),
        ("2025-12-29", MONDAY, "2026-W01"),
        ("2026-11-22", MONDAY, "2026-W47"),
        ("2026-11-22", SUNDAY, "2026-W48"),
        ("2027-01-03", SUNDAY, "2027-W01"),
        ("2027-01-02", SUNDAY, "2026-W53"),
        ("2027-01-02", SATURDAY, "2027-W01"),
    ],
)
def test_a_week_bears_the_iso_name_of_its_fourth_day(date: str, first: int, week: str) -> None:
    assert week_of(date, first) == week


def test_a_sunday_first_week_starts_the_day_before_the_iso_week() -> None:
    assert week_dates("2026-W48", SUNDAY)[0] == "2026-11-22"
    assert week_dates("2026-W48", MONDAY)[0] == "2026-11-23"


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2026-W48", "2026-W48"),
        ("2026w47", "2026-W47"),
        ("2026-W1", "2026-W01"),
        ("W46", "2026-W46"),
        ("this", "2026-W48"),
        ("", "2026-W48"),
        ("last", "2026-W47"),
        ("semaine dernière", "2026-W47"),
        ("-1", "2026-W47"),
        ("-52", "2025-W48"),
        ("2026-11-15", "2026-W46"),
        ("yesterday", "2026-W47"),
        ("hier", "2026-W47"),
    ],
)
def test_a_week_is_read_as_people_name_it(text: str, week: str) -> None:
    assert parse_week(text, "2026-11-23", MONDAY) == week


@pytest.mark.parametrize(
    "text", ["2025-W53", "2026-W00", "2026-W54", "W", "0000-W01", "9999-W60", "soon", "-99999", "--1"]
)
def test_what_is_no_week_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(TrackerError, match="2026-W48"):
        parse_week(text, "2026-11-23", MONDAY)


@given(st.one_of(st.text(), st.from_regex(r"[-0-9wW]{0,9}", fullmatch=True)))
def test_any_text_is_a_week_or_refused(text: str) -> None:
    assert (refusal(lambda: parse_week(text, "2026-11-23", MONDAY)) or "read").isprintable()


@pytest.mark.parametrize(
    ("environment", "first"),
    [
        ({"LANG": "en_US.UTF-8"}, SUNDAY),
        ({"LANG": "fr_FR.UTF-8"}, MONDAY),
        ({"LANG": "fr_CA"}, SUNDAY),
        ({"LANG": "ar_EG.UTF-8"}, SATURDAY),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "fr_FR.UTF-8"}, MONDAY),
        ({"LANG": "fr_FR", "LC_TIME": "fr_FR", "LC_ALL": "en_US"}, SUNDAY),
        ({"LANG": "C.UTF-8"}, MONDAY),
        ({"LANG": "C"}, MONDAY),
        ({"LANG": "en"}, MONDAY),
        ({"LANG": "de_DE@euro"}, MONDAY),
        ({"LANG": "??"}, MONDAY),
        ({}, MONDAY),
    ],
)
def test_weeks_start_where_the_locale_says(
    environment: dict[str, str], first: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_TIME", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert locale_first_weekday() == first
