"""The shape of the file, as SQL: what the first migration creates, and the others build on (`schema_two`, `NUMBERS`).

Keys are the words people use: a session's channel is the channel's *name*, so that `sqlite-utils rows tracker.db
session` reads without a join and `sqlite3` can write a session by hand. Times are UTC seconds; the views translate
them to the wall clock of the zone each record was made in. Every table that undo covers has an integer `id`.
"""

from __future__ import annotations

from tracker.domain.models import HABIT_KINDS, KINDS, LONGEST_SESSION, MEASURES, OUTCOME_KINDS, PURPOSES, RINGS
from tracker.storage import schema_two

#: From 1970 to 2999, as `calendar.days.YEARS`, in UTC seconds; a day more at the end, for its zones.
FIRST_INSTANT, LAST_INSTANT = 0, 32_503_766_400


def _one_of(column: str, words: tuple[str, ...]) -> str:
    return f"CHECK ({column} IN ({', '.join(repr(word) for word in words)}))"


def _in_time(column: str) -> str:
    """Instants the calendar can say; others, such as milliseconds, would stop every day and week that meets them."""
    return f"CHECK ({column} BETWEEN {FIRST_INSTANT} AND {LAST_INSTANT})"


TABLES = (
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

INDEXES = (
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


VIEWS = (
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

#: Of the second version.
VIEWS_TWO = (
    f"""CREATE VIEW spend_local AS SELECT id, {_local("at", "spend")} AS at, channel, amount / 100.0 AS amount,
        currency, note, zone FROM spend ORDER BY spend.at DESC""",
    f"""CREATE VIEW review_local AS SELECT id, week, revision, {_local("begun", "review")} AS begun,
        {_local("written", "review")} AS written, words, (SELECT round(seconds / 60.0, 1) FROM estimate
        WHERE estimate.week = review.week AND channel IS NULL) AS felt_minutes,
        round(json_extract(figures, '$.seconds') / 60.0, 1) AS logged_minutes, reviewed, zone
        FROM review ORDER BY review.week DESC, revision DESC""",
)

#: The tables of the first version whose every change lands in the change log, with their columns.
FIRST_LOGGED = {
    "channel": ("id", "name", "title", "kind", "letter", "budget_seconds", "archived", "position"),
    "channel_match": ("id", "channel", "what", "text"),
    "activity": ("id", "name", "title", "purpose", "archived", "position"),
    "session": (
        *("id", "channel", "start", "end", "zone", "activity", "planned_seconds", "intention", "trigger"),
        *("person", "ring", "note", "override", "overrun", "source", "estimated"),
    ),
    "urge": ("id", "channel", "at", "zone", "trigger", "note"),
    "outcome": ("id", "kind", "at", "zone", "channel", "attribution", "amount", "currency", "person", "note"),
    "day_note": ("id", "date", "note", "zero", "task", "task_done", "closed"),
    "pause": ("id", "start", "end", "zone", "ended"),
    "person": ("id", "name", "met", "met_ring"),
    "habit": (
        *("id", "name", "kind", "target", "unit", "measure", "channel", "weekdays", "times", "days", "created"),
        *("archived", "position"),
    ),
    "habit_day": ("id", "habit", "date", "value", "skipped"),
}

#: All of them, as the file is today.
LOGGED = FIRST_LOGGED | schema_two.LOGGED

#: Of the fourth version: what a person did last on one channel. Without it a million imported sessions are searched
#: for the few recorded by hand, 0.4 s a channel.
LAST_ON_CHANNEL = (
    "CREATE INDEX session_by_hand_on_channel ON session(channel, start) "
    "WHERE source IN ('timer', 'log') AND \"end\" IS NOT NULL"
)

#: Of the third version: the one REAL column that a logged table may have. JSON keeps 15 digits of a number and knows no
#: infinity, so the change log keeps this column as SQLite does, in a REAL column of its own: exact for every number.
NUMBERS = {"habit": "target", "habit_day": "value", "commitment": "target"}

#: The column of the change log for it. The image of a change that an earlier version logged has the number inside.
EXACT_NUMBER = "ALTER TABLE change ADD COLUMN number REAL"
