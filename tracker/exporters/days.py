"""Which days an export is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import Wall
from tracker.calendar.weeks import week_of
from tracker.importers.fact import FIRST_INSTANT

if TYPE_CHECKING:
    from tracker.storage import Journal

#: Later than all that is recorded.
_NEVER = 1 << 62


class ExportDays(NamedTuple):
    """The days from `first` to `last`, both included; None for no bound.

    Each record counts for the days it touches by the clock of its own zone, as everywhere.
    """

    first: str | None = None
    last: str | None = None
    #: Seconds after midnight at which a day starts.
    starts_at: int = 14_400
    #: The weekday that weeks begin on, Monday 0.
    weeks_begin: int = 0

    def reach(self, journal: Journal) -> tuple[int, int]:
        """Instants that cover the days in every zone anything was recorded in."""
        walls = [Wall.of(zone, self.starts_at) for zone in {"UTC", *journal.zones()}]
        lo = min(wall.bounds(self.first)[0] for wall in walls) if self.first else FIRST_INSTANT
        hi = max(wall.bounds(self.last)[1] for wall in walls) if self.last else _NEVER
        return lo, hi

    def hold(self, zone: str, start: int, end: int | None) -> bool:
        """Whether what lasted from `start` to `end` (None: until now) touches one of the days."""
        wall = Wall.of(zone, self.starts_at)
        if self.last and start >= wall.bounds(self.last)[1]:
            return False
        if self.first and end is not None:
            return max(start, end - 1) >= wall.bounds(self.first)[0]
        return True

    def hold_week(self, week: str) -> bool:
        """Whether the week of that name has one of the days."""
        since = not self.first or week_of(self.first, self.weeks_begin) <= week
        return since and (not self.last or week <= week_of(self.last, self.weeks_begin))

    @property
    def dates(self) -> tuple[str, str]:
        """The first and the last date, for records of a date and not of an instant."""
        return self.first or "0000-01-01", self.last or "9999-12-31"
