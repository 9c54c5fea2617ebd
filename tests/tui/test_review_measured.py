"""The review asks what measured time was for: by one key, once for each channel, the largest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import settled, shown
from tests.tui.figures import UNHURRIED, ZONE, at
from tracker.domain.models import Session
from tracker.services import data_file, queries
from tracker.storage import bulk_load

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

#: Minutes a day, from Monday to Sunday of the last week, of what a phone measured.
MEASURED = {"linkedin": 60, "instagram": 30, "youtube": 12, "reddit": 9, "x": 2, "whatsapp": 50}

QUESTION = "Measured without an activity: LinkedIn 7h, Instagram 3h 30m, YouTube 1h 24m."


async def to_second_step(app: TrackerApp, pilot: Pilot[None], *, hand: bool = False) -> None:
    """A week of measured time, and with `hand` an hour that was logged; then the second step of its review."""
    rows = []
    for day in range(16, 23):
        start = at((2026, 11, day), "10:00")
        for channel, minutes in MEASURED.items():
            end = start + 60 * minutes
            rows.append(Session(0, channel, start, end, ZONE, source="app-usage"))
            start = end + 600
    if hand:
        start = at((2026, 11, 18), "20:00")
        rows.append(Session(0, "linkedin", start, start + 3600, ZONE, source="log"))
    bulk_load.fill(app.workspace.database, now=NOW, sessions=sorted(rows, key=lambda row: row.start))
    app.reload()
    await press(app, pilot, "R", "enter", "enter", "enter")


async def press(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        await pilot.press(key)
        await settled(app, pilot)


def activities(app: TrackerApp) -> dict[str, set[str | None]]:
    """By channel, the activities of that week's sessions."""
    asked: dict[str, set[str | None]] = {}
    for day in range(16, 23):
        for part in queries.day(app.workspace, f"2026-11-{day}").parts:
            asked.setdefault(part.session.channel, set()).add(part.session.activity)
    return asked


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_each_channel_is_asked_about_once_by_letters(running: Running, size: tuple[int, int]) -> None:
    async with running(settings=UNHURRIED, size=size, empty=True) as (app, pilot):
        await to_second_step(app, pilot)
        assert QUESTION in " ".join(shown(app).replace("│", " ").split())
        await press(app, pilot, "a")
        assert "LinkedIn, 7h: what were you mostly doing?" in shown(app)
        await press(app, pilot, "r")
        assert "Instagram, 3h 30m: what were you mostly doing?" in shown(app)
        await press(app, pilot, "minus")
        assert "YouTube, 1h 24m: what were you mostly doing?" in shown(app)
        await press(app, pilot, "s")
        assert "without an activity" not in shown(app)
        assert "What for" in shown(app)
        expected: dict[str, set[str | None]] = {channel: {None} for channel in MEASURED}
        assert activities(app) == expected | {"linkedin": {"reply"}, "youtube": {"scroll"}}
        await press(app, pilot, "a", "backspace", "enter")
        assert "without an activity" not in shown(app)


async def test_escape_records_nothing_and_the_question_stays(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        await to_second_step(app, pilot)
        await press(app, pilot, "a", "escape")
        assert "Measured without an activity: LinkedIn" in shown(app)
        assert activities(app)["linkedin"] == {None}
        await press(app, pilot, "enter", "backspace")
        assert "Measured without an activity: LinkedIn" in shown(app)


async def test_an_answer_is_one_step_of_undo_and_leaves_what_was_logged(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True) as (app, pilot):
        await to_second_step(app, pilot, hand=True)
        await press(app, pilot, "a", "c", "escape")
        assert activities(app)["linkedin"] == {"create", None}
        data_file.undo(app.workspace)
        assert activities(app)["linkedin"] == {None}


async def test_where_everything_has_an_activity_nothing_is_asked(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await press(app, pilot, "R", "enter", "enter", "enter", "a")
        assert "The week against your usual" in shown(app)
        assert "without an activity" not in shown(app)
        assert "what were you mostly doing" not in shown(app)
