"""How few keys the daily things take, counted: a figure here that grows is a promise broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.tui.conftest import settled
from tests.tui.figures import UNHURRIED
from tracker.domain.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.tui.conftest import Running
    from tracker.tui.desk import Desk

TODAY = "2026-11-23"


class Flow(Record):
    """What the keys do, how many they may be, and how one sees in the file that it was done."""

    name: str
    most: int
    keys: tuple[str, ...]
    sees: Callable[[Desk], Any]


FLOWS = (
    Flow("check", 2, ("c", "i"), lambda desk: desk.day(TODAY).checks),
    Flow("what the check was for", 3, ("c", "i", "L"), lambda desk: desk.day(TODAY).parts[-1].session.note),
    Flow("start with last intention and plan", 3, ("s", "i", "enter"), lambda desk: desk.running()),
    Flow("five minutes more", 1, ("plus",), lambda desk: desk.running()),
    Flow("stop", 1, ("space",), lambda desk: desk.running()),
    Flow("check the last one again", 2, ("c", "c"), lambda desk: desk.day(TODAY).checks),
    Flow("an urge, and what set it off", 3, ("u", "x", "b"), lambda desk: desk.day(TODAY).urges),
    Flow("outcome", 3, ("o", "p", "enter"), lambda desk: desk.day(TODAY).outcomes),
    Flow("contact", 4, ("t", "o", "1", "enter"), lambda desk: len(desk.day(TODAY).parts)),
    Flow("tick a habit", 3, ("y", "down", "space"), lambda desk: [kept.today for kept in desk.habits(TODAY)]),
    Flow("pause of an hour", 2, ("b", "1"), lambda desk: desk.pause()),
    Flow("the task is done", 1, ("W",), lambda desk: desk.day(TODAY).task_done),
    Flow("silence a pattern", 2, ("1", "N"), lambda desk: [one.aside for one in desk.patterns()]),
    Flow("a pattern is expected, and why", 3, ("1", "X", "w"), lambda desk: [one.aside for one in desk.patterns()]),
    Flow("delete the newest line", 2, ("2", "d"), lambda desk: len(desk.day(TODAY).parts)),
)


@pytest.mark.parametrize("screen", ["1", "2", "3"])
async def test_so_few_keys_do_it_from_any_screen(running: Running, screen: str) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        app.desk.set_task("the offer")
        app.reload()
        for flow in FLOWS:
            assert len(flow.keys) <= flow.most
            await pilot.press(screen)
            await pilot.pause()
            before = flow.sees(app.desk)
            for key in flow.keys:
                await pilot.press(key)
                await pilot.pause()
            await settled(app, pilot)
            assert flow.sees(app.desk) != before, flow.name
            left_open = 2 if flow.name == "tick a habit" else 1
            assert len(app.screen_stack) == left_open, f"{flow.name}: nothing is left to answer"
            await pilot.press("escape")
            await pilot.pause()
