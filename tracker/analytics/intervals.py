"""Intervals of time: how many seconds they cover, and which overlapping sessions count as one. Pure.

The daily commands import this file, so it imports nothing else that is heavy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, compress, count, islice
from operator import le, lt

from tracker.domain.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    #: Start and end, in UTC seconds.
    Interval = tuple[int, int]


class EndedSession(Record):
    """A session that has ended; `start` and `end` in UTC seconds."""

    id: int
    channel: str
    start: int
    end: int


def covered(intervals: Iterable[Interval]) -> int:
    """The seconds covered by intervals in any order; a moment inside several of them counts once."""
    ordered = sorted(intervals)
    return covered_by([start for start, _end in ordered], [end for _start, end in ordered])


def covered_by(starts: Sequence[int], ends: Sequence[int]) -> int:
    """The seconds covered by intervals in two columns, sorted by start."""
    if not any(map(lt, islice(starts, 1, None), ends)):  # none overlaps the next one, as is usual
        return sum(ends) - sum(starts)
    total, reached = 0, starts[0]
    for start, end in zip(starts, ends, strict=True):
        if end > reached:
            total += end - max(start, reached)
            reached = end
    return total


class MergedSessions(Record):
    """Measured sessions of one channel that overlap, each group counted as its first session.

    `heads` maps the id of every other session of a group to the id of the first one. `lasted` maps the id of the first
    one to the seconds from its start to the last end of the group.
    """

    heads: dict[int, int]
    lasted: dict[int, int]


NONE_MERGED = MergedSessions({}, {})


def ended(starts: Sequence[int], ends: Sequence[int | None], now: int = 0) -> list[int]:
    """The ends of sessions, in UTC seconds; one that runs ends at `now`, or at its start if that is later."""
    if None not in ends:  # as is usual, and ten times as fast
        return list(ends)  # type: ignore[arg-type]
    return [max(start, now) if end is None else end for start, end in zip(starts, ends, strict=True)]


def overlapping_places(starts: Sequence[int], ends: Sequence[int | None]) -> set[int]:
    """The places of the sessions, given in order of start, that overlap or touch another one of any channel."""
    reached = ended(starts, ends)
    if reached != sorted(reached):  # sorting what is sorted, as it usually is, takes a tenth of this
        reached = list(accumulate(reached, max))
    with_earlier = map(le, islice(starts, 1, None), reached)
    return {index for later in compress(count(1), with_earlier) for index in (later - 1, later)}


def overlapping_groups(sessions: Iterable[EndedSession]) -> Iterator[tuple[EndedSession, list[EndedSession]]]:
    """The groups of overlapping sessions of one channel: the first session and the others.

    The sessions come in order of start. A session that does not overlap another one is in no group.
    """
    groups: dict[str, tuple[EndedSession, list[EndedSession], int]] = {}  # by channel, with the last end of each
    for session in sessions:
        _id, channel, start, end = session  # each field of a Record takes as long as all four at once
        if channel in groups:
            first, others, last_end = groups[channel]
            if start < last_end or start == first.start:
                others.append(session)
                groups[channel] = first, others, max(last_end, end)
                continue
            if others:
                yield first, others
        groups[channel] = session, [], end
    yield from ((first, others) for first, others, _last_end in groups.values() if others)
