"""Count the openings in sliding windows of half an hour. `tracker status` asks this all day: import nothing heavy."""

from __future__ import annotations

from itertools import compress, islice
from operator import sub

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

#: Openings in a window before it is looked at.
LEAST = 5
#: Length of a window, in seconds.
SPAN = 1800


def crowded_windows(starts: Sequence[int], least: int = LEAST) -> list[tuple[int, int]]:
    """(first, last) index of the openings in each window that begins with an opening and holds at least `least`.

    `starts` are instants in seconds, ascending; a window lasts SPAN seconds, both ends included.
    """
    windows = []
    last, count = 0, len(starts)
    durations = map(sub, islice(starts, least - 1, None), starts)
    for first in compress(range(count), map(SPAN.__ge__, durations)):
        last = max(last, first + least - 1)
        while last + 1 < count and starts[last + 1] - starts[first] <= SPAN:
            last += 1
        windows.append((first, last))
    return windows
