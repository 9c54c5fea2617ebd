"""`tracker cancel`."""

from __future__ import annotations

from tests.cli.conftest import Tracker


def test_cancel_drops_what_runs_as_if_it_had_not_been_started(tracker: Tracker) -> None:
    before = tracker.data()
    tracker.run("start linkedin create --at 14:35")
    assert tracker.run("cancel").said() == (
        "discarded linkedin create after 37m; no timer running; `tracker undo` restores it"
    )
    assert tracker.data() == before


def test_nothing_to_cancel(tracker: Tracker) -> None:
    assert "no timer running" in tracker.run("cancel").refused()


def test_cancel_gives_the_row_it_dropped(tracker: Tracker) -> None:
    tracker.run("start linkedin")
    assert [row["channel"] for row in tracker.run("cancel --json").json()] == ["linkedin"]


def test_what_was_cancelled_runs_again_from_its_start(tracker: Tracker) -> None:
    tracker.run("start linkedin create -i 'two posts' --for 25m --at 14:00")
    assert "`tracker undo`" in tracker.run("cancel").said()
    tracker.run("undo")
    running = tracker.run("status --json").json()["running"]
    assert (running["start"][11:16], running["planned_seconds"], running["intention"]) == ("14:00", 1500, "two posts")
