"""Copies of the file, and what `doctor` looks at."""

from __future__ import annotations

import os
import sqlite3

from tracker import files
from tracker.calendar.zones import is_zone
from tracker.journal.opening import MEMORY, read_only, reason
from tracker.locale import _
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal.file import Journal


def copy(journal: Journal, path: str) -> str:
    """Write a complete copy of the file to `path`, or into that folder, and return where it went.

    SQLite's own backup: consistent while others write, write-ahead log included. It is written beside the target
    and renamed when whole, and never over an existing file: a number is added to the name instead. Raises
    TrackerError, with nothing left behind, where it cannot be written, and for a path of the log itself.
    """
    if os.path.isdir(path):
        path = os.path.join(path, os.path.basename(journal.path))
    else:
        files.refuse_log(path, logs=(journal.path,))
    try:
        with files.temporary(path) as made:
            _write(journal, made)
            return files.put_beside(made, path, os.path.splitext(journal.path)[1], logs=(journal.path,))
    except (OSError, sqlite3.Error) as error:
        raise TrackerError(
            _("cannot write the backup {path}: {reason}").format(path=path, reason=reason(error))
        ) from None


def _write(journal: Journal, path: str) -> None:
    destination = sqlite3.connect(path)
    # A door of its own: SQLite lets no connection copy while it writes itself, as one about to migrate does.
    source = journal.connection if journal.path == MEMORY else read_only(journal.path)
    try:
        source.backup(destination)
    finally:
        destination.close()
        if source is not journal.connection:
            source.close()


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
    if journal.path != MEMORY and os.name == "posix" and os.stat(journal.path).st_mode & 0o077:
        found.append(_("other users of this machine can read {path}; `chmod 600` closes it").format(path=journal.path))
    return found
