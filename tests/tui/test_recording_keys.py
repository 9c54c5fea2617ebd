"""Urges, outcomes, talks and the day's words by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.conftest import notices

if TYPE_CHECKING:
    from tests.tui.conftest import Running

TODAY = "2026-11-23"


async def test_u_and_a_letter_record_an_urge_resisted(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("u", "x")
        await pilot.pause()
        assert [urge.channel for urge in app.desk.day(TODAY).urges][-1] == "x"
        assert notices(app)[-1] == "Resisted X ✓"


async def test_the_days_words_are_written_and_taken_away(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("space", *"Done.", "enter")
        await pilot.pause()
        assert (app.desk.day(TODAY).note or "").endswith("Call Samia back. Done.")
        await pilot.press("n")
        await pilot.pause()
        await pilot.press("ctrl+u", "enter")
        await pilot.pause()
        assert app.desk.day(TODAY).note is None
