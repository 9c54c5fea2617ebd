"""The file is moved, replaced or restored under the open screens: they say so, show it, and lose nothing."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

import pytest
from textual.geometry import Size

from tests.conftest import NOW
from tests.tui import figures
from tests.tui.conftest import notices, settled, shown
from tracker.calendar import clock
from tracker.cli import main
from tracker.storage import Database, session_table, sessions
from tracker.tui import app as app_module
from tracker.tui.actions import prompts
from tracker.tui.modals.dialog import LineInput

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp


def said(app: TrackerApp) -> str:
    return " ".join(notices(app))


def notes(path: Path | str) -> list[str | None]:
    with Database.open(str(path)) as database:
        return [session.note for session in session_table.in_span(database, 0, 2**33)]


async def test_a_moved_file_is_told_once_and_has_all_that_was_confirmed(running: Running, tmp_path: Path) -> None:
    async with running() as (app, pilot):
        path, moved = app.workspace.database.file.path, str(tmp_path / "moved.db")
        await pilot.press("c", "x")
        os.rename(path, moved)
        app.tick()
        await pilot.pause()
        assert "moved" in said(app)
        app.dismiss_toasts()
        app.tick()
        await pilot.pause()
        assert said(app) == ""
        await pilot.press("u", "x")
        await pilot.pause()
        assert "moved" in said(app)
        for key in ("1", "2", "3"):
            await pilot.press(key)  # what was there is still shown
        count = len(session_table.in_span(app.workspace.database, 0, 2**33))
    assert len(notes(moved)) == count
    assert not os.path.exists(path)


async def test_a_backup_copied_over_a_quiet_file_is_shown(running: Running, tmp_path: Path) -> None:
    async with running() as (app, pilot):
        path = app.workspace.database.file.path
        other = str(tmp_path / "other.db")
        with Database.open(other) as database:
            sessions.check(database, "x", app.workspace.now() - 60, "Europe/Paris", "restored", now=app.workspace.now())
        app.workspace.database.file.settle()
        shutil.copy(other, path)
        app.tick()
        await pilot.pause()
        assert "replaced by a backup" in said(app)
        app.dismiss_toasts()
        app.tick()
        await pilot.pause()
        assert said(app) == "", "it is said once"
        await pilot.press("2")
        assert [session.note for session in session_table.in_span(app.workspace.database, 0, 2**33)] == ["restored"]
        await pilot.press("c", "x")
    assert len(notes(path)) == 2


async def test_a_quiet_log_is_brought_into_the_file(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("c", "x")
        app.tick()
        assert app.workspace.database.file.waiting()
        for _tick in range(2):  # the first one still remembers where the screens are
            app.tick()
        assert not app.workspace.database.file.waiting()


def lose(how: str, path: str, tmp_path: Path) -> None:
    """Move, delete or replace the file at `path`."""
    if how == "moved":
        os.rename(path, tmp_path / "moved.db")
    elif how == "deleted":
        os.unlink(path)
    else:
        other = str(tmp_path / "other.db")
        Database.open(other).close()
        os.replace(other, path)


@pytest.mark.parametrize("how", ["moved", "deleted", "replaced"])
@pytest.mark.parametrize("seen", ["by a key", "by the clock"])
async def test_a_lost_file_is_shown_as_such(running: Running, tmp_path: Path, how: str, seen: str) -> None:
    async with running() as (app, pilot):
        assert "Recording" in shown(app)
        lose(how, app.workspace.database.file.path, tmp_path)
        if seen == "by a key":
            await pilot.press("u", "x")
        app.tick()
        await pilot.pause()
        stopped = [line for line in shown(app).splitlines() if "█" in line]
        assert "read only: file moved or replaced" in shown(app).splitlines()[0]
        assert "Recording" not in shown(app)
        await pilot.press("u", "x")
        await pilot.pause()
        assert len(notices(app)) == 1, "it is said once"
        clock.freeze(NOW + 3600)
        app.tick()
        await pilot.pause()
        assert [line for line in shown(app).splitlines() if "█" in line] == stopped, "the clock stands"
        assert "16:12" in shown(app).splitlines()[0], "but not that of the wall"
        for key in ("2", "3", "1"):
            await pilot.press(key)
            assert "read only" in shown(app).splitlines()[0]
        await pilot.press("q")
        assert "keeps running" not in str(app.farewell)
        assert "while open" in str(app.farewell)


async def test_a_file_that_is_lost_in_the_second_of_leaving_is_told(running: Running, tmp_path: Path) -> None:
    async with running() as (app, pilot):
        lose("moved", app.workspace.database.file.path, tmp_path)
        await pilot.press("q")
        assert "while open" in str(app.farewell)


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_read_only_is_shown_at_every_width(running: Running, language: str) -> None:
    from tracker import locale

    locale.use(language)
    try:
        async with running() as (app, pilot):
            app.workspace.database.file.refusal = "the disk is read-only"
            app.reload()
            for width in (40, 60, 80, 100, 120, 160):
                await pilot.resize_terminal(width, 24)
                await settled(app, pilot)
                first = shown(app).splitlines()[0]
                assert locale._("read only") in first or (width < 60 and "⊘" in first), width
            await pilot.press("q")
            assert app.farewell is None, "nobody can stop the timer of a file that cannot be written"
    finally:
        locale.use("en")


async def test_a_backup_restored_by_another_terminal_is_told_once_and_takes_the_marks_away(
    running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running() as (app, pilot):
        path, backup = app.workspace.database.file.path, str(tmp_path / "backup.db")
        for name, value in (("TRACKER_DB", path), ("TRACKER_CONFIG", str(tmp_path / "settings.toml"))):
            monkeypatch.setenv(name, value)
        with Database.open(backup) as database:
            for minute in range(30):
                at = NOW - 3600 + 120 * minute
                sessions.check(database, "x", at, figures.ZONE, "restored", now=at)
        await pilot.press("2", "v", "k", "k", "v")
        assert prompts.day_log(app).marked
        assert main(["restore", backup, "--yes"]) == 0
        app.tick()
        await pilot.pause()
        assert said(app).count("replaced by a backup") == 1
        assert not prompts.day_log(app).marked
        app.dismiss_toasts()
        for key in ("c", "x"):
            await pilot.press(key)
        app.tick()
        await pilot.pause()
        assert "replaced by a backup" not in said(app)


async def test_marks_outlast_a_change_of_one_s_own(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "v", "k", "k", "v")
        marked = prompts.day_log(app).marked
        await pilot.press("<")
        await pilot.pause()
        assert prompts.day_log(app).marked == marked
        with Database.open(app.workspace.database.file.path) as other:
            sessions.check(other, "x", NOW - 30, figures.ZONE, "beside", now=NOW)
        app.tick()
        assert prompts.day_log(app).marked == marked


async def test_a_line_that_cannot_be_written_is_not_lost(running: Running) -> None:
    async with running() as (app, pilot):
        (pages,) = app.workspace.database.row("PRAGMA page_count")
        app.workspace.database.connection.execute(f"PRAGMA max_page_count = {pages}")
        line = "linkedin create 06:00-06:25 " + "n" * 1900
        for start in range(60, 360, 30):  # until what is free inside the file is full, too
            line = f"linkedin create {start // 60:02}:{start % 60:02}+20m " + "n" * 1900
            await pilot.press("slash")
            app.screen.query_one(LineInput).value = line
            await pilot.press("enter")
            await pilot.pause()
            if len(app.screen_stack) > 1:
                break
        assert "full" in said(app)
        assert app.screen.query_one(LineInput).value == line
        app.workspace.database.connection.execute("PRAGMA max_page_count = 1000000")
        before = len(session_table.in_span(app.workspace.database, 0, 2**33))
        await pilot.press("enter")
        await pilot.pause()
        assert len(session_table.in_span(app.workspace.database, 0, 2**33)) == before + 1


def test_the_farewell_is_wrapped_between_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    said = "LinkedIn keeps running since 14:30; `tracker status` shows it, `tracker stop` stops it"

    def leave(app: TrackerApp) -> None:
        app.farewell = said

    monkeypatch.setattr(app_module.TrackerApp, "run", leave)
    monkeypatch.setattr(app_module.TrackerApp, "size", property(lambda app: Size(40, 24)))
    monkeypatch.setattr("gc.disable", lambda: None)
    app_module.run(str(tmp_path / "t.db"), str(tmp_path / "settings.toml"), figures.ZONE)
    lines = capsys.readouterr().out.splitlines()
    assert " ".join(lines) == said
    assert max(map(len, lines)) <= 40


async def test_a_damaged_file_is_said_and_can_be_left(running: Running) -> None:
    async with running() as (app, pilot):
        app.workspace.database.file.settle()
        os.truncate(app.workspace.database.file.path, 40_000)
        app.tick()
        await pilot.press("2", "3", "1", "c", "x")
        await pilot.pause()
        assert "damaged" in said(app)
        await pilot.press("q")
        await pilot.pause()
        assert not app.is_running or app._exit
