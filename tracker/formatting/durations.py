"""Durations as people read them, from integer seconds; `tracker.calendar.durations` reads them back."""

from __future__ import annotations

from tracker.domain.models import HOUR, MINUTE
from tracker.formatting.numbers import with_percent_sign
from tracker.locale import _, language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

    Style = Literal["short", "exact", "clock"]


def format_duration(seconds: int, style: Style = "short") -> str:
    """`1h 24m`, `24m`, `45s` (fr `1 h 24`, `5 h 02`, `24 min`); exact `1h 24m 5s`; clock `1:24:05`.

    Short leaves the seconds out from a minute on. `parse_duration` reads exact and clock back to the same seconds.
    French has spaces that no line breaks at.
    """
    if seconds < 0:
        return f"-{format_duration(-seconds, style)}"
    hours, rest = divmod(seconds, HOUR)
    minutes, left = divmod(rest, MINUTE)
    if style == "clock":
        return f"{hours}:{minutes:02}:{left:02}"
    if style == "short" and seconds >= MINUTE:
        left = 0
    french = language() == "fr"
    if french and hours and minutes and not left:
        return _("{n}h").format(n=hours) + f"\u00a0{minutes:02}"
    parts = []
    if hours:
        parts.append(_("{n}h").format(n=hours))
    if minutes:
        parts.append(_("{n}m").format(n=minutes))
    if left or not parts:
        parts.append(_("{n}s").format(n=left))
    return ("\u00a0" if french else " ").join(parts)


def format_optional_duration(seconds: int | None) -> str:
    """`1h 24m`; `?` for a duration that is not known."""
    return "?" if seconds is None else format_duration(seconds)


def format_growing_duration(seconds: int, grows: bool = True) -> str:
    """The duration of something that still lasts and is drawn again each minute: `<1m` below a minute.

    A number of seconds would stand still. Where it does not grow, `format_duration`.
    """
    return _("<{time}").format(time=format_duration(60)) if grows and seconds < 60 else format_duration(seconds)


def format_against_budget(seconds: int | None, budget_seconds: int | None, grows: bool = False) -> str:
    """`1h 24m of 60m`, the duration alone where there is no budget; `–` for a duration that is not known."""
    text = "–" if seconds is None else format_growing_duration(seconds, grows)
    if budget_seconds is None:
        return text
    return _("{time} of {budget}").format(time=text, budget=format_duration(budget_seconds))


def whole_minutes(seconds: int) -> int:
    """The seconds of the full minutes in `seconds`, which are the part of a duration that is shown."""
    return seconds // MINUTE * MINUTE


def format_duration_difference(seconds: int, other: int | None, percent: int | None) -> str:
    """`+1h 20m (+35%)`, `−20m`, `=`: by how much the minutes shown of `seconds` are more than those of `other`.

    `percent` is the change in percent, None where none is to be written. Empty where `other` is not known.
    """
    if other is None:
        return ""
    more = whole_minutes(seconds) - whole_minutes(other)
    if not more:
        return "="
    sign = "+" if more > 0 else "−"
    text = f"{sign}{format_duration(abs(more))}"
    return text if not percent else f"{text} ({sign}{with_percent_sign(str(abs(percent)))})"
