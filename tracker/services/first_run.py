"""The first run: whether it is due, and the history that is on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.services import queries
from tracker.storage import day_records, habits, outcomes

if TYPE_CHECKING:
    from tracker.workspace import Workspace

_GREETED = "greeted"


def is_due(workspace: Workspace) -> bool:
    """Whether to greet: the file has no record of any kind, can be written, and nobody was greeted on it before."""
    return not workspace.refusal and workspace.database.state(_GREETED) is None and is_blank(workspace)


def is_blank(workspace: Workspace) -> bool:
    """Whether the file has no record of any kind: no session, urge, result, habit or note."""
    database, now = workspace.database, workspace.now()
    return (
        queries.is_empty(workspace)
        and not outcomes.in_span(database, 0, now + 1)
        and not habits.habits(database)
        and not day_records.notes_in_span(database, "0000", "9999")
    )


def note_greeted(workspace: Workspace) -> None:
    """Greet nobody on this file again."""
    workspace.database.set_state(_GREETED, workspace.today())


def has_history() -> bool:
    """Whether a source has files on this machine. No file is opened."""
    from tracker.services.source_imports import found_entries

    return bool(found_entries())
