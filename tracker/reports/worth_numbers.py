"""The numbers that only "Is it worth it?" has: hours, leads an hour, chances, and figures for a sum to be redone.

A figure that stands beside a limit gets as many decimals as it takes to be on its side of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.numbers import (
    format_decimal,
    format_decimal_apart,
    format_percent,
    rate_decimals,
    round_half_up,
)
from tracker.reports.worth_sums import HOUR, LEAST_HOURS, LEAST_SECONDS

if TYPE_CHECKING:
    from tracker.reports.worth_values import Rate


def say_hours(seconds: int) -> str:
    """`43.1 h`; with more decimals near a limit: what is under an hour or LEAST_HOURS never reads `10.0 h`."""
    return f"{say_hours_alone(seconds)} h"


def say_hours_alone(seconds: int) -> str:
    """The same without the unit: a second less than an hour has four decimals."""
    return format_decimal_apart(seconds / HOUR, 1, LEAST_SECONDS / HOUR, LEAST_HOURS)


def say_exact_hours(seconds: int, least: int = 2) -> str:
    """`20.00`, `20.0042`: with as many decimals as tell the second, at least `least`, for sums to be redone."""
    return format_decimal(seconds / HOUR, 4, least)


def say_rate(rate: Rate | None) -> str:
    """`0.15`: leads an hour as they were counted; a dash where there is too little time to tell."""
    return "–" if rate is None else format_decimal(rate.counted)


def say_even(break_even: float) -> str:
    """`0.25`, `0.0041`: the leads an hour that pay for it."""
    return format_decimal(break_even, rate_decimals(break_even))


def say_precise(value: float) -> str:
    """`0.25`, `0.09499`: for a sum to be redone, at least four decimals where it has them, and enough that rounding
    it to two gives what is shown elsewhere."""
    decimals = 4
    while round_half_up(round_half_up(value, decimals), 2) != round_half_up(value, 2) and decimals < 12:
        decimals += 1
    return format_decimal(value, decimals, 2)


def say_chance(chance: float, *limits: float) -> str:
    """`74 %`; `99.7 %`: what is not certain is never said to be."""
    return format_percent(chance, 0, 1, *limits)
