"""What the screens say when something cannot be: no command line in it, and a capital like every notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import notices
from tracker import locale
from tracker.domain.errors import TrackerError
from tracker.services import queries
from tracker.storage import Database, channels, day_records, session_table, sessions
from tracker.tui.actions import timer_actions

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.tui.conftest import Running

NOW = 1_795_000_000


@pytest.mark.parametrize(
    "cannot",
    [
        lambda database: sessions.stop(database, NOW, now=NOW),
        lambda database: sessions.resume(database, NOW, "Europe/Paris", now=NOW),
        lambda database: session_table.get(database, 99),
        lambda database: channels.find(database, "nowhere"),
        lambda database: day_records.call_off_pause(database, now=NOW),
    ],
)
def test_the_way_out_at_the_command_line_is_apart(tmp_path: Path, cannot: Callable[[Database], object]) -> None:
    with pytest.raises(TrackerError) as refused:
        cannot(Database.open(str(tmp_path / "a.db")))
    assert "`" not in str(refused.value)
    assert "`tracker " in refused.value.hint


async def test_a_refusal_is_said_without_a_command(running: Running) -> None:
    def look() -> None:
        queries.session(app.workspace, 99_999)

    async with running() as (app, pilot):
        app.safely(look)
        await pilot.pause()
        assert notices(app) == ["Session 99999 does not exist"]


async def test_an_archived_channel_takes_nothing_new_and_its_letter_is_silent(running: Running) -> None:
    async with running() as (app, pilot):
        channel = queries.find_channel(app.workspace, "tiktok")
        channels.set_archived(app.workspace.database, channel, True, now=app.workspace.now())
        before = len(queries.day(app.workspace, app.workspace.today()).parts)
        await pilot.press("c", channel.letter or "", "escape")
        app.safely(lambda: timer_actions.check_on(app, "tiktok"))
        await pilot.pause()
        assert len(queries.day(app.workspace, app.workspace.today()).parts) == before
        said = notices(app)
        assert said == ["Tiktok is archived; `tracker channel unarchive tiktok` restores it"]


async def test_the_head_names_the_week_in_the_readers_language(running: Running) -> None:
    async with running() as (app, _pilot):
        assert app.workspace.week_label("2026-11-23") == "2026-W48"
        locale.use("fr")
        try:
            assert app.workspace.week_label("2026-11-23") == "2026-S48"
        finally:
            locale.use("en")
