"""A first morning from an empty file to a closed day, by nothing but keys: mistakes made and put right on the way.

Once straight on, and once by somebody who leaves every dialog by escape before going through it, and every offer alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui import figures
from tests.tui.conftest import settled, shown, write
from tests.tui.figures import UNHURRIED
from tests.tui.test_escape import dump
from tracker.calendar import clock
from tracker.services import habit_keeping, queries

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

TODAY = "2026-11-23"


def at(time: str) -> int:
    """That time of today."""
    return figures.at((2026, 11, 23), time)


#: Whether every dialog is left by escape once, and every offer ignored.
hesitates = False


async def press(app: TrackerApp, pilot: Pilot[None], time: str, *keys: str) -> None:
    """The keys at a time of today; a word is typed."""
    clock.freeze(at(time))
    done = await hesitate(app, pilot, *keys) if hesitates and len(app.screen_stack) == 1 else 0
    await type_in(app, pilot, *keys[done:])
    offered = len(app.screen_stack) > 1 or app.offered is not None
    if hesitates and offered and keys[0] in ("c", "u") and keys[-1] != "b":
        before = dump(app)
        await type_in(app, pilot, "escape")
        assert (len(app.screen_stack), app.offered, dump(app)) == (1, None, before)


async def hesitate(app: TrackerApp, pilot: Pilot[None], *keys: str) -> int:
    """Go as far as each dialog that the keys open, and leave it; how many of the keys have had their effect."""
    done = 0
    for until in range(1, len(keys)):
        before = dump(app)
        await type_in(app, pilot, *keys[done:until])
        if len(app.screen_stack) == 1 or dump(app) != before:
            done = until
            continue
        while len(app.screen_stack) > 1:
            await type_in(app, pilot, "escape")
        assert dump(app) == before, keys[:until]
    return done


async def type_in(app: TrackerApp, pilot: Pilot[None], *keys: str) -> None:
    for key in keys:
        named = key in ("enter", "escape", "space", "up", "down", "ctrl+u")
        await (pilot.press(key) if named else write(app, pilot, key))
        await settled(app, pilot)


@pytest.mark.parametrize("leaves", [False, True], ids=["straight on", "every dialog left once"])
async def test_a_morning_is_logged_mended_and_closed(
    running: Running, monkeypatch: pytest.MonkeyPatch, leaves: bool
) -> None:
    monkeypatch.setitem(globals(), "hesitates", leaves)
    async with running(empty=True, settings=UNHURRIED, now=at("09:00"), size=(80, 24)) as (app, pilot):
        # What to do stands on the first screen, and every key behind `?`.
        assert "start a session" in shown(app)
        await press(app, pilot, "09:00", "?")
        assert "First steps" in shown(app)
        await press(app, pilot, "09:00", "escape")

        # The important thing first, then LinkedIn for twenty minutes, with an intention.
        await press(app, pilot, "09:00", "w", "offer for the gallery", "enter")
        if queries.running(app.workspace):
            await press(app, pilot, "09:00", "x")  # named, it starts at once: not before the mail
        await press(app, pilot, "09:05", "s", "l", "answer Samia 20m", "enter")
        await press(app, pilot, "09:22", "space")

        # Three looks at Instagram, one of them for likes; an urge, and what set it off.
        await press(app, pilot, "09:40", "c", "i")
        await press(app, pilot, "09:44", "c", "c", "L")
        await press(app, pilot, "09:47", "c", "i")
        await press(app, pilot, "09:55", "u", "i", "b")

        # A call, with what came of it; and what was not timed.
        await press(app, pilot, "10:30", "t", "o", "@samia district 15m", "enter")
        await press(app, pilot, "10:31", "o", "p", "@samia", "enter")
        await press(app, pilot, "11:00", "/", "instagram reply 10:35-10:50 comments", "enter")

        # Two mistakes: it was LinkedIn, and it began at 10:40; on the Day, in the line where they stand.
        await press(app, pilot, "11:01", "2", "e", "ctrl+u", "10:40", "enter")
        await press(app, pilot, "11:02", "v", "e", "c", "l")
        last = queries.day(app.workspace, TODAY).parts[-1].session
        assert (last.channel, last.start, last.end) == ("linkedin", at("10:40"), at("10:50"))
        # A third one: deleted by mistake, and back again.
        await press(app, pilot, "11:03", "d", "z")
        assert queries.day(app.workspace, TODAY).parts[-1].session.id == last.id

        # Habits: the three that are offered need no key at all.
        await press(app, pilot, "11:05", "y", "1", "2", "3", "escape")
        assert len(habit_keeping.habits(app.workspace, TODAY)) >= 1

        # The day is closed: every question answered by enter.
        await press(app, pilot, "18:30", "E")
        for _question in range(12):
            if len(app.screen_stack) == 1:
                break
            await press(app, pilot, "18:30", "enter")
        day = queries.day(app.workspace, TODAY)
        assert len(app.screen_stack) == 1
        assert day.closed

        assert (day.checks, day.sessions) == (3, 2)
        assert [part.session.note for part in day.parts if part.check] == [None, "likes", None]
        assert day.task == "offer for the gallery"
        assert [urge.trigger for urge in day.urges] == ["bored"]
        [call] = day.contacts
        assert (call.session.person, call.session.ring) == ("samia", "district")
        [prospect] = day.outcomes
        assert (prospect.kind, prospect.channel, prospect.person) == ("prospect", "call", "samia")
