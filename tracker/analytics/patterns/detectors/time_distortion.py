"""`time_distortion`: whether time is felt shorter, or longer, than it was.

**Definition.** For each of the last 6 weeks with an estimate and 4 logged days: (felt − logged) / logged. Flagged if at
least 4 of them are at least 25 % off, the same way, and none is as far off the other way. A week with under an hour
logged says nothing: 25 % of it is less than anybody can tell. Estimates of the last 13 weeks count (`material.RECENT`):
who guesses every other week has six of them, and a guess of last year says nothing of how time is felt now.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 42 logged days in which it is raised; planted was: weeks felt half as
long as they were, give or take 20 % of that.

======  ===============  ===============  ===============  ====================  ===================
use     null A           null B           null C           planted, seen         at first, the worst
======  ===============  ===============  ===============  ====================  ===================
low     1.8 % (0.9–3.6)  3.0 % (1.7–5.2)  1.0 % (0.4–2.5)  100.0 % (99.0–100.0)  B: 4.5 %
middle  1.5 % (0.7–3.2)  5.2 % (3.5–7.9)  2.2 % (1.2–4.2)  100.0 % (99.0–100.0)  B: 7.0 %
high    2.5 % (1.4–4.5)  1.8 % (0.9–3.6)  1.8 % (0.9–3.6)  100.0 % (99.0–100.0)  C: 3.2 %
======  ===============  ===============  ===============  ====================  ===================

Of all kinds of people it is to be silent on, the worst raise it in 5.2 % (3.5–7.9) of months; as first defined, 7.0 %
(4.9–9.9).

**What was changed and why.** As first defined a week felt far too long took nothing from four felt far too short:
somebody right on average, but off by 40 % in a usual week, was flagged in 6 % of spans. That is no distortion but a
guess. Asking for none the other way leaves 3 %, and what is truly felt short or long is flagged as often.
"""

from __future__ import annotations

from math import comb
from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import Chart, Finding, found, missing
from tracker.analytics.patterns.pattern import AS_SHARE, Headline, Pattern, Threshold
from tracker.analytics.statistics.middle import median
from tracker.analytics.statistics.shares import normal_tail
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.log import Estimate, Log

NAME = "time_distortion"
WEEKS, LEAST = 6, 4
OFF = 0.25
#: How far off a guess usually is, where chance is to be told.
SPREAD = 0.30
#: A week with fewer seconds logged is no week to judge by.
LEAST_LOGGED = 3600


def find(log: Log) -> Finding:
    """The last six estimates against what was logged."""
    off = log.limit(NAME, "off", OFF)
    last = [one for one in sorted(log.estimates) if one.logged >= LEAST_LOGGED][-WEEKS:]
    if len(last) < WEEKS:
        more = WEEKS - len(last)
        needs = ngettext("{n} more weekly estimate", "{n} more weekly estimates", more).format(n=more)
        return missing(NAME, _span(last), {"estimates": len(last), "estimates_needed": more}, needs)
    errors = [round(one.felt / one.logged - 1, 9) for one in last]
    less, more = sum(error <= -off for error in errors), sum(error >= off for error in errors)
    flagged = max(less, more) >= LEAST and min(less, more) == 0
    typical = median(errors)
    felt, logged = sum(one.felt for one in last) / WEEKS, sum(one.logged for one in last) / WEEKS
    said = _(
        "over the last 6 estimates a week felt like {felt} and was {logged}; {less} felt shorter by {percent} % or "
        "more, {more} longer"
    )
    return found(
        NAME,
        flagged,
        said.format(
            felt=format_duration(round_to_int(felt)),
            logged=format_duration(round_to_int(logged)),
            less=less,
            more=more,
            percent=round_to_int(100 * off),
        ),
        _span(last),
        {
            "estimates": WEEKS,
            "felt_shorter": less,
            "felt_longer": more,
            "middle_error": round_half_up(typical, 4),
            "felt_seconds": round_to_int(felt),
            "logged_seconds": round_to_int(logged),
        },
        chance=_(
            "somebody right on average, and usually off by 30 % either way, would be flagged in {n} of 100 such spans"
        ).format(n=round_to_int(100 * _by_chance(off))),
        margin=abs(typical) / off if flagged else 0.0,
        chart=Chart(
            _("time felt, by week"),
            tuple(one.week for one in last),
            tuple(one.felt / 3600 for one in last),
            tuple(one.logged / 3600 for one in last),
            _("logged"),
            hours=True,
        ),
    )


def _span(weeks: Sequence[Estimate]) -> tuple[str, ...]:
    """The first and the last day of the weeks looked at, where they are said."""
    return (weeks[0].first, weeks[-1].last) if weeks and weeks[0].first else ()


def _by_chance(off: float) -> float:
    """The chance that errors around none, with a standard deviation of SPREAD, are flagged."""
    far = normal_tail(off / SPREAD)
    within = 1 - 2 * far
    return min(
        1.0, 2 * sum(comb(WEEKS, count) * far**count * within ** (WEEKS - count) for count in range(LEAST, WEEKS + 1))
    )


PATTERN = Pattern(
    place=8,
    name=NAME,
    heading=N_("Felt time and logged time"),
    text=N_(
        "Each week's estimate against what was logged, of weeks with an hour logged or more. Flagged if it is at "
        "least {off_percent} % off, the same way, in at least 4 of the last 6, and in none of them the other way."
    ),
    thresholds=(
        Threshold(N_("off by {value} or more, as a share of 1"), "P", "off", OFF, 0.05, 2),
        Threshold(N_("the same way in 4 of 6 weeks, and in none the other way"), "P"),
    ),
    silent_before=N_("6 weekly estimates within 13 weeks"),
    source=N_("Lin et al. 2015; Parry et al. 2021"),
    detect=find,
    headline=Headline("middle_error", N_("felt against logged in 6 estimates"), AS_SHARE),
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
