"""The shape of the file: what a later migration must not forget."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
import sqlite_utils

from tracker.domain.models import (
    DISMISSED,
    EXPECTED,
    HABIT_KINDS,
    KINDS,
    LONGEST_SESSION,
    MEASURES,
    OUTCOME_KINDS,
    PURPOSES,
    RINGS,
    Commitment,
    DayNote,
    Session,
)
from tracker.storage import Database, schema, session_table
from tracker.storage.database import record_of
from tracker.storage.file_format import VERSION
from tracker.storage.schema import LOGGED, REAL_COLUMNS, VERSIONS, create, log_triggers, migrate

#: The full-text index, which follows the records by triggers, and what FTS5 keeps it in.
INDEX = {"search", *(f"search_{part}" for part in ("config", "content", "data", "docsize", "idx"))}

#: Tables undo does not answer for, and why not a change of the user's.
NOT_LOGGED = {
    "identity",
    "zone",
    "zone_offset",
    "imported_fact",
    "action",
    "change",
    "state",
    "pattern_flag",
    "unwanted",
}


def tables(database: Database) -> dict[str, str]:
    """Our tables and the SQL that made them; not SQLite's own, nor the migrations' of sqlite-utils."""
    return dict(database.rows("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT GLOB '*sqlite_*'"))


def test_the_version_is_the_number_of_migrations() -> None:
    assert len(VERSIONS) == VERSION


def test_a_new_file_is_what_the_migrations_of_sqlite_utils_make() -> None:
    with closing(sqlite3.connect(":memory:")) as created, closing(sqlite3.connect(":memory:")) as migrated:
        create(created)
        migrate(migrated)
        for sql in (
            "SELECT type, name, sql FROM sqlite_master ORDER BY name",
            "SELECT migration_set, name FROM _sqlite_migrations ORDER BY id",
            "SELECT * FROM channel",
            "SELECT * FROM channel_match",
            "SELECT * FROM activity",
            "PRAGMA application_id",
            "PRAGMA user_version",
        ):
            assert created.execute(sql).fetchall() == migrated.execute(sql).fetchall()
        assert sqlite_utils.Migrations("tracker").applied(sqlite_utils.Database(created))


def test_a_later_version_adds_a_column_to_a_table_that_undo_takes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The versions before it name only the columns of their time: SQLite refuses to rename a table beside others."""
    columns = (*LOGGED["session"], "mood")

    def mood() -> Iterator[tuple[str, tuple[()]]]:
        yield "ALTER TABLE session ADD COLUMN mood TEXT", ()
        for sql in log_triggers("session", columns=columns):
            yield f"DROP TRIGGER {sql.split()[2]}", ()
            yield sql, ()

    monkeypatch.setitem(LOGGED, "session", columns)
    monkeypatch.setattr(schema, "VERSIONS", [*VERSIONS, ("mood", mood)])
    for make in (create, migrate):
        with closing(sqlite3.connect(":memory:")) as connection:
            make(connection)
            connection.execute("INSERT INTO session(channel, start, zone, mood) VALUES ('x', 1, 'UTC', 'low')")
            connection.execute("UPDATE session SET mood = 'fine'")
            logged = "SELECT json_extract(before, '$.mood') FROM change WHERE what = 'update'"
            assert connection.execute(logged).fetchall() == [("low",)]


def test_every_table_is_logged_or_known_not_to_be(database: Database) -> None:
    assert set(tables(database)) == set(LOGGED) | NOT_LOGGED | INDEX


def test_every_table_is_strict(database: Database) -> None:
    loose = {name for name, sql in tables(database).items() if "STRICT" not in sql.rpartition(")")[2]}
    assert loose == INDEX  # FTS5 makes its own tables


def test_the_log_knows_every_column(database: Database) -> None:
    for table, columns in LOGGED.items():
        assert tuple(row[1] for row in database.rows(f"PRAGMA table_info({table})")) == columns, table


def test_a_number_that_json_would_round_is_logged_beside_the_image(database: Database) -> None:
    numbers = {
        table: [name for _id, name, kind, *_rest in database.rows(f"PRAGMA table_info({table})") if kind == "REAL"]
        for table in LOGGED
    }
    assert {table: columns for table, columns in numbers.items() if columns} == {
        table: [column] for table, column in REAL_COLUMNS.items()
    }


def test_a_session_is_its_row(database: Database) -> None:
    assert LOGGED["session"] == Session._fields


