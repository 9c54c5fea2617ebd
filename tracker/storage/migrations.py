"""The steps from an empty file to today's, each applied once, in order, in its own transaction.

Imported only when a file is new or older than this version: the commands people run all day never pay for it.
"""

from __future__ import annotations

import sqlite3

from sqlite_utils import Database, Migrations

from tracker.storage import catalogue, schema, schema_two, triggers
from tracker.storage.opening import APPLICATION_ID

migrations = Migrations("tracker")


@migrations(name="0001_first")
def first(db: Database) -> None:
    """The tables of version 0.1, their change log, and the channels and activities that come with it."""
    for statement in (*schema.TABLES, *schema.INDEXES, *schema.VIEWS, *triggers.WHOLE_FILE):
        db.execute(statement)
    _seed(db)
    # After the seed: what comes with the program is not a change of the user's, and cannot be undone.
    for table in schema.FIRST_LOGGED:
        for statement in triggers.of(table):
            db.execute(statement)


@migrations(name="0002_reviews")
def second(db: Database) -> None:
    """Notifications, what is remembered of patterns, what channels cost, and the weekly reviews."""
    zones = triggers.zone_triggers(("notification", "spend", "review"))
    names = triggers.name_triggers(tuple((table, "channel") for table in schema_two.OF_CHANNELS))
    beside = (*zones, *names, *schema_two.KEPT)
    for statement in (*schema_two.TABLES, *schema_two.INDEXES, *schema.VIEWS_TWO, *beside):
        db.execute(statement)
    for table in schema_two.LOGGED:
        for statement in triggers.of(table):
            db.execute(statement)


@migrations(name="0003_exact_numbers")
def third(db: Database) -> None:
    """Undo and redo bring back every number to its last bit: the change log keeps it beside the JSON of a row."""
    db.execute(schema.EXACT_NUMBER)
    for table, number in schema.NUMBERS.items():
        # SQLite before 3.42 wrote an infinity as a word that no JSON reader knows.
        db.execute(
            """UPDATE change SET before = replace(before, ?, ?) WHERE "table" = ? AND before IS NOT NULL""",
            [f'"{number}":Inf', f'"{number}":9e999', table],
        )
        db.execute(
            """UPDATE change SET before = replace(before, ?, ?) WHERE "table" = ? AND before IS NOT NULL""",
            [f'"{number}":-Inf', f'"{number}":-9e999', table],
        )
        for statement in triggers.of(table, number):
            db.execute(f"DROP TRIGGER IF EXISTS {statement.split()[2]}")
            db.execute(statement)


@migrations(name="0004_last_on_channel")
def fourth(db: Database) -> None:
    """The last session by hand on a channel is found at once, however much was imported since."""
    db.execute(schema.LAST_ON_CHANNEL)


def _seed(db: Database) -> None:
    for position, channel in enumerate(catalogue.CHANNELS):
        db.execute(
            "INSERT INTO channel(name, title, kind, letter, position) VALUES (?, ?, ?, ?, ?)",
            [channel.name, channel.title, channel.kind, channel.letter, position],
        )
        for what, words in (("domain", channel.domains), ("app", channel.apps), ("alias", channel.aliases)):
            for word in words:
                db.execute(
                    "INSERT INTO channel_match(channel, what, text) VALUES (?, ?, ?)",
                    [channel.name, what, word.lower()],
                )
    for position, activity in enumerate(catalogue.ACTIVITIES):
        db.execute(
            "INSERT INTO activity(name, title, purpose, position) VALUES (?, ?, ?, ?)",
            [activity.name, activity.title, activity.purpose, position],
        )


def apply(connection: sqlite3.Connection) -> None:
    """Apply what is pending and mark the file as ours, of this version. Inside a transaction of the caller's."""
    db = Database(connection, execute_plugins=False)
    migrations.apply(db)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {len(migrations.applied(db))}")
