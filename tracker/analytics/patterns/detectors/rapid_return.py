"""`rapid_return`: whether one goes straight back, more than before.

**Definition.** An opening is a *return* if it begins at most 10 min after the last close of that channel, with no
notification of it in the 5 min before. The share of returns among the openings of the last 14 logged days is compared
with that of the 28 logged days before: flagged if it is at least 10 points higher, with p < .01 for the two
proportions and p < .01 for the days.

**How it was tested** (`python -m tests.studies`, 400 months of each kind, Wilson 95 % intervals; every table and the
lives meant are in docs/patterns.md). Months of 42 logged days in which it is raised; planted was: in the last 14 days
every second opening is followed by a return.

======  ===============  ===============  ===============  ====================  ===================
use     null A           null B           null C           planted, seen         at first, the worst
======  ===============  ===============  ===============  ====================  ===================
low     0.0 % (0.0–1.0)  0.8 % (0.3–2.2)  0.0 % (0.0–1.0)  100.0 % (99.0–100.0)  B: 2.2 %
middle  0.0 % (0.0–1.0)  0.0 % (0.0–1.0)  0.5 % (0.1–1.8)  100.0 % (99.0–100.0)  C: 1.0 %
high    0.0 % (0.0–1.0)  0.0 % (0.0–1.0)  2.8 % (1.5–4.9)  100.0 % (99.0–100.0)  C: 3.2 %
======  ===============  ===============  ===============  ====================  ===================

Of all kinds of people it is to be silent on, the worst raise it in 2.8 % (1.5–4.9) of months; as first defined, 4.2 %
(2.7–6.7).

**What was changed and why.** The p of two proportions takes openings for independent, which they are not: a busy hour
makes many returns at once. So the days are asked as well: each day's share is one value, and p is Mann and Whitney's
exact one that the later days' shares are the higher ones. On the lives of the study the first p alone was right often
enough; the days are there for those whose days resemble each other for longer. Both are among the figures.

**Decisions.**
- The first opening of a channel in the 42 days is no return: when it was closed before is not looked up.
- Where no notifications were imported none is known, and a return counts as unasked.
- A day without openings has no share, and is no value among the days'.
- With fewer than 30 openings on either side a share is no share; more are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.finding import Chart, Finding, found, missing, more_days
from tracker.analytics.patterns.pattern import AS_SHARE, Headline, Pattern, Threshold
from tracker.analytics.patterns.window import Notified, day_number, placed
from tracker.analytics.statistics.ranks import larger
from tracker.analytics.statistics.shares import more_often
from tracker.formatting.numbers import format_significant, round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.log import Log
    from tracker.analytics.patterns.openings import Openings

NAME = "rapid_return"
#: Logged days compared: the last ones against those before.
LATELY, BEFORE = 14, 28
#: A return begins at most so many seconds after the close.
WITHIN = 600
P = 0.01
#: A share so much higher counts.
POINTS = 0.10
#: Openings on either side before their shares say anything.
LEAST_OPENINGS = 30


class Side(NamedTuple):
    """The openings of some days: returns and all, day by day."""

    days: tuple[tuple[int, int], ...]

    @property
    def returns(self) -> int:
        """How many of them are returns."""
        return sum(back for back, _every in self.days)

    @property
    def openings(self) -> int:
        """How many there are."""
        return sum(every for _back, every in self.days)

    @property
    def shares(self) -> list[float]:
        """The share of returns on each day."""
        return [back / every for back, every in self.days]


def find(log: Log) -> Finding:
    """The share of returns lately against before."""
    dates = log.last(LATELY + BEFORE)
    if len(dates) < LATELY + BEFORE:
        more = LATELY + BEFORE - len(dates)
        return missing(NAME, dates, {"logged_days": len(dates), "days_needed": more}, more_days(more))
    before, late, sessions = _sides(log, dates)
    if min(late.openings, before.openings) < LEAST_OPENINGS:
        return _few(dates, late, before)
    share, share_before = late.returns / late.openings, before.returns / before.openings
    p = more_often(late.returns, late.openings, before.returns, before.openings)
    p_days = larger(late.shares, before.shares)
    points = log.limit(NAME, "points", POINTS)
    more_now = round(share - share_before, 9)
    flagged = more_now >= points and max(p, p_days) < P
    return found(
        NAME,
        flagged,
        _(
            "{share} % of your {n} openings of the last 14 logged days came at most 10 min after you had closed the "
            "same channel, unasked; in the 28 days before, {before} %"
        ).format(share=round_to_int(100 * share), n=late.openings, before=round_to_int(100 * share_before)),
        dates,
        {
            "logged_days": len(dates),
            "openings": late.openings,
            "returns": late.returns,
            "share": round_half_up(share, 4),
            "openings_before": before.openings,
            "returns_before": before.returns,
            "share_before": round_half_up(share_before, 4),
            "p": p,
            "p_days": p_days,
        },
        sessions=sessions if flagged else (),
        usual=_("{share} % in the 28 logged days before").format(share=round_to_int(100 * share_before)),
        chance=_("days like yours in another order would differ as much with a chance of {p}").format(
            p=format_significant(p_days, 2)
        ),
        margin=more_now / points if flagged else 0.0,
        chart=Chart(
            _("% of openings that were returns"),
            (_("28 days before"), _("last 14 days")),
            (100 * share_before, 100 * share),
        ),
    )


def _sides(log: Log, dates: Sequence[str]) -> tuple[Side, Side, tuple[int, ...]]:
    """The days before, the days lately, and the sessions of the returns lately."""
    openings, where = placed(log, dates)
    border = day_number(dates[-LATELY])
    counts: dict[int, tuple[int, int]] = {}
    sessions: list[int] = []
    for ids, day, back in zip(openings.session_ids, where.days, _returns(openings, log), strict=True):
        backs, every = counts.get(day, (0, 0))
        counts[day] = backs + back, every + 1
        if back and day >= border:
            sessions += ids
    before = Side(tuple(count for day, count in counts.items() if day < border))
    late = Side(tuple(count for day, count in counts.items() if day >= border))
    return before, late, tuple(sessions)


def _few(dates: Sequence[str], late: Side, before: Side) -> Finding:
    more = LEAST_OPENINGS - min(late.openings, before.openings)
    needs = ngettext("{n} more opening", "{n} more openings", more).format(n=more)
    figures = {
        "logged_days": len(dates),
        "openings": late.openings,
        "openings_before": before.openings,
        "openings_needed": more,
    }
    return missing(NAME, dates, dict(figures), needs)


def _returns(openings: Openings, log: Log) -> list[bool]:
    notified = Notified(log)
    closed: dict[str, int | None] = {}
    found = []
    for channel, start, end in zip(openings.channels, openings.starts, openings.ends, strict=True):
        last = closed.get(channel)
        found.append(last is not None and start - last <= WITHIN and not notified.before(channel, start))
        closed[channel] = end
    return found


PATTERN = Pattern(
    place=3,
    name=NAME,
    heading=N_("Straight back again"),
    text=N_(
        "The share of openings at most 10 min after the last close of that channel without a notification in the 5 min"
        " before: the last 14 logged days against the 28 before. Flagged if it is at least {points_percent} points "
        "more, with p < 0.01 for the two proportions, and p < 0.01 that the later days’ shares are the higher ones "
        "(Mann–Whitney)."
    ),
    thresholds=(
        Threshold(N_("p < 0.01"), "O"),
        Threshold(N_("at least {value} more, as a share of 1"), "P", "points", POINTS, 0.01, 0.9),
        Threshold(N_("at most 10 min after the last close, none asked for in the 5 min before"), "P"),
    ),
    silent_before=N_("42 logged days"),
    source=N_("Heitmayer & Lahlou 2021 (about every 5 min, 89 % self-initiated)"),
    detect=find,
    headline=Headline("share", N_("share of returns in 14 logged days"), AS_SHARE),
    figures={
        "openings": N_("openings, last 14 days"),
        "openings_needed": N_("openings still needed"),
        "returns": N_("returns among them"),
        "share": N_("their share"),
        "openings_before": N_("openings, 28 days before"),
        "returns_before": N_("returns among those"),
        "share_before": N_("share of those"),
        "p": N_("chance of it, by openings"),
        "p_days": N_("chance of it, by days"),
    },
)
