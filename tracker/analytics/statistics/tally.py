"""Whole numbers counted: of half a million lengths in seconds few are different, so none need be put in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Tally:
    """How many numbers there are of each value, asked as if they were a sorted list."""

    def __init__(self, numbers: Iterable[int]) -> None:
        counts = Counter(numbers)
        self._values = sorted(counts)
        self._up_to = list(accumulate(map(counts.__getitem__, self._values)))

    def __len__(self) -> int:
        return self._up_to[-1] if self._up_to else 0

    def __getitem__(self, place: int) -> int:
        """The number that so many come before. IndexError where there are not as many."""
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self._values[bisect_right(self._up_to, place)]

    def below(self, cut: float) -> int:
        """How many are less."""
        place = bisect_left(self._values, cut)
        return self._up_to[place - 1] if place else 0
