"""Events without a length, as downloads have them: only when something was opened is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.importers.imported_record import (
    UNTIMED_LASTS,
    IgnoredRows,
    ImportedRecord,
    RejectedRow,
    in_the_future,
    record_key,
)
from tracker.storage.imported_facts import NOTHING_FOLLOWED, UNTIL_NEXT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.importers.imported_record import Row


class Event(NamedTuple):
    """Something that was opened: the number of its row, UTC microseconds, and the hash of what was opened.

    `channel` is None for what belongs to none; `name` is then its app or host. Such an event is no record, and it ends
    the one before it.
    """

    line: int
    moment: int
    text_hash: int
    channel: str | None
    name: str | None = None


def read_events(events: Iterable[Event | Row], now: int) -> Iterator[Row]:
    """Yield a record for each event, which lasts until the next event and UNTIMED_LASTS at most.

    Events come from new to old or from old to new; rows of other kinds are yielded as they are. What begins after `now`
    (UTC seconds) is rejected and ends nothing.
    """
    pending: Event | None = None
    next_start: int | None = None
    for event in events:
        if not isinstance(event, Event):
            yield event
            continue
        if event.moment // 1_000_000 > now:
            yield RejectedRow(event.line, in_the_future())
            continue
        following: int | None = None
        if pending is not None:
            if event.moment >= pending.moment:
                next_start = event.moment if next_start is None else min(next_start, event.moment)
            else:
                following = pending.moment
            yield _row(pending, next_start, now)
        pending, next_start = event, following
    if pending is not None:
        yield _row(pending, next_start, now)


def _row(event: Event, next_moment: int | None, now: int) -> Row:
    if event.channel is None:
        return IgnoredRows(1, event.name)
    start = event.moment // 1_000_000
    end = start + UNTIMED_LASTS
    if next_moment is not None:
        end = min(end, next_moment // 1_000_000)
    estimated = NOTHING_FOLLOWED if next_moment is None else UNTIL_NEXT
    return ImportedRecord(event.channel, start, min(end, now), record_key(event.moment, event.text_hash), estimated)
