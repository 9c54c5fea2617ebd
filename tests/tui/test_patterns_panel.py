"""The patterns on the Timer and the Week: what is flagged first, folded where room is short, news said once a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import STRICT, UNHURRIED
from tracker import locale
from tracker.analytics.patterns.pattern import Finding
from tracker.reports.patterns import PatternLook
from tracker.tui.screens.patterns_panel import (
    PatternItem,
    PatternsPanel,
    folded,
    patterns_today,
    ranked,
    shortened,
    title,
)

if TYPE_CHECKING:
    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp


def item(state: str, name: str, margin: float = 0.0, *, new: bool = False) -> PatternItem:
    finding = Finding(name, "flagged", "words", None, None, {}, margin=margin)
    return PatternItem(state, name, "words", finding, new=new)


def forget_flags(app: TrackerApp) -> None:
    """As if nothing had been flagged before today."""
    app.workspace.database.connection.execute("DELETE FROM pattern_flag")
    app.workspace.database.connection.commit()
    app.reload()


def test_the_new_flag_first_then_the_strongest_then_the_grey_then_the_quiet() -> None:
    some = [
        item("not enough data", "a"),
        item("aside", "b", 9.0),
        item("flagged", "c", 1.1),
        item("quiet", "d"),
        item("flagged", "e", 2.0),
        item("flagged", "f", 1.0, new=True),
    ]
    assert [pattern_item.finding.name for pattern_item in ranked(some)] == ["f", "e", "c", "b", "d", "a"]


def test_what_is_quiet_or_needs_more_is_folded_into_one_line() -> None:
    some = [item("flagged", "a"), *(item("quiet", name) for name in "bcd"), item("not enough data", "e")]
    lines = folded(some)
    assert [pattern_item.title for pattern_item in lines] == ["a", "3 quiet · 1 needs more data"]
    assert lines[1].finding.name == "b"
    assert [finding.name for finding in lines[1].others] == ["c", "d", "e"]


def test_a_flag_that_has_just_ended_keeps_its_line() -> None:
    some = [item("quiet", "a")._replace(ended=True), *(item("quiet", name) for name in "bc")]
    assert [pattern_item.title for pattern_item in folded(some)] == ["a", "2 quiet"]


def test_one_line_is_not_folded() -> None:
    some = [item("flagged", "a"), item("quiet", "b")]
    assert folded(some) == some


async def test_the_new_flag_is_chosen_and_said_where_it_stands(running: Running) -> None:
    async with running(settings=STRICT) as (app, pilot):
        assert notices(app) == [], "the panel says it"
        assert "Longer than planned, new" in shown(app)
        assert "22 of 57 planned sessions" in shown(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Longer than planned" in shown(app).splitlines()[0], "enter opens what was said"


async def test_at_most_one_is_new_a_day_and_the_others_wait_unsaid(running: Running) -> None:
    async with running(settings=STRICT) as (app, pilot):
        forget_flags(app)
        await settled(app, pilot)
        rows = app.query_one("#patterns", PatternsPanel)
        assert [pattern_item.finding.name for pattern_item in rows.items if pattern_item.new] == ["overrun"]
        assert [pattern_item.finding.name for pattern_item in rows.items if pattern_item.state == "flagged"] == [
            "check_cluster",
            "overrun",
        ]
        assert not any("openings in" in notice for notice in notices(app))


async def test_what_was_flagged_before_is_no_news(running: Running) -> None:
    async with running() as (app, _pilot):
        assert not any("evidence" in notice for notice in notices(app))
        assert ", new" not in shown(app)


async def test_where_room_is_short_the_fold_opens_on_the_first_of_them(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        states = [pattern_item.finding.state for pattern_item in app.query_one("#patterns", PatternsPanel).everything]
        counted = f"{states.count('quiet')} quiet · {states.count('not enough data')} need more data"
        assert counted in shown(app)
        await pilot.press("down", "enter")
        await pilot.pause()
        assert "Mostly brief checks" in shown(app).splitlines()[0]


async def test_the_fold_is_not_silenced_as_a_whole(running: Running) -> None:
    async with running(size=(80, 24)) as (app, pilot):
        await pilot.press("down", "N")
        await settled(app, pilot)
        assert notices(app)[-1] == "This line stands for several patterns; [⏎] opens them"
        assert not any(pattern_item.aside for pattern_item in patterns_today(app.workspace))


async def test_what_needs_more_data_is_counted_in_the_last_line_of_the_week(running: Running) -> None:
    async with running(size=(200, 60)) as (app, pilot):
        await pilot.press("3")
        await settled(app, pilot)
        rows = app.query_one("#week-patterns", PatternsPanel)
        states = [pattern_item.finding.state for pattern_item in rows.everything]
        waiting = states.count("not enough data")
        assert len(rows.items) == len(states) - waiting + 1
        assert f"{waiting} need more data" in shown(app)
        assert "At night" not in shown(app)
        await pilot.press(*["down"] * len(rows.items))
        await pilot.pause()
        assert "Evidence says what each one needs" in shown(app)


async def test_only_the_chosen_pattern_of_the_week_has_its_words(running: Running) -> None:
    async with running(size=(200, 60)) as (app, pilot):
        await pilot.press("3")
        await settled(app, pilot)
        rows = app.query_one("#week-patterns", PatternsPanel)
        first, second = rows.items[:2]
        assert first.words[:30] in shown(app)
        assert second.words[:30] not in shown(app)
        await pilot.press("down")
        await pilot.pause()
        assert first.words[:30] not in shown(app)
        assert second.words[:30] in shown(app)


async def test_the_border_says_what_can_be_done_with_the_chosen_one(running: Running) -> None:
    async with running(size=(200, 60)) as (app, pilot):
        rows = app.query_one("#patterns", PatternsPanel)
        assert str(rows.border_subtitle) == "⏎ evidence · N mute · X expected"
        await pilot.press("N")
        await settled(app, pilot)
        assert str(rows.border_subtitle) == "⏎ evidence · T show again"


def test_where_room_is_short_words_go_before_keys() -> None:
    keys = [("⏎", "evidence"), ("N", "not now"), ("X", "expected")]
    assert shortened(keys, 35) == "⏎ evidence · N not now · X expected"
    assert shortened(keys, 34) == "⏎ · N not now · X expected"
    assert shortened(keys, 25) == "⏎ · N · X expected"
    assert shortened(keys, 17) == shortened(keys, 3) == "⏎ · N · X"


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(80, 24), (60, 15)])
async def test_the_keys_of_the_chosen_pattern_are_named_whole_in_a_small_week(
    running: Running, size: tuple[int, int], language: str
) -> None:
    try:
        locale.use(language)
        async with running(size=size) as (app, pilot):
            await pilot.press("3")
            await settled(app, pilot)
            said = app.query_one("#week-patterns", PatternsPanel).border_subtitle
            keys = [part.split()[0] for part in str(said).split(" · ")]
            assert [key for key in keys if key not in "↑↓"] == ["⏎", "N", "X"]
            assert f" {said} ─╯" in shown(app), "nothing of it is cut"
    finally:
        locale.use("en")


async def test_what_is_said_of_a_pattern_is_told_by_its_title(running: Running) -> None:
    async with running(size=(200, 60)) as (app, pilot):
        chosen = app.query_one("#patterns", PatternsPanel).item()
        assert chosen
        await pilot.press("T")
        await pilot.pause()
        assert notices(app)[-1] == f"“{title(chosen.finding.name)}” is neither muted nor expected"
        await pilot.press("N", "z")
        await settled(app, pilot)
        assert notices(app)[-1] == f"Undone: muted “{title(chosen.finding.name)}” until Mon 21 Dec"


async def test_five_weeks_of_each_beside_its_name(running: Running) -> None:
    async with running(size=(200, 60)) as (app, pilot):
        await pilot.press("3")
        await settled(app, pilot)
        rows = app.query_one("#week-patterns", PatternsPanel)
        by_name = {pattern_item.finding.name: pattern_item.weeks for pattern_item in rows.everything}
        assert {len(weeks) for weeks in by_name.values()} == {5}
        assert [look.state for look in by_name["check_cluster"]][-1] == "flagged"
        line = next(line for line in shown(app).splitlines() if "Rising use" in line)
        assert "◌◌◌" in line


def test_a_flagged_week_is_told_without_colours() -> None:
    looks = (PatternLook("2026-W47", "2026-11-22", "quiet", 1.0), PatternLook("2026-W48", "2026-11-23", "flagged", 2.0))
    from tracker.tui.screens.patterns_panel import week_cells

    drawn = week_cells(looks)
    assert drawn.plain == "▃▆"
    assert ["underline" in str(span.style) for span in drawn.spans] == [False, True]


async def test_turning_to_another_week_shows_its_five(running: Running) -> None:
    async with running(size=(200, 60)) as (app, pilot):
        await pilot.press("3", "left", "left")
        await settled(app, pilot)
        rows = app.query_one("#week-patterns", PatternsPanel)
        assert {look[-1].week for look in (pattern_item.weeks for pattern_item in rows.everything)} == {"2026-W46"}
        assert not any(pattern_item.new for pattern_item in rows.items)


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36), (200, 60)])
async def test_no_line_is_wider_than_the_panel(running: Running, size: tuple[int, int]) -> None:
    locale.use("fr")
    try:
        async with running(size=size, settings=UNHURRIED._replace(language="fr")) as (app, pilot):
            for key, name in (("1", "#patterns"), ("3", "#week-patterns")):
                await pilot.press(key)
                await settled(app, pilot)
                rows = app.query_one(name, PatternsPanel)
                width, height = rows.content_size
                seen = rows.draw(width, height)
                assert len(seen) <= height
                assert all(line.cell_length <= width for line in seen)
    finally:
        locale.use("en")


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36), (200, 60)])
async def test_the_last_pattern_is_chosen_and_the_week_before_has_fewer(
    running: Running, size: tuple[int, int]
) -> None:
    async with running(settings=UNHURRIED, size=size) as (app, pilot):
        await pilot.press("3", *["down"] * 8)
        await settled(app, pilot)
        for _week in range(6):
            await pilot.press("left")
            await settled(app, pilot)
            assert shown(app)
