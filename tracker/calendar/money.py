"""Money in minor units (cents), as people type it and as other programs read it."""

from __future__ import annotations

from decimal import Decimal

from tracker.calendar.quoting import quoted
from tracker.locale import _
from tracker.model import TrackerError

#: More is a slip of the finger, and would leave SQLite's integers once summed.
MOST_DIGITS = 12


def decimals(currency: str) -> int:
    """How many digits of `currency` (`EUR`) are minor units: 2 for euros, 0 for yen."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def parse_money(text: str, currency: str) -> int:
    """The minor units meant by `480`, `480.50`, `480,50` or `1 200`. TrackerError for anything else."""
    digits = "".join(text.split()).replace(",", ".")
    whole, _point, rest = digits.partition(".")
    rest = rest.rstrip("0")
    places = decimals(currency)
    plain = digits.isascii() and whole.isdigit() and (rest.isdigit() or not rest)
    if not plain or len(whole) > MOST_DIGITS or len(rest) > places:
        raise TrackerError(_("no amount: “{text}”; amounts are written 480 or 480.50").format(text=quoted(text)))
    return int(whole + rest.ljust(places, "0"))


def decimal_money(minor: int, currency: str) -> str:
    """`48050` euro cents as the decimal string `480.50`."""
    return str(Decimal(minor).scaleb(-decimals(currency)))
