"""The guard of the log sees every other way to it, and nothing else."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests import guard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def program(does: str, **known: Any) -> Callable[[], Any]:
    """A function of the program's, so far as the guard can tell."""
    code = compile(does, str(Path(guard.PROGRAM) / "importers" / "made_up.py"), "exec")
    return lambda: exec(code, {"os": os, "shutil": shutil, "sqlite3": sqlite3, "Path": Path, **known})


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "a log.db"
    opened: list[sqlite3.Connection] = []
    program("opened.append(sqlite3.connect(f'{path.as_uri()}?mode=rwc', uri=True))", path=path, opened=opened)()
    with closing(opened[0]) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE a (b)")
        yield path


@pytest.mark.parametrize(
    "does",
    [
        "open(log, 'rb').close()",
        "os.close(os.open(log, os.O_RDONLY))",
        "Path(log).read_bytes()",
        "shutil.copy(log, log + '.copy')",
        "open(log + '-wal', 'rb').close()",
        "open(log + '-shm', 'rb').close()",
        "os.link(log, log + '.link'); open(log + '.link', 'rb').close()",
        "os.symlink(log, log + '.link'); open(log + '.link', 'rb').close()",
        "os.chdir(os.path.dirname(log)); open(os.path.basename(log), 'rb').close()",
        "os.replace(log, log + '.moved')",
        "os.unlink(log + '-wal')",
        "sqlite3.connect(log).close()",
    ],
)
def test_another_way_to_an_open_log_is_seen(log: Path, does: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(log.parent)
    program(does, log=str(log))()
    assert guard.faults()


@pytest.mark.parametrize(
    "does",
    ["open(log + '.other', 'wb').close()", "os.stat(log)", "os.listdir(os.path.dirname(log))"],
)
def test_what_does_not_touch_it_is_free(log: Path, does: str) -> None:
    program(does, log=str(log))()
    assert not guard.faults()


def test_a_log_that_is_closed_is_free(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    program("sqlite3.connect(log).close(); open(log, 'rb').close()", log=str(path))()
    assert not guard.faults()


def test_a_test_may_do_what_it_likes(log: Path) -> None:
    log.read_bytes()
    assert not guard.faults()


def test_what_another_program_has_open_is_not_this_one_s(tmp_path: Path) -> None:
    path = tmp_path / "log.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE a (b)")
        program("open(log, 'rb').close()", log=str(path))()
    assert not guard.faults()
