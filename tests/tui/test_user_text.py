"""What people type is never markup: it is shown as it is, raises nothing, and cannot be clicked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input, TextArea

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import ZONE
from tests.tui.test_contact_keys import letter
from tracker.domain.models import Session
from tracker.reports.day import Part
from tracker.services import queries, reviewing
from tracker.storage import channels, day_records, outcomes, sessions
from tracker.storage.read_cache import ReadCache
from tracker.tui import layout
from tracker.tui.review.screen import ReviewScreen
from tracker.tui.widgets import bars

if TYPE_CHECKING:
    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

NASTY = (
    "[/foo] [@click=app.quit]x",
    "[bold red] call [Anna]",
    "👩‍👩‍👧 漢字 ] [ $primary [[",
    "a\nb\tc \x1b[31mred \x9b31m\x85\x7f\x07 \x1b]0;owned\x07",
    "\u202eltr\u2066 \u200f\u061c\u2028\u2029.",
)
#: What no frame may hold, whatever the file does.
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


@pytest.mark.parametrize("words", NASTY)
async def test_nasty_words_are_shown_as_they_are(running: Running, words: str) -> None:
    async with running() as (app, pilot):
        fill(app, words)
        for key in ("1", "2", "3"):
            await pilot.press(key)
            await settled(app, pilot)
            assert not CONTROL.search(shown(app)), key
            if words.isascii() and words.isprintable() and key == "2":
                assert words[:8] in shown(app)
        for keys in (
            ["2", "enter"],
            ["2", "e"],
            ["1", "enter"],
            ["1", "s"],
            ["1", "t"],
            ["1", "o"],
            ["1", "question_mark"],
        ):
            await pilot.press(*keys)
            await settled(app, pilot)
            assert not CONTROL.search(shown(app)), keys
            await pilot.press("escape", "escape")
        assert app.is_running


def fill(app: TrackerApp, words: str) -> None:
    """Write the words everywhere, past every door, as another program does."""
    database = app.workspace.database
    sessions.edit(database, queries.running(app.workspace).id, now=NOW, intention="i", note="n", person="p")  # type: ignore[union-attr]
    day_records.write_note(database, "2026-11-23", "n", now=NOW)
    day_records.set_task(database, "2026-11-23", "t", now=NOW)
    day_records.add_urge(database, "x", NOW, ZONE, now=NOW, trigger="t")
    outcomes.add(database, "prospect", NOW, ZONE, now=NOW, channel="x", person="p", note="n")
    for table, columns in {
        "session": ("intention", "note", "person", "trigger"),
        "day_note": ("note", "task"),
        "urge": ("trigger",),
        "outcome": ("person", "note"),
        "habit": ("name",),
    }.items():
        for column in columns:
            apart = " || id" if column == "name" else ""
            database.connection.execute(f"UPDATE {table} SET {column} = ?{apart}", (words,))
    database.connection.execute("UPDATE channel SET title = ? WHERE name IN ('x', 'linkedin')", (words,))
    database.cache = ReadCache()  # what was read before these writes, which no function of ours made
    app.reload()


LONG = "a" * 12_000


#: The keys of each dialog with a line, and the field that the line is typed into.
LINES = (
    (("2", "enter"), "#field-note"),
    (("2", "enter"), "#field-person"),
    (("2", "e"), "#field-intention"),
    (("slash",), "Input"),
    (("w",), "Input"),
    (("t", "call"), "Input"),
    (("o", "p"), "Input"),
    (("n",), "Input"),
    (("s", "x"), "Input"),
    (("y", "a"), "Input"),
    (("B", "o"), "Input"),
)


async def test_a_line_that_is_too_long_is_refused_in_its_place(running: Running) -> None:
    """Whatever the dialog: what was typed stays, or a notice says why; nothing is cut, nothing is written."""
    async with running() as (app, pilot):
        before = kept(app)
        for keys, field in LINES:
            app.dismiss_toasts()
            for key in keys:
                await pilot.press(letter(app, key) if key == "call" else key)
                await pilot.pause()
            line = app.screen.query_one(field, Input)
            line.value = f"linkedin 14:00-14:01 {LONG}" if keys == ("slash",) else LONG
            line.focus()
            await pilot.press("enter")
            await pilot.pause()
            assert "too long" in shown(app) + "".join(notices(app)), keys
            assert app.screen.query_one(field, Input).value.endswith(LONG), keys
            assert kept(app) == before, keys
            await pilot.press("escape", "escape", "1")
            await settled(app, pilot)
            assert len(app.screen_stack) == 1, keys


def kept(app: TrackerApp) -> list[str]:
    """What is in the file, but for what the program notes for itself."""
    own = ('INSERT INTO "state"', 'INSERT INTO "pattern_flag"')
    return [line for line in app.workspace.database.connection.iterdump() if not line.startswith(own)]


async def test_words_of_a_review_that_are_too_many_are_refused_and_stay_in_their_field(running: Running) -> None:
    async with running(size=(120, 40)) as (app, pilot):
        await pilot.press("3", "R")
        await settled(app, pilot)
        screen = app.screen
        assert isinstance(screen, ReviewScreen)
        screen.turn(7)
        await settled(app, pilot)
        field = screen.query_one(TextArea)
        field.load_text(LONG * 2)
        await pilot.press("tab")
        await settled(app, pilot)
        assert "too long: 24000 characters (limit 20000)" in shown(app) + "".join(notices(app))
        assert field.text == LONG * 2
        field.load_text("short")
        await pilot.press("tab", "tab")
        await settled(app, pilot)
        assert reviewing.draft(app.workspace, screen.open_review.week).words == "short"


async def test_a_refused_line_with_markup_is_said_as_it_is(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("slash")
        await pilot.pause()
        app.screen.query_one("Input").value = "[/x] [@click=app.quit]now"  # type: ignore[attr-defined]
        await pilot.pause()
        assert "[/x]" in shown(app)


async def test_a_channel_with_a_quote_in_its_name_starts_by_a_click(running: Running) -> None:
    async with running() as (app, pilot):
        channels.add(app.workspace.database, "o'brien", title=None, kind="social", now=NOW)
        sessions.check(app.workspace.database, "o'brien", NOW, ZONE, None, now=NOW)
        app.reload()
        await pilot.pause()
        await pilot.click("#start", offset=(4, 1))
        await pilot.pause()
        assert "Start O'brien" in shown(app)


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_cut_line_has_exactly_its_width(words: str, width: int) -> None:
    assert layout.left(words, width).cell_length == width
    assert layout.right(words, width).cell_length == width


@given(st.lists(st.floats(0, 1e6), max_size=8), st.integers(1, 80), st.sampled_from("x漢"))
def test_a_bar_has_exactly_its_width(values: list[float], width: int, key: str) -> None:
    parts = [(value, "$good", key) for value in values]
    assert layout.stacked(parts, max(sum(values), 1), width).cell_length == width


@pytest.mark.parametrize("key", ["x", "漢"])
@pytest.mark.parametrize("checked_at", [None, 7300, 9500])
def test_a_strip_has_exactly_its_width(key: str, checked_at: int | None) -> None:
    session = Session(1, "x", 7200, 28800, ZONE)
    parts = [Part(session, 7200, 28800, check=False)]
    if checked_at:
        parts.append(Part(session, checked_at, checked_at + 15, check=True))
    assert bars.lane(parts, bars.Scale(0, 36000, 20), letters={"x": key}).cell_length == 20
