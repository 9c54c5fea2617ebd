from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker import locale
from tracker.calendar.money import decimal_money, decimals, parse_money
from tracker.calendar.say import (
    say_clock,
    say_date,
    say_long_date,
    say_money,
    say_near_date,
    say_week_span,
)
from tracker.model import TrackerError


def spaced(text: str) -> str:
    """CLDR's no-break spaces as plain ones."""
    return text.replace("\u202f", " ").replace("\xa0", " ")


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


def test_money_is_said_and_written_with_its_currency() -> None:
    assert say_money(48_050, "EUR", "en") == "€480.50"
    assert spaced(say_money(48_050, "EUR", "fr")) == "480,50 €"
    assert say_money(48_000, "JPY", "en") == "¥480"
    assert (decimal_money(48_000, "EUR"), decimal_money(48_000, "JPY")) == ("480.00", "480")
    assert decimal_money(5, "EUR") == "0.05"


@pytest.mark.parametrize("text", ["1200.5", "1200,50", "1 200,5", "1\u202f200.50", " 1200.500 "])
def test_an_amount_is_read_as_people_write_it(text: str) -> None:
    assert parse_money(text, "EUR") == 120_050


@pytest.mark.parametrize(
    "text", ["", "-5", "4.805", "1,200", "1.200", "1,200.50", "NaN", "inf", "1e3", "9" * 20, "٣", "abc"]
)
def test_what_is_no_amount_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(TrackerError, match=r"480 or 480\.50"):
        parse_money(text, "EUR")


@given(st.integers(0, 10**12 - 1), st.sampled_from(["EUR", "JPY", "TND"]))
def test_what_is_written_is_read_back(amount: int, currency: str) -> None:
    hundredths = amount * 10 ** (2 - decimals(currency))
    assert parse_money(decimal_money(hundredths, currency), currency) == hundredths
