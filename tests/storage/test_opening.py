"""Opening: a new file is private and complete; a file that is not ours is refused in a line and left as it is."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import HANGS_AFTER, NOW
from tests.storage.files import PARIS, dump, python
from tracker.domain.default_channels import ACTIVITIES, CHANNELS, default_matches
from tracker.domain.errors import TrackerError
from tracker.storage import Database, channels, file_format, schema, session_table, sessions, undo
from tracker.storage.schema import FIRST_LOGGED

if TYPE_CHECKING:
    from collections.abc import Callable


#: The version after this one.
NEXT = file_format.VERSION + 1


def mode(path: str | Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


@pytest.fixture
def migrate(path: str, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes a file with a running session at `path`, then brings in the SQL of a next version, not applied yet."""
    with Database.open(path) as database:
        sessions.start(database, "linkedin", NOW, PARIS, now=NOW)
    monkeypatch.setattr(schema, "VERSIONS", list(schema.VERSIONS))

    def bring(*statements: str) -> None:
        schema.VERSIONS.append(("9999_test", lambda: ((statement, ()) for statement in statements)))
        monkeypatch.setattr(file_format, "VERSION", NEXT)

    return bring


def refusal(path: str) -> str:
    with pytest.raises(TrackerError) as refused:
        Database.open(path)
    assert "\n" not in str(refused.value)
    assert path in str(refused.value)
    return str(refused.value)


