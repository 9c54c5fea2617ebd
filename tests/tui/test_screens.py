"""The frame: tabs, weeks, evidence, help, palette, the first run, and what must not grow or leak."""

from __future__ import annotations

import gc
from itertools import product
from typing import TYPE_CHECKING

import pytest
from textual.strip import Strip

from tests.tui.conftest import count_bindings, drawn, settled, shown
from tests.tui.figures import ZONE
from tracker import locale
from tracker.calendar.clock import to_utc
from tracker.domain.errors import TrackerError
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_near_date
from tracker.services import session_editing
from tracker.settings import Settings
from tracker.tui.actions.registry import TEN, HelpDialog
from tracker.tui.app import run
from tracker.tui.keys import BY_ID
from tracker.tui.widgets.panel import Drawn

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Running

SIZES = [(80, 24), (120, 36), (200, 60)]


async def test_digits_turn_to_the_three_screens(running: Running) -> None:
    async with running() as (app, pilot):
        for key, view in (("2", "day"), ("3", "week"), ("1", "timer")):
            await pilot.press(key)
            await pilot.pause()
            assert app.view.id == view


async def test_tabs_and_footer_can_be_clicked(running: Running) -> None:
    async with running() as (app, pilot):
        line = shown(app).splitlines()[0]
        await pilot.click("#header", offset=(line.index("3 Week") + 1, 0))
        await pilot.pause()
        assert app.view.id == "week"
        line = shown(app).splitlines()[-1]
        await pilot.click("#footer", offset=(line.index("? Keys") + 1, 0))
        await pilot.pause()
        assert isinstance(app.screen, HelpDialog)


