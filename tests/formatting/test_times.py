"""Times of day, dates and weeks in both languages."""

from __future__ import annotations

import datetime

import pytest
from arrow import Arrow

from tests.conftest import NOW
from tracker import locale
from tracker.formatting.times import (
    format_ago,
    format_clock,
    format_date,
    format_date_range,
    format_day_and_month,
    format_long_date,
    format_near_date,
    format_upcoming,
    format_week,
    format_week_dates,
    format_weekday,
    weekday_names,
)

DAY = 86_400


def test_dates_are_written_in_the_readers_language() -> None:
    assert (format_date("2026-11-23"), format_long_date("2026-11-23")) == ("Mon 23 Nov", "Monday 23 November 2026")
    assert (format_day_and_month("2026-11-03"), format_weekday("2026-11-29")) == ("3 Nov", "Sunday")
    with locale.speaking("fr"):
        assert (format_date("2026-11-23"), format_long_date("2026-11-23")) == ("lun 23 nov", "lundi 23 novembre 2026")
        assert (format_day_and_month("2026-11-03"), format_weekday("2026-11-29")) == ("3 nov", "dimanche")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_short_names_are_those_of_arrow(language: str) -> None:
    with locale.speaking(language):
        for number in range(366):
            day = datetime.date(2024, 1, 1) + datetime.timedelta(number)
            assert format_date(day.isoformat()) == Arrow.fromdate(day).format("ddd D MMM", locale=language)


def test_how_long_ago_is_said_in_the_readers_language_and_from_a_day_on_in_days() -> None:
    assert [format_ago(seconds) for seconds in (-3600, 0, 59, DAY - 1)] == [
        *("just now", "just now", "59 seconds ago", "23 hours ago")
    ]
    spans = (7300, DAY, 20 * DAY)
    assert [format_ago(seconds) for seconds in spans] == ["2 hours ago", "a day ago", "20 days ago"]
    with locale.speaking("fr"):
        assert [format_ago(seconds) for seconds in spans] == ["il y a 2 heures", "il y a un jour", "il y a 20 jours"]
        assert (weekday_names()[0], weekday_names()[-1]) == ("lundi", "dimanche")


def test_a_date_of_another_year_has_its_year() -> None:
    assert format_near_date("2026-11-23", "2026-01-02") == "Mon 23 Nov"
    assert format_near_date("2025-11-23", "2026-01-02") == "Sun 23 Nov 2025"
    assert format_near_date("2026-11-23", None) == "Mon 23 Nov 2026"


def test_a_clock_shows_the_time_of_its_zone() -> None:
    assert format_clock(NOW, "Europe/Paris") == "15:12"
    assert format_clock(NOW + 59, "Asia/Kathmandu") == "19:57"
    assert format_clock(NOW, "Nowhere/Unknown") == "14:12"


def test_a_moment_to_come_has_its_date_from_a_day_on() -> None:
    assert format_upcoming(NOW + 3600, NOW, "Europe/Paris") == "16:12"
    assert format_upcoming(NOW + 2 * DAY, NOW, "Europe/Paris") == "Wed 25 Nov 15:12"


@pytest.mark.parametrize(
    ("first", "last", "english", "french"),
    [
        ("2026-11-16", "2026-11-22", "16–22 November", "16–22 novembre"),
        ("2026-11-30", "2026-12-06", "30 November – 6 December", "30 novembre – 6 décembre"),
        ("2019-11-25", "2019-12-01", "25 November – 1 December 2019", "25 novembre – 1 décembre 2019"),
        ("2025-12-29", "2026-01-04", "29 December 2025 – 4 January 2026", "29 décembre 2025 – 4 janvier 2026"),
    ],
)
def test_a_range_of_dates_does_not_repeat_itself(first: str, last: str, english: str, french: str) -> None:
    assert format_date_range(first, last, "2026-11-23") == english
    with locale.speaking("fr"):
        assert format_date_range(first, last, "2026-11-23") == french


@pytest.mark.parametrize(
    ("week", "dates"),
    [("2026-W48", "23 – 29 Nov 2026"), ("2026-W49", "30 Nov – 6 Dec 2026"), ("2026-W53", "28 Dec 2026 – 3 Jan 2027")],
)
def test_the_days_of_a_week_do_not_repeat_themselves(week: str, dates: str) -> None:
    assert format_week_dates(week, 0) == dates


def test_a_week_has_the_letter_of_the_language() -> None:
    assert format_week("2026-W48") == "2026-W48"
    with locale.speaking("fr"):
        assert format_week("2026-W48") == "2026-S48"
