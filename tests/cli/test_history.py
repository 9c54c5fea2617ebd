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


def test_the_sentences_have_the_readers_dates_weeks_and_channels(tracker: Tracker) -> None:
    tracker.run(["day", "yesterday", "--note", "a good day"])
    tracker.run(["day", "2025-11-22", "--zero"])
    tracker.run(["day", "yesterday", "--task", "the offer", "--done"])
    tracker.run("review 2026-W47 --estimate 5h")
    sentences = [row["says"] for row in tracker.run("history --json").json()]
    assert "wrote the note for Sun 22 Nov" in sentences
    assert "confirmed Sat 22 Nov 2025 as zero" in sentences
    assert "edited the day Sun 22 Nov" in sentences
    french = {"LANGUAGE": "fr"}
    tracker.run(["day", "yesterday", "--note", "mieux"], env=french)
    tracker.run("review 2026-W46 --estimate 5h", env=french)
    tracker.run("channel budget call 1h", env=french)
    sentences = [row["says"] for row in tracker.run("history --json", env=french).json()]
    assert "note écrite pour le dim 22 nov" in sentences
    assert any("2026-S46" in says for says in sentences)
    assert any("Appel" in says for says in sentences)
    assert not [says for says in sentences if "2026-11" in says or "-W46" in says]
