"""⑤ Is it worth it? A table whose every cell can be opened, and a verdict on each row to confirm or overrule."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.domain.models import TrackerError
from tracker.domain.text import entered
from tracker.formatting.text import labelled
from tracker.locale import N_, _
from tracker.reports.worth_explained import column_title, explain_cell
from tracker.reports.worth_words import say_title, say_verdict
from tracker.services import reviewing
from tracker.tui import ink
from tracker.tui.modals.dialog import Page, Sheet
from tracker.tui.modals.line import LineDialog
from tracker.tui.review.step import Step
from tracker.tui.review.worth_lines import beside, columns_for, ground, heading, left_out, others, row_line
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.worth_values import Row
    from tracker.tui.review.facts import Facts
    from tracker.tui.review.worth_lines import Column

#: The keys of the verdicts are their signs in the table; a letter where a keyboard has no such sign.
VERDICT_KEYS = {"+": "more", "=": "keep", "-": "cut", "x": "stop"}

#: From so many lines on the parts stand apart.
ROOMY = 24

#: By how much the arrows move: rows, columns.
ARROWS = {
    "down": (1, 0), "j": (1, 0), "up": (-1, 0), "k": (-1, 0),
    "right": (0, 1), "l": (0, 1), "left": (0, -1), "h": (0, -1),
}  # fmt: skip


class Worth(Step):
    """The arrows move from cell to cell once one is pressed; until then enter goes on."""

    name = "worth"
    word = N_("Worth")
    title = N_("Is it worth it?")

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.row, self.column = 0, 0
        #: Whether a cell is chosen: then enter opens it.
        self.pointing = False
        self._head = 0
        self._columns: list[Column] = []

    @property
    def rows(self) -> tuple[Row, ...]:
        """Channels, and real contact."""
        return self.facts.worth.rows

    def lines(self, width: int, height: int) -> list[Content]:
        """The table, then what is to be said of the chosen row."""
        if not self.rows:
            says = _("Nothing was recorded on a social channel or in person in these weeks.")
            return [*ink.wrapped(says, width, "$faint"), *others(self.facts.worth, width)]
        table = self.facts.worth
        self.row = min(self.row, len(self.rows) - 1)
        self._columns = columns_for(width, table)
        self.column = min(self.column, len(self._columns) - 1)
        lines = [heading(self._columns, self._cell(None))]
        self._head = len(lines)
        for place, row in enumerate(self.rows):
            lines.append(row_line(row, self._columns, chosen=place == self.row, cell=self._cell(place)))
        chosen = self.rows[self.row]
        apart = [ink.BLANK] if height >= ROOMY else []
        lines += [*apart, *ground(table, width), *apart, *beside(table, chosen, self.facts.story(chosen), width)]
        more = [*others(table, width), *left_out(self._columns, width)]
        # With room to spare the other rows are told in full as well; the arithmetic of a cell is a page of its own.
        for row in self.rows:
            told = [] if row is chosen else beside(table, row, self.facts.story(row), width)
            lines += [ink.BLANK, *told] if told and len(lines) + 1 + len(told) + len(more) <= height else []
        return [*lines, *more]

    def marked(self) -> int:
        """The row that verdicts are for."""
        return self._head + self.row if self.rows else -1

    def _cell(self, row: int | None) -> int | None:
        """The chosen cell of a row, or of the heading."""
        return self.column if self.pointing and row in (None, self.row) else None

    def onward(self) -> str:
        """Open a cell, once one is chosen."""
        return _("how it is reckoned") if self.pointing else _("go on")

    def inside(self) -> str:
        """Out of the cells: then enter goes on again."""
        return _("leave the cells") if self.pointing else ""

    def caps(self) -> list[Cap]:
        """Cells and verdicts."""
        if not self.rows:
            return []
        on = [Cap("⇥", _("go on"))] if self.pointing else [Cap("↑↓←→", _("cells"))]
        said = self.rows[self.row].your_verdict
        agree = [Cap("y", _("agree"))] if self.rows[self.row].verdict in VERDICT_KEYS.values() else []
        own = [*agree, *(Cap(key, say_verdict(name, short=True)[2:]) for key, name in VERDICT_KEYS.items())]
        return [*on, *own, *([Cap("T", _("take back"))] if said else [])]

    def enter(self) -> bool:
        """Open the arithmetic of the chosen cell; without one, on."""
        if not self.pointing:
            return True
        row, column = self.rows[self.row], self._columns[self.column].name
        title = labelled(say_title(row), column_title(column))
        lines = explain_cell(self.facts.worth, row, column)
        self.app.push_screen(Reckoning(title, partial(_paragraphs, lines)))
        return False

    def press(self, key: str) -> bool:
        """Move, or judge."""
        if not self.rows:
            return False
        if key in ARROWS or key == "↑↓←→":
            self._move(*ARROWS.get(key, (0, 0)))
        elif key == "tab" and self.pointing:
            self.pointing = False
            return False
        elif key == "backspace" and self.pointing:
            self.pointing = False
            self.redraw()
        elif key == "y":
            self._judge(self.rows[self.row].verdict, ask=False)
        elif key in VERDICT_KEYS:
            self._judge(VERDICT_KEYS[key], ask=True)
        elif key == "T" and self.rows[self.row].your_verdict:
            reviewing.take_verdict_back(self.workspace, self.week, self.rows[self.row])
            self._judged()
        else:
            return False
        return True

    def _move(self, down: int, right: int) -> None:
        if self.pointing:
            self.row = max(0, min(self.row + down, len(self.rows) - 1))
            self.column = max(0, min(self.column + right, len(self._columns) - 1))
        self.pointing = True
        self.redraw()

    def _judge(self, verdict: str, *, ask: bool) -> None:
        """Keep a verdict; where it is not the computed one, why is asked, and may stay unsaid."""
        row = self.rows[self.row]
        if verdict not in VERDICT_KEYS.values():
            raise TrackerError(_("it is too early to agree with anything; + = - x give your own verdict"))
        if not ask or verdict == row.verdict:
            self._keep(row, verdict, "")
            return
        before = row.your_verdict.why if row.your_verdict and row.your_verdict.verdict == verdict else None
        dialog = LineDialog(
            _("{title}: {verdict}. Why?").format(title=say_title(row), verdict=say_verdict(verdict)[2:]),
            lambda line: (line.strip(), ink.text(entered("why", line.strip()) or _("no reason"), "italic")),
            value=before or "",
            hint=_("a few words, shown beside it next time; or enter alone"),
        )
        dialog.then = partial(self._keep, row, verdict)
        self.app.push_screen(dialog)

    def _keep(self, row: Row, verdict: str, why: str) -> None:
        reviewing.give_verdict(self.workspace, self.week, row, verdict, why)
        self._judged()

    def _judged(self) -> None:
        self.facts.judged()
        self.redraw()

    def touch(self, line: int, cell: int) -> None:
        """A click chooses a cell; a second one opens it."""
        row = line - self._head
        if not 0 <= row < len(self.rows):
            return
        place, column = 0, None
        for number, one in enumerate(self._columns):
            if place <= cell < place + one.width:
                column = number
            place += one.width
        if column is None:
            return
        again = self.pointing and (row, column) == (self.row, self.column)
        self.pointing, self.row, self.column = True, row, column
        self.redraw()
        if again:
            self.enter()


class Reckoning(Page):
    """The arithmetic of a cell, in a box no higher than it needs."""

    def on_mount(self) -> None:
        """As high as the text."""
        sheet = self.query_one(Sheet)
        width = min(self.app.size.width * 94 // 100, 100) - 4
        sheet.styles.height = min(len(self._write(width)) + 2, self.app.size.height * 9 // 10)


def _paragraphs(lines: list[str], width: int) -> list[Content]:
    return [part for line in lines for part in ink.wrapped(line, width)]
