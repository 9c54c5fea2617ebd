"""Of what answers a screen's question nothing is cut: the sentences of the patterns, the commitments of a week."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import settled, shown
from tracker import demo, locale
from tracker.services import reviewing
from tracker.tui.screens.patterns_panel import PatternsPanel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.tui.conftest import Running

BOTH = pytest.mark.parametrize("language", ["en", "fr"])


@pytest.fixture
def the_demo(demo_file: Path, tmp_path: Path) -> Iterator[None]:
    """The running app opens the demo's year."""
    shutil.copy(demo_file, tmp_path / "tracker.db")
    yield
    locale.use("en")


def words(text: str) -> str:
    """The words of a text with one space between them, whatever lines and frames there were."""
    return " ".join("".join(" " if sign in "│▌" else sign for sign in text).split())


@BOTH
@pytest.mark.parametrize(("key", "name"), [("1", "#patterns"), ("3", "#week-patterns")])
@pytest.mark.usefixtures("the_demo")
async def test_the_sentence_of_the_chosen_pattern_is_whole(
    running: Running, language: str, key: str, name: str
) -> None:
    locale.use(language)
    async with running(settings=demo.SETTINGS._replace(language=language), empty=True, size=(80, 24)) as (app, pilot):
        await pilot.press(key)
        await settled(app, pilot)
        panel = app.query_one(name, PatternsPanel)
        for week in range(3 if key == "3" else 1):
            for place in range(len(panel.items)):
                panel.choose(place)
                lines = [line.plain for line in panel.draw(*panel.content_size)]
                assert words(panel.items[place].words) in words("\n".join(lines)), (week, panel.items[place].title)
            await pilot.press("left")
            await settled(app, pilot)


@BOTH
@pytest.mark.parametrize("size", [(60, 15), (80, 24)])
@pytest.mark.usefixtures("the_demo")
async def test_the_commitments_of_a_week_are_whole(running: Running, language: str, size: tuple[int, int]) -> None:
    from tracker.reports.commitment_words import say_commitment

    locale.use(language)
    async with running(settings=demo.SETTINGS._replace(language=language), empty=True, size=size) as (app, pilot):
        await pilot.press("3", "left")
        await settled(app, pilot)
        results = reviewing.week_worth(app.workspace, "2026-W47").results
        assert len(results) == 3
        region = app.query_one("#worth").content_region
        lines = [line[region.x : region.right] for line in shown(app).splitlines()[region.y : region.bottom]]
        for result in results:
            first = next(n for n, line in enumerate(lines) if say_commitment(result.commitment)[:20] in line)
            parts = [line.strip(" ✗").split("  ")[0] for line in lines[first : first + 3]]  # the result is at the right
            assert say_commitment(result.commitment) in words(" ".join(part for part in parts if part))
