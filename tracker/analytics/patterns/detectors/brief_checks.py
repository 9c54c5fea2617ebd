"""`brief_checks`: whether most sessions are over within seconds.

**Definition.** Of the window's n openings whose duration is true, k lasted less than `check_seconds` (30). Flagged if
the Wilson 95 % lower bound W(k/d, n/d) > 0.60 and there were at least 10 such checks per logged day; d is the design
effect, how much more the days' shares differ than by chance (1 at least). Silent before 14 logged days and 50 true
durations.

**Decisions.**
- Sessions joined by a gap of 30 s are one, and one opening lasts from its first start to its last end.
- An end that was estimated, or is still to come, is no true duration. A check logged by key is one: its length was not
  measured, but the user said that it was a check.
- "10 a day" counts the checks, not all sessions: ten checks a day is a habit, three checks among ten sessions is not.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: a true share of 0.75.

======  ===============  ===============  ===============  ====================  ===================
use     null A           null B           null C           planted, seen         at first, the worst
======  ===============  ===============  ===============  ====================  ===================
low     0.0 % (0.0–1.0)  0.0 % (0.0–1.0)  0.0 % (0.0–1.0)  0.0 % (0.0–1.0)       C: 0.0 %
middle  2.5 % (1.4–4.5)  2.8 % (1.5–4.9)  3.2 % (1.9–5.5)  100.0 % (99.0–100.0)  B: 17.8 %
high    1.5 % (0.7–3.2)  1.8 % (0.9–3.6)  2.5 % (1.4–4.5)  100.0 % (99.0–100.0)  C: 24.5 %
======  ===============  ===============  ===============  ====================  ===================

Of all kinds of people it is to be silent on, the worst raise it in 4.8 % (3.1–7.3) of months; as first defined, 28.5 %
(24.3–33.1).

**What was changed and why.** As first defined the interval was Wilson's over single sessions, as if each were a draw of
its own. Where days have shares of their own (0.60 give or take 0.10) it is too narrow: up to 29 % of months at 0.60
were flagged. With both counts divided by how much more the days differ than chance it is at most 5 %.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, compress
from operator import sub
from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.finding import Chart, Finding, binned, found, missing, more_days
from tracker.analytics.patterns.pattern import AS_SHARE, Headline, Pattern, Threshold
from tracker.analytics.patterns.window import placed
from tracker.analytics.statistics.shares import wilson
from tracker.analytics.statistics.spread import design_effect
from tracker.analytics.statistics.tally import Tally
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.analytics.patterns.log import Log

NAME = "brief_checks"

#: The share of sessions that may be checks.
SHARE = 0.60
#: Checks per logged day before anything is flagged.
A_DAY = 10
LEAST_DAYS = 14
LEAST_SESSIONS = 50
#: Where the lengths' picture is cut, in seconds.
CUTS = (10, 30, 60, 180, 600, 1800)


class Timed(NamedTuple):
    """The openings whose duration is true: their lengths in seconds, the numbers of their days, and their sessions."""

    lengths: Sequence[int]
    days: Sequence[int]
    sessions: Iterable[tuple[int, ...]]


def find(log: Log) -> Finding:
    """The share of brief sessions in the log's window."""
    window = log.window
    most, least = log.limit(NAME, "share", SHARE), log.limit(NAME, "a_day", A_DAY)
    timed = _timed(log)
    if len(window) < LEAST_DAYS or len(timed.lengths) < LEAST_SESSIONS:
        return _not_enough(window, len(timed.lengths))
    lengths = Tally(timed.lengths)
    brief = lengths.below(log.check_seconds)
    are_brief = [length < log.check_seconds for length in timed.lengths]
    effect = _effect(timed.days, are_brief)
    low, high = wilson(brief / effect, len(lengths) / effect)
    a_day = brief / len(window)
    flagged = low > most and a_day >= least
    return found(
        NAME,
        flagged,
        _evidence(brief, len(lengths), len(window), log.check_seconds),
        window,
        {
            "logged_days": len(window),
            "sessions": len(lengths),
            "brief": brief,
            "share": round_half_up(brief / len(lengths), 4),
            "share_low": round_half_up(low, 4),
            "share_high": round_half_up(high, 4),
            "brief_a_day": round_half_up(a_day, 2),
            "design_effect": round_half_up(effect, 3),
            "check_seconds": log.check_seconds,
        },
        sessions=tuple(chain.from_iterable(compress(timed.sessions, are_brief))) if flagged else (),
        chance=_("counted over {n} openings, the true share may be anywhere from {low} % to {high} %").format(
            n=len(lengths), low=round_to_int(100 * low), high=round_to_int(100 * high)
        ),
        margin=low / most if flagged else 0.0,
        chart=_picture(lengths),
    )


