"""A hook of the user's that fails while the screens are open: said once, quietly, and the record stands."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import notices, settled
from tests.tui.figures import UNHURRIED
from tracker.services import hooks, queries

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the hooks of these tests are scripts")

SAID = "The hook on-check did not work: it ended with 3. What you recorded is saved."


def hook(folder: Path, event: str, body: str) -> None:
    """A hook that is a script of the shell."""
    (folder / "hooks").mkdir(exist_ok=True)
    path = folder / "hooks" / f"on-{event}"
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)


async def check(app: TrackerApp, pilot: Pilot[None]) -> None:
    """Check Instagram by keys, let the hook end, close what the check offers, let a second pass."""
    await pilot.press("c", "i")
    await settled(app, pilot)
    hooks.wait()
    app.tick()
    assert SAID not in notices(app), "the answer to the key is not pushed aside"
    await pilot.press("escape")
    await pilot.press("escape")
    app.tick()
    await settled(app, pilot)


async def test_a_failure_is_said_once_and_the_record_stands(running: Running, tmp_path: Path) -> None:
    hook(tmp_path, "check", "exit 3")
    async with running(settings=UNHURRIED) as (app, pilot):
        before = len(queries.day(app.workspace, "2026-11-23").parts)
        await check(app, pilot)
        assert notices(app) == [SAID]
        assert len(queries.day(app.workspace, "2026-11-23").parts) == before + 1
        app.dismiss_toasts()
        await check(app, pilot)
        assert SAID not in notices(app)


async def test_another_cause_is_said_too(running: Running, tmp_path: Path) -> None:
    hook(tmp_path, "check", "exit 3")
    async with running(settings=UNHURRIED) as (app, pilot):
        await check(app, pilot)
        hook(tmp_path, "check", "exit 4")
        await check(app, pilot)
        assert notices(app) == [SAID.replace("with 3", "with 4")]


async def test_a_hook_that_works_says_nothing(running: Running, tmp_path: Path) -> None:
    hook(tmp_path, "check", "exit 0")
    async with running(settings=UNHURRIED) as (app, pilot):
        await check(app, pilot)
        assert not any("hook" in notice for notice in notices(app))
