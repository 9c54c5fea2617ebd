"""Saying in the review what measured time was for: one answer for each channel of the week, and one step for undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.errors import TrackerError
from tracker.formatting.text import activity_word, channel_word
from tracker.formatting.times import format_week
from tracker.locale import _
from tracker.reports.detector_inputs import PUBLISH
from tracker.reports.unnamed_time import remember_answer, unnamed_time
from tracker.services import queries
from tracker.storage import batch_edit

if TYPE_CHECKING:
    from tracker.domain.models import Activity, Session
    from tracker.reports.unnamed_time import UnnamedTime
    from tracker.workspace import Workspace


#: The answer where it was several things, or nobody remembers.
MIXED = "mixed"


def channels_to_ask_about(workspace: Workspace, week: str) -> tuple[UnnamedTime, ...]:
    """The channels whose measured time of a week has no activity yet, most time first; at most three a week."""
    return unnamed_time(workspace, week)


def answers(workspace: Workspace) -> list[Activity]:
    """What may be answered: every activity but `publish`, which is a moment. A week of posts would be made up."""
    return [activity for activity in queries.activities(workspace) if activity.name != PUBLISH]


def name_time(workspace: Workspace, week: str, channel: str, activity: str | None) -> list[Session]:
    """Give the measured sessions of a week on `channel` that have no activity this one; returns them.

    Without an activity (mixed, or not known) nothing is recorded. Either way the channel is not asked about again.
    Raises TrackerError where nothing is to be asked about that channel, and for an activity that is no answer.
    """
    names = [known.name for known in answers(workspace)]
    if activity is not None and activity not in names:
        message = _("“{activity}” is no answer; choose one of: {names}, mixed")
        raise TrackerError(message.format(activity=activity_word(activity), names=", ".join(map(activity_word, names))))
    named: list[Session] = []
    with workspace.transaction():
        asked = next((time for time in channels_to_ask_about(workspace, week) if time.channel.name == channel), None)
        if asked is None:
            raise TrackerError(
                _("{week} has no measured time on {channel} that waits for an answer").format(
                    week=format_week(week), channel=channel_word(channel)
                ),
                _("`tracker edit ID activity=reply` changes a session"),
            )
        if activity is not None:
            says = _("{channel} in {week}: mostly {activity}")
            says = says.format(channel=channel_word(channel), week=format_week(week), activity=activity_word(activity))
            with workspace.undo_step(says):
                named = batch_edit.change(workspace.database, asked.sessions, now=workspace.now(), activity=activity)
        remember_answer(workspace.database, week, channel, activity)
    return named
