"""The Day's log by keys: adding, editing, deleting, splitting, merging, undo and redo, and moving between days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tests.importers.makers import phone
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import ZONE, at
from tracker.importers import importing
from tracker.importers.imported_record import ImportOptions
from tracker.services import queries, session_editing
from tracker.tui.modals.dialog import LineDialog, LineInput
from tracker.tui.modals.session_dialogs import EditDialog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Running

TODAY = "2026-11-23"
DAY = (2026, 11, 23)


async def test_slash_logs_a_session_in_one_line(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "slash")
        await pilot.pause()
        await pilot.press(*"linkedin reply 11:56-12:10 comments", "enter")
        await pilot.pause()
        added = [
            part.session for part in queries.day(app.workspace, TODAY).parts if part.session.start == at(DAY, "11:56")
        ]
        assert [(session.activity, session.note, session.end) for session in added] == [
            ("reply", "comments", at(DAY, "12:10"))
        ]


async def test_a_line_says_what_it_will_become_while_it_is_typed(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "a")
        await pilot.pause()
        await pilot.press(*"linkedin reply 11:56-12:10")
        await pilot.pause()
        assert "LinkedIn · reply · 11:56–12:10 14m" in shown(app)
        await pilot.press(*" x 99:99-99:98")
        await pilot.pause()


async def test_a_line_that_cannot_be_read_stays_and_says_why(running: Running) -> None:
    async with running() as (app, pilot):
        entries = len(queries.day(app.workspace, TODAY).parts)
        await pilot.press("slash")
        await pilot.pause()
        await pilot.press(*"nowhere 25m", "enter")
        await pilot.pause()
        assert isinstance(app.screen, LineDialog)
        assert "nowhere" in shown(app)
        assert len(queries.day(app.workspace, TODAY).parts) == entries


async def test_tab_completes_a_line(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("slash")
        await pilot.pause()
        await pilot.press(*"linkedin cre")
        await pilot.pause()
        await pilot.press("tab", *"25m")  # the space comes with the completed word
        await pilot.pause()
        assert app.screen.query_one(LineInput).value == "linkedin create 25m"
        assert "LinkedIn · create" in shown(app)


async def test_editing_changes_fields_in_one_step(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("space", "2", "enter")
        await pilot.pause()
        assert isinstance(app.screen, EditDialog)
        await pilot.press(*["backspace"] * 5, *"14:30", "tab", "tab", "tab", *["backspace"] * 6, *"reply", "enter")
        await pilot.pause()
        session = queries.day(app.workspace, TODAY).parts[-1].session
        assert (session.start, session.activity) == (at(DAY, "14:30"), "reply")
        await pilot.press("z")
        await pilot.pause()
        session = queries.day(app.workspace, TODAY).parts[-1].session
        assert (session.start, session.activity) == (at(DAY, "14:35"), "create")


async def test_an_end_goes_with_the_start_to_another_day(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        session_editing.add(app.workspace, "linkedin", at(DAY, "10:00"), at(DAY, "10:25"))
        await pilot.press("2", "enter")
        await pilot.pause()
        await pilot.press(*["backspace"] * 5, *"yesterday 10:05")
        await pilot.pause()
        assert "→ Sun 22 Nov 10:25" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        [part] = queries.day(app.workspace, "2026-11-22").parts
        assert part.end - part.start == 20 * 60


async def test_a_field_that_cannot_be_read_says_why_and_keeps_the_dialog(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "enter")
        await pilot.pause()
        await pilot.press(*["backspace"] * 5, *"noonish")
        await pilot.pause()
        assert "✗" in shown(app)
        assert "“noonish” is not a time; write 14:05, yesterday 21:00 or -10m" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert isinstance(app.screen, EditDialog)


async def test_delete_is_at_once_and_undo_and_redo_go_both_ways(running: Running) -> None:
    async with running() as (app, pilot):
        entries = len(queries.day(app.workspace, TODAY).parts)
        await pilot.press("2", "up", "d")
        await pilot.pause()
        assert len(queries.day(app.workspace, TODAY).parts) == entries - 1
        assert notices(app)[-1] == "Deleted Instagram · [z] undoes"
        await pilot.press("z")
        await pilot.pause()
        assert len(queries.day(app.workspace, TODAY).parts) == entries
        await pilot.press("Z")
        await pilot.pause()
        assert len(queries.day(app.workspace, TODAY).parts) == entries - 1


async def test_undo_beyond_the_first_change_says_so(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await pilot.press("z")
        await pilot.pause()
        assert notices(app)[-1] == "There is nothing to undo"


async def test_split_and_merge(running: Running) -> None:
    async with running() as (app, pilot):
        entries = len(queries.day(app.workspace, TODAY).parts)
        await pilot.press("space", "2", "p")
        await pilot.pause()
        await pilot.press(*"14:50", "enter")
        await pilot.pause()
        assert len(queries.day(app.workspace, TODAY).parts) == entries + 1
        await pilot.press("down", "m")
        await pilot.pause()
        assert len(queries.day(app.workspace, TODAY).parts) == entries


async def test_left_is_yesterday_and_right_is_never_tomorrow(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "left")
        await settled(app, pilot)
        assert "Sunday 22 November 2026 · yesterday" in shown(app)
        await pilot.press("left_square_bracket")
        await settled(app, pilot)
        assert "Saturday 21 November 2026" in shown(app)
        await pilot.press("0")
        await settled(app, pilot)
        assert "Monday 23 November 2026 · today" in shown(app)
        await pilot.press("right")
        await settled(app, pilot)
        assert "Monday 23 November 2026 · today" in shown(app)


async def test_a_line_logged_on_yesterday_lands_there(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "left", "slash")
        await pilot.pause()
        await pilot.press(*"x scroll 05:00-05:20", "enter")
        await pilot.pause()
        assert any(
            part.session.start == at((2026, 11, 22), "05:00") for part in queries.day(app.workspace, "2026-11-22").parts
        )


async def test_a_day_without_records_is_unknown_until_confirmed_as_zero(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        app.view.period = "2026-09-01"
        app.reload()
        await settled(app, pilot)
        assert "no data: not counted as zero" in shown(app)
        app.perform("zero")
        await settled(app, pilot)
        assert "not logged" not in shown(app)


async def test_bursts_are_marked_with_a_glyph(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2")
        await settled(app, pilot)
        assert "⚑ 14:02" in shown(app)


async def test_a_line_joins_what_was_picked_up_once(running: Running, tmp_path: Path) -> None:
    rows = [
        "YouTube,11/23/26,06:00:00,0:01:00",
        "Instagram,11/23/26,06:02:00,0:01:00",
        "TikTok,11/23/26,06:03:00,0:01:00",
        "Screen off,11/23/26,06:04:00,0:02:00",
        "YouTube,11/23/26,06:06:00,0:01:00",
    ]
    for size in ((120, 36), (80, 24)):
        async with running(size=size) as (app, pilot):
            importing.import_files(
                app.workspace.database, "app-usage", phone(tmp_path / "a.csv", rows), ImportOptions(ZONE, NOW)
            )
            app.reload()
            await pilot.press("2")
            await settled(app, pilot)
            await pilot.press(*["up"] * 26)
            seen = {line[line.index("06:") - 1 :][:6] for line in shown(app).splitlines() if "06:" in line}
            assert {"╭06:00", "│06:02", "╰06:03", " 06:06"} <= seen


async def test_a_filter_without_matches_sets_apart_the_key_that_clears_it(running: Running) -> None:
    async with running(size=(120, 36)) as (app, pilot):
        await pilot.press("2", "f", *"qqqq")
        await settled(app, pilot)
        assert "No matches. [Esc] clears" in shown(app)


async def test_an_empty_log_sets_apart_the_key_that_adds_a_session(running: Running) -> None:
    async with running(empty=True, size=(120, 36)) as (app, pilot):
        await pilot.press("2")
        await settled(app, pilot)
        assert "Nothing logged on this day. [/] adds a session: linkedin create 14:00-14:25" in shown(app)
