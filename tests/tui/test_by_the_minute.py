"""What is told anew each minute has no seconds that would stand still beside the clock that has them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import settled, shown
from tests.tui.figures import UNHURRIED, ZONE
from tracker.calendar import clock
from tracker.formatting.times import format_growing_duration
from tracker.services import noted_records
from tracker.storage import channels, sessions
from tracker.tui.session_text import ago
from tracker.tui.widgets.key_lines import Footer

if TYPE_CHECKING:
    from tests.tui.conftest import Running

#: A number of seconds on its own or behind words.
SECONDS = re.compile(r"(?<![\w′])[1-9]\d*s(?!\w)")


@pytest.mark.parametrize("kind", ["social", "in_person"])
async def test_only_the_clock_has_seconds_while_it_runs(running: Running, kind: str) -> None:
    async with running(settings=UNHURRIED, size=(120, 36), empty=True) as (app, pilot):
        workspace = app.workspace
        channel = next(channel.name for channel in channels.channels(workspace.database) if channel.kind == kind)
        sessions.start(workspace.database, channel, NOW - 41, ZONE, now=NOW, activity="create")
        for keys in (("1",), ("2",), ("3",), ("1", "s", "x")):
            await pilot.press(*keys)
            app.reload()
            await settled(app, pilot)
            assert not SECONDS.search(shown(app)), keys
            assert "<1m" in shown(app) or (kind == "in_person" and keys == ("3",)), keys


async def test_what_has_ended_keeps_its_seconds(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(160, 48), empty=True) as (app, pilot):
        sessions.add(app.workspace.database, "linkedin", NOW - 100, NOW - 59, ZONE, now=NOW)
        app.reload()
        await settled(app, pilot)
        assert "41s" in shown(app)
        assert "<1m ago" not in shown(app), "it began over a minute ago"


async def test_how_long_ago_goes_on_while_nothing_runs(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(160, 48), empty=True) as (app, pilot):
        sessions.add(app.workspace.database, "linkedin", NOW - 50, NOW - 9, ZONE, now=NOW)
        app.reload()
        await settled(app, pilot)
        assert "<1m ago" in shown(app)
        clock.freeze(NOW + 600)
        app.tick()
        await settled(app, pilot)
        assert "10m ago" in shown(app)


async def test_resume_is_offered_where_something_can_be_resumed(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(120, 36), empty=True) as (app, pilot):
        await settled(app, pilot)
        footer = app.screen_stack[0].query_one(Footer)
        assert "Resume" not in footer.render().plain, "on the welcome"
        noted_records.record_urge(app.workspace, "linkedin")
        app.reload()
        await settled(app, pilot)
        assert "No timer running" in shown(app)
        assert "resume" not in shown(app).lower(), "after no more than an urge"
        sessions.add(app.workspace.database, "linkedin", NOW - 3600, NOW - 1800, ZONE, now=NOW)
        app.reload()
        await settled(app, pilot)
        assert "Resume" in footer.render().plain
        assert "space: resume last" in shown(app)


def test_a_time_that_grows() -> None:
    assert [format_growing_duration(seconds) for seconds in (0, 59, 60, 3_661)] == ["<1m", "<1m", "1m", "1h 1m"]
    assert format_growing_duration(59, grows=False) == "59s"
    assert (ago(-5), ago(30), ago(90)) == ("<1m ago", "<1m ago", "1m ago")
