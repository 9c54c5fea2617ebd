"""What the user estimated of a week beside what was logged, in lines: compared only where enough was logged."""

from __future__ import annotations

import pytest

from tracker.reports.comparison import WeekChange, WeekComparison
from tracker.tui.review.time_steps import estimate_lines

HOUR = 3600


def told(logged_days: int, seconds: int, guess: int | None = 3 * HOUR, width: int = 100) -> str:
    """The lines of a week of one channel of which so many days were logged."""
    total = WeekChange("total", None, "", seconds, None)
    channel = WeekChange("channel", "linkedin", "LinkedIn", seconds, None, "social")
    comparison = WeekComparison(total, (), (channel,), (), (), logged_days, 7, 0, True)
    lines = estimate_lines(comparison, {} if guess is None else {None: guess, "linkedin": guess}, width, 20)
    return "\n".join(line.plain.rstrip() for line in lines)


@pytest.mark.parametrize("width", [60, 100])
def test_of_a_few_days_nothing_is_told_of_a_week(width: int) -> None:
    said = told(1, HOUR, width=width)
    assert said.startswith("1 of 7 days logged: too few to compare.")
    assert "less" not in said
    assert not set(said) & set("▒█"), "two bars would be compared"
    assert "3h" in said, "what was guessed"
    assert "1h" in said, "what was logged"
    assert told(1, HOUR, None).startswith("1 of 7 days logged")


def test_of_four_days_it_is() -> None:
    said = told(4, HOUR)
    assert said.startswith("2h less than you thought: it was 1h, you guessed 3h")
    assert said.count("2h less") == 3


def test_of_none_it_is_said_that_nothing_is_known() -> None:
    assert told(0, 0).startswith("No day of this week is logged")
