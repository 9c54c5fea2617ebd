"""`brief_checks`: whether most sessions are over within seconds.

**Definition.** Of the window's n openings k surely lasted less than `check_seconds` (30). Flagged if the lower Wilson
99 % bound of k/d of n/d is above 0.60 and there were at least 5 such checks per logged day; d is the design effect,
how much more the days' shares differ than by chance (1 at least). Silent before 14 logged days and 50 true durations.

What still runs is left out. A duration is not true if its end was estimated. Nobody knows how many of those were
checks: the share lies between that where none of them was and that where all were (bounds of Manski 1990, *Am. Econ.
Rev.* 80), and the lower one decides. Where a flag would be possible by the upper one only, too many durations are
unknown to tell.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, compress
from operator import sub

from tracker.analytics.exact_statistics import Z99, design_effect, wilson_interval
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, placed_openings
from tracker.domain.models import FOREVER
from tracker.formatting.numbers import round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

NAME = "brief_checks"
#: The share of openings that may be checks.
SHARE = 0.60
#: Checks per logged day before anything is flagged.
A_DAY = 5
LEAST_DAYS = 14
LEAST_OPENINGS = 50
#: Where the chart of durations is cut, in seconds.
CUTS = (10, 30, 60, 180, 600, 1800)


def find(log: DetectorInput) -> pattern.Finding:
    """The share of brief openings in the log's window."""
    logged_days = len(log.window)
    openings, times = placed_openings(log)
    days = times.days
    if FOREVER in openings.ends:
        over = [end < FOREVER for end in openings.ends]
        openings, days = openings.only(over), list(compress(days, over))
    durations = list(map(sub, openings.ends, openings.starts))
    is_known = [not guess for guess in openings.estimated]
    check_seconds = log.check_seconds
    is_brief = [known and duration < check_seconds for known, duration in zip(is_known, durations, strict=True)]
    every, count = len(openings), sum(is_known)
    if logged_days < LEAST_DAYS or count < LEAST_OPENINGS:
        days_needed, needed = max(LEAST_DAYS - logged_days, 0), max(LEAST_OPENINGS - count, 0)
        lacking = {"logged_days": logged_days, "sessions": count, "days_needed": days_needed, "sessions_needed": needed}
        more_true = ngettext(
            "{openings} more opening with a known duration", "{openings} more openings with a known duration", needed
        ).format(openings=needed)
        return pattern.not_enough(
            NAME, log.window, lacking, pattern.more_days(days_needed), more_true if needed else ""
        )
    most, least = log.limit(NAME, "share", SHARE), log.limit(NAME, "a_day", A_DAY)
    brief = sum(is_brief)
    brief_by_day = Counter(compress(days, is_brief))
    effect = design_effect([(brief_by_day[day], of_day) for day, of_day in Counter(days).items()])
    low, high = wilson_interval(brief / effect, every / effect, Z99)
    a_day = brief / logged_days
    flagged = low > most and a_day >= least
    unknown = every - count
    figures: dict[str, pattern.Figure] = {
        "logged_days": logged_days,
        "sessions": count,
        "unknown": unknown,
        "brief": brief,
        **pattern.share_figures(brief / every, low, high),
        "share_at_most": round_half_up((brief + unknown) / every, 4),
        "brief_a_day": round_half_up(a_day, 2),
        "design_effect": round_half_up(effect, 3),
        "check_seconds": check_seconds,
    }
    if not flagged and brief / count > most >= count / every:
        needs = _("more known durations: those of {unknown} of {openings} openings are not known").format(
            unknown=unknown, openings=every
        )
        return pattern.not_enough(NAME, log.window, {**figures, "sessions_needed": 0}, needs)
    evidence = _(
        "{brief} of {timed} openings ({percent}%) were shorter than {seconds} s, "
        "about {a_day} a day over {days} logged days"
    ).format(
        brief=brief,
        timed=every,
        percent=round_to_int(100 * brief / every),
        seconds=check_seconds,
        a_day=round_to_int(a_day),
        days=logged_days,
    )
    if unknown:
        evidence = ngettext(
            "{evidence}; {unknown} of unknown length counts as longer",
            "{evidence}; {unknown} of unknown length count as longer",
            unknown,
        ).format(evidence=evidence, unknown=unknown)
    return pattern.finding(
        NAME,
        flagged,
        evidence,
        log.window,
        figures,
        sessions=chain.from_iterable(compress(openings.session_ids, is_brief)),
        chance=_("judged from {n} openings, your usual share is between {low}% and {high}%").format(
            n=every, low=round_to_int(100 * low), high=round_to_int(100 * high)
        ),
        margin=low / most,
        chart=pattern.BarChart(_("openings by length"), *pattern.duration_bins(compress(durations, is_known), CUTS)),
    )


PATTERN = pattern.Pattern(
    place=1,
    name=NAME,
    heading=N_("Mostly brief checks"),
    plain=N_(
        "Most of your openings are short looks. Flagged if clearly more than {share_percent}% of them are checks, and"
        " at least {a_day} a day."
    ),
    text=N_(
        "The share of checks, usually openings shorter than 30 s. Openings of unknown length count as longer. Flagged "
        "if the lower end of its 99% interval (Wilson) is above {share_percent}% and there are at least {a_day} "
        "checks per logged day. Where the days’ shares differ by more than chance, both counts are divided by how many "
        "times more (the design effect) before the interval is taken: openings of one day resemble one another."
    ),
    thresholds=(
        pattern.Threshold(N_("a check is usually shorter than 30 s (Settings: A check is shorter than)"), "E"),
        pattern.Threshold(N_("clearly above {percent}%"), "P", "share", SHARE, 0.3, 0.95),
        pattern.Threshold(N_("at least {value} checks per logged day"), "P", "a_day", A_DAY, 1, 500),
    ),
    silent_before=N_("14 logged days and 50 openings with known durations"),
    source=N_(
        "Oulasvirta et al. 2012 (checking habits are brief, typically < 30 s, one app); Andrews et al. 2015 (more "
        "than half of uses < 30 s)"
    ),
    detect=find,
    key_figure=pattern.KeyFigure("share", N_("share of checks in 28 logged days"), pattern.AS_SHARE),
    figures={
        "sessions": N_("openings with a known duration"),
        "unknown": N_("openings of unknown length"),
        "sessions_needed": N_("openings still needed"),
        "brief": N_("checks among them"),
        "share": N_("share of checks"),
        "share_at_most": N_("share if all of unknown length were checks"),
        "brief_a_day": N_("checks per logged day"),
        "design_effect": N_("how much the days differ (1: as by chance)"),
        "check_seconds": N_("a check is shorter than (s)"),
    },
)
