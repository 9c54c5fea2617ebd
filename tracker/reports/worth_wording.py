"""The sentences of the Worth report in the reader's language: verdicts, tests, what is missing, what came of a verdict.

A failed test is worded as what was found, never as the user's fault. Babel is imported when it is used.
"""

from __future__ import annotations

from tracker.analytics import channel_worth
from tracker.analytics.channel_worth import FAIL, NOT_ENOUGH_DATA, PASS, REAL_CONTACT
from tracker.domain.models import HOUR
from tracker.formatting import numbers
from tracker.formatting.money import format_money, rounded_as_shown
from tracker.formatting.text import format_lead_count, format_open_count, join_phrases, labelled
from tracker.formatting.times import format_duration, format_week
from tracker.locale import N_, _, ngettext, plural
from tracker.settings import say_wanted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.analytics.channel_worth import (
        OtherAmounts,
        OutcomeTotals,
        UnitEconomics,
        WorthReport,
        WorthRow,
        WorthTest,
    )
    from tracker.reports.worth import LoggedTime, VerdictFollowUp

#: Each verdict's sign, which tells them apart without colour, its word, and a shorter word for tables.
VERDICTS = {
    "more": ("+", N_("more of it"), N_("more")),
    "keep": ("=", N_("keep"), N_("keep")),
    "cut": ("-", N_("cut down"), N_("cut")),
    "stop": ("×", N_("stop"), N_("stop")),
    NOT_ENOUGH_DATA: ("?", N_("too early"), N_("too early")),
}

TEST_TITLES = {"procrastination": N_("Procrastination"), "return": N_("Return"), "time": N_("Time")}

#: What a test found, in a word or two.
TEST_RESULTS = {
    ("procrastination", PASS): N_("mostly planned"),
    ("procrastination", FAIL): N_("often unplanned"),
    ("return", PASS): N_("pays"),
    ("return", FAIL): N_("does not pay"),
    ("time", PASS): N_("in proportion"),
    ("time", FAIL): N_("out of proportion"),
}
#: The least hours that a figure with one decimal shows.
LEAST_SHOWN = 0.1

#: The sign of the state of a test.
TEST_SIGNS = {PASS: "✓", FAIL: "!", NOT_ENOUGH_DATA: "?"}


def say_title(row: WorthRow) -> str:
    """`LinkedIn`, `Real contact`."""
    return _(row.title) if row.channel == REAL_CONTACT else row.title


def verdict_word(verdict: str, *, short: bool = False) -> str:
    """`keep`, for a sentence; short ones are for tables."""
    _sign, word, short_word = VERDICTS[verdict]
    return _(short_word if short else word)


def say_verdict(verdict: str, *, short: bool = False) -> str:
    """`= keep`: the word with the sign that stands for the colour of a verdict."""
    return f"{VERDICTS[verdict][0]} {verdict_word(verdict, short=short)}"


def say_your_verdict(row: WorthRow, label: str) -> str:
    """`your verdict: - cut down – an hour a week`, with a label that has `{verdict}`; empty without one."""
    if not row.your_verdict:
        return ""
    reason = f" – {row.your_verdict.why}" if row.your_verdict.why else ""
    return label.format(verdict=say_verdict(row.your_verdict.verdict)) + reason


def say_amount(hundredths: int | None, currency: str) -> str:
    """`€1,938.50`; a dash for what is not known."""
    return "–" if hundredths is None else format_money(hundredths, currency)


def say_with_others(hundredths: int | None, currency: str, others: OtherAmounts) -> str:
    """`€1,350 + $700`: an amount, and beside it those in other currencies; `€0` is left out beside others."""
    own = [say_amount(hundredths, currency)] if hundredths or not others else []
    return " + ".join([*own, *(format_money(amount, other) for other, amount in others)])


def say_others(amounts: OtherAmounts) -> str:
    """`$40, £12`: amounts in other currencies, side by side."""
    return ", ".join(format_money(amount, currency) for currency, amount in amounts)


