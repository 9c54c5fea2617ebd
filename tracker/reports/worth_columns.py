"""The columns of the Worth report: the one table from which every rendering of it is made.

`tracker worth` as text, with `--explain` and `--json`, the written review and the screens all read `COLUMNS`. A new
column is a new entry there. `explain_…` write the arithmetic of a cell, so that a reader can redo it by hand.
"""

from __future__ import annotations

from functools import partial
from itertools import compress

from tracker.analytics import channel_worth
from tracker.analytics.channel_worth import ENOUGH_SALES, LEAST_SECONDS, LOG
from tracker.analytics.day_slices import say_logged
from tracker.calendar.days import WallClock, next_date
from tracker.domain.models import HOUR, VERDICTS, Outcome, Spend
from tracker.domain.record import Record
from tracker.formatting import serialize
from tracker.formatting.money import format_money, format_optional_money, rounded_as_shown
from tracker.formatting.numbers import (
    format_decimal,
    format_decimal_apart,
    format_percent,
    format_signed_percent,
    round_half_up,
)
from tracker.formatting.text import format_checks, format_sessions, labelled
from tracker.formatting.times import format_duration, format_near_date
from tracker.locale import N_, _, plural
from tracker.reports import worth_wording as words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from tracker.analytics.channel_worth import LeadRate, OtherAmounts, WorthReport, WorthRow
    from tracker.reports.document import Cell, Text

    Explain = Callable[[WorthReport, WorthRow], list[str]]

    #: One channel's figures as a written review stores them: the `stored` keys of the columns. Older reviews lack some.
    StoredFigures = Mapping[str, Any]

#: What a review written before there were other currencies has in their place.
WITHOUT_OTHERS = {"other_income": (), "other_spend": ()}


# --- The arithmetic of each cell


def explain_hours(report: WorthReport, row: WorthRow) -> list[str]:
    """Sessions, checks and their length; which channels; which days."""
    counted = format_sessions(row.sessions)
    if row.checks:
        counted += ", " + format_checks(row.checks)
    lines = [labelled(counted, f"{format_duration(row.seconds, 'exact')} = {words.say_hours(row.seconds)}")]
    if len(row.channels) > 1:
        lines.append(_("all of them together: {channels}").format(channels=", ".join(row.channels)))
    return [*lines, say_span(report)]


def say_span(report: WorthReport) -> str:
    """The first and the last day of the report that has come, and how many of its days were logged."""
    last = min(report.last, next_date(report.first, max(report.days - 1, 0)))
    logged = say_logged(report.logged_days, report.days)
    return _("{first} to {last}, {logged}").format(first=_say_day(report.first), last=_say_day(last), logged=logged)


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
    return format_near_date(date, None)


def _say_record(id: str, record: Outcome | Spend, *parts: str | None) -> str:
    """`o7 · Mon 9 Nov 2026 · client · Ana`: what was recorded, by its id and its day."""
    return " · ".join(filter(None, (id, _say_day(WallClock.of(record.zone).day(record.at)), *parts)))


def _say_own(row: WorthRow, hundredths: int | None) -> str:
    """An amount in the currency of the settings; a dash for what is not known."""
    return words.say_amount(hundredths, row.economics.currency)


def explain_cost(report: WorthReport, row: WorthRow) -> list[str]:
    """Hours times the cost of an hour, and what was spent."""
    if row.cost is None:
        return [words.say_missing_settings(row)]
    time_cost = f"{_say_exact_hours(row.seconds)} · {_say_own(row, row.economics.hour_cost)}"
    rule = _("cost = hours · cost of an hour + spent")
    return [rule, f"{time_cost} + {_say_own(row, row.spend)} = {_say_own(row, row.cost)}"]


def explain_spend(report: WorthReport, row: WorthRow) -> list[str]:
    """Each thing that was paid for."""
    if not row.spends:
        return [_("nothing spent besides the hours")]
    spends = [
        _say_record(f"s{spend.id}", spend, format_money(spend.amount, spend.currency), spend.note)
        for spend in row.spends
    ]
    return [*spends, *_say_together(row, row.spend, row.other_spend)]


def _say_together(row: WorthRow, amount: int, others: OtherAmounts) -> list[str]:
    lines = [_("together {amount}").format(amount=_say_own(row, amount))]
    if others:
        lines.append(_("other currencies, not added: {amounts}").format(amounts=words.say_others(others)))
    return lines


