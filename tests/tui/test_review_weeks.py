"""Weeks as they come: nothing in them, one session, only imports, a night of 25 hours, another first weekday."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import settled, shown
from tests.tui.figures import UNHURRIED, ZONE, at
from tests.tui.test_review_keys import TITLES, press, step, typed
from tracker import locale
from tracker.calendar import clock
from tracker.domain.models import Commitment, Session
from tracker.storage import bulk_load, reviews, sessions
from tracker.tui.review.writing import WrittenPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.storage import Database
    from tracker.tui.app import TrackerApp

#: A Monday after the night of 25 hours, at noon.
AFTER_AUTUMN = at((2026, 10, 26), "12:00")


def committed_to(database: Database) -> None:
    """No record at all, but a commitment."""
    reviews.add_commitment(database, Commitment(0, "2026-W47", "I want to look", "I walk"), now=NOW)


def one_session(database: Database) -> None:
    start = at((2026, 11, 18), "10:00")
    sessions.add(database, "linkedin", start, start + 1500, ZONE, now=NOW)


def only_imports(database: Database) -> None:
    """A phone's export: no activity, no plan, no person."""
    days = [at((2026, 11, day), "09:00") for day in range(1, 23)]
    weeks = [
        Session(0, channel, day + hour * 3600, day + hour * 3600 + length, ZONE, source="app-usage")
        for day in days
        for hour, (channel, length) in enumerate((("instagram", 20), ("linkedin", 900), ("youtube", 25), ("x", 2400)))
    ]
    bulk_load.fill(database, now=NOW, sessions=weeks)


def autumn_night(database: Database) -> None:
    """Over the hour that comes twice, in the week it ends."""
    for day in range(1, 26):
        start = at((2026, 10, day), "21:00")
        sessions.add(database, "linkedin", start, start + 1800, ZONE, now=NOW)
    night = at((2026, 10, 25), "01:30")
    sessions.add(database, "instagram", night, night + 3 * 3600, ZONE, now=NOW)


WEEKS: dict[str, tuple[Callable[[Database], None], int, str]] = {
    "committed to": (committed_to, NOW, "2026-W47"),
    "one session": (one_session, NOW, "2026-W47"),
    "only imports": (only_imports, NOW, "2026-W47"),
    "autumn night": (autumn_night, AFTER_AUTUMN, "2026-W43"),
}


async def go_through(app: TrackerApp, pilot: Pilot[None]) -> list[str]:
    """The whole review by keys, each step's own among them; returns what each step showed."""
    seen = []
    await press(pilot, "R")
    await typed(pilot, "2h")
    await press(pilot, "enter")
    for number in range(1, 9):
        await settled(app, pilot)
        assert step(app) == TITLES[number - 1]
        own = {4: ("down", "N"), 5: ("down", "right", "enter", "escape", "y"), 6: ("y", "down"), 7: ("1", "down")}
        if number != 5 or "y  agree" in shown(app) or "+  more" in shown(app):
            await press(pilot, *own.get(number, ()))
        await settled(app, pilot)
        if len(app.screen_stack) > 2:
            await press(pilot, "escape")
        seen.append(shown(app))
        if number < 8:
            await press(pilot, "tab" if number == 5 else "enter")
    await typed(pilot, "So it was")
    await press(pilot, "ctrl+s")
    await settled(app, pilot)
    return seen


@pytest.mark.parametrize("name", WEEKS)
async def test_any_week_goes_through_the_whole_review(running: Running, name: str) -> None:
    fill, now, week = WEEKS[name]
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, now=now) as (app, pilot):
        fill(app.workspace.database)
        app.reload()
        await settled(app, pilot)
        seen = await go_through(app, pilot)
        assert isinstance(app.screen, WrittenPage)
        written = reviews.latest(app.workspace.database, week)
        assert written is not None
        assert written.words == "So it was"
        assert "%" not in "".join(seen[:2]) or name != "one session", "on under an hour"
        if name == "committed to":
            assert "the time is unknown" in seen[0]
            assert "No day of this week is logged" in seen[2]
        if name == "autumn night":
            assert "6h 30m" in seen[0], "3h over the night, and half an hour on each of seven evenings"


async def test_a_week_of_which_nothing_is_known_is_not_gone_through(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        await press(pilot, "R")
        assert len(app.screen_stack) == 1
        assert not reviews.listed(app.workspace.database)


async def test_another_first_weekday_halfway_loses_nothing(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await press(pilot, "R")
        await typed(pilot, "8h")
        await press(pilot, "enter", "enter", "enter", "escape")
        app.workspace.change_setting("first_weekday", "sunday")
        app.reload()
        await settled(app, pilot)
        await press(pilot, "R")
        assert step(app) == TITLES[2]
        assert "15–21 November" in shown(app)
        await press(pilot, *["enter"] * 5)
        await press(pilot, "ctrl+s")
        await settled(app, pilot)
        assert isinstance(app.screen, WrittenPage)
        assert reviews.latest(app.workspace.database, "2026-W47") is not None


@pytest.mark.parametrize("size", [(60, 15), (200, 60)], ids=["60x15", "200x60"])
async def test_in_french_and_in_a_corner(running: Running, size: tuple[int, int]) -> None:
    locale.use("fr")
    try:
        async with running(settings=UNHURRIED._replace(language="fr"), size=size) as (app, pilot):
            await press(pilot, "R", "2", "h", "enter")
            for _number in range(7):
                await settled(app, pilot)
                lines = shown(app).splitlines()
                assert len(lines) == size[1]
                assert "échap" in [line for line in lines if line.strip()][-1], "the keys are seen to their last"
                await press(pilot, "tab" if _number == 4 else "enter")
            await press(pilot, "ctrl+s")
            await settled(app, pilot)
            assert isinstance(app.screen, WrittenPage)
    finally:
        locale.use("en")
        clock.freeze(None)


async def test_a_step_without_data_is_one_quiet_line_with_what_to_do_next(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True, size=(80, 24)) as (app, pilot):
        one_session(app.workspace.database)
        app.reload()
        await press(pilot, "3", "left", "R", "enter", "enter")
        said = {}
        for _step in range(6):
            await press(pilot, "enter")
            await settled(app, pilot)
            said[step(app)] = " ".join(shown(app).replace("│", " ").split())
        assert "No checks in week 47. Continue." in said[TITLES[2]]
        assert "Every pattern needs more data: keep logging. Continue." in said[TITLES[3]]
        assert "No commitments for week 47. The next step makes some for the week after." in said[TITLES[5]]
        assert "No habits. [y] on the Day adds one." in said[TITLES[5]]
        assert "No follow-ups due. Start with someone nearby." in said[TITLES[6]]


async def test_the_last_step_says_how_to_save(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(60, 15)) as (app, pilot):
        await press(pilot, "3", "left", "R", "enter", *["enter"] * 8)
        await settled(app, pilot)
        assert step(app) == TITLES[7]
        said = " ".join(shown(app).replace("│", " ").split())
        assert "What mattered in week 47?" in said, "on a Monday, this week would be the one that begins"
        assert "[Ctrl+S] saves the review." in said
        assert "^s  save the review" in shown(app)
