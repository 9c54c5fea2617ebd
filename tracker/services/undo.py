"""Undo and redo of the user's last changes and of automatic imports, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.locale import _
from tracker.storage import undo as undo_log

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.domain.models import UndoStep
    from tracker.workspace import Workspace


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


def last_actions(workspace: Workspace, count: int) -> list[UndoStep]:
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
