"""People: where they were met, where one talked last, and what the user says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import NOW
from tracker.domain.models import Person, TrackerError
from tracker.domain.text import named
from tracker.storage import batch_edit, last_touch, outcomes, people, person_names, session_table, sessions

if TYPE_CHECKING:
    from tracker.domain.models import Session
    from tracker.storage import Journal

PARIS = "Europe/Paris"
DAY = 86_400


def talk(journal: Journal, channel: str, ago: int, who: str, ring: str | None = None) -> Session:
    return sessions.add(journal, channel, NOW - ago, NOW - ago + 600, PARIS, now=NOW, person=who, ring=ring)


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
        "Nadia", "linkedin", None, NOW - 5 * DAY, "call", NOW - 2 * DAY, "city", 1
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
def test_a_name_is_written_as_it_is_known(journal: Journal, case: str) -> None:
    for days, name in enumerate(("Samia", "Anne Marie", "Élodie"), 1):
        talk(journal, "call", days * DAY, name)
    typed, kept = SPELLED[case]
    assert person_names.known_as(journal, typed) == kept
    running = sessions.start(journal, "call", NOW - 60, PARIS, now=NOW, person=typed)
    other = sessions.switch(journal, "meeting", NOW, PARIS, now=NOW, person=typed)[1]
    added = sessions.add(journal, "x", NOW - 9000, NOW - 8000, PARIS, now=NOW, person=typed)
    edited = sessions.add(journal, "x", NOW - 7000, NOW - 6000, PARIS, now=NOW, person="Bob")
    edited = sessions.edit(journal, edited.id, now=NOW, person=typed)
    (changed,) = batch_edit.change(journal, [added.id], now=NOW, person=typed)
    outcome = outcomes.add(journal, "prospect", NOW, PARIS, now=NOW, person=typed)
    later = outcomes.edit(journal, outcomes.add(journal, "prospect", NOW, PARIS, now=NOW).id, now=NOW, person=typed)
    found = (running, other, added, edited, changed, outcome, later)
    assert {one.person for one in found} == {kept}


def test_whoever_is_named_once_can_be_spelled_anew(journal: Journal) -> None:
    only = talk(journal, "call", DAY, "samia")
    assert sessions.edit(journal, only.id, now=NOW, person="Samia").person == "Samia"
    again = talk(journal, "call", 2 * DAY, "SAMIA")
    assert again.person == "Samia"
    assert sessions.edit(journal, again.id, now=NOW, person="samia").person == "Samia", "the others say how"


def imported(journal: Journal, channel: str, ago: int, who: str, ring: str | None = None) -> int:
    """A session with a name as another program, or an import of an earlier version, has spelled it."""
    return journal.change(
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
def test_one_person_under_two_spellings_is_one(journal: Journal, case: str, turned: bool) -> None:
    first, second = SPELLINGS[case][::-1] if turned else SPELLINGS[case]
    imported(journal, "call", 5 * DAY, first, "street")
    later = imported(journal, "meeting", DAY, second, "city")
    imported(journal, "linkedin", DAY // 2, second)
    (person,) = people.people(journal)
    wanted = Person(named(first), "call", "street", NOW - 5 * DAY, "linkedin", NOW - DAY // 2, "city", 2)
    assert person == wanted
    for name in (first, second):
        assert people.find(journal, name) == wanted
        assert person_names.known_as(journal, name) == named(first)
        assert last_touch.last_touch(journal, NOW, name)[:2] == ("linkedin", NOW - DAY // 2)  # type: ignore[index]
        assert people.first_on(journal, name, ("social",)) == later + 1
    assert session_table.people(journal) == [named(second)]
    people.set_met(journal, second, channel="x", ring=None, now=NOW)
    people.set_met(journal, first, channel="instagram", ring=None, now=NOW)
    assert [(one.met, one.talks) for one in people.people(journal)] == [("instagram", 2)]
    people.set_met(journal, second, channel=None, ring=None, now=NOW)
    assert people.people(journal) == [wanted]


def test_two_sessions_that_began_at_once_are_two_talks(journal: Journal) -> None:
    imported(journal, "call", DAY, "anna")
    imported(journal, "meeting", DAY, "anna")
    assert [one.talks for one in people.people(journal)] == [2]


def test_a_sale_noted_under_two_spellings_is_seen_twice(journal: Journal) -> None:
    kept = {"amount": 100, "currency": "EUR", "channel": "x"}
    outcomes.add(journal, "client", NOW - DAY, PARIS, now=NOW, person="élodie", **kept)  # type: ignore[arg-type]
    journal.connection.execute("UPDATE outcome SET person = 'ÉLODIE'")
    income = outcomes.add(journal, "income", NOW, PARIS, now=NOW, person="Bob", **kept)  # type: ignore[arg-type]
    assert outcomes.possible_duplicate(journal, income._replace(person="élodie"))
    assert outcomes.possible_duplicate(journal, income) is None


def test_names_are_found_by_the_indexes(journal: Journal) -> None:
    for table, plan in (("session", "session_by_person"), ("outcome", "outcome_by_person")):
        query = person_names._UNUSUAL_NAMES.format(table=table)
        told = " ".join(str(row) for row in journal.rows(f"EXPLAIN QUERY PLAN {query}"))
        assert told.count(plan) == 2
        assert "TEMP B-TREE" not in told
    query = f"SELECT 1 FROM session WHERE {person_names.IS_PERSON.format('?')}"
    told = str(journal.rows(f"EXPLAIN QUERY PLAN {query}", ("[]",)))
    assert "SEARCH session USING" in told
    assert "session_by_person" in told
