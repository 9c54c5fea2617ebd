"""The week's whole against the usual one, in a line: more, less, about as much, or as usual."""

from __future__ import annotations

import pytest

from tracker.review.compare import Change, Comparison
from tracker.tui.review.steps.usual import total

HOUR = 3_600


@pytest.mark.parametrize(
    ("minutes", "says"),
    [
        (1200, "= as usual"),
        (1152, "−4 % on your usual 20h"),
        (1260, "+5 % on your usual 20h"),
        (1128, "−6 % on your usual 20h"),
        (1500, "+25 % on your usual 20h"),
    ],
)
def test_only_what_is_as_usual_is_equal_to_it(minutes: int, says: str) -> None:
    change = Change("total", None, "Social", minutes * 60, 20 * HOUR)
    found = Comparison(
        change, (), (), (), (), logged_days=7, elapsed=7, usual_weeks=8, usual_days=56, over=True, most=None
    )
    assert says in total(found).plain
