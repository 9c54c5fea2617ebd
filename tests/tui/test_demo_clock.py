"""The demo is told by the clocks of its own city, wherever the reader is."""

from __future__ import annotations

import asyncio
import re
import shutil
import time
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import settled, shown
from tracker import demo
from tracker.cli import screens
from tracker.cli.context import Context
from tracker.cli.parser import ParsedArguments
from tracker.services.live_workspace import LiveWorkspace
from tracker.settings import load
from tracker.storage import Database
from tracker.tui import app as screen
from tracker.tui.app import TrackerApp

if TYPE_CHECKING:
    from pathlib import Path

CLOCK = re.compile(r"\b\d\d:\d\d\b")


@pytest.mark.parametrize("zone", ["UTC", "America/Los_Angeles"])
def test_every_clock_of_the_demo_is_of_its_city(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, demo_file: Path, zone: str
) -> None:
    monkeypatch.setattr(demo, "make", lambda path, now: shutil.copy(demo_file, path))
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    seen: list[str] = []

    async def look(path: str, config: str, zone: str) -> None:
        with Database.open(path) as database:
            app = TrackerApp(LiveWorkspace(database, load(config), zone, config), demo=True)
            async with app.run_test(size=(120, 36)) as pilot:
                await settled(app, pilot)
                seen.append(shown(app))

    def run(path: str, config: str, zone: str, *, demo: bool, returns_to_own_file: bool) -> int:
        assert demo
        assert not returns_to_own_file
        asyncio.run(look(path, config, zone))
        return 0

    monkeypatch.setattr(screen, "run", run)
    monkeypatch.setattr(screens, "has_terminal", lambda: True)
    context = Context(db=str(tmp_path / "own.db"), config=str(tmp_path / "own.toml"), now=str(NOW))
    screens.demo(context, ParsedArguments())
    (text,) = seen
    header = text.splitlines()[0]
    now = CLOCK.findall(header)[-1]
    assert now == "15:12", "the demo's clock, on the wall in Paris"
    assert "demo: made-up data, in Paris time" in header
    since = re.search(r"since (\d\d:\d\d)", text)
    first = re.search(r"first (\d\d:\d\d)", text)
    assert since is not None
    assert first is not None
    assert first[1] < since[1] <= now
