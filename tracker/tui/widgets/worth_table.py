"""The Worth report on the screens: the columns there is room for, and everything about one row below them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from tracker.analytics.channel_worth import FAIL, NOT_ENOUGH_DATA, PASS, REAL_CONTACT, TESTS, WorthReport, WorthRow
from tracker.domain.record import Record
from tracker.formatting.text import capitalized
from tracker.locale import _
from tracker.reports import worth_wording
from tracker.reports.worth import VerdictFollowUp
from tracker.reports.worth_columns import COLUMNS, decided_verdict, say_span
from tracker.settings import without_commands
from tracker.tui import layout
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import link

#: The styles of a test's state and of a verdict, in addition to their signs.
TEST_STYLES = {PASS: "$good", FAIL: "bold $flag", NOT_ENOUGH_DATA: "$faint"}
VERDICT_STYLES = {
    "more": "bold $good",
    "keep": "$good",
    "cut": "$flag",
    "stop": "bold $flag",
    NOT_ENOUGH_DATA: "$faint",
}

#: The chosen cell, whatever its figures mean.
CURSOR = "bold $on-ink on $primary"

#: The highest rank of a column that stands before the tests are spelled out.
BEFORE_WORDS = 5

#: The least widths of the column of names and of that of verdicts, which stands at the right edge.
NAME_WIDTH, VERDICT_WIDTH = 13, 13


class ShownColumn(Record):
    """A column as it is drawn; the first is the rows' names, whose arithmetic is that of their hours."""

    key: str
    heading: str
    width: int
    cell: Callable[[WorthRow], tuple[str, str]]


