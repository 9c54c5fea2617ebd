"""What is typed or pasted into a line: read as it was meant and shown before it is kept, or refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Input

from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED, at
from tracker.services import queries
from tracker.tui.modals.dialog import LineDialog, LineInput

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.domain.models import Session
    from tracker.tui.app import TrackerApp

TODAY = "2026-11-23"
DAY = (2026, 11, 23)
YESTERDAY = (2026, 11, 22)


async def paste(app: TrackerApp, pilot: Pilot[None], text: str) -> None:
    field = app.focused
    assert isinstance(field, Input)
    field.post_message(events.Paste(text))
    await settled(app, pilot)


async def open_line(app: TrackerApp, pilot: Pilot[None]) -> None:
    await pilot.press("2", "slash")
    await settled(app, pilot)


def kept(app: TrackerApp, date: str = TODAY) -> list[Session]:
    return [part.session for part in queries.day(app.workspace, date).parts]


def steps(app: TrackerApp) -> int:
    (count,) = app.workspace.database.connection.execute("SELECT count(*) FROM step").fetchone()
    return int(count)


async def test_the_empty_line_gives_its_example_once_and_says_how_to_name_another_day(running: Running) -> None:
    async with running() as (app, pilot):
        await open_line(app, pilot)
        assert shown(app).count("linkedin create 14:00-14:25 carousel") == 1
        assert "Begin with a channel; for another day, add yesterday or a date" in shown(app)


async def test_every_pasted_line_is_shown_and_kept_in_one_step(running: Running) -> None:
    async with running() as (app, pilot):
        before = kept(app)
        await open_line(app, pilot)
        await paste(
            app, pilot, "x scroll 11:56-12:01\nx yesterday 20:00-20:10 memes\r\n\ncall 30m ago - 20m ago @samia\n"
        )
        said = shown(app)
        assert "X · scroll · 11:56–12:01 5m" in said
        assert "X · Sun 22 Nov · 20:00–20:10 10m · “memes”" in said
        assert "Call · 14:42–14:52 10m · @Samia" in said
        assert kept(app) == before, "nothing is kept before it was shown"
        await pilot.press("enter")
        await settled(app, pilot)
        assert notices(app)[-1] == "Logged 3 sessions, 25m · on Mon 23 Nov, Sun 22 Nov"
        assert at(DAY, "11:56") in [session.start for session in kept(app)]
        assert at(YESTERDAY, "20:00") in [session.start for session in kept(app, "2026-11-22")]
        await pilot.press("z")
        await settled(app, pilot)
        assert kept(app) == before
        assert at(YESTERDAY, "20:00") not in [session.start for session in kept(app, "2026-11-22")]


async def test_wrong_lines_are_named_and_none_is_kept(running: Running) -> None:
    async with running() as (app, pilot):
        before = kept(app)
        await open_line(app, pilot)
        await paste(app, pilot, "x 11:56-12:01\nnowhere 25m\nx 13:00")
        assert "Line 2: unknown channel" in shown(app)
        assert "line 3: “13:00” has no end" in shown(app).replace("\n", " ")
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.screen, LineDialog)
        assert kept(app) == before


async def test_a_line_that_meets_a_record_keeps_none_and_what_was_pasted(running: Running) -> None:
    async with running() as (app, pilot):
        before = kept(app)
        await open_line(app, pilot)
        await paste(app, pilot, "x 11:56-12:01\nwork 11:30-12:10")
        await pilot.press("enter")
        await settled(app, pilot)
        assert notices(app)[-1].startswith("Line 2: work is already logged at that time")
        assert kept(app) == before
        assert isinstance(app.screen, LineDialog)
        assert app.screen.query_one(LineInput).value == "x 11:56-12:01 ⏎ work 11:30-12:10"


async def test_more_lines_than_can_be_shown_are_refused(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await open_line(app, pilot)
        await paste(app, pilot, "\n".join(f"x 11:{56 + n}-11:{57 + n}" for n in range(3)))
        assert all(f"11:{56 + n}–11:{57 + n}" in shown(app) for n in range(3))
        app.screen.query_one(LineInput).clear()
        await paste(app, pilot, "\n".join(["x 11:56-11:57"] * 40))
        assert "40 lines are too many; paste at most" in shown(app)


async def test_one_line_with_its_end_is_one_line(running: Running) -> None:
    async with running() as (app, pilot):
        await open_line(app, pilot)
        await paste(app, pilot, "x 11:56-12:01\n")
        assert app.screen.query_one(LineInput).value == "x 11:56-12:01"
        await pilot.press("enter")
        await settled(app, pilot)
        assert notices(app)[-1].startswith("Logged X 11:56–12:01, 5m")


async def test_lines_pasted_where_one_is_asked_for_are_all_there(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "n")
        await settled(app, pilot)
        await paste(app, pilot, "a good day\nwith two lines")
        await pilot.press("enter")
        await settled(app, pilot)
        assert queries.day(app.workspace, TODAY).note == "a good day with two lines"


async def test_a_line_is_read_as_meant_or_says_what_was_understood(running: Running) -> None:
    async with running(size=(200, 36)) as (app, pilot):
        for typed, words in (
            ("x 11:56 - 12:01", "X · 11:56–12:01 5m"),
            ("x at 11:56 for 5m", "X · 11:56–12:01 5m"),
            ("x 5m at 11:56", "X · 11:56–12:01 5m"),
            ("x -1d 20:00-20:10", "X · Sun 22 Nov · 20:00–20:10 10m"),
            ("x 11:56-12:01 spent 3m", "“3m” looks like a time or a date; only x 11:56–12:01 was understood"),
            ("x 9h30", "“9h30” could be a time of day"),
        ):
            await open_line(app, pilot)
            await pilot.press(*typed)
            await settled(app, pilot)
            assert words.partition(" was")[0] in " ".join(shown(app).replace("│", " ").split())
            await pilot.press("escape")
            await settled(app, pilot)


@pytest.mark.parametrize(
    ("typed", "seconds", "intention"),
    [
        ("half an hour carousel", 1800, "carousel"),
        ("25 min carousel", 1500, "carousel"),
        ("une demi-heure carousel", 1800, "carousel"),
        ("20 posts", None, "20 posts"),
    ],
)
async def test_a_plan_is_read_in_every_form(running: Running, typed: str, seconds: int | None, intention: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("s", "x")
        await settled(app, pilot)
        await pilot.press("slash", *typed, "enter")
        await settled(app, pilot)
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.channel, session.intention) == ("x", intention)
        assert seconds is None or session.planned_seconds == seconds


@pytest.mark.parametrize("typed", ["create 14:00 carousel", "carousel yesterday", "9h30 carousel"])
async def test_a_start_with_another_time_is_refused(running: Running, typed: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("s", "x")
        await settled(app, pilot)
        await pilot.press("slash", *typed, "enter")
        await settled(app, pilot)
        assert "looks like a time or a date" in shown(app)
        session = queries.running(app.workspace)
        assert session is None or session.channel != "x"


async def test_a_result_has_no_time_in_its_note(running: Running) -> None:
    async with running() as (app, pilot):
        before = len(queries.day(app.workspace, TODAY).outcomes)
        await pilot.press("o", "p", *"@samia yesterday", "enter")
        await settled(app, pilot)
        assert "“yesterday” looks like a time or a date" in shown(app)
        assert len(queries.day(app.workspace, TODAY).outcomes) == before


@pytest.mark.parametrize(("keys", "typed", "line"), [("sx", "/cre", "create "), ("op", "link", "linkedin ")])
async def test_tab_adds_the_space_behind_a_word(running: Running, keys: str, typed: str, line: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press(*keys)
        await settled(app, pilot)
        await pilot.press(*["slash" if key == "/" else key for key in typed])
        await settled(app, pilot)
        await pilot.press("tab")
        await settled(app, pilot)
        assert app.screen.query_one(LineInput).value == line


async def test_the_arrow_takes_the_completion_as_it_stands(running: Running) -> None:
    async with running() as (app, pilot):
        await open_line(app, pilot)
        await pilot.press(*"linkedin cre")
        await settled(app, pilot)
        await pilot.press("right")
        await settled(app, pilot)
        assert app.screen.query_one(LineInput).value == "linkedin create"
