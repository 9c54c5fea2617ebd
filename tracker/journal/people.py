"""People: known from the sessions and outcomes that name them, and from what the user says of where they were met.

A name is the same in whatever case; it is written as it was first.
"""

from __future__ import annotations

from tracker.locale import _
from tracker.model import RINGS, Person, TrackerError
from tracker.text import entered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tracker.journal.file import Journal

#: Answered from the index session_by_person alone: a million sessions may name a few thousand people.
_FROM_SESSIONS = """
    SELECT coalesce(person.name, met.person), met.channel, met.ring, met.start, last.channel, last.start, (
        SELECT ring FROM session WHERE session.person = met.person COLLATE NOCASE AND ring IS NOT NULL
        ORDER BY start DESC LIMIT 1
    ), talks
    FROM (
        SELECT person, min(start) AS first_at, max(start) AS last_at,
            count(*) FILTER (WHERE channel IN (SELECT name FROM channel WHERE kind = 'in_person')) AS talks
        FROM session WHERE person IS NOT NULL{only} GROUP BY person COLLATE NOCASE
    ) AS known
    JOIN session AS met ON met.person = known.person COLLATE NOCASE AND met.start = known.first_at
    JOIN session AS last ON last.person = known.person COLLATE NOCASE AND last.start = known.last_at
    LEFT JOIN person ON person.name = known.person
"""
_FROM_OUTCOMES = """
    SELECT person, channel, min(at) FROM outcome
    WHERE person IS NOT NULL AND channel IS NOT NULL{only} GROUP BY person COLLATE NOCASE
"""
_ONLY = " AND person = ? COLLATE NOCASE"


def people(journal: Journal) -> list[Person]:
    """Everybody the log knows, the last met first."""
    return sorted(_found(journal, None), key=lambda person: -(person.last_at or person.met_at or 0))


def find(journal: Journal, name: str) -> Person | None:
    """The person of this name, in whatever case."""
    return next(iter(_found(journal, name)), None)


def said(journal: Journal) -> list[tuple[str, str | None, str | None]]:
    """(name, channel, ring) of everybody of whom the user said where they were met."""
    return journal.rows("SELECT name, met, met_ring FROM person ORDER BY id")


def first_on(journal: Journal, name: str, kinds: tuple[str, ...]) -> int | None:
    """The id of the first session with this person on a channel of one of these kinds."""
    marks = ", ".join("?" * len(kinds))
    row = journal.row(
        "SELECT id FROM session WHERE person = ? COLLATE NOCASE "
        f"AND channel IN (SELECT name FROM channel WHERE kind IN ({marks})) ORDER BY start, id LIMIT 1",
        (name, *kinds),
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
    if not name.strip() or (channel and ring):
        raise TrackerError(_("someone was met on a channel or on a ring"))
    if not channel and not ring:
        with journal.action(_("noted where {who} was met").format(who=name), now):
            journal.change("DELETE FROM person WHERE name = ?", (name.strip(),))
        return
    name = entered("person", name) or ""
    with journal.action(_("noted where {who} was met").format(who=name), now):
        journal.change(
            "INSERT INTO person(name, met, met_ring) VALUES (?, ?, ?) "
            "ON CONFLICT(name) DO UPDATE SET met = excluded.met, met_ring = excluded.met_ring",
            (name.strip(), channel, ring),
        )


def _found(journal: Journal, name: str | None) -> list[Person]:
    """Everybody, or the one of that name: what sessions tell, then outcomes, then the user, who knows best."""
    found: dict[str, Person] = {}
    for row in _rows(journal, _FROM_SESSIONS, name):
        found.setdefault(str(row[0]).casefold(), Person._make(row))
    for who, channel, at in _rows(journal, _FROM_OUTCOMES, name):
        person = found.setdefault(str(who).casefold(), Person(who, met_at=at))
        if person.met_at is None or at < person.met_at or person.met is None:
            found[str(who).casefold()] = person._replace(met=channel, met_ring=None, met_at=at)
    for who, met, ring in said(journal):
        key = str(who).casefold()
        if name is None or key == name.casefold():
            found[key] = found.get(key, Person(who))._replace(met=met, met_ring=ring)
    return list(found.values())


def _rows(journal: Journal, sql: str, name: str | None) -> list[Any]:
    return journal.rows(sql.format(only="" if name is None else _ONLY), () if name is None else (name,))
