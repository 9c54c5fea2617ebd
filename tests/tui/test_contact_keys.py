"""Talks by keys: four for somebody one knows; a line for the rest; timed; the bridge; the People."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.tui.conftest import notices, shown
from tests.tui.figures import ZONE, at
from tracker.services import noted_records, queries
from tracker.storage import people, sessions
from tracker.tui.modals.result_dialogs import ContactDialog, PeopleDialog

if TYPE_CHECKING:
    from tests.tui.conftest import Running
    from tracker.domain.models import Session
    from tracker.tui.app import TrackerApp

TODAY = "2026-11-23"
DAY = (2026, 11, 23)


def letter(app: TrackerApp, name: str) -> str:
    return next(channel.letter or "" for channel in queries.channels(app.workspace) if channel.name == name)


def last(app: TrackerApp, date: str = TODAY) -> Session:
    return max((part.session for part in queries.day(app.workspace, date).contacts), key=lambda session: session.id)


async def test_four_keys_are_a_talk_with_ring_and_time_as_last_time(running: Running) -> None:
    async with running() as (app, pilot):
        assert noted_records.known_people(app.workspace)[0].name == "Samia"
        await pilot.press("t", letter(app, "call"), "1", "enter")
        session = last(app)
        assert (session.channel, session.person, session.ring) == ("call", "Samia", "street")
        assert (session.start, session.end) == (NOW - 900, NOW)
        assert notices(app)[-1] == "Talked to Samia · 14:57–15:12, 15m"


async def test_a_line_takes_who_ring_time_and_note(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("t", letter(app, "call"), *"lucie street 20m about masks", "enter")
        session = last(app)
        assert (session.person, session.ring, session.note) == ("lucie", "street", "about masks")
        assert (session.start, session.end) == (NOW - 1200, NOW)


async def test_a_talk_of_earlier_has_its_own_time(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("t", letter(app, "meeting"), *"1 09:30-09:50 building", "enter")
        session = last(app)
        assert (session.start, session.end) == (at(DAY, "09:30"), at(DAY, "09:50"))
        assert (session.person, session.ring) == ("Samia", "building")


async def test_a_day_gone_by_asks_for_the_time(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("2", "left", "t", letter(app, "call"), "1", "enter")
        await pilot.pause()
        assert isinstance(app.screen, ContactDialog)
        assert "needs its time" in shown(app)
        await pilot.press(*" 18:00-18:10", "enter")
        assert last(app, "2026-11-22").start == at((2026, 11, 22), "18:00")


async def test_a_second_talk_begins_where_the_first_ended(running: Running) -> None:
    async with running() as (app, pilot):
        sessions.add(app.workspace.database, "call", NOW - 1200, NOW - 300, ZONE, now=NOW, person="Lucie")
        await pilot.press("t", letter(app, "call"), *"nadia", "enter")
        assert (last(app).person, last(app).start, last(app).end) == ("Nadia", NOW - 300, NOW)


async def test_the_talk_can_begin_now(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("t", letter(app, "call"), "1", "ctrl+s")
        session = queries.running(app.workspace)
        assert session is not None
        assert (session.channel, session.person, session.ring, session.start) == ("call", "Samia", "street", NOW)
        assert notices(app)[-1] == "Call with Samia started · [space] stops it"


async def test_who_completes_as_one_types(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("t", letter(app, "call"), *"thé")
        await pilot.pause()
        await pilot.press("tab", "enter")
        assert (last(app).person, last(app).ring) == ("Théo", "city")


async def test_names_of_several_words(running: Running) -> None:
    async with running() as (app, pilot):
        await pilot.press("t", letter(app, "call"), *'@"Anna Berg" 5m', "enter")
        assert last(app).person == "Anna Berg"
        await pilot.pause()
        await pilot.press("t", letter(app, "video"), *"anna")
        await pilot.pause()
        await pilot.press("tab", "enter")
        assert last(app).person == "Anna Berg"


async def test_a_follower_who_talks_crossed_the_bridge(running: Running) -> None:
    async with running() as (app, pilot):
        sessions.add(app.workspace.database, "linkedin", NOW - 90_000, NOW - 89_000, ZONE, now=NOW, person="Lucie")
        await pilot.press("2", "t", letter(app, "call"), *"lucie", "enter")
        assert (
            notices(app)[-1] == "Talked to Lucie · 14:57–15:12, 15m · Lucie crossed the bridge: from LinkedIn to a call"
        )
        await pilot.pause()
        assert "⇄" in shown(app)


async def test_a_neighbour_who_is_met_online_crossed_it_too(running: Running) -> None:
    async with running((120, 48)) as (app, pilot):
        people.set_met(app.workspace.database, "Anna", channel=None, ring="street", now=NOW)
        await pilot.press("2", "slash", *"linkedin 11:56-11:58 @anna", "enter")
        assert notices(app)[-1].endswith(" · Anna is now also a contact online: from your street to LinkedIn")
        await pilot.pause()
        assert "LinkedIn ⇄ from your street" in shown(app)


@pytest.mark.parametrize("size", [(80, 24), (120, 36)])
async def test_a_person_is_clicked(running: Running, size: tuple[int, int]) -> None:
    async with running(size) as (app, pilot):
        await pilot.press("t", letter(app, "call"))
        await pilot.pause()
        lines = shown(app).splitlines()
        row = next(y for y, line in enumerate(lines) if "Théo" in line and "1 talk" in line)
        await pilot.click(offset=(lines[row].index("Théo"), row))
        await pilot.press("enter")
        assert last(app).person == "Théo"


@pytest.mark.parametrize(
    ("line", "who", "ring", "note"),
    [
        ("Frau Huber from the bakery, building", "Frau Huber", "building", "from the bakery"),
        ("frau huber street 20m", "frau huber", "street", None),
        ("20m with Frau Huber street", "Frau Huber", "street", None),
        ("Samia masks", "Samia", "street", "masks"),
    ],
)
async def test_a_name_may_be_of_several_words(
    running: Running, line: str, who: str, ring: str, note: str | None
) -> None:
    async with running() as (app, pilot):
        await pilot.press("t", letter(app, "call"), *line)
        await pilot.pause()
        assert f"@{who}" in shown(app)
        await pilot.press("enter")
        assert (last(app).person, last(app).ring, last(app).note) == (who, ring, note)


async def test_a_talk_is_never_shorter_than_a_minute(running: Running) -> None:
    async with running() as (app, pilot):
        sessions.add(app.workspace.database, "call", NOW - 1200, NOW - 4, ZONE, now=NOW, person="Lucie")
        await pilot.press("t", letter(app, "call"), *"nadia", "enter")
        await pilot.pause()
        assert "The last talk has just ended" in shown(app)
        assert last(app).person == "Lucie"
        await pilot.press(*" 14:00-14:10", "enter")
        assert (last(app).person, last(app).start) == ("Nadia", at(DAY, "14:00"))
        assert notices(app)[-1].startswith("Talked to Nadia · 14:00–14:10, 10m")


async def test_a_persons_kind_number_and_age_are_of_the_same_talks(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        ago = NOW - 6 * 86_400
        sessions.add(app.workspace.database, "call", ago - 7200, ago, ZONE, now=NOW, person="samia")
        sessions.add(app.workspace.database, "linkedin", NOW - 7200, NOW - 3600, ZONE, now=NOW, person="samia")
        sessions.add(
            app.workspace.database, "linkedin", NOW - 9 * 86_400, NOW - 9 * 86_400 + 60, ZONE, now=NOW, person="Lou"
        )
        sessions.add(app.workspace.database, "video", ago - 120, ago - 60, ZONE, now=NOW, person="Lou")
        await pilot.press("t", letter(app, "call"))
        await pilot.pause()
        assert "Call · 1 talk · 6d ago" in shown(app)
        assert "LinkedIn · 1 talk · Video call 6d ago" in shown(app)
        await pilot.press("escape")
        app.perform("people")
        await pilot.pause()
        assert "Call 6d ago" in shown(app)
        assert "LinkedIn 2h ago" not in shown(app)


async def test_where_somebody_was_met_is_put_right(running: Running) -> None:
    async with running() as (app, pilot):
        app.perform("people")
        await pilot.pause()
        assert isinstance(app.screen, PeopleDialog)
        assert "Samia" in shown(app)
        await pilot.press("enter", "ctrl+u", *"street", "enter")
        await pilot.pause()
        person = people.find(app.workspace.database, "Samia")
        assert person is not None
        assert (person.met, person.met_ring) == (None, "street")
        await pilot.press("enter", "ctrl+u", "l", "enter")
        await pilot.pause()
        person = people.find(app.workspace.database, "Samia")
        assert person is not None
        assert (person.met, person.met_ring) == ("linkedin", None)
        await pilot.press("escape")
        await pilot.pause()
        assert not isinstance(app.screen, PeopleDialog)


async def test_without_anybody_the_page_says_how_to_begin(running: Running) -> None:
    async with running(empty=True) as (app, pilot):
        app.perform("people")
        await pilot.pause()
        assert "Nobody yet" in shown(app)
        await pilot.press("enter", "escape")
        await pilot.pause()
        assert not isinstance(app.screen, PeopleDialog)
