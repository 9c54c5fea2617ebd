"""What a written page says, whether as Markdown or as HTML: times and differences to the minute, what it rests on."""

from __future__ import annotations

from tracker.calendar.durations import say_duration
from tracker.locale import _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    Row = Mapping[str, Any]


def time(seconds: int) -> str:
    """To the minute, as everything on the page: `1h 24m`; `0m` for less than half of one."""
    return say_duration(60 * _minutes(seconds)) if _minutes(seconds) else _("{n}m").format(n=0)


def difference(seconds: int, other: int, percent: int | None) -> str:
    """`+1h 20m (+35 %)`, of the minutes that are shown; without percents of what is under an hour."""
    more = _minutes(seconds) - _minutes(other)
    if not more:
        return "="
    sign = "+" if more > 0 else "−"
    said = f"{sign}{say_duration(60 * abs(more))}"
    return said if not percent else f"{said} ({sign}{abs(percent)} %)"


def _minutes(seconds: int) -> int:
    return round(seconds / 60)


def clock(instant: str | None) -> str:
    """`15:12` of an instant in ISO 8601; a dash for none."""
    return instant[11:16] if instant else "–"


def say_revision(revision: int) -> str:
    """` · revision 2` behind a week's name; nothing of the first."""
    return " · " + _("revision {n}").format(n=revision) if revision > 1 else ""


def coverage(found: Row) -> str:
    """What the figures rest on: days of the week, and of the weeks before that make the usual one."""
    logged, days = found["coverage"]["logged"], found["coverage"]["days"]
    said = ngettext("{logged} of {days} day logged", "{logged} of {days} days logged", days)
    whole = said.format(logged=logged, days=days)
    weeks = found["usual_weeks"]
    if not weeks:
        return whole
    usual = ngettext(
        "usual: {n} week before, {logged} of {days} days logged",
        "usual: {n} weeks before, {logged} of {days} days logged",
        weeks,
    )
    return whole + _("; ") + usual.format(n=weeks, logged=found["usual_logged_days"], days=7 * weeks)
