"""People: where they were met, where one talked last, and what the user says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.journal import outcomes, people, sessions
from tracker.model import Person, TrackerError

if TYPE_CHECKING:
    from tracker.journal import Journal

PARIS = "Europe/Paris"
DAY = 86_400


def talk(journal: Journal, channel: str, ago: int, who: str, ring: str | None = None) -> None:
    sessions.add(journal, channel, NOW - ago, NOW - ago + 600, PARIS, now=NOW, person=who, ring=ring)


def test_a_follower_who_became_a_call(journal: Journal) -> None:
    talk(journal, "linkedin", 9 * DAY, "Samia")
    talk(journal, "call", 2 * DAY, "samia", "city")
    (person,) = people.people(journal)
    assert person == Person("Samia", "linkedin", None, NOW - 9 * DAY, "call", NOW - 2 * DAY, "city", 1)


def test_the_last_met_come_first(journal: Journal) -> None:
    talk(journal, "call", 3 * DAY, "Anna", "street")
    talk(journal, "meeting", DAY, "Bruno", "building")
    talk(journal, "meeting", 5 * DAY, "Anna")
    assert [(person.name, person.met, person.talks) for person in people.people(journal)] == [
        ("Bruno", "meeting", 1),
        ("Anna", "meeting", 2),
    ]


def test_what_the_user_says_wins(journal: Journal) -> None:
    talk(journal, "call", DAY, "Anna", "street")
    people.set_met(journal, "anna", channel="instagram", ring=None, now=NOW)
    found = people.find(journal, "ANNA")
    assert found is not None
    assert (found.met, found.met_ring, found.last) == ("instagram", None, "call")
    people.set_met(journal, "Anna", channel=None, ring="building", now=NOW)
    found = people.find(journal, "Anna")
    assert found is not None
    assert (found.met, found.met_ring) == (None, "building")


def test_someone_only_spoken_of_is_known_too(journal: Journal) -> None:
    people.set_met(journal, "Lucie", channel=None, ring="city", now=NOW)
    assert people.people(journal) == [Person("Lucie", None, "city")]
    assert people.find(journal, "nobody") is None


def test_nobody_is_met_in_two_places(journal: Journal) -> None:
    with pytest.raises(TrackerError):
        people.set_met(journal, "Anna", channel="x", ring="street", now=NOW)


def test_an_outcome_makes_somebody_known_and_an_earlier_one_is_where_they_were_met(journal: Journal) -> None:
    outcomes.add(journal, "prospect", NOW - 5 * DAY, PARIS, now=NOW, channel="linkedin", person="Nadia")
    assert people.people(journal) == [Person("Nadia", "linkedin", None, NOW - 5 * DAY)]
    talk(journal, "call", 2 * DAY, "nadia", "city")
    assert people.find(journal, "NADIA") == Person(
        "nadia", "linkedin", None, NOW - 5 * DAY, "call", NOW - 2 * DAY, "city", 1
    )


def test_the_ring_is_the_last_that_was_said(journal: Journal) -> None:
    talk(journal, "call", 3 * DAY, "Anna", "street")
    talk(journal, "call", DAY, "Anna")
    found = people.find(journal, "Anna")
    assert found is not None
    assert (found.ring, found.last_at, found.talks) == ("street", NOW - DAY, 2)


def test_where_somebody_was_met_can_be_left_to_the_log_again(journal: Journal) -> None:
    talk(journal, "call", DAY, "Anna", "street")
    people.set_met(journal, "Anna", channel="x", ring=None, now=NOW)
    people.set_met(journal, "anna", channel=None, ring=None, now=NOW)
    found = people.find(journal, "Anna")
    assert found is not None
    assert (found.met, found.met_ring) == ("call", "street")
