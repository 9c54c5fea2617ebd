"""What the second version of the file adds: notifications, what is remembered of patterns, and the weekly reviews."""

from __future__ import annotations

_DATE = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"
_WEEK = "GLOB '[0-9][0-9][0-9][0-9]-W[0-9][0-9]'"

TABLES = (
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

INDEXES = (
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

_KEPT_ONCE = "BEGIN SELECT RAISE(ABORT, 'a written review stays as it was'); END"
_WRITTEN = ("id", "week", "revision", "begun", "written", "zone", "shown", "reviewed", "words", "figures", "page")

#: What is written stays as it was, whatever program tries; undo may make it a draft again, and take that away.
KEPT = (
    "CREATE TRIGGER review_kept BEFORE UPDATE ON review WHEN OLD.written IS NOT NULL AND NEW.written IS NOT NULL "
    f"AND ({', '.join(f'OLD.{name}' for name in _WRITTEN)}) IS NOT ({', '.join(f'NEW.{name}' for name in _WRITTEN)}) "
    + _KEPT_ONCE,
    f"CREATE TRIGGER review_not_deleted BEFORE DELETE ON review WHEN OLD.written IS NOT NULL {_KEPT_ONCE}",
    # OR REPLACE drives a row out without a word.
    *(
        f"CREATE TRIGGER review_not_{how} BEFORE {event} ON review WHEN EXISTS (SELECT 1 FROM review "
        f"WHERE written IS NOT NULL AND (id = NEW.id OR week = NEW.week AND revision = NEW.revision){but}) {_KEPT_ONCE}"
        for how, event, but in (("replaced", "INSERT", ""), ("overwritten", "UPDATE", " AND id <> OLD.id"))
    ),
)

#: Its tables whose rows are about a channel, or may be.
OF_CHANNELS = ("notification", "estimate", "verdict", "spend", "commitment")

#: Its tables whose every change lands in the change log, with their columns.
LOGGED = {
    "notification": ("id", "channel", "at", "zone"),
    "pattern_mark": ("id", "pattern", "what", "since", "until", "why"),
    "estimate": ("id", "week", "channel", "seconds", "at"),
    "review": (
        *("id", "week", "revision", "begun", "written", "zone", "shown", "reviewed", "words", "figures", "page"),
    ),
    "verdict": ("id", "week", "channel", "computed", "verdict", "why", "at"),
    "spend": ("id", "channel", "at", "zone", "amount", "currency", "note"),
    "commitment": (
        *("id", "week", "position", "cue", "plan", "measure", "kind", "target", "per", "channel", "ring", "pattern"),
        *("kept", "at"),
    ),
}
