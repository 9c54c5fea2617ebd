"""The schema of the file as SQL: tables, indexes, views and triggers, in the order the migrations add them.

The keys are readable names: a session has the *name* of its channel, so that `sqlite-utils rows tracker.db session`
reads without a join and a session can be written by hand with `sqlite3`. Times are UTC seconds; the views show the
wall clock of the zone each record was made in. Every table that undo covers has an integer `id`.

Each version of the schema is a list of statements that are applied once, in order (`VERSIONS`, at the end): SQL and
not calls of sqlite-utils, which can create neither CHECK constraints, triggers nor partial indexes.

An older file is migrated by `sqlite_utils.Migrations`. A new file gets the same statements without that library, and
the same records of what was applied, because importing sqlite_utils costs 75 ms, and more than a second where numpy is
installed. CPU time of the first `tracker check` on a new file, against `python -c "import sqlite3"`: 3.4 to 4.1 times,
with or without numpy; it was 8.4 times, and 45 with numpy.
"""

from __future__ import annotations

import sqlite3

from tracker.domain.default_channels import ACTIVITIES, CHANNELS
from tracker.domain.models import HABIT_KINDS, KINDS, LONGEST_SESSION, MEASURES, OUTCOME_KINDS, PURPOSES, RINGS
from tracker.storage import search_index
from tracker.storage.file_format import APPLICATION_ID

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import sqlite_utils

    #: SQL with its values.
    Statement = tuple[str, Sequence[object] | dict[str, object]]

#: 1970 to 2999, as `calendar.days.YEARS`, in UTC seconds, with one day more at the end because of the zones.
FIRST_INSTANT, LAST_INSTANT = 0, 32_503_766_400

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


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"CHECK ({column} IN ({', '.join(repr(word) for word in words)}))"


def _in_time(column: str) -> str:
    """Only instants the calendar knows: a time in milliseconds would break every day and week that reads it."""
    return f"CHECK ({column} BETWEEN {FIRST_INSTANT} AND {LAST_INSTANT})"


