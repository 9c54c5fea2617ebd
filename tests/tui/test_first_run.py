"""The first run: one question at a time, each skippable, saved as settings; nothing recorded that was not asked for."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from textual.worker import WorkerCancelled

from tests.conftest import NOW
from tests.importers import makers
from tests.tui.conftest import cut_off, notices, settled, shown
from tests.tui.figures import UNHURRIED
from tracker import locale, settings
from tracker.services import closing_day, live_workspace, noted_records, queries, timekeeping
from tracker.storage import Database, undo_steps
from tracker.tui.base_app import OPEN_DEMO

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.settings import Settings
    from tracker.tui.app import TrackerApp


@pytest.fixture(autouse=True)
def machine_without_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No history of the machine that runs the tests is read."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "USERPROFILE", "LOCALAPPDATA", "APPDATA"):
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def saved(app: TrackerApp) -> Settings:
    return settings.load(app.workspace.config or "")


async def test_five_answers_are_five_settings(running: Running) -> None:
    try:
        async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
            assert "How do you want to begin?" in shown(app)
            await press(app, pilot, "s")
            assert "1 of 5" in shown(app)
            await press(app, pilot, "f")
            assert "2 sur 5" in shown(app) or "2 of 5" in shown(app), "in French from here on, where it is translated"
            await press(app, pilot, "l", "down", "space", "enter")
            await press(app, pilot, *"45", "space", *"CHF", "enter")
            await press(app, pilot, *"1h30", "enter")
            await press(app, pilot, *"23:00-07:00", "enter")
            assert len(app.screen_stack) == 1
            kept = saved(app)
            assert (kept.language, kept.channels, kept.currency) == ("fr", ("linkedin", "instagram"), "CHF")
            assert (kept.hour_cost, kept.daily_budget, kept.sleep) == (4500, 5400, (23 * 3600, 7 * 3600))
            assert [channel.name for channel in queries.offered(app.workspace)] == ["linkedin", "instagram"]
            assert queries.is_empty(app.workspace)
    finally:
        locale.use("en")


async def test_enter_alone_skips_each_and_nothing_is_written(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await press(app, pilot, "s")
        for number in range(1, 6):
            assert f"{number} of 5" in shown(app)
            assert ("Enter Skip" in shown(app)) == (number > 1)
            await press(app, pilot, "enter")
        assert len(app.screen_stack) == 1
        assert not os.path.exists(app.workspace.config or "")
        assert live_workspace.is_blank(app.workspace)
        assert undo_steps.last_entry(app.workspace.database) == (0, 0), "nothing to undo"


@pytest.mark.parametrize("before", range(5))
async def test_escape_cancels_the_questions_that_are_left(running: Running, before: int) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await press(app, pilot, "s", *["enter"] * before)
        assert f"{before + 1} of 5" in shown(app)
        assert "Esc Cancel" in shown(app)
        await press(app, pilot, "escape")
        assert len(app.screen_stack) == 1
        assert not os.path.exists(app.workspace.config or "")


async def test_enter_saves_once_something_is_typed(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await press(app, pilot, "s", "enter", "enter", "4")
        assert "Enter Save · Esc Cancel" in shown(app)
        await press(app, pilot, "backspace")
        assert "Enter Skip · Esc Cancel" in shown(app)


async def test_escape_keeps_what_was_answered_before(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await press(app, pilot, "s", "enter", "enter", *"45", "space", *"CHF", "enter", *"1h30", "escape")
        assert (saved(app).hour_cost, saved(app).daily_budget) == (4500, None)


async def test_a_letter_means_one_thing_while_the_greeting_is_open(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        text = shown(app)
        assert ("s  Set up" in text, "s Start" in text, "start a session" in text) == (True, False, False)
        await press(app, pilot, "escape")
        text = shown(app)
        assert ("s  Set up" in text, "s Start" in text, "start a session" in text) == (False, True, True)


async def test_what_cannot_be_read_stays_with_its_reason(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await press(app, pilot, "s", "enter", "enter", "enter", *"much", "enter")
        assert "4 of 5" in shown(app)
        assert "“much” cannot be read; write a duration such as 2h, or empty" in shown(app)
        await press(app, pilot, "escape")
        assert not os.path.exists(app.workspace.config or "")


async def test_a_currency_alone_is_an_answer(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await press(app, pilot, "s", "enter", "enter", *"gbp", "enter", "escape")
        assert (saved(app).currency, saved(app).hour_cost) == ("GBP", None)


async def test_a_channel_is_given_another_letter(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await press(app, pilot, "s", "enter", "down", "equals_sign", "g")
        letters = queries.letters(app.workspace)
        assert (letters["instagram"], letters["messenger"]) == ("g", "i"), "the two are exchanged"
        await press(app, pilot, "equals_sign", "c")
        assert notices(app)[-1] == "C is taken: it repeats the last channel"
        await press(app, pilot, "equals_sign", "escape")
        assert "2 of 5" in shown(app), "escape cancels that question alone"
        await press(app, pilot, "g", "enter")
        assert saved(app).channels == ("instagram",)


async def test_one_is_greeted_once_and_enter_asks_again(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await press(app, pilot, "escape")
        assert len(app.screen_stack) == 1
        assert not live_workspace.greeting_is_due(app.workspace)
        await press(app, pilot, "enter")
        assert "Set up" in shown(app)


@pytest.mark.parametrize("record", ["urge", "session", "task"])
async def test_nobody_is_greeted_on_a_file_with_records(running: Running, record: str) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, _pilot):
        with Database.open(app.workspace.database.file.path) as other:
            other.connection.execute("DELETE FROM state WHERE name = 'greeted'")
            other.connection.commit()
        app.tick()
        assert live_workspace.greeting_is_due(app.workspace)
        if record == "urge":
            noted_records.record_urge(app.workspace, "linkedin")
        elif record == "session":
            timekeeping.record_check(app.workspace, "linkedin", NOW)
        else:
            closing_day.set_task(app.workspace, "the offer")
        assert not live_workspace.greeting_is_due(app.workspace)


async def test_nobody_is_greeted_in_the_demo(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True, greeted=False, demo=True) as (app, _pilot):
        assert len(app.screen_stack) == 1


async def test_one_key_opens_the_demo(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await pilot.press("d")
        await pilot.pause()
        assert app.return_code == OPEN_DEMO


@pytest.mark.parametrize("waits", [True, False])
async def test_while_the_demo_is_made_a_page_says_so_and_escape_stays_here(running: Running, waits: bool) -> None:
    made = threading.Event()
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        app.make_demo = lambda: assert_set(made)
        await pilot.press("d")
        await pilot.pause()
        assert "Making the made-up year: a few seconds …" in shown(app)
        if not waits:
            await pilot.press("escape")
            await pilot.pause()
        assert app.return_code is None
        made.set()
        with suppress(WorkerCancelled):  # the app was left
            await app.workers.wait_for_complete()
        await pilot.pause()
        assert app.return_code == (OPEN_DEMO if waits else None)


def assert_set(event: threading.Event) -> None:
    assert event.wait(30)


async def test_the_demo_that_was_chosen_here_says_how_to_come_back(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(160, 40), demo=True, returns_to_own_file=True) as (app, pilot):
        await settled(app, pilot)
        assert notices(app) == ["[q] leaves the demo, back to your own file"]
        assert "q Leave the demo" in shown(app)
    async with running(settings=UNHURRIED, size=(160, 40), demo=True) as (app, pilot):
        await settled(app, pilot)
        assert notices(app) == []
        assert "q Quit" in shown(app)


@pytest.mark.skipif(sys.platform != "linux", reason="the folder of the made-up browser is Linux's")
async def test_history_of_this_machine_is_shown_before_one_key_imports_it(running: Running, tmp_path: Path) -> None:
    profile = tmp_path / "home" / ".config" / "google-chrome" / "Default"
    profile.mkdir(parents=True)
    makers.chromium(profile / "History", [("https://www.linkedin.com/feed/", NOW - 7200, 60)])
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, greeted=False) as (app, pilot):
        await press(app, pilot, "s", *["enter"] * 5)
        assert "Found on this machine" in shown(app)
        assert "chrome  1 new session" in shown(app)
        assert queries.is_empty(app.workspace), "so far it was only looked at"
        await press(app, pilot, "escape")
        assert queries.is_empty(app.workspace)
        app.perform("setup")
        await settled(app, pilot)
        await press(app, pilot, *["enter"] * 5)
        await press(app, pilot, "enter")
        assert not queries.is_empty(app.workspace)
        assert "1 session imported" in notices(app)[-1]
        await press(app, pilot, "z")
        assert queries.is_empty(app.workspace), "one step of undo"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36), (200, 60)])
async def test_every_question_is_whole(running: Running, size: tuple[int, int], language: str) -> None:
    locale.use(language)
    try:
        chosen = UNHURRIED._replace(language=language)
        async with running(settings=chosen, size=size, empty=True, greeted=False) as (app, pilot):
            assert cut_off(app) == []
            await press(app, pilot, "s")
            for _question in range(5):
                assert cut_off(app) == []
                assert "…" not in shown(app)
                await press(app, pilot, "enter")
    finally:
        locale.use("en")


async def test_the_welcome_is_two_lines_and_a_question(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, _pilot):
        lines = [line.strip("│╭╮╰╯─ ") for line in shown(app).splitlines()[1:-1]]
        words = [line for line in lines if line][1:4]
        assert words[2] == "How do you want to begin?"
