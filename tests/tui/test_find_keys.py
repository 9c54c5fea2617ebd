"""Find, by keys: what was written is listed while one types, and opened where it lies."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.storage.files import other_program
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED
from tracker.tui.actions.review_actions import FindDialog, MatchRows
from tracker.tui.screens.day_panels import DayHighlights
from tracker.tui.screens.day_view import DayView

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp


async def look_for(app: TrackerApp, pilot: Pilot[None], words: str, key: str = "G") -> MatchRows:
    await pilot.press(key, *("space" if letter == " " else letter for letter in words))
    await settled(app, pilot)
    return app.screen.query_one(MatchRows)


@pytest.mark.parametrize("key", ["G", "ctrl+f"])
@pytest.mark.parametrize("screen", ["1", "2", "3"])
async def test_what_is_typed_is_listed_at_once_from_every_screen(running: Running, screen: str, key: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press(screen)
        rows = await look_for(app, pilot, "masks", key)
        assert [match.texts[-1][1] for match in rows.items] == ["coffee, masks for the atelier"]
        assert "1 found" in shown(app)
        assert "masks for the atelier" in shown(app)


async def test_enter_opens_the_day_with_the_session_chosen(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await look_for(app, pilot, "masks")
        await pilot.press("enter")
        await settled(app, pilot)
        assert isinstance(app.view, DayView)
        session = app.view.session()
        assert session is not None
        assert session.note == "coffee, masks for the atelier"


async def test_an_earlier_year_is_opened_as_well(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        with sqlite3.connect(app.workspace.database.file.path) as other:
            other.execute(
                'INSERT INTO session(channel, start, "end", zone, note) '
                "VALUES ('linkedin', 1700000000, 1700000600, 'Europe/Paris', 'the first carousel ever')"
            )
        other.close()
        await look_for(app, pilot, "first ever")
        await pilot.press("enter")
        await settled(app, pilot)
        assert app.view.period == "2023-11-14"
        assert "the first carousel ever" in shown(app)


async def test_a_filter_of_the_day_does_not_hide_what_was_found(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("2", "f", *"likes", "enter")
        await settled(app, pilot)
        await look_for(app, pilot, "masks")
        await pilot.press("enter")
        await settled(app, pilot)
        session = app.view.session()
        assert session is not None
        assert session.note == "coffee, masks for the atelier"


async def test_results_urges_and_notes_are_lit_on_their_day(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        places = (
            ("nadia", "outcome", "★ prospect via LinkedIn"),
            ("bored proposal", "urge", "resisted urge"),
            ("afternoon", "note", "afternoon"),
        )
        for words, kind, said in places:
            await pilot.press("3")
            rows = await look_for(app, pilot, words)
            while rows.items[rows.chosen].kind != kind:
                await pilot.press("down")
            await pilot.press("enter")
            await settled(app, pilot)
            assert isinstance(app.view, DayView), words
            assert app.view.period is None
            assert any(said in line.partition("▌")[2] for line in shown(app).splitlines()), kind
            if kind == "note":  # its words are whole, whatever the width
                panel = app.view.query_one(DayHighlights)
                drawn = [(cells, line) for cells in range(20, 60) for line in panel.draw(cells, 30)]
                assert all(line.cell_length <= cells for cells, line in drawn if line.plain.startswith("▌"))
            await pilot.press("left", "right")
            await settled(app, pilot)
            assert app.view.query_one(DayHighlights).lit is None, "another day was shown since"


async def test_a_review_opens_in_the_archive_s_page(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        with sqlite3.connect(app.workspace.database.file.path) as other:
            other.execute(
                "INSERT INTO review(week, begun, written, zone, words, figures, page) VALUES "
                "('2025-W10', 1741000000, 1741000600, 'Europe/Paris', 'walnuts all week', '{}', '# Walnuts')"
            )
        other.close()
        await look_for(app, pilot, "walnuts")
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Walnuts" in shown(app)
        assert len(app.screen_stack) == 2


async def test_escape_leaves_everything_as_it_was(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("3")
        await look_for(app, pilot, "masks")
        await pilot.press("escape")
        await settled(app, pilot)
        assert app.view.id == "week"
        assert len(app.screen_stack) == 1


async def test_the_words_are_there_again_and_typing_replaces_them(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await look_for(app, pilot, "masks")
        await pilot.press("enter")
        await settled(app, pilot)
        rows = await look_for(app, pilot, "")
        assert len(rows.items) == 1
        await pilot.press(*"nadia")
        await settled(app, pilot)
        assert {match.kind for match in rows.items} == {"session", "outcome"}


async def test_typed_ahead_of_the_dialog_and_entered_at_once(running: Running) -> None:
    """Enter opens what the whole line finds, also where it comes before the last search."""
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("G", *"masks", "enter")
        await settled(app, pilot)
        session = app.view.session()
        assert session is not None
        assert session.note == "coffee, masks for the atelier"


async def test_what_finds_nothing_says_so(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        for words in ("!!!", '""', "🐌", "zebra", "[/zz]", "NEAR(", '"[@click=app.quit]'):
            await pilot.press("G")
            await settled(app, pilot)
            dialog = app.screen
            assert isinstance(dialog, FindDialog)
            line = dialog.query_one("#find-line", Input)
            assert line.value == ""
            line.insert_text_at_cursor(words)
            await settled(app, pilot)
            said = shown(app)
            assert "Nothing found" in said or "letters or digits" in said, words
            await pilot.press("enter")
            await settled(app, pilot)
            assert app.screen is dialog, words
            assert notices(app) == [], words
            await pilot.press("escape")
            await settled(app, pilot)


async def test_the_text_of_a_match_is_never_markup(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        with sqlite3.connect(app.workspace.database.file.path) as other:
            other.execute("INSERT INTO day_note(date, note) VALUES ('2026-11-20', 'call [Anna] [/foo] walnuts')")
        other.close()
        await look_for(app, pilot, "walnuts")
        assert "call [Anna] [/foo] walnuts" in shown(app)


async def test_a_letter_asks_few_questions_of_the_file(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await look_for(app, pilot, "mas")
        asked: list[str] = []
        app.workspace.database.connection.set_trace_callback(asked.append)
        await pilot.press("k")
        await settled(app, pilot)
        app.workspace.database.connection.set_trace_callback(None)
        ours = [sql for sql in asked if " MATCH " in sql and "FROM search" in sql]
        assert len(ours) == 1, asked


async def test_a_damaged_index_is_built_again_and_the_line_stays(running: Running) -> None:
    async with running(settings=UNHURRIED, empty=True) as (app, pilot):
        path = app.workspace.database.file.path
        other_program(path, "DELETE FROM search_data")
        await pilot.press("slash")
        await settled(app, pilot)
        await pilot.press(*("space" if letter == " " else letter for letter in "x 10:00-10:10 masks"), "enter")
        await settled(app, pilot)
        assert notices(app)[-1].startswith("The search index was damaged and has been built again; nothing was saved")
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Logged X 10:00–10:10, 10m" in notices(app)[-1]
        other_program(path, "DELETE FROM search_docsize")
        rows = await look_for(app, pilot, "masks")
        assert len(rows.items) == 1
