"""Screens and command line over one file: every action, dialog and view by real keys, a real command beside each.

The screens are the real ones, in a pseudo-terminal; what is held is what the system says of their process. A process
that opens the log a second time and closes it drops the locks of SQLite's own connection; the
next command then believes that it is alone, and deletes the -wal under the open screens.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from importlib import import_module
from pkgutil import walk_packages
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.torture import held
from tests.torture.commands import Terminal
from tests.torture.screens import Screens
from tests.tui import figures
from tracker import tui
from tracker.tui.keys import ACTIONS, BY_ID
from tracker.tui.modals.dialog import Dialog

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")

VIEWS = {"timer": "1", "day": "2", "week": "3"}


FIRST_RUN = ("ChoiceQuestion", "ChannelQuestion", "LineQuestion")


class Walk(NamedTuple):
    """An action in a view, the keys that follow its own (each group is pressed, then looked at), and what is seen."""

    view: str
    action: str
    then: tuple[tuple[str, ...], ...] = ()
    shows: str = ""
    #: The dialogs that are seen on the way.
    dialogs: tuple[str, ...] = ()
    #: Only look beside it: a change of another program's between undo and redo leaves nothing to redo.
    only_look: bool = False
    #: What is seen once all keys were pressed.
    ends: str = ""


WALK = (
    Walk("timer", "timer"),
    Walk("timer", "day"),
    Walk("timer", "week"),
    Walk("timer", "why", (("n",),), "not finished yet", ("Chooser",)),
    Walk("timer", "extend"),
    Walk("timer", "toggle", shows="Stopped"),
    Walk("timer", "start", (("k",), ("enter",)), "LinkedIn", ("StartDialog",)),
    Walk("timer", "cancel", shows="Discarded"),
    Walk("timer", "check", (("c",),), "LinkedIn"),
    Walk("timer", "likes"),
    Walk("timer", "followers"),
    Walk("timer", "urge", (("i",), ("b",)), "LinkedIn"),
    Walk("timer", "pause", (("1", "enter"),), "1h"),
    Walk("timer", "pause", (("enter",),)),
    Walk("timer", "task", (("walked", "enter"),), "important task", ("LineDialog",)),
    Walk("timer", "task_done", shows="Done"),
    Walk("timer", "outcome", (("p",), ("@samia", "enter")), "prospect", ("OutcomeDialog",)),
    Walk("timer", "contact", (("o",), ("@samia district 15m", "enter")), "How did you talk?", ("ContactDialog",)),
    Walk("timer", "open", (("v",), ("escape",), ("right", "e"), ("escape",)), "1 of 14", ("EvidenceDialog",)),
    Walk("timer", "mute"),
    Walk("timer", "show_again"),
    Walk("timer", "expected", (("campaign", "enter"),)),
    Walk("timer", "patterns", (("right",),), "of 14"),
    Walk("timer", "down"),
    Walk("timer", "up"),
    Walk("timer", "zero"),
    Walk("timer", "people", (("enter",), ("escape",)), "Samia", ("PeopleDialog",)),
    Walk("day", "comments"),
    Walk("day", "messages"),
    Walk("day", "statistics"),
    Walk("day", "add", (("x 09:01-09:03 walked", "enter"),), "Add a session"),
    Walk("day", "add", (("x 09:02-09:08 once more", "enter"),), dialogs=("OverlapDialog",), ends="already recorded"),
    Walk("day", "edit", (("enter",),), "Tab Next", ("RowEdit",)),
    Walk("day", "open", (("down",), ("enter",)), "Enter Save", ("EditDialog",)),
    Walk("day", "up"),
    Walk("day", "fill", (("escape",),)),
    Walk("day", "split", (("enter",),), "Split"),
    Walk("day", "mark"),
    Walk("day", "sooner"),
    Walk("day", "later_on"),
    Walk("day", "merge", (("enter",),)),
    Walk("day", "unmark"),
    Walk("day", "filter", (("work",), ("enter",)), "", ("LogFilter",)),
    Walk("day", "unmark"),
    Walk("day", "repeat", (("enter",),)),
    Walk("day", "note", (("walked", "enter"),), only_look=True),
    Walk("day", "undo", only_look=True),
    Walk("day", "redo", only_look=True),
    Walk("day", "delete", only_look=True),
    Walk("day", "undo", only_look=True),
    Walk("day", "habits", (("1",), ("enter",)), "Habits", ("HabitsDialog", "HabitYear")),
    Walk("day", "close", (("enter",), ("enter",), ("enter",)), "Close", ("CloseDialog",)),
    Walk("day", "earlier"),
    Walk("day", "later"),
    Walk("day", "jump", (("yesterday", "enter"),), "Go to"),
    Walk("day", "now"),
    Walk("week", "earlier"),
    Walk("week", "now"),
    Walk("week", "review", tuple(("enter",) for _step in range(9)), "How long", ("ReviewScreen",)),
    Walk("week", "review", (("tab", "enter"), ("m",), ("escape",)), "own words", ("WrittenPage", "LineDialog")),
    Walk("week", "archive", (("enter",),), "Search the reviews", ("Archive",)),
    Walk("week", "open", (("down",),)),
    Walk("week", "worth", (("down",), ("enter",)), "", ("WorthPage", "ShortPage")),
    Walk("week", "longer", (("2",),), "52 weeks", ("LongerLook",)),
    Walk("week", "find", (("carousel",), ("down",)), "Find", ("FindDialog",)),
    Walk("week", "import", (("down",),), "Found on this machine", ("ImportScreen",)),
    Walk("week", "setup", tuple(("enter",) for _question in range(5)), "1 of 5", FIRST_RUN, ends="Ready."),
    Walk("week", "dark"),
    Walk("week", "settings", (("down",), ("enter",)), "Language and colours", ("SettingsDialog",)),
    Walk("week", "help", (("down",),), "Help", ("HelpDialog",)),
    Walk("week", "palette", (("theme",),), "What do you want"),
    Walk("timer", "quit"),
)


def test_every_action_and_dialog_is_walked() -> None:
    assert {walk.action for walk in WALK} == set(BY_ID)
    assert {(walk.view, walk.action) for walk in WALK} >= {
        (view, action.id) for action in ACTIONS if action.where and len(action.where) == 1 for view in action.where
    }
    for module in walk_packages(tui.__path__, f"{tui.__name__}."):
        import_module(module.name)
    dialogs = {kind.__name__ for kind in _subclasses(Dialog) if not kind.__subclasses__()}
    assert {name for walk in WALK for name in walk.dialogs} >= dialogs


def _subclasses(kind: type) -> set[type]:
    """The subclasses of a class, and theirs."""
    direct: list[type] = kind.__subclasses__()
    return {*direct, *(indirect for subclass in direct for indirect in _subclasses(subclass))}


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "t.db").write_bytes(figures.filled())
    (tmp_path / "settings.toml").write_text('first_weekday = "monday"\nbreath_seconds = 0\ndaily_budget = "20h"\n')
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
        "HOME": str(tmp_path),
        "TZ": "Europe/Paris",
        "LANG": "C.UTF-8",
        "TRACKER_DB": str(tmp_path / "t.db"),
        "TRACKER_CONFIG": str(tmp_path / "settings.toml"),
        "TRACKER_NOW": "2026-11-23T15:12",
    }


class Beside:
    """A real command after each key, and what must be true of the screens' process then."""

    def __init__(self, screens: Screens, terminal: Terminal, log: Path) -> None:
        self.screens, self.terminal, self.log = screens, terminal, log
        #: What the command line confirmed: the words it was given.
        self.confirmed: list[str] = []
        #: The view that is shown.
        self.view = "timer"
        self._count = 0

    def look(self, where: str) -> None:
        """Hold the -wal and the locks."""
        pid = self.screens.pid
        assert held.deleted(pid, self.log) == [], f"deleted under the open screens, after {where}"
        assert held.other_files(pid, self.log) == [], f"another file than the screens write to, after {where}"
        assert held.unlocked(pid, self.log) == [], f"the screens have lost their locks, after {where}"

    def run(self, where: str, *, only_look: bool = False) -> None:
        """Run the next command, which must do what it is asked for and no harm."""
        self._count += 1
        words = f"walk-{self._count}"
        # A check of some days ago: nothing that is done on the screens touches it.
        lines = (
            ("status",),
            ("urge", "linkedin", "--trigger", words),
            ("check", "x", words, "--at", f"2026-11-17 {8 + self._count // 60:02}:{self._count % 60:02}"),
        )
        line = lines[0 if only_look else self._count % len(lines)]
        ended = self.terminal.run(*line)
        assert ended.code == 0, (where, str(ended))
        if words in line:
            self.confirmed.append(words)
        self.look(where)


