"""What is noted beside sessions: outcomes, urges resisted, spending; recorded, and changed by the ids that are printed.

The command line prints these ids as `o12`, `u7` and `s3`. `tracker urge` runs all day, so this imports little.
"""

from __future__ import annotations

from tracker.domain.models import Outcome, Spend, Touch, Urge
from tracker.services import queries
from tracker.storage import day_records, outcomes
from tracker.storage import last_touch as attribution

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from tracker.domain.models import Session
    from tracker.workspace import Workspace

NotedRecord = Outcome | Spend | Urge

#: How the records of each letter are read, edited and deleted.
STORAGE: dict[str, tuple[Any, Any, Any]] = {
    "o": (outcomes.get, outcomes.edit, outcomes.delete),
    "u": (day_records.get_urge, day_records.edit_urge, day_records.delete_urge),
    "s": (outcomes.get_spend, outcomes.edit_spend, outcomes.delete_spend),
}

#: The fields that a record cannot be without.
REQUIRED = {"o": ("kind", "at"), "u": ("at", "channel"), "s": ("at", "channel", "amount")}


def get(workspace: Workspace, letter: str, id: int) -> NotedRecord:
    """The record of this letter and id. Raises TrackerError if there is none."""
    record: NotedRecord = STORAGE[letter][0](workspace.database, id)
    return record


def edit(workspace: Workspace, letter: str, id: int, fields: dict[str, Any]) -> NotedRecord:
    """Change fields of a record."""
    record: NotedRecord = STORAGE[letter][1](workspace.database, id, now=workspace.now(), **fields)
    return record


def delete(workspace: Workspace, ids: Sequence[tuple[str, int]], says: str) -> list[NotedRecord | Session]:
    """Delete records and, for an empty letter, sessions, as one step of undo named `says`; returns what they were."""
    from tracker.services import session_editing

    deleted: list[NotedRecord | Session] = []
    with workspace.undo_step(says):
        for letter, id in ids:
            if letter:
                deleted.append(STORAGE[letter][2](workspace.database, id, now=workspace.now()))
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
    return outcomes.add_spend(
        workspace.database,
        channel,
        now if at is None else at,
        workspace.zone,
        now=now,
        amount=amount,
        currency=currency,
        note=note,
    )


def last_touch(workspace: Workspace, person: str | None, at: int | None = None) -> Touch | None:
    """What an outcome would be attributed to, now or at an earlier instant."""
    return attribution.last_touch(workspace.database, workspace.now() if at is None else at, person)


def last_moment(workspace: Workspace, date: str) -> int:
    """When the last thing of an earlier day ended, as far as it lies in that day; its middle where nothing did."""
    day = queries.day(workspace, date)
    return max((min(part.end, day.end - 1) for part in day.parts), default=(day.start + day.end) // 2)


def record_outcome(
    workspace: Workspace,
    kind: str,
    channel: str | None,
    amount: int | None,
    currency: str | None,
    person: str | None,
    note: str | None = None,
    at: int | None = None,
) -> Outcome:
    """Record what the time brought, now or at an earlier instant; `amount` in hundredths of `currency`."""
    now = workspace.now()
    return outcomes.add(
        workspace.database,
        kind,
        now if at is None else at,
        workspace.zone,
        now=now,
        channel=channel,
        amount=amount,
        currency=currency,
        person=person,
        note=note,
    )


def possible_duplicate(workspace: Workspace, outcome: Outcome) -> Outcome | None:
    """Another outcome that may be the same sale noted before."""
    return outcomes.possible_duplicate(workspace.database, outcome)


def record_urge(
    workspace: Workspace, channel: str, at: int | None = None, trigger: str | None = None, note: str | None = None
) -> Urge:
    """Record an urge resisted, now or at an earlier instant."""
    now = workspace.now()
    return day_records.add_urge(
        workspace.database, channel, now if at is None else at, workspace.zone, now=now, trigger=trigger, note=note
    )


def explain_urge(workspace: Workspace, id: int, trigger: str) -> Urge:
    """Store what triggered an urge."""
    return day_records.explain_urge(workspace.database, id, trigger, now=workspace.now())


def set_postponed_task(workspace: Workspace, id: int, trigger: str, task: str) -> Urge:
    """Keep which task was postponed when an urge came: it becomes the task of that day."""
    with workspace.transaction():
        date = workspace.day_of(day_records.get_urge(workspace.database, id).at)
        return day_records.blame_task(workspace.database, id, trigger, task, date, now=workspace.now())
