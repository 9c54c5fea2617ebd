"""The import screen by keys: what is found, what it would bring, what looks social, the import, and its undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.importers.makers import Page, chromium, watched
from tests.tui.conftest import cut_off, notices, settled, shown
from tests.tui.figures import UNHURRIED
from tracker import locale
from tracker.importers import importing
from tracker.importers.sources.chromium import FILE
from tracker.services import source_imports
from tracker.storage import channels
from tracker.tui.modals.import_screen import ImportScreen

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.storage import Database
    from tracker.tui.app import TrackerApp

DAY = 86_400

HISTORY = [
    *(("https://www.linkedin.com/feed/", NOW - 5 * DAY + hour * 3600, 240) for hour in range(6)),
    *(("https://www.facebook.com/", NOW - 2 * DAY + hour * 3600, 90) for hour in range(3)),
    *(("https://www.tumblr.com/dashboard", NOW - DAY + minute * 60, 30) for minute in range(4)),
    *(("https://news.ycombinator.com/", NOW - DAY - minute * 60, 30) for minute in range(1, 3)),
    ("https://example.org/", NOW - 600, 30),
]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder with the histories of Chrome and of Brave."""
    monkeypatch.setenv("HOME", str(tmp_path))
    chrome = tmp_path / ".config" / "google-chrome" / "Default"
    brave = tmp_path / ".config" / "BraveSoftware" / "Brave-Browser" / "Default"
    for folder in (chrome, brave):
        folder.mkdir(parents=True)
    chromium(chrome / FILE, HISTORY)
    chromium(brave / FILE, [("https://www.instagram.com/", NOW - 3 * DAY, 60)])
    return tmp_path


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def imported(app: TrackerApp) -> dict[str, int]:
    query = "SELECT channel, count(*) FROM session WHERE source IN ('chrome', 'brave') GROUP BY channel"
    return dict(app.workspace.database.rows(query))