def _say_outcome(outcome: Outcome) -> str:
    attribution = {"user": _("set by you"), "last touch": _("last touch")}.get(outcome.attribution, "")
    amount = format_optional_money(outcome.amount, outcome.currency)
    parts = (_(outcome.kind), outcome.person, amount, outcome.note, attribution)
    return _say_record(f"o{outcome.id}", outcome, *parts)


def explain_kind(kind: str, report: WorthReport, row: WorthRow) -> list[str]:
    """Each outcome of one kind."""
    records = [outcome for outcome in row.outcomes.records if outcome.kind == kind]
    return [*map(_say_outcome, records), f"= {len(records)}"]


def explain_leads(report: WorthReport, row: WorthRow) -> list[str]:
    """Each outcome that brought a new person."""
    rule = _("a lead is a recommendation, a prospect or a client; each person counts once, at their first appearance")
    records = [_say_outcome(outcome) for outcome in row.outcomes.records if outcome.id in row.outcomes.lead_ids]
    young = plural(
        row.outcomes.open_leads,
        "{n} lead is under 30 days old, still open",
        "{n} leads are under 30 days old, still open",
    )
    lines = [rule, *records, f"= {row.leads}"]
    return [*lines, young] if row.outcomes.open_leads else lines


def explain_first_touch(report: WorthReport, row: WorthRow) -> list[str]:
    """How many leads were first met here."""
    sentence = plural(
        row.first_touch,
        "{n} of the leads was first met here, even if attributed elsewhere",
        "{n} of the leads were first met here, even if attributed elsewhere",
    )
    return [sentence]


def explain_income(report: WorthReport, row: WorthRow) -> list[str]:
    """Each outcome with an income."""
    records = [_say_outcome(outcome) for outcome in row.outcomes.records if outcome.income is not None]
    rule = [_("a client's amount counts as income; record each sale once")] if records else []
    return [*rule, *records, *_say_together(row, row.outcomes.income, row.outcomes.other_income)]


def _say_margin(row: WorthRow) -> str:
    return "1" if row.economics.margin == 1 else say_precise(row.economics.margin)


def _say_net(row: WorthRow) -> str:
    """`(€1,350 · 0.8 − €900)`, without the brackets."""
    return f"{_say_own(row, row.outcomes.income)} · {_say_margin(row)} − {_say_own(row, row.cost)}"


def _why_unknown(row: WorthRow) -> str:
    if row.cost is None:
        return words.say_missing_settings(row)
    if not row.has_results:
        return words.say_needs_result()
    if row.outcomes.has_only_other_income:
        return words.say_other_income(row)
    return _("under an hour is too little to tell")


def explain_roi(report: WorthReport, row: WorthRow) -> list[str]:
    """The return in percent of the cost."""
    formula = _("return = 100 · (income · margin − cost) / cost")
    if row.roi_percent is None:
        return [formula, _("no time or money spent") if row.cost == 0 else _why_unknown(row)]
    percent = format_signed_percent(row.roi_percent)
    return [formula, f"100 · ({_say_net(row)}) / {_say_own(row, row.cost)} = {percent}"]


def explain_cost_per_lead(report: WorthReport, row: WorthRow) -> list[str]:
    """The cost divided by the leads."""
    if not row.leads:
        return [_("no lead in {hours}").format(hours=words.say_hours(row.seconds))]
    if row.cost is None:
        return [words.say_missing_settings(row)]
    return [f"{_say_own(row, row.cost)} / {row.leads} = {_say_own(row, row.cost_per_lead)}"]


def explain_net_per_hour(report: WorthReport, row: WorthRow) -> list[str]:
    """The net income divided by the hours."""
    formula = _("net an hour = (income · margin − cost) / hours")
    if row.net_per_hour is None:
        return [formula, _why_unknown(row)]
    return [formula, f"({_say_net(row)}) / {_say_exact_hours(row.seconds)} = {_say_own(row, row.net_per_hour)}"]


