"""The file is moved, replaced or restored under the open screens: they say so, show it, and lose nothing."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from tracker.journal import Journal, sessions

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp


def said(app: TrackerApp) -> str:
    return " ".join(notice.message for notice in app._notifications)


def notes(path: Path | str) -> list[str | None]:
    with Journal.open(str(path)) as journal:
        return [one.note for one in sessions.in_span(journal, 0, 2**33)]


async def test_a_moved_file_is_told_once_and_has_all_that_was_confirmed(running: Running, tmp_path: Path) -> None:
    async with running() as (app, pilot):
        path, moved = app.desk.journal.path, str(tmp_path / "moved.db")
        await pilot.press("c", "x")
        os.rename(path, moved)
        app._second()
        await pilot.pause()
        assert "moved" in said(app)
        app.silence()
        app._second()
        await pilot.pause()
        assert said(app) == ""
        await pilot.press("u", "x")
        await pilot.pause()
        assert "moved" in said(app)
        for key in ("1", "2", "3"):
            await pilot.press(key)  # what was there is still shown
        found = len(sessions.in_span(app.desk.journal, 0, 2**33))
    assert len(notes(moved)) == found
    assert not os.path.exists(path)


async def test_a_backup_copied_over_a_quiet_file_is_shown(running: Running, tmp_path: Path) -> None:
    async with running() as (app, pilot):
        path = app.desk.journal.path
        other = str(tmp_path / "other.db")
        with Journal.open(other) as journal:
            sessions.check(journal, "x", app.desk.now() - 60, "Europe/Paris", "restored", now=app.desk.now())
        app.desk.journal.settle()
        shutil.copy(other, path)
        app._second()
        assert said(app) == ""
        await pilot.press("2")
        assert [one.note for one in sessions.in_span(app.desk.journal, 0, 2**33)] == ["restored"]
        await pilot.press("c", "x")
    assert len(notes(path)) == 2


async def test_a_quiet_log_is_brought_into_the_file(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("c", "x")
        app._second()
        assert app.desk.journal.waiting()
        for _tick in range(2):  # the first one still remembers where the screens are
            app._second()
        assert not app.desk.journal.waiting()
