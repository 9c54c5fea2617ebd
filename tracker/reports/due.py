"""Which weeks can be reviewed: those that have begun and have something in them; and written: those that are over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar.days import day_of
from tracker.calendar.weeks import week_dates
from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.reports.weekdays import first_weekday

if TYPE_CHECKING:
    from tracker.settings import Settings
    from tracker.storage import Journal


def refuse_ahead(settings: Settings, week: str, *, zone: str, now: int) -> None:
    """Raise TrackerError for a week that has not begun."""
    if week_dates(week, first_weekday(settings))[0] > day_of(now, zone, settings.day_starts_at):
        raise TrackerError(_("{week} is still to come").format(week=week))


def refuse_empty(journal: Journal, settings: Settings, week: str) -> None:
    """Raise TrackerError for a week in which there is nothing to look back on."""
    from tracker.reports.reminding import is_reviewable

    if not is_reviewable(journal, settings, week):
        raise TrackerError(_("{week}: no day was logged, so there is nothing to review").format(week=week))


def refuse_unfinished(settings: Settings, week: str, *, zone: str, now: int) -> None:
    """Raise TrackerError for a week that goes on: what would be written of it is not what it will have been."""
    last = week_dates(week, first_weekday(settings))[-1]
    if day_of(now, zone, settings.day_starts_at) <= last:
        from tracker.formatting.times import format_weekday

        raise TrackerError(
            _("{week} goes on until {day}; what you answered is kept until it can be written").format(
                week=week, day=format_weekday(last)
            ),
            _("`--write --unfinished` writes it now"),
        )
