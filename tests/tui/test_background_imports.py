"""Sources of the settings are read beside the screens; a visit that was not meant is on the Timer, with ways out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import chromium
from tests.tui.conftest import cut_off, notices, settled, shown
from tests.tui.figures import UNHURRIED, ZONE
from tracker import locale
from tracker.calendar import clock
from tracker.importers.sources.chromium import FILE
from tracker.storage import day_records, sessions
from tracker.tui.modals.dialog import Chooser
from tracker.tui.modals.settings_dialog import TITLES

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

AUTOMATIC = UNHURRIED._replace(sources=("chrome",))
AT_WORK = AUTOMATIC._replace(focus_hours=((9 * 3600, 17 * 3600),))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def visit(home: Path, start: int, url: str = "https://www.facebook.com/", seconds: int = 50) -> None:
    path = home / ".config" / "google-chrome" / "Default"
    path.mkdir(parents=True, exist_ok=True)
    chromium(path / FILE, [(url, start, seconds)])


async def minute(app: TrackerApp, pilot: Pilot[None], now: int) -> None:
    """The clock shows `now`; what is imported by itself then is on the screen."""
    await settled(app, pilot)
    clock.freeze(now)
    app.tick()
    await settled(app, pilot)
    app.tick()
    await settled(app, pilot)


def facebook(app: TrackerApp) -> list[int]:
    rows = app.workspace.database.rows("SELECT start FROM session WHERE channel = 'facebook' AND source = 'chrome'")
    return [start for (start,) in rows]


def checks(app: TrackerApp) -> int:
    return int(app.workspace.database.row("SELECT count(*) FROM session WHERE source = 'check'")[0])


async def test_a_days_history_is_on_the_screens_without_a_key(running: Running, home: Path) -> None:
    visit(home, NOW - 3600)
    async with running(settings=AUTOMATIC, size=(120, 36), empty=True) as (app, pilot):
        await minute(app, pilot, NOW)
        assert facebook(app) == [NOW - 3600]
        assert "Facebook" in shown(app)
        assert notices(app) == []
        visit(home, NOW + 20)
        await minute(app, pilot, NOW + 30)
        assert len(facebook(app)) == 1, "a minute has not passed"
        await minute(app, pilot, NOW + 75)
        assert facebook(app) == [NOW - 3600, NOW + 20]


@pytest.mark.parametrize("view", ["1", "2", "3"])
async def test_a_source_with_a_long_path_that_failed_leaves_the_tabs_whole(
    running: Running, tmp_path: Path, view: str
) -> None:
    failing = f"chrome:{tmp_path}/a/folder/with/a/long/name/and/more/History"
    settings = UNHURRIED._replace(sources=(failing,))
    async with running(settings=settings, size=(80, 24)) as (app, pilot):
        await minute(app, pilot, NOW)
        await pilot.press(view)
        await settled(app, pilot)
        head = shown(app).splitlines()[0]
        for words in ("1 Timer", "2 Day", "3 Week", "✗ chrome:…/History", "15:12"):
            assert words in head


async def test_undo_is_of_the_users_own_last_step_and_imports_leave_redo(running: Running, home: Path) -> None:
    async with running(settings=AUTOMATIC, size=(120, 36), empty=True) as (app, pilot):
        await minute(app, pilot, NOW)
        await pilot.press("c", "l", "escape")
        visit(home, NOW + 20)
        await minute(app, pilot, NOW + 75)
        await pilot.press("z")
        await settled(app, pilot)
        assert (facebook(app), checks(app)) == ([NOW + 20], 0)
        assert notices(app)[-1] == "Undone: checked LinkedIn"
        visit(home, NOW + 120)
        await minute(app, pilot, NOW + 195)
        await pilot.press("Z")
        await settled(app, pilot)
        assert (facebook(app), checks(app)) == ([NOW + 20, NOW + 120], 1)


async def test_an_import_is_undone_on_the_import_screen_and_stays_away(running: Running, home: Path) -> None:
    visit(home, NOW - 3600)
    async with running(settings=AUTOMATIC, size=(60, 15), empty=True) as (app, pilot):
        await minute(app, pilot, NOW)
        await pilot.press("z")
        await settled(app, pilot)
        assert facebook(app) == [NOW - 3600]
        assert notices(app)[-1] == "There is nothing to undo"
        await pilot.press("I")
        await settled(app, pilot)
        assert "u  undo the last import" in shown(app)
        assert cut_off(app) == []
        await pilot.press("u")
        await settled(app, pilot)
        assert facebook(app) == []
        await pilot.press("escape")
        visit(home, NOW + 20)
        await minute(app, pilot, NOW + 375)
        assert facebook(app) == [NOW + 20]


async def test_the_import_screen_follows_what_is_imported_by_itself(running: Running, home: Path) -> None:
    visit(home, NOW - 3600)
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        await pilot.press("I")
        await settled(app, pilot)
        assert "⏎  import 1 session" in shown(app)
        await pilot.press("a")
        await minute(app, pilot, NOW + 75)
        assert facebook(app) == [NOW - 3600]
        assert "all imported before" in shown(app)
        assert "⏎  import" not in shown(app)
        assert "Last import: " in shown(app), "at this minute, or as soon as it was asked for"
        await pilot.press("a")
        await settled(app, pilot)
        assert "a  import every minute" in shown(app)
        assert notices(app) == [], "the screen itself says what is automatic"


async def test_without_the_setting_and_in_the_demo_nothing_is_read(running: Running, home: Path) -> None:
    visit(home, NOW - 3600)
    for settings, demo in ((UNHURRIED, False), (AUTOMATIC, True)):
        async with running(settings=settings, demo=demo, empty=True) as (app, pilot):
            await minute(app, pilot, NOW)
            assert facebook(app) == []
            app.workspace.database.close()


async def test_a_source_that_fails_is_named_quietly(running: Running, home: Path) -> None:
    async with running(settings=AUTOMATIC, size=(80, 24)) as (app, pilot):
        await minute(app, pilot, NOW)
        await minute(app, pilot, NOW + 60)
        assert "✗ chrome" in shown(app).splitlines()[0]
        assert notices(app) == []
        await pilot.press("comma", *["down"] * list(TITLES).index("sources"))
        await settled(app, pilot)
        assert "✗ chrome: no chrome history found on this machine" in shown(app)
        await pilot.press("escape")
        visit(home, NOW + 70)
        await minute(app, pilot, NOW + 120)
        assert "✗" not in shown(app).splitlines()[0]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36), (200, 60)])
async def test_a_visit_in_focus_hours_is_on_the_timer_with_ways_out(
    running: Running, home: Path, size: tuple[int, int], language: str
) -> None:
    locale.use(language)
    try:
        async with running(settings=AT_WORK, size=size) as (app, pilot):
            await pilot.press("space")  # what ran is stopped
            app.dismiss_toasts()
            visit(home, NOW + 20)
            await minute(app, pilot, NOW + 75)
            [line] = [line for line in shown(app).splitlines() if "▸ Facebook 15:12" in line]
            assert ("u urge" in line or "u resist" in line) if language == "en" else "u " in line
            assert ("esc dismiss" if language == "en" else "échap") in line
            assert not [fault for fault in cut_off(app) if "visit" in fault.lower()]
            await pilot.press("escape")
            await settled(app, pilot)
            assert "▸ Facebook" not in shown(app)
            await minute(app, pilot, NOW + 140)
            assert "▸ Facebook" not in shown(app), "it was dismissed"
    finally:
        locale.use("en")


async def test_in_a_pause_too_and_an_urge_answers_it(running: Running, home: Path) -> None:
    async with running(settings=AUTOMATIC, size=(100, 30), empty=True) as (app, pilot):
        day_records.begin_pause(app.workspace.database, NOW + 3600, ZONE, now=NOW - 60)
        visit(home, NOW + 20)
        await minute(app, pilot, NOW + 75)
        assert "▸ Facebook 15:12 in your pause" in shown(app)
        await pilot.press("u")
        await settled(app, pilot)
        assert isinstance(app.screen, Chooser)
        await pilot.press("f", "escape")
        await settled(app, pilot)
        assert "▸ Facebook" not in shown(app)


async def test_outside_focus_hours_and_what_was_logged_by_hand_is_not_mentioned(running: Running, home: Path) -> None:
    late = AT_WORK._replace(focus_hours=((9 * 3600, 12 * 3600),))
    async with running(settings=late, empty=True) as (app, pilot):
        visit(home, NOW + 20)
        await minute(app, pilot, NOW + 75)
        assert facebook(app)
        assert "▸ Facebook" not in shown(app)
    async with running(settings=AT_WORK._replace(sources=()), empty=True) as (app, pilot):
        sessions.add(app.workspace.database, "linkedin", NOW - 300, NOW - 200, ZONE, now=NOW)
        await minute(app, pilot, NOW)
        assert "▸ LinkedIn" not in shown(app)


async def test_a_visit_is_mentioned_for_a_quarter_of_an_hour(running: Running, home: Path) -> None:
    async with running(settings=AT_WORK, empty=True) as (app, pilot):
        visit(home, NOW + 20)
        await minute(app, pilot, NOW + 75)
        assert "▸ Facebook" in shown(app)
        await minute(app, pilot, NOW + 1100)
        assert "▸ Facebook" not in shown(app)
