"""The Week: was it worth it, and what changes? Three sentences, then the verdicts and the commitments at every size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tui.conftest import settled, shown
from tests.tui.figures import UNHURRIED, at
from tracker import locale
from tracker.domain.models import Commitment
from tracker.services import noted_records, reviewing

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

SIZES = [(60, 15), (80, 24), (120, 36), (200, 60)]

PLANS = ("I call one prospect", "I close the laptop")


async def last_week(app: TrackerApp, pilot: Pilot[None]) -> str:
    """The whole screen, with two commitments for the week, of which one was kept."""
    for place, plan in enumerate(PLANS):
        commitment = Commitment(0, "2026-W47", "I want to check likes", plan, position=place, at=app.workspace.now())
        made = reviewing.add_commitment(app.workspace, commitment)
        if not place:
            reviewing.answer_commitment(app.workspace, made.id, kept=True)
    await pilot.press("3", "left")
    await settled(app, pilot)
    return shown(app)


@pytest.mark.parametrize("size", SIZES)
async def test_the_answer_is_whole_at_every_size(running: Running, size: tuple[int, int]) -> None:
    async with running(settings=UNHURRIED, size=size) as (app, pilot):
        text = await last_week(app, pilot)
        opening = " ".join(text.partition("╭")[0].split())
        assert "8h 2m of social time, 7% less than your usual 8h 41m." in opening
        assert "Cut down: Instagram, YouTube, X" in opening
        assert "1 of 2 commitments kept, 1 still open; 2 results, 3 talks." in opening
        assert "…" not in opening
        assert "✓ If I want" in text
        words = " ".join(text.replace("│", " ").split())
        assert all(plan.split()[-1] in words for plan in PLANS), "the commitments are whole"


async def test_commitments_are_whole_at_80_by_24_in_french(running: Running) -> None:
    locale.use("fr")
    try:
        async with running(settings=UNHURRIED._replace(language="fr"), size=(80, 24)) as (app, pilot):
            words = " ".join((await last_week(app, pilot)).replace("│", " ").split())
            assert all(plan.split()[-1] in words for plan in PLANS)
    finally:
        locale.use("en")


async def test_a_result_is_whole_where_there_is_room(running: Running) -> None:
    note = "six masks for the group show, to be delivered before Christmas, and a poster if there is time"
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        noted_records.record_outcome(app.workspace, "client", person="Agathe", note=note)
        await pilot.press("3")
        await settled(app, pilot)
        right_column = (line.rpartition("││")[2].rstrip("│ ") for line in shown(app).splitlines())
        assert note in " ".join(" ".join(right_column).split())


async def test_a_week_that_goes_on_says_until_when(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await pilot.press("3")
        await settled(app, pilot)
        assert "so far, to Monday 15:12" in shown(app)
        assert "of social time so far; usually 8h 21m in a whole week." in shown(app)
        await pilot.press("left")
        await settled(app, pilot)
        assert "so far" not in shown(app)


@pytest.mark.parametrize(
    ("size", "is_map"), [((80, 24), False), ((119, 40), False), ((120, 24), False), ((120, 36), True)]
)
async def test_when_you_check_is_a_sentence_or_a_map(running: Running, size: tuple[int, int], is_map: bool) -> None:
    async with running(settings=UNHURRIED, size=size) as (app, pilot):
        text = await last_week(app, pilot)
        assert ("When you check" in text) == is_map
        assert ("Checks: mostly 10–11" in text) != is_map
        assert "mostly 10–11" in text


async def test_a_file_without_data_says_what_to_do(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24), empty=True, now=at((2026, 11, 23), "15:12")) as (app, pilot):
        await pilot.press("3")
        await settled(app, pilot)
        text = shown(app)
        assert "No day is logged: the time is unknown, not zero." in text
        assert "[s] starts a timer" in text
        assert "need more data" in text


async def test_nothing_is_dated_in_the_future(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(120, 50)) as (app, pilot):
        for keys in (("3", "V"), ("escape", "Y"), ("escape", "3", "enter")):
            await pilot.press(*keys)
            await settled(app, pilot)
            assert "29 Nov" not in shown(app), keys
