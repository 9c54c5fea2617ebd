"""Shares of a whole in whole percents that come to a hundred."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.rounding import nearest

if TYPE_CHECKING:
    from collections.abc import Sequence


def percents(amounts: Sequence[int]) -> list[int]:
    """The share of each amount in their sum, in percent, by the largest remainder (Hamilton's method).

    They come to 100, or all are 0 where there is nothing to share. Amounts are not negative. Of equal remainders the
    first amount's is rounded up.
    """
    whole = sum(amounts)
    if not whole:
        return [0] * len(amounts)
    found = [100 * amount // whole for amount in amounts]
    by_remainder = sorted(range(len(amounts)), key=lambda place: -(100 * amounts[place] % whole))
    for place in by_remainder[: 100 - sum(found)]:
        found[place] += 1
    return found


#: On less than so many seconds no percentage is said: a minute more or less would move it too far.
LEAST_WHOLE = 3600


def change_percent(seconds: int, usual: int | None) -> int | None:
    """By how many percent `seconds` are more (or, negative, less) than usual; None where that is under an hour."""
    if usual is None or usual < LEAST_WHOLE:
        return None
    return nearest(100 * (seconds - usual) / usual)
