"""The sum behind each cluster of `check_cluster`, hour by hour, so that a reader can redo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.patterns.crowds import SPAN
from tracker.analytics.patterns.detectors.check_cluster import levels
from tracker.analytics.patterns.rates import FLOOR, HOUR, OtherDays, expected
from tracker.analytics.patterns.scan import ALPHA
from tracker.analytics.patterns.window import placed
from tracker.calendar.days import Wall
from tracker.calendar.zones import iso
from tracker.formatting.numbers import round_half_up
from tracker.locale import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.analytics.patterns.finding import Cluster, Finding
    from tracker.analytics.patterns.log import Log
    from tracker.analytics.patterns.rates import Levels, Usual


def cluster_sums(found: Finding, log: Log) -> list[str]:
    """A paragraph for each of the finding's clusters."""
    if not found.events:
        return []
    openings, where = placed(log)
    others = OtherDays(where, len(log.window))
    busy = levels(log, where, others)
    return ["\n".join(_sum(cluster, others, busy, len(openings), log.starts_at)) for cluster in found.events]


def _sum(cluster: Cluster, others: OtherDays, busy: Levels, openings: int, starts_at: int) -> Iterator[str]:
    wall = Wall.of(cluster.zone, starts_at)
    yield _("{start}: {count} openings to {end}; strongest 30 min from {peak}, with {inside}:").format(
        start=iso(cluster.start, cluster.zone),
        count=cluster.openings,
        end=iso(cluster.end, cluster.zone)[11:19],
        peak=iso(cluster.peak_start, cluster.zone)[11:19],
        inside=cluster.peak_openings,
    )
    day, second = wall.day_number(cluster.peak_start), wall.second_of_day(cluster.peak_start)
    yield from _hours(others.usual(day), second)
    level = busy.but_for(day, cluster.peak_openings, expected(others.rates(day), second, SPAN))
    if level > 1:
        yield _("  the rest of the day was {level:.2f} times as busy as the other days").format(
            level=round_half_up(level, 2)
        )
    yield _("  Λ = {expected:.4f}; P(X ≥ {least}) = {p:.2e}, below 0.05 / {openings} = {threshold:.2e}").format(
        expected=round_half_up(cluster.peak_expected, 4),
        least=cluster.peak_openings - 1,
        p=cluster.p,
        openings=openings,
        threshold=ALPHA / openings,
    )


def _hours(usual: Usual, second: int) -> Iterator[str]:
    """What each clock hour adds that the 30 min from this second of the day touch."""
    rates, left = usual.rates(), SPAN
    while left > 0:
        hour, part = second // HOUR % 24, min(left, HOUR - second % HOUR)
        counted = str(usual.hours[hour]) if usual.hours[hour] else _("no ({floor} counted)").format(floor=FLOOR)
        yield _(
            "  {hour:02} h: {counted} openings on {days} other days = {rate:.4f} an hour, for {minutes:.2f} min"
        ).format(
            hour=hour,
            counted=counted,
            days=usual.days,
            rate=round_half_up(rates[hour], 4),
            minutes=round_half_up(part / 60, 2),
        )
        second, left = second + part, left - part
