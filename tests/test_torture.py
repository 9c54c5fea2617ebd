"""A short slice of the torture (`python -m tests.torture` is all of it), and that its judge sees what it is to see."""

from __future__ import annotations

import random
import sqlite3
import sys
from contextlib import ExitStack, closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

if not sys.platform.startswith("linux"):
    pytest.skip("pseudo-terminals, /proc and strace", allow_module_level=True)

from tests.torture import calls, full, interleave, judge, moved, strace
from tests.torture.commands import Ended, Terminal
from tests.torture.figures import Figures
from tests.torture.world import World, in_memory

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Command lines at work at once: two are enough for a slice.
LINES = 2


@pytest.fixture(scope="module")
def tortured() -> Iterator[tuple[World, list[Terminal]]]:
    """A world with its beginnings, and terminals at it."""
    with TemporaryDirectory(dir=in_memory()) as folder, ExitStack() as stack:
        world = World(Path(folder) / "log", random.Random(13))
        terminals = [stack.enter_context(Terminal(world.env, world.folder)) for _line in range(LINES)]
        world.make_beginnings(terminals[0])
        yield world, terminals


@pytest.fixture
def world(tortured: tuple[World, list[Terminal]]) -> World:
    world, _terminals = tortured
    world.begin()
    return world


@pytest.fixture
def terminal(tortured: tuple[World, list[Terminal]]) -> Terminal:
    _world, terminals = tortured
    if not strace.works(terminals[0].server):
        pytest.skip("no strace here, or it may not trace")
    return terminals[0]


def nothing_lost(figures: Figures) -> None:
    assert figures.found == []
    assert figures.counts["confirmed"] or figures.counts["kills"] or figures.counts["refused"]


def test_screens_and_commands_in_any_order(tortured: tuple[World, list[Terminal]]) -> None:
    figures = Figures()
    next(interleave.rounds(*tortured, figures))
    assert figures.counts["keys"] > 5
    assert figures.counts["commands"] > 5
    nothing_lost(figures)


def test_commands_killed_at_calls_that_write(world: World, terminal: Terminal) -> None:
    figures = Figures()
    passes = calls.kills(world, terminal, figures, ("check", "rows", "undo"))
    while figures.counts["kills at a call"] < 12:
        next(passes)
    nothing_lost(figures)


def test_commands_that_meet_errors_of_the_disk(world: World, terminal: Terminal) -> None:
    figures = Figures()
    passes = calls.errors(world, terminal, figures)
    while not figures.counts["refused"]:
        next(passes)
    nothing_lost(figures)


def test_commands_on_a_full_disk(tortured: tuple[World, list[Terminal]]) -> None:
    world, terminals = tortured
    figures = Figures()
    rounds = full.rounds(world, terminals[0], figures, small=False)
    while figures.counts["refused"] < 5:
        next(rounds)
    nothing_lost(figures)


def test_a_file_moved_under_the_open_screens(tortured: tuple[World, list[Terminal]]) -> None:
    world, terminals = tortured
    figures = Figures()
    next(moved.rounds(world, terminals[0], figures))
    assert figures.counts["moves"] == 1
    nothing_lost(figures)


def test_the_judge_finds_nothing_in_a_beginning(world: World) -> None:
    assert judge.problems(world) == []


def test_the_judge_misses_what_was_confirmed_and_is_not_there(world: World) -> None:
    world.confirmed.add("tk0z")
    assert judge.problems(world) == ["lost: tk0z"]


def test_the_judge_sees_what_no_step_recorded(world: World) -> None:
    with closing(sqlite3.connect(world.log)) as log, log:
        log.execute("INSERT INTO day_note(date, note) VALUES ('2026-10-01', 'half')")
    [said] = judge.problems(world)
    assert said.startswith("half recorded")


def test_the_judge_sees_damage_and_what_was_left_behind(world: World) -> None:
    (world.folder / "x.partial").touch()
    (world.folder / ".tracker-1.tmp").touch()
    assert sorted(judge.problems(world)) == ["left behind: .tracker-1.tmp", "left behind: x.partial"]
    assert judge.problems(world, killed=True) == ["left behind: x.partial"]
    with world.log.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(bytes(4096 * 20))
    assert judge.problems(world)


@pytest.mark.parametrize(
    ("ended", "wrong"),
    [
        (Ended(("status",), 0, "fine\n", ""), False),
        (Ended(("status",), 1, "", "tracker: it cannot\n"), False),
        (Ended(("status",), 1, "", ""), True),
        (Ended(("status",), 1, "", "tracker: one\ntracker: two\n"), True),
        (Ended(("status",), 0, "", "Traceback (most recent call last):\n"), True),
        (Ended(("status",), -9, "", ""), True),
    ],
)
def test_the_judge_wants_one_clear_line(ended: Ended, wrong: bool) -> None:
    assert bool(judge.of_command(ended)) == wrong
