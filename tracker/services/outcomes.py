"""Outcomes: recorded with the channel they are attributed to by last touch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.services import queries
from tracker.storage import last_touch as attribution
from tracker.storage import outcomes

if TYPE_CHECKING:
    from tracker.domain.models import Outcome
    from tracker.workspace import Workspace


def last_touch(workspace: Workspace, person: str | None, at: int | None = None) -> attribution.Touch | None:
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


def possible_double(workspace: Workspace, outcome: Outcome) -> Outcome | None:
    """Another outcome that may be the same sale noted before."""
    return outcomes.possible_duplicate(workspace.database, outcome)


def say_moved_outcomes(workspace: Workspace) -> str:
    """Which outcomes got another channel by the last change, to be said once; empty for none."""
    moved, workspace.database.reattributed = workspace.database.reattributed, []
    return attribution.say_reattributed(moved)
