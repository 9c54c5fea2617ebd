"""`rising_use`: whether the time a day takes rises over the window. For information: a campaign rises as well.

**Definition.** Of the social seconds of the window's logged days, without days of almost no use (at most a tenth of the
median): flagged if Mann–Kendall's two-sided p < .005 with later days the longer ones, and the Theil–Sen line ends at
least 25 % above both where it begins and the median of up to 14 logged days before the window, of which 7 are enough. A
week off at the start of the window therefore makes no rise. Silent before 28 logged days; never flagged with fewer than
21 days in use. A step is from one day in use to the next.

A source that is absent from the first or from the last seven days of the window (another phone, a browser that was
imported from some day on) says nothing of more or less use. It is left out and named.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.analytics.patterns.detector_input import window_openings
from tracker.analytics.patterns.finding import BarChart, Finding, finding, more_days, not_enough
from tracker.analytics.patterns.pattern import AS_SHARE, KeyFigure, Pattern, Threshold
from tracker.analytics.statistics.descriptive import median
from tracker.analytics.statistics.significance import mann_kendall, theil_sen
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_significant, round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput, SourceSeconds

NAME = "rising_use"
LEAST_DAYS = 28
P = 0.005
RISE = 0.25
#: A line that begins lower, in seconds a day, is taken to begin here, so that a rise has a size.
LEAST_START = 60
#: A day of at most this share of the median is one of almost no use; so many others are needed.
LITTLE, LEAST_IN_USE = 0.10, 21
#: Logged days before the window that its end is compared with, and how many of them are enough.
BEFORE, LEAST_BEFORE = 14, 7
#: A source that is absent from so many days at either end of the window was not there throughout.
EDGE = 7
#: Bars of the chart; of a longer window each is the mean of some days in a row.
BARS = 60


def find(log: DetectorInput) -> Finding:
    """The trend of the days' social time."""
    window = log.window
    if len(window) < LEAST_DAYS:
        more = LEAST_DAYS - len(window)
        return not_enough(NAME, window, {"logged_days": len(window), "days_needed": more}, more_days(more))
    by_date, left_out = _throughout(log)
    in_use = _in_use(by_date, window)
    if len(in_use) < LEAST_IN_USE:
        evidence = ngettext(
            "{count} of {days} logged days had more than a little use: too few for a trend",
            "{count} of {days} logged days had more than a little use: too few for a trend",
            len(in_use),
        ).format(count=len(in_use), days=len(window))
        return finding(NAME, False, evidence, window, {"logged_days": len(window), "days_in_use": len(in_use)})
    seconds = [by_date[date] for date in in_use]
    z, p = mann_kendall(seconds)
    slope, start = theil_sen(seconds)
    end = start + slope * (len(seconds) - 1)
    earlier = _in_use(by_date, [date for date in log.logged_dates if date < window[0]][-BEFORE:])
    before = median(by_date[date] for date in earlier) if len(earlier) >= LEAST_BEFORE else None
    rise = (end - max(start, before or 0)) / max(start, before or 0, LEAST_START)
    least = log.limit(NAME, "rise", RISE)
    flagged = z > 0 and p < P and rise >= least
    evidence = _("the line through {days} logged days goes from {first} to {last} a day").format(
        days=len(in_use), first=_duration(start), last=_duration(end)
    )
    if left_out:
        evidence = _("{evidence}; without {sources}, recorded in a part of that time only").format(
            evidence=evidence, sources=", ".join(left_out)
        )
    return finding(
        NAME,
        flagged,
        evidence,
        window,
        {
            "logged_days": len(window),
            "days_in_use": len(in_use),
            "first_seconds": round_to_int(start),
            "last_seconds": round_to_int(end),
            "before_seconds": None if before is None else round_to_int(before),
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
        chart=_days_chart(in_use, seconds, slope, start),
    )


def _throughout(log: DetectorInput) -> tuple[Mapping[str, int], list[str]]:
    """The seconds by date of the sources that were there throughout the window, and the names of the others."""
    first, last = log.window[:EDGE], log.window[-EDGE:]
    kept: list[SourceSeconds] = []
    left_out: list[SourceSeconds] = []
    for source in log.sources:
        throughout = any(source.seconds.get(date) for date in first) and any(source.seconds.get(date) for date in last)
        (kept if throughout else left_out).append(source)
    used = [source.source for source in left_out if any(map(source.seconds.get, log.window))]
    if not used or not kept:
        return log.seconds, []
    by_date: Counter[str] = Counter()
    for source in kept:
        by_date.update(source.seconds)
    return by_date, used


def _in_use(by_date: Mapping[str, int], dates: Sequence[str]) -> list[str]:
    """The dates with more than a little use: more than LITTLE of the median of those with any."""
    used = [date for date in dates if by_date.get(date)]
    if not used:
        return []
    most = LITTLE * median(by_date[date] for date in used)
    return [date for date in used if by_date[date] > most]


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
        "days_in_use": N_("days with more than a little use"),
        "before_seconds": N_("median day before the window (s)"),
        "first_seconds": N_("the line on the first day (s)"),
        "last_seconds": N_("the line on the last day (s)"),
        "seconds_a_day": N_("rise from one day to the next (s)"),
        "rise": N_("rise across the window, as a share of its start"),
        "z": N_("Mann–Kendall’s z"),
        "p": N_("chance of it"),
    },
    note=N_("For information: a campaign also rises."),
)
