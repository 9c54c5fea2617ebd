"""Where and when the made-up people live, how often they open something hour by hour, and how chance counts."""

from __future__ import annotations

import math
from random import Random

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
