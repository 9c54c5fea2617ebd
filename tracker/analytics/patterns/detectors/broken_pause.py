"""`broken_pause`: whether declared pauses are kept.

**Definition.** Of the window's n declared pauses that are over, k have at least one opening inside. Flagged if the
Wilson 95 % lower bound W(k, n) > 0.5.

**Decisions.**
- An opening that began before the pause is no opening inside it: it is the wish to open that a pause resists. One that
  begins with its first second is inside, one that begins as it ends is not.
- A pause counts on the day it began; two that overlap are two, as they were declared.
- All social channels count: a pause is from all of them.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 28 logged days in which it is raised; planted was: a true share of 0.90.

======  ===============  ===============  ===============  ====================
use     null A           null B           null C           planted, seen
======  ===============  ===============  ===============  ====================
low     2.5 % (1.4–4.5)  2.0 % (1.0–3.9)  2.8 % (1.5–4.9)  99.2 % (97.8–99.7)
middle  2.2 % (1.2–4.2)  2.2 % (1.2–4.2)  2.0 % (1.0–3.9)  100.0 % (99.0–100.0)
high    2.8 % (1.5–4.9)  2.8 % (1.5–4.9)  2.0 % (1.0–3.9)  100.0 % (99.0–100.0)
======  ===============  ===============  ===============  ====================

Of all kinds of people it is to be silent on, the worst raise it in 3.5 % (2.1–5.8) of months.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import Chart, Finding, binned, found, missing
from tracker.analytics.patterns.pattern import AS_SHARE, Headline, Pattern, Threshold
from tracker.analytics.statistics.shares import wilson
from tracker.analytics.statistics.tally import Tally
from tracker.formatting.durations import format_duration
from tracker.formatting.numbers import round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.log import Abstinence, Log
    from tracker.analytics.patterns.openings import Opening

NAME = "broken_pause"
LEAST_PAUSES = 10
SHARE = 0.5
#: Where the picture of how long they held is cut, in seconds.
CUTS = (300, 900, 1800, 3600)


def find(log: Log) -> Finding:
    """The share of pauses with an opening inside."""
    window, days = log.window, set(log.window)
    pauses = [one for one in log.pauses if one.date in days and one.start < one.end <= log.now]
    if len(pauses) < LEAST_PAUSES:
        more = LEAST_PAUSES - len(pauses)
        needs = ngettext("{n} more declared pause", "{n} more declared pauses", more).format(n=more)
        return missing(NAME, window, {"pauses": len(pauses), "pauses_needed": more}, needs)
    inside = [_inside(one, log.openings) for one in pauses]
    broken = [(one, openings) for one, openings in zip(pauses, inside, strict=True) if openings]
    low, high = wilson(len(broken), len(pauses))
    most = log.limit(NAME, "share", SHARE)
    flagged = low > most
    return found(
        NAME,
        flagged,
        _("{broken} of {n} declared pauses had an opening inside").format(broken=len(broken), n=len(pauses)),
        window,
        {
            "pauses": len(pauses),
            "broken": len(broken),
            "share": round_half_up(len(broken) / len(pauses), 4),
            "share_low": round_half_up(low, 4),
            "share_high": round_half_up(high, 4),
        },
        sessions=_sessions(inside) if flagged else (),
        chance=_("counted over {n} pauses, the true share may be anywhere from {low} % to {high} %").format(
            n=len(pauses), low=round_to_int(100 * low), high=round_to_int(100 * high)
        ),
        margin=low / most if flagged else 0.0,
        chart=_held([openings[0].start - one.start for one, openings in broken], len(pauses)),
    )


def _inside(pause: Abstinence, openings: Sequence[Opening]) -> Sequence[Opening]:
    first, stop = (bisect_left(openings, instant, key=_start) for instant in (pause.start, pause.end))
    return openings[first:stop]


def _start(opening: Opening) -> int:
    return opening.start


def _sessions(inside: Sequence[Sequence[Opening]]) -> tuple[int, ...]:
    """Each once, in order, though two pauses may overlap."""
    openings = sorted({one for some in inside for one in some}, key=_start)
    return tuple(id for one in openings for id in one.session_ids)


def _held(lengths: Sequence[int], pauses: int) -> Chart:
    labels = [_("< {time}").format(time=format_duration(cut)) for cut in CUTS]
    return Chart(
        _("pauses by the time to their first opening"),
        (*labels, _("longer"), _("no opening")),
        (*binned(Tally(lengths), CUTS), pauses - len(lengths)),
    )


PATTERN = Pattern(
    place=11,
    name=NAME,
    heading=N_("Pauses not kept"),
    text=N_(
        "Declared pauses that are over, with at least one opening inside. Flagged if the lower end of the 95 % "
        "interval (Wilson) of their share is above {share_percent} %."
    ),
    thresholds=(
        Threshold(N_("share above {value} even at the lower end of its interval"), "P", "share", SHARE, 0.1, 0.95),
    ),
    silent_before=N_("10 declared pauses"),
    source=N_("Stieger & Lewetz 2018 (59 % relapsed at least once)"),
    detect=find,
    headline=Headline("share", N_("share of pauses with an opening inside"), AS_SHARE),
    figures={
        "pauses": N_("declared pauses"),
        "pauses_needed": N_("declared pauses still needed"),
        "broken": N_("with an opening inside"),
        "share": N_("their share"),
        "share_low": N_("share, lower end of the interval"),
        "share_high": N_("share, upper end of the interval"),
    },
)
