"""The bridge: who was met on one side and is for the first time on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tracker.reports.contacts import crossing, crossings_of, say_crossing
from tracker.storage import channels, outcomes, people, sessions

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.reports.contacts import Crossing
    from tracker.storage import Database

PARIS = "Europe/Paris"
DAY = 86_400


def with_(database: Database, channel: str, days_ago: int, who: str, ring: str | None = None) -> Session:
    start = NOW - days_ago * DAY
    return sessions.add(database, channel, start, start + 600, PARIS, now=NOW, person=who, ring=ring)


def crossed(database: Database, session: Session) -> Crossing | None:
    return crossing(database, session, {channel.name: channel for channel in channels.channels(database)})


def said(database: Database, session: Session) -> str:
    crossings = crossed(database, session)
    return say_crossing(crossings, {"linkedin": "LinkedIn"}) if crossings else ""


def test_a_follower_who_became_a_call(database: Database) -> None:
    with_(database, "linkedin", 9, "Samia")
    first, second = with_(database, "call", 2, "samia"), with_(database, "meeting", 1, "Samia")
    assert said(database, first) == "Samia crossed the bridge: from LinkedIn to a call"
    assert said(database, second) == ""


def test_a_neighbour_invited_to_follow(database: Database) -> None:
    met = with_(database, "meeting", 9, "Anna", "street")
    assert said(database, met) == ""
    assert said(database, with_(database, "linkedin", 2, "Anna")) == (
        "Anna is now also a contact online: from your street to LinkedIn"
    )


def test_somebody_known_from_an_outcome_only(database: Database) -> None:
    outcomes.add(database, "prospect", NOW - 3 * DAY, PARIS, now=NOW, channel="linkedin", person="Nadia")
    assert said(database, with_(database, "call", 1, "nadia")).endswith("from LinkedIn to a call")


def test_what_the_user_says_of_where_they_met_decides(database: Database) -> None:
    talk = with_(database, "call", 2, "Bruno")
    assert crossed(database, talk) is None
    people.set_met(database, "Bruno", channel="linkedin", ring=None, now=NOW)
    assert crossed(database, talk) is not None
    people.set_met(database, "Bruno", channel=None, ring="building", now=NOW)
    assert crossed(database, talk) is None
    online = with_(database, "linkedin", 1, "Bruno")
    assert said(database, online) == "Bruno is now also a contact online: from your building to LinkedIn"


def test_one_channel_to_the_next_on_the_same_side_is_no_bridge(database: Database) -> None:
    with_(database, "linkedin", 9, "Anna")
    assert crossed(database, with_(database, "whatsapp", 2, "Anna")) is None
    assert crossed(database, with_(database, "work", 1, "Anna")) is None
    nobody = sessions.add(database, "call", NOW - 900, NOW - 600, PARIS, now=NOW)
    assert crossings_of(database, [nobody], {channel.name: channel for channel in channels.channels(database)}) == ()


def test_putting_the_log_right_puts_the_bridge_right(database: Database) -> None:
    online = with_(database, "linkedin", 9, "Samia")
    talk = with_(database, "call", 2, "Samia")
    sessions.delete(database, [online.id], now=NOW)
    assert crossed(database, talk) is None
