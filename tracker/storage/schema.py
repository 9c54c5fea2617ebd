"""The schema of the file as SQL: tables, indexes, views and triggers, in the order the migrations add them.

The keys are readable names: a session has the *name* of its channel, so that `sqlite-utils rows tracker.db session`
reads without a join and a session can be written by hand with `sqlite3`. Times are UTC seconds; the views show the
wall clock of the zone each record was made in. Every table that undo covers has an integer `id`.

Each version of the schema is a list of statements that are applied once, in order (`VERSIONS`, at the end): SQL and
not calls of sqlite-utils, which can create neither CHECK constraints, triggers nor partial indexes. What a version adds
word for word stands in its file in the folder `versions`; what depends on the columns of tables is made here.

An older file is migrated by `sqlite_utils.Migrations`. A new file gets the same statements without that library, and
the same records of what was applied, because importing sqlite_utils costs 75 ms, and more than a second where numpy is
installed. CPU time of the first `tracker check` on a new file, against `python -c "import sqlite3"`: 4.5 to 5.3 times,
with or without numpy (0.7 of it to read the default channels); it was 8.4 times, and 45 with numpy.
"""

from __future__ import annotations

import os
import sqlite3

from tracker.domain.default_channels import ACTIVITIES, CHANNELS, default_matches
from tracker.files.file_access import read_text
from tracker.storage import search_index
from tracker.storage.file_format import APPLICATION_ID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import sqlite_utils

    #: SQL with its values.
    Statement = tuple[str, Sequence[object] | dict[str, object]]
    #: The name of a version, as it is recorded in the file, and its statements.
    Version = tuple[str, Callable[[], Iterator[Statement]]]

#: By table: the columns whose first values identify a row. Rows of other tables are identified by number and birth.
NATURAL = {
    "channel": ("name",),
    "channel_match": ("what", "text"),
    "activity": ("name",),
    "day_note": ("date",),
    "person": ("name",),
    "habit": ("name",),
    "habit_day": ("habit", "date"),
    "estimate": ("week", "channel"),
    "verdict": ("week", "channel"),
}

#: The one REAL column that a logged table may have. JSON keeps 15 digits of a number and knows no infinity, so the
#: change log has a REAL column of its own for it.
REAL_COLUMNS = {"habit": "target", "habit_day": "value", "commitment": "target"}


def _file(version: str) -> list[str]:
    """The statements in the file of a version: each ends with a semicolon at the end of a line."""
    text = read_text(os.path.join(os.path.dirname(__file__), "versions", f"{version}.sql"))
    lines = [line for line in text.splitlines() if not line.startswith("--")]
    return [sql.strip() for sql in "\n".join([*lines, ""]).split(";\n") if sql.strip()]


