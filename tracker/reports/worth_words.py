"""How "Is it worth it?" is said: verdicts and tests in the reader's words, money and numbers by their locale.

A test that a channel does not pass is said as what was found, never as the user's fault. Babel is imported when used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.money import format_money
from tracker.formatting.numbers import format_decimal, format_decimal_apart, format_percent
from tracker.formatting.text import labelled
from tracker.locale import N_, _, ngettext
from tracker.reports.worth_amounts import say_others, say_unlike, say_with_others
from tracker.reports.worth_numbers import say_chance, say_even, say_hours
from tracker.reports.worth_sums import (
    BETTER,
    FARTHEST,
    HOUR,
    LEAST_EXPECTED,
    LEAST_HOURS,
    LEAST_LEADS,
    OUT_OF_PROPORTION,
    SURE,
    SURELY_NOT,
    UNMEANT,
)
from tracker.reports.worth_values import FAIL, NOT_ENOUGH, PASS, REAL_CONTACT

if TYPE_CHECKING:
    from tracker.reports.verdicts import Chapter, Taken
    from tracker.reports.worth_values import Brought, Row, WorthTable, WorthTest

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


def say_test(row: Row, test: WorthTest) -> str:
    """What a test looked at, with its figures."""
    return {"procrastination": _say_unmeant, "return": _say_return, "time": _say_time}[test.name](row, test)


def _say_unmeant(row: Row, test: WorthTest) -> str:
    if "focus_hours" in test.lacks:
        return _("the setting focus_hours says when the important work is to be done")
    if "minutes" in test.lacks:
        return _("under an hour of time says too little")
    return _("{share} of the time was not meant (limit {most})").format(
        share=format_percent(test.figures["share"], UNMEANT), most=format_percent(UNMEANT)
    )


def _say_return(row: Row, test: WorthTest) -> str:
    counted = ngettext("{n} lead in {hours}", "{n} leads in {hours}", row.leads).format(
        n=row.leads, hours=say_hours(row.seconds)
    )
    if row.rate is None:
        return labelled(counted, _("under an hour of time says too little"))
    said = _("{counted}: between {low} and {high} an hour").format(
        counted=counted, low=format_decimal(row.rate.low), high=format_decimal(row.rate.high)
    )
    if row.below is None or row.business.break_even is None:
        return said
    return _("{said}; {even} would pay for it, and with a chance of {chance} it is fewer").format(
        said=said, even=say_even(row.business.break_even), chance=say_chance(row.below, SURE, SURELY_NOT)
    )


def _say_time(row: Row, test: WorthTest) -> str:
    if "minutes" in test.lacks:
        return _("under an hour of time says too little")
    figures = test.figures
    said = _("{hours} of the hours, {leads} of the leads").format(
        hours=format_percent(figures["hours_share"]), leads=format_percent(figures["leads_share"])
    )
    if figures["income_share"] is not None:
        said = _("{said}, {income} of the income").format(said=said, income=format_percent(figures["income_share"]))
    if "leads" in test.lacks:
        why = _("under {n} leads over all channels say too little").format(n=LEAST_LEADS)
    else:
        why = say_proportion(test)
    return _("; ").join((said, why))


def say_proportion(test: WorthTest) -> str:
    """What the test of the time went by: how many times its other shares its share of the hours is, or, where it has
    none, how many leads were to be expected."""
    figures = test.figures
    shares = {
        "leads_times": _("the share of the hours is {times} times that of the leads (limit {most})"),
        "income_times": _("the share of the hours is {times} times that of the income (limit {most})"),
    }
    known = [(times, says) for name, says in shares.items() if (times := figures[name]) is not None]
    if test.state != NOT_ENOUGH and known:
        times, says = min(known)
        return says.format(times=format_decimal_apart(times, 1, OUT_OF_PROPORTION), most=OUT_OF_PROPORTION)
    expected = format_decimal_apart(figures["expected_leads"] or 0, 2, LEAST_EXPECTED)
    if test.state == NOT_ENOUGH:
        return _("{n} leads would be expected from its hours: too few to judge (limit {least})").format(
            n=expected, least=LEAST_EXPECTED
        )
    return _("{n} leads would be expected from its hours, none came").format(n=expected)


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
            n=format_decimal(FARTHEST, 0)
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
    return said.format(n=format_decimal(hours, 0))


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


def say_compared(table: WorthTable, row: Row) -> str:
    """Why a row whose return passed is `more`, or only `keep`; and which others it was not compared with.

    Nothing for the other verdicts, which compare nothing.
    """
    if row.verdict not in ("more", "keep"):
        return ""
    others = [one for one in table.rows if one is not row]
    chances = [
        (say_title(one), table.more_likely(row.channel, one.channel))
        for one in others
        if one.seconds >= LEAST_HOURS * HOUR
    ]
    named = ", ".join(f"{title} {say_chance(chance, BETTER)}" for title, chance in chances if chance is not None)
    says = _("chance that an hour brings more leads than one of: {others}; more of it from {limit} against each")
    if not named:
        says = _("more of it needs another channel with {n} hours or more to compare with")
    left_out = ", ".join(_say_left_out(one) for one in others if one.channel in row.not_compared)
    without = _("not compared, under {n} hours: {others}").format(n=LEAST_HOURS, others=left_out) if left_out else ""
    said = says.format(others=named, limit=format_percent(BETTER), n=LEAST_HOURS)
    return _("; ").join(filter(None, (said, without)))


def _say_left_out(row: Row) -> str:
    """`YouTube (8.0 h, 5 leads)`."""
    leads = ngettext("{n} lead", "{n} leads", row.leads).format(n=row.leads)
    return f"{say_title(row)} ({say_hours(row.seconds)}, {leads})"


def say_lacking(row: Row) -> str:
    """The settings without which something of a row is not known."""
    said = _("not known without the settings {names}").format(names=", ".join(row.business.lacking))
    return _("; ").join((said, *say_unlike(row.business)))


def say_foreign(row: Row) -> str:
    """Why there is no figure with the income in it."""
    return _("not known: its income is not in {currency} ({amounts})").format(
        currency=row.business.currency, amounts=say_others(row.brought.other_income)
    )


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


def say_elsewhere(table: WorthTable) -> list[str]:
    """What came by each channel that is not judged, and who was first met there."""
    said = []
    for one in table.elsewhere:
        parts = [say_all_brought(one.brought, table.business.currency)] if one.brought.outcomes else []
        parts += [_("leads first met there: {n}").format(n=one.first_touch)] if one.first_touch else []
        title = _("by {channel}, which is not judged").format(channel=one.title)
        said.append(labelled(title, " · ".join(parts)))
    return said


def say_comparisons(table: WorthTable, channel: str) -> str:
    """How likely an hour of a row brings more leads than one of each other; nothing where there is none to compare."""
    titles = {row.channel: say_title(row) for row in table.rows}
    said = [
        f"{titles[other]} {say_chance(chance)}"
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
    from tracker.formatting.times import format_week

    given = chapter.verdict
    said = _("{week}: {verdict}").format(week=format_week(given.week), verdict=say_verdict(given.verdict))
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
    from tracker.formatting.durations import format_duration

    if taken.a_week is not None and taken.is_enough:
        return a_week.format(time=format_duration(taken.a_week))
    days = ngettext("{n} logged day", "{n} logged days", taken.days).format(n=taken.days)
    return in_all.format(time=format_duration(taken.seconds), days=days) if taken.days else ""


def say_bought(table: WorthTable, row: Row) -> str:
    """What the hours of a row would have been otherwise: in money, and in calls of the usual length."""
    from tracker.formatting.durations import format_duration

    bought = table.bought(row)
    said = []
    if bought.money is not None:
        said.append(_("{money} at your rate").format(money=format_money(bought.money, row.business.currency)))
    if bought.calls is not None and table.usual_call_seconds is not None:
        calls = ngettext("{n} call of {length}", "{n} calls of {length}", bought.calls)
        said.append(calls.format(n=bought.calls, length=format_duration(table.usual_call_seconds)))
    else:
        said.append(_("no call of yours is known to count them in calls"))
    return _("{hours} of {title}: {bought}").format(
        hours=say_hours(row.seconds), title=say_title(row), bought=_(", or ").join(said)
    )