def test_the_file_takes_the_words_that_the_program_has(database: Database) -> None:
    """A version is never changed: what the program adds to one of these needs a version of its own."""
    words = {
        ("channel", "kind"): KINDS,
        ("activity", "purpose"): PURPOSES,
        ("session", "ring"): RINGS,
        ("person", "met_ring"): RINGS,
        ("commitment", "ring"): RINGS,
        ("outcome", "kind"): OUTCOME_KINDS,
        ("habit", "kind"): HABIT_KINDS,
        ("habit", "measure"): MEASURES,
        ("pattern_mark", "what"): (DISMISSED, EXPECTED),
    }
    for (table, column), names in words.items():
        assert f"CHECK ({column} IN ({', '.join(map(repr, names))}))" in tables(database)[table], (table, column)
    assert f'"end" - start <= {LONGEST_SESSION})' in tables(database)["session"]


def test_every_logged_table_has_its_triggers(database: Database) -> None:
    for table in LOGGED:
        columns = {
            name
            for (name,) in database.rows(
                "SELECT name FROM sqlite_master WHERE tbl_name = ? AND type = 'trigger'", (table,)
            )
        }
        wanted = {f"{table}_{event}" for event in ("inserted", "updated", "deleted", "replaced", "overwritten")}
        assert wanted <= columns, table


def unique_keys() -> list[tuple[str, str]]:
    with Database.open(":memory:") as database:
        return [
            (table, index[1]) for table in LOGGED for index in database.rows(f"PRAGMA index_list({table})") if index[2]
        ]


#: A row for every unique key, which a second one like it drives out.
ROWS = {
    "channel": "INSERT INTO channel(name, title, kind, letter) VALUES ('zz', 'ZZ', 'social', 'z')",
    "channel_match": "INSERT INTO channel_match(channel, what, text) VALUES ('x', 'alias', 'zz')",
    "activity": "INSERT INTO activity(name, title, purpose) VALUES ('zz', 'ZZ', 'make')",
    "session": "INSERT INTO session(channel, start, zone) VALUES ('x', 1, 'UTC')",
    "day_note": "INSERT INTO day_note(date, note) VALUES ('2026-11-23', 'zz')",
    "person": "INSERT INTO person(name, met) VALUES ('Samia', 'linkedin')",
    "habit": "INSERT INTO habit(name, kind, created) VALUES ('Walk', 'yes_no', '2026-11-23')",
    "habit_day": "INSERT INTO habit_day(habit, date, value) VALUES ('Walk', '2026-11-23', 1)",
    "notification": "INSERT INTO notification(channel, at, zone) VALUES ('x', 1, 'UTC')",
    "estimate": "INSERT INTO estimate(week, seconds, at) VALUES ('2026-W48', 3600, 1)",
    "review": "INSERT INTO review(week, begun, zone) VALUES ('2026-W48', 1, 'UTC')",
    "verdict": "INSERT INTO verdict(week, channel, computed, verdict, at) VALUES ('2026-W48', 'x', 'cut', 'stop', 1)",
}


@pytest.mark.parametrize("table", sorted({table for table, _index in unique_keys()}))
def test_a_row_that_a_replace_drives_out_is_logged(database: Database, table: str) -> None:
    insert = ROWS[table]
    if table == "habit_day":
        database.connection.execute(ROWS["habit"])
    database.connection.execute(insert)
    (first,) = database.row(f"SELECT max(id) FROM {table}")
    (logged,) = database.row("SELECT max(id) FROM change")
    database.connection.execute(insert.replace("INSERT INTO", "INSERT OR REPLACE INTO"))
    log = database.rows('SELECT "table", row, what FROM change WHERE id > ? ORDER BY id', (logged,))
    assert (table, first, "delete") in log
    assert log[-1][2] == "insert"