def explain_rate(report: WorthReport, row: WorthRow) -> list[str]:
    """Leads an hour, as counted and with their interval."""
    if row.rate is None:
        return [_("under an hour is too little to tell")]
    hours = _say_exact_hours(row.seconds)
    shape = format_decimal(row.leads + channel_worth.PRIOR, 1)
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
        return [formula, words.say_missing_settings(row)]
    hour_cost, value = _say_own(row, economics.hour_cost), _say_own(row, economics.sale_value)
    if economics.value_from == LOG:
        payments = plural(economics.payments, "{n} payment", "{n} payments")
        value_source = plural(
            len(economics.buyers),
            "paid per buyer: {payments} from {n} buyer, {total} / {n} = {value}",
            "paid per buyer on average: {payments} from {n} buyers, {total} / {n} = {value}",
            payments=payments,
            total=_say_own(row, sum(buyer.amount for buyer in economics.buyers)),
            value=value,
        )
    else:
        value_source = plural(
            economics.payments,
            "from the settings; the log has {n} sale, its own average is used from {least} on",
            "from the settings; the log has {n} sales, their average is used from {least} on",
            least=ENOUGH_SALES,
        )
    if economics.share_from == LOG:
        share = f"{economics.converted}/{economics.settled}"
        share_source = plural(
            economics.settled,
            "{became} of {n} lead of 30 days or more",
            "{became} of {n} leads of 30 days or more",
            became=economics.converted,
        )
    else:
        share = say_precise(economics.client_share)
        share_source = _("from the settings; no lead of 30 days or more became a client yet")
        if economics.payments < ENOUGH_SALES:
            sentence = _("from the settings; the log’s own share is used from {least} sales on")
            share_source = sentence.format(least=ENOUGH_SALES)
    return [
        formula,
        f"{hour_cost} / ({value} · {share} · {_say_margin(row)}) = {words.say_break_even(economics.break_even)}",
        _("value of a sale: {source}").format(source=value_source),
        _("share of leads that become clients: {source}").format(source=share_source),
    ]


def explain_procrastination(report: WorthReport, row: WorthRow) -> list[str]:
    """The share of the time that was not intended."""
    test = row.test("procrastination")
    rule = _(
        "the share of its time during your focus hours without an intention, or over plan; more "
        "than {most} is too much. Talks need no intention, nor does measured time that you said was work; measured "
        "time of which you said nothing is left out"
    ).format(most=format_percent(channel_worth.UNINTENDED_LIMIT))
    if test.figures["share"] is None:
        return [rule, words.say_test_result(test)]
    share = format_percent(test.figures["share"], channel_worth.UNINTENDED_LIMIT)
    hours = f"{_say_exact_hours(row.unintended_seconds, 1)} h / {_say_exact_hours(row.told_seconds, 1)} h"
    return [rule, labelled(f"{hours} = {share}", words.say_test_result(test))]


def explain_return_test(report: WorthReport, row: WorthRow) -> list[str]:
    """How likely the leads an hour are below the break-even."""
    test, break_even = row.test("return"), row.economics.break_even
    rule = _(
        "the chance that its leads per hour are below break-even: from {sure} it does not pay, "
        "up to {not_sure} it pays; needs {hours} hours here and {leads} leads over all channels"
    ).format(
        sure=format_percent(channel_worth.SURELY_BELOW),
        not_sure=format_percent(channel_worth.SURELY_NOT_BELOW),
        hours=channel_worth.LEAST_HOURS,
        leads=channel_worth.LEAST_LEADS,
    )
    if row.below_break_even is None or break_even is None:
        missing = [words.say_missing_settings(row)] if row.economics.missing_settings else []
        unknown = [] if row.has_results else [words.say_needs_result()]
        return [rule, words.say_test_result(test), *missing, *unknown]
    below = words.say_chance(row.below_break_even, channel_worth.SURELY_BELOW, channel_worth.SURELY_NOT_BELOW)
    chance = f"P({say_precise(break_even)} > Gamma({row.leads} + ½, {_say_exact_hours(row.seconds)})) = {below}"
    return [rule, labelled(chance, words.say_test_result(test))]


