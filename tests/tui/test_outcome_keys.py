"""Outcomes by keys: attributed in three, with the ground of it said before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events
from textual.widgets import Static

from tests.tui.conftest import notices, settled, shown
from tracker.reports import record_wording
from tracker.services import queries, timekeeping
from tracker.storage import sessions
from tracker.tui.actions import prompts
from tracker.tui.modals.result_dialogs import OutcomeDialog

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.domain.models import Outcome
    from tracker.tui.app import TrackerApp

TODAY = "2026-11-23"


def told(app: TrackerApp) -> Outcome:
    return max(queries.day(app.workspace, TODAY).outcomes, key=lambda outcome: outcome.id)


async def type_line(app: TrackerApp, pilot: Pilot[None], line: str) -> None:
    """Key by key as a terminal sends them: `pilot.press` has no key for `£`."""
    for letter in line:
        app.post_message(events.Key("any", letter))
        await pilot.pause()


async def test_three_keys_are_an_outcome_by_the_last_touch(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("o", "p", "enter")
        outcome = told(app)
        assert (outcome.kind, outcome.channel, outcome.attribution) == ("prospect", "linkedin", "last touch")
        assert notices(app)[-1] == "Recorded: prospect via LinkedIn"


async def test_the_last_touch_is_said_before_it_is_taken(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("o", "r")
        await pilot.pause()
        assert "via LinkedIn (you are there now)" in shown(app)
        assert "If you type no channel, it is that of your last session with this" in shown(app)
        sessions.stop(app.workspace.database, app.workspace.now() - 1200, now=app.workspace.now())
        await pilot.press("space")
        await pilot.pause()
        assert "via LinkedIn (last visited 20m ago)" in shown(app)
        await pilot.press(*"@samia")
        await pilot.pause()
        assert "via Meeting (last session with Samia: 2h ago)" in shown(app)


async def test_a_channels_letter_changes_it(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("o", "c", "i", "enter")
        outcome = told(app)
        assert (outcome.kind, outcome.channel, outcome.attribution) == ("client", "instagram", "user")


async def test_a_letter_in_front_of_a_note_is_a_word(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("o", "r", *"y a friend told her", "enter")
        assert (told(app).note, told(app).attribution) == ("y a friend told her", "last touch")


async def test_a_line_takes_channel_amount_and_who_in_any_order(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("o", "i", *"@samia 480,50 via linkedin masks", "enter")
        outcome = told(app)
        said = (outcome.kind, outcome.amount, outcome.currency, outcome.channel, outcome.person, outcome.note)
        assert said == ("income", 48_050, "EUR", "linkedin", "Samia", "masks")


async def test_income_asks_how_much_and_keeps_the_line(running: Running) -> None:
    async with running() as (app, pilot):
        came = len(queries.day(app.workspace, TODAY).outcomes)
        await pilot.press("o", "i", *"l", "enter")
        await pilot.pause()
        assert "Type an amount" in shown(app)
        assert isinstance(app.screen, OutcomeDialog)
        assert len(queries.day(app.workspace, TODAY).outcomes) == came
        await pilot.press(*" 480", "enter")
        assert (told(app).channel, told(app).amount) == ("linkedin", 48_000)


async def test_a_wrong_amount_is_no_note(running: Running) -> None:
    async with running() as (app, pilot):
        came = len(queries.day(app.workspace, TODAY).outcomes)
        for amount in ("-5", "1.200", "12.345", "1,20.50", "2k", "£", "480 £ 20 $", "480 francs"):
            await pilot.press("o", "c")
            await type_line(app, pilot, amount)
            await pilot.press("enter")
            await pilot.pause()
            assert isinstance(app.screen, OutcomeDialog), amount
            assert any(
                says in shown(app) for says in ("is not an amount", "could mean", "a second amount", "more than one")
            ), amount
            assert len(queries.day(app.workspace, TODAY).outcomes) == came, amount
            await pilot.press("escape")


async def test_an_amount_is_shown_as_it_is_read_before_it_is_kept(running: Running) -> None:
    async with running() as (app, pilot):
        came = len(queries.day(app.workspace, TODAY).outcomes)
        for typed, shows, kept in (
            ("£480", "£480", (48_000, "GBP")),
            ("480 £", "£480", (48_000, "GBP")),
            ("chf 480.-", "CHF\u00a0480", (48_000, "CHF")),
            ("480 dollars", "$480", (48_000, "USD")),
            ("1,200", "€1,200", (120_000, "EUR")),
            ("1 200,50", "€1,200.50", (120_050, "EUR")),
        ):
            await pilot.press("o", "c")
            await type_line(app, pilot, f"linkedin {typed} @samia masks")
            assert f"client · {shows} · " in shown(app)
            assert ("not added to your income" in shown(app)) == (kept[1] != "EUR"), typed
            await pilot.press("enter")
            outcome = told(app)
            assert (outcome.amount, outcome.currency) == kept, typed
            assert (outcome.channel, outcome.person, outcome.note) == ("linkedin", "Samia", "masks"), typed
            assert shows in notices(app)[-1]
            await pilot.press("z")
            assert len(queries.day(app.workspace, TODAY).outcomes) == came, typed


async def test_other_words_with_figures_are_a_note(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("o", "c", *'480 "2nd of 2026-11-23, 5 masks"', "enter")
        assert (told(app).amount, told(app).note) == (48_000, "2nd of 2026-11-23, 5 masks")


async def test_where_nothing_was_touched_it_says_so(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await pilot.press("o", "p")
        await pilot.pause()
        assert "no channel: no session in the last 24h" in shown(app)
        await pilot.press("enter")
        assert (told(app).channel, told(app).attribution) == (None, "unknown")


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_channel_is_clicked(running: Running, size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        await pilot.press("o", "p")
        await pilot.pause()
        lines = shown(app).splitlines()
        row = next(y for y, line in enumerate(lines) if " Instagram " in line and " LinkedIn " in line)
        await pilot.click(offset=(lines[row].index("Instagram"), row))
        await pilot.press("enter")
        assert told(app).channel == "instagram"


async def test_people_and_channels_complete_as_one_types(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("o", "p", *"meet")
        await pilot.pause()
        await pilot.press("tab", *" @sa")
        await pilot.pause()
        await pilot.press("tab", "enter")
        assert (told(app).channel, told(app).person) == ("meeting", "Samia")


async def test_a_session_logged_afterwards_brings_the_touch(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await pilot.press("o", "p", "enter")
        assert told(app).channel is None
        await pilot.press("slash", *"linkedin 20m", "enter")
        await settled(app, pilot)
        assert (told(app).channel, told(app).attribution) == ("linkedin", "last touch")
        assert notices(app)[-1] == "Logged LinkedIn 14:52–15:12, 20m · the prospect is now via LinkedIn"
        await pilot.press("z")
        await settled(app, pilot)
        assert (told(app).channel, told(app).attribution) == (None, "unknown")


async def test_a_sale_noted_twice_is_said_once(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await pilot.press("o", "c", *"480 @samia", "enter")
        await settled(app, pilot)
        assert "same person" not in notices(app)[-1]
        await pilot.press("o", "i", *"480 @Samia", "enter")
        await settled(app, pilot)
        assert "client o1 has the same person and amount, and both count as income" in notices(app)[-1]
        assert len(queries.day(app.workspace, TODAY).outcomes) == 2


async def test_a_check_that_has_just_been_logged_is_no_timer(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        timekeeping.record_check(app.workspace, "facebook")
        await pilot.press("o", "i", *"100")
        await pilot.pause()
        assert "via Facebook (checked just now)" in shown(app)
        await pilot.press("escape")
        timekeeping.start_or_switch(app.workspace, "facebook")
        await pilot.press("o", "i", *"100")
        await pilot.pause()
        assert "via Facebook (you are there now)" in shown(app)


async def test_with_somebody_says_who(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        await pilot.press("o", "i", *"100 with Anna masks", "enter")
        await settled(app, pilot)
        assert (told(app).person, told(app).note) == ("Anna", "masks")


async def test_a_talk_is_not_checked(running: Running) -> None:
    async with running() as (app, pilot):
        before = len(queries.day(app.workspace, TODAY).parts)
        call = next(channel.letter or "" for channel in queries.channels(app.workspace) if channel.name == "call")
        await pilot.press("c")
        await pilot.pause()
        assert "Call" not in [channel.title for channel in prompts.checked_channels(app)]
        await pilot.press(call)
        await settled(app, pilot)
        assert notices(app)[-1] == "Checks are for social channels and messengers; press [t] to record a talk"
        assert len(queries.day(app.workspace, TODAY).parts) == before


async def test_the_limits_that_are_written_are_those_that_count(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_wording, "WITH_PERSON", 30 * 86_400)
    monkeypatch.setattr(record_wording, "WITH_ANYBODY", 2 * 3_600)
    async with running() as (app, pilot):
        await pilot.press("o", "p")
        await settled(app, pilot)
        rule = " ".join(str(app.screen.query_one("#line-rule", Static).render()).split())
        assert "your last session with this person (up to 30 days ago)" in rule
        assert "social session or talk (up to 2h ago)" in rule
