"""Files that are not as they should be: one line names them, and they are left as they are."""

from __future__ import annotations

import os
import shlex
import sqlite3
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Inside, Tracker
from tests.conftest import HANGS_AFTER


def test_a_first_run_makes_the_file_for_this_user_alone(tracker: Tracker) -> None:
    tracker.db = tracker.folder / "deep" / "down" / "log.db"
    result = tracker.started("check x", env={"TRACKER_DB": str(tracker.db)})
    assert result.code == 0
    assert tracker.db.stat().st_mode & 0o777 == 0o600


def test_a_name_that_is_too_long_for_the_files_beside_it_leaves_no_file(tracker: Tracker) -> None:
    folder = tracker.folder / "new"

    def named(letters: int) -> dict[str, str]:
        return {"TRACKER_DB": str(folder / ("a" * letters))}

    assert "name is too long" in tracker.started("check x", env=named(253)).refused()
    assert list(folder.iterdir()) == []
    assert tracker.started("check x", env=named(200)).code == 0


def test_a_file_from_a_newer_version_is_left_untouched(inside: Inside) -> None:
    connection = sqlite3.connect(inside.db)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = inside.db.read_bytes()
    for line in ("status", "check x", "week --json"):
        assert "newer" in inside.run(line).refused()
    assert inside.db.read_bytes() == before


def test_another_programs_database_is_left_untouched(inside: Inside) -> None:
    inside.db.unlink()
    connection = sqlite3.connect(inside.db)
    with connection:
        connection.execute("CREATE TABLE theirs (id)")
    connection.close()
    before = inside.db.read_bytes()
    assert "another program" in inside.run("check x").refused()
    assert inside.db.read_bytes() == before


@pytest.mark.parametrize("content", [b"hello", b"SQLite format 3\x00garbage" * 50])
def test_what_is_no_database_is_left_untouched(inside: Inside, content: bytes) -> None:
    inside.db.unlink()
    inside.db.write_bytes(content)
    assert str(inside.db) in inside.run("status").refused()
    assert inside.db.read_bytes() == content


def test_a_damaged_file_ends_in_a_line(inside: Inside) -> None:
    inside.run("log linkedin 14:00-14:10")
    content = bytearray(inside.db.read_bytes())
    content[4096 : len(content) // 2] = os.urandom(len(content) // 2 - 4096)
    inside.db.write_bytes(content)
    for line in ("day", "check x"):
        result = inside.run(line)
        assert result.code == 1
        assert result.err.count("\n") == 1


def test_a_folder_is_no_file(inside: Inside) -> None:
    assert str(inside.folder) in inside.run("status", env={"TRACKER_DB": str(inside.folder)}).refused()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_file_can_be_read_and_says_that_it_cannot_be_written(tracker: Tracker) -> None:
    tracker.run("check x")
    tracker.db.chmod(0o400)
    assert str(tracker.db) in tracker.run("check x").refused()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no /proc here")
def test_a_place_where_nothing_can_be_made(tracker: Tracker) -> None:
    assert "/proc" in tracker.run("check x", env={"TRACKER_DB": "/proc/self/no/log.db"}).refused()


def test_text_that_is_not_unicode_ends_in_a_line(tracker: Tracker) -> None:
    before = tracker.data()
    assert tracker.run(["check", "x", os.fsdecode(b"caf\xe9")]).code in (0, 1)
    assert tracker.run(["start", os.fsdecode(b"\xff")]).code == 1
    assert len(tracker.data()["session"]) == len(before["session"]) + (0 if tracker.data() == before else 1)


LOG_NAMES = (
    *("tracker.db", "tracker.db-wal", "tracker.db-shm", "tracker.db-journal", "hard.db", "soft.db"),
    "folder/tracker.db-wal",
)


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize("name", LOG_NAMES)
def test_no_command_reads_or_writes_the_log_as_another_file(inside: Inside, name: str, beside: bool) -> None:
    inside.run("log linkedin create 14:00-14:25")
    os.link(inside.db, inside.folder / "hard.db")
    (inside.folder / "soft.db").symlink_to(inside.db)
    (inside.folder / "folder").symlink_to(inside.folder)
    other = sqlite3.connect(inside.db)
    if beside:  # another program has the log open: what is kept beside it exists
        other.execute("SELECT * FROM session").fetchall()
    data, before = inside.data(), {path.name for path in inside.folder.iterdir()}
    for words in (
        ["export", "csv", name],
        ["export", "json", name],
        ["review", "2026-W47", "--md", name],
        ["review", "2026-W47", "--html", name],
        ["backup", name],
        ["import", "csv", name],
        ["import", "app-usage", name],
        ["--config", name, "config", "theme", "nord"],
        ["--config", name, "status"],
    ):
        said = inside.run(words).refused()
        assert name in said
        refused = ("file of tracker itself", "is the data file", "file not found:" if words[0] == "import" else "\0")
        assert any(said_so in said for said_so in refused), words
    assert {path.name for path in inside.folder.iterdir()} == before
    assert inside.data() == data
    other.close()


def test_settings_and_a_log_at_one_new_place_are_refused(inside: Inside) -> None:
    for words in (["config", "theme", "nord"], ["check", "x"], ["doctor"]):
        assert "another file for the settings" in inside.run(["--db", "new", "--config", "./new", *words]).refused()
    assert not (inside.folder / "new").exists()


WRITING = (
    ("export csv x.csv", "x.csv"),
    ("export json x.json", "x.json"),
    ("review 2026-W47 --md r.md", "r.md"),
    ("review 2026-W47 --html r.html", "r.html"),
    ("backup b.db", "b.db"),
    ("config theme nord", "settings.toml"),
)


@pytest.mark.parametrize(("line", "name"), WRITING)
def test_nothing_that_lies_beside_a_target_is_followed_or_lost(inside: Inside, line: str, name: str) -> None:
    victim, partial = inside.folder / "victim", inside.folder / f"{name}.partial"
    victim.write_text("dear")
    for planted in (True, False):
        (inside.folder / name).unlink(missing_ok=True)
        partial.unlink(missing_ok=True)
        if planted:
            partial.symlink_to(victim)
        else:
            partial.write_text("dear")
        assert inside.run(line).code == 0
        assert victim.read_text() == partial.read_text() == "dear"
        assert partial.is_symlink() is planted
        assert (inside.folder / name).stat().st_mode & 0o777 == 0o600
    assert not list(inside.folder.glob(".tracker-*"))


def test_a_log_of_an_unlucky_name_survives_an_export(inside: Inside) -> None:
    log = inside.folder / "log.partial"
    inside.db.rename(log)
    inside.run(["--db", str(log), "log", "x", "14:00-14:10"])
    assert inside.run(["--db", str(log), "export", "csv", "log"]).code == 0
    assert inside.run(["--db", str(log), "day", "--json"]).json()["sessions"]


@pytest.mark.skipif(os.name != "posix", reason="limits are POSIX's")
def test_after_a_failure_nothing_is_left_and_what_was_there_stays(tracker: Tracker) -> None:
    import resource

    room = 64 << 10  # what SQLite keeps beside the log fits in it, what is written here does not
    rows = "".join(f"2026-11-{day:02}T{hour:02}:00Z,2026-11-{day:02}T{hour:02}:10Z,x,{'n' * 300}\n"
                   for day in range(1, 23) for hour in range(24))  # fmt: skip
    (tracker.folder / "in.csv").write_text(f"start,end,channel,note\n{rows}")
    tracker.run("import csv in.csv").said()
    for name in ("out.csv", "out.json"):
        (tracker.folder / name).write_text("as it was")
    tracker.config.write_text("# a comment\n" * 9000)
    before = {path.name: path.read_bytes() for path in tracker.folder.iterdir()}
    for line in ("export csv out.csv", "export json out.json", "export csv new.csv", "backup b.db", "config theme x"):
        done = subprocess.run(
            tracker.command(line.replace("theme x", "theme nord")),
            env=tracker.environment(),
            cwd=tracker.folder,
            capture_output=True,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        )
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1), (line, done)
        assert {path.name: path.read_bytes() for path in tracker.folder.iterdir()} == before, line


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_what_was_recorded_is_not_called_refused_because_the_answer_cannot_be_written(tracker: Tracker) -> None:
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            tracker.command("urge x"),
            env=tracker.environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 0
    assert "saved" in done.stderr
    assert done.stderr.count("\n") == 1
    assert len(tracker.data()["urge"]) == 1


