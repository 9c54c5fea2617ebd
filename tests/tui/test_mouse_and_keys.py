"""Whoever has only keys, and whoever has only a mouse, can do everything."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import pytest
from textual.widget import Widget

import tracker.tui
from tests.tui.conftest import shown
from tracker.formatting.text import capitalized
from tracker.tui import keys
from tracker.tui.actions.registry import palette_commands
from tracker.tui.widgets.header_footer import ALWAYS

if TYPE_CHECKING:
    from tests.tui.conftest import Running

#: Everything of ours that answers to the mouse, and the key or keys that do the same.
BY_MOUSE = {
    "Header": ("timer", "day", "week"),
    "Footer": ("toggle", "start", "check", "help", "palette"),
    "TaskLine": ("task",),
    "StartList": ("start",),
    "HabitsPanel": ("habits",),
    # Its third word dismisses, which is esc.
    "VisitLine": ("urge", "task", "unmark"),
    "Rows": ("up", "down", "open", "mark"),
    # In dialogs: a scroll or a click on a line is ↑ ↓ ⏎, a click beside the dialog is esc, and on a keycap its key.
    "ScrollingPanel": ("up", "down"),
    "Sections": ("up", "down", "open"),
    "Dialog": ("unmark",),
    "Choices": ("up", "down", "open"),
    "Offers": ("up", "down", "open"),
    "Keycaps": ("open",),
    # In the review: a click on a line is ↑ ↓ ⏎, on the rail ⏎ and ⌫.
    "StepPanel": ("up", "down", "open"),
    "Rail": ("open",),
}


def test_every_mouse_handler_has_its_key() -> None:
    for module in walk_packages(tracker.tui.__path__, "tracker.tui."):
        import_module(module.name)
    found = {
        one.__name__ for one in _ours(Widget) if any(name.startswith(("on_click", "on_mouse")) for name in vars(one))
    }
    assert found == set(BY_MOUSE)
    assert {name for names in BY_MOUSE.values() for name in names} <= set(keys.BY_ID)


def _ours(kind: type[Widget]) -> set[type[Widget]]:
    """The kinds below, of the program itself."""
    found: set[type[Widget]] = set()
    for child in kind.__subclasses__():
        found |= _ours(child) | ({child} if child.__module__.startswith("tracker.") else set())
    return found


@pytest.mark.parametrize("view", keys.EVERYWHERE)
async def test_every_key_can_be_clicked(running: Running, view: str) -> None:
    """By the palette, which the footer opens by a click; what it leaves out is a click or a scroll by itself."""
    async with running(size=(80, 24)) as (app, pilot):
        app.show_view(view)
        await pilot.pause()
        assert {"palette", "help"} <= set(ALWAYS)
        clicked = {name for names in BY_MOUSE.values() for name in names}
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
        found = app.screen.query_one("CommandList")
        assert str(found.get_option_at_index(0).hit.text).startswith("Import the history")  # type: ignore[attr-defined]
