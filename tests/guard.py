"""Nothing in the program opens the log by another way while a connection to it is open.

On POSIX a process that closes *any* descriptor of a file loses every lock it holds on that file, SQLite's too; the next
program then writes past it. Python tells of every `open` before it happens, whichever function asks for it (`open`,
`os.open`, `shutil`, `pathlib`, `zipfile` …), so a test in which the program does that fails, whatever it tests.

The private copy of a foreign database, which loses its name as soon as it is open, is no log.

Files are told apart by device and inode, so that a hard link is the same file; never by opening them.
"""

from __future__ import annotations

import os
import re
import sqlite3
import sys
import traceback
from _thread import get_ident
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from tracker.files.sqlite_format import PREFIX

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType
    from typing import Any

#: The program, and the one room in it that may connect to the log a second time: it lets SQLite do it.
PROGRAM = str(Path(__file__).resolve().parent.parent / "tracker") + os.sep
ROOM = os.path.join(PROGRAM, "storage") + os.sep

#: What belongs to a log.
ENDINGS = ("", "-wal", "-shm", "-journal")

#: What would take the log away from under the connection, and which of the event's arguments name a file.
TAKES_AWAY = {"os.rename": (0, 1), "os.remove": (0,), "os.truncate": (0,), "shutil.move": (0, 1)}

#: The connections that the program opened in this test: the file's path, device and inode, and the connection, which
#: tells whether it is closed.
_opened: list[tuple[str, tuple[int, int] | None, sqlite3.Connection]] = []
#: What each thread is connecting to.
_connecting: dict[int, str] = {}
_faults: list[str] = []


@pytest.fixture(autouse=True)
def one_way_to_the_log() -> Iterator[None]:
    """Fail a test in which the program opened, by another way than SQLite's, a log it had open."""
    _faults.clear()
    yield
    _opened.clear()
    faults = _faults.copy()
    _faults.clear()
    assert not faults, "\n".join(faults)


def faults() -> list[str]:
    """What was found so far in this test; they are taken away, for the test of this guard itself."""
    faults = _faults.copy()
    _faults.clear()
    return faults


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "sqlite3.connect":
        path, frame = _path_of(arguments[0]), _program(sys._getframe(1))
        if path is None or frame is None or os.path.basename(path).startswith(PREFIX):
            return
        if _held(path) and not frame.f_code.co_filename.startswith(ROOM):
            _note(event, path, frame)
        _connecting[get_ident()] = path
    elif event == "sqlite3.connect/handle":
        path = _connecting.pop(get_ident(), None)
        if path:
            _opened.append((path, _identity(path), arguments[0]))
    elif not _opened:
        return
    elif event == "open":
        _look(event, arguments[0])
    elif event in TAKES_AWAY:
        for place in TAKES_AWAY[event]:
            _look(event, arguments[place])


def _look(event: str, path: object) -> None:
    if isinstance(path, (str, bytes, os.PathLike)) and _held(os.fsdecode(path)):
        frame = _program(sys._getframe(2))
        # SQLite locks nothing in a -wal: the room of the log may look into it.
        looks = event == "open" and os.fsdecode(path).endswith("-wal")
        if frame is not None and not (looks and frame.f_code.co_filename.startswith(ROOM)):
            _note(event, os.fsdecode(path), frame)


def _program(frame: FrameType | None) -> FrameType | None:
    """The innermost frame of the program's; None for what a test does itself, as another program might."""
    while frame is not None and not frame.f_code.co_filename.startswith(PROGRAM):
        frame = frame.f_back
    return frame


def _path_of(database: object) -> str | None:
    """The file that SQLite is asked to connect to; None for one in memory."""
    if not isinstance(database, (str, bytes, os.PathLike)):
        return None
    path = os.fsdecode(database)
    if path.startswith("file:"):
        path = unquote(re.sub(r"[?#].*", "", path.removeprefix("file:")))
        path = path.removeprefix("//") if path.startswith("//") else path
    return os.path.abspath(path) if path and not path.startswith(":memory:") else None


def _held(path: str) -> bool:
    """Whether the file at `path` is part of a log that a connection of the program's has open."""
    identity = _identity(path)
    if identity is None:
        return False
    _opened[:] = [entry for entry in _opened if _is_open(entry[2])]
    return any(
        identity in (then, *(_identity(log + ending) for ending in ENDINGS)) for log, then, _connection in _opened
    )


def _is_open(connection: sqlite3.Connection) -> bool:
    try:
        return connection.total_changes >= 0
    except sqlite3.ProgrammingError:
        return False


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino


def _note(event: str, path: str, frame: FrameType) -> None:
    where = "".join(traceback.format_stack(frame, limit=3))
    _faults.append(f"{event} of {path} while a connection of the program's has it open:\n{where}")


sys.addaudithook(_watch)
