"""Numbers and labels in plain text as the reader writes them: the decimal comma and the space before a colon in French.

Without Babel, and with `re` imported when it is used: the daily commands import neither. Money and grouped thousands
are `review.worth_words`' and `calendar.say`'s.
"""

from __future__ import annotations

from math import floor, inf, log10

from tracker.locale import _, language
from tracker.rounding import half_up, nearest

#: Stands for a space at which no line is to break; nobody writes it, and it is as wide as one.
GLUE = "\ue000"

_UNIT = r"(?<=\d) (?=(?:%|h|min|m|s|€)(?!\w))|(?<=\d h) (?=\d)"
_POWER = r"(\d(?:\.\d+)?)e([-+]\d{1,4})"
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def pointed(text: str) -> str:
    """A text with its numbers as people write them: `p < 0,01` in French, `2·10⁻⁷` for what Python calls 2e-07."""
    import re

    text = re.sub(_POWER, lambda found: f"{found[1]}·10{str(int(found[2])).translate(_RAISED)}", text)
    return re.sub(r"(?<=\d)\.(?=\d)", ",", text) if language() == "fr" else text


def number(value: float, digits: int = 3) -> str:
    """`7`, `1.25`, `2·10⁻⁷`: to so many significant digits, with the reader's decimal point."""
    if isinstance(value, int) or abs(value) >= 100:
        return pointed(f"{value:.0f}" if value in (inf, -inf) else str(nearest(value))).replace("-", "−")
    if abs(value) >= 1e-6:
        value = half_up(value, digits - 1 - floor(log10(abs(value))))
    return pointed(f"{value:.{digits}g}").replace("-", "−")


def fixed(value: float, decimals: int) -> str:
    """`15.6`, `0,37`: with so many decimals."""
    return pointed(f"{half_up(value, decimals):.{decimals}f}")


def rate_decimals(value: float) -> int:
    """Something an hour has two decimals; below 0.01 so many that two digits are not zero."""
    decimals = 2
    while 0 < value < 0.01 and value * 10**decimals < 10 and decimals < 8:
        decimals += 1
    return decimals


#: By how many decimals more than usual a figure may be given to tell it from a limit.
MORE_DECIMALS = 4


def told_apart(value: float, decimals: int, *limits: float) -> tuple[float, int, int]:
    """`value` rounded, and with how many decimals: with as many more as it takes to stay on its side of every limit.

    The third answer is 0; where MORE_DECIMALS more are not enough it is 1 for just over a limit and -1 for just under
    it, and the first is that limit.
    """
    for more in range(decimals, decimals + MORE_DECIMALS + 1):
        rounded = half_up(value, more)
        crossed = [limit for limit in limits if (rounded > limit, rounded < limit) != (value > limit, value < limit)]
        if not crossed:
            return rounded, more, 0
    return crossed[0], decimals, 1 if value > crossed[0] else -1


def beside(said: str, side: int) -> str:
    """What is said of a figure that `told_apart` could not tell from its limit: `just over 33 %`."""
    return (
        _("just over {figure}").format(figure=said)
        if side > 0
        else (_("just under {figure}").format(figure=said) if side < 0 else said)
    )


def plain(value: float) -> str:
    """`0.6`, `10`, `0,6`: as short as it can be said."""
    return pointed(f"{value:g}")


def signed(number: int) -> str:
    """`+11`, `−9`, `0`."""
    return f"{number:+d}".replace("-", "−") if number else "0"


def signed_percent(change: int) -> str:
    """`+11 %`, `−9 %`, `0 %`."""
    return f"{signed(change)} %"


def percent(share: float) -> str:
    """`62 %`, `−34 %`."""
    return f"{nearest(100 * share)} %".replace("-", "−")


def labelled(label: str, said: str) -> str:
    """`Quiet: At night`, with the reader's colon."""
    return label + _(": ") + said


def capital(text: str) -> str:
    """With a capital where it begins."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """With a capital and a full stop, as a sentence of its own has."""
    return capital(text) if text[-1:] in ".!?…" else f"{capital(text)}."


def glued(text: str) -> str:
    """With GLUE between a number and its unit: lines are wrapped so, and then `unglued`."""
    import re

    return re.sub(_UNIT, GLUE, text)


def unglued(text: str) -> str:
    """With plain spaces where `glued` put others."""
    return text.replace(GLUE, " ")
