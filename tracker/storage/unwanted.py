"""What an import brought and the user took back (the table `unwanted`): no automatic import brings it again.

For as long as undo reaches, the facts of undone imports tell what is unwanted (`imported_facts.undone`). What has no
facts is noted here when its import is undone, and the facts are noted when they are forgotten. An import that the user
asks for brings everything.
"""

from __future__ import annotations

from tracker.storage.removed_time import IS_READ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.storage.database import Database

#: By table: the columns that identify what an import brings without facts.
_KEYS = {"habit": ("name",), "habit_day": ("habit", "date"), "notification": ("channel", "at")}

#: The name under which words are noted that a merge gave to a measured session; their key is its channel and start.
WORDS = "words"


def key(*values: object) -> str:
    """The key of what these values identify."""
    return "/".join(str(value).casefold() for value in values)


def fact_of(format: str) -> str:
    """The name under which the facts of a format are noted."""
    return f"fact {format}"


def keys(database: Database, what: str) -> frozenset[str]:
    """The keys that are unwanted, of records of a table (by their identity), of facts, or of WORDS."""
    return frozenset(key for (key,) in database.rows("SELECT key FROM unwanted WHERE what = ?", (what,)))


def note(database: Database, action: int) -> None:
    """Note what the undo step `action` brought, before it is undone. Inside a transaction."""
    database.change(
        'INSERT OR IGNORE INTO unwanted(action, what, key) SELECT ?1, "table", uid FROM identity WHERE brought_by = ?1',
        (action,),
    )
    first, last, is_import = database.row(
        "SELECT first, last, source IS NOT NULL OR EXISTS "
        f"(SELECT 1 FROM imported_fact WHERE imported_fact.action = ?1 AND {IS_READ}) FROM action WHERE id = ?1",
        (action,),
    )
    if not is_import:
        return
    keys_of_step: list[tuple[str, str]] = []
    for table, columns in _KEYS.items():
        rows = database.rows(
            f"SELECT {', '.join(columns)} FROM {table} WHERE id IN "
            "(SELECT row FROM change WHERE id BETWEEN ? AND ? AND \"table\" = ? AND what = 'insert')",
            (first, last, table),
        )
        keys_of_step += [(table, key(*row)) for row in rows]
    changed = database.rows(
        "SELECT json_extract(before, '$.channel'), json_extract(before, '$.start') FROM change "
        "WHERE id BETWEEN ? AND ? AND \"table\" = 'session' AND what = 'update'",
        (first, last),
    )
    keys_of_step += [(WORDS, key(*session)) for session in changed]
    database.change_many(
        "INSERT OR IGNORE INTO unwanted(action, what, key) VALUES (?, ?, ?)", ((action, *pair) for pair in keys_of_step)
    )


def withdraw(database: Database, action: int) -> None:
    """The undo step is done again: what it brought is wanted. Inside a transaction."""
    database.change("DELETE FROM unwanted WHERE action = ?", (action,))


def keep_facts(database: Database, last: int) -> None:
    """Note the facts of undone imports up to the undo step `last`, which are forgotten now. Inside a transaction."""
    database.change(
        "INSERT OR IGNORE INTO unwanted(action, what, key) "
        f"SELECT action, '{fact_of('')}' || format, key FROM imported_fact WHERE channel <> '' AND action IN "
        "(SELECT id FROM action WHERE id <= ? AND state IN ('undone', 'dropped'))",
        (last,),
    )
