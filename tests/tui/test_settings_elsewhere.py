"""Settings that another program writes while the screens are open: seen within two looks, nothing typed is lost."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED
from tests.tui.test_escape import dump, press, words
from tracker import locale, settings
from tracker.services import pattern_marks, queries
from tracker.services.live_workspace import LiveWorkspace, fingerprint
from tracker.tui.modals.dialog import LineInput
from tracker.tui.modals.start_dialog import BreathingPause

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    locale.use("en")


async def written(app: TrackerApp, pilot: Pilot[None], text: str | None, looks: int = 2) -> None:
    """Another program writes the settings file (None: takes it away), and as many seconds go by."""
    path = Path(app.workspace.config or "")
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    for _second in range(looks):
        app.tick()
    await settled(app, pilot)


async def test_what_another_terminal_sets_is_seen_at_the_next_look(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        settings.save(app.workspace.config or "", "daily_budget", "3h")
        settings.save(app.workspace.config or "", "breath_seconds", "0")
        app.tick()
        await settled(app, pilot)
        assert "of 3h" in shown(app)
        assert notices(app)[-1].startswith("Settings changed elsewhere: ")
        assert "Social time per day" in notices(app)[-1]
        settings.save(app.workspace.config or "", "theme", "tracker-light")
        app.tick()
        await settled(app, pilot)
        assert app.theme == "tracker-light"
        assert notices(app)[-1] == "Settings changed elsewhere: Colours"


async def test_a_day_that_begins_at_another_hour_is_the_day_that_is_shown(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(120, 36)) as (app, pilot):
        assert app.workspace.today() == "2026-11-23"
        await written(app, pilot, 'day_starts_at = "16:00"\n', 1)
        assert app.workspace.today() == "2026-11-22"
        assert "Sun 22 Nov" in shown(app).splitlines()[0]


async def test_checks_are_counted_by_the_new_length(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        checks = queries.day(app.workspace, "2026-11-23").checks
        await written(app, pilot, "check_seconds = 300\n", 1)
        assert queries.day(app.workspace, "2026-11-23").checks > checks


async def test_keys_are_bound_anew(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await written(app, pilot, '[keys]\nstart = "f2"\n', 1)
        assert "f2 Start" in shown(app)
        await press(app, pilot, ("s",))
        assert len(app.screen_stack) == 1
        await press(app, pilot, ("f2",))
        assert len(app.screen_stack) == 2
        await press(app, pilot, ("escape",))
        await written(app, pilot, "", 2)
        assert "s Start" in shown(app)
        await press(app, pilot, ("s",))
        assert len(app.screen_stack) == 2


async def test_another_language_is_spoken_at_once(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await written(app, pilot, 'language = "fr"\n', 1)
        assert "Aujourd’hui" in shown(app)


async def test_what_is_being_typed_stays(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("s", "x", *words("create two posts")))
        await written(app, pilot, 'theme = "tracker-light"\nbreath_seconds = 9\n[keys]\nstart="f2"\n', 1)
        assert app.screen.query_one(LineInput).value == "create two posts"
        await press(app, pilot, ("enter",))
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.channel, session.intention) == ("x", "two posts")
        await press(app, pilot, ("f2", "x"))
        assert app.screen.query(BreathingPause), "the next one goes by the new settings"


async def test_the_list_of_settings_shows_them_too(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(120, 48)) as (app, pilot):
        await press(app, pilot, ("comma",))
        await written(app, pilot, "check_limit = 77\n", 1)
        assert "77" in shown(app)


@pytest.mark.parametrize(
    "text",
    ["daily_budget = [", 'daily_budget = "soon"\n', 'colour = "red"\n', '[keys]\nstart = "t"\n', "\x00", "a" * 200_000],
)
async def test_a_file_that_cannot_be_is_said_once_and_the_old_settings_stay(running: Running, text: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        before = dump(app)
        await written(app, pilot, text)
        said = [notice for notice in notices(app) if "stay as they were" in notice]
        assert len(said) == 1
        assert "\n" not in said[0]
        assert app.workspace.settings == UNHURRIED
        app.dismiss_toasts()
        await settled(app, pilot)
        for _second in range(3):
            app.tick()
        await settled(app, pilot)
        assert not any("stay as they were" in notice for notice in notices(app)), "once is enough"
        await written(app, pilot, 'daily_budget = "4h"\n')
        assert app.workspace.settings.daily_budget == 4 * 3600
        assert dump(app) == before


async def test_a_file_that_an_editor_is_replacing_is_not_an_empty_one(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await written(app, pilot, 'daily_budget = "3h"\n')
        await written(app, pilot, "", 1)
        assert app.workspace.settings.daily_budget == 3 * 3600
        await written(app, pilot, 'daily_budget = "4h"\n', 1)
        assert app.workspace.settings.daily_budget == 4 * 3600
        await written(app, pilot, None, 1)
        assert app.workspace.settings.daily_budget == 4 * 3600
        app.tick()
        assert app.workspace.settings == settings.Settings(), "gone for good: the defaults"


async def test_our_own_writing_is_no_news(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("D",))
        said = notices(app)
        for _second in range(3):
            app.tick()
        await settled(app, pilot)
        assert notices(app) == said


async def test_nothing_is_read_while_the_file_stays_as_it_is(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await written(app, pilot, 'daily_budget = "3h"\n')
        monkeypatch.setattr("tracker.services.live_workspace.load", None)
        for _second in range(3):
            app.tick()


async def test_what_is_written_while_the_settings_are_read_is_seen_at_the_next_look(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, _pilot):
        path, workspace = app.workspace.config or "", app.workspace
        settings.save(path, "daily_budget", "2h")
        read_settings = workspace.changed_settings()
        assert read_settings is not None
        settings.save(path, "daily_budget", "3h")
        workspace.use_settings(read_settings)
        newer = workspace.changed_settings()
        assert newer is not None
        assert newer.daily_budget == 3 * 3600


@pytest.mark.parametrize("module", ["settings", "services.pattern_marks"])
async def test_what_is_written_right_after_our_own_writing_is_seen(
    running: Running, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    async with running(settings=UNHURRIED) as (app, _pilot):
        path, workspace = app.workspace.config or "", app.workspace
        name = {"settings": "save", "services.pattern_marks": "save_threshold"}[module]
        real, save = getattr(settings, name), settings.save

        def overtaken(*given: Any) -> settings.Settings:
            ours: settings.Settings = real(*given)
            save(path, "check_limit", "7")
            return ours

        monkeypatch.setattr(f"tracker.{module}.{name}", overtaken)
        if module == "settings":
            workspace.change_setting("daily_budget", "3h")
        else:
            pattern_marks.set_threshold(workspace, "brief_checks.share", 0.7)
        assert workspace.settings.check_limit is None
        newer = workspace.changed_settings()
        assert newer is not None
        assert newer.check_limit == 7
        workspace.use_settings(newer)
        assert workspace.changed_settings() is None


async def test_what_is_written_between_reading_and_opening_is_seen(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, _pilot):
        path = app.workspace.config or ""
        settings.save(path, "daily_budget", "2h")
        seen, read = fingerprint(path), settings.load(path)
        settings.save(path, "daily_budget", "3h")
        newer = LiveWorkspace(app.workspace.database, read, None, path, seen).changed_settings()
        assert newer is not None
        assert newer.daily_budget == 3 * 3600


async def test_a_line_that_is_being_typed_shows_what_enter_keeps(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("o", "i", *"733")
        await settled(app, pilot)
        assert "€733" in shown(app)
        settings.save(app.workspace.config or "", "currency", "GBP")
        app.tick()
        await settled(app, pilot)
        assert "£733" in shown(app)
        assert "€733" not in shown(app)
