"""Money in hundredths, as people type it and as other programs read it.

Hundredths whatever the currency: which digits a currency uses changes with laws and with Babel's data, and an amount
once written in the file must not change with them. Yen are hundredths that are never shown; a thousandth of a dinar
is more than this log needs.
"""

from __future__ import annotations

from tracker.calendar.quoting import quoted
from tracker.locale import _
from tracker.model import TrackerError

#: More is a slip of the finger, and would leave SQLite's integers once summed.
MOST_DIGITS = 12

#: Currencies whose two decimals nobody need ask Babel for, which costs a command some milliseconds.
_TWO_DECIMALS = ("EUR", "USD", "GBP", "CHF", "CAD")


def decimals(currency: str) -> int:
    """How many decimals amounts of `currency` (`EUR`) are shown with: 2 for euros, 0 for yen, never more than 2."""
    if currency in _TWO_DECIMALS:
        return 2
    from babel.numbers import get_currency_precision

    return min(2, get_currency_precision(currency))


def parse_money(text: str, currency: str) -> int:
    """The hundredths meant by `480`, `480.50`, `480,50` or `1 200`. TrackerError for anything else.

    `1,200` and `1.200` are refused: to some that is twelve hundred, to others little more than one.
    """
    digits = "".join(text.split()).replace(",", ".")
    whole, _point, rest = digits.partition(".")
    thousands = len(whole) <= 3 and len(rest) == 3
    rest = rest.rstrip("0")
    plain = digits.isascii() and whole.isdigit() and (rest.isdigit() or not rest)
    if not plain or thousands or len(whole) > MOST_DIGITS or len(rest) > decimals(currency):
        raise TrackerError(_("no amount: “{text}”; amounts are written 480 or 480.50").format(text=quoted(text)))
    return int(whole + rest.ljust(2, "0"))


def decimal_money(hundredths: int, currency: str) -> str:
    """`48050` hundredths of a euro as the decimal string `480.50`; nothing is ever rounded away."""
    whole, part = divmod(abs(hundredths), 100)
    digits, shown = f"{part:02}", decimals(currency)
    if not int(digits[shown:] or 0):
        digits = digits[:shown]
    return ("-" if hundredths < 0 else "") + f"{whole}.{digits}".rstrip(".")
