"""Intervals of time: how much they cover, and how far some days reach. What daily commands import, so nothing more."""

from __future__ import annotations

from itertools import islice
from operator import itemgetter, lt

from tracker.calendar.days import Wall

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.storage import Journal

    #: From when to when, in UTC seconds.
    Interval = tuple[int, int]


def covered(intervals: Iterable[Interval]) -> int:
    """Seconds covered by intervals, each moment once however many overlap there."""
    ordered = sorted(intervals)
    starts, ends = list(map(itemgetter(0), ordered)), list(map(itemgetter(1), ordered))
    return disjoint(starts, ends) if apart(starts, ends) else _united(ordered)


def apart(starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether each interval, given by start, is over when the next begins: most are, and then sums are quick."""
    return not any(map(lt, islice(starts, 1, None), ends))


def disjoint(starts: Sequence[int], ends: Sequence[int]) -> int:
    """Seconds of intervals that lie apart."""
    return sum(ends) - sum(starts)


def _united(ordered: Iterable[Interval]) -> int:
    total, reached = 0, None
    for start, end in ordered:
        if reached is None or start > reached:
            total, reached = total + end - start, end
        elif end > reached:
            total, reached = total + end - reached, end
    return total


def widest(journal: Journal, first: str, last: str, zone: str, starts_at: int) -> Interval:
    """The span that covers the days `first` to `last` in every zone anything was recorded in, and in `zone`."""
    walls = [Wall.of(name, starts_at) for name in {zone, *journal.zones()}]
    return min(wall.bounds(first)[0] for wall in walls), max(wall.bounds(last)[1] for wall in walls)
