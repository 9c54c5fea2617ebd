"""Where a text is read from, and which day its times lie in.

How a time finds its day:

- `14:05` alone, or `today 14:05`, lies in the day that is now (which began at `starts_at`): at 00:40, `23:50` is this
  evening and `00:30` ten minutes ago. A time before `starts_at` that would lie ahead is that of the night just gone:
  at 15:12, `02:00` is last night. Any other time ahead is refused, not moved to yesterday: the message shows how to
  say `yesterday`.
- A named day (`yesterday`, `-2`, `mon`) is such a day too: `yesterday 00:30` lies at the end of yesterday's evening. A
  weekday is the last one whose time has come. A written date (`2026-11-22 00:30`, `22 nov 00:30`) is the calendar's.
- A part of a named day is the calendar's: `yesterday morning 1:00` is yesterday at 01:00, `last night 1:00` today.
- With `day` given (a screen that shows another day), a time alone lies in that day.
- A time the clock showed twice is its first showing; without a date, the later one that has come. `zones.say_twice`
  says so where one is recorded. A time that the clock skipped in spring was on no clock: it is refused, not moved.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from tracker.calendar.days import Wall, next_date
from tracker.calendar.parts import THIS_NIGHT, calendar_days
from tracker.calendar.spoken import Spoken, read_moment
from tracker.calendar.words import DAYS, WEEKDAYS, is_named, read_date
from tracker.calendar.zones import DAY, EPOCH_ORDINAL, offset_at, refuse_skipped, wall_instant
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _

#: A date without its year that comes within so many days is hardly the one of a year ago.
SOON = 31


class Viewpoint(NamedTuple):
    """When and where a text is read, and the day that a time without a date lies in (None: the one that is now)."""

    now: int
    zone: str
    starts_at: int
    day: str | None = None

    @property
    def today(self) -> str:
        """The date of the day that is now."""
        return Wall.of(self.zone, self.starts_at).day(self.now)

    @property
    def is_elsewhere(self) -> bool:
        """Whether a time without a date lies in another day than the one that is now."""
        return self.day not in (None, self.today)

    def read(self, said: str, weak: bool = False) -> Spoken | None:
        """What plain text says of one moment, if it does. TrackerError for a time like 25:99.

        `weak` takes an hour alone for a time: `10` in `9:30 - 10`.
        """
        return read_moment(said, self.now, self.today, self.zone, weak)

    def settle(self, spoken: Spoken, night_gone: bool = False) -> int:
        """The instant that was meant; `night_gone` takes what would lie ahead to have been a day earlier.

        Raises TrackerError for a time that the clock skipped.
        """
        if spoken.at is not None:
            return spoken.at
        return self.shown(self._settle(spoken, night_gone), spoken.clock)

    def shown(self, instant: int, clock: int) -> int:
        """`instant`, where the clock then shows `clock` (seconds after midnight); TrackerError where it does not."""
        refuse_skipped(self.zone, instant, clock)
        return instant

    def _settle(self, spoken: Spoken, night_gone: bool) -> int:
        later = calendar_days(spoken.clock, spoken.part)
        if spoken.date is None or (DAYS.get(spoken.date) == 0 and not later):
            night_gone = night_gone and (spoken.date is None or spoken.part in (None, THIS_NIGHT))
            return self._alone(self.day if spoken.date is None else None, spoken.clock, night_gone)
        date = read_date(spoken.date, self.today)
        assert date is not None, "read_moment gives no other"
        if not is_named(spoken.date):
            self._refuse_soon(spoken.date, date)
            return wall_instant(self.zone, datetime.date.fromisoformat(next_date(date, later or 0)), spoken.clock)
        instant = self._named(date, spoken.clock, later)
        if instant > self.now and date == self.today and spoken.date in WEEKDAYS and later != 1:
            return self._named(next_date(date, -7), spoken.clock, later)
        return instant

    def _named(self, date: str, clock: int, later: int | None) -> int:
        """A time of the day that was named, or `later` days after it by the calendar: `last night at 1`."""
        if later is None:
            return self._place(date, clock)
        return wall_instant(self.zone, datetime.date.fromisoformat(next_date(date, later)), clock)

    def _refuse_soon(self, said: str, date: str) -> None:
        """TrackerError for a date without its year that comes soon: a year ago is not what was meant without a word."""
        year = str(int(date[:4]) + 1)
        if date[:4] not in said and self.today < year + date[4:] <= next_date(self.today, SOON):
            message = _("“{date}” is still to come; for the one a year ago, add its year, as in {full}")
            raise TrackerError(message.format(date=quoted(said), full=date))

    def begun(self, spoken: Spoken, said: str, night_gone: bool = False) -> int:
        """Like `settle`, for what cannot lie ahead: then TrackerError."""
        instant = self.settle(spoken, night_gone)
        if instant <= self.now:
            return instant
        if spoken.at is None and spoken.date is None and self.day is None:
            message = _("“{text}” is still to come; for the day before, say “yesterday {text}”")
        else:
            message = _("“{text}” is still to come; only what has begun can be recorded, as in yesterday 21:00")
        raise TrackerError(message.format(text=quoted(said)))

    def next_showing(self, clock: int, after: int) -> int:
        """The first instant after `after` at which the clock shows `clock` seconds after midnight."""
        day = (after + offset_at(self.zone, after)) // DAY + EPOCH_ORDINAL
        showings = (
            wall_instant(self.zone, datetime.date.fromordinal(day + n), clock % DAY, fold)
            for n in range(3)
            for fold in (0, 1)
        )
        return next(instant for instant in showings if instant > after)

    def _alone(self, day: str | None, clock: int, night_gone: bool) -> int:
        day = day or self.today
        instant = self._place(day, clock)
        if instant > self.now:
            night_gone = night_gone or clock == DAY or clock < self.starts_at
            return self._place(next_date(day, -1), clock) if night_gone and day == self.today else instant
        again = self._place(day, clock, fold=1)
        return again if again <= self.now else instant

    def _place(self, day: str, clock: int, fold: int = 0) -> int:
        """The time of day within a day that begins at `starts_at`: 00:30 is at its end."""
        date = day if clock >= self.starts_at else next_date(day)
        return wall_instant(self.zone, datetime.date.fromisoformat(date), clock, fold)
