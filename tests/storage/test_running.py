"""At most one session runs, whoever tries to start a second one."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from tests.conftest import HANGS_AFTER, NOW
from tests.storage.files import PARIS, dump, minutes_ago, other_program, python
from tracker.domain.errors import TrackerError
from tracker.storage import Database, session_table, sessions


def test_the_database_refuses_a_second_running_session_from_any_program(database: Database) -> None:
    sessions.start(database, "x", NOW, PARIS, now=NOW)
    with closing(sqlite3.connect(database.file.path)) as other:
        with pytest.raises(sqlite3.IntegrityError):
            other.execute("INSERT INTO session(channel, start, zone) VALUES ('reddit', 1, 'UTC')")
        other.execute("INSERT INTO session(channel, start, \"end\", zone) VALUES ('reddit', 1, 2, 'UTC')")
        with pytest.raises(sqlite3.IntegrityError):
            other.execute("UPDATE session SET \"end\" = NULL WHERE channel = 'reddit'")


def test_starting_a_second_names_the_first_and_changes_nothing(database: Database) -> None:
    sessions.start(database, "x", NOW, PARIS, now=NOW)
    before = dump(database)
    for attempt in (sessions.start, sessions.start):
        with pytest.raises(TrackerError, match=r"x is already running \(session 1\)"):
            attempt(database, "reddit", NOW, PARIS, now=NOW)
    with pytest.raises(TrackerError, match="already running"):
        sessions.resume(database, NOW, PARIS, now=NOW)
    assert dump(database) == before


def test_without_a_running_session_there_is_nothing_to_stop_cancel_or_switch_from(database: Database) -> None:
    for attempt in (
        lambda: sessions.stop(database, NOW, now=NOW),
        lambda: sessions.cancel(database, now=NOW),
        lambda: sessions.switch(database, "x", NOW, PARIS, now=NOW),
    ):
        with pytest.raises(TrackerError, match="no timer running"):
            attempt()
    with pytest.raises(TrackerError, match="nothing to resume"):
        sessions.resume(database, NOW, PARIS, now=NOW)


def test_what_another_program_stopped_is_not_stopped_again(database: Database) -> None:
    started = sessions.start(database, "x", minutes_ago(5), PARIS, now=NOW)
    other_program(database.file.path, f'UPDATE session SET "end" = {minutes_ago(1)}')
    with pytest.raises(TrackerError, match="no timer running"):
        sessions.stop(database, NOW, now=NOW)
    assert session_table.get(database, started.id).end == minutes_ago(1)


RACE = """
import sys
from tracker.storage import Database, sessions
from tracker.domain.errors import TrackerError
now = int(sys.argv[2])
with Database.open(sys.argv[1]) as database:
    print("ready", flush=True)
    sys.stdin.readline()
    won = 0
    for round in range(int(sys.argv[3])):
        try:
            sessions.start(database, "x", now + round, "Europe/Paris", now=now + round)
            won += 1
        except TrackerError as error:
            assert "already running" in str(error), error
        sys.stdout.write(f"{won}\\n")
        sys.stdout.flush()
        sys.stdin.readline()
"""


def test_of_several_programs_that_start_at_once_one_wins(database: Database) -> None:
    rounds = 5
    children = [python(RACE, database.file.path, str(NOW), str(rounds)) for _child in range(3)]
    assert [child.stdout.readline() for child in children if child.stdout] == ["ready\n"] * 3
    for round_ in range(rounds):
        for child in children:
            assert child.stdin is not None
            child.stdin.write("go\n")
            child.stdin.flush()
        won = [int(child.stdout.readline()) for child in children if child.stdout]
        assert sum(won) == round_ + 1
        sessions.cancel(database, now=NOW + round_)
    for child in children:
        _out, err = child.communicate("\n", timeout=HANGS_AFTER)
        assert not err
