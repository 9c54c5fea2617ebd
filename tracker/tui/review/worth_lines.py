"""What channels took and brought as lines: as many columns as there is room for, and one row told in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.formatting.numbers import format_signed_percent
from tracker.formatting.text import capitalized
from tracker.locale import N_, _
from tracker.reports.worth_amounts import say_amount, say_cost, say_income, say_not_added, say_spent, say_unlike
from tracker.reports.worth_explained import say_span
from tracker.reports.worth_numbers import say_hours, say_rate
from tracker.reports.worth_values import FAIL, NOT_ENOUGH, PASS, REAL_CONTACT, TESTS
from tracker.reports.worth_words import (
    TEST_SIGNS,
    TEST_TITLES,
    say_all_brought,
    say_bought,
    say_chapter,
    say_compared,
    say_elsewhere,
    say_found,
    say_settling,
    say_test,
    say_title,
    say_verdict,
)
from tracker.tui import ink
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

    from tracker.reports.verdicts import Chapter
    from tracker.reports.worth_values import Row, WorthTable

#: How a test's answer and a verdict look, beside their signs.
TEST_STYLES = {PASS: "$good", FAIL: "bold $flag", NOT_ENOUGH: "$faint"}
VERDICT_STYLES = {"more": "bold $good", "keep": "$good", "cut": "$flag", "stop": "bold $flag", NOT_ENOUGH: "$faint"}

#: The column of names, and that of a sign which stands beside another.
NAME, SIGN = 13, 2


class Kind(NamedTuple):
    """A column there could be: its name among worth_explained.COLUMNS, its heading, its least width and its cells.

    `rank` says which are left out first where there is not room for all: the highest.
    """

    name: str
    heading: str
    width: int
    rank: int
    cell: Callable[[Row], tuple[str, str]]

    def needs(self, table: WorthTable) -> int:
        """Cells for its heading and for every row's, with two before them; one before a sign beside a sign."""
        gap = 1 if self.width == SIGN else 2
        return max(self.width, ink.widest((_(self.heading), *(self.cell(row)[0] for row in table.rows))) + gap)


class Column(NamedTuple):
    """A column as it is drawn; the first is the rows' names, whose sum is their hours."""

    name: str
    heading: str
    width: int
    cell: Callable[[Row], tuple[str, str]]


def _money(amount: Callable[[Row], int | None]) -> Callable[[Row], tuple[str, str]]:
    return lambda row: (say_amount(amount(row), row.business.currency), "")


def _test(name: str) -> Callable[[Row], tuple[str, str]]:
    return lambda row: (TEST_SIGNS[row.test(name).state], TEST_STYLES[row.test(name).state])


def _verdict(row: Row) -> tuple[str, str]:
    """What counts, with a mark where it is the user's own."""
    return say_verdict(row.decided, short=True) + (" *" if row.your_verdict else ""), VERDICT_STYLES[row.decided]


KINDS = (
    Kind("hours", N_("hours"), 7, 0, lambda row: (say_hours(row.seconds), "bold")),
    Kind("cost", N_("cost"), 7, 2, lambda row: (say_cost(row), "")),
    Kind("spend", N_("spent"), 7, 6, lambda row: (say_spent(row), "")),
    Kind("recommendations", N_("recom."), 7, 5, lambda row: (str(row.brought.recommendations), "")),
    Kind("prospects", N_("prosp."), 7, 5, lambda row: (str(row.brought.prospects), "")),
    Kind("clients", N_("clients"), 7, 5, lambda row: (str(row.brought.clients), "")),
    Kind("leads", N_("leads"), 7, 0, lambda row: (str(row.leads), "bold")),
    Kind("first_touch", N_("first met"), 7, 8, lambda row: (str(row.first_touch), "")),
    Kind("income", N_("income"), 7, 1, lambda row: (say_income(row), "")),
    Kind("roi", N_("return"), 7, 3, lambda row: (format_signed_percent(row.roi_percent), "")),
    Kind("cost_per_lead", N_("a lead"), 7, 7, _money(lambda row: row.cost_per_lead)),
    Kind("net_per_hour", N_("net/h"), 7, 7, _money(lambda row: row.net_per_hour)),
    Kind("leads_per_hour", N_("leads/h"), 7, 4, lambda row: (say_rate(row.rate), "")),
    Kind("procrastination", "P", 3, 2, _test("procrastination")),
    Kind("return", "R", SIGN, 2, _test("return")),
    Kind("time", "T", SIGN, 2, _test("time")),
)  # fmt: skip

#: The verdict stands at the right edge, whatever else there is room for.
VERDICT = 13