FIRST_TABLES = (
    f"""CREATE TABLE channel (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> '' AND name = lower(name)),
        title TEXT NOT NULL,
        kind TEXT NOT NULL {_one_of("kind", KINDS)},
        letter TEXT UNIQUE CHECK (length(letter) = 1),
        budget_seconds INTEGER CHECK (budget_seconds >= 0),
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
        position INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    # A domain, an app (its name or Android package) or an alias belongs to one channel only.
    """CREATE TABLE channel_match (
        id INTEGER PRIMARY KEY,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE ON DELETE CASCADE,
        what TEXT NOT NULL CHECK (what IN ('domain', 'app', 'alias')),
        text TEXT NOT NULL CHECK (text = lower(text)),
        UNIQUE (what, text)
    ) STRICT""",
    f"""CREATE TABLE activity (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> '' AND name = lower(name)),
        title TEXT NOT NULL,
        purpose TEXT NOT NULL {_one_of("purpose", PURPOSES)},
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
        position INTEGER NOT NULL DEFAULT 0
    ) STRICT""",
    "CREATE TABLE zone (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
    # From each instant on, local time is UTC plus so many seconds; the first row of a zone starts before all.
    """CREATE TABLE zone_offset (
        zone TEXT NOT NULL REFERENCES zone(name) ON DELETE CASCADE,
        starts INTEGER NOT NULL,
        seconds INTEGER NOT NULL,
        PRIMARY KEY (zone, starts)
    ) STRICT, WITHOUT ROWID""",
    # AUTOINCREMENT: the id of a session that is gone never comes to name another one.
    f"""CREATE TABLE session (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE,
        start INTEGER NOT NULL {_in_time("start")},
        "end" INTEGER,
        zone TEXT NOT NULL,
        activity TEXT REFERENCES activity(name) ON UPDATE CASCADE,
        planned_seconds INTEGER CHECK (planned_seconds > 0),
        intention TEXT,
        trigger TEXT,
        person TEXT,
        ring TEXT {_one_of("ring", RINGS)},
        note TEXT,
        override TEXT,
        overrun TEXT,
        source TEXT NOT NULL DEFAULT 'log',
        estimated INTEGER NOT NULL DEFAULT 0 CHECK (estimated IN (0, 1)),
        CHECK ("end" >= start AND "end" - start <= {LONGEST_SESSION})
    ) STRICT""",
    f"""CREATE TABLE urge (
        id INTEGER PRIMARY KEY,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE,
        at INTEGER NOT NULL {_in_time("at")},
        zone TEXT NOT NULL,
        trigger TEXT,
        note TEXT
    ) STRICT""",
    f"""CREATE TABLE outcome (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL {_one_of("kind", OUTCOME_KINDS)},
        at INTEGER NOT NULL {_in_time("at")},
        zone TEXT NOT NULL,
        channel TEXT REFERENCES channel(name) ON UPDATE CASCADE,
        attribution TEXT NOT NULL DEFAULT 'unknown' {_one_of("attribution", ("user", "last touch", "unknown"))},
        amount INTEGER,
        currency TEXT CHECK (length(currency) = 3),
        person TEXT,
        note TEXT,
        CHECK ((amount IS NULL) = (currency IS NULL))
    ) STRICT""",
    """CREATE TABLE day_note (
        id INTEGER PRIMARY KEY,
        date TEXT NOT NULL UNIQUE CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        note TEXT,
        zero INTEGER NOT NULL DEFAULT 0 CHECK (zero IN (0, 1)),
        task TEXT,
        task_done INTEGER NOT NULL DEFAULT 0 CHECK (task_done IN (0, 1)),
        closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
    ) STRICT""",
    # A declared abstinence; `ended` is when it was called off before its end.
    f"""CREATE TABLE pause (
        id INTEGER PRIMARY KEY,
        start INTEGER NOT NULL {_in_time("start")},
        "end" INTEGER NOT NULL CHECK ("end" > start),
        zone TEXT NOT NULL,
        ended INTEGER CHECK (ended >= start AND ended < "end")
    ) STRICT""",
    # What the user says of someone; everybody else is known from sessions and outcomes alone.
    f"""CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
        met TEXT REFERENCES channel(name) ON UPDATE CASCADE ON DELETE SET NULL,
        met_ring TEXT {_one_of("met_ring", RINGS)}
    ) STRICT""",
    # `weekdays` has bit 0 for Monday to bit 6 for Sunday; 0 is `times` in `days`, whichever days those are.
    f"""CREATE TABLE habit (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
        kind TEXT NOT NULL {_one_of("kind", HABIT_KINDS)},
        target REAL CHECK (target >= 0),
        unit TEXT,
        measure TEXT {_one_of("measure", MEASURES)},
        channel TEXT REFERENCES channel(name) ON UPDATE CASCADE,
        weekdays INTEGER NOT NULL DEFAULT 0 CHECK (weekdays BETWEEN 0 AND 127),
        times INTEGER NOT NULL DEFAULT 1 CHECK (times > 0),
        days INTEGER NOT NULL DEFAULT 1 CHECK (days >= times),
        created TEXT NOT NULL CHECK (created GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
        position INTEGER NOT NULL DEFAULT 0,
        CHECK ((kind = 'yes_no') = (target IS NULL))
    ) STRICT""",
    """CREATE TABLE habit_day (
        id INTEGER PRIMARY KEY,
        habit TEXT NOT NULL COLLATE NOCASE REFERENCES habit(name) ON UPDATE CASCADE ON DELETE CASCADE,
        date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        value REAL CHECK (value >= 0),
        skipped INTEGER NOT NULL DEFAULT 0 CHECK (skipped IN (0, 1)),
        UNIQUE (habit, date),
        CHECK ((value IS NULL) = (skipped = 1))
    ) STRICT""",
    # Where the screens were left, and the last sign of life beside a running timer: of no interest to undo.
    "CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    # What imports have read, so that the same fact is there once. An import that reads a fact again, grown, adds a
    # row: when it is undone, the row of the import before it counts again.
    """CREATE TABLE imported_fact (
        action INTEGER NOT NULL,
        key INTEGER NOT NULL,
        format TEXT NOT NULL,
        channel TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        estimated INTEGER NOT NULL,
        PRIMARY KEY (action, key)
    ) STRICT, WITHOUT ROWID""",
    # One undo step: the changes from `first` to `last`. `state` is null for the records of undo and redo themselves.
    """CREATE TABLE action (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        says TEXT NOT NULL,
        state TEXT CHECK (state IN ('done', 'undone', 'dropped')),
        target INTEGER,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL
    ) STRICT""",
    # In the order things happened. `at` is in milliseconds: it tells one statement of another program from the next.
    """CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)),
        "table" TEXT NOT NULL,
        row INTEGER NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('insert', 'update', 'delete')),
        before TEXT
    ) STRICT""",
)

FIRST_INDEXES = (
    'CREATE UNIQUE INDEX one_session_runs ON session((1)) WHERE "end" IS NULL',
    # Both cover what days, weeks and patterns read, so that a million sessions answer from the index alone.
    'CREATE INDEX session_by_start ON session(start, "end", channel, zone, activity, estimated)',
    'CREATE INDEX session_by_channel ON session(channel, start, "end", activity, planned_seconds)',
    # What a person timed or logged, in order: what `resume` resumes, however much was imported since.
    "CREATE INDEX session_by_hand ON session(start, channel) WHERE source IN ('timer', 'log') AND \"end\" IS NOT NULL",
    # Covers what is known of people, so that nobody waits for a list of them to complete a name.
    "CREATE INDEX session_by_person ON session(person COLLATE NOCASE, start, channel, ring) WHERE person IS NOT NULL",
    "CREATE INDEX urge_by_time ON urge(at)",
    "CREATE INDEX outcome_by_person ON outcome(person COLLATE NOCASE, at) WHERE person IS NOT NULL",
    'CREATE INDEX pause_by_end ON pause("end")',
    "CREATE INDEX habit_day_by_date ON habit_day(date)",
    "CREATE INDEX outcome_by_time ON outcome(at)",
    "CREATE INDEX action_undone ON action(id) WHERE state = 'undone'",
)


def _local(column: str, table: str) -> str:
    """SQL for the wall time of a UTC column in the row's own zone; UTC where the zone is not known."""
    return (
        f"datetime({column} + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = {table}.zone "
        f"AND starts <= {column} ORDER BY starts DESC LIMIT 1), 0), 'unixepoch')"
    )


