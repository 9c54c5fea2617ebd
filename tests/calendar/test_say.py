from __future__ import annotations

import pytest

from tests.conftest import NOW
from tracker import locale
from tracker.calendar.say import (
    say_clock,
    say_date,
    say_long_date,
    say_near_date,
    say_week_span,
)


def test_dates_are_said_in_the_readers_language() -> None:
    assert (say_date("2026-11-23", "en"), say_date("2026-11-23", "fr")) == ("Mon 23 Nov", "lun 23 nov")
    assert say_long_date("2026-11-23", "en") == "Monday 23 November 2026"
    assert say_long_date("2026-11-23", "fr") == "lundi 23 novembre 2026"


def test_a_date_of_another_year_says_which() -> None:
    assert say_near_date("2026-11-23", "2026-01-02", "en") == "Mon 23 Nov"
    assert say_near_date("2025-11-23", "2026-01-02", "en") == "Sun 23 Nov 2025"


def test_without_a_language_the_one_now_spoken_is_used() -> None:
    locale.use("fr")
    try:
        assert say_date("2026-11-23") == "lun 23 nov"
    finally:
        locale.use("en")


def test_a_clock_shows_the_time_of_its_zone() -> None:
    assert say_clock(NOW, "Europe/Paris") == "15:12"
    assert say_clock(NOW + 59, "Asia/Kathmandu") == "19:57"


@pytest.mark.parametrize(
    ("week", "span"),
    [("2026-W48", "23 – 29 Nov 2026"), ("2026-W49", "30 Nov – 6 Dec 2026"), ("2026-W53", "28 Dec 2026 – 3 Jan 2027")],
)
def test_a_week_is_said_without_repeating_itself(week: str, span: str) -> None:
    assert say_week_span(week, 0, "en") == span
