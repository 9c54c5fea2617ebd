"""The data file itself: copy it, restore a copy, export the log, say what is wrong, undo or redo its last changes."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from typing import TextIO

from tracker.domain.errors import UnfitLog
from tracker.domain.models import FileSummary, UndoStep
from tracker.formatting.text import channel_word
from tracker.locale import _
from tracker.services import queries
from tracker.storage import Database, repair, search, wal
from tracker.storage import undo as undo_log
from tracker.workspace import Workspace


def back_up(workspace: Workspace, path: str | None = None) -> str:
    """Copy the file to a path or into a folder, by default beside itself; never over another. Returns where it is.

    Raises TrackerError where it cannot be written.
    """
    copy = _dated_path(workspace.database.file.path, workspace.today())
    if path:
        copy = os.path.join(path, os.path.basename(copy)) if os.path.isdir(path) else path
    return workspace.database.file.backup(copy)


def is_sound(path: str) -> bool:
    """Whether nothing in a backup is damaged."""
    return repair.is_sound(path)


def open_backup(path: str) -> repair.Backup:
    """A backup, read and checked, to be looked at and restored, with `with`. Raises TrackerError if it is unfit."""
    return repair.Backup(path)


def summary(database: Database, check_seconds: int) -> FileSummary:
    """What an open file holds; a social session shorter than `check_seconds` counts as a check."""
    return repair.summary(database.connection, database.file.path, check_seconds)


def path_before_restore(path: str, date: str) -> str:
    """A free path beside the file at `path`, for the file as it was before a restore on that date."""
    return repair.first_free(_dated_path(path, date, "before-restore-"))


def export_log(
    workspace: Workspace, format: str, destination: str | TextIO, first: str | None = None, last: str | None = None
) -> int:
    """Write the log, or its days from `first` to `last`, to a path or an open file; returns the number of sessions.

    Raises TrackerError for an unknown format, and for a path that cannot be written or is a file of ours.
    """
    from tracker.exporters import DayRange
    from tracker.exporters.exporting import export

    days = DayRange(first, last, workspace.settings.day_starts_at, workspace.first_weekday())
    ours = (workspace.config,) if workspace.config else ()
    return export(workspace.database, format, destination, days=days, protected=ours)


def unfit_log(path: str) -> UnfitLog | None:
    """Why the log beside the file at `path` must not be applied to it; None where it is fit."""
    try:
        wal.refuse_unfit(os.path.realpath(path))
    except UnfitLog as error:
        return error
    return None


def accept_unfit_log(path: str, *, apply: bool) -> str | None:
    """Continue with the file although its log is unfit; see `repair.accept_unfit_log`."""
    return repair.accept_unfit_log(path, apply=apply)


def rebuild_search_index(database: Database) -> None:
    """Build the search index again from the records."""
    search.rebuild(database)


def check_log(path: str) -> None:
    """Raise TrackerError where the log beside the file at `path` is damaged, or must not be applied to it."""
    repair.check_log(path)


def problems(database: Database) -> list[str]:
    """What is wrong with an open file, a sentence each."""
    return [*([database.file.warning] if database.file.warning else []), *repair.problems(database)]


def _dated_path(path: str, date: str, word: str = "") -> str:
    """The path of a copy beside the file, with the date: `tracker-2026-11-23.db`."""
    stem, ending = os.path.splitext(path)
    return f"{stem}-{word}{date}{ending}"


def undo(workspace: Workspace, count: int = 1) -> list[UndoStep]:
    """Take back the user's last changes, the newest first; returns them."""
    return undo_log.undo(workspace.database, count, now=workspace.now(), read_again=_read_again(workspace))


def undo_import(workspace: Workspace, source: str) -> UndoStep:
    """Take back the last automatic import of a source, named as in the setting `sources`; returns it.

    Raises TrackerError where there is none, and where later changes depend on it.
    """
    return undo_log.undo_import(workspace.database, source, now=workspace.now(), read_again=_read_again(workspace))


def redo(workspace: Workspace, count: int = 1) -> list[UndoStep]:
    """Make changes again that were taken back; returns them."""
    return undo_log.redo(workspace.database, count, now=workspace.now(), read_again=_read_again(workspace))


def last_steps(workspace: Workspace, count: int) -> list[UndoStep]:
    """The last changes, the newest first, those that were taken back included."""
    return undo_log.steps(workspace.database, count)


def _read_again(workspace: Workspace) -> Callable[[str], bool]:
    """See `source_imports.read_again`, which takes time to import and is seldom needed."""

    def read_again(entry: str) -> bool:
        from tracker.services import source_imports

        return source_imports.read_again(workspace, entry)

    return read_again


def say_steps(steps: Sequence[UndoStep]) -> str:
    """What was undone or redone, and which imports had to be taken back with it."""
    from tracker.formatting.text import join_phrases

    words = join_phrases(*(step.says for step in steps))
    entries = dict.fromkeys(entry for step in steps for entry in step.again)
    if entries:
        words += _("; {sources} will be imported again").format(sources=", ".join(entries))
    return words


def with_titles(workspace: Workspace, steps: Sequence[UndoStep]) -> list[UndoStep]:
    """Steps that were just undone or redone, with the titles of their channels for the words that are typed."""
    titles = {channel_word(channel.name): channel.title for channel in queries.all_channels(workspace)}
    return [_with_titles(workspace, step, titles) for step in steps]


def _with_titles(workspace: Workspace, step: UndoStep, titles: Mapping[str, str]) -> UndoStep:
    import re

    words = [word for word in titles if word in step.says]
    if words:  # a habit may be named as a channel is: that is the user's word
        spoken_of = {channel_word(name) for name in undo_log.channels_of(workspace.database, step)}
        words = [re.escape(word) for word in words if word in spoken_of]
    if not words:
        return step
    whole_word = rf"(?<![^\s(])(?:{'|'.join(words)})(?![^\s),;])"
    return step._replace(says=re.sub(whole_word, lambda match: titles[match[0]], step.says))
