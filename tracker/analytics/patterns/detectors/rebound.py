"""`rebound`: whether a quiet day is made up for on the next.

**Definition.** A *quiet* day took at most a tenth of the median of the window's logged days, in social seconds. Every
other day is a multiple of the median of the window's other days of its type, Monday to Friday or weekend, the quiet
ones left out. Flagged if the days after quiet ones have the larger multiples with p < .03 by Mann–Whitney's test
(one-sided, exact to 50 days).

**Decisions.**
- The day after is the next of the calendar, and counts only where it was logged; so is the quiet day, by a record or by
  the user's word that there was nothing. A day without either is unknown, and no quiet day.
- A day after a quiet day that is quiet itself is no day after: the quiet goes on. The days after are compared with
  others that are not quiet either; with the quiet ones among them, days in any order were flagged in 9 % of months.
- A running day is not over, and is neither a day after nor one of the others; in the medians it counts as it stands.
- Where half of the days are zero there is no usual day to be quiet against.
- A minute is added to a day and to its usual one, so that a multiple of nothing is one too.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: the day after has
three times its time; at low use four times.

======  ===============  ===============  ===============  ==================  ===================
use     null A           null B           null C           planted, seen       at first, the worst
======  ===============  ===============  ===============  ==================  ===================
low     3.5 % (2.1–5.8)  3.2 % (1.9–5.5)  3.0 % (1.7–5.2)  97.8 % (95.8–98.8)  B: 73.5 %
middle  3.5 % (2.1–5.8)  3.0 % (1.7–5.2)  2.2 % (1.2–4.2)  99.2 % (97.8–99.7)  C: 72.2 %
high    3.5 % (2.1–5.8)  2.2 % (1.2–4.2)  1.0 % (0.4–2.5)  99.0 % (97.5–99.6)  B: 66.5 %
======  ===============  ===============  ===============  ==================  ===================

Of all kinds of people it is to be silent on, the worst raise it in 3.5 % (2.1–5.8) of months; as first defined, 73.5 %
(69.0–77.6).

**What was changed and why.** As first defined the differences from the median of all days of their type had their signs
flipped, which takes days to be as likely above it as far below it. But the quiet days pull that median down, so that
any other day lies above it, and long days are much longer while none is much shorter than nothing: where quiet days
were nobody's doing, up to 74 % of months were flagged. Ranks among the person's own other days that are not quiet do
not mind. Their test is exact, so at p < .05 it is wrong in 5 % of months, with nothing to spare: it is asked for .03.
"""

from __future__ import annotations

from math import log as log_of
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.finding import Chart, Finding, found, missing
from tracker.analytics.patterns.pattern import AS_TIME, Headline, Pattern, Threshold
from tracker.analytics.patterns.window import in_window
from tracker.analytics.statistics.middle import median
from tracker.analytics.statistics.ranks import larger
from tracker.calendar.days import day_of, next_date, weekday
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_significant, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.log import Log

NAME = "rebound"
LEAST_DAYS = 6
QUIET = 0.10
P = 0.03
MINUTE = 60


class Day(NamedTuple):
    """A day, after a quiet one or not: its social seconds, and the median of the others of its type."""

    date: str
    seconds: int
    usual: float

    @property
    def multiple(self) -> float:
        """How many times as long as usual."""
        return (self.seconds + MINUTE) / (self.usual + MINUTE)


def find(log: Log) -> Finding:
    """The days after quiet ones against days of their type."""
    window = log.window
    middle = median(log.seconds.get(date, 0) for date in window) if window else 0
    after, others = _split(log, log.limit(NAME, "quiet", QUIET) * middle) if middle else ([], [])
    if len(after) < LEAST_DAYS:
        return _not_enough(window, len(after))
    p = larger([one.multiple for one in after], [one.multiple for one in others])
    took, usual = median(one.seconds for one in after), median(one.usual for one in after)
    flagged = p < P
    return found(
        NAME,
        flagged,
        _("the day after {n} quiet days took {time} in the middle; other days of the week like them, {usual}").format(
            n=len(after), time=format_duration(round_to_int(took)), usual=format_duration(round_to_int(usual))
        ),
        window,
        {
            "logged_days": len(window),
            "median_seconds": round_to_int(middle),
            "days_after": len(after),
            "more_than_usual": sum(one.seconds > one.usual for one in after),
            "after_seconds": round_to_int(took),
            "usual_seconds": round_to_int(usual),
            "p": p,
        },
        sessions=_sessions(log, after) if flagged else (),
        usual=_("{time} on the other days of their type").format(time=format_duration(round_to_int(usual))),
        chance=_("as many days of yours, drawn without looking, would be as long with a chance of {p}").format(
            p=format_significant(p, 2)
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


def _split(log: Log, most: float) -> tuple[list[Day], list[Day]]:
    """The logged days of over so many seconds that come after one of fewer, and those that do not.

    The running day is neither.
    """
    days = {date: log.seconds.get(date, 0) for date in log.window}
    types: dict[bool, list[int]] = {}
    for date, seconds in days.items():
        if seconds > most:
            types.setdefault(_weekend(date), []).append(seconds)
    for some in types.values():
        some.sort()
    today = day_of(log.now, log.zone, log.starts_at)
    later = {next_date(quiet) for quiet, seconds in days.items() if seconds <= most}
    after: list[Day] = []
    others: list[Day] = []
    for date, seconds in days.items():
        like_it = types.get(_weekend(date), ())
        if seconds > most and len(like_it) > 1 and date < today:
            (after if date in later else others).append(Day(date, seconds, _median_without(like_it, seconds)))
    return after, others


def _weekend(date: str) -> bool:
    return weekday(date) >= 5


def _median_without(ordered: Sequence[int], one: int) -> float:
    """The median of sorted values but for one of them."""
    from bisect import bisect_left

    own, left = bisect_left(ordered, one), len(ordered) - 1
    low, high = ((place + (place >= own)) for place in ((left - 1) // 2, left // 2))
    return (ordered[low] + ordered[high]) / 2


def _sessions(log: Log, after: Sequence[Day]) -> tuple[int, ...]:
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
        "A day is quiet if it took at most {quiet_percent} % of the median day. Every other day is a multiple of the "
        "median of the other days of its type, Monday to Friday or weekend, the quiet ones left out. Flagged if the "
        "days after quiet ones have the larger multiples with p < 0.03 (Mann–Whitney, one-sided)."
    ),
    thresholds=(
        Threshold(N_("a quiet day took at most {value} of the median day"), "O", "quiet", QUIET, 0, 0.5),
        Threshold(N_("p < 0.03"), "O"),
    ),
    silent_before=N_("6 logged days after a quiet one"),
    source=N_("tested and not found in general by Stieger & Lewetz 2018"),
    detect=find,
    headline=Headline("after_seconds", N_("the day after a quiet one in 28 logged days"), AS_TIME),
    figures={
        "median_seconds": N_("median day (s)"),
        "days_after": N_("logged days after a quiet one"),
        "days_after_needed": N_("more of these needed"),
        "more_than_usual": N_("longer than usual among them"),
        "after_seconds": N_("the middle one of these (s)"),
        "usual_seconds": N_("usual on such days (s)"),
        "p": N_("chance of it"),
    },
    note=N_("Stieger & Lewetz (2018) looked for this in many people and did not find it in general; some have it."),
)
