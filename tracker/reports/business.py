"""What an hour costs and what a lead is worth: from the settings, and from the log once it has sales enough. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.formatting.numbers import divide_rounded
from tracker.reports.leads import Sale, became_clients, sales
from tracker.settings.amounts import AMOUNTS, counted, currency_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.models import Outcome
    from tracker.settings import Settings

#: From so many sales on, the log knows what a client is worth and how many leads it takes; below, they are listed.
#: Every payment is a sale, whoever paid it: six months of one retainer are six. What a client is worth is what a buyer
#: paid in all, on average, because a lead that becomes a client brings all of it.
ENOUGH_SALES = 5

LOG, SETTINGS = "log", "settings"


class Business(NamedTuple):
    """The figures of the break-even, in hundredths of `currency`; None for what nobody said and the log cannot say.

    `value_from` and `share_from` say whether the value of a sale and the share of leads that become clients come from
    the `log` or the `settings`; `sales` has every buyer once; `became` of `settled` leads are what the share from the
    log was counted on.
    """

    currency: str
    hour_cost: int | None
    margin: float
    sale_value: int | None
    value_from: str | None
    client_share: float | None
    share_from: str | None
    sales: tuple[Sale, ...]
    became: int
    settled: int
    #: Settings that are not used, as they are in another currency: name, hundredths, currency.
    unlike: tuple[tuple[str, int, str], ...] = ()

    @property
    def payments(self) -> int:
        """How many sales there were: all payments of all buyers."""
        return sum(sale.payments for sale in self.sales)

    @property
    def break_even(self) -> float | None:
        """How many leads an hour pay for it: c / (v·q·m). None where a figure of it is missing."""
        if self.hour_cost is None or not self.sale_value or not self.client_share:
            return None
        return self.hour_cost / (self.sale_value * self.client_share * self.margin)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The settings that would make the break-even known."""
        missing = (
            ("hour_cost", self.hour_cost is None),
            ("sale_value", not self.sale_value),
            ("client_share", not self.client_share),
        )
        return tuple(name for name, is_missing in missing if is_missing)


def business(settings: Settings, outcomes: Sequence[Outcome], as_of: int) -> Business:
    """The figures as they stood at the instant `as_of`; `outcomes` are all there were by then, by time."""
    sold = sales(outcomes, settings.currency)
    became, settled = became_clients(outcomes, as_of)
    enough = sum(sale.payments for sale in sold) >= ENOUGH_SALES
    value = counted(settings, "sale_value")
    value_from = SETTINGS if value else None
    share, share_from = settings.client_share, SETTINGS if settings.client_share else None
    if enough:
        value, value_from = divide_rounded(sum(sale.amount for sale in sold), len(sold)), LOG
    if enough and became:
        share, share_from = became / settled, LOG
    return Business(
        currency=settings.currency,
        hour_cost=counted(settings, "hour_cost"),
        margin=settings.margin,
        sale_value=value,
        value_from=value_from,
        client_share=share,
        share_from=share_from,
        sales=tuple(sold),
        became=became,
        settled=settled,
        unlike=tuple(
            (name, getattr(settings, name), currency_of(settings, name))
            for name in AMOUNTS
            if getattr(settings, name) is not None and counted(settings, name) is None
        ),
    )
