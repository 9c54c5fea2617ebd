"""What `tracker day` writes: a day's line, its important task, and that it was zero."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Inside, Tracker


def test_the_important_task_is_named_done_and_shown(tracker: Tracker) -> None:
    said = tracker.run(["day", "--task", "proposal for Nadia"]).said()
    assert said == "2026-11-23: important task: proposal for Nadia"
    day = tracker.run("day --json").json()
    assert (day["task"], day["task_done"]) == ("proposal for Nadia", False)
    assert tracker.run("day --done").said() == "2026-11-23: important task: proposal for Nadia (done)"
    assert tracker.run("day --json").json()["task_done"] is True
    assert "important task: proposal for Nadia (done)" in tracker.run("day").out
    tracker.run("day --not-done")
    assert tracker.run("day --json").json()["task_done"] is False
    assert tracker.run("day --task ''").said() == "2026-11-23: no important task"
    assert tracker.run("day --json").json()["task"] is None


def test_tomorrows_task_can_be_named_today(tracker: Tracker) -> None:
    tracker.run(["day", "tomorrow", "--task", "call Samia"])
    assert tracker.run("day --json", now="2026-11-24T09:00").json()["task"] == "call Samia"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("day --done", 1),
        ("day --done --not-done", 2),
        ("day --note hello --done", 1),
        ("day tomorrow --note hello", 1),
        ("day tomorrow --task x --done", 1),
        ("day tomorrow --task x --zero", 1),
    ],
)
def test_what_cannot_be_said_of_a_day_changes_nothing(inside: Inside, line: str, code: int) -> None:
    before = inside.data()
    inside.run(line).refused(code)
    assert inside.data() == before


def test_a_day_with_social_time_is_no_zero(inside: Inside) -> None:
    inside.run("log linkedin 14:00-14:25")
    before = inside.data()
    said = inside.run("day --zero --note 'quiet'").refused()
    assert said == "2026-11-23 cannot be zero: 25m of social time is logged"
    assert inside.data() == before


def test_a_day_of_work_alone_can_be_zero(inside: Inside) -> None:
    inside.run("log work 14:00-14:25")
    assert inside.run("day --zero").said() == "2026-11-23 is confirmed as zero"


@pytest.mark.parametrize(
    "line", ["day --note calm --task call --close", "day yesterday --zero --close", "day --task call --done"]
)
def test_what_one_command_says_of_a_day_is_one_step_of_undo(inside: Inside, line: str) -> None:
    inside.run("log work 14:00-14:25")
    before = inside.data()
    inside.run(line)
    after = inside.data()
    assert after != before
    inside.run("undo")
    assert inside.data() == before
    inside.run("redo")
    assert inside.data() == after
