"""How few keys the daily things take, counted: a figure here that grows is a promise broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.tui.conftest import settled
from tests.tui.figures import STRICT
from tracker.domain.record import Record
from tracker.services import closing_day, habit_keeping, pausing, queries
from tracker.tui.screens.patterns_panel import patterns_today

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tui.conftest import Running
    from tracker.workspace import Workspace

TODAY = "2026-11-23"


class Flow(Record):
    """What the keys do, how many they may be, and how one sees in the file that it was done."""

    name: str
    most: int
    keys: tuple[str, ...]
    sees: Callable[[Workspace], Any]


FLOWS = (
    Flow("check", 2, ("c", "i"), lambda workspace: queries.day(workspace, TODAY).checks),
    Flow(
        "what the check was for",
        3,
        ("c", "i", "L"),
        lambda workspace: queries.day(workspace, TODAY).parts[-1].session.note,
    ),
    Flow("start with last intention and plan", 3, ("s", "i", "enter"), lambda workspace: queries.running(workspace)),
    Flow("five minutes more", 1, ("plus",), lambda workspace: queries.running(workspace)),
    Flow("stop", 1, ("space",), lambda workspace: queries.running(workspace)),
    Flow("check the last one again", 2, ("c", "c"), lambda workspace: queries.day(workspace, TODAY).checks),
    Flow("an urge, and what set it off", 3, ("u", "x", "b"), lambda workspace: queries.day(workspace, TODAY).urges),
    Flow("outcome", 3, ("o", "p", "enter"), lambda workspace: queries.day(workspace, TODAY).outcomes),
    Flow("contact", 4, ("t", "o", "1", "enter"), lambda workspace: len(queries.day(workspace, TODAY).parts)),
    Flow(
        "tick a habit",
        3,
        ("y", "down", "space"),
        lambda workspace: [kept.today for kept in habit_keeping.habits(workspace, TODAY)],
    ),
    Flow("pause of an hour", 2, ("b", "1"), lambda workspace: pausing.current_pause(workspace)),
    Flow("the task is done", 1, ("W",), lambda workspace: queries.day(workspace, TODAY).task_done),
    Flow(
        "silence a pattern",
        2,
        ("1", "N"),
        lambda workspace: [item.aside for item in patterns_today(workspace)],
    ),
    Flow(
        "a pattern is expected, and why",
        3,
        ("1", "X", "w"),
        lambda workspace: [item.aside for item in patterns_today(workspace)],
    ),
    Flow("delete the newest line", 2, ("2", "d"), lambda workspace: len(queries.day(workspace, TODAY).parts)),
)


@pytest.mark.parametrize("screen", ["1", "2", "3"])
async def test_so_few_keys_do_it_from_any_screen(running: Running, screen: str) -> None:
    async with running(settings=STRICT, size=(80, 24)) as (app, pilot):
        closing_day.set_task(app.workspace, "the offer")
        app.reload()
        for flow in FLOWS:
            assert len(flow.keys) <= flow.most
            await pilot.press(screen)
            await pilot.pause()
            before = flow.sees(app.workspace)
            for key in flow.keys:
                await pilot.press(key)
                await pilot.pause()
            await settled(app, pilot)
            assert flow.sees(app.workspace) != before, flow.name
            left_open = 2 if flow.name == "tick a habit" else 1
            assert len(app.screen_stack) == left_open, f"{flow.name}: nothing is left to answer"
            await pilot.press("escape")
            await pilot.pause()
