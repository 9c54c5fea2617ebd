"""The data file itself: copy it, restore a copy, and say what is wrong with it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tracker.domain.errors import UnfitLog
from tracker.storage import repair, search, wal

if TYPE_CHECKING:
    from tracker.domain.models import FileSummary
    from tracker.storage import Database
    from tracker.storage.repair import Backup
    from tracker.workspace import Workspace


def back_up(workspace: Workspace, path: str | None = None) -> str:
    """Copy the file to a path or into a folder, by default beside itself; never over another. Returns where it is.

    Raises TrackerError where it cannot be written.
    """
    copy = _dated_path(workspace.database.path, workspace.today())
    if path:
        copy = os.path.join(path, os.path.basename(copy)) if os.path.isdir(path) else path
    return workspace.database.backup(copy)


def open_backup(path: str) -> Backup:
    """A backup, read and checked, to be looked at and restored, with `with`. Raises TrackerError if it is unfit."""
    return repair.Backup(path)


def summary(database: Database, check_seconds: int) -> FileSummary:
    """What an open file holds; a social session shorter than `check_seconds` counts as a check."""
    return repair.summary(database, check_seconds)


def path_before_restore(path: str, date: str) -> str:
    """A free path beside the file at `path`, for the file as it was before a restore on that date."""
    return repair.first_free(_dated_path(path, date, "before-restore-"))


def unfit_log(path: str) -> UnfitLog | None:
    """Why the log beside the file at `path` must not be applied to it; None where it is fit."""
    try:
        wal.refuse_unfit(os.path.realpath(path))
    except UnfitLog as error:
        return error
    return None


def accept_unfit_log(path: str, *, apply: bool) -> str | None:
    """Continue with the file although its log is unfit; see `restore.accept_unfit_log`."""
    return repair.accept_unfit_log(path, apply=apply)


def rebuild_search_index(database: Database) -> None:
    """Build the search index again from the records."""
    search.rebuild(database)


def check_log(path: str) -> None:
    """Raise TrackerError where the log beside the file at `path` is damaged, or must not be applied to it."""
    repair.check_log(path)


def problems(database: Database) -> list[str]:
    """What is wrong with an open file, a sentence each."""
    return [*([database.warning] if database.warning else []), *repair.problems(database)]


def _dated_path(path: str, date: str, word: str = "") -> str:
    """The path of a copy beside the file, with the date: `tracker-2026-11-23.db`."""
    stem, ending = os.path.splitext(path)
    return f"{stem}-{word}{date}{ending}"
