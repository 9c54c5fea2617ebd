"""One day's page while it is being filled: sessions by the wall clock, timers one after the other."""

from __future__ import annotations

import math
from datetime import date as calendar_date
from typing import TYPE_CHECKING

from tracker.calendar.zones import DAY, offset_at, wall_instant
from tracker.domain.models import CHECK_LASTS, UNSAID, Session

if TYPE_CHECKING:
    from random import Random
    from typing import Any

MINUTE, HOUR = 60, 3600

#: How phones are recorded: by importing what Android counted.
PHONE = "app-usage"


class Diary:
    """The sessions of one day in one zone. Times are seconds after midnight; past 86,400 they are the night after."""

    def __init__(self, date: str, zone: str, ago: int, random: Random) -> None:
        self.date = date
        self.zone = zone
        self.ago = ago
        self.random = random
        self.sessions: list[Session] = []
        self._day = calendar_date.fromisoformat(date)
        self._midnight = wall_instant(zone, self._day, 0)
        self._steady = offset_at(zone, self._midnight) == offset_at(zone, self._midnight + 30 * HOUR)
        self._free = 0

    @property
    def weekday(self) -> int:
        """Monday 0 … Sunday 6."""
        return self._day.weekday()

    def at(self, second: float) -> int:
        """The instant at which the clock shows so many seconds after midnight."""
        if self._steady:
            return self._midnight + int(second)
        return wall_instant(self.zone, self._day, int(second))

    def timed(self, channel: str, second: float, lasts: float, activity: str | None = None, **details: Any) -> Session:
        """A session by the timer, begun when the one before has ended; `lasts` in seconds."""
        start = max(self.at(second), self._free)
        session = Session(0, channel, start, start + int(lasts), self.zone, activity, source="timer")
        session = session._replace(**details)
        self.sessions.append(session)
        self._free = start + int(lasts) + self.random.randrange(40, 6 * MINUTE)
        return session

    def planned(self, channel: str, second: float, minutes: int, activity: str | None, intention: str) -> Session:
        """A timed session with an intention and a plan; every second one runs over."""
        spent = self.random.uniform(1.04, 2.1) if self.random.random() < 0.5 else self.random.uniform(0.55, 1.0)
        lasts = minutes * MINUTE * spent
        return self.timed(
            channel, second, lasts, activity, planned_seconds=minutes * MINUTE, intention=intention or None
        )

    def check(self, channel: str, instant: int) -> None:
        """A look logged by key."""
        self._glimpse(channel, instant, CHECK_LASTS, "check")

    def look(self, channel: str, instant: int, lasts: int | None = None) -> None:
        """An opening the phone counted; a short one, mostly, unless it is said how many seconds it lasted."""
        self._glimpse(channel, instant, lasts or self.glance(), PHONE)

    def _glimpse(self, channel: str, instant: int, lasts: int, source: str) -> None:
        # Nine sessions in ten are made here: from a plain tuple in a third of the time.
        plain = (0, channel, instant, instant + lasts, self.zone, *UNSAID, source, False)
        self.sessions.append(Session._make(plain))

    def glance(self) -> int:
        """How long somebody stays who only wants to see: mostly under half a minute."""
        draw = self.random.random()
        if draw < 0.68:
            return self.random.randrange(4, 29)
        return self.random.randrange(31, 140) if draw < 0.92 else self.random.randrange(140, 480)

    def times(self, expected: float) -> int:
        """How often something happens that is usual so many times (Knuth's Poisson draw)."""
        limit, product, count = math.exp(-expected), self.random.random(), 0
        while product > limit:
            product *= self.random.random()
            count += 1
        return count


def clock(text: str) -> int:
    """Seconds after midnight of `18:40`."""
    hours, _colon, minutes = text.partition(":")
    return (int(hours) * HOUR + int(minutes) * MINUTE) % DAY
