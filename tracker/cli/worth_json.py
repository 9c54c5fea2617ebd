"""`tracker worth` and the week's own `worth` as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.money import decimal_money
from tracker.formatting.numbers import round_half_up
from tracker.reports.worth_figures import amounts, rate_row
from tracker.reports.worth_values import NOT_ENOUGH, TESTS

if TYPE_CHECKING:
    from typing import Any

    from tracker.reports.worth_values import Elsewhere, Row, WorthTable


def as_json(found: WorthTable) -> list[dict[str, Any]]:
    """The contract's keys, and more; amounts are decimal strings in `currency`, other currencies beside them.

    What is said an hour (`leads_per_hour`, `net_per_hour`, `below_break_even`, `more_leads_than`) is null, or leaves a
    row out, below an hour of time. `leads_per_hour` is an object all the same, with null for each of its values.

    After real contact come the channels that are neither social nor in person, such as messaging, where they brought
    something or a lead was first met there: their `kind` says so. They are not judged, and are part of no other row.
    """
    return [*(_row(found, row) for row in found.rows), *(_elsewhere(found, one) for one in found.elsewhere)]


def _row(found: WorthTable, row: Row) -> dict[str, Any]:
    currency = row.business.currency

    def money(amount: int | None) -> str | None:
        return None if amount is None else decimal_money(amount, currency)

    even, bought = row.business.break_even, found.bought(row)
    return {
        "channel": row.channel,
        "title": row.title,
        "kind": row.kind,
        "channels": list(row.channels),
        "seconds": row.seconds,
        "sessions": row.sessions,
        "checks": row.checks,
        "unmeant_seconds": row.unmeant_seconds,
        "cost": money(row.cost),
        "time_cost": money(row.time_cost),
        "spend": money(row.spend),
        "other_spend": amounts(row.other_spend),
        "recommendations": row.brought.recommendations,
        "prospects": row.brought.prospects,
        "clients": row.brought.clients,
        "leads": row.leads,
        "open_leads": row.brought.open_leads,
        "first_touch": row.first_touch,
        "income": money(row.brought.income),
        "other_income": amounts(row.brought.other_income),
        "currency": currency,
        "unused_settings": [
            {"name": name, "amount": decimal_money(amount, unlike), "currency": unlike}
            for name, amount, unlike in row.business.unlike
        ],
        "roi_percent": _rounded(row.roi_percent, 1),
        "cost_per_lead": money(row.cost_per_lead),
        "net_per_hour": money(row.net_per_hour),
        "leads_per_hour": {key: _rounded(value) for key, value in rate_row(row.rate).items()},
        "break_even": _rounded(even),
        "below_break_even": _rounded(row.below),
        "tests": {test.name: test.state for test in row.tests},
        "test_figures": {
            test.name: {key: _rounded(value) for key, value in test.figures.items()} for test in row.tests
        },
        "lacks": {test.name: list(test.lacks) for test in row.tests},
        "verdict": row.verdict,
        "not_compared": list(row.not_compared),
        "your_verdict": row.your_verdict.verdict if row.your_verdict else None,
        "why": row.your_verdict.why if row.your_verdict else None,
        "last_verdict": row.last_verdict.verdict if row.last_verdict else None,
        "last_verdict_week": row.last_verdict.week if row.last_verdict else None,
        "settle_hours": None if row.settle_seconds is None else -(-row.settle_seconds // 3600),
        "hours_would_buy": {"money": money(bought.money), "calls": bought.calls},
        # The probability that an hour here brings more leads than one on each other channel.
        "more_leads_than": {
            other.channel: _rounded(chance)
            for other in found.rows
            if (chance := found.more_likely(row.channel, other.channel)) is not None
        },
        "coverage": _coverage(found),
    }


def _elsewhere(found: WorthTable, one: Elsewhere) -> dict[str, Any]:
    """A channel that is not judged: the same keys, null for what is not worked out."""
    brought, currency = one.brought, found.business.currency
    unjudged = dict.fromkeys(TESTS, NOT_ENOUGH)
    return dict.fromkeys(_KEYS) | {
        "channel": one.channel,
        "title": one.title,
        "kind": one.kind,
        "channels": [one.channel],
        "seconds": one.seconds,
        "sessions": one.sessions,
        "checks": one.checks,
        "recommendations": brought.recommendations,
        "prospects": brought.prospects,
        "clients": brought.clients,
        "leads": brought.leads,
        "open_leads": brought.open_leads,
        "first_touch": one.first_touch,
        "income": decimal_money(brought.income, currency),
        "other_income": amounts(brought.other_income),
        "other_spend": [],
        "currency": currency,
        "unused_settings": [],
        "leads_per_hour": rate_row(None),
        "tests": unjudged,
        "test_figures": {name: {} for name in TESTS},
        "lacks": {name: ["social"] for name in TESTS},
        "verdict": NOT_ENOUGH,
        "not_compared": [],
        "hours_would_buy": {"money": None, "calls": None},
        "more_leads_than": {},
        "coverage": _coverage(found),
    }


#: The keys of a row, in their order.
_KEYS = (
    *("channel", "title", "kind", "channels", "seconds", "sessions", "checks", "unmeant_seconds"),
    *("cost", "time_cost", "spend", "other_spend", "recommendations", "prospects", "clients", "leads"),
    *(
        "open_leads",
        "first_touch",
        "income",
        "other_income",
        "currency",
        "unused_settings",
        "roi_percent",
        "cost_per_lead",
    ),
    *("net_per_hour", "leads_per_hour", "break_even", "below_break_even", "tests", "test_figures", "lacks", "verdict"),
    *(
        "not_compared",
        "your_verdict",
        "why",
        "last_verdict",
        "last_verdict_week",
        "settle_hours",
        "hours_would_buy",
        "more_leads_than",
    ),
    "coverage",
)


def _coverage(found: WorthTable) -> dict[str, Any]:
    """What every row rests on, and what none of them has."""
    return {
        "from": found.first,
        "to": found.last,
        "weeks": found.weeks,
        "days": found.days,
        "logged_days": found.logged_days,
        "sales": found.business.payments,
        "buyers": len(found.business.sales),
        "unknown_leads": found.unknown.leads,
        "unknown_income": amounts(
            ((found.business.currency, found.unknown.income), *found.unknown.other_income)
            if found.unknown.income
            else found.unknown.other_income
        ),
        "first_touch_unknown": found.first_unknown,
    }


def _rounded(value: float | None, digits: int = 4) -> float | None:
    return None if value is None else round_half_up(value, digits)
