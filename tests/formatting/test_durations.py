"""Durations as the screens and pages write them, in both languages; the round trip is in tests/calendar."""

from __future__ import annotations

from tracker import locale
from tracker.formatting.times import (
    format_against_budget,
    format_duration,
    format_duration_difference,
    format_growing_duration,
    format_optional_duration,
)


def test_durations_in_both_languages() -> None:
    assert [format_duration(seconds) for seconds in (0, 45, 60, 5_040)] == ["0s", "45s", "1m", "1h 24m"]
    assert (format_optional_duration(None), format_duration(5_045, "exact")) == ("?", "1h 24m 5s")
    with locale.speaking("fr"):
        assert format_duration(5_040).split() == ["1", "h", "24"]


def test_a_column_of_durations() -> None:
    assert [format_duration(seconds) for seconds in (6_480, 18_120, 2_880, 7_200)] == [
        *("1h 48m", "5h 2m", "48m", "2h")
    ]
    with locale.speaking("fr"):
        texts = [format_duration(seconds).split() for seconds in (6_480, 18_120, 2_880, 7_200)]
    assert texts == [["1", "h", "48"], ["5", "h", "02"], ["48", "min"], ["2", "h"]]


def test_what_still_grows_shows_no_seconds() -> None:
    assert [format_growing_duration(seconds) for seconds in (0, 59, 60)] == ["<1m", "<1m", "1m"]
    assert format_growing_duration(59, grows=False) == "59s"


def test_against_a_budget() -> None:
    assert (format_against_budget(5_040, 3_600), format_against_budget(5_040, None)) == ("1h 24m of 1h", "1h 24m")
    assert (format_against_budget(None, 3_600), format_against_budget(None, None)) == ("– of 1h", "–")


def test_a_difference_is_that_of_the_minutes_shown() -> None:
    assert format_duration_difference(5_040, 3_600, 40) == "+24m (+40%)"
    assert format_duration_difference(3_659, 3_600, 2) == "="
    assert (format_duration_difference(0, 60, None), format_duration_difference(0, None, None)) == ("−1m", "")
