"""What is offered behind an action takes its own letters alone; any other key does what it always does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import pytest
from textual.events import MouseDown, MouseUp

from tests.conftest import NOW
from tests.tui.conftest import notices, settled, shown
from tests.tui.figures import UNHURRIED, ZONE
from tests.tui.test_escape import dump, press, words
from tests.tui.test_typing_ahead import typed_at_once
from tracker.services import data_file, queries, timekeeping
from tracker.storage import Database, sessions
from tracker.tui.actions.review_actions import FindDialog
from tracker.tui.modals.dialog import Choices, Chooser, LineDialog

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

    from tests.tui.conftest import Running
    from tracker.tui.app import TrackerApp

TODAY = "2026-11-23"

#: Keys that are none of an offer's, and whether each did on the Timer what it always does.
OTHERS: dict[str, Callable[[TrackerApp], bool]] = {
    "t": lambda app: _asks(app, "How did you talk?"),
    "s": lambda app: _asks(app, "Start"),
    "c": lambda app: _asks(app, "Check"),
    "slash": lambda app: isinstance(app.screen, LineDialog),
    "2": lambda app: app.view.id == "day",
    "3": lambda app: app.view.id == "week",
    "down": lambda app: _chosen(app) == 1,
    "enter": lambda app: type(app.screen).__name__ == "EvidenceDialog",
    "plus": lambda app: notices(app)[-1].startswith("LinkedIn: 5 minutes more"),
    "escape": lambda app: len(app.screen_stack) == 1,
    "G": lambda app: isinstance(app.screen, FindDialog),
    "K": lambda app: len(app.screen_stack) == 1,  # bound to nothing
}


async def clicked(app: TrackerApp, pilot: Pilot[None], x: int, y: int) -> None:
    """A click as the terminal sends it; the pilot's own goes past the app."""
    for kind in (MouseDown, MouseUp):
        app.post_message(kind(None, x, y, 0, 0, 1, shift=False, meta=False, ctrl=False))
        await settled(app, pilot)


def _chosen(app: TrackerApp) -> int:
    rows = app.view.rows()
    return rows.chosen if rows else 0


def _asks(app: TrackerApp, title: str) -> bool:
    return isinstance(app.screen, Chooser) and app.screen.query_one(Choices).title.startswith(title)


async def undone(app: TrackerApp, pilot: Pilot[None], before: dict[str, list[Any]]) -> None:
    """Leave what is open, and take back what was recorded, for the next case."""
    await press(app, pilot, ("escape", "escape", "1", "home"))
    while any(dump(app)[table] != before[table] for table in ("session", "urge")):
        await press(app, pilot, ("z",))
    app.dismiss_toasts()


