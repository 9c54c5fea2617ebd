"""The longer look by keys and by mouse: opened from the Week, switched, scrolled, left again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import settled, shown
from tests.tui.figures import ZONE
from tracker import locale
from tracker.reports.longer_look import longer_look
from tracker.storage import channels, reviews
from tracker.tui.actions.review_actions import LongerLook, page
from tracker.tui.modals.dialog import Sheet
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

SIZES = [(80, 24), (120, 36), (200, 60), (60, 15)]


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def whole(app: TrackerApp, weeks: int, width: int = 116) -> str:
    """All of the page, whatever of it is seen."""
    assert isinstance(app.screen, LongerLook)
    assert app.screen.year
    return "\n".join(line.plain for line in page(app.screen.year, weeks, width, 36))


async def test_one_key_from_the_week_and_one_back(running: Running) -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "3", "Y")
        assert isinstance(app.screen, LongerLook)
        assert "‹13 weeks›" in shown(app)
        await press(app, pilot, "Y")
        assert len(app.screen_stack) == 1
        await press(app, pilot, "Y", "escape")
        assert len(app.screen_stack) == 1


async def test_it_is_for_the_week_alone(running: Running) -> None:
    async with running() as (app, pilot):
        for view in ("1", "2"):
            await press(app, pilot, view, "Y")
            assert len(app.screen_stack) == 1


async def test_it_ends_with_the_week_that_is_shown(running: Running) -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "3", "left", "left", "Y")
        assert isinstance(app.screen, LongerLook)
        assert app.screen.year
        assert app.screen.year.weeks[-1].week == "2026-W46"
        assert len(app.screen.year.weeks) == 52
        assert "Sun 15 Nov 2026" in shown(app)


async def test_thirteen_weeks_and_a_year(running: Running) -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "3", "Y")
        assert "Mon 31 Aug 2026 – Mon 23 Nov 2026" in shown(app)
        assert "W48" in shown(app)
        await press(app, pilot, "2")
        assert "‹52 weeks›" in shown(app)
        assert "Mon 1 Dec 2025 – Mon 23 Nov 2026" in shown(app)
        await press(app, pilot, "tab")
        assert "‹13 weeks›" in shown(app)
        await press(app, pilot, "left", "1")
        assert "‹13 weeks›" in shown(app)


async def test_to_the_end_and_back_to_the_top(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await press(app, pilot, "3", "Y")
        assert "not logged" not in shown(app)
        await press(app, pilot, "end")
        assert "? not logged" in shown(app)
        assert "Every day, by its social time" in shown(app)
        await press(app, pilot, "down", "pagedown")
        assert app.screen.query_one(Sheet).top > 0
        await press(app, pilot, "2")
        assert app.screen.query_one(Sheet).top == 0
        await press(app, pilot, "end", "home", "k")
        assert app.screen.query_one(Sheet).top == 0


async def test_by_mouse(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await press(app, pilot, "3")
        assert shown(app)
        await pilot.click("Footer", offset=(shown(app).splitlines()[-1].index("Y Longer look"), 0))
        await settled(app, pilot)
        assert isinstance(app.screen, LongerLook)
        await pilot.click("#longer-keys", offset=(22, 0))
        await settled(app, pilot)
        assert "‹52 weeks›" in shown(app)
        await pilot.click("#longer-keys", offset=(55, 0))
        await settled(app, pilot)
        assert len(app.screen_stack) == 1


async def test_unknown_weeks_are_gaps_and_not_zeros(running: Running) -> None:
    async with running() as (app, pilot):
        await press(app, pilot, "3", "Y")
        lines = whole(app, 13).splitlines()
        # Nothing was logged before 20 October: eight of thirteen weeks, in every chart.
        social = next(line for line in lines if line.startswith("time"))
        assert "█" in social
        logged = [line for line in lines if line.startswith("Days")]
        assert logged
        floors = [line for line in lines if line.count("?") == 7]
        assert len(floors) > 5


async def test_what_the_user_thought_and_decided(running: Running) -> None:
    async with running() as (app, pilot):
        database = app.workspace.database
        reviews.begin(database, "2026-W46", ZONE, now=NOW)
        reviews.put_estimates(database, "2026-W46", {None: 5 * 3600}, now=NOW)
        said = "[/b] no lead in [40 hours]"
        reviews.give_verdict(database, "2026-W46", "instagram", "stop", computed="cut", now=NOW, why=said)
        await press(app, pilot, "3", "Y")
        text = whole(app, 13)
        assert "Your guesses" in text
        assert "W46" in text
        assert re.search(r"logged, \d+h \d+m more", text)
        assert "2026-W46: × stop (calculated: - cut down)" in text
        assert f"“{said}”" in text
        await press(app, pilot, "end")
        assert "[/b] no lead" in shown(app)


async def test_a_first_run_has_a_page_without_figures(running: Running) -> None:
    async with running(empty=True, size=(80, 24)) as (app, pilot):
        await press(app, pilot, "3", "Y")
        assert "0 of 85 days logged" in shown(app)
        await press(app, pilot, "2", "end")
        assert "? not logged" in shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_nothing_is_cut_in_either_language(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size) as (app, _pilot):
        try:
            for language in ("en", "fr"):
                locale.use(language)
                report = longer_look(
                    Workspace(app.workspace.database, app.workspace.settings, ZONE, now=NOW), "2026-W48"
                )
                for weeks in (13, 52):
                    lines = page(report, weeks, size[0] - 4, size[1])
                    assert max(line.cell_length for line in lines) <= size[0] - 4
                    assert [line.plain for line in lines if "…" in line.plain] == []
        finally:
            locale.use("en")


async def test_a_channel_by_any_name(running: Running) -> None:
    async with running() as (app, pilot):
        channel = channels.find(app.workspace.database, "instagram")
        channels.rename(app.workspace.database, channel, "instagram", title="[@click=app.quit]Insta[/]", now=NOW)
        await press(app, pilot, "3", "Y")
        assert "[@click" in whole(app, 13)
