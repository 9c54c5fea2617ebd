"""While it runs: the plan's end, five minutes more, why still here, and what to keep of a forgotten timer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED
from tracker.calendar import clock
from tracker.services import queries
from tracker.services.timekeeping import ALIVE
from tracker.storage import Database, session_table, sessions
from tracker.tui import notifications
from tracker.tui.modals.dialog import Chooser

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

HOUR = 3600
#: The session of the figures: LinkedIn since 14:35, 25 minutes planned.
BEGAN, PLAN = NOW - 37 * 60, 1500


async def later(app: TrackerApp, pilot: Pilot[None], instant: int) -> None:
    """The clock shows another time, and a second passes."""
    clock.freeze(instant)
    app.tick()
    await settled(app, pilot)


def asked(app: TrackerApp) -> bool:
    return isinstance(app.screen, Chooser)


class TestThePlansEnd:
    @pytest.fixture
    def told(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
        told: list[tuple[str, str]] = []
        monkeypatch.setattr(notifications, "send", lambda _app, _ways, title, body: told.append((title, body)))
        return told

    @pytest.mark.parametrize("view", ["1", "2", "3"])
    async def test_it_is_told_once_from_any_screen(
        self, running: Running, told: list[tuple[str, str]], view: str
    ) -> None:
        async with running(now=BEGAN + PLAN - 1) as (app, pilot):
            await pilot.press(view)
            for second in range(3):
                await later(app, pilot, BEGAN + PLAN + second)
            assert told == [("LinkedIn", "the planned 25m is over · carousel on snail prospecting")]
            says = "LinkedIn: the planned 25m is over · [+] adds 5 minutes, [space] stops"
            assert notices(app).count(says) == 1
            assert app.focused is None

    async def test_it_is_told_for_a_plan_that_another_program_extended(
        self, running: Running, told: list[tuple[str, str]]
    ) -> None:
        async with running(now=BEGAN + PLAN - 1) as (app, pilot):
            await later(app, pilot, BEGAN + PLAN)
            with Database.open(app.workspace.database.file.path) as other:
                session = session_table.running(other)
                assert session is not None
                sessions.edit(other, session.id, now=BEGAN + PLAN, planned_seconds=PLAN + 60)
            await later(app, pilot, BEGAN + PLAN + 1)
            await later(app, pilot, BEGAN + PLAN + 60)
            assert len(told) == 2

    async def test_a_plan_over_before_the_screens_opened_is_not_told(
        self, running: Running, told: list[tuple[str, str]]
    ) -> None:
        async with running() as (app, pilot):
            await later(app, pilot, NOW + 1)
            assert told == []


class TestFiveMinutesMore:
    async def test_plus_extends_from_now_what_is_over(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("plus")
            await pilot.pause()
            session = queries.running(app.workspace)
            assert session is not None
            assert session.start + (session.planned_seconds or 0) == NOW + 300
            assert notices(app)[-1] == "LinkedIn: 5 minutes more, until 15:17"
            await pilot.press("z")
            await pilot.pause()
            session = queries.running(app.workspace)
            assert session is not None
            assert session.planned_seconds == PLAN

    async def test_it_adds_to_a_plan_that_still_runs(self, running: Running) -> None:
        async with running(now=BEGAN + 600) as (app, pilot):
            await pilot.press("plus", "plus")
            await pilot.pause()
            session = queries.running(app.workspace)
            assert session is not None
            assert session.planned_seconds == PLAN + 600

    async def test_nothing_runs_nothing_is_extended(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("space", "plus")
            await pilot.pause()
            assert notices(app)[-1] == "No timer running; [s] starts a session"

    async def test_a_message_names_the_key_that_the_user_has(self, running: Running) -> None:
        keys = (("start", "f2"), ("extend", "f3"), ("toggle", "f4"))
        async with running(now=BEGAN + PLAN - 1, settings=UNHURRIED._replace(keys=keys)) as (app, pilot):
            await later(app, pilot, BEGAN + PLAN)
            assert notices(app)[-1].endswith("is over · [f3] adds 5 minutes, [f4] stops")
            await pilot.press("f4", "f3")
            await pilot.pause()
            assert notices(app)[-1] == "No timer running; [f2] starts a session"


class TestWhyStillHere:
    @pytest.mark.parametrize(("view", "says"), [("1", "B why still here?"), ("2", "B why?"), ("3", "B why?")])
    async def test_it_is_a_calm_line_on_every_screen(self, running: Running, view: str, says: str) -> None:
        async with running() as (app, pilot):
            await pilot.press(view)
            await settled(app, pilot)
            assert says in shown(app)
            assert not asked(app)
            assert not any("why" in said for said in notices(app))

    async def test_it_is_not_asked_at_once(self, running: Running) -> None:
        async with running(now=BEGAN + PLAN + 299) as (app, pilot):
            assert "why" not in shown(app)
            await later(app, pilot, BEGAN + PLAN + 300)
            assert "B why still here?" in shown(app)

    async def test_two_keys_answer_it_and_it_is_not_asked_again(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("B", "n")
            await pilot.pause()
            session = queries.running(app.workspace)
            assert session is not None
            assert session.overrun == "not finished yet"
            assert "why still here?" not in shown(app)
            assert "“not finished yet”" in shown(app)

    async def test_one_s_own_words(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("B", "o")
            await pilot.pause()
            await pilot.press("enter", *"[/b]", "enter")
            await pilot.pause()
            session = queries.running(app.workspace)
            assert session is not None
            assert session.overrun == "[/b]"
            assert "“[/b]”" in shown(app)

    @pytest.mark.parametrize(("key", "runs"), [("plus", True), ("space", False)])
    async def test_it_offers_five_minutes_more_and_stop(self, running: Running, key: str, runs: bool) -> None:
        async with running() as (app, pilot):
            await pilot.press("B", key)
            await pilot.pause()
            session = queries.running(app.workspace)
            assert (session is not None) is runs
            if session:
                assert session.start + (session.planned_seconds or 0) == NOW + 300

    async def test_who_extends_knowingly_is_not_asked_any_more(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("plus")
            await later(app, pilot, NOW + 3 * HOUR)
            assert "2h 55m over plan" in shown(app)
            assert "why" not in shown(app)

    async def test_within_the_plan_there_is_nothing_to_say(self, running: Running) -> None:
        async with running(now=BEGAN + 60) as (app, pilot):
            await pilot.press("B")
            await pilot.pause()
            assert notices(app)[-1] == "LinkedIn is not over its plan"


class TestAForgottenTimer:
    async def test_the_screens_ask_first_thing_with_the_likely_answer_ready(self, running: Running) -> None:
        async with running(now=NOW + 6 * HOUR) as (app, pilot):
            assert asked(app)
            text = shown(app)
            assert "LinkedIn has been running for 6h 37m: forgotten?" in text
            assert "15:12, after 37m" in text  # the figures were written then: a sign of life
            assert "15:00, after 25m" in text
            await pilot.press("enter")
            await pilot.pause()
            assert queries.running(app.workspace) is None
            assert notices(app)[-1] == "Stopped LinkedIn at 15:12, after 37m"

    @pytest.mark.parametrize(("key", "end"), [("l", NOW), ("p", BEGAN + PLAN), ("n", NOW + 6 * HOUR), ("k", None)])
    async def test_each_answer_is_one_key(self, running: Running, key: str, end: int | None) -> None:
        async with running(now=NOW + 6 * HOUR) as (app, pilot):
            running_before = queries.running(app.workspace)
            assert running_before is not None
            await pilot.press(key)
            await pilot.pause()
            assert queries.session(app.workspace, running_before.id).end == end

    async def test_a_time_that_is_typed(self, running: Running) -> None:
        async with running(now=NOW + 6 * HOUR) as (app, pilot):
            before = queries.running(app.workspace)
            assert before is not None
            await pilot.press("t")
            await pilot.pause()
            await pilot.press(*"25:00", "enter")
            await pilot.pause()
            assert queries.running(app.workspace) is not None
            await pilot.press(*["backspace"] * 5, *"16:10", "enter")
            await pilot.pause()
            assert queries.session(app.workspace, before.id).end == NOW + 58 * 60

    async def test_kept_it_is_asked_again_after_as_long(self, running: Running) -> None:
        async with running(now=NOW + 6 * HOUR) as (app, pilot):
            await pilot.press("k")
            await later(app, pilot, NOW + 10 * HOUR)
            assert not asked(app)
            await later(app, pilot, NOW + 10 * HOUR + 1)
            assert asked(app)

    async def test_left_undecided_it_is_not_asked_at_every_second(self, running: Running) -> None:
        async with running(now=NOW + 6 * HOUR) as (app, pilot):
            await pilot.press("escape")
            await later(app, pilot, NOW + 6 * HOUR + 10)
            assert not asked(app)
            await pilot.press("space")  # but nothing ends it at a stroke
            await pilot.pause()
            assert asked(app)
            assert queries.running(app.workspace) is not None

    async def test_it_does_not_come_up_over_a_dialog_nor_while_somebody_types(self, running: Running) -> None:
        async with running() as (app, pilot):
            await pilot.press("n")
            await later(app, pilot, NOW + 5 * HOUR)
            assert not asked(app)
            clock.freeze(NOW + 5 * HOUR + 1)
            await pilot.press("escape")
            await later(app, pilot, NOW + 5 * HOUR + 2)
            assert not asked(app)
            await later(app, pilot, NOW + 5 * HOUR + 6)
            assert asked(app)

    async def test_what_another_program_stopped_is_left_as_it_is(self, running: Running) -> None:
        async with running(now=NOW + 6 * HOUR) as (app, pilot):
            with Database.open(app.workspace.database.file.path) as other:
                stopped = sessions.stop(other, NOW + 60, now=NOW + 6 * HOUR)
            await pilot.press("l")
            await pilot.pause()
            assert notices(app)[-1] == "That session has already ended"
            assert queries.session(app.workspace, stopped.id).end == NOW + 60

    async def test_a_key_is_a_sign_of_life_kept_once_a_minute(self, running: Running) -> None:
        async with running() as (app, pilot):
            await later(app, pilot, NOW + 600)
            assert app.workspace.database.state(ALIVE) is None  # open screens alone are none
            await pilot.press("2")
            await later(app, pilot, NOW + 601)
            assert app.workspace.database.state(ALIVE) == str(NOW + 600)
            await pilot.press("1")
            await later(app, pilot, NOW + 602)
            assert app.workspace.database.state(ALIVE) == str(NOW + 600)


class TestAJumpOfTheClock:
    @pytest.fixture
    def steady(self, monkeypatch: pytest.MonkeyPatch) -> list[float]:
        elapsed = [100.0]
        monkeypatch.setattr(clock, "steady", lambda: elapsed[0])
        return elapsed

    async def test_a_sleep_is_asked_about_from_its_beginning(self, running: Running, steady: list[float]) -> None:
        async with running() as (app, pilot):
            steady[0] += 1
            await later(app, pilot, NOW + 1)
            steady[0] += 1
            await later(app, pilot, NOW + HOUR)
            assert asked(app)
            text = shown(app)
            assert "Computer asleep 15:12–16:12: when did LinkedIn end?" in text
            await pilot.press("enter")
            await pilot.pause()
            assert notices(app)[-1] == "Stopped LinkedIn at 15:12, after 37m"

    async def test_the_clock_set_back(self, running: Running, steady: list[float]) -> None:
        async with running() as (app, pilot):
            steady[0] += 1
            await later(app, pilot, NOW - HOUR)
            assert "The clock went back" in shown(app)
            assert "14:35, after 0s" in shown(app)  # stopped now it ends where it began
            await pilot.press("k")
            await pilot.pause()
            assert queries.running(app.workspace) is not None

    async def test_nothing_runs_nothing_is_asked(self, running: Running, steady: list[float]) -> None:
        async with running() as (app, pilot):
            await pilot.press("space")
            steady[0] += 1
            await later(app, pilot, NOW + HOUR)
            assert not asked(app)

    async def test_it_waits_until_a_dialog_is_closed(self, running: Running, steady: list[float]) -> None:
        async with running() as (app, pilot):
            await pilot.press("n")
            steady[0] += 1
            await later(app, pilot, NOW + HOUR)
            assert not asked(app)
            await pilot.press("escape")
            steady[0] += 9
            await later(app, pilot, NOW + HOUR + 9)
            assert asked(app)


@pytest.mark.parametrize(("view", "running_seen"), [("1", False), ("2", True), ("3", True)])
async def test_a_narrow_header_has_what_runs_where_no_panel_shows_it(
    running: Running, view: str, running_seen: bool
) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await pilot.press(view)
        await settled(app, pilot)
        line = shown(app).splitlines()[0]
        assert ("▲ LinkedIn 37m · B why?" in line) is running_seen
        assert "15:12" in line
