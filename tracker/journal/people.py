"""People: known from the sessions and outcomes that name them, and from what the user says of where they were met.

A name is the same in whatever case, with whatever spaces and with or without the @ before it, wherever it is typed; it
is written as it is known (`known_as`). With another letter it is another name, and an accent makes another letter: José
and Jose are two people until the user says otherwise.
"""

from __future__ import annotations

from tracker.locale import _
from tracker.model import RINGS, Person, TrackerError
from tracker.text import typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
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


def known_as(journal: Journal, name: str | None, *, but: Sequence[int] = (), outcome: int = 0) -> str | None:
    """A name that was typed as it is kept: cleaned, and spelled as that person is known; None for nothing.

    Known is what the user said of a person, else the first session that names them, else the first outcome; the
    sessions `but` and the `outcome` with this id are left out: their own name is being changed. Raises TrackerError for
    a name that is too long.
    """
    name = (name or "").strip().lstrip("@").strip()
    quoted = len(name) > 1 and name[0] == name[-1] == '"'
    name = typed("person", name[1:-1] if quoted else name)
    if name is None:
        return None
    if not name.isascii():  # SQLite folds the case of ASCII alone
        return _spelled(journal, name, but, outcome)
    marks = ", ".join("?" * len(but))
    row = journal.row(
        "SELECT name FROM (SELECT name, 1 AS place, 0 AS at FROM person WHERE name = ?1 COLLATE NOCASE "
        f"UNION ALL SELECT person, 2, start FROM session WHERE person = ?1 COLLATE NOCASE AND id NOT IN ({marks}) "
        "UNION ALL SELECT person, 3, at FROM outcome WHERE person = ?1 COLLATE NOCASE AND id <> ?) "
        "ORDER BY place, at LIMIT 1",
        (name, *but, outcome),
    )
    return str(row[0]) if row else name


def _spelled(journal: Journal, name: str, but: Sequence[int], outcome: int) -> str:
    """The same for a name with letters beyond ASCII, which are written in more than one way, too."""
    from unicodedata import normalize

    def folded(text: str) -> str:
        return normalize("NFC", normalize("NFC", text).casefold())

    wanted = folded(name)
    # By the indexes over names: a million sessions may name a few thousand people.
    known = [
        *journal.rows("SELECT name, 0 FROM person"),
        *journal.rows(
            "SELECT person, min(start) FROM session WHERE person IS NOT NULL "
            f"AND id NOT IN ({', '.join('?' * len(but))}) GROUP BY person COLLATE NOCASE ORDER BY 2",
            but,
        ),
        *journal.rows(
            "SELECT person, min(at) FROM outcome WHERE person IS NOT NULL AND id <> ? "
            "GROUP BY person COLLATE NOCASE ORDER BY 2",
            (outcome,),
        ),
    ]
    return next((str(there) for there, _at in known if folded(there) == wanted), name)


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
    name = typed("person", name) or ""
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