def say_not_added(other_income: OtherAmounts, other_spend: OtherAmounts = ()) -> list[str]:
    """Sentences that income and spending in other currencies are in no sum; none where there is none."""
    sentences = (
        (_("income in other currencies, not added: {amounts}"), other_income),
        (_("spent in other currencies, not added: {amounts}"), other_spend),
    )
    return [sentence.format(amounts=say_others(amounts)) for sentence, amounts in sentences if amounts]


def say_unused_settings(economics: UnitEconomics) -> list[str]:
    """`hour_cost is €45, not in USD`: each setting that is not used, because it is in another currency."""
    message, own = _("{name} is {amount}, not in {currency}"), economics.currency
    return [
        message.format(name=name, amount=format_money(amount, currency), currency=own)
        for name, amount, currency in economics.unused_settings
    ]


def say_missing_settings(row: WorthRow) -> str:
    """The settings without which a figure is not known."""
    missing = _("needs {settings}").format(settings=", ".join(say_wanted(row.economics.missing_settings)))
    return join_phrases(missing, *say_unused_settings(row.economics))


def say_other_income(row: WorthRow) -> str:
    """Why there is no figure with the income in it: all of it is in other currencies."""
    message = _("unknown: its income is not in {currency} ({amounts})")
    return message.format(currency=row.economics.currency, amounts=say_others(row.outcomes.other_income))


def say_hours(seconds: int) -> str:
    """`43.1 h`; with more decimals near a limit: less than an hour or LEAST_HOURS never reads `10.0 h`.

    Some seconds never read `0.0 h`, as no time does: they are `<0.1 h`.
    """
    return f"{say_hours_alone(seconds)} h"


def say_hours_alone(seconds: int) -> str:
    """`43.1`: the hours of `say_hours` without their unit."""
    hours = seconds / HOUR
    if 0 < hours < LEAST_SHOWN / 2:
        return _("<{time}").format(time=numbers.format_decimal(LEAST_SHOWN, 1))
    return numbers.format_decimal_apart(hours, 1, channel_worth.LEAST_SECONDS / HOUR, channel_worth.LEAST_HOURS)


def say_break_even(break_even: float) -> str:
    """`0.25`, `0.0041`: the leads an hour that pay for it."""
    return numbers.format_decimal(break_even, numbers.rate_decimals(break_even))


def say_chance(chance: float, *limits: float) -> str:
    """`74 %`; `99.7 %`: what is not certain is never said to be."""
    return numbers.format_percent(chance, 0, 1, *limits)


def say_test_result(test: WorthTest) -> str:
    """`✓ in proportion`; `? too early`, or `? not known` or `? setting missing`, which time does not bring."""
    lacks = {*test.lacks} - {"minutes", "hours", "leads"}
    if test.state != NOT_ENOUGH_DATA:
        result = _(TEST_RESULTS[test.name, test.state])
    elif not lacks:
        result = _("too early")
    else:
        # `say_test` names the results first: the setting would not tell either.
        result = _("not known") if "results" in lacks or lacks <= {"purpose"} else _("setting missing")
    return f"{TEST_SIGNS[test.state]} {result}"


def say_reason(row: WorthRow) -> str:
    """What a verdict of less comes from: `does not pay`, else what another test found, else that it is the user's."""
    failed = [name for name in ("return", "time", "procrastination") if row.test(name).state == FAIL]
    return _(TEST_RESULTS[failed[0], FAIL]) if failed else _("your verdict")


def say_test(row: WorthRow, test: WorthTest) -> str:
    """What a test looked at, with its figures."""
    return {"procrastination": _say_unintended, "return": _say_return, "time": _say_time}[test.name](row, test)


def _say_unintended(row: WorthRow, test: WorthTest) -> str:
    if "focus_hours" in test.lacks:
        return _("needs {settings}").format(settings=", ".join(say_wanted(("focus_hours",))))
    if "minutes" in test.lacks:
        return _("under an hour is too little to tell")
    if "purpose" in test.lacks:
        return _("measured time, and nobody said what it was for; the review asks")
    limit = channel_worth.UNINTENDED_LIMIT
    share = numbers.format_percent(test.figures["share"], limit)
    said = _("{share} unplanned (limit {most})").format(share=share, most=numbers.format_percent(limit))
    if row.told_seconds == row.seconds:
        return said
    told = _("of the {hours} of which you said what they were for")
    return labelled(told.format(hours=say_hours(row.told_seconds)), said)


