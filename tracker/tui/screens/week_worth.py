"""Is it worth it? at a glance, and of a week that was reviewed what one committed to and how that went."""

from __future__ import annotations

from tracker.locale import _, ngettext
from tracker.record import Record
from tracker.tui import ink
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import Panel

TYPE_CHECKING = False
if TYPE_CHECKING:
    from textual.content import Content

    from tracker.review.commitments import Result
    from tracker.review.worth_values import Row, WorthTable


class Glance(Record):
    """What there is to show of a week: the table up to it, and the commitments for it."""

    table: WorthTable
    results: tuple[Result, ...]


#: How a commitment went.
SIGNS = {True: ("✓", "bold $good"), False: ("✗", "$flag"), None: ("?", "$faint")}


class Worth(Panel):
    """A line for each channel and for real contact, then one for each commitment."""

    week = ""
    glance: Glance | None = None

    def show(self, week: str, glance: Glance | None) -> None:
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
        if not rows:
            return ink.wrapped(_("nothing on a social channel or in person yet"), width, "$faint")
        kept = [self._result(one, width) for one in self.glance.results]
        lines = [_row(row, width) for row in _most(rows, height - len(kept))]
        return [*lines, *([ink.BLANK] if kept and len(lines) + len(kept) < height else []), *kept]

    def _result(self, one: Result, width: int) -> Content:
        from tracker.review.commitment_words import say_commitment

        sign, style = SIGNS[one.kept]
        return ink.row(ink.text(f"{sign} ", style), ink.left(say_commitment(one.commitment), width - 2, "$foreground"))


def _most(rows: tuple[Row, ...], room: int) -> tuple[Row, ...]:
    """As many as there is room for: the first, and real contact, which stands last."""
    return rows if len(rows) <= room else (*rows[: max(room - 1, 0)], *rows[-1:])


def _row(row: Row, width: int) -> Content:
    """`LinkedIn  45.5 h  2 leads  €1,350  ? too early`, what is least telling left out where room is short."""
    from tracker.review.worth_values import REAL_CONTACT
    from tracker.review.worth_words import say_hours, say_round_amount, say_title, say_verdict
    from tracker.tui.review.worth_lines import VERDICT_STYLES

    name = ink.left(say_title(row), 13, f"bold {'$good' if row.channel == REAL_CONTACT else hue(row.channel)}")
    hours = ink.right(say_hours(row.seconds), 8)
    leads = ink.right(
        ngettext("{n} lead", "{n} leads", row.leads).format(n=row.leads), 9, "bold" if row.leads else "$faint"
    )
    verdict = say_verdict(row.decided, short=True) + (" *" if row.your_verdict else "")
    end = ink.row("  ", ink.left(verdict, 11, VERDICT_STYLES[row.decided]))
    income = ink.right(say_round_amount(row.brought.income, row.business.currency), 9)
    parts = [name, hours, leads, income]
    while len(parts) > 2 and sum(part.cell_length for part in parts) + end.cell_length > width:
        parts.pop()
    return ink.ends(ink.row(*parts), end, width)