FIRST_VIEWS = (
    f"""CREATE VIEW session_local AS SELECT id, {_local("start", "session")} AS start,
        {_local('"end"', "session")} AS "end", round(("end" - start) / 60.0, 1) AS minutes,
        channel, activity, round(planned_seconds / 60.0, 1) AS planned_minutes, intention, trigger, person, ring, note,
        override, overrun, source, zone FROM session ORDER BY session.start DESC""",
    f"""CREATE VIEW urge_local AS SELECT id, {_local("at", "urge")} AS at, channel, trigger, note, zone
        FROM urge ORDER BY urge.at DESC""",
    f"""CREATE VIEW outcome_local AS SELECT id, {_local("at", "outcome")} AS at, kind, channel, attribution,
        amount / 100.0 AS amount, currency, person, note, zone FROM outcome ORDER BY outcome.at DESC""",
    f"""CREATE VIEW pause_local AS SELECT id, {_local("start", "pause")} AS start, {_local('"end"', "pause")} AS "end",
        {_local("ended", "pause")} AS ended, zone FROM pause ORDER BY pause.start DESC""",
    f"""CREATE VIEW minutes_by_date AS SELECT date({_local("start", "session")}) AS date, channel,
        round(sum("end" - start) / 60.0, 1) AS minutes, count(*) AS sessions
        FROM session WHERE "end" IS NOT NULL GROUP BY 1, 2 ORDER BY 1 DESC, 2""",
)


# Version 2: notifications, what is remembered of patterns, and the weekly reviews.

_DATE = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_WEEK = "GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'"

