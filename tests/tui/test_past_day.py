"""What is recorded while an earlier day is shown goes to that day, at a time that is said, and the notice says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui import figures
from tests.tui.conftest import notices, shown
from tests.tui.figures import UNHURRIED
from tests.tui.test_escape import dump, press, words
from tracker.services import closing_day, habit_keeping, queries
from tracker.tui.modals import habits_dialog

if TYPE_CHECKING:
    from tests.tui.conftest import Running

TODAY, BEFORE = "2026-11-23", "2026-11-22"
SUNDAY = "Sun 22 Nov"


def at(time: str) -> int:
    """That time of the day before."""
    return figures.at((2026, 11, 22), time)


async def test_a_check_asks_for_its_time_and_goes_there(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("2", "left", "c"))
        assert SUNDAY in shown(app)
        await press(app, pilot, ("i",))
        assert f"Instagram · {SUNDAY}" in shown(app)
        await press(app, pilot, ("enter",))
        assert len(app.screen_stack) == 2, "no time is made up"
        await press(app, pilot, (*words("14:05"), "enter"))
        [check] = [
            part.session for part in queries.day(app.workspace, BEFORE).parts if part.session.start == at("14:05")
        ]
        assert (check.channel, check.source) == ("instagram", "check")
        assert notices(app)[-1].startswith(f"14:05 checked Instagram · on {SUNDAY}")
        await press(app, pilot, ("L",))
        assert queries.session(app.workspace, check.id).note == "likes"
        assert SUNDAY in notices(app)[-1]


async def test_an_urge_goes_there_with_what_set_it_off(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        before = len(queries.day(app.workspace, TODAY).urges)
        await press(app, pilot, ("2", "left", "u"))
        assert SUNDAY in shown(app)
        await press(app, pilot, ("i", *words("9:30"), "enter"))
        assert SUNDAY in notices(app)[-1]
        await press(app, pilot, ("p", *words("the offer"), "enter"))
        urge = queries.day(app.workspace, BEFORE).urges[-1]
        assert (urge.at, urge.trigger) == (at("9:30"), "procrastinating on the offer")
        assert (closing_day.task(app.workspace, BEFORE).task, closing_day.task(app.workspace, TODAY).task) == (
            "the offer",
            None,
        )
        assert SUNDAY in notices(app)[-1]
        assert len(queries.day(app.workspace, TODAY).urges) == before


@pytest.mark.parametrize(("typed", "time"), [("", None), ("10:00", "10:00")])
async def test_an_outcome_goes_to_the_end_of_that_day_or_the_time_typed(
    running: Running, typed: str, time: str | None
) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        before = len(queries.day(app.workspace, TODAY).outcomes)
        last = max(part.end for part in queries.day(app.workspace, BEFORE).parts)
        await press(app, pilot, ("2", "left", "o"))
        assert SUNDAY in shown(app)
        await press(app, pilot, ("p", *words(typed), "enter"))
        assert f"New prospect · {SUNDAY}" in shown(app)
        await press(app, pilot, (*words("@samia"), "enter"))
        outcome = queries.day(app.workspace, BEFORE).outcomes[-1]
        assert (outcome.at, outcome.person) == (at(time) if time else last, "Samia")
        assert SUNDAY in notices(app)[-1]
        assert len(queries.day(app.workspace, TODAY).outcomes) == before


async def test_a_talk_asks_for_its_time_and_says_its_day(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("2", "left", "t"))
        assert SUNDAY in shown(app)
        await press(app, pilot, ("o", *words("samia 14:00-14:20"), "enter"))
        assert [
            part.session.start for part in queries.day(app.workspace, BEFORE).contacts if part.session.channel == "call"
        ] == [at("14:00")]
        assert notices(app)[-1].startswith(f"Talked to Samia · on {SUNDAY}")


async def test_a_line_a_note_and_a_session_say_their_day(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("2", "left", "n", *words("Calm"), "enter"))
        assert notices(app)[-1] == f"Note saved for {SUNDAY}"
        assert (queries.day(app.workspace, BEFORE).note, queries.day(app.workspace, TODAY).note != "Calm") == (
            "Calm",
            True,
        )
        await press(app, pilot, ("slash", *words("work 05:10-05:20"), "enter"))
        assert SUNDAY in notices(app)[-1]
        assert any(part.session.start == at("05:10") for part in queries.day(app.workspace, BEFORE).parts)


async def test_a_habit_is_ticked_on_that_day_and_says_so(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        for line in ("Walk", "Read at least 20 pages"):
            habit_keeping.add_habit(
                app.workspace, habits_dialog.read_habit_line(line, app.workspace)[0]._replace(created="2026-11-01")
            )
        app.reload()
        await press(app, pilot, ("2", "left", "y"))
        assert SUNDAY in shown(app)
        await press(app, pilot, ("1",))
        assert notices(app)[-1] == f"Walk on {SUNDAY}: done"
        await press(app, pilot, ("2", *words("30"), "enter"))
        assert notices(app)[-1] == f"Read on {SUNDAY}: 30 pages"
        assert [history.today.value for history in habit_keeping.habits(app.workspace, BEFORE)] == [1.0, 30.0]
        assert [history.today.value for history in habit_keeping.habits(app.workspace, TODAY)] == [None, None]


@pytest.mark.parametrize("time", ["16:00 today", "2026-11-20 10:00", "banana", "25:00"])
async def test_a_time_on_another_day_is_refused(running: Running, time: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("2", "left"))
        before = dump(app)
        await press(app, pilot, ("c", "i", *words(time), "enter"))
        assert len(app.screen_stack) == 2
        await press(app, pilot, ("escape",))
        assert dump(app) == before


async def test_on_today_nothing_more_is_asked(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("2", "left", "right", "c", "i"))
        assert queries.day(app.workspace, TODAY).parts[-1].session.source == "check"
        assert SUNDAY not in notices(app)[-1]


@pytest.mark.parametrize("keys", [("slash", *words("tiktok 20m")), ("t", "o", *words("Berta 20m"))])
async def test_a_length_alone_is_asked_for_its_time(running: Running, keys: tuple[str, ...]) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("2", "left"))
        before = dump(app)
        await press(app, pilot, (*keys, "enter"))
        assert len(app.screen_stack) == 2, "no time is made up"
        await press(app, pilot, ("escape",))
        assert dump(app) == before


async def test_what_is_not_of_the_day_that_is_shown_carries_its_date(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("2", "left", "slash", *words("tiktok today 05:30-05:40")))
        assert "TikTok · Mon 23 Nov · 05:30–05:40" in shown(app)
        await press(app, pilot, ("enter",))
        assert notices(app)[-1].startswith("Logged TikTok 05:30–05:40, 10m · on Mon 23 Nov")
        await press(app, pilot, ("2", "left", "t", "o", *words("Berta today 05:30-05:40")))
        assert "@Berta · Mon 23 Nov · 05:30–05:40" in shown(app)
