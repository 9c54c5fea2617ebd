"""Numbers, percentages and shares in both languages."""

from __future__ import annotations

import pytest
from babel.numbers import format_decimal as babel_decimal
from hypothesis import given
from hypothesis import strategies as st

from tracker import locale
from tracker.formatting.numbers import (
    format_decimal,
    format_decimal_apart,
    format_odds,
    format_percent,
    format_shares,
    format_signed,
    format_signed_percent,
    format_significant,
    localize_numbers,
    percent_shares,
    round_half_up,
)


def test_numbers_in_english() -> None:
    assert [format_significant(value) for value in (7, 1.25, 123.4, 2e-7, 0.0001234)] == [
        "7", "1.25", "123", "2·10⁻⁷", "0.000123",
    ]  # fmt: skip
    assert (format_decimal(15.61, 1), format_significant(0.6), format_significant(10.0)) == ("15.6", "0.6", "10")
    assert (format_signed(11), format_signed(-9), format_signed(0)) == ("+11", "−9", "0")
    assert (format_percent(0.624), format_percent(-0.34), format_signed_percent(-3)) == ("62%", "−34%", "−3%")
    assert (format_percent(None), format_signed_percent(None)) == ("–", "–")


def test_numbers_in_french() -> None:
    with locale.speaking("fr"):
        assert (format_significant(1.25), format_decimal(15.61, 1), format_significant(0.6)) == ("1,25", "15,6", "0,6")
        assert localize_numbers("p < 0.01, 8.33e-03. 12 h") == "p < 0,01, 8,33·10⁻³. 12 h"


@given(st.floats(-1e9, 1e9), st.integers(0, 4), st.sampled_from(["en", "fr"]))
def test_a_decimal_is_written_as_babel_writes_it(value: float, decimals: int, language: str) -> None:
    form = "#,##0" + ("." + "0" * decimals if decimals else "")
    rounded = round_half_up(value, decimals) + 0.0  # no negative zero
    expected = babel_decimal(rounded, format=form, locale=language).replace("-", "−")
    with locale.speaking(language):
        assert format_decimal(value, decimals) == expected


def test_zeros_that_say_nothing_are_left_out() -> None:
    assert [format_decimal(value, 4, 2) for value in (20, 20.0042, 20.1, 1234.5678)] == [
        *("20.00", "20.0042", "20.10", "1,234.5678")
    ]
    assert format_decimal(3.0, 2, 0) == "3"


def test_a_figure_stays_on_its_side_of_a_limit() -> None:
    assert [format_percent(share, 1 / 3) for share in (0.31, 0.334, 0.33334)] == ["31%", "33.4%", "33.334%"]
    assert [format_decimal_apart(value, 1, 10) for value in (9.96, 10, 9.9999999)] == [
        "9.96",
        "10.0",
        "just under 10.0",
    ]


def test_three_thirds_come_to_a_hundred() -> None:
    assert percent_shares([5, 5, 5]) == [34, 33, 33]
    assert percent_shares([4480, 840, 300, 320]) == [76, 14, 5, 5]  # each rounded alone: 75, 14, 5, 5
    assert percent_shares([]) == []
    assert percent_shares([0, 0]) == [0, 0]
    assert format_shares([62, 38]) == ["62%", "38%"]


@given(st.lists(st.integers(0, 10**7), max_size=12))
def test_each_is_within_one_of_its_share_and_all_come_to_a_hundred(amounts: list[int]) -> None:
    shares = percent_shares(amounts)
    total = sum(amounts)
    assert sum(shares) == (100 if total else 0)
    assert all(
        abs(percent - 100 * amount / total) < 1 for percent, amount in zip(shares, amounts, strict=True) if total
    )
    assert all(percent == 0 for percent, amount in zip(shares, amounts, strict=True) if not amount)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_infinity_is_written(language: str) -> None:
    with locale.speaking(language):
        assert format_significant(float("inf")) == "inf"


@pytest.mark.parametrize(
    ("chance", "said"),
    [
        (0.4, "40% of the time"),
        (0.0067, "1 time in 150"),
        (1.6e-5, "1 time in 63,000"),
        (4.6e-21, "less than 1 time in 1,000,000"),
        (0.0, "less than 1 time in 1,000,000"),
    ],
)
def test_a_chance_is_said_as_how_often_it_comes_up(chance: float, said: str) -> None:
    assert format_odds(chance) == said
