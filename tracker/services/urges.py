"""Urges resisted, and what set one off."""

from __future__ import annotations

from tracker.storage import urges

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.domain.models import Urge
    from tracker.workspace import Workspace


def record_urge(
    workspace: Workspace, channel: str, at: int | None = None, trigger: str | None = None, note: str | None = None
) -> Urge:
    """Record an urge resisted, now or at an earlier instant."""
    now = workspace.now()
    return urges.add(
        workspace.database, channel, now if at is None else at, workspace.zone, now=now, trigger=trigger, note=note
    )


def explain_urge(workspace: Workspace, id: int, trigger: str) -> Urge:
    """Say what set an urge off."""
    return urges.explain(workspace.database, id, trigger, now=workspace.now())


def put_off(workspace: Workspace, id: int, trigger: str, task: str) -> Urge:
    """Say what an urge put off: it becomes the task of that day."""
    with workspace.transaction():
        date = workspace.day_of(urges.get(workspace.database, id).at)
        return urges.blame_task(workspace.database, id, trigger, task, date, now=workspace.now())
