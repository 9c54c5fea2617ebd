"""The Timer answers its question at every size: the clock with its sentence, the total once, the pause, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import settled, shown
from tests.tui.figures import SPENT, STRICT, UNHURRIED, ZONE
from tracker import locale
from tracker.calendar import clock
from tracker.locale import _
from tracker.services import pausing, queries
from tracker.storage import Database, day_records, sessions
from tracker.tui.screens.day_panels import TodayPanel
from tracker.tui.screens.patterns_panel import PatternsPanel
from tracker.tui.screens.timer_view import RunningPanel, StartList
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

SIZES = [(60, 15), (80, 24), (120, 36), (200, 60)]


def words_of(app: TrackerApp, panel: type[Panel]) -> list[str]:
    """The lines of a panel of the Timer, without its border."""
    shown_panel = app.view.query_one(panel)
    return [line.rstrip() for line in shown_panel.render().plain.splitlines()]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_the_sentence_below_the_clock_is_whole(running: Running, language: str) -> None:
    locale.use(language)
    try:
        async with running(settings=SPENT._replace(language=language)) as (app, pilot):
            over = _("▲ {time} over plan").format(time="12m" if language == "en" else "12 min")
            for size in SIZES:
                await pilot.resize_terminal(*size)
                await settled(app, pilot)
                below = " ".join(words_of(app, RunningPanel)[3:5]).replace("\xa0", " ")
                assert below.startswith(over.replace("\xa0", " ")), size
                assert "B " in shown(app), "the key that says why"
    finally:
        locale.use("en")


async def test_the_total_stands_once_in_the_first_row(running: Running) -> None:
    async with running(settings=SPENT) as (app, pilot):
        for size in SIZES:
            await pilot.resize_terminal(*size)
            await settled(app, pilot)
            assert words_of(app, TodayPanel)[0].startswith("▲ 2h 9m of 1h 55m"), size
            assert shown(app).count("2h 9m") == 1, size


async def test_the_purposes_are_one_line_of_words(running: Running) -> None:
    async with running(settings=SPENT, size=(80, 24)) as (app, _pilot):
        assert shown(app).count("Make 1h 41m · Relate 18m · Scroll 8m · No activity 2m") == 1


@pytest.mark.parametrize("size", SIZES)
async def test_a_pause_is_shown_while_a_session_runs(running: Running, size: tuple[int, int]) -> None:
    async with running(settings=SPENT, size=size) as (app, pilot):
        day_records.begin_pause(app.workspace.database, NOW + 3600, ZONE, now=NOW)
        app.reload()
        await settled(app, pilot)
        assert pausing.current_pause(app.workspace)
        assert "‖ Pause until 16:12" in shown(app)
        assert "▲ 12m over plan" in shown(app)
        await pilot.press("2")
        await settled(app, pilot)
        assert "16:12" in shown(app).splitlines()[0] or size == (60, 15)


async def test_the_keys_shown_beside_a_channel_start_it(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        keys = [line.split()[:2] for line in words_of(app, StartList)]
        assert ["s", "i"] in keys
        await pilot.press("s", "i", "enter")
        await settled(app, pilot)
        session = queries.running(app.workspace)
        assert session is not None
        assert session.channel == "instagram"


async def test_each_channel_to_start_takes_one_row(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(200, 60)) as (app, _pilot):
        lines = [line for line in words_of(app, StartList) if line]
        assert len(lines) == len(queries.offered(app.workspace))
        assert "“proposal for Nadia”" in next(line for line in lines if "Work" in line)


@pytest.mark.parametrize("size", SIZES)
async def test_only_flags_are_named_and_the_others_counted(running: Running, size: tuple[int, int]) -> None:
    async with running(settings=STRICT, size=size) as (app, _pilot):
        named = [item.title for item in app.query_one("#patterns", PatternsPanel).items if item.state == "flagged"]
        assert "Longer than planned" in named
        assert "need more data" in app.query_one("#patterns", PatternsPanel).items[-1].title
        assert len(app.query_one("#patterns", PatternsPanel).items) == len(named) + 1
        assert not app.query_one("#patterns", PatternsPanel).items[-1].words, "no list of names"


async def test_what_happened_beyond_the_feed_is_kept_where_nothing_is_flagged(running: Running) -> None:
    async with running(settings=STRICT, size=(80, 24)) as (app, pilot):
        assert "Beyond the feed" not in shown(app), "the flag comes first"
        app.workspace.use_settings(UNHURRIED)
        with Database.open(app.workspace.database.file.path) as other:
            other.connection.execute("DELETE FROM session WHERE start > ?", (NOW - 3 * 3600,))
            other.connection.commit()
        app.tick()
        await settled(app, pilot)
        assert "Beyond the feed" in shown(app)
        assert "client €480 via Meeting" in shown(app)
        assert "quiet" in shown(app)


async def test_without_a_session_the_clock_counts_from_the_last_one(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        sessions.add(app.workspace.database, "linkedin", NOW - 7200, NOW - 3600, ZONE, now=NOW)
        app.reload()
        await settled(app, pilot)
        assert "since LinkedIn, 14:12" in words_of(app, RunningPanel)
        before = words_of(app, RunningPanel)[:3]
        clock.freeze(NOW + 60)
        app.tick()
        await settled(app, pilot)
        assert words_of(app, RunningPanel)[:3] != before, "a minute later it has gone on"


async def test_a_check_of_this_moment_names_its_channel_below_the_clock(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        await pilot.press("c", "i")
        await settled(app, pilot)
        assert "since Instagram, 15:12" in shown(app)
