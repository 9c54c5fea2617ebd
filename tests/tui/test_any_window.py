"""A window may get any size while anything is open: nothing breaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import drawn, settled
from tests.tui.figures import UNHURRIED

if TYPE_CHECKING:
    from tests.tui.conftest import Running

SIZES = ((1, 1), (12, 4), (300, 2))

#: What opens something, and where.
OPENING = (
    *("1s", "1c", "1u", "1o", "1t", "1n", "1b", "1y", "1/", "1E", "1I", "1P", "1V", "1Y", "1,", "1?"),
    *("2e", "2i", "2g", "2G", "2f", "2p", "2E", "3enter", "3R", "3A", "3Y", "3V", "3g"),
)


@pytest.mark.parametrize("keys", OPENING)
async def test_nothing_breaks_in_a_window_of_any_size(running: Running, keys: str) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await pilot.press(keys[0], keys[1:])
        await settled(app, pilot)
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await pilot.press("down", "right", "enter")
            await settled(app, pilot)
            drawn(app)
