"""When the screen of a device went dark: told by the times at which anything was in front; what is kept of it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.importers.imported_record import ImportedRecord

#: In seconds: where no app at all was in front for longer, the screen was dark. On two real phones, which tell when the
#: screen was off, that is so in 97 and 98 % of such times.
NOTHING_IN_FRONT = 30

#: Seconds are rounded: what ends with the screen may end so many seconds after it.
ROUNDING = 2


def ends_of_use(spans: Iterable[tuple[int, int]]) -> list[int]:
    """The instants from which on nothing was in front for longer than NOTHING_IN_FRONT, ascending.

    `spans` are (start, end) in UTC seconds of everything that was in front on one device. Nothing is known of the time
    after the last one.
    """
    instants = []
    until: int | None = None
    for start, end in sorted(spans):
        if until is not None and start - until > NOTHING_IN_FRONT:
            instants.append(until)
        until = max(end, until or 0)
    return instants


def parting(instants: Sequence[int], records: Iterable[ImportedRecord]) -> tuple[int, ...]:
    """Of ascending instants at which the screen went dark, the first of all and the first after each record."""
    places = {bisect_left(instants, record.end - ROUNDING) for record in records}
    return tuple(instants[index] for index in sorted({0, *places}) if index < len(instants))
