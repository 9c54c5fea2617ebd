"""How "Is it worth it?" is said: verdicts and tests in the reader's words, money and numbers by their locale.

A test that a channel does not pass is said as what was found, never as the user's fault. Babel is imported when used.
"""

from __future__ import annotations

from tracker.calendar.say import say_money
from tracker.locale import N_, _, language, ngettext
from tracker.locale.wording import labelled
from tracker.review.worth_sums import FARTHEST, HOUR, LEAST_HOURS, LEAST_LEADS, UNMEANT
from tracker.review.worth_values import FAIL, NOT_ENOUGH, PASS, REAL_CONTACT
from tracker.rounding import half_up, nearest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.review.business import Business
    from tracker.review.verdicts import Chapter, Taken
    from tracker.review.worth_values import Brought, Rate, Row, WorthTable, WorthTest

#: Each verdict's sign, which tells them apart without colour, its word, and a shorter one for tables.
VERDICTS = {
    "more": ("+", N_("more of it"), N_("more")),
    "keep": ("=", N_("keep"), N_("keep")),
    "cut": ("-", N_("cut down"), N_("cut")),
    "stop": ("×", N_("stop"), N_("stop")),
    NOT_ENOUGH: ("?", N_("too early"), N_("too early")),
}

TEST_TITLES = {"procrastination": N_("Procrastination"), "return": N_("Return"), "time": N_("Time")}

#: What a test found, in a word or two.
FOUND = {
    ("procrastination", PASS): N_("mostly meant"),
    ("procrastination", FAIL): N_("often not meant"),
    ("return", PASS): N_("pays"),
    ("return", FAIL): N_("does not pay"),
    ("time", PASS): N_("in proportion"),
    ("time", FAIL): N_("out of proportion"),
}
#: The sign of a test's answer.
TEST_SIGNS = {PASS: "✓", FAIL: "!", NOT_ENOUGH: "?"}


def say_title(row: Row) -> str:
    """`LinkedIn`, `Real contact`."""
    return _(row.title) if row.channel == REAL_CONTACT else row.title


def say_verdict(verdict: str, *, short: bool = False) -> str:
    """`= keep`; short ones are for tables."""
    sign, word, shorter = VERDICTS[verdict]
    return f"{sign} {_(shorter if short else word)}"


def say_found(test: WorthTest) -> str:
    """`✓ in proportion`; `? too early`, and `? not set` where a setting is lacking."""
    return f"{TEST_SIGNS[test.state]} {_(FOUND[test.name, test.state]) if test.state != NOT_ENOUGH else _open(test)}"


def _open(test: WorthTest) -> str:
    """Time tells what it is too early for, but not what a setting is."""
    return _("too early") if set(test.lacks) <= {"minutes", "hours", "leads"} else _("not set")


def say_number(value: float, decimals: int = 2) -> str:
    """`1,234.50`, `1 234,50`."""
    from babel.numbers import format_decimal

    form = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(half_up(value, decimals), format=form, locale=language()))


def say_hours(seconds: int) -> str:
    """`43.1 h`."""
    return f"{say_number(seconds / HOUR, 1)} h"


def say_rate(rate: Rate | None) -> str:
    """`0.15`: leads an hour as they were counted; a dash where there is too little time to tell."""
    return "–" if rate is None else say_number(rate.counted)


def say_share(share: float | None) -> str:
    """`31 %`; a dash for what is not known."""
    return "–" if share is None else f"{say_number(100 * share, 0)} %"


def say_return(roi_percent: float | None) -> str:
    """`+37 %`, `−30 %`; a dash for what is not known."""
    if roi_percent is None:
        return "–"
    rounded = nearest(roi_percent)
    return f"{'+' if rounded > 0 else '−' if rounded < 0 else ''}{say_number(abs(rounded), 0)} %"


def say_amount(hundredths: int | None, currency: str) -> str:
    """`€1,938.50`; a dash for what is not known."""
    return "–" if hundredths is None else say_money(hundredths, currency)


def say_with_others(hundredths: int | None, currency: str, others: tuple[tuple[str, int], ...]) -> str:
    """`€1,350 + $700`: an amount in the set currency, and beside it those in others, which are not added up.

    Nothing in the set currency is left out where there is something in another: that is not nothing.
    """
    own = [say_amount(hundredths, currency)] if hundredths or not others else []
    return " + ".join([*own, *(say_money(amount, other) for other, amount in others)])


