"""People: known from the sessions and outcomes that name them, and from what the user says of where they were met."""

from __future__ import annotations

from tracker.domain.errors import TrackerError
from tracker.domain.models import RINGS, Person, Talk
from tracker.domain.text import as_json, named, same_name
from tracker.locale import _
from tracker.storage.person_names import IS_PERSON, known_as, said, spellings
from tracker.storage.undo_steps import undo_step

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.storage.database import Database

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
#: The ring that was said last of a person.
_RING = f"SELECT ring FROM session WHERE {IS_PERSON.format('?')} AND ring IS NOT NULL ORDER BY start DESC LIMIT 1"


def people(database: Database) -> list[Person]:
    """Everybody the log knows, the last met first."""
    return sorted(find_all(database), key=lambda person: -(person.last_at or person.met_at or 0))


def find(database: Database, name: str) -> Person | None:
    """The person of this name, in whatever case."""
    return next(iter(find_all(database, [name])), None)


def first_on(database: Database, name: str, kinds: tuple[str, ...]) -> int | None:
    """The id of the first session with this person on a channel of one of these kinds."""
    marks = ", ".join("?" * len(kinds))
    row = database.row(
        f"SELECT id FROM session WHERE {IS_PERSON.format('?')} "
        f"AND channel IN (SELECT name FROM channel WHERE kind IN ({marks})) ORDER BY start, id LIMIT 1",
        (spellings(database, name), *kinds),
    )
    return int(row[0]) if row else None


def talks_by_ring(database: Database) -> dict[str, int]:
    """How many sessions there were on in-person channels, on each ring; 0 where there was none."""
    rows = database.rows(
        "SELECT ring, count(*) FROM session WHERE ring IS NOT NULL "
        "AND channel IN (SELECT name FROM channel WHERE kind = 'in_person') GROUP BY ring"
    )
    return dict.fromkeys(RINGS, 0) | dict(rows)


def set_met(database: Database, name: str, *, channel: str | None, ring: str | None, now: int) -> None:
    """Say where somebody was met: on a channel, or on a ring; with neither, the log decides.

    Raises TrackerError for both at once, or a name that is blank or too long.
    """
    who = known_as(database, name)
    if not who or (channel and ring):
        raise TrackerError(_("write a channel or a ring as the place where you met"))
    with undo_step(database, _("recorded where you met {who}").format(who=who), now):
        if channel or ring:
            database.upsert("person", ("name",), {"name": who, "met": channel, "met_ring": ring})
        else:
            database.change("DELETE FROM person WHERE name = ?", (who,))


def find_all(database: Database, names: Collection[str] | None = None) -> list[Person]:
    """Everybody, or the people of these names, in whatever case; names that nobody has are left out.

    From sessions, then outcomes, then the user's own word, which wins.
    """
    only = "" if names is None else f" AND {IS_PERSON.format('?')}"
    values = () if names is None else (spellings(database, *names),)
    by_key: dict[str, Person] = {}
    spelled: dict[str, set[str]] = {}  # the spellings that SQLite grouped, by key
    for first, *row, group in database.rows(_FROM_SESSIONS.format(only=only), values):
        person = Person(named(first), *row)
        key = same_name(person.name)
        groups = spelled.setdefault(key, set())
        if group not in groups:  # two sessions with somebody may have begun at the same instant
            groups.add(group)
            by_key[key] = _merged(by_key[key], person) if key in by_key else person
    for key, groups in spelled.items():
        if len(groups) > 1:
            by_key[key] = by_key[key]._replace(ring=(database.row(_RING, (as_json(sorted(groups)),)) or [None])[0])
    for spelling, channel, at in database.rows(_FROM_OUTCOMES.format(only=only), values):
        key = same_name(spelling)
        person = by_key.setdefault(key, Person(named(spelling), met_at=at))
        if person.met_at is None or at < person.met_at or person.met is None:
            by_key[key] = person._replace(met=channel, met_ring=None, met_at=at)
    wanted = None if names is None else {same_name(name) for name in names}
    for spelling, met, ring in said(database):
        key = same_name(spelling)
        if wanted is None or key in wanted:
            by_key[key] = by_key.get(key, Person(spelling))._replace(name=spelling, met=met, met_ring=ring)
    return list(by_key.values())


def _merged(person: Person, other: Person) -> Person:
    """What sessions tell of a person under two spellings; the caller looks up the ring."""
    first, second = sorted((person, other), key=lambda met: met.met_at or 0)
    last = max(person, other, key=lambda met: met.last_at or 0)
    return first._replace(last=last.last, last_at=last.last_at, talks=first.talks + second.talks)


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


def last_talks(database: Database, now: int) -> dict[str, Talk]:
    """The last talk with each person who was talked to, by the name in lower case."""
    return {str(who).casefold(): Talk(channel, end) for who, channel, end in database.rows(_LAST_TALKS, (now,))}
