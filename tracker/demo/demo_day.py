"""One day of the demo while it is made: its sessions, by the wall clock."""

from __future__ import annotations

import math
from datetime import date as calendar_date
from typing import TYPE_CHECKING

from tracker.calendar.clock import offset_at, wall_instant
from tracker.domain.models import CHECK_LASTS, DAY, HOUR, MINUTE, UNSAID, Session

if TYPE_CHECKING:
    from random import Random
    from typing import Any

#: The source of what the phone counted: an import from Android.
PHONE = "app-usage"


class DemoDay:
    """The sessions of one day in one zone, `ago` days before today.

    Times are seconds after midnight; above 86,400 they are in the night after. Sessions by the timer never overlap.
    """

    def __init__(self, date: str, zone: str, ago: int, random: Random) -> None:
        self.date = date
        self.zone = zone
        self.ago = ago
        self.random = random
        self.sessions: list[Session] = []
        self._day = calendar_date.fromisoformat(date)
        self._midnight = wall_instant(zone, self._day, 0)
        self._has_one_offset = offset_at(zone, self._midnight) == offset_at(zone, self._midnight + 30 * HOUR)
        self._timer_is_free = 0

    @property
    def weekday(self) -> int:
        """Monday 0 … Sunday 6."""
        return self._day.weekday()

    def at(self, second: float) -> int:
        """The instant at which the clock shows `second` seconds after midnight."""
        if self._has_one_offset:
            return self._midnight + int(second)
        return wall_instant(self.zone, self._day, int(second))

    def timed(self, channel: str, second: float, lasts: float, activity: str | None = None, **details: Any) -> Session:
        """Add a session by the timer, not before the end of the previous one; `lasts` in seconds."""
        start = max(self.at(second), self._timer_is_free)
        session = Session(0, channel, start, start + int(lasts), self.zone, activity, source="timer")
        session = session._replace(**details)
        self.sessions.append(session)
        self._timer_is_free = start + int(lasts) + self.random.randrange(40, 6 * MINUTE)
        return session

    def planned(self, channel: str, second: float, minutes: int, activity: str | None, intention: str) -> Session:
        """Add a timed session with an intention and a plan; half of them run over it."""
        spent = self.random.uniform(1.04, 2.1) if self.random.random() < 0.5 else self.random.uniform(0.55, 1.0)
        lasts = minutes * MINUTE * spent
        return self.timed(
            channel, second, lasts, activity, planned_seconds=minutes * MINUTE, intention=intention or None
        )

    def check(self, channel: str, instant: int) -> None:
        """Add a check logged by key."""
        self._add(channel, instant, CHECK_LASTS, "check")

    def look(self, channel: str, instant: int, lasts: int | None = None) -> None:
        """Add an opening that the phone counted; it lasts `lasts` seconds, or mostly under half a minute."""
        if not lasts:
            draw = self.random.random()
            bounds = (4, 29) if draw < 0.68 else (31, 140) if draw < 0.92 else (140, 480)
            lasts = self.random.randrange(*bounds)
        self._add(channel, instant, lasts, PHONE)

    def _add(self, channel: str, instant: int, lasts: int, source: str) -> None:
        # Nine sessions in ten are made here; `_make` takes a third of the time of the constructor.
        fields = (0, channel, instant, instant + lasts, self.zone, *UNSAID, source, False)
        self.sessions.append(Session._make(fields))

    def poisson(self, mean: float) -> int:
        """A Poisson draw with this mean (Knuth's algorithm)."""
        limit, product, count = math.exp(-mean), self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            count += 1
        return count


def seconds_after_midnight(text: str) -> int:
    """`18:40` → 67,200."""
    hours, _colon, minutes = text.partition(":")
    return (int(hours) * HOUR + int(minutes) * MINUTE) % DAY
