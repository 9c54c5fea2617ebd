"""The amounts of "Is it worth it?": in the set currency, and beside it those in others, which are never added to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.money import format_money
from tracker.locale import _

if TYPE_CHECKING:
    from tracker.reports.business import Business
    from tracker.reports.worth_values import Row


def say_amount(hundredths: int | None, currency: str) -> str:
    """`€1,938.50`; a dash for what is not known."""
    return "–" if hundredths is None else format_money(hundredths, currency)


def say_with_others(hundredths: int | None, currency: str, others: tuple[tuple[str, int], ...]) -> str:
    """`€1,350 + $700`: an amount in the set currency, and beside it those in others, which are not added up.

    Nothing in the set currency is left out where there is something in another: that is not nothing.
    """
    own = [say_amount(hundredths, currency)] if hundredths or not others else []
    return " + ".join([*own, *(format_money(amount, other) for other, amount in others)])


def say_cell(hundredths: int | None, currency: str, others: tuple[tuple[str, int], ...]) -> str:
    """The same for a column, `€1,350 +`: what is beside it is said below the table. A dash for what is not known."""
    if hundredths is None or not others:
        return say_amount(hundredths, currency)
    first, *more = ([(currency, hundredths)] if hundredths else []) + list(others)
    return format_money(first[1], first[0]) + (" +" if more else "")


def say_cost(row: Row) -> str:
    """What a row cost, for a column."""
    return say_cell(row.cost, row.business.currency, row.other_spend)


def say_spent(row: Row) -> str:
    """What was spent on a row, for a column."""
    return say_cell(row.spend, row.business.currency, row.other_spend)


def say_income(row: Row) -> str:
    """The income of a row, for a column."""
    return say_cell(row.brought.income, row.business.currency, row.brought.other_income)


def say_not_added(row: Row) -> list[str]:
    """That income and spending in other currencies are in no sum; nothing where there is none."""
    found = (
        (_("income in other currencies, not added up: {amounts}"), row.brought.other_income),
        (_("spent in other currencies, not added up: {amounts}"), row.other_spend),
    )
    return [says.format(amounts=say_others(amounts)) for says, amounts in found if amounts]


def say_others(amounts: tuple[tuple[str, int], ...]) -> str:
    """`$40, £12`: amounts in other currencies, side by side."""
    return ", ".join(format_money(amount, currency) for currency, amount in amounts)


def say_unlike(business: Business) -> list[str]:
    """`hour_cost is €45, not in USD`: each setting that is not used, as it is in another currency."""
    return [
        _("{name} is {amount}, not in {currency}").format(
            name=name, amount=format_money(amount, currency), currency=business.currency
        )
        for name, amount, currency in business.unlike
    ]
