-- Version 0.1: channels, sessions, what else is recorded, and what undo reads.
-- A file of this folder is never changed: every file of that version has its statements word for word.
-- Instants are UTC seconds from 1970 to 2999, with one day more because of the zones: a time in milliseconds would break
-- every day and week that reads it.

CREATE TABLE channel (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> '' AND name = lower(name)),
        title TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('social', 'messaging', 'in_person', 'focus')),
        letter TEXT UNIQUE CHECK (length(letter) = 1),
        budget_seconds INTEGER CHECK (budget_seconds >= 0),
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
        position INTEGER NOT NULL DEFAULT 0
    ) STRICT;

-- A domain, an app (its name or Android package) or an alias belongs to one channel only.
CREATE TABLE channel_match (
        id INTEGER PRIMARY KEY,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE ON DELETE CASCADE,
        what TEXT NOT NULL CHECK (what IN ('domain', 'app', 'alias')),
        text TEXT NOT NULL CHECK (text = lower(text)),
        UNIQUE (what, text)
    ) STRICT;

CREATE TABLE activity (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE CHECK (name <> '' AND name = lower(name)),
        title TEXT NOT NULL,
        purpose TEXT NOT NULL CHECK (purpose IN ('make', 'relate', 'monitor', 'scroll')),
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
        position INTEGER NOT NULL DEFAULT 0
    ) STRICT;

CREATE TABLE zone (name TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;

-- From each instant on, local time is UTC plus so many seconds; the first row of a zone starts before all.
CREATE TABLE zone_offset (
        zone TEXT NOT NULL REFERENCES zone(name) ON DELETE CASCADE,
        starts INTEGER NOT NULL,
        seconds INTEGER NOT NULL,
        PRIMARY KEY (zone, starts)
    ) STRICT, WITHOUT ROWID;

-- AUTOINCREMENT: the id of a session that is gone never comes to name another one.
CREATE TABLE session (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE,
        start INTEGER NOT NULL CHECK (start BETWEEN 0 AND 32503766400),
        "end" INTEGER,
        zone TEXT NOT NULL,
        activity TEXT REFERENCES activity(name) ON UPDATE CASCADE,
        planned_seconds INTEGER CHECK (planned_seconds > 0),
        intention TEXT,
        trigger TEXT,
        person TEXT,
        ring TEXT CHECK (ring IN ('building', 'street', 'district', 'city', 'beyond')),
        note TEXT,
        override TEXT,
        overrun TEXT,
        source TEXT NOT NULL DEFAULT 'log',
        estimated INTEGER NOT NULL DEFAULT 0 CHECK (estimated IN (0, 1)),
        CHECK ("end" >= start AND "end" - start <= 604800)
    ) STRICT;

CREATE TABLE urge (
        id INTEGER PRIMARY KEY,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE,
        at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 32503766400),
        zone TEXT NOT NULL,
        trigger TEXT,
        note TEXT
    ) STRICT;

CREATE TABLE outcome (
        id INTEGER PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('recommendation', 'prospect', 'client', 'income')),
        at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 32503766400),
        zone TEXT NOT NULL,
        channel TEXT REFERENCES channel(name) ON UPDATE CASCADE,
        attribution TEXT NOT NULL DEFAULT 'unknown' CHECK (attribution IN ('user', 'last touch', 'unknown')),
        amount INTEGER,
        currency TEXT CHECK (length(currency) = 3),
        person TEXT,
        note TEXT,
        CHECK ((amount IS NULL) = (currency IS NULL))
    ) STRICT;

CREATE TABLE day_note (
        id INTEGER PRIMARY KEY,
        date TEXT NOT NULL UNIQUE CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        note TEXT,
        zero INTEGER NOT NULL DEFAULT 0 CHECK (zero IN (0, 1)),
        task TEXT,
        task_done INTEGER NOT NULL DEFAULT 0 CHECK (task_done IN (0, 1)),
        closed INTEGER NOT NULL DEFAULT 0 CHECK (closed IN (0, 1))
    ) STRICT;

-- A declared abstinence; `ended` is when it was called off before its end.
CREATE TABLE pause (
        id INTEGER PRIMARY KEY,
        start INTEGER NOT NULL CHECK (start BETWEEN 0 AND 32503766400),
        "end" INTEGER NOT NULL CHECK ("end" > start),
        zone TEXT NOT NULL,
        ended INTEGER CHECK (ended >= start AND ended < "end")
    ) STRICT;

