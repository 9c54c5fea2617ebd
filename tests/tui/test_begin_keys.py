"""Beginning a social session: the budget first, then what for and how long, beside one slow breath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from tests.conftest import NOW
from tests.tui.conftest import cut_off, notices, settled, shown
from tests.tui.figures import SPENT, UNHURRIED, ZONE
from tests.tui.test_typing_ahead import typed_at_once
from tracker import locale, settings
from tracker.calendar import clock
from tracker.services import pausing, queries, timekeeping
from tracker.settings import Settings
from tracker.storage import Database, channels, day_records, sessions, undo
from tracker.tui.modals import start_dialog
from tracker.tui.modals.start_dialog import BreathingPause, StartDialog, breath_line

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

TODAY = "2026-11-23"
BREATHING = UNHURRIED._replace(breath_seconds=4)


class Moment:
    """A clock for the breath that goes on when it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 1000.0
        monkeypatch.setattr(start_dialog, "monotonic", lambda: self.now)

    async def goes_by(self, seconds: float, app: TrackerApp, pilot: Pilot[None]) -> None:
        """So many seconds later."""
        self.now += seconds
        for pause in app.screen.query(BreathingPause):
            pause.tick()
        await settled(app, pilot)


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    return Moment(monkeypatch)


async def started(app: TrackerApp) -> tuple[str, str | None, int | None, str | None] | None:
    """What was begun instead of the session that ran."""
    session = queries.running(app.workspace)
    if session is None or session.intention == "carousel on snail prospecting":
        return None
    return session.channel, session.activity, session.planned_seconds, session.intention


