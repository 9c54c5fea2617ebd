"""The evening close by keys: in under a minute, half-way, for the days before, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import ZONE, at
from tracker.calendar import clock
from tracker.domain.models import Habit
from tracker.services import queries
from tracker.storage import day_records, habits, session_table, sessions
from tracker.tui.modals.close_dialog import CloseDialog

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

TODAY, YESTERDAY, TOMORROW = "2026-11-23", "2026-11-22", "2026-11-24"
DAY = (2026, 11, 23)


def closed(app: TrackerApp, date: str = TODAY) -> bool:
    return day_records.get_note(app.workspace.database, date).closed


async def press(pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(*([key] if len(key) == 1 or key.isalpha() or "+" in key else key))
        await pilot.pause()


async def typed(pilot: Pilot[None], line: str) -> None:
    await pilot.press(*["space" if sign == " " else sign for sign in line], "enter")
    await pilot.pause()


async def test_enter_alone_closes_an_ordinary_day_in_five_keys(running: Running) -> None:
    async with running() as (app, pilot):
        before = queries.day(app.workspace, TODAY)
        await press(pilot, "E", "enter", "enter", "enter", "enter")
        assert closed(app)
        assert queries.running(app.workspace) is None, "what ran was stopped: it was said and prefilled"
        after = queries.day(app.workspace, TODAY)
        assert (after.note, after.seconds, len(after.parts)) == (before.note, before.seconds, len(before.parts))
        assert notices(app)[-1] == "Mon 23 Nov closed ✓ 2h 9m of 1h 55m social · 11 checks · 2 talks · 2 results"


async def test_every_question_is_answered(running: Running) -> None:
    async with running() as (app, pilot):
        habits.add(app.workspace.database, Habit(0, "Walk", created=TODAY), now=NOW)
        habits.add(app.workspace.database, Habit(0, "Read", "at_least", 20, "pages", created=TODAY), now=NOW)
        habits.add(app.workspace.database, Habit(0, "Stretch", created=TODAY), now=NOW)
        habits.add(app.workspace.database, Habit(0, "Sundays", weekdays=(6,), created=TODAY), now=NOW)
        day_records.set_task(app.workspace.database, TODAY, "proposal", now=NOW)
        await press(pilot, "E")
        await typed(pilot, "14:50")
        await typed(pilot, "2 call @samia street")
        await typed(pilot, "")
        assert "Habits" in shown(app)
        assert "Sundays" not in shown(app)
        await press(pilot, "n", "y", "1", "2", "enter", "s")
        await press(pilot, "ctrl+u")
        await typed(pilot, "Better.")
        assert "proposal" in shown(app), "what was left undone is offered for tomorrow"
        await press(pilot, "ctrl+u")
        await typed(pilot, "the invoice")
        assert closed(app)
        day = queries.day(app.workspace, TODAY)
        assert (day.note, day.task_done) == ("Better.", False)
        assert session_table.get(app.workspace.database, max(p.session.id for p in day.parts)).person == "Samia"
        last = [part.session for part in day.parts if part.session.start == at(DAY, "14:35")]
        assert [session.end for session in last] == [at(DAY, "14:50")]
        answers = {
            tick.habit: (tick.value, tick.skipped) for tick in habits.ticks(app.workspace.database, TODAY, TODAY)
        }
        assert answers == {"Walk": (1, False), "Read": (12, False), "Stretch": (None, True)}
        assert day_records.get_note(app.workspace.database, TOMORROW).task == "the invoice"


async def test_leaving_half_way_keeps_what_was_answered(running: Running) -> None:
    async with running() as (app, pilot):
        await press(pilot, "E", "enter", "escape")
        assert queries.running(app.workspace) is None
        assert not closed(app)
        assert notices(app)[-1] == "Answers saved; the day is still open"
        await press(pilot, "E", "escape")
        assert notices(app) == [], "nothing was answered the second time"


async def test_undo_opens_it_again(running: Running) -> None:
    async with running() as (app, pilot):
        await press(pilot, "E", "enter", "enter", "enter", "enter", "z")
        assert not closed(app)


async def test_what_runs_may_run_on(running: Running) -> None:
    async with running() as (app, pilot):
        await press(pilot, "E", "minus", "enter", "enter", "enter", "enter")
        assert closed(app)
        assert queries.running(app.workspace) is not None


async def test_a_time_that_cannot_be_stays_in_its_line(running: Running) -> None:
    async with running() as (app, pilot):
        await press(pilot, "E")
        await typed(pilot, "25:99")
        assert isinstance(app.screen, CloseDialog)
        assert "1 of 4" in shown(app)
        assert queries.running(app.workspace) is not None


async def test_the_oldest_open_day_is_offered_first(running: Running) -> None:
    async with running() as (app, pilot):
        day_records.close_day(app.workspace.database, "2026-11-20", True, now=NOW)
        day_records.close_day(app.workspace.database, "2026-11-21", True, now=NOW)
        await press(pilot, "E")
        assert "Sunday 22 November 2026" in shown(app)
        await press(pilot, "enter")
        assert "Close Sun 22 Nov" in shown(app)
        for _step in range(6):
            if isinstance(app.screen, CloseDialog):
                await press(pilot, "enter")
        assert closed(app, YESTERDAY)
        assert not closed(app)
        await press(pilot, "E")
        assert "Close Mon 23 Nov" in shown(app)


async def test_today_can_be_closed_instead(running: Running) -> None:
    async with running() as (app, pilot):
        day_records.close_day(app.workspace.database, "2026-11-20", True, now=NOW)
        await press(pilot, "E", "t", "enter", "enter", "enter", "enter")
        assert closed(app)
        assert notices(app)[-1].endswith("· 2 more days are open")


async def test_the_day_that_is_shown_is_closed(running: Running) -> None:
    async with running() as (app, pilot):
        await press(pilot, "2", "left", "left", "E")
        assert "Close Sat 21 Nov" in shown(app)


async def test_zero_and_not_known_are_two_answers(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await press(pilot, "E")
        assert "Was there really none?" in shown(app)
        await press(pilot, "u", "enter", "enter")
        assert closed(app)
        assert not queries.day(app.workspace, TODAY).logged
        await press(pilot, "E", "0", "enter", "enter")
        assert queries.day(app.workspace, TODAY).logged
        await press(pilot, "E")
        assert "Was there really none?" not in shown(app)


async def test_other_records_alone_count_as_zero_and_enter_says_so(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        sessions.add(app.workspace.database, "work", NOW - 900, NOW - 60, ZONE, now=NOW)
        await press(pilot, "E", "enter", "enter", "enter")
        assert day_records.get_note(app.workspace.database, TODAY).zero
        assert closed(app)


async def test_filling_every_gap_goes_on_by_itself(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        for ago in (7200, 600):
            sessions.add(app.workspace.database, "linkedin", NOW - ago, NOW - ago + 300, ZONE, now=NOW)
        await press(pilot, "E")
        await typed(pilot, "work proposal")
        assert "in your own words" in shown(app)
        [work] = [part.session for part in queries.day(app.workspace, TODAY).parts if part.session.channel == "work"]
        assert (work.start, work.end, work.note) == (NOW - 6900, NOW - 600, "proposal")
        await press(pilot, "shift+tab")
        assert "in your own words" in shown(app), "there is no gap to go back to"


async def test_a_click_answers(running: Running) -> None:
    async with running(empty=True, size=(80, 24)) as (app, pilot):
        await press(pilot, "E")
        lines = shown(app).splitlines()
        row = next(y for y, line in enumerate(lines) if "none: count it as zero" in line)
        await pilot.click(offset=(lines[row].index("none: count"), row))
        await settled(app, pilot)
        assert day_records.get_note(app.workspace.database, TODAY).zero


async def test_in_the_afternoon_the_timer_says_nothing_of_it_until_the_evening_comes(running: Running) -> None:
    async with running(now=at(DAY, "17:59")) as (app, pilot):
        assert "E closes the day" not in shown(app)
        clock.freeze(at(DAY, "18:00"))
        app.tick()
        await pilot.pause()
        assert "E closes the day" in shown(app)


async def test_in_the_evening_the_timer_says_how_and_then_that_it_is(running: Running) -> None:
    async with running(now=at(DAY, "18:30")) as (app, pilot):
        assert "E closes the day" in shown(app)
        await press(pilot, "E", "minus", "enter", "enter", "enter", "enter")
        assert "closed ✓" in shown(app)
        assert "E closes the day" not in shown(app)
