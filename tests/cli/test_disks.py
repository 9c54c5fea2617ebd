"""Disks that are full, fail, or can only be read: one clear line each, nothing lost, and what can be read is read."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import Result, Tracker
from tests.storage.test_wal import killed

if TYPE_CHECKING:
    from collections.abc import Iterator

needs_strace = pytest.mark.skipif(shutil.which("strace") is None, reason="no strace here")


def mounted(*words: str) -> bool:
    command = shutil.which("mount")
    return command is not None and subprocess.run([command, *words], capture_output=True, check=False).returncode == 0


@pytest.fixture
def disk(tracker: Tracker) -> Iterator[Path]:
    """A small disk of its own with the tracker's file on it."""
    place = tracker.folder / "disk"
    place.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs", str(place)):
        pytest.skip("nothing can be mounted here")
    shutil.move(tracker.db, place / "tracker.db")
    tracker.db = place / "tracker.db"
    tracker.env["TRACKER_DB"] = str(tracker.db)
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def fill(path: Path) -> None:
    """Take all the room there is."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(1024))


def notes(tracker: Tracker) -> list[str]:
    return [session["note"] for session in tracker.sessions()]


@pytest.mark.parametrize("leaves", ["nothing", "a log"])
def test_a_read_only_disk_is_read(tracker: Tracker, disk: Path, leaves: str) -> None:
    tracker.run("check x first").said()
    if leaves == "a log":
        killed(str(tracker.db))
    assert mounted("-o", "remount,ro", str(disk))
    try:
        assert "first" in notes(tracker)
        assert len(notes(tracker)) == (4 if leaves == "a log" else 1)
        for line in ("check x", "start x", "undo", "pause 1h", "habit add Walk"):
            assert "read-only" in tracker.run(line).refused()
        looked = tracker.run("doctor")
        assert looked.code == 1
        assert "nothing can be saved" in looked.out
        assert tracker.run(["backup", str(tracker.folder / "copy.db")]).code == 0
        assert tracker.run("week --json").code == 0
    finally:
        assert mounted("-o", "remount,rw", str(disk))
    assert tracker.run("check x again", now="2026-11-23T15:40").said()


def test_a_full_disk_keeps_what_was_confirmed_and_takes_the_next_change_when_there_is_room(
    tracker: Tracker, disk: Path
) -> None:
    tracker.run("check x first").said()
    fill(disk / "fill")
    refused = tracker.run(["check", "x", "n" * 1500]).refused()
    assert "full" in refused
    assert notes(tracker) == ["first"]
    looked = tracker.run("doctor")
    assert looked.code == 1
    assert "full" in looked.out
    (disk / "fill").unlink()
    tracker.run("check x second", now="2026-11-23T15:40").said()
    assert notes(tracker) == ["first", "second"]
    assert tracker.run("doctor").code in (0, 1)


def injected(tracker: Tracker, fault: str, line: str) -> Result:
    """The command with a fault injected into its system calls on the file and what lies beside it."""
    beside = [word for ending in ("", "-wal", "-shm") for word in ("-P", f"{tracker.db}{ending}")]
    command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={fault}", *beside, *tracker.command(line)]
    done = subprocess.run(
        command, env=tracker.environment(), cwd=tracker.folder, capture_output=True, text=True, check=False
    )
    return Result(done.stdout, done.stderr, done.returncode)


@needs_strace
@pytest.mark.parametrize(
    "fault",
    [
        *("pread64:error=EIO:when=1+", "pread64:error=EIO:when=3+", "pread64:error=EIO:when=5", "read:error=EIO"),
        *("pwrite64:error=EIO:when=2+", "pwrite64:error=ENOSPC:when=2+", "fdatasync:error=EIO", "ftruncate:error=EIO"),
    ],
)
def test_a_failing_disk_is_not_called_another_programs_file(tracker: Tracker, fault: str) -> None:
    tracker.run("check x first").said()
    result = injected(tracker, fault, "check reddit second")
    assert "Traceback" not in result.err
    if result.code == 0:
        assert notes(tracker) == ["first", "second"]
        return
    line = result.refused()
    assert "disk" in line
    for wrong in ("not a tracker file", "damaged;", "another program"):
        assert wrong not in line
    assert notes(tracker) == ["first"]
    assert tracker.run("doctor").code == 0


def test_a_file_of_the_name_of_a_temporary_database_keeps_what_is_recorded(tracker: Tracker) -> None:
    assert tracker.run("--db :temporary: start linkedin").code == 0
    assert tracker.run("--db :temporary: status").out.startswith("linkedin")


@pytest.mark.parametrize("place", [":memory:", "file:memory?mode=memory", "file:log.db", "/dev/null", "/dev/zero"])
def test_a_place_that_would_lose_what_is_confirmed_is_refused(tracker: Tracker, place: str) -> None:
    before = sorted(tracker.folder.iterdir())
    for line in ("check x", "start x", "log x 14:00-14:10", "pause 1h", "config --help"):
        result = tracker.run(["--db", place, *line.split()])
        assert result.code == (1 if line != "config --help" else 0)
        assert result.err.count("\n") <= 1
    assert sorted(tracker.folder.iterdir()) == before
