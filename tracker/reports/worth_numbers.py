"""The numbers of "Is it worth it?" as the reader writes them: each rounded once, a half up, the same on every page.

A figure that stands beside a limit gets as many decimals as it takes to be on its side of it. Babel is imported when
it is used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.worth.judgement import HOUR, LEAST_HOURS, LEAST_SECONDS
from tracker.locale import language
from tracker.locale.wording import beside, rate_decimals, told_apart
from tracker.rounding import half_up, nearest

if TYPE_CHECKING:
    from tracker.analytics.worth.judgement import LeadRate


def say_number(value: float, decimals: int = 2) -> str:
    """`1,234.50`, `1 234,50`: rounded once, a half up."""
    return _grouped(half_up(value, decimals), "0" * decimals)


def _grouped(value: float, decimals: str) -> str:
    """Written with the places for decimals as CLDR has them: `00`, `00##`."""
    from babel.numbers import format_decimal

    form = "#,##0" + ("." + decimals if decimals else "")
    return str(format_decimal(value, format=form, locale=language()))


def say_apart(value: float, decimals: int, *limits: float) -> str:
    """Like `say_number`, with as many more decimals as tell it from the limits; else `just over 33`."""
    rounded, needed, side = told_apart(value, decimals, *limits)
    return beside(say_number(rounded, needed), side)


def say_hours(seconds: int) -> str:
    """`43.1 h`; with more decimals near a limit: what is under an hour or LEAST_HOURS never reads `10.0 h`."""
    return f"{say_hours_alone(seconds)} h"


def say_hours_alone(seconds: int) -> str:
    """The same without the unit: a second less than an hour has four decimals."""
    return say_apart(seconds / HOUR, 1, LEAST_SECONDS / HOUR, LEAST_HOURS)


def say_exact_hours(seconds: int, least: int = 2) -> str:
    """`20.00`, `20.0042`: with as many decimals as tell the second, for sums to be redone."""
    return _grouped(half_up(seconds / HOUR, 4), "0" * least + "#" * (4 - least))


def say_rate(rate: LeadRate | None) -> str:
    """`0.15`: leads an hour as they were counted; a dash where there is too little time to tell."""
    return "–" if rate is None else say_number(rate.counted)


def say_even(break_even: float) -> str:
    """`0.25`, `0.0041`: the leads an hour that pay for it."""
    return say_number(break_even, rate_decimals(break_even))


def say_precise(value: float) -> str:
    """`0.25`, `0.09499`: for a sum to be redone, at least four decimals where it has them, and enough that rounding
    it to two gives what is shown elsewhere."""
    decimals = 4
    while half_up(half_up(value, decimals), 2) != half_up(value, 2) and decimals < 12:
        decimals += 1
    return _grouped(half_up(value, decimals), "00" + "#" * (decimals - 2))


def say_share(share: float | None, *limits: float) -> str:
    """`31 %`; `33.4 %` beside a limit of a third; a dash for what is not known."""
    if share is None:
        return "–"
    rounded, needed, side = told_apart(100 * share, 0, *(100 * limit for limit in limits))
    return beside(f"{say_number(rounded, needed)} %", side)


def say_chance(chance: float, *limits: float) -> str:
    """`74 %`; `99.7 %`: what is not certain is never said to be."""
    return say_share(chance, 0, 1, *limits)


def say_return(roi_percent: float | None) -> str:
    """`+37 %`, `−30 %`; a dash for what is not known."""
    if roi_percent is None:
        return "–"
    rounded = nearest(roi_percent)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{say_number(abs(rounded), 0)} %"