def test_the_database_itself_refuses_what_cannot_be(database: Database) -> None:
    for statement in (
        "INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', 10, 9, 'UTC')",
        "INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', 0, 86400 * 8, 'UTC')",
        "INSERT INTO session(channel, start, \"end\", zone) VALUES ('nowhere', 0, 1, 'UTC')",
        "INSERT INTO session(channel, start, \"end\", zone, ring) VALUES ('x', 0, 1, 'UTC', 'moon')",
        "INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', 'noon', 1, 'UTC')",
        "INSERT INTO channel(name, title, kind) VALUES ('Upper', 'U', 'social')",
        "INSERT INTO channel(name, title, kind) VALUES ('upper', 'U', 'antisocial')",
        "INSERT INTO outcome(kind, at, zone, amount) VALUES ('income', 1, 'UTC', 100)",
        "INSERT INTO day_note(date) VALUES ('yesterday')",
        "INSERT INTO channel_match(channel, what, text) VALUES ('x', 'domain', 'linkedin.com')",
        "INSERT INTO pause(start, \"end\", zone) VALUES (10, 10, 'UTC')",
        "INSERT INTO pause(start, \"end\", zone, ended) VALUES (10, 20, 'UTC', 9)",
        "INSERT INTO person(name, met) VALUES ('Samia', 'nowhere')",
        "INSERT INTO habit(name, kind, created) VALUES ('Walk', 'at_least', '2026-11-23')",
        "INSERT INTO habit(name, kind, created, times, days) VALUES ('Walk', 'yes_no', '2026-11-23', 8, 7)",
        "INSERT INTO habit_day(habit, date, value) VALUES ('no such habit', '2026-11-23', 1)",
        "INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', 1795443120000, 1795443120001, 'UTC')",
        "INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', -1, 1, 'UTC')",
        "INSERT INTO urge(channel, at, zone) VALUES ('x', 1795443120000, 'UTC')",
        "INSERT INTO outcome(kind, at, zone) VALUES ('client', 1795443120000, 'UTC')",
        "INSERT INTO notification(channel, at, zone) VALUES ('nowhere', 1, 'UTC')",
        "INSERT INTO pattern_mark(pattern, what, since) VALUES ('night', 'dismissed', '2026-11-23')",
        "INSERT INTO estimate(week, seconds, at) VALUES ('week 48', 3600, 1)",
        "INSERT INTO spend(channel, at, zone, amount, currency) VALUES ('nowhere', 1, 'UTC', 100, 'EUR')",
        "INSERT INTO spend(channel, at, zone, amount, currency) VALUES ('x', 1, 'UTC', 0, 'EUR')",
        "INSERT INTO review(week, begun, zone, written) VALUES ('2026-W48', 1, 'UTC', 2)",
        "INSERT INTO commitment(week, cue, plan, measure, at) VALUES ('2026-W48', 'likes', 'call', 'checks', 1)",
    ):
        with pytest.raises(sqlite3.IntegrityError):
            database.connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO session(channel, start, \"end\", zone) VALUES ('nowhere', 0, 1, 'UTC')",
        "INSERT OR IGNORE INTO session(channel, start, \"end\", zone) VALUES ('nowhere', 0, 1, 'UTC')",
        "INSERT INTO session(channel, activity, start, \"end\", zone) VALUES ('x', 'nothing', 0, 1, 'UTC')",
        "INSERT INTO urge(channel, at, zone) VALUES ('nowhere', 1, 'UTC')",
    ],
)
def test_a_name_that_is_not_there_is_refused_where_foreign_keys_are_off(database: Database, statement: str) -> None:
    database.connection.execute("PRAGMA foreign_keys = OFF")
    with pytest.raises(sqlite3.IntegrityError, match="there is no"):
        database.connection.execute(statement)


def test_an_id_never_comes_to_name_another_session(database: Database) -> None:
    database.connection.execute("INSERT INTO session(id, channel, start, \"end\", zone) VALUES (9, 'x', 0, 1, 'UTC')")
    database.connection.execute("DELETE FROM session")
    database.connection.execute("INSERT INTO session(channel, start, \"end\", zone) VALUES ('x', 0, 1, 'UTC')")
    assert database.row("SELECT id FROM session") == (10,)


@pytest.mark.parametrize("question", ["last", "combinations"])
def test_what_was_done_last_on_a_channel_is_found_by_an_index(database: Database, question: str) -> None:
    """However many sessions were imported: those recorded by hand are not looked for one by one."""
    asked: list[str] = []
    database.connection.set_trace_callback(asked.append)
    if question == "last":
        session_table.last_by_channel(database)
    else:
        session_table.combinations(database, "linkedin", 5)
    database.connection.set_trace_callback(None)
    plan = [row[3] for row in database.rows(f"EXPLAIN QUERY PLAN {asked[-1]}")]
    assert any("USING INDEX session_by_hand_on_channel (channel=?)" in step for step in plan), plan


def test_a_null_where_a_boolean_must_be_is_false() -> None:
    """Another program may have made the table without NOT NULL, or a left join found no row."""
    day = record_of(DayNote, ("2026-11-23", None, None, None, 1, None))
    assert (day.zero, day.task_done, day.closed) == (False, True, False)
    commitment = dict.fromkeys(Commitment._fields)
    assert record_of(Commitment, tuple(commitment.values())).kept is None
    assert record_of(Commitment, tuple((commitment | {"kept": 0}).values())).kept is False
