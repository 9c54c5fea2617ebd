"""`self_initiated`: how often a channel is opened without having asked for it. A figure only, never flagged.

**Definition.** One less the share of openings that begin at most 5 min after a notification of their channel. Counted
over the days of the window on which the phone kept a notification of any channel, social or not: of other days nothing
is known. Silent before 30 such openings.
"""

from __future__ import annotations

from tracker.analytics.exact_statistics import wilson_interval
from tracker.analytics.patterns import pattern
from tracker.analytics.patterns.detector_input import DetectorInput, NotificationTimes, pick_ups
from tracker.calendar.days import WallClock
from tracker.formatting.numbers import round_to_int
from tracker.locale import N_, _

NAME = "self_initiated"
LEAST_OPENINGS = 30


def find(log: DetectorInput) -> pattern.Finding:
    """The share of openings without a notification."""
    window = log.window
    known_days = {
        WallClock.of(notification.zone or log.zone, log.starts_at).day_number(notification.at)
        for notification in log.notifications
    }
    count = 0
    if known_days:
        openings, times = pick_ups(log)
        openings = openings.only([day in known_days for day in times.days])
        count = len(openings)
    if not count:
        needs = _("notifications, which come with an import of a phone’s usage")
        return pattern.not_enough(NAME, window, {"openings": 0}, needs)
    if count < LEAST_OPENINGS:
        more = LEAST_OPENINGS - count
        return pattern.not_enough(
            NAME, window, {"openings": count, "openings_needed": more}, pattern.more_openings(more)
        )
    notifications = NotificationTimes(log)
    asked = sum(map(notifications.shortly_before, openings.channels, openings.starts))
    share = 1 - asked / count
    return pattern.finding(
        NAME,
        False,
        _("{share}% of {n} openings came without a notification of that channel in the 5 min before").format(
            share=round_to_int(100 * share), n=count
        ),
        window,
        {
            "openings": count,
            "after_notification": asked,
            **pattern.share_figures(share, *wilson_interval(count - asked, count)),
        },
        others=_("in a study of 2021, 89% were without one"),
    )


PATTERN = pattern.Pattern(
    place=5,
    name=NAME,
    heading=N_("Opened without a notification"),
    plain=N_("How many of your openings come without a notification. A figure only, never flagged."),
    text=N_("A figure only, never flagged: one less the share opened at most 5 min after that channel's notification."),
    thresholds=(),
    silent_before=N_("imported notifications"),
    source=N_("Heitmayer & Lahlou 2021"),
    detect=find,
    can_be_flagged=False,
    key_figure=pattern.KeyFigure("share", N_("share without a notification in 28 logged days"), pattern.AS_SHARE),
    figures={
        "openings": N_("openings on days with notifications"),
        "after_notification": N_("after a notification"),
        "share": N_("share without one"),
    },
)
