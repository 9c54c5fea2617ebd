"""Where the user's files are; reading, replacing, creating and locking of every file but the database.

A POSIX process that opens a file a second time and closes it drops every lock it holds on that file. So no function
here ever opens the open database, another name of it (a symbolic or a hard link) or the files that SQLite keeps next
to it: paths are compared by `os.stat`, never by opening them. The storage says with `protect` which database is open.

Writing is atomic: the text goes to a private file of a random name in the same folder, which then takes the name of
the target in one step. The daily commands import this module, so heavy modules are imported inside the functions.

The folders are those platformdirs would name, without the 30 ms it takes to import; tests/test_paths.py compares them.
The system's errors are given in words.
"""

from __future__ import annotations

import _thread
import errno
import os
import stat
import sys

from tracker.domain.errors import TrackerError
from tracker.locale import N_, _

TYPE_CHECKING = False

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from contextlib import AbstractContextManager
    from types import ModuleType
    from typing import BinaryIO, ParamSpec, TextIO, TypeVar

    _P = ParamSpec("_P")
    _T = TypeVar("_T")


#: The largest file that is read by default, in bytes. The browser history of ten years is a tenth of it.
MOST_BYTES = 256 << 20

#: The name of a temporary file, and of those that SQLite keeps next to it.
_TEMPORARY = r"\.tracker-[a-z0-9_]{8}\.tmp(-wal|-shm|-journal)?"

#: A temporary file that nobody wrote to for so many seconds is no longer in use.
_NOBODY_WAITS = 3_600

#: How long to wait, in seconds, for another program that holds the lock of a file.
PATIENCE = 5.0

#: The endings of the files that SQLite keeps next to a database.
_SIDECARS = ("-wal", "-shm", "-journal")

#: Flags that not every system has.
_NONBLOCK, _NOFOLLOW = getattr(os, "O_NONBLOCK", 0), getattr(os, "O_NOFOLLOW", 0)
_PLAIN = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)

#: The open databases: the given path, the real path, and device and inode (None where the file did not exist).
_open_databases: list[tuple[str, str, tuple[int, int] | None]] = []
_guard = _thread.allocate_lock()