def explain_time_test(report: WorthReport, row: WorthRow) -> list[str]:
    """The share of the hours beside those of the leads and the income."""
    test, figures = row.test("time"), row.test("time").figures
    rule = _(
        "its share of the hours compared with its shares of the leads and of the income: out of "
        "proportion if over {n} times both; needs an hour here and {leads} leads over all "
        "channels. If fewer than {least} lead would be expected from its hours, having none is "
        "not enough to judge"
    ).format(n=channel_worth.OUT_OF_PROPORTION, leads=channel_worth.LEAST_LEADS, least=channel_worth.LEAST_EXPECTED)
    if not row.has_results:
        return [rule, words.say_test_result(test), words.say_needs_result()]
    all_seconds = sum(other.seconds for other in report.rows)
    all_income = sum(other.outcomes.income for other in report.rows)
    hours = f"{_say_exact_hours(row.seconds, 1)} h / {_say_exact_hours(all_seconds, 1)} h"
    leads = f"{row.leads} / {row.all_leads}"
    income = f"{_say_own(row, row.outcomes.income)} / {_say_own(row, all_income)}"
    income_line = _("income: {sum} = {share}").format(sum=income, share=format_percent(figures["income_share"]))
    lines = [
        rule,
        _("hours: {sum} = {share}").format(sum=hours, share=format_percent(figures["hours_share"])),
        _("leads: {sum} = {share}").format(sum=leads, share=format_percent(figures["leads_share"])),
        words.say_other_income(row) if row.outcomes.has_only_other_income else income_line,
    ]
    ratios = (
        (_("times its share of the leads: {n}"), figures["leads_times"]),
        (_("times its share of the income: {n}"), figures["income_times"]),
    )
    for sentence, times in ratios:
        if times is not None:
            lines.append(sentence.format(n=format_decimal_apart(times, 1, channel_worth.OUT_OF_PROPORTION)))
    if (expected := figures["expected_leads"]) is not None:
        shown = format_decimal_apart(expected, 2, channel_worth.LEAST_EXPECTED)
        sentence = _("leads expected from its hours: {all} · {hours} = {n}")
        lines.append(sentence.format(all=row.all_leads, hours=hours, n=shown))
    return [*lines, words.say_test_result(test)]


def explain_verdict(report: WorthReport, row: WorthRow) -> list[str]:
    """What the three tests lead to, and the user's own verdict."""
    rule = _(
        "two of three tests not passed: stop; one not passed: cut down; return test passed: "
        "keep, or more of it if there is a chance of {better} or more that an hour here brings "
        "more leads than an hour on every other channel with {hours} hours or more"
    ).format(hours=channel_worth.LEAST_HOURS, better=format_percent(channel_worth.BETTER))
    lines = [
        rule,
        *(labelled(_(words.TEST_TITLES[name]), words.say_test_result(row.test(name))) for name in channel_worth.TESTS),
        f"= {words.say_verdict(row.verdict)}",
        words.say_what_settles(row),
        words.say_compared(report, row),
        words.say_your_verdict(row, _("yours: {verdict}")),
        words.say_opportunity_cost(report, row) if row.effective_verdict == "stop" else "",
    ]
    return [line for line in lines if line]


class WorthColumn(Record):
    """One column of the Worth report.

    `title` is its heading, `heading` a shorter one for the screens. `cell` writes it for a table. `explain` gives the
    lines that redo the sum of a cell. `values` gives its keys and values for JSON, of which a written review stores
    those in `stored`. `page_cell` writes it from what a review stored: a column with it is in the table of the Markdown
    page and of `tracker worth`, and one of `HTML_COLUMNS` shows it in the HTML page. It is asked through `page_text`,
    which knows that an older review may lack what it reads.

    On the screens, columns of the highest `rank` are left out first where there is not enough room; one without a rank
    is not there. `width` is the least width, in cells. `needs_result`: without any result its cell says nothing, and
    its explanation only that one is missing.
    """

    key: str
    title: str
    cell: Callable[[WorthRow], str]
    explain: Explain
    values: Callable[[WorthReport, WorthRow], dict[str, Any]] | None = None
    stored: tuple[str, ...] = ()
    page_cell: Callable[[StoredFigures], str] | None = None
    heading: str = ""
    rank: int | None = None
    width: int = 7
    needs_result: bool = False

    @property
    def short_title(self) -> str:
        """The heading for the screens, in the reader's language."""
        return _(self.heading or self.title)

    def is_stored_in(self, figures: StoredFigures) -> bool:
        """Whether a review has what it stores of this column: not one that is older than the column."""
        return figures.keys() >= {*self.stored}

    def page_text(self, figures: StoredFigures) -> str:
        """The cell of a written page; a dash where the review does not know it."""
        return self.page_cell(figures) if self.page_cell and self.is_stored_in(figures) else "–"


# --- Cells


