"""How much of a week was logged: on a few days nothing can be told of a whole one, for unknown is not zero."""

from __future__ import annotations

from tracker.locale import _

#: A week with fewer logged days says too little of a whole one to be compared with anything.
LEAST_DAYS = 4


def too_little(logged_days: int) -> str:
    """`1 of 7 days logged: too little to compare`; nothing of a week of which enough was logged."""
    if logged_days >= LEAST_DAYS:
        return ""
    return _("{n} of {days} days logged: too little to compare").format(n=logged_days, days=7)
