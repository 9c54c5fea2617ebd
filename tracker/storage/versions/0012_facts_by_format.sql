-- One step may read the same row in two formats: a browser that took over another one's history has the visit under the
-- same key. The table is not renamed, as in version 11.

CREATE TABLE first_imported_fact AS SELECT * FROM imported_fact;
DROP TABLE imported_fact;
CREATE TABLE imported_fact (
        action INTEGER NOT NULL,
        format TEXT NOT NULL,
        key INTEGER NOT NULL,
        channel TEXT NOT NULL,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        estimated INTEGER NOT NULL,
        PRIMARY KEY (action, format, key)
    ) STRICT, WITHOUT ROWID;

INSERT INTO imported_fact SELECT action, format, key, channel, start, "end", estimated FROM first_imported_fact ORDER BY action, format, key;
DROP TABLE first_imported_fact;
CREATE INDEX screen_off ON imported_fact(format, start) WHERE channel = '';