def _say_cell(row: WorthRow, hundredths: int | None, others: OtherAmounts) -> str:
    """`€1,350 +`: an amount, with a plus where there are others; a dash for what is not known."""
    if hundredths is None or not others:
        return _say_own(row, hundredths)
    known = [(row.economics.currency, hundredths)] * bool(hundredths) + list(others)
    currency, first = known[0]
    return format_money(first, currency) + (" +" if len(known) > 1 else "")


def _calculated_cell(row: WorthRow, hundredths: int | None, others: OtherAmounts = ()) -> str:
    """The same of an amount that was calculated, rounded."""
    return _say_cell(row, None if hundredths is None else rounded_as_shown(hundredths), others)


def decided_verdict(row: WorthRow) -> str:
    """The verdict that counts, with a star where it is the user's own: `- cut *`."""
    return words.say_verdict(row.effective_verdict, short=True) + (" *" if row.your_verdict else "")


# --- Cells of a written review


def stored_hundredths(amount: str) -> int:
    """A stored decimal string in hundredths."""
    from decimal import Decimal

    return int(Decimal(amount).scaleb(2))


def stored_income(figures: StoredFigures) -> str:
    """`€1,350 + $700`: a stored income, and beside it those in other currencies; a dash for what is not known."""
    return _stored_sum(figures, figures["income"] and stored_hundredths(figures["income"]), "other_income")


def stored_cost(figures: StoredFigures) -> str:
    """The same of a stored cost, which was calculated and is rounded."""
    return _stored_sum(figures, figures["cost"] and rounded_as_shown(stored_hundredths(figures["cost"])), "other_spend")


def _stored_sum(figures: StoredFigures, hundredths: int | None, others_key: str) -> str:
    if hundredths is None:
        return "–"
    return words.say_with_others(hundredths, figures["currency"], _stored_others(figures, others_key))


def stored_not_added(figures: StoredFigures) -> list[str]:
    """Sentences that the amounts in other currencies are in no sum."""
    return words.say_not_added(_stored_others(figures, "other_income"), _stored_others(figures, "other_spend"))


def _stored_others(figures: StoredFigures, key: str) -> OtherAmounts:
    return tuple((other["currency"], stored_hundredths(other["amount"])) for other in figures[key])


def is_stored_used(figures: StoredFigures) -> bool:
    """Whether there is anything to say of a channel."""
    spent = figures["spend"] not in (None, "0.00", "0") or figures["other_spend"]
    return bool(figures["seconds"] or figures["leads"] or spent or figures["other_income"])


def has_stored_rate(figures: StoredFigures) -> bool:
    """Whether there was time enough for leads an hour; older reviews store a rate of less time as well."""
    rate = figures.get("leads_per_hour") or {}
    return rate.get("low") is not None and figures["seconds"] >= LEAST_SECONDS


def stored_rate(figures: StoredFigures) -> float:
    """Leads an hour as counted, which older reviews do not store."""
    return float(figures["leads"] * HOUR / figures["seconds"])


def stored_rate_cell(figures: StoredFigures) -> str:
    """`0.15 (0.04–0.40)`: as counted, and the 95 % interval."""
    if not has_stored_rate(figures):
        return "–"
    rate = figures["leads_per_hour"]
    return f"{format_decimal(stored_rate(figures))} ({format_decimal(rate['low'])}–{format_decimal(rate['high'])})"


# --- Values for JSON


def _decimal(row: WorthRow, hundredths: int | None) -> str | None:
    return serialize.amount(hundredths, row.economics.currency)


def _if_known(row: WorthRow, figure: int) -> int | None:
    """A figure of what a row brought; None where no result was ever recorded."""
    return figure if row.has_results else None


def _known_cell(row: WorthRow, figure: int) -> str:
    """Its cell: a dash for what is not known."""
    return _count(_if_known(row, figure))


def _count(number: int | None) -> str:
    return "–" if number is None else format_decimal(number, 0)


def _rate_values(rate: LeadRate | None) -> dict[str, float | None]:
    return {name: None if rate is None else getattr(rate, name) for name in ("mean", "low", "high", "counted")}


