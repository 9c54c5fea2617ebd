"""Marks on patterns are the user's, a step each; raised flags are the program's own note."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.storage.files import dump
from tracker.domain.models import TrackerError
from tracker.storage import Journal, pattern_flags, undo
from tracker.storage.pattern_flags import PatternFlag, PatternMark

if TYPE_CHECKING:
    from pathlib import Path

TODAY, TOMORROW, IN_A_MONTH = "2026-11-23", "2026-11-24", "2026-12-21"


def test_dismissed_holds_from_its_first_day_on_before_its_last(journal: Journal) -> None:
    mark = pattern_flags.dismiss(journal, "night", TODAY, IN_A_MONTH, now=NOW)
    assert mark == PatternMark(1, "night", "dismissed", TODAY, IN_A_MONTH)
    assert pattern_flags.marks(journal, TODAY) == {"night": mark}
    assert pattern_flags.marks(journal, "2026-12-20") == {"night": mark}
    assert pattern_flags.marks(journal, IN_A_MONTH) == {}
    assert pattern_flags.marks(journal, "2026-11-22") == {}


def test_expected_holds_until_it_is_taken_back_and_stays_on_record(journal: Journal) -> None:
    pattern_flags.expect(journal, "rising_use", TODAY, "  campaign ", now=NOW)
    assert pattern_flags.marks(journal, "2027-06-01")["rising_use"].why == "campaign"
    pattern_flags.unmark(journal, "rising_use", TOMORROW, now=NOW)
    assert pattern_flags.marks(journal, TOMORROW) == {}
    assert pattern_flags.marks(journal, TODAY)["rising_use"].until == TOMORROW


def test_of_two_marks_the_later_holds(journal: Journal) -> None:
    pattern_flags.dismiss(journal, "night", TODAY, IN_A_MONTH, now=NOW)
    pattern_flags.expect(journal, "night", TOMORROW, "a newborn", now=NOW)
    assert pattern_flags.marks(journal, TODAY)["night"].what == "dismissed"
    assert pattern_flags.marks(journal, TOMORROW)["night"].what == "expected"
    assert len(journal.rows("SELECT 1 FROM pattern_mark")) == 2
    pattern_flags.dismiss(journal, "night", TOMORROW, IN_A_MONTH, now=NOW)
    assert pattern_flags.marks(journal, TOMORROW)["night"].what == "dismissed"
    assert len(journal.rows("SELECT 1 FROM pattern_mark")) == 2, "what held for no day is gone"


def test_saying_the_same_again_is_no_step(journal: Journal) -> None:
    first = pattern_flags.expect(journal, "night", TODAY, "a newborn", now=NOW)
    assert pattern_flags.expect(journal, "night", TOMORROW, "a newborn", now=NOW) == first
    assert len(undo.steps(journal)) == 1


def test_each_change_is_one_step_there_and_back(journal: Journal) -> None:
    states = [dump(journal)]
    pattern_flags.dismiss(journal, "night", TODAY, IN_A_MONTH, now=NOW, title="At night")
    states.append(dump(journal))
    pattern_flags.expect(journal, "night", TOMORROW, "a newborn", now=NOW, title="At night")
    states.append(dump(journal))
    pattern_flags.unmark(journal, "night", TOMORROW, now=NOW, title="At night")
    states.append(dump(journal))
    for state in reversed(states[:-1]):
        undo.undo(journal, 1, now=NOW)
        assert dump(journal) == state
    for state in states[1:]:
        undo.redo(journal, 1, now=NOW)
        assert dump(journal) == state
    assert [one.says for one in undo.steps(journal)] == [
        "took the mark off “At night”",
        "marked “At night” as expected",
        "dismissed “At night” until Mon 21 Dec",
    ]


def test_what_was_not_marked_cannot_be_unmarked(journal: Journal) -> None:
    with pytest.raises(TrackerError, match="“night” is neither"):
        pattern_flags.unmark(journal, "night", TODAY, now=NOW)
    assert undo.steps(journal) == []


def test_raised_flags_are_remembered_without_a_step(journal: Journal) -> None:
    pattern_flags.remember_flags(journal, [PatternFlag("night", TODAY, TODAY)])
    pattern_flags.remember_flags(journal, [PatternFlag("night", TODAY, TOMORROW)])
    pattern_flags.remember_flags(journal, [PatternFlag("night", TODAY, TODAY)])
    assert pattern_flags.flags(journal, TODAY, TOMORROW) == [PatternFlag("night", TODAY, TOMORROW)]
    assert pattern_flags.flags(journal, IN_A_MONTH, IN_A_MONTH) == []
    assert pattern_flags.flags(journal, "2026-11-01", "2026-11-22") == [], "it was raised later"
    assert undo.steps(journal) == []


def test_of_two_programs_that_raise_on_one_day_the_first_has_the_say(journal: Journal, path: str) -> None:
    pattern_flags.remember_flags(journal, [PatternFlag("night", TODAY, TODAY)])
    with Journal.open(path) as other:
        pattern_flags.remember_flags(
            other, [PatternFlag("overrun", TODAY, TODAY), PatternFlag("rebound", "2026-11-20", TODAY)]
        )
    assert [one.pattern for one in pattern_flags.flags(journal, TODAY, TODAY)] == ["rebound", "night"]


def test_a_file_that_another_program_writes_is_not_waited_for(journal: Journal, path: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        pattern_flags.remember_flags(journal, [PatternFlag("night", TODAY, TODAY)])
        other.execute("ROLLBACK")
    assert pattern_flags.flags(journal, TODAY, TODAY) == []
    pattern_flags.expect(journal, "night", TODAY, None, now=NOW)


@pytest.mark.skipif(os.name != "posix", reason="opens a file for reading only")
def test_a_file_that_cannot_be_written_stays_as_it_is(path: str, tmp_path: Path) -> None:
    Journal.open(path).close()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    with Journal(connection, path) as reading:
        pattern_flags.remember_flags(reading, [PatternFlag("night", TODAY, TODAY)])
        assert pattern_flags.flags(reading, TODAY, TODAY) == []


def test_a_reason_stays_until_another_is_given(journal: Journal) -> None:
    pattern_flags.expect(journal, "night", TODAY, "a newborn", now=NOW)
    assert pattern_flags.expect(journal, "night", TOMORROW, None, now=NOW).why == "a newborn"
    assert len(undo.steps(journal)) == 1
    assert pattern_flags.expect(journal, "night", TOMORROW, "twins", now=NOW).why == "twins"
    pattern_flags.dismiss(journal, "night", TOMORROW, IN_A_MONTH, now=NOW)
    assert pattern_flags.expect(journal, "night", TOMORROW, None, now=NOW).why is None, (
        "a dismissal has no reason to keep"
    )
