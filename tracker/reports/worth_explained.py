"""The arithmetic of any cell of "Is it worth it?", so that a reader could redo it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.numbers import format_decimal, format_signed_percent
from tracker.formatting.text import labelled
from tracker.locale import N_, _, ngettext
from tracker.reports.business import ENOUGH_SALES, LOG
from tracker.reports.worth_amounts import say_amount, say_others
from tracker.reports.worth_numbers import say_even, say_exact_hours, say_hours, say_precise
from tracker.reports.worth_sums import PRIOR
from tracker.reports.worth_tests_explained import explain_procrastination, explain_return, explain_time, explain_verdict
from tracker.reports.worth_words import say_foreign, say_lacking

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.models import Outcome
    from tracker.reports.worth_values import Row, WorthTable

    Explain = Callable[[WorthTable, Row], list[str]]


def explain_cell(table: WorthTable, row: Row, column: str) -> list[str]:
    """The lines that redo one cell's sum, in the reader's language. KeyError for what is none of COLUMNS."""
    return COLUMNS[column][1](table, row)


def column_title(column: str) -> str:
    """The heading of a column."""
    return _(COLUMNS[column][0])


def _hours(table: WorthTable, row: Row) -> list[str]:
    from tracker.formatting.durations import format_duration

    sessions = ngettext("{n} session", "{n} sessions", row.sessions).format(n=row.sessions)
    checks = ngettext("{n} check", "{n} checks", row.checks).format(n=row.checks) if row.checks else ""
    counted = ", ".join(filter(None, (sessions, checks)))
    said = [labelled(counted, f"{format_duration(row.seconds, 'exact')} = {say_hours(row.seconds)}")]
    if len(row.channels) > 1:
        said.append(_("all of them together: {channels}").format(channels=", ".join(row.channels)))
    return [*said, say_span(table)]


def say_span(table: WorthTable) -> str:
    """From when to when, and how much of it was logged."""
    from tracker.formatting.times import format_near_date

    logged = ngettext("{logged} of {days} day logged", "{logged} of {days} days logged", table.days)
    return _("{first} to {last}, {logged}").format(
        first=format_near_date(table.first, None),
        last=format_near_date(table.last, None),
        logged=logged.format(logged=table.logged_days, days=table.days),
    )


def _cost(table: WorthTable, row: Row) -> list[str]:
    if row.cost is None or row.business.hour_cost is None:
        return [say_lacking(row)]
    currency = row.business.currency
    hours, each = say_exact_hours(row.seconds), say_amount(row.business.hour_cost, currency)
    spend, cost = say_amount(row.spend, currency), say_amount(row.cost, currency)
    return [_("cost = hours · cost of an hour + spent"), f"{hours} · {each} + {spend} = {cost}"]


def _spend(table: WorthTable, row: Row) -> list[str]:
    if not row.spends:
        return [_("nothing spent beside the hours")]
    said = [
        " · ".join(filter(None, (f"s{one.id}", _on(one.at, one.zone), say_amount(one.amount, one.currency), one.note)))
        for one in row.spends
    ]
    total = _("together {amount}").format(amount=say_amount(row.spend, row.business.currency))
    return [*said, total, *_beside(row.other_spend)]


def _beside(amounts: tuple[tuple[str, int], ...]) -> list[str]:
    return [_("beside it, not added up: {amounts}").format(amounts=say_others(amounts))] if amounts else []


def _on(at: int, zone: str) -> str:
    from tracker.calendar.days import Wall
    from tracker.formatting.times import format_near_date

    return format_near_date(Wall.of(zone).day(at), None)


def _of_kind(kind: str) -> Explain:
    def explain(table: WorthTable, row: Row) -> list[str]:
        found = [one for one in row.brought.outcomes if one.kind == kind]
        return [*map(_outcome, found), f"= {len(found)}"]

    return explain


def _outcome(found: Outcome) -> str:
    how = {"user": _("you said so"), "last touch": _("last touch")}.get(found.attribution, "")
    amount = say_amount(found.amount, found.currency) if found.amount is not None and found.currency else ""
    return " · ".join(
        filter(None, (f"o{found.id}", _on(found.at, found.zone), _(found.kind), found.person, amount, found.note, how))
    )


def _leads(table: WorthTable, row: Row) -> list[str]:
    new = set(row.brought.new)
    said = [_outcome(one) for one in row.brought.outcomes if one.id in new]
    rule = _("a lead is a recommendation, a prospect or a client; each person counts once, at their first appearance")
    open_leads = row.brought.open_leads
    young = ngettext(
        "{n} lead is under 30 days old: open, not lost", "{n} leads are under 30 days old: open, not lost", open_leads
    )
    return [rule, *said, f"= {row.leads}", *([young.format(n=open_leads)] if open_leads else [])]


def _first_touch(table: WorthTable, row: Row) -> list[str]:
    return [
        ngettext(
            "{n} of the leads was first met here, whatever it is attributed to",
            "{n} of the leads were first met here, whatever they are attributed to",
            row.first_touch,
        ).format(n=row.first_touch)
    ]


def _income(table: WorthTable, row: Row) -> list[str]:
    found = [one for one in row.brought.outcomes if one.income is not None]
    rule = [_("a client's amount counts as income; a sale is noted once")] if found else []
    total = _("together {amount}").format(amount=say_amount(row.brought.income, row.business.currency))
    return [*rule, *map(_outcome, found), total, *_beside(row.brought.other_income)]


def _roi(table: WorthTable, row: Row) -> list[str]:
    formula = _("return = 100 · (income · margin − cost) / cost")
    if row.cost is None:
        return [formula, say_lacking(row)]
    income, cost = say_amount(row.brought.income, row.business.currency), say_amount(row.cost, row.business.currency)
    if row.roi_percent is None and row.cost and row.brought.is_foreign:
        return [formula, say_foreign(row)]
    if row.roi_percent is None:
        return [formula, _("under an hour of time says too little") if row.cost else _("nothing was put in")]
    return [formula, f"100 · ({income} · {_margin(row)} − {cost}) / {cost} = {format_signed_percent(row.roi_percent)}"]


def _margin(row: Row) -> str:
    return "1" if row.business.margin == 1 else say_precise(row.business.margin)


def _cost_per_lead(table: WorthTable, row: Row) -> list[str]:
    if not row.leads:
        return [_("no lead in {hours}").format(hours=say_hours(row.seconds))]
    if row.cost is None:
        return [say_lacking(row)]
    currency = row.business.currency
    return [f"{say_amount(row.cost, currency)} / {row.leads} = {say_amount(row.cost_per_lead, currency)}"]


def _net(table: WorthTable, row: Row) -> list[str]:
    formula = _("net an hour = (income · margin − cost) / hours")
    if row.cost is None:
        return [formula, say_lacking(row)]
    if row.brought.is_foreign:
        return [formula, say_foreign(row)]
    if row.net_per_hour is None:
        return [formula, _("under an hour of time says too little")]
    currency = row.business.currency
    income, cost = say_amount(row.brought.income, currency), say_amount(row.cost, currency)
    hours, net = say_exact_hours(row.seconds), say_amount(row.net_per_hour, currency)
    return [formula, f"({income} · {_margin(row)} − {cost}) / {hours} = {net}"]


def _rate(table: WorthTable, row: Row) -> list[str]:
    if row.rate is None:
        return [_("under an hour of time says too little")]
    hours = say_exact_hours(row.seconds)
    return [
        f"{row.leads} / {hours} = {format_decimal(row.rate.counted)}",
        _(
            "the table shows what was counted; what is known of it: Gamma({leads} + ½, {hours}), whose mean has half "
            "a lead more: {shape} / {hours} = {mean}"
        ).format(
            leads=row.leads, shape=format_decimal(row.leads + PRIOR, 1), hours=hours, mean=format_decimal(row.rate.mean)
        ),
        _("from {low} to {high} (95 % interval)").format(
            low=format_decimal(row.rate.low), high=format_decimal(row.rate.high)
        ),
    ]


def _break_even(table: WorthTable, row: Row) -> list[str]:
    money = row.business
    formula = _("leads an hour that pay for it = cost of an hour / (value of a sale · share of leads · margin)")
    if money.break_even is None or money.client_share is None:
        return [formula, say_lacking(row)]
    cost, value = say_amount(money.hour_cost, money.currency), say_amount(money.sale_value, money.currency)
    share = f"{money.became}/{money.settled}" if money.share_from == LOG else say_precise(money.client_share)
    return [
        formula,
        f"{cost} / ({value} · {share} · {_margin(row)}) = {say_even(money.break_even)}",
        _("value of a sale: {source}").format(source=_value_source(row)),
        _("share of leads that become clients: {source}").format(source=_share_source(row)),
    ]


def _value_source(row: Row) -> str:
    money = row.business
    if money.value_from != LOG:
        return ngettext(
            "from the settings; the log has {n} sale, its own value is used from {least} on",
            "from the settings; the log has {n} sales, its own value is used from {least} on",
            money.payments,
        ).format(n=money.payments, least=ENOUGH_SALES)
    buyers, currency = len(money.sales), money.currency
    total = say_amount(sum(sale.amount for sale in money.sales), currency)
    payments = ngettext("{n} payment", "{n} payments", money.payments).format(n=money.payments)
    from_buyers = ngettext(
        "what a buyer paid in all: {payments} from {n} buyer, {total} / {n} = {value}",
        "what a buyer paid in all, on average: {payments} from {n} buyers, {total} / {n} = {value}",
        buyers,
    )
    return from_buyers.format(payments=payments, n=buyers, total=total, value=say_amount(money.sale_value, currency))


def _share_source(row: Row) -> str:
    money = row.business
    if money.share_from != LOG and money.payments < ENOUGH_SALES:
        return _("from the settings; the log’s own share is used from {least} sales on").format(least=ENOUGH_SALES)
    if money.share_from != LOG:
        return _("from the settings; no lead of 30 days or more became a client yet")
    return ngettext(
        "{became} of {n} lead of 30 days or more",
        "{became} of {n} leads of 30 days or more",
        money.settled,
    ).format(became=money.became, n=money.settled)


#: Every column: its heading, and what redoes its sum.
COLUMNS: dict[str, tuple[str, Explain]] = {
    "hours": (N_("hours"), _hours),
    "cost": (N_("cost"), _cost),
    "spend": (N_("spent"), _spend),
    "recommendations": (N_("recommendations"), _of_kind("recommendation")),
    "prospects": (N_("prospects"), _of_kind("prospect")),
    "clients": (N_("clients"), _of_kind("client")),
    "leads": (N_("leads"), _leads),
    "first_touch": (N_("first touch"), _first_touch),
    "income": (N_("income"), _income),
    "roi": (N_("return"), _roi),
    "cost_per_lead": (N_("cost of a lead"), _cost_per_lead),
    "leads_per_hour": (N_("leads/h"), _rate),
    "net_per_hour": (N_("net/h"), _net),
    "break_even": (N_("break-even"), _break_even),
    "procrastination": (N_("procrastination"), explain_procrastination),
    "return": (N_("test of the return"), explain_return),
    "time": (N_("test of the time"), explain_time),
    "verdict": (N_("verdict"), explain_verdict),
}
