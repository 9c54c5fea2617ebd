"""What the tests of the file share: its content as plain data, other programs' doors to it, and second processes."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import NOW
from tracker.storage.schema import LOGGED
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from tracker.storage import Database

PARIS = "Europe/Paris"
ROOT = Path(__file__).resolve().parent.parent.parent

Dump = dict[str, list[tuple[Any, ...]]]


def dump(database: Database) -> Dump:
    """Every row that undo answers for, by table."""
    return {table: database.rows(f"SELECT * FROM {table} ORDER BY id") for table in LOGGED}


def other_program(path: str, *statements: str) -> None:
    """Run each statement as another program would: own connection, defaults, one millisecond after the other."""
    for statement in statements:
        with closing(sqlite3.connect(path)) as connection, connection:
            connection.execute(statement)
        begun = time.time_ns() // 1_000_000
        while time.time_ns() // 1_000_000 <= begun:
            continue


def sqlite3_command(path: str, sql: str) -> str:
    """Run the real `sqlite3` on the file."""
    command = shutil.which("sqlite3")
    if not command:
        pytest.skip("no sqlite3 command here")
    return subprocess.run([command, path, sql], capture_output=True, text=True, check=True).stdout


def python(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another Python at work in the project; the code reads `sys.argv`."""
    return subprocess.Popen(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def minutes_ago(minutes: float) -> int:
    """An instant before the tests' now."""
    return NOW - round(minutes * 60)


def delete_record(database: Database, table: str, id: int, *, now: int) -> None:
    """Delete a row in an undo step of its own."""
    with undo_step(database, "deleted", now):
        database.delete(table, id)
