"""What the file does by itself, whatever program writes to it, as SQL: it logs every change for undo, knows its zones.

They are part of the schema, created by the migration after the tables.
"""

from __future__ import annotations

from tracker.storage.schema import LOGGED

#: What no two rows of a table may share, besides the id: SQL that finds the row in the way of NEW.
IN_THE_WAY = {
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


def of(table: str, number: str | None = None) -> tuple[str, ...]:
    """SQL of the triggers that log every change of `table`, by whatever program.

    An insert logs no image (undoing it needs none, and the delete that undoes it logs one for redo); an update that
    changes nothing is not logged. OR REPLACE deletes the rows in its way without firing delete triggers, so they are
    logged before the statement; should it then be ignored or turn into an update, undo writes back the very rows that
    are there. `number` is the column that is kept beside the image instead of in it (`schema.NUMBERS`).
    """
    columns = [column for column in LOGGED[table] if column != number]
    image = "json_object(" + ", ".join(f"'{column}', OLD.\"{column}\"" for column in columns) + ")"
    if number:
        image += f', OLD."{number}"'
    differs = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in LOGGED[table])
    log = f'INSERT INTO change("table", row, what, before{", number" if number else ""}) '
    rivals = [f"SELECT id FROM {table} WHERE {rival}" for rival in ("id = NEW.id", *IN_THE_WAY.get(table, ()))]
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


def zone_triggers(tables: tuple[str, ...]) -> tuple[str, ...]:
    """SQL of the triggers by which, whoever writes a row, its zone is known afterwards.

    Its offsets are filled in at our next action. Not with INSERT OR IGNORE: the word after OR in the statement that
    fires a trigger would take its place.
    """
    return tuple(
        f"CREATE TRIGGER {table}_zone_{when} AFTER {event} ON {table} BEGIN INSERT INTO zone(name) "
        "SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END"
        for table in tables
        for when, event in (("inserted", "INSERT"), ("updated", "UPDATE OF zone"))
    )


def name_triggers(named: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """SQL of the triggers that refuse an insert into a table whose channel or activity is not there."""
    return tuple(
        f"CREATE TRIGGER {table}_{what}_known BEFORE INSERT ON {table} WHEN NEW.{what} IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {what} WHERE name = NEW.{what}) "
        f"BEGIN SELECT RAISE(ABORT, 'there is no {what} of that name'); END"
        for table, what in named
    )


#: Programs such as `sqlite3` do not look after foreign keys unless asked to, and a name mistyped there would be lost on
#: every sum. Inserts only: undo writes back what was, in whatever order it was.
NAME_TRIGGERS = name_triggers(
    (("session", "channel"), ("session", "activity"), ("urge", "channel"), ("outcome", "channel"))
)

#: What imports read follows its channel's name, whoever renames it, undo and redo included.
FACT_TRIGGER = (
    "CREATE TRIGGER channel_renamed AFTER UPDATE OF name ON channel WHEN NEW.name <> OLD.name BEGIN "
    "UPDATE imported_fact SET channel = NEW.name WHERE channel = OLD.name; END"
)

#: Those that belong to no logged table alone.
WHOLE_FILE = (*zone_triggers(("session", "urge", "outcome", "pause")), *NAME_TRIGGERS, FACT_TRIGGER)
