"""Undo and redo of the last changes, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.storage import history

if TYPE_CHECKING:
    from tracker.services.workspace import Workspace
    from tracker.storage.history import Action


def undo(workspace: Workspace, count: int = 1) -> list[Action]:
    """Take back the last changes, the newest first; returns them."""
    return history.undo(workspace.journal, count, now=workspace.now())


def redo(workspace: Workspace, count: int = 1) -> list[Action]:
    """Make changes again that were taken back; returns them."""
    return history.redo(workspace.journal, count, now=workspace.now())


def last_actions(workspace: Workspace, count: int) -> list[Action]:
    """The last changes, the newest first, those that were taken back included."""
    return history.actions(workspace.journal, count)
