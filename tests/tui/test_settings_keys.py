"""Settings changed on the screens: kept in the file, seen at once, and refused where they cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED
from tracker import locale, settings
from tracker.storage import outcomes
from tracker.tui import theme
from tracker.tui.modals import settings_dialog

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp


@pytest.fixture(autouse=True)
def english_afterwards() -> Iterator[None]:
    yield
    locale.use("en")


def file(app: TrackerApp) -> Path:
    return Path(app.workspace.config or "")


async def choose(pilot: Pilot[None], name: str) -> None:
    """Open the settings and go down to one."""
    await pilot.press("comma")
    await pilot.pause()
    await pilot.press(*["down"] * list(settings_dialog.TITLES).index(name), "enter")
    await pilot.pause()


async def test_a_budget_is_typed_and_goes_into_the_file(running: Running) -> None:
    async with running() as (app, pilot):
        await choose(pilot, "daily_budget")
        await pilot.press(*"1h30", "enter")
        await pilot.pause()
        assert app.workspace.settings.daily_budget == 5400
        assert settings.load(str(file(app))).daily_budget == 5400
        assert notices(app) == [], "the list shows it"
        [line] = [line for line in shown(app).splitlines() if "Social time per day" in line]
        assert "1h 30m" in line
        assert "1h 30m" in shown(app)
        await pilot.press("escape")
        await settled(app, pilot)
        assert "of 1h 30m" in shown(app)


async def test_what_cannot_be_is_said_and_kept_nowhere(running: Running) -> None:
    async with running() as (app, pilot):
        await choose(pilot, "check_seconds")
        await pilot.press("backspace", "backspace", *"9999", "enter")
        await pilot.pause()
        assert "from 1 to 600" in shown(app)
        assert not file(app).exists()
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_an_empty_line_goes_back_to_the_default(running: Running) -> None:
    async with running() as (app, pilot):
        settings.save(str(file(app)), "check_limit", "5")
        app.workspace.settings = settings.load(str(file(app)))
        await choose(pilot, "check_limit")
        await pilot.press("backspace", "enter")
        await pilot.pause()
        assert app.workspace.settings.check_limit is None
        assert "check_limit" not in file(app).read_text(encoding="utf-8")


async def test_a_language_is_chosen_and_spoken_at_once(running: Running) -> None:
    async with running() as (app, pilot):
        await choose(pilot, "language")
        await pilot.press("3", "escape")
        await settled(app, pilot)
        assert app.workspace.settings.language == "fr"
        assert "Aujourd’hui" in shown(app)


async def test_choices_with_numbers_ask_for_a_number_and_mark_the_current_one(running: Running) -> None:
    async with running() as (app, pilot):
        await choose(pilot, "reduced_motion")
        await settled(app, pilot)
        assert "2  no   current" in shown(app)
        assert "number, or ↑↓ Enter · Esc Cancel" in shown(app)
        assert "letter, or" not in shown(app)


async def test_the_theme_that_d_changes_is_kept(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("D")
        await pilot.pause()
        assert app.theme == settings.load(str(file(app))).theme == "tracker-light"
        assert app.screen.styles.background == Color.parse(theme.LIGHT.background or "")
        await pilot.press("D")
        await pilot.pause()
        assert app.theme == settings.load(str(file(app))).theme == "tracker-dark"
        assert app.screen.styles.background == Color.parse(theme.DARK.background or "")


async def test_the_terminals_own_colours_are_offered_beside_ours(running: Running) -> None:
    async with running() as (app, pilot):
        await choose(pilot, "theme")
        await pilot.press("3", "escape")
        await settled(app, pilot)
        assert app.current_theme.ansi
        assert "ansi" in settings.load(str(file(app))).theme


async def test_nothing_moves_where_that_is_wished(running: Running) -> None:
    async with running(settings=settings.Settings(first_weekday=0, reduced_motion=True)) as (app, _pilot):
        assert app.animation_level == "none"


async def test_an_amount_keeps_the_currency_it_was_typed_in(running: Running) -> None:
    async with running() as (app, pilot):
        await choose(pilot, "hour_cost")
        await pilot.press(*"1,200.50 usd")
        await pilot.pause()
        assert "→ $1,200.50" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert notices(app)[-1] == "An hour of your time costs: $1,200.50; not used while the currency is EUR"
        assert settings.load(str(file(app)))[settings.Settings._fields.index("hour_cost_currency")] == "USD"
        await pilot.press("enter", *"1.200", "enter")
        await pilot.pause()
        assert "could mean 1200 or 1.20" in shown(app)
        assert "1200.50 USD" in file(app).read_text()


async def test_another_currency_is_asked_about(running: Running) -> None:
    async with running() as (app, pilot):
        outcomes.add(
            app.workspace.database,
            "income",
            app.workspace.now(),
            "UTC",
            now=app.workspace.now(),
            amount=48_000,
            currency="EUR",
        )
        await choose(pilot, "currency")
        for key, kept in (("escape", "EUR"), ("enter", "EUR"), ("k", "EUR"), ("c", "USD")):
            await pilot.press(*"usd", "enter")
            await pilot.pause()
            assert "Change it: 2 amounts in EUR would no longer" in shown(app)
            await pilot.press(key)
            await pilot.pause()
            assert app.workspace.settings.currency == kept
            if kept == "EUR":
                assert not file(app).exists()
                await pilot.press("enter")
                await pilot.pause()
        assert settings.load(str(file(app))).currency == "USD"


def test_every_setting_stands_in_one_group() -> None:
    assert sorted(settings_dialog.TITLES) == sorted(setting.name for setting in settings.SETTINGS)


async def test_the_settings_are_said_in_words_and_chosen_by_them(running: Running) -> None:
    async with running(size=(80, 40)) as (app, pilot):
        await pilot.press("comma")
        await settled(app, pilot)
        text = shown(app)
        for group in settings_dialog.SETTING_GROUPS:
            assert group in text
        assert "daily_budget" not in text, "only the chosen one is called by its name in the file"
        assert "as your system" in text
        await pilot.press("escape")
        await choose(pilot, "first_weekday")
        assert "Wednesday" in shown(app)
        await pilot.press("4")
        await settled(app, pilot)
        assert settings.load(str(file(app))).first_weekday == 2
        [line] = [line for line in shown(app).splitlines() if "A week starts on" in line]
        assert "Wednesday" in line


async def test_words_of_a_setting_are_added_and_taken_away_one_by_one(running: Running) -> None:
    async with running() as (app, pilot):
        await choose(pilot, "notify")
        await pilot.press("1", "3")
        await settled(app, pilot)
        assert settings.load(str(file(app))).notify == ("terminal",)
        await pilot.press("2")
        await settled(app, pilot)
        assert settings.load(str(file(app))).notify == ()
        await pilot.press("1")
        await settled(app, pilot)
        assert settings.load(str(file(app))).notify == ("bell",)
        await pilot.press("escape", "escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_a_currency_is_chosen_by_a_key_or_typed(running: Running) -> None:
    async with running() as (app, pilot):
        await choose(pilot, "currency")
        assert "Swiss Franc" in shown(app)
        await pilot.press("2", "c")  # there is an amount in euros, which is asked about
        await settled(app, pilot)
        assert settings.load(str(file(app))).currency == "USD"
        await pilot.press("enter", "o")
        await settled(app, pilot)
        await pilot.press(*"sek", "enter")
        await settled(app, pilot)
        assert settings.load(str(file(app))).currency == "SEK"


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", {"budget": "daily_budget", "hour": "hour_cost", "sleep": "sleep"}),
        ("fr", {"budget": "daily_budget", "heure": "hour_cost", "sommeil": "sleep"}),
    ],
    ids=["en", "fr"],
)
async def test_the_palette_finds_a_setting_and_asks_for_it(
    running: Running, language: str, words: dict[str, str]
) -> None:
    locale.use(language)
    async with running(settings=UNHURRIED._replace(language=language), size=(80, 24)) as (app, pilot):
        for word, name in words.items():
            await pilot.press("ctrl+p", *word)
            await settled(app, pilot)
            widget = app.screen.query_one("CommandList")
            titles = [str(option.hit.text) for option in widget.options]  # type: ignore[attr-defined]
            wanted = settings_dialog.setting_title(name)
            at = next(index for index, title in enumerate(titles) if title.endswith(wanted))
            assert at < 8, titles
            await pilot.press(*["down"] * at, "enter")
            await settled(app, pilot)
            assert wanted in str(app.screen.query_one("#line-box").border_title)
            await pilot.press("escape")
            await settled(app, pilot)
            assert type(app.screen).__name__ == "SettingsDialog"
            await pilot.press("escape")
            await settled(app, pilot)
            assert len(app.screen_stack) == 1


async def test_channels_are_listed_by_their_titles(running: Running) -> None:
    wanted = UNHURRIED._replace(channels=("linkedin", "instagram"))
    async with running(settings=wanted, size=(120, 40)) as (app, pilot):
        await pilot.press("comma")
        await settled(app, pilot)
        assert "LinkedIn, Instagram" in shown(app)