REVIEW_TABLES = (
    # A channel asked for attention. From a phone's export: with it, "opened unasked" means something.
    """CREATE TABLE notification (
        id INTEGER PRIMARY KEY,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE,
        at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 32503766400),
        zone TEXT NOT NULL,
        UNIQUE (channel, at)
    ) STRICT""",
    # What the user says of a pattern: not now (until a date), or expected, and why. Dates are days of the log.
    f"""CREATE TABLE pattern_mark (
        id INTEGER PRIMARY KEY,
        pattern TEXT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('dismissed', 'expected')),
        since TEXT NOT NULL CHECK (since {_DATE}),
        until TEXT CHECK (until {_DATE} AND until >= since),
        why TEXT,
        CHECK (what = 'expected' OR until IS NOT NULL)
    ) STRICT""",
    # When the program raised a flag, and the last day it still stood: nobody's record, so of no interest to undo.
    f"""CREATE TABLE pattern_flag (
        pattern TEXT NOT NULL,
        raised TEXT NOT NULL CHECK (raised {_DATE}),
        seen TEXT NOT NULL CHECK (seen {_DATE} AND seen >= raised),
        PRIMARY KEY (pattern, raised)
    ) STRICT, WITHOUT ROWID""",
    # How long the user thinks a week was: on one channel, or (null) on all social channels together.
    f"""CREATE TABLE estimate (
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL CHECK (week {_WEEK}),
        channel TEXT REFERENCES channel(name) ON UPDATE CASCADE,
        seconds INTEGER NOT NULL CHECK (seconds >= 0),
        at INTEGER NOT NULL
    ) STRICT""",
    # A week's review: a draft until `written`; then `figures` (JSON) and `page` (Markdown) stand as they were. What is
    # put right later is the next revision. `shown` is when its figures were first seen: an estimate comes before.
    f"""CREATE TABLE review (
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL CHECK (week {_WEEK}),
        revision INTEGER NOT NULL DEFAULT 1 CHECK (revision > 0),
        begun INTEGER NOT NULL,
        written INTEGER CHECK (written >= begun),
        zone TEXT NOT NULL,
        shown INTEGER,
        reviewed TEXT NOT NULL DEFAULT '',
        words TEXT,
        figures TEXT,
        page TEXT,
        UNIQUE (week, revision),
        CHECK ((written IS NULL) = (figures IS NULL) AND (written IS NULL) = (page IS NULL))
    ) STRICT""",
    # The user's verdict on a channel, or (null) on real contact, beside the computed one, as of a week's review.
    f"""CREATE TABLE verdict (
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL CHECK (week {_WEEK}),
        channel TEXT REFERENCES channel(name) ON UPDATE CASCADE,
        computed TEXT NOT NULL,
        verdict TEXT NOT NULL,
        why TEXT,
        at INTEGER NOT NULL
    ) STRICT""",
    # What a channel cost beside the hours, such as advertising: hundredths of `currency`.
    """CREATE TABLE spend (
        id INTEGER PRIMARY KEY,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE,
        at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 32503766400),
        zone TEXT NOT NULL,
        amount INTEGER NOT NULL CHECK (amount > 0),
        currency TEXT NOT NULL CHECK (length(currency) = 3),
        note TEXT
    ) STRICT""",
    # An if-then plan for a week: if `cue`, then `plan`. `measure` says how it shows in the log; `kept` is the user's
    # own answer where it does not. `target` is in the measure's own unit: minutes, checks, talks …
    f"""CREATE TABLE commitment (
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL CHECK (week {_WEEK}),
        position INTEGER NOT NULL DEFAULT 0,
        cue TEXT NOT NULL,
        plan TEXT NOT NULL,
        measure TEXT,
        kind TEXT CHECK (kind IN ('at_least', 'at_most')),
        target REAL CHECK (target >= 0),
        per TEXT CHECK (per IN ('day', 'week')),
        channel TEXT REFERENCES channel(name) ON UPDATE CASCADE,
        ring TEXT CHECK (ring IN ('building', 'street', 'district', 'city', 'beyond')),
        pattern TEXT,
        kept INTEGER CHECK (kept IN (0, 1)),
        at INTEGER NOT NULL,
        CHECK ((measure IS NULL) = (target IS NULL))
    ) STRICT""",
)