def _columns(version: str, but: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The columns of each table that a version creates, but for some, by its SQL: a line each."""
    by_table = {}
    for sql in _file(version):
        lines = [line.strip().rstrip(",").split() for line in sql.split("\n")]
        name = lines[0][2]
        if sql.startswith("CREATE TABLE") and name not in but:
            typed = (line for line in lines if len(line) > 1 and line[1] in ("INTEGER", "TEXT", "REAL"))
            by_table[name] = tuple(line[0].strip('"') for line in typed)
    return by_table


#: The tables of version 1 and 2 whose every change is logged, with their columns.
FIRST_LOGGED = _columns("0001_first", but=("zone", "zone_offset", "state", "imported_fact", "action", "change"))
REVIEW_LOGGED = _columns("0002_reviews", but=("pattern_flag",))
#: Those tables with the columns of today.
LOGGED = FIRST_LOGGED | REVIEW_LOGGED


def quote_column(column: str) -> str:
    """The name of a column as SQL."""
    return f'"{column}"'


#: The unique keys of each table besides the id: SQL that finds the row that has the key of NEW already.
_UNIQUE_KEYS = {
    "channel": ("name = NEW.name", "letter = NEW.letter"),
    "channel_match": ("what = NEW.what AND text = NEW.text",),
    "activity": ("name = NEW.name",),
    "session": ('"end" IS NULL AND NEW."end" IS NULL',),
    "day_note": ("date = NEW.date",),
    "person": ("name = NEW.name COLLATE NOCASE",),
    "habit": ("name = NEW.name COLLATE NOCASE",),
    "habit_day": ("habit = NEW.habit COLLATE NOCASE AND date = NEW.date",),
    "notification": ("channel = NEW.channel AND at = NEW.at",),
    "estimate": ("week = NEW.week AND channel IS NEW.channel",),
    "review": (
        "week = NEW.week AND revision = NEW.revision",
        "week = NEW.week AND written IS NULL AND NEW.written IS NULL",
    ),
    "verdict": ("week = NEW.week AND channel IS NEW.channel",),
}


def log_triggers(table: str, number: str | None = None, columns: Sequence[str] = ()) -> tuple[str, ...]:
    """SQL of the triggers that log every change of `table`, whose `columns` are by default those it began with.

    A version that adds a column makes them anew with all columns: before it, a trigger must not name that one.

    An insert is logged without the row (undo deletes it, and that delete logs the row for redo); an update that changes
    nothing is not logged. INSERT OR REPLACE deletes the rows of the same key without firing delete triggers, so they
    are logged before the statement. If SQLite then ignores the insert or turns it into an update, undo writes back rows
    that are there already. `number` is the table's column in REAL_COLUMNS; None in versions 1 and 2.
    """
    columns = columns or (FIRST_LOGGED | REVIEW_LOGGED)[table]
    names = (column for column in columns if column != number)
    image = "json_object(" + ", ".join(f"'{column}', OLD.\"{column}\"" for column in names) + ")"
    if number:
        image += f', OLD."{number}"'
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    log = f'INSERT INTO change("table", row, what, before{", number" if number else ""}) '
    rivals = [f"SELECT id FROM {table} WHERE {key}" for key in ("id = NEW.id", *_UNIQUE_KEYS.get(table, ()))]
    replacing = f"WHEN {' OR '.join(f'EXISTS ({rival})' for rival in rivals)} BEGIN {log}" + (
        f"SELECT '{table}', id, 'delete', {image.replace('OLD.', '')} FROM {table} "
        f"WHERE id IN ({' UNION '.join(rivals)})"
    )
    return (
        f"CREATE TRIGGER {table}_inserted AFTER INSERT ON {table} BEGIN {log}"
        f"VALUES ('{table}', NEW.id, 'insert', NULL{', NULL' if number else ''}); END",
        f"CREATE TRIGGER {table}_updated AFTER UPDATE ON {table} WHEN {differs} BEGIN {log}"
        f"VALUES ('{table}', NEW.id, 'update', {image}); END",
        f"CREATE TRIGGER {table}_deleted AFTER DELETE ON {table} BEGIN {log}"
        f"VALUES ('{table}', OLD.id, 'delete', {image}); END",
        f"CREATE TRIGGER {table}_replaced BEFORE INSERT ON {table} {replacing}; END",
        f"CREATE TRIGGER {table}_overwritten BEFORE UPDATE ON {table} {replacing} AND id <> OLD.id; END",
    )


def _first() -> Iterator[Statement]:
    """The tables of version 0.1, their change log, and the default channels and activities."""
    yield from _verbatim(_file("0001_first"))
    for position, channel in enumerate(CHANNELS):
        yield (
            "INSERT INTO channel(name, title, kind, letter, position) VALUES (?, ?, ?, ?, ?)",
            (channel.name, channel.title, channel.kind, channel.letter, position),
        )
        for what, texts in default_matches(channel.name).items():
            stored_as = "app" if what == "bundle" else what
            for text in texts:
                yield (
                    "INSERT INTO channel_match(channel, what, text) VALUES (?, ?, ?)",
                    (channel.name, stored_as, text.lower()),
                )
    for position, activity in enumerate(ACTIVITIES):
        yield (
            "INSERT INTO activity(name, title, purpose, position) VALUES (?, ?, ?, ?)",
            (activity.name, activity.title, activity.purpose, position),
        )
    # After these rows: they are no change of the user's, and undo cannot take them back.
    for table in FIRST_LOGGED:
        yield from _verbatim(log_triggers(table))


def _reviews() -> Iterator[Statement]:
    """Notifications, what is remembered of patterns, what channels cost, and the weekly reviews."""
    yield from _verbatim(_file("0002_reviews"))
    for table in REVIEW_LOGGED:
        yield from _verbatim(log_triggers(table))


def _exact_numbers() -> Iterator[Statement]:
    """Undo and redo restore every number to its last bit: the change log has it beside the JSON of a row.

    Rows that an earlier version logged have the number inside the JSON instead.
    """
    yield "ALTER TABLE change ADD COLUMN number REAL", ()
    for table, number in REAL_COLUMNS.items():
        # SQLite before 3.42 wrote an infinity as a word that no JSON reader knows.
        for sign in ("", "-"):
            yield (
                """UPDATE change SET before = replace(before, ?, ?) WHERE "table" = ? AND before IS NOT NULL""",
                (f'"{number}":{sign}Inf', f'"{number}":{sign}9e999', table),
            )
        for sql in log_triggers(table, number):
            yield f"DROP TRIGGER IF EXISTS {sql.split()[2]}", ()
            yield sql, ()


def _bundles(only: Sequence[str] = ()) -> Iterator[Statement]:
    """The apps of iPhones and Macs, or `only` the apps with these names, belong to the channels that came with the
    program, where they have none."""
    # No change of the user's: it is not logged, and undo cannot take it back.
    triggers = log_triggers("channel_match")
    for sql in triggers:
        yield f"DROP TRIGGER IF EXISTS {sql.split()[2]}", ()
    for channel in CHANNELS:
        matches = default_matches(channel.name)
        bundles = matches.get("bundle", ())
        for bundle in [app for app in (*matches.get("app", ()), *bundles) if app in (only or bundles)]:
            # Redo writes rows back under their numbers, and what the user said of an app counts: neither the number nor
            # the text is one of a row that redo may still bring back.
            yield (
                "INSERT OR IGNORE INTO channel_match(id, channel, what, text) "
                "SELECT max((SELECT coalesce(max(id), 0) FROM channel_match), (SELECT coalesce(max(row), 0) "
                """FROM change WHERE "table" = 'channel_match')) + 1, name, 'app', :text FROM channel """
                "WHERE name = :name AND NOT EXISTS (SELECT 1 FROM action AS step JOIN action AS undoing "
                "ON undoing.target = step.id JOIN change ON change.id BETWEEN undoing.first AND undoing.last "
                """WHERE step.state = 'undone' AND "table" = 'channel_match' """
                "AND json_extract(before, '$.text') = :text)",
                {"text": bundle.lower(), "name": channel.name},
            )
    yield from _verbatim(triggers)


def _facts_by_format() -> Iterator[Statement]:
    """A fact is one of its format; and more apps of computers belong to their channels."""
    yield from _verbatim(_file("0012_facts_by_format"))
    names = ("org.telegram.desktop", "Telegram.exe", "telegram-desktop", "com.discordapp.Discord", "Discord.exe")
    yield from _bundles(names)


def _search() -> Iterator[Statement]:
    """Everything that was written is found by its words."""
    yield from _filled(search_index.FIRST_SEARCH_TABLE)
    for table in search_index.SEARCHED:
        yield from _verbatim(search_index.search_triggers(table))


def _beginnings() -> Iterator[Statement]:
    """The first two and three letters of a word find it at once, however many words begin with them."""
    yield from search_index.empty_tables(search_index.FIRST_SEARCH_TABLE)  # a damaged index cannot be dropped
    yield "DROP TABLE search", ()
    yield from _filled(search_index.SEARCH_TABLE)


def _filled(search_table: str) -> Iterator[Statement]:
    return _verbatim((search_table, search_index.FILL_SEARCH, search_index.MERGE_SEARCH))


def _verbatim(statements: Sequence[str]) -> Iterator[Statement]:
    return ((sql, ()) for sql in statements)


def _of_file(version: str) -> Version:
    return version, lambda: _verbatim(_file(version))


VERSIONS: list[Version] = [
    ("0001_first", _first),
    ("0002_reviews", _reviews),
    ("0003_exact_numbers", _exact_numbers),
    _of_file("0004_last_on_channel"),
    _of_file("0005_identities"),
    _of_file("0006_screen_off"),
    ("0007_bundles", _bundles),
    ("0008_search", _search),
    ("0009_beginnings", _beginnings),
    _of_file("0010_automatic_imports"),
    _of_file("0011_identity_of_records"),
    ("0012_facts_by_format", _facts_by_format),
]

#: The name of this set of migrations, and the table of sqlite_utils.Migrations with its index, word for word.
_SET = "tracker"
_MIGRATIONS_TABLE = (
    'CREATE TABLE "_sqlite_migrations" (\n   "id" INTEGER PRIMARY KEY,\n   "migration_set" TEXT,\n'
    '   "name" TEXT,\n   "applied_at" TEXT\n)',
    'CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"\n'
    '    ON "_sqlite_migrations" ("migration_set", "name")',
)


def create(connection: sqlite3.Connection) -> None:
    """Create the schema of today in a new file, as `migrate` would. Inside a transaction of the caller's."""
    from datetime import UTC, datetime

    for sql in _MIGRATIONS_TABLE:
        connection.execute(sql)
    for name, statements in VERSIONS:
        for sql, values in statements():
            connection.execute(sql, values)
        connection.execute(
            "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES (?, ?, ?)",
            (_SET, name, str(datetime.now(UTC))),
        )
    _mark(connection)


def migrate(connection: sqlite3.Connection) -> None:
    """Apply the versions that a file does not have yet. Inside a transaction of the caller's."""
    import sqlite_utils

    migrations = sqlite_utils.Migrations(_SET)
    for name, statements in VERSIONS:

        def apply(database: sqlite_utils.Database, statements: Callable[[], Iterator[Statement]] = statements) -> None:
            for sql, values in statements():
                database.execute(sql, values)

        migrations(name=name)(apply)
    migrations.apply(sqlite_utils.Database(connection, execute_plugins=False))
    _mark(connection)


def _mark(connection: sqlite3.Connection) -> None:
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(VERSIONS)}")
