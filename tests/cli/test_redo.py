"""`tracker redo`."""

from __future__ import annotations

from tests.cli.conftest import Tracker


def test_redo_does_again_what_was_taken_back(tracker: Tracker) -> None:
    tracker.run("log linkedin create 14:00-14:30 carousel")
    tracker.run("split 1 14:10")
    after = tracker.data()
    tracker.run("undo 2")
    assert tracker.run("redo").said() == "redone: logged linkedin"
    assert tracker.run("redo").code == 0
    assert tracker.data() == after


def test_something_new_ends_what_could_be_redone(tracker: Tracker) -> None:
    tracker.run("check x")
    tracker.run("undo")
    tracker.run("check linkedin")
    assert "nothing to redo" in tracker.run("redo").refused()


def test_nothing_to_redo(tracker: Tracker) -> None:
    assert "nothing to redo" in tracker.run("redo").refused()


def test_more_than_there_is_redoes_nothing(tracker: Tracker) -> None:
    for channel in ("x", "linkedin"):
        tracker.run(f"check {channel}")
    tracker.run("undo 2")
    before = tracker.data()
    assert tracker.run("redo 3").refused() == "only 2 changes can be redone"
    assert tracker.data() == before
