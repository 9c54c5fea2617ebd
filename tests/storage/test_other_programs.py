"""Changes by `sqlite3`, Datasette and the like: each statement is one step, in its place among ours."""

from __future__ import annotations

import sqlite3
import time

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, dump, other_program, sqlite3_command
from tracker.domain.errors import TrackerError
from tracker.storage import Database, session_table, sessions, undo

#: Other programs' changes carry the true time, so ours do here.
REAL = int(time.time())

FINISHED = "INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', 100, 200, 'Europe/Paris')"


def add_three(database: Database) -> None:
    for start in (1000, 2000, 3000):
        sessions.add(database, "linkedin", start, start + 500, PARIS, now=REAL)


STATEMENTS = {
    "insert": FINISHED,
    "insert many": "INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', 1, 2, 'UTC'), ('x', 3, 4, 'GMT')",
    "update many": "UPDATE session SET note = 'by hand', start = start - 1",
    "delete many": "DELETE FROM session WHERE start < 2500",
    "replace": "INSERT OR REPLACE INTO session(id, channel, start, \"end\", zone) VALUES (2, 'x', 7, 8, 'UTC')",
    "replace many": (
        'REPLACE INTO session(id, channel, start, "end", zone) '
        'SELECT id, \'x\', start, "end", zone FROM session WHERE "end" NOT NULL'
    ),
    "replace what runs": "INSERT OR REPLACE INTO session(channel, start, zone) VALUES ('x', 9000, 'UTC')",
    "update into what runs": 'UPDATE OR REPLACE session SET "end" = NULL WHERE id = 2',
    "change ids": "UPDATE session SET id = id + 100",
    "swap onto an id": "UPDATE OR REPLACE session SET id = 1 WHERE id = 2",
    "upsert": "INSERT INTO day_note(date, note) VALUES ('2026-11-23', '') ON CONFLICT(date) DO UPDATE SET note = 'n'",
    "replace by another key": "REPLACE INTO day_note(date, note) VALUES ('2026-11-23', 'replaced')",
    "replace a letter": "REPLACE INTO channel(name, title, kind, letter) VALUES ('zz', 'ZZ', 'social', 'x')",
    "rename a channel": "UPDATE channel SET name = 'pro' WHERE name = 'linkedin'",
    "drop a channel": "DELETE FROM channel WHERE name = 'reddit'",
}


@pytest.mark.parametrize("name", STATEMENTS)
@pytest.mark.parametrize("foreign_keys", ["on", "off"])
def test_a_statement_is_one_step_that_goes_and_comes_back(database: Database, name: str, foreign_keys: str) -> None:
    add_three(database)
    other_program(database.file.path, "INSERT INTO day_note(date, note) VALUES ('2026-11-23', 'old')")
    sessions.start(database, "work", REAL - 60, PARIS, now=REAL)
    steps, before = len(undo.steps(database)), dump(database)
    if foreign_keys == "on":
        database.connection.execute(STATEMENTS[name])
    else:
        other_program(database.file.path, STATEMENTS[name])
    after = dump(database)
    assert after != before
    assert len(undo.steps(database)) == steps + 1
    for _again in range(2):
        (undone,) = undo.undo(database, 1, now=REAL)
        assert "another program changed" in undone.says
        assert dump(database) == before
        undo.redo(database, 1, now=REAL)
        assert dump(database) == after


def test_an_ignored_insert_changes_nothing_when_undone(database: Database) -> None:
    add_three(database)
    before = dump(database)
    other_program(
        database.file.path, "INSERT OR IGNORE INTO session(id, channel, start, zone) VALUES (1, 'x', 1, 'UTC')"
    )
    assert dump(database) == before
    undo.undo(database, 1, now=REAL)
    undo.redo(database, 1, now=REAL)
    assert dump(database) == before


