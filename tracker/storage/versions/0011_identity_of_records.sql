-- A row that is gone keeps its identity when a new row gets its number. The table is not renamed: then
-- SQLite would parse every trigger and view again, 12 ms of the first command on a new file.

CREATE TABLE first_identity AS SELECT * FROM identity;
DROP TABLE identity;
CREATE TABLE identity (
        "table" TEXT NOT NULL,
        uid TEXT NOT NULL,
        row INTEGER NOT NULL,
        born INTEGER NOT NULL,
        changed INTEGER NOT NULL,
        gone INTEGER NOT NULL CHECK (gone IN (0, 1)),
        brought_by INTEGER,
        PRIMARY KEY ("table", uid)
    ) STRICT, WITHOUT ROWID;

INSERT INTO identity SELECT "table", uid, row, 0, changed, gone, brought_by FROM first_identity WHERE true ORDER BY gone DESC, changed ON CONFLICT("table", uid) DO UPDATE SET row = excluded.row, changed = excluded.changed, gone = excluded.gone, brought_by = excluded.brought_by;
DROP TABLE first_identity;
