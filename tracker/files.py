"""The one door to every file that is not the log: reading, replacing, and making new files beside others.

A POSIX process that opens a file a second time and closes it drops every lock it holds on it. So no function here ever
opens the log, another name of it (a link, also a hard one) or what SQLite keeps beside it: files are compared by
`os.stat`, never by opening them. The storage says with `protect` which log is open.

What is written is whole or not there: it goes to a private file of an unpredictable name in the same folder, which
then takes the name in one step. The daily commands come through here, so nothing heavy is imported before a write.
"""

from __future__ import annotations

import _thread
import errno
import os
import stat
import sys

from tracker.domain.models import TrackerError
from tracker.locale import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from contextlib import AbstractContextManager
    from typing import TextIO

#: No more bytes are read of a file, unless a caller says so: a history of ten years is a tenth of it.
MOST_BYTES = 256 << 20

#: How long to wait, in seconds, for another program that holds the lock of a file.
PATIENCE = 5.0

#: What SQLite keeps beside a database, under the database's name and these endings.
_BESIDE = ("-wal", "-shm", "-journal")

#: Flags that not every system has.
_NONBLOCK, _NOFOLLOW = getattr(os, "O_NONBLOCK", 0), getattr(os, "O_NOFOLLOW", 0)
_PLAIN = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)

#: The open logs: the path as it was said, the file's real path, and its device and inode where it existed.
_open_logs: list[tuple[str, str, tuple[int, int] | None]] = []
_guard = _thread.allocate_lock()


def protect(path: str) -> None:
    """Keep every function of this module away from the log at `path`, until `release` was called as often."""
    found = _status(path)
    entry = (path, os.path.realpath(path), (found.st_dev, found.st_ino) if found else None)
    with _guard:
        _open_logs.append(entry)


def release(path: str) -> None:
    """The log at `path` was closed once; nothing happens if it was not protected."""
    with _guard:
        for place, (given, _real, _identity) in enumerate(_open_logs):
            if given == path:
                del _open_logs[place]
                return


def is_log(path: str, *, logs: Iterable[str] = ()) -> bool:
    """Whether `path` leads to an open log or to one of `logs`, or to what SQLite keeps beside it.

    A hard link and a symbolic link lead there too. Files that do not exist yet are compared by their real paths.
    """
    found, real = _status(path), _folded(os.path.realpath(path))
    with _guard:
        entries = list(_open_logs)
    if found and any(identity == (found.st_dev, found.st_ino) for _given, _real, identity in entries):
        return True  # also where the log was moved to while it is open
    for log in (*(place for _given, place, _identity in entries), *map(os.path.realpath, logs)):
        for name in (log, *(log + ending for ending in _BESIDE)):
            if _folded(name) == real:
                return True
            other = _status(name) if found else None
            if found and other and os.path.samestat(found, other):
                return True
    return False


def refuse_log(path: str, *, logs: Iterable[str] = ()) -> None:
    """Raise TrackerError if `path` leads to an open log, one of `logs`, or what SQLite keeps beside it (`is_log`)."""
    if is_log(path, logs=logs):
        raise TrackerError(_("{path} is tracker's own file; choose another path").format(path=path))


