"""The text of every screen and dialog in 80 × 24 cells; in other sizes, that nothing is cut off or covered.

The text is kept in `looks/`, without colours: the pictures of `tests/pictures.py` stand for those. Of a dialog only its
own place is kept, so that a figure of the screen behind it changes one look and not thirty. After a change that is
meant: `pytest tests/tui/test_looks.py --update-looks`, and read what `git diff` says has changed.
"""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import cut_off, settled, shown, shown_in_front
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
    "expected": ("enter", "X"),
    "longer look": ("3", "Y"),
    "longer look year": ("3", "Y", "2", "end"),
    "edit in place": ("2", "e"),
    "edit": ("2", "enter"),
    "go to": ("2", "g"),
    "find": ("G",),
    "find words": ("G", *"car"),
    "filter": ("2", "f"),
    "split": ("2", "p"),
    "change marked": ("2", "v", "up", "v", "e"),
    "fill": ("2", "i"),
    "repeat": ("2", "r"),
    "what set it off": ("u", "x"),
}

#: The dialogs that are part of the screen behind them: they are kept with it.
IN_PLACE = ("edit in place", "filter", "change marked")

#: The dialogs whose layout depends on the width of the screen.
WIDER = ("evidence", "evidence of what is quiet", "longer look", "longer look year", "edit", "settings", "keys")

#: In 60 columns these French lines do not fit today.
KNOWN_CUT_OFF: dict[str, str] = {}


async def test_screens_look_as_they_did(running: Running, request: pytest.FixtureRequest) -> None:
    changed = []
    async with running(settings=SPENT, size=(80, 24)) as (app, pilot):
        for name, keys in SCREENS.items():
            await pilot.press(*keys)
            await settled(app, pilot)
            changed += difference(request, name, app)
    assert not changed, "\n".join(changed)


async def test_dialogs_look_as_they_did(running: Running, request: pytest.FixtureRequest) -> None:
    changed = []
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        for name, keys in DIALOGS.items():
            await _open(app, pilot, keys)
            changed += difference(request, name, app)
            await _close(app, pilot)
    assert not changed, "\n".join(changed)


@pytest.mark.parametrize(
    ("size", "language", "dialogs"),
    [((60, 15), "fr", tuple(DIALOGS)), ((120, 36), "en", WIDER)],
    ids=["60x15", "120x36"],
)
async def test_nothing_is_cut_off_in_another_size(
    running: Running, size: tuple[int, int], language: str, dialogs: tuple[str, ...]
) -> None:
    faults = {}
    locale.use(language)
    try:
        async with running(settings=UNHURRIED._replace(language=language), size=size) as (app, pilot):
            for name, keys in SCREENS.items():
                await pilot.press(*keys)
                await settled(app, pilot)
                faults[name] = cut_off(app)
            await pilot.press("1")
            for name in dialogs:
                await _open(app, pilot, DIALOGS[name])
                faults[name] = [
                    fault for fault in cut_off(app) if size != (60, 15) or f"#{KNOWN_CUT_OFF.get(name)}:" not in fault
                ]
                await _close(app, pilot)
    finally:
        locale.use("en")
    assert {name: lines for name, lines in faults.items() if lines} == {}


async def _open(app: TrackerApp, pilot: Pilot[None], keys: tuple[str, ...]) -> None:
    for key in keys:
        await pilot.press(key)
        if key == "2":
            await settled(app, pilot)  # the day's lines are in their places
    await settled(app, pilot)
    assert len(app.screen_stack) > 1, f"{keys} open nothing"


async def _close(app: TrackerApp, pilot: Pilot[None]) -> None:
    while len(app.screen_stack) > 1:
        await pilot.press("escape")
        await pilot.pause()
    await pilot.press("escape", "1")
    await pilot.pause()


def difference(request: pytest.FixtureRequest, name: str, app: TrackerApp) -> list[str]:
    """The name and the changed lines if the screen differs from its file; `--update-looks` rewrites the file first.

    What is cut off or covered is a difference too.
    """
    said = shown(app) if name in IN_PLACE else shown_in_front(app)
    text = "".join(f"{line.rstrip()}\n" for line in said.splitlines())
    path = FOLDER / f"{name.replace(' ', '-')}.txt"
    if request.config.getoption("--update-looks"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    lines = [*difflib.unified_diff(before.splitlines(), text.splitlines(), lineterm=""), *cut_off(app)]
    return [name, *lines[:60]] if lines else []
