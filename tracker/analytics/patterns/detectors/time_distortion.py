"""`time_distortion`: whether time is felt shorter, or longer, than it was.

**Definition.** For each of the last 6 weeks with an estimate and an hour logged or more: (felt − logged) / logged.
Flagged if at least 5 of them are at least 25 % off, the same way, and none is as far off the other way. Silent before 6
such weeks; estimates are those of the last 13 weeks.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import BarChart, Finding, finding, not_enough
from tracker.analytics.patterns.pattern import AS_SHARE, KeyFigure, Pattern, Threshold
from tracker.analytics.statistics.descriptive import median
from tracker.analytics.statistics.distributions import norm_sf
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from tracker.analytics.patterns.detector_input import DetectorInput

NAME = "time_distortion"
WEEKS, LEAST = 6, 5
OFF = 0.25
#: The standard deviation of guesses by chance, as a share of what was logged.
SPREAD = 0.30
#: Weeks with fewer seconds logged are left out: 25 % of them is less than anybody can tell.
LEAST_LOGGED = 3600


def find(log: DetectorInput) -> Finding:
    """The last six estimates against what was logged."""
    off = log.limit(NAME, "off", OFF)
    weeks = [estimate for estimate in sorted(log.estimates) if estimate.logged >= LEAST_LOGGED][-WEEKS:]
    days = (weeks[0].first, weeks[-1].last) if weeks and weeks[0].first else ()
    if len(weeks) < WEEKS:
        needed = WEEKS - len(weeks)
        needs = ngettext("{n} more weekly estimate", "{n} more weekly estimates", needed).format(n=needed)
        return not_enough(NAME, days, {"estimates": len(weeks), "estimates_needed": needed}, needs)
    errors = [round(week.felt / week.logged - 1, 9) for week in weeks]
    shorter, longer = sum(error <= -off for error in errors), sum(error >= off for error in errors)
    flagged = max(shorter, longer) >= LEAST and min(shorter, longer) == 0
    middle = median(errors)
    felt, logged = sum(week.felt for week in weeks) / WEEKS, sum(week.logged for week in weeks) / WEEKS
    return finding(
        NAME,
        flagged,
        _(
            "over the last 6 estimates a week felt like {felt} and was {logged}; {less} felt shorter by {percent}% or "
            "more, {more} longer"
        ).format(
            felt=format_duration(round_to_int(felt)),
            logged=format_duration(round_to_int(logged)),
            less=shorter,
            more=longer,
            percent=round_to_int(100 * off),
        ),
        days,
        {
            "estimates": WEEKS,
            "felt_shorter": shorter,
            "felt_longer": longer,
            "middle_error": round_half_up(middle, 4),
            "felt_seconds": round_to_int(felt),
            "logged_seconds": round_to_int(logged),
        },
        chance=_(
            "somebody right on average, and usually off by 30% either way, would be flagged in {n} of 1000 such spans"
        ).format(n=round_to_int(1000 * _chance_of_flag(off))),
        margin=abs(middle) / off if flagged else 0.0,
        chart=BarChart(
            _("time felt, by week"),
            tuple(week.week for week in weeks),
            tuple(week.felt / 3600 for week in weeks),
            tuple(week.logged / 3600 for week in weeks),
            _("logged"),
            hours=True,
        ),
    )


def _chance_of_flag(off: float) -> float:
    """The chance that normal errors around 0, with the standard deviation SPREAD, are flagged."""
    far = norm_sf(off / SPREAD)
    near = 1 - 2 * far
    one_way = sum(comb(WEEKS, count) * far**count * near ** (WEEKS - count) for count in range(LEAST, WEEKS + 1))
    return min(1.0, 2 * one_way)


PATTERN = Pattern(
    place=8,
    name=NAME,
    heading=N_("Guessed vs logged time"),
    plain=N_(
        "Your guess of each week against what was logged. Flagged if it is {off_percent}% off or more, the same way, "
        "in 5 of the last 6 weeks."
    ),
    text=N_(
        "Each week's estimate against what was logged, of weeks with an hour logged or more. Flagged if it is at "
        "least {off_percent}% off, the same way, in at least 5 of the last 6, and in none of them the other way."
    ),
    thresholds=(
        Threshold(N_("off by {percent}% or more"), "P", "off", OFF, 0.05, 2),
        Threshold(N_("the same way in 5 of 6 weeks, and in none the other way"), "P"),
    ),
    silent_before=N_("6 weekly estimates within 13 weeks"),
    source=N_("Lin et al. 2015; Parry et al. 2021"),
    detect=find,
    key_figure=KeyFigure("middle_error", N_("felt against logged in 6 estimates"), AS_SHARE),
    figures={
        "estimates": N_("weekly estimates"),
        "estimates_needed": N_("weekly estimates still needed"),
        "felt_shorter": N_("weeks felt shorter"),
        "felt_longer": N_("weeks felt longer"),
        "middle_error": N_("middle error"),
        "felt_seconds": N_("felt, a week (s)"),
        "logged_seconds": N_("logged, a week (s)"),
    },
)
