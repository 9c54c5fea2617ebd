"""What the time brought, from the outcomes alone: leads, each person once, and what each buyer paid. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.text import same_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.domain.models import Outcome

#: What makes somebody a lead.
LEAD_KINDS = ("recommendation", "prospect", "client")

#: A lead younger than this is open, not lost; in seconds.
STAYS_OPEN = 30 * 86_400


class Sale(NamedTuple):
    """What one buyer paid, all `payments` together: what a client is worth.

    `at` is the first payment, in UTC seconds; `amount` in hundredths of `currency`; `channel` the first payment's. Each
    payment without a name is a buyer of its own.
    """

    person: str | None
    at: int
    zone: str
    channel: str | None
    amount: int
    currency: str
    payments: int = 1


def leads(outcomes: Iterable[Outcome]) -> list[Outcome]:
    """The outcomes that brought somebody new: the first of each person, and every one without a name.

    `outcomes` are all there are, by time: somebody who was a prospect last year is no new lead as this year's client.
    """
    seen: set[str] = set()
    found = []
    for outcome in outcomes:
        if outcome.kind not in LEAD_KINDS:
            continue
        name = same(outcome.person)
        if name is None or name not in seen:
            found.append(outcome)
        if name is not None:
            seen.add(name)
    return found


def sales(outcomes: Iterable[Outcome], currency: str) -> list[Sale]:
    """What each buyer paid in one currency, by first payment: amounts of others are never added to them."""
    found: dict[object, Sale] = {}
    for outcome in outcomes:
        if outcome.income is None or outcome.currency != currency:
            continue
        key = same(outcome.person) or outcome.id
        before = found.get(key)
        if before:
            found[key] = before._replace(amount=before.amount + outcome.income, payments=before.payments + 1)
        else:
            found[key] = Sale(
                outcome.person, outcome.at, outcome.zone, outcome.channel, outcome.income, outcome.currency
            )
    return list(found.values())


def buyers(outcomes: Iterable[Outcome]) -> set[str]:
    """Everybody who became a client or paid, as `same` has their names."""
    named = (same(outcome.person) for outcome in outcomes if outcome.kind in ("client", "income"))
    return {name for name in named if name is not None}


def became_clients(outcomes: Sequence[Outcome], as_of: int) -> tuple[int, int]:
    """(those who became clients, all) of the leads that are at least STAYS_OPEN old at the instant `as_of`.

    Younger ones are left out whatever became of them: counting only the quick ones would flatter.
    """
    bought = buyers(outcomes)
    settled = [lead for lead in leads(outcomes) if lead.at <= as_of - STAYS_OPEN]
    return sum(lead.kind == "client" or same(lead.person) in bought for lead in settled), len(settled)


def open_leads(found: Iterable[Outcome], outcomes: Iterable[Outcome], as_of: int) -> list[Outcome]:
    """Those of the leads `found` that are younger than STAYS_OPEN and not yet clients."""
    bought = buyers(outcomes)
    return [
        lead
        for lead in found
        if lead.at > as_of - STAYS_OPEN and lead.kind != "client" and same(lead.person) not in bought
    ]


def same(person: str | None) -> str | None:
    """A name as it is compared: however it is written; None for nobody."""
    return same_name(person or "") or None
