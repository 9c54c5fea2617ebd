"""What somebody meets who has never seen the screens: nothing is revealed, counted or hidden by accident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED
from tracker.services import reviewing
from tracker.settings import Settings
from tracker.tui.actions import prompts

if TYPE_CHECKING:
    from tests.tui.conftest import Running

WEEK = "2026-W47"


async def test_no_figure_is_revealed_by_one_empty_enter(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await pilot.press("R")
        await settled(app, pilot)
        await pilot.press("a")
        await settled(app, pilot)
        assert "Type a duration such as 11h, 90m or 1h30" in shown(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "No guess? ⏎ again shows the figures" in shown(app)
        assert not reviewing.is_begun(app.workspace, WEEK)
        await pilot.press("enter")
        await settled(app, pilot)
        assert reviewing.draft(app.workspace, WEEK).shown


async def test_a_notice_is_put_away_by_escape_before_anything_else(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await pilot.press("2", "v")
        app.flagged("A pattern", "73 openings after 8 posts", "⏎ evidence")
        await pilot.pause()
        assert notices(app) == ["⏎ evidence"], "two lines at most on a low screen"
        log = prompts.day_log(app)
        await pilot.press("escape")
        assert (notices(app), len(log.marked)) == ([], 1)
        await pilot.press("escape")
        assert not log.marked


async def test_whose_time_it_is_is_asked_with_times(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await pilot.press("2", "slash")
        await pilot.pause()
        await pilot.press(*"work 11:30-12:10", "enter")
        await settled(app, pilot)
        text = shown(app)
        assert "shorten the new entry: Work 11:55–12:10" in text
        assert "Use the new entry, shorten the old one: Work 11:00–11:30" in text


async def test_over_budget_enter_alone_says_what_it_does(running: Running) -> None:
    spent = Settings(first_weekday=0, breath_seconds=0, daily_budget=60)
    async with running(settings=spent, size=(80, 24)) as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        text = shown(app)
        assert "a reason, then Enter · Esc Cancel" in text
        assert "^n  Not now" in text
        assert "Any reason is enough; it is saved with the session." in text
        assert "e.g. answer Anna" in text, "an example, as the question and the keys ask for a reason already"
        await pilot.press("x")
        await settled(app, pilot)
        assert "Enter Continue · Esc Cancel" in shown(app)


async def test_a_cell_is_told_in_one_place_and_left_by_escape(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(120, 48)) as (app, pilot):
        reviewing.begin_review(app.workspace, WEEK)
        reviewing.remember_step(app.workspace, WEEK, "worth")
        await pilot.press("R")
        await settled(app, pilot)
        assert "⏎  continue" in shown(app)
        await pilot.press("down", "right")
        await settled(app, pilot)
        assert "⏎  show the calculation" in shown(app)
        assert "Instagram: hours" not in shown(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert shown(app).count("Instagram: hours") == 1
        await pilot.press("escape")
        for key in ("escape", "backspace"):
            await pilot.press(key)
            await settled(app, pilot)
            assert "⏎  continue" in shown(app)
            assert "Is it worth it?" in shown(app)
            await pilot.press("down")
        await pilot.press("escape", "enter")
        await settled(app, pilot)
        assert "Commitments and habits" in shown(app)


async def test_worth_is_a_page_of_the_week(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await pilot.press("3", "V")
        await settled(app, pilot)
        assert "Is it worth it?" in shown(app)
        await pilot.press("right", "enter")
        await settled(app, pilot)
        assert "Instagram: hours" in shown(app)
        await pilot.press("escape", "escape")
        await settled(app, pilot)
        assert len(app.screen_stack) == 1
        assert any("worth" in command.title for command in app.get_system_commands(app.screen))


async def test_examples_in_an_empty_file_are_told_as_examples(running: Running) -> None:
    async with running(size=(120, 36), empty=True) as (app, pilot):
        assert app.workspace.now() == NOW
        await pilot.press("w")
        await settled(app, pilot)
        assert "e.g. proposal for Nadia" in shown(app)


async def test_what_a_narrow_table_leaves_out_is_said_and_no_sentence_is_cut(running: Running) -> None:
    async with running(settings=UNHURRIED._replace(hour_cost=4500), size=(60, 20)) as (app, pilot):
        await pilot.press("3", "V")
        await settled(app, pilot)
        assert "↓" in shown(app), "there is more below, and it is said"
        seen = shown(app)
        for _page in range(4):
            await pilot.press("pagedown")
            seen += shown(app)
        assert "A wider window shows more: " in seen
        assert "net/h" in seen.rpartition("A wider")[2]
        assert "…" not in seen