def say_no_results() -> str:
    """What is missing where it is not known what any channel brought, as one of the things that are needed."""
    return _("a first result (a recommendation, prospect, client or income)")


def say_needs_result() -> str:
    """That a figure needs a first result."""
    return _("needs {settings}").format(settings=say_no_results())


def _say_return(row: WorthRow, test: WorthTest) -> str:
    if not row.has_results:
        return say_needs_result()
    counted = plural(row.leads, "{n} lead in {hours}", "{n} leads in {hours}", hours=say_hours(row.seconds))
    if row.rate is None:
        return labelled(counted, _("under an hour is too little to tell"))
    low, high = map(numbers.format_decimal, (row.rate.low, row.rate.high))
    rate = _("{counted}: between {low} and {high} per hour").format(counted=counted, low=low, high=high)
    if row.below_break_even is None or row.economics.break_even is None:
        return rate
    chance = say_chance(row.below_break_even, channel_worth.SURELY_BELOW, channel_worth.SURELY_NOT_BELOW)
    message = _("{said}; break-even is {even} leads/h; {chance} likely to be below it")
    return message.format(said=rate, even=say_break_even(row.economics.break_even), chance=chance)


def _say_time(row: WorthRow, test: WorthTest) -> str:
    if "minutes" in test.lacks:
        return _("under an hour is too little to tell")
    if "results" in test.lacks:
        return say_needs_result()
    figures = test.figures
    hours, leads = numbers.format_percent(figures["hours_share"]), numbers.format_percent(figures["leads_share"])
    shares = _("{hours} of the hours for {leads} of the leads").format(hours=hours, leads=leads)
    if figures["leads_share"] is None:
        shares = _("{hours} of the hours").format(hours=hours)
    if figures["income_share"] is not None:
        income = numbers.format_percent(figures["income_share"])
        shares = _("{said} and {income} of the income").format(said=shares, income=income)
    if "leads" in test.lacks:
        reason = _("fewer than {n} leads over all channels are too few to tell").format(n=channel_worth.LEAST_LEADS)
        return join_phrases(shares, reason)
    if test.state == NOT_ENOUGH_DATA:
        return _("{said}; too few hours to expect a lead").format(said=shares)
    if max(figures["leads_share"] or 0, figures["income_share"] or 0):
        limit = _("{said} (limit: {n} times the larger share)")
        if figures["income_share"] is None:
            limit = _("{said} (limit: {n} times that share)")
        return limit.format(said=shares, n=channel_worth.OUT_OF_PROPORTION)
    return plural(
        numbers.round_to_int(figures["expected_leads"] or 0),
        "{said}; about {n} lead would be expected from its hours",
        "{said}; about {n} leads would be expected from its hours",
        said=shares,
    )


