"""When somebody sleeps: usual hours, others for the nights that begin on some weekdays, and those of shifts."""

from __future__ import annotations

from tracker.calendar.days import EPOCH_WEEKDAY
from tracker.domain.models import DAY
from tracker.domain.record import Record


class SleepHours(Record):
    """Seconds after midnight, from and until.

    A night belongs to the day on which its sleep begins: sleep from 01:00 on Saturday is Friday's night. `on` are
    (weekday, from, until) of the nights with other hours, Monday 0; (from, until) alone is the same for every night.
    `instead` are (from, until) of sleeps that any night with the usual hours may have instead: shifts that change.
    """

    begins: int
    until: int
    on: tuple[tuple[int, int, int], ...] = ()
    instead: tuple[tuple[int, int], ...] = ()

    def of_weekday(self, weekday: int) -> tuple[int, int]:
        """From and until of the nights that begin on a weekday."""
        hours = [(begins, until) for day, begins, until in self.on if day == weekday]
        return hours[0] if hours else (self.begins, self.until)

    def night(self, number: int, starts_at: int) -> tuple[int, int]:
        """When the sleep of a day's night begins, in seconds of the wall clock since 1970, and its length in seconds.

        `number` is the day in days since 1 January 1970, `starts_at` when days start in seconds after midnight.
        """
        return self.nights(number, starts_at)[0]

    def nights(self, number: int, starts_at: int) -> list[tuple[int, int]]:
        """(begin, length) as of `night`, for each sleep that the night may have, the usual one first."""
        weekday = (number + EPOCH_WEEKDAY) % 7
        hours = [self.of_weekday(weekday)]
        if all(day != weekday for day, _begins, _until in self.on):
            hours += self.instead
        return [
            (number * DAY + starts_at + (begins - starts_at) % DAY, (until - begins) % DAY) for begins, until in hours
        ]
