"""How records are written for programs: the one set of rules behind every `--json`, the export and kept figures.

Keys are English. Durations are integer seconds. An instant is ISO 8601 with the offset of the zone its record was made
in. An amount is a decimal string beside a currency code. What is not known or not set is null.
"""

from __future__ import annotations

from tracker.calendar.zones import iso
from tracker.formatting.numbers import round_half_up

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from tracker.domain.models import Outcome, Session, Spend, Urge

    Row = dict[str, Any]


def instant(at: int | None, zone: str | None) -> str | None:
    """`2026-11-23T15:12:00+01:00`: UTC seconds by the wall clock of `zone` (by UTC where it is unknown)."""
    return None if at is None else iso(at, zone or "UTC")


def amount(hundredths: int | None, currency: str | None) -> str | None:
    """`480.50` of 48050 hundredths of EUR; null without a currency."""
    if hundredths is None or not currency:
        return None
    from tracker.formatting.money import decimal_money

    return decimal_money(hundredths, currency)


def amounts(sums: Iterable[tuple[str, int]]) -> list[Row]:
    """Amounts in several currencies, given as (currency, hundredths)."""
    return [{"amount": amount(hundredths, currency), "currency": currency} for currency, hundredths in sums]


def rounded(value: float | None, digits: int) -> float | None:
    """A figure with at most so many decimals, a half rounded up."""
    return None if value is None else round_half_up(value, digits)


def integer_or_rounded(value: float | None) -> float | int | None:
    """A whole number without a decimal point, any other with at most two decimals."""
    return int(value) if value is not None and value == int(value) else rounded(value, 2)


def session_span(session: Session, seconds: int | None) -> Row:
    """What a row of a session begins with; `end` is null while it runs."""
    return {
        "id": session.id,
        "channel": session.channel,
        "activity": session.activity,
        "start": instant(session.start, session.zone),
        "end": instant(session.end, session.zone),
        "seconds": seconds,
    }


def session_details(session: Session) -> Row:
    """What a person said of a session."""
    return {
        "planned_seconds": session.planned_seconds,
        "intention": session.intention,
        "trigger": session.trigger,
        "person": session.person,
        "ring": session.ring,
        "note": session.note,
        "override": session.override,
        "overrun": session.overrun,
    }


def urge_row(urge: Urge) -> Row:
    """A wish resisted."""
    return {
        "id": urge.id,
        "channel": urge.channel,
        "at": instant(urge.at, urge.zone),
        "trigger": urge.trigger,
        "note": urge.note,
    }


def outcome_row(outcome: Outcome) -> Row:
    """A recommendation, prospect, client or income."""
    return {
        "id": outcome.id,
        "kind": outcome.kind,
        "at": instant(outcome.at, outcome.zone),
        "channel": outcome.channel,
        "attribution": outcome.attribution,
        "amount": amount(outcome.amount, outcome.currency),
        "currency": outcome.currency,
        "person": outcome.person,
        "note": outcome.note,
    }


def spend_row(spend: Spend) -> Row:
    """What a channel cost beside the hours."""
    return {
        "id": spend.id,
        "channel": spend.channel,
        "at": instant(spend.at, spend.zone),
        "amount": amount(spend.amount, spend.currency),
        "currency": spend.currency,
        "note": spend.note,
    }
