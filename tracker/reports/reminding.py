"""When the Timer has something to remind of: a week that was not reviewed, and what one committed to.

A commitment *touches* what is about to begin when that is what it was made against: its own channel, or any social
channel where it names none. To make something or to answer somebody is not what "if I want to check likes" meant, so a
commitment about looking leaves those alone; one about time and hours does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import Wall, day_of
from tracker.calendar.weeks import next_week, week_dates, week_of
from tracker.calendar.zones import DAY
from tracker.reports.gather import gather
from tracker.reports.week import first_weekday
from tracker.storage import channels, commitments, reviews, session_table, state

if TYPE_CHECKING:
    from tracker.domain.models import Commitment
    from tracker.settings import Settings
    from tracker.storage import Journal

#: The day on which the unreviewed week was mentioned last.
_MENTIONED = "review mentioned"

#: Measures of looking, which making and relating are not, and of time, which everything social takes.
_OF_TIME = ("social_minutes", "first_opening", "last_opening", "night_openings", "pauses_kept")
_BUSY = ("make", "relate")


def unreviewed(journal: Journal, settings: Settings, today: str) -> str | None:
    """The week that is over and was not reviewed, if anything was recorded in it; earlier ones are left alone.

    One whose review was begun and not written is not reviewed yet.
    """
    first = first_weekday(settings)
    week = next_week(week_of(today, first), -1)
    if reviews.latest(journal, week) or not is_logged(journal, settings, week):
        return None
    return week


def mention(journal: Journal, settings: Settings, today: str) -> str | None:
    """The unreviewed week if it is to be mentioned now: once a day, never more. Remembers that it was."""
    if state.get(journal, _MENTIONED) == today:
        return None
    week = unreviewed(journal, settings, today)
    if week:
        state.put(journal, _MENTIONED, today)
    return week


def due_reminder(
    journal: Journal, settings: Settings, channel: str, activity: str | None = None, *, zone: str, now: int
) -> Commitment | None:
    """The commitment of this week that touches a session about to begin on `channel`; that of the channel first."""
    found = touching(journal, settings, channel, activity, zone=zone, now=now)
    return found[0] if found else None


def touching(
    journal: Journal, settings: Settings, channel: str, activity: str | None = None, *, zone: str, now: int
) -> tuple[Commitment, ...]:
    """Every commitment of this week that touches it, those of the channel itself first."""
    today = day_of(now, zone, settings.day_starts_at)
    of_week = commitments.of_week(journal, week_of(today, first_weekday(settings)))
    if not of_week or channels.find(journal, channel).kind != "social":
        return ()
    purposes = {one.name: one.purpose for one in channels.activities(journal)}
    busy = purposes.get(activity or "") in _BUSY
    found = [
        one
        for one in of_week
        if one.channel in (None, channel)
        and not (busy and one.measure not in _OF_TIME)
        and _in_its_time(journal, settings, one, zone, now)
    ]
    return tuple(sorted(found, key=lambda one: (one.channel is None, one.position)))


def _in_its_time(journal: Journal, settings: Settings, one: Commitment, zone: str, now: int) -> bool:
    """Whether a commitment about a time of day, the night or a post is about now."""
    target = one.target or 0
    clock = Wall.of(zone).second_of_day(now)
    # Counted from the midnight before the day began, as openings are measured.
    clock += DAY if clock < settings.day_starts_at else 0
    if one.measure == "first_opening":
        return clock < target
    if one.measure == "last_opening":
        return clock > target
    if one.measure == "night_openings":
        return settings.sleep is not None and _inside(clock % DAY, settings.sleep)
    if one.measure == "after_posting":
        return _posted(journal, now - round(60 * target), now)
    return True


def _inside(clock: int, span: tuple[int, int]) -> bool:
    begins, until = span
    return (clock - begins) % DAY < (until - begins) % DAY


def _posted(journal: Journal, since: int, now: int) -> bool:
    """Whether a post ended within that time."""
    from tracker.reports.commitments import PUBLISH

    social = {channel.name for channel in channels.channels(journal) if channel.kind == "social"}
    return any(
        channel in social and activity == PUBLISH and end is not None and since <= end <= now
        for _id, channel, _start, end, _zone, activity, _estimated in session_table.spans(journal, since, now + 1)
    )


def is_reviewable(journal: Journal, settings: Settings, week: str) -> bool:
    """Whether there is anything to look back on in a week: a logged day, or a commitment made for it."""
    return is_logged(journal, settings, week) or bool(commitments.of_week(journal, week))


def is_logged(journal: Journal, settings: Settings, week: str) -> bool:
    """Whether any day of the week was logged. Each record's own zone decides its day, so the reader's matters not."""
    dates = week_dates(week, first_weekday(settings))
    return bool(gather(journal, settings, dates[0], dates[-1], zone="UTC", now=0).logged)
