"""The day's log put right by keys: in the line itself, many lines at once, and overlaps by the user's word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import ZONE, at
from tracker.services import queries, session_editing
from tracker.storage import sessions, undo
from tracker.tui.screens.day_view import DayView

if TYPE_CHECKING:
    from tests.tui.conftest import Running
    from tracker.domain.models import Session
    from tracker.tui.app import TrackerApp

TODAY, YESTERDAY = "2026-11-23", "2026-11-22"
DAY = (2026, 11, 23)


def log(app: TrackerApp) -> list[Session]:
    return [part.session for part in queries.day(app.workspace, TODAY).parts]


def drawn(app: TrackerApp) -> Session:
    """The session on LinkedIn that began at ten past one, whatever has become of it."""
    return next(session for session in of(app, "linkedin") if at(DAY, "13:05") <= session.start <= at(DAY, "13:20"))


def of(app: TrackerApp, channel: str) -> list[Session]:
    return [session for session in log(app) if session.channel == channel]


async def choose(app: TrackerApp, time: str) -> None:
    """Choose the line that starts at this time."""
    view = app.view
    assert isinstance(view, DayView)
    rows = view.rows()
    assert rows is not None
    starts = [session.start for session in log(app)]
    rows.choose(starts.index(at(DAY, time)))


@pytest.mark.parametrize("size", [(120, 36), (80, 24)])
async def test_a_line_is_edited_where_it_stands(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size) as (app, pilot):
        await pilot.press("2")
        await choose(app, "13:10")
        await pilot.pause()
        lines = shown(app).splitlines()
        row = next(number for number, line in enumerate(lines) if "13:10" in line)
        await pilot.press("e", *"13:15")
        await pilot.pause()
        after = shown(app).splitlines()
        assert "13:15" in after[row]
        assert "create" in after[row]
        assert "→ Mon 23 Nov 13:15" in shown(app)
        await pilot.press("tab", *"13:40", "enter")
        await settled(app, pilot)
        changed = drawn(app)
        assert (changed.start, changed.end) == (at(DAY, "13:15"), at(DAY, "13:40"))
        await pilot.press("z")
        await pilot.pause()
        assert drawn(app).start == at(DAY, "13:10")
        assert notices(app)[-1] == "Undone: edited LinkedIn create 26m · LinkedIn is now 13:10–13:36, 26m"
        await pilot.press("Z")
        await pilot.pause()
        assert notices(app)[-1] == "Redone: edited LinkedIn create 26m · LinkedIn is now 13:15–13:40, 25m"


async def test_what_cannot_be_is_said_below_and_keeps_the_line_open(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        await choose(app, "13:10")
        await pilot.press("e", "tab", *"13:05", "enter")
        await pilot.pause()
        assert "✗ That is before its start" in shown(app)
        assert len(app.screen_stack) == 2
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1
        assert drawn(app).end == at(DAY, "13:36")


async def test_the_channel_is_edited_by_its_title(running: Running) -> None:
    async with running(size=(120, 36)) as (app, pilot):
        await pilot.press("2")
        await choose(app, "13:10")
        await pilot.press("e")
        await pilot.pause()
        field = app.screen.query_one("#field-channel", Input)
        assert field.value == "LinkedIn"
        field.value = "Instagram"
        await pilot.press("enter")
        await pilot.pause()
        assert at(DAY, "13:10") in [session.start for session in of(app, "instagram")]


async def test_marked_lines_change_their_channel_in_one_step(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        await choose(app, "14:02")
        await pilot.press("v", "v", "v")
        await pilot.pause()
        assert "■ 3 marked" in shown(app)
        before = len(of(app, "facebook"))
        await pilot.press("e", "c", "f")
        await settled(app, pilot)
        assert len(of(app, "facebook")) == before + 3
        assert "■" not in shown(app)
        await pilot.press("z")
        await settled(app, pilot)
        assert len(of(app, "facebook")) == before
        assert notices(app)[-1] == "Undone: changed 3 sessions"


async def test_marked_lines_are_deleted_and_merged_together(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        entries = len(log(app))
        await choose(app, "14:02")
        await pilot.press("v", "v", "d")
        await settled(app, pilot)
        assert len(log(app)) == entries - 2
        assert notices(app)[-1] == "Deleted 2 sessions · [z] undoes"
        await pilot.press("z")
        await settled(app, pilot)
        await choose(app, "13:10")
        await pilot.press("v")
        await choose(app, "13:58")
        await pilot.press("v", "m")
        await settled(app, pilot)
        assert "Merge " in shown(app)  # the minutes between would count: that is asked
        await pilot.press("m")
        await settled(app, pilot)
        whole = drawn(app)
        assert (whole.start, whole.end) == (at(DAY, "13:10"), at(DAY, "14:00"))


async def test_escape_takes_the_marks_off(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "up", "v", "escape")
        await pilot.pause()
        assert "■" not in shown(app)


async def test_a_line_moves_by_five_minutes(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        await choose(app, "11:00")
        await pilot.press("less_than_sign")
        await pilot.pause()
        (work,) = of(app, "work")
        assert (work.start, work.end) == (at(DAY, "10:55"), at(DAY, "11:50"))
        assert notices(app)[-1] == "Work is now 10:55–11:50"
        await pilot.press("greater_than_sign", "greater_than_sign")
        await pilot.pause()
        assert of(app, "work")[0].start == at(DAY, "11:05")


async def test_nothing_moves_into_the_time_to_come(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "greater_than_sign")
        await pilot.pause()
        assert of(app, "linkedin")[-1].start == at(DAY, "14:40")
        await pilot.press(*["greater_than_sign"] * 8)
        await pilot.pause()
        assert notices(app)[-1] == "That time is in the future"


async def test_a_gap_is_filled_with_its_times_ready(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        await choose(app, "12:40")
        await pilot.press("i")
        await pilot.pause()
        assert "Fill 11:55–12:40 (45m)" in shown(app)
        await pilot.press("home", *"work", "enter")
        await settled(app, pilot)
        assert [(session.start, session.end) for session in of(app, "work")][-1] == (at(DAY, "11:55"), at(DAY, "12:40"))


async def test_the_log_is_filtered_as_words_are_typed(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "f", *"samia")
        await pilot.pause()
        text = shown(app)
        assert "1 of 20" in text
        assert "13:40" not in text.partition("Totals")[0].partition("start")[2]
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert "20 entries" in shown(app)


async def test_accents_and_case_do_not_matter_and_escape_shows_all(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "f", *"THEO")
        await pilot.pause()
        assert "1 of 20" in shown(app)
        await pilot.press("escape")
        await pilot.pause()
        assert "20 entries" in shown(app)


async def test_yesterdays_are_logged_again_at_the_same_times(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        database = app.workspace.database
        start = at((2026, 11, 22), "09:00")
        sessions.add(database, "work", start, start + 3600, ZONE, now=at(DAY, "15:00"), activity="client")
        sessions.add(database, "linkedin", start + 7200, start + 9000, ZONE, now=at(DAY, "15:00"), intention="post")
        app.reload()
        await pilot.press("2", "r", "2")
        await settled(app, pilot)
        assert [(session.channel, session.start, session.intention) for session in log(app)] == [
            ("linkedin", at(DAY, "11:00"), "post")
        ]
        await pilot.press("z", "r", "a")
        await settled(app, pilot)
        assert [session.channel for session in log(app)] == ["work", "linkedin"]
        assert undo.undo(database, 1, now=at(DAY, "15:12"))[0].says == "repeated 2 sessions"


async def test_g_goes_to_a_date_on_the_day_and_to_its_week(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "g", *"2026-11-12", "enter")
        await settled(app, pilot)
        assert "Thursday 12 November 2026" in shown(app)
        await pilot.press("3", "g", *"2026-11-12", "enter")
        await settled(app, pilot)
        assert "Week 46" in shown(app)


@pytest.mark.parametrize(
    ("letter", "spans"), [("k", ["11:00-11:55", "11:55-12:10"]), ("u", ["11:00-11:30", "11:30-12:10"])]
)
async def test_whose_time_it_is_where_two_meet_is_asked(running: Running, letter: str, spans: list[str]) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "slash")
        await pilot.pause()
        await pilot.press(*"work 11:30-12:10", "enter")
        await pilot.pause()
        assert "Work is already recorded: 11:00–11:55" in shown(app)
        await pilot.press(letter)
        await settled(app, pilot)
        wanted = [tuple(at(DAY, time) for time in span.split("-")) for span in spans]
        assert [(session.start, session.end) for session in of(app, "work")] == wanted
        await pilot.press("z")
        await settled(app, pilot)
        assert len(of(app, "work")) == 1


async def test_leaving_the_question_changes_nothing(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        await choose(app, "11:00")
        before = log(app)
        await pilot.press("slash")
        await pilot.pause()
        await pilot.press(*"work 11:30-12:10", "enter", "escape")
        await settled(app, pilot)
        assert log(app) == before


async def test_sessions_at_the_same_time_are_told_by_a_sign(running: Running) -> None:
    async with running() as (app, pilot):
        sessions.add(app.workspace.database, "whatsapp", at(DAY, "11:10"), at(DAY, "11:20"), ZONE, now=at(DAY, "15:00"))
        app.reload()
        await pilot.press("2")
        await pilot.pause()
        assert sum("∩" in line for line in shown(app).splitlines()) == 2


async def test_a_click_with_ctrl_marks(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        await pilot.pause()
        await pilot.click("#log", offset=(10, 5), control=True)
        await pilot.pause()
        assert "■ 1 marked" in shown(app)


async def test_in_its_line_too_an_end_goes_with_the_start_to_another_day(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        start = at((2026, 11, 23), "10:00")
        session_editing.add(app.workspace, "linkedin", start, start + 25 * 60)
        await pilot.press("2", "e")
        await pilot.pause()
        await pilot.press(*"yesterday 10:05", "enter")
        await pilot.pause()
        [part] = queries.day(app.workspace, "2026-11-22").parts
        assert part.end - part.start == 20 * 60


async def test_merging_across_a_gap_asks_first_and_names_what_it_adds(running: Running) -> None:
    async with running() as (app, pilot):
        session_editing.add(app.workspace, "x", at(DAY, "05:00"), at(DAY, "05:03"))
        session_editing.add(app.workspace, "x", at(DAY, "10:50"), at(DAY, "10:54"))
        app.reload()
        await pilot.press("2")
        await settled(app, pilot)
        await choose(app, "10:50")
        before = log(app)
        await pilot.press("m")
        await settled(app, pilot)
        assert "Merge X 05:00–05:03 and 10:50–10:54?" in shown(app)
        assert "5h 47m in between, 5h 54m in total" in shown(app)
        await pilot.press("enter")  # the first answer keeps them apart
        await settled(app, pilot)
        assert log(app) == before
        await pilot.press("m", "m")
        await settled(app, pilot)
        assert notices(app)[-1].startswith("Merged X 05:00–05:03 and 10:50–10:54: ")
        assert [session.end for session in of(app, "x") if session.start == at(DAY, "05:00")] == [at(DAY, "10:54")]


async def test_what_is_too_short_is_not_asked_where_to_split(running: Running) -> None:
    async with running() as (app, pilot):
        session_editing.add(app.workspace, "x", at(DAY, "05:27"), at(DAY, "05:27") + 12)
        app.reload()
        await pilot.press("2")
        await settled(app, pilot)
        await choose(app, "05:27")
        await pilot.press("p")
        await settled(app, pilot)
        assert notices(app)[-1] == "That session is too short to be split: 12s"
        assert len(app.screen_stack) == 1


async def test_a_line_logged_into_another_day_says_which(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("/", *"youtube 02:10-02:20", "enter")
        await settled(app, pilot)
        assert notices(app)[-1] == "Logged YouTube 02:10–02:20, 10m · on Sun 22 Nov"


async def test_checks_inside_what_is_logged_are_told(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        sessions.check(app.workspace.database, "instagram", at(DAY, "14:05"), ZONE, "likes", now=app.workspace.now())
        await pilot.press("/", *"instagram 14:00-14:10", "enter")
        await settled(app, pilot)
        said = "Logged Instagram 14:00–14:10, 10m · 1 check at that time is now part of it, with the note “likes”"
        assert notices(app)[-1] == said


async def test_a_slip_in_an_activity_is_shown_while_it_is_typed(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await pilot.press("/", *"linkedin crate 10m")
        await settled(app, pilot)
        assert "“crate” · a note; did you mean create?" in shown(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert [session.note for session in log(app)] == ["crate"]


async def test_what_was_dropped_is_said_and_how_it_comes_back(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        now = app.workspace.now()
        sessions.start(app.workspace.database, "linkedin", now - 37 * 60, ZONE, now=now, activity="create")
        app.reload()
        await pilot.press("x")
        await settled(app, pilot)
        assert notices(app)[-1] == "Discarded LinkedIn create, 37m · [z] brings it back"
        await pilot.press("z")
        await settled(app, pilot)
        running_again = queries.running(app.workspace)
        assert running_again is not None
        assert running_again.activity == "create"
