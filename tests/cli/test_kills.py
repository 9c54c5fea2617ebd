"""A command that is killed, or stopped by Ctrl-C, leaves the file before or after what it does, never between."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.conftest import HANGS_AFTER
from tests.importers.makers import chromium

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Tracker

#: A command that gets a signal where it is about to call a function.
PROGRAM = """
import os, signal, sys
from importlib import import_module
from tracker.cli import main
number, module, name = int(sys.argv[1]), import_module(sys.argv[2]), sys.argv[3]
real = getattr(module, name)
def called(*values, **named):
    os.kill(os.getpid(), number)
    return real(*values, **named)
setattr(module, name, called)
sys.exit(main(sys.argv[4:]))
"""

ENDS = [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT]


class Ended(NamedTuple):
    """How a command ended: its exit code, and what it said."""

    code: int
    out: str
    err: str


def run_until(tracker: Tracker, number: signal.Signals, place: str, *words: str) -> Ended:
    """Run a command that gets a signal when it calls the function at `place`."""
    module, _, name = place.rpartition(".")
    command = [sys.executable, "-c", PROGRAM, str(int(number)), module, name, *words]
    done = subprocess.run(
        command, env=tracker.environment(), capture_output=True, text=True, timeout=HANGS_AFTER, check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def check_ending(ended: Ended, number: signal.Signals) -> None:
    """Ctrl-C says one line; what ends a program at once says nothing."""
    assert ended.out == ""
    expected = (130, "tracker: interrupted\n") if number == signal.SIGINT else (-number, "")
    assert (ended.code, ended.err) == expected


@pytest.fixture
def csv(tracker: Tracker) -> Path:
    path = tracker.folder / "log.csv"
    rows = (f"2026-11-{day:02}T10:00,2026-11-{day:02}T10:20,linkedin,note {day}" for day in range(1, 21))
    path.write_text("\n".join(["start,end,channel,note", *rows]) + "\n")
    return path


#: Where sessions are written, where facts are noted, and when all is written but not yet confirmed.
WRITING = ["tracker.storage.bulk_load.insert_sessions", "tracker.storage.imported_facts.remember_devices"]


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize("place", WRITING)
def test_an_import_of_a_csv_file_is_all_or_nothing(
    tracker: Tracker, csv: Path, number: signal.Signals, place: str
) -> None:
    before = tracker.data()
    check_ending(run_until(tracker, number, place, "import", "csv", str(csv)), number)
    assert tracker.data() == before
    assert tracker.run("doctor").code == 0
    assert tracker.run(["import", "csv", str(csv), "--json"]).json()["added"] == 20


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize("place", ["tracker.importers.browser_history.read_visits", *WRITING])
def test_an_import_of_a_browser_is_all_or_nothing(tracker: Tracker, number: signal.Signals, place: str) -> None:
    path = chromium(tracker.folder / "History", [("https://www.linkedin.com/", 1_795_400_000, 30)])
    before = tracker.data()
    check_ending(run_until(tracker, number, place, "import", "chrome", path), number)
    assert tracker.data() == before
    assert tracker.run(["import", "chrome", path, "--json"]).json()["added"] == 1


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize("place", ["tracker.storage.repair._replace_rows", "tracker.storage.wal.write_mark"])
def test_restoring_is_all_or_nothing(tracker: Tracker, number: signal.Signals, place: str) -> None:
    tracker.run("check x saved")
    tracker.run("backup saved.db")
    tracker.run("check x later", now="2026-11-23T15:20")
    before = tracker.data()
    ended = run_until(tracker, number, place, "restore", str(tracker.folder / "saved.db"), "--yes")
    check_ending(ended, number)
    assert tracker.data() == before
    assert tracker.run("doctor").code == 0
    left = [name for name in os.listdir(tracker.folder) if name.startswith(".tracker-") or "before" in name]
    assert not left or number != signal.SIGINT, "Ctrl-C leaves nothing behind"
    tracker.run("restore saved.db --yes").said()
    assert tracker.run("doctor").code == 0
    assert tracker.data() != before


def test_restoring_over_a_file_that_cannot_be_opened_is_all_or_nothing(tracker: Tracker) -> None:
    tracker.run("check x saved")
    tracker.run("backup saved.db")
    for number in ENDS:
        tracker.db.write_bytes(b"hello")
        for place in ("tracker.storage.repair._link_or_copy", "os.replace"):
            words = ("restore", str(tracker.folder / "saved.db"), "--yes")
            check_ending(run_until(tracker, number, place, *words), number)
            if not tracker.db.exists() or tracker.db.read_bytes() != b"hello":
                pytest.fail(f"{place} was interrupted by {number.name} and the file is another")
    tracker.run("restore saved.db --yes").said()
    assert tracker.run("day --json").json()["sessions"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_in_a_folder_that_cannot_be_written_nothing_changes(tracker: Tracker, csv: Path) -> None:
    shutil.copy(tracker.db, tracker.folder / "saved.db")
    before = tracker.data()
    tracker.folder.chmod(0o500)
    try:
        for words in (["import", "csv", str(csv)], ["restore", "saved.db", "--yes"], ["backup"]):
            result = tracker.run(words)
            assert result.code == 1
            assert len(result.err.splitlines()) == 1
    finally:
        tracker.folder.chmod(0o700)
    assert tracker.data() == before
