"""`tracker worth` as plain text: a table, what each test found, and what is not known yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.terminal import columns
from tracker.formatting.numbers import format_decimal, format_signed_percent
from tracker.formatting.tables import format_table, wrap
from tracker.formatting.text import labelled
from tracker.formatting.times import format_week
from tracker.locale import N_, _, ngettext
from tracker.reports.business import ENOUGH_SALES
from tracker.reports.worth_amounts import say_cost, say_income, say_not_added, say_unlike
from tracker.reports.worth_explained import COLUMNS, column_title, explain_cell, say_span
from tracker.reports.worth_numbers import say_hours, say_rate
from tracker.reports.worth_values import REAL_CONTACT, TESTS
from tracker.reports.worth_words import (
    TEST_TITLES,
    say_all_brought,
    say_bought,
    say_brought,
    say_chapter,
    say_compared,
    say_comparisons,
    say_elsewhere,
    say_found,
    say_settling,
    say_test,
    say_title,
    say_verdict,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.reports.verdicts import Chapter
    from tracker.reports.worth_values import Row, WorthTable

HEADINGS = (*("", N_("hours"), N_("cost"), N_("leads"), N_("income"), N_("return"), N_("leads/h"), N_("verdict")),)


def lines(found: WorthTable) -> list[str]:
    """The table; every row's tests and what they rest on; what stopping would free; what is not known."""
    room = columns()
    title = ngettext("Is it worth it? {n} week up to {week}", "Is it worth it? {n} weeks up to {week}", found.weeks)
    said = [title.format(n=found.weeks, week=format_week(found.week)), *wrap(f"  {say_span(found)}", room, "  ")]
    if not found.rows:
        said += ["", _("nothing was recorded on a social channel or in person")]
        if not found.elsewhere:
            return said
    else:
        said += ["", *figures(found, room)]
    for row in found.rows:
        said += ["", *_of_row(found, row, room)]
    for line in _together(found):
        said += ["", *wrap(line, room, "  ")]
    return [*said, "", *wrap(_("the hours were chosen, not drawn: nothing here says what made what"), room, "  ")]


def figures(found: WorthTable, room: int) -> list[str]:
    """One line a row, real contact set apart."""
    cells = [tuple(_(heading) for heading in HEADINGS), *map(_cells, found.rows)]
    aligned = format_table(cells, "<>>>>>><", room)
    if len(found.rows) > 1 and found.rows[-1].channel == REAL_CONTACT:
        aligned.insert(-1, "─" * max(map(len, aligned)))
    return aligned


def _cells(row: Row) -> tuple[str, ...]:
    return (
        say_title(row),
        say_hours(row.seconds),
        say_cost(row),
        format_decimal(row.leads, 0),
        say_income(row),
        format_signed_percent(row.roi_percent),
        say_rate(row.rate),
        say_verdict(row.verdict, short=True),
    )


def _of_row(found: WorthTable, row: Row, room: int) -> list[str]:
    said = [labelled(say_title(row), say_verdict(row.verdict))]
    said += [say_brought(row.brought)]
    for name in TESTS:
        test = row.test(name)
        said.append(labelled(_(TEST_TITLES[name]), f"{say_found(test)} – {say_test(row, test)}"))
    settling = say_settling(row, sum(one.leads for one in found.rows))
    said += [*filter(None, (settling, say_compared(found, row)))]
    if row.first_touch != row.leads:
        said.append(_("first met here, whatever they are attributed to: {n}").format(n=row.first_touch))
    said += say_not_added(row)
    if row.your_verdict:
        said.append(_("your verdict: {verdict}").format(verdict=say_verdict(row.your_verdict.verdict)))
        said[-1] += f" – {row.your_verdict.why}" if row.your_verdict.why else ""
    elif row.last_verdict:
        said.append(
            _("your verdict of {week}: {verdict}").format(
                week=format_week(row.last_verdict.week), verdict=say_verdict(row.last_verdict.verdict)
            )
        )
    if row.decided == "stop":
        said.append(say_bought(found, row))
    title, *rest = said
    return [*wrap(title, room), *(part for line in rest for part in wrap(f"  {line}", room, "    "))]


def _together(found: WorthTable) -> Iterable[str]:
    """What concerns all rows: comparisons with real contact, sales where they are few, what is attributed to none."""
    from tracker.formatting.money import format_money

    compared = say_comparisons(found, REAL_CONTACT)
    if compared:
        yield compared
    sales = found.business.sales
    payments = found.business.payments
    if 0 < payments < ENOUGH_SALES:
        nobody = _("someone")
        named = ", ".join(f"{sale.person or nobody} {format_money(sale.amount, sale.currency)}" for sale in sales)
        so_far = ngettext("{n} sale so far: {sales}", "{n} sales so far: {sales}", payments)
        own = _("from {n} on they say themselves what a sale is worth").format(n=ENOUGH_SALES)
        yield _("; ").join((so_far.format(n=payments, sales=named), own))
    if found.unknown.outcomes:
        yield labelled(_("attributed to nothing"), say_all_brought(found.unknown, found.business.currency))
    yield from say_elsewhere(found)
    if found.first_unknown:
        yield ngettext(
            "{n} lead of whom nobody knows where you met first",
            "{n} leads of whom nobody knows where you met first",
            found.first_unknown,
        ).format(n=found.first_unknown)
    yield from say_unlike(found.business)
    if found.business.lacking:
        yield _("`tracker config {name} VALUE` says what is missing for the cost and the return: {names}").format(
            name=found.business.lacking[0], names=", ".join(found.business.lacking)
        )


def explained(found: WorthTable, row: Row, story: Sequence[Chapter]) -> list[str]:
    """Every cell of a row with its sum, and what came of the user's verdicts on it."""
    room = columns()
    said = [labelled(say_title(row), say_verdict(row.verdict))]
    for column in COLUMNS:
        said += ["", column_title(column)]
        said += [part for line in explain_cell(found, row, column) for part in wrap(f"  {line}", room, "    ")]
    if story:
        told = [say_chapter(one, row.business.currency) for one in story]
        said += ["", _("your verdicts, and what came of them")]
        said += [part for line in told for part in wrap(f"  {line}", room, "    ")]
    return said
