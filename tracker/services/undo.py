"""Undo and redo of the last change."""

from __future__ import annotations

from tracker.locale import _
from tracker.services.workspace import Workspace
from tracker.storage import undo as undo_log


def undo(workspace: Workspace) -> str:
    """Take back the last change; says what it was."""
    (step,) = undo_log.undo(workspace.journal, 1, now=workspace.now())
    return _("Undone: {what}").format(what=step.says)


def redo(workspace: Workspace) -> str:
    """Do again what was undone; says what it was."""
    (step,) = undo_log.redo(workspace.journal, 1, now=workspace.now())
    return _("Done again: {what}").format(what=step.says)
