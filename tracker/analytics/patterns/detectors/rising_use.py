"""`rising_use`: whether the time a day takes rises over the window. For information: a campaign rises as well.

**Definition.** Of the social seconds of each logged day of the window: flagged if Mann–Kendall's two-sided p < .005
with later days the longer ones, and the Theil–Sen line rises by at least 25 % from the first logged day to the last.

**Decisions.**
- A step is from one logged day to the next: a day without a record is missing, not zero, and holds no place.
- A logged day without any social time is a zero. A line that begins below a minute a day is taken to begin at one, so
  that a rise has a size.
- The running day counts as it stands: until its evening it can only make the pattern more silent.
- Nothing is done about the weekday: the same weekdays come again and again, so they add noise, not a trend.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: 28 days at the end of
which a day has twice its time at their start; at low use five times.

======  ===============  ===============  ===============  ====================  ===================
use     null A           null B           null C           planted, seen         at first, the worst
======  ===============  ===============  ===============  ====================  ===================
low     0.2 % (0.0–1.4)  0.0 % (0.0–1.0)  1.0 % (0.4–2.5)  99.0 % (97.5–99.6)    C: 2.0 %
middle  0.2 % (0.0–1.4)  0.2 % (0.0–1.4)  1.8 % (0.9–3.6)  95.2 % (92.7–96.9)    C: 2.2 %
high    0.2 % (0.0–1.4)  0.2 % (0.0–1.4)  2.5 % (1.4–4.5)  100.0 % (99.0–100.0)  C: 3.5 %
======  ===============  ===============  ===============  ====================  ===================

Of all kinds of people it is to be silent on, the worst raise it in 2.5 % (1.4–4.5) of months; as first defined, 3.5 %
(2.1–5.8).

**What was changed and why.** Mann–Kendall's p takes days for independent. As first defined p < .01 was asked for, which
days that resemble the one before by a correlation of .7 reach in up to 12 % of months without a trend; of .5 in 4 %. At
.005 it is 7 and 3 %, and a rise that doubles the days of somebody of middle use is found about as often.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import Chart, Finding, found, missing, more_days
from tracker.analytics.patterns.pattern import AS_SHARE, Headline, Pattern, Threshold
from tracker.analytics.patterns.window import in_window
from tracker.analytics.statistics.middle import median
from tracker.analytics.statistics.trends import mann_kendall, theil_sen
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import format_significant, round_half_up, round_to_int
from tracker.locale import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.log import Log

NAME = "rising_use"
LEAST_DAYS = 28
P = 0.005
RISE = 0.25
#: A line that begins lower, in seconds a day, is taken to begin here.
LEAST_START = 60
#: Bars of the picture; of a longer window each is the mean of some days in a row.
BARS = 60


def find(log: Log) -> Finding:
    """The trend of the days' social time."""
    window = log.window
    if len(window) < LEAST_DAYS:
        more = LEAST_DAYS - len(window)
        return missing(NAME, window, {"logged_days": len(window), "days_needed": more}, more_days(more))
    seconds = [log.seconds.get(date, 0) for date in window]
    z, p = mann_kendall(seconds)
    slope, start = theil_sen(seconds)
    risen = slope * (len(window) - 1)
    rise = risen / max(start, LEAST_START)
    least = log.limit(NAME, "rise", RISE)
    flagged = z > 0 and p < P and rise >= least
    return found(
        NAME,
        flagged,
        _evidence(start, start + risen, len(window)),
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
        sessions=tuple(id for one in in_window(log) for id in one.session_ids) if flagged else (),
        usual=_("in the middle {time} a day").format(time=_time(median(seconds))),
        chance=_("days like yours in any order would rise or fall as steadily with a chance of {p}").format(
            p=format_significant(p, 2)
        ),
        margin=rise / least if flagged else 0.0,
        chart=_days(window, seconds, slope, start),
    )


def _evidence(first: float, last: float, days: int) -> str:
    return _("the line through {days} logged days goes from {first} to {last} a day").format(
        days=days, first=_time(first), last=_time(last)
    )


def _time(seconds: float) -> str:
    return format_duration(max(round_to_int(seconds), 0))


def _days(window: Sequence[str], seconds: Sequence[int], slope: float, start: float) -> Chart:
    step = -(-len(window) // BARS)
    groups = [range(at, min(at + step, len(window))) for at in range(0, len(window), step)]
    return Chart(
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
    headline=Headline("rise", N_("rise across 28 logged days"), AS_SHARE),
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
