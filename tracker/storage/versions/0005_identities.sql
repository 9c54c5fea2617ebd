-- Which rows of two files are the same record: see storage/log_merge.py. `changed` is in UTC milliseconds, as `at` of
-- the change log.

CREATE TABLE identity (
        "table" TEXT NOT NULL,
        row INTEGER NOT NULL,
        uid TEXT NOT NULL,
        changed INTEGER NOT NULL,
        gone INTEGER NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
        brought_by INTEGER,
        PRIMARY KEY ("table", row)
    ) STRICT, WITHOUT ROWID;
