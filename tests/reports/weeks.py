"""Made weeks: sessions at times of the wall clock in Paris, in and around the week of Monday 16 November 2026."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.conftest import NOW
from tracker.calendar.clock import to_utc
from tracker.calendar.days import next_date
from tracker.settings import Settings
from tracker.storage import sessions

if TYPE_CHECKING:
    from typing import Any

    from tracker.domain.models import Session
    from tracker.storage import Database

PARIS = "Europe/Paris"
WEEK = "2026-W47"
MONDAY = "2026-11-16"
SETTINGS = Settings(first_weekday=0)


def at(day: int, clock: str = "12:00", monday: str = MONDAY) -> int:
    """The instant of a time of day, `day` days after a Monday."""
    year, month, date = map(int, next_date(monday, day).split("-"))
    hour, minute = map(int, clock.split(":"))
    return to_utc(PARIS, year, month, date, hour, minute)


def log(database: Database, channel: str, day: int, clock: str, minutes: float, **said: Any) -> Session:
    """A session of so many minutes, recorded when it was over, and never after NOW."""
    start = at(day, clock)
    return sessions.add(database, channel, start, start + round(60 * minutes), PARIS, now=NOW, **said)
