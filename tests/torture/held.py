"""What the system says of a process and the log it has open: its file descriptors and its locks."""

from __future__ import annotations

import fcntl
import os
import struct
from pathlib import Path

#: What SQLite locks for as long as a connection is open: a byte of the -shm (the "dead man's switch"), and, in WAL,
#: the shared range of the file itself.
SHM_BYTE = (128, 1)
SHARED_RANGE = (0x40000000 + 2, 510)

_FLOCK = "hhqqi4x"


def deleted(pid: int, log: Path) -> list[str]:
    """The files of the log that the process holds open although they are deleted."""
    return [name for name in _open_files(pid) if name.startswith(str(log)) and name.endswith("(deleted)")]


def other_files(pid: int, log: Path) -> list[str]:
    """Where the process holds another file open than is found under its name: the log, its -wal or its -shm."""
    holders = []
    for ending in ("", "-wal", "-shm"):
        path = Path(f"{log}{ending}")
        held = {_identity(f"/proc/{pid}/fd/{fd}") for fd, name in _named(pid) if name == str(path)}
        if held and held != {_identity(str(path))}:
            holders.append(path.name)
    return holders


def unlocked(pid: int, log: Path) -> list[str]:
    """The locks that SQLite keeps for an open connection and this process does not hold (any more).

    Asks by F_GETLK, for which the file must be opened: only for processes that have no connection of their own to it.
    """
    lost = []
    for path, (start, length) in ((log, SHARED_RANGE), (Path(f"{log}-shm"), SHM_BYTE)):
        if not path.exists() or pid not in _holders(path, start, length):
            lost.append(path.name)
    return lost


def _holders(path: Path, start: int, length: int) -> set[int]:
    """The processes that hold a lock on a part of a file: F_GETLK tells the first, /proc/locks all of them."""
    fd = os.open(path, os.O_RDWR)
    try:
        asked = struct.pack(_FLOCK, fcntl.F_WRLCK, os.SEEK_SET, start, length, 0)
        kind, _whence, _start, _length, pid = struct.unpack(_FLOCK, fcntl.fcntl(fd, fcntl.F_GETLK, asked))
    finally:
        os.close(fd)
    pids = {pid} if kind != fcntl.F_UNLCK else set()
    inode = f":{path.stat().st_ino}"
    for line in Path("/proc/locks").read_text().splitlines():
        words = line.split()
        if "->" in words or not words[5].endswith(inode):
            continue
        first, last = int(words[6]), int(words[7]) if words[7] != "EOF" else 1 << 62
        if first < start + length and last >= start:
            pids.add(int(words[4]))
    return pids


def _open_files(pid: int) -> list[str]:
    return [name for _fd, name in _named(pid)]


def _named(pid: int) -> list[tuple[str, str]]:
    locks = []
    for fd in os.listdir(f"/proc/{pid}/fd"):
        try:
            locks.append((fd, os.readlink(f"/proc/{pid}/fd/{fd}")))
        except OSError:
            continue  # closed just now
    return locks


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = os.stat(path)
    except OSError:
        return None
    return status.st_dev, status.st_ino
