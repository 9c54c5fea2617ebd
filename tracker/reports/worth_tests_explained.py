"""How the three tests and the verdict of "Is it worth it?" were reached, so that a reader could redo them by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.numbers import format_decimal_apart, format_percent
from tracker.formatting.text import labelled
from tracker.locale import _
from tracker.reports.worth_amounts import say_amount
from tracker.reports.worth_numbers import say_chance, say_exact_hours, say_precise
from tracker.reports.worth_sums import (
    BETTER,
    LEAST_EXPECTED,
    LEAST_HOURS,
    LEAST_LEADS,
    OUT_OF_PROPORTION,
    SURE,
    SURELY_NOT,
    UNMEANT,
)
from tracker.reports.worth_values import TESTS
from tracker.reports.worth_words import (
    TEST_TITLES,
    say_bought,
    say_compared,
    say_foreign,
    say_found,
    say_lacking,
    say_settling,
    say_verdict,
)

if TYPE_CHECKING:
    from tracker.reports.worth_values import Row, WorthTable


def explain_procrastination(table: WorthTable, row: Row) -> list[str]:
    """How much of the time was not meant."""
    test = row.test("procrastination")
    rule = _(
        "the share of its time inside your focus hours without an intention, or past its plan; over {most} it is too "
        "much. A talk needs no intention"
    ).format(most=format_percent(UNMEANT))
    if test.figures["share"] is None:
        return [rule, say_found(test)]
    share = format_percent(test.figures["share"], UNMEANT)
    parts = f"{say_exact_hours(row.unmeant_seconds, 1)} h / {say_exact_hours(row.seconds, 1)} h"
    return [rule, labelled(f"{parts} = {share}", say_found(test))]


def explain_return(table: WorthTable, row: Row) -> list[str]:
    """How likely the leads an hour are below those that pay."""
    test = row.test("return")
    rule = _(
        "the chance that its leads an hour are below those that pay: from {sure} on it does not pay, up to {not_sure} "
        "it does; asked from {hours} hours here and {leads} leads over all channels on"
    ).format(sure=format_percent(SURE), not_sure=format_percent(SURELY_NOT), hours=LEAST_HOURS, leads=LEAST_LEADS)
    even = row.business.break_even
    if row.below is None or even is None:
        return [rule, say_found(test), *([say_lacking(row)] if row.business.lacking else [])]
    below = say_chance(row.below, SURE, SURELY_NOT)
    chance = f"P({say_precise(even)} > Gamma({row.leads} + ½, {say_exact_hours(row.seconds)})) = {below}"
    return [rule, labelled(chance, say_found(test))]


def explain_time(table: WorthTable, row: Row) -> list[str]:
    """The share of the hours beside those of the leads and the income."""
    test, rows = row.test("time"), table.rows
    rule = _(
        "its share of the hours against its shares of the leads and of the income: out of proportion when over "
        "{n} times both; asked from an hour here and {leads} leads over all channels on. Where under {least} lead "
        "would be expected from its hours, that none came is too little to judge by"
    ).format(n=OUT_OF_PROPORTION, leads=LEAST_LEADS, least=LEAST_EXPECTED)
    figures, currency = test.figures, row.business.currency
    everything, all_leads = sum(one.seconds for one in rows), sum(one.leads for one in rows)
    hours = f"{say_exact_hours(row.seconds, 1)} h / {say_exact_hours(everything, 1)} h"
    earned = sum(one.brought.income for one in rows)
    income = f"{say_amount(row.brought.income, currency)} / {say_amount(earned, currency)}"
    said = [
        rule,
        _("hours: {sum} = {share}").format(sum=hours, share=format_percent(figures["hours_share"])),
        _("leads: {sum} = {share}").format(
            sum=f"{row.leads} / {all_leads}", share=format_percent(figures["leads_share"])
        ),
        say_foreign(row)
        if row.brought.is_foreign
        else _("income: {sum} = {share}").format(sum=income, share=format_percent(figures["income_share"])),
    ]
    for says, one in (
        (_("times its share of the leads: {n}"), "leads"),
        (_("times its share of the income: {n}"), "income"),
    ):
        times = figures[f"{one}_times"]
        said += [says.format(n=format_decimal_apart(times, 1, OUT_OF_PROPORTION))] if times is not None else []
    if figures["expected_leads"] is not None:
        said.append(
            _("leads expected from its hours: {all} · {hours} = {n}").format(
                all=all_leads, hours=hours, n=format_decimal_apart(figures["expected_leads"], 2, LEAST_EXPECTED)
            )
        )
    return [*said, say_found(test)]


def explain_verdict(table: WorthTable, row: Row) -> list[str]:
    """What the three tests come to, and what the user made of it."""
    said = [labelled(_(TEST_TITLES[name]), say_found(row.test(name))) for name in TESTS]
    rule = _(
        "two tests out of three not passed: stop; one: cut down; the return passed: keep, or more of it where, with a "
        "chance of {better} or more, an hour brings more leads than one of every other channel with {hours} hours or "
        "more"
    ).format(hours=LEAST_HOURS, better=format_percent(BETTER))
    settling = say_settling(row, sum(one.leads for one in table.rows))
    yours = []
    if row.your_verdict:
        why = f" – {row.your_verdict.why}" if row.your_verdict.why else ""
        yours = [_("your own: {verdict}").format(verdict=say_verdict(row.your_verdict.verdict)) + why]
    bought = [say_bought(table, row)] if row.decided == "stop" else []
    return [
        rule,
        *said,
        f"= {say_verdict(row.verdict)}",
        *filter(None, (settling, say_compared(table, row))),
        *yours,
        *bought,
    ]
