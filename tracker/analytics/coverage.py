"""Coverage: how many days of a span were logged. A day that was not logged is unknown, not zero."""

from __future__ import annotations

from tracker.locale import _, ngettext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

#: A week with fewer logged days is not compared with others.
LEAST_DAYS = 4


def begun(dates: Sequence[str], logged: Collection[str], today: str) -> int:
    """How many of these dates, in order, have begun.

    The last one that has is today's, or a later one that is `logged`: a person who flew west over the date line has
    records of what is tomorrow by their clock.
    """
    last = max([today, *(date for date in dates if date in logged)])
    return sum(date <= last for date in dates)


def say_logged(logged: int, days: int, *, over: bool = True) -> str:
    """`6 of 7 days logged`, of `days` that have begun; `over` is False while days of the span are still to come."""
    if over:
        message = ngettext("{logged} of {days} day logged", "{logged} of {days} days logged", days)
    else:
        message = ngettext("{logged} of {days} day logged so far", "{logged} of {days} days logged so far", days)
    return message.format(logged=logged, days=days)


def too_little(logged_days: int, days: int = 7) -> str:
    """`1 of 7 days logged: too little to compare`, of `days` that have begun; empty where enough was logged."""
    if logged_days >= LEAST_DAYS:
        return ""
    return _("{n} of {days} days logged: too few to compare").format(n=logged_days, days=days)