def say_cell(hundredths: int | None, currency: str, others: tuple[tuple[str, int], ...]) -> str:
    """The same for a column, `€1,350 +`: what is beside it is said below the table. A dash for what is not known."""
    if hundredths is None or not others:
        return say_amount(hundredths, currency)
    first, *more = ([(currency, hundredths)] if hundredths else []) + list(others)
    return say_money(first[1], first[0]) + (" +" if more else "")


def say_cost(row: Row) -> str:
    """What a row cost, for a column."""
    return say_cell(row.cost, row.business.currency, row.other_spend)


def say_spent(row: Row) -> str:
    """What was spent on a row, for a column."""
    return say_cell(row.spend, row.business.currency, row.other_spend)


def say_not_added(row: Row) -> list[str]:
    """That income and spending in other currencies are in no sum; nothing where there is none."""
    found = (
        (_("income in other currencies, not added up: {amounts}"), row.brought.other_income),
        (_("spent in other currencies, not added up: {amounts}"), row.other_spend),
    )
    return [says.format(amounts=say_others(amounts)) for says, amounts in found if amounts]


def say_income(row: Row) -> str:
    """The income of a row, for a column."""
    return say_cell(row.brought.income, row.business.currency, row.brought.other_income)


def say_test(row: Row, test: WorthTest) -> str:
    """What a test looked at, with its figures."""
    return {"procrastination": _say_unmeant, "return": _say_return, "time": _say_time}[test.name](row, test)


def _say_unmeant(row: Row, test: WorthTest) -> str:
    if "focus_hours" in test.lacks:
        return _("the setting focus_hours says when the important work is to be done")
    if "minutes" in test.lacks:
        return _("under an hour of time says too little")
    return _("{share} of the time was not meant; up to {most} is fine").format(
        share=say_share(test.figures["share"]), most=say_share(UNMEANT)
    )


def _say_return(row: Row, test: WorthTest) -> str:
    counted = ngettext("{n} lead in {hours}", "{n} leads in {hours}", row.leads).format(
        n=row.leads, hours=say_hours(row.seconds)
    )
    if row.rate is None:
        return labelled(counted, _("under an hour of time says too little"))
    said = _("{counted}: between {low} and {high} an hour").format(
        counted=counted, low=say_number(row.rate.low), high=say_number(row.rate.high)
    )
    if row.below is None or row.business.break_even is None:
        return said
    return _("{said}; {even} would pay for it, and with a chance of {chance} it is fewer").format(
        said=said, even=say_number(row.business.break_even), chance=say_share(row.below)
    )


def _say_time(row: Row, test: WorthTest) -> str:
    if "minutes" in test.lacks:
        return _("under an hour of time says too little")
    figures = test.figures
    said = _("{hours} of the hours, {leads} of the leads").format(
        hours=say_share(figures["hours_share"]), leads=say_share(figures["leads_share"])
    )
    if figures["income_share"] is None:
        return said
    return _("{said}, {income} of the income").format(said=said, income=say_share(figures["income_share"]))


