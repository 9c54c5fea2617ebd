"""Sentences for the errors of SQLite and of the system.

No sentence says that a file is not ours: nobody should delete a file because the disk failed.
"""

from __future__ import annotations

from errno import EIO

from tracker.locale import N_, _

#: By the beginning of SQLite's name of the error; the first that fits counts.
_REASONS = {
    "SQLITE_BUSY": N_("another program keeps it locked"),
    "SQLITE_LOCKED": N_("another program keeps it locked"),
    "SQLITE_FULL": N_("the disk is full"),
    "SQLITE_READONLY": N_("the file or its folder is read-only"),
    "SQLITE_IOERR_SHM": N_("the disk is full, or reports an error ({name})"),
    "SQLITE_IOERR": N_("the disk reports an error ({name}); the file may be undamaged, so keep it and check the disk"),
    "SQLITE_CORRUPT": N_("the file is damaged; `tracker restore BACKUP` brings a backup back"),
    "SQLITE_NOTADB": N_("the file is damaged; `tracker restore BACKUP` brings a backup back"),
    "SQLITE_CANTOPEN": N_("the file, or one that belongs to it, cannot be opened"),
    "SQLITE_PERM": N_("permission denied"),
    "SQLITE_AUTH": N_("permission denied"),
    "SQLITE_NOMEM": N_("there is not enough memory"),
    "SQLITE_TOOBIG": N_("a text is too long"),
}


def reason(error: Exception) -> str:
    """What an error of the system or of SQLite means, as the end of a sentence."""
    if getattr(error, "errno", None) == EIO:
        return disk_error()
    name = _name(error)
    for prefix, message in _REASONS.items():
        if name.startswith(prefix):
            return _(message).format(name=name)
    if isinstance(error, OSError):
        from tracker.files.file_access import say_os_error

        return say_os_error(error)
    return str(error)


def disk_error() -> str:
    """The sentence for a failing disk."""
    message = _REASONS["SQLITE_IOERR"]
    return _(message).format(name="EIO")


def damaged() -> str:
    """The sentence for a damaged file."""
    message = _REASONS["SQLITE_CORRUPT"]
    return _(message)


def reports_damage(error: Exception) -> bool:
    """Whether SQLite calls the file damaged; it does so too where the disk did not return a page."""
    return _name(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def is_sidecar_error(error: Exception) -> bool:
    """Whether SQLite could not create or use the files beside the database; the database itself may be readable."""
    return _name(error).startswith(("SQLITE_IOERR_SHM", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_READONLY"))


def _name(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "SQLITE_NOMEM"
    return str(getattr(error, "sqlite_errorname", None) or "")