def test_their_changes_and_ours_are_undone_in_the_order_they_were_made(database: Database) -> None:
    states = [dump(database)]
    for step in range(3):
        sessions.add(database, "linkedin", step * 1000, step * 1000 + 10, PARIS, now=REAL)
        states.append(dump(database))
        other_program(database.file.path, f"UPDATE session SET note = 'round {step}'")
        states.append(dump(database))
        other_program(database.file.path, FINISHED.replace("100", str(step)))
        states.append(dump(database))
    for state in reversed(states[:-1]):
        undo.undo(database, 1, now=REAL)
        assert dump(database) == state
    for state in states[1:]:
        undo.redo(database, 1, now=REAL)
        assert dump(database) == state


@pytest.mark.parametrize(
    "row",
    [
        "estimate(week, channel, seconds, at) VALUES ('2026-W47', 'linkdin', 1, 1)",
        "verdict(week, channel, computed, verdict, at) VALUES ('2026-W47', 'linkdin', 'cut', 'cut', 1)",
        "spend(channel, at, zone, amount, currency) VALUES ('linkdin', 1, 'UTC', 1, 'EUR')",
        "commitment(week, cue, plan, channel, at) VALUES ('2026-W47', 'x', 'y', 'linkdin', 1)",
        "notification(channel, at, zone) VALUES ('linkdin', 1, 'UTC')",
    ],
)
def test_a_mistyped_channel_is_refused(database: Database, row: str) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="there is no channel of that name"):
        other_program(database.file.path, f"INSERT INTO {row}")


def test_history_shows_their_changes_before_they_are_undone(database: Database) -> None:
    add_three(database)
    other_program(database.file.path, "UPDATE session SET note = 'x'", FINISHED)
    listed = undo.steps(database)
    assert [step.says for step in listed[:2]] == [
        "another program changed session (1)",
        "another program changed session (3)",
    ]
    assert abs(listed[0].at - time.time()) < 60
    sessions.check(database, "reddit", REAL, PARIS, None, now=REAL)
    assert [(step.says, step.at) for step in undo.steps(database)[1:3]] == [(step.says, step.at) for step in listed[:2]]


def test_their_change_drops_what_could_be_redone(database: Database) -> None:
    add_three(database)
    undo.undo(database, 1, now=REAL)
    other_program(database.file.path, FINISHED)
    with pytest.raises(TrackerError, match="nothing to redo"):
        undo.redo(database, 1, now=REAL)
    undo.undo(database, 1, now=REAL)
    (redone,) = undo.redo(database, 1, now=REAL)
    assert "another program" in redone.says
    with pytest.raises(TrackerError, match="nothing to redo"):
        undo.redo(database, 1, now=REAL)


def test_the_sqlite3_command_is_one_of_them(database: Database) -> None:
    add_three(database)
    before = dump(database)
    sqlite3_command(database.file.path, "UPDATE session SET note = 'from the shell', activity = 'reply'")
    assert session_table.get(database, 1).note == "from the shell"
    undo.undo(database, 1, now=REAL)
    assert dump(database) == before


def test_a_session_written_by_hand_in_a_new_zone_is_shown_by_its_clock_after_our_next_change(
    database: Database,
) -> None:
    start = NOW - NOW % 86_400
    other_program(
        database.file.path,
        f"INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', {start}, {start + 90}, 'Asia/Kolkata')",
        f"INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', {start}, {start + 90}, 'Mars/Olympus')",
    )
    sessions.check(database, "reddit", REAL, PARIS, None, now=REAL)
    shown = dict(database.rows("SELECT zone, start FROM session_local WHERE channel = 'x'"))
    assert shown == {"Asia/Kolkata": "2026-11-23 05:30:00", "Mars/Olympus": "2026-11-23 00:00:00"}


@pytest.mark.parametrize("word", ["", "OR REPLACE", "OR IGNORE", "OR ABORT", "OR FAIL", "OR ROLLBACK"])
def test_no_conflict_clause_disturbs_the_zones(database: Database, word: str) -> None:
    add_three(database)
    offsets = database.rows("SELECT * FROM zone_offset")
    for _time in range(2):
        database.connection.execute(
            f"INSERT {word} INTO session(channel, start, \"end\", zone) VALUES ('x', 1, 2, 'Europe/Paris')"
        )
        database.connection.execute(f"UPDATE {word} session SET zone = 'Europe/Paris'")
    assert database.rows("SELECT * FROM zone_offset") == offsets
