"""The bridge: who was met on one side and is for the first time on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tracker.reports.contacts import crossing, crossings_of, say_crossing
from tracker.storage import channels, outcomes, people, sessions

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.reports.contacts import Crossing
    from tracker.storage import Journal

PARIS = "Europe/Paris"
DAY = 86_400


def with_(journal: Journal, channel: str, days_ago: int, who: str, ring: str | None = None) -> Session:
    start = NOW - days_ago * DAY
    return sessions.add(journal, channel, start, start + 600, PARIS, now=NOW, person=who, ring=ring)


def crossed(journal: Journal, session: Session) -> Crossing | None:
    return crossing(journal, session, {one.name: one for one in channels.channels(journal)})


def said(journal: Journal, session: Session) -> str:
    found = crossed(journal, session)
    return say_crossing(found, {"linkedin": "LinkedIn"}) if found else ""


def test_a_follower_who_became_a_call(journal: Journal) -> None:
    with_(journal, "linkedin", 9, "Samia")
    first, second = with_(journal, "call", 2, "samia"), with_(journal, "meeting", 1, "Samia")
    assert said(journal, first) == "Samia crossed the bridge: from LinkedIn to a call"
    assert said(journal, second) == ""


def test_a_neighbour_invited_to_follow(journal: Journal) -> None:
    met = with_(journal, "meeting", 9, "Anna", "street")
    assert said(journal, met) == ""
    assert said(journal, with_(journal, "linkedin", 2, "Anna")) == (
        "Anna is now also a contact online: from your street to LinkedIn"
    )


def test_somebody_known_from_an_outcome_only(journal: Journal) -> None:
    outcomes.add(journal, "prospect", NOW - 3 * DAY, PARIS, now=NOW, channel="linkedin", person="Nadia")
    assert said(journal, with_(journal, "call", 1, "nadia")).endswith("from LinkedIn to a call")


def test_what_the_user_says_of_where_they_met_decides(journal: Journal) -> None:
    talk = with_(journal, "call", 2, "Bruno")
    assert crossed(journal, talk) is None
    people.set_met(journal, "Bruno", channel="linkedin", ring=None, now=NOW)
    assert crossed(journal, talk) is not None
    people.set_met(journal, "Bruno", channel=None, ring="building", now=NOW)
    assert crossed(journal, talk) is None
    online = with_(journal, "linkedin", 1, "Bruno")
    assert said(journal, online) == "Bruno is now also a contact online: from your building to LinkedIn"


def test_one_channel_to_the_next_on_the_same_side_is_no_bridge(journal: Journal) -> None:
    with_(journal, "linkedin", 9, "Anna")
    assert crossed(journal, with_(journal, "whatsapp", 2, "Anna")) is None
    assert crossed(journal, with_(journal, "work", 1, "Anna")) is None
    nobody = sessions.add(journal, "call", NOW - 900, NOW - 600, PARIS, now=NOW)
    assert crossings_of(journal, [nobody], {one.name: one for one in channels.channels(journal)}) == ()


def test_putting_the_log_right_puts_the_bridge_right(journal: Journal) -> None:
    online = with_(journal, "linkedin", 9, "Samia")
    talk = with_(journal, "call", 2, "Samia")
    sessions.delete(journal, [online.id], now=NOW)
    assert crossed(journal, talk) is None
