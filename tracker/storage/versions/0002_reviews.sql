-- Notifications, what is remembered of patterns, what channels cost, and the weekly reviews.

-- A channel asked for attention. From a phone's export: with it, "opened unasked" means something.
CREATE TABLE notification (
        id INTEGER PRIMARY KEY,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE,
        at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 32503766400),
        zone TEXT NOT NULL,
        UNIQUE (channel, at)
    ) STRICT;

-- What the user says of a pattern: not now (until a date), or expected, and why. Dates are days of the log.
CREATE TABLE pattern_mark (
        id INTEGER PRIMARY KEY,
        pattern TEXT NOT NULL,
        what TEXT NOT NULL CHECK (what IN ('dismissed', 'expected')),
        since TEXT NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        until TEXT CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND until >= since),
        why TEXT,
        CHECK (what = 'expected' OR until IS NOT NULL)
    ) STRICT;

-- When the program raised a flag, and the last day it still stood: nobody's record, so of no interest to undo.
CREATE TABLE pattern_flag (
        pattern TEXT NOT NULL,
        raised TEXT NOT NULL CHECK (raised GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
        seen TEXT NOT NULL CHECK (seen GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND seen >= raised),
        PRIMARY KEY (pattern, raised)
    ) STRICT, WITHOUT ROWID;

-- How long the user thinks a week was: on one channel, or (null) on all social channels together.
CREATE TABLE estimate (
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'),
        channel TEXT REFERENCES channel(name) ON UPDATE CASCADE,
        seconds INTEGER NOT NULL CHECK (seconds >= 0),
        at INTEGER NOT NULL
    ) STRICT;

-- A week's review: a draft until `written`; then `figures` (JSON) and `page` (Markdown) stand as they were. What is
-- put right later is the next revision. `shown` is when its figures were first seen: an estimate comes before.
CREATE TABLE review (
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'),
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
    ) STRICT;

-- The user's verdict on a channel, or (null) on real contact, beside the computed one, as of a week's review.
CREATE TABLE verdict (
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'),
        channel TEXT REFERENCES channel(name) ON UPDATE CASCADE,
        computed TEXT NOT NULL,
        verdict TEXT NOT NULL,
        why TEXT,
        at INTEGER NOT NULL
    ) STRICT;

-- What a channel cost beside the hours, such as advertising: hundredths of `currency`.
CREATE TABLE spend (
        id INTEGER PRIMARY KEY,
        channel TEXT NOT NULL REFERENCES channel(name) ON UPDATE CASCADE,
        at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 32503766400),
        zone TEXT NOT NULL,
        amount INTEGER NOT NULL CHECK (amount > 0),
        currency TEXT NOT NULL CHECK (length(currency) = 3),
        note TEXT
    ) STRICT;

