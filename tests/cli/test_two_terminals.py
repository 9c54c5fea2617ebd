"""Several commands at once on one file."""

from __future__ import annotations

import sqlite3
import subprocess
from typing import TYPE_CHECKING

from tests.cli.conftest import Inside, Tracker
from tests.conftest import HANGS_AFTER
from tests.storage.interleaving import meanwhile
from tracker.storage import Database, channels, session_table, sessions

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def at_once(tracker: Tracker, lines: list[str]) -> list[tuple[int, str]]:
    running = [
        subprocess.Popen(
            tracker.command(line), env=tracker.environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        for line in lines
    ]
    ended = [(child, child.communicate(timeout=HANGS_AFTER)) for child in running]
    return [(child.returncode, err) for child, (_out, err) in ended]


def test_of_several_starts_exactly_one_wins(tracker: Tracker) -> None:
    ended = at_once(tracker, ["start linkedin", "start x", "start instagram", "start work"])
    assert sorted(code for code, _err in ended) == [0, 1, 1, 1]
    assert all("already running" in err for code, err in ended if code)
    assert len(tracker.data()["session"]) == 1


def test_several_checks_are_all_there(tracker: Tracker) -> None:
    ended = at_once(tracker, ["check x", "check linkedin", "check instagram", "urge tiktok"])
    assert [code for code, _err in ended] == [0, 0, 0, 0]
    assert len(tracker.data()["session"]) == 3


def test_several_first_runs_make_one_file(tracker: Tracker) -> None:
    tracker.db.unlink()
    assert [code for code, _err in at_once(tracker, ["check x", "check linkedin", "status"])] == [0, 0, 0]
    assert len(tracker.data()["session"]) == 2
    assert tracker.db.stat().st_mode & 0o777 == 0o600


def test_a_file_that_stays_locked_is_said_in_one_line(tracker: Tracker) -> None:
    other = sqlite3.connect(tracker.db, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        said = tracker.run("check x").refused()
        assert str(tracker.db) in said
        assert tracker.run("status").code == 0
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert tracker.data()["session"] == []


def test_a_name_that_changes_at_the_last_moment_is_followed(inside: Inside) -> None:
    with Database.open(str(inside.db)) as other:
        linkedin = channels.find(other, "linkedin")
        with meanwhile(lambda: channels.rename(other, linkedin, "pro", title=None, now=1)) as written:
            assert inside.run("start linkedin").said() == "pro running since 15:12"
        assert written
        with meanwhile(lambda: sessions.cancel(other, now=1)):
            assert inside.run("stop").refused() == "no timer running; `tracker start CHANNEL` starts a session"


def test_a_command_reads_the_row_that_it_changes(inside: Inside) -> None:
    inside.run("log x 14:00-14:10")
    with Database.open(str(inside.db)) as other:
        with meanwhile(lambda: sessions.edit(other, 1, now=2_000_000_000, note="theirs")):
            assert inside.run("edit 1 end=14:20").said().startswith("edited 1: x, 14:00–14:20, 20m; end: ")
        assert session_table.get(other, 1).note == "theirs"
        with meanwhile(lambda: sessions.delete(other, [1], now=2_000_000_000)):
            assert inside.run("edit 1 end=14:30").refused().startswith("session 1 does not exist")


def test_nothing_is_said_to_be_so_that_the_disk_refused(inside: Inside, monkeypatch: pytest.MonkeyPatch) -> None:
    inside.run("start work")
    before = inside.data()

    def opened(path: str, open: Callable[[str], Database] = Database.open) -> Database:
        database = open(path)
        denied = (sqlite3.SQLITE_TRANSACTION, "COMMIT")
        database.connection.set_authorizer(
            lambda action, what, *_rest: sqlite3.SQLITE_DENY if (action, what) == denied else sqlite3.SQLITE_OK
        )
        return database

    with monkeypatch.context() as patch:
        patch.setattr(Database, "open", opened)
        for line in ("stop", "switch x", "cancel", "check x", "urge x", "log x 14:00-14:10", "outcome prospect",
                     "habit add Walk", "channel budget x 30m", "pause 2h", "day --note words"):  # fmt: skip
            assert "cannot write" in inside.run(line).refused()
            assert "cannot write" in inside.run(f"{line} --json").refused()
    assert inside.data() == before


def test_a_storm_of_commands_loses_nothing(tracker: Tracker) -> None:
    """Everything that was confirmed is there, at most one timer runs, and undo takes it all back."""
    lines = [
        *(f"check {channel} --json" for channel in ("x", "linkedin", "reddit")),
        *("start work --json", "switch instagram --json", "stop --json", "start youtube --json"),
        *("urge tiktok --json", "outcome prospect --json", 'log --json "call 14:00-14:10 @samia"'),
    ]
    empty = tracker.data()
    confirmed: list[str] = []
    for _round in range(2):
        ended = at_once(tracker, lines)
        confirmed += [line for line, (code, _err) in zip(lines, ended, strict=True) if code == 0]
        assert all(code in (0, 1) and err.count("\n") <= 1 for code, err in ended), ended
    data = tracker.data()
    begun = sum(line.startswith(("start", "switch")) for line in confirmed)
    checks = [row for row in data["session"] if row[14] == "check"]
    timed = [row for row in data["session"] if row[14] == "timer"]
    assert len(checks) == sum(line.startswith("check") for line in confirmed)
    assert len(timed) == begun
    assert len([row for row in timed if row[3] is None]) <= 1
    assert len(data["urge"]) == sum(line.startswith("urge") for line in confirmed)
    assert len(data["outcome"]) == sum(line.startswith("outcome") for line in confirmed)
    assert tracker.run(f"undo {len(confirmed)}").code == 0
    assert tracker.data() == empty
