"""People: known from the sessions and outcomes that name them, and from what the user says of where they were met."""

from __future__ import annotations

from tracker.journal.session_rows import people as names
from tracker.locale import _
from tracker.model import Person, TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal.file import Journal

__all__ = ["find", "names", "people", "said", "set_met"]

_SELECT = """
    SELECT coalesce(person.name, met.person),
        coalesce(person.met, CASE WHEN person.met_ring IS NULL THEN met.channel END),
        coalesce(person.met_ring, CASE WHEN person.met IS NULL THEN met.ring END), met.start,
        last.channel, last.start, last.ring, talks
    FROM (
        SELECT person, min(start) AS first_at, max(start) AS last_at,
            count(*) FILTER (WHERE channel IN (SELECT name FROM channel WHERE kind = 'in_person')) AS talks
        FROM session WHERE person IS NOT NULL GROUP BY person COLLATE NOCASE
    ) AS known
    JOIN session AS met ON met.person = known.person COLLATE NOCASE AND met.start = known.first_at
    JOIN session AS last ON last.person = known.person COLLATE NOCASE AND last.start = known.last_at
    LEFT JOIN person ON person.name = known.person
"""


def people(journal: Journal) -> list[Person]:
    """Everybody the log knows, the last met first."""
    found = {str(row[0]).casefold(): Person._make(row) for row in journal.rows(_SELECT)}
    for name, met, ring in said(journal):
        found.setdefault(str(name).casefold(), Person(name, met, ring))
    return sorted(found.values(), key=lambda person: -(person.last_at or 0))


def said(journal: Journal) -> list[tuple[str, str | None, str | None]]:
    """(name, channel, ring) of everybody of whom the user said where they were met."""
    return journal.rows("SELECT name, met, met_ring FROM person ORDER BY id")


def find(journal: Journal, name: str) -> Person | None:
    """The person of this name, in whatever case."""
    return next((person for person in people(journal) if person.name.casefold() == name.casefold()), None)


def set_met(journal: Journal, name: str, *, channel: str | None, ring: str | None, now: int) -> None:
    """Say where one met someone: on a channel, or on a ring. Raises TrackerError for both at once, or a blank name."""
    if not name.strip() or (channel and ring):
        raise TrackerError(_("someone was met on a channel or on a ring"))
    with journal.action(_("noted where {who} was met").format(who=name), now):
        journal.change(
            "INSERT INTO person(name, met, met_ring) VALUES (?, ?, ?) "
            "ON CONFLICT(name) DO UPDATE SET met = excluded.met, met_ring = excluded.met_ring",
            (name.strip(), channel, ring),
        )