def read_bytes(path: str, *, limit: int = MOST_BYTES) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    Raises TrackerError for a log, and OSError, with the reason as its `strerror`, for a folder, a device, a pipe, a
    file that is larger, and whatever the system refuses.
    """
    refuse_log(path)
    # A device may act on being opened, and a pipe waits for a writer: look first, and look again at what was opened.
    _refuse_irregular(os.stat(path), path)
    descriptor = os.open(path, os.O_RDONLY | _NONBLOCK | _PLAIN)
    try:
        _refuse_irregular(os.fstat(descriptor), path)
        parts: list[bytes] = []
        left = limit + 1
        while left > 0 and (part := os.read(descriptor, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
    finally:
        os.close(descriptor)
    if left <= 0:
        raise OSError(errno.EFBIG, _larger_than(limit), path)
    return b"".join(parts)


def read_text(path: str, *, limit: int = MOST_BYTES) -> str:
    """The text of a regular file in UTF-8, its ends of lines as they are.

    Raises UnicodeDecodeError for another encoding; the rest is as for `read_bytes`.
    """
    return read_bytes(path, limit=limit).decode("utf-8")


def replacing(path: str, *, logs: Iterable[str] = (), follow: bool = False) -> AbstractContextManager[TextIO]:
    """A text file (UTF-8) to write, which takes the place of `path` in one step when the block ends without an error.

    After an error, what was at `path` is as it was, and nothing is left beside it. A new file is for this user alone
    (0600); one that was there keeps its permissions. A symbolic link is replaced by the file; with `follow`, what it
    points to is replaced, or made. A device, a pipe and `/dev/stdout` are written to as they stand.

    Raises TrackerError for a log (`refuse_log`), and OSError for a folder, a pipe without a reader and whatever the
    system refuses.
    """
    from contextlib import contextmanager

    return contextmanager(_replacing)(path, tuple(logs), follow)


def temporary(beside: str) -> AbstractContextManager[str]:
    """The path of an empty file for this user alone (0600), of an unpredictable name, in the folder of `beside`.

    It is removed when the block ends, with what SQLite may have left beside it. Raises OSError.
    """
    from contextlib import contextmanager

    return contextmanager(_temporary)(beside)


def put_beside(made: str, path: str, ending: str = "", *, logs: Iterable[str] = ()) -> str:
    """Give the file `made` (of `temporary`) the name `path`, or the first free one like it; returns that name.

    Nothing is ever written over: `-2`, `-3` … is added to the name, before `ending` where the name has it. Raises
    TrackerError for a log's name, and OSError.
    """
    number, target = 1, path
    stem = path.removesuffix(ending)
    ending = path[len(stem) :]
    while os.path.lexists(target) or not _named(made, target, tuple(logs)):
        number += 1
        target = f"{stem}-{number}{ending}"
    return target


def locked(path: str) -> AbstractContextManager[None]:
    """Hold the lock of the file at `path` while the block runs: read, change and replace it in there.

    The lock is the folder's, so that nothing lies beside the file; where the system cannot lock a folder it is a file
    `.NAME.lock`. Raises TrackerError when another program holds it for longer than PATIENCE, and OSError.
    """
    from contextlib import contextmanager

    return contextmanager(_locked)(path)


def _status(path: str) -> os.stat_result | None:
    """What the system says of the file that `path` leads to; None where there is none to be seen."""
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def _folded(path: str) -> str:
    """A path such that two names of one file are equal where the system does not tell capitals apart."""
    return path.casefold() if sys.platform in ("darwin", "win32") else path


def _refuse_irregular(found: os.stat_result, path: str) -> None:
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, _("it is a folder"), path)
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, _("it is not a regular file"), path)


def _larger_than(limit: int) -> str:
    if limit < 1 << 20:
        return _("it is larger than {n} KiB").format(n=limit >> 10)
    return _("it is larger than {n} MiB").format(n=limit >> 20)


def _replacing(path: str, logs: tuple[str, ...], follow: bool) -> Generator[TextIO, None, None]:
    refuse_log(path, logs=logs)
    found, standing = _status(path), _descriptor(path)
    if standing is not None or (found and not stat.S_ISREG(found.st_mode)):
        with open(_as_it_stands(path, standing), "w", encoding="utf-8", newline="") as file:
            yield file
        return
    keeps = found is not None and (follow or not os.path.islink(path))
    folder, name = os.path.split(os.path.realpath(path) if follow else path)
    target = os.path.join(os.path.realpath(folder), name)
    descriptor, made = _made(target)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            if keeps and found:
                os.chmod(made, found.st_mode & 0o777)
            os.fsync(file.fileno())
        refuse_log(path, logs=logs)
        os.replace(made, target)
    except BaseException:
        _remove(made)
        raise
    _sync_folder(target)


def _descriptor(path: str) -> int | None:
    """The number in `/dev/stdout` or `/dev/fd/N`: an open file, which has to be written to where it stands."""
    if os.name != "posix":
        return None
    path = {"/dev/stdout": "/dev/fd/1", "/dev/stderr": "/dev/fd/2"}.get(os.path.abspath(path), os.path.abspath(path))
    folder, name = os.path.split(path)
    return int(name) if folder in ("/dev/fd", "/proc/self/fd") and name.isascii() and name.isdigit() else None


def _as_it_stands(path: str, standing: int | None) -> int:
    """A descriptor to write to a device, a pipe or an open file as it stands; OSError for what has no reader."""
    if standing is not None:
        return os.dup(standing)
    try:
        # Without O_NONBLOCK, opening a pipe waits until somebody reads from it.
        descriptor = os.open(path, os.O_WRONLY | _NONBLOCK | _PLAIN)
    except OSError as error:
        if error.errno == errno.ENXIO:
            raise OSError(errno.ENXIO, _("no program reads from this pipe"), path) from None
        raise
    if _NONBLOCK:
        os.set_blocking(descriptor, True)
    return descriptor


def _made(target: str) -> tuple[int, str]:
    """A new private file in the folder of `target`: its descriptor and its path."""
    import tempfile

    return tempfile.mkstemp(".tmp", ".tracker-", os.path.dirname(target) or os.curdir)


def _temporary(beside: str) -> Generator[str, None, None]:
    descriptor, made = _made(beside)
    os.close(descriptor)
    try:
        yield made
    finally:
        for ending in ("", *_BESIDE):
            _remove(made + ending)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def _named(made: str, target: str, logs: tuple[str, ...]) -> bool:
    """Give `made` the name `target`; returns whether that was free."""
    refuse_log(target, logs=logs)
    try:
        try:
            os.link(made, target)
        except FileExistsError:
            raise
        except OSError:  # not every file system has hard links: there the name is taken first
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _PLAIN, 0o600))
            try:
                os.replace(made, target)
            except BaseException:
                _remove(target)
                raise
    except FileExistsError:
        return False
    _sync_folder(target)
    return True


def _sync_folder(path: str) -> None:
    """Let the new name survive a power cut, where the system can promise that of a folder."""
    try:
        descriptor = os.open(os.path.dirname(path) or os.curdir, os.O_RDONLY | _PLAIN)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        return


def _locked(path: str) -> Generator[None, None, None]:
    from time import monotonic, sleep

    real = os.path.realpath(path)
    os.makedirs(os.path.dirname(real), mode=0o700, exist_ok=True)
    until = monotonic() + PATIENCE
    while (descriptor := _lock(real)) is None:
        if monotonic() > until:
            raise TrackerError(_("another program is changing {path}; try again in a moment").format(path=path))
        sleep(0.01)
    try:
        yield
    finally:
        os.close(descriptor)


def _lock(real: str) -> int | None:
    """A descriptor that holds the lock for the file at `real` until it is closed; None while another holds it."""
    folder, name = os.path.split(real)
    try:
        return _taken(os.open(folder, os.O_RDONLY | _PLAIN))
    except OSError:  # Windows opens no folder, and one on another machine may not be lockable
        place = os.path.join(folder, f".{name}.lock")
        refuse_log(place)
        return _taken(os.open(place, os.O_RDWR | os.O_CREAT | _NOFOLLOW | _NONBLOCK | _PLAIN, 0o600))


def _taken(descriptor: int) -> int | None:
    """The open file, locked; None where another program has it locked. Raises OSError for one without locks."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor
