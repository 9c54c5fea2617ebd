"""Which days are still open, and what there is to ask about one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tracker.domain.models import Habit, Session
from tracker.reports.day import Part
from tracker.services.closing_day import LEAST_GAP, MOST_GAPS, Gap, close_questions, gaps, is_evening, open_days
from tracker.settings import Settings
from tracker.storage import day_records, habits, sessions
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from tracker.services.closing_day import CloseQuestions
    from tracker.storage import Database

PARIS, TODAY, HOUR = "Europe/Paris", "2026-11-23", 3600


def close(database: Database, *dates: str) -> None:
    for date in dates:
        day_records.close_day(database, date, True, now=NOW)


def asked(database: Database, date: str = TODAY, now: int = NOW) -> CloseQuestions:
    return close_questions(Workspace(database, Settings(), PARIS, now=now), date)


def left_open(database: Database) -> list[str]:
    return open_days(Workspace(database, Settings(), PARIS, now=NOW))


def log(database: Database, channel: str, start: int, end: int) -> Session:
    return sessions.add(database, channel, NOW + start, NOW + end, PARIS, now=NOW)


def part(start: int, end: int) -> Part:
    return Part(Session(1, "linkedin", start, end, PARIS), start, end, False)


def test_before_a_first_close_no_day_is_held_open(database: Database) -> None:
    log(database, "linkedin", -90_000, -89_000)
    assert left_open(database) == []


def test_from_the_first_close_on_every_later_day_of_a_week_is_open_until_it_is_closed(database: Database) -> None:
    close(database, "2026-11-18", "2026-11-20")
    assert left_open(database) == ["2026-11-19", "2026-11-21", "2026-11-22"]
    close(database, "2026-10-01")
    assert left_open(database)[0] == "2026-11-16"
    close(database, *left_open(database))
    assert left_open(database) == []


def test_a_day_closed_today_opens_none(database: Database) -> None:
    close(database, TODAY)
    assert left_open(database) == []


@pytest.mark.parametrize(("after", "late"), [(0, False), (3 * HOUR, True), (10 * HOUR, True), (13 * HOUR, False)])
def test_the_evening_lasts_until_the_next_day_starts(database: Database, after: int, late: bool) -> None:
    assert is_evening(Workspace(database, Settings(day_starts_at=4 * HOUR), PARIS, now=NOW + after)) is late


def test_a_gap_is_a_hole_of_three_quarters_of_an_hour(database: Database) -> None:
    log(database, "linkedin", -5 * HOUR, -4 * HOUR)
    log(database, "call", -4 * HOUR + LEAST_GAP - 1, -3 * HOUR)
    log(database, "work", -3 * HOUR + LEAST_GAP, -HOUR)
    assert asked(database).gaps == (Gap(NOW - 3 * HOUR, NOW - 3 * HOUR + LEAST_GAP),)


@given(st.lists(st.tuples(st.integers(0, 80_000), st.integers(0, 9_000)), max_size=30))
def test_gaps_hold_no_record_and_are_the_longest(spans: list[tuple[int, int]]) -> None:
    parts = [part(start, start + length) for start, length in spans]
    empty = gaps(parts)
    assert len(empty) <= MOST_GAPS
    assert list(empty) == sorted(empty)
    for gap in empty:
        assert gap.end - gap.start >= LEAST_GAP
        assert all(part.end <= gap.start or part.start >= gap.end for part in parts)
        assert any(part.end == gap.start for part in parts)
        assert any(part.start == gap.end for part in parts)


def test_zero_is_asked_until_it_is_answered_or_something_social_is_there(database: Database) -> None:
    assert asked(database).asks_zero
    log(database, "work", -HOUR, -600)
    assert asked(database).asks_zero
    day_records.confirm_zero(database, TODAY, True, now=NOW)
    assert not asked(database).asks_zero
    day_records.confirm_zero(database, TODAY, False, now=NOW)
    log(database, "linkedin", -500, -490)
    assert not asked(database).asks_zero


def test_only_habits_ticked_by_hand_that_are_due_and_unanswered_are_asked(database: Database) -> None:
    for habit in (
        Habit(0, "Walk", created="2026-11-01"),
        Habit(0, "Sundays", weekdays=(6,), created="2026-11-01"),
        Habit(0, "Measured", "at_most", 60, "min", "social_minutes", created="2026-11-01"),
        Habit(0, "Weekly", times=1, days=7, created="2026-11-01"),
        Habit(0, "Answered", created="2026-11-01"),
    ):
        habits.add(database, habit, now=NOW)
    habits.tick(database, "Weekly", "2026-11-21", 1, now=NOW)
    habits.tick(database, "Answered", TODAY, 0, now=NOW)
    assert [habit.name for habit in asked(database).habits] == ["Walk"]
    assert [habit.name for habit in asked(database, "2026-11-22").habits] == ["Walk", "Sundays", "Answered"]


def test_what_was_left_undone_is_offered_for_the_day_after(database: Database) -> None:
    day_records.set_task(database, TODAY, "proposal", now=NOW)
    assert asked(database).next == day_records.get_note(database, "2026-11-24")._replace(task="proposal")
    day_records.do_task(database, TODAY, True, now=NOW)
    after = asked(database).next
    assert after is not None
    assert after.task is None
    assert asked(database, "2026-11-21").next is None, "that day after is over"


def test_what_began_after_the_day_is_none_of_its_business(database: Database) -> None:
    sessions.start(database, "linkedin", NOW - HOUR, PARIS, now=NOW)
    assert asked(database, "2026-11-22").running is None
    assert asked(database).running is not None
    assert asked(database).doubt is None
    questions = asked(database, now=NOW + 6 * HOUR)
    assert questions.doubt is not None
