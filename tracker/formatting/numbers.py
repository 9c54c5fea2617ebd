"""Rounding, and numbers, percentages and signs as the reader writes them.

Half a unit is rounded away from zero, as people do it; Python's `round` goes to the even neighbour. A figure is rounded
once, where it is shown, from a value that was not rounded before.

In French a comma parts the decimals, and a narrow space the thousands and the percent sign; a minus is `−`.
"""

from __future__ import annotations

from math import floor, inf, log10

from tracker.locale import _, language

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

_EXPONENT = r"(\d(?:\.\d+)?)e([-+]\d{1,4})"
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

#: By how many decimals more than usual a figure may be given to tell it from a limit.
MORE_DECIMALS = 4

#: Seconds below which no percentage is given: a minute more or less would change it too much.
LEAST_WHOLE = 3600


def divide_rounded(dividend: int, divisor: int) -> int:
    """The integer nearest to `dividend / divisor`, exactly; `divisor` is above 0. 3 for 5 and 2."""
    quotient = (2 * abs(dividend) + divisor) // (2 * divisor)
    return -quotient if dividend < 0 else quotient


def round_to_int(value: float) -> int:
    """The integer nearest to `value`: 3 for 2.5, -3 for -2.5."""
    if isinstance(value, int):
        return value
    size = abs(value)
    # 100 * 0.145 is 14.499999999999998: a lack smaller than the error of a few operations is none.
    rounded = int(size + 0.5 + min(size * 1e-12, 1e-6))
    return -rounded if value < 0 else rounded


def round_half_up(value: float, digits: int) -> float:
    """`value` rounded to `digits` decimals: 0.15 for 0.145 and 2. `f"{round_half_up(value, 2):.2f}"` writes it."""
    if value in (inf, -inf):
        return value
    scale: int = 10**digits
    return round_to_int(value * scale) / scale


def percent_shares(amounts: Sequence[int]) -> list[int]:
    """The share of each amount in their sum, in whole percents, by the largest remainder (Hamilton's method).

    They add up to 100, or all are 0 where the sum is 0. Amounts are not negative. Of equal remainders the first
    amount's is rounded up.
    """
    total = sum(amounts)
    if not total:
        return [0] * len(amounts)
    shares = [100 * amount // total for amount in amounts]
    by_remainder = sorted(range(len(amounts)), key=lambda index: -(100 * amounts[index] % total))
    for index in by_remainder[: 100 - sum(shares)]:
        shares[index] += 1
    return shares


def percent_change(seconds: int, usual: int | None) -> int | None:
    """By how many percent `seconds` are more (less, if negative) than `usual`; None where that is under an hour."""
    if usual is None or usual < LEAST_WHOLE:
        return None
    return round_to_int(100 * (seconds - usual) / usual)


def round_apart(value: float, decimals: int, *limits: float) -> tuple[float, int, int]:
    """`value` rounded so that it stays on its side of every limit: (rounded value, decimals it has, side).

    It has `decimals` decimals, and up to MORE_DECIMALS more where a limit is near. The side is 0; where even those are
    not enough, the value is the limit itself and the side is 1 for just above it, -1 for just below it.
    """
    for more in range(decimals, decimals + MORE_DECIMALS + 1):
        rounded = round_half_up(value, more)
        crossed = [limit for limit in limits if (rounded > limit, rounded < limit) != (value > limit, value < limit)]
        if not crossed:
            return rounded, more, 0
    return crossed[0], decimals, 1 if value > crossed[0] else -1


def beside_limit(figure: str, side: int) -> str:
    """`just over 33%`, `just under 33%`, `33%`: a figure with the side that `round_apart` gave."""
    if side > 0:
        return _("just over {figure}").format(figure=figure)
    return _("just under {figure}").format(figure=figure) if side < 0 else figure


def rate_decimals(value: float) -> int:
    """The decimals of a rate an hour: 2; below 0.01 as many as it takes to show two digits that are not zero."""
    decimals = 2
    while 0 < value < 0.01 and value * 10**decimals < 10 and decimals < 8:
        decimals += 1
    return decimals


def localize_numbers(text: str) -> str:
    """A text with its numbers as people write them: `p < 0,01` in French, `2·10⁻⁷` for Python's 2e-07."""
    import re

    text = re.sub(_EXPONENT, lambda match: f"{match[1]}·10{str(int(match[2])).translate(_SUPERSCRIPT)}", text)
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text) if language() == "fr" else text


