"""`overrun`: whether planned sessions run past their plan.

**Definition.** Of the n planned social sessions of the window that have ended, k lasted over 1.25 times their plan, and
past it by more than the minute of grace that every page leaves a plan (`PLAN_GRACE`). Flagged if the Wilson 95 % lower
bound W(k, n) > 0.5.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: a true share of 0.90.

======  ===============  ===============  ===============  ====================
use     null A           null B           null C           planted, seen
======  ===============  ===============  ===============  ====================
low     1.2 % (0.5–2.9)  2.2 % (1.2–4.2)  2.2 % (1.2–4.2)  100.0 % (99.0–100.0)
middle  1.8 % (0.9–3.6)  1.2 % (0.5–2.9)  2.2 % (1.2–4.2)  100.0 % (99.0–100.0)
high    2.5 % (1.4–4.5)  1.8 % (0.9–3.6)  2.8 % (1.5–4.9)  100.0 % (99.0–100.0)
======  ===============  ===============  ===============  ====================

Of all kinds of people it is to be silent on, the worst raise it in 4.2 % (2.7–6.7) of months.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import Chart, Finding, found, missing
from tracker.analytics.patterns.pattern import AS_SHARE, Headline, Pattern, Threshold
from tracker.analytics.statistics.middle import median
from tracker.analytics.statistics.shares import wilson
from tracker.domain.models import over_plan
from tracker.formatting.numbers import format_decimal, format_significant, round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from tracker.analytics.patterns.log import Log

NAME = "overrun"
LEAST_SESSIONS = 14
#: A session is over its plan when it lasts over so many times as long.
OVER = 1.25
SHARE = 0.5
#: Where the picture of the lengths, in plans, is cut.
CUTS = (0.5, 1.0, 1.25, 2.0, 3.0)


def find(log: Log) -> Finding:
    """The share of plans overrun in the window."""
    window, days = log.window, set(log.window)
    most = log.limit(NAME, "share", SHARE)
    plans = [plan for plan in log.plans if plan.date in days]
    if len(plans) < LEAST_SESSIONS:
        more = LEAST_SESSIONS - len(plans)
        needs = ngettext("{n} more planned session", "{n} more planned sessions", more).format(n=more)
        return missing(NAME, window, {"planned": len(plans), "sessions_needed": more}, needs)
    over = [plan for plan in plans if plan.lasted > OVER * plan.planned and over_plan(plan.lasted, plan.planned)]
    low, high = wilson(len(over), len(plans))
    ratios = sorted(plan.lasted / plan.planned for plan in plans)
    middle = median(ratios)
    flagged = low > most
    counts = [0] * (len(CUTS) + 1)
    for ratio in ratios:
        counts[sum(ratio > cut for cut in CUTS)] += 1
    return found(
        NAME,
        flagged,
        _(
            "{over} of {n} planned sessions went on for over 1.25 times their plan; the middle one lasted "
            "{middle} times its plan"
        ).format(over=len(over), n=len(plans), middle=format_decimal(middle, 1)),
        window,
        {
            "planned": len(plans),
            "over": len(over),
            "share": round_half_up(len(over) / len(plans), 4),
            "share_low": round_half_up(low, 4),
            "share_high": round_half_up(high, 4),
            "middle_ratio": round_half_up(middle, 3),
        },
        sessions=tuple(plan.session for plan in over) if flagged else (),
        chance=_by_chance(len(plans), low, high, most if flagged else None),
        margin=low / most if flagged else 0.0,
        chart=Chart(
            _("sessions by length, in plans"),
            (*(f"≤ {format_significant(cut)}" for cut in CUTS), _("longer")),
            tuple(counts),
        ),
    )


def _by_chance(plans: int, low: float, high: float, past: float | None) -> str:
    if past is not None:
        said = _("if {percent} % of them were over by chance, so many would be in fewer than 3 logs of 100")
        return said.format(percent=round_to_int(100 * past))
    said = _("counted over {n} sessions, the true share may be anywhere from {low} % to {high} %")
    return said.format(n=plans, low=round_to_int(100 * low), high=round_to_int(100 * high))


PATTERN = Pattern(
    place=7,
    name=NAME,
    heading=N_("Longer than planned"),
    text=N_(
        "Actual against planned length of planned social sessions. Flagged if the lower end of the 95 % interval "
        "of the share past 1.25 times their plan is above {share_percent} %."
    ),
    thresholds=(
        Threshold(N_("over 1.25 times the plan, and more than a minute past it"), "O"),
        Threshold(N_("share above {value} even at the lower end of its interval"), "O", "share", SHARE, 0.1, 0.95),
    ),
    silent_before=N_("14 planned sessions"),
    source=N_("self-control: Allcott et al. 2022"),
    detect=find,
    headline=Headline("share", N_("share of sessions over their plan in 28 logged days"), AS_SHARE),
    figures={
        "planned": N_("planned sessions"),
        "sessions_needed": N_("sessions still needed"),
        "over": N_("over their plan"),
        "share": N_("their share"),
        "share_low": N_("share, lower end of the interval"),
        "share_high": N_("share, upper end of the interval"),
        "middle_ratio": N_("middle length, in plans"),
    },
)