-- What the user says of someone; everybody else is known from sessions and outcomes alone.
CREATE TABLE person (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
        met TEXT REFERENCES channel(name) ON UPDATE CASCADE ON DELETE SET NULL,
        met_ring TEXT CHECK (met_ring IN ('building', 'street', 'district', 'city', 'beyond'))
    ) STRICT;

-- `weekdays` has bit 0 for Monday to bit 6 for Sunday; 0 is `times` in `days`, whichever days those are.
CREATE TABLE habit (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (name <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('yes_no', 'at_least', 'at_most')),
        target REAL CHECK (target >= 0),
        unit TEXT,
        measure TEXT CHECK (measure IN ('social_minutes', 'checks', 'first_opening', 'last_opening', 'contacts', 'urges_resisted', 'focus_minutes', 'plan_kept')),
        channel TEXT REFERENCES channel(name) ON UPDATE CASCADE,
        weekdays INTEGER NOT NULL DEFAULT 0 CHECK (weekdays BETWEEN 0 AND 127),
        times INTEGER NOT NULL DEFAULT 1 CHECK (times > 0),
        days INTEGER NOT NULL DEFAULT 1 CHECK (days >= times),
        created TEXT NOT NULL CHECK (created GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
        position INTEGER NOT NULL DEFAULT 0,
        CHECK ((kind = 'yes_no') = (target IS NULL))
    ) STRICT;

CREATE TABLE habit_day (
        id INTEGER PRIMARY KEY,
        habit TEXT NOT NULL COLLATE NOCASE REFERENCES habit(name) ON UPDATE CASCADE ON DELETE CASCADE,
        date TEXT NOT NULL CHECK (date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        value REAL CHECK (value >= 0),
        skipped INTEGER NOT NULL DEFAULT 0 CHECK (skipped IN (0, 1)),
        UNIQUE (habit, date),
        CHECK ((value IS NULL) = (skipped = 1))
    ) STRICT;

-- Where the screens were left, and the last sign of life beside a running timer: of no interest to undo.
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- What imports have read, so that the same fact is there once. An import that reads a fact again, grown, adds a
-- row: when it is undone, the row of the import before it counts again.
CREATE TABLE imported_fact (
        action INTEGER NOT NULL,
        key INTEGER NOT NULL,
        format TEXT NOT NULL,
        channel TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        estimated INTEGER NOT NULL,
        PRIMARY KEY (action, key)
    ) STRICT, WITHOUT ROWID;

-- One undo step: the changes from `first` to `last`. `state` is null for the records of undo and redo themselves.
CREATE TABLE action (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL,
        says TEXT NOT NULL,
        state TEXT CHECK (state IN ('done', 'undone', 'dropped')),
        target INTEGER,
        first INTEGER NOT NULL,
        last INTEGER NOT NULL
    ) STRICT;

-- In the order things happened. `at` is in milliseconds: it tells one statement of another program from the next.
CREATE TABLE change (
        id INTEGER PRIMARY KEY,
        at INTEGER NOT NULL DEFAULT (CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)),
        "table" TEXT NOT NULL,
        row INTEGER NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('insert', 'update', 'delete')),
        before TEXT
    ) STRICT;

CREATE UNIQUE INDEX one_session_runs ON session((1)) WHERE "end" IS NULL;
-- Both cover what days, weeks and patterns read, so that a million sessions answer from the index alone.
CREATE INDEX session_by_start ON session(start, "end", channel, zone, activity, estimated);
CREATE INDEX session_by_channel ON session(channel, start, "end", activity, planned_seconds);
-- What a person timed or logged, in order: what `resume` resumes, however much was imported since.
CREATE INDEX session_by_hand ON session(start, channel) WHERE source IN ('timer', 'log') AND "end" IS NOT NULL;
-- Covers what is known of people, so that nobody waits for a list of them to complete a name.
CREATE INDEX session_by_person ON session(person COLLATE NOCASE, start, channel, ring) WHERE person IS NOT NULL;
CREATE INDEX urge_by_time ON urge(at);
CREATE INDEX outcome_by_person ON outcome(person COLLATE NOCASE, at) WHERE person IS NOT NULL;
CREATE INDEX pause_by_end ON pause("end");
CREATE INDEX habit_day_by_date ON habit_day(date);
CREATE INDEX outcome_by_time ON outcome(at);
CREATE INDEX action_undone ON action(id) WHERE state = 'undone';

