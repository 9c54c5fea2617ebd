"""Amounts of money: hundredths of a currency (ISO 4217 code). `tracker.calendar.money` reads what people type.

`read_money` reads every text of `format_money` back to the same amount and currency. Babel is imported only for
currencies that `tracker.calendar.money` has no table for: that takes 40 ms.
"""

from __future__ import annotations

from tracker.calendar.money import decimals, sign
from tracker.formatting.numbers import group_thousands, round_to_int
from tracker.locale import language


def format_money(hundredths: int, currency: str) -> str:
    """`€480`, `£1,200.50`; in French `480 €`, `1 200,50 £GB`. To the cent; whole amounts have no decimals.

    As Babel writes it, but for the decimals of whole amounts. No line breaks at its spaces.
    """
    symbol, (whole, cents) = sign(currency, language()), divmod(abs(hundredths), 100)
    digits = group_thousands(f"{whole}.{cents:02}" if cents else str(whole))
    minus = "−" if hundredths < 0 else ""
    if language() == "fr":
        return f"{minus}{digits}\u00a0{symbol}"
    return f"{minus}{symbol}" + ("\u00a0" if symbol[-1:].isalpha() else "") + digits


def rounded_as_shown(hundredths: int) -> int:
    """A calculated amount as the screens and the page show it: from 100 on without cents, which only look exact.

    JSON and the explanations of an amount have it to the cent.
    """
    return hundredths if abs(hundredths) < 100_00 else 100 * round_to_int(hundredths / 100)


def format_optional_money(hundredths: int | None, currency: str | None) -> str:
    """`€480`; empty where no amount is known."""
    return "" if hundredths is None or not currency else format_money(hundredths, currency)


def decimal_money(hundredths: int, currency: str) -> str:
    """`480.50` for 48050 hundredths of a euro: the decimal string of JSON and CSV. Nothing is rounded."""
    whole, part = divmod(abs(hundredths), 100)
    digits, shown = f"{part:02}", decimals(currency)
    if not int(digits[shown:] or 0):
        digits = digits[:shown]
    return ("-" if hundredths < 0 else "") + f"{whole}.{digits}".rstrip(".")
