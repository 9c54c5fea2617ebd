"""People: known from the sessions and outcomes that name them, and from what the user says of where they were met.

A name is the same in whatever case, with whatever spaces and with or without the @ before it (`text.same_name`),
wherever it is typed or imported; it is written as it is known (`known_as`). With another letter it is another name, and
an accent makes another letter: José and Jose are two people until the user says otherwise.

SQLite folds the case of ASCII alone, and the file depends on no function of ours, so that other programs can read and
write it. A query for a person therefore asks for all `spellings` of the name; the indexes over names answer it.
"""

from __future__ import annotations

from tracker.domain.models import RINGS, Person, TrackerError
from tracker.domain.record import Record
from tracker.domain.text import as_json, named, same_name, typed
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.storage.file import Journal

#: Answered from the index session_by_person alone: a million sessions may name a few thousand people.
_FROM_SESSIONS = """
    SELECT met.person, met.channel, met.ring, met.start, last.channel, last.start, (
        SELECT ring FROM session WHERE session.person = met.person COLLATE NOCASE AND ring IS NOT NULL
        ORDER BY start DESC LIMIT 1
    ), talks, known.person
    FROM (
        SELECT person, min(start) AS first_at, max(start) AS last_at,
            count(*) FILTER (WHERE channel IN (SELECT name FROM channel WHERE kind = 'in_person')) AS talks
        FROM session WHERE person IS NOT NULL{only} GROUP BY person COLLATE NOCASE
    ) AS known
    JOIN session AS met ON met.person = known.person COLLATE NOCASE AND met.start = known.first_at
    JOIN session AS last ON last.person = known.person COLLATE NOCASE AND last.start = known.last_at
"""
_FROM_OUTCOMES = """
    SELECT person, channel, min(at) FROM outcome
    WHERE person IS NOT NULL AND channel IS NOT NULL{only} GROUP BY person COLLATE NOCASE
"""
#: One of the spellings of a name, which are given as JSON.
IS_PERSON = "person COLLATE NOCASE IN (SELECT value FROM json_each({}))"

_ONLY = f" AND {IS_PERSON.format('?')}"

#: The names in one of the indexes over names that SQLite does not find by what `same_name` makes of them, found by
#: going from name to name in it.
_NAMES = """
    WITH RECURSIVE known(name) AS (
        SELECT * FROM (
            SELECT person FROM {table} WHERE person IS NOT NULL ORDER BY person COLLATE NOCASE LIMIT 1
        )
        UNION ALL
        SELECT (SELECT person FROM {table} WHERE person > name COLLATE NOCASE ORDER BY person COLLATE NOCASE LIMIT 1)
        FROM known WHERE name IS NOT NULL
    ) SELECT name FROM known
    WHERE name GLOB '*[^ -~]*' OR name GLOB '*[@"]*' OR instr(name, '  ') OR name GLOB ' *' OR name GLOB '* '
"""

#: The same on a ring, the last that was said.
_RING = f"SELECT ring FROM session WHERE {IS_PERSON.format('?')} AND ring IS NOT NULL ORDER BY start DESC LIMIT 1"


def people(journal: Journal) -> list[Person]:
    """Everybody the log knows, the last met first."""
    return sorted(_found(journal, None), key=lambda person: -(person.last_at or person.met_at or 0))


def find(journal: Journal, name: str) -> Person | None:
    """The person of this name, in whatever case."""
    return next(iter(_found(journal, name)), None)


def known_as(journal: Journal, name: str | None, *, but: Sequence[int] = (), outcome: int = 0) -> str | None:
    """A name that was typed as it is kept: cleaned, and spelled as that person is known; None for nothing.

    Known is what the user said of a person, else the first session that names them, else the first outcome; the
    sessions `but` and the `outcome` with this id are left out: their own name is being changed. Raises TrackerError for
    a name that is too long.
    """
    name = typed("person", named(name))
    if not name:
        return None
    wanted = same_name(name)
    for there, _met, _ring in said(journal):
        if same_name(there) == wanted:
            return there
    marks = ", ".join("?" * len(but))
    row = journal.row(
        "SELECT person FROM (SELECT person, 1 AS place, start AS at FROM session "
        f"WHERE {IS_PERSON.format('?1')} AND id NOT IN ({marks}) "
        f"UNION ALL SELECT person, 2, at FROM outcome WHERE {IS_PERSON.format('?1')} AND id <> ?) "
        "ORDER BY place, at LIMIT 1",
        (spellings(journal, name), *but, outcome),
    )
    return named(row[0]) or name if row else name


def spellings(journal: Journal, name: str) -> str:
    """A name in every spelling that sessions and outcomes may have of it, as JSON: for `IS_PERSON`."""
    state = journal.data_version(), journal.connection.total_changes
    if journal.spelled is None or journal.spelled[0] != state:
        found: dict[str, list[str]] = {}
        for table in ("session", "outcome"):
            for (other,) in journal.rows(_NAMES.format(table=table)):
                found.setdefault(same_name(other), []).append(other)
        journal.spelled = state, found
    key = same_name(name)
    return as_json([name, key, *journal.spelled[1].get(key, ())])


