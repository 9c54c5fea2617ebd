"""The settings that are amounts of money. Each keeps the currency it was set in, whatever the set currency becomes."""

from __future__ import annotations

from tracker.domain.models import TrackerError
from tracker.settings import reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from tracker.settings import Settings

AMOUNTS = ("hour_cost", "sale_value")

#: The currency where none is set.
USUAL = "EUR"


def currency_of(now: Settings, name: str) -> str:
    """The currency that one of AMOUNTS is in."""
    found: str | None = getattr(now, f"{name}_currency")
    return found or now.currency


def counted(now: Settings, name: str) -> int | None:
    """One of AMOUNTS in hundredths of the set currency; None where it is not set, or in another currency."""
    found: int | None = getattr(now, name)
    return found if currency_of(now, name) == now.currency else None


def written_amount(name: str, text: str, currency: str) -> str:
    """An amount as it is typed in the reader's language, as it is written in the file: `1200.50 GBP`.

    Without a currency in it, it is in `currency`. TrackerError for what is no amount.
    """
    from tracker.calendar.money import read_money

    try:
        found = read_money(text, currency)
    except TrackerError as error:
        raise TrackerError(f"{name}: {error}") from None
    return f"{reading.say_amount(found.amount)} {found.currency}"


def currency_in(document: MutableMapping[str, Any]) -> str:
    """The currency that a settings file says, as TOML reads it; the usual one where it says none that can be read."""
    try:
        return reading.currency(document["currency"])
    except (KeyError, ValueError):
        return USUAL


def keep_currency(document: MutableMapping[str, Any]) -> None:
    """Write the amounts that have no currency of their own with the one they were set in."""
    for name in AMOUNTS:
        try:
            found = reading.amount(document.get(name, ""))
            if found is not None and reading.amount_currency(document[name]) is None:
                document[name] = f"{reading.say_amount(found)} {currency_in(document)}"
        except (ValueError, TrackerError):
            continue  # what is wrong stays, and is told when the file is read