async def test_any_other_key_closes_what_set_it_off_and_does_what_it_always_does(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        at_first = dump(app)
        for key, does in OTHERS.items():
            await press(app, pilot, ("u", "x"))
            assert _asks(app, "Resisted urge: X"), key
            before = dump(app)["urge"]
            await press(app, pilot, (key,))
            assert does(app), key
            assert not _asks(app, "Resisted urge: X"), key
            assert dump(app)["urge"] == before, key
            await undone(app, pilot, at_first)


async def test_any_other_key_closes_what_a_check_was_for(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        at_first = dump(app)
        for key, does in OTHERS.items():
            await press(app, pilot, ("c", "i"))
            assert "For what?" in notices(app)[-1], key
            checked = queries.day(app.workspace, TODAY).parts[-1].session
            await press(app, pilot, (key,))
            assert does(app), key
            assert app.offered is None, key
            assert not any("For what?" in said for said in notices(app)), key
            assert queries.session(app.workspace, checked.id) == checked, key
            await undone(app, pilot, at_first)


async def test_escape_on_the_day_closes_the_offer_and_keeps_the_marks(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("2", "v", "c", "i", "escape"))
        assert app.view.rows().marked  # type: ignore[union-attr]
        await press(app, pilot, ("escape",))
        assert not app.view.rows().marked  # type: ignore[union-attr]


async def test_after_escape_in_the_start_dialog_keys_are_the_screens(running: Running) -> None:
    """`b` was taken for a trigger, and `b t banana enter` logged a talk of 15 minutes."""
    async with running(settings=UNHURRIED) as (app, pilot):
        before = dump(app)
        await press(app, pilot, ("s", "l", "escape", "b", "t", *words("banana"), "enter"))
        assert _asks(app, "Pause the social") or isinstance(app.screen, LineDialog)
        assert "banana" in shown(app)
        await press(app, pilot, ("escape", "escape"))
        assert dump(app) == before
        await typed_at_once(app, pilot, "sl\x1bbtbanana\n\x1b\x1b")
        assert dump(app) == before


async def test_an_offer_in_a_fast_burst_takes_its_letter_alone(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await typed_at_once(app, pilot, "uxbb")
        assert queries.day(app.workspace, TODAY).urges[-1].trigger == "bored"
        assert _asks(app, "Pause the social"), "the second b is the pause"
        await press(app, pilot, ("escape",))
        await typed_at_once(app, pilot, "ciL2")
        assert queries.day(app.workspace, TODAY).parts[-1].session.note == "likes"
        assert app.view.id == "day"


async def test_a_letter_is_what_it_always_is_once_the_offer_is_gone(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("u", "x", "2", "1", "n"))
        assert isinstance(app.screen, LineDialog), "n is the note, no notification"
        await press(app, pilot, ("escape", "u", "x", "escape", "h"))
        assert queries.day(app.workspace, TODAY).urges[-1].trigger is None


async def test_the_letters_of_a_check_are_about_the_check_that_is_told(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("c", "i"))
        ours = queries.day(app.workspace, TODAY).parts[-1].session
        with Database.open(app.workspace.database.file.path) as other:
            theirs = sessions.check(other, "x", NOW, ZONE, None, now=NOW)
        app.tick()
        await press(app, pilot, ("L",))
        assert queries.session(app.workspace, ours.id).note == "likes"
        assert queries.session(app.workspace, theirs.id).note is None


async def test_an_offer_of_what_is_gone_says_so(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("u", "x"))
        data_file.undo(app.workspace)
        before = dump(app)["urge"]
        await press(app, pilot, ("b",))
        assert "does not exist" in notices(app)[-1]
        assert dump(app)["urge"] == before


async def test_an_offer_that_has_gone_by_itself_takes_nothing(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("c", "i"))
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 9)
        assert app.offered is None


async def test_another_action_takes_the_place_of_an_offer(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("c", "i", "c", "x", "F"))
        first, second = (part.session for part in queries.day(app.workspace, TODAY).parts[-2:])
        assert {first.channel: first.note, second.channel: second.note} == {"instagram": None, "x": "followers"}


async def test_own_words_of_a_check_are_not_replaced_by_a_letter(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        timekeeping.stop(app.workspace)
        sessions.check(app.workspace.database, "x", NOW, ZONE, "Anna's answer", now=NOW)
        app.reload()
        await press(app, pilot, ("L",))
        assert "in your own words" in notices(app)[-1]
        assert queries.day(app.workspace, TODAY).parts[-1].session.note == "Anna's answer"


async def test_a_click_beside_closes_the_offer_and_does_what_it_does(running: Running) -> None:
    async with running(settings=UNHURRIED, size=(120, 36)) as (app, pilot):
        await press(app, pilot, ("u", "x"))
        await clicked(app, pilot, 22, 0)  # the tab of the Day
        assert len(app.screen_stack) == 1
        assert app.view.id == "day"
        await press(app, pilot, ("1", "c", "i"))
        await clicked(app, pilot, 22, 0)
        assert app.view.id == "day"
        assert app.offered is None


async def test_a_trigger_can_be_clicked(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("u", "x"))
        await pilot.click("#choices", offset=(4, 2))
        await settled(app, pilot)
        assert queries.day(app.workspace, TODAY).urges[-1].trigger == "anxious"


async def test_what_is_put_off_is_said_by_enter_alone_or_not_at_all(running: Running) -> None:
    async with running(settings=UNHURRIED) as (app, pilot):
        await press(app, pilot, ("u", "x", "p", "escape"))
        assert queries.day(app.workspace, TODAY).urges[-1].trigger is None
        await press(app, pilot, ("u", "x", "p", "enter"))
        assert queries.day(app.workspace, TODAY).urges[-1].trigger == "procrastinating"
