"""The real command on a file of its own, with the clock stopped."""

from __future__ import annotations

import io
import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import chdir, redirect_stderr, redirect_stdout
from itertools import chain, repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import pytest

from tests.conftest import HANGS_AFTER
from tracker import locale
from tracker.calendar import clock
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

    The first command of a file of tests is a process, started as people start it. The others are called: to start
    Python takes twenty times as long as most commands. So they are also seen by the guard of the log (tests/guard.py).
    """

    def __init__(self, folder: Path, *, starts_python: bool = True) -> None:
        self._starts_python = starts_python
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
        if not self._starts_python:
            return self._called(line, self.environment(now, env))
        self._starts_python = False
        return self.started(line, now=now, env=env)

    def started(self, line: str | list[str], *, now: str | None = None, env: dict[str, str] | None = None) -> Result:
        """As `run`, in a process of its own: for what a process is told (signals) or has (descriptors, encodings)."""
        done = subprocess.run(
            self.command(line),
            env=self.environment(now, env),
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=HANGS_AFTER,
            check=False,
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return Result(done.stdout.decode(), done.stderr.decode(), done.returncode)

    def _called(self, line: str | list[str], environment: dict[str, str]) -> Result:
        """What a process of its own would say; afterwards this one is as it was."""
        out, err = (
            io.TextIOWrapper(io.BytesIO(), "utf-8", on_error) for on_error in ("surrogateescape", "backslashreplace")
        )
        try:
            with (
                patch.dict(os.environ, environment, clear=True),
                patch("sys.stdin", io.TextIOWrapper(io.BytesIO())),
                redirect_stdout(out),
                redirect_stderr(err),
                chdir(self.folder),
            ):
                time.tzset()
                code = main(self.command(line)[3:])
        finally:
            time.tzset()
            clock.freeze(None)
            locale.use("en")
        for stream in (out, err):
            stream.flush()
        return Result(out.buffer.getvalue().decode(), err.buffer.getvalue().decode(), code)

    def log(self, *lines: str) -> None:
        """Write sessions down, a line each, all by one command."""
        result = self.run(["log", "\n".join(lines)])
        assert result.code == 0, result.err

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


@pytest.fixture(scope="module")
def first_tests() -> Iterator[bool]:
    """Whether a test of this file is its first."""
    return chain((True,), repeat(False))


@pytest.fixture
def tracker(tmp_path: Path, empty_file: Path, first_tests: Iterator[bool]) -> Tracker:
    shutil.copy(empty_file, tmp_path / "tracker.db")
    return Tracker(tmp_path, starts_python=next(first_tests))


class Inside(Tracker):
    """The same command, never in a process of its own: for many variants of what is typed."""

    def run(self, line: str | list[str], *, now: str | None = None, env: dict[str, str] | None = None) -> Result:
        return self._called(line, self.environment(now, env))


@pytest.fixture
def inside(tmp_path: Path, empty_file: Path) -> Inside:
    shutil.copy(empty_file, tmp_path / "tracker.db")
    return Inside(tmp_path)
