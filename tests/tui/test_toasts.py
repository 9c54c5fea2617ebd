"""Where toasts stand: over the first line of the screen, never over a line of the log, a panel's rows or the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets._toast import Toast

from tests.tui import figures
from tests.tui.conftest import notices, settled, shown
from tracker.tui.app import TrackerApp

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Running


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36)], ids=lambda size: "x".join(map(str, size)))
async def test_a_toast_lies_over_no_row_and_no_key(tmp_path: Path, size: tuple[int, int]) -> None:
    app = TrackerApp(figures.workspace(tmp_path, settings=figures.UNHURRIED))
    async with app.run_test(size=size, notifications=True) as pilot:
        await settled(app, pilot)
        for view in ("1", "2", "3"):
            await pilot.press(view)
            await settled(app, pilot)
            app.dismiss_toasts()
            await settled(app, pilot)
            app.notify("Stopped LinkedIn after 37m")
            await settled(app, pilot)
            [toast] = app.screen.query(Toast)
            assert (toast.region.y, toast.region.height) == (0, 1)
            assert "Stopped LinkedIn after 37m" in shown(app).splitlines()[0]


async def test_what_the_timer_shows_is_not_said_beside_it(running: Running) -> None:
    async with running(settings=figures.UNHURRIED) as (app, pilot):
        await pilot.press("space")
        await pilot.pause()
        assert notices(app)[-1].startswith("Stopped LinkedIn after 37m"), "the clock does not say that"
        for keys in (("space",), ("x", "s", "i", "enter")):
            await pilot.press(*keys)
            await settled(app, pilot)
            assert "Recording since" in shown(app)
            assert not any(notice.startswith(("Resumed", "Started")) for notice in notices(app))
        await pilot.press("2", "space", "space")
        await pilot.pause()
        assert notices(app)[-1] == "Resumed Instagram", "the Day does not show it"
