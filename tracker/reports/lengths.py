"""Lengths of time as a written page says them: as on the screens, and differences of what is shown."""

from __future__ import annotations

from tracker.calendar.durations import MINUTE, say_duration


def time(seconds: int | None) -> str:
    """`1h 24m`, `45s`; `?` for what is not known."""
    return "?" if seconds is None else say_duration(seconds)


def whole_minutes(seconds: int) -> int:
    """The seconds of the minutes that are over, which is what is shown of a length wherever it is."""
    return seconds // MINUTE * MINUTE


def difference(seconds: int, other: int | None, percent: int | None) -> str:
    """`+1h 20m (+35 %)`, of the minutes that are shown; without percents of what is under an hour.

    Nothing where there is nothing known to compare with.
    """
    if other is None:
        return ""
    more = whole_minutes(seconds) - whole_minutes(other)
    if not more:
        return "="
    sign = "+" if more > 0 else "−"
    said = f"{sign}{say_duration(abs(more))}"
    return said if not percent else f"{said} ({sign}{abs(percent)} %)"
