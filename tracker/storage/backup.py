"""Copies of the file, and what `doctor` looks at."""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress

from tracker.calendar.zones import is_zone
from tracker.domain.models import TrackerError
from tracker.files import file_access
from tracker.locale import _
from tracker.storage import generation
from tracker.storage.connections import read_only
from tracker.storage.errors import reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.storage.file import Journal


#: Less room on the disk than this, in bytes, is a problem.
_LEAST_ROOM = 4 << 20


def copy(journal: Journal, path: str) -> str:
    """Write a complete copy of the file to `path`, or into that folder, and return where it went.

    SQLite's own backup: consistent while others write, write-ahead log included. It is written beside the target
    and renamed when whole, and never over an existing file: a number is added to the name instead. Raises
    TrackerError, with nothing left behind, where it cannot be written, and for a path of the log itself.
    """
    if os.path.isdir(path):
        path = os.path.join(path, os.path.basename(journal.path))
    else:
        file_access.refuse_database(path, databases=(journal.path,))
        if os.path.exists(path) and not os.path.isfile(path):
            raise TrackerError(
                _("cannot write the backup {path}: {reason}").format(path=path, reason=_("it is not a regular file"))
            )
    try:
        with file_access.temporary_file(path) as made:
            _write(journal, made)
            return file_access.rename_to_free_name(
                made, path, os.path.splitext(journal.path)[1], databases=(journal.path,)
            )
    except (OSError, sqlite3.Error) as error:
        raise TrackerError(
            _("cannot write the backup {path}: {reason}").format(path=path, reason=reason(error))
        ) from None


def _write(journal: Journal, path: str) -> None:
    # A door of its own: SQLite lets no connection copy while it writes itself, as one about to migrate does.
    source = read_only(journal.place) if journal.place and not journal.refusal else journal.connection
    destination = sqlite3.connect(path)  # after the source, which may not be there: nothing is left open then
    try:
        source.backup(destination)
        mark(destination)
    finally:
        destination.close()
        if source is not journal.connection:
            source.close()


def mark(copied: sqlite3.Connection) -> None:
    """Give a copy a mark of its own: no write-ahead log that another file left behind belongs to it."""
    with suppress(sqlite3.OperationalError):  # a file that is about to be migrated may be older than the mark
        generation.renew(copied)
    copied.commit()


def problems(journal: Journal) -> list[str]:
    """What is wrong with the file and what it refers to, and who else may read it, a sentence each."""
    found = [
        _("SQLite finds the file damaged: {reason}").format(reason=reason)
        for (reason,) in journal.rows("PRAGMA integrity_check")
        if reason != "ok"
    ]
    found += [
        _("a row of {table} names something that is not there (row {row})").format(table=table, row=row)
        for table, row, *_rest in journal.rows("PRAGMA foreign_key_check")
    ]
    found += [
        _("no time zone is called {zone}: what was recorded there is shown in UTC").format(zone=zone)
        for zone in journal.zones()
        if not is_zone(zone)
    ]
    return found + _access_problems(journal)


def _access_problems(journal: Journal) -> list[str]:
    """Who else can read the file, and what keeps it from being written."""
    path = journal.path
    if journal.refusal:
        return [journal.refusal]
    if not journal.place:
        return []
    found = []
    status = os.stat(journal.place)
    if os.name == "posix" and status.st_mode & 0o077:
        found.append(_("other users of this machine can read {path}; `chmod 600` closes it").format(path=path))
    if status.st_nlink > 1:
        found.append(
            _("{path} has a second name (a hard link): a program that opens it by that name damages it").format(
                path=path
            )
        )
    try:
        with journal.transaction():
            pass
    except TrackerError as error:
        found.append(str(error))
    if hasattr(os, "statvfs"):
        disk = os.statvfs(journal.place)
        free = disk.f_bavail * disk.f_frsize
        if not free:
            found.append(_("the disk is full"))
        elif free < _LEAST_ROOM:
            found.append(_("the disk is nearly full: less than {n} MiB are free").format(n=_LEAST_ROOM >> 20))
    return found
