"""Half hours with many openings: all that is asked all day long, so nothing more is imported."""

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


def crowds(starts: Sequence[int], least: int = LEAST) -> list[tuple[int, int]]:
    """First and last index of each window of SPAN seconds that begins with an opening and holds at least so many."""
    found = []
    last, count = 0, len(starts)
    reaches = map(sub, islice(starts, least - 1, None), starts)
    for first in compress(range(count), map(SPAN.__ge__, reaches)):
        last = max(last, first + least - 1)
        while last + 1 < count and starts[last + 1] - starts[first] <= SPAN:
            last += 1
        found.append((first, last))
    return found
