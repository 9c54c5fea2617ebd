"""Logs made by hand for the tests: openings at wall-clock times on given dates."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.analytics.patterns.openings import Opening
from tracker.analytics.patterns.pattern import Finding
from tracker.calendar.clock import to_utc
from tracker.calendar.days import dates, next_date

PARIS = "Europe/Paris"
FIRST = "2026-11-02"  # a Monday, after the autumn change

#: A log in which nothing ever happened.
EMPTY = DetectorInput((), (), PARIS, 0)

#: Words nobody wants to read about themselves; "an observation, not a diagnosis" is the one exception.
HARSH = re.compile(r"addict|dependence|diagnos|score|shame|fail", re.IGNORECASE)


def at(date: str, clock: str, zone: str = PARIS, fold: int = 0) -> int:
    """The instant of a wall time such as `14:02` or `14:02:30`."""
    hour, minute, second = map(int, (clock + ":00:00").split(":")[:3])
    year, month, day = map(int, date.split("-"))
    return to_utc(zone, year, month, day, hour, minute, second, fold)


def opening(start: int, lasts: int = 15, zone: str = PARIS, channel: str = "linkedin", number: int = 0) -> Opening:
    return Opening(start, start + lasts, channel, zone, False, (number or start,))


def log(
    starts: Iterable[int], days: int = 28, first: str = FIRST, zone: str = PARIS, starts_at: int = 14_400
) -> DetectorInput:
    """A log in which every one of `days` days is logged."""
    logged = tuple(dates(first, next_date(first, days - 1)))
    now = at(next_date(first, days), "03:59:59", zone)
    return DetectorInput(tuple(opening(start, zone=zone) for start in sorted(starts)), logged, zone, now, starts_at)


def figure(finding: Finding, name: str) -> float:
    """A figure that is a number."""
    value = finding.figures[name]
    assert isinstance(value, int | float), f"{name} is {value!r}"
    return value


def every_day(clock: str, days: int = 28, first: str = FIRST, zone: str = PARIS) -> list[int]:
    return [at(next_date(first, day), clock, zone) for day in range(days)]
