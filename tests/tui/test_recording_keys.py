"""Urges, outcomes, talks and the day's words by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui import figures
from tests.tui.conftest import notices, settled
from tracker.services import queries

if TYPE_CHECKING:
    from tests.tui.conftest import Running

TODAY = "2026-11-23"


def at(time: str) -> int:
    """That time of today."""
    return figures.at((2026, 11, 23), time)


async def test_u_and_a_letter_record_an_urge_resisted(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("u", "x")
        await pilot.pause()
        assert [urge.channel for urge in queries.day(app.workspace, TODAY).urges][-1] == "x"
        assert notices(app)[-1] == "Resisted urge: X ✓"
        await pilot.press("b")  # the trigger is the third key
        await pilot.pause()
        assert queries.day(app.workspace, TODAY).urges[-1].trigger == "bored"
        await pilot.press("z")
        await pilot.pause()
        assert [urge.at for urge in queries.day(app.workspace, TODAY).urges if urge.channel == "x"] == [at("12:10")]


@pytest.mark.parametrize("key", ["x", "escape", "2"])
async def test_what_set_an_urge_off_may_be_left_unsaid(running: Running, key: str) -> None:
    async with running() as (app, pilot):
        await pilot.press("u", "x", key)
        await settled(app, pilot)
        assert len(app.screen_stack) == 1
        assert queries.day(app.workspace, TODAY).urges[-1].trigger is None
        assert app.view.id == ("day" if key == "2" else "timer")


async def test_what_set_an_urge_off_in_ones_own_words(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("u", "x", "o")
        await pilot.pause()
        await pilot.press(*"Anxious", "enter")
        await settled(app, pilot)
        assert queries.day(app.workspace, TODAY).urges[-1].trigger == "anxious"


async def test_what_was_put_off_becomes_todays_task(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("u", "x", "p")
        await pilot.pause()
        await pilot.press(*"the proposal", "enter")
        await settled(app, pilot)
        day = queries.day(app.workspace, TODAY)
        assert (day.urges[-1].trigger, day.task) == ("procrastinating on the proposal", "the proposal")
        await pilot.press("z")
        await settled(app, pilot)
        day = queries.day(app.workspace, TODAY)
        assert (len([urge for urge in day.urges if urge.channel == "x"]), day.task) == (1, None)


async def test_the_days_words_are_written_and_taken_away(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("end", "space", *"Done.", "enter")
        await pilot.pause()
        assert (queries.day(app.workspace, TODAY).note or "").endswith("Call Samia back. Done.")
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("ctrl+u", "enter")
        await pilot.pause()
        assert queries.day(app.workspace, TODAY).note is None
