"""Every screen as a picture, narrow and wide, dark and light: what no assertion on text would notice.

After a change that is meant: `pytest tests/tui/test_pictures.py --snapshot-update`, and look at each.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui import figures
from tests.tui.conftest import settled
from tracker.settings import Settings
from tracker.tui.app import TrackerApp

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from textual.pilot import Pilot

KEYS = {"timer": (), "day": ("2",), "week": ("3", "left")}


@pytest.mark.parametrize("theme", ["tracker-dark", "tracker-light"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
@pytest.mark.parametrize("view", list(KEYS))
def test_a_screen_looks_as_it_did(
    snap_compare: Callable[..., bool],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    view: str,
    size: tuple[int, int],
    theme: str,
) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    app = TrackerApp(figures.desk(tmp_path, Settings(first_weekday=0, theme=theme)))

    async def press(pilot: Pilot[None]) -> None:
        await settled(app, pilot)
        for key in KEYS[view]:
            await pilot.press(key)
        await settled(app, pilot)

    assert snap_compare(app, terminal_size=size, run_before=press)
