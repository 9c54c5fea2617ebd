"""`rebound`: whether a quiet day is made up for on the next.

**Definition.** A *quiet* day took at most a tenth of the median of the window's logged days, in social seconds. The
day after each is compared with the median of the window's other logged days of its type, Monday to Friday or weekend:
flagged if the differences lean up with p < .05 when their signs are flipped by chance (one-sided, exact to 28 days).

**Decisions.**
- The day after is the next of the calendar, and counts only where it was logged; so is the quiet day, by a record or by
  the user's word that there was nothing. A day without either is unknown, and no quiet day.
- A day after a quiet day that is quiet itself counts as what it is: it was not made up for there.
- A running day is not over, and is left out as a day after.
- Where half of the days are zero there is no usual day to be quiet against.
"""

from __future__ import annotations

from math import log as log_of
from statistics import median

from tracker.calendar.days import day_of, next_date, weekday
from tracker.calendar.durations import say_duration
from tracker.locale import N_, _, ngettext
from tracker.patterns.finding import Chart, Finding, found, missing
from tracker.patterns.pattern import Pattern, Threshold
from tracker.patterns.statistics.signs import sign_flip
from tracker.patterns.window import in_window
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.patterns.log import Log

NAME = "rebound"
LEAST_DAYS = 6
QUIET = 0.10
P = 0.05


class After(Record):
    """A day after a quiet one: its social seconds, and the median of the others of its type."""

    date: str
    seconds: int
    usual: float


def find(log: Log) -> Finding:
    """The days after quiet ones against days of their type."""
    window = log.window
    middle = median(log.seconds.get(date, 0) for date in window) if window else 0
    after = _after(log, log.limit(NAME, "quiet", QUIET) * middle) if middle else []
    if len(after) < LEAST_DAYS:
        return _not_enough(window, len(after))
    p = sign_flip([one.seconds - one.usual for one in after])
    took, usual = median(one.seconds for one in after), median(one.usual for one in after)
    flagged = p < P
    return found(
        NAME,
        flagged,
        _("the day after {n} quiet days took {time} in the middle; other days of the week like them, {usual}").format(
            n=len(after), time=say_duration(round(took)), usual=say_duration(round(usual))
        ),
        window,
        {
            "logged_days": len(window),
            "median_seconds": round(middle),
            "days_after": len(after),
            "more_than_usual": sum(one.seconds > one.usual for one in after),
            "after_seconds": round(took),
            "usual_seconds": round(usual),
            "p": p,
        },
        sessions=_sessions(log, after) if flagged else (),
        usual=_("{time} on the other days of their type").format(time=say_duration(round(usual))),
        chance=_("if more and less were equally likely, it would lean as far with a chance of {p}").format(
            p=f"{p:.2g}"
        ),
        margin=log_of(max(p, 1e-300)) / log_of(P) if flagged else 0.0,
        chart=Chart(
            _("minutes on the day after"),
            tuple(one.date for one in after),
            tuple(one.seconds / 60 for one in after),
            tuple(one.usual / 60 for one in after),
            _("usual on such days"),
        ),
    )


def _after(log: Log, most: float) -> list[After]:
    """The logged days after those of at most so many seconds."""
    days = {date: log.seconds.get(date, 0) for date in log.window}
    types: dict[bool, list[int]] = {}
    for date, seconds in days.items():
        types.setdefault(_weekend(date), []).append(seconds)
    for some in types.values():
        some.sort()
    today = day_of(log.now, log.zone, log.starts_at)
    found = []
    for quiet, seconds in days.items():
        date = next_date(quiet)
        others = types[_weekend(date)] if date in days else []
        if seconds <= most and len(others) > 1 and date < today:
            found.append(After(date, days[date], _median_without(others, days[date])))
    return found


def _weekend(date: str) -> bool:
    return weekday(date) >= 5


def _median_without(ordered: Sequence[int], one: int) -> float:
    """The median of sorted values but for one of them."""
    from bisect import bisect_left

    own, left = bisect_left(ordered, one), len(ordered) - 1
    low, high = ((place + (place >= own)) for place in ((left - 1) // 2, left // 2))
    return (ordered[low] + ordered[high]) / 2


def _sessions(log: Log, after: Sequence[After]) -> tuple[int, ...]:
    openings = in_window(log, [one.date for one in after])
    return tuple(id for one in openings for id in one.session_ids)


def _not_enough(window: Sequence[str], after: int) -> Finding:
    more = LEAST_DAYS - after
    needs = ngettext("{n} more logged day after a quiet one", "{n} more logged days after quiet ones", more)
    figures = {"logged_days": len(window), "days_after": after, "days_after_needed": more}
    return missing(NAME, window, dict(figures), needs.format(n=more))


PATTERN = Pattern(
    place=10,
    name=NAME,
    heading=N_("More after a quiet day"),
    text=N_(
        "The logged day after a day that took at most a tenth of the median day, against the median of the other "
        "logged days of its type, Monday to Friday or weekend. Flagged if the differences lean up with p < 0.05 "
        "(sign flips, one-sided)."
    ),
    thresholds=(
        Threshold(N_("a quiet day took at most {value} of the median day"), "O", "quiet", QUIET, 0, 0.5),
        Threshold(N_("p < 0.05"), "O"),
    ),
    silent_before=N_("6 logged days after a quiet one"),
    source=N_("tested and not found in general by Stieger & Lewetz 2018"),
    detect=find,
    headline="after_seconds",
    figures={
        "median_seconds": N_("median day (s)"),
        "days_after": N_("logged days after a quiet one"),
        "days_after_needed": N_("of these still needed"),
        "more_than_usual": N_("of these longer than usual"),
        "after_seconds": N_("the middle one of these (s)"),
        "usual_seconds": N_("usual on such days (s)"),
        "p": N_("chance of it"),
    },
    note=N_("Stieger & Lewetz (2018) looked for this in many people and did not find it in general; some have it."),
)
