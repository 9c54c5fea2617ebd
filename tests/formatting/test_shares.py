"""Shares that come to a hundred."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.formatting.numbers import percent_shares


def test_three_thirds_come_to_a_hundred() -> None:
    assert percent_shares([5, 5, 5]) == [34, 33, 33]
    assert percent_shares([4480, 840, 300, 320]) == [76, 14, 5, 5]  # each rounded alone: 75, 14, 5, 5
    assert percent_shares([]) == []
    assert percent_shares([0, 0]) == [0, 0]


@given(st.lists(st.integers(0, 10**7), max_size=12))
def test_each_is_within_one_of_its_share_and_all_come_to_a_hundred(amounts: list[int]) -> None:
    found = percent_shares(amounts)
    whole = sum(amounts)
    assert sum(found) == (100 if whole else 0)
    assert all(abs(percent - 100 * amount / whole) < 1 for percent, amount in zip(found, amounts, strict=True) if whole)
    assert all(percent == 0 for percent, amount in zip(found, amounts, strict=True) if not amount)
