"""`time_distortion`: whether time is estimated shorter, or longer, than it was.

**Definition.** For each of the last 6 weeks with an estimate and an hour logged or more: (estimated − logged) / logged.
Flagged if at least 5 of them are at least 25 % off, the same way, and none is as far off the other way. Silent before 6
such weeks; estimates are those of the last 13 weeks.
"""

from __future__ import annotations

from math import comb

from tracker.analytics.exact_statistics import median, norm_sf
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.formatting.numbers import round_half_up, round_to_int
from tracker.formatting.times import format_duration
from tracker.locale import N_, _, ngettext, plural

NAME = "time_distortion"
WEEKS, LEAST = 6, 5
OFF = 0.25
#: The standard deviation of guesses by chance, as a share of what was logged.
SPREAD = 0.30
#: Weeks with fewer seconds logged are left out: 25 % of them is less than anybody can tell.
LEAST_LOGGED = 3600


def find(log: DetectorInput) -> pattern.Finding:
    """The last six estimates against what was logged."""
    off = log.limit(NAME, "off", OFF)
    weeks = [estimate for estimate in sorted(log.estimates) if estimate.logged >= LEAST_LOGGED][-WEEKS:]
    days = (weeks[0].first, weeks[-1].last) if weeks and weeks[0].first else ()
    if len(weeks) < WEEKS:
        needed = WEEKS - len(weeks)
        needs = plural(needed, "{n} more weekly guess", "{n} more weekly guesses")
        return pattern.not_enough(NAME, days, {"estimates": len(weeks), "estimates_needed": needed}, needs)
    errors = [round(week.estimated / week.logged - 1, 9) for week in weeks]
    shorter, longer = sum(error <= -off for error in errors), sum(error >= off for error in errors)
    middle = median(errors)
    estimated = sum(week.estimated for week in weeks) / WEEKS
    logged = sum(week.logged for week in weeks) / WEEKS
    return pattern.finding(
        NAME,
        max(shorter, longer) >= LEAST and min(shorter, longer) == 0,
        _("over your last 6 guesses you expected {felt} a week and logged {logged}; {off}").format(
            felt=format_duration(round_to_int(estimated)),
            logged=format_duration(round_to_int(logged)),
            off=_say_off(shorter, longer, round_to_int(100 * off)),
        ),
        days,
        {
            "estimates": WEEKS,
            "felt_shorter": shorter,
            "felt_longer": longer,
            "middle_error": round_half_up(middle, 4),
            "felt_seconds": round_to_int(estimated),
            "logged_seconds": round_to_int(logged),
        },
        chance=_(
            "somebody right on average, and usually 30% off one way or the other, would be flagged {n} times in 1000"
        ).format(n=round_to_int(1000 * _chance_of_flag(off))),
        margin=abs(middle) / off,
        chart=pattern.BarChart(
            _("your guess, by week"),
            tuple(week.week for week in weeks),
            tuple(week.estimated / 3600 for week in weeks),
            tuple(week.logged / 3600 for week in weeks),
            _("logged"),
            hours=True,
        ),
    )


def _say_off(too_low: int, too_high: int, percent: int) -> str:
    """`5 were too low by 25% or more`: the guesses that were far off, one way or both."""
    low = ngettext("{n} was too low by {percent}% or more", "{n} were too low by {percent}% or more", too_low)
    high = ngettext("{n} was too high by {percent}% or more", "{n} were too high by {percent}% or more", too_high)
    parts = [said.format(n=n, percent=percent) for n, said in ((too_low, low), (too_high, high)) if n]
    return ", ".join(parts) or _("none was off by {percent}% or more").format(percent=percent)


def _chance_of_flag(off: float) -> float:
    """The chance that normal errors around 0, with the standard deviation SPREAD, are flagged."""
    far = norm_sf(off / SPREAD)
    near = 1 - 2 * far
    one_way = sum(comb(WEEKS, count) * far**count * near ** (WEEKS - count) for count in range(LEAST, WEEKS + 1))
    return min(1.0, 2 * one_way)


PATTERN = pattern.Pattern(
    place=8,
    name=NAME,
    heading=N_("Guessed vs logged time"),
    plain=N_(
        "Your guess of each week, compared with what was logged. Flagged if 5 of the last 6 are off by {off_percent}% "
        "or more, all too low or all too high."
    ),
    text=N_(
        "Each week's estimate against what was logged, of weeks with an hour logged or more. Flagged if it is at "
        "least {off_percent}% off, the same way, in at least 5 of the last 6, and in none of them the other way."
    ),
    thresholds=(
        pattern.Threshold(N_("off by {percent}% or more"), "P", "off", OFF, 0.05, 2),
        pattern.Threshold(N_("the same way in 5 of 6 weeks, and in none the other way"), "P"),
    ),
    silent_before=N_("6 weekly guesses within 13 weeks"),
    source=N_("Lin et al. 2015; Parry et al. 2021"),
    detect=find,
    key_figure=pattern.KeyFigure("middle_error", N_("how far off the last 6 guesses were"), pattern.AS_SHARE),
    figures={
        "estimates": N_("weekly guesses"),
        "estimates_needed": N_("weekly guesses still needed"),
        "felt_shorter": N_("guesses too low"),
        "felt_longer": N_("guesses too high"),
        "middle_error": N_("middle error"),
        "felt_seconds": N_("guessed, a week (s)"),
        "logged_seconds": N_("logged, a week (s)"),
    },
)
