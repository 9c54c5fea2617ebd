"""Undo and redo of the user's last changes and of automatic imports, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.locale import _
from tracker.storage import undo as undo_log

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.storage.undo import UndoStep
    from tracker.workspace import Workspace


def undo(workspace: Workspace, count: int = 1) -> list[UndoStep]:
    """Take back the user's last changes, the newest first; returns them."""
    steps = undo_log.undo(workspace.database, count, now=workspace.now(), comes_again=_comes_again(workspace))
    return _read_again(workspace, steps)


def undo_import(workspace: Workspace, source: str) -> UndoStep:
    """Take back the last automatic import of a source, named as in the setting `sources`; returns it.

    Raises TrackerError where there is none, and where later changes depend on it.
    """
    step = undo_log.undo_import(workspace.database, source, now=workspace.now(), comes_again=_comes_again(workspace))
    _read_again(workspace, [step])
    return step


def redo(workspace: Workspace, count: int = 1) -> list[UndoStep]:
    """Make changes again that were taken back; returns them."""
    steps = undo_log.redo(workspace.database, count, now=workspace.now(), comes_again=_comes_again(workspace))
    return _read_again(workspace, steps)


def last_actions(workspace: Workspace, count: int) -> list[UndoStep]:
    """The last changes, the newest first, those that were taken back included."""
    return undo_log.steps(workspace.database, count)


def _comes_again(workspace: Workspace) -> Callable[[str], bool]:
    """Whether the automatic import of an entry may be taken back, because it will bring the same again."""

    def comes_again(entry: str) -> bool:
        from tracker.services.source_imports import can_read_again

        return can_read_again(workspace, entry)

    return comes_again


def _read_again(workspace: Workspace, steps: list[UndoStep]) -> list[UndoStep]:
    """Have what was taken back only because it depended on these steps imported again."""
    entries = {entry for step in steps for entry in step.again}
    if entries:
        from tracker.services.source_imports import read_again

        read_again(workspace, sorted(entries))
    return steps


def in_words(steps: Sequence[UndoStep]) -> str:
    """What was undone or redone, and which imports had to be taken back with it."""
    from tracker.formatting.text import join_phrases

    words = join_phrases(*(step.says for step in steps))
    entries = dict.fromkeys(entry for step in steps for entry in step.again)
    if entries:
        words += _("; {sources} will be imported again").format(sources=", ".join(entries))
    return words
