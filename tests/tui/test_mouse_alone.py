"""A day by the mouse alone: no key is pressed from the first session to leaving, but for words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp


async def test_a_session_is_started_and_stopped(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        await by_palette(app, pilot, "Start a session on Work")
        await click(app, pilot, "Enter Start")
        assert running_channel(app) == "work"
        await click(app, pilot, "space Stop")
        assert running_channel(app) is None


async def test_a_check_an_urge_and_a_result_are_recorded_and_undone(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        before = counts(app)
        await click(app, pilot, "c Check")
        await click(app, pilot, "YouTube", "YouTube")
        assert counts(app) == (before[0] + 1, *before[1:])
        await click(app, pilot, "u Urge")
        await click(app, pilot, "YouTube", "YouTube")
        assert counts(app)[1] == before[1] + 1
        await click(app, pilot, "bored")
        await by_palette(app, pilot, "Record a result")
        await click(app, pilot, "prospect", "prospect")
        await click(app, pilot, "Enter Save")
        assert counts(app)[2] == before[2] + 1
        for _step in range(3):
            await by_palette(app, pilot, "Undo the last change")
        assert counts(app) == before, notices(app)


async def test_a_review_is_read_to_its_end(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await click(app, pilot, "3 Week")
        await click(app, pilot, "R Review")
        await click(app, pilot, "s  skip")
        for _step in range(6):
            await click(app, pilot, "⏎  continue")
        await pilot.press("a")
        await click(app, pilot, "⏎  new line")
        assert app.screen.query_one(TextArea).text == "a\n"
        await click(app, pilot, "⇥  leave the text")
        await click(app, pilot, "⇥  edit the text")
        await click(app, pilot, "^s  save the review")
        assert app.workspace.database.row("SELECT count(*) FROM review WHERE written IS NOT NULL") == (1,)


async def test_a_setting_is_changed_and_the_screens_are_left(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await click(app, pilot, "? Keys")
        await click(app, pilot, "Esc closes")
        await by_palette(app, pilot, "See and change the settings")
        await click(app, pilot, "Colours", "Colours")
        await click(app, pilot, "2  light", "2  light")
        assert app.workspace.settings.theme == "tracker-light"
        await click(app, pilot, "Esc Close")
        await by_palette(app, pilot, "Quit; a running timer keeps running")
        assert not app.is_running


def running_channel(app: TrackerApp) -> str | None:
    row = app.workspace.database.row('SELECT channel FROM session WHERE "end" IS NULL')
    return row and str(row[0])


def counts(app: TrackerApp) -> tuple[int, ...]:
    """How many sessions, urges and results there are."""
    tables = ("session", "urge", "outcome")
    return tuple(app.workspace.database.row(f"SELECT count(*) FROM {table}")[0] for table in tables)


async def click(app: TrackerApp, pilot: Pilot[None], *words: str) -> None:
    """Click on the last place of the front screen where each of these words stands, as long as they are there."""
    for number, each in enumerate(words):
        positions = [(line.rfind(each), y) for y, line in enumerate(shown(app).splitlines()) if each in line]
        positions = [spot for spot in positions if app.screen.get_widget_at(*spot)[0] is not app.screen]
        if number and not positions:
            return  # the first click was enough
        assert positions, f"no “{each}” on {app.screen}:\n{shown(app)}"
        await pilot.click(offset=positions[-1])
        await settled(app, pilot)


async def by_palette(app: TrackerApp, pilot: Pilot[None], sentence: str) -> None:
    """Open the palette by a click, scroll until the sentence is seen, and click on it."""
    await click(app, pilot, "^p palette")
    rows = app.screen.query_one("CommandList")
    for _turn in range(100):
        if sentence in shown(app):
            break
        rows.scroll_relative(y=6, animate=False, immediate=True)
        await settled(app, pilot)
    await click(app, pilot, sentence)
    await settled(app, pilot)
