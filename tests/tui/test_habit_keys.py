"""Habits by keys: tick, backfill, skip, a value, add, change, order, put away, and the year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tracker.analytics.habit_line import build_habit, read_habit
from tracker.services import habit_keeping
from tracker.storage import habits
from tracker.tui.modals.habits_dialog import HabitsDialog, HabitYear

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

TODAY, YESTERDAY = "2026-11-23", "2026-11-22"

LINES = ("Walk", "Read at least 20 pages", "Less feed at most 60 min by social_minutes")


def begin(app: TrackerApp) -> None:
    for line in LINES:
        habits.add(app.workspace.database, build_habit(read_habit(line), "2026-11-16"), now=NOW)
    app.reload()


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def answers(app: TrackerApp) -> list[tuple[str, str, float | None, bool]]:
    return [tuple(tick) for tick in habits.ticks(app.workspace.database, "2026-01-01", TODAY)]  # type: ignore[misc]  # four fields


async def test_a_tick_takes_two_keys_and_the_same_one_takes_it_back(running: Running) -> None:
    async with running() as (app, pilot):
        begin(app)
        await pilot.press("y", "1")
        await settled(app, pilot)
        assert answers(app) == [("Walk", TODAY, 1, False)]
        await press(app, pilot, "1")
        assert answers(app) == []


async def test_yesterday_is_one_key_away(running: Running) -> None:
    async with running() as (app, pilot):
        begin(app)
        await press(app, pilot, "y", "left", "1")
        assert answers(app) == [("Walk", YESTERDAY, 1, False)]
        assert "yesterday" in shown(app)
        await press(app, pilot, "right", "right", "1")
        assert answers(app)[-1] == ("Walk", TODAY, 1, False)


async def test_a_number_is_asked_for_and_enter_alone_takes_the_target(running: Running) -> None:
    async with running() as (app, pilot):
        begin(app)
        await press(app, pilot, "y", "2", "1", "2", "enter")
        assert answers(app) == [("Read", TODAY, 12, False)]
        await press(app, pilot, "2", "enter")
        assert answers(app) == [("Read", TODAY, 20, False)]
        assert isinstance(app.screen, HabitsDialog)


async def test_no_skip_and_undo(running: Running) -> None:
    async with running() as (app, pilot):
        begin(app)
        await press(app, pilot, "y", "n")
        assert answers(app) == [("Walk", TODAY, 0, False)]
        await press(app, pilot, "x")
        assert answers(app) == [("Walk", TODAY, None, True)]
        assert notices(app)[-1] == "Skipped Walk, in place of: missed · z brings it back"
        await press(app, pilot, "z")
        assert answers(app) == [("Walk", TODAY, 0, False)]
        await press(app, pilot, "x", "x")
        assert answers(app) == []


async def test_what_is_measured_needs_no_tick(running: Running) -> None:
    async with running() as (app, pilot):
        begin(app)
        await press(app, pilot, "y", "3")
        assert answers(app) == []
        assert "measured from the log" in notices(app)[-1]


async def test_adding_changing_ordering_and_putting_away(running: Running) -> None:
    async with running() as (app, pilot):
        begin(app)
        await press(app, pilot, "y", "a", *("D", "r", "a", "w", "space", "3", "x"), "enter")
        assert [history.habit.name for history in habit_keeping.habits(app.workspace)][-1] == "Draw"
        assert habit_keeping.habits(app.workspace)[-1].habit.times == 3
        await press(app, pilot, "less_than_sign")
        assert [history.habit.name for history in habit_keeping.habits(app.workspace)] == [
            "Walk",
            "Read",
            "Draw",
            "Less feed",
        ]
        await press(app, pilot, "e", "end", "space", "o", "n", "space", "m", "o", "n", "enter")
        assert "not both" in shown(app)
        await press(app, pilot, "escape", "d")
        assert [history.habit.name for history in habit_keeping.habits(app.workspace)] == ["Walk", "Read", "Less feed"]
        await press(app, pilot, "z")
        assert "Draw" in [history.habit.name for history in habit_keeping.habits(app.workspace)]


async def test_enter_opens_the_year(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        begin(app)
        await press(app, pilot, "y", "down", "down", "enter")
        assert isinstance(app.screen, HabitYear)
        text = shown(app)
        assert all(word in text for word in ("Less feed", "Mon", "Nov", "100%", "strength", "days known", "not known"))
        await press(app, pilot, "escape", "escape")
        assert len(app.screen_stack) == 1


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_the_day_shows_them(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size) as (app, pilot):
        begin(app)
        await press(app, pilot, "y", "1", "escape", "2")
        assert all(name in shown(app) for name in ("Habits", "✓ Walk", "▸ Read", "Less feed"))


async def test_a_first_run_offers_three_that_measure_themselves(running: Running) -> None:
    async with running(empty=True, size=(80, 24)) as (app, pilot):
        await press(app, pilot, "y")
        text = shown(app)
        assert all(name in text for name in ("Less feed", "Slow morning", "Talk to someone"))
        await press(app, pilot, "3")
        [talk] = habit_keeping.habits(app.workspace)
        assert (talk.habit.name, talk.habit.measure, talk.habit.times, talk.habit.days) == (
            "Talk to someone",
            "contacts",
            3,
            7,
        )


async def test_a_click_ticks_and_a_key_can_be_clicked(running: Running) -> None:
    async with running() as (app, pilot):
        begin(app)
        await press(app, pilot, "y")
        await pilot.click("#habits", offset=(10, 0))
        await settled(app, pilot)
        assert answers(app) == [("Walk", TODAY, 1, False)]
        await pilot.click("#habits-keys", offset=(15, 0))
        await settled(app, pilot)
        assert answers(app) == [("Walk", TODAY, 0, False)]


async def test_a_name_is_never_read_as_markup(running: Running) -> None:
    async with running() as (app, pilot):
        name = "[/b] call [Anna] [@click=app.quit]x"
        habits.add(app.workspace.database, build_habit(read_habit("Walk"), TODAY)._replace(name=name), now=NOW)
        app.reload()
        await press(app, pilot, "2", "y", "enter")
        assert "call [Anna]" in shown(app)
        await press(app, pilot, "escape", "e")
        assert "[/b] call" in shown(app)
        await press(app, pilot, "escape", "a", "escape", "escape")
        assert len(app.screen_stack) == 1
