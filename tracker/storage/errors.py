"""What errors of SQLite and the system mean, in our words.

None of them says that a file is not ours: a disk that fails must not invite anybody to delete what is on it.
"""

from __future__ import annotations

from errno import EIO

from tracker.locale import N_, _


def reason(error: Exception) -> str:
    """What an error of the system's or SQLite's says, as the end of a sentence of ours."""
    name = _name(error)
    if getattr(error, "errno", None) == EIO:
        return disk_error("EIO")
    for beginning, said in _REASONS.items():
        if name.startswith(beginning):
            return _(said).format(name=name)
    return str(getattr(error, "strerror", None) or error)


def says_damaged(error: Exception) -> bool:
    """Whether SQLite calls the file damaged: it also does where the disk did not give it a page."""
    return _name(error).startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def is_sidecar_error(error: Exception) -> bool:
    """Whether SQLite could not make or use what it keeps beside the file: the file alone may still be read."""
    return _name(error).startswith(("SQLITE_IOERR_SHM", "SQLITE_FULL", "SQLITE_CANTOPEN", "SQLITE_READONLY"))


def disk_error(name: str) -> str:
    """What is said of a disk that fails."""
    said = _REASONS["SQLITE_IOERR"]
    return _(said).format(name=name)


def _name(error: Exception) -> str:
    return str(getattr(error, "sqlite_errorname", None) or "")


def damaged() -> str:
    """What is said of a file whose content SQLite cannot make sense of."""
    said = _REASONS["SQLITE_CORRUPT"]
    return _(said)


#: By the beginning of their names.
_REASONS = {
    "SQLITE_BUSY": N_("another program keeps it locked"),
    "SQLITE_LOCKED": N_("another program keeps it locked"),
    "SQLITE_FULL": N_("the disk is full"),
    "SQLITE_READONLY": N_("the file or its folder is read-only"),
    "SQLITE_IOERR_SHM": N_("the disk is full, or reports an error ({name})"),
    "SQLITE_IOERR": N_("the disk reports an error ({name}); the file may be undamaged, so keep it and check the disk"),
    "SQLITE_CORRUPT": N_("the file is damaged; `tracker restore BACKUP` brings a backup back"),
    "SQLITE_NOTADB": N_("the file is damaged; `tracker restore BACKUP` brings a backup back"),
    "SQLITE_CANTOPEN": N_("the file, or one that belongs beside it, cannot be opened"),
    "SQLITE_PERM": N_("permission denied"),
    "SQLITE_AUTH": N_("permission denied"),
    "SQLITE_NOMEM": N_("there is not enough memory"),
    "SQLITE_TOOBIG": N_("a text is too long"),
}
