"""A session from one line of natural words, `linkedin create 14:00-14:25 @samia`, with the names this file knows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.calendar import session_line
from tracker.calendar.session_line import near_activity, parse_entry
from tracker.domain.text import one_line, typed
from tracker.reports import record_wording
from tracker.services import contacts, queries

if TYPE_CHECKING:
    from tracker.calendar.session_line import Entry
    from tracker.workspace import Workspace


def with_person(workspace: Workspace, line: str) -> str:
    r"""The line with `with Anna` and `avec Samia` written as `@"Anna"`."""
    channels, activities, aliases = queries.vocabulary(workspace)
    return session_line.with_person(line, {*channels, *activities, *aliases}, partial(contacts.is_known, workspace))


def read_entry(
    workspace: Workspace, line: str, day: str | None = None, default: tuple[int, int] | None = None
) -> Entry:
    """The session that a line tells of, its texts as they are kept. Raises TrackerError for a line that tells of none.

    `day` is the date that is meant where the line names none, by default today; `default` is the span (UTC seconds) of
    a line without a time.
    """
    entry = parse_entry(
        with_person(workspace, line),
        *queries.vocabulary(workspace),
        workspace.now(),
        workspace.zone,
        workspace.settings.day_starts_at,
        day,
        default,
    )
    return entry._replace(
        person=entry.person and contacts.known_spelling(workspace, entry.person),
        intention=one_line(entry.intention),
        trigger=record_wording.read_trigger(typed("trigger", entry.trigger)),
        note=one_line(entry.note),
    )


def meant_activity(workspace: Workspace, entry: Entry) -> str | None:
    """The activity that the note of an entry may have been meant as: `create` for `crate`."""
    return near_activity(entry, queries.vocabulary(workspace)[1])