def group_thousands(digits: str) -> str:
    """`1,234.50`, in French `1 234,50` with a narrow space, for the digits `1234.50`; without a sign."""
    whole, point, decimals = digits.partition(".")
    grouped = f"{int(whole):,}"
    if language() == "fr":
        return grouped.replace(",", "\u202f") + point.replace(".", ",") + decimals
    return grouped + point + decimals


def format_significant(value: float, digits: int = 3) -> str:
    """`7`, `1.25`, `2·10⁻⁷`: to `digits` significant digits; from 100 on, and for integers, in full."""
    if isinstance(value, int) or abs(value) >= 100:
        text = f"{value:.0f}" if value in (inf, -inf) else str(round_to_int(value))
    else:
        if abs(value) >= 1e-6:
            value = round_half_up(value, digits - 1 - floor(log10(abs(value))))
        text = f"{value:.{digits}g}"
    return localize_numbers(text).replace("-", "−")


def format_odds(chance: float) -> str:
    """`40% of the time`, `1 time in 150`, `less than 1 time in 1,000,000`: how often chance alone does something."""
    if chance >= 0.1:
        return _("{percent} of the time").format(percent=format_percent(chance))
    if chance < 1e-6:
        return _("less than 1 time in {n}").format(n=group_thousands("1000000"))
    one_in = round_half_up(1 / chance, 1 - floor(log10(1 / chance)))
    return _("1 time in {n}").format(n=group_thousands(str(round_to_int(one_in))))


def format_decimal(value: float, decimals: int = 2, least: int | None = None) -> str:
    """`1,234.50`, `1 234,50`: with `decimals` decimals; with `least`, zeros after the first `least` are left out."""
    digits = f"{abs(round_half_up(value, decimals)):.{decimals}f}"
    if least is not None:
        while len(digits.partition(".")[2]) > least and digits.endswith("0"):
            digits = digits[:-1]
        digits = digits.removesuffix(".")
    return ("−" if value < 0 and digits.strip("0.") else "") + group_thousands(digits)


def format_decimal_apart(value: float, decimals: int, *limits: float) -> str:
    """Like `format_decimal`, with as many more decimals as tell the value from the limits; else `just over 33`."""
    rounded, needed, side = round_apart(value, decimals, *limits)
    return beside_limit(format_decimal(rounded, needed), side)


def format_signed(number: int) -> str:
    """`+11`, `−9`, `0`."""
    sign = "+" if number > 0 else "−" if number else ""
    return sign + group_thousands(str(abs(number)))


def with_percent_sign(figure: str) -> str:
    """`62%`; in French `62 %`, with a narrow space that no line breaks at."""
    return f"{figure}\u202f%" if language() == "fr" else f"{figure}%"


def format_signed_percent(change: float | None) -> str:
    """`+11%`, `−9%`, `0%` for a change in percent, rounded; a dash for one that is not known."""
    return "–" if change is None else with_percent_sign(format_signed(round_to_int(change)))


def format_percent(share: float | None, *limits: float) -> str:
    """`62%` for a share of 0.62; `33.4%` near a limit of a third; a dash for a share that is not known."""
    if share is None:
        return "–"
    rounded, needed, side = round_apart(100 * share, 0, *(100 * limit for limit in limits))
    return beside_limit(with_percent_sign(format_decimal(rounded, needed)), side)


def format_shares(amounts: Sequence[int]) -> list[str]:
    """`62%`, `38%` for amounts of any unit: their shares, which add up to a hundred."""
    return [with_percent_sign(str(share)) for share in percent_shares(amounts)]
