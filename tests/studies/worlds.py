"""Made-up months whose truth is known: what a pattern must be silent on, and what it must see.

Null A: openings come by chance, hour by hour, at one person's own rates. Nothing else is going on.
Null B: the days of a month in another order. Bursts within days stay, so it is the null of patterns that read the
order of days (`rising_use`, `rebound`); `check_cluster` and `brief_checks` must say the same of both orders.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

from tracker.calendar.days import dates, next_date
from tracker.patterns.log import Log
from tracker.patterns.openings import Opening

#: The month before the clocks change; UTC keeps the worlds' hours their own.
FIRST = "2026-11-02"
ZONE = "UTC"
STARTS_AT = 14_400
MIDNIGHT = 1_793_577_600  # 2026-11-02T00:00Z
DAY = 86_400
HOUR = 3600

#: Openings per clock hour, 0..23. Low: evenings and a lunch break. Middle: a working day with breaks. High: all day.
PROFILES: dict[str, tuple[float, ...]] = {
    "low use, 7 a day": (
        0.1,
        *[0.0] * 6,
        0.3,
        0.4,
        0.2,
        0.2,
        0.2,
        0.8,
        0.6,
        0.2,
        0.2,
        0.2,
        0.3,
        0.5,
        0.6,
        0.7,
        0.8,
        0.5,
        0.2,
    ),
    "middle use, 45 a day": (
        0.5,
        0.1,
        *[0.0] * 4,
        0.4,
        1.5,
        2,
        2,
        2.5,
        2.5,
        4,
        3.5,
        2.5,
        2,
        2.5,
        2.5,
        3,
        3,
        3.5,
        3,
        3,
        1,
    ),
    "high use, 150 a day": (3, 1, 0.3, *[0.1] * 3, 1.5, 5, 7, 8, 8, 8, 10, 10, 8, 8, 8, 9, 9, 9, 10, 10, 9, 8),
}


def poisson(random: Random, mean: float) -> int:
    """A Poisson count, by counting exponential gaps."""
    count, reached = -1, 0.0
    while reached <= mean:
        reached -= math.log(1.0 - random.random())
        count += 1
    return count


def null_a(random: Random, rates: Sequence[float], days: int = 28, spread: float = 0.0) -> list[int]:
    """Instants of openings by chance at these hourly rates.

    With `spread` each day is busier or quieter as a whole: a gamma factor of mean 1 and this standard deviation.
    """
    starts: list[int] = []
    for day in range(days):
        factor = random.gammavariate(spread**-2, spread**2) if spread else 1.0
        for place in range(24):  # the day runs from 04:00 to 04:00
            begin = MIDNIGHT + day * DAY + STARTS_AT + place * HOUR
            rate = rates[(place + STARTS_AT // HOUR) % 24]
            starts += [begin + int(random.random() * HOUR) for _ in range(poisson(random, rate * factor))]
    return sorted(starts)


def plant(random: Random, starts: Sequence[int], checks: int, hour: int, days: int = 28) -> tuple[list[int], int]:
    """Adds so many checks within 30 minutes from about `hour` of one day; and the instant where those begin."""
    begin = MIDNIGHT + random.randrange(days) * DAY + hour * HOUR + random.randrange(HOUR)
    return sorted([*starts, *(begin + random.randrange(1800) for _ in range(checks))]), begin


def shuffled_days(random: Random, starts: Sequence[int], days: int = 28) -> list[int]:
    """Null B: the same days in another order."""
    order = list(range(days))
    random.shuffle(order)
    first = MIDNIGHT + STARTS_AT
    return sorted(first + order[(start - first) // DAY] * DAY + (start - first) % DAY for start in starts)


def log_of(starts: Sequence[int], days: int = 28, lengths: Sequence[int] | None = None) -> Log:
    """The log of a world: every day logged, each opening lasting 15 s or its own length."""
    lasting = [15] * len(starts) if lengths is None else lengths
    openings = tuple(
        Opening(start, start + length, "linkedin", ZONE, False, (number,))
        for number, (start, length) in enumerate(zip(starts, lasting, strict=True), 1)
    )
    logged = tuple(dates(FIRST, next_date(FIRST, days - 1)))
    return Log(openings, logged, ZONE, MIDNIGHT + days * DAY + STARTS_AT, STARTS_AT)
