"""How much of a span was logged: on a few days nothing can be told of a whole week, for unknown is not zero."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.locale import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

#: A week with fewer logged days says too little of a whole one to be compared with anything.
LEAST_DAYS = 4


def begun(dates: Sequence[str], logged: Collection[str], today: str) -> int:
    """How many of these dates, in order, have begun: today's is the last, or a later one that is `logged` already.

    Whoever flies west over the date line has recorded what is tomorrow to them.
    """
    last = max([today, *(date for date in dates if date in logged)])
    return sum(date <= last for date in dates)


def say_logged(logged: int, days: int, *, over: bool = True) -> str:
    """`6 of 7 days logged`: of `days` that have begun, today included; `over` is False while others are to come."""
    if over:
        said = ngettext("{logged} of {days} day logged", "{logged} of {days} days logged", days)
    else:
        said = ngettext("{logged} of {days} day logged so far", "{logged} of {days} days logged so far", days)
    return said.format(logged=logged, days=days)


def too_little(logged_days: int, days: int = 7) -> str:
    """`1 of 7 days logged: too little to compare`, of `days` that have begun; nothing where enough was logged."""
    if logged_days >= LEAST_DAYS:
        return ""
    return _("{n} of {days} days logged: too little to compare").format(n=logged_days, days=days)
