-- Imports that nobody asked for at that moment: a step of `action` with a `source` is an automatic import of that entry
-- of the setting `sources`. For `unwanted` see storage/imported_facts.py.

ALTER TABLE action ADD COLUMN source TEXT;
CREATE TABLE unwanted (
        action INTEGER NOT NULL,
        what TEXT NOT NULL,
        key TEXT NOT NULL,
        PRIMARY KEY (what, key, action)
    ) STRICT, WITHOUT ROWID;