REVIEW_INDEXES = (
    "CREATE INDEX notification_by_time ON notification(at)",
    "CREATE UNIQUE INDEX estimate_by_week ON estimate(week, coalesce(channel, ''))",
    "CREATE UNIQUE INDEX verdict_by_week ON verdict(week, coalesce(channel, ''))",
    "CREATE INDEX spend_by_time ON spend(at)",
    # What was said of why a session was begun, and for how long: few say it, so these are found without the others.
    "CREATE INDEX session_by_meaning ON session(start, intention, planned_seconds) "
    "WHERE intention IS NOT NULL OR planned_seconds IS NOT NULL",
    "CREATE INDEX commitment_by_week ON commitment(week)",
    "CREATE UNIQUE INDEX one_draft_a_week ON review(week) WHERE written IS NULL",
)

_REFUSE = "BEGIN SELECT RAISE(ABORT, 'a written review stays as it was'); END"
_REVIEW_COLUMNS = (
    "id",
    "week",
    "revision",
    "begun",
    "written",
    "zone",
    "shown",
    "reviewed",
    "words",
    "figures",
    "page",
)
_OLD, _NEW = (", ".join(f"{row}.{name}" for name in _REVIEW_COLUMNS) for row in ("OLD", "NEW"))

#: A written review never changes, whatever program tries; undo may make it a draft again and delete the draft.
REVIEW_TRIGGERS = (
    "CREATE TRIGGER review_kept BEFORE UPDATE ON review WHEN OLD.written IS NOT NULL AND NEW.written IS NOT NULL "
    f"AND ({_OLD}) IS NOT ({_NEW}) {_REFUSE}",
    f"CREATE TRIGGER review_not_deleted BEFORE DELETE ON review WHEN OLD.written IS NOT NULL {_REFUSE}",
    # INSERT OR REPLACE deletes the old row without firing a delete trigger.
    *(
        f"CREATE TRIGGER review_not_{how} BEFORE {event} ON review WHEN EXISTS (SELECT 1 FROM review "
        f"WHERE written IS NOT NULL AND (id = NEW.id OR week = NEW.week AND revision = NEW.revision){but}) {_REFUSE}"
        for how, event, but in (("replaced", "INSERT", ""), ("overwritten", "UPDATE", " AND id <> OLD.id"))
    ),
)


REVIEW_VIEWS = (
    f"""CREATE VIEW spend_local AS SELECT id, {_local("at", "spend")} AS at, channel, amount / 100.0 AS amount,
        currency, note, zone FROM spend ORDER BY spend.at DESC""",
    f"""CREATE VIEW review_local AS SELECT id, week, revision, {_local("begun", "review")} AS begun,
        {_local("written", "review")} AS written, words, (SELECT round(seconds / 60.0, 1) FROM estimate
        WHERE estimate.week = review.week AND channel IS NULL) AS felt_minutes,
        round(json_extract(figures, '$.seconds') / 60.0, 1) AS logged_minutes, reviewed, zone
        FROM review ORDER BY review.week DESC, revision DESC""",
)


# Version 3: exact numbers in the change log.

#: The one REAL column that a logged table may have. JSON keeps 15 digits of a number and knows no infinity, so the
#: change log has a REAL column of its own for it.
REAL_COLUMNS = {"habit": "target", "habit_day": "value", "commitment": "target"}

#: That column of the change log. Rows that an earlier version logged have the number inside the JSON instead.
ADD_NUMBER = "ALTER TABLE change ADD COLUMN number REAL"

# Version 4: what a person did last on one channel.

#: Without it a million imported sessions are searched for the few recorded by hand, 0.4 s a channel.
LAST_ON_CHANNEL = (
    "CREATE INDEX session_by_hand_on_channel ON session(channel, start) "
    "WHERE source IN ('timer', 'log') AND \"end\" IS NOT NULL"
)

# Version 5: which rows of two files are the same record.

