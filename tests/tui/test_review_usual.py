"""The week's whole against the usual one, in a line: more, less, about as much, or as usual."""

from __future__ import annotations

import pytest

from tracker.formatting.times import format_duration_difference, format_optional_duration
from tracker.reports.comparison import WeekChange, WeekComparison
from tracker.tui.review.time_steps import ComparisonRow, comparison_lines, total_line

HOUR = 3_600


@pytest.mark.parametrize(
    ("minutes", "says"),
    [
        (1200, "= as usual"),
        (1152, "−4% on your usual 20h"),
        (1260, "+5% on your usual 20h"),
        (1128, "−6% on your usual 20h"),
        (1500, "+25% on your usual 20h"),
    ],
)
def test_only_what_is_as_usual_is_equal_to_it(minutes: int, says: str) -> None:
    change = WeekChange("total", None, "Social", minutes * 60, 20 * HOUR)
    comparison = WeekComparison(change, (), (), (), (), logged_days=7, elapsed=7, usual_weeks=8, over=True)
    assert says in total_line(comparison).plain


@pytest.mark.parametrize(
    ("seconds", "usual", "says"),
    [(120, 0, "+2m"), (47, 2_760, "−46m"), (3_629, 3_600, "="), (3_600, 3_899, "−4m"), (7_176, 3_642, "+59m")],
)
def test_a_difference_is_the_written_pages(seconds: int, usual: int, says: str) -> None:
    (line,) = comparison_lines(
        [ComparisonRow("Work", "$faint", WeekChange("channel", "work", "Work", seconds, usual))], 60
    )
    assert line.plain.split()[-2:] == [*format_optional_duration(seconds).split()[-1:], says]
    assert format_duration_difference(seconds, usual, None) == says


def test_ten_minutes_are_as_long_in_every_row() -> None:
    rows = [
        ComparisonRow("Call", "$faint", WeekChange("channel", "call", "Call", 4_800, 0, "in_person")),
        ComparisonRow("Work", "$faint", WeekChange("channel", "work", "Work", 120, 0, "focus")),
    ]
    call, work = (line.plain.count("█") for line in comparison_lines(rows, 60))
    assert call > 10
    assert work == 0


def test_of_a_few_days_no_bar_bears_the_usual() -> None:
    change = WeekChange("channel", "call", "Call", 4_800, 2_400, compared=False)
    (line,) = comparison_lines([ComparisonRow("Call", "$faint", change)], 60)
    assert "┃" not in line.plain
    assert line.plain.split()[-1] == "20m"
    total_change = change._replace(what="total", usual=20 * HOUR)
    comparison = WeekComparison(total_change, (), (), (), (), logged_days=3, elapsed=7, usual_weeks=1, over=True)
    assert total_line(comparison).plain.split() == ["1h", "20m", "social", "usually", "20h"]
