"""Step 5: is it worth it? A table whose cells can be explained, and a verdict on each row to confirm or overrule."""

from __future__ import annotations

from bisect import bisect
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING

from textual.containers import Vertical

from tracker.domain.errors import TrackerError
from tracker.domain.text import entered
from tracker.formatting.text import labelled
from tracker.locale import N_, _
from tracker.reports.worth_columns import COLUMNS
from tracker.reports.worth_wording import say_title, verdict_word
from tracker.services import reviewing
from tracker.services.open_review import ReviewedWeek
from tracker.tui import layout
from tracker.tui.actions import pattern_actions
from tracker.tui.modals.dialog import Page, Sheet
from tracker.tui.modals.line_dialog import LineDialog
from tracker.tui.review.step import SCROLL, StepDialog, StepPanel
from tracker.tui.widgets.keycaps import Cap, Keycaps
from tracker.tui.widgets.worth_table import (
    columns_for,
    coverage_lines,
    heading,
    left_out_lines,
    row_details,
    row_line,
    unjudged_lines,
)

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.analytics.worth.rows import WorthRow
    from tracker.tui.widgets.worth_table import ShownColumn
    from tracker.workspace import Workspace

#: The keys of the verdicts are their signs in the table; a letter where a keyboard has no such sign.
VERDICT_KEYS = {"+": "more", "=": "keep", "-": "cut", "x": "stop"}

#: The lines above the first row.
HEADING_LINES = 1

#: With this many lines or more, the parts stand apart.
ROOMY = 24

#: By how many rows and columns the arrows move.
CELL_MOVES = {
    "down": (1, 0), "j": (1, 0), "up": (-1, 0), "k": (-1, 0),
    "right": (0, 1), "l": (0, 1), "left": (0, -1), "h": (0, -1),
}  # fmt: skip


