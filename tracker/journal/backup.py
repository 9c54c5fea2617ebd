"""Copies of the file, and what `doctor` looks at."""

from __future__ import annotations

import os
import sqlite3

from tracker.locale import _
from tracker.model import TrackerError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.journal.file import Journal


def copy(journal: Journal, path: str) -> str:
    """Write a complete copy of the file to `path` and return where it went.

    SQLite's own backup: consistent while others write, write-ahead log included. It is written beside the target
    and renamed when whole, and never over an existing file: a number is added to the name instead.
    """
    target = _free(path)
    partial = f"{target}.partial"
    try:
        os.close(os.open(partial, os.O_CREAT | os.O_TRUNC | os.O_RDWR, 0o600))
        destination = sqlite3.connect(partial)
        try:
            journal.connection.backup(destination)
        finally:
            destination.close()
        os.rename(partial, target)
    except (OSError, sqlite3.Error) as error:
        if os.path.exists(partial):
            os.unlink(partial)
        raise TrackerError(_("cannot write the backup {path}: {reason}").format(path=target, reason=error)) from None
    return target


def _free(path: str) -> str:
    number, target = 1, path
    while os.path.exists(target):
        number += 1
        target = f"{path}.{number}"
    return target


def problems(journal: Journal) -> list[str]:
    """What is wrong with the file, a sentence each; nothing when all is well."""
    found = [
        _("SQLite finds the file damaged: {reason}").format(reason=reason)
        for (reason,) in journal.rows("PRAGMA integrity_check")
        if reason != "ok"
    ]
    found += [
        _("a row of {table} names something that is not there (row {row})").format(table=table, row=row)
        for table, row, *_rest in journal.rows("PRAGMA foreign_key_check")
    ]
    if journal.path != ":memory:" and os.name == "posix" and os.stat(journal.path).st_mode & 0o077:
        found.append(_("other users of this machine can read {path}; `chmod 600` closes it").format(path=journal.path))
    return found
