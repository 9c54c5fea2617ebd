"""The full-text index is as the records are, whoever writes, and in files of every version."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.storage.files import PARIS, other_program
from tracker.domain.errors import IndexRebuilt, TrackerError
from tracker.domain.models import Session
from tracker.storage import Database, bulk_load, day_records, file_format, schema, search, sessions


def matched(database: Database, word: str) -> list[tuple[str, int]]:
    expression = search.expression([(word,)], begun=False)
    return [(match.kind, match.id) for match in search.matches(database, expression, limit=9)]


@pytest.fixture
def diary(database: Database) -> Database:
    for number, word in enumerate(("apples", "pears", "plums")):
        start = NOW - 9000 + 1000 * number
        sessions.add(database, "linkedin", start, start + 500, PARIS, now=NOW, note=word)
    day_records.write_note(database, "2026-11-23", "walnuts", now=NOW)
    return database


@pytest.mark.parametrize(
    ("statement", "now_found", "not_found"),
    [
        ("UPDATE session SET note = 'figs' WHERE id = 2", {"figs": [("session", 2)]}, ("pears",)),
        ("UPDATE session SET note = NULL", {}, ("apples", "pears", "plums")),
        ("UPDATE session SET id = id + 100", {"pears": [("session", 102)]}, ()),
        ("UPDATE OR REPLACE session SET id = 1 WHERE id = 2", {"pears": [("session", 1)]}, ("apples",)),
        ("DELETE FROM session WHERE id = 3", {}, ("plums",)),
        (
            "REPLACE INTO session(id, channel, start, zone, \"end\", note) VALUES (2, 'x', 7, 'UTC', 8, 'figs')",
            {"figs": [("session", 2)]},
            ("pears",),
        ),
        (
            "REPLACE INTO session(id, channel, start, zone, \"end\") VALUES (2, 'x', 7, 'UTC', 8)",
            {},
            ("pears",),
        ),
        (
            "INSERT OR IGNORE INTO session(id, channel, start, zone, note) VALUES (2, 'x', 7, 'UTC', 'figs')",
            {"pears": [("session", 2)]},
            ("figs",),
        ),
        (
            "INSERT INTO day_note(date, note) VALUES ('2026-11-23', '') ON CONFLICT(date) DO UPDATE SET note = 'figs'",
            {"figs": [("note", 1)]},
            ("walnuts",),
        ),
        ("REPLACE INTO day_note(date, note) VALUES ('2026-11-23', 'figs')", {"figs": [("note", 2)]}, ("walnuts",)),
        ("UPDATE channel SET name = 'pro' WHERE name = 'linkedin'", {"pears": [("session", 2)]}, ()),
    ],
)
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_what_another_program_writes_is_found(
    diary: Database,
    statement: str,
    now_found: dict[str, list[tuple[str, int]]],
    not_found: tuple[str, ...],
    recursive: str,
) -> None:
    with closing(sqlite3.connect(diary.file.path)) as other, other:
        other.execute(f"PRAGMA recursive_triggers = {recursive}")
        other.execute("PRAGMA foreign_keys = ON")
        other.execute(statement)
    for word, where in now_found.items():
        assert matched(diary, word) == where
    for word in not_found:
        assert matched(diary, word) == []
    assert search.problems(diary) == []


def test_a_text_that_another_program_puts_into_the_index_is_a_problem(diary: Database) -> None:
    other_program(diary.file.path, "UPDATE search_content SET c3 = 'figs' WHERE id = 2")
    assert len(search.problems(diary)) == 1


@pytest.mark.parametrize("version", [1, 7, 8])
def test_what_was_written_before_the_index_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: int
) -> None:
    path = str(tmp_path / "old.db")
    with closing(sqlite3.connect(path)) as old:
        with monkeypatch.context() as then:
            then.setattr(schema, "VERSIONS", schema.VERSIONS[:version])
            schema.create(old)
        old.execute("INSERT INTO session(channel, start, zone, intention) VALUES ('x', 100, 'UTC', 'Œuvre, neuve')")
        old.execute("INSERT INTO urge(channel, at, zone, trigger) VALUES ('x', 100, 'UTC', 'œuvre')")
        old.commit()
    with Database.open(path) as database:
        assert sorted(matched(database, "oeuvre")) == [("session", 1), ("urge", 1)]
        assert search.problems(database) == []
    assert Path(f"{path}.before-v{file_format.VERSION}").exists()


def test_the_first_letters_of_a_word_find_it(diary: Database) -> None:
    sessions.check(diary, "x", NOW, PARIS, "Écouter les abonnés", now=NOW)
    for begun in ("ab", "abo", "abonn", "éc", "ec", "ECO"):
        matches = search.matches(diary, search.expression([(begun,)], begun=True), limit=9)
        assert [dict(match.texts) for match in matches] == [{"note": "Écouter les abonnés"}], begun


def test_a_bulk_load_is_found(database: Database) -> None:
    rows = [Session(0, "x", NOW - 900, NOW - 800, PARIS, note="apples"), Session(0, "x", NOW - 90, NOW - 80, PARIS)]
    bulk_load.fill(database, now=NOW, sessions=rows)
    assert matched(database, "apples") == [("session", 1)]
    assert search.problems(database) == []


def test_nothing_of_the_index_is_in_the_change_log(diary: Database) -> None:
    assert not database_tables(diary) & {"search", "search_content", "search_data"}


def database_tables(database: Database) -> set[str]:
    return {name for (name,) in database.rows('SELECT DISTINCT "table" FROM change')}


def test_sessions_without_words_are_not_in_the_index(database: Database) -> None:
    sessions.check(database, "x", NOW, PARIS, None, now=NOW)
    assert database.row("SELECT count(*) FROM search") == (0,)


#: Damage to the tables in which SQLite keeps the index.
DAMAGE = {
    **{f"{part} emptied": f"DELETE FROM search_{part}" for part in ("data", "content", "docsize", "config")},
    **{f"{part} dropped": f"DROP TABLE search_{part}" for part in ("data", "idx", "content", "docsize", "config")},
    "zeros": "UPDATE search_data SET block = zeroblob(length(block))",
    "other bytes": "UPDATE search_data SET block = randomblob(length(block))",
    # SQLite asks for as much memory as the bytes say.
    "a huge length": "UPDATE search_data SET block = x'7144dbe7682c2523d384aa87' WHERE id = 10",
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_named_and_built_again(diary: Database, damage: str) -> None:
    other_program(diary.file.path, DAMAGE[damage])
    with Database.open(diary.file.path) as opened:
        assert len(search.problems(opened)) == 1
        search.rebuild(opened)
    with Database.open(diary.file.path) as opened:
        assert search.problems(opened) == []
        assert matched(opened, "pears") == [("session", 2)]


def test_an_index_that_cannot_be_built_again_is_said_once(diary: Database) -> None:
    other_program(diary.file.path, "UPDATE search_data SET block = zeroblob(length(block))")
    other_program(diary.file.path, "DROP TABLE commitment")
    with (
        Database.open(diary.file.path) as opened,
        pytest.raises(TrackerError, match=r"the search index of .* is damaged"),
    ):
        sessions.delete(opened, [1], now=NOW)


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_does_not_hinder_writing_for_long(diary: Database, damage: str) -> None:
    other_program(diary.file.path, DAMAGE[damage])
    with Database.open(diary.file.path) as opened:
        for _attempt in range(2):
            with suppress(IndexRebuilt):
                sessions.delete(opened, [1], now=NOW)
                break
        sessions.add(opened, "x", NOW - 90, NOW - 80, PARIS, now=NOW, note="dates")
    with Database.open(diary.file.path) as opened:
        if search.problems(opened):
            search.rebuild(opened)  # some damage hinders no writing
        assert matched(opened, "apples") == []
        assert len(matched(opened, "dates")) == 1


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_whose_index_is_damaged_comes_to_the_next_version(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    path = str(tmp_path / "old.db")
    with closing(sqlite3.connect(path)) as old:
        with monkeypatch.context() as then:
            then.setattr(schema, "VERSIONS", schema.VERSIONS[:8])
            schema.create(old)
        old.execute("INSERT INTO session(channel, start, zone, note) VALUES ('x', 100, 'UTC', 'pears')")
        old.commit()
    other_program(path, DAMAGE[damage])
    with Database.open(path) as database:
        assert search.problems(database) == []
        assert matched(database, "pears") == [("session", 1)]
