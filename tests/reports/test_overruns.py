"""A timer that may have been forgotten: when that is asked, and what the signs of life say."""

from __future__ import annotations

import sqlite3

from tests.conftest import NOW
from tracker.domain.models import Session
from tracker.services.timekeeping import ALIVE, PossibleEnd, is_forgotten, keep_running, possible_end
from tracker.settings import Settings
from tracker.storage import Database, sessions, undo
from tracker.workspace import Workspace

PARIS = "Europe/Paris"
HOUR = 3600


def begun(database: Database, **details: object) -> Session:
    return sessions.start(database, "linkedin", NOW, PARIS, now=NOW, **details)


def at(database: Database, now: int, forgotten_after: int = 4 * HOUR) -> Workspace:
    return Workspace(database, Settings(forgotten_after=forgotten_after), PARIS, now=now)


def seen(database: Database, at: int) -> None:
    database.set_state(ALIVE, str(at))


def test_it_is_forgotten_once_it_ran_longer_than_the_setting(database: Database) -> None:
    session = begun(database)
    assert not is_forgotten(at(database, NOW + 4 * HOUR, 4 * HOUR), session)
    assert is_forgotten(at(database, NOW + 4 * HOUR + 1, 4 * HOUR), session)


def test_after_keep_it_is_asked_again_when_as_long_has_passed(database: Database) -> None:
    session = begun(database)
    keep_running(at(database, NOW + 5 * HOUR), session)
    assert not is_forgotten(at(database, NOW + 9 * HOUR, 4 * HOUR), session)
    assert is_forgotten(at(database, NOW + 9 * HOUR + 1, 4 * HOUR), session)
    sessions.stop(database, NOW + 5 * HOUR, now=NOW + 5 * HOUR)
    another = sessions.start(database, "x", NOW + 5 * HOUR, PARIS, now=NOW + 5 * HOUR)
    assert is_forgotten(at(database, NOW + 7 * HOUR, HOUR), another)


def test_starting_it_is_no_sign_that_it_went_on(database: Database) -> None:
    assert possible_end(at(database, NOW + 9 * HOUR), begun(database)).life is None


def test_a_key_pressed_is_a_sign_and_so_is_any_change_of_the_log(database: Database) -> None:
    session = begun(database)
    seen(database, NOW + 600)
    assert possible_end(at(database, NOW + 9 * HOUR), session).life == NOW + 600
    sessions.check(database, "x", NOW + 900, PARIS, None, now=NOW + 900)
    assert possible_end(at(database, NOW + 9 * HOUR), session).life == NOW + 900
    undo.undo(database, 1, now=NOW + 1200)
    assert possible_end(at(database, NOW + 9 * HOUR), session).life == NOW + 1200
    assert possible_end(at(database, NOW + 9 * HOUR), session, seen=NOW + 1500).life == NOW + 1500


def test_another_program_s_change_is_a_sign(database_in_file: Database) -> None:
    session = begun(database_in_file)
    with sqlite3.connect(database_in_file.file.path) as other:
        other.execute("INSERT INTO day_note(date, note) VALUES ('2026-11-23', 'x')")
        other.execute("UPDATE change SET at = ? WHERE id = (SELECT max(id) FROM change)", ((NOW + 700) * 1000,))
    other.close()
    assert possible_end(at(database_in_file, NOW + 9 * HOUR), session).life == NOW + 700


def test_signs_from_a_clock_that_was_wrong_are_passed_over(database: Database) -> None:
    session = begun(database)
    sessions.check(database, "x", NOW + 60, PARIS, None, now=NOW + 300)
    seen(database, NOW + 20 * HOUR)
    sessions.check(database, "x", NOW + 90, PARIS, None, now=NOW + 19 * HOUR)
    assert possible_end(at(database, NOW + 9 * HOUR), session).life == NOW + 300
    seen(database, 0)
    database.set_state(ALIVE, "nonsense")
    assert possible_end(at(database, NOW + 9 * HOUR), session).life == NOW + 300


def test_the_likely_end_is_the_later_of_the_plan_s_and_the_last_sign(database: Database) -> None:
    session = begun(database, planned_seconds=1500)
    assert possible_end(at(database, NOW + 9 * HOUR), session) == PossibleEnd(session, None, NOW + 1500)
    assert possible_end(at(database, NOW + 9 * HOUR), session).likely == NOW + 1500
    seen(database, NOW + 600)
    assert possible_end(at(database, NOW + 9 * HOUR), session).likely == NOW + 1500
    seen(database, NOW + 2600)
    assert possible_end(at(database, NOW + 9 * HOUR), session).likely == NOW + 2600


def test_a_plan_that_is_still_to_end_is_no_answer(database: Database) -> None:
    session = begun(database, planned_seconds=10 * HOUR)
    assert possible_end(at(database, NOW + 9 * HOUR), session) == PossibleEnd(session, None, None)
    assert possible_end(at(database, NOW + 9 * HOUR), session).likely is None