def _folder(variable: str, unix: str) -> str:
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        return os.path.join(os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local"), "tracker")
    if sys.platform == "darwin":
        return os.path.join(home, "Library", "Application Support", "tracker")
    named = os.environ.get(variable, "").strip()
    # The XDG specification: a relative path there is no path.
    return os.path.join(named if os.path.isabs(named) else os.path.join(home, unix), "tracker")


def database_path() -> str:
    """The log's file: `TRACKER_DB`, else `tracker.db` in the user's data folder."""
    return os.environ.get("TRACKER_DB") or os.path.join(_folder("XDG_DATA_HOME", ".local/share"), "tracker.db")


def settings_path() -> str:
    """The settings file: `TRACKER_CONFIG`, else `settings.toml` in the user's configuration folder."""
    return os.environ.get("TRACKER_CONFIG") or os.path.join(_folder("XDG_CONFIG_HOME", ".config"), "settings.toml")


def status_of(path: str) -> os.stat_result | None:
    """What the system knows of the file at `path`; None where there is none, and where it may not be asked."""
    try:
        return os.stat(path)
    except (OSError, ValueError):
        return None


def protect(path: str) -> None:
    """Keep every function of this module away from the database at `path`, until `release` was called as often."""
    status = status_of(path)
    entry = (path, os.path.realpath(path), (status.st_dev, status.st_ino) if status else None)
    with _guard:
        _open_databases.append(entry)


def release(path: str) -> None:
    """Undo one `protect` of the database at `path`; nothing happens if it was not protected."""
    with _guard:
        for index, (given, _real, _identity) in enumerate(_open_databases):
            if given == path:
                del _open_databases[index]
                return


def is_database(path: str, *, databases: Iterable[str] = ()) -> bool:
    """Whether `path` leads to an open database, to one of `databases`, or to a file that SQLite keeps next to them.

    Hard and symbolic links are followed. Files that do not exist yet are compared by their real paths.
    """
    status, real = status_of(path), _folded(os.path.realpath(path))
    with _guard:
        entries = list(_open_databases)
    if status and any(inode == (status.st_dev, status.st_ino) for _given, _real, inode in entries):
        return True  # also under the name that the database was moved to while it is open
    for database in (*(real_path for _given, real_path, _identity in entries), *map(os.path.realpath, databases)):
        for name in (database, *(database + ending for ending in _SIDECARS)):
            if _folded(name) == real:
                return True
            other = status_of(name) if status else None
            if status and other and os.path.samestat(status, other):
                return True
    return False


def database_exists(path: str) -> bool:
    """Whether there is a database at `path`, or a -wal file that was left without it."""
    return any(os.path.lexists(path + ending) for ending in ("", "-wal"))


def refuse_database(path: str, *, databases: Iterable[str] = ()) -> None:
    """Raise TrackerError where `is_database` is true."""
    if is_database(path, databases=databases):
        raise TrackerError(_("{path} is a file of tracker itself; choose another path").format(path=path))


def read_bytes(path: str, *, limit: int = MOST_BYTES) -> bytes:
    """The content of a regular file of at most `limit` bytes.

    Raises TrackerError for a database, and OSError, with the reason as its `strerror`, for a folder, a device, a pipe,
    a larger file, and whatever the system refuses.
    """
    descriptor = _open_regular(path)
    try:
        parts: list[bytes] = []
        left = limit + 1
        while left > 0 and (part := os.read(descriptor, min(left, 1 << 20))):
            parts.append(part)
            left -= len(part)
    finally:
        os.close(descriptor)
    if left <= 0:
        raise OSError(errno.EFBIG, larger_than(limit), path)
    return b"".join(parts)


def open_to_read(path: str) -> BinaryIO:
    """A regular file, open to be read in parts: it may be larger than the memory. Raises what `read_bytes` raises."""
    return open(_open_regular(path), "rb")


def _open_regular(path: str) -> int:
    refuse_database(path)
    # Opening a device may do something, and opening a pipe waits for a writer. So the path is checked before it is
    # opened, and the open file is checked again.
    _refuse_irregular(os.stat(path), path)
    descriptor = os.open(path, os.O_RDONLY | _NONBLOCK | _PLAIN)
    try:
        _refuse_irregular(os.fstat(descriptor), path)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def read_text(path: str, *, limit: int = MOST_BYTES) -> str:
    """The text of a regular file in UTF-8, without the mark that Windows' editors put before it; line ends are kept.

    Raises UnicodeDecodeError for another encoding, and what `read_bytes` raises.
    """
    return read_bytes(path, limit=limit).decode("utf-8-sig")


def lazy_context(steps: Callable[_P, Generator[_T, None, None]]) -> Callable[_P, AbstractContextManager[_T]]:
    """What `contextlib.contextmanager` makes of a function; it is imported at the first use, not by every command."""

    def opened(*values: _P.args, **named: _P.kwargs) -> AbstractContextManager[_T]:
        from contextlib import contextmanager

        return contextmanager(steps)(*values, **named)

    return opened


@lazy_context
def atomic_replace(path: str, *, databases: Iterable[str] = (), follow: bool = False) -> Generator[TextIO, None, None]:
    """A text file (UTF-8) to write, which replaces `path` in one step when the block ends without an error.

    After an error `path` is unchanged and no other file is left. A new file has mode 0600; a replaced one keeps its
    permissions. A symbolic link is replaced by the file; with `follow`, its target is replaced or created. A device, a
    pipe and `/dev/stdout` are written to directly.

    Raises TrackerError for a database, and OSError for a folder, a pipe without a reader and whatever the system
    refuses.
    """
    databases = tuple(databases)
    refuse_database(path, databases=databases)
    status, open_descriptor = status_of(path), _descriptor_number(path)
    if open_descriptor is not None or (status and not stat.S_ISREG(status.st_mode)):
        with open(_open_special(path, open_descriptor), "w", encoding="utf-8", newline="") as file:
            yield file
        return
    keeps_mode = status is not None and (follow or not os.path.islink(path))
    folder, name = os.path.split(os.path.realpath(path) if follow else path)
    target = os.path.join(os.path.realpath(folder), name)
    descriptor, temporary = _private_file(target)
    try:
        with open(descriptor, "w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            if keeps_mode and status:
                os.chmod(temporary, status.st_mode & 0o777)
            os.fsync(file.fileno())
        refuse_database(path, databases=databases)
        os.replace(temporary, target)
    except BaseException:
        _remove(temporary)
        raise
    _sync_folder(target)


@lazy_context
def temporary_file(beside: str) -> Generator[str, None, None]:
    """The path of an empty file of a random name (mode 0600) in the folder of the path `beside`.

    The file is removed when the block ends, and the files that SQLite may have left next to it too. Raises OSError.
    """
    descriptor, temporary = _private_file(beside)
    os.close(descriptor)
    try:
        yield temporary
    finally:
        for ending in ("", *_SIDECARS):
            _remove(temporary + ending)


def left_behind(beside: str) -> list[str]:
    """The files of `temporary_file` in the folder of the path `beside` that nobody wrote to for a while.

    A command that was killed has left them: none takes as long.
    """
    import re
    from time import time

    folder = os.path.dirname(beside) or os.curdir
    names = [name for name in sorted(os.listdir(folder)) if re.fullmatch(_TEMPORARY, name)]
    states = [(path, status_of(path)) for path in (os.path.join(folder, name) for name in names)]
    return [path for path, status in states if status and time() - status.st_mtime > _NOBODY_WAITS]


def rename_to_free_name(temporary: str, path: str, ending: str = "", *, databases: Iterable[str] = ()) -> str:
    """Rename the file `temporary` (of `temporary_file`) to `path`, or to the first free name like it, and return that.

    No file is overwritten: `-2`, `-3` … is added to the name, before `ending` where the name ends in it. Raises
    TrackerError for the name of a database, and OSError.
    """
    number, target = 1, path
    stem = path.removesuffix(ending)
    ending = path[len(stem) :]
    while os.path.lexists(target) or not _rename_if_free(temporary, target, tuple(databases)):
        number += 1
        target = f"{stem}-{number}{ending}"
    return target


def remove(path: str) -> None:
    """Delete a file, if it is there. Raises TrackerError for a database, and OSError for what the system refuses."""
    refuse_database(path)
    _remove(path)


@lazy_context
def locked(path: str) -> Generator[None, None, None]:
    """Hold the lock of the file at `path` while the block reads, changes and replaces it.

    The lock is put on the folder, so that no lock file is needed; where the system cannot lock a folder it is put on a
    file `.NAME.lock`. Raises TrackerError when another program holds it for longer than PATIENCE, and OSError.
    """
    from time import monotonic, sleep

    real = os.path.realpath(path)
    os.makedirs(os.path.dirname(real), mode=0o700, exist_ok=True)
    until = monotonic() + PATIENCE
    while (descriptor := _try_lock(real)) is None:
        if monotonic() > until:
            raise TrackerError(_("another program is changing {path}; try again in a moment").format(path=path))
        sleep(0.01)
    try:
        yield
    finally:
        os.close(descriptor)


def _folded(path: str) -> str:
    """The path, in lower case on systems that do not distinguish capital letters."""
    return path.casefold() if sys.platform in ("darwin", "win32") else path


def _refuse_irregular(status: os.stat_result, path: str) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, _("it is a folder"), path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.EINVAL, _("it is not a regular file"), path)


def larger_than(limit: int) -> str:
    """Why a file of more than `limit` bytes is not read."""
    if limit < 1 << 20:
        return _("it is larger than {n} KiB").format(n=limit >> 10)
    return _("it is larger than {n} MiB").format(n=limit >> 20)


def _descriptor_number(path: str) -> int | None:
    """The number of the open file that `/dev/stdout` or `/dev/fd/N` names; None for any other path."""
    if os.name != "posix":
        return None
    path = {"/dev/stdout": "/dev/fd/1", "/dev/stderr": "/dev/fd/2"}.get(os.path.abspath(path), os.path.abspath(path))
    folder, name = os.path.split(path)
    return int(name) if folder in ("/dev/fd", "/proc/self/fd") and name.isascii() and name.isdigit() else None


def _open_special(path: str, open_descriptor: int | None) -> int:
    """A descriptor to write to a device, a pipe or an open file. Raises OSError for a pipe without a reader."""
    if open_descriptor is not None:
        return os.dup(open_descriptor)
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


def _private_file(target: str) -> tuple[int, str]:
    """A new private file in the folder of `target`: its descriptor and its path."""
    import tempfile

    return tempfile.mkstemp(".tmp", ".tracker-", os.path.dirname(target) or os.curdir)


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except FileNotFoundError:
        return


def _rename_if_free(temporary: str, target: str, databases: tuple[str, ...]) -> bool:
    """Rename `temporary` to `target`; returns False where that name is taken."""
    refuse_database(target, databases=databases)
    try:
        try:
            os.link(temporary, target)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links: reserve the name first
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _PLAIN, 0o600))
            try:
                os.replace(temporary, target)
            except BaseException:
                _remove(target)
                raise
    except FileExistsError:
        return False
    _sync_folder(target)
    return True


