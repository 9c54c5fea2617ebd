"""Intervals of time on one channel: joining them, adding them up, taking some out of others. Pure."""

from __future__ import annotations

from bisect import bisect_right

from tracker.domain.models import LONGEST_SESSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: (start, end, how the end was estimated; 0 or less: not): an interval of one channel, in UTC seconds.
Span = tuple[int, int, int]
Interval = tuple[int, int]

#: What was measured of one channel so many seconds apart, or less, is one session.
GAP = 30


def joined(spans: Iterable[Span]) -> list[Span]:
    """The intervals that spans with gaps of at most GAP come to, in order, none longer than LONGEST_SESSION.

    The fact that ends last says whether the end is an estimate.
    """
    found: list[Span] = []
    ordered = sorted(spans)
    if not ordered:
        return found
    first, last, unsure = ordered[0]
    for start, end, estimated in ordered:
        if start - last > GAP:
            found.append((first, last, unsure))
            first, last, unsure = start, end, estimated
        elif end > last or (end == last and estimated <= 0):
            last, unsure = end, estimated
    found.append((first, last, unsure))
    if any(end - start > LONGEST_SESSION for start, end, _estimated in found):
        return [part for span in found for part in _shortened(span)]
    return found


def _shortened(span: Span) -> Iterable[Span]:
    start, end, estimated = span
    while end - start > LONGEST_SESSION:
        yield start, start + LONGEST_SESSION, 0
        start += LONGEST_SESSION
    yield start, end, estimated


def united(intervals: Iterable[Interval]) -> list[Interval]:
    """The same time as disjoint intervals, in order; an interval without length takes no time."""
    found: list[Interval] = []
    for start, end in sorted(interval for interval in intervals if interval[0] < interval[1]):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def cut(spans: Sequence[Span], taken: Sequence[Interval]) -> list[Span]:
    """The spans without the time in `taken` (disjoint, in order). An end that is a cut is no estimate."""
    if not taken:
        return list(spans)
    starts = [start for start, _end in taken]
    return [part for span in spans for part in _cut_one(span, taken, bisect_right(starts, span[0]) - 1)]


def _cut_one(span: Span, taken: Sequence[Interval], place: int) -> Iterable[Span]:
    start, end, estimated = span
    if start == end:
        if place < 0 or taken[place][1] <= start:
            yield span
        return
    for at in range(max(place, 0), len(taken)):
        lo, hi = taken[at]
        if lo >= end:
            break
        if lo > start:
            yield start, lo, 0
        start = max(start, hi)
        if start >= end:
            return
    yield start, end, estimated


def covered(start: int, end: int, taken: Sequence[Interval]) -> bool:
    """Whether `taken` leaves nothing of an interval."""
    return bool(taken) and not cut([(start, end, 0)], taken)
