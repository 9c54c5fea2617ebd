"""A morning by keys, every dialog left by escape once, every offer ignored once: in the file is what was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.tui import figures
from tests.tui.conftest import settled
from tests.tui.figures import UNHURRIED
from tests.tui.test_both_doors import Step, contents, press
from tracker.services import habit_keeping, queries
from tracker.storage import undo

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

#: What is pressed at each time, and how many dialogs that opens, to be left by escape before it is pressed in earnest.
#: What is behind `|` is pressed only in earnest.
MORNING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("09:00", ("w", "offer for the gallery", "|", "enter")),
    ("09:05", ("s", "{linkedin}", "answer Samia 20m", "|", "enter")),
    ("09:10", ("n", "A quiet day", "|", "enter")),
    ("09:15", ("b", "t", "until 09:40", "|", "enter")),
    ("09:22", ("|", "space")),
    ("09:40", ("c", "|", "{instagram}")),
    # What is offered after a check is its keys alone: `s` starts, and escape leaves that.
    ("09:40", ("s", "{instagram}")),
    ("09:44", ("c", "|", "c", "L")),
    # Not now is the one key that is an urge; what set it off is ignored by going to the Day.
    ("09:50", ("s", "{instagram}", "|", "ctrl+n", "2")),
    ("09:55", ("u", "|", "{instagram}")),
    # The offer is left, and `b` asks for a pause: it is no trigger.
    ("09:55", ("escape", "b", "escape")),
    ("09:56", ("u", "|", "{linkedin}", "b")),
    ("10:30", ("t", "{call}", "@samia district 15m", "|", "enter")),
    ("10:31", ("o", "p", "@SAMIA", "|", "enter")),
    ("11:00", ("/", "instagram reply 10:35-10:50 comments", "|", "enter")),
    # Over a call that is there: left once, then answered.
    ("11:00", ("/", "instagram 10:45-10:55", "enter")),
    ("11:00", ("/", "instagram 10:45-10:55", "enter", "|", "k")),
    ("11:01", ("2", "#3", "e", "tab", "09:23")),
    ("11:01", ("p",)),
    ("11:01", ("|", "up")),
    ("11:02", ("y", "a", "Walk 3 times a week", "|", "enter", "1", "escape")),
    ("11:03", ("v", "e", "n", "x")),
    ("11:04", ("g", "yesterday")),
    ("11:05", ("P",)),
    ("11:06", ("3", "R")),
    ("11:07", ("3", "A")),
    ("11:08", ("3", "Y")),
    ("11:09", (",", "enter")),
    ("11:10", ("?",)),
    ("11:11", ("V",)),
    ("11:12", ("E",)),
    ("11:13", ("ctrl+p", "zero")),
)


def kept(app: TrackerApp) -> dict[str, list[Any]]:
    """What was recorded; that a review was begun is noted by looking at it, and is no record."""
    before = contents(app.workspace.database.rows)
    return {name: rows for name, rows in before.items() if name != "review"}


async def leave(app: TrackerApp, pilot: Pilot[None]) -> None:
    """Escape until nothing is open, and once more for marks and notices."""
    for _time in range(6):
        await pilot.press("escape")
        await settled(app, pilot)
    assert len(app.screen_stack) == 1


async def test_a_morning_leaves_what_was_meant(running: Running) -> None:
    now = figures.at((2026, 11, 23), "09:00")
    async with running(empty=True, settings=UNHURRIED, now=now, size=(80, 24)) as (app, pilot):
        for time, keys in MORNING:
            opens, meant = keys[: keys.index("|")] if "|" in keys else keys, "|" in keys
            before = kept(app)
            if opens:
                await press(app, pilot, Step("", time, "", opens))
                await leave(app, pilot)
            assert kept(app) == before, (time, opens, "escape records nothing")
            if meant:
                await press(app, pilot, Step("", time, "", tuple(key for key in keys if key != "|")))
                assert len(app.screen_stack) == 1 or keys[-1] in ("{instagram}", "ctrl+n"), (time, keys)

        def clock(instant: int | None) -> str:
            seconds = (instant or 0) - figures.at((2026, 11, 23), "00:00")
            return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"

        day = queries.day(app.workspace, "2026-11-23")
        sessions = [part.session for part in day.parts]
        assert [
            (session.channel, clock(session.start), clock(session.end), session.source) for session in sessions
        ] == [
            ("linkedin", "09:05:00", "09:22:00", "timer"),
            ("instagram", "09:40:00", "09:40:15", "check"),
            ("instagram", "09:44:00", "09:44:15", "check"),
            ("call", "10:15:00", "10:30:00", "log"),
            ("instagram", "10:35:00", "10:50:00", "log"),
            ("instagram", "10:50:00", "10:55:00", "log"),
        ]
        assert [
            (session.activity, session.intention, session.note, session.person, session.ring) for session in sessions
        ] == [
            (None, "answer Samia", None, None, None),
            (None, None, None, None, None),
            (None, None, "likes", None, None),
            (None, None, None, "samia", "district"),
            ("reply", None, "comments", None, None),
            (None, None, None, None, None),
        ]
        assert sessions[0].planned_seconds == 20 * 60
        assert [(urge.channel, clock(urge.at)[:5], urge.trigger) for urge in day.urges] == [
            ("instagram", "09:50", None),
            ("instagram", "09:55", None),
            ("linkedin", "09:56", "bored"),
        ]
        assert [(outcome.kind, outcome.person, outcome.channel) for outcome in day.outcomes] == [
            ("prospect", "samia", "call")
        ]
        assert (day.task, day.task_done, day.note, day.closed) == ("offer for the gallery", False, "A quiet day", False)
        assert [(clock(pause.start)[:5], clock(pause.until)[:5]) for pause in day.pauses] == [("09:15", "09:40")]
        [walk] = habit_keeping.habits(app.workspace, "2026-11-23")
        assert (walk.habit.name, walk.today.value) == ("Walk", 1.0)
        counts = {name: len(rows) for name, rows in kept(app).items() if rows}
        assert {name: counts[name] for name in counts if name not in ("channel", "channel_match", "activity")} == {
            "session": 6, "urge": 3, "outcome": 1, "day_note": 1, "pause": 1, "habit": 1, "habit_day": 1,
        }  # fmt: skip
        assert len(undo.steps(app.workspace.database, 100)) == 17, "a step for each of them, and none besides"
