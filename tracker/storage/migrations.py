"""The versions of the schema, from an empty file to today's: each is a list of SQL statements, applied once, in order.

An older file is migrated by `sqlite_utils.Migrations`. A new file gets the same statements without that library, and
the same records of what was applied, because importing sqlite_utils costs 75 ms, and more than a second where numpy is
installed. CPU time of the first `tracker check` on a new file, against `python -c "import sqlite3"`: 3.4 to 4.1 times,
with or without numpy; it was 8.4 times, and 45 with numpy.
"""

from __future__ import annotations

import sqlite3

from tracker.domain.default_channels import ACTIVITIES, CHANNELS
from tracker.storage import schema, search_index
from tracker.storage.file_format import APPLICATION_ID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import sqlite_utils

    #: SQL with its values.
    Statement = tuple[str, Sequence[object] | dict[str, object]]


def _first() -> Iterator[Statement]:
    """The tables of version 0.1, their change log, and the default channels and activities."""
    for sql in (
        *(*schema.FIRST_TABLES, *schema.FIRST_INDEXES, *schema.FIRST_VIEWS),
        *schema.zone_triggers("session", "urge", "outcome", "pause"),
        *schema.name_triggers(
            *(("session", "channel"), ("session", "activity"), ("urge", "channel"), ("outcome", "channel"))
        ),
        schema.RENAME_TRIGGER,
    ):
        yield sql, ()
    for position, channel in enumerate(CHANNELS):
        yield (
            "INSERT INTO channel(name, title, kind, letter, position) VALUES (?, ?, ?, ?, ?)",
            (channel.name, channel.title, channel.kind, channel.letter, position),
        )
        apps = (*channel.apps, *channel.bundles)
        for what, words in (("domain", channel.domains), ("app", apps), ("alias", channel.aliases)):
            for word in words:
                yield (
                    "INSERT INTO channel_match(channel, what, text) VALUES (?, ?, ?)",
                    (channel.name, what, word.lower()),
                )
    for position, activity in enumerate(ACTIVITIES):
        yield (
            "INSERT INTO activity(name, title, purpose, position) VALUES (?, ?, ?, ?)",
            (activity.name, activity.title, activity.purpose, position),
        )
    # After these rows: they are no change of the user's, and undo cannot take them back.
    for table in schema.FIRST_LOGGED:
        for sql in schema.log_triggers(table):
            yield sql, ()


def _reviews() -> Iterator[Statement]:
    """Notifications, what is remembered of patterns, what channels cost, and the weekly reviews."""
    for sql in (
        *(*schema.REVIEW_TABLES, *schema.REVIEW_INDEXES, *schema.REVIEW_VIEWS),
        *schema.zone_triggers("notification", "spend", "review"),
        *schema.name_triggers(
            *((table, "channel") for table in ("notification", "estimate", "verdict", "spend", "commitment"))
        ),
        *schema.REVIEW_TRIGGERS,
        *(sql for table in schema.REVIEW_LOGGED for sql in schema.log_triggers(table)),
    ):
        yield sql, ()


def _exact_numbers() -> Iterator[Statement]:
    """Undo and redo restore every number to its last bit: the change log has it beside the JSON of a row."""
    yield schema.ADD_NUMBER, ()
    for table, number in schema.REAL_COLUMNS.items():
        # SQLite before 3.42 wrote an infinity as a word that no JSON reader knows.
        for sign in ("", "-"):
            yield (
                """UPDATE change SET before = replace(before, ?, ?) WHERE "table" = ? AND before IS NOT NULL""",
                (f'"{number}":{sign}Inf', f'"{number}":{sign}9e999', table),
            )
        for sql in schema.log_triggers(table, number):
            yield f"DROP TRIGGER IF EXISTS {sql.split()[2]}", ()
            yield sql, ()


def _last_on_channel() -> Iterator[Statement]:
    """The last session by hand on a channel is found at once, however much was imported since."""
    yield schema.LAST_ON_CHANNEL, ()


def _identities() -> Iterator[Statement]:
    """Two files can be merged: the same record is known in both."""
    yield schema.FIRST_IDENTITY_TABLE, ()


def _screen_off() -> Iterator[Statement]:
    """When a screen went dark is found at once: it tells what was picked up from what was switched to."""
    yield schema.SCREEN_OFF, ()


def _bundles() -> Iterator[Statement]:
    """The apps of iPhones and Macs belong to the channels that came with the program, where they have none."""
    # No change of the user's: it is not logged, and undo cannot take it back.
    triggers = list(schema.log_triggers("channel_match"))
    for sql in triggers:
        yield f"DROP TRIGGER IF EXISTS {sql.split()[2]}", ()
    for channel in CHANNELS:
        for bundle in channel.bundles:
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
    for sql in triggers:
        yield sql, ()


def _search() -> Iterator[Statement]:
    """Everything that was written is found by its words."""
    yield schema.FIRST_SEARCH_TABLE, ()
    yield schema.FILL_SEARCH, ()
    yield schema.MERGE_SEARCH, ()
    for table in schema.SEARCHED:
        for sql in schema.search_triggers(table):
            yield sql, ()


def _beginnings() -> Iterator[Statement]:
    """The first two and three letters of a word find it at once, however many words begin with them."""
    yield from search_index.empty_tables(schema.FIRST_SEARCH_TABLE)  # a damaged index cannot be dropped
    yield "DROP TABLE search", ()
    yield schema.SEARCH_TABLE, ()
    yield schema.FILL_SEARCH, ()
    yield schema.MERGE_SEARCH, ()


def _automatic_imports() -> Iterator[Statement]:
    """Undo takes back what the user did, not what was imported automatically meanwhile."""
    yield schema.ADD_SOURCE, ()
    yield schema.UNWANTED_TABLE, ()


def _identity_of_records() -> Iterator[Statement]:
    """A new record is never taken for the deleted one whose number it got."""
    # Not renamed: SQLite would parse every trigger again, which takes as long as all other tables of a new file.
    yield "CREATE TEMP TABLE first_identity AS SELECT * FROM identity", ()
    yield "DROP TABLE identity", ()
    yield schema.IDENTITY_TABLE, ()
    yield schema.KEEP_IDENTITIES, ()
    yield "DROP TABLE first_identity", ()


#: The name of each version, as it is recorded in the file, and its statements.
VERSIONS: list[tuple[str, Callable[[], Iterator[Statement]]]] = [
    ("0001_first", _first),
    ("0002_reviews", _reviews),
    ("0003_exact_numbers", _exact_numbers),
    ("0004_last_on_channel", _last_on_channel),
    ("0005_identities", _identities),
    ("0006_screen_off", _screen_off),
    ("0007_bundles", _bundles),
    ("0008_search", _search),
    ("0009_beginnings", _beginnings),
    ("0010_automatic_imports", _automatic_imports),
    ("0011_identity_of_records", _identity_of_records),
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