class WorthStep(StepPanel):
    """The arrows move from cell to cell once one is pressed; until then enter goes to the next step."""

    name = "worth"
    word = N_("Worth")
    title = N_("Is it worth it?")
    #: The greatest width of the page in cells.
    widest = 140

    def __init__(self, figures: ReviewedWeek) -> None:
        super().__init__(figures)
        self.row, self.column = 0, 0
        #: Whether a cell is chosen: then enter opens it.
        self.pointing = False
        self._columns: list[ShownColumn] = []

    @property
    def rows(self) -> tuple[WorthRow, ...]:
        """The rows of the report: social channels, then real contact."""
        return self.figures.worth.rows

    def lines(self, width: int, height: int) -> list[Content]:
        """The table, then the details of the chosen row; those of the other rows where there is room for them."""
        report = self.figures.worth
        if not self.rows:
            nothing = _("Nothing on a social channel or in person in these weeks: nothing to judge.")
            return [*layout.wrapped(nothing, width, "$faint"), *unjudged_lines(report, width)]
        self.row = min(self.row, len(self.rows) - 1)
        self._columns = columns_for(width, self.rows)
        self.column = max(0, min(self.column, len(self._columns) - 1))
        chosen_cell = self.column if self.pointing else None
        lines = [heading(self._columns, chosen_cell)]
        for index, row in enumerate(self.rows):
            is_chosen = index == self.row
            lines.append(row_line(row, self._columns, chosen=is_chosen, cell=chosen_cell if is_chosen else None))
        chosen = self.rows[self.row]
        gap = [layout.BLANK] if height >= ROOMY else []
        details = row_details(report, chosen, self.figures.verdict_history(chosen), width)
        lines += [*gap, *coverage_lines(report, width), *gap, *details]
        left_out = left_out_lines(self._columns, width, can_grow=self.app.size.width < self.widest)
        last_lines = [*unjudged_lines(report, width), *left_out]
        for row in self.rows:
            if row is not chosen:
                details = [layout.BLANK, *row_details(report, row, self.figures.verdict_history(row), width)]
                lines += details if len(lines) + len(details) + len(last_lines) <= height else []
        return [*lines, *last_lines]

    def missing(self) -> list[str]:
        """The settings without which the rows cannot be judged."""
        lacking = [name for row in self.rows for name in row.economics.missing_settings]
        lacking += ["focus_hours" for row in self.rows if "focus_hours" in row.test("procrastination").lacks]
        return list(dict.fromkeys(lacking))

    def marked(self) -> int:
        """The row that verdicts are for."""
        return HEADING_LINES + self.row if self.rows else -1

    def onward(self) -> str:
        """Open a cell, once one is chosen."""
        return _("show the calculation") if self.pointing else _("continue")

    def inside(self) -> str:
        """Leave the cells: then enter goes to the next step again."""
        return _("leave the table") if self.pointing else ""

    def caps(self) -> list[Cap]:
        """Cells and verdicts."""
        if not self.rows:
            return []
        row = self.rows[self.row]
        caps = [Cap("⇥", _("continue")) if self.pointing else Cap("↑↓←→", _("choose a figure"))]
        if self.missing():
            caps.append(Cap("m", _("set what is missing")))
        if row.verdict in VERDICT_KEYS.values():
            caps.append(Cap("y", _("agree")))
        caps += [Cap(key, verdict_word(verdict, short=True)) for key, verdict in VERDICT_KEYS.items()]
        return [*caps, Cap("T", _("clear yours"))] if row.your_verdict else caps

    def enter(self) -> bool:
        """Open the arithmetic of the chosen cell; without one, the step is done with."""
        if not self.pointing or not self._columns:  # a window may be too narrow for a single column
            return True
        row, column = self.rows[self.row], COLUMNS[self._columns[self.column].key]
        paragraphs = column.explain(self.figures.worth, row)

        def wrapped(width: int) -> list[Content]:
            return [line for paragraph in paragraphs for line in layout.wrapped(paragraph, width)]

        self.app.push_screen(CellExplanation(labelled(say_title(row), _(column.title)), wrapped))
        return False

    def press(self, key: str) -> bool:
        """Move from cell to cell, set what is missing, or give a verdict."""
        if not self.rows:
            return False
        if key in CELL_MOVES or key == "↑↓←→":
            self._move(*CELL_MOVES.get(key, (0, 0)))
        elif key == "tab" and self.pointing:
            self.pointing = False
            return False
        elif key == "backspace" and self.pointing:
            self.pointing = False
            self.redraw()
        elif key == "m" and self.missing():
            pattern_actions.ask_setting(self.base_app(), self.missing()[0])
        elif key == "y":
            self._give_verdict(self.rows[self.row].verdict, ask_why=False)
        elif key in VERDICT_KEYS:
            self._give_verdict(VERDICT_KEYS[key], ask_why=True)
        elif key == "T" and self.rows[self.row].your_verdict:
            reviewing.take_verdict_back(self.workspace, self.week, self.rows[self.row].stored_channel)
            self._verdict_changed()
        else:
            return False
        return True

    def _move(self, down: int, right: int) -> None:
        if self.pointing:
            self.row = max(0, min(self.row + down, len(self.rows) - 1))
            self.column = max(0, min(self.column + right, len(self._columns) - 1))
        self.pointing = True
        self.redraw()

    def _give_verdict(self, verdict: str, *, ask_why: bool) -> None:
        """Keep a verdict on the chosen row; where it is not the computed one, ask why, which may be left empty."""
        row = self.rows[self.row]
        if verdict not in VERDICT_KEYS.values():
            raise TrackerError(_("Too early to agree with a verdict. Give your own: + = - x"))
        if not ask_why or verdict == row.verdict:
            self._keep_verdict(row, verdict, "")
            return
        yours = row.your_verdict
        dialog = LineDialog(
            _("{title}: {verdict}. Why?").format(title=say_title(row), verdict=verdict_word(verdict)),
            lambda line: (line.strip(), layout.text(entered("why", line.strip()) or _("no reason"), "italic")),
            value=(yours.why if yours and yours.verdict == verdict else None) or "",
            hint=_("optional, shown next to the verdict next time"),
        )
        dialog.then = partial(self._keep_verdict, row, verdict)
        self.app.push_screen(dialog)

    def _keep_verdict(self, row: WorthRow, verdict: str, why: str) -> None:
        reviewing.give_verdict(self.workspace, self.week, row.stored_channel, verdict, row.verdict, why)
        self._verdict_changed()

    def _verdict_changed(self) -> None:
        self.figures.verdict_changed()
        self.redraw()

    def touch(self, line: int, cell: int) -> None:
        """A click chooses a cell; a second one opens it."""
        row = line - HEADING_LINES
        left_edges = accumulate((column.width for column in self._columns), initial=0)
        column = bisect(list(left_edges), cell) - 1
        if not (0 <= row < len(self.rows) and 0 <= column < len(self._columns)):
            return
        is_chosen = self.pointing and (row, column) == (self.row, self.column)
        self.pointing, self.row, self.column = True, row, column
        self.redraw()
        if is_chosen:
            self.enter()


