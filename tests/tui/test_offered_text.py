"""What already stands in a line: typing replaces it, an arrow or End keeps it; and nothing is wrong before a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.tui.conftest import settled, shown
from tests.tui.figures import UNHURRIED
from tests.tui.test_typing_ahead import typed_at_once
from tracker.services import closing_day, reviewing

if TYPE_CHECKING:
    from tests.tui.conftest import Running

TODAY = "2026-11-23"


@pytest.mark.parametrize("at_once", [False, True])
async def test_what_one_puts_off_takes_the_place_of_the_task(running: Running, at_once: bool) -> None:
    async with running() as (app, pilot):
        closing_day.set_task(app.workspace, "finish the invoice for Samia")
        if at_once:
            await typed_at_once(app, pilot, "uipoffer for the gallery\n")
        else:
            await pilot.press("u", "i", "p")
            await pilot.pause()
            await pilot.press(*"offer for the gallery", "enter")
        await settled(app, pilot)
        assert closing_day.task(app.workspace).task == "offer for the gallery"


async def test_enter_alone_and_end_keep_what_stands_there(running: Running) -> None:
    async with running() as (app, pilot):
        closing_day.set_task(app.workspace, "invoice")
        await pilot.press("u", "i", "p")
        await pilot.pause()
        await pilot.press("end", *" for Samia", "enter")
        await settled(app, pilot)
        assert closing_day.task(app.workspace).task == "invoice for Samia"
        await pilot.press("u", "x", "p")
        await pilot.pause()
        await pilot.press("enter")
        await settled(app, pilot)
        assert closing_day.task(app.workspace).task == "invoice for Samia"


async def test_every_field_of_a_session_is_replaced_by_typing(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "up", "enter")
        await pilot.pause()
        await pilot.press("tab", "tab")
        field = app.focused
        assert isinstance(field, Input)
        assert field.value
        await pilot.press("x")
        assert field.value == "x"


@pytest.mark.parametrize("begins", ["if ", "", "If "])
async def test_a_commitment_begins_with_if_once(running: Running, begins: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        reviewing.begin_review(app.workspace, "2026-W47")
        reviewing.remember_step(app.workspace, "2026-W47", "next")
        await pilot.press("R")
        await settled(app, pilot)
        await pilot.press("a")
        await settled(app, pilot)
        assert "is not a commitment" not in shown(app), "nothing is wrong before a key"
        await pilot.press(*f"{begins}I want to look then I call Samia", "enter")
        await settled(app, pilot)
        (commitment,) = reviewing.commitments_of(app.workspace, "2026-W48")
        assert (commitment.cue, commitment.plan) == ("I want to look", "I call Samia")
        assert "If I want to look, then I call Samia." in shown(app)
