"""In 60 × 15 cells: nothing is cut away without a mark."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import cut_off, settled, shown
from tests.tui.figures import UNHURRIED, ZONE, at
from tracker.analytics.channel_worth import TESTS
from tracker.storage import channels, outcomes, sessions
from tracker.tui.modals.dialog import Choice, Chooser
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


#: As long as a title may be read at a glance, and longer than any column for it.
LONG = "Communauté des artisans du Grand Paris"


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36)])
async def test_a_long_title_leaves_the_next_column_whole(running: Running, size: tuple[int, int]) -> None:
    touching, cut = {}, {}
    async with running(settings=UNHURRIED, size=size) as (app, pilot):
        database, now = app.workspace.database, app.workspace.now()
        channels.add(database, "guild", title=LONG, kind="social", now=now)
        for day in range(14):
            start = now - 86_400 * day - 7 * 3600
            sessions.add(database, "guild", start, start + 3600, ZONE, now=now, activity="advertise")
        outcomes.add(database, "client", now - 60, ZONE, channel="guild", amount=1_234_567, currency="EUR", now=now)
        app.reload()
        for keys in (("1",), ("2",), ("3", "left"), ("s",), ("c",), ("V",), ("R", *"7h", "enter"), ("enter",)):
            for key in keys:
                await pilot.press(key)
                await settled(app, pilot)
            lines = shown(app).splitlines()
            touching[keys] = [line for line in lines if re.search(r"…[^\s│]", line)]
            cut[keys] = [line for line in lines if re.search(r"\d…", line)] if keys[0] in "3V" else []
            if keys[0] in "scV":
                await pilot.press("escape")
    assert not any(touching.values()), touching
    assert not any(cut.values()), cut


async def test_a_title_longer_than_the_border_stands_above_the_choices(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(60, 15)) as (app, pilot):
        channels.add(app.workspace.database, "guild", title=LONG, kind="social", now=app.workspace.now())
        title = f"{LONG}: what brought you here?"
        app.ask(Chooser(title, [Choice("a", "a post"), Choice("b", "a message")]), lambda _answer: None)
        await settled(app, pilot)
        text = shown(app)
        assert "what brought you here?" in " ".join(text.replace("│", " ").split())
        assert "a message" in text
        assert cut_off(app) == []
