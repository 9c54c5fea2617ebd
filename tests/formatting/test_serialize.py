"""What programs read: one form for every reader, null for what is unknown."""

from __future__ import annotations

import pytest

from tracker import locale
from tracker.domain.models import Spend
from tracker.formatting import serialize


def test_an_instant_has_the_offset_of_the_zone_it_was_made_in() -> None:
    assert serialize.instant(1_795_443_120, "Europe/Paris") == "2026-11-23T15:12:00+01:00"
    assert serialize.instant(1_795_443_120, "Mars/Base") == "2026-11-23T14:12:00+00:00"
    assert serialize.instant(None, "Europe/Paris") is None


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_amount_is_a_decimal_string_in_either_language(language: str) -> None:
    locale.use(language)
    try:
        assert serialize.amount(123_450, "EUR") == "1234.50"
        assert serialize.amounts([("USD", 4_000), ("JPY", 50_000)]) == [
            {"amount": "40.00", "currency": "USD"},
            {"amount": "500", "currency": "JPY"},
        ]
    finally:
        locale.use("en")
    assert serialize.amount(None, "EUR") is serialize.amount(100, None) is None


def test_a_whole_number_has_no_decimal_point() -> None:
    figures = [serialize.integer_or_rounded(value) for value in (3.0, 2.345, None)]
    assert figures == [3, 2.35, None]
    assert isinstance(figures[0], int)
    assert serialize.rounded(0.00005, 4) == 0.0001


def test_a_row_has_the_named_fields_each_by_the_rule_of_its_name() -> None:
    spent = Spend(3, "linkedin", 1_795_443_120, "Europe/Paris", 12_050, "EUR", None)
    assert serialize.row(spent, "id of=channel amount currency note") == {
        "id": 3,
        "of": "linkedin",
        "amount": "120.50",
        "currency": "EUR",
        "note": None,
    }
    assert serialize.row(spent, "at") == {"at": "2026-11-23T15:12:00+01:00"}
    assert serialize.row(spent, "at", "UTC") == {"at": "2026-11-23T14:12:00+00:00"}
