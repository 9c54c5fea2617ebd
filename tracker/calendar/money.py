"""Money in minor units (cents), as people type it and as other programs read it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from tracker.calendar.quoting import quoted
from tracker.locale import _
from tracker.model import TrackerError

#: More is a slip of the finger, and would leave SQLite's integers once summed.
MOST = 10**15


def decimals(currency: str) -> int:
    """How many digits of `currency` (`EUR`) are minor units: 2 for euros, 0 for yen."""
    from babel.numbers import get_currency_precision

    return get_currency_precision(currency)


def parse_money(text: str, currency: str) -> int:
    """The minor units meant by `480`, `480.50`, `480,50` or `1 200`. TrackerError for anything else."""
    digits = "".join(text.split()).replace(",", ".")
    try:
        amount = Decimal(digits).scaleb(decimals(currency)) if digits.isascii() else Decimal("NaN")
    except InvalidOperation:
        amount = Decimal("NaN")
    if not (amount.is_finite() and 0 <= amount <= MOST and amount == amount.to_integral_value()):
        raise TrackerError(_("no amount: “{text}”; amounts are written 480 or 480.50").format(text=quoted(text)))
    return int(amount)


def decimal_money(minor: int, currency: str) -> str:
    """`48050` euro cents as the decimal string `480.50`."""
    return str(Decimal(minor).scaleb(-decimals(currency)))