class ReadOnlyWorthStep(WorthStep):
    """A cell is chosen from the start; verdicts are for the review."""

    widest = 220

    def __init__(self, figures: ReviewedWeek) -> None:
        super().__init__(figures)
        self.pointing = True

    def caps(self) -> list[Cap]:
        """What a cell does, the other cells, and the settings that are missing."""
        missing = [Cap("m", _("set what is missing"))] if self.missing() else []
        return [Cap("⏎", self.onward()), Cap("↑↓←→", _("choose a figure")), *missing] if self.rows else []

    def press(self, key: str) -> bool:
        """Move, or set what is missing."""
        return (key in CELL_MOVES or key == "m") and super().press(key)

    def enter(self) -> bool:
        """Open the arithmetic, where there is a cell."""
        return super().enter() if self.rows else False


class WorthPage(StepDialog[None]):
    """Over the whole screen, for the 13 weeks up to the end of one; escape, q or the key that opened it close it."""

    def __init__(self, workspace: Workspace, week: str) -> None:
        super().__init__()
        self._figures = ReviewedWeek(workspace, week)
        self._table = ReadOnlyWorthStep(self._figures)

    def compose(self) -> ComposeResult:
        """The table and its keys."""
        with Vertical(id="review-box"):
            yield self._table
            yield Keycaps(id="review-keys")

    def on_mount(self) -> None:
        """Read it."""
        self._show()

    def on_screen_resume(self) -> None:
        """Read again after a setting was asked for."""
        if self.is_mounted:
            self._figures.refresh()
            self._show()

    def _show(self) -> None:
        self._table.load()
        self.query_one(Keycaps).show([*self._table.caps(), Cap("esc", _("close"))])

    def pressed(self, key: str) -> None:
        """Close, move from cell to cell, open a cell, or scroll."""
        if key in ("q", "V"):
            self.answer()
        elif key == "enter":
            self._table.enter()
        elif not self._table.press(key) and key in SCROLL:
            self._table.scroll_by(SCROLL[key])

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked."""
        if message.key == "esc":
            self.answer()
        else:
            self.pressed({"⏎": "enter", "↑↓←→": "right"}.get(message.key, message.key))

    def on_step_panel_clicked(self, message: StepPanel.Clicked) -> None:
        """A cell was clicked."""
        self._table.touch(message.line, message.cell)


class CellExplanation(Page):
    """The arithmetic of a cell, in a box no higher than it needs."""

    def on_mount(self) -> None:
        """As high as the text."""
        sheet = self.query_one(Sheet)
        width = min(self.app.size.width * 94 // 100, 100) - 4
        sheet.styles.height = min(len(self._write(width)) + 2, self.app.size.height * 9 // 10)
