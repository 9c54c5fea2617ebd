"""Wall clocks and days, from the standard library's zones.

A wall time is the first instant at which the clock showed it or a later time. The day of a date begins at the wall
time `day_starts_at` of that date and ends where the next one begins: 23, 24 or 25 hours later.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1)


@cache
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def shown(instant: int, zone: str) -> datetime:
    """What the clock on the wall shows."""
    return datetime.fromtimestamp(instant, _zone(zone)).replace(tzinfo=None)


def _offset(instant: int, zone: str) -> int:
    offset = datetime.fromtimestamp(instant, _zone(zone)).utcoffset()
    assert offset is not None
    return offset.days * 86_400 + offset.seconds


@cache
def first_showing(wanted: datetime, zone: str) -> int:
    """The first instant at which the clock shows `wanted` or later."""
    target = (wanted - _EPOCH) // timedelta(seconds=1)
    instant = target - 26 * 3600
    while True:
        # A clock is changed at a full minute: between two of them it runs like any other.
        step = 3600 if _offset(instant, zone) == _offset(instant + 3600, zone) else 60
        missing = target - (instant + _offset(instant, zone))
        if missing < step:
            return instant + max(missing, 0)
        instant += step


def clock_of(day: str, seconds: int, zone: str) -> int:
    """The instant of a wall time, in seconds after midnight of a date."""
    return first_showing(datetime.fromisoformat(day) + timedelta(seconds=seconds), zone)


def bounds(day: str, zone: str, starts_at: int) -> tuple[int, int]:
    """The first instant of a day, and of the next one."""
    return clock_of(day, starts_at, zone), clock_of(later(day), starts_at, zone)


def day_of(instant: int, zone: str, starts_at: int) -> str:
    """The date of the day an instant belongs to."""
    near = shown(instant, zone).date().isoformat()
    for day in (later(near, -1), near, later(near, 1)):
        first, end = bounds(day, zone, starts_at)
        if first <= instant < end:
            return day
    raise AssertionError((instant, zone, starts_at))


def parts(start: int, end: int, zone: str, starts_at: int) -> list[tuple[str, int, int]]:
    """(date, start, end) of each day that an interval reaches into; a moment without length is on one day."""
    day = day_of(start, zone, starts_at)
    changes = []
    while True:
        _first, next_day = bounds(day, zone, starts_at)
        changes.append((day, start, min(end, next_day)))
        if end <= next_day:
            return changes
        day, start = later(day), next_day


def seconds_after_midnight(instant: int, day: str, zone: str) -> int:
    """What the clock shows, counted from the midnight of `day`: past 86,400 in the night after it."""
    return (shown(instant, zone) - datetime.fromisoformat(day)) // timedelta(seconds=1)


def later(day: str, days: int = 1) -> str:
    """The date so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days(first: str, last: str) -> list[str]:
    """Every date from one to another, both included."""
    count = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return [later(first, number) for number in range(count + 1)]


def weekday(day: str) -> int:
    """Monday 0 … Sunday 6."""
    return date.fromisoformat(day).weekday()


def week_of(day: str, first_weekday: int) -> list[str]:
    """The seven dates of the week a date is in."""
    first = later(day, -((weekday(day) - first_weekday) % 7))
    return days(first, later(first, 6))


def week_name(dates: list[str]) -> str:
    """`2026-W48`: a week bears the name of the ISO week its fourth day is in."""
    year, week, _day = date.fromisoformat(dates[3]).isocalendar()
    return f"{year}-W{week:02}"


def covered(intervals: list[tuple[int, int]]) -> int:
    """Seconds covered by intervals, each moment once."""
    total, reached = 0, None
    for start, end in sorted(intervals):
        begin = start if reached is None else max(start, reached)
        total += max(0, end - begin)
        reached = end if reached is None else max(reached, end)
    return total