async def test_three_keys_start_with_the_last_intention_and_plan(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("s", "i", "enter")
        await settled(app, pilot)
        assert await started(app) == ("instagram", "reply", 600, "comments")


async def test_three_keys_start_as_some_time_before(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        second = timekeeping.earlier_starts(app.workspace, "instagram")[1]
        await pilot.press("s", "i", "2")
        await settled(app, pilot)
        assert await started(app) == ("instagram", second.activity, second.planned_seconds, second.intention)


async def test_arrows_choose_what_for_and_how_long(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("s", "i", "down", "up", "right")
        await settled(app, pilot)
        assert "‹15m›" in shown(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert await started(app) == ("instagram", "reply", 900, "comments")


@pytest.mark.parametrize("keys", ["si/25m two posts\n", "si 25m two posts\n", "sireply 25m two posts\n"])
async def test_a_line_in_one_breath_starts_it(running: Running, keys: str) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await typed_at_once(app, pilot, keys)
        assert await started(app) == ("instagram", "reply", 1500, "two posts")


async def test_an_activity_is_written_and_shown_in_the_readers_language(running: Running) -> None:
    locale.use("fr")
    try:
        async with running(settings=UNHURRIED._replace(language="fr"), size=(80, 24)) as (app, pilot):
            await pilot.press("s", "i")
            await typed_at_once(app, pilot, "/répondre 25m deux articles")
            assert "Instagram · répondre · " in shown(app)
            await pilot.press("enter")
            await settled(app, pilot)
            assert await started(app) == ("instagram", "reply", 1500, "deux articles")
            await pilot.press("2", "e")
            await settled(app, pilot)
            assert "reply" not in shown(app)
            await pilot.press("enter")
            await settled(app, pilot)
            assert await started(app) == ("instagram", "reply", 1500, "deux articles")
    finally:
        locale.use("en")


async def test_how_today_stands_is_the_first_line(running: Running) -> None:
    async with running(settings=UNHURRIED._replace(check_limit=11), size=(80, 24)) as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        first = next(line for line in shown(app).splitlines() if "Instagram 20m of 30m" in line)
        assert "today 2h 9m of 6h" in first
        assert "▲ 11 of 11 checks" in first
        assert "^n  Not now" in shown(app)


async def test_not_now_is_one_key_and_counts(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("s", "i", "ctrl+n")
        await settled(app, pilot)
        assert await started(app) is None
        assert queries.day(app.workspace, TODAY).urges[-1].channel == "instagram"
        assert notices(app)[-1] == "Resisted urge: Instagram ✓"
        await pilot.press("h")
        await settled(app, pilot)
        assert queries.day(app.workspace, TODAY).urges[-1].trigger == "habit"
        assert len(app.screen_stack) == 1


async def test_not_now_can_be_clicked(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        await pilot.click("#offers", offset=(4, 0))
        await settled(app, pilot)
        assert queries.day(app.workspace, TODAY).urges[-1].channel == "instagram"


async def test_an_offer_can_be_clicked(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        await pilot.click("#offers", offset=(4, 2))
        await settled(app, pilot)
        assert await started(app) == ("instagram", "reply", 600, "comments")


async def test_backspace_goes_back_to_the_channels_and_counts_nothing(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        urges = len(queries.day(app.workspace, TODAY).urges)
        await pilot.press("s", "x", "backspace", "i", "enter")
        await settled(app, pilot)
        assert await started(app) == ("instagram", "reply", 600, "comments")
        assert len(queries.day(app.workspace, TODAY).urges) == urges


async def test_a_spent_budget_asks_why_and_keeps_the_answer(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        assert "You're over budget. Why continue?" in shown(app)
        assert "▲ today 2h 9m of 1h 55m" in shown(app)
        await pilot.press(*"Anna waits", "enter", "enter")
        await settled(app, pilot)
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.channel, session.override) == ("instagram", "Anna waits")


async def test_over_budget_enter_without_a_reason_does_nothing(running: Running) -> None:
    async with running() as (app, pilot):
        urges = len(queries.day(app.workspace, TODAY).urges)
        await pilot.press("s", "i", "enter", "space", "enter")
        await settled(app, pilot)
        assert isinstance(app.screen, StartDialog), "it asks on"
        assert "Write a reason first. [^n] is Not now, [Esc] cancels." in shown(app)
        assert (await started(app), len(queries.day(app.workspace, TODAY).urges)) == (None, urges)
        await pilot.press("ctrl+n")
        await settled(app, pilot)
        assert await started(app) is None
        assert queries.day(app.workspace, TODAY).urges[-1].channel == "instagram"


@pytest.mark.parametrize("key", ["k", "n", "o"])
async def test_other_channels_start_without_breath_budget_or_not_now(running: Running, key: str) -> None:
    async with running(settings=Settings(first_weekday=0)) as (app, pilot):
        await pilot.press("s", key)
        await settled(app, pilot)
        assert "Not now" not in shown(app)
        assert not app.screen.query(BreathingPause)
        await pilot.press("enter")
        await settled(app, pilot)
        assert await started(app) is not None


async def test_leaving_a_channel_that_is_no_temptation_counts_nothing(running: Running) -> None:
    async with running() as (app, pilot):
        urges = len(queries.day(app.workspace, TODAY).urges)
        await pilot.press("s", "k", "escape")
        await settled(app, pilot)
        assert len(queries.day(app.workspace, TODAY).urges) == urges
        assert len(app.screen_stack) == 1


async def test_an_answer_given_during_the_breath_holds_until_it_is_over(running: Running, moment: Moment) -> None:
    async with running(settings=BREATHING) as (app, pilot):
        await pilot.press("s", "i", "enter")
        await settled(app, pilot)
        assert await started(app) is None
        assert "It starts when the breath is over" in shown(app)
        await pilot.press("enter", "space", "2")  # not skipped by impatience
        await moment.goes_by(3.9, app, pilot)
        assert await started(app) is None
        await moment.goes_by(0.2, app, pilot)
        assert await started(app) == ("instagram", "reply", 600, "comments")


async def test_enter_says_that_it_waits_for_the_breath(running: Running, moment: Moment) -> None:
    async with running(settings=BREATHING, size=(80, 24)) as (app, pilot):
        await pilot.press("s", "x")
        await settled(app, pilot)
        assert "Enter Start after the breath" in shown(app)
        app.animation_level = "full"
        await moment.goes_by(0, app, pilot)
        assert " 4s " in shown(app), "how long it lasts"
        await moment.goes_by(3, app, pilot)
        assert " 1s " in shown(app)
        await moment.goes_by(2, app, pilot)
        assert "after the breath" not in shown(app)
        assert "Enter Start · Esc Cancel" in shown(app)
        await pilot.press("enter")
        await pilot.pause()
        assert len(app.screen_stack) == 1, "and starts at once"


async def test_not_now_is_there_all_through_the_breath(running: Running, moment: Moment) -> None:
    async with running(settings=BREATHING) as (app, pilot):
        await pilot.press("s", "i", "enter")
        await moment.goes_by(2, app, pilot)
        await pilot.press("ctrl+n")
        await settled(app, pilot)
        await moment.goes_by(4, app, pilot)
        assert await started(app) is None
        assert queries.day(app.workspace, TODAY).urges[-1].channel == "instagram"


async def test_who_thinks_longer_than_a_breath_is_not_held(running: Running, moment: Moment) -> None:
    async with running(settings=BREATHING) as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        await moment.goes_by(4, app, pilot)
        assert await started(app) is None
        await pilot.press("enter")
        await settled(app, pilot)
        assert await started(app) is not None


async def test_a_trusted_breath_is_cut_short_by_one_more_key(running: Running, moment: Moment) -> None:
    async with running(settings=BREATHING) as (app, pilot):
        for _time in range(10):
            timekeeping.count_breath(app.workspace)
        await pilot.press("s", "i", "enter")
        await settled(app, pilot)
        assert "Enter Start now" in shown(app)
        assert await started(app) is None
        await pilot.press("enter")
        await settled(app, pilot)
        assert await started(app) is not None


async def test_making_goes_without_a_breath_if_one_likes(running: Running, moment: Moment) -> None:
    async with running(settings=BREATHING._replace(breath_skips=("make",))) as (app, pilot):
        await typed_at_once(app, pilot, "sicreate\n")
        assert await started(app) == ("instagram", "create", 600, None)
        await typed_at_once(app, pilot, "sireply\n")
        assert await started(app) == ("instagram", "create", 600, None)


async def test_the_breath_widens_and_narrows_and_says_so(running: Running, moment: Moment) -> None:
    async with running(settings=BREATHING, size=(80, 24)) as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        app.animation_level = "full"
        await moment.goes_by(1, app, pilot)
        assert "breathe in" in shown(app)
        await moment.goes_by(1.5, app, pilot)
        assert "breathe out" in shown(app)


async def test_with_reduced_motion_the_breath_is_words_that_stand_still(running: Running, moment: Moment) -> None:
    async with running(settings=BREATHING._replace(reduced_motion=True)) as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        before = shown(app)
        assert "take one slow breath" in before
        await moment.goes_by(2, app, pilot)
        assert shown(app) == before
        await moment.goes_by(2, app, pilot)
        assert "take one slow breath" not in shown(app)


@pytest.mark.parametrize("width", [2, 9, 10, 61])
def test_the_line_of_the_breath_is_even_and_fits(width: int) -> None:
    drawn = [breath_line(step / 40, width) for step in range(41)]
    assert max(map(len, drawn)) <= width
    assert drawn == [bar[::-1].translate(str.maketrans("╸╺", "╺╸")) for bar in drawn]
    lengths = [len(bar) for bar in drawn]
    assert lengths[:21] == sorted(lengths[:21])
    assert lengths == lengths[::-1]


async def test_nasty_words_are_offered_as_they_are(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        timekeeping.start_or_switch(
            app.workspace, "instagram", activity="reply", intention="call [Anna] [/x]", planned_seconds=600
        )
        timekeeping.stop(app.workspace)
        await pilot.press("s", "i")
        await settled(app, pilot)
        assert isinstance(app.screen, StartDialog)
        assert "“call [Anna] [/x]”" in shown(app)


async def test_what_starting_would_break_and_stop_is_said_first(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        pausing.begin_pause(app.workspace, app.workspace.now() + 3600)
        clock.freeze(app.workspace.now() + 60)
        await pilot.press("s", "i")
        await settled(app, pilot)
        text = shown(app)
        assert "Instagram 20m of 30m · today 2h 10m of 6h" in text, "the channel's own budget beside the day's"
        assert "‖ breaks the pause until 16:12" in text
        assert "● stops LinkedIn, running for 38m" in text
        await pilot.press("ctrl+n")
        await settled(app, pilot)
        session, pause = queries.running(app.workspace), pausing.current_pause(app.workspace)
        assert session is not None
        assert session.channel == "linkedin", "Not now stops nothing"
        assert pause is not None
        assert not pause.openings, "and breaks nothing"
        await pilot.press("escape", "s", "k")
        await settled(app, pilot)
        assert "breaks the pause" not in shown(app), "work breaks no pause"
        assert "● stops LinkedIn" in shown(app)


async def test_what_another_program_stops_meanwhile_is_not_said_any_more(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        await typed_at_once(app, pilot, "sicreate two")
        with Database.open(app.workspace.database.file.path) as other:
            sessions.stop(other, NOW, now=NOW)
        app.tick()
        await settled(app, pilot)
        assert "● stops" not in shown(app)
        assert app.screen.query_one(Input).value == "create two"


async def test_a_budget_of_a_channel_is_not_the_days(running: Running) -> None:
    async with running(settings=UNHURRIED._replace(daily_budget=None), size=(120, 36)) as (app, pilot):
        assert "over budget" not in shown(app)
        assert "Social time today" in shown(app)
        assert "of 1h 55m" not in shown(app), "the sum of the channels' is nobody's"
        assert "of 30m" in shown(app)
        await pilot.press("s", "i")
        await settled(app, pilot)
        assert "Instagram 20m of 30m · today 2h 9m  " in shown(app), "checks only where they are limited"
        assert "over budget" not in shown(app)
        await pilot.press("escape", "s", "l")
        await settled(app, pilot)
        assert "▲ LinkedIn 1h 41m of 1h" in shown(app), "its own is spent"
        assert "You're over budget." in shown(app)


@pytest.mark.parametrize("keys", ["", "create two posts", "Nadia"])
async def test_not_now_is_one_key_at_every_moment(running: Running, keys: str) -> None:
    async with running() as (app, pilot):  # over budget: a reason is asked first
        before = len(queries.day(app.workspace, TODAY).urges)
        await typed_at_once(app, pilot, f"si{keys}")
        await pilot.press("ctrl+n")
        await settled(app, pilot)
        await pilot.press("escape")
        await typed_at_once(app, pilot, f"siAnna waits\n{keys}")
        await pilot.press("ctrl+n")
        await settled(app, pilot)
        assert await started(app) is None
        assert len(queries.day(app.workspace, TODAY).urges) == before + 2


async def test_not_now_does_nothing_where_there_is_nothing_to_resist(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        before = len(queries.day(app.workspace, TODAY).urges)
        await pilot.press("s", "k", "ctrl+n")
        await settled(app, pilot)
        assert isinstance(app.screen, StartDialog)
        assert len(queries.day(app.workspace, TODAY).urges) == before


@pytest.mark.parametrize("size", [(60, 15), (80, 24), (120, 36)])
async def test_the_start_dialog_is_whole_at_every_size(running: Running, size: tuple[int, int]) -> None:
    async with running(settings=UNHURRIED, size=size) as (app, pilot):
        pausing.begin_pause(app.workspace, app.workspace.now() + 3600)
        await pilot.press("s", "l")
        await settled(app, pilot)
        text = shown(app)
        for told in ("▲ LinkedIn", "‖ breaks the pause", "● stops LinkedIn", "Not now", "a reason, then"):
            assert told in text, told


async def elsewhere(app: TrackerApp, pilot: Pilot[None], budget: str) -> None:
    """Another program sets the day's budget."""
    settings.save(app.workspace.config or "", "daily_budget", budget)
    app.tick()
    await settled(app, pilot)


async def test_a_budget_that_is_raised_meanwhile_asks_no_reason(running: Running) -> None:
    async with running(settings=UNHURRIED._replace(daily_budget=60)) as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        assert "Why continue?" in shown(app)
        await elsewhere(app, pilot, "9h")
        assert "Why continue?" not in shown(app)
        await pilot.press("enter")
        await settled(app, pilot)
        assert await started(app) == ("instagram", "reply", 600, "comments")


async def test_a_budget_that_is_lowered_meanwhile_asks_a_reason_and_keeps_the_line(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await typed_at_once(app, pilot, "sicreate two")
        await elsewhere(app, pilot, "1m")
        assert "Why continue?" in shown(app)
        assert app.screen.query_one(Input).value == ""
        await elsewhere(app, pilot, "9h")
        assert app.screen.query_one(Input).value == "create two", "asked no longer"
        await elsewhere(app, pilot, "1m")
        await pilot.press(*"why", "enter")
        await settled(app, pilot)
        assert app.screen.query_one(Input).value == "create two"
        await elsewhere(app, pilot, "2m")
        await pilot.press("enter")
        await settled(app, pilot)
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.channel, session.activity, session.intention) == ("instagram", "create", "two")
        assert session.override == "why"


async def test_an_answer_that_waits_for_the_breath_is_asked_why_too(running: Running, moment: Moment) -> None:
    async with running(settings=BREATHING) as (app, pilot):
        await pilot.press("s", "i", "enter")
        await settled(app, pilot)
        settings.save(app.workspace.config or "", "breath_seconds", "4")
        await elsewhere(app, pilot, "1m")
        assert "Why continue?" in shown(app)
        await moment.goes_by(5, app, pilot)
        assert await started(app) is None
        await pilot.press(*"why", "enter", "enter")
        await settled(app, pilot)
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.channel, session.override) == ("instagram", "why")


async def test_a_budget_that_runs_out_before_the_answer_asks_a_reason(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await pilot.press("s", "i")
        await settled(app, pilot)
        assert "Why continue?" not in shown(app)
        clock.freeze(NOW + 6 * 3600)
        await pilot.press("enter")
        await settled(app, pilot)
        assert "Why continue?" in shown(app)
        assert await started(app) is None


async def test_a_channel_that_is_gone_closes_the_question(running: Running) -> None:
    """Another program undid the channel that is about to be started on."""
    async with running(settings=UNHURRIED, size=(80, 24)) as (app, pilot):
        database = app.workspace.database
        channels.add(database, "wiki", title=None, kind="social", now=NOW)
        app.push_screen(StartDialog(app.workspace, "wiki"))
        await settled(app, pilot)
        undo.undo(database, 1, now=NOW)
        app.reload()
        await settled(app, pilot)
        assert not isinstance(app.screen, StartDialog)
        assert "wiki" in notices(app)[-1]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("channel", ["i", "l"])
async def test_in_the_smallest_window_every_sentence_is_whole(running: Running, channel: str, language: str) -> None:
    locale.use(language)
    try:
        async with running(settings=SPENT._replace(language=language), size=(60, 15)) as (app, pilot):
            day_records.begin_pause(app.workspace.database, NOW + 3600, ZONE, now=NOW)
            await pilot.press("s", channel)
            await settled(app, pilot)
            assert cut_off(app) == []
            box = app.screen.query_one("#begin-box").region
            lines = [line[box.x : box.right] for line in shown(app).splitlines()[box.y : box.bottom]]
            assert "…" not in "".join(lines), "nothing is cut, not even the keys on the border"
    finally:
        locale.use("en")
