"""The file of an open database, and this process's connections to it.

Closing any descriptor of a file drops all locks that the process holds on the file, SQLite's included (POSIX). So this
module counts the connections to each file (`SharedFile`), opens one descriptor for reading the file beside SQLite
before the first of them, and closes it after the last. A `DatabaseFile` is one connection: it finds out when its file
is moved, deleted or written over, and goes on with the file that is there, or with a copy in memory that can be read.
The daily commands import this module, so nothing heavy is imported at its top.
"""

from __future__ import annotations

import os
import sqlite3
import stat
from _thread import RLock
from errno import ENOENT

from tracker.domain.errors import TrackerError, UnfitLog
from tracker.files import file_access
from tracker.locale import _
from tracker.storage import file_format, wal
from tracker.storage.file_format import (
    APPLICATION_ID,
    MEMORY,
    disk_error,
    in_memory,
    is_sidecar_error,
    read_only,
    reason,
    refuse_foreign_file,
    reports_damage,
)
from tracker.storage.wal import size_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

#: Device and inode of a file.
Inode = tuple[int, int]

#: A log longer than this, in bytes, is written into the file after the next commit.
_LONG_LOG = 4 << 20


class SharedFile:
    """A file that this process has open: one descriptor for reading it, and the number of SQLite connections to it.

    `refusal` says why nothing can be written to it; None where something can.
    """

    def __init__(self, real_path: str, inode: Inode, refusal: str | None) -> None:
        """Open the descriptor. Raises OSError."""
        self.real_path = real_path
        self.inode = inode
        self.refusal = refusal
        self._connections = 0
        flags = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(real_path, os.O_RDONLY | flags)

    def connect(self, *, for_reading: bool = False) -> sqlite3.Connection:
        """One more connection, which ends with `disconnect`. Raises OSError and sqlite3.Error. Under the gate."""
        try:
            if self.refusal is not None:
                connection = self._connect_frozen()
            elif for_reading:
                connection = read_only(self.real_path)
            else:
                connection = _connection(self.real_path)
        except BaseException:
            if not self._connections:
                os.close(self._descriptor)
            raise
        if not self._connections:
            _open_files[self.inode] = self
            file_access.protect(self.real_path)
        self._connections += 1
        return connection

    def disconnect(self, connection: sqlite3.Connection) -> None:
        """Close a connection of `connect`."""
        with _gate:
            connection.close()
            self._connections -= 1
            if not self._connections:
                del _open_files[self.inode]
                file_access.release(self.real_path)
                os.close(self._descriptor)

    def abandon(self, connection: sqlite3.Connection) -> None:
        """Close a connection without a checkpoint: the log belongs to a file that was written over.

        On closing, SQLite writes the log into the file unless somebody else has the file open or it was moved: so hold
        a lock, or move the file for that moment.
        """
        if wal.hold_shared_lock(self._descriptor):
            self.disconnect(connection)
            return
        aside = f"{self.real_path}.{os.urandom(8).hex()}"
        os.rename(self.real_path, aside)
        try:
            self.disconnect(connection)
        finally:
            os.rename(aside, self.real_path)

    def content(self) -> bytes:
        """The bytes of the file, without its log; drops no locks. Raises OSError."""
        with _gate:
            return self.read()

    def copy_in_memory(self) -> sqlite3.Connection:
        """A connection to a copy of the file with its log. Raises OSError, and sqlite3.Error for damaged bytes."""
        return in_memory(self.content(), wal.read(self.real_path))

    def keep_deleted(self) -> str | None:
        """Where the file has no name any more, write it to a new file beside its place.

        Returns that path; None for a file that has a name, and on an error.
        """
        try:
            is_deleted = not os.fstat(self._descriptor).st_nlink
            return wal.keep(self.real_path, self.content()) if is_deleted else None
        except OSError:
            return None

    def _connect_frozen(self) -> sqlite3.Connection:
        """A connection to a file in a folder that cannot be written, where SQLite can create nothing beside the file.

        If there is a log, file and log are read into a copy in memory.
        """
        if size_of(f"{self.real_path}-wal"):
            return in_memory(self.read(), wal.read(self.real_path))
        connection = read_only(self.real_path, "immutable=1")
        connection.execute("PRAGMA query_only = ON")
        return connection

    def read(self) -> bytes:
        """The bytes of the file, without its log. Raises OSError. Under the gate."""
        parts: list[bytes] = []
        offset = 0
        while True:
            if hasattr(os, "pread"):
                part = os.pread(self._descriptor, 1 << 26, offset)
            else:
                os.lseek(self._descriptor, offset, os.SEEK_SET)
                part = os.read(self._descriptor, 1 << 26)
            if not part:
                return b"".join(parts)
            parts.append(part)
            offset += len(part)


