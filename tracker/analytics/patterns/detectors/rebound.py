"""`rebound`: whether a quiet day is made up for on the next.

**Definition.** A *quiet* day took at most a tenth of the median of the window's logged days, in social seconds. Every
other day is a multiple of the median of the window's other days of its type, Monday to Friday or weekend, the quiet
ones left out; a minute is added to both. Flagged if the days after quiet ones have the larger multiples with p < .03 by
Mann–Whitney's test (one-sided, exact to 50 days). Silent before 6 days after quiet ones, and where the median is 0.

The day after is the next of the calendar, and counts only if it was logged, is over and is not quiet itself.
"""

from __future__ import annotations

from bisect import bisect_left
from math import log as log_of
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.detector_input import window_openings
from tracker.analytics.patterns.finding import BarChart, Finding, finding, not_enough
from tracker.analytics.patterns.pattern import AS_TIME, KeyFigure, Pattern, Threshold
from tracker.analytics.statistics.descriptive import median
from tracker.analytics.statistics.significance import mann_whitney_u
from tracker.calendar.days import day_of, next_date, weekday
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_significant, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput

NAME = "rebound"
LEAST_DAYS = 6
QUIET = 0.10
P = 0.03
MINUTE = 60


class ComparedDay(NamedTuple):
    """A day, its social seconds, and the median of the others of its type in seconds."""

    date: str
    seconds: int
    usual: float

    @property
    def multiple(self) -> float:
        """How many times as long as usual."""
        return (self.seconds + MINUTE) / (self.usual + MINUTE)


def find(log: DetectorInput) -> Finding:
    """The days after quiet ones against days of their type."""
    window = log.window
    middle = median(log.seconds.get(date, 0) for date in window) if window else 0
    after, others = _split(log, log.limit(NAME, "quiet", QUIET) * middle) if middle else ([], [])
    if len(after) < LEAST_DAYS:
        more = LEAST_DAYS - len(after)
        needs = ngettext("{n} more logged day after a quiet one", "{n} more logged days after quiet ones", more)
        figures = {"logged_days": len(window), "days_after": len(after), "days_after_needed": more}
        return not_enough(NAME, window, figures, needs.format(n=more))
    p = mann_whitney_u([day.multiple for day in after], [day.multiple for day in others])
    took, usual = round_to_int(median(day.seconds for day in after)), round_to_int(median(day.usual for day in after))
    flagged = p < P
    openings = window_openings(log, [day.date for day in after]) if flagged else ()
    return finding(
        NAME,
        flagged,
        _("the day after {n} quiet days took {time} in the middle; other days of the week like them, {usual}").format(
            n=len(after), time=format_duration(took), usual=format_duration(usual)
        ),
        window,
        {
            "logged_days": len(window),
            "median_seconds": round_to_int(middle),
            "days_after": len(after),
            "more_than_usual": sum(day.seconds > day.usual for day in after),
            "after_seconds": took,
            "usual_seconds": usual,
            "p": p,
        },
        sessions=tuple(id for opening in openings for id in opening.session_ids),
        usual=_("{time} on the other days of their type").format(time=format_duration(usual)),
        chance=_("as many days of yours, drawn without looking, would be as long with a chance of {p}").format(
            p=format_significant(p, 2)
        ),
        margin=log_of(max(p, 1e-300)) / log_of(P) if flagged else 0.0,
        chart=BarChart(
            _("minutes on the day after"),
            tuple(day.date for day in after),
            tuple(day.seconds / 60 for day in after),
            tuple(day.usual / 60 for day in after),
            _("usual on such days"),
        ),
    )


def _split(log: DetectorInput, most: float) -> tuple[list[ComparedDay], list[ComparedDay]]:
    """The logged days of more than `most` seconds that come after a quiet one, and those that do not.

    The running day is neither.
    """
    days = {date: log.seconds.get(date, 0) for date in log.window}
    types: dict[bool, list[int]] = {False: [], True: []}  # sorted seconds of weekdays, and of weekends
    for date, seconds in sorted(days.items(), key=lambda day: day[1]):
        if seconds > most:
            types[weekday(date) >= 5].append(seconds)
    today = day_of(log.now, log.zone, log.starts_at)
    after_quiet = {next_date(date) for date, seconds in days.items() if seconds <= most}
    after: list[ComparedDay] = []
    others: list[ComparedDay] = []
    for date, seconds in days.items():
        same_type = types[weekday(date) >= 5]
        if seconds > most and len(same_type) > 1 and date < today:
            day = ComparedDay(date, seconds, _median_without(same_type, seconds))
            (after if date in after_quiet else others).append(day)
    return after, others


def _median_without(ordered: Sequence[int], value: int) -> float:
    """The median of sorted values without one of them. Nothing is sorted again for each of thousands of days."""
    own, count = bisect_left(ordered, value), len(ordered) - 1
    low, high = (place + (place >= own) for place in ((count - 1) // 2, count // 2))
    return (ordered[low] + ordered[high]) / 2


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
    key_figure=KeyFigure("after_seconds", N_("the day after a quiet one in 28 logged days"), AS_TIME),
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
