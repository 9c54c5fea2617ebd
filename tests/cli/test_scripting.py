"""docs/scripting.md: what it says of the export is what is exported, and its recipes run as they stand."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import ROOT
from tests.conftest import HANGS_AFTER

if TYPE_CHECKING:
    from tests.cli.conftest import Tracker

DOC = (ROOT / "docs" / "scripting.md").read_text(encoding="utf-8")

RECIPES = dict(re.findall(r"^```(tmux|starship|i3status|polybar|waybar)\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL))

#: Where the command stands in the configuration of each program that runs one line of a shell.
COMMANDS = {
    "tmux": r"#\((.*)\)",
    "starship": r'^command = "(.*)"$',
    "polybar": r"^exec = (.*)$",
    "waybar": r'"exec": "(.*)",$',
}


def shell(tracker: Tracker, line: str) -> str:
    """What a line of a shell prints, with `tracker` on its path."""
    folder = tracker.folder / "bin"
    folder.mkdir(exist_ok=True)
    for name, body in (
        ("tracker", f'exec "{sys.executable}" -m tracker "$@"'),
        ("i3status", "echo '12:00'; echo '12:01'"),
    ):
        (folder / name).write_text(f"#!/bin/sh\n{body}\n")
        (folder / name).chmod(0o755)
    path = {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", "-c", line],
        env=tracker.environment(env=path),
        capture_output=True,
        text=True,
        timeout=HANGS_AFTER,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_every_bar_has_its_recipe() -> None:
    assert set(RECIPES) == {*COMMANDS, "i3status"}


@pytest.mark.skipif(os.name != "posix", reason="these programs run on Unix")
@pytest.mark.parametrize("name", COMMANDS)
def test_a_recipe_shows_what_runs(tracker: Tracker, name: str) -> None:
    (line,) = re.findall(COMMANDS[name], RECIPES[name], re.MULTILINE)
    assert shell(tracker, line).count("\n") == 1, "one line also where nothing runs"
    tracker.run("start linkedin --at 15:00")
    assert shell(tracker, line).startswith("linkedin 12m")


@pytest.mark.skipif(os.name != "posix", reason="this program runs on Unix")
def test_i3status_is_shown_behind_it(tracker: Tracker) -> None:
    tracker.run("start linkedin --at 15:00")
    assert [line.partition(" ")[0] for line in shell(tracker, RECIPES["i3status"]).splitlines()] == ["linkedin"] * 2
    assert shell(tracker, RECIPES["i3status"]).endswith("| 12:01\n")


def test_the_keys_of_the_export_are_those_of_the_table(tracker: Tracker, demo_file: Path) -> None:
    tracker.run("pause 2h")
    exports = [json.loads(tracker.run("export json", env=env).out) for env in ({}, {"TRACKER_DB": str(demo_file)})]
    rows = dict(re.findall(r"^\| `(\w+)` \| (`.*) \|$", DOC.partition("### The JSON export")[2], re.MULTILINE))
    assert set(rows) == set(exports[0]) - {"tracker"}
    for name, described in rows.items():
        keys = set(re.findall(r"`(\w+)`", re.sub(r"\([^)]*\)", "", described)))
        for exported in exports:
            for row in exported[name][:3]:
                assert set(row) == keys, name


def test_the_formats_of_the_export_are_those_of_the_table(tracker: Tracker) -> None:
    table = DOC.partition("## Export")[2].partition("### ")[0]
    said = tracker.run("export xml").refused().partition(": ")[2].split(", ")
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == said
