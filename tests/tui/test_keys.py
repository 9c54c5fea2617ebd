"""Rebinding by the settings' [keys]: every mistake is named, nothing is lost in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tracker.analytics.habit_line import build_habit, read_habit
from tracker.domain.errors import TrackerError
from tracker.settings import Settings
from tracker.storage import habits
from tracker.tui import keys
from tracker.tui.modals.dialog import Chooser
from tracker.tui.modals.evidence import EvidenceDialog
from tracker.tui.modals.habits_dialog import HabitsDialog

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

WIDE = (120, 36)

#: Other keys for what dialogs offer too.
CHANGED = {
    "edit": "f7",
    "mute": "f2",
    "expected": "f3",
    "show_again": "f4",
    "undo": "f6,U",
    "habits": "f8",
    "settings": "f9",
    "import": "f10",
    "longer": "f12",
}
SETTINGS = Settings(first_weekday=0, keys=tuple(CHANGED.items()))


async def press(app: TrackerApp, pilot: Pilot[None], *pressed: str) -> None:
    for key in pressed:
        await pilot.press(key)
        await settled(app, pilot)


def test_the_defaults_have_no_clash() -> None:
    assert keys.keymap(()) == {}


def test_a_former_id_still_names_its_action() -> None:
    assert keys.keymap([("sift", "f9")]) == {"filter": "f9"}
    assert set(keys.FORMER_IDS.values()) <= set(keys.BY_ID)
    assert not set(keys.FORMER_IDS) & set(keys.BY_ID)


def test_every_binding_has_an_id_and_a_tooltip() -> None:
    assert all(binding.id and binding.tooltip for binding in keys.bindings())


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ({"strat": "b"}, "strat"),
        ({"start": "c"}, "“c” to both start and check"),
        ({"start": "<"}, "“<” to both start and sooner"),
        ({"not_now": "c"}, "“c” to both check and not_now"),
        ({"not_now": "f2", "mute": "f3"}, "not_now and mute are the same action"),
        ({"not_now": ""}, "not_now has no key"),
        ({"people": "f2"}, "names no action “people”"),
        ({"start": " "}, "start has no key"),
        ({"start": ","}, "start has no key"),
        ({"start": "ctrl+frobnicate"}, "frobnicate"),
    ],
)
def test_a_mistake_is_named_as_it_is_written(wanted: dict[str, str], says: str) -> None:
    with pytest.raises(TrackerError, match=says):
        keys.keymap(wanted.items())


def test_a_key_written_twice_is_one_key() -> None:
    assert keys.keymap([("start", "f2, f2")]) == {"start": "f2"}


async def test_a_rebound_key_works_and_the_old_one_does_not(running: Running) -> None:
    async with running(settings=Settings(first_weekday=0, keys=(("start", "f2,/"), ("add", "a")))) as (app, pilot):
        await pilot.press("s")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        for key in ("f2", "slash"):
            await pilot.press(key)
            await pilot.pause()
            assert len(app.screen_stack) == 2
            await pilot.press("escape")
            await pilot.pause()


@pytest.mark.parametrize(
    ("character", "name"), [("a", "a"), ("Z", "Z"), ("/", "slash"), (",", "comma"), (" ", "space")]
)
def test_a_character_is_a_key_by_its_name(character: str, name: str) -> None:
    assert keys.key_name(character) == name


@pytest.mark.parametrize(
    ("changed", "offered"),
    [
        ({}, {"N": "mute", "z": "undo"}),
        ({"undo": "f6,U"}, {"N": "mute", "f6": "undo", "U": "undo"}),
        ({"undo": "f,U"}, {"N": "mute", "U": "undo"}),
        ({"undo": "f"}, {"N": "mute", "z": "undo"}),
        ({"undo": "f", "mute": "z"}, {"z": "mute"}),
        ({"undo": "N", "mute": "z"}, {"N": "undo", "z": "mute"}),
    ],
)
def test_a_dialog_has_the_keys_of_the_table_beside_its_own(changed: dict[str, str], offered: dict[str, str]) -> None:
    assert keys.offered_keys(("mute", "undo"), changed, {"f", "escape"}) == offered


async def test_rebound_keys_set_a_pattern_aside_in_its_evidence(running: Running) -> None:
    async with running(settings=SETTINGS, size=WIDE) as (app, pilot):
        await press(app, pilot, "enter", "N", "X", "T", "z")
        assert isinstance(app.screen, EvidenceDialog)
        assert app.screen.shown.aside == ""
        assert not notices(app)
        assert "f2  mute 28 days    f3  expected" in shown(app)
        await press(app, pilot, "f2")
        assert app.screen.shown.aside.startswith("muted until")
        assert "f4  show again" in shown(app)
        await press(app, pilot, "U")
        assert app.screen.shown.aside == ""
        await press(app, pilot, "f3")
        assert isinstance(app.screen, Chooser)
        await press(app, pilot, "c")
        assert isinstance(app.screen, EvidenceDialog)
        assert app.screen.shown.aside == "expected: campaign"
        await press(app, pilot, "f4")
        assert app.screen.shown.aside == ""


async def test_a_click_on_the_cap_of_a_rebound_key_is_that_key(running: Running) -> None:
    async with running(settings=SETTINGS, size=WIDE) as (app, pilot):
        await press(app, pilot, "enter")
        await pilot.click("#evidence-keys", offset=(shown(app).splitlines()[-1].index("f2") + 1, 0))
        await settled(app, pilot)
        assert isinstance(app.screen, EvidenceDialog)
        assert app.screen.shown.aside.startswith("muted until")


async def test_a_rebound_key_edits_a_session_in_the_evidence(running: Running) -> None:
    async with running(settings=SETTINGS, size=WIDE) as (app, pilot):
        await press(app, pilot, "enter", "f7")
        assert isinstance(app.screen, EvidenceDialog), "no session is chosen yet"
        await press(app, pilot, "down", "e")
        assert isinstance(app.screen, EvidenceDialog)
        assert "f7  edit" in shown(app)
        await press(app, pilot, "f7")
        assert type(app.screen).__name__ == "EditDialog"


async def test_rebound_keys_undo_in_the_habits_and_close_them(running: Running) -> None:
    async with running(settings=SETTINGS) as (app, pilot):
        habits.add(app.workspace.database, build_habit(read_habit("Walk"), "2026-11-16"), now=NOW)
        app.reload()
        await press(app, pilot, "f8", "1")
        assert len(habits.ticks(app.workspace.database, "2026-01-01", "2026-11-23")) == 1
        await press(app, pilot, "z", "y")
        assert isinstance(app.screen, HabitsDialog)
        assert len(habits.ticks(app.workspace.database, "2026-01-01", "2026-11-23")) == 1
        assert "f6  undo" in shown(app)
        await press(app, pilot, "f6")
        assert not habits.ticks(app.workspace.database, "2026-01-01", "2026-11-23")
        await press(app, pilot, "d")
        assert notices(app)[-1] == "Archived Walk; its days stay · f6 brings it back"
        await press(app, pilot, "f8")
        assert len(app.screen_stack) == 1


async def test_rebound_keys_set_a_pattern_aside_in_the_review(running: Running) -> None:
    async with running(settings=SETTINGS, size=WIDE) as (app, pilot):
        await press(app, pilot, "R", "s", "s", "s", "N", "X")
        assert "4 are quiet" in shown(app)
        assert "aside" not in [item.state for item in app.screen.step.items]  # type: ignore[attr-defined]
        assert "f2  mute 28 days    f3  expected" in shown(app)
        await press(app, pilot, "f3", "c")
        assert "expected: campaign" in shown(app)


@pytest.mark.parametrize(("name", "view"), [("settings", "1"), ("import", "1"), ("longer", "3"), ("habits", "2")])
async def test_the_rebound_key_of_a_dialog_closes_it_again(running: Running, name: str, view: str) -> None:
    async with running(settings=SETTINGS) as (app, pilot):
        await press(app, pilot, view, CHANGED[name])
        assert len(app.screen_stack) == 2
        await press(app, pilot, keys.BY_ID[name].key)
        assert len(app.screen_stack) == 2
        await press(app, pilot, CHANGED[name])
        assert len(app.screen_stack) == 1
