"""The sentences that open the Week, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tracker.domain.models import Commitment
from tracker.reports.commitment_words import say_kept_and_results
from tracker.reports.commitments import CommitmentResult
from tracker.reports.week import Week, busiest_hour, say_against_usual, say_busiest

DATES = tuple(f"2026-11-{day}" for day in range(16, 23))
HOUR = 3600


def week(**values: Any) -> Week:
    """Seven logged days of ten hours in all; the usual is eight."""
    fields = dict.fromkeys(Week._fields) | {
        "week": "2026-W47", "dates": DATES, "elapsed": 7, "logged_days": 7, "seconds": 10 * HOUR,
        "usual_seconds": 8 * HOUR, "usual_for": 7, "usual_weeks": 8, "hours": ((0,) * 24,) * 7,
    }  # fmt: skip
    return Week(**(fields | values))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({}, "10h of social time, 25% more than your usual 8h."),
        ({"seconds": 6 * HOUR}, "6h of social time, 25% less than your usual 8h."),
        ({"seconds": 8 * HOUR}, "8h of social time, as usual (8h)."),
        ({"elapsed": 3, "seconds": HOUR}, "1h of social time so far; usually 8h in a whole week."),
        ({"logged_days": 6, "usual_for": 6}, "10h of social time, 25% more than your usual 8h in those 6 days."),
        ({"elapsed": 5, "logged_days": 5, "usual_for": 5}, "10h of social time so far; usually 8h in those 5 days."),
        ({"logged_days": 3}, "10h of social time; too few days logged to compare with your usual 8h."),
        ({"usual_seconds": None}, "10h of social time; no earlier week to compare with yet."),
        ({"usual_seconds": 0, "seconds": 0}, "0s of social time, as usual (0s)."),
        ({"usual_seconds": 0}, "10h of social time; usually 0s."),
        ({"seconds": None, "logged_days": 0}, "No day is logged: the time is unknown, not zero."),
    ],
)
def test_time_against_the_usual(values: dict[str, Any], sentence: str) -> None:
    assert say_against_usual(week(**values)).replace("\xa0", " ") == sentence


def hours(counts: dict[int, tuple[int, int]]) -> tuple[tuple[int | None, ...], ...]:
    """Each day's checks: day of the week -> (hour, checks)."""
    rows = [[0] * 24 for _day in range(7)]
    for day, (hour, checks) in counts.items():
        rows[day][hour] = checks
    return tuple(map(tuple, rows))


def test_the_busiest_hour_and_its_days() -> None:
    assert say_busiest(week(hours=hours({0: (9, 4), 6: (9, 1)}))) == "mostly 9–10 on weekdays"
    assert say_busiest(week(hours=hours({0: (9, 1), 5: (9, 4)}))) == "mostly 9–10 at weekends"
    assert say_busiest(week(hours=hours({0: (23, 3), 6: (23, 2)}))) == "mostly 23–0"
    assert say_busiest(week()) == "no checks"


def test_an_hour_is_of_weekdays_only_where_a_weekend_was_logged_too() -> None:
    logged = hours({0: (9, 9)})
    assert busiest_hour(week(hours=(*logged[:5], (None,) * 24, (None,) * 24), logged_days=5)) == (9, "")


def result(kept: bool | None) -> CommitmentResult:
    return CommitmentResult(Commitment(0, "2026-W47", "x", "y"), kept=kept)


def test_commitments_kept_and_results() -> None:
    some = week(outcomes=(None, None), contacts=(("street", 1), ("city", 2)))
    none = week(outcomes=(), contacts=())
    kept = [result(True), result(False), result(None)]
    assert say_kept_and_results(some, kept) == "1 of 3 commitments kept, 1 still open; 2 results, 3 talks."
    assert say_kept_and_results(none, [result(True)]) == "1 of 1 commitment kept; no results yet."
    assert say_kept_and_results(none, []) == "No commitments this week; no results yet."
    hint = "[R] Review makes some"
    assert say_kept_and_results(none, [], hint) == f"No commitments this week ({hint}); no results yet."
    assert hint not in say_kept_and_results(some, kept, hint)