def columns_for(width: int, table: WorthTable) -> list[Column]:
    """The columns there is room for, in their order."""
    name = max(NAME, min(ink.widest(say_title(row) for row in table.rows) + 1, 20))
    verdict = max(VERDICT, ink.widest(_verdict(row)[0] for row in table.rows) + 2)
    room = width - name - verdict
    most = room
    wide: dict[str, int] = {}
    for kind in sorted(KINDS, key=lambda kind: kind.rank):
        needs = kind.needs(table)
        if needs <= room:
            wide[kind.name] = needs
            room -= needs
    if not wide.keys() >= set(TESTS):  # two of the three would pass for all of them
        room += sum(wide.pop(name) for name in TESTS if name in wide)
    chosen = [kind for kind in KINDS if kind.name in wide]
    # What is left over stands between the names and the figures, and before the verdict.
    name += min(room // 2, 12)
    verdict += room - min(room // 2, 12) if most < 120 else 0
    found = [Column("hours", "", name, lambda row: (say_title(row), name_style(row)))]
    found += [Column(kind.name, _(kind.heading), wide[kind.name], kind.cell) for kind in chosen]
    return [*found, Column("verdict", _("verdict"), verdict, _verdict)]


def name_style(row: Row) -> str:
    """How the name of a row looks: in the channel's colour."""
    return f"bold {'$good' if row.channel == REAL_CONTACT else hue(row.channel)}"


def heading(columns: Sequence[Column], cell: int | None) -> Content:
    """The names of the columns, that of the chosen cell lit."""
    return ink.row(
        *(
            _placed(column, place, column.heading, "bold $primary" if place == cell else "$faint")
            for place, column in enumerate(columns)
        )
    )


def row_line(row: Row, columns: Sequence[Column], *, chosen: bool, cell: int | None) -> Content:
    """One row; the chosen one is lit, its chosen cell turned round."""
    cells = []
    for place, column in enumerate(columns):
        said, style = column.cell(row)
        drawn = _placed(column, place, said, style)
        cells.append(drawn.stylize("reverse") if place == cell else drawn)
    line = ink.row(*cells)
    return line.stylize("on $cursor") if chosen else line


def _placed(column: Column, place: int, words: str, style: str) -> Content:
    """Names and verdicts begin at the left, figures end at the right; a verdict stands off by two."""
    if column.name == "verdict":
        return ink.row("  ", ink.left(words, column.width - 2, style))
    return ink.left(words, column.width, style) if place == 0 else ink.right(words, column.width, style)


def beside(table: WorthTable, row: Row, told: Sequence[Chapter], width: int) -> list[Content]:
    """What is to be said of one row: the verdict, the three tests, what came of the last verdict."""
    verdict = say_verdict(row.verdict)
    head = ink.row(ink.text(say_title(row), name_style(row)), "  ", ink.text(verdict, VERDICT_STYLES[row.verdict]))
    mine = row.your_verdict
    if mine:
        why = f" – {mine.why}" if mine.why else ""
        says = _("  * yours: {verdict}").format(verdict=say_verdict(mine.verdict))
        head = ink.row(head, ink.text(says, f"bold {VERDICT_STYLES[mine.verdict]}"), ink.text(why, "italic"))
    lines = [ink.left(head, width)]
    label = ink.widest(_(TEST_TITLES[name]) for name in TESTS) + 2
    for name in TESTS:
        test = row.test(name)
        found = say_found(test)
        said = ink.wrapped(say_test(row, test), width - label, "$faint")
        lines.append(ink.row(ink.left(_(TEST_TITLES[name]), label), ink.text(found, TEST_STYLES[test.state])))
        if test.state != NOT_ENOUGH or name == "return" or test.lacks:
            lines += [ink.row(" " * label, line) for line in said]
    more = [say_settling(row, sum(one.leads for one in table.rows)), say_compared(table, row)]
    if row.first_touch != row.leads:
        says = _("first met here, whatever they are attributed to: {n}")
        more.append(says.format(n=row.first_touch))
    more += [*say_not_added(row), *say_unlike(row.business)]
    more += [say_bought(table, row)] if row.decided == "stop" else []
    more += [say_chapter(one, row.business.currency) for one in told if one.verdict.week < table.week]
    for words in filter(None, more):
        lines += ink.wrapped(capitalized(words), width, "$foreground")
    return lines


def ground(table: WorthTable, width: int) -> list[Content]:
    """What all of it stands on: the span and its coverage, and what nothing is known of to attribute it to."""
    lines = ink.wrapped(say_span(table), width, "$faint")
    if not table.unknown.outcomes:
        return lines
    says = _("attributed to nothing: {brought}").format(brought=say_all_brought(table.unknown, table.business.currency))
    return [*lines, *ink.wrapped(capitalized(says), width, "$faint")]


def others(table: WorthTable, width: int) -> list[Content]:
    """What came by channels that are not judged."""
    return [line for one in say_elsewhere(table) for line in ink.wrapped(capitalized(one), width, "$faint")]


def left_out(columns: Sequence[Column], width: int) -> list[Content]:
    """What there was no room for, so that nobody takes the table for the whole."""
    seen = {column.name for column in columns}
    names = ", ".join(_(kind.heading) for kind in KINDS if kind.name not in seen)
    return ink.wrapped(_("A wider window shows more: {names}").format(names=names), width, "$faint") if names else []
