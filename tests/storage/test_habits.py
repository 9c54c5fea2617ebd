"""Habits as they are stored: named once, ordered, ticked and skipped day by day, renamed with their days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.errors import TrackerError
from tracker.domain.models import Habit, Tick
from tracker.storage import habits, undo

if TYPE_CHECKING:
    from tracker.storage import Database

WALK = Habit(0, "Walk", weekdays=(0, 2, 4), created="2026-11-01")
LESS = Habit(0, "Less feed", "at_most", 60, "min", "social_minutes", "linkedin", created="2026-11-01")


def test_a_habit_is_read_as_it_was_written(database: Database) -> None:
    walk = habits.add(database, WALK, now=NOW)
    less = habits.add(database, LESS, now=NOW)
    assert habits.habits(database) == [walk, less]
    assert walk._replace(id=0) == WALK
    assert less._replace(id=0) == LESS._replace(position=1)


def test_a_habit_is_found_by_how_it_begins(database: Database) -> None:
    habits.add(database, WALK, now=NOW)
    habits.add(database, LESS, now=NOW)
    assert habits.find(database, "wa").name == "Walk"
    for word in ("", "x"):
        with pytest.raises(TrackerError, match="Walk"):
            habits.find(database, word)


def test_a_name_is_there_once(database: Database) -> None:
    habits.add(database, WALK, now=NOW)
    with pytest.raises(TrackerError, match="already"):
        habits.add(database, WALK._replace(name="WALK"), now=NOW)
    assert len(habits.habits(database)) == 1


def test_a_day_has_one_answer(database: Database) -> None:
    habits.add(database, WALK, now=NOW)
    habits.tick(database, "Walk", "2026-11-23", 1, now=NOW)
    habits.skip(database, "Walk", "2026-11-23", now=NOW)
    habits.tick(database, "Walk", "2026-11-22", 0, now=NOW)
    ticks = [Tick("Walk", "2026-11-22", 0, False), Tick("Walk", "2026-11-23", None, True)]
    assert habits.ticks(database, "2026-11-01", "2026-11-30") == ticks
    habits.tick(database, "Walk", "2026-11-23", None, now=NOW)
    assert habits.ticks(database, "2026-11-01", "2026-11-30", "Walk") == ticks[:1]


def test_days_follow_a_new_name_and_undo_brings_all_back(database: Database) -> None:
    walk = habits.add(database, WALK, now=NOW)
    habits.tick(database, "Walk", "2026-11-23", 1, now=NOW)
    habits.change(database, walk._replace(name="Stroll", archived=True), now=NOW)
    assert [tick.habit for tick in habits.ticks(database, "2026-11-23", "2026-11-23")] == ["Stroll"]
    undo.undo(database, 1, now=NOW)
    assert [tick.habit for tick in habits.ticks(database, "2026-11-23", "2026-11-23")] == ["Walk"]
    undo.undo(database, 2, now=NOW)
    assert habits.habits(database) == []


def test_order_is_the_users(database: Database) -> None:
    habits.add(database, WALK, now=NOW)
    habits.add(database, LESS, now=NOW)
    habits.order(database, ["Less feed", "Walk"], now=NOW)
    assert [habit.name for habit in habits.habits(database)] == ["Less feed", "Walk"]
