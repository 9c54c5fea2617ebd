"""A tally answers as the sorted list of its numbers would."""

from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.statistics.tally import Tally


@given(st.lists(st.integers(-3, 12)), st.floats(-5, 15))
def test_it_is_the_sorted_list(numbers: list[int], cut: float) -> None:
    tally, ordered = Tally(numbers), sorted(numbers)
    assert len(tally) == len(ordered)
    assert [tally[place] for place in range(len(ordered))] == ordered
    assert tally.below(cut) == bisect_left(ordered, cut)
    for place in (-1, len(ordered)):
        with pytest.raises(IndexError):
            tally[place]
