"""What is wrong with a file, restoring a backup, and continuing without a write-ahead log that is unfit for its file.

A file that can be opened is restored through SQLite in one transaction, while screens and commands may use it: they see
one change. A file that cannot be opened is kept under another name, and the backup takes its place; after each step the
file at its place is the old one, which is refused, or the new one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from functools import partial

from tracker.calendar.clock import is_zone
from tracker.domain.errors import NotOurs, TrackerError, UnfitLog
from tracker.domain.models import FileSummary
from tracker.files import file_access
from tracker.locale import _
from tracker.storage import search, wal
from tracker.storage.database import Database, with_sqlite_utils
from tracker.storage.database_file import DatabaseFile, bring_up_to_date, renew_mark
from tracker.storage.file_format import in_memory, read_only, reason, refuse_foreign, reports_damage

#: The largest backup that is read, in bytes; a million sessions over ten years are a tenth of it.
_MOST_BYTES = 4 << 30


#: Less free space on the disk than this, in bytes, is a problem.
_LEAST_SPACE = 4 << 20


class Backup:
    """A backup, read into memory, checked and migrated; its own file stays untouched."""

    def __init__(self, path: str) -> None:
        """Read the backup at `path`. Raises TrackerError if it is not whole, not ours, or from a newer version."""
        self.path = path
        try:
            self._connection = _read(path)
            try:
                refuse_foreign(self._connection, path)
                self._check()
                bring_up_to_date(self._connection)
            except BaseException:
                self._connection.close()
                raise
        except (OSError, sqlite3.Error) as error:
            why = _("it is damaged, or it is not a tracker file") if reports_damage(error) else reason(error)
            raise TrackerError(_("cannot read {path}: {reason}").format(path=path, reason=why)) from None

    def close(self) -> None:
        """Close the copy in memory."""
        self._connection.close()

    def __enter__(self) -> Backup:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def summary(self, check_seconds: int) -> FileSummary:
        """What it holds; see `summary`."""
        return summary(self._connection, self.path, check_seconds)

    def restore(self, path: str, kept: str) -> str | None:
        """Replace the content of the file at `path` by the backup; returns where the old file is kept, or None.

        It is kept at `kept`, or a number is added to that name (`first_free`). Raises TrackerError, with the file
        unchanged.
        """
        real_path = os.path.realpath(path)
        try:
            if not os.path.exists(real_path):
                return self._replace_file(real_path, kept)
            try:
                database = Database.open(path)
            except NotOurs:
                raise
            except TrackerError:
                return self._replace_file(real_path, kept)
            with database:
                return self._restore_in_place(database, kept)
        except (OSError, sqlite3.Error) as error:
            raise TrackerError(_("cannot write {path}: {reason}").format(path=path, reason=reason(error))) from None

    def _check(self) -> None:
        damage = [text for (text,) in self._connection.execute("PRAGMA integrity_check") if text != "ok"]
        if damage:
            message = _("{path} is damaged and was not restored: {reason}")
            raise TrackerError(message.format(path=self.path, reason=damage[0]))

    def _restore_in_place(self, database: Database, kept: str) -> str:
        """Replace all rows of an open file in one transaction, its triggers put aside meanwhile."""
        if database.file.refusal:
            raise TrackerError(database.file.refusal)
        copied = None
        with file_access.temporary_file(database.file.real_path) as temporary:
            self._write(temporary)
            attach = f"ATTACH '{temporary.replace(chr(39), chr(39) * 2)}' AS restored"
            try:
                with database.transaction(
                    (attach, "PRAGMA foreign_keys = OFF"), ("PRAGMA foreign_keys = ON", "DETACH restored")
                ):
                    # While nobody else can write: what is kept is all that there was.
                    copied = database.file.backup(first_free(kept))
                    _replace_rows(database.connection, self._connection)
            except BaseException:
                if copied is not None:
                    _remove(copied)
                raise
        return copied

    def _replace_file(self, real_path: str, kept: str) -> str | None:
        """Put the backup at the place of a file that cannot be opened; that file is kept."""
        if wal.is_locked(real_path, wal.DATABASE_BYTES) or wal.is_locked(f"{real_path}-shm", wal.INDEX_BYTES):
            raise wal.unfit(UnfitLog.ELSEWHERE, real_path)
        kept, exists = first_free(kept), os.path.exists(real_path)
        log = os.path.exists(f"{real_path}-wal")
        with file_access.temporary_file(real_path) as temporary:
            self._write(temporary)
            if exists:
                _link_or_copy(real_path, kept)
            try:
                if log:
                    os.rename(f"{real_path}-wal", f"{kept}-wal")
                os.replace(temporary, real_path)
            except BaseException:
                if os.path.lexists(f"{kept}-wal"):
                    os.rename(f"{kept}-wal", f"{real_path}-wal")
                _remove(kept)
                raise
            _remove(f"{real_path}-shm")
        return kept if exists or log else None

    def _write(self, temporary: str) -> None:
        with closing(sqlite3.connect(temporary)) as target:
            self._connection.backup(target)
            renew_mark(target)


def accept_unfit_log(path: str, *, apply: bool = False) -> str | None:
    """Continue with the file at `path` without the unfit part of its log; returns where the log is kept.

    With `apply`, a log that is older than the file (UnfitLog.OLDER) is applied instead of kept. None where there is no
    log to keep. Raises TrackerError where nothing is wrong, or another process has the file open.
    """
    real_path = os.path.realpath(path)
    try:
        wal.refuse_unfit(real_path)
    except UnfitLog as error:
        if error.used:
            raise
        try:
            return _without_log(path, real_path, error.kind, apply)
        except OSError as failed:
            raise TrackerError(_("cannot write {path}: {reason}").format(path=path, reason=reason(failed))) from None
    raise TrackerError(_("{path} needs no repair").format(path=path))


def _without_log(path: str, real_path: str, kind: str, apply: bool) -> str | None:
    if kind == UnfitLog.MISSING:
        _remove(f"{real_path}-shm")
        _remove(f"{real_path}-wal")  # emptied
        return None
    if kind == UnfitLog.OLDER and apply:
        written = os.stat(real_path).st_mtime_ns
        os.utime(f"{real_path}-wal", ns=(written, written))
        DatabaseFile.open(path).close()
        return None
    if kind == UnfitLog.DAMAGED:
        kept = wal.keep_copy(real_path)
        # SQLite reads a log as far as it is whole, and closing writes that into the file.
        DatabaseFile.open(path, accept=True).close()
        return kept
    kept = wal.free_name(f"{real_path}-wal")
    os.rename(f"{real_path}-wal", kept)
    _remove(f"{real_path}-shm")
    return kept


def _read(path: str) -> sqlite3.Connection:
    real_path = os.path.realpath(os.path.expanduser(path))
    if not os.path.exists(real_path):
        raise TrackerError(_("file not found: {path}").format(path=path))
    wal.refuse_unfit(real_path)
    log = file_access.read_bytes(f"{real_path}-wal", limit=_MOST_BYTES) if os.path.exists(f"{real_path}-wal") else b""
    return in_memory(file_access.read_bytes(real_path, limit=_MOST_BYTES), log)


def summary(connection: sqlite3.Connection, path: str, check_seconds: int) -> FileSummary:
    """What the file at `path` holds; a social session shorter than `check_seconds` counts as a check."""
    sessions, first, last = connection.execute("SELECT count(*), min(start), max(start) FROM session").fetchone()
    (checks,) = connection.execute(
        "SELECT count(*) FROM session JOIN channel ON channel.name = session.channel "
        "WHERE channel.kind = 'social' AND session.\"end\" - session.start < ?",
        (check_seconds,),
    ).fetchone()
    runs = connection.execute('SELECT channel, start FROM session WHERE "end" IS NULL').fetchone()
    running, since = runs or (None, None)
    outcomes, urges, habits, changed, changes = connection.execute(
        "SELECT (SELECT count(*) FROM outcome), (SELECT count(*) FROM urge), (SELECT count(*) FROM habit), "
        "(SELECT max(at) FROM action), (SELECT coalesce(max(id), 0) FROM change)"
    ).fetchone()
    return FileSummary(
        *(path, sessions - checks, checks, outcomes, urges, habits, running, since, first, last, changed, changes)
    )


def _replace_rows(connection: sqlite3.Connection, backup: sqlite3.Connection) -> None:
    """Replace all rows by those of the attached file `restored`, of which `backup` is a connection to a copy."""
    mark = wal.read_mark(connection)
    ours, theirs = with_sqlite_utils(connection), with_sqlite_utils(backup)
    triggers = ours.triggers
    for trigger in triggers:
        connection.execute(f'DROP TRIGGER "{trigger.name}"')
    # Tables that another program made are part of a backup; tables that it made since then stay.
    for kind in ("table", "index"):
        made = "SELECT sql FROM restored.sqlite_master WHERE type = ? AND sql NOT NULL AND name NOT IN "
        for (sql,) in connection.execute(f"{made} (SELECT name FROM main.sqlite_master)", (kind,)).fetchall():
            connection.execute(sql)
    for table in theirs.table_names():
        existing = ours.table(table).columns_dict
        columns = ", ".join(f'"{name}"' for name in theirs.table(table).columns_dict if name in existing)
        connection.execute(f'DELETE FROM main."{table}"')
        connection.execute(f'INSERT INTO main."{table}"({columns}) SELECT {columns} FROM restored."{table}"')
    for trigger in triggers:
        connection.execute(trigger.sql)
    # The log of this transaction has its mark already.
    wal.write_mark(connection, mark)


def first_free(path: str) -> str:
    """The path, with a number where a file of that name, or its log, exists."""
    stem, ending = os.path.splitext(path)
    number, free = 1, path
    while os.path.lexists(free) or os.path.lexists(f"{free}-wal"):
        number += 1
        free = f"{stem}-{number}{ending}"
    return free


def _link_or_copy(real_path: str, kept: str) -> None:
    """Give a file a second name by a hard link; copy it where the disk has no hard links."""
    try:
        os.link(real_path, kept)
    except OSError:
        private = partial(os.open, mode=0o600)
        with open(real_path, "rb") as file, open(kept, "xb", opener=private) as copied:
            shutil.copyfileobj(file, copied)
            copied.flush()
            os.fsync(copied.fileno())


def _remove(path: str) -> None:
    if os.path.lexists(path):
        os.unlink(path)


# What `tracker doctor` looks for: damage to the file, broken references, and who else can read it.


def check_log(path: str) -> None:
    """Raise TrackerError where the log beside the file at `path` is damaged, or must not be applied to it."""
    try:
        wal.check(os.path.realpath(path))
    except sqlite3.Error as error:
        raise TrackerError(reason(error)) from None


def is_sound(path: str) -> bool:
    """Whether SQLite finds nothing wrong with the database at `path`, which nobody else has open."""
    try:
        with closing(read_only(path, "immutable=1")) as connection:
            return bool(connection.execute("PRAGMA quick_check").fetchall() == [("ok",)])
    except sqlite3.Error:
        return False


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
    path = database.file.path
    if database.file.refusal:
        return [*sentences, database.file.refusal]
    if not database.file.real_path:
        return sentences
    status = os.stat(database.file.real_path)
    if os.name == "posix" and status.st_mode & 0o077:
        sentences.append(_("other users of this machine can read {path}; `chmod 600` prevents that").format(path=path))
    sentences += [
        _("{path} was left behind by a command that was killed; it can be deleted").format(path=left)
        for left in file_access.left_behind(database.file.real_path)
    ]
    if status.st_nlink > 1:
        message = _("{path} has a second name (a hard link): a program that opens it by that name damages it")
        sentences.append(message.format(path=path))
    try:
        with database.transaction():
            pass
    except TrackerError as error:
        sentences.append(str(error))
    else:
        sentences += search.problems(database)
    if hasattr(os, "statvfs"):
        disk = os.statvfs(database.file.real_path)
        free = disk.f_bavail * disk.f_frsize
        if not free:
            sentences.append(_("the disk is full"))
        elif free < _LEAST_SPACE:
            sentences.append(_("the disk is nearly full: less than {n} MiB are free").format(n=_LEAST_SPACE >> 20))
    return sentences
