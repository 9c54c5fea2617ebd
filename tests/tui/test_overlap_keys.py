"""Whose time it is where records meet, by keys: what is shown is done, and what is said is in the file."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from tests.tui.conftest import drawn, notices, settled, shown, write
from tests.tui.figures import UNHURRIED, ZONE, at
from tracker.calendar.clock import to_utc
from tracker.services import queries
from tracker.storage import outcomes, sessions, undo
from tracker.storage.undo_steps import undo_step
from tracker.tui.modals.dialog import Choices
from tracker.tui.screens.day_view import DayView

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

DAY = (2026, 11, 23)
TODAY = "2026-11-23"


def log(app: TrackerApp, channel: str = "linkedin", date: str = TODAY) -> list[str]:
    """`08:04–08:29` of every session of a channel, with its seconds where it has any; what runs is open."""

    def said(instant: int | None) -> str:
        if instant is None:
            return ""
        seconds = (instant - at(DAY, "00:00")) % 86_400
        return f"{seconds // 3600:02}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")

    on_channel = [part.session for part in queries.day(app.workspace, date).parts if part.session.channel == channel]
    return [f"{said(session.start)}–{said(session.end)}" for session in on_channel]


def add(app: TrackerApp, start: str, end: str, channel: str = "linkedin", **details: Any) -> None:
    lo, hi = (at(DAY, time[:5]) + int(time[6:] or 0) for time in (start, end))
    sessions.add(app.workspace.database, channel, lo, hi, ZONE, now=app.workspace.now(), **details)


def record(app: TrackerApp, spans: list[str]) -> None:
    """Have these sessions in the log, and no others; nothing is said any more of what was asked before."""
    app.dismiss_toasts()
    parts = queries.day(app.workspace, TODAY).parts
    sessions.delete(app.workspace.database, [part.session.id for part in parts], now=app.workspace.now())
    for span in spans:
        add(app, *span.split("–"))
    app.reload()


def box(app: TrackerApp) -> list[str]:
    """The lines of the question, without its frame; none where nothing is asked."""
    choices = app.screen.query(Choices)
    if not choices:
        return []
    region = choices.first().region
    lines = shown(app).splitlines()[region.y : region.bottom]
    return [line[region.x + 1 : region.right - 1].replace("▌", " ") for line in lines]


async def enter(app: TrackerApp, pilot: Pilot[None], *keys: str) -> str:
    """What is asked after these keys, as one line."""
    named = ("enter", "escape", "tab", "down", "up", "end", "ctrl+u", "greater_than_sign", "less_than_sign")
    for key in keys:
        await (pilot.press(key) if key in named else write(app, pilot, key))
        await settled(app, pilot)
    return " ".join(" ".join(box(app)).split())


async def choose(app: TrackerApp, pilot: Pilot[None], *times: str) -> None:
    """Mark the lines that start at these times, or choose the only one."""
    view = app.view
    assert isinstance(view, DayView)
    rows = view.rows()
    assert rows is not None
    for time in times:
        starts = [part.session.start for part in queries.day(app.workspace, TODAY).parts]
        rows.choose(starts.index(at(DAY, time)))
        if len(times) > 1:
            await pilot.press("v")
    await pilot.pause()


QUESTIONS = {
    "over its end": (
        ["08:04–08:29"],
        "08:20-08:45",
        "Keep what is recorded, shorten the new entry: LinkedIn 08:29–08:45 instead of 08:20–08:45",
        ["08:04–08:29", "08:29–08:45"],
        "Use the new entry, shorten the old one: LinkedIn 08:04–08:20 instead of 08:04–08:29",
        ["08:04–08:20", "08:20–08:45"],
    ),
    "new inside old": (
        ["08:00–09:00"],
        "08:20-08:40",
        "Keep what is recorded. Nothing new is saved.",
        ["08:00–09:00"],
        "Use the new entry, shorten the old one: LinkedIn 08:00–08:20, 08:40–09:00 instead of 08:00–09:00",
        ["08:00–08:20", "08:20–08:40", "08:40–09:00"],
    ),
    "old inside new": (
        ["08:20–08:40"],
        "08:00-09:00",
        "Keep what is recorded, shorten the new entry: LinkedIn 08:00–08:20, 08:40–09:00 instead of 08:00–09:00",
        ["08:00–08:20", "08:20–08:40", "08:40–09:00"],
        "Use the new entry, remove the old one: LinkedIn 08:20–08:40",
        ["08:00–09:00"],
    ),
    "several olds": (
        ["07:50–08:10", "08:20–08:30"],
        "08:00-09:00",
        "Keep what is recorded, shorten the new entry: LinkedIn 08:10–08:20, 08:30–09:00 instead of 08:00–09:00",
        ["07:50–08:10", "08:10–08:20", "08:20–08:30", "08:30–09:00"],
        "Use the new entry, shorten or remove the old ones: LinkedIn 07:50–08:00 instead of 07:50–08:10; "
        "LinkedIn 08:20–08:30 removed",
        ["07:50–08:00", "08:00–09:00"],
    ),
    "a few seconds left of mine": (
        ["08:00:11–08:25"],
        "08:00-08:25",
        "Keep what is recorded. Nothing new is saved.",
        ["08:00:11–08:25"],
        "Use the new entry, remove the old one: LinkedIn 08:00–08:25",
        ["08:00–08:25"],
    ),
    "four slivers": (
        ["08:00:07–08:05", "08:05:09–08:10:04", "08:10:30–08:14:57", "08:15:08–08:19:40"],
        "08:00-08:20",
        "Keep what is recorded. Nothing new is saved.",
        ["08:00:07–08:05", "08:05:09–08:10:04", "08:10:30–08:14:57", "08:15:08–08:19:40"],
        "Use the new entry, remove the old ones: LinkedIn 08:00–08:05, 08:05–08:10, 08:10–08:14, …",
        ["08:00–08:20"],
    ),
    "seconds of overlap": (
        ["08:00–08:29:40"],
        "08:29-08:45",
        "shorten the new entry: LinkedIn 08:29:40–08:45 instead of 08:29–08:45",
        ["08:00–08:29:40", "08:29:40–08:45"],
        "shorten the old one: LinkedIn 08:00–08:29 instead of 08:00–08:29:40",
        ["08:00–08:29", "08:29–08:45"],
    ),
}


@pytest.mark.parametrize("letter", ["k", "u", "escape"])
async def test_what_is_shown_is_what_is_done(running: Running, letter: str) -> None:
    async with running(empty=True, settings=UNHURRIED, size=(120, 36)) as (app, pilot):
        for case, (there, typed, keep, kept, use, used) in QUESTIONS.items():
            record(app, there)
            text = await enter(app, pilot, "/", f"linkedin {typed}", "enter")
            assert keep in text, case
            assert use in text, case
            steps = undo.steps(app.workspace.database)
            text = await enter(app, pilot, letter)
            expected = {"k": kept, "u": used, "escape": there}[letter]
            assert log(app) == expected, case
            assert (undo.steps(app.workspace.database) == steps) is (expected == there), f"{case}: nothing is no step"
            said = notices(app)[-1:]
            if letter == "escape":
                assert said == [], case
            elif letter == "k" and kept == there:
                assert said[0].startswith("Nothing saved: LinkedIn "), case
                assert said[0].endswith(" is already recorded"), case
            else:
                mine = [span for span in expected if span not in there]
                for span in mine[:1] if letter == "k" else [typed.replace("-", "–")]:
                    assert span[:5] in said[0], case


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36)])
async def test_every_answer_has_its_strips_at_every_size(running: Running, size: tuple[int, int]) -> None:
    async with running(empty=True, settings=UNHURRIED, size=size) as (app, pilot):
        for case, (there, typed, keep, _kept, use, _used) in QUESTIONS.items():
            record(app, there)
            text = await enter(app, pilot, "/", f"linkedin {typed}", "enter")
            assert keep in text, case
            assert use in text, case
            assert text.count("before ") == text.count("after ") == 2, case
            assert "▒ recorded · █ new · Esc Cancel" in text, case
            strips = [line.split()[1] for line in box(app) if line.split()[:1] in (["before"], ["after"])]
            assert len(strips) == 4, case
            assert len({len(strip) for strip in strips}) == 1, f"{case}: one axis"
            ends = [line.split() for line in box(app) if line.strip()[:1].isdigit() and " - " not in line]
            assert [len(line) for line in ends if len(line) == 2] == [2, 2], case
            await enter(app, pilot, "escape")
            assert log(app) == there, case


async def test_the_question_reads_without_colours(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        add(app, "08:00", "08:30")
        app.reload()
        await enter(app, pilot, "/", "linkedin 08:20-08:40", "enter")
        strips = [line.split()[1] for line in box(app) if line.split()[:1] in (["before"], ["after"])]
        before, after, before_too, after_too = strips
        assert before == before_too
        assert set(before) == {"▒", "·"}
        assert after.index("█") == before.index("·"), "the new one fills what was free"
        assert before_too.count("▒") > after_too.count("▒") > 0
        assert drawn(app)


async def test_an_edit_over_two_others(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        for start, end in (("08:00", "08:20"), ("08:30", "08:50"), ("10:00", "10:30")):
            add(app, start, end)
        app.reload()
        await enter(app, pilot, "2")
        await choose(app, pilot, "10:00")
        text = await enter(app, pilot, "e", "08:10", "tab", "08:40", "enter")
        assert "shorten the new entry: LinkedIn 08:20–08:30 instead of 08:10–08:40" in text
        assert (
            "shorten the old ones: LinkedIn 08:00–08:10 instead of 08:00–08:20; LinkedIn 08:40–08:50 instead of" in text
        )
        await enter(app, pilot, "u")
        assert log(app) == ["08:00–08:10", "08:10–08:40", "08:40–08:50"]
        assert notices(app)[-1] == (
            "Changed: LinkedIn 08:10–08:40 · LinkedIn 08:00–08:10 instead of 08:00–08:20 · "
            "LinkedIn 08:40–08:50 instead of 08:30–08:50"
        )
        await enter(app, pilot, "z")
        assert log(app) == ["08:00–08:20", "08:30–08:50", "10:00–10:30"]


async def test_an_edit_that_would_leave_nothing_changes_nothing(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        add(app, "08:00", "09:00")
        add(app, "10:00", "10:30", note="carousel")
        app.reload()
        await enter(app, pilot, "2")
        await choose(app, pilot, "10:00")
        text = await enter(app, pilot, "e", "08:10", "tab", "08:40", "enter")
        assert "Keep what is recorded. Nothing is changed." in text
        await enter(app, pilot, "k")
        assert log(app) == ["08:00–09:00", "10:00–10:30"]
        assert notices(app)[-1] == "Nothing changed: LinkedIn 08:00–09:00 is kept"


async def test_marked_lines_that_move_over_another_ask_too(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        for start, end in (("08:00", "08:20"), ("08:20", "08:30"), ("08:32", "08:50")):
            add(app, start, end)
        app.reload()
        await enter(app, pilot, "2")
        await choose(app, pilot, "08:00", "08:20")
        text = await enter(app, pilot, "greater_than_sign")
        assert "shorten the new entries: LinkedIn 08:25–08:32 instead of 08:25–08:35" in text
        await enter(app, pilot, "escape")
        assert log(app) == ["08:00–08:20", "08:20–08:30", "08:32–08:50"]
        await enter(app, pilot, "greater_than_sign", "u")
        assert log(app) == ["08:05–08:25", "08:25–08:35", "08:35–08:50"]
        assert notices(app)[-1] == "Moved 2 sessions · LinkedIn 08:35–08:50 instead of 08:32–08:50"


async def test_what_runs_is_shortened_only_by_who_says_so(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        sessions.start(app.workspace.database, "linkedin", at(DAY, "14:35"), ZONE, now=app.workspace.now())
        app.reload()
        text = await enter(app, pilot, "/", "linkedin 14:30-14:50", "enter")
        assert "LinkedIn is already recorded: 14:35–now" in text
        assert "shorten the old one: LinkedIn 14:50–now instead of 14:35–now" in text
        await enter(app, pilot, "u")
        assert log(app) == ["14:30–14:50", "14:50–"]
        assert notices(app)[-1] == "Logged LinkedIn 14:30–14:50, 20m · LinkedIn 14:50–now instead of 14:35–now"


async def test_a_talk_meets_another_one(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        add(app, "11:00", "11:30", "call", person="Nadia")
        app.reload()
        letter = next(channel.letter or "" for channel in queries.channels(app.workspace) if channel.name == "call")
        text = await enter(app, pilot, "t", letter, "samia 11:20-11:45", "enter")
        assert "shorten the new entry: Call 11:30–11:45 instead of 11:20–11:45" in text
        await enter(app, pilot, "k")
        assert log(app, "call") == ["11:00–11:30", "11:30–11:45"]
        assert notices(app)[-1] == "Talked to samia · 11:30–11:45, 15m · instead of 11:20–11:45"


async def test_touching_ends_ask_nothing(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        add(app, "08:00", "08:30")
        add(app, "09:00", "09:30")
        await enter(app, pilot, "/", "linkedin 08:30-09:00", "enter")
        assert log(app) == ["08:00–08:30", "08:30–09:00", "09:00–09:30"]


async def test_a_check_at_the_edge_is_part_of_it_and_said(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        for time in ("08:00", "08:29"):
            sessions.check(app.workspace.database, "linkedin", at(DAY, time) + 50, ZONE, None, now=app.workspace.now())
        await enter(app, pilot, "/", "linkedin 08:00-08:30", "enter")
        assert log(app) == ["08:00–08:30"]
        assert notices(app)[-1] == "Logged LinkedIn 08:00–08:30, 30m · 2 checks at that time are now part of it"


async def test_across_midnight(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        start = at((2026, 11, 22), "23:40")
        sessions.add(app.workspace.database, "linkedin", start, start + 3600, ZONE, now=app.workspace.now())
        text = await enter(app, pilot, "/", "linkedin yesterday 23:20-00:10", "enter")
        assert "shorten the old one: LinkedIn 00:10–00:40 instead of 23:40–00:40" in text
        await enter(app, pilot, "u")
        assert log(app, date="2026-11-22") == ["23:20–00:10", "00:10–00:40"]


async def test_in_the_night_with_an_hour_twice(running: Running) -> None:
    now = to_utc(ZONE, 2026, 10, 25, 12, 0)
    async with running(empty=True, settings=UNHURRIED, now=now) as (app, pilot):
        start = to_utc(ZONE, 2026, 10, 25, 1, 30)
        sessions.add(
            app.workspace.database, "linkedin", start, start + 2 * 3600, ZONE, now=now
        )  # to 02:30, winter time
        text = await enter(app, pilot, "/", "linkedin yesterday 01:00-01:45", "enter")
        assert "LinkedIn 01:45–02:30 instead of 01:30–02:30" in text
        await enter(app, pilot, "u")
        parts = queries.day(app.workspace, "2026-10-24").parts
        assert [(part.session.end or 0) - part.session.start for part in parts] == [45 * 60, 105 * 60]


async def test_a_record_of_another_zone_is_told_by_one_clock(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        lo, hi = at(DAY, "14:00"), at(DAY, "14:30")
        sessions.add(app.workspace.database, "linkedin", lo, hi, "America/Toronto", now=app.workspace.now())
        text = await enter(app, pilot, "/", "linkedin 14:20-14:45", "enter")
        assert "LinkedIn is already recorded: 14:00–14:30 (times in Europe/Paris)" in text
        await enter(app, pilot, "k")
        assert log(app) == ["14:00–14:30", "14:30–14:45"]


async def test_measured_time_is_cut_without_a_question_and_said(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        add(app, "08:00", "08:30", source="app-usage")
        await enter(app, pilot, "/", "linkedin 08:20-08:40", "enter")
        assert log(app) == ["08:00–08:20", "08:20–08:40"]
        assert notices(app)[-1] == "Logged LinkedIn 08:20–08:40, 20m · LinkedIn 08:00–08:20 instead of 08:00–08:30"


async def test_a_split_says_its_two_parts(running: Running) -> None:
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        add(app, "08:00", "08:30")
        app.reload()
        await enter(app, pilot, "2", "p", "08:10", "enter")
        assert notices(app)[-1] == "Split: LinkedIn 08:00–08:10, 08:10–08:30"


@pytest.mark.parametrize("theme", ["tracker-dark", "tracker-light"])
async def test_the_strips_stand_out_in_every_theme(running: Running, theme: str) -> None:
    async with running(empty=True, settings=UNHURRIED._replace(theme=theme), size=(80, 24)) as (app, pilot):
        add(app, "08:00", "08:30")
        await enter(app, pilot, "/", "linkedin 08:20-08:40", "enter")
        signs = {
            sign: segment.style
            for line in drawn(app)
            for segment in line
            for sign in "▒█"
            if set(segment.text) == {sign} and segment.style
        }
        assert set(signs) == {"▒", "█"}
        assert all(style.color != style.bgcolor for style in signs.values())


@pytest.mark.parametrize("answer", [["escape"], ["k"]])
async def test_nothing_is_said_of_outcomes_that_were_only_tried(running: Running, answer: list[str]) -> None:
    """What an answer would make of an outcome is tried, and rolled back; the next change is not its doing."""
    async with running(empty=True, settings=UNHURRIED) as (app, pilot):
        add(app, "13:00", "13:30", "x")
        add(app, "08:00", "14:00:30")
        database = app.workspace.database
        outcomes.add(database, "prospect", at(DAY, "14:20"), ZONE, now=app.workspace.now())
        with undo_step(database, "found otherwise", app.workspace.now()):
            database.change("UPDATE outcome SET channel = NULL, attribution = 'unknown'")
        app.reload()
        assert await enter(app, pilot, "/", "linkedin 13:50-14:00", "enter")
        await enter(app, pilot, *answer)
        assert database.reattributed == []
        await enter(app, pilot, "z")
        assert notices(app)[-1] == "Undone: found otherwise"


async def test_what_two_sources_measured_has_a_sign_of_its_own(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        with sqlite3.connect(app.workspace.database.file.path) as other:
            for source, *times in (("activitywatch", "05:00", "05:10"), ("chrome", "05:01", "05:09")):
                other.execute(
                    'INSERT INTO session(channel, start, "end", zone, source) VALUES (?, ?, ?, ?, ?)',
                    ("reddit", *(at(DAY, time) for time in times), ZONE, source),
                )
        other.close()
        await pilot.press("2", "home")
        await settled(app, pilot)
        lines = shown(app).splitlines()
        assert next(line for line in lines if "05:00 05:10" in line)[2] == " "  # it overlaps nothing else
        assert next(line for line in lines if "05:01 05:09" in line)[2] == "="
