"""The weekday that weeks begin on, for this user."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.settings import Settings


def first_weekday(settings: Settings) -> int:
    """The weekday weeks begin on, Monday 0: the setting, else the locale's."""
    if settings.first_weekday is not None:
        return settings.first_weekday
    from tracker.calendar.weeks import locale_first_weekday

    return locale_first_weekday()
