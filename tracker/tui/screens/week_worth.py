"""Is it worth it? at a glance, and of a week that was reviewed what one committed to and how that went."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.locale import _, ngettext
from tracker.locale.wording import capital
from tracker.services.reviewing import WorthSummary
from tracker.tui import ink
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.commitments import Result
    from tracker.reports.worth_values import Row


#: How a commitment went.
SIGNS = {True: ("✓", "bold $good"), False: ("✗", "$flag"), None: ("?", "$faint")}


class Worth(Panel):
    """A line for each channel and for real contact; below them what one committed to, and how each of it went."""

    week = ""
    glance: WorthSummary | None = None

    def show(self, week: str, glance: WorthSummary | None) -> None:
        """Set it; None while it is being read."""
        self.week, self.glance = week, glance
        weeks = glance.table.weeks if glance else 0
        span = ngettext("{n} week", "{n} weeks", weeks).format(n=weeks) if weeks else ""
        self.say(_("Is it worth it?"), span)
        self.refresh(layout=False)

    def draw(self, width: int, height: int) -> list[Content]:
        """Commitments keep their lines; the channels of least time go first."""
        if self.glance is None:
            return []
        rows = self.glance.table.rows
        kept = [*_others(rows, width), *_commitments(self.glance.results, width)]
        if rows:
            lines = _lines(_most(rows, height - len(kept)), width)
        else:
            lines = ink.wrapped(_("nothing on a social channel or in person yet"), width, "$faint")
        return [*lines, *([ink.BLANK] if kept and len(lines) + len(kept) < height else []), *kept]


def _others(rows: tuple[Row, ...], width: int) -> list[Content]:
    """The income in other currencies, which is beside that of the lines."""
    from tracker.reports.worth_amounts import say_others

    found: dict[str, int] = {}
    for row in rows:
        for currency, amount in row.brought.other_income:
            found[currency] = found.get(currency, 0) + amount
    if not found:
        return []
    says = _("income in other currencies, not added up: {amounts}").format(amounts=say_others(tuple(found.items())))
    return ink.wrapped(capital(says), width, "$faint")


def _commitments(results: tuple[Result, ...], width: int) -> list[Content]:
    """Under a heading with how many were kept, each with its result at the right."""
    from tracker.reports.commitment_words import say_commitment, say_went

    if not results:
        return []
    known = [one.kept for one in results if one.kept is not None]
    tally = ngettext("{n} of {all} kept", "{n} of {all} kept", len(known)).format(n=sum(known), all=len(known))
    head = ink.text(_("What you promised for this week"), "bold $primary")
    lines = [ink.ends(head, ink.text(tally if known else "", "$faint"), width)]
    for one in results:
        sign, style = SIGNS[one.kept]
        said = ink.row(ink.text(f"{sign} ", style), ink.text(say_commitment(one.commitment), "$foreground"))
        lines.append(ink.ends(said, ink.text(say_went(one), "$faint"), width))
    return lines


def _most(rows: tuple[Row, ...], room: int) -> tuple[Row, ...]:
    """As many as there is room for: the first, and real contact, which stands last."""
    return rows if len(rows) <= room else (*rows[: max(room - 1, 0)], *rows[-1:])


def _lines(rows: tuple[Row, ...], width: int) -> list[Content]:
    """`LinkedIn  45.5 h  2 leads  €1,350  ? too early` in columns; the income is left out where room is short."""
    from tracker.reports.worth_amounts import say_income
    from tracker.reports.worth_numbers import say_hours
    from tracker.reports.worth_words import say_title, say_verdict
    from tracker.tui.review.worth_lines import VERDICT_STYLES, name_style

    cells = [
        (
            ink.text(say_title(row), name_style(row)),
            ink.text(say_hours(row.seconds)),
            ink.text(
                ngettext("{n} lead", "{n} leads", row.leads).format(n=row.leads), "bold" if row.leads else "$faint"
            ),
            ink.text(say_income(row)),
            ink.text(
                say_verdict(row.decided, short=True) + (" *" if row.your_verdict else ""), VERDICT_STYLES[row.decided]
            ),
        )
        for row in rows
    ]
    name, *figures, verdict = (max(cell.cell_length for cell in column) for column in zip(*cells, strict=True))
    while len(figures) > 1 and name + verdict + 2 + sum(figures) + 2 * len(figures) > width:
        figures.pop()
    found = []
    for first, *middle, last in cells:
        said = (ink.right(cell, room + 2) for cell, room in zip(middle, figures, strict=False))
        found.append(ink.ends(ink.row(ink.left(first, name), *said), ink.left(last, verdict), width))
    return found