#: See storage/log_merge.py. `changed` is in UTC milliseconds, as `at` of the change log.
FIRST_IDENTITY_TABLE = """CREATE TABLE identity (
        "table" TEXT NOT NULL,
        row INTEGER NOT NULL,
        uid TEXT NOT NULL,
        changed INTEGER NOT NULL,
        gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
        brought_by INTEGER,
        PRIMARY KEY ("table", row)
    ) STRICT, WITHOUT ROWID"""

# Version 6: when the screen of a phone went dark.

#: Those facts have no channel, and are read by their times.
SCREEN_OFF = "CREATE INDEX screen_off ON imported_fact(format, start) WHERE channel = ''"

# Version 10: imports that nobody asked for at that moment.

#: A step of `action` with a `source` is an automatic import of that entry of the setting `sources`.
ADD_SOURCE = "ALTER TABLE action ADD COLUMN source TEXT"

#: See storage/imported_facts.py.
UNWANTED_TABLE = """CREATE TABLE unwanted (
        action INTEGER NOT NULL,
        what TEXT NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (what, key, action)
    ) STRICT, WITHOUT ROWID"""

# Version 11: a row that is gone keeps its identity when a new row gets its number.

IDENTITY_TABLE = """CREATE TABLE identity (
        "table" TEXT NOT NULL,
        uid TEXT NOT NULL,
        row INTEGER NOT NULL,
        born INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
        brought_by INTEGER,
        PRIMARY KEY ("table", uid)
    ) STRICT, WITHOUT ROWID"""

#: Of two rows with one identity the one that is there counts, else the one that was deleted last.
KEEP_IDENTITIES = (
    'INSERT INTO identity SELECT "table", uid, row, 0, changed, gone, brought_by FROM first_identity '
    'WHERE true ORDER BY gone DESC, changed ON CONFLICT("table", uid) DO UPDATE SET row = excluded.row, '
    "changed = excluded.changed, gone = excluded.gone, brought_by = excluded.brought_by"
)


# Triggers. They run whatever program writes: they log every change for undo, know every zone, and check names.