def say_settling(row: Row, all_leads: int) -> str:
    """What would turn too early into a verdict; nothing where there is one. `all_leads` are those of every row.

    Hours are asked for only where they are lacking, and at the rate so far only where there is one.
    """
    if row.verdict != NOT_ENOUGH:
        return ""
    if row.business.lacking:
        return _("to be told: {settings}").format(settings=", ".join(row.business.lacking))
    if row.settle_seconds is None:
        return _("its leads an hour are too near to the break-even: even {n} more hours would not tell").format(
            n=say_number(FARTHEST, 0)
        )
    if all_leads < LEAST_LEADS or row.rate is None:
        return _say_least(row, all_leads)
    hours = -(-row.settle_seconds // HOUR)
    if row.leads:
        said = ngettext(
            "{n} more hour would settle it, if leads come as they did",
            "{n} more hours would settle it, if leads come as they did",
            hours,
        )
    else:
        said = ngettext(
            "{n} more hour without a lead would settle it", "{n} more hours without a lead would settle it", hours
        )
    return said.format(n=say_number(hours, 0))


def _say_least(row: Row, all_leads: int) -> str:
    """What there must be at least, before the return of a row is judged, and how far it is."""
    few = _("{n} leads over all channels are needed before anything is said; so far {leads}")
    short = _("{n} hours here are needed before anything is said; so far {hours}")
    said = []
    if all_leads < LEAST_LEADS:
        said.append(few.format(n=LEAST_LEADS, leads=all_leads))
    if row.settle_seconds:
        said.append(short.format(n=LEAST_HOURS, hours=say_hours(row.seconds)))
    return _("; ").join(said)


def say_brought(brought: Brought) -> str:
    """`1 recommendation · 2 prospects · 0 clients`, and how many were new, and are still open."""
    said = [
        ngettext("{n} recommendation", "{n} recommendations", brought.recommendations).format(
            n=brought.recommendations
        ),
        ngettext("{n} prospect", "{n} prospects", brought.prospects).format(n=brought.prospects),
        ngettext("{n} client", "{n} clients", brought.clients).format(n=brought.clients),
        ngettext("{n} new lead", "{n} new leads", brought.leads).format(n=brought.leads),
    ]
    if brought.open_leads:
        said.append(ngettext("{n} still open", "{n} still open", brought.open_leads).format(n=brought.open_leads))
    return " · ".join(said)


def say_all_brought(brought: Brought, currency: str) -> str:
    """What `say_brought` says, and the income, if there is any."""
    came = brought.income or brought.other_income
    income = say_with_others(brought.income, currency, brought.other_income) if came else ""
    return " · ".join(filter(None, (say_brought(brought), income)))


def say_others(amounts: tuple[tuple[str, int], ...]) -> str:
    """`$40, £12`: amounts in other currencies, side by side."""
    return ", ".join(say_money(amount, currency) for currency, amount in amounts)


def say_unlike(business: Business) -> list[str]:
    """`hour_cost is €45, not in USD`: each setting that is not used, as it is in another currency."""
    return [
        _("{name} is {amount}, not in {currency}").format(
            name=name, amount=say_money(amount, currency), currency=business.currency
        )
        for name, amount, currency in business.unlike
    ]


def say_comparisons(table: WorthTable, channel: str) -> str:
    """How likely an hour of a row brings more leads than one of each other; nothing where there is none to compare."""
    titles = {row.channel: say_title(row) for row in table.rows}
    said = [
        f"{titles[other]} {say_share(chance)}"
        for other in titles
        if (chance := table.more_likely(channel, other)) is not None
    ]
    if not said:
        return ""
    return _("how likely an hour of {title} brings more leads than one of the others: {others}").format(
        title=titles[channel], others=", ".join(said)
    )


def say_chapter(chapter: Chapter, currency: str) -> str:
    """What was decided of a channel in a week, and what came of it."""
    from tracker.calendar.weeks import say_week

    given = chapter.verdict
    said = _("{week}: {verdict}").format(week=say_week(given.week), verdict=say_verdict(given.verdict))
    said += f" – {given.why}" if given.why else ""
    return " · ".join((said, *say_came(chapter, currency)))


def say_came(chapter: Chapter, currency: str) -> list[str]:
    """What a channel took before a verdict and since, and what it brought since."""
    said = [_say_taken(chapter.before, _("{time} a week before"), _("{time} in all before, in {days}"))]
    if not chapter.after.days:
        return [*filter(None, said), _("nothing logged since")]
    said.append(_say_taken(chapter.after, _("{time} a week since"), _("{time} in all since, in {days}")))
    said.append(ngettext("{n} new lead since", "{n} new leads since", chapter.leads).format(n=chapter.leads))
    if chapter.income or chapter.other_income:
        amount = say_with_others(chapter.income, currency, chapter.other_income)
        said.append(_("{amount} since").format(amount=amount))
    return [*filter(None, said)]


def _say_taken(taken: Taken, a_week: str, in_all: str) -> str:
    """By the week where enough days were logged to say so; else in all, and in how many; nothing where none was."""
    from tracker.calendar.durations import say_duration

    if taken.a_week is not None and taken.is_enough:
        return a_week.format(time=say_duration(taken.a_week))
    days = ngettext("{n} logged day", "{n} logged days", taken.days).format(n=taken.days)
    return in_all.format(time=say_duration(taken.seconds), days=days) if taken.days else ""


def say_bought(table: WorthTable, row: Row) -> str:
    """What the hours of a row would have been otherwise: in money, and in calls of the usual length."""
    from tracker.calendar.durations import say_duration

    bought = table.bought(row)
    said = []
    if bought.money is not None:
        said.append(_("{money} at your rate").format(money=say_money(bought.money, row.business.currency)))
    if bought.calls is not None and table.usual_call_seconds is not None:
        calls = ngettext("{n} call of {length}", "{n} calls of {length}", bought.calls)
        said.append(calls.format(n=bought.calls, length=say_duration(table.usual_call_seconds)))
    else:
        said.append(_("no call of yours is known to count them in calls"))
    return _("{hours} of {title}: {bought}").format(
        hours=say_hours(row.seconds), title=say_title(row), bought=_(", or ").join(said)
    )
