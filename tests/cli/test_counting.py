"""One figure, one way of counting it, on every page: the rules of docs/counting.md."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.conftest import Inside


@pytest.mark.parametrize(("lasted", "over"), [(1500, False), (1501, False), (1560, False), (1561, True)])
def test_a_plan_has_the_same_minute_of_grace_everywhere(inside: Inside, lasted: int, over: bool) -> None:
    """25 minutes were planned; 60 s more are kept, 61 s are over, by `1m`."""
    inside.run("habit add Plans at least 100% by plan_kept").said()
    inside.run("start linkedin --for 25m", now="2026-11-23T14:00:00+01:00").said()
    hour, minute, second = 14, lasted // 60, lasted % 60
    now = f"2026-11-23T{hour}:{minute:02}:{second:02}+01:00"
    assert ("over the plan" in inside.run("status", now=now).out) is over
    if not over:
        assert "0s left of 25m" in inside.run("status", now=now).out
    assert ("over its plan" in inside.run("stop", now=now).said()) is over
    after = "2026-11-23T15:00:00+01:00"
    [habit] = inside.run("day --json", now=after).json()["habits"]
    assert habit["value"] == (0 if over else 100)
    [week] = inside.run("week --weeks 1 --json", now=after).json()["weeks"]
    assert (week["plans"], week["plans_kept"]) == (1, int(not over))
    line = "if I start then I stop in time; at least 100% by plan_kept"
    inside.run(["review", "2026-W47", "--commit", line], now="2026-11-22T12:00:00+01:00").said()
    [one] = inside.run("week --json", now=after).json()["commitments"]
    assert (one["done"], one["of"]) == (int(not over), 1)
    worth, *_rest = inside.run("worth --json", now=after).json()
    assert (worth["sessions"], worth["checks"]) == (1, 0)