async def test_it_shows_what_would_come_and_changes_nothing(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        await press(app, pilot, "I")
        assert isinstance(app.screen, ImportScreen)
        page = shown(app)
        assert "chrome" in page
        assert "9 new sessions · until Sat 21 Nov" in page.replace("  ", " ")
        assert "Preview: Google Chrome's history" in page
        for words in ("By channel", "LinkedIn", "6 sessions", "Facebook", "By day", "2 names look social"):
            assert words in page
        await press(app, pilot, "down")
        assert "Instagram" in shown(app)
        await press(app, pilot, "escape")
        assert len(app.screen_stack) == 1
        assert imported(app) == {}
        assert not app.workspace.database.rows("SELECT 1 FROM action")


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_it_is_whole_at_every_size(running: Running, language: str) -> None:
    locale.use(language)
    try:
        async with running(settings=UNHURRIED, empty=True) as (app, pilot):
            for size in ((60, 15), (80, 24), (120, 36), (200, 60)):
                await pilot.resize_terminal(*size)
                await press(app, pilot, "I")
                assert cut_off(app) == [], size
                assert "chrome" in shown(app), size
                assert "LinkedIn" in shown(app) or size[1] < 20, size
                await press(app, pilot, "pagedown", "pagedown")
                assert "↑" in shown(app) or size[1] > 20, size
                await press(app, pilot, "escape")
    finally:
        locale.use("en")


async def test_all_that_is_marked_is_imported_and_one_undo_takes_it_back(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True) as (app, pilot):
        assert imported(app) == {}
        await press(app, pilot, "I", "enter")
        assert len(app.screen_stack) == 1
        assert "LinkedIn" in shown(app), "the view shows it at once"
        assert imported(app) == {"linkedin": 6, "facebook": 3, "instagram": 1}
        assert notices(app)[-1] == "10 sessions imported · until Sat 21 Nov · [z] undoes it"
        await press(app, pilot, "z")
        assert imported(app) == {}
        await press(app, pilot, "Z")
        assert sum(imported(app).values()) == 10


async def test_a_source_is_left_out(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True) as (app, pilot):
        await press(app, pilot, "I", "x", "enter")
        assert imported(app) == {"instagram": 1}
        await press(app, pilot, "I", "down")
        assert "all imported before" in shown(app)
        assert "Nothing new: 1 imported before" in shown(app)


async def test_names_that_look_social_are_classified_by_one_key_each(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True) as (app, pilot):
        await press(app, pilot, "I", "c")
        assert "tumblr.com, 4 times: which channel?" in shown(app)
        await press(app, pilot, "plus")
        assert "news.ycombinator.com, 2 times" in shown(app)
        await press(app, pilot, "minus")
        page = shown(app)
        assert "Tumblr" in page, "it is part of what would come now"
        assert "look social" not in page
        await press(app, pilot, "enter")
        assert imported(app)["tumblr"] == 1, "one session: the visits follow each other"
        await press(app, pilot, "I")
        assert "ycombinator" not in shown(app), "the answer is remembered"


async def test_a_name_becomes_a_messaging_channel_and_is_called_as_people_call_it(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True) as (app, pilot):
        await press(app, pilot, "I", "c")
        assert "a new messaging channel: Tumblr" in shown(app)
        await press(app, pilot, "minus")
        assert "a new social channel: Hacker News" in shown(app)
        await press(app, pilot, "asterisk")
        rows = app.workspace.database.rows("SELECT name, title, kind FROM channel WHERE title = 'Hacker News'")
        assert rows == [("hacker-news", "Hacker News", "messaging")]


@pytest.mark.parametrize(
    ("name", "what", "title"),
    [
        ("news.ycombinator.com", "domain", "Hacker News"),
        ("m.vk.com", "domain", "VK"),
        ("tumblr.com", "domain", "Tumblr"),
        ("com.tumblr", "app", "Tumblr"),
        ("org.thoughtcrime.securesms", "app", "Signal"),
        ("slack", "app", "Slack"),
        ("wechat.com", "domain", "WeChat"),
        ("Viber", "app", "Viber"),
    ],
)
def test_a_channel_is_called_as_people_call_it(name: str, what: str, title: str) -> None:
    network = source_imports.network_of(source_imports.UnknownName(name, what, 1))
    assert network.title == title
    assert (network.kind == "messaging") == (title in ("Signal", "Slack", "WeChat", "Viber"))


async def test_an_hour_on_two_channels_at_once_is_one_hour_of_the_day(running: Running, home: Path) -> None:
    brave = home / ".config" / "BraveSoftware" / "Brave-Browser" / "Default" / FILE
    brave.unlink()
    start = NOW - 3 * DAY
    pages = [
        Page("https://www.instagram.com/", start, 3600, 3600),
        Page("https://x.com/", start + 60, 3540, 3540, 2, 2),
    ]
    watched(brave, pages)
    async with running(settings=UNHURRIED, empty=True) as (app, _pilot):
        preview = source_imports.preview_source(app.workspace, "brave")
        assert [amount.seconds for amount in preview.channels] == [3600, 3540]
        assert [(amount.sessions, amount.seconds) for amount in preview.days] == [(2, 3600)]


async def test_an_existing_channel_takes_a_name_and_escape_asks_no_further(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True) as (app, pilot):
        await press(app, pilot, "I", "c", "l", "escape")
        matches = app.workspace.database.rows("SELECT channel FROM channel_match WHERE text = 'tumblr.com'")
        assert matches == [("linkedin",)]
        assert "news.ycombinator.com" in shown(app)
        await press(app, pilot, "escape", "z")
        assert not app.workspace.database.rows("SELECT 1 FROM channel_match WHERE text = 'tumblr.com'")


async def test_a_new_channel_whose_name_is_there_takes_the_name(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True) as (app, pilot):
        channels.add(app.workspace.database, "tumblr", title=None, kind="social", now=NOW)
        await press(app, pilot, "I", "c", "plus")
        assert "news.ycombinator.com, 2 times" in shown(app)
        matches = app.workspace.database.rows("SELECT channel FROM channel_match WHERE text = 'tumblr.com'")
        assert matches == [("tumblr",)]


async def test_a_source_is_imported_every_minute_from_here_on(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True) as (app, pilot):
        await press(app, pilot, "I", "a")
        assert list(app.workspace.settings.sources) == ["chrome"]
        assert "every minute" in shown(app)
        await press(app, pilot, "a")
        assert list(app.workspace.settings.sources) == []


async def test_another_source_keeps_the_comma_in_its_path(running: Running) -> None:
    settings = UNHURRIED._replace(sources=("csv:~/a,b.csv",))
    async with running(settings=settings, empty=True) as (app, pilot):
        await press(app, pilot, "I", "a")
        assert app.workspace.settings.sources == ("csv:~/a,b.csv", "chrome")


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
async def test_an_import_that_is_cancelled_leaves_the_file_as_it_was(
    running: Running, monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    write = importing.write_read

    async with running(settings=UNHURRIED, empty=True) as (app, pilot):
        await press(app, pilot, "I")
        page = app.screen
        assert isinstance(page, ImportScreen)
        written = []

        def slow(database: Database, read: importing.SourceRead) -> importing.ImportReport:
            report = write(database, read)
            written.append(report.added)
            app.call_from_thread(app.simulate_key, key)
            app.call_from_thread(page.refresh)
            while not page.stopping:
                read.options.report_progress(0.9)
                app.call_from_thread(lambda: None)
            read.options.report_progress(0.9)
            return report

        monkeypatch.setattr(importing, "write_read", slow)
        await press(app, pilot, "enter")
        assert written == [9], "it was in the middle of it"
        assert imported(app) == {}
        assert not app.workspace.database.rows("SELECT 1 FROM action")
        assert notices(app)[-1] == "Import cancelled: nothing was imported"
        assert isinstance(app.screen, ImportScreen)
        monkeypatch.setattr(importing, "write_read", write)
        await press(app, pilot, "enter")
        assert sum(imported(app).values()) == 10


async def test_what_cannot_be_read_says_why_and_the_rest_is_imported(running: Running, home: Path) -> None:
    (home / ".config" / "google-chrome" / "Default" / FILE).write_text("no database")
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        await press(app, pilot, "I")
        assert "✗" in shown(app)
        assert "not a Chromium" in shown(app)
        await press(app, pilot, "enter")
        assert imported(app) == {"instagram": 1}


async def test_a_machine_without_history(running: Running, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "nobody"))
    async with running(settings=UNHURRIED, size=(60, 15), empty=True) as (app, pilot):
        await press(app, pilot, "I")
        assert "No history found on this machine" in shown(app)
        await press(app, pilot, "enter", "c", "a", "space", "I")
        assert len(app.screen_stack) == 1


async def test_the_first_run_ends_with_what_was_found(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        await press(app, pilot, *(["enter"] if len(app.screen_stack) == 1 else []), "s", *["enter"] * 5)
        assert isinstance(app.screen, ImportScreen)
        assert "10" in shown(app)
        await press(app, pilot, "enter")
        assert sum(imported(app).values()) == 10
