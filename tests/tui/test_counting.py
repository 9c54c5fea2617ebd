"""The screens show the figures that the command line tells of the same file at the same instant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests import counted
from tests.tui.conftest import settled, shown
from tracker.settings import Settings

if TYPE_CHECKING:
    from tests.tui.conftest import Running

MONDAY_FIRST = Settings(first_weekday=0)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_screen_counts_as_the_command_line_does(running: Running, size: tuple[int, int]) -> None:
    async with running(empty=True, settings=MONDAY_FIRST, size=size) as (app, pilot):
        counted.fill(app.workspace.database)
        app.reload()
        await settled(app, pilot)
        timer = shown(app)
        assert "· first 12:00 · 1 check · 3 sessions" in timer
        assert "│ 20m  " in timer
        assert "3m on 2 channels at once, counted once" in timer
        assert "0s left of the plan" in timer
        assert size[0] < 100 or "2 talks" in timer
        await pilot.press("2")
        await settled(app, pilot)
        day = shown(app)
        assert "20m · first 12:00 · 1 check · 3 sessions" in day
        assert "3m on 2 channels at once" in day
        await pilot.press("3")
        await settled(app, pilot)
        week = shown(app)
        assert "20m of social time" in week
        assert "20m 1 check" in week
        assert "1 of 1 day logged" in week
        assert "3m on 2 channels at once" in week


async def test_a_day_without_a_record_is_not_known_on_any_screen(running: Running) -> None:
    async with running(empty=True, settings=MONDAY_FIRST) as (app, pilot):
        counted.fill(app.workspace.database)
        app.reload()
        await pilot.press("2", "left", "left")
        await settled(app, pilot)
        assert "no data: not counted as zero" in shown(app)
        assert "─ – ─" in shown(app), "its total"
        await pilot.press("3", "left")
        await settled(app, pilot)
        week = shown(app)
        assert "1 of 7 days logged: too few to compare" in week or "no earlier week to compare with yet" in week
        assert "10s of social time" in week
        assert "10s 1 check" in week
        assert week.count("?") >= 12, "six days, in the bars and on the map"
