"""Several commands at once on one file."""

from __future__ import annotations

import sqlite3
import subprocess

from tests.cli.conftest import Tracker


def at_once(tracker: Tracker, lines: list[str]) -> list[tuple[int, str]]:
    running = [
        subprocess.Popen(
            tracker.command(line), env=tracker.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for line in lines
    ]
    ended = [(child, child.communicate(timeout=60)) for child in running]
    return [(child.returncode, err) for child, (_out, err) in ended]


def test_of_several_starts_exactly_one_wins(tracker: Tracker) -> None:
    ended = at_once(tracker, ["start linkedin", "start x", "start instagram", "start work"])
    assert sorted(code for code, _err in ended) == [0, 1, 1, 1]
    assert all("already running" in err for code, err in ended if code)
    assert len(tracker.data()["session"]) == 1


def test_several_checks_are_all_there(tracker: Tracker) -> None:
    ended = at_once(tracker, ["check x", "check linkedin", "check instagram", "urge tiktok"])
    assert [code for code, _err in ended] == [0, 0, 0, 0]
    assert len(tracker.data()["session"]) == 3


def test_several_first_runs_make_one_file(tracker: Tracker) -> None:
    tracker.db.unlink()
    assert [code for code, _err in at_once(tracker, ["check x", "check linkedin", "status"])] == [0, 0, 0]
    assert len(tracker.data()["session"]) == 2
    assert tracker.db.stat().st_mode & 0o777 == 0o600


def test_a_file_that_stays_locked_is_said_in_one_line(tracker: Tracker) -> None:
    other = sqlite3.connect(tracker.db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        said = tracker.run("check x").refused()
        assert str(tracker.db) in said
        assert tracker.run("status").code == 0
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert tracker.data()["session"] == []
