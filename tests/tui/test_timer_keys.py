"""Starting, stopping and checking by keys, from any screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED
from tracker.calendar import clock
from tracker.services import queries

if TYPE_CHECKING:
    from tests.tui.conftest import Running


async def test_two_keys_log_a_check(running: Running) -> None:
    async with running() as (app, pilot):
        before = queries.day(app.workspace, "2026-11-23").checks
        await pilot.press("c", "i")
        await pilot.pause()
        assert queries.day(app.workspace, "2026-11-23").checks == before + 1
        first, what_for = notices(app)[-1].split("\n")
        assert first == "15:12 checked Instagram · 12 checks"
        assert what_for == "For what? [L] likes · [F] followers · [C] comments · [M] messages · [S] statistics"
        assert len(app.screen_stack) == 1  # nothing waits for an answer


@pytest.mark.parametrize("key", "LFCMS")
async def test_one_more_key_says_what_a_check_was_for(running: Running, key: str) -> None:
    what = {"L": "likes", "F": "followers", "C": "comments", "M": "messages", "S": "statistics"}[key]
    async with running() as (app, pilot):
        await pilot.press("c", "i", key)
        await pilot.pause()
        check = queries.day(app.workspace, "2026-11-23").parts[-1].session
        assert (check.channel, check.source, check.note) == ("instagram", "check", what)
        assert notices(app)[-1] == f"Instagram 15:12: check for {what}"
        await pilot.press("z")
        await pilot.pause()
        assert queries.day(app.workspace, "2026-11-23").parts[-1].session.note is None


async def test_what_a_check_was_for_can_be_said_for_ten_minutes(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("L")
        await pilot.pause()
        assert notices(app)[-1] == "No check in the last ten minutes; [c] logs one"
        await pilot.press("c", "i")
        await pilot.pause()
        app.dismiss_toasts()  # as by now the notice is gone
        clock.freeze(NOW + 601)
        await pilot.press("L")
        await pilot.pause()
        assert notices(app)[-1] == "No check in the last ten minutes; [c] logs one"
        assert queries.day(app.workspace, "2026-11-23").parts[-1].session.note is None


async def test_todays_checks_stand_against_the_limit_one_chose(running: Running) -> None:
    async with running(settings=UNHURRIED._replace(check_limit=12), size=(80, 24)) as (app, pilot):
        assert "11 of 12 checks" in shown(app)
        await pilot.press("c", "i", "c", "i")
        await pilot.pause()
        assert "▲ 13 of 12 checks" in shown(app)
        assert notices(app)[-1].startswith("15:12 checked Instagram · ▲ 13 of 12 checks")


async def test_c_c_checks_the_channel_opened_last(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("space", "c", "c")
        await pilot.pause()
        parts = queries.day(app.workspace, "2026-11-23").parts
        assert (parts[-1].session.channel, parts[-1].session.source) == ("linkedin", "check")


async def test_s_letter_enter_starts_as_last_time(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("s", "i")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.channel, session.activity, session.planned_seconds) == ("instagram", "reply", 600)
        assert "stopped LinkedIn" in notices(app)[-1]


async def test_a_start_takes_activity_plan_and_intention_in_one_line(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await pilot.press("s", "l")
        await pilot.pause()
        await pilot.press(*"prospect", "space", *"40m", "space", *"three", "space", *"calls", "enter")
        await pilot.pause()
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.activity, session.planned_seconds, session.intention) == ("prospect", 2400, "three calls")


async def test_escape_starts_nothing(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await pilot.press("s", "l")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert queries.running(app.workspace) is None
        assert not queries.day(app.workspace, "2026-11-23").urges
        assert len(app.screen_stack) == 1


async def test_what_is_stopped_at_once_is_said_to_be_a_check(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("space", "space")
        await pilot.pause()
        clock.freeze(NOW + 15)
        await pilot.press("space")
        await pilot.pause()
        assert notices(app)[-1] == "Stopped LinkedIn after 15s · counts as a check"


async def test_an_undone_stop_says_no_times_of_what_runs_again(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("space")
        await pilot.pause()
        await pilot.press("z")
        await pilot.pause()
        assert queries.running(app.workspace)
        assert notices(app)[-1] == "Undone: stopped LinkedIn"


@pytest.mark.parametrize("view", ["1", "2", "3"])
async def test_space_stops_and_resumes_from_any_screen(running: Running, view: str) -> None:
    async with running() as (app, pilot):
        await pilot.press(view, "space")
        await pilot.pause()
        assert queries.running(app.workspace) is None
        assert notices(app)[-1] == "Stopped LinkedIn after 37m · 12m over plan"
        clock.freeze(NOW + 60)
        await pilot.press("space")
        await pilot.pause()
        session = queries.running(app.workspace)
        assert session is not None
        assert session.intention == "carousel on snail prospecting"


async def test_a_channel_not_in_use_starts_by_its_letter(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        letter = next(channel.letter for channel in queries.channels(app.workspace) if channel.name == "facebook")
        await pilot.press("s", letter or "")
        await pilot.pause()
        await pilot.press("enter")
        await pilot.pause()
        session = queries.running(app.workspace)
        assert session is not None
        assert session.channel == "facebook"


async def test_the_clock_goes_on_and_turns_at_the_end_of_the_plan(running: Running) -> None:
    async with running() as (app, pilot):
        assert "12m over plan" in shown(app)
        clock.freeze(NOW + 3 * 60)
        app.tick()
        await settled(app, pilot)
        assert "15m over plan" in shown(app)
        assert "15:15" in shown(app)


async def test_another_programs_change_is_seen_within_a_second(running: Running) -> None:
    from tracker.storage import Database, sessions

    async with running() as (app, pilot):
        with Database.open(app.workspace.database.file.path) as other:
            sessions.stop(other, NOW, now=NOW)
        app.tick()
        await settled(app, pilot)
        assert "No timer running" in shown(app)


async def test_a_new_day_begins_while_the_screens_are_open(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("space")
        clock.freeze(NOW + 13 * 3600)
        app.tick()
        await settled(app, pilot)
        text = shown(app)
        assert "Tue 24 Nov" in text
        assert "nothing logged yet" in text


async def test_quitting_with_a_running_timer_says_that_it_keeps_running(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("q")
        await pilot.pause()
        assert app.farewell is not None
        assert "LinkedIn keeps running since 14:35" in app.farewell
        assert queries.running(app.workspace) is not None


async def test_x_drops_what_runs_and_z_brings_it_back(running: Running) -> None:
    async with running() as (app, pilot):
        before = queries.running(app.workspace)
        await pilot.press("x")
        await pilot.pause()
        assert queries.running(app.workspace) is None
        assert notices(app)[-1] == "Discarded LinkedIn create, 37m · [z] brings it back"
        await pilot.press("z")
        await pilot.pause()
        assert queries.running(app.workspace) == before


async def test_one_notice_at_a_time_and_none_over_a_question(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("c", "i", "L")
        await pilot.pause()
        assert notices(app) == ["Instagram 15:12: check for likes"]
        await pilot.press("o")
        await pilot.pause()
        assert notices(app) == []


async def test_what_is_said_once_only_outlives_what_keys_answer(running: Running) -> None:
    async with running() as (app, pilot):
        app.notify("the [plan] is over", timeout=10)
        await pilot.press("c", "i", "L", "o")
        await pilot.pause()
        assert notices(app) == ["the [plan] is over"]
