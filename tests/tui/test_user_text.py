"""What people type is never markup: it is shown as it is, raises nothing, and cannot be clicked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import NOW
from tests.tui.conftest import settled, shown
from tests.tui.figures import ZONE
from tracker.journal import channels, notes, outcomes, sessions, urges
from tracker.tui import ink

if TYPE_CHECKING:
    from tests.tui.conftest import Running

NASTY = (
    "[/foo] [@click=app.quit]x",
    "call [Anna]",
    "[bold red]",
    "\x1b[31mred",
    "a\nb\tc",
    "👩‍👩‍👧 漢字 ] [",
    "$primary [[",
)


@pytest.mark.parametrize("words", NASTY)
async def test_nasty_words_are_shown_as_they_are(running: Running, words: str) -> None:
    async with running() as (app, pilot):
        journal = app.desk.journal
        sessions.edit(journal, app.desk.running().id, now=NOW, intention=words, note=words, person=words)  # type: ignore[union-attr]
        notes.write(journal, "2026-11-23", words, now=NOW)
        urges.add(journal, "x", NOW, ZONE, now=NOW, trigger=words)
        outcomes.add(journal, "prospect", NOW, ZONE, now=NOW, channel="x", person=words, note=words)
        app.reload()
        for key in ("1", "2", "3"):
            await pilot.press(key)
            await settled(app, pilot)
            if words.isascii() and words.isprintable() and key == "2":
                assert words[:8] in shown(app)
        await pilot.press("2", "e")
        await pilot.pause()
        await pilot.press("escape", "1", "enter")
        await pilot.pause()
        await pilot.press("escape")
        await pilot.pause()
        assert app.is_running


async def test_a_refused_line_with_markup_is_said_as_it_is(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("slash")
        await pilot.pause()
        app.screen.query_one("Input").value = "[/x] [@click=app.quit]now"  # type: ignore[attr-defined]
        await pilot.pause()
        assert "[/x]" in shown(app)


async def test_a_channel_with_a_quote_in_its_name_starts_by_a_click(running: Running) -> None:
    async with running() as (app, pilot):
        channels.add(app.desk.journal, "o'brien", title=None, kind="social", now=NOW)
        sessions.check(app.desk.journal, "o'brien", NOW, ZONE, None, now=NOW)
        app.reload()
        await pilot.pause()
        await pilot.click("#start", offset=(4, 1))
        await pilot.pause()
        assert "Start O'brien" in shown(app)


@given(st.text(max_size=60), st.integers(1, 40))
def test_a_cut_line_has_exactly_its_width(words: str, width: int) -> None:
    assert ink.left(words, width).cell_length == width
    assert ink.right(words, width).cell_length == width


@given(st.lists(st.floats(0, 1e6), max_size=8), st.integers(1, 80))
def test_a_bar_has_exactly_its_width(values: list[float], width: int) -> None:
    parts = [(value, "$good", "x") for value in values]
    assert ink.stacked(parts, max(sum(values), 1), width).cell_length == width
