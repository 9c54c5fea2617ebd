"""Who to talk to: ring by ring, follow-ups due, those waiting longest; and what is suggested from it all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tests.reports.weeks import PARIS, SETTINGS
from tracker.domain.models import RINGS, Person
from tracker.reports.contacts import Outreach, outreach, ring_reached, say_ring_reached, say_waiting, to_offer
from tracker.storage import outcomes, people, session_table, sessions
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from tracker.storage import Database

DAY = 86_400


def talk(database: Database, who: str, days_ago: int, ring: str | None = None, channel: str = "meeting") -> None:
    """Ten minutes with somebody, each at an hour of its own."""
    hour = 60 * len(session_table.in_span(database, 0, NOW))
    start = NOW - days_ago * DAY - 600 - hour * 20
    sessions.add(database, channel, start, start + 600, PARIS, now=NOW, person=who, ring=ring)


def brought(database: Database, kind: str, who: str, days_ago: int, note: str | None = None) -> None:
    outcomes.add(database, kind, NOW - days_ago * DAY, PARIS, now=NOW, channel="linkedin", person=who, note=note)


def outreach_of(database: Database) -> Outreach:
    return outreach(Workspace(database, SETTINGS, PARIS, now=NOW))


@pytest.mark.parametrize(
    ("talks", "expected"),
    [
        ({}, ("building", None, 3)),
        ({"building": 1}, ("building", None, 2)),
        ({"building": 3}, ("building", "street", 0)),
        ({"building": 9, "street": 2}, ("street", None, 1)),
        ({"building": 2, "street": 9}, ("building", None, 1)),  # the nearer one first
        ({"building": 3, "street": 3, "district": 3}, ("district", "city", 0)),
        ({"building": 3, "district": 3}, ("building", "street", 0)),  # nobody is left out on the way
        ({"city": 3}, ("city", "beyond", 0)),  # who lives far from anybody begins where somebody is
        (dict.fromkeys(RINGS, 3), ("beyond", None, 0)),
        ({**dict.fromkeys(RINGS, 3), "beyond": 1}, ("beyond", None, 0)),
    ],
)
def test_the_next_ring_after_three_talks_in_this_one(
    talks: dict[str, int], expected: tuple[str, str | None, int]
) -> None:
    assert ring_reached(dict.fromkeys(RINGS, 0) | talks) == expected


def test_the_last_three_people_offered_are_those_who_have_waited_the_longest() -> None:
    everybody = [Person(str(number), talks=1) for number in range(12)]  # the last met first
    assert [person.name for person in to_offer(everybody)] == ["0", "1", "2", "3", "4", "5", "11", "10", "9"]
    assert to_offer(everybody[:9]) == everybody[:9]


def test_talks_count_on_in_person_channels_only(database: Database) -> None:
    for _time in range(3):
        talk(database, "Odile", 30, "building", channel="linkedin")
    assert (outreach_of(database).current, outreach_of(database).to_go) == ("building", 3)
    for _time in range(3):
        talk(database, "Odile", 30, "building")
    assert outreach_of(database).proposed == "street"
    wanted = "you talked 3 times or more in your building; next, talk to someone in your street"
    assert say_ring_reached(outreach_of(database)) == wanted


def test_the_longest_waiting_of_each_ring_up_to_the_current_one(database: Database) -> None:
    for who, days, ring in (
        ("Odile", 40, "building"), ("Karim", 25, "building"), ("Ines", 90, "building"), ("Paul", 20, "building"),
        ("Samia", 22, "street"), ("Hervé", 300, "district"),
    ):  # fmt: skip
        talk(database, who, days, ring)
    rings = outreach_of(database).rings
    assert [(ring.ring, ring.talks, [waiting.name for waiting in ring.waiting]) for ring in rings] == [
        ("building", 4, ["Ines", "Odile"]),
        ("street", 1, ["Samia"]),
    ]
    assert rings[0].waiting[0].days == 90


def test_whoever_was_heard_of_since_does_not_wait(database: Database) -> None:
    talk(database, "Odile", 60, "building")
    assert [waiting.name for waiting in outreach_of(database).rings[0].waiting] == ["Odile"]
    talk(database, "odile", 5, channel="linkedin")
    assert outreach_of(database).rings[0].waiting == ()


def test_whoever_was_only_met_online_does_not_wait_on_a_ring(database: Database) -> None:
    talk(database, "Delphine", 60, channel="linkedin")
    people.set_met(database, "Delphine", channel=None, ring="building", now=NOW)
    assert outreach_of(database).rings[0].waiting == ()


def test_follow_ups_are_due_after_a_week_and_forgotten_after_three_months(database: Database) -> None:
    for who, days in (("Six", 6), ("Seven", 7), ("Ninety", 90), ("Older", 91)):
        brought(database, "prospect", who, days, note="a poster")
    brought(database, "recommendation", "Ten", 10)
    due = outreach_of(database).follow_ups
    assert [(waiting.name, waiting.days, waiting.kind) for waiting in due] == [
        ("Ninety", 90, "prospect"),
        ("Ten", 10, "recommendation"),
        ("Seven", 7, "prospect"),
    ]
    assert say_waiting(due[0]) == "Ninety, 90 days ago (prospect: a poster)"
    assert say_waiting(due[1]) == "Ten, 10 days ago (recommendation)"


def test_a_client_is_no_follow_up_any_more(database: Database) -> None:
    brought(database, "prospect", "Ana", 30)
    brought(database, "client", "ana", 20)
    brought(database, "prospect", "Marc", 30)
    talk(database, "Marc", 3)
    assert outreach_of(database).follow_ups == ()
    brought(database, "recommendation", "Ana", 8)  # and one who sends somebody on is thanked
    assert [waiting.name for waiting in outreach_of(database).follow_ups] == ["Ana"]


def test_somebody_is_named_once_and_five_at_most(database: Database) -> None:
    for number in range(8):
        brought(database, "prospect", f"P{number}", 30 + number)
    talk(database, "P7", 29, "building")
    people_to_call = outreach_of(database)
    assert [waiting.name for waiting in people_to_call.follow_ups] == ["P6", "P5", "P4", "P3", "P2"]
    assert people_to_call.rings[0].waiting == ()


def test_nobody_yet(database: Database) -> None:
    nobody = outreach_of(database)
    assert (nobody.follow_ups, nobody.proposed, [ring.talks for ring in nobody.rings]) == ((), None, [0])
    assert say_ring_reached(nobody) == "3 more talks in your building before the next ring"
