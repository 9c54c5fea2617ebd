"""What `tracker doctor` looks for: damage to the file, broken references, and who else can read it."""

from __future__ import annotations

import os
import sqlite3
from typing import TYPE_CHECKING

from tracker.calendar.clock import is_zone
from tracker.domain.errors import TrackerError
from tracker.locale import _
from tracker.storage import search, wal
from tracker.storage.errors import reason

if TYPE_CHECKING:
    from tracker.storage.database import Database

#: Less free space on the disk than this, in bytes, is a problem.
_LEAST_SPACE = 4 << 20


def check_log(path: str) -> None:
    """Raise TrackerError where the log beside the file at `path` is damaged, or must not be applied to it."""
    try:
        wal.check(os.path.realpath(path))
    except sqlite3.Error as error:
        raise TrackerError(reason(error)) from None


def problems(database: Database) -> list[str]:
    """What is wrong with the file, what it refers to, and the access to it: a sentence each."""
    try:
        return _problems(database)
    except sqlite3.Error as error:
        return [reason(error)]


def _problems(database: Database) -> list[str]:
    sentences = [
        _("SQLite finds the file damaged: {reason}").format(reason=reason)
        for (reason,) in database.rows("PRAGMA integrity_check")
        if reason != "ok"
    ]
    sentences += [
        _("a row of {table} refers to something that does not exist (row {row})").format(table=table, row=row)
        for table, row, *_rest in database.rows("PRAGMA foreign_key_check")
    ]
    sentences += [
        _("unknown time zone {zone}: what was logged there is shown in UTC").format(zone=zone)
        for zone in database.zones()
        if not is_zone(zone)
    ]
    path = database.path
    if database.refusal:
        return [*sentences, database.refusal]
    if not database.real_path:
        return sentences
    status = os.stat(database.real_path)
    if os.name == "posix" and status.st_mode & 0o077:
        sentences.append(_("other users of this machine can read {path}; `chmod 600` prevents that").format(path=path))
    if status.st_nlink > 1:
        sentences.append(
            _("{path} has a second name (a hard link): a program that opens it by that name damages it").format(
                path=path
            )
        )
    try:
        with database.transaction():
            pass
    except TrackerError as error:
        sentences.append(str(error))
    else:
        sentences += search.problems(database)
    if hasattr(os, "statvfs"):
        disk = os.statvfs(database.real_path)
        free = disk.f_bavail * disk.f_frsize
        if not free:
            sentences.append(_("the disk is full"))
        elif free < _LEAST_SPACE:
            sentences.append(_("the disk is nearly full: less than {n} MiB are free").format(n=_LEAST_SPACE >> 20))
    return sentences
