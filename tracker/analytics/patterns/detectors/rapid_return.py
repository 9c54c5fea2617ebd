"""`rapid_return`: whether one goes straight back, more than before.

**Definition.** An opening is a *return* if it begins at most 10 min after the last close of that channel, with no
notification of it in the 5 min before. The share of returns among the openings of the last 14 logged days is compared
with that of the 28 logged days before: flagged if it is at least 10 points higher, with p < .01 for the two
proportions and p < .01 for the days' shares (Mann–Whitney). Silent before 42 logged days and 30 openings on either
side. The first opening of a channel in the 42 days is no return; a day without openings has no share.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.analytics.patterns.detector_input import NotificationTimes, day_number, placed_openings
from tracker.analytics.patterns.finding import BarChart, Finding, finding, more_days, more_openings, not_enough
from tracker.analytics.patterns.pattern import AS_SHARE, KeyFigure, Pattern, Threshold
from tracker.analytics.statistics.significance import mann_whitney_u, two_proportions
from tracker.formatting.numbers import format_significant, round_half_up, round_to_int
from tracker.locale import N_, _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.analytics.patterns.detector_input import DetectorInput

NAME = "rapid_return"
#: Logged days compared: the last ones with those before.
LATELY, BEFORE = 14, 28
#: A return begins at most so many seconds after the close.
WITHIN = 600
P = 0.01
#: A share so much higher counts.
POINTS = 0.10
#: Openings on either side before their shares say anything.
LEAST_OPENINGS = 30


class ReturnCounts(NamedTuple):
    """(returns, openings) of each of some days."""

    days: tuple[tuple[int, int], ...]

    @property
    def returns(self) -> int:
        """How many openings are returns."""
        return sum(returns for returns, _openings in self.days)

    @property
    def openings(self) -> int:
        """How many openings there are."""
        return sum(openings for _returns, openings in self.days)

    @property
    def shares(self) -> list[float]:
        """The share of returns on each day."""
        return [returns / openings for returns, openings in self.days]


def find(log: DetectorInput) -> Finding:
    """The share of returns lately against before."""
    dates = log.last(LATELY + BEFORE)
    if len(dates) < LATELY + BEFORE:
        more = LATELY + BEFORE - len(dates)
        return not_enough(NAME, dates, {"logged_days": len(dates), "days_needed": more}, more_days(more))
    before, late, sessions = _count(log, dates)
    if min(late.openings, before.openings) < LEAST_OPENINGS:
        more = LEAST_OPENINGS - min(late.openings, before.openings)
        figures = {"logged_days": len(dates), "openings": late.openings, "openings_before": before.openings}
        return not_enough(NAME, dates, {**figures, "openings_needed": more}, more_openings(more))
    share, share_before = late.returns / late.openings, before.returns / before.openings
    p = two_proportions(late.returns, late.openings, before.returns, before.openings)
    p_days = mann_whitney_u(late.shares, before.shares)
    points = log.limit(NAME, "points", POINTS)
    difference = round(share - share_before, 9)
    flagged = difference >= points and max(p, p_days) < P
    return finding(
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
        margin=difference / points if flagged else 0.0,
        chart=BarChart(
            _("% of openings that were returns"),
            (_("28 days before"), _("last 14 days")),
            (100 * share_before, 100 * share),
        ),
    )


def _count(log: DetectorInput, dates: Sequence[str]) -> tuple[ReturnCounts, ReturnCounts, tuple[int, ...]]:
    """The counts of the days before and of the last days, and the ids of the sessions of the last days' returns."""
    openings, times = placed_openings(log, dates)
    notifications = NotificationTimes(log)
    first_late_day = day_number(dates[-LATELY])
    closed: dict[str, int | None] = {}  # when each channel was last closed
    counts: dict[int, tuple[int, int]] = {}
    sessions: list[int] = []
    for channel, start, end, ids, day in zip(
        openings.channels, openings.starts, openings.ends, openings.session_ids, times.days, strict=True
    ):
        last = closed.get(channel)
        is_return = last is not None and start - last <= WITHIN and not notifications.shortly_before(channel, start)
        closed[channel] = end
        returns, total = counts.get(day, (0, 0))
        counts[day] = returns + is_return, total + 1
        if is_return and day >= first_late_day:
            sessions += ids
    before = ReturnCounts(tuple(count for day, count in counts.items() if day < first_late_day))
    late = ReturnCounts(tuple(count for day, count in counts.items() if day >= first_late_day))
    return before, late, tuple(sessions)


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
    key_figure=KeyFigure("share", N_("share of returns in 14 logged days"), AS_SHARE),
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