def test_a_new_file_is_the_users_alone(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "er" / "tracker.db"
    with Database.open(str(path)) as database:
        sessions.start(database, "linkedin", NOW, PARIS, now=NOW)
        assert {mode(file) for file in path.parent.iterdir()} == {0o600}
    assert mode(path.parent) == 0o700


def test_a_new_file_is_marked_durable_and_seeded(database: Database) -> None:
    assert database.row("PRAGMA application_id") == (0x74726B72,)
    assert database.row("PRAGMA user_version") == (file_format.VERSION,)
    assert database.row("PRAGMA journal_mode") == ("wal",)
    assert database.row("PRAGMA synchronous") == (2,)
    assert database.row("PRAGMA foreign_keys") == (1,)
    assert [channel.name for channel in channels.channels(database)] == [channel.name for channel in CHANNELS]
    assert [activity.name for activity in channels.activities(database)] == [activity.name for activity in ACTIVITIES]


def test_an_empty_file_that_is_there_is_new(tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.touch()
    with Database.open(str(path)) as database:
        assert channels.channels(database)


def test_a_file_in_memory_is_one_too() -> None:
    with Database.open(":memory:") as database:
        sessions.start(database, "linkedin", NOW, PARIS, now=NOW)
        assert session_table.running(database)
    assert not Path(":memory:").exists()


def test_sqlite_utils_leaves_the_connection_as_it_was(database: Database) -> None:
    settings = ("recursive_triggers", "foreign_keys", "synchronous", "busy_timeout", "journal_mode")
    before = [database.row(f"PRAGMA {setting}") for setting in settings]
    assert database.table("session").exists()
    assert [database.row(f"PRAGMA {setting}") for setting in settings] == before


@pytest.mark.parametrize("content", [b"hi", b"x" * 5000, b"SQLite format 3\0" + b"\1" * 3000, b"\0" * 4096])
def test_what_is_no_sqlite_file_is_refused_untouched(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    assert "letter.txt" in refusal(str(path))
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("journal_mode", ["wal", "delete"])
@pytest.mark.parametrize("mark", [0, 77])
def test_another_programs_file_is_refused_untouched(tmp_path: Path, journal_mode: str, mark: int) -> None:
    path = tmp_path / "places.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"PRAGMA journal_mode = {journal_mode}")
        other.execute(f"PRAGMA application_id = {mark}")
        other.execute("CREATE TABLE moz_places(id)")
    before = path.read_bytes()
    assert "belongs to another program" in refusal(str(path))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_from_a_newer_version_is_refused_untouched(path: str) -> None:
    Database.open(path).close()
    with closing(sqlite3.connect(path)) as later:
        later.execute("PRAGMA user_version = 99")
    before = Path(path).read_bytes()
    assert "newer" in refusal(path)
    assert Path(path).read_bytes() == before


def test_a_newer_version_still_in_the_write_ahead_log_is_seen(path: str) -> None:
    Database.open(path).close()
    with closing(sqlite3.connect(path)) as later:
        later.execute("PRAGMA user_version = 99")
        assert Path(path + "-wal").stat().st_size
        assert "newer" in refusal(path)


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert "folder" in refusal(str(tmp_path))


def test_a_place_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refusal(str(tmp_path / "file" / "tracker.db"))
    refusal(str(tmp_path / ("n" * 300)))


def test_a_folder_one_may_not_write_in_is_refused(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o500)
    if os.getuid():
        refusal(str(closed / "tracker.db"))
    else:
        # The modules are loaded before the privileges go: the project may lie where others cannot read.
        child = python(
            "import os, sys\nfrom tracker.storage import Database\n"
            "import tracker.files.file_access, tracker.storage.schema\n"
            "os.chdir('/'); os.setuid(65534)\n"
            "try: Database.open(sys.argv[1])\nexcept Exception as error: print(type(error).__name__)",
            str(closed / "tracker.db"),
        )
        out, _err = child.communicate(timeout=HANGS_AFTER)
        assert out.strip() == "TrackerError"
    assert list(closed.iterdir()) == []


def test_a_file_one_may_only_read_is_read_and_not_written(tmp_path: Path) -> None:
    if os.getuid() == 0:
        pytest.skip("root may write everywhere")
    path = tmp_path / "tracker.db"
    Database.open(str(path)).close()
    path.chmod(0o400)
    with Database.open(str(path)) as database:
        assert channels.channels(database)
        with pytest.raises(TrackerError, match="cannot write"):
            sessions.start(database, "linkedin", NOW, PARIS, now=NOW)


def test_a_migration_keeps_a_backup_and_every_row(
    path: str, migrate: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Database.open(path) as database:
        before = dump(database)
    migrate("CREATE TABLE novelty (id INTEGER PRIMARY KEY) STRICT")
    with Database.open(path) as database:
        assert dump(database) == before
        assert database.row("PRAGMA user_version") == (NEXT,)
        assert database.row("SELECT count(*) FROM novelty") == (0,)
    backup = f"{path}.before-v{NEXT}"
    assert mode(backup) == 0o600
    monkeypatch.setattr(file_format, "VERSION", NEXT - 1)
    with Database.open(backup) as database:
        assert dump(database) == before


def test_a_file_of_the_first_version_comes_along_with_every_row(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as then:
        then.setattr(schema, "VERSIONS", schema.VERSIONS[:1])
        then.setattr(file_format, "VERSION", 1)
        with Database.open(path) as database:
            database.connection.execute(
                "INSERT INTO session(channel, start, zone) VALUES ('linkedin', ?, ?)", (NOW, PARIS)
            )
            before = {table: database.rows(f"SELECT * FROM {table} ORDER BY id") for table in FIRST_LOGGED}
    with Database.open(path) as database:
        assert {table: database.rows(f"SELECT * FROM {table} ORDER BY id") for table in FIRST_LOGGED} == before
        assert database.row("SELECT count(*) FROM review") == (0,)
        assert database.row("PRAGMA user_version") == (file_format.VERSION,)
    assert Path(f"{path}.before-v{file_format.VERSION}").exists()


def test_a_file_from_before_it_keeps_the_identities_of_records(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two rows with one identity, the one that is there counts, else the one that was deleted last."""
    columns = '"table", row, uid, changed, gone, brought_by'
    older = [
        ("", 0, "", 17, 0, None),
        ("habit_day", 1, "walk/2026-11-20", 900, 1, None),
        ("habit_day", 2, "walk/2026-11-20", 500, 0, 3),
        ("urge", 3, "3.100", 700, 1, None),
        ("urge", 4, "3.100", 600, 1, None),
    ]
    with monkeypatch.context() as then:
        then.setattr(schema, "VERSIONS", schema.VERSIONS[:10])
        then.setattr(file_format, "VERSION", 10)
        with Database.open(path) as database:
            database.connection.executemany(f"INSERT INTO identity({columns}) VALUES (?, ?, ?, ?, ?, ?)", older)
    with Database.open(path) as database:
        assert database.rows(f"SELECT {columns} FROM identity ORDER BY 1, 2") == [older[0], older[2], older[3]]


def test_a_file_from_before_it_keeps_the_facts_of_imports(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    query = 'SELECT action, key, format, channel, start, "end", estimated FROM imported_fact ORDER BY 1, 2'
    facts = [
        (1, -9, "chrome", "x", 100, 160, 1),
        (1, 7, "safari", "x", 200, 210, 0),
        (2, -9, "chrome", "x", 100, 190, -1),
    ]
    with monkeypatch.context() as then:
        then.setattr(schema, "VERSIONS", schema.VERSIONS[:11])
        then.setattr(file_format, "VERSION", 11)
        with Database.open(path) as database:
            columns = 'action, key, format, channel, start, "end", estimated'
            insert = f"INSERT INTO imported_fact({columns}) VALUES (?, ?, ?, ?, ?, ?, ?)"
            database.connection.executemany(insert, facts)
    with Database.open(path) as database:
        assert database.rows(query) == facts


def default_bundles() -> list[tuple[str, str]]:
    """(channel, bundle id in lower case)."""
    names = [channel.name for channel in CHANNELS]
    return [(name, bundle.lower()) for name in names for bundle in default_matches(name).get("bundle", ())]


def test_a_file_from_before_them_gets_the_apps_of_iphones(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that the user gave to another channel stay there; the history has nothing of it."""
    bundles = default_bundles()
    with monkeypatch.context() as then:
        then.setattr(schema, "VERSIONS", schema.VERSIONS[:4])
        then.setattr(file_format, "VERSION", 4)
        with Database.open(path) as database:
            for _channel, bundle in bundles:
                database.connection.execute("DELETE FROM channel_match WHERE text = ?", (bundle,))
            database.connection.execute(
                "INSERT INTO channel_match(channel, what, text) VALUES ('pinterest', 'app', 'com.burbn.instagram')"
            )
            changes = database.row("SELECT count(*) FROM change")
    with Database.open(path) as database:
        expected = {("pinterest" if bundle == "com.burbn.instagram" else name, bundle) for name, bundle in bundles}
        assert expected <= {(channel, text) for channel, what, text in channels.matches(database) if what == "app"}
        assert database.row("SELECT count(*) FROM change") == changes


#: What was undone before a migration: two words, and an app that the migration would give to another channel.
REDONE = "VALUES ('bluesky', 'alias', 'blue'), ('bluesky', 'app', 'com.burbn.instagram'), ('bluesky', 'alias', 'bub')"


def test_what_was_undone_before_a_migration_takes_nothing_away_when_it_is_redone(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as then:
        then.setattr(schema, "VERSIONS", schema.VERSIONS[:4])
        then.setattr(file_format, "VERSION", 4)
        with Database.open(path) as database:
            for _channel, bundle in default_bundles():
                database.connection.execute("DELETE FROM channel_match WHERE text = ?", (bundle,))
            # By hand: today's program writes no log of that time.
            write = database.connection.execute
            (first,) = database.row("SELECT max(id) + 1 FROM change")
            last = database.row("SELECT max(id) FROM channel_match")
            write("INSERT INTO channel_match(channel, what, text) " + REDONE)
            write("DELETE FROM channel_match WHERE id > ?", last)
            for id, state, target, start in ((1, "undone", None, first), (2, None, 1, first + 3)):
                write(
                    "INSERT INTO action(id, at, says, state, target, first, last) VALUES (?, ?, 'named', ?, ?, ?, ?)",
                    (id, NOW, state, target, start, start + 2),
                )
    with Database.open(path) as database:
        before = set(channels.matches(database))
        undo.redo(database, 1, now=NOW)
        assert set(channels.matches(database)) == before | set(database.rows(REDONE))


def shape(database: Database) -> set[tuple[str, str, str]]:
    """Every table, index, view and trigger with the SQL that made it."""
    return set(database.rows("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


@pytest.mark.parametrize("version", range(1, file_format.VERSION))
def test_a_migrated_file_is_what_a_new_one_is(path: str, monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    with monkeypatch.context() as then:
        then.setattr(schema, "VERSIONS", schema.VERSIONS[:version])
        then.setattr(file_format, "VERSION", version)
        Database.open(path).close()
    with Database.open(path) as migrated, Database.open(f"{path}.new") as new:
        assert shape(migrated) == shape(new)


def test_a_migration_that_goes_wrong_leaves_the_file_as_it_was(
    path: str, migrate: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = Path(path).read_bytes()
    migrate("CREATE TABLE half (id INTEGER PRIMARY KEY)", "ALTER TABLE nothing ADD COLUMN x")
    assert "it is as it was" in refusal(path)
    assert Path(path).read_bytes() == before
    monkeypatch.setattr(file_format, "VERSION", NEXT - 1)
    with Database.open(path) as database:
        assert session_table.running(database)


def test_without_room_for_the_backup_nothing_is_migrated(
    path: str, migrate: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*where: str) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = Path(path).read_bytes()
    migrate("CREATE TABLE novelty (id INTEGER PRIMARY KEY) STRICT")
    monkeypatch.setattr(tempfile, "mkstemp", full)
    with pytest.raises(TrackerError, match=r"cannot write the backup .*: the disk is full"):
        Database.open(path)
    assert Path(path).read_bytes() == before
    assert not Path(f"{path}.before-v{NEXT}").exists()


@pytest.mark.parametrize("readings", range(5))
def test_a_version_that_cannot_be_read_is_one_line(
    path: str, migrate: Callable[..., None], monkeypatch: pytest.MonkeyPatch, readings: int
) -> None:
    """Whichever reading of it is the first that fails: the disk may fail at any moment."""
    read, count = file_format.versions, 0

    def fail_later(connection: sqlite3.Connection) -> tuple[int, int]:
        nonlocal count
        count += 1
        if count > readings:
            raise sqlite3.OperationalError("disk I/O error")
        return read(connection)

    migrate("CREATE TABLE novelty (id INTEGER PRIMARY KEY) STRICT")
    with monkeypatch.context() as failing:
        failing.setattr(file_format, "versions", fail_later)
        assert "disk I/O error" in refusal(path)
    Database.open(path).close()


def test_an_earlier_backup_is_never_overwritten(path: str, migrate: Callable[..., None]) -> None:
    Path(f"{path}.before-v{NEXT}").write_text("the only copy")
    migrate("CREATE TABLE novelty (id INTEGER PRIMARY KEY) STRICT")
    Database.open(path).close()
    assert Path(f"{path}.before-v{NEXT}").read_text() == "the only copy"
    assert Path(f"{path}.before-v{NEXT}-2").stat().st_size > 1000


def interrupted_migration(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A migration ended when it had made its backup."""

    def die(_connection: sqlite3.Connection) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as then:
        then.setattr(schema, "migrate", die)
        with pytest.raises(KeyboardInterrupt):
            Database.open(path)


def test_a_migration_that_was_killed_makes_no_second_backup(
    path: str, migrate: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate("CREATE TABLE novelty (id INTEGER PRIMARY KEY) STRICT")
    interrupted_migration(path, monkeypatch)
    Database.open(path).close()
    assert sorted(os.listdir(Path(path).parent)) == [Path(path).name, f"{Path(path).name}.before-v{NEXT}"]


def test_a_file_that_was_changed_since_has_a_second_backup(
    path: str, migrate: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate("CREATE TABLE novelty (id INTEGER PRIMARY KEY) STRICT")
    interrupted_migration(path, monkeypatch)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE session SET note = 'later'")
    Database.open(path).close()
    with closing(sqlite3.connect(f"{path}.before-v{NEXT}-2")) as connection:
        assert connection.execute("SELECT note FROM session").fetchone() == ("later",)


OPEN_ON_A_WORD = """
import sys
from tracker.storage import Database, sessions
import tracker.storage.schema
print("ready", flush=True)
sys.stdin.readline()
with Database.open(sys.argv[1]) as database:
    sessions.check(database, "linkedin", int(sys.argv[2]), "Europe/Paris", None, now=int(sys.argv[2]))
print("done", flush=True)
"""


def test_many_programs_may_open_one_new_file_at_once(path: str) -> None:
    children = [python(OPEN_ON_A_WORD, path, str(NOW + 60 * number)) for number in range(6)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    answers = [child.communicate(timeout=HANGS_AFTER) for child in children]
    assert [out for out, _err in answers] == ["done\n"] * 6, answers
    with Database.open(path) as database:
        assert len(session_table.in_span(database, NOW, NOW + 3600)) == 6
        assert database.row("PRAGMA journal_mode") == ("wal",)
        assert database.row("SELECT count(*) FROM channel") == (len(CHANNELS),)


def test_a_file_that_lost_its_write_ahead_log_mode_gets_it_back(path: str) -> None:
    Database.open(path).close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
    with Database.open(path) as database:
        assert database.row("PRAGMA journal_mode") == ("wal",)