-- The views show the wall clock of the zone each record was made in; UTC where the zone is not known.
CREATE VIEW session_local AS SELECT id, datetime(start + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = session.zone AND starts <= start ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS start,
        datetime("end" + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = session.zone AND starts <= "end" ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS "end", round(("end" - start) / 60.0, 1) AS minutes,
        channel, activity, round(planned_seconds / 60.0, 1) AS planned_minutes, intention, trigger, person, ring, note,
        override, overrun, source, zone FROM session ORDER BY session.start DESC;
CREATE VIEW urge_local AS SELECT id, datetime(at + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = urge.zone AND starts <= at ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS at, channel, trigger, note, zone
        FROM urge ORDER BY urge.at DESC;
CREATE VIEW outcome_local AS SELECT id, datetime(at + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = outcome.zone AND starts <= at ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS at, kind, channel, attribution,
        amount / 100.0 AS amount, currency, person, note, zone FROM outcome ORDER BY outcome.at DESC;
CREATE VIEW pause_local AS SELECT id, datetime(start + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = pause.zone AND starts <= start ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS start, datetime("end" + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = pause.zone AND starts <= "end" ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS "end",
        datetime(ended + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = pause.zone AND starts <= ended ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS ended, zone FROM pause ORDER BY pause.start DESC;
CREATE VIEW minutes_by_date AS SELECT date(datetime(start + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = session.zone AND starts <= start ORDER BY starts DESC LIMIT 1), 0), 'unixepoch')) AS date, channel,
        round(sum("end" - start) / 60.0, 1) AS minutes, count(*) AS sessions
        FROM session WHERE "end" IS NOT NULL GROUP BY 1, 2 ORDER BY 1 DESC, 2;

-- They add the zone of each new row; our next undo step adds its offsets. Not with INSERT OR IGNORE: the conflict clause of
-- the statement that fires a trigger overrides that of the statements in the trigger.
CREATE TRIGGER session_zone_inserted AFTER INSERT ON session BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER session_zone_updated AFTER UPDATE OF zone ON session BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER urge_zone_inserted AFTER INSERT ON urge BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER urge_zone_updated AFTER UPDATE OF zone ON urge BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER outcome_zone_inserted AFTER INSERT ON outcome BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER outcome_zone_updated AFTER UPDATE OF zone ON outcome BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER pause_zone_inserted AFTER INSERT ON pause BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER pause_zone_updated AFTER UPDATE OF zone ON pause BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;

-- Programs such as `sqlite3` do not check foreign keys unless asked to, and sums would miss a mistyped name. Only inserts:
-- undo writes rows back in whatever order they were.
CREATE TRIGGER session_channel_known BEFORE INSERT ON session WHEN NEW.channel IS NOT NULL AND NOT EXISTS (SELECT 1 FROM channel WHERE name = NEW.channel) BEGIN SELECT RAISE(ABORT, 'there is no channel of that name'); END;
CREATE TRIGGER session_activity_known BEFORE INSERT ON session WHEN NEW.activity IS NOT NULL AND NOT EXISTS (SELECT 1 FROM activity WHERE name = NEW.activity) BEGIN SELECT RAISE(ABORT, 'there is no activity of that name'); END;
CREATE TRIGGER urge_channel_known BEFORE INSERT ON urge WHEN NEW.channel IS NOT NULL AND NOT EXISTS (SELECT 1 FROM channel WHERE name = NEW.channel) BEGIN SELECT RAISE(ABORT, 'there is no channel of that name'); END;
CREATE TRIGGER outcome_channel_known BEFORE INSERT ON outcome WHEN NEW.channel IS NOT NULL AND NOT EXISTS (SELECT 1 FROM channel WHERE name = NEW.channel) BEGIN SELECT RAISE(ABORT, 'there is no channel of that name'); END;

-- Imported facts follow the name of their channel, whoever renames it, undo and redo included.
CREATE TRIGGER channel_renamed AFTER UPDATE OF name ON channel WHEN NEW.name <> OLD.name BEGIN UPDATE imported_fact SET channel = NEW.name WHERE channel = OLD.name; END;
