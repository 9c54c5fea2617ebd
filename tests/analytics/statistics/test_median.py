"""The median against the standard library's."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.analytics.exact_statistics import median


@given(st.lists(st.one_of(st.integers(), st.floats(-1e9, 1e9)), min_size=1))
def test_it_is_the_standard_librarys(values: list[float]) -> None:
    assert median(values) == statistics.median(values)


def test_nothing_has_none() -> None:
    with pytest.raises(ValueError, match="no median"):
        median([])
