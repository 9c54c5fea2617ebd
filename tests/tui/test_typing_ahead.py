"""Keys typed faster than the screens answer: none is lost, none does something else."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from textual.events import Key
from textual.keys import _character_to_key
from textual.widgets import Input

from tests.conftest import NOW
from tests.tui.conftest import notices, settled
from tests.tui.figures import UNHURRIED
from tracker.services import pausing, queries, reviewing, timekeeping
from tracker.tui.review.screen import ReviewScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp


async def typed_at_once(app: TrackerApp, pilot: Pilot[None], keys: str) -> None:
    """Every key in one breath, as a fast hand or a paste would."""
    for sign in keys:
        key = "enter" if sign == "\n" else "escape" if sign == "\x1b" else _character_to_key(sign)
        app.post_message(Key(key, None if sign in "\n\x1b" else sign))
    for _turn in range(4):
        await settled(app, pilot)


async def test_c_c_in_one_breath_is_one_check(running: Running) -> None:
    async with running() as (app, pilot):
        timekeeping.stop(app.workspace)
        before = queries.day(app.workspace, "2026-11-23").checks
        await typed_at_once(app, pilot, "cc")
        assert queries.day(app.workspace, "2026-11-23").checks == before + 1
        assert len(app.screen_stack) == 1


async def test_s_letter_and_a_line_in_one_breath_start_it(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await typed_at_once(app, pilot, "slcreate 25m two posts\n")
        session = queries.running(app.workspace)
        assert session is not None
        told = (session.channel, session.activity, session.planned_seconds, session.intention)
        assert told == ("linkedin", "create", 1500, "two posts")


async def test_a_check_and_a_screen_in_one_breath(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await typed_at_once(app, pilot, "ci2")
        assert app.view.id == "day"
        assert queries.day(app.workspace, "2026-11-23").checks == 1


async def test_keys_a_chooser_does_not_know_are_left_alone(running: Running) -> None:
    async with running() as (app, pilot):
        await typed_at_once(app, pilot, "c22\x1b")
        assert len(app.screen_stack) == 1
        assert app.view.id == "timer"


async def test_keys_behind_an_enter_reach_what_comes_after(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await typed_at_once(app, pilot, "sl\n ciuy\x1b")
        parts = queries.day(app.workspace, "2026-11-23").parts
        assert queries.running(app.workspace) is None
        assert [part.session.channel for part in parts] == ["linkedin", "instagram"]
        assert [urge.channel for urge in queries.day(app.workspace, "2026-11-23").urges] == ["youtube"]


async def test_keys_behind_a_refused_enter_stay_in_the_line(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await typed_at_once(app, pilot, "/linkedin\n 25m\n")
        (part,) = queries.day(app.workspace, "2026-11-23").parts
        assert part.end - part.start == 1500


async def test_words_behind_a_key_of_the_review_go_to_the_line_it_opens(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        reviewing.begin_review(app.workspace, "2026-W47")
        reviewing.remember_step(app.workspace, "2026-W47", "next")
        await pilot.press("R")
        await settled(app, pilot)
        await typed_at_once(app, pilot, "aif I miss Samia then I ask her\n")
        assert isinstance(app.screen, ReviewScreen)
        assert app.screen.step.name == "next", "an s in the words skips nothing"
        assert [commitment.cue for commitment in reviewing.commitments_of(app.workspace, "2026-W48")] == [
            "I miss Samia"
        ]


async def test_a_reason_in_ones_own_words_is_not_its_first_letter(running: Running) -> None:
    async with running() as (app, pilot):
        await typed_at_once(app, pilot, "Xlaunch week\n")
        assert notices(app)[-1].startswith("Bursts of checking: expected, launch week"), "not “launch”"
        assert app.view.id == "timer"
        await pilot.press("X", *"vacation", "enter")
        await settled(app, pilot)
        assert notices(app)[-1].startswith("Bursts of checking: expected, vacation"), "v is no choice"
        await pilot.press("X", "l")
        await settled(app, pilot)
        assert notices(app)[-1].startswith("Bursts of checking: expected, launch ·"), "one letter still is one"


async def test_a_pause_typed_at_once_is_as_long_as_it_says(running: Running) -> None:
    async with running() as (app, pilot):
        await typed_at_once(app, pilot, "b25m")
        assert pausing.current_pause(app.workspace) is None, "2 is no answer where 25m is meant"
        await typed_at_once(app, pilot, "\n")
        pause = pausing.current_pause(app.workspace)
        assert pause is not None
        assert pause.end == NOW + 25 * 60


@pytest.mark.parametrize(("keys", "minutes"), [("4", 0), ("45m", 45), ("until 16:12", 60)])
async def test_what_is_no_offered_pause_is_typed(running: Running, keys: str, minutes: int) -> None:
    async with running() as (app, pilot):
        await pilot.press("b", *keys)
        await settled(app, pilot)
        assert pausing.current_pause(app.workspace) is None
        assert app.screen.query_one(Input).value == keys
        await pilot.press("enter" if minutes else "escape")
        await settled(app, pilot)
        pause = pausing.current_pause(app.workspace)
        assert (pause.end - NOW if pause else 0) == minutes * 60


async def test_what_set_an_urge_off_is_typed_at_once(running: Running) -> None:
    async with running() as (app, pilot):
        await typed_at_once(app, pilot, "uiobored again\n")
        assert queries.day(app.workspace, "2026-11-23").urges[-1].trigger == "bored again"
        await typed_at_once(app, pilot, "uxb2")
        assert queries.day(app.workspace, "2026-11-23").urges[-1].trigger == "bored"
        assert app.view.id == "day", "a key that is no word goes on to what it does"


async def test_words_behind_the_key_of_ones_own_words_are_in_their_line(running: Running) -> None:
    async with running() as (app, pilot):
        await typed_at_once(app, pilot, "Xolaunch week\n")
        assert notices(app)[-1].startswith("Bursts of checking: expected, launch week")


#: Thirty keys that would each do something else on the screen below or in another order.
BURST = "instagram reply 05:10-05:30 @sa"


@pytest.mark.parametrize("opens", ["/", "si"])
async def test_a_burst_of_keys_stays_in_its_order(running: Running, opens: str) -> None:
    async with running(empty=True) as (app, pilot):
        for _time in range(6):
            await typed_at_once(app, pilot, opens + BURST)
            assert app.screen.query_one(Input).value == BURST
            await typed_at_once(app, pilot, "\x1b" * len(opens))  # to the letters, then away
            assert len(app.screen_stack) == 1


async def test_bursts_behind_one_another_stay_in_their_order(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        for sign in f"/{BURST}":
            app.post_message(Key(_character_to_key(sign), sign))
            await asyncio.sleep(0)  # as they come, some while others are on their way
        await settled(app, pilot)
        assert app.screen.query_one(Input).value == BURST
