"""A history in parts, so that one of many years needs little memory.

A part ends only where nothing before its end depends on what follows, except on the moment of the first visit after it.
So the parts give together what the whole history gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from tracker.importers.imported_record import LAST_INSTANT, ReadResult

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    #: (microseconds since 1970, microseconds that the page was open, id of the address, id of the row, …)
    Visit = tuple[Any, ...]

#: In microseconds. There was no Web before 1990: an earlier date is none.
MICROSECONDS = 1_000_000
FIRST_MOMENT, LAST_MOMENT = 631_152_000 * MICROSECONDS, LAST_INSTANT * MICROSECONDS

#: The visits of a part, about. More of them need more memory, fewer of them more time.
VISITS_AT_ONCE = 20_000


class PartRead(NamedTuple):
    """What was read from a part. `last_end` is the end of the last time in front in it, in UTC seconds: 0 for none."""

    result: ReadResult
    last_end: int


def read_parts(
    visits: sqlite3.Cursor,
    now: int,
    read_part: Callable[[list[Visit], Visit | None], PartRead],
    may_follow_cut: Callable[[Visit], bool],
    report_progress: Callable[[int], None],
) -> Iterator[ReadResult]:
    """Yield what `read_part` makes of each part of the visits, which are ordered by time.

    `read_part` gets the visits of a part and the first visit after it (None after the last part). That visit has begun
    at `now` (UTC seconds), and `may_follow_cut` is true for it. No time in front that has begun before it goes on after
    its start. `report_progress` is told how many visits were read.
    """
    part: list[Visit] = []
    done, wanted = 0, VISITS_AT_ONCE
    while True:
        more = visits.fetchmany(wanted)
        part += more
        if len(more) < wanted:
            break
        at = _widest_gap(part, now, may_follow_cut)
        read = read_part(part[:at], part[at]) if at else None
        if not read or read.last_end > part[at][0] // MICROSECONDS:
            wanted = len(part)  # not one part more at a time: each attempt reads the whole part again
            continue
        yield read.result
        del part[:at]
        done, wanted = done + at, VISITS_AT_ONCE
        report_progress(done)
    yield read_part(part, None).result
    report_progress(done + len(part))


def _widest_gap(visits: list[Visit], now: int, may_follow_cut: Callable[[Visit], bool]) -> int:
    """The index of the visit in the last quarter that is longest after the one before it; 0 where no visit may be."""
    index, widest = 0, -1
    last_moment = min((now + 1) * MICROSECONDS, LAST_MOMENT) - 1
    for at in range(max(1, len(visits) * 3 // 4), len(visits)):
        before, moment = visits[at - 1][0], visits[at][0]
        if (
            type(before) is type(moment) is int
            and moment - before > widest
            and FIRST_MOMENT <= moment <= last_moment
            and may_follow_cut(visits[at])
        ):
            index, widest = at, moment - before
    return index
