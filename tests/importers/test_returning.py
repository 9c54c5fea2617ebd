"""Measured time comes back where a record lets go of it; a look by key that was measured too counts once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.importers.makers import PARIS, at, phone
from tests.importers.makers import sessions as stored
from tracker.domain.models import TAKE, Effects
from tracker.formatting.times import session_times_in
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.reports import record_wording as say
from tracker.storage import Database, session_table, sessions, undo, undo_steps

if TYPE_CHECKING:
    from pathlib import Path

START = at("2026-11-23 10:00:00")
HOUR = ["X,11/23/26,10:00:00,1:00:00"]
MEASURED = [("x", START, START + 3600)]


def measured(database: Database, path: Path, rows: list[str]) -> None:
    importing.import_files(database, "app-usage", phone(path, rows), ImportOptions(PARIS, NOW))


def logged(database: Database, first: int, last: int) -> int:
    return sessions.add(database, "x", START + first * 60, START + last * 60, PARIS, now=NOW, on_overlap=TAKE).id


@pytest.mark.parametrize("logged_first", [False, True])
@pytest.mark.parametrize("span", [(20, 30), (-10, 10), (50, 80), (-10, 80), (0, 60)])
def test_what_a_deleted_record_had_taken_is_there_again(
    database: Database, tmp_path: Path, span: tuple[int, int], logged_first: bool
) -> None:
    id = logged(database, *span) if logged_first else 0
    measured(database, tmp_path / "a.csv", HOUR)
    id = id or logged(database, *span)
    taken = stored(database)
    sessions.delete(database, [id], now=NOW)
    assert stored(database) == MEASURED
    undo.undo(database, 1, now=NOW)
    assert stored(database) == taken
    undo.redo(database, 1, now=NOW)
    measured(database, tmp_path / "a.csv", HOUR)
    assert stored(database) == MEASURED


def test_an_edit_or_a_move_gives_back_what_it_lets_go_of(database: Database, tmp_path: Path) -> None:
    measured(database, tmp_path / "a.csv", HOUR)
    id = logged(database, 20, 40)
    sessions.edit(database, id, end=START + 30 * 60, now=NOW)
    assert stored(database) == [
        ("x", START, START + 1200),
        ("x", START + 1200, START + 1800),
        ("x", START + 1800, START + 3600),
    ]
    sessions.shift_several(database, [id], -3600, now=NOW)
    assert stored(database) == [("x", START - 2400, START - 1800), *MEASURED]
    sessions.edit(database, id, start=START - 1800, end=START + 1800, now=NOW)
    assert stored(database) == [("x", START - 1800, START + 1800), ("x", START + 1800, START + 3600)]
    sessions.edit(database, id, channel="linkedin", now=NOW)
    assert MEASURED[0] in stored(database)


def test_what_comes_back_is_told(database: Database, tmp_path: Path) -> None:
    def told(effects: Effects) -> list[str]:
        return say.say_effects(effects, session_times_in(PARIS), str)

    measured(database, tmp_path / "a.csv", HOUR)
    middle = logged(database, 20, 40)
    since = database.log_position()
    gone = sessions.delete(database, [middle], now=NOW)
    assert told(undo_steps.effects_on_sessions(database, since, (), gone)) == [
        "measured time is shown again: 10:00–11:00"
    ]
    whole, since = session_table.get(database, logged(database, -10, 80)), database.log_position()
    after = sessions.edit(database, whole.id, start=START + 30 * 60, now=NOW)
    effects = undo_steps.effects_on_sessions(database, since, (after,), (whole,))
    assert told(effects) == ["measured time is shown again: 10:00–10:30"]


def test_a_look_without_length_comes_back_too(database: Database, tmp_path: Path) -> None:
    measured(database, tmp_path / "a.csv", ["X,11/23/26,10:10:00,0:00:00"])
    before = stored(database)
    sessions.delete(database, [logged(database, 0, 20)], now=NOW)
    assert stored(database) == before


def test_other_channels_and_undone_imports_give_nothing(database: Database, tmp_path: Path) -> None:
    measured(database, tmp_path / "a.csv", ["Facebook,11/23/26,10:00:00,1:00:00", *HOUR])
    undo.undo(database, 1, now=NOW)
    sessions.delete(database, [logged(database, 0, 20)], now=NOW)
    assert stored(database) == []


RECORDS = st.lists(st.tuples(st.integers(-5, 50), st.integers(1, 30)), min_size=1, max_size=4)
FACTS = st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), min_size=1, max_size=6)


@settings(suppress_health_check=list(HealthCheck))
@given(RECORDS, FACTS, st.integers(0, 4))
def test_when_every_record_is_gone_the_log_is_what_was_measured(
    tmp_path: Path, records: list[tuple[int, int]], facts: list[tuple[int, int]], before: int
) -> None:
    rows = [f"X,11/23/26,10:{minute:02}:00,0:{length:02}:00" for minute, length in dict(facts).items()]
    with Database.open(":memory:") as alone, Database.open(":memory:") as database:
        measured(alone, tmp_path / "a.csv", rows)
        for place, (minute, length) in enumerate(records):
            if place == before:
                measured(database, tmp_path / "a.csv", rows)
            logged(database, minute, minute + length)
        measured(database, tmp_path / "a.csv", rows)
        by_hand = [session.id for session in session_table.in_span(database, 0, NOW) if session.source == "log"]
        for id in by_hand:
            sessions.delete(database, [id], now=NOW)
        assert stored(database) == stored(alone)


@pytest.mark.parametrize("back", [5, 0, -4])
def test_a_look_by_key_that_was_measured_too_counts_once(database: Database, tmp_path: Path, back: int) -> None:
    sessions.check(database, "x", START + back, PARIS, "likes", now=NOW)
    before = stored(database)
    measured(database, tmp_path / "a.csv", ["X,11/23/26,10:00:00,0:00:20"])
    (session,) = session_table.in_span(database, 0, NOW)
    assert (session.start, session.end, session.source, session.note) == (START, START + 20, "app-usage", "likes")
    measured(database, tmp_path / "a.csv", ["X,11/23/26,10:00:00,0:00:20"])
    assert len(stored(database)) == 1
    undo.undo(database, 1, now=NOW)
    assert stored(database) == before


def test_a_look_by_key_that_was_not_measured_stays(database: Database, tmp_path: Path) -> None:
    sessions.check(database, "x", START - 60, PARIS, "likes", now=NOW)
    measured(database, tmp_path / "a.csv", ["X,11/23/26,10:00:00,0:00:20"])
    assert len(stored(database)) == 2
