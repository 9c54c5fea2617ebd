"""Pauses by keys, and what a live burst of checking suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import ZONE
from tracker.calendar import clock
from tracker.services import pattern_marks, pausing
from tracker.storage import Database, day_records, sessions
from tracker.tui.clock_monitor import mention_burst

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

HOUR = 3600


async def later(app: TrackerApp, pilot: Pilot[None], instant: int) -> None:
    clock.freeze(instant)
    app.tick()
    await settled(app, pilot)


class TestAPause:
    @pytest.mark.parametrize(
        ("view", "key", "end"), [("1", "3", NOW + 1800), ("2", "1", NOW + HOUR), ("3", "e", NOW + 168 * 60)]
    )
    async def test_two_keys_declare_one_from_any_screen(self, running: Running, view: str, key: str, end: int) -> None:
        async with running() as (app, pilot):
            await pilot.press(view, "b", key)
            await pilot.pause()
            pause = pausing.current_pause(app.workspace)
            assert pause is not None
            assert pause.end == end
            assert "LinkedIn is still running, [space] stops it" in notices(app)[-1]

    async def test_any_other_length_is_typed(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("b", "t")
            await pilot.pause()
            await pilot.press(*"until 17:45")
            await pilot.pause()
            assert "until 17:45, for 2h 33m" in shown(app)
            await pilot.press("enter")
            await pilot.pause()
            assert "Paused until 17:45" in notices(app)[-1]

    async def test_the_timer_counts_it_down_and_the_header_on_every_screen(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("space", "b", "2")
            await settled(app, pilot)
            text = shown(app)
            assert "‖ Pause" in text
            assert "until 17:12" in text
            assert "left of the pause" in text
            await pilot.press("3")
            await later(app, pilot, NOW + 60)
            assert "‖ pause until 17:12" in shown(app)

    async def test_it_is_called_off_by_two_keys(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("b", "1")
            await pilot.pause()
            await pilot.press("b", "x")
            await pilot.pause()
            assert pausing.current_pause(app.workspace) is None
            assert notices(app)[-1] == "Pause ended"

    async def test_what_is_opened_inside_is_told_without_drama(self, running: Running) -> None:
        async with running(size=(120, 48)) as (app, pilot):
            await pilot.press("space", "b", "1")
            await pilot.pause()
            clock.freeze(NOW + 600)
            await pilot.press("c", "i")
            await settled(app, pilot)
            assert notices(app)[-1].startswith("15:22 checked Instagram · 12 checks · inside the pause until 16:12\n")
            assert "opened Instagram 15:22" in shown(app)
            await pilot.press("2")
            await settled(app, pilot)
            assert "15:12 ‖ pause until 16:12" in shown(app)
            assert "15:22 ‖ opened Instagram" in shown(app)

    async def test_its_end_is_told_and_the_timer_is_as_before(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("space", "b", "3")
            await later(app, pilot, NOW + 1799)
            assert "‖ Pause" in shown(app)
            await later(app, pilot, NOW + 1800)
            assert "No timer running" in shown(app)
            assert notices(app)[-1] == "The pause is over: kept ✓"
            assert "pause until 15:42 kept ✓" in shown(app)

    async def test_another_program_s_pause_is_seen(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("space")
            with Database.open(app.workspace.database.file.path) as other:
                day_records.begin_pause(other, NOW + HOUR, ZONE, now=NOW)
            await later(app, pilot, NOW + 1)
            assert "‖ Pause" in shown(app)


#: Minutes ago: many more than even a busy afternoon would hold.
BURST = (20, 18, 17, 15, 14, 12, 11, 9, 8, 6, 5, 4)


def burst(app: TrackerApp, *minutes: int) -> None:
    with Database.open(app.workspace.database.file.path) as other:
        for ago in minutes:
            sessions.check(other, "instagram", NOW - ago * 60, ZONE, None, now=NOW)


class TestALiveBurst:
    @pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36)])
    async def test_the_timer_says_it_with_the_ways_out_and_no_toast(
        self, running: Running, size: tuple[int, int]
    ) -> None:
        async with running(size=size) as (app, pilot):
            burst(app, *BURST)
            await later(app, pilot, NOW)
            assert notices(app) == []
            assert "▌⚑ Bursts of checking" in shown(app)
            assert "w the important task" in shown(app)
            assert size == (60, 15) or "b a pause" in shown(app)

    async def test_the_day_says_it_once_with_the_ways_out(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("2")
            burst(app, *BURST)
            await later(app, pilot, NOW)
            (said,) = notices(app)
            assert "12 openings in 16m (Instagram); usually fewer than 1" in said
            assert "[1] [⏎] evidence" in said
            assert "[w] the important task · [t] a call · [b] a pause" in said
            burst(app, 2)
            await later(app, pilot, NOW + 1)
            assert len(notices(app)) == 1

    async def test_not_again_after_a_restart(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("2")
            burst(app, *BURST)
            await later(app, pilot, NOW)
            assert len(notices(app)) == 1
            mention_burst(app)
            assert len(notices(app)) == 1

    async def test_one_of_a_muted_pattern_is_not_said(self, running: Running) -> None:
        async with running() as (app, pilot):
            pattern_marks.dismiss(app.workspace, "check_cluster")
            burst(app, *BURST)
            await later(app, pilot, NOW)
            assert "Bursts of checking" in shown(app), "it is listed, greyed"
            assert not any("openings" in notice for notice in notices(app))

    async def test_one_that_is_over_is_not_said(self, running: Running) -> None:
        async with running() as (app, pilot):  # the figures hold one that ended 48 minutes ago
            await later(app, pilot, NOW + 1)
            assert not any("openings" in notice for notice in notices(app))
            assert "b a pause" not in shown(app)

    async def test_enter_opens_its_evidence(self, running: Running) -> None:
        async with running(size=(120, 60)) as (app, pilot):
            burst(app, *BURST)
            await later(app, pilot, NOW)
            await pilot.press("enter")
            await settled(app, pilot)
            assert "Bursts of checking" in shown(app).splitlines()[0]
            assert "an observation, not a diagnosis" in shown(app)

    async def test_enter_opens_it_whatever_was_chosen_before(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("down")
            burst(app, *BURST)
            await later(app, pilot, NOW)
            await pilot.press("enter")
            await settled(app, pilot)
            assert "Bursts of checking" in shown(app).splitlines()[0]
