"""A running app over a believable month, its clock frozen."""

from __future__ import annotations

import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest
from textual import _wait

from tests.tui import figures
from tracker.calendar import clock
from tracker.tui.app import TrackerApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot

    Running = Callable[..., AbstractAsyncContextManager[tuple[TrackerApp, Pilot[None]]]]


@pytest.fixture(autouse=True)
def short_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    """After each key Textual looks twice, 20 ms long, whether the program rests; a shorter look tells as much."""
    monkeypatch.setattr(_wait, "SLEEP_GRANULARITY", 0.004)
    monkeypatch.setattr(_wait, "SLEEP_IDLE", 0.0004)


@pytest.fixture(autouse=True)
def french_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Paris, in English; the clock runs again afterwards."""
    monkeypatch.setenv("TZ", figures.ZONE)
    time.tzset()
    yield
    clock.freeze(None)


@pytest.fixture
def running(tmp_path: Path) -> Running:
    """`async with running(size=(120, 36)) as (app, pilot)`; options go to figures.desk and TrackerApp."""

    @asynccontextmanager
    async def run(
        size: tuple[int, int] = (120, 36), *, demo: bool = False, **options: Any
    ) -> AsyncIterator[tuple[TrackerApp, Pilot[None]]]:
        app = TrackerApp(figures.desk(tmp_path, **options), demo=demo)
        async with app.run_test(size=size) as pilot:
            await settled(app, pilot)
            yield app, pilot

    return run


async def settled(app: TrackerApp, pilot: Pilot[None]) -> None:
    """Everything that was asked for is drawn, the patterns too."""
    await pilot.pause()
    await app.workers.wait_for_complete()
    await pilot.pause()
    await pilot.pause()


def shown(app: TrackerApp) -> str:
    """The text of the whole screen, line by line."""
    width, height = app.size
    return (
        "\n".join("".join(segment.text for segment in line) for line in app.screen._compositor.render_strips(app.size))
        or f"{width}x{height}"
    )


def notices(app: TrackerApp) -> list[str]:
    """What was said in notices, the last one last."""
    return [notice.message for notice in app._notifications]
