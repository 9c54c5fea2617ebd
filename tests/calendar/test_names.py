"""Names in a line of words: `with Anna` says who; a talk's line begins with one, be it of several words."""

from __future__ import annotations

import pytest

from tracker.calendar.session_line import as_name, first_name, with_person

KNOWN = ("samia", "inès and théo", "anna berg")
TAKEN = ("linkedin", "create")


def known(name: str) -> bool:
    return name.casefold() in KNOWN


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("linkedin 25m with Anna", 'linkedin 25m @"Anna"'),
        ("linkedin 25m with Anna street", 'linkedin 25m @"Anna" street'),
        ("linkedin 25m avec Samia", 'linkedin 25m @"Samia"'),
        ("linkedin 25m with samia about masks", 'linkedin 25m @"samia" about masks'),
        ("linkedin with Frau Huber, 25m", 'linkedin @"Frau Huber" 25m'),
        ("linkedin 25m with Anna von Berg, masks", 'linkedin 25m @"Anna von Berg" masks'),
        ("linkedin 25m with Inès and Théo street", 'linkedin 25m @"Inès and Théo" street'),
        ('linkedin 25m with "Anna Berg" masks', 'linkedin 25m @"Anna Berg" masks'),
        ("linkedin 25m with 3 clients", None),
        ("linkedin 25m with love", None),
        ("linkedin 25m with AI", None),
        ("linkedin 25m with LinkedIn", None),
        ("linkedin 25m with Anna's team", None),
        ("linkedin with Monday 25m", None),
        ("linkedin 25m with Anna @samia", None),
        ("linkedin 25m note: with Anna", None),
        ('linkedin 25m "with Anna"', None),
        ("linkedin 25m with", None),
    ],
)
def test_with_somebody(line: str, read: str | None) -> None:
    assert with_person(line, TAKEN, known) == (read or line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Frau Huber from the bakery, building", "Frau Huber"),
        ("Frau Huber, building", "Frau Huber"),
        ("frau huber 20m", "frau huber"),
        ("frau huber street", "frau huber"),
        ("Frau huber, masks", "Frau huber"),
        ("Anna von Berg 20m", "Anna von Berg"),
        ("lucie street 20m about masks", "lucie"),
        ("samia masks poster", "samia"),
        ("anna berg masks", "anna berg"),
        ("Lucie masks", "Lucie"),
        ("lucie wants a poster", "lucie wants"),
        ("lucie liked all those posters", "lucie"),
        ("lucie de 14h à 15h", "lucie"),
        ("lucie @samia", "lucie"),
        ("20m Lucie", ""),
        ("street 20m", ""),
        ("", ""),
    ],
)
def test_the_name_a_line_begins_with(line: str, name: str) -> None:
    words = line.split()
    assert as_name(words[: first_name(words, TAKEN, known)]) == name
