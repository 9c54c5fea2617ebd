"""Every screen and dialog as it is seen, narrow and wide, dark and light: its letters, and the style of each.

They are compared as they are drawn, not as a picture that Rich or Textual would write differently tomorrow. After a
change that is meant: `pytest tests/tui/test_looks.py --update-looks`, and read what git says has changed.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import drawn, settled
from tests.tui.figures import SPENT, UNHURRIED
from tracker import locale

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

FOLDER = Path(__file__).parent / "looks"

SCREENS = {"timer": (), "day": ("2",), "week": ("3", "left")}

#: The dialogs, and the keys that open them. What is opened is left again by escape.
DIALOGS = {
    "start": ("s",),
    "begin": ("s", "x"),
    "begin over budget": ("s", "l"),
    "check": ("c",),
    "line": ("slash",),
    "line read": ("slash", *"x", "space", *"25m"),
    "urge": ("u",),
    "outcome kind": ("o",),
    "outcome": ("o", "p"),
    "talk": ("t",),
    "contact": ("t", "o"),
    "habits": ("y",),
    "habit year": ("y", "enter"),
    "close": ("E",),
    "pause": ("b",),
    "overrun": ("B",),
    "settings": ("comma",),
    "keys": ("question_mark",),
    "note": ("n",),
    "task": ("w",),
    "evidence": ("enter",),
    "evidence chosen": ("enter", "down", "down"),
    "evidence of what is quiet": ("enter", "right"),
    "evidence that needs more": ("enter", "left"),
    "threshold": ("enter", "right", "v", "1"),
    "expected": ("X",),
    "longer look": ("3", "Y"),
    "longer look year": ("3", "Y", "2", "end"),
    "edit in place": ("2", "e"),
    "edit": ("2", "enter"),
    "go to": ("2", "g"),
    "filter": ("2", "f"),
    "split": ("2", "p"),
    "change marked": ("2", "v", "up", "v", "e"),
    "fill": ("2", "i"),
    "repeat": ("2", "r"),
    "what set it off": ("u", "x"),
}

_STYLES = [chr(code) for code in (*range(97, 123), *range(65, 91), *range(0xC0, 0x17F))]


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])
async def test_screens_look_as_they_did(
    running: Running, request: pytest.FixtureRequest, size: tuple[int, int], theme: str
) -> None:
    changed = []
    async with running(settings=SPENT._replace(theme=f"tracker-{theme}"), size=size) as (app, pilot):
        for name, keys in SCREENS.items():
            await pilot.press(*keys)
            await settled(app, pilot)
            changed += difference(request, f"{size[0]}x{size[1]}-{theme}", name, look(app))
    assert not changed, "\n".join(changed)


@pytest.mark.parametrize(("size", "theme"), [((80, 24), "dark"), ((120, 36), "light")], ids=["80x24", "120x36"])
async def test_dialogs_look_as_they_did(
    running: Running, request: pytest.FixtureRequest, size: tuple[int, int], theme: str
) -> None:
    changed = []
    async with running(settings=UNHURRIED._replace(theme=f"tracker-{theme}"), size=size) as (app, pilot):
        for name, keys in DIALOGS.items():
            changed += difference(request, f"{size[0]}x{size[1]}-{theme}", name, await _seen(app, pilot, keys))
    assert not changed, "\n".join(changed)


async def test_every_dialog_opens_in_french_in_a_corner_of_a_screen(running: Running) -> None:
    locale.use("fr")
    try:
        async with running(settings=UNHURRIED._replace(language="fr"), size=(60, 15)) as (app, pilot):
            for keys in DIALOGS.values():
                assert await _seen(app, pilot, keys)
    finally:
        locale.use("en")


async def _seen(app: TrackerApp, pilot: Pilot[None], keys: tuple[str, ...]) -> str:
    """The screen after the keys; all is as before when it returns."""
    for key in keys:
        await pilot.press(key)
        if key == "2":
            await settled(app, pilot)  # the day's lines are in their places
    await settled(app, pilot)
    assert len(app.screen_stack) > 1, f"{keys} open nothing"
    seen = look(app)
    while len(app.screen_stack) > 1:
        await pilot.press("escape")
        await pilot.pause()
    await pilot.press("escape", "1")
    await pilot.pause()
    return seen


def difference(request: pytest.FixtureRequest, folder: str, name: str, seen: str) -> list[str]:
    """The name and what is seen otherwise than in its file, which is written anew where that is asked for."""
    path = FOLDER / folder / f"{name.replace(' ', '-')}.txt"
    if request.config.getoption("--update-looks"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(seen, encoding="utf-8")
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = list(difflib.unified_diff(before.splitlines(), seen.splitlines(), lineterm=""))
    return [name, *lines[:60]] if lines else []


def look(app: TrackerApp) -> str:
    """The letters of the screen, line by line; below them a letter for the style of each; then what those mean."""
    named: dict[str, str] = {}
    letters, styles = [], []
    for line in drawn(app):
        letters.append("".join(segment.text for segment in line).rstrip())
        cells = [
            (segment.cell_length, named.setdefault(str(segment.style), _STYLES[len(named)]))
            for segment in line
            if segment.text
        ]
        styles.append("".join(style * length for length, style in cells))
    legend = [f"{style} {says}" for says, style in named.items()]
    return "\n".join([*letters, "", *styles, "", *legend, ""])