def say_what_settles(row: WorthRow) -> str:
    """What would turn "too early" into a verdict; empty where there is a verdict."""
    if row.verdict != NOT_ENOUGH_DATA:
        return ""
    missing = say_wanted(row.economics.missing_settings)
    if not row.has_results:
        missing.append(say_no_results())
    if missing:
        return _("missing: {settings}").format(settings=", ".join(missing))
    if row.seconds_to_settle is None:
        message = _("its leads per hour are too close to break-even for a verdict, even with {n} more hours")
        return message.format(n=numbers.format_decimal(channel_worth.MOST_HOURS, 0))
    if row.all_leads < channel_worth.LEAST_LEADS or row.rate is None:
        few_leads = few_hours = ""
        if row.all_leads < channel_worth.LEAST_LEADS:
            message = _("needs {n} leads over all channels; so far {leads}")
            few_leads = message.format(n=channel_worth.LEAST_LEADS, leads=row.all_leads)
        if row.seconds_to_settle:
            message = _("needs {n} hours here; so far {hours}")
            few_hours = message.format(n=channel_worth.LEAST_HOURS, hours=say_hours(row.seconds))
        return join_phrases(few_leads, few_hours)
    hours = -(-row.seconds_to_settle // HOUR)
    if row.leads:
        sentence = ngettext(
            "a verdict needs about {n} more hour at this lead rate",
            "a verdict needs about {n} more hours at this lead rate",
            hours,
        )
    else:
        sentence = ngettext(
            "a verdict needs {n} more hour if no lead comes", "a verdict needs {n} more hours if no lead comes", hours
        )
    return sentence.format(n=numbers.format_decimal(hours, 0))


def say_compared(report: WorthReport, row: WorthRow) -> str:
    """Why a row is `more` or only `keep`, and the rows it was not compared with; empty for the other verdicts."""
    if row.verdict not in ("more", "keep"):
        return ""
    others = [other for other in report.rows if other is not row]
    comparable = [other for other in others if channel_worth.is_comparable(other.seconds)]
    chances = _say_chances(report, row.channel, comparable, channel_worth.BETTER)
    sentence = _(
        "chance that an hour here brings more leads than an hour of: {others}; “more of it” from {limit} against each"
    )
    if not chances:
        sentence = _("“more of it” needs another channel with {n} hours or more to compare with")
    limit = numbers.format_percent(channel_worth.BETTER)
    compared = sentence.format(others=", ".join(chances), limit=limit, n=channel_worth.LEAST_HOURS)
    left_out = [  # `YouTube (8.0 h, 5 leads)`
        f"{say_title(other)} ({say_hours(other.seconds)}, {format_lead_count(other.leads)})"
        for other in others
        if other.channel in row.not_compared
    ]
    if not left_out:
        return compared
    sentence = _("not compared, because under {n} hours: {others}")
    return join_phrases(compared, sentence.format(n=channel_worth.LEAST_HOURS, others=", ".join(left_out)))


def say_comparisons(report: WorthReport, channel: str) -> str:
    """How likely an hour of a row brings more leads than one of each other row; empty where none is comparable."""
    if not (chances := _say_chances(report, channel, report.rows)):
        return ""
    title = next(say_title(row) for row in report.rows if row.channel == channel)
    message = _("chance that an hour of {title} brings more leads than an hour of another channel: {others}")
    return message.format(title=title, others=", ".join(chances))


def _say_chances(report: WorthReport, channel: str, others: Iterable[WorthRow], *limits: float) -> list[str]:
    """`YouTube 99.7 %`: that an hour of a row brings more leads than one of each other row, where that is known."""
    chances = [(other, report.probability_better(channel, other.channel)) for other in others]
    return [f"{say_title(other)} {say_chance(chance, *limits)}" for other, chance in chances if chance is not None]


def say_kinds(recommendations: int, prospects: int, clients: int) -> list[str]:
    """`1 recommendation`, `2 prospects`, `0 clients`."""
    return [
        plural(recommendations, "{n} recommendation", "{n} recommendations"),
        plural(prospects, "{n} prospect", "{n} prospects"),
        plural(clients, "{n} client", "{n} clients"),
    ]


def say_outcomes(totals: OutcomeTotals) -> str:
    """`1 recommendation · 2 prospects · 0 clients · 2 new leads · 1 still open`."""
    parts = say_kinds(totals.recommendations, totals.prospects, totals.clients)
    parts.append(plural(totals.leads, "{n} new lead", "{n} new leads"))
    if totals.open_leads:
        parts.append(format_open_count(totals.open_leads))
    return " · ".join(parts)


def say_outcomes_and_income(totals: OutcomeTotals, currency: str) -> str:
    """What `say_outcomes` says, and the income, if there is any."""
    if not (totals.income or totals.other_income):
        return say_outcomes(totals)
    return f"{say_outcomes(totals)} · {say_with_others(totals.income, currency, totals.other_income)}"


def say_unjudged(report: WorthReport) -> list[str]:
    """A sentence for each channel that is not judged: what came by it, and who was first met there."""
    sentences = []
    for channel in report.unjudged:
        parts = []
        if channel.outcomes.records:
            parts.append(say_outcomes_and_income(channel.outcomes, report.economics.currency))
        if channel.first_touch:
            parts.append(_("leads first met there: {n}").format(n=channel.first_touch))
        title = _("via {channel}, which has no verdict").format(channel=channel.title)
        sentences.append(labelled(title, " · ".join(parts)))
    return sentences


def row_notes(report: WorthReport, row: WorthRow) -> list[str]:
    """What is said of a row below its tests: spending, margin, what settles it, comparisons, first touch."""
    notes = [*say_spend_and_margin(row), say_what_settles(row), say_compared(report, row)]
    if row.first_touch != row.leads:
        notes.append(_("first met here, even if attributed elsewhere: {n}").format(n=row.first_touch))
    return [note for note in (*notes, *say_not_added(row.outcomes.other_income, row.other_spend)) if note]


def say_spend_and_margin(row: WorthRow) -> list[str]:
    """What of the cost is no time, and which part of the income counts in the return, where it is not all."""
    parts = []
    if row.cost is not None and row.spend:
        spent = format_money(row.spend, row.economics.currency)
        parts.append(_("the cost includes {amount} spent besides the hours").format(amount=spent))
    if row.economics.margin != 1 and row.outcomes.income and row.roi_percent is not None:
        margin = numbers.format_percent(row.economics.margin)
        parts.append(_("the return counts {margin} of the income, your margin").format(margin=margin))
    return parts


def say_opportunity_cost(report: WorthReport, row: WorthRow) -> str:
    """What the hours of a row would have been otherwise: in money, and in calls of the usual length."""
    money, calls = report.opportunity_cost(row)
    parts = []
    if money is not None:
        amount = format_money(rounded_as_shown(money), row.economics.currency)
        parts.append(_("{money} at your rate").format(money=amount))
    if calls is not None and report.usual_call_seconds is not None:
        length = format_duration(report.usual_call_seconds)
        parts.append(plural(calls, "{n} call of {length}", "{n} calls of {length}", length=length))
    else:
        parts.append(_("no logged call to compare with"))
    return _("its {hours} would be {bought}").format(hours=say_hours(row.seconds), bought=_(", or ").join(parts))


def say_follow_up(follow_up: VerdictFollowUp, currency: str) -> str:
    """`your verdict of 2026-W45: - cut down · 14h a week before · 5h 36m a week since · 3 new leads since`."""
    verdict = follow_up.verdict
    label = _("your verdict of {week}: {verdict}")
    decision = label.format(week=format_week(verdict.week), verdict=say_verdict(verdict.verdict))
    decision += f" – {verdict.why}" if verdict.why else ""
    return " · ".join((decision, *say_what_followed(follow_up, currency)))


def say_what_followed(follow_up: VerdictFollowUp, currency: str) -> list[str]:
    """What a channel took before a verdict and since, and what it brought since."""
    parts = [_say_logged_time(follow_up.before, _("{time} a week before"), _("{time} in all before, in {days}"))]
    if not follow_up.after.days:
        parts.append(_("nothing logged since"))
        return [part for part in parts if part]
    parts.append(_say_logged_time(follow_up.after, _("{time} a week since"), _("{time} in all since, in {days}")))
    if follow_up.leads is not None:
        parts.append(plural(follow_up.leads, "{n} new lead since", "{n} new leads since"))
    if follow_up.income or follow_up.other_income:
        amount = say_with_others(follow_up.income, currency, follow_up.other_income)
        parts.append(_("{amount} since").format(amount=amount))
    return [part for part in parts if part]


def _say_logged_time(time: LoggedTime, weekly: str, in_all: str) -> str:
    """By the week where enough days were logged for it, else in all, with their number; empty without logged days."""
    if time.weekly_seconds is not None and time.is_enough:
        return weekly.format(time=format_duration(time.weekly_seconds))
    days = plural(time.days, "{n} logged day", "{n} logged days")
    return in_all.format(time=format_duration(time.seconds), days=days) if time.days else ""
