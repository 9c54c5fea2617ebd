"""How many SQL statements the keys cost: what asks more than its share is felt where the file is long."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tests.statements import statements_counted
from tests.tui import figures
from tests.tui.conftest import settled
from tracker import demo
from tracker.calendar import clock
from tracker.services.live_workspace import LiveWorkspace
from tracker.storage import Database
from tracker.tui.app import TrackerApp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

    from textual.pilot import Pilot

#: The most that a check by two keys may ask the file, until everything is drawn again, and a letter typed into `/`.
CHECK, LETTER = 38, 3


@pytest.fixture(autouse=True)
def remembered_reads_are_true() -> None:
    """Without the check of `conftest`, which asks the file again for what was remembered."""


@pytest.fixture(autouse=True)
def no_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the program looks for once a second is not counted."""

    def never(app: TrackerApp, *_values: Any, **_options: Any) -> None:
        pass

    monkeypatch.setattr(TrackerApp, "set_interval", never)


@pytest.fixture
def month(tmp_path: Path) -> Callable[[], LiveWorkspace]:
    """A month of sessions by hand, in which nothing runs."""
    return lambda: figures.workspace(tmp_path, figures.UNHURRIED)


@pytest.fixture
def year(tmp_path: Path, demo_file: Path) -> Callable[[], LiveWorkspace]:
    """The demo: a year with a phone's sessions, results, people and patterns, in which a session runs."""
    path = shutil.copyfile(demo_file, tmp_path / "demo.db")

    def opened() -> LiveWorkspace:
        clock.freeze(NOW)
        return LiveWorkspace(Database.open(str(path)), demo.SETTINGS._replace(breath_seconds=0), figures.ZONE)

    return opened


@asynccontextmanager
async def opened(file: str, request: pytest.FixtureRequest) -> AsyncIterator[tuple[TrackerApp, Pilot[None]]]:
    """The screens over one of these files, once all that follows the first paint is there."""
    app = TrackerApp(request.getfixturevalue(file)())
    async with app.run_test(size=(120, 36)) as pilot:
        while not app.deferred_imported:
            await settled(app, pilot)
        await settled(app, pilot)
        yield app, pilot


@pytest.mark.parametrize("file", ["month", "year"])
async def test_a_check_by_two_keys_asks_the_file_a_few_times(file: str, request: pytest.FixtureRequest) -> None:
    with statements_counted() as executed:
        async with opened(file, request) as (app, pilot):
            # The first one reads what the next ones know; the last one is in the same second, and cuts the one before.
            for number, (channel, later) in enumerate((("x", 60), ("i", 60), ("x", 60), ("i", 60), ("i", 0))):
                clock.freeze(clock.now() + later)
                executed.clear()
                await pilot.press("c", channel)
                await settled(app, pilot)
                assert any(statement.startswith("INSERT INTO session") for statement in executed)
                assert len(executed) <= CHECK or not number, "\n".join(executed)
                cuts = any(statement.startswith("UPDATE session") for statement in executed)
                await pilot.press("escape")
                await settled(app, pilot)
            assert cuts


@pytest.mark.parametrize("file", ["month", "year"])
async def test_a_letter_typed_into_the_line_asks_the_file_hardly_ever(
    file: str, request: pytest.FixtureRequest
) -> None:
    with statements_counted() as executed:
        async with opened(file, request) as (app, pilot):
            await pilot.press("slash")
            await settled(app, pilot)
            for letter in "linkedin create 25m @samia":
                executed.clear()
                await pilot.press({" ": "space", "@": "at"}.get(letter, letter))
                await settled(app, pilot)
                assert len(executed) <= LETTER, "\n".join(executed)
