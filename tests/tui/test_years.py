"""The year is said wherever a date is not of this one."""

from __future__ import annotations

import pytest

from tests.exchange.makers import at
from tracker.patterns.finding import Finding
from tracker.patterns.registry import pattern
from tracker.tui import words
from tracker.tui.dialogs import evidence_text
from tracker.tui.screens.evidence import Shown

TODAY = "2026-11-26"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-11-16", "2026-11-22", "16–22 November"),
        ("2026-11-30", "2026-12-06", "30 November – 6 December"),
        ("2019-11-18", "2019-11-24", "18–24 November 2019"),
        ("2019-11-25", "2019-12-01", "25 November – 1 December 2019"),
        ("2025-12-29", "2026-01-04", "29 December 2025 – 4 January 2026"),
    ],
)
def test_a_week_of_another_year_says_so(first: str, last: str, said: str) -> None:
    assert words.span(first, last, TODAY) == said


def test_a_day_of_another_year_says_so() -> None:
    assert words.near_day("2026-11-23", TODAY) == "23 Nov"
    assert words.near_day("2019-11-23", TODAY) == "23 Nov 2019"
    evening = at("2026-12-30 20:00")
    assert words.later(at("2026-12-31 18:00"), evening, "Europe/Paris") == "18:00"
    assert words.later(at("2026-12-31 21:00"), evening, "Europe/Paris") == "Thu 31 Dec 21:00"
    assert words.later(at("2027-01-01 21:00"), evening, "Europe/Paris") == "Fri 1 Jan 2027 21:00"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2026-10-30", TODAY, "Fri 30 Oct – Thu 26 Nov"),
        ("2019-11-11", TODAY, "Mon 11 Nov 2019 – Thu 26 Nov"),
        ("2019-11-09", "2019-12-05", "Sat 9 Nov 2019 – Thu 5 Dec 2019"),
    ],
)
def test_the_days_an_evidence_rests_on_say_theirs(first: str, last: str, said: str) -> None:
    finding = Finding("night", "quiet", "nothing", first, last, {})
    shown = Shown("quiet", "At night", "nothing", finding)
    lines = evidence_text.verdict(shown, pattern("night"), TODAY, 120)
    assert said in lines[0].words.plain
