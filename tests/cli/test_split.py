"""`tracker split`."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_split_makes_two_that_meet(tracker: Tracker) -> None:
    tracker.run("log linkedin create 14:00-14:30 carousel")
    first, second = tracker.run("split 1 14:10 --json").json()
    assert first["end"] == second["start"] == "2026-11-23T14:10:00+01:00"
    assert (first["seconds"], second["seconds"]) == (600, 1200)
    assert (second["activity"], second["note"]) == ("create", "carousel")


def test_what_runs_can_be_split_and_runs_on(tracker: Tracker) -> None:
    tracker.run("start linkedin --at 14:00")
    _first, second = tracker.run("split 1 14:30 --json").json()
    assert second["end"] is None


@pytest.mark.parametrize(
    ("line", "code"), [("split 1 14:00", 1), ("split 1 15:00", 1), ("split 1", 2), ("split 9 14:10", 1)]
)
def test_a_time_outside_changes_nothing(inside: Inside, line: str, code: int) -> None:
    inside.run("log linkedin 14:00-14:30")
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before


def test_what_is_too_short_is_not_split_and_that_is_said(inside: Inside) -> None:
    inside.run("start linkedin")
    inside.run("stop")
    assert inside.run("split 1 15:12").refused() == "session 1 is too short to be split: 0s"
