"""Urges: what set one off belongs to its own step, as long as nothing came between."""

from __future__ import annotations

import pytest

from tests.conftest import NOW
from tracker.domain.errors import TrackerError
from tracker.storage import Database, day_records, undo

ZONE = "Europe/Paris"
TODAY = "2026-11-23"


def test_an_urge_and_its_trigger_are_one_step(database: Database) -> None:
    urge = day_records.add_urge(database, "x", NOW, ZONE, now=NOW)
    assert day_records.explain_urge(database, urge.id, "bored", now=NOW).trigger == "bored"
    assert [step.says for step in undo.steps(database)] == ["resisted urge: x"]
    undo.undo(database, 1, now=NOW)
    assert day_records.urges_in_span(database, 0, NOW + 1) == []
    undo.redo(database, 1, now=NOW)
    assert [urge.trigger for urge in day_records.urges_in_span(database, 0, NOW + 1)] == ["bored"]


def test_what_was_put_off_becomes_the_days_task_in_the_same_step(database: Database) -> None:
    urge = day_records.add_urge(database, "x", NOW, ZONE, now=NOW)
    day_records.blame_task(database, urge.id, "procrastinating on the proposal", "the proposal", TODAY, now=NOW)
    assert day_records.get_note(database, TODAY).task == "the proposal"
    undo.undo(database, 1, now=NOW)
    assert day_records.get_note(database, TODAY).task is None
    assert day_records.urges_in_span(database, 0, NOW + 1) == []


def test_putting_off_the_task_there_is_leaves_it_as_it_is(database: Database) -> None:
    day_records.set_task(database, TODAY, "the proposal", now=NOW)
    day_records.do_task(database, TODAY, True, now=NOW)
    urge = day_records.add_urge(database, "x", NOW, ZONE, now=NOW)
    day_records.blame_task(database, urge.id, "procrastinating on the proposal", "the proposal", TODAY, now=NOW)
    assert day_records.get_note(database, TODAY).task_done


def test_a_trigger_told_after_something_else_is_a_step_of_its_own(database: Database) -> None:
    urge = day_records.add_urge(database, "x", NOW, ZONE, now=NOW)
    day_records.write_note(database, TODAY, "between", now=NOW)
    day_records.explain_urge(database, urge.id, "bored", now=NOW)
    assert len(undo.steps(database)) == 3
    undo.undo(database, 1, now=NOW)
    assert [urge.trigger for urge in day_records.urges_in_span(database, 0, NOW + 1)] == [None]


def test_a_trigger_after_an_undo_is_no_part_of_what_was_undone(database: Database) -> None:
    urge = day_records.add_urge(database, "x", NOW, ZONE, now=NOW)
    undo.undo(database, 1, now=NOW)
    with pytest.raises(TrackerError):
        day_records.explain_urge(database, urge.id, "bored", now=NOW)
    undo.redo(database, 1, now=NOW)
    day_records.explain_urge(database, urge.id, "bored", now=NOW)
    undo.undo(database, 2, now=NOW)
    assert day_records.urges_in_span(database, 0, NOW + 1) == []