def said(journal: Journal) -> list[tuple[str, str | None, str | None]]:
    """(name, channel, ring) of everybody of whom the user said where they were met."""
    return journal.rows("SELECT name, met, met_ring FROM person ORDER BY id")


def first_on(journal: Journal, name: str, kinds: tuple[str, ...]) -> int | None:
    """The id of the first session with this person on a channel of one of these kinds."""
    marks = ", ".join("?" * len(kinds))
    row = journal.row(
        f"SELECT id FROM session WHERE {IS_PERSON.format('?')} "
        f"AND channel IN (SELECT name FROM channel WHERE kind IN ({marks})) ORDER BY start, id LIMIT 1",
        (spellings(journal, name), *kinds),
    )
    return int(row[0]) if row else None


def talks_by_ring(journal: Journal) -> dict[str, int]:
    """How many sessions there were on in-person channels, on each ring; 0 where there was none."""
    rows = journal.rows(
        "SELECT ring, count(*) FROM session WHERE ring IS NOT NULL "
        "AND channel IN (SELECT name FROM channel WHERE kind = 'in_person') GROUP BY ring"
    )
    return dict.fromkeys(RINGS, 0) | dict(rows)


def set_met(journal: Journal, name: str, *, channel: str | None, ring: str | None, now: int) -> None:
    """Say where one met someone: on a channel, or on a ring; neither leaves it to the log.

    Raises TrackerError for both at once, or a name that is blank or too long.
    """
    who = known_as(journal, name)
    if not who or (channel and ring):
        raise TrackerError(_("someone was met on a channel or on a ring"))
    with journal.action(_("noted where {who} was met").format(who=who), now):
        if channel or ring:
            journal.change(
                "INSERT INTO person(name, met, met_ring) VALUES (?, ?, ?) "
                "ON CONFLICT(name) DO UPDATE SET met = excluded.met, met_ring = excluded.met_ring",
                (who, channel, ring),
            )
        else:
            journal.change("DELETE FROM person WHERE name = ?", (who,))


def _found(journal: Journal, name: str | None) -> list[Person]:
    """Everybody, or the one of that name: what sessions tell, then outcomes, then the user, who knows best."""
    found: dict[str, Person] = {}
    spelled: dict[str, set[str]] = {}  # what was added up, as SQLite tells names apart
    for first, *row, group in _rows(journal, _FROM_SESSIONS, name):
        person = Person(named(first), *row)
        key = same_name(person.name)
        groups = spelled.setdefault(key, set())
        if group not in groups:  # two sessions with somebody may have begun at once
            groups.add(group)
            found[key] = _together(found[key], person) if key in found else person
    for key, groups in spelled.items():
        if len(groups) > 1:
            found[key] = found[key]._replace(ring=(journal.row(_RING, (as_json(sorted(groups)),)) or [None])[0])
    for who, channel, at in _rows(journal, _FROM_OUTCOMES, name):
        key = same_name(who)
        person = found.setdefault(key, Person(named(who), met_at=at))
        if person.met_at is None or at < person.met_at or person.met is None:
            found[key] = person._replace(met=channel, met_ring=None, met_at=at)
    wanted = None if name is None else same_name(name)
    for who, met, ring in said(journal):
        key = same_name(who)
        if wanted in (None, key):
            found[key] = found.get(key, Person(who))._replace(name=who, met=met, met_ring=ring)
    return list(found.values())


def _together(one: Person, other: Person) -> Person:
    """What sessions tell of somebody under two spellings; the ring is left to be looked for."""
    first, second = sorted((one, other), key=lambda person: person.met_at or 0)
    last = max(one, other, key=lambda person: person.last_at or 0)
    return first._replace(last=last.last, last_at=last.last_at, talks=first.talks + second.talks)


def _rows(journal: Journal, sql: str, name: str | None) -> list[Any]:
    if name is None:
        return journal.rows(sql.format(only=""))
    return journal.rows(sql.format(only=_ONLY), (spellings(journal, name),))


class Talk(Record):
    """A talk with somebody: on which in-person channel, and when it ended (UTC seconds; now while it goes on)."""

    channel: str
    end: int


#: Answered from the index session_by_person; the end is looked up of the last talk with each person alone.
_LAST_TALKS = """
    WITH talked AS (SELECT name FROM channel WHERE kind = 'in_person')
    SELECT last.person, last.channel, coalesce(last."end", ?)
    FROM (
        SELECT person, max(start) AS at FROM session WHERE person IS NOT NULL AND channel IN talked
        GROUP BY person COLLATE NOCASE
    ) AS known
    JOIN session AS last
        ON last.person = known.person COLLATE NOCASE AND last.start = known.at AND last.channel IN talked
    ORDER BY last.start
"""


def last_talks(journal: Journal, now: int) -> dict[str, Talk]:
    """The last talk with each person who was talked to, by the name in lower case."""
    return {str(who).casefold(): Talk(channel, end) for who, channel, end in journal.rows(_LAST_TALKS, (now,))}
