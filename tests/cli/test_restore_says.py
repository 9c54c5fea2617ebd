"""What `tracker restore` says: what differs, what is kept where, and commands that work when they are pasted."""

from __future__ import annotations

import os
import re
import shlex
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Result, Tracker
from tests.storage.test_wal import killed

LATER = "2026-11-23T15:20"


@pytest.fixture
def saved(tracker: Tracker) -> Path:
    """A backup with one check."""
    tracker.run("check x saved").said()
    tracker.run("backup saved.db").said()
    return tracker.folder / "saved.db"


def both(result: Result) -> tuple[str, str]:
    """What is said of the backup, and of the file now."""
    assert result.code == 0, result.err
    said = result.out.replace("\n  ", " ")
    match = re.search(r"the backup: (.*)\nthe file now: (.*)\n", said)
    assert match, said
    return match[1], match[2]


def pasted(tracker: Tracker, said: str) -> Result:
    """Run the command between backticks, as a shell reads it."""
    match = re.search(r"`(tracker [^`]*)`", said)
    assert match, said
    words = shlex.split(match[1])
    return tracker.run(words[1:])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("log linkedin 14:00-14:25", "1 session"),
        ("check x", "2 checks"),
        ("outcome prospect", "1 result"),
        ("urge x", "1 resisted urge"),
        ("habit add Walk on mon", "1 habit"),
        ("start linkedin", "linkedin running since 15:20"),
        ("day --note Fine", "2026-11-23 15:20"),
    ],
)
def test_whatever_was_recorded_since_is_seen(tracker: Tracker, saved: Path, line: str, told: str) -> None:
    tracker.run(line, now=LATER)
    backup, now = both(tracker.run("restore saved.db", now=LATER))
    assert told in now
    assert told not in backup


def test_a_change_in_the_same_minute_and_second_is_seen(tracker: Tracker, saved: Path) -> None:
    tracker.run("day --note Fine", now="2026-11-23T15:12:20")
    backup, now = both(tracker.run("restore saved.db"))
    assert ("15:12:00" in backup, "15:12:20" in now) == (True, True)
    tracker.run("restore saved.db --yes").said()
    tracker.run("day --note Other")
    backup, now = both(tracker.run("restore saved.db"))
    assert backup != now


def test_a_backup_of_what_is_there_says_so(tracker: Tracker, saved: Path) -> None:
    assert "No difference" in tracker.run("restore saved.db").out


def test_json_tells_of_both_sides(tracker: Tracker, saved: Path) -> None:
    tracker.run("start linkedin", now=LATER)
    (row,) = tracker.run("restore saved.db --json", now=LATER).json()
    assert (row["backup"]["checks"], row["backup"]["running"]) == (1, None)
    assert row["file"]["running"] == {"channel": "linkedin", "start": "2026-11-23T15:20:00+01:00"}
    assert row["changed"] == row["backup"]["changed"] != row["file"]["changed"]
    tracker.db.write_bytes(os.urandom(9000))
    (row,) = tracker.run("restore saved.db --json").json()
    assert row["file"] is None


def test_the_name_that_is_said_is_the_one_that_is_used(tracker: Tracker, saved: Path) -> None:
    for number in ("", "-2", "-3"):
        name = f"{tracker.folder}/tracker-before-restore-2026-11-23{number}.db"
        assert f"kept as {name}\n" in tracker.run("restore saved.db").out
        said = tracker.run("restore saved.db --yes").said()
        assert f"is kept as {name};" in said
        assert Path(name).exists()


def test_without_a_file_nothing_is_kept(tracker: Tracker, saved: Path) -> None:
    tracker.db.unlink()
    said = tracker.run("restore saved.db").out
    assert "no file yet" in said
    assert "there is nothing to keep" in said
    said = tracker.run("restore saved.db --yes").said()
    assert "goes back" not in said
    assert not list(tracker.folder.glob("*before*"))


def test_the_commands_it_names_work_when_pasted(tracker: Tracker, saved: Path) -> None:
    """Also on a file that a bare `tracker` does not use, and with paths that a shell would cut."""
    other, backup = "my other log.db", "an old $backup.db"
    shutil.copy(saved, tracker.folder / backup)
    tracker.run(["--db", other, "check", "x", "mine"]).said()
    first = tracker.run(["--db", other, "restore", backup])
    back = pasted(tracker, first.out)
    sessions = tracker.run(["--db", other, "day", "--json"]).json()["sessions"]
    assert [session["note"] for session in sessions] == ["saved"]
    pasted(tracker, back.said()).said()
    sessions = tracker.run(["--db", other, "day", "--json"]).json()["sessions"]
    assert [session["note"] for session in sessions] == ["mine"]
    assert [session["note"] for session in tracker.sessions()] == ["saved"]


def test_a_file_that_cannot_be_opened_is_told_without_advice_to_restore(tracker: Tracker, saved: Path) -> None:
    content = bytearray(tracker.db.read_bytes())
    content[:50] = bytes(50)
    tracker.db.write_bytes(content)
    _backup, now = both(tracker.run("restore saved.db"))
    assert now == "it cannot be opened (the file is damaged)"
    tracker.db.unlink()
    killed(str(tracker.db))
    log = Path(f"{tracker.db}-wal")
    content = bytearray(log.read_bytes())
    content[len(content) // 2] ^= 1
    log.write_bytes(content)
    _backup, now = both(tracker.run("restore saved.db"))
    assert now == "it cannot be opened (its -wal file is damaged)"


def test_the_file_itself_is_refused_alike_with_and_without_yes(tracker: Tracker, saved: Path) -> None:
    said = tracker.run(f"restore {tracker.db}").refused()
    assert said == tracker.run(f"restore {tracker.db} --yes").refused()
    assert "give a backup" in said


@pytest.mark.parametrize("how", ["copied over", "log deleted", "log damaged"])
def test_what_was_applied_and_what_is_kept_is_said(tracker: Tracker, saved: Path, how: str) -> None:
    killed(str(tracker.db))
    log = Path(f"{tracker.db}-wal")
    if how == "copied over":
        shutil.copy(saved, tracker.db)
    elif how == "log deleted":
        log.unlink()
    else:
        content = bytearray(log.read_bytes())
        content[len(content) // 2] ^= 1
        log.write_bytes(content)
    refused = tracker.run("status").refused()
    assert tracker.run(f"restore {tracker.db}").said() == refused
    said = pasted(tracker, refused).said()
    assert {"copied over": "without", "log deleted": "without", "log damaged": "that could be read"}[how] in said
    kept = re.findall(r"(\S+)$", said)
    assert Path(kept[0]).exists() == (how != "log deleted")


def test_apply_is_for_the_file_itself(tracker: Tracker, saved: Path) -> None:
    tracker.run("restore saved.db --apply").refused(2)
    before = tracker.data()
    tracker.run(f"restore {tracker.db} --apply --yes").refused()
    assert tracker.data() == before
