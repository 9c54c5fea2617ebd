"""SQLite's locks, asked about from outside: who has a database open.

Asking opens and closes the file, which drops every lock that this process holds on it (POSIX): it is done for files
that this process has not opened.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: The byte of the -shm file, and the bytes of the database, on which every process that has it open holds a lock.
INDEX, DATABASE = (128, 1), (0x40000002, 510)


def is_locked(path: str, span: tuple[int, int]) -> bool | None:
    """Whether another process holds a lock on these bytes (first, number) of a file; None where nobody can tell."""
    layout = _LOCK_LAYOUTS.get(sys.platform)
    if layout is None or sys.maxsize < 1 << 32:
        return None
    import fcntl
    from _struct import pack, unpack

    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError:
        return None
    try:
        shape, asked, kind = layout
        answer = fcntl.fcntl(descriptor, fcntl.F_GETLK, pack(shape, *asked(fcntl.F_WRLCK, *span)))
        return bool(unpack(shape, answer)[kind] != fcntl.F_UNLCK)
    finally:
        os.close(descriptor)


#: C's `struct flock`: its shape, the question about some bytes, and which field of the answer is the kind of lock.
_LOCK_LAYOUTS: dict[str, tuple[str, Callable[[int, int, int], tuple[int, ...]], int]] = {
    "linux": ("@hhqqi4x", lambda kind, first, number: (kind, os.SEEK_SET, first, number, 0), 0),
    "darwin": ("@qqihh", lambda kind, first, number: (first, number, 0, kind, os.SEEK_SET), 3),
}


def hold(descriptor: int) -> bool:
    """Keep SQLite, in this process too, from locking the database for itself alone; returns whether that is possible.

    The lock belongs to the open file, not to the process, and goes with the descriptor.
    """
    if sys.platform != "linux":
        return False
    import fcntl
    from _struct import pack

    shape, asked, _kind = _LOCK_LAYOUTS[sys.platform]
    fcntl.fcntl(descriptor, fcntl.F_OFD_SETLK, pack(shape, *asked(fcntl.F_RDLCK, *DATABASE)))
    return True
