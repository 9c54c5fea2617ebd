"""Outcomes, urges and spending by the ids the command line prints (`o12`, `u7`, `s3`): read, changed and deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import Outcome, Spend, Urge
from tracker.services import session_editing
from tracker.storage import outcomes, spend, urges
from tracker.storage.undo_steps import undo_step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.domain.models import Session
    from tracker.workspace import Workspace

NotedRecord = Outcome | Spend | Urge

#: The storage module of each letter.
TABLES: dict[str, Any] = {"o": outcomes, "u": urges, "s": spend}

#: The fields that a record cannot be without.
REQUIRED = {"o": ("kind", "at"), "u": ("at", "channel"), "s": ("at", "channel", "amount")}


def get(workspace: Workspace, letter: str, id: int) -> NotedRecord:
    """The record of this letter and id. Raises TrackerError if there is none."""
    record: NotedRecord = TABLES[letter].get(workspace.database, id)
    return record


def edit(workspace: Workspace, letter: str, id: int, fields: dict[str, Any]) -> NotedRecord:
    """Change fields of a record."""
    record: NotedRecord = TABLES[letter].edit(workspace.database, id, now=workspace.now(), **fields)
    return record


def delete(workspace: Workspace, ids: Sequence[tuple[str, int]], says: str) -> list[NotedRecord | Session]:
    """Delete records and, for an empty letter, sessions, as one step of undo named `says`; returns what they were."""
    deleted: list[NotedRecord | Session] = []
    with undo_step(workspace.database, says, workspace.now()):
        for letter, id in ids:
            if letter:
                deleted.append(TABLES[letter].delete(workspace.database, id, now=workspace.now()))
            else:
                deleted += session_editing.delete(workspace, id)[0]
    return deleted


def letter_of(record: NotedRecord) -> str:
    """`o`, `u` or `s`."""
    return "s" if isinstance(record, Spend) else "o" if isinstance(record, Outcome) else "u"


def record_spending(
    workspace: Workspace, channel: str, amount: int, currency: str, note: str | None = None, at: int | None = None
) -> Spend:
    """Record money spent on a channel beside the hours; `amount` in hundredths of `currency`."""
    now = workspace.now()
    return spend.add(
        workspace.database,
        channel,
        now if at is None else at,
        workspace.zone,
        now=now,
        amount=amount,
        currency=currency,
        note=note,
    )