def _timed(log: Log) -> Timed:
    openings, where = placed(log)
    days = where.days
    if None in openings.ends or True in openings.estimated:
        known = [end is not None and not guess for end, guess in zip(openings.ends, openings.estimated, strict=True)]
        openings, days = openings.only(known), list(compress(days, known))
    return Timed(list(map(sub, openings.ends, openings.starts)), days, openings.session_ids)


def _effect(days: Sequence[int], are_brief: Sequence[bool]) -> float:
    """How many times less the sessions say of their share for coming in days of more checks and of fewer."""
    brief = Counter(compress(days, are_brief))
    return design_effect([(brief[day], every) for day, every in Counter(days).items()])


def _picture(lengths: Tally) -> Chart:
    labels = [_("< {time}").format(time=format_duration(cut)) for cut in CUTS]
    return Chart(_("openings by length"), (*labels, _("longer")), binned(lengths, CUTS))


def _evidence(brief: int, timed: int, days: int, check_seconds: int) -> str:
    return _(
        "{brief} of {timed} openings ({percent} %) were shorter than {seconds} s, "
        "about {a_day} a day over {days} logged days"
    ).format(
        brief=brief,
        timed=timed,
        percent=round_to_int(100 * brief / timed),
        seconds=check_seconds,
        a_day=round_to_int(brief / days),
        days=days,
    )


def _not_enough(window: Sequence[str], timed: int) -> Finding:
    days, sessions = max(LEAST_DAYS - len(window), 0), max(LEAST_SESSIONS - timed, 0)
    more_sessions = ngettext(
        "{openings} more opening with a true duration", "{openings} more openings with a true duration", sessions
    ).format(openings=sessions)
    figures = {"logged_days": len(window), "sessions": timed, "days_needed": days, "sessions_needed": sessions}
    needs = ([more_days(days)] if days else []) + ([more_sessions] if sessions else [])
    return missing(NAME, window, dict(figures), *needs)


PATTERN = Pattern(
    place=1,
    name=NAME,
    heading=N_("Mostly brief checks"),
    text=N_(
        "The share of checks, usually openings shorter than 30 s, among those whose duration is true. Flagged if the "
        "lower end of its 95 % interval (Wilson) is above {share_percent} % and there are at least {a_day} checks per "
        "logged day. Where the days’ shares differ by more than chance, both counts are divided by how many times more"
        " (the design effect) before the interval is taken: openings of one day resemble one another."
    ),
    thresholds=(
        Threshold(N_("a check is usually shorter than 30 s (setting check_seconds)"), "E"),
        Threshold(N_("share above {value} even at the lower end of its interval"), "P", "share", SHARE, 0.3, 0.95),
        Threshold(N_("at least {value} checks per logged day"), "P", "a_day", A_DAY, 1, 500),
    ),
    silent_before=N_("14 logged days and 50 openings with true durations"),
    source=N_(
        "Oulasvirta et al. 2012 (checking habits are brief, typically < 30 s, one app); Andrews et al. 2015 (more "
        "than half of uses < 30 s)"
    ),
    detect=find,
    headline=Headline("share", N_("share of checks in 28 logged days"), AS_SHARE),
    figures={
        "sessions": N_("openings with a true duration"),
        "sessions_needed": N_("openings still needed"),
        "brief": N_("checks among them"),
        "share": N_("share of checks"),
        "share_low": N_("share, lower end of the interval"),
        "share_high": N_("share, upper end of the interval"),
        "brief_a_day": N_("checks per logged day"),
        "design_effect": N_("how much the days differ (1: as by chance)"),
        "check_seconds": N_("a check is shorter than (s)"),
    },
)
