"""Reminders: a week that was not reviewed, commitments that touch what is about to begin, and which weeks can be
reviewed.

A commitment *touches* a session about to begin when it was made against it: on its own channel, or on any social
channel where it names none. Making and answering are not what "if I want to check likes" means, so a commitment about
looking does not touch those activities; one about time and hours does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import WallClock, day_of
from tracker.calendar.weeks import next_week, week_dates, week_of
from tracker.calendar.zones import DAY
from tracker.domain.errors import TrackerError
from tracker.locale import _
from tracker.reports.load_days import load_days
from tracker.storage import channels, commitments, reviews, session_table, state
from tracker.workspace import Workspace, first_weekday

if TYPE_CHECKING:
    from tracker.domain.models import Commitment
    from tracker.settings import Settings
    from tracker.storage import Database

#: The key in `state` of the day on which the unreviewed week was mentioned last.
_MENTIONED = "review mentioned"

#: Measures of time, which every social activity takes; the other measures are of looking.
_OF_TIME = ("social_minutes", "first_opening", "last_opening", "night_openings", "pauses_kept")

#: The purposes that are not looking.
_BUSY = ("make", "relate")


def unreviewed(database: Database, settings: Settings, today: str) -> str | None:
    """The last week that is over, if it was logged and its review is not written. Earlier weeks are left alone."""
    week = next_week(week_of(today, first_weekday(settings)), -1)
    if reviews.latest(database, week) or not is_logged(database, settings, week):
        return None
    return week


def mention(database: Database, settings: Settings, today: str) -> str | None:
    """The unreviewed week if it is to be mentioned now: once a day. Remembers that it was."""
    if state.get(database, _MENTIONED) == today:
        return None
    week = unreviewed(database, settings, today)
    if week:
        state.put(database, _MENTIONED, today)
    return week


def due_reminder(workspace: Workspace, channel: str, activity: str | None = None) -> Commitment | None:
    """The first commitment of this week that touches a session about to begin on `channel`."""
    found = touching(workspace, channel, activity)
    return found[0] if found else None


def touching(workspace: Workspace, channel: str, activity: str | None = None) -> tuple[Commitment, ...]:
    """Every commitment of this week that touches it, those of the channel itself first."""
    now = workspace.now()
    today = day_of(now, workspace.zone, workspace.settings.day_starts_at)
    of_week = commitments.of_week(workspace.database, week_of(today, first_weekday(workspace.settings)))
    if not of_week or channels.find(workspace.database, channel).kind != "social":
        return ()
    purposes = {one.name: one.purpose for one in channels.activities(workspace.database)}
    busy = purposes.get(activity or "") in _BUSY
    found = [
        commitment
        for commitment in of_week
        if commitment.channel in (None, channel)
        and not (busy and commitment.measure not in _OF_TIME)
        and _is_about_now(workspace, commitment)
    ]
    return tuple(sorted(found, key=lambda commitment: (commitment.channel is None, commitment.position)))


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
            begins, until = workspace.settings.sleep
            return (clock - begins) % DAY < (until - begins) % DAY
        case "after_posting":
            return _posted(workspace.database, now - round(60 * target), now)
        case _:
            return True


def _posted(database: Database, since: int, now: int) -> bool:
    """Whether a post ended within that time."""
    from tracker.reports.commitments import PUBLISH

    social = {channel.name for channel in channels.channels(database) if channel.kind == "social"}
    return any(
        channel in social and activity == PUBLISH and end is not None and since <= end <= now
        for _id, channel, _start, end, _zone, activity, _estimated in session_table.spans(database, since, now + 1)
    )


def is_reviewable(database: Database, settings: Settings, week: str) -> bool:
    """Whether there is anything to look back on in a week: a logged day, or a commitment made for it."""
    return is_logged(database, settings, week) or bool(commitments.of_week(database, week))


def is_logged(database: Database, settings: Settings, week: str) -> bool:
    """Whether any day of the week was logged."""
    dates = week_dates(week, first_weekday(settings))
    # The zone of each record decides its day, so the reader's zone does not matter.
    return bool(load_days(Workspace(database, settings, "UTC", now=0), dates[0], dates[-1]).logged)


def refuse_ahead(settings: Settings, week: str, *, zone: str, now: int) -> None:
    """Raise TrackerError for a week that has not begun."""
    if week_dates(week, first_weekday(settings))[0] > day_of(now, zone, settings.day_starts_at):
        raise TrackerError(_("{week} is still to come").format(week=week))


def refuse_empty(database: Database, settings: Settings, week: str) -> None:
    """Raise TrackerError for a week in which there is nothing to look back on."""
    if not is_reviewable(database, settings, week):
        raise TrackerError(_("{week}: no day was logged, so there is nothing to review").format(week=week))


def refuse_unfinished(settings: Settings, week: str, *, zone: str, now: int) -> None:
    """Raise TrackerError for a week that is not over: its figures would still change."""
    last = week_dates(week, first_weekday(settings))[-1]
    if day_of(now, zone, settings.day_starts_at) <= last:
        from tracker.formatting.times import format_weekday

        raise TrackerError(
            _("{week} goes on until {day}; what you answered is kept until it can be written").format(
                week=week, day=format_weekday(last)
            ),
            _("`--write --unfinished` writes it now"),
        )
