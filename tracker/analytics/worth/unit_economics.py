"""Leads and buyers among the outcomes, and from them and the settings: how many leads an hour pay for that hour.

The settings say what an hour costs, what a client is worth and which share of the leads become clients. Once the log
has enough sales, it says the last two itself. Amounts are in hundredths of a currency, instants in UTC seconds.
"""

from __future__ import annotations

from tracker.domain.models import DAY
from tracker.domain.record import Record
from tracker.domain.text import same_name
from tracker.formatting.numbers import divide_rounded
from tracker.settings import AMOUNTS, amount_in_set_currency, currency_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.domain.models import Outcome
    from tracker.settings import Settings

#: The kinds of outcome that make a person a lead.
LEAD_KINDS = ("recommendation", "prospect", "client")

#: A lead younger than this, in seconds, is open and not lost.
LEAD_STAYS_OPEN = 30 * DAY

#: From this number of sales on, the log is used instead of the settings. Every payment is a sale, whoever paid it: six
#: months of one retainer are six. The value of a client is what a buyer paid in all, on average, because a lead that
#: becomes a client brings all of it.
ENOUGH_SALES = 5

#: Where a figure of `UnitEconomics` comes from.
LOG, SETTINGS = "log", "settings"


class Buyer(Record):
    """What one buyer paid: `amount` is the sum of all `payments`, the other values are those of the first payment.

    Each payment without a person's name is a buyer of its own.
    """

    person: str | None
    at: int
    zone: str
    channel: str | None
    amount: int
    currency: str
    payments: int = 1


class UnitEconomics(Record):
    """The figures of the break-even, in hundredths of `currency`; None for what neither settings nor log say.

    `value_from` and `share_from` say whether the value of a sale and the share of leads that become clients come from
    LOG or SETTINGS. `converted` of `settled` leads became clients: the share from the log.
    """

    currency: str
    hour_cost: int | None
    margin: float
    sale_value: int | None
    value_from: str | None
    client_share: float | None
    share_from: str | None
    buyers: tuple[Buyer, ...]
    converted: int
    settled: int
    #: (name, hundredths, currency) of each setting that is not used, because it is in another currency.
    unused_settings: tuple[tuple[str, int, str], ...] = ()

    @property
    def payments(self) -> int:
        """The number of sales: all payments of all buyers."""
        return sum(buyer.payments for buyer in self.buyers)

    @property
    def break_even(self) -> float | None:
        """Leads an hour that pay for it: hour cost / (sale value · client share · margin); None if one is missing."""
        if self.hour_cost is None or not self.sale_value or not self.client_share:
            return None
        return self.hour_cost / (self.sale_value * self.client_share * self.margin)

    @property
    def missing_settings(self) -> tuple[str, ...]:
        """The names of the settings that the break-even needs."""
        missing = (
            ("hour_cost", self.hour_cost is None),
            ("sale_value", not self.sale_value),
            ("client_share", not self.client_share),
        )
        return tuple(name for name, is_missing in missing if is_missing)


def unit_economics(settings: Settings, outcomes: Sequence[Outcome], as_of: int) -> UnitEconomics:
    """The figures as they stood at the instant `as_of`; `outcomes` are all outcomes until then, by time."""
    buyers = payments_by_buyer(outcomes, settings.currency)
    converted, settled = conversions(outcomes, as_of)
    has_enough_sales = sum(buyer.payments for buyer in buyers) >= ENOUGH_SALES
    value = amount_in_set_currency(settings, "sale_value")
    value_from = SETTINGS if value else None
    share, share_from = settings.client_share, SETTINGS if settings.client_share else None
    if has_enough_sales:
        value, value_from = divide_rounded(sum(buyer.amount for buyer in buyers), len(buyers)), LOG
    if has_enough_sales and converted:
        share, share_from = converted / settled, LOG
    return UnitEconomics(
        currency=settings.currency,
        hour_cost=amount_in_set_currency(settings, "hour_cost"),
        margin=settings.margin,
        sale_value=value,
        value_from=value_from,
        client_share=share,
        share_from=share_from,
        buyers=tuple(buyers),
        converted=converted,
        settled=settled,
        unused_settings=tuple(
            (name, getattr(settings, name), currency_of(settings, name))
            for name in AMOUNTS
            if getattr(settings, name) is not None and amount_in_set_currency(settings, name) is None
        ),
    )


def new_leads(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes that brought a new person: the first of each name, and every one without a name.

    `outcomes` are all there are, by time: a prospect of last year is no new lead as this year's client.
    """
    names: set[str] = set()
    leads = []
    for outcome in outcomes:
        if outcome.kind not in LEAD_KINDS:
            continue
        name = _person(outcome)
        if name is None or name not in names:
            leads.append(outcome)
        if name is not None:
            names.add(name)
    return leads


def payments_by_buyer(outcomes: Iterable[Outcome], currency: str) -> list[Buyer]:
    """The buyers who paid in `currency`, by first payment; amounts in other currencies are left out."""
    buyers: dict[object, Buyer] = {}
    for outcome in outcomes:
        if outcome.income is None or outcome.currency != currency:
            continue
        key = _person(outcome) or outcome.id
        if buyer := buyers.get(key):
            buyers[key] = buyer._replace(amount=buyer.amount + outcome.income, payments=buyer.payments + 1)
        else:
            buyers[key] = Buyer(outcome.person, outcome.at, outcome.zone, outcome.channel, outcome.income, currency)
    return list(buyers.values())


def conversions(outcomes: Sequence[Outcome], as_of: int) -> tuple[int, int]:
    """(leads that became clients, all leads), of those at least LEAD_STAYS_OPEN old at the instant `as_of`.

    Younger leads are left out even if they became clients: to count only the quick ones would flatter the share.
    """
    clients = _clients(outcomes)
    settled = [lead for lead in new_leads(outcomes) if lead.at <= as_of - LEAD_STAYS_OPEN]
    return sum(lead.kind == "client" or _person(lead) in clients for lead in settled), len(settled)


def open_leads(leads: Iterable[Outcome], outcomes: Iterable[Outcome], as_of: int) -> list[Outcome]:
    """The `leads` that are younger than LEAD_STAYS_OPEN at the instant `as_of` and not yet clients."""
    clients = _clients(outcomes)
    return [
        lead
        for lead in leads
        if lead.at > as_of - LEAD_STAYS_OPEN and lead.kind != "client" and _person(lead) not in clients
    ]


def _clients(outcomes: Iterable[Outcome]) -> set[str | None]:
    return {_person(outcome) for outcome in outcomes if outcome.kind in ("client", "income")} - {None}


def _person(outcome: Outcome) -> str | None:
    """The person's name in the form in which names are compared; None without a name."""
    return same_name(outcome.person or "") or None
