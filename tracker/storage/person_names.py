"""Names of people: two spellings are one person where `text.same_name` says so, wherever they are typed or imported.

Capitals, spaces and an @ before the name do not count; an accent does: José and Jose are two people.

SQLite compares only ASCII letters without case, and the file must not depend on a function of ours, because other
programs read and write it. So a query for a person asks for all `spellings` of the name; indexes on names answer it.
"""

from __future__ import annotations

from tracker.domain.text import as_json, named, same_name, typed

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.storage.database import Database

#: SQL for "the person has one of these spellings", which are given as JSON.
IS_PERSON = "person COLLATE NOCASE IN (SELECT value FROM json_each({}))"

#: The names in one of the indexes that differ from their key (`same_name`) by more than ASCII case. The query goes from
#: name to name in the index.
_UNUSUAL_NAMES = """
    SELECT * FROM (WITH RECURSIVE known(name) AS (
        SELECT * FROM (
            SELECT person FROM {table} WHERE person IS NOT NULL ORDER BY person COLLATE NOCASE LIMIT 1
        )
        UNION ALL
        SELECT (SELECT person FROM {table} WHERE person > name COLLATE NOCASE ORDER BY person COLLATE NOCASE LIMIT 1)
        FROM known WHERE name IS NOT NULL
    ) SELECT name FROM known
    WHERE name GLOB '*[^ -~]*' OR name GLOB '*[@"]*' OR instr(name, '  ') OR name GLOB ' *' OR name GLOB '* ')
"""
_UNUSUAL_OF_BOTH = " UNION ALL ".join(_UNUSUAL_NAMES.format(table=table) for table in ("session", "outcome"))


def spellings(database: Database, *names: str) -> str:
    """All spellings of these names in sessions and outcomes, as JSON: the value for `IS_PERSON`."""
    state = database.data_version(), database.connection.total_changes
    if database.name_spellings is None or database.name_spellings[0] != state:
        by_key: dict[str, list[str]] = {}
        for (other,) in database.rows(_UNUSUAL_OF_BOTH):
            by_key.setdefault(same_name(other), []).append(other)
        database.name_spellings = state, by_key
    known = database.name_spellings[1]
    keys = [same_name(name) for name in names]
    return as_json([*names, *keys, *(spelling for key in keys for spelling in known.get(key, ()))])


def known_as(database: Database, name: str | None, *, excluding: Sequence[int] = (), outcome: int = 0) -> str | None:
    """A typed name as it is stored: cleaned, and spelled as that person is known; None for an empty one.

    The spelling is that of the user's own statement (`said`), else of the first session with them, else of the first
    outcome. The sessions `excluding` and the `outcome` with this id do not count: their name is being changed. Raises
    TrackerError for a name that is too long.
    """
    name = typed("person", named(name))
    if not name:
        return None
    key = same_name(name)
    for known, _met, _ring in said(database):
        if same_name(known) == key:
            return known
    marks = ", ".join("?" * len(excluding))
    row = database.row(
        "SELECT person FROM (SELECT person, 1 AS place, start AS at FROM session "
        f"WHERE {IS_PERSON.format('?1')} AND id NOT IN ({marks}) "
        f"UNION ALL SELECT person, 2, at FROM outcome WHERE {IS_PERSON.format('?1')} AND id <> ?) "
        "ORDER BY place, at LIMIT 1",
        (spellings(database, name), *excluding, outcome),
    )
    return named(row[0]) or name if row else name


def said(database: Database) -> list[tuple[str, str | None, str | None]]:
    """(name, channel, ring) of everybody of whom the user said where they met."""
    return database.rows("SELECT name, met, met_ring FROM person ORDER BY id")