async def test_week_before_compares_with_the_usual(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("3", "left")
        await settled(app, pilot)
        text = shown(app)
        assert "Week 47  16–22 November" in text
        assert "of social time, 7% less than your usual 8h 41m." in text
        assert "7 of 7 days logged" in text


async def test_a_session_over_the_start_of_the_day_is_marked_on_both_sides(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        start = to_utc("Europe/Paris", 2026, 11, 23, 3, 30)
        session_editing.add(app.workspace, "youtube", start, start + 3600)
        await pilot.press("2")
        await settled(app, pilot)
        assert "…04:00 04:30" in shown(app)
        await pilot.press("left")
        await settled(app, pilot)
        assert "03:30 04:00…" in shown(app)


async def test_enter_opens_the_evidence_down_to_its_sessions(running: Running) -> None:
    async with running(size=(120, 60)) as (app, pilot):
        await pilot.press("enter")
        await pilot.pause()
        text = shown(app)
        assert "Bursts of checking" in text
        assert "14:07" in text
        assert "an observation, not a diagnosis" in text
        await pilot.press("escape")
        await pilot.pause()
        assert len(app.screen_stack) == 1


async def test_help_lists_every_action(running: Running) -> None:
    from tracker.tui.actions.registry import KEY_GROUPS
    from tracker.tui.keys import ACTIONS

    listed = {name for _title, names in KEY_GROUPS for name in names}
    assert listed == {action.id for action in ACTIONS if action.where}
    async with running(size=(120, 180)) as (app, pilot):
        await pilot.press("question_mark")
        await pilot.pause()
        assert "[c] [c] checks the last one again" in " ".join(shown(app).split())


@pytest.mark.parametrize("view", TEN)
async def test_help_begins_with_the_ten_keys_of_the_screen(running: Running, view: str) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await pilot.press({"timer": "1", "day": "2", "week": "3"}[view])
        await settled(app, pilot)
        await pilot.press("question_mark")
        await settled(app, pilot)
        lines = shown(app).splitlines()
        assert len(TEN[view]) == 10
        first = next(number for number, line in enumerate(lines) if "ten keys to know" in line)
        for name in TEN[view]:
            words = capitalized(BY_ID[name].tooltip)
            assert any(words[:40] in line for line in lines[first + 1 : first + 14]), name


async def test_help_is_searched_as_one_types_and_closed_by_the_key_it_names(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        for key in ("question_mark", "escape"):
            await pilot.press("question_mark")
            await settled(app, pilot)
            assert "? or Esc closes" in shown(app)
            await pilot.press(*"procrast")
            await settled(app, pilot)
            assert "Procrastination: is the channel" in shown(app)
            assert "Start LinkedIn" not in shown(app)
            await pilot.press(*"xyz")
            await settled(app, pilot)
            assert "No matches" in shown(app)
            await pilot.press(key)
            await settled(app, pilot)
            assert len(app.screen_stack) == 1


async def test_the_palette_offers_actions_channels_and_themes(running: Running) -> None:
    async with running() as (app, _pilot):
        names = [command.title for command in app.get_system_commands(app.screen)]
        for wanted in (
            *("Start a session on LinkedIn", "Log a check of Instagram", "Use the theme tracker-light"),
            *("Undo the last change", "Record a result: recommendation, prospect, client or income"),
        ):
            assert wanted in names


async def test_the_palette_looks_the_same_before_and_after_the_first_dialog(running: Running) -> None:
    async with running() as (app, pilot):
        looks = []
        for keys in (("ctrl+p",), ("escape", "c", "escape", "ctrl+p")):
            for key in keys:
                await pilot.press(key)
                await settled(app, pilot)
            looks.append(shown(app))
        assert looks[0] == looks[1]


@pytest.mark.parametrize("language", ["en", "fr"])
async def test_a_search_of_the_palette_without_a_match_says_so(running: Running, language: str) -> None:
    locale.use(language)
    says = locale._("No matches.")
    try:
        async with running(size=(80, 24)) as (app, pilot):
            await pilot.press("ctrl+p", *"zzzz")
            await settled(app, pilot)
            assert says in shown(app)
            before = app.workspace.data_version()
            await pilot.press("enter")
            await settled(app, pilot)
            assert app.workspace.data_version() == before
    finally:
        locale.use("en")


async def test_the_first_run_has_no_empty_boxes(running: Running) -> None:
    async with running(size=(80, 24), empty=True) as (app, pilot):
        text = shown(app)
        assert "set up or import" in text
        assert "start a session" in text
        assert "LinkedIn" not in text, "its letter starts it in the list of channels alone"
        assert "Patterns" not in text
        await pilot.press("c", "l")
        await settled(app, pilot)
        assert "Welcome" not in shown(app)


async def test_demo_says_so(running: Running) -> None:
    for size in SIZES:
        async with running(size=size, demo=True) as (app, _pilot):
            assert "demo: made-up data, in a temporary file" in shown(app).splitlines()[0]
            break


@pytest.mark.parametrize("size", SIZES)
async def test_every_screen_fits(running: Running, size: tuple[int, int]) -> None:
    async with running(size=size) as (app, pilot):
        for view in ("1", "2", "3"):
            await pilot.press(view)
            await settled(app, pilot)
            lines = shown(app).splitlines()
            assert len(lines) == size[1]
            assert all(len(line) <= size[0] for line in lines), view
            assert "? Keys" in lines[-1]
            assert "15:12" in lines[0]


@pytest.mark.parametrize("empty", [False, True])
async def test_a_view_is_covered_by_what_draws_itself(running: Running, *, empty: bool) -> None:
    async with running(empty=empty) as (app, pilot):
        for size in ((20, 6), (60, 15), (100, 30), *SIZES):
            await pilot.resize_terminal(*size)
            for view in ("1", "2", "3"):
                await pilot.press(view)
                await settled(app, pilot)
                assert app.screen.outer_size == size
                cells = product(range(size[0]), range(size[1]))
                assert not any(app.screen.get_widget_at(x, y)[0].BLANK for x, y in cells), (size, view)


async def test_textual_keeps_few_lines_of_the_three_views(running: Running) -> None:
    gc.collect()
    before = sum(isinstance(kept, Strip) for kept in gc.get_objects())
    async with running() as (app, pilot):
        for view in ("2", "3", "1"):
            await pilot.press(view)
            await settled(app, pilot)
            drawn(app)
        gc.collect()
        kept = sum(isinstance(kept, Strip) for kept in gc.get_objects()) - before
        assert kept < 600, "three views of 36 lines: those of the panels, and the same with their borders"


@pytest.mark.parametrize("theme", ["tracker-dark", "tracker-light", "nord"])
async def test_no_line_has_one_of_the_sixteen_colours(running: Running, theme: str) -> None:
    async with running(settings=Settings(first_weekday=0, theme=theme)) as (app, pilot):
        (ansi,) = app.get_line_filters()
        for view in ("1", "2", "3"):
            await pilot.press(view)
            await settled(app, pilot)
            for widget in app.screen.query(Drawn):
                for line in widget.render_lines(widget.size.region):
                    assert line.apply_filter(ansi, widget.background_colors[1]) == line, widget


async def test_turning_four_hundred_times_grows_nothing(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "3", "1")
        bindings = count_bindings(app)
        widgets = len(list(app.screen.walk_children()))
        for turn in range(400):
            app.show_view(("timer", "day", "week")[turn % 3])
        await pilot.pause()
        assert count_bindings(app) == bindings
        assert len(list(app.screen.walk_children())) == widgets


@pytest.mark.parametrize("theme", ["tracker-light", "ansi-dark", "nord", "no-such-theme"])
async def test_every_theme_draws(running: Running, theme: str) -> None:
    async with running(settings=Settings(first_weekday=0, theme=theme)) as (app, pilot):
        await pilot.press("2", "3", "D", "1")
        await pilot.pause()
        assert "LinkedIn" in shown(app)


async def test_without_colour_states_are_told_by_glyphs(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running() as (app, _pilot):
        text = shown(app)
        for glyph in ("● Recording", "▲ 12m over plan", "⚑ Bursts of checking", "✓ resisted urge", "▌"):
            assert glyph in text


def test_a_date_of_another_year_says_which() -> None:
    assert format_near_date("2026-01-02", "2026-11-23") == "Fri 2 Jan"
    assert format_near_date("2025-11-23", "2026-01-02") == "Sun 23 Nov 2025"


@pytest.mark.parametrize(("key", "seen"), [("1", "Start"), ("2", "now"), ("3", "Bursts of checking")])
async def test_a_corner_of_a_screen_shows_what_its_screen_is_for(running: Running, key: str, seen: str) -> None:
    async with running(size=(60, 15)) as (app, pilot):
        await pilot.press(key)
        await settled(app, pilot)
        assert seen in shown(app)


def test_a_threshold_that_no_pattern_can_have_is_one_line_before_the_file_is_touched(tmp_path: Path) -> None:
    config, file = tmp_path / "settings.toml", tmp_path / "tracker.db"
    config.write_text("[patterns]\nnight.nights = 99\n")
    try:
        with pytest.raises(TrackerError) as error:
            run(str(file), str(config), ZONE)
    finally:
        gc.enable()  # the screens go without it until their first paint
    assert str(error.value) == f"{config}: night.nights must be a number from 1 to 14, not “99”"
    assert not file.exists()


@pytest.mark.parametrize("theme", ["ansi-dark", "ansi-light", "tracker-dark"])
async def test_without_colours_every_word_differs_from_its_ground(
    running: Running, monkeypatch: pytest.MonkeyPatch, theme: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with running(settings=Settings(first_weekday=0, theme=theme)) as (app, _pilot):
        segments = [segment for line in drawn(app) for segment in line if segment.text.strip(" ")]
        hidden = [
            segment.text
            for segment in segments
            if segment.style and segment.style.color == segment.style.bgcolor and not set(segment.text) <= {"█"}
        ]
        assert hidden == []
