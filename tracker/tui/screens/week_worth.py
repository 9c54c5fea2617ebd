"""The Worth panel of the Week screen: a line for each channel, and how the commitments for the week went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.formatting.text import capitalized
from tracker.locale import _, ngettext
from tracker.tui import ink
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from tracker.analytics.worth.rows import WorthRow
    from tracker.reports.commitments import CommitmentResult
    from tracker.services.reviewing import WeekWorth

#: The sign and style of a commitment that was kept, was not kept, or is not known.
RESULT_SIGNS = {True: ("✓", "bold $good"), False: ("✗", "$flag"), None: ("?", "$faint")}


class WorthPanel(Panel):
    """A line for each channel and for real contact; below them the commitments, each with its result."""

    week = ""
    shown: WeekWorth | None = None

    def show(self, week: str, shown: WeekWorth | None) -> None:
        """Set what is shown; None while it is being read."""
        self.week, self.shown = week, shown
        weeks = shown.report.weeks if shown else 0
        self.say(_("Is it worth it?"), ngettext("{n} week", "{n} weeks", weeks).format(n=weeks) if weeks else "")
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Commitments keep their lines; the channels with the least time are left out first."""
        if self.shown is None:
            return []
        rows = self.shown.report.rows
        below = [*_other_income_lines(rows, width), *_commitment_lines(self.shown.results, width)]
        room = height - len(below)
        if len(rows) > room:  # real contact stands last
            rows = (*rows[: max(room - 1, 0)], *rows[-1:])
        if rows:
            lines = _row_lines(rows, width)
        else:
            lines = ink.wrapped(_("nothing on a social channel or in person yet"), width, "$faint")
        return [*lines, *([ink.BLANK] if below and len(lines) + len(below) < height else []), *below]


def _other_income_lines(rows: Sequence[WorthRow], width: int) -> list[Content]:
    """The income in other currencies, which is not in the lines of the channels."""
    from tracker.analytics.worth.rows import sum_by_currency
    from tracker.reports.worth_wording import say_not_added

    income = sum_by_currency(amount for row in rows for amount in row.outcomes.other_income)
    notes = map(capitalized, say_not_added(tuple(income.items())))
    return [line for note in notes for line in ink.wrapped(note, width, "$faint")]


def _commitment_lines(results: Sequence[CommitmentResult], width: int) -> list[Content]:
    """Under a heading with how many were kept, each commitment with its result at the right."""
    from tracker.reports.commitment_words import say_commitment, say_went

    if not results:
        return []
    known = [result.kept for result in results if result.kept is not None]
    kept = ngettext("{n} of {all} kept", "{n} of {all} kept", len(known)).format(n=sum(known), all=len(known))
    title = ink.text(_("What you promised for this week"), "bold $primary")
    lines = [ink.ends(title, ink.text(kept if known else "", "$faint"), width)]
    for result in results:
        sign, style = RESULT_SIGNS[result.kept]
        promise = ink.row(ink.text(f"{sign} ", style), ink.text(say_commitment(result.commitment), "$foreground"))
        lines.append(ink.ends(promise, ink.text(say_went(result), "$faint"), width))
    return lines


def _row_lines(rows: Sequence[WorthRow], width: int) -> list[Content]:
    """`LinkedIn  45.5 h  2 leads  €1,350  ? too early` in columns; the income is left out where room is short."""
    from tracker.reports.worth_columns import COLUMNS
    from tracker.reports.worth_wording import say_title
    from tracker.tui.widgets.worth_table import name_style, verdict_cell

    cells = []
    for row in rows:
        leads = ngettext("{n} lead", "{n} leads", row.leads).format(n=row.leads)
        figures = [
            ink.text(COLUMNS["hours"].cell(row)),
            ink.text(leads, "bold" if row.leads else "$faint"),
            ink.text(COLUMNS["income"].cell(row)),
        ]
        cells.append((ink.text(say_title(row), name_style(row)), *figures, ink.text(*verdict_cell(row))))
    name, *figure_widths, verdict = (max(cell.cell_length for cell in column) for column in zip(*cells, strict=True))
    while len(figure_widths) > 1 and name + verdict + 2 + sum(figure_widths) + 2 * len(figure_widths) > width:
        figure_widths.pop()
    lines = []
    for first, *middle, last in cells:
        drawn = (ink.right(cell, room + 2) for cell, room in zip(middle, figure_widths, strict=False))
        lines.append(ink.ends(ink.row(ink.left(first, name), *drawn), ink.left(last, verdict), width))
    return lines
