"""`overrun`: whether planned sessions run past their plan.

**Definition.** Of the n planned social sessions of the window that have ended, k lasted over 1.25 times their plan, and
past it by more than the minute of grace that every page leaves a plan (`PLAN_GRACE`). Flagged if the lower Wilson 99 %
bound of k of n is above 0.5. Silent before 14 planned sessions.
"""

from __future__ import annotations

from tracker.analytics.exact_statistics import Z99, median, wilson_interval
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput
from tracker.domain.models import over_plan
from tracker.formatting.numbers import format_decimal, format_significant, round_half_up, round_to_int
from tracker.locale import N_, _, plural

NAME = "overrun"
LEAST_SESSIONS = 14
#: A session is over its plan when it lasts over so many times as long.
OVER = 1.25
SHARE = 0.5
#: Where the chart of the durations, in plans, is cut.
CUTS = (0.5, 1.0, 1.25, 2.0, 3.0)


def find(log: DetectorInput) -> pattern.Finding:
    """The share of plans overrun in the window."""
    window, days = log.window, set(log.window)
    plans = [plan for plan in log.plans if plan.date in days]
    count = len(plans)
    if count < LEAST_SESSIONS:
        more = LEAST_SESSIONS - count
        needs = plural(more, "{n} more planned session", "{n} more planned sessions")
        return pattern.not_enough(NAME, window, {"planned": count, "sessions_needed": more}, needs)
    over = [plan for plan in plans if plan.lasted > OVER * plan.planned and over_plan(plan.lasted, plan.planned)]
    low, high = wilson_interval(len(over), count, Z99)
    most = log.limit(NAME, "share", SHARE)
    flagged = low > most
    ratios = [plan.lasted / plan.planned for plan in plans]
    middle = median(ratios)
    bars = [0] * (len(CUTS) + 1)
    for ratio in ratios:
        bars[sum(ratio > cut for cut in CUTS)] += 1
    if flagged:
        chance = _(
            "if {percent}% of your sessions usually ran over, this many would come up less than once in 100 logs"
        ).format(percent=round_to_int(100 * most))
    else:
        chance = _("judged from {n} sessions, your usual share is between {low}% and {high}%").format(
            n=count, low=round_to_int(100 * low), high=round_to_int(100 * high)
        )
    return pattern.finding(
        NAME,
        flagged,
        _(
            "{over} of {n} planned sessions ran more than a quarter over; a typical one lasted {middle} times as long "
            "as planned"
        ).format(over=len(over), n=count, middle=format_decimal(middle, 1)),
        window,
        {
            "planned": count,
            "over": len(over),
            **pattern.share_figures(len(over) / count, low, high),
            "middle_ratio": round_half_up(middle, 3),
        },
        sessions=(plan.session for plan in over),
        chance=chance,
        margin=low / most,
        chart=pattern.BarChart(
            _("sessions by length (1: as planned)"),
            (*(f"≤ {format_significant(cut)}" for cut in CUTS), _("longer")),
            tuple(bars),
        ),
    )


PATTERN = pattern.Pattern(
    place=7,
    name=NAME,
    heading=N_("Longer than planned"),
    plain=N_(
        "How many planned sessions run more than a quarter over. Flagged if clearly more than {share_percent}% do."
    ),
    text=N_(
        "Actual against planned length of planned social sessions. Flagged if the lower end of the 99% interval "
        "of the share past 1.25 times their plan is above {share_percent}%."
    ),
    thresholds=(
        pattern.Threshold(N_("over 1.25 times the plan, and more than a minute past it"), "O"),
        pattern.Threshold(N_("clearly above {percent}%"), "O", "share", SHARE, 0.1, 0.95),
    ),
    silent_before=N_("14 planned sessions"),
    source=N_("self-control: Allcott et al. 2022"),
    detect=find,
    key_figure=pattern.KeyFigure("share", N_("share of sessions over their plan in 28 logged days"), pattern.AS_SHARE),
    figures={
        "planned": N_("planned sessions"),
        "sessions_needed": N_("sessions still needed"),
        "over": N_("over their plan"),
        "share": N_("their share"),
        "middle_ratio": N_("middle length, in plans"),
    },
)
