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
from tracker.storage import Journal, flags, history
from tracker.storage.flags import Mark, Raised

if TYPE_CHECKING:
    from pathlib import Path

TODAY, TOMORROW, IN_A_MONTH = "2026-11-23", "2026-11-24", "2026-12-21"


def test_dismissed_holds_from_its_first_day_on_before_its_last(journal: Journal) -> None:
    mark = flags.dismiss(journal, "night", TODAY, IN_A_MONTH, now=NOW)
    assert mark == Mark(1, "night", "dismissed", TODAY, IN_A_MONTH)
    assert flags.marks(journal, TODAY) == {"night": mark}
    assert flags.marks(journal, "2026-12-20") == {"night": mark}
    assert flags.marks(journal, IN_A_MONTH) == {}
    assert flags.marks(journal, "2026-11-22") == {}


def test_expected_holds_until_it_is_taken_back_and_stays_on_record(journal: Journal) -> None:
    flags.expect(journal, "rising_use", TODAY, "  campaign ", now=NOW)
    assert flags.marks(journal, "2027-06-01")["rising_use"].why == "campaign"
    flags.unmark(journal, "rising_use", TOMORROW, now=NOW)
    assert flags.marks(journal, TOMORROW) == {}
    assert flags.marks(journal, TODAY)["rising_use"].until == TOMORROW


def test_of_two_marks_the_later_holds(journal: Journal) -> None:
    flags.dismiss(journal, "night", TODAY, IN_A_MONTH, now=NOW)
    flags.expect(journal, "night", TOMORROW, "a newborn", now=NOW)
    assert flags.marks(journal, TODAY)["night"].what == "dismissed"
    assert flags.marks(journal, TOMORROW)["night"].what == "expected"
    assert len(journal.rows("SELECT 1 FROM pattern_mark")) == 2
    flags.dismiss(journal, "night", TOMORROW, IN_A_MONTH, now=NOW)
    assert flags.marks(journal, TOMORROW)["night"].what == "dismissed"
    assert len(journal.rows("SELECT 1 FROM pattern_mark")) == 2, "what held for no day is gone"


def test_saying_the_same_again_is_no_step(journal: Journal) -> None:
    first = flags.expect(journal, "night", TODAY, "a newborn", now=NOW)
    assert flags.expect(journal, "night", TOMORROW, "a newborn", now=NOW) == first
    assert len(history.actions(journal)) == 1


def test_each_change_is_one_step_there_and_back(journal: Journal) -> None:
    states = [dump(journal)]
    flags.dismiss(journal, "night", TODAY, IN_A_MONTH, now=NOW, title="At night")
    states.append(dump(journal))
    flags.expect(journal, "night", TOMORROW, "a newborn", now=NOW, title="At night")
    states.append(dump(journal))
    flags.unmark(journal, "night", TOMORROW, now=NOW, title="At night")
    states.append(dump(journal))
    for state in reversed(states[:-1]):
        history.undo(journal, 1, now=NOW)
        assert dump(journal) == state
    for state in states[1:]:
        history.redo(journal, 1, now=NOW)
        assert dump(journal) == state
    assert [one.says for one in history.actions(journal)] == [
        "took the mark off “At night”",
        "marked “At night” as expected",
        "dismissed “At night” until Mon 21 Dec",
    ]


def test_what_was_not_marked_cannot_be_unmarked(journal: Journal) -> None:
    with pytest.raises(TrackerError, match="“night” is neither"):
        flags.unmark(journal, "night", TODAY, now=NOW)
    assert history.actions(journal) == []


def test_raised_flags_are_remembered_without_a_step(journal: Journal) -> None:
    flags.remember(journal, [Raised("night", TODAY, TODAY)])
    flags.remember(journal, [Raised("night", TODAY, TOMORROW)])
    flags.remember(journal, [Raised("night", TODAY, TODAY)])
    assert flags.raised(journal, TODAY, TOMORROW) == [Raised("night", TODAY, TOMORROW)]
    assert flags.raised(journal, IN_A_MONTH, IN_A_MONTH) == []
    assert flags.raised(journal, "2026-11-01", "2026-11-22") == [], "it was raised later"
    assert history.actions(journal) == []


def test_of_two_programs_that_raise_on_one_day_the_first_has_the_say(journal: Journal, path: str) -> None:
    flags.remember(journal, [Raised("night", TODAY, TODAY)])
    with Journal.open(path) as other:
        flags.remember(other, [Raised("overrun", TODAY, TODAY), Raised("rebound", "2026-11-20", TODAY)])
    assert [one.pattern for one in flags.raised(journal, TODAY, TODAY)] == ["rebound", "night"]


def test_a_file_that_another_program_writes_is_not_waited_for(journal: Journal, path: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        flags.remember(journal, [Raised("night", TODAY, TODAY)])
        other.execute("ROLLBACK")
    assert flags.raised(journal, TODAY, TODAY) == []
    flags.expect(journal, "night", TODAY, None, now=NOW)


@pytest.mark.skipif(os.name != "posix", reason="opens a file for reading only")
def test_a_file_that_cannot_be_written_stays_as_it_is(path: str, tmp_path: Path) -> None:
    Journal.open(path).close()
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True, isolation_level=None)
    with Journal(connection, path) as reading:
        flags.remember(reading, [Raised("night", TODAY, TODAY)])
        assert flags.raised(reading, TODAY, TODAY) == []


def test_a_reason_stays_until_another_is_given(journal: Journal) -> None:
    flags.expect(journal, "night", TODAY, "a newborn", now=NOW)
    assert flags.expect(journal, "night", TOMORROW, None, now=NOW).why == "a newborn"
    assert len(history.actions(journal)) == 1
    assert flags.expect(journal, "night", TOMORROW, "twins", now=NOW).why == "twins"
    flags.dismiss(journal, "night", TOMORROW, IN_A_MONTH, now=NOW)
    assert flags.expect(journal, "night", TOMORROW, None, now=NOW).why is None, "a dismissal has no reason to keep"
