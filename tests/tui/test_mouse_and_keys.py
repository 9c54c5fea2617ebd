"""Whoever has only keys, and whoever has only a mouse, can do everything."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest
from textual.widget import Widget

import tracker.tui
from tests.tui.conftest import settled, shown
from tests.tui.figures import UNHURRIED
from tests.tui.test_looks import DIALOGS
from tracker import locale
from tracker.formatting.text import capitalized
from tracker.tui import keys
from tracker.tui.actions.registry import palette_commands
from tracker.tui.widgets.key_lines import ALWAYS

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

#: What is a link: a click on its words runs the action of a key.
LINKS = {
    "Header": ("timer", "day", "week"),
    "Footer": ("toggle", "start", "check", "help", "palette"),
    "TaskLine": ("task",),
    "StartList": ("start",),
    # Its third word dismisses, which is esc.
    "VisitLine": ("urge", "task", "unmark"),
    "Keycaps": ("open",),
    # In the review: a click on a line is ↑ ↓ ⏎, on the rail ⏎ and ⌫.
    "StepPanel": ("up", "down", "open"),
    # In the start dialog: a click on a line is ↑ ↓ ⏎.
    "Offers": ("up", "down", "open"),
    "Rail": ("open",),
}

#: What else of ours answers to the mouse, and the key or keys that do the same.
BY_MOUSE = {
    "HabitsPanel": ("habits",),
    "Rows": ("up", "down", "open", "mark"),
    # In dialogs: a scroll or a click on a line is ↑ ↓ ⏎, a click beside the dialog is esc, and on a keycap its key.
    "ScrollingPanel": ("up", "down"),
    "Sections": ("up", "down", "open"),
    "Dialog": ("unmark",),
    "Choices": ("up", "down", "open"),
}


def test_every_mouse_handler_has_its_key() -> None:
    for module in walk_packages(tracker.tui.__path__, "tracker.tui."):
        import_module(module.name)
    clickable = {
        our.__name__ for our in _ours(Widget) if any(name.startswith(("on_click", "on_mouse")) for name in vars(our))
    }
    assert clickable == set(BY_MOUSE)
    assert {name for names in (LINKS | BY_MOUSE).values() for name in names} <= set(keys.BY_ID)


def _ours(kind: type[Widget]) -> set[type[Widget]]:
    """The kinds below, of the program itself."""
    classes: set[type[Widget]] = set()
    for child in kind.__subclasses__():
        classes |= _ours(child) | ({child} if child.__module__.startswith("tracker.") else set())
    return classes


@pytest.mark.parametrize("view", keys.EVERYWHERE)
async def test_every_key_can_be_clicked(running: Running, view: str) -> None:
    """By the palette, which the footer opens by a click; what it leaves out is a click or a scroll by itself."""
    async with running(size=(80, 24)) as (app, pilot):
        app.show_view(view)
        await pilot.pause()
        assert {"palette", "help"} <= set(ALWAYS)
        clicked = {name for names in (LINKS | BY_MOUSE).values() for name in names}
        offered = {command.title for command in palette_commands(app)}
        for action in keys.ACTIONS:
            if view in action.where:
                assert capitalized(action.tooltip) in offered or action.id in clicked, action.id


async def test_the_footer_opens_the_palette_by_a_click(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        assert shown(app)
        await pilot.click("Footer", offset=(shown(app).splitlines()[-1].index("^p palette"), 0))
        await pilot.pause()
        assert type(app.screen).__name__ == "CommandPalette"


async def test_the_palette_puts_whole_words_first(running: Running) -> None:
    """`import` is also inside “important”: enter must open what was asked for."""
    async with running(size=(80, 24)) as (app, pilot):
        await pilot.press("ctrl+p", *"import")
        await app.workers.wait_for_complete()
        await pilot.pause()
        widget = app.screen.query_one("CommandList")
        assert str(widget.get_option_at_index(0).hit.text).startswith("Import the history")  # type: ignore[attr-defined]


#: Dialogs that are no box with keys below it: fields in a line of the log, and an offer that any other key closes.
WITHOUT_ESCAPE = {"edit in place", "filter", "what set it off"}


@pytest.mark.parametrize(("size", "language"), [((80, 24), "en"), ((60, 15), "fr")])
async def test_a_click_on_esc_leaves_every_dialog(running: Running, size: tuple[int, int], language: str) -> None:
    stays = []
    locale.use(language)
    try:
        async with running(settings=UNHURRIED._replace(language=language), size=size) as (app, pilot):
            for name, keys in DIALOGS.items():
                for key in keys:
                    await pilot.press(key)
                    await settled(app, pilot)
                opened = len(app.screen_stack)
                if name not in WITHOUT_ESCAPE:
                    await _click(app, pilot, "esc" if language == "en" else "échap")
                    stays += [name] if len(app.screen_stack) != opened - 1 else []
                while len(app.screen_stack) > 1:
                    await pilot.press("escape")
                    await settled(app, pilot)
                await pilot.press("escape", "1")
                await settled(app, pilot)
    finally:
        locale.use("en")
    assert stays == []


async def test_a_click_on_enter_below_a_line_saves_it(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await pilot.press("slash", *"x 25m")
        await settled(app, pilot)
        await _click(app, pilot, "Enter Save")
        assert len(app.screen_stack) == 1
        assert "X" in shown(app)
        assert app.workspace.database.row("SELECT count(*) FROM session WHERE channel = 'x' AND start > 1795445000")


async def _click(app: TrackerApp, pilot: Pilot[None], words: str) -> None:
    """Click on the last place of the screen where these words stand, in capitals or not."""
    lines = shown(app).lower().splitlines()
    positions = [(line.rfind(words.lower()), y) for y, line in enumerate(lines) if words.lower() in line]
    assert positions, f"no “{words}” on {app.screen}"
    await pilot.click(offset=positions[-1])
    await settled(app, pilot)
