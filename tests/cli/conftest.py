"""The real command, run as people run it: a process of its own on a file of its own, with the clock stopped."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from tests.cli.forking import Forking
from tests.conftest import HANGS_AFTER
from tracker.cli import main
from tracker.storage import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent

#: Monday afternoon in Paris; tests say other times where they matter.
NOW = "2026-11-23T15:12"

#: What a user's data is: everything undo covers.
TABLES = (
    "channel",
    "channel_match",
    "activity",
    "session",
    "urge",
    "outcome",
    "day_note",
    "habit",
    "habit_day",
    "pause",
    "notification",
    "pattern_mark",
    "estimate",
    "review",
    "commitment",
)


class Result(NamedTuple):
    """What a command said and how it ended."""

    out: str
    err: str
    code: int

    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)

    def said(self) -> str:
        """The one line it printed."""
        assert self.code == 0, self.err
        assert self.out.count("\n") == 1, self.out
        return self.out.rstrip("\n")

    def refused(self, code: int = 1) -> str:
        """The one clear line it ended with."""
        assert self.code == code, (self.code, self.out, self.err)
        assert self.err.startswith("tracker: ")
        assert self.err.count("\n") == 1, self.err
        assert self.out == ""
        return self.err.removeprefix("tracker: ").rstrip("\n")


class Tracker:
    """Runs commands on one file. `now` is where the clock stands.

    Each command is a process of its own. The first of a file of tests, and those with an environment of their own,
    start Python as people do; the others are forked from a process that has (forking.py).
    """

    def __init__(self, folder: Path, forking: Forking | None = None) -> None:
        self._forking = forking
        self.folder = folder
        self.db = folder / "tracker.db"
        self.config = folder / "settings.toml"
        self.now = NOW
        self.env = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "HOME": str(folder),
            "TZ": "Europe/Paris",
            "LANG": "C.UTF-8",
            "TRACKER_DB": str(self.db),
            "TRACKER_CONFIG": str(self.config),
        }

    def command(self, line: str | list[str]) -> list[str]:
        words = shlex.split(line) if isinstance(line, str) else line
        return [sys.executable, "-m", "tracker", *words]

    def environment(self, now: str | None = None, env: dict[str, str] | None = None) -> dict[str, str]:
        return self.env | {"TRACKER_NOW": now or self.now} | (env or {})

    def run(self, line: str | list[str], *, now: str | None = None, env: dict[str, str] | None = None) -> Result:
        if env or not self._forking or self._forking.first():
            done = subprocess.run(
                self.command(line),
                env=self.environment(now, env),
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=HANGS_AFTER,
                check=False,
            )
            out, err, code = done.stdout, done.stderr, done.returncode
        else:
            words = shlex.split(line) if isinstance(line, str) else line
            out, err, code = self._forking.run(words, self.environment(now), self.folder)
        assert b"Traceback" not in err, err.decode()
        return Result(out.decode(), err.decode(), code)

    def data(self) -> dict[str, list[Any]]:
        """Everything in the file that is the user's."""
        connection = sqlite3.connect(f"file:{self.db}?mode=ro", uri=True)
        try:
            return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in TABLES}
        finally:
            connection.close()

    def sessions(self, date: str = "today") -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.run(f"day {date} --json").json()["sessions"]
        return rows


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file as a first run leaves it: making one takes a quarter of a second, copying it nothing."""
    path = tmp_path_factory.mktemp("empty") / "tracker.db"
    Database.open(str(path)).close()
    return path


@pytest.fixture(scope="session")
def forking_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Forking]:
    forking = Forking(tmp_path_factory.mktemp("said"))
    yield forking
    forking.close()


@pytest.fixture(scope="module")
def forking(forking_process: Forking) -> Forking:
    forking_process.begin()
    return forking_process


@pytest.fixture
def tracker(tmp_path: Path, empty_file: Path, forking: Forking) -> Tracker:
    shutil.copy(empty_file, tmp_path / "tracker.db")
    return Tracker(tmp_path, forking)


class Inside(Tracker):
    """The same command without a process of its own: for many variants of what is typed."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        super().__init__(folder)
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def run(self, line: str | list[str], *, now: str | None = None, env: dict[str, str] | None = None) -> Result:
        with self._monkeypatch.context() as patch:
            for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LC_TIME"):
                patch.delenv(name, raising=False)
            for name, value in self.environment(now, env).items():
                patch.setenv(name, value)
            patch.chdir(self.folder)
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
            code = main(shlex.split(line) if isinstance(line, str) else line)
        out, err = self._capsys.readouterr()
        return Result(out, err, code)


@pytest.fixture
def inside(
    tmp_path: Path,
    empty_file: Path,
    as_started: None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> Inside:
    shutil.copy(empty_file, tmp_path / "tracker.db")
    return Inside(tmp_path, capsys, monkeypatch)
