"""Undo and redo bring back numbers to their last bit, whatever program wrote them."""

from __future__ import annotations

import math
import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.storage.files import dump
from tracker.domain.errors import TrackerError
from tracker.storage import Database, file_format, schema, undo
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Iterator

NUMBERS = st.floats(min_value=0, allow_nan=False, allow_infinity=True, allow_subnormal=True)

TABLES = {
    "habit": "target",
    "habit_day": "value",
    "commitment": "target",
}

ROWS = """
    INSERT INTO habit(id, name, kind, target, created) VALUES (1, 'Read', 'at_least', 1, '2026-11-23');
    INSERT INTO habit_day(id, habit, date, value) VALUES (1, 'Read', '2026-11-23', 1);
    INSERT INTO commitment(id, week, cue, plan, measure, kind, target, per, at)
        VALUES (1, '2026-W48', 'likes', 'call', 'minutes', 'at_most', 1, 'day', 1);
"""


def bits(number: float) -> bytes:
    return struct.pack(">d", number)


@pytest.fixture(scope="module")
def one_file() -> Iterator[Database]:
    with Database.open(":memory:") as database:
        database.connection.executescript(ROWS)
        yield database


@pytest.mark.parametrize("table", TABLES)
@given(before=NUMBERS, after=NUMBERS)
@example(before=0.30000000000000004, after=1e308)
@example(before=5e-324, after=math.inf)
@example(before=2.2250738585072009e-308, after=0.1)
def test_a_change_goes_and_comes_back_to_the_last_bit(
    one_file: Database, table: str, before: float, after: float
) -> None:
    column, database = TABLES[table], one_file

    def stored() -> bytes:
        return bits(database.row(f"SELECT {column} FROM {table} WHERE id = 1")[0])

    write = f"UPDATE {table} SET {column} = ? WHERE id = 1"
    with undo_step(database, "before", NOW):
        database.change(write, (before,))
    was = stored()
    assert was == bits(before + 0.0)  # SQLite itself stores -0.0 as 0.0
    for sql, values in ((write, (after,)), (f"DELETE FROM {table} WHERE id = ?", (1,))):
        whole = dump(database)
        with undo_step(database, "after", NOW):
            database.change(sql, values)
        changed = dump(database)
        if changed == whole:
            continue
        undo.undo(database, 1, now=NOW)
        assert stored() == was
        undo.redo(database, 1, now=NOW)
        assert dump(database) == changed
        undo.undo(database, 1, now=NOW)
        assert stored() == was
        assert dump(database) == whole


@pytest.mark.parametrize("number", [0.30000000000000004, 1e308, 5e-324, math.inf])
@pytest.mark.parametrize(
    "how",
    [
        "UPDATE habit SET target = 2",
        "DELETE FROM habit",
        "REPLACE INTO habit SELECT id, "
        "name, kind, 2, unit, measure, channel, weekdays, times, days, created, archived, position FROM habit",
    ],
)
def test_so_does_what_another_program_replaces(database: Database, number: float, how: str) -> None:
    database.connection.executescript(ROWS)
    database.change("UPDATE habit SET target = ?", (number,))
    with undo_step(database, "adopts", NOW):
        pass
    before = dump(database)
    with undo_step(database, "replaced", NOW):
        database.change(how)
    after = dump(database)
    assert after != before
    undo.undo(database, 1, now=NOW)
    assert dump(database) == before
    undo.redo(database, 1, now=NOW)
    assert dump(database) == after


def _step_of_version_2(database: Database, sql: str, *values: object) -> None:
    """One step as version 2 wrote it: today's steps have a column more."""
    (before,) = database.row("SELECT coalesce(max(id), 0) FROM change")
    database.change(sql, values)
    (last,) = database.row("SELECT max(id) FROM change")
    database.change(
        "INSERT INTO action(at, says, state, first, last) VALUES (?, 'changed', 'done', ?, ?)", (NOW, before + 1, last)
    )


def test_what_an_earlier_version_logged_is_undone_as_it_was_logged(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(schema, "VERSIONS", schema.VERSIONS[:2])
        then.setattr(file_format, "VERSION", 2)
        with Database.open(path) as database:
            database.connection.executescript(ROWS)
            states = [dump(database)]
            for number in (2.5, math.inf, 7.0):
                _step_of_version_2(database, "UPDATE habit SET target = ?", number)
                states.append(dump(database))
            _step_of_version_2(database, "DELETE FROM commitment")
            states.append(dump(database))
    with Database.open(path) as database:
        assert dump(database) == states.pop()
        for state in reversed(states):
            undo.undo(database, 1, now=NOW)
            assert dump(database) == state
        undo.redo(database, len(states), now=NOW)
        with pytest.raises(TrackerError, match="nothing to redo"):
            undo.redo(database, 1, now=NOW)
