"""`tracker delete`."""

from __future__ import annotations

from tests.cli.conftest import Tracker


def test_delete_and_undo(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:10")
    before = tracker.data()
    assert tracker.run("delete 1").said() == "deleted 1: linkedin, 14:00–14:10, 10m; `tracker undo` restores it"
    assert tracker.sessions() == []
    tracker.run("undo")
    assert tracker.data() == before


def test_several_are_one_step(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:10")
    tracker.run("log x 14:00-14:10")
    assert [row["id"] for row in tracker.run("delete 2 1 --json").json()] == [2, 1]
    tracker.run("undo")
    assert len(tracker.sessions()) == 2


def test_one_that_is_not_there_keeps_all(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:10")
    before = tracker.data()
    assert "session 7 does not exist" in tracker.run("delete 1 7").refused()
    assert "ID" in tracker.run("delete").refused(2)
    assert tracker.data() == before