-- An if-then plan for a week: if `cue`, then `plan`. `measure` says how it shows in the log; `kept` is the user's
-- own answer where it does not. `target` is in the measure's own unit: minutes, checks, talks …
CREATE TABLE commitment (
        id INTEGER PRIMARY KEY,
        week TEXT NOT NULL CHECK (week GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'),
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
    ) STRICT;

CREATE INDEX notification_by_time ON notification(at);
CREATE UNIQUE INDEX estimate_by_week ON estimate(week, coalesce(channel, ''));
CREATE UNIQUE INDEX verdict_by_week ON verdict(week, coalesce(channel, ''));
CREATE INDEX spend_by_time ON spend(at);
-- What was said of why a session was begun, and for how long: few say it, so these are found without the others.
CREATE INDEX session_by_meaning ON session(start, intention, planned_seconds) WHERE intention IS NOT NULL OR planned_seconds IS NOT NULL;
CREATE INDEX commitment_by_week ON commitment(week);
CREATE UNIQUE INDEX one_draft_a_week ON review(week) WHERE written IS NULL;

CREATE VIEW spend_local AS SELECT id, datetime(at + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = spend.zone AND starts <= at ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS at, channel, amount / 100.0 AS amount,
        currency, note, zone FROM spend ORDER BY spend.at DESC;
CREATE VIEW review_local AS SELECT id, week, revision, datetime(begun + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = review.zone AND starts <= begun ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS begun,
        datetime(written + coalesce((SELECT seconds FROM zone_offset WHERE zone_offset.zone = review.zone AND starts <= written ORDER BY starts DESC LIMIT 1), 0), 'unixepoch') AS written, words, (SELECT round(seconds / 60.0, 1) FROM estimate
        WHERE estimate.week = review.week AND channel IS NULL) AS felt_minutes,
        round(json_extract(figures, '$.seconds') / 60.0, 1) AS logged_minutes, reviewed, zone
        FROM review ORDER BY review.week DESC, revision DESC;

CREATE TRIGGER notification_zone_inserted AFTER INSERT ON notification BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER notification_zone_updated AFTER UPDATE OF zone ON notification BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER spend_zone_inserted AFTER INSERT ON spend BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER spend_zone_updated AFTER UPDATE OF zone ON spend BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER review_zone_inserted AFTER INSERT ON review BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;
CREATE TRIGGER review_zone_updated AFTER UPDATE OF zone ON review BEGIN INSERT INTO zone(name) SELECT NEW.zone WHERE NOT EXISTS (SELECT 1 FROM zone WHERE name = NEW.zone); END;

CREATE TRIGGER notification_channel_known BEFORE INSERT ON notification WHEN NEW.channel IS NOT NULL AND NOT EXISTS (SELECT 1 FROM channel WHERE name = NEW.channel) BEGIN SELECT RAISE(ABORT, 'there is no channel of that name'); END;
CREATE TRIGGER estimate_channel_known BEFORE INSERT ON estimate WHEN NEW.channel IS NOT NULL AND NOT EXISTS (SELECT 1 FROM channel WHERE name = NEW.channel) BEGIN SELECT RAISE(ABORT, 'there is no channel of that name'); END;
CREATE TRIGGER verdict_channel_known BEFORE INSERT ON verdict WHEN NEW.channel IS NOT NULL AND NOT EXISTS (SELECT 1 FROM channel WHERE name = NEW.channel) BEGIN SELECT RAISE(ABORT, 'there is no channel of that name'); END;
CREATE TRIGGER spend_channel_known BEFORE INSERT ON spend WHEN NEW.channel IS NOT NULL AND NOT EXISTS (SELECT 1 FROM channel WHERE name = NEW.channel) BEGIN SELECT RAISE(ABORT, 'there is no channel of that name'); END;
CREATE TRIGGER commitment_channel_known BEFORE INSERT ON commitment WHEN NEW.channel IS NOT NULL AND NOT EXISTS (SELECT 1 FROM channel WHERE name = NEW.channel) BEGIN SELECT RAISE(ABORT, 'there is no channel of that name'); END;

-- A written review never changes, whatever program tries; undo may make it a draft again and delete the draft.
CREATE TRIGGER review_kept BEFORE UPDATE ON review WHEN OLD.written IS NOT NULL AND NEW.written IS NOT NULL AND (OLD.id, OLD.week, OLD.revision, OLD.begun, OLD.written, OLD.zone, OLD.shown, OLD.reviewed, OLD.words, OLD.figures, OLD.page) IS NOT (NEW.id, NEW.week, NEW.revision, NEW.begun, NEW.written, NEW.zone, NEW.shown, NEW.reviewed, NEW.words, NEW.figures, NEW.page) BEGIN SELECT RAISE(ABORT, 'a written review stays as it was'); END;
CREATE TRIGGER review_not_deleted BEFORE DELETE ON review WHEN OLD.written IS NOT NULL BEGIN SELECT RAISE(ABORT, 'a written review stays as it was'); END;
-- INSERT OR REPLACE deletes the old row without firing a delete trigger.
CREATE TRIGGER review_not_replaced BEFORE INSERT ON review WHEN EXISTS (SELECT 1 FROM review WHERE written IS NOT NULL AND (id = NEW.id OR week = NEW.week AND revision = NEW.revision)) BEGIN SELECT RAISE(ABORT, 'a written review stays as it was'); END;
CREATE TRIGGER review_not_overwritten BEFORE UPDATE ON review WHEN EXISTS (SELECT 1 FROM review WHERE written IS NOT NULL AND (id = NEW.id OR week = NEW.week AND revision = NEW.revision) AND id <> OLD.id) BEGIN SELECT RAISE(ABORT, 'a written review stays as it was'); END;