_open_files: dict[Inode, SharedFile] = {}
#: Two threads must not check a file and open it at the same time, nor one open it again while another one asks for a
#: reader.
_gate = RLock()


class DatabaseFile:
    """The connection of an open database to its file. A database in memory has none: its `real_path` is empty."""

    def __init__(
        self,
        path: str,
        connection: sqlite3.Connection,
        shared: SharedFile | None = None,
        *,
        warning: str | None = None,
        is_reader: bool = False,
    ) -> None:
        self.path = path
        self.connection = connection
        #: Why nothing can be written; None where something can.
        self.refusal = shared.refusal if shared else None
        #: What was wrong with the log when the file was opened, to be shown once.
        self.warning = warning
        #: How often the file was opened again.
        self.reopened = 0
        self._identity = FileIdentity(shared) if shared else None
        self._is_reader = is_reader
        #: Whether to open the file again as soon as another process has closed it.
        self._reopen_later = False

    @classmethod
    def open(cls, path: str, *, accept: bool = False) -> DatabaseFile:
        """Open the file at `path`, creating or migrating it where needed; `:memory:` is a database in memory.

        `accept` opens it although its write-ahead log is unfit. Raises TrackerError, with the file untouched, if it is
        not ours, is from a newer version, or cannot be opened.
        """
        return _connected(path, accept=accept)._prepared()

    @classmethod
    def temporary(cls) -> DatabaseFile:
        """A database in a nameless temporary file: it may be larger than the memory, and is gone once closed."""
        return cls(":temporary:", _connection(""))._prepared()

    @property
    def real_path(self) -> str:
        """The real path of the file, links followed; empty for a database in memory."""
        return self._identity.shared.real_path if self._identity else ""

    def reader(self) -> DatabaseFile:
        """One more connection to the same file, for another thread, which reads with it and closes it.

        SQLite opens it: any other way would drop the locks that this process holds on the file. Raises TrackerError
        where the file is not at its place any more.
        """
        try:
            with _gate:
                if not self._identity:
                    copy = DatabaseFile(self.path, _memory())
                    copy.refusal = self.refusal
                    self.connection.backup(copy.connection)
                    return copy
                if not self._identity.is_same():
                    raise self._moved()
                shared = self._identity.shared
                connection = shared.connect(for_reading=True)
        except (OSError, sqlite3.Error) as error:
            raise self.unreadable(error) from None
        reader = DatabaseFile(self.path, connection, shared, is_reader=True)
        try:
            reader.keep_few_pages()
        except TrackerError:
            reader.close()
            raise
        return reader

    def writer(self) -> DatabaseFile:
        """One more connection to the same file, for another thread, which reads and writes with it and closes it.

        To this connection its changes are those of another program. Raises TrackerError where nothing can be written,
        and where the file is not at its place any more.
        """
        if self.refusal:
            raise TrackerError(self.refusal)
        if not self._identity or not self._identity.is_same():
            raise self._moved()
        writer = _connected(self.real_path, create=False)
        writer.path = self.path
        writer._note_opened()
        return writer

    def keep_few_pages(self) -> None:
        """Keep little of the file in the memory of this connection, for a process that stays. Raises TrackerError.

        100 KiB of pages instead of 2,000: the system keeps the file in memory too, so what is found in a large file
        takes at most an eighth longer. It reads the schema, which a full disk or a damaged file may refuse.
        """
        try:
            self.connection.execute("PRAGMA cache_size = -100")
        except sqlite3.Error as error:
            raise self.unreadable(error) from None

    def close(self) -> None:
        """Close the file. Confirmed changes are written into it even where it was moved meanwhile."""
        state = SAME
        if self._identity and not self._is_reader:  # a reader has nothing to write
            state = self._identity.look(self.connection)
            if state in (MOVED, LOG_GONE):
                checkpoint(self.connection, empty=state == MOVED)
        self._disconnect(abandon=state == REPLACED)

    def verify(self) -> None:
        """Check that the file and its log are still those that were opened.

        Before each write, and now and then while the file stays open. Where only the log was deleted, its content is
        written into the file and the file is opened again. Raises TrackerError where the file was moved or replaced:
        confirmed changes are in the moved file; this database can be read on, but not written.
        """
        if self.connection.in_transaction:
            return
        if not self._identity:
            if self._reopen_later:
                self._reopen()
            return
        state = self._identity.look(self.connection)
        if state in (MOVED, LOG_GONE):
            # The deleted log of another process must not be emptied by this one.
            checkpoint(self.connection, empty=state == MOVED)
        if state == REWRITTEN and not size_of(self.real_path):
            raise self._detach(fits=True)  # emptied: opening it would create a new database
        if state in (LOG_GONE, REWRITTEN):
            self._reopen()
        elif state != SAME:
            raise self._detach(fits=state == MOVED)

    def mark_log(self) -> None:
        """Mark the log as one of this file (`wal`), first thing in a transaction that writes.

        Raises TrackerError where the file is not at its place at this very moment.
        """
        if self._identity:
            if not self._identity.is_same():
                raise self._moved()  # the next `verify` saves what is in the log
            wal.update_mark(self.connection, wal.read_header(self.real_path))

    def note_written(self) -> None:
        """Remember how the file looks after a transaction of this connection; a long log is written into it first."""
        if self._identity:
            if self.waiting() > _LONG_LOG:
                checkpoint(self.connection)
            self._identity.note()

    def settle(self) -> None:
        """Write the log into the file as far as possible now, so that the file is complete without it.

        It waits for the disk: for a quiet moment, and for leaving.
        """
        if self._identity and not self.connection.in_transaction and self._identity.look(self.connection) == SAME:
            self._identity.note(is_in_file=checkpoint(self.connection))

    def waiting(self) -> int:
        """How many bytes are in the log."""
        return self._identity.log_size() if self._identity else 0

    def backup(self, path: str) -> str:
        """Write a complete copy of the file to `path`, or into that folder; returns its path.

        SQLite's own backup: consistent while others write, write-ahead log included. A temporary file gets its name
        when it is complete; no file is overwritten, a number is added to the name instead. Raises TrackerError, with
        nothing left behind, where it cannot be written, and for the path of the database itself.
        """
        message = _("cannot write the backup {path}: {reason}")
        if os.path.isdir(path):
            path = os.path.join(path, os.path.basename(self.path))
        else:
            file_access.refuse_database(path, databases=(self.path,))
            if os.path.exists(path) and not os.path.isfile(path):
                raise TrackerError(message.format(path=path, reason=_("it is not a regular file")))
        try:
            with file_access.temporary_file(path) as temporary:
                # SQLite lets no connection copy while it writes itself, as one that is about to migrate does.
                writable = self.real_path and not self.refusal
                source = file_format.read_only(self.real_path) if writable else self.connection
                # After the source, which may not be there: nothing is left open then.
                target = sqlite3.connect(temporary)
                try:
                    source.backup(target)
                    renew_mark(target)
                finally:
                    target.close()
                    if source is not self.connection:
                        source.close()
                ending = os.path.splitext(self.path)[1]
                return file_access.rename_to_free_name(temporary, path, ending, databases=(self.path,))
        except (OSError, sqlite3.Error) as error:
            raise TrackerError(message.format(path=path, reason=reason(error))) from None

    def unreadable(self, error: Exception) -> TrackerError:
        """The error for what SQLite could not read."""
        if self._identity and getattr(error, "sqlite_errorname", "") == "SQLITE_IOERR_SHORT_READ":
            self._identity.distrust()  # the log is shorter than it was
        return TrackerError(_("cannot read {path}: {reason}").format(path=self.path, reason=self.reason(error)))

    def reason(self, error: Exception) -> str:
        """What an error means, as the end of a sentence. It says "damaged" only where a check finds damage.

        SQLite also reports damage where the disk did not return a page.
        """
        if not reports_damage(error) or self._identity is None:
            return reason(error)
        try:
            copy = self._identity.shared.copy_in_memory()
        except OSError as failed:
            return reason(failed)
        except sqlite3.Error:
            return reason(error)
        try:
            result = copy.execute("PRAGMA integrity_check(1)").fetchone()
        except sqlite3.Error:
            return reason(error)
        finally:
            copy.close()
        return disk_error() if result == ("ok",) else reason(error)

    def _prepared(self) -> DatabaseFile:
        """The file, ready to be read and written; it is closed where it cannot be. Raises TrackerError."""
        try:
            self._prepare()
            self._note_opened()
        except BaseException:
            self.close()
            raise
        return self

    def _prepare(self) -> None:
        """Refuse a file that is not ours or is newer; create or migrate the schema where due. Raises TrackerError."""
        try:
            if _is_up_to_date(self.connection):
                if self.refusal is None:
                    _switch_to_wal(self.connection)
                return
            if not file_format.is_new(self.connection):
                file_format.refuse_foreign(self.connection, self.path)
            if self.refusal is None:
                self._migrate()
            else:
                copy = in_memory(self.connection.serialize())
                bring_up_to_date(copy)
                self._continue_with(copy)
        except sqlite3.Error as error:
            message = _("cannot open {path}: {reason}")
            cannot = TrackerError(message.format(path=self.path, reason=self.reason(error)))
            if not self._identity or not is_sidecar_error(error):
                raise cannot from None
            try:
                # SQLite cannot create its files beside the database, on a full disk for example: read a copy.
                self._continue_with(self._identity.shared.copy_in_memory())
            except (OSError, sqlite3.Error):
                raise cannot from None
            self.refusal = str(cannot)
            self._prepare()

    def _migrate(self) -> None:
        """Create or migrate the schema; after an error the file is as it was.

        Raises TrackerError, and sqlite3.Error where the version of the file cannot be read.

        BEGIN IMMEDIATE takes the write lock first: a deferred transaction would be refused at once when it begins to
        write. So several processes that open a new file wait for each other, and only the first creates it.
        """
        connection = self.connection
        _application, version = file_format.versions(connection)
        try:
            connection.execute("BEGIN IMMEDIATE")
            try:
                if not _is_up_to_date(connection) and not file_format.is_new(connection):
                    kept = f"{self.path}.before-v{file_format.VERSION}"
                    if not file_format.is_copied(connection, kept):  # a migration that was killed has left it
                        self.backup(kept)
                _create_or_migrate(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            _switch_to_wal(connection)
        except sqlite3.Error as error:
            raise TrackerError(
                _("cannot bring {path} from version {old} to {new}: {reason}; it is as it was").format(
                    path=self.path, old=version, new=file_format.VERSION, reason=reason(error)
                )
            ) from None

    def _note_opened(self) -> None:
        if self._identity:
            self._identity.note()

    def _reopen(self) -> None:
        from functools import partial

        self.reopened += 1
        real_path = self.real_path
        with _gate:
            if real_path:
                self._disconnect()
            try:
                again = _connected(self.path, create=False)
            except BaseException as error:
                if real_path:
                    # Only now: a copy takes as much memory as the file, and a file that opens again needs none.
                    self.connection = _copy_in_memory(partial(_content, real_path))
                if isinstance(error, TrackerError):
                    # If another process is the reason, it may be over in a second.
                    self._reopen_later = isinstance(error, UnfitLog) and error.used
                    self.refusal = str(error)
                raise
            self.connection.close()  # of a copy from an earlier failure
            self.connection, self.refusal, self.warning = again.connection, again.refusal, again.warning
            self._identity = again._identity
        self._reopen_later = False
        self._prepare()
        self._note_opened()

    def _detach(self, *, fits: bool) -> TrackerError:
        """Leave a file that is not at its place any more, and go on reading from a copy in memory.

        `fits`: the log belongs to the file. Else it is left as it is: it belongs to the file that was written over.
        """
        identity, kept = self._identity, None
        copy = _copy_in_memory(identity.shared.content if identity else bytes)
        if fits and identity:
            kept = identity.shared.keep_deleted()
        error = self._moved(kept)
        self.refusal = str(error)
        self._continue_with(copy, abandon=not fits)
        return error

    def _continue_with(self, copy: sqlite3.Connection, *, abandon: bool = False) -> None:
        """Close the file and go on with a copy in memory; with `abandon`, leave the log as it is."""
        with _gate:
            self._disconnect(abandon=abandon)
            self.connection = copy

    def _disconnect(self, *, abandon: bool = False) -> None:
        """Close the connection; with `abandon`, leave the log as it is."""
        with _gate:
            identity, self._identity = self._identity, None
            if identity is None:
                self.connection.close()
            elif abandon:
                identity.shared.abandon(self.connection)
            else:
                identity.shared.disconnect(self.connection)

    def _moved(self, kept: str | None = None) -> TrackerError:
        message = _(
            "{path} was moved, deleted or replaced while open. Nothing more is saved: put the file "
            "back, then start tracker again"
        )
        if kept:
            message = _(
                "{path} was deleted or replaced while open. What was saved is in {kept}. Nothing more is "
                "saved: start tracker again"
            )
        return TrackerError(message.format(path=self.path, kept=kept))


def _content(real_path: str) -> bytes:
    """The bytes of the file at that path, without its log; drops no locks of this process. Raises OSError."""
    with _gate:
        inode = inode_of(real_path)
        if inode in _open_files:
            return _open_files[inode].read()
        with open(real_path, "rb") as file:
            return file.read()


def _copy_in_memory(content: Callable[[], bytes]) -> sqlite3.Connection:
    """A database in memory with that content of a file; an empty one where it cannot be read."""
    try:
        copy = in_memory(content())
        if copy.execute("SELECT count(*) FROM session").fetchone():
            return copy
    except (OSError, sqlite3.Error):
        pass
    empty = _memory()
    bring_up_to_date(empty)
    return empty


def bring_up_to_date(copy: sqlite3.Connection) -> None:
    """Create or migrate the schema of a database in memory, which can only be read afterwards."""
    copy.execute("PRAGMA query_only = OFF")
    _create_or_migrate(copy)
    copy.execute("PRAGMA query_only = ON")


def _is_up_to_date(connection: sqlite3.Connection) -> bool:
    return file_format.versions(connection) == (APPLICATION_ID, file_format.VERSION)


def _create_or_migrate(connection: sqlite3.Connection) -> None:
    """Bring a database of ours, or a new one, to the schema of today."""
    from tracker.storage import schema

    if file_format.is_new(connection):
        schema.create(connection)
    elif not _is_up_to_date(connection):
        schema.migrate(connection)


def renew_mark(copied: sqlite3.Connection) -> None:
    """Give a copy of the file a new mark, so that no write-ahead log of another file matches it."""
    from contextlib import suppress

    with suppress(sqlite3.OperationalError):  # a file that is about to be migrated may be older than the mark
        wal.renew_mark(copied)
    copied.commit()


def _switch_to_wal(connection: sqlite3.Connection) -> None:
    """Use a write-ahead log: readers and one writer at the same time. The file keeps this, so it is rarely needed.

    SQLite refuses the switch while another connection is open; the next program that opens the file tries again.
    """
    if connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete":
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            return


def _connected(path: str, *, accept: bool = False, create: bool = True) -> DatabaseFile:
    """Connect to the database at `path`; a new file gets mode 0600, and is created only where `create` is true.

    `accept` opens it although its write-ahead log is unfit. Raises TrackerError, with the file untouched, if it is no
    tracker file, is from a newer version, or cannot be opened.
    """
    if path == MEMORY:
        return DatabaseFile(path, _connection(MEMORY))
    if path.startswith("file:"):
        raise TrackerError(_("cannot open {path}: it must be a path, not a URI").format(path=path))
    real_path = os.path.realpath(path)
    with _gate:
        try:
            if create:
                _create_or_refuse(path, real_path)
            inode = inode_of(real_path)
            if inode is None:
                raise FileNotFoundError(ENOENT, os.strerror(ENOENT))
            warning, shared = None, _open_files.get(inode)
            if shared is None:
                if any(opened.real_path == real_path for opened in _open_files.values()):
                    raise wal.unfit(UnfitLog.ELSEWHERE, path)  # reading what lies beside it would drop locks on it
                refuse_foreign_file(path)
                refusal = _read_only_reason(path, real_path)
                if not accept and wal.refuse_unfit(real_path) and refusal is None:
                    warning = _keep_torn_log(real_path)
                shared = SharedFile(real_path, inode, refusal)
            return DatabaseFile(path, shared.connect(), shared, warning=warning)
        except (OSError, sqlite3.Error, ValueError) as error:
            raise TrackerError(_("cannot open {path}: {reason}").format(path=path, reason=reason(error))) from None


def _create_or_refuse(path: str, real_path: str) -> None:
    """Create an empty file where there is none; refuse a folder, a device, and a log whose file is gone."""
    try:
        mode = os.stat(real_path).st_mode
    except FileNotFoundError:
        if wal.is_locked(f"{real_path}-shm", wal.INDEX_BYTES):
            raise wal.unfit(UnfitLog.ELSEWHERE, path) from None
        if size_of(f"{real_path}-wal"):
            message = _("{path} is gone, but its last changes are in {wal}. Put the file back, or move {wal} away")
            raise TrackerError(message.format(path=path, wal=f"{real_path}-wal")) from None
        os.makedirs(os.path.dirname(real_path), mode=0o700, exist_ok=True)
        from contextlib import suppress

        with suppress(FileNotFoundError):
            os.stat(f"{real_path}-journal")  # SQLite's longest name beside it: one that is too long leaves no file
        os.close(os.open(real_path, os.O_CREAT | os.O_RDWR, 0o600))
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(_("it is a folder"))
    if not stat.S_ISREG(mode):
        raise TrackerError(_("cannot open {path}: it is a device or a pipe, not a file").format(path=path))


def _read_only_reason(path: str, real_path: str) -> str | None:
    """Why nothing can be written beside the file; None where something can. SQLite itself checks the file."""
    if os.stat(real_path).st_nlink > 1:
        message = _("{path} has a second name, a hard link: nothing can be saved until that is removed")
        return message.format(path=path)
    if os.access(os.path.dirname(real_path), os.W_OK):
        return None
    message = _("{path} is on a read-only disk or in a read-only folder: it can be read, but nothing can be saved")
    return message.format(path=path)


def _keep_torn_log(real_path: str) -> str:
    """Copy a log whose end cannot be read, before SQLite drops what is there; returns the warning."""
    message = _(
        "the end of {wal} cannot be read, after a power cut or damage: the last changes may be missing; "
        "a copy of the file is {kept}"
    )
    return message.format(wal=f"{real_path}-wal", kept=wal.keep_copy(real_path))


def _connection(real_path: str) -> sqlite3.Connection:
    # synchronous stays FULL, SQLite's default: what the screen confirmed survives a power cut.
    connection = sqlite3.connect(real_path, timeout=5, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA foreign_keys = ON")
    # A log begins again only after `checkpoint` has emptied it, because it needs a new mark then (wal.update_mark).
    connection.execute("PRAGMA wal_autocheckpoint = 0")
    return connection


def _memory() -> sqlite3.Connection:
    return sqlite3.connect(MEMORY, isolation_level=None, check_same_thread=False)


def inode_of(path: str) -> Inode | None:
    """Device and inode of the file at `path`; None where there is none."""
    status = file_access.status_of(path)
    return (status.st_dev, status.st_ino) if status else None


def checkpoint(connection: sqlite3.Connection, *, empty: bool = True) -> bool:
    """Write the log into the file as far as no other connection is in the way, and then `empty` the log.

    Returns whether all of it is in the file.
    """
    try:
        (timeout,) = connection.execute("PRAGMA busy_timeout").fetchone()
        try:
            connection.execute("PRAGMA busy_timeout = 0")
            how = "TRUNCATE" if empty else "PASSIVE"
            _busy, in_log, copied = connection.execute(f"PRAGMA wal_checkpoint({how})").fetchone()
        finally:
            connection.execute(f"PRAGMA busy_timeout = {timeout}")
    except sqlite3.Error:
        return False  # what was confirmed stays in the log
    return bool(in_log == copied)


# What `FileIdentity.look` finds.
SAME = "same"
MOVED = "moved"  # the file was moved or deleted, or another one is at its place
LOG_GONE = "log gone"  # only the log was deleted
REWRITTEN = "rewritten"  # another program wrote the file, and nothing waits in the log
REPLACED = "replaced"  # another program wrote the file, and what waits in the log does not fit it


class FileIdentity:
    """Remembers the inodes of the open file and its log, to find out before each write whether they are still there.

    SQLite goes on writing into a file that was moved, deleted or written over, and all that is lost. Only `os.stat`
    looks here, because closing a file drops this process's locks on it (POSIX).
    """

    def __init__(self, shared: SharedFile) -> None:
        self.shared = shared
        self._sidecars: tuple[Inode, Inode] | None = None
        #: Time of the last write and size of the file, when it was last known to be right.
        self._written: tuple[int, int] | None = None
        #: Bytes in the log at the last look.
        self._waiting = 0
        #: The header of a log that was written into the file, from its first to its last change; empty for any other.
        self._written_log = b""
        self._distrusted = False

    def note(self, *, is_in_file: bool = False) -> None:
        """Remember how file and log look now: this connection has just opened or written them.

        `is_in_file`: all of the log is in the file too, so another program may empty it without writing the file.
        """
        self._sidecars = self._sidecars or self._sidecar_inodes()
        self._written = self._last_write()
        self._waiting = self.log_size()
        self._written_log = wal.read_header(self.shared.real_path) if is_in_file else b""

    def is_same(self) -> bool:
        """Whether file and log are still at their place, by their inodes."""
        sidecars = self._sidecar_inodes()
        if self._sidecars is None:
            self._sidecars = sidecars  # the first transaction since the file was switched to a log
        return self._is_at_its_place() and sidecars == self._sidecars

    def distrust(self) -> None:
        """Let the next `look` say REPLACED: SQLite found the log shorter than it was."""
        self._distrusted = True

    def look(self, connection: sqlite3.Connection) -> str:
        """What became of file and log: SAME, MOVED, LOG_GONE, REWRITTEN or REPLACED."""
        if not self._is_at_its_place():
            return MOVED
        if self._distrusted:
            return REPLACED
        if not self.is_same():
            if self._sidecar_inodes() is None:
                return LOG_GONE
            # There are two logs, each with changes: one of them was begun without the other.
            return REPLACED if self._waiting else REWRITTEN
        before, self._waiting = self._waiting, self.log_size()
        written, self._written_log = self._written_log, b""
        if self._written == self._last_write():
            if before and not self._waiting:
                # Only a checkpoint empties the log, and it writes the file first: perhaps just before the last look.
                return REWRITTEN if written else REPLACED
            if wal.read_header(self.shared.real_path) in (written, b""):  # b"": it has just been emptied
                self._written_log = written
            return SAME
        if self._waiting and not self._log_fits(connection):
            return REPLACED if self._is_at_its_place() else MOVED
        self._written = self._last_write()
        self._written_log = wal.read_header(self.shared.real_path)
        if not self._written_log:  # there was none, or it has been emptied since
            self._waiting = 0
            return REWRITTEN
        return SAME

    def _is_at_its_place(self) -> bool:
        return inode_of(self.shared.real_path) == self.shared.inode

    def log_size(self) -> int:
        """How many bytes are in the log."""
        return size_of(f"{self.shared.real_path}-wal") or 0

    def _sidecar_inodes(self) -> tuple[Inode, Inode] | None:
        """The inodes of the log and of its index; None where one of them does not exist."""
        log, index = (inode_of(self.shared.real_path + ending) for ending in ("-wal", "-shm"))
        return (log, index) if log and index else None

    def _last_write(self) -> tuple[int, int] | None:
        """Time of the last write (ns) and size of the file."""
        status = file_access.status_of(self.shared.real_path)
        return (status.st_mtime_ns, status.st_size) if status else None

    def _log_fits(self, connection: sqlite3.Connection) -> bool:
        """Whether the log was begun for the file as it is now, by their marks: then a checkpoint wrote the file."""
        for _attempt in range(3):  # a checkpoint may be writing right now
            try:
                mark = wal.read_mark_at(self.shared.real_path, "immutable=1")
                if wal.marks_match(mark, wal.read_mark(connection)):
                    return True
            except sqlite3.Error:
                continue
        return False