def _income_values(report: WorthReport, row: WorthRow) -> dict[str, Any]:
    return {
        "income": _decimal(row, _if_known(row, row.outcomes.income)),
        "other_income": serialize.amounts(row.outcomes.other_income),
        "currency": row.economics.currency,
        "unused_settings": [
            {"name": name, "amount": serialize.amount(hundredths, currency), "currency": currency}
            for name, hundredths, currency in row.economics.unused_settings
        ],
    }


def _verdict_values(report: WorthReport, row: WorthRow) -> dict[str, Any]:
    money, calls = report.opportunity_cost(row)
    yours, last = row.your_verdict, row.last_verdict
    return {
        "tests": {test.name: test.state for test in row.tests},
        "test_figures": {test.name: dict(test.figures) for test in row.tests},
        "lacks": {test.name: list(test.lacks) for test in row.tests},
        "verdict": row.verdict,
        "not_compared": list(row.not_compared),
        "your_verdict": yours and yours.verdict,
        "why": yours and yours.why,
        "last_verdict": last and last.verdict,
        "last_verdict_week": last and last.week,
        "settle_hours": None if row.seconds_to_settle is None else -(-row.seconds_to_settle // HOUR),
        "hours_would_buy": {"money": _decimal(row, money), "calls": calls},
        # The probability that an hour here brings more leads than one on each other channel.
        "more_leads_than": {
            other.channel: chance
            for other in report.rows
            if (chance := report.probability_better(row.channel, other.channel)) is not None
        },
    }


# --- The table


def _count_column(kind: str, title: str, heading: str = "") -> WorthColumn:
    key = f"{kind}s"
    return WorthColumn(
        key,
        title,
        lambda row: _known_cell(row, getattr(row.outcomes, key)),
        partial(explain_kind, kind),
        values=lambda report, row: {key: _if_known(row, getattr(row.outcomes, key))},
        stored=(key,),
        heading=heading,
        rank=5,
        needs_result=True,
    )


def _test_column(name: str, title: str, heading: str, explain: Explain, *, width: int = 2) -> WorthColumn:
    return WorthColumn(
        name, title, lambda row: words.TEST_SIGNS[row.test(name).state], explain, heading=heading, rank=2, width=width
    )


# fmt: off
_ALL = (
    WorthColumn("hours", N_("hours"), lambda row: words.say_hours(row.seconds), explain_hours,
                lambda report, row: serialize.row(row, "seconds sessions checks unmeant_seconds=unintended_seconds"),
                stored=("seconds",), page_cell=lambda figures: words.say_hours_alone(figures["seconds"]), rank=0),
    WorthColumn("cost", N_("cost"), lambda row: _calculated_cell(row, row.cost, row.other_spend),
                explain_cost,
                lambda report, row: {"cost": _decimal(row, row.cost), "time_cost": _decimal(row, row.time_cost)},
                stored=("cost",), page_cell=stored_cost, rank=2),
    WorthColumn("spend", N_("spent"), lambda row: _say_cell(row, row.spend, row.other_spend),
                explain_spend,
                lambda report, row: {"spend": _decimal(row, row.spend),
                                     "other_spend": serialize.amounts(row.other_spend)},
                stored=("spend", "other_spend"), rank=6),
    _count_column("recommendation", N_("recommendations"), N_("recom.")),
    _count_column("prospect", N_("prospects"), N_("prosp.")),
    _count_column("client", N_("clients")),
    WorthColumn("leads", N_("leads"), lambda row: _known_cell(row, row.leads), explain_leads,
                lambda report, row: {"leads": _if_known(row, row.leads),
                                     "open_leads": _if_known(row, row.outcomes.open_leads)},
                stored=("leads", "open_leads"), page_cell=lambda figures: _count(figures["leads"]), rank=0,
                needs_result=True),
    WorthColumn("first_touch", N_("first touch"), lambda row: _known_cell(row, row.first_touch), explain_first_touch,
                lambda report, row: {"first_touch": _if_known(row, row.first_touch)}, heading=N_("first met"), rank=8,
                needs_result=True),
    WorthColumn("income", N_("income"),
                lambda row: _say_cell(row, _if_known(row, row.outcomes.income), row.outcomes.other_income),
                explain_income, _income_values, stored=("income", "other_income", "currency"),
                page_cell=stored_income, rank=1, needs_result=True),
    WorthColumn("roi", N_("return"), lambda row: format_signed_percent(row.roi_percent), explain_roi,
                lambda report, row: {"roi_percent": row.roi_percent}, stored=("roi_percent",),
                page_cell=lambda figures: format_signed_percent(figures["roi_percent"]), rank=3),
    WorthColumn("cost_per_lead", N_("cost of a lead"),
                lambda row: _calculated_cell(row, row.cost_per_lead), explain_cost_per_lead,
                lambda report, row: {"cost_per_lead": _decimal(row, row.cost_per_lead)},
                stored=("cost_per_lead",), heading=N_("a lead"), rank=7, needs_result=True),
    WorthColumn("net_per_hour", N_("net/h"), lambda row: _calculated_cell(row, row.net_per_hour),
                explain_net_per_hour,
                lambda report, row: {"net_per_hour": _decimal(row, row.net_per_hour)}, rank=7),
    WorthColumn("leads_per_hour", N_("leads/h"),
                lambda row: "–" if row.rate is None else format_decimal(row.rate.counted), explain_rate,
                lambda report, row: {"leads_per_hour": _rate_values(row.rate)},
                stored=("leads_per_hour",), page_cell=stored_rate_cell, rank=4, needs_result=True),
    WorthColumn("break_even", N_("break-even"),
                lambda row: "–" if row.economics.break_even is None else words.say_break_even(row.economics.break_even),
                explain_break_even,
                lambda report, row: {"break_even": row.economics.break_even, "below_break_even": row.below_break_even}),
    _test_column("procrastination", N_("procrastination"), "P", explain_procrastination, width=3),
    _test_column("return", N_("return test"), "R", explain_return_test),
    _test_column("time", N_("time test"), "T", explain_time_test),
    WorthColumn("verdict", N_("verdict"), lambda row: words.say_verdict(row.verdict, short=True),
                explain_verdict, _verdict_values, stored=("tests", "verdict"),
                page_cell=lambda figures: words.say_verdict(figures["verdict"], short=True)),
)
# fmt: on

#: Every column by its key, in the order of the tables.
COLUMNS = {column.key: column for column in _ALL}


def explain_cell(report: WorthReport, row: WorthRow, key: str) -> list[str]:
    """The lines that redo the sum of one cell, in the reader's language. KeyError for what is no column."""
    column = COLUMNS[key]
    if column.needs_result and not row.has_results:
        return [words.say_needs_result()]
    return column.explain(report, row)


# --- The table of the HTML page


class HtmlColumn(Record):
    """A column of the HTML page, which has room for fewer and so joins several: `joins` are their keys.

    `cell` writes it from what a review stored, and from the highest end of an interval in the whole table. It is not
    asked where an older review lacks the first of the joined columns.
    """

    title: str
    joins: tuple[str, ...]
    cell: Callable[[StoredFigures, float], Cell]

    def content(self, figures: StoredFigures, most: float) -> Cell:
        """The cell; a dash where the review does not know it."""
        return self.cell(figures, most) if COLUMNS[self.joins[0]].is_stored_in(figures) else "–"


def _one_over_other(figure: Text, below: Text, style: str = "whole") -> Cell:
    from tracker.reports.document import Inline  # here and below: `week --json` writes no page

    return Inline(style, figure), Inline("soft", below) if below else ""


def _html_leads(figures: StoredFigures, most: float) -> Cell:
    counts = [figures[kind] or 0 for kind in ("recommendations", "prospects", "clients")]
    return _one_over_other(_count(figures["leads"]), ", ".join(compress(words.say_kinds(*counts), counts)))


def _html_rate(figures: StoredFigures, most: float) -> Cell:
    from tracker.reports.document import IntervalChart

    if not has_stored_rate(figures):
        return "–"
    low, high = figures["leads_per_hour"]["low"], figures["leads_per_hour"]["high"]
    return IntervalChart(low, stored_rate(figures), high, most, stored_rate_cell(figures))


def _html_verdict(figures: StoredFigures, most: float) -> Cell:
    """The verdict that counts; below it the calculated one, where the user's own is another."""
    computed, decided = figures["verdict"], (figures["your_verdict"] or figures)["verdict"]
    calculated = _("calculated: {computed}").format(computed=words.say_verdict(computed, short=True))
    style = f"verdict {decided if decided in VERDICTS else 'unknown'}"
    return _one_over_other(words.say_verdict(decided, short=True), calculated if decided != computed else "", style)


HTML_COLUMNS = (
    HtmlColumn(
        N_("hours and cost"),
        ("hours", "cost"),
        lambda figures, most: _one_over_other(words.say_hours(figures["seconds"]), COLUMNS["cost"].page_text(figures)),
    ),
    HtmlColumn(N_("new leads"), ("leads", "recommendations", "prospects", "clients"), _html_leads),
    HtmlColumn(N_("leads an hour"), ("leads_per_hour",), _html_rate),
    HtmlColumn(
        N_("income and return"),
        ("income", "roi"),
        lambda figures, most: _one_over_other(COLUMNS["income"].page_text(figures), COLUMNS["roi"].page_text(figures)),
    ),
    HtmlColumn(N_("verdict"), ("verdict",), _html_verdict),
)


# --- Rows of values


def _row_values(report: WorthReport, row: WorthRow) -> dict[str, Any]:
    values = {"channel": row.channel, "title": row.title, "kind": row.kind, "channels": list(row.channels)}
    for column in COLUMNS.values():
        values |= column.values(report, row) if column.values else {}
    return values


#: What is not worked out for a channel that is not judged.
_NOT_WORKED_OUT: dict[str, Any] = {
    "unmeant_seconds": None,
    "spend": None,
    "unused_settings": [],
    "break_even": None,
    "hours_would_buy": {"money": None, "calls": None},
}


def worth_json(report: WorthReport) -> list[dict[str, Any]]:
    """The rows as `--json` prints them; amounts are decimal strings in `currency`, other currencies beside them.

    What is said an hour (`leads_per_hour`, `net_per_hour`, `below_break_even`, `more_leads_than`) is null, or leaves a
    row out, below an hour of time. `leads_per_hour` is an object all the same, with null for each of its values.

    After real contact come the channels that are neither social nor in person, such as messaging, where they brought
    something or a lead was first met there: their `kind` says so. They are not judged, and are part of no other row.
    """
    coverage = {"coverage": _coverage(report)}
    rows = [_rounded(_row_values(report, row)) | coverage for row in report.rows]
    return rows + [_row_values(report, row) | _NOT_WORKED_OUT | coverage for row in report.unjudged]


def _coverage(report: WorthReport) -> dict[str, Any]:
    """What every row rests on, and what belongs to none of them."""
    unattributed, currency = report.unattributed, report.economics.currency
    own_income = ((currency, unattributed.income),) if unattributed.income else ()
    return {
        "from": report.first,
        "to": report.last,
        **serialize.row(report, "weeks days logged_days"),
        "sales": report.economics.payments,
        "buyers": len(report.economics.buyers),
        "unknown_leads": unattributed.leads,
        "unknown_income": serialize.amounts((*own_income, *unattributed.other_income)),
        "first_touch_unknown": report.first_touch_unknown,
    }


def _rounded(values: dict[str, Any]) -> dict[str, Any]:
    """The values with numbers rounded to four decimals, percentages to one."""
    rounded = {}
    for key, value in values.items():
        if isinstance(value, dict):
            value = _rounded(value)
        elif isinstance(value, float):
            value = round_half_up(value, 1 if key == "roi_percent" else 4)
        rounded[key] = value
    return rounded


def stored_rows(report: WorthReport) -> list[dict[str, Any]]:
    """The rows as a written review stores them: not rounded, with the sentences of that day."""
    return [_stored_row(report, row) for row in report.rows]


def _stored_row(report: WorthReport, row: WorthRow) -> dict[str, Any]:
    values = _row_values(report, row)
    stored = {key: values[key] for column in COLUMNS.values() for key in column.stored if key != "verdict"}
    sentences = {test.name: f"{words.say_test_result(test)} – {words.say_test(row, test)}" for test in row.tests}
    return {
        "channel": row.channel,
        "title": words.say_title(row),
        "kind": row.kind,
        "from": report.first,
        "to": report.last,
        **stored,
        "tests_said": sentences,
        "verdict": row.verdict,
        "your_verdict": row.your_verdict and serialize.row(row.your_verdict, "week verdict why"),
        "last_verdict": row.last_verdict and serialize.row(row.last_verdict, "week verdict why"),
        "cost_and_return": words.say_spend_and_margin(row),
        "settling": words.say_what_settles(row) or None,
        "compared": words.say_compared(report, row) or None,
        "otherwise": words.say_opportunity_cost(report, row) if row.effective_verdict == "stop" else None,
    }
