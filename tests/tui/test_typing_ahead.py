"""Keys typed faster than the screens answer: none is lost, none does something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.events import Key
from textual.keys import _character_to_key

from tests.tui.conftest import settled

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
        app.desk.stop()
        before = app.desk.day("2026-11-23").checks
        await typed_at_once(app, pilot, "cc")
        assert app.desk.day("2026-11-23").checks == before + 1
        assert len(app.screen_stack) == 1


async def test_s_letter_and_a_line_in_one_breath_start_it(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await typed_at_once(app, pilot, "slcreate 25m two posts\n")
        session = app.desk.running()
        assert session is not None
        told = (session.channel, session.activity, session.planned_seconds, session.intention)
        assert told == ("linkedin", "create", 1500, "two posts")


async def test_a_check_and_a_screen_in_one_breath(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await typed_at_once(app, pilot, "ci2")
        assert app.view.id == "day"
        assert app.desk.day("2026-11-23").checks == 1


async def test_keys_a_chooser_does_not_know_are_left_alone(running: Running) -> None:
    async with running() as (app, pilot):
        await typed_at_once(app, pilot, "c22\x1b")
        assert len(app.screen_stack) == 1
        assert app.view.id == "timer"


async def test_keys_behind_an_enter_reach_what_comes_after(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await typed_at_once(app, pilot, "sl\n ciuy\x1b")
        parts = app.desk.day("2026-11-23").parts
        assert app.desk.running() is None
        assert [part.session.channel for part in parts] == ["linkedin", "instagram"]
        assert [urge.channel for urge in app.desk.day("2026-11-23").urges] == ["youtube"]


async def test_keys_behind_a_refused_enter_stay_in_the_line(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await typed_at_once(app, pilot, "/linkedin\n 25m\n")
        (part,) = app.desk.day("2026-11-23").parts
        assert part.end - part.start == 1500
