"""`tracker resume`."""

from __future__ import annotations

from tests.cli.conftest import Tracker


def test_resume_starts_the_last_session_anew_with_what_it_was_about(tracker: Tracker) -> None:
    tracker.run("start linkedin create -i carousel --for 20m --with samia", now="2026-11-23T14:00")
    tracker.run("stop", now="2026-11-23T14:10")
    [row] = tracker.run("resume --json", now="2026-11-23T14:30").json()
    assert row["start"] == "2026-11-23T14:30:00+01:00"
    assert (row["activity"], row["intention"], row["planned_seconds"]) == ("create", "carousel", 1200)
    assert row["person"] == "samia"
    assert row["id"] != 1


def test_checks_are_not_what_is_resumed(tracker: Tracker) -> None:
    tracker.run("log linkedin 14:00-14:10")
    tracker.run("check x")
    assert tracker.run("resume").said() == "linkedin running since 15:12"


def test_nothing_to_resume(tracker: Tracker) -> None:
    assert "nothing to resume" in tracker.run("resume").refused()


def test_resume_while_something_runs(tracker: Tracker) -> None:
    tracker.run("start linkedin")
    assert "already running" in tracker.run("resume").refused()
