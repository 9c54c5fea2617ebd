"""Arithmetic on intervals of time on one channel: joining, union and subtraction. Pure."""

from __future__ import annotations

from bisect import bisect_right

from tracker.domain.models import LONGEST_SESSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: (start, end) in UTC seconds.
Interval = tuple[int, int]
#: (start, end, how the end was estimated; 0 or less: it was measured), in UTC seconds.
MeasuredInterval = tuple[int, int, int]

#: Measured time on one channel with gaps of at most so many seconds is one session.
GAP = 30

#: Two sources may note the start of one look with so many seconds between them.
SAME_LOOK = 10


def joined(intervals: Iterable[MeasuredInterval]) -> list[MeasuredInterval]:
    """Join intervals with gaps of at most GAP, in order; results longer than LONGEST_SESSION are cut there.

    The interval that ends last says whether the end is an estimate.
    """
    ordered = sorted(intervals)
    if not ordered:
        return []
    results: list[MeasuredInterval] = []
    first, last, last_estimated = ordered[0]
    for start, end, estimated in ordered:
        if start - last > GAP:
            results.append((first, last, last_estimated))
            first, last, last_estimated = start, end, estimated
        elif end > last or (end == last and estimated <= 0):
            last, last_estimated = end, estimated
    results.append((first, last, last_estimated))
    if all(end - start <= LONGEST_SESSION for start, end, _estimated in results):
        return results
    parts: list[MeasuredInterval] = []
    for start, end, estimated in results:
        while end - start > LONGEST_SESSION:
            parts.append((start, start + LONGEST_SESSION, 0))
            start += LONGEST_SESSION
        parts.append((start, end, estimated))
    return parts


def union(intervals: Iterable[Interval]) -> list[Interval]:
    """The union of intervals as disjoint intervals, in order; intervals without length are dropped."""
    results: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if results and start <= results[-1][1]:
            results[-1] = (results[-1][0], max(results[-1][1], end))
        else:
            results.append((start, end))
    return results


def subtract(intervals: Sequence[MeasuredInterval], taken: Sequence[Interval]) -> list[MeasuredInterval]:
    """The intervals without the time in `taken` (disjoint, in order). An end that is a cut is no estimate."""
    if not taken:
        return list(intervals)
    starts = [start for start, _end in taken]
    parts: list[MeasuredInterval] = []
    for start, end, estimated in intervals:
        index = bisect_right(starts, start) - 1
        if start == end:
            if index < 0 or taken[index][1] <= start:
                parts.append((start, end, estimated))
            continue
        for position in range(max(index, 0), len(taken)):  # no slice: `taken` may be long
            taken_start, taken_end = taken[position]
            if taken_start >= end:
                break
            if taken_start > start:
                parts.append((start, taken_start, 0))
            start = max(start, taken_end)
            if start >= end:
                break
        if start < end:
            parts.append((start, end, estimated))
    return parts


def yield_estimates(estimates: Iterable[MeasuredInterval], measured: Iterable[Interval]) -> list[MeasuredInterval]:
    """The estimates of looks that were not measured, each until the next measured look begins at the latest.

    An estimate knows when something was opened, and not for how long. Where it was opened while another source measured
    a look, or within SAME_LOOK of one, it is that look, whose length is known.
    """
    looks = joined((start, end, 0) for start, end in measured)
    if not looks:
        return list(estimates)
    starts = [start - SAME_LOOK for start, _end, _estimated in looks]
    remaining = []
    for start, end, estimated in estimates:
        index = bisect_right(starts, start)
        if index and start <= looks[index - 1][1] + SAME_LOOK:
            continue
        remaining.append((start, min(end, looks[index][0]) if index < len(looks) else end, estimated))
    return remaining


def is_covered(start: int, end: int, taken: Sequence[Interval]) -> bool:
    """Whether `taken` leaves nothing of an interval."""
    return bool(taken) and not subtract([(start, end, 0)], taken)
