"""Reminders: a week that was not reviewed, commitments that touch what is about to begin, and which weeks can be
reviewed.

A commitment *touches* a session about to begin when it was made against it: on its own channel, or on any social
channel where it names none. Making and answering are not what "if I want to check likes" means, so a commitment about
looking does not touch those activities; one about time and hours does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.detector_input import day_number
from tracker.calendar.days import SleepHours, WallClock, next_week
from tracker.domain.models import DAY, WORK_PURPOSES
from tracker.reports.load_days import load_days
from tracker.storage import channels, reviews, session_table

if TYPE_CHECKING:
    from tracker.domain.models import Commitment
    from tracker.workspace import Workspace

#: Measures of time, which every social activity takes; the other measures are of looking.
_OF_TIME = ("social_minutes", "first_opening", "last_opening", "night_openings", "pauses_kept")


def last_week(workspace: Workspace) -> str:
    """The last week that is over: the one to review unless another is named."""
    return next_week(workspace.this_week(), -1)


def unreviewed(workspace: Workspace) -> str | None:
    """The last week that is over, if it was logged and its review is not written. Earlier weeks are left alone."""
    week = last_week(workspace)
    return None if reviews.latest(workspace.database, week) or not is_logged(workspace, week) else week


def due_reminder(workspace: Workspace, channel: str, activity: str | None = None) -> Commitment | None:
    """The first commitment of this week that touches a session about to begin on `channel`."""
    touched = commitments_touching(workspace, channel, activity)
    return touched[0] if touched else None


def commitments_touching(workspace: Workspace, channel: str, activity: str | None = None) -> tuple[Commitment, ...]:
    """Every commitment of this week that touches it, those of the channel itself first."""
    of_week = reviews.commitments_of_week(workspace.database, workspace.this_week())
    if not of_week or channels.find(workspace.database, channel).kind != "social":
        return ()
    purposes = {one.name: one.purpose for one in channels.activities(workspace.database)}
    busy = purposes.get(activity or "") in WORK_PURPOSES
    touched = [
        commitment
        for commitment in of_week
        if commitment.channel in (None, channel)
        and not (busy and commitment.measure not in _OF_TIME)
        and _is_about_now(workspace, commitment)
    ]
    return tuple(sorted(touched, key=lambda commitment: (commitment.channel is None, commitment.position)))


def _is_about_now(workspace: Workspace, commitment: Commitment) -> bool:
    """Whether a commitment about a time of day, the night or a post is about now; any other one is."""
    now = workspace.now()
    target = commitment.target or 0
    clock = WallClock.of(workspace.zone).second_of_day(now)
    # Counted from the midnight before the day began, as openings are measured.
    clock += DAY if clock < workspace.settings.day_starts_at else 0
    match commitment.measure:
        case "first_opening":
            return clock < target
        case "last_opening":
            return clock > target
        case "night_openings":
            if workspace.settings.sleep is None:
                return False
            today = day_number(workspace.today())
            hours = SleepHours(*workspace.settings.sleep)
            nights = (
                night for day in (today - 1, today) for night in hours.nights(day, workspace.settings.day_starts_at)
            )
            return any(begins <= today * DAY + clock < begins + lasts for begins, lasts in nights)
        case "after_posting":
            return _posted(workspace, now - round(60 * target), now)
        case _:
            return True


def _posted(workspace: Workspace, since: int, now: int) -> bool:
    from tracker.reports.commitments import PUBLISH

    social = channels.names_of(workspace.database, "social")
    spans = session_table.spans(workspace.database, since, now + 1)
    return any(
        channel in social and activity == PUBLISH and end is not None and since <= end <= now
        for _id, channel, _start, end, _zone, activity, _estimated in spans
    )


def is_reviewable(workspace: Workspace, week: str) -> bool:
    """Whether there is anything to look back on in a week: a logged day, or a commitment made for it."""
    return is_logged(workspace, week) or bool(reviews.commitments_of_week(workspace.database, week))


def is_logged(workspace: Workspace, week: str) -> bool:
    """Whether any day of the week was logged."""
    dates = workspace.week_dates(week)
    return bool(load_days(workspace, dates[0], dates[-1]).logged)
