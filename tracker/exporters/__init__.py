"""The exports: one module for each format, `exporting`, which writes files in any of them, and the exported days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tracker.calendar.days import WallClock, week_of
from tracker.domain.models import FOREVER, Session
from tracker.storage import Database, session_table


class DayRange(NamedTuple):
    """The days from the date `first` to the date `last`, both included; None for no limit.

    A record belongs to the days that it overlaps by the clock of its own zone, as everywhere. A day starts `starts_at`
    seconds after midnight, a week on the weekday `weeks_begin` (Monday is 0).
    """

    first: str | None = None
    last: str | None = None
    starts_at: int = 14_400
    weeks_begin: int = 0

    def bounds(self, database: Database) -> tuple[int, int]:
        """Two instants between which these days are, in every zone of the database."""
        clocks = [WallClock.of(zone, self.starts_at) for zone in {"UTC", *database.zones()}]
        since = min(clock.bounds(self.first)[0] for clock in clocks) if self.first else 0
        until = max(clock.bounds(self.last)[1] for clock in clocks) if self.last else FOREVER
        return since, until

    def overlaps(self, zone: str, start: int, end: int | None) -> bool:
        """Whether the time from `start` to `end` (None: until now) overlaps one of the days."""
        clock = WallClock.of(zone, self.starts_at)
        if self.last and start >= clock.bounds(self.last)[1]:
            return False
        if self.first and end is not None:
            return max(start, end - 1) >= clock.bounds(self.first)[0]
        return True

    def overlaps_week(self, week: str) -> bool:
        """Whether one of the days is in the week of that name."""
        is_after_start = not self.first or week_of(self.first, self.weeks_begin) <= week
        return is_after_start and (not self.last or week <= week_of(self.last, self.weeks_begin))

    def sessions(self, database: Database) -> Iterator[Session]:
        """The sessions of these days, by start."""
        sessions = session_table.in_span(database, *self.bounds(database))
        return (session for session in sessions if self.overlaps(session.zone, session.start, session.end))

    @property
    def dates(self) -> tuple[str, str]:
        """The first and the last date, for records that have a date and no instant."""
        return self.first or "0000-01-01", self.last or "9999-12-31"