def columns_for(width: int, rows: Sequence[WorthRow], *, tests: bool = True) -> list[ShownColumn]:
    """The columns there is room for, in their order; those of the highest rank are left out first.

    Where there is room for those that are asked for most, the tests are words instead of letters and signs. Without
    `tests` they are left out.
    """
    name_width = max(NAME_WIDTH, min(layout.widest(worth_wording.say_title(row) for row in rows) + 1, 20))
    verdict_width = max(VERDICT_WIDTH, layout.widest(decided_verdict(row) for row in rows) + 2)
    available = whole_room = width - name_width - verdict_width
    ranked = [column for column in COLUMNS.values() if column.rank is not None and (tests or column.key not in TESTS)]
    widths: dict[str, int] = {}
    is_spelled = False
    for column in sorted(ranked, key=lambda column: column.rank or 0):
        if (column.rank or 0) > BEFORE_WORDS and not is_spelled and widths.keys() >= set(TESTS):
            worded = {name: _spelled_width(name, rows) for name in TESTS}
            more = sum(worded.values()) - sum(widths[name] for name in TESTS)
            is_spelled = more <= available
            if is_spelled:
                widths |= worded
                available -= more
        # Two cells before a column; one between the signs of two tests.
        gap = 1 if column.width == 2 else 2
        cells = (column.short_title, *(column.cell(row) for row in rows))
        needed = max(column.width, layout.widest(cells) + gap)
        if needed <= available:
            widths[column.key] = needed
            available -= needed
    if not widths.keys() >= set(TESTS):  # two of the three would pass for all of them
        available += sum(widths.pop(name) for name in TESTS if name in widths)
    # What is left over stands between the names and the figures, and before the verdict.
    name_width += min(available // 2, 12)
    verdict_width += available - min(available // 2, 12) if whole_room < 120 else 0
    return [
        ShownColumn("hours", "", name_width, lambda row: (worth_wording.say_title(row), name_style(row))),
        *(_column(key, widths[key], is_spelled=is_spelled) for key in COLUMNS if key in widths),
        ShownColumn("verdict", _("verdict"), verdict_width, verdict_cell),
    ]


def _spelled_width(test: str, rows: Sequence[WorthRow]) -> int:
    results = [worth_wording.say_test_result(row.test(test)) for row in rows]
    return layout.widest((_(worth_wording.TEST_TITLES[test]), *results)) + 3


def _column(key: str, width: int, *, is_spelled: bool) -> ShownColumn:
    """A column with the styles of its cells; a test is spelled out, `✓ pays`, or is a sign below its letter."""
    title, cell = COLUMNS[key].short_title, COLUMNS[key].cell
    if key not in TESTS:
        style = "bold" if key in ("hours", "leads") else ""
        return ShownColumn(key, title, width, lambda row: (cell(row), style))
    if is_spelled:
        title, cell = _(worth_wording.TEST_TITLES[key]), lambda row: worth_wording.say_test_result(row.test(key))
    return ShownColumn(key, title, width, lambda row: (cell(row), TEST_STYLES[row.test(key).state]))


def verdict_cell(row: WorthRow) -> tuple[str, str]:
    """The verdict that counts, and its style."""
    return decided_verdict(row), VERDICT_STYLES[row.effective_verdict]


def name_style(row: WorthRow) -> str:
    """The style of a row's name: the channel's colour."""
    return f"bold {'$good' if row.channel == REAL_CONTACT else hue(row.channel)}"


def headings_line(columns: Sequence[ShownColumn], cell: int | None) -> Content:
    """The headings of the columns, that of the chosen cell lit."""
    styles = ["bold $primary" if index == cell else "$faint" for index in range(len(columns))]
    headings = zip(columns, styles, strict=True)
    return layout.row(*(_aligned(column, n, column.heading, style) for n, (column, style) in enumerate(headings)))


def row_line(
    row: WorthRow, columns: Sequence[ShownColumn], *, chosen: bool, cell: int | None, number: int | None = None
) -> Content:
    """One row; the chosen one is lit, its chosen cell in the colour of the cursor.

    With `number`, a click on a cell runs the widget's action `click` with `(number, number of the column)`.
    """
    cells = [_aligned(column, index, *column.cell(row)) for index, column in enumerate(columns)]
    if chosen:
        cells = [words.stylize(CURSOR if index == cell else "on $cursor") for index, words in enumerate(cells)]
    if number is not None:
        cells = [link(words, "click", (number, index)) for index, words in enumerate(cells)]
    return layout.row(*cells)


def _aligned(column: ShownColumn, index: int, words: str, style: str) -> Content:
    """Names and verdicts begin at the left, figures end at the right; a verdict stands off by two."""
    if column.key == "verdict":
        return layout.row("  ", layout.left(words, column.width - 2, style))
    if column.key in TESTS and column.width > 3:  # words
        return layout.row("   ", layout.left(words, column.width - 3, style))
    return layout.left(words, column.width, style) if index == 0 else layout.right(words, column.width, style)


def row_details(report: WorthReport, row: WorthRow, history: Sequence[VerdictFollowUp], width: int) -> list[Content]:
    """Everything about one row: the verdict, the three tests, the follow-up of the last verdict."""
    verdict = layout.text(worth_wording.say_verdict(row.verdict), VERDICT_STYLES[row.verdict])
    head = layout.row((worth_wording.say_title(row), name_style(row)), "  ", verdict)
    if yours := row.your_verdict:
        label = _("  * yours: {verdict}").format(verdict=worth_wording.say_verdict(yours.verdict))
        reason = layout.text(f" – {yours.why}" if yours.why else "", "italic")
        head = layout.row(head, (label, f"bold {VERDICT_STYLES[yours.verdict]}"), reason)
    lines = [layout.left(head, width)]
    indent = layout.widest(_(worth_wording.TEST_TITLES[name]) for name in TESTS) + 2
    for test in row.tests:
        result = layout.text(worth_wording.say_test_result(test), TEST_STYLES[test.state])
        title = layout.left(_(worth_wording.TEST_TITLES[test.name]), indent)
        if title.plain[:1] == COLUMNS[test.name].short_title:  # the letter that heads its column
            title = title.stylize("bold $primary", 0, 1)
        lines.append(layout.row(title, result))
        if test.state != NOT_ENOUGH_DATA or test.name == "return" or test.lacks:
            figures = layout.wrapped(without_commands(worth_wording.say_test(row, test)), width - indent, "$faint")
            lines += [layout.row(" " * indent, line) for line in figures]
    notes = [*worth_wording.row_notes(report, row), *worth_wording.say_unused_settings(row.economics)]
    if row.effective_verdict == "stop":
        notes.append(worth_wording.say_opportunity_cost(report, row))
    currency = row.economics.currency
    notes += [
        worth_wording.say_follow_up(verdict, currency) for verdict in history if verdict.verdict.week < report.week
    ]
    return lines + layout.paragraphs((capitalized(without_commands(note)) for note in notes), width, "$foreground")


def coverage_lines(report: WorthReport, width: int) -> list[Content]:
    """The span of the report and how much of it was logged, and what is attributed to no channel."""
    lines = layout.wrapped(say_span(report), width, "$faint")
    if report.unattributed.records:
        outcomes = worth_wording.say_outcomes_and_income(report.unattributed, report.economics.currency)
        note = _("not attributed to a channel: {brought}").format(brought=outcomes)
        lines += layout.wrapped(capitalized(note), width, "$faint")
    return lines


def unjudged_lines(report: WorthReport, width: int) -> list[Content]:
    """The results by channels that are not judged."""
    return layout.paragraphs(map(capitalized, worth_wording.say_unjudged(report)), width, "$faint")


def left_out_lines(columns: Sequence[ShownColumn], width: int, *, can_grow: bool) -> list[Content]:
    """The columns there was no room for, so that the table does not seem to be complete.

    `can_grow` says whether a wider window would have room for more.
    """
    shown = {column.key for column in columns}
    left_out = [column for column in COLUMNS.values() if column.rank is not None and column.key not in shown]
    if not left_out:
        return []
    names = ", ".join(_(column.title) for column in left_out)
    message = _("A wider window shows more: {names}") if can_grow else _("No room for: {names}")
    return layout.wrapped(message.format(names=names), width, "$faint")
