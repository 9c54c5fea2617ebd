"""The screens are found again as they were left; a day looked back on, on the same day only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui import figures
from tests.tui.conftest import settled, shown
from tracker.calendar import clock
from tracker.tui.app import TrackerApp

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.services.live_workspace import LiveWorkspace


@pytest.fixture
def workspace(tmp_path: Path) -> LiveWorkspace:
    return figures.workspace(tmp_path)


async def leave(workspace: LiveWorkspace, *keys: str) -> None:
    app = TrackerApp(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(app, pilot)
        await pilot.press(*keys)
        await settled(app, pilot)
        await pilot.press("q")


async def come_back(workspace: LiveWorkspace) -> tuple[str, str]:
    app = TrackerApp(workspace)
    async with app.run_test(size=(120, 36)) as pilot:
        await settled(app, pilot)
        return app.view.id or "", shown(app)


async def test_the_view_and_its_date_are_found_again(workspace: LiveWorkspace) -> None:
    await leave(workspace, "2", "left", "left")
    view, seen = await come_back(workspace)
    assert view == "day"
    assert "Saturday 21 November 2026" in seen


async def test_the_week_too(workspace: LiveWorkspace) -> None:
    await leave(workspace, "3", "left")
    view, seen = await come_back(workspace)
    assert view == "week"
    assert "Week 47" in seen


async def test_the_next_morning_begins_with_today(workspace: LiveWorkspace) -> None:
    await leave(workspace, "2", "left")
    clock.freeze(NOW + 86_400)
    view, seen = await come_back(workspace)
    assert view == "day"
    assert "Tuesday 24 November 2026 · today" in seen


@pytest.mark.parametrize("left", ["", "{", "[]", '{"view": "attic"}', '{"view": "day", "today": "2026-11-23"}'])
async def test_what_makes_no_sense_is_forgotten(workspace: LiveWorkspace, left: str) -> None:
    workspace.remember("screens", left)
    assert (await come_back(workspace))[0] == "timer"


async def test_a_date_that_is_none_is_forgotten(workspace: LiveWorkspace) -> None:
    workspace.remember("screens", '{"view": "day", "today": "2026-11-23", "places": {"day": "2026-99-99", "week": 7}}')
    view, seen = await come_back(workspace)
    assert view == "day"
    assert "Monday 23 November 2026 · today" in seen
