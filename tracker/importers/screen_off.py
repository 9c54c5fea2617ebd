"""When the screen of a device went dark: told by what was in front; and from when to when it was used till then."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def uses(dark: Sequence[int], records: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The uses of one device: from the start of the first record in each to the instant at which its screen went dark.

    `dark` are these instants, ascending, `records` the (start, end) of the device's records, in UTC seconds. Whether
    the screen went dark after the last records is not known yet: they are in none.
    """
    begins: dict[int, int] = {}
    for start, end in records:
        place = bisect_left(dark, end - ROUNDING)
        if place < len(dark):
            at = max(dark[place], start + 1)  # what comes to the front as the screen goes dark was a use of its own
            begins[at] = min(start, begins.get(at, start))
    return tuple(sorted((start, end) for end, start in begins.items()))
