"""The arithmetic of every cell of the Worth report, in lines from which a reader can redo it by hand."""

from __future__ import annotations

from tracker.analytics.coverage import say_logged
from tracker.analytics.worth import judgement
from tracker.analytics.worth.unit_economics import ENOUGH_SALES, LOG
from tracker.calendar.days import next_date
from tracker.domain.models import HOUR
from tracker.formatting.money import format_money
from tracker.formatting.numbers import (
    format_decimal,
    format_decimal_apart,
    format_percent,
    format_signed_percent,
    round_half_up,
)
from tracker.formatting.text import format_checks, format_sessions, labelled
from tracker.locale import _, ngettext
from tracker.reports.worth_wording import (
    TEST_TITLES,
    say_amount,
    say_break_even,
    say_chance,
    say_compared,
    say_hours,
    say_missing_settings,
    say_opportunity_cost,
    say_other_income,
    say_others,
    say_test_result,
    say_verdict,
    say_what_settles,
    say_your_verdict,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.analytics.worth.rows import OtherAmounts, WorthReport, WorthRow
    from tracker.domain.models import Outcome, Spend


def explain_hours(report: WorthReport, row: WorthRow) -> list[str]:
    """Sessions, checks and their length; which channels; which days."""
    from tracker.formatting.times import format_duration

    counted = format_sessions(row.sessions)
    if row.checks:
        counted += ", " + format_checks(row.checks)
    lines = [labelled(counted, f"{format_duration(row.seconds, 'exact')} = {say_hours(row.seconds)}")]
    if len(row.channels) > 1:
        lines.append(_("all of them together: {channels}").format(channels=", ".join(row.channels)))
    return [*lines, say_span(report)]


def say_span(report: WorthReport) -> str:
    """The first and the last day of the report that has come, and how many of its days were logged."""
    last = min(report.last, next_date(report.first, max(report.days - 1, 0)))
    return _("{first} to {last}, {logged}").format(
        first=_say_day(report.first),
        last=_say_day(last),
        logged=say_logged(report.logged_days, report.days),
    )


def _say_exact_hours(seconds: int, least: int = 2) -> str:
    """`20.00`, `20.0042`: with as many decimals as tell the second, at least `least`."""
    return format_decimal(seconds / HOUR, 4, least)


def say_precise(value: float) -> str:
    """`0.25`, `0.09499`: with so many decimals that rounding it to two gives what is shown elsewhere."""
    decimals = 4
    while round_half_up(round_half_up(value, decimals), 2) != round_half_up(value, 2) and decimals < 12:
        decimals += 1
    return format_decimal(value, decimals, 2)


def _say_day(date: str) -> str:
    from tracker.formatting.times import format_near_date

    return format_near_date(date, None)


def _say_record(id: str, record: Outcome | Spend, *parts: str | None) -> str:
    """`o7 · Mon 9 Nov 2026 · client · Ana`: what was recorded, by its id and its day."""
    from tracker.calendar.days import WallClock

    return " · ".join(filter(None, (id, _say_day(WallClock.of(record.zone).day(record.at)), *parts)))


def explain_cost(report: WorthReport, row: WorthRow) -> list[str]:
    """Hours times the cost of an hour, and what was spent."""
    if row.cost is None or row.economics.hour_cost is None:
        return [say_missing_settings(row)]
    amounts = (row.economics.hour_cost, row.spend, row.cost)
    hour_cost, spend, cost = (say_amount(amount, row.economics.currency) for amount in amounts)
    rule = _("cost = hours · cost of an hour + spent")
    return [rule, f"{_say_exact_hours(row.seconds)} · {hour_cost} + {spend} = {cost}"]


def explain_spend(report: WorthReport, row: WorthRow) -> list[str]:
    """Each thing that was paid for."""
    if not row.spends:
        return [_("nothing spent besides the hours")]
    spends = [
        _say_record(f"s{spent.id}", spent, format_money(spent.amount, spent.currency), spent.note)
        for spent in row.spends
    ]
    return [*spends, *_say_together(row, row.spend, row.other_spend)]


def _say_together(row: WorthRow, amount: int, others: OtherAmounts) -> list[str]:
    lines = [_("together {amount}").format(amount=format_money(amount, row.economics.currency))]
    return lines + ([_("other currencies, not added: {amounts}").format(amounts=say_others(others))] if others else [])


def _say_outcome(outcome: Outcome) -> str:
    attribution = {"user": _("set by you"), "last touch": _("last touch")}.get(outcome.attribution, "")
    has_amount = outcome.amount is not None and outcome.currency
    amount = say_amount(outcome.amount, outcome.currency or "") if has_amount else ""
    parts = (_(outcome.kind), outcome.person, amount, outcome.note, attribution)
    return _say_record(f"o{outcome.id}", outcome, *parts)


def explain_kind(kind: str) -> Callable[[WorthReport, WorthRow], list[str]]:
    """Each outcome of one kind."""

    def explain(report: WorthReport, row: WorthRow) -> list[str]:
        records = [outcome for outcome in row.outcomes.records if outcome.kind == kind]
        return [*map(_say_outcome, records), f"= {len(records)}"]

    return explain


def explain_leads(report: WorthReport, row: WorthRow) -> list[str]:
    """Each outcome that brought a new person."""
    rule = _("a lead is a recommendation, a prospect or a client; each person counts once, at their first appearance")
    records = [_say_outcome(outcome) for outcome in row.outcomes.records if outcome.id in row.outcomes.lead_ids]
    young = ngettext(
        "{n} lead is under 30 days old, still open",
        "{n} leads are under 30 days old, still open",
        row.outcomes.open_leads,
    ).format(n=row.outcomes.open_leads)
    return [rule, *records, f"= {row.leads}", *([young] if row.outcomes.open_leads else [])]


def explain_first_touch(report: WorthReport, row: WorthRow) -> list[str]:
    """How many leads were first met here."""
    sentence = ngettext(
        "{n} of the leads was first met here, even if attributed elsewhere",
        "{n} of the leads were first met here, even if attributed elsewhere",
        row.first_touch,
    )
    return [sentence.format(n=row.first_touch)]


def explain_income(report: WorthReport, row: WorthRow) -> list[str]:
    """Each outcome with an income."""
    records = [_say_outcome(outcome) for outcome in row.outcomes.records if outcome.income is not None]
    rule = [_("a client's amount counts as income; record each sale once")] if records else []
    return [*rule, *records, *_say_together(row, row.outcomes.income, row.outcomes.other_income)]


def _say_margin(row: WorthRow) -> str:
    return "1" if row.economics.margin == 1 else say_precise(row.economics.margin)


def _say_net(row: WorthRow) -> str:
    """`(€1,350 · 0.8 − €900)`, without the brackets."""
    income, cost = (say_amount(amount, row.economics.currency) for amount in (row.outcomes.income, row.cost))
    return f"{income} · {_say_margin(row)} − {cost}"


def _why_unknown(row: WorthRow) -> str:
    if row.cost is None:
        return say_missing_settings(row)
    return say_other_income(row) if row.outcomes.has_only_other_income else _("under an hour is too little to tell")


def explain_roi(report: WorthReport, row: WorthRow) -> list[str]:
    """The return in percent of the cost."""
    formula = _("return = 100 · (income · margin − cost) / cost")
    if row.roi_percent is None:
        return [formula, _("no time or money spent") if row.cost == 0 else _why_unknown(row)]
    cost = say_amount(row.cost, row.economics.currency)
    return [formula, f"100 · ({_say_net(row)}) / {cost} = {format_signed_percent(row.roi_percent)}"]


def explain_cost_per_lead(report: WorthReport, row: WorthRow) -> list[str]:
    """The cost divided by the leads."""
    if not row.leads:
        return [_("no lead in {hours}").format(hours=say_hours(row.seconds))]
    if row.cost is None:
        return [say_missing_settings(row)]
    cost, cost_per_lead = (say_amount(amount, row.economics.currency) for amount in (row.cost, row.cost_per_lead))
    return [f"{cost} / {row.leads} = {cost_per_lead}"]


def explain_net_per_hour(report: WorthReport, row: WorthRow) -> list[str]:
    """The net income divided by the hours."""
    formula = _("net an hour = (income · margin − cost) / hours")
    if row.net_per_hour is None:
        return [formula, _why_unknown(row)]
    net = format_money(row.net_per_hour, row.economics.currency)
    return [formula, f"({_say_net(row)}) / {_say_exact_hours(row.seconds)} = {net}"]


def explain_rate(report: WorthReport, row: WorthRow) -> list[str]:
    """Leads an hour, as counted and with their interval."""
    if row.rate is None:
        return [_("under an hour is too little to tell")]
    hours = _say_exact_hours(row.seconds)
    shape = format_decimal(row.leads + judgement.PRIOR, 1)
    counted, mean, low, high = map(format_decimal, row.rate)
    known = _(
        "the table shows the count; the estimate is Gamma({leads} + ½, {hours}), with half a "
        "lead more: {shape} / {hours} = {mean}"
    ).format(leads=row.leads, shape=shape, hours=hours, mean=mean)
    interval = _("from {low} to {high} (95% interval)").format(low=low, high=high)
    return [f"{row.leads} / {hours} = {counted}", known, interval]


def explain_break_even(report: WorthReport, row: WorthRow) -> list[str]:
    """The leads an hour that pay for it, and where the figures come from."""
    economics = row.economics
    formula = _("break-even leads per hour = cost of an hour / (value of a sale · share of leads · margin)")
    if economics.break_even is None or economics.client_share is None:
        return [formula, say_missing_settings(row)]
    hour_cost = say_amount(economics.hour_cost, economics.currency)
    value = say_amount(economics.sale_value, economics.currency)
    if economics.value_from == LOG:
        payments = ngettext("{n} payment", "{n} payments", economics.payments).format(n=economics.payments)
        value_source = ngettext(
            "paid per buyer: {payments} from {n} buyer, {total} / {n} = {value}",
            "paid per buyer on average: {payments} from {n} buyers, {total} / {n} = {value}",
            len(economics.buyers),
        ).format(
            payments=payments,
            n=len(economics.buyers),
            total=format_money(sum(buyer.amount for buyer in economics.buyers), economics.currency),
            value=value,
        )
    else:
        value_source = ngettext(
            "from the settings; the log has {n} sale, its own average is used from {least} on",
            "from the settings; the log has {n} sales, their average is used from {least} on",
            economics.payments,
        ).format(n=economics.payments, least=ENOUGH_SALES)
    if economics.share_from == LOG:
        share = f"{economics.converted}/{economics.settled}"
        share_source = ngettext(
            "{became} of {n} lead of 30 days or more", "{became} of {n} leads of 30 days or more", economics.settled
        ).format(became=economics.converted, n=economics.settled)
    else:
        share = say_precise(economics.client_share)
        share_source = _("from the settings; no lead of 30 days or more became a client yet")
        if economics.payments < ENOUGH_SALES:
            sentence = _("from the settings; the log’s own share is used from {least} sales on")
            share_source = sentence.format(least=ENOUGH_SALES)
    return [
        formula,
        f"{hour_cost} / ({value} · {share} · {_say_margin(row)}) = {say_break_even(economics.break_even)}",
        _("value of a sale: {source}").format(source=value_source),
        _("share of leads that become clients: {source}").format(source=share_source),
    ]


def explain_procrastination(report: WorthReport, row: WorthRow) -> list[str]:
    """The share of the time that was not intended."""
    test = row.test("procrastination")
    rule = _(
        "the share of its time during your focus hours without an intention, or over plan; more "
        "than {most} is too much. Talks need no intention, nor does measured time that you said was work"
    ).format(most=format_percent(judgement.UNINTENDED_LIMIT))
    if test.figures["share"] is None:
        return [rule, say_test_result(test)]
    share = format_percent(test.figures["share"], judgement.UNINTENDED_LIMIT)
    hours = f"{_say_exact_hours(row.unintended_seconds, 1)} h / {_say_exact_hours(row.seconds, 1)} h"
    return [rule, labelled(f"{hours} = {share}", say_test_result(test))]


def explain_return_test(report: WorthReport, row: WorthRow) -> list[str]:
    """How likely the leads an hour are below the break-even."""
    test, break_even = row.test("return"), row.economics.break_even
    rule = _(
        "the chance that its leads per hour are below break-even: from {sure} it does not pay, "
        "up to {not_sure} it pays; needs {hours} hours here and {leads} leads over all channels"
    ).format(
        sure=format_percent(judgement.SURELY_BELOW),
        not_sure=format_percent(judgement.SURELY_NOT_BELOW),
        hours=judgement.LEAST_HOURS,
        leads=judgement.LEAST_LEADS,
    )
    if row.below_break_even is None or break_even is None:
        missing = [say_missing_settings(row)] if row.economics.missing_settings else []
        return [rule, say_test_result(test), *missing]
    below = say_chance(row.below_break_even, judgement.SURELY_BELOW, judgement.SURELY_NOT_BELOW)
    chance = f"P({say_precise(break_even)} > Gamma({row.leads} + ½, {_say_exact_hours(row.seconds)})) = {below}"
    return [rule, labelled(chance, say_test_result(test))]


def explain_time_test(report: WorthReport, row: WorthRow) -> list[str]:
    """The share of the hours beside those of the leads and the income."""
    test, figures, currency = row.test("time"), row.test("time").figures, row.economics.currency
    rule = _(
        "its share of the hours compared with its shares of the leads and of the income: out of "
        "proportion if over {n} times both; needs an hour here and {leads} leads over all "
        "channels. If fewer than {least} lead would be expected from its hours, having none is "
        "not enough to judge"
    ).format(n=judgement.OUT_OF_PROPORTION, leads=judgement.LEAST_LEADS, least=judgement.LEAST_EXPECTED)
    all_hours = _say_exact_hours(sum(row.seconds for row in report.rows), 1)
    all_income = format_money(sum(row.outcomes.income for row in report.rows), currency)
    hours = f"{_say_exact_hours(row.seconds, 1)} h / {all_hours} h"
    leads = f"{row.leads} / {row.all_leads}"
    income = f"{format_money(row.outcomes.income, currency)} / {all_income}"
    lines = [
        rule,
        _("hours: {sum} = {share}").format(sum=hours, share=format_percent(figures["hours_share"])),
        _("leads: {sum} = {share}").format(sum=leads, share=format_percent(figures["leads_share"])),
        say_other_income(row)
        if row.outcomes.has_only_other_income
        else _("income: {sum} = {share}").format(sum=income, share=format_percent(figures["income_share"])),
    ]
    ratios = (
        (_("times its share of the leads: {n}"), figures["leads_times"]),
        (_("times its share of the income: {n}"), figures["income_times"]),
    )
    for sentence, times in ratios:
        if times is not None:
            lines.append(sentence.format(n=format_decimal_apart(times, 1, judgement.OUT_OF_PROPORTION)))
    if (expected := figures["expected_leads"]) is not None:
        lines.append(
            _("leads expected from its hours: {all} · {hours} = {n}").format(
                all=row.all_leads, hours=hours, n=format_decimal_apart(expected, 2, judgement.LEAST_EXPECTED)
            )
        )
    return [*lines, say_test_result(test)]


def explain_verdict(report: WorthReport, row: WorthRow) -> list[str]:
    """What the three tests lead to, and the user's own verdict."""
    rule = _(
        "two of three tests not passed: stop; one not passed: cut down; return test passed: "
        "keep, or more of it if there is a chance of {better} or more that an hour here brings "
        "more leads than an hour on every other channel with {hours} hours or more"
    ).format(hours=judgement.LEAST_HOURS, better=format_percent(judgement.BETTER))
    lines = [
        rule,
        *(labelled(_(TEST_TITLES[name]), say_test_result(row.test(name))) for name in judgement.TESTS),
        f"= {say_verdict(row.verdict)}",
        say_what_settles(row),
        say_compared(report, row),
        say_your_verdict(row, _("yours: {verdict}")),
        say_opportunity_cost(report, row) if row.effective_verdict == "stop" else "",
    ]
    return [line for line in lines if line]