def test_a_command_beside_every_key_of_the_screens_loses_nothing(tmp_path: Path, env: dict[str, str]) -> None:
    log = tmp_path / "t.db"
    with Terminal(env, tmp_path) as terminal, Screens([], env, tmp_path, (100, 30)) as screens:
        beside = Beside(screens, terminal, log)
        screens.started()
        beside.run("the start")
        for walk in WALK[:-1]:
            step(beside, walk)
        assert screens.quit() == 0
        assert terminal.run("status").code == 0
    with closing(sqlite3.connect(log)) as file:
        assert file.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        there = {words for (words,) in file.execute("SELECT trigger FROM urge UNION SELECT note FROM session")}
    assert set(beside.confirmed) - there == set()
    assert not (tmp_path / "t.db-wal").exists()


def step(beside: Beside, walk: Walk) -> None:
    """One action with its dialog: a look after each key, and a command at the end, before the dialog is left."""
    action, screens = BY_ID[walk.action], beside.screens
    if beside.view != walk.view:
        screens.press(VIEWS[walk.view])
        beside.view = walk.view
    where = f"{walk.action} on the {walk.view}"
    key = action.key.split(",")[0]
    if action.where:
        screens.send(key)
    else:  # it has no key: by its name in the palette
        screens.press("ctrl+p", action.label)
        screens.send("enter")
    screens.wait(lambda: walk.shows in screens.text, f"{walk.shows} was not shown after {where}")
    screens.rest()
    beside.look(where)
    for keys in walk.then:
        screens.press(*keys)
        where += f", then {' '.join(keys)}"
        assert screens.alive, (where, screens.text)
        beside.look(where)
    screens.wait(lambda: walk.ends in screens.text, f"{walk.ends} was not shown after {where}")
    beside.run(where, only_look=walk.only_look)
    if walk.then:
        screens.press(*["escape"] * (2 + len(walk.dialogs)))
    if walk.action in VIEWS:
        beside.view = walk.action
