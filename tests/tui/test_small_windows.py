"""In 60 × 15 cells: nothing is cut away without a mark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import settled, shown
from tests.tui.figures import UNHURRIED, ZONE, at
from tracker.analytics.worth.judgement import TESTS
from tracker.storage import sessions
from tracker.tui.widgets.worth_table import columns_for

if TYPE_CHECKING:
    from tests.tui.conftest import Running

LATE = at((2026, 11, 23), "22:30")


async def test_the_gaps_of_a_day_leave_room_for_the_keys(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(60, 15), empty=True, now=LATE) as (app, pilot):
        for hour in range(8, 22, 2):
            start = at((2026, 11, 23), f"{hour:02}:00")
            sessions.add(app.workspace.database, "linkedin", start, start + 900, ZONE, now=LATE)
        app.reload()
        await settled(app, pilot)
        await pilot.press("E")
        await settled(app, pilot)
        assert "16:15–18:00" in shown(app), "the last of five"
        assert "Esc Cancel" in shown(app)
        assert "then what it was" in shown(app)


async def test_fields_out_of_sight_are_counted(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(60, 15), empty=True) as (app, pilot):
        for place, channel in enumerate(("linkedin", "x", "instagram", "youtube", "facebook")):
            start = at((2026, 11, 18), f"{10 + place}:00")
            sessions.add(app.workspace.database, channel, start, start + 1800, ZONE, now=LATE)
        app.reload()
        await settled(app, pilot)
        await pilot.press("R")
        await settled(app, pilot)
        assert "↓ 3" in shown(app)
        await pilot.press("4", "h", *["down"] * 5)
        await settled(app, pilot)
        assert "↑ " in shown(app)


@pytest.mark.parametrize("width", range(40, 140))
def test_the_three_tests_stand_together(width: int) -> None:
    names = {column.key for column in columns_for(width, ())}
    assert len(names & set(TESTS)) in (0, 3)


async def test_a_hint_of_a_wider_window_only_where_one_shows_more(running: Running) -> None:
    for width, hint in ((80, True), (120, True), (220, False)):
        async with running(settings=UNHURRIED, size=(width, 50)) as (app, pilot):
            await pilot.press("V")
            await settled(app, pilot)
            assert ("A wider window shows more" in shown(app)) == hint


async def test_the_tests_are_words_where_there_is_room(running: Running) -> None:
    for width, is_spelled in ((120, False), (220, True)):
        async with running(settings=UNHURRIED, size=(width, 50)) as (app, pilot):
            await pilot.press("V")
            await settled(app, pilot)
            heading = next(line for line in shown(app).splitlines() if "verdict" in line)
            assert ("Procrastination" in heading) == is_spelled
            assert ("P R T" in heading) != is_spelled
