"""A window may get any size while anything is open: nothing breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.events import Resize
from textual.geometry import Size

from tests.tui.conftest import drawn, settled, shown
from tests.tui.figures import UNHURRIED
from tests.tui.test_escape import done

if TYPE_CHECKING:
    from tests.tui.conftest import Running

SIZES = ((1, 1), (12, 4), (300, 2))

#: What opens something, and where.
OPENING = (
    *("1s", "1c", "1u", "1o", "1t", "1n", "1b", "1y", "1/", "1E", "1I", "1P", "1V", "1Y", "1,", "1?"),
    *("2e", "2i", "2g", "2G", "2f", "2p", "2E", "3enter", "3R", "3A", "3Y", "3V", "3g"),
)


#: A key of another view, which opens nothing here.
ELSEWHERE = ("1Y",)


@pytest.mark.parametrize("view", "123")
async def test_nothing_breaks_in_a_window_of_any_size(running: Running, view: str) -> None:
    """In one app for each view: what a case records is undone before the next one."""
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        before = done(app)
        for keys in (keys for keys in OPENING if keys[0] == view):
            await pilot.press(view)
            await settled(app, pilot)
            await pilot.press(keys[1:])
            await settled(app, pilot)
            assert len(app.screen_stack) > 1 or keys in ELSEWHERE, f"{keys} opens something"
            for size in SIZES:
                await pilot.resize_terminal(*size)
                await pilot.press("down", "right", "enter")
                await settled(app, pilot)
                drawn(app)
            await pilot.press(*["escape"] * 5)
            await pilot.resize_terminal(80, 24)
            await settled(app, pilot)
            assert len(app.screen_stack) == 1, keys
            while done(app) > before:
                await pilot.press("z")
                await settled(app, pilot)


async def test_a_window_that_changed_its_size_looks_as_if_it_had_always_had_it(running: Running) -> None:
    """With a dialog open too, and behind that dialog once it is closed."""
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):

        async def look(*keys: str, size: tuple[int, int] | None = None) -> str:
            if size:
                await pilot.resize_terminal(*size)
            await pilot.press(*keys)
            await settled(app, pilot)
            return shown(app)

        small, large = (80, 24), (200, 60)
        view, dialog = await look(), await look("question_mark")
        large_dialog = await look(size=large)
        large_view = await look("escape")
        assert await look("question_mark") == large_dialog
        assert await look(size=small) == dialog
        assert await look("escape") == view
        assert await look(size=large) == large_view


async def test_a_view_has_the_new_size_behind_a_dialog_that_was_opened_in_that_moment(running: Running) -> None:
    """The app knows the size of the window some milliseconds before its screens are told."""
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):

        def open_help(size: tuple[int, int]) -> None:
            assert app.size == size != app.screen.outer_size
            app.perform("help")

        for size in ((200, 60), (80, 24)):
            app.post_message(Resize(Size(*size), Size(*size)))
            app.call_later(open_help, size)
            await settled(app, pilot)
            opened_then = shown(app)
            await pilot.press("escape", "question_mark")
            await settled(app, pilot)
            assert opened_then == shown(app), size
            await pilot.press("escape")


async def test_the_filter_stays_on_the_border_of_the_log_in_a_window_of_another_size(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await pilot.press("2", "f", "i")
        await settled(app, pilot)
        for size in ((200, 60), (80, 24), (60, 15)):
            await pilot.resize_terminal(*size)
            await settled(app, pilot)
            resized = shown(app)
            await pilot.press("enter", "f")
            await settled(app, pilot)
            assert resized == shown(app), size