def _columns(tables: tuple[str, ...], but: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """The columns of each of these tables, but for some, by the SQL that creates them: a line each."""
    by_table = {}
    for sql in tables:
        lines = [line.strip().rstrip(",").split() for line in sql.split("\n")]
        name = lines[0][2]
        if name not in but:
            typed = (line for line in lines if len(line) > 1 and line[1] in ("INTEGER", "TEXT", "REAL"))
            by_table[name] = tuple(line[0].strip('"') for line in typed)
    return by_table


#: The tables of version 1 and 2 whose every change is logged, with their columns.
FIRST_LOGGED = _columns(FIRST_TABLES, but=("zone", "zone_offset", "state", "imported_fact", "action", "change"))
REVIEW_LOGGED = _columns(REVIEW_TABLES, but=("pattern_flag",))
#: Those tables with the columns of today.
LOGGED = FIRST_LOGGED | REVIEW_LOGGED

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


def zone_triggers(*tables: str) -> tuple[str, ...]:
    """SQL of the triggers that add the zone of each new row to the table `zone`.

    Our next undo step adds the zone's offsets. Not with INSERT OR IGNORE: the conflict clause of the statement that
    fires a trigger overrides that of the statements in the trigger.
    """
    return tuple(
        f"CREATE TRIGGER {table}_zone_{when} AFTER {event} ON {table} BEGIN INSERT INTO zone(name) "
        "SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END"
        for table in tables
        for when, event in (("inserted", "INSERT"), ("updated", "UPDATE OF zone"))
    )


def name_triggers(*references: tuple[str, str]) -> tuple[str, ...]:
    """SQL of the triggers that refuse an insert whose channel or activity does not exist: (table, column) pairs.

    Programs such as `sqlite3` do not check foreign keys unless asked to, and sums would miss a mistyped name. Only
    inserts: undo writes rows back in whatever order they were.
    """
    return tuple(
        f"CREATE TRIGGER {table}_{what}_known BEFORE INSERT ON {table} WHEN NEW.{what} IS NOT NULL "
        f"AND NOT EXISTS (SELECT 1 FROM {what} WHERE name = NEW.{what}) "
        f"BEGIN SELECT RAISE(ABORT, 'there is no {what} of that name'); END"
        for table, what in references
    )


#: Imported facts follow the name of their channel, whoever renames it, undo and redo included.
RENAME_TRIGGER = (
    "CREATE TRIGGER channel_renamed AFTER UPDATE OF name ON channel WHEN NEW.name <> OLD.name BEGIN "
    "UPDATE imported_fact SET channel = NEW.name WHERE channel = OLD.name; END"
)


def _statements(*sql: str) -> Callable[[], Iterator[Statement]]:
    return lambda: ((statement, ()) for statement in sql)


def _first() -> Iterator[Statement]:
    """The tables of version 0.1, their change log, and the default channels and activities."""
    for sql in (
        *(*FIRST_TABLES, *FIRST_INDEXES, *FIRST_VIEWS),
        *zone_triggers("session", "urge", "outcome", "pause"),
        *name_triggers(*(("session", "channel"), ("session", "activity"), ("urge", "channel"), ("outcome", "channel"))),
        RENAME_TRIGGER,
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
    for table in FIRST_LOGGED:
        for sql in log_triggers(table):
            yield sql, ()


def _reviews() -> Iterator[Statement]:
    """Notifications, what is remembered of patterns, what channels cost, and the weekly reviews."""
    for sql in (
        *(*REVIEW_TABLES, *REVIEW_INDEXES, *REVIEW_VIEWS),
        *zone_triggers("notification", "spend", "review"),
        *name_triggers(
            *((table, "channel") for table in ("notification", "estimate", "verdict", "spend", "commitment"))
        ),
        *REVIEW_TRIGGERS,
        *(sql for table in REVIEW_LOGGED for sql in log_triggers(table)),
    ):
        yield sql, ()


def _exact_numbers() -> Iterator[Statement]:
    """Undo and redo restore every number to its last bit: the change log has it beside the JSON of a row."""
    yield ADD_NUMBER, ()
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


def _bundles() -> Iterator[Statement]:
    """The apps of iPhones and Macs belong to the channels that came with the program, where they have none."""
    # No change of the user's: it is not logged, and undo cannot take it back.
    triggers = list(log_triggers("channel_match"))
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
    yield search_index.FIRST_SEARCH_TABLE, ()
    yield search_index.FILL_SEARCH, ()
    yield search_index.MERGE_SEARCH, ()
    for table in search_index.SEARCHED:
        for sql in search_index.search_triggers(table):
            yield sql, ()


def _beginnings() -> Iterator[Statement]:
    """The first two and three letters of a word find it at once, however many words begin with them."""
    yield from search_index.empty_tables(search_index.FIRST_SEARCH_TABLE)  # a damaged index cannot be dropped
    yield "DROP TABLE search", ()
    yield search_index.SEARCH_TABLE, ()
    yield search_index.FILL_SEARCH, ()
    yield search_index.MERGE_SEARCH, ()


#: The name of each version, as it is recorded in the file, and its statements.
VERSIONS: list[tuple[str, Callable[[], Iterator[Statement]]]] = [
    ("0001_first", _first),
    ("0002_reviews", _reviews),
    ("0003_exact_numbers", _exact_numbers),
    ("0004_last_on_channel", _statements(LAST_ON_CHANNEL)),
    ("0005_identities", _statements(FIRST_IDENTITY_TABLE)),
    ("0006_screen_off", _statements(SCREEN_OFF)),
    ("0007_bundles", _bundles),
    ("0008_search", _search),
    ("0009_beginnings", _beginnings),
    ("0010_automatic_imports", _statements(ADD_SOURCE, UNWANTED_TABLE)),
    (
        "0011_identity_of_records",
        _statements(
            # Renaming would parse every trigger and view again: 12 ms of the first command on a new file.
            "CREATE TABLE first_identity AS SELECT * FROM identity",
            "DROP TABLE identity",
            IDENTITY_TABLE,
            KEEP_IDENTITIES,
            "DROP TABLE first_identity",
        ),
    ),
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
