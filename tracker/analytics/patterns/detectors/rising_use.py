"""`rising_use`: whether the time a day takes rises over the window. For information: a campaign rises as well.

**Definition.** Of the social seconds of each logged day of the window: flagged if Mann–Kendall's two-sided p < .005
with later days the longer ones, and the Theil–Sen line rises by at least 25 % from the first logged day to the last.
Silent before 28 logged days. A step is from one logged day to the next; a logged day without social time is 0.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.detector_input import window_openings
from tracker.analytics.patterns.finding import BarChart, Finding, finding, more_days, not_enough
from tracker.analytics.patterns.pattern import AS_SHARE, KeyFigure, Pattern, Threshold
from tracker.analytics.statistics.descriptive import median
from tracker.analytics.statistics.significance import mann_kendall, theil_sen
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_significant, round_half_up, round_to_int
from tracker.locale import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput

NAME = "rising_use"
LEAST_DAYS = 28
P = 0.005
RISE = 0.25
#: A line that begins lower, in seconds a day, is taken to begin here, so that a rise has a size.
LEAST_START = 60
#: Bars of the chart; of a longer window each is the mean of some days in a row.
BARS = 60


def find(log: DetectorInput) -> Finding:
    """The trend of the days' social time."""
    window = log.window
    if len(window) < LEAST_DAYS:
        more = LEAST_DAYS - len(window)
        return not_enough(NAME, window, {"logged_days": len(window), "days_needed": more}, more_days(more))
    seconds = [log.seconds.get(date, 0) for date in window]
    z, p = mann_kendall(seconds)
    slope, start = theil_sen(seconds)
    risen = slope * (len(window) - 1)
    rise = risen / max(start, LEAST_START)
    least = log.limit(NAME, "rise", RISE)
    flagged = z > 0 and p < P and rise >= least
    return finding(
        NAME,
        flagged,
        _("the line through {days} logged days goes from {first} to {last} a day").format(
            days=len(window), first=_duration(start), last=_duration(start + risen)
        ),
        window,
        {
            "logged_days": len(window),
            "first_seconds": round_to_int(start),
            "last_seconds": round_to_int(start + risen),
            "seconds_a_day": round_half_up(slope, 3),
            "rise": round_half_up(rise, 4),
            "z": round_half_up(z, 4),
            "p": p,
        },
        sessions=tuple(id for ids in window_openings(log).session_ids for id in ids) if flagged else (),
        usual=_("in the middle {time} a day").format(time=_duration(median(seconds))),
        chance=_("days like yours in any order would rise or fall as steadily with a chance of {p}").format(
            p=format_significant(p, 2)
        ),
        margin=rise / least if flagged else 0.0,
        chart=_days_chart(window, seconds, slope, start),
    )


def _duration(seconds: float) -> str:
    return format_duration(max(round_to_int(seconds), 0))


def _days_chart(window: Sequence[str], seconds: Sequence[int], slope: float, start: float) -> BarChart:
    step = -(-len(window) // BARS)
    groups = [range(first, min(first + step, len(window))) for first in range(0, len(window), step)]
    return BarChart(
        _("minutes a day"),
        tuple(window[group[0]] for group in groups),
        tuple(sum(seconds[day] for day in group) / len(group) / 60 for group in groups),
        tuple((start + slope * (group[0] + group[-1]) / 2) / 60 for group in groups),
        _("the line through them"),
    )


PATTERN = Pattern(
    place=9,
    name=NAME,
    heading=N_("Rising use"),
    text=N_(
        "Whether the social time of the logged days rises across the window: flagged if Mann–Kendall's p < 0.005 and "
        "the Theil–Sen line, the median of the slopes between all pairs of days, rises by at least {rise_percent} % "
        "from the first day to the last."
    ),
    thresholds=(
        Threshold(N_("p < 0.005"), "O"),
        Threshold(N_("a rise of at least {value}, as a share of 1"), "P", "rise", RISE, 0.05, 10),
    ),
    silent_before=N_("28 logged days"),
    source=N_("Lin et al. 2015"),
    detect=find,
    key_figure=KeyFigure("rise", N_("rise across 28 logged days"), AS_SHARE),
    figures={
        "first_seconds": N_("the line on the first day (s)"),
        "last_seconds": N_("the line on the last day (s)"),
        "seconds_a_day": N_("rise from one day to the next (s)"),
        "rise": N_("rise across the window, as a share of the first day"),
        "z": N_("Mann–Kendall’s z"),
        "p": N_("chance of it"),
    },
    note=N_("For information: a campaign also rises."),
)
