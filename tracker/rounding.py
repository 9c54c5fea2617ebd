"""Rounding as people redo it: half a unit goes up, away from zero. Python's own `round` sends it to the even neighbour.

A figure is rounded once, where it is shown, from the value that was not rounded before.
"""

from __future__ import annotations


def divided(dividend: int, divisor: int) -> int:
    """The whole number nearest to `dividend / divisor`, exactly; `divisor` is above 0. `divided(5, 2)` is 3."""
    found = (2 * abs(dividend) + divisor) // (2 * divisor)
    return -found if dividend < 0 else found


def nearest(value: float) -> int:
    """The whole number nearest to `value`: 3 for 2.5, -3 for -2.5."""
    if isinstance(value, int):
        return value
    size = abs(value)
    # 100 * 0.145 is 14.499999999999998: what is lacking by less than the error of a few operations is no less.
    found = int(size + 0.5 + min(size * 1e-12, 1e-6))
    return -found if value < 0 else found


def half_up(value: float, digits: int) -> float:
    """`value` to so many decimals: 0.15 for 0.145 and 2 digits. `f"{half_up(value, 2):.2f}"` writes it."""
    if value in (float("inf"), float("-inf")):
        return value
    scale: int = 10**digits
    return nearest(value * scale) / scale
