"""`self_initiated`: how often a channel is opened without having asked for it. A figure only, never flagged.

**Definition.** One less the share of openings that begin at most 5 min after a notification of their channel. Counted
over the days of the window on which the phone kept a notification of any channel, social or not: of other days nothing
is known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import Finding, found, missing
from tracker.analytics.patterns.pattern import AS_SHARE, Headline, Pattern
from tracker.analytics.patterns.window import Notified, placed
from tracker.analytics.statistics.shares import wilson
from tracker.calendar.days import Wall
from tracker.formatting.numbers import round_half_up, round_to_int
from tracker.locale import N_, _, ngettext

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.analytics.patterns.log import Log
    from tracker.analytics.patterns.openings import Openings

NAME = "self_initiated"
LEAST_OPENINGS = 30


def find(log: Log) -> Finding:
    """The share of openings nothing had asked for."""
    window = log.window
    known = {Wall.of(one.zone or log.zone, log.starts_at).day_number(one.at) for one in log.notifications}
    heard = _heard(log, known) if known else ()
    if not heard:
        return missing(NAME, window, {"openings": 0}, _("notifications, which come with an import of a phone’s usage"))
    if len(heard) < LEAST_OPENINGS:
        more = LEAST_OPENINGS - len(heard)
        needs = ngettext("{n} more opening", "{n} more openings", more).format(n=more)
        return missing(NAME, window, {"openings": len(heard), "openings_needed": more}, needs)
    notified = Notified(log)
    asked = sum(notified.before(one.channel, one.start) for one in heard)
    share = 1 - asked / len(heard)
    low, high = wilson(len(heard) - asked, len(heard))
    return found(
        NAME,
        False,
        _("{share} % of {n} openings came without a notification of that channel in the 5 min before").format(
            share=round_to_int(100 * share), n=len(heard)
        ),
        window,
        {
            "openings": len(heard),
            "after_notification": asked,
            "share": round_half_up(share, 4),
            "share_low": round_half_up(low, 4),
            "share_high": round_half_up(high, 4),
        },
        others=_("in a study of 2021, 89 % were without one"),
    )


def _heard(log: Log, known: Collection[int]) -> Openings:
    """The openings on the days of these numbers."""
    openings, where = placed(log)
    return openings.only([day in known for day in where.days])


PATTERN = Pattern(
    place=5,
    name=NAME,
    heading=N_("Opened without a notification"),
    text=N_("A figure only, never flagged: one less the share opened at most 5 min after that channel's notification."),
    thresholds=(),
    silent_before=N_("imported notifications"),
    source=N_("Heitmayer & Lahlou 2021"),
    detect=find,
    headline=Headline("share", N_("share without a notification in 28 logged days"), AS_SHARE),
    figures={
        "openings": N_("openings on days with notifications"),
        "openings_needed": N_("openings still needed"),
        "after_notification": N_("after a notification"),
        "share": N_("share without one"),
        "share_low": N_("share, lower end of the interval"),
        "share_high": N_("share, upper end of the interval"),
    },
)
