"""`tracker history`."""

from __future__ import annotations

import sqlite3

from tests.cli.conftest import Tracker


def test_history_lists_the_steps_newest_first(tracker: Tracker) -> None:
    tracker.run("check x", now="2026-11-22T10:00")
    tracker.run("urge linkedin")
    tracker.run("undo")
    assert tracker.run("history").out.splitlines() == [
        "           15:12  resisted urge: linkedin (undone)",
        "2026-11-22 10:00  checked x",
    ]
    rows = tracker.run("history --json").json()
    assert [(row["says"], row["state"]) for row in rows] == [
        ("resisted urge: linkedin", "undone"),
        ("checked x", "done"),
    ]
    assert rows[1]["at"] == "2026-11-22T10:00:00+01:00"


def test_what_another_program_changed_is_a_step(tracker: Tracker) -> None:
    tracker.run("check x")
    before = tracker.data()
    connection = sqlite3.connect(tracker.db)
    with connection:
        connection.execute("UPDATE session SET note = 'by sqlite3'")
    connection.close()
    assert "another program" in tracker.run("history").out
    assert "another program" in tracker.run("undo").said()
    assert tracker.data() == before


def test_history_of_a_new_file(tracker: Tracker) -> None:
    assert tracker.run("history").said() == "no changes yet"
