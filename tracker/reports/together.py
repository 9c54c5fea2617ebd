"""Measured sessions of one channel that overlap (a phone and a laptop, a browser and its window) count as one.

The daily commands ask for it, so it imports no more than they do. Rows stay as they are: only counts look here.
"""

from __future__ import annotations

from itertools import islice
from operator import le

from tracker.domain.record import Record
from tracker.storage import session_table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.storage import Journal

    #: (id, channel, start, end) of a session that has ended.
    Row = tuple[int, str, int, int]


class Together(Record):
    """What counts as one: `heads` has, by the id of each other session, the id of the one that begins first, `lasted`
    the seconds from the first start to the last end, by the id of the one that begins first."""

    heads: dict[int, int]
    lasted: dict[int, int]


NOTHING = Together({}, {})


def together(
    journal: Journal,
    ids: Sequence[int],
    channels: Sequence[str],
    starts: Sequence[int],
    ends: Sequence[int | None],
    *,
    span: tuple[int, int],
    check_seconds: int,
) -> Together:
    """What counts as one of the sessions that touch `span`, given by start in columns of one length.

    Sessions around the span are looked at where they decide which one begins first, or whether the whole is a check.
    """
    lo, hi = span
    if not starts:
        return NOTHING
    nothing_before, nothing_after = starts[0] >= lo, starts[-1] < hi - check_seconds
    if nothing_before and nothing_after and _apart(starts, ends):
        return NOTHING
    rows = _ended(zip(ids, channels, starts, ends, strict=True))
    if not nothing_before:
        rows = _with_earlier(journal, rows, lo)
    if not nothing_after:
        rows += [row for row in _spans(journal, hi, hi + check_seconds) if row[2] >= hi]
    return _united(journal, sorted(rows, key=_by_start))


def _apart(starts: Sequence[int], ends: Sequence[int | None]) -> bool:
    """Whether each session is over before the next begins, whatever its channel: then nothing overlaps."""
    until = [start if end is None else end for start, end in zip(starts, ends, strict=True)]
    return not any(map(le, islice(starts, 1, None), until))


def _with_earlier(journal: Journal, rows: list[Row], lo: int) -> list[Row]:
    """The rows and what they overlap, back to the first one."""
    known = {row[0]: row for row in rows}
    while (first := min((row[2] for row in known.values()), default=lo)) < lo:
        known |= {row[0]: row for row in _spans(journal, first, lo)}
        lo = first
    return list(known.values())


def _spans(journal: Journal, lo: int, hi: int) -> list[Row]:
    return _ended(row[:4] for row in session_table.spans(journal, lo, hi))


def _ended(rows: Iterable[tuple[int, str, int, int | None]]) -> list[Row]:
    """What runs was not measured."""
    return [(id, channel, start, end) for id, channel, start, end in rows if end is not None]


def _united(journal: Journal, rows: Sequence[Row]) -> Together:
    """Looks up which rows were measured only where any overlap."""
    candidates = {row[0] for head, others in _groups(rows) for row in (head, *others)}
    if not candidates:
        return NOTHING
    measured = session_table.measured(journal, candidates)
    heads: dict[int, int] = {}
    lasted: dict[int, int] = {}
    for head, others in _groups([row for row in rows if row[0] in measured]):
        heads |= dict.fromkeys((row[0] for row in others), head[0])
        lasted[head[0]] = max(row[3] for row in (head, *others)) - head[2]
    return Together(heads, lasted)


def _groups(rows: Iterable[Row]) -> Iterator[tuple[Row, list[Row]]]:
    """Of rows by start, those of one channel that overlap: the first, and the others."""
    open_: dict[str, tuple[Row, list[Row], int]] = {}
    for row in rows:
        _id, channel, start, end = row
        before = open_.get(channel)
        if before and (start < before[2] or start == before[0][2]):
            before[1].append(row)
            open_[channel] = (before[0], before[1], max(before[2], end))
            continue
        if before and before[1]:
            yield before[:2]
        open_[channel] = (row, [], end)
    yield from (group[:2] for group in open_.values() if group[1])


def _by_start(row: Row) -> tuple[int, int]:
    return row[2], row[0]