def from_stdin(tracker: Tracker, line: str, redirection: str) -> subprocess.CompletedProcess[str]:
    """The real command, its standard input as a shell's redirection gives it."""
    return subprocess.run(
        ["sh", "-c", f"exec {shlex.join(tracker.command(line))} {redirection}"],
        env=tracker.environment(),
        capture_output=True,
        text=True,
        timeout=HANGS_AFTER,
        check=False,
    )


@pytest.mark.parametrize("line", ["review last --words -", "log -"])
@pytest.mark.parametrize("redirection", ["</dev/zero", "<&-"])
def test_what_cannot_be_read_from_stdin_ends_in_a_line(tracker: Tracker, line: str, redirection: str) -> None:
    tracker.run("review last --words 'a good week'").said()
    before = tracker.data()
    done = from_stdin(tracker, line, redirection)
    assert done.returncode in (1, 2)
    assert done.stderr.count("\n") == 1
    assert "unexpected" not in done.stderr
    assert tracker.data() == before


def test_the_mark_before_a_text_of_windows_is_no_part_of_it(tracker: Tracker, tmp_path: Path) -> None:
    tracker.run("log linkedin 2026-11-16 10:00-10:30").said()
    text = tmp_path / "text.txt"
    text.write_bytes(b"\xef\xbb\xbfinstagram 2026-11-17 10:00-10:30\r\nx 2026-11-17 11:00-11:30\r\n")
    assert from_stdin(tracker, "log -", f"<{shlex.quote(str(text))}").returncode == 0
    assert [session["channel"] for session in tracker.sessions("2026-11-17")] == ["instagram", "x"]
    text.write_bytes(b"\xef\xbb\xbfa good week\r\n")
    assert from_stdin(tracker, "review W47 --words -", f"<{shlex.quote(str(text))}").returncode == 0
    assert tracker.run("review W47 --json").json()["words"].rstrip("\n") == "a good week"


def test_settings_may_be_saved_by_an_editor_of_windows(tracker: Tracker) -> None:
    tracker.config.write_bytes(b'\xef\xbb\xbf# mine\r\ndaily_budget = "1h"\r\n')
    assert tracker.run("config daily_budget").said() == "1h"
    tracker.run("config currency USD").said()
    assert tracker.run("config daily_budget").said() == "1h"
    assert b"# mine\r\n" in tracker.config.read_bytes()
