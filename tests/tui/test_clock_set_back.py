"""The screens where the clock is set back an hour while a timer runs: nothing is negative, every key works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED
from tracker.calendar import clock
from tracker.services import queries, timekeeping
from tracker.tui.actions import timer_actions

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

EARLIER = NOW - 3600
SAVED = "the clock shows 14:12, before its start: saved without a duration · [e] on the Day corrects it"


async def started(app: TrackerApp, pilot: Pilot[None]) -> int:
    """A timer begins at 15:12, then the clock is set to 14:12."""
    running = queries.running(app.workspace)
    if running:
        timekeeping.cancel(app.workspace)
    session = timekeeping.start(app.workspace, "x", intention="a thread", planned_seconds=25 * 60).session
    clock.freeze(EARLIER)
    app.reload()
    await settled(app, pilot)
    return session.id


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_every_view_shows_no_time_and_never_less(running: Running, size: tuple[int, int]) -> None:
    async with running(settings=UNHURRIED, size=size) as (app, pilot):
        await started(app, pilot)
        assert "25m left of the plan" in shown(app)
        for key in ("2", "3", "1"):
            await pilot.press(key)
            await settled(app, pilot)
            assert "-1h" not in shown(app)
            assert "-60m" not in shown(app)
            app.clock_monitor.second(EARLIER + 1)
            await settled(app, pilot)


async def test_space_stops_it_and_says_what_was_saved(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        id = await started(app, pilot)
        await pilot.press("space")
        await pilot.pause()
        assert notices(app)[-1] == f"Stopped X after 0s · counts as a check · {SAVED}"
        session = queries.session(app.workspace, id)
        assert (session.start, session.end, session.intention) == (NOW, NOW, "a thread")
        await pilot.press("z")
        await pilot.pause()
        assert queries.running(app.workspace) == session._replace(end=None)


async def test_starting_another_stops_it_and_begins_now(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        id = await started(app, pilot)
        await pilot.press("s", "i")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        assert SAVED in notices(app)[-1]
        assert queries.session(app.workspace, id).end == NOW
        now = queries.running(app.workspace)
        assert now is not None
        assert (now.channel, now.start) == ("instagram", EARLIER)


async def test_the_question_after_a_jump_can_be_answered_by_stopping(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        id = await started(app, pilot)
        session = queries.session(app.workspace, id)
        timer_actions.ask_doubtful(app, session, (NOW + 5, EARLIER))
        await pilot.pause()
        assert "The clock went back: when did X end?" in shown(app)
        await pilot.press("n")
        await pilot.pause()
        assert notices(app)[-1] == f"Stopped X at 15:12, after 0s · {SAVED}"
        assert queries.session(app.workspace, id).end == NOW


@pytest.mark.parametrize(
    "keys", [("e",), ("x",), ("X",), ("c", "i"), ("u", "i"), ("t",), ("o",), ("b",), ("+",), ("B",), ("p",), ("E",)]
)
async def test_every_other_key_works(running: Running, keys: tuple[str, ...]) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        id = await started(app, pilot)
        await pilot.press("2", *keys)
        await pilot.pause()
        await pilot.press("escape", "escape")
        await settled(app, pilot)
        gone = queries.running(app.workspace) is None
        assert gone or queries.session(app.workspace, id).end is None


async def test_talking_now_stops_it(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        id = await started(app, pilot)
        timekeeping.start_or_switch(app.workspace, "call", person="Samia")
        assert queries.session(app.workspace, id).end == NOW
        now = queries.running(app.workspace)
        assert now is not None
        assert now.start == EARLIER
