"""What each channel is worth, as rows of a written review."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.money import decimal_money
from tracker.reports.worth_words import say_bought, say_compared, say_found, say_settling, say_test, say_title

if TYPE_CHECKING:
    from typing import Any

    from tracker.domain.models import Verdict
    from tracker.reports.worth_values import Rate, Row, WorthTable


def worth_rows(table: WorthTable) -> list[dict[str, Any]]:
    """A row for each social channel and for real contact: the contract's keys, and what was said of it in words."""
    leads = sum(row.leads for row in table.rows)
    return [_row(table, row, leads) for row in table.rows]


def _row(table: WorthTable, row: Row, all_leads: int) -> dict[str, Any]:
    currency = row.business.currency

    def money(hundredths: int | None) -> str | None:
        return None if hundredths is None else decimal_money(hundredths, currency)

    return {
        "channel": row.channel,
        "title": say_title(row),
        "kind": row.kind,
        "from": table.first,
        "to": table.last,
        "seconds": row.seconds,
        "cost": money(row.cost),
        "spend": money(row.spend),
        "other_spend": amounts(row.other_spend),
        "recommendations": row.brought.recommendations,
        "prospects": row.brought.prospects,
        "clients": row.brought.clients,
        "leads": row.leads,
        "open_leads": row.brought.open_leads,
        "income": money(row.brought.income),
        "other_income": amounts(row.brought.other_income),
        "currency": currency,
        "roi_percent": row.roi_percent,
        "cost_per_lead": money(row.cost_per_lead),
        "leads_per_hour": rate_row(row.rate),
        "tests": {test.name: test.state for test in row.tests},
        "tests_said": {test.name: f"{say_found(test)} – {say_test(row, test)}" for test in row.tests},
        "verdict": row.verdict,
        "your_verdict": _yours(row.your_verdict),
        "last_verdict": _yours(row.last_verdict),
        "settling": say_settling(row, all_leads) or None,
        "compared": say_compared(table, row) or None,
        "otherwise": say_bought(table, row) if row.decided == "stop" else None,
    }


def amounts(found: tuple[tuple[str, int], ...]) -> list[dict[str, str]]:
    """Amounts in other currencies than the set one, each with its own."""
    return [{"amount": decimal_money(amount, currency), "currency": currency} for currency, amount in found]


def rate_row(rate: Rate | None) -> dict[str, float | None]:
    """Leads an hour: mean and 95 % interval of what is known, and what was `counted`; null below an hour of time.

    Nothing is rounded: that is for the page that shows it.
    """
    keys = ("mean", "low", "high", "counted")
    return {key: None if rate is None else getattr(rate, key) for key in keys}


def _yours(given: Verdict | None) -> dict[str, Any] | None:
    return None if given is None else {"week": given.week, "verdict": given.verdict, "why": given.why}
