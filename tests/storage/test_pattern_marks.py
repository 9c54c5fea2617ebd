"""Marks on patterns are the user's, a step each; raised flags are the program's own note."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.storage.files import dump
from tracker.domain.errors import TrackerError
from tracker.storage import Database, reviews, undo
from tracker.storage.database_file import DatabaseFile
from tracker.storage.reviews import PatternFlag, PatternMark

if TYPE_CHECKING:
    from pathlib import Path

TODAY, TOMORROW, IN_A_MONTH = "2026-11-23", "2026-11-24", "2026-12-21"


def test_dismissed_holds_from_its_first_day_on_before_its_last(database: Database) -> None:
    mark = reviews.dismiss(database, "night", TODAY, IN_A_MONTH, now=NOW)
    assert mark == PatternMark(1, "night", "dismissed", TODAY, IN_A_MONTH)
    assert reviews.marks_on(database, TODAY) == {"night": mark}
    assert reviews.marks_on(database, "2026-12-20") == {"night": mark}
    assert reviews.marks_on(database, IN_A_MONTH) == {}
    assert reviews.marks_on(database, "2026-11-22") == {}


def test_expected_holds_until_it_is_taken_back_and_stays_on_record(database: Database) -> None:
    reviews.expect(database, "rising_use", TODAY, "  campaign ", now=NOW)
    assert reviews.marks_on(database, "2027-06-01")["rising_use"].why == "campaign"
    reviews.unmark(database, "rising_use", TOMORROW, now=NOW)
    assert reviews.marks_on(database, TOMORROW) == {}
    assert reviews.marks_on(database, TODAY)["rising_use"].until == TOMORROW


def test_of_two_marks_the_later_holds(database: Database) -> None:
    reviews.dismiss(database, "night", TODAY, IN_A_MONTH, now=NOW)
    reviews.expect(database, "night", TOMORROW, "a newborn", now=NOW)
    assert reviews.marks_on(database, TODAY)["night"].what == "dismissed"
    assert reviews.marks_on(database, TOMORROW)["night"].what == "expected"
    assert len(database.rows("SELECT 1 FROM pattern_mark")) == 2
    reviews.dismiss(database, "night", TOMORROW, IN_A_MONTH, now=NOW)
    assert reviews.marks_on(database, TOMORROW)["night"].what == "dismissed"
    assert len(database.rows("SELECT 1 FROM pattern_mark")) == 2, "what held for no day is gone"


def test_saying_the_same_again_is_no_step(database: Database) -> None:
    first = reviews.expect(database, "night", TODAY, "a newborn", now=NOW)
    assert reviews.expect(database, "night", TOMORROW, "a newborn", now=NOW) == first
    assert len(undo.steps(database)) == 1


def test_each_change_is_one_step_there_and_back(database: Database) -> None:
    states = [dump(database)]
    reviews.dismiss(database, "night", TODAY, IN_A_MONTH, now=NOW, title="At night")
    states.append(dump(database))
    reviews.expect(database, "night", TOMORROW, "a newborn", now=NOW, title="At night")
    states.append(dump(database))
    reviews.unmark(database, "night", TOMORROW, now=NOW, title="At night")
    states.append(dump(database))
    for state in reversed(states[:-1]):
        undo.undo(database, 1, now=NOW)
        assert dump(database) == state
    for state in states[1:]:
        undo.redo(database, 1, now=NOW)
        assert dump(database) == state
    assert [step.says for step in undo.steps(database)] == [
        "removed the mark of “At night”",
        "marked “At night” as expected",
        "muted “At night” until Mon 21 Dec",
    ]


def test_what_was_not_marked_cannot_be_unmarked(database: Database) -> None:
    with pytest.raises(TrackerError, match="“night” is neither"):
        reviews.unmark(database, "night", TODAY, now=NOW)
    assert undo.steps(database) == []


def test_raised_flags_are_remembered_without_a_step(database: Database) -> None:
    reviews.remember_flags(database, [PatternFlag("night", TODAY, TODAY)])
    reviews.remember_flags(database, [PatternFlag("night", TODAY, TOMORROW)])
    reviews.remember_flags(database, [PatternFlag("night", TODAY, TODAY)])
    assert reviews.flags(database, TODAY, TOMORROW) == [PatternFlag("night", TODAY, TOMORROW)]
    assert reviews.flags(database, IN_A_MONTH, IN_A_MONTH) == []
    assert reviews.flags(database, "2026-11-01", "2026-11-22") == [], "it was raised later"
    assert undo.steps(database) == []


def test_of_two_programs_that_raise_on_one_day_the_first_has_the_say(database: Database, path: str) -> None:
    reviews.remember_flags(database, [PatternFlag("night", TODAY, TODAY)])
    with Database.open(path) as other:
        reviews.remember_flags(
            other, [PatternFlag("overrun", TODAY, TODAY), PatternFlag("rebound", "2026-11-20", TODAY)]
        )
    assert [flag.pattern for flag in reviews.flags(database, TODAY, TODAY)] == ["rebound", "night"]


def test_a_file_that_another_program_writes_is_not_waited_for(database: Database, path: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        reviews.remember_flags(database, [PatternFlag("night", TODAY, TODAY)])
        other.execute("ROLLBACK")
    assert reviews.flags(database, TODAY, TODAY) == []
    reviews.expect(database, "night", TODAY, None, now=NOW)


@pytest.mark.skipif(os.name != "posix", reason="opens a file for reading only")
def test_a_file_that_cannot_be_written_stays_as_it_is(path: str, tmp_path: Path) -> None:
    Database.open(path).close()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    with Database(DatabaseFile(path, connection)) as reading:
        reviews.remember_flags(reading, [PatternFlag("night", TODAY, TODAY)])
        assert reviews.flags(reading, TODAY, TODAY) == []


def test_a_reason_stays_until_another_is_given(database: Database) -> None:
    reviews.expect(database, "night", TODAY, "a newborn", now=NOW)
    assert reviews.expect(database, "night", TOMORROW, None, now=NOW).why == "a newborn"
    assert len(undo.steps(database)) == 1
    assert reviews.expect(database, "night", TOMORROW, "twins", now=NOW).why == "twins"
    reviews.dismiss(database, "night", TOMORROW, IN_A_MONTH, now=NOW)
    assert reviews.expect(database, "night", TOMORROW, None, now=NOW).why is None, "a dismissal has no reason to keep"