def _sync_folder(path: str) -> None:
    """Write the new name to the disk, where the system can sync a folder, so that it survives a power cut."""
    try:
        descriptor = os.open(os.path.dirname(path) or os.curdir, os.O_RDONLY | _PLAIN)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError:
        return


def _try_lock(real: str) -> int | None:
    """A descriptor that holds the lock for the file at `real` until it is closed; None while another holds it."""
    folder, name = os.path.split(real)
    try:
        return _lock_descriptor(os.open(folder, os.O_RDONLY | _PLAIN))
    except OSError:  # Windows opens no folder, and a folder on another machine may not be lockable
        lock_file = os.path.join(folder, f".{name}.lock")
        refuse_database(lock_file)
        return _lock_descriptor(os.open(lock_file, os.O_RDWR | os.O_CREAT | _NOFOLLOW | _NONBLOCK | _PLAIN, 0o600))


def _lock_descriptor(descriptor: int) -> int | None:
    """Lock an open file; None where another program holds the lock. Raises OSError where it cannot be locked."""
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


_REASONS = {
    errno.ENOENT: N_("no such file or folder"),
    errno.EACCES: N_("permission denied"),
    errno.EPERM: N_("permission denied"),
    errno.EEXIST: N_("it already exists"),
    errno.EISDIR: N_("it is a folder"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EROFS: N_("the disk is read-only"),
    errno.ENOEXEC: N_("it is not a program; a script begins with a line such as #!/bin/sh"),
    errno.ECONNREFUSED: N_("connection refused"),
    errno.ETIMEDOUT: N_("no answer"),
}


@lazy_context
def os_errors_as(message: str, path: str) -> Generator[None, None, None]:
    """Raise TrackerError for an error of the system in the block: the message with path and reason in its places."""
    try:
        yield
    except OSError as error:
        raise TrackerError(message.format(path=path, reason=say_os_error(error))) from None


def say_os_error(error: OSError) -> str:
    """The end of a sentence such as `cannot read {path}: …`; the system's own words for an error that is not listed."""
    known = _REASONS.get(error.errno or 0)
    return _(known) if known else error.strerror or str(error)


def modules_in(package: ModuleType) -> set[str]:
    """The names of the modules in a package, without those that begin with `_`."""
    # What pkgutil does; importing that and what it needs takes 7 ms.
    files = (entry.name for folder in package.__path__ for entry in os.scandir(folder))
    return {file.partition(".")[0] for file in files if file.endswith((".py", ".pyc")) and not file.startswith("_")}
