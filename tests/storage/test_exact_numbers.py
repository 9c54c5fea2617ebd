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
from tracker.domain.models import TrackerError
from tracker.storage import Journal, file_format, migrations, undo
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
def one_file() -> Iterator[Journal]:
    with Journal.open(":memory:") as journal:
        journal.connection.executescript(ROWS)
        yield journal


@pytest.mark.parametrize("table", TABLES)
@given(before=NUMBERS, after=NUMBERS)
@example(before=0.30000000000000004, after=1e308)
@example(before=5e-324, after=math.inf)
@example(before=2.2250738585072009e-308, after=0.1)
def test_a_change_goes_and_comes_back_to_the_last_bit(
    one_file: Journal, table: str, before: float, after: float
) -> None:
    column, journal = TABLES[table], one_file

    def stored() -> bytes:
        return bits(journal.row(f"SELECT {column} FROM {table} WHERE id = 1")[0])

    write = f"UPDATE {table} SET {column} = ? WHERE id = 1"
    with undo_step(journal, "before", NOW):
        journal.change(write, (before,))
    was = stored()
    assert was == bits(before + 0.0)  # SQLite itself stores -0.0 as 0.0
    for sql, values in ((write, (after,)), (f"DELETE FROM {table} WHERE id = ?", (1,))):
        whole = dump(journal)
        with undo_step(journal, "after", NOW):
            journal.change(sql, values)
        changed = dump(journal)
        if changed == whole:
            continue
        undo.undo(journal, 1, now=NOW)
        assert stored() == was
        undo.redo(journal, 1, now=NOW)
        assert dump(journal) == changed
        undo.undo(journal, 1, now=NOW)
        assert stored() == was
        assert dump(journal) == whole


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
def test_so_does_what_another_program_replaces(journal: Journal, number: float, how: str) -> None:
    journal.connection.executescript(ROWS)
    journal.change("UPDATE habit SET target = ?", (number,))
    with undo_step(journal, "adopts", NOW):
        pass
    before = dump(journal)
    with undo_step(journal, "replaced", NOW):
        journal.change(how)
    after = dump(journal)
    assert after != before
    undo.undo(journal, 1, now=NOW)
    assert dump(journal) == before
    undo.redo(journal, 1, now=NOW)
    assert dump(journal) == after


def test_what_an_earlier_version_logged_is_undone_as_it_was_logged(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(migrations, "VERSIONS", migrations.VERSIONS[:2])
        then.setattr(file_format, "VERSION", 2)
        with Journal.open(path) as journal:
            journal.connection.executescript(ROWS)
            states = [dump(journal)]
            for number in (2.5, math.inf, 7.0):
                with undo_step(journal, "changed", NOW):
                    journal.change("UPDATE habit SET target = ?", (number,))
                states.append(dump(journal))
            with undo_step(journal, "deleted", NOW):
                journal.change("DELETE FROM commitment")
            states.append(dump(journal))
    with Journal.open(path) as journal:
        assert dump(journal) == states.pop()
        for state in reversed(states):
            undo.undo(journal, 1, now=NOW)
            assert dump(journal) == state
        undo.redo(journal, len(states), now=NOW)
        with pytest.raises(TrackerError, match="nothing to redo"):
            undo.redo(journal, 1, now=NOW)
