"""Undo and redo of the last changes, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.storage import undo as undo_log

if TYPE_CHECKING:
    from tracker.storage.undo import UndoStep
    from tracker.workspace import Workspace


def undo(workspace: Workspace, count: int = 1) -> list[UndoStep]:
    """Take back the last changes, the newest first; returns them."""
    return undo_log.undo(workspace.database, count, now=workspace.now())


def redo(workspace: Workspace, count: int = 1) -> list[UndoStep]:
    """Make changes again that were taken back; returns them."""
    return undo_log.redo(workspace.database, count, now=workspace.now())


def last_actions(workspace: Workspace, count: int) -> list[UndoStep]:
    """The last changes, the newest first, those that were taken back included."""
    return undo_log.steps(workspace.database, count)
