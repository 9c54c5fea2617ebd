"""How long each pattern takes over ten years: `python -m tests.studies.detectors_speed [OPENINGS]`.

Prints, for each pattern, seconds over the whole history and the ratio to a history of half as many openings and days:
about 2 is linear, 4 would be quadratic. It asserts nothing; no pattern looks at all pairs of days or of openings.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from random import Random

from tracker.analytics.patterns.detector_input import (
    DetectorInput,
    EndedPause,
    Notification,
    Planned,
    Post,
    Return,
    ReturnSummary,
    WeekEstimate,
)
from tracker.analytics.patterns.openings import Opening
from tracker.analytics.patterns.registry import PATTERNS
from tracker.calendar.days import dates, next_date

ZONE = "Europe/Paris"
FIRST = "2016-11-25"
MORNING = 1_480_042_800  # 2016-11-25 04:00 in Paris
DAY = 86_400
CHANNELS = ("linkedin", "instagram", "x", "youtube")


def history(openings: int, days: int, seed: int = 1) -> DetectorInput:
    """So many openings over so many logged days, with posts, plans, pauses, notifications and everything else."""
    random = Random(seed)
    starts = sorted(
        MORNING + int(random.triangular(0, 20 * 3600, 10 * 3600)) + random.randrange(days) * DAY
        for _ in range(openings)
    )
    logged = tuple(dates(FIRST, next_date(FIRST, days - 1)))
    lengths = random.choices((8, 15, 25, 60, 300, 900), k=openings)
    channels = random.choices(CHANNELS, k=openings)
    made = tuple(
        Opening(start, start + length, channel, ZONE, False, (number,))
        for number, (start, length, channel) in enumerate(zip(starts, lengths, channels, strict=True))
    )
    return DetectorInput(
        made, logged, ZONE, MORNING + days * DAY, days=None,
        seconds={date: random.choice((0, 600, 3600, 5400, 7200)) + place for place, date in enumerate(logged)},
        notifications=tuple(Notification(opening.channel, opening.start - 60) for opening in made[::3]),
        posts=tuple(
            Post(opening.start, opening.start + 600, ZONE, opening.session_ids[0])
            for opening in made[:: 2 * openings // days]
        ),
        plans=tuple(Planned(date, 600, random.randrange(300, 1500), place) for place, date in enumerate(logged)),
        estimates=tuple(WeekEstimate(f"{2016 + at // 52}-W{at % 52 + 1:02}", 7200, 9000) for at in range(days // 7)),
        pauses=tuple(
            EndedPause(date, MORNING + place * DAY + 36_000, MORNING + place * DAY + 39_600)
            for place, date in enumerate(logged)
        ),
        life=tuple(MORNING + place * DAY + hour * 3600 for place in range(days) for hour in (3, 5, 9, 13)),
        sleep=(23 * 3600, 7 * 3600),
        worth=ReturnSummary(tuple(Return(name, 4_000_000, 30) for name in CHANNELS), days, 0.05),
    )  # fmt: skip


def seconds(log: DetectorInput) -> dict[str, float]:
    """How long each pattern takes over this log, by its name."""
    taken = {}
    for pattern in PATTERNS:
        began = time.perf_counter()
        pattern.detect(log)
        taken[pattern.name] = time.perf_counter() - began
    return taken


def main(arguments: Sequence[str]) -> None:
    """Print the table."""
    count = int(arguments[0]) if arguments else 1_000_000
    half, whole = seconds(history(count // 2, 1825)), seconds(history(count, 3650))
    print(f"{count:,} openings over 3,650 days: seconds, and times as long as half of it takes")
    for name, taken in whole.items():
        print(f"  {name:20} {taken:7.3f} s  {taken / max(half[name], 1e-9):5.1f}×")
    print(f"  {'all':20} {sum(whole.values()):7.3f} s  {sum(whole.values()) / sum(half.values()):5.1f}×")


if __name__ == "__main__":
    main(sys.argv[1:])
