"""A command that is killed, or stopped by Ctrl-C, leaves the file before or after what it does, never between."""

from __future__ import annotations

import os
import shutil
import signal
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from tests.importers.makers import chromium
from tests.torture.commands import Ended, Terminal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Tracker

ENDS = [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT]


@pytest.fixture(scope="module")
def terminal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """Where the commands are run that get a signal."""
    with Terminal({"PATH": os.environ["PATH"]}, tmp_path_factory.mktemp("terminal")) as terminal:
        yield terminal


RunUntil = Callable[..., Ended]


@pytest.fixture
def run_until(tracker: Tracker, terminal: Terminal) -> RunUntil:
    """Runs a command that gets a signal when it calls the function at a place."""

    def run(number: signal.Signals, place: str, *words: str) -> Ended:
        return terminal.run(*words, env=tracker.environment(), signal_at=(number, place))

    return run


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
    tracker: Tracker, run_until: RunUntil, csv: Path, number: signal.Signals, place: str
) -> None:
    before = tracker.data()
    check_ending(run_until(number, place, "import", "csv", str(csv)), number)
    assert tracker.data() == before
    assert tracker.run("doctor").code == 0
    assert tracker.run(["import", "csv", str(csv), "--json"]).json()["added"] == 20


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize("place", ["tracker.importers.browser_history.read_visits", *WRITING])
def test_an_import_of_a_browser_is_all_or_nothing(
    tracker: Tracker, run_until: RunUntil, number: signal.Signals, place: str
) -> None:
    path = chromium(tracker.folder / "History", [("https://www.linkedin.com/", 1_795_400_000, 30)])
    before = tracker.data()
    check_ending(run_until(number, place, "import", "chrome", path), number)
    assert tracker.data() == before
    assert tracker.run(["import", "chrome", path, "--json"]).json()["added"] == 1


@pytest.mark.parametrize("number", ENDS)
@pytest.mark.parametrize("place", ["tracker.storage.repair._replace_rows", "tracker.storage.wal.write_mark"])
def test_restoring_is_all_or_nothing(tracker: Tracker, run_until: RunUntil, number: signal.Signals, place: str) -> None:
    tracker.run("check x saved")
    tracker.run("backup saved.db")
    tracker.run("check x later", now="2026-11-23T15:20")
    before = tracker.data()
    ended = run_until(number, place, "restore", str(tracker.folder / "saved.db"), "--yes")
    check_ending(ended, number)
    assert tracker.data() == before
    assert tracker.run("doctor").code == 0
    left = [name for name in os.listdir(tracker.folder) if name.startswith(".tracker-") or "before" in name]
    assert not left or number != signal.SIGINT, "Ctrl-C leaves nothing behind"
    tracker.run("restore saved.db --yes").said()
    assert tracker.run("doctor").code == 0
    assert tracker.data() != before


def test_restoring_over_a_file_that_cannot_be_opened_is_all_or_nothing(tracker: Tracker, run_until: RunUntil) -> None:
    tracker.run("check x saved")
    tracker.run("backup saved.db")
    for number in ENDS:
        tracker.db.write_bytes(b"hello")
        for place in ("tracker.storage.repair._link_or_copy", "os.replace"):
            words = ("restore", str(tracker.folder / "saved.db"), "--yes")
            check_ending(run_until(number, place, *words), number)
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
