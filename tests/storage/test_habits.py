"""Habits as they are stored: named once, ordered, ticked and skipped day by day, renamed with their days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.models import Habit, Tick, TrackerError
from tracker.storage import habits, undo

if TYPE_CHECKING:
    from tracker.storage import Journal

WALK = Habit(0, "Walk", weekdays=(0, 2, 4), created="2026-11-01")
LESS = Habit(0, "Less feed", "at_most", 60, "min", "social_minutes", "linkedin", created="2026-11-01")


def test_a_habit_is_read_as_it_was_written(journal: Journal) -> None:
    walk = habits.add(journal, WALK, now=NOW)
    less = habits.add(journal, LESS, now=NOW)
    assert habits.habits(journal) == [walk, less]
    assert walk._replace(id=0) == WALK
    assert less._replace(id=0) == LESS._replace(position=1)


def test_a_habit_is_found_by_how_it_begins(journal: Journal) -> None:
    habits.add(journal, WALK, now=NOW)
    habits.add(journal, LESS, now=NOW)
    assert habits.find(journal, "wa").name == "Walk"
    for word in ("", "x"):
        with pytest.raises(TrackerError, match="Walk"):
            habits.find(journal, word)


def test_a_name_is_there_once(journal: Journal) -> None:
    habits.add(journal, WALK, now=NOW)
    with pytest.raises(TrackerError, match="already"):
        habits.add(journal, WALK._replace(name="WALK"), now=NOW)
    assert len(habits.habits(journal)) == 1


def test_a_day_has_one_answer(journal: Journal) -> None:
    habits.add(journal, WALK, now=NOW)
    habits.tick(journal, "Walk", "2026-11-23", 1, now=NOW)
    habits.skip(journal, "Walk", "2026-11-23", now=NOW)
    habits.tick(journal, "Walk", "2026-11-22", 0, now=NOW)
    found = [Tick("Walk", "2026-11-22", 0, False), Tick("Walk", "2026-11-23", None, True)]
    assert habits.ticks(journal, "2026-11-01", "2026-11-30") == found
    habits.tick(journal, "Walk", "2026-11-23", None, now=NOW)
    assert habits.ticks(journal, "2026-11-01", "2026-11-30", "Walk") == found[:1]


def test_days_follow_a_new_name_and_undo_brings_all_back(journal: Journal) -> None:
    walk = habits.add(journal, WALK, now=NOW)
    habits.tick(journal, "Walk", "2026-11-23", 1, now=NOW)
    habits.change(journal, walk._replace(name="Stroll", archived=True), now=NOW)
    assert [tick.habit for tick in habits.ticks(journal, "2026-11-23", "2026-11-23")] == ["Stroll"]
    undo.undo(journal, 1, now=NOW)
    assert [tick.habit for tick in habits.ticks(journal, "2026-11-23", "2026-11-23")] == ["Walk"]
    undo.undo(journal, 2, now=NOW)
    assert habits.habits(journal) == []


def test_order_is_the_users(journal: Journal) -> None:
    habits.add(journal, WALK, now=NOW)
    habits.add(journal, LESS, now=NOW)
    habits.order(journal, ["Less feed", "Walk"], now=NOW)
    assert [habit.name for habit in habits.habits(journal)] == ["Less feed", "Walk"]
