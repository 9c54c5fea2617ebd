"""The one important thing: named, started on, done, taken up again the day after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tracker.services import closing_day, queries, session_editing
from tracker.storage import day_records

if TYPE_CHECKING:
    from tests.tui.conftest import Running

TODAY, YESTERDAY = "2026-11-23", "2026-11-22"
TASK = "proposal for Nadia"


async def test_w_names_the_task_and_w_again_starts_on_it(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await pilot.press("w")
        await pilot.pause()
        await pilot.press(*TASK, "enter")
        await settled(app, pilot)
        assert f"◇ Today: {TASK}" in shown(app)
        assert "w start it   W mark done" in shown(app)
        await pilot.press("w")
        await settled(app, pilot)
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.channel, session.intention) == ("work", TASK)
        assert f"● Under way: {TASK}" in shown(app)
        assert "stopped LinkedIn" in notices(app)[-1]


async def test_capital_w_says_it_is_done_and_takes_that_back(running: Running) -> None:
    async with running() as (app, pilot):
        closing_day.set_task(app.workspace, TASK)
        await pilot.press("W")
        await settled(app, pilot)
        assert queries.day(app.workspace, TODAY).task_done
        assert f"✓ Done: {TASK}" in shown(app)
        await pilot.press("2")
        await settled(app, pilot)
        assert f"✓ Done: {TASK}" in shown(app)
        await pilot.press("W")
        await settled(app, pilot)
        assert f"◇ Task: {TASK}" in shown(app)


async def test_w_while_it_is_under_way_names_another(running: Running) -> None:
    async with running() as (app, pilot):
        closing_day.set_task(app.workspace, TASK)
        await pilot.press("w", "w")
        await pilot.pause()
        await pilot.press("end", *" twice", "enter")
        await settled(app, pilot)
        assert queries.day(app.workspace, TODAY).task == f"{TASK} twice"


async def test_yesterdays_task_is_offered_until_today_has_one(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        day_records.set_task(app.workspace.database, YESTERDAY, "call Samia", now=NOW)
        app.reload()
        await settled(app, pilot)
        assert "◇ Yesterday's, still to do: call Samia" in shown(app)
        await pilot.press("w", "enter")
        await settled(app, pilot)
        assert queries.day(app.workspace, TODAY).task == "call Samia"
        await pilot.press("W", "w")
        await pilot.pause()
        await pilot.press(*"rest", "enter")
        await settled(app, pilot)
        assert queries.day(app.workspace, TODAY).task == "rest"
        assert not queries.day(app.workspace, TODAY).task_done


async def test_without_a_task_capital_w_says_how_to_name_one(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("W")
        await pilot.pause()
        assert "[w] names one" in notices(app)[-1]


async def test_the_line_can_be_clicked(running: Running) -> None:
    async with running() as (app, pilot):
        closing_day.set_task(app.workspace, TASK)
        app.reload()
        await settled(app, pilot)
        await pilot.click("#task", offset=(5, 0))
        await settled(app, pilot)
        session = queries.running(app.workspace)
        assert session is not None
        assert session.intention == TASK


async def test_the_focus_channel_offers_the_task_first(running: Running) -> None:
    async with running() as (app, pilot):
        closing_day.set_task(app.workspace, TASK)
        await pilot.press("s", "k", "enter")
        await settled(app, pilot)
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.channel, session.intention) == ("work", TASK)


@pytest.mark.parametrize("size", [(80, 24), (120, 36), (200, 60)])
async def test_any_words_fit_in_one_line(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size) as (app, pilot):
        for words in ("[/foo] [@click=app.quit]x", "a" * 300, "漢字 ] ["):
            await pilot.press("1")
            closing_day.set_task(app.workspace, words)
            app.reload()
            await settled(app, pilot)
            lines = shown(app).splitlines()
            assert lines[1].lstrip().startswith("◇ Today:"), words
            assert len(lines) == size[1]
            await pilot.press("2")
            await settled(app, pilot)
            assert "◇ Task:" in shown(app), words


async def test_a_session_tells_what_set_it_off_and_why_over_budget(running: Running) -> None:
    async with running(size=(200, 60)) as (app, pilot):
        session = queries.running(app.workspace)
        assert session is not None
        session_editing.edit(app.workspace, session, trigger="bored", override="Anna waits")
        app.reload()
        await settled(app, pilot)
        assert "because: bored · ▲ Anna waits" in shown(app)
        await pilot.press("2")
        await settled(app, pilot)
        assert "because: bored · ▲ Anna waits" in shown(app)
