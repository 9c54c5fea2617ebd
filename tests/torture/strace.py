"""strace as a hand that interferes: from outside, at the Nth system call of a kind, in real processes."""

from __future__ import annotations

import shutil
import subprocess
import time
from typing import TYPE_CHECKING

from tests.torture.commands import PATIENCE, traced

if TYPE_CHECKING:
    from types import TracebackType

STRACE = shutil.which("strace")

#: The system calls that change what is on the disk, on any machine; strace passes over those a machine has not.
WRITING = (
    *("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "unlinkat"),
    *("rename", "renameat", "renameat2", "link", "linkat", "openat", "fallocate", "mkdir"),
)
#: Those that may fail with an error of the disk.
FAILING = (
    *("pread64", "pwrite64", "write", "fdatasync", "fsync", "ftruncate"),
    *("unlink", "rename", "link", "openat"),
)


class Interference:
    """While it lasts, every process that `server` forks meets `how` (strace's -e inject) at its Nth call of a kind.

    Each process counts its own calls.
    """

    def __init__(self, server: int, call: str, how: str, when: str) -> None:
        assert STRACE
        self._server = server
        self._strace = subprocess.Popen(
            [
                STRACE,
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-p",
                str(server),
                f"--trace=?{call}",
                f"--inject={call}:{how}:when={when}",
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def __enter__(self) -> Interference:
        until = time.monotonic() + PATIENCE
        while not traced(self._server):
            if self._strace.poll() is not None or time.monotonic() > until:
                assert self._strace.stderr
                raise OSError(f"strace does not attach: {self._strace.stderr.read().decode()}")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._strace.terminate()
        self._strace.communicate()


def works(server: int) -> bool:
    """Whether strace is here and may look at a process."""
    if not STRACE:
        return False
    try:
        with Interference(server, "fdatasync", "error=EIO", "60000"):
            return True
    except OSError:
        return False
