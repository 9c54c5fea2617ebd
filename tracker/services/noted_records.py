"""What is noted beside sessions: outcomes, urges resisted, spending, and the people one talked to.

The command line prints the ids of such records as `o12`, `u7` and `s3`. `tracker urge` runs all day, so this imports
little.
"""

from __future__ import annotations

from tracker.domain.models import Outcome, Person, Session, Spend, Talk, Touch, Urge
from tracker.domain.record import Record
from tracker.services import queries
from tracker.storage import day_records, outcomes, people, person_names, session_table, sessions
from tracker.storage import last_touch as attribution

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any, Unpack

    from tracker.storage.day_records import UrgeDetails
    from tracker.storage.outcomes import OutcomeDetails, SpendDetails
    from tracker.workspace import Workspace

NotedRecord = Outcome | Spend | Urge


class NotedKind(Record):
    """The table of a kind of records, how they are read and edited, and the fields that they cannot be without."""

    type: type[NotedRecord]
    table: str
    get: Callable[..., Any]
    edit: Callable[..., Any]
    required: tuple[str, ...]


#: By the letter before their ids.
KINDS = {
    "o": NotedKind(Outcome, "outcome", outcomes.get, outcomes.edit, ("kind", "at")),
    "u": NotedKind(Urge, "urge", day_records.get_urge, day_records.edit_urge, ("at", "channel")),
    "s": NotedKind(Spend, "spend", outcomes.get_spend, outcomes.edit_spend, ("at", "channel", "amount")),
}


def get(workspace: Workspace, letter: str, id: int) -> NotedRecord:
    """The record of this letter and id. Raises TrackerError if there is none."""
    record: NotedRecord = KINDS[letter].get(workspace.database, id)
    return record


def edit(workspace: Workspace, letter: str, id: int, fields: dict[str, Any]) -> NotedRecord:
    """Change fields of a record."""
    record: NotedRecord = KINDS[letter].edit(workspace.database, id, now=workspace.now(), **fields)
    return record


def delete(workspace: Workspace, ids: Sequence[tuple[str, int]], says: str) -> list[NotedRecord | Session]:
    """Delete records and, for an empty letter, sessions, as one step of undo named `says`; returns what they were."""
    database, now = workspace.database, workspace.now()
    deleted: list[NotedRecord | Session] = []
    with workspace.undo_step(says):
        for letter, id in ids:
            if letter:
                deleted.append(get(workspace, letter, id))
                database.delete(KINDS[letter].table, id)
            else:
                deleted += sessions.delete(database, (id,), now=now)
    return deleted


def letter_of(record: NotedRecord) -> str:
    """`o`, `u` or `s`."""
    return next(letter for letter, kind in KINDS.items() if isinstance(record, kind.type))


def record_spending(
    workspace: Workspace, channel: str, at: int | None = None, **details: Unpack[SpendDetails]
) -> Spend:
    """Record money spent on a channel beside the hours, now or at an earlier instant."""
    at, now = workspace.instant(at), workspace.now()
    return outcomes.add_spend(workspace.database, channel, at, workspace.zone, now=now, **details)


def record_outcome(
    workspace: Workspace, kind: str, at: int | None = None, person: str | None = None, **details: Unpack[OutcomeDetails]
) -> Outcome:
    """Record what the time brought, now or at an earlier instant."""
    at, now = workspace.instant(at), workspace.now()
    return outcomes.add(workspace.database, kind, at, workspace.zone, now=now, person=person, **details)


def possible_duplicate(workspace: Workspace, outcome: Outcome) -> Outcome | None:
    """Another outcome that may be the same sale noted before."""
    return outcomes.possible_duplicate(workspace.database, outcome)


def last_touch(workspace: Workspace, person: str | None, at: int | None = None) -> Touch | None:
    """What an outcome would be attributed to, now or at an earlier instant."""
    return attribution.last_touch(workspace.database, workspace.instant(at), person)


def last_moment(workspace: Workspace, date: str) -> int:
    """The end of the last session of an earlier day, inside that day; the middle of a day without sessions."""
    day = queries.day(workspace, date)
    return max((min(part.end, day.end - 1) for part in day.parts), default=(day.start + day.end) // 2)


def record_urge(workspace: Workspace, channel: str, at: int | None = None, **details: Unpack[UrgeDetails]) -> Urge:
    """Record an urge resisted, now or at an earlier instant."""
    at, now = workspace.instant(at), workspace.now()
    return day_records.add_urge(workspace.database, channel, at, workspace.zone, now=now, **details)


def explain_urge(workspace: Workspace, id: int, trigger: str) -> Urge:
    """Store what triggered an urge."""
    return day_records.explain_urge(workspace.database, id, trigger, now=workspace.now())


def set_postponed_task(workspace: Workspace, id: int, trigger: str, task: str) -> Urge:
    """Save which task was postponed when an urge came: it becomes the task of that day."""
    with workspace.transaction():
        date = workspace.day_of(day_records.get_urge(workspace.database, id).at)
        return day_records.blame_task(workspace.database, id, trigger, task, date, now=workspace.now())


def names_of_people(workspace: Workspace) -> list[str]:
    """Everybody one talked to, the last first."""
    return session_table.people(workspace.database)


def known_people(workspace: Workspace) -> list[Person]:
    """Everybody the log knows, the last met first."""
    return people.people(workspace.database)


def find_person(workspace: Workspace, name: str) -> Person | None:
    """The person of this name, in whatever case; None where the log knows nobody of it."""
    return people.find(workspace.database, name)


def knows_person(workspace: Workspace, name: str) -> bool:
    """Whether the log knows somebody of this name."""
    return find_person(workspace, name) is not None


def known_spelling(workspace: Workspace, name: str | None) -> str | None:
    """A typed name as it is stored: spelled as that person is known; None for an empty one.

    Raises TrackerError for a name that is too long.
    """
    return person_names.known_as(workspace.database, name)


def set_met(workspace: Workspace, name: str, channel: str | None, ring: str | None) -> None:
    """Say where somebody was met; neither leaves it to the log."""
    people.set_met(workspace.database, name, channel=channel, ring=ring, now=workspace.now())


def record_contact(workspace: Workspace, channel: str, start: int, end: int, **details: Any) -> Session:
    """Record a talk after the fact."""
    return sessions.add(workspace.database, channel, start, end, workspace.zone, now=workspace.now(), **details)


def last_talks(workspace: Workspace) -> dict[str, Talk]:
    """The last talk with each, by the name in lower case."""
    return people.last_talks(workspace.database, workspace.now())


def last_talk_time(workspace: Workspace, channel: str, seconds: int) -> tuple[int, int]:
    """The last `seconds`, from the end of the last talk on this channel if that is later: it may be no time at all."""
    now = workspace.now()
    before = session_table.in_span(workspace.database, now - seconds, now, channel)
    return min(now, max([now - seconds, *(session.end or now for session in before)])), now


def say_bridge(workspace: Workspace, session: Session, *, titles: bool) -> str:
    """`Samia crossed the bridge: from LinkedIn to a call`, of the session with which somebody did; else empty.

    Without `titles`, channels are named as they are typed: `linkedin`.
    """
    from tracker.reports.contacts import crossing, say_crossing

    channels = {channel.name: channel for channel in queries.all_channels(workspace)}
    crossed = crossing(workspace.database, session, channels)
    names = {name: channel.title for name, channel in channels.items()} if titles else {}
    return say_crossing(crossed, names) if crossed else ""
