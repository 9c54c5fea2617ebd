"""People: where they were met, where one talked last, and what the user says of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.errors import TrackerError
from tracker.domain.models import Person
from tracker.domain.text import named
from tracker.storage import last_touch, outcomes, people, person_names, session_table, sessions

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.storage import Database

PARIS = "Europe/Paris"
DAY = 86_400


def talk(database: Database, channel: str, ago: int, who: str, ring: str | None = None) -> Session:
    return sessions.add(database, channel, NOW - ago, NOW - ago + 600, PARIS, now=NOW, person=who, ring=ring)


def test_a_follower_who_became_a_call(database: Database) -> None:
    talk(database, "linkedin", 9 * DAY, "Samia")
    talk(database, "call", 2 * DAY, "samia", "city")
    (person,) = people.people(database)
    assert person == Person("Samia", "linkedin", None, NOW - 9 * DAY, "call", NOW - 2 * DAY, "city", 1)


def test_the_last_met_come_first(database: Database) -> None:
    talk(database, "call", 3 * DAY, "Anna", "street")
    talk(database, "meeting", DAY, "Bruno", "building")
    talk(database, "meeting", 5 * DAY, "Anna")
    assert [(person.name, person.met, person.talks) for person in people.people(database)] == [
        ("Bruno", "meeting", 1),
        ("Anna", "meeting", 2),
    ]


def test_what_the_user_says_wins(database: Database) -> None:
    talk(database, "call", DAY, "Anna", "street")
    people.set_met(database, "anna", channel="instagram", ring=None, now=NOW)
    person = people.find(database, "ANNA")
    assert person is not None
    assert (person.met, person.met_ring, person.last) == ("instagram", None, "call")
    people.set_met(database, "Anna", channel=None, ring="building", now=NOW)
    person = people.find(database, "Anna")
    assert person is not None
    assert (person.met, person.met_ring) == (None, "building")


def test_someone_only_spoken_of_is_known_too(database: Database) -> None:
    people.set_met(database, "Lucie", channel=None, ring="city", now=NOW)
    assert people.people(database) == [Person("Lucie", None, "city")]
    assert people.find(database, "nobody") is None


def test_nobody_is_met_in_two_places(database: Database) -> None:
    with pytest.raises(TrackerError):
        people.set_met(database, "Anna", channel="x", ring="street", now=NOW)


def test_an_outcome_makes_somebody_known_and_an_earlier_one_is_where_they_were_met(database: Database) -> None:
    outcomes.add(database, "prospect", NOW - 5 * DAY, PARIS, now=NOW, channel="linkedin", person="Nadia")
    assert people.people(database) == [Person("Nadia", "linkedin", None, NOW - 5 * DAY)]
    talk(database, "call", 2 * DAY, "nadia", "city")
    assert people.find(database, "NADIA") == Person(
        "Nadia", "linkedin", None, NOW - 5 * DAY, "call", NOW - 2 * DAY, "city", 1
    )


def test_the_ring_is_the_last_that_was_said(database: Database) -> None:
    talk(database, "call", 3 * DAY, "Anna", "street")
    talk(database, "call", DAY, "Anna")
    person = people.find(database, "Anna")
    assert person is not None
    assert (person.ring, person.last_at, person.talks) == ("street", NOW - DAY, 2)


def test_where_somebody_was_met_can_be_left_to_the_log_again(database: Database) -> None:
    talk(database, "call", DAY, "Anna", "street")
    people.set_met(database, "Anna", channel="x", ring=None, now=NOW)
    people.set_met(database, "anna", channel=None, ring=None, now=NOW)
    person = people.find(database, "Anna")
    assert person is not None
    assert (person.met, person.met_ring) == ("call", "street")


SPELLED = {
    "the same": ("Samia", "Samia"),
    "case": ("SAMIA", "Samia"),
    "spaces and the sign": (" @samia  ", "Samia"),
    "quotes": ('@"samia"', "Samia"),
    "spaces inside": ("anne  MARIE", "Anne Marie"),
    "case beyond ASCII": ("ÉLODIE", "Élodie"),
    "the same letter written in two": ("E\u0301lodie", "Élodie"),
    "an accent is another letter": ("Elodie", "Elodie"),
    "somebody new": ("samuel", "samuel"),
    "nobody": ("  @ ", None),
}


@pytest.mark.parametrize("case", SPELLED)
def test_a_name_is_written_as_it_is_known(database: Database, case: str) -> None:
    for days, name in enumerate(("Samia", "Anne Marie", "Élodie"), 1):
        talk(database, "call", days * DAY, name)
    typed, kept = SPELLED[case]
    assert person_names.known_as(database, typed) == kept
    running = sessions.start(database, "call", NOW - 60, PARIS, now=NOW, person=typed)
    other = sessions.switch(database, "meeting", NOW, PARIS, now=NOW, person=typed)[1]
    added = sessions.add(database, "x", NOW - 9000, NOW - 8000, PARIS, now=NOW, person=typed)
    edited = sessions.add(database, "x", NOW - 7000, NOW - 6000, PARIS, now=NOW, person="Bob")
    edited = sessions.edit(database, edited.id, now=NOW, person=typed)
    (changed,) = sessions.change_several(database, [added.id], now=NOW, person=typed)
    outcome = outcomes.add(database, "prospect", NOW, PARIS, now=NOW, person=typed)
    later = outcomes.edit(database, outcomes.add(database, "prospect", NOW, PARIS, now=NOW).id, now=NOW, person=typed)
    records = (running, other, added, edited, changed, outcome, later)
    assert {record.person for record in records} == {kept}


def test_whoever_is_named_once_can_be_spelled_anew(database: Database) -> None:
    only = talk(database, "call", DAY, "samia")
    assert sessions.edit(database, only.id, now=NOW, person="Samia").person == "Samia"
    again = talk(database, "call", 2 * DAY, "SAMIA")
    assert again.person == "Samia"
    assert sessions.edit(database, again.id, now=NOW, person="samia").person == "Samia", "the others say how"


def imported(database: Database, channel: str, ago: int, who: str, ring: str | None = None) -> int:
    """A session with a name as another program, or an import of an earlier version, has spelled it."""
    return database.change(
        'INSERT INTO session(channel, start, "end", zone, person, ring, source) VALUES (?, ?, ?, ?, ?, ?, ?)',
        (channel, NOW - ago, NOW - ago + 600, PARIS, who, ring, "csv"),
    )


SPELLINGS = {
    "accents": ("élodie", "ÉLODIE"),
    "letters made of two": ("Élodie", "E\u0301LODIE"),
    "one letter for two": ("Strauß", "STRAUSS"),
    "a sign": ("anna", "@ANNA"),
    "spaces": ("anne marie", "Anne  Marie "),
}


@pytest.mark.parametrize("case", SPELLINGS)
@pytest.mark.parametrize("turned", [False, True])
def test_one_person_under_two_spellings_is_one(database: Database, case: str, turned: bool) -> None:
    first, second = SPELLINGS[case][::-1] if turned else SPELLINGS[case]
    imported(database, "call", 5 * DAY, first, "street")
    later = imported(database, "meeting", DAY, second, "city")
    imported(database, "linkedin", DAY // 2, second)
    (person,) = people.people(database)
    wanted = Person(named(first), "call", "street", NOW - 5 * DAY, "linkedin", NOW - DAY // 2, "city", 2)
    assert person == wanted
    for name in (first, second):
        assert people.find(database, name) == wanted
        assert person_names.known_as(database, name) == named(first)
        assert last_touch.last_touch(database, NOW, name)[:2] == ("linkedin", NOW - DAY // 2)  # type: ignore[index]
        assert people.first_on(database, name, ("social",)) == later + 1
    assert session_table.people(database) == [named(second)]
    people.set_met(database, second, channel="x", ring=None, now=NOW)
    people.set_met(database, first, channel="instagram", ring=None, now=NOW)
    assert [(person.met, person.talks) for person in people.people(database)] == [("instagram", 2)]
    people.set_met(database, second, channel=None, ring=None, now=NOW)
    assert people.people(database) == [wanted]


def test_two_sessions_that_began_at_once_are_two_talks(database: Database) -> None:
    imported(database, "call", DAY, "anna")
    imported(database, "meeting", DAY, "anna")
    assert [person.talks for person in people.people(database)] == [2]


def test_a_sale_noted_under_two_spellings_is_seen_twice(database: Database) -> None:
    add = partial(outcomes.add, database, zone=PARIS, now=NOW, amount=100, currency="EUR", channel="x")
    add("client", NOW - DAY, person="élodie")
    database.connection.execute("UPDATE outcome SET person = 'ÉLODIE'")
    income = add("income", NOW, person="Bob")
    assert outcomes.possible_duplicate(database, income._replace(person="élodie"))
    assert outcomes.possible_duplicate(database, income) is None


def test_names_are_found_by_the_indexes(database: Database) -> None:
    for table, plan in (("session", "session_by_person"), ("outcome", "outcome_by_person")):
        query = person_names._UNUSUAL_NAMES.format(table=table)
        told = " ".join(str(row) for row in database.rows(f"EXPLAIN QUERY PLAN {query}"))
        assert told.count(plan) == 2
        assert "TEMP B-TREE" not in told
    query = f"SELECT 1 FROM session WHERE {person_names.IS_PERSON.format('?')}"
    told = str(database.rows(f"EXPLAIN QUERY PLAN {query}", ("[]",)))
    assert "SEARCH session USING" in told
    assert "session_by_person" in told
