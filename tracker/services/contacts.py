"""Talks with people: recorded after the fact or timed from now on, and where somebody was met."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.models import Session, Talk
from tracker.reports.contacts import crossing, say_crossing
from tracker.services import queries
from tracker.storage import people, person_names, session_table, sessions

if TYPE_CHECKING:
    from typing import Any

    from tracker.domain.models import Person
    from tracker.workspace import Workspace


def is_known(workspace: Workspace, name: str) -> bool:
    """Whether the log knows somebody of this name."""
    return people.find(workspace.database, name) is not None


def names_of_people(workspace: Workspace) -> list[str]:
    """Everybody one talked to, the last first."""
    return session_table.people(workspace.database)


def record_contact(workspace: Workspace, channel: str, start: int, end: int, **details: Any) -> Session:
    """Record a talk after the fact."""
    return sessions.add(workspace.database, channel, start, end, workspace.zone, now=workspace.now(), **details)


def last_talk_time(workspace: Workspace, channel: str, seconds: int) -> tuple[int, int]:
    """The last `seconds`, or what is left of them since the last talk on this channel: nothing, it may be."""
    now = workspace.now()
    before = session_table.in_span(workspace.database, now - seconds, now, channel)
    start = max([now - seconds, *(session.end or now for session in before)])
    return min(start, now), now


def known_people(workspace: Workspace) -> list[Person]:
    """Everybody the log knows, the last met first."""
    return people.people(workspace.database)


def find_person(workspace: Workspace, name: str) -> Person | None:
    """The person of this name, in whatever case; None where the log knows nobody of it."""
    return people.find(workspace.database, name)


def last_talks(workspace: Workspace) -> dict[str, Talk]:
    """The last talk with each, by the name in lower case."""
    return people.last_talks(workspace.database, workspace.now())


def known_spelling(workspace: Workspace, name: str | None) -> str | None:
    """A typed name as it is stored: spelled as that person is known; None for an empty one.

    Raises TrackerError for a name that is too long.
    """
    return person_names.known_as(workspace.database, name)


def set_met(workspace: Workspace, name: str, channel: str | None, ring: str | None) -> None:
    """Say where somebody was met; neither leaves it to the log."""
    people.set_met(workspace.database, name, channel=channel, ring=ring, now=workspace.now())


def say_bridge(workspace: Workspace, session: Session, *, titles: bool) -> str:
    """`Samia crossed the bridge: from LinkedIn to a call`, of the session with which somebody did; else empty.

    Without `titles`, channels are named as they are typed: `linkedin`.
    """
    channels = {channel.name: channel for channel in queries.all_channels(workspace)}
    crossed = crossing(workspace.database, session, channels)
    names = {name: channel.title for name, channel in channels.items()} if titles else {}
    return say_crossing(crossed, names) if crossed else ""
