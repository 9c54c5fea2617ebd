"""Steps 4 and 5 of a review, the judgements of the user: on the patterns, and on what each channel is worth.

The page of Worth outside a review is here too: it is the table of step 5 without verdicts."""

from __future__ import annotations

from functools import partial

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from tracker.analytics.channel_worth import WorthRow
from tracker.analytics.patterns.pattern import FLAGGED, NOT_ENOUGH, QUIET
from tracker.analytics.patterns.registry import pattern
from tracker.domain.errors import TrackerError
from tracker.domain.text import entered
from tracker.formatting.text import capitalized, format_waiting_count, labelled
from tracker.formatting.times import format_short_week
from tracker.locale import N_, _, ngettext
from tracker.reports.patterns import PatternLook
from tracker.reports.review import MOST_FLAGS
from tracker.reports.worth_columns import COLUMNS, explain_cell
from tracker.reports.worth_wording import say_title, verdict_word
from tracker.services import pattern_marks, reviewing
from tracker.services.open_review import ReviewedWeek
from tracker.tui import layout
from tracker.tui.keys import offered_keys, say_offered
from tracker.tui.modals.dialog import LineDialog, ShortPage
from tracker.tui.modals.evidence import open_evidence
from tracker.tui.modals.settings_dialog import ask_setting
from tracker.tui.review.step import SCROLL, SelectableStep, StepDialog, StepLine, StepPanel
from tracker.tui.screens.patterns_panel import ASIDE, GLYPHS, PatternItem, patterns_of
from tracker.tui.widgets import worth_table
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.workspace import Workspace

#: Lines of a flag's evidence, at most.
EVIDENCE_LINES = 3
#: What stands for the figure of a week without data.
NO_FIGURE = "–"


class PatternsStep(SelectableStep):
    """Flags with their evidence and five weeks, then all other patterns by name."""

    name = "patterns"
    word = N_("Patterns")
    opens = "e"
    #: The keys of the step and of the review, which no action of the table has here.
    own_keys = frozenset(("e", "s", "enter", "backspace", "tab", "shift+tab", "escape", *SCROLL))

    def __init__(self, figures: ReviewedWeek) -> None:
        super().__init__(figures)
        #: Those with enough data, and how many others there are.
        self.items: list[PatternItem] = []
        self.waiting = 0
        #: The last five weeks of each pattern by its name; empty until they were read.
        self.looks: dict[str, tuple[PatternLook, ...]] = {}
        self._is_reading = False

    def load(self) -> None:
        """Read every pattern of this week at once, and the weeks before in a thread."""
        items = patterns_of(self.workspace, self.figures.week)
        self.items = [item for item in items if item.state != NOT_ENOUGH]
        self.waiting = len(items) - len(self.items)
        self.redraw()
        if not self._is_reading:
            self._is_reading = True
            read, show = partial(pattern_marks.five_weeks, self.workspace, self.week), self.app.call_from_thread
            self.run_worker(lambda: show(self._show_weeks, read()), thread=True, exit_on_error=False)

    def _show_weeks(self, looks: dict[str, tuple[PatternLook, ...]]) -> None:
        self.looks = looks
        if self.is_attached:
            self.redraw()

    def step_lines(self, width: int, height: int) -> list[StepLine]:
        """One sentence, the flags in full, the rest in a line each; the evidence of all where there is room for it."""
        if not self.items:
            nothing = _("Every pattern needs more data: keep logging. Continue.")
            return [StepLine(line) for line in layout.wrapped(nothing, width, "$faint")]
        whole = (self._all_lines(width, gap=gap, told=True) for gap in (True, False))
        fitting = (lines for lines in whole if len(lines) <= height)
        return next(fitting, None) or self._all_lines(width, gap=True, told=False)

    def _all_lines(self, width: int, *, gap: bool, told: bool) -> list[StepLine]:
        """All lines; `told` with the evidence of every pattern, and not of flags and the chosen one only."""
        blank = [StepLine(layout.BLANK)] if gap else []
        lines = [*(StepLine(line) for line in layout.wrapped(self._sentence(), width, "bold $strong")), *blank]
        flags = sum(item.state == FLAGGED for item in self.items)  # they come first
        for index, item in enumerate(self.items):
            glyph, style = GLYPHS[item.state]
            is_flag = item.state == FLAGGED
            head = layout.row((f"{glyph}  ", style), (item.title, style if is_flag else "$foreground"))
            details = layout.wrapped(capitalized(item.words), width - 3, "$foreground", EVIDENCE_LINES)
            if index < min(flags, MOST_FLAGS):
                details = [head, *layout.indented(3, [*details, *self._weeks(item, width - 3)])]
                lines += [*(StepLine(line, index) for line in details), *blank]
            else:
                looks = self.looks.get(item.finding.name, ())
                signs = layout.text(" ").join([layout.text(*GLYPHS[look.state]) for look in looks])
                aside = layout.text(item.aside, "$faint") if item.aside else signs
                lines.append(StepLine(layout.ends(head, aside, width), index))
                is_told = told or index == self.chosen
                lines += [StepLine(line, index) for line in layout.indented(3, details)] if is_told else []
        return lines

    def _sentence(self) -> str:
        """`2 patterns stand out, 1 is muted or expected, 8 are quiet, 1 needs more data.`"""
        flags, aside, quiet = (sum(item.state == state for item in self.items) for state in (FLAGGED, ASIDE, QUIET))
        stands_out = ngettext("{n} pattern stands out", "{n} patterns stand out", flags).format(n=flags)
        parts = [stands_out if flags else _("No pattern stands out")]
        if aside:
            parts.append(ngettext("{n} is muted or expected", "{n} are muted or expected", aside).format(n=aside))
        if quiet:
            parts.append(ngettext("{n} is quiet", "{n} are quiet", quiet).format(n=quiet))
        if self.waiting:
            parts.append(format_waiting_count(self.waiting))
        return ", ".join(parts) + "."

    def _weeks(self, item: PatternItem, width: int) -> list[Content]:
        """`W43 ✓ 2   W44 ⚑ 4   bursts in 28 logged days`: as of the end of each week, this week last."""
        key_figure = pattern(item.finding.name).key_figure
        parts = []
        for look in self.looks.get(item.finding.name, ()):
            glyph, style = GLYPHS[look.state]
            figure = NO_FIGURE if look.figure is None else key_figure.say(look.figure)
            name = layout.text(f"{format_short_week(look.week)} ", "$faint")
            parts.append(layout.row(name, (f"{glyph} ", style), (figure, "$foreground")))
        lines = layout.packed(parts, "   ", width)
        if not lines:
            return []
        legend = _(key_figure.words)
        *before, last = lines
        end = layout.packed([last, layout.text(legend, "italic $faint")], "   ", width)
        return [*before, *(end if len(end) == 1 else (last, *layout.wrapped(legend, width, "italic $faint")))]

    def caps(self) -> list[Cap]:
        """Explain the pattern, and set it aside or take that back."""
        if not self.items:
            return []
        words = {"show_again": _("show again")} if self.items[self.chosen].aside else {}
        words |= {"mute": _("mute 28 days"), "expected": _("expected")}
        offered = self.offered()
        caps = [Cap(say_offered(action, offered), label) for action, label in words.items()]
        return [Cap("e", _("evidence")), *(cap for cap in caps if cap.key)]

    def offered(self) -> dict[str, str]:
        """The actions on patterns, by the keys that they have on the Week and in the evidence."""
        actions = ("mute", "expected", "show_again") if self.items else ()
        return offered_keys(actions, self.keymap_changed(), self.own_keys)

    def chosen_pattern(self) -> str | None:
        """The pattern that is chosen."""
        return self.items[self.chosen].finding.name if self.items else None

    def press(self, key: str) -> bool:
        """Open the evidence of the chosen pattern, or choose another one."""
        name = self.chosen_pattern()
        if name is None or key != "e":
            return super().press(key)
        open_evidence(self.base_app(), name, partial(patterns_of, self.workspace, self.figures.week))
        return True


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
    #: The greatest width of the page in cells.
    widest = 140
    #: Whether a cell is chosen: then enter opens it.
    pointing = False

    def __init__(self, figures: ReviewedWeek) -> None:
        super().__init__(figures)
        self.row, self.column = 0, 0
        self._columns: list[worth_table.ShownColumn] = []

    @property
    def rows(self) -> tuple[WorthRow, ...]:
        """The rows of the report: social channels, then real contact."""
        return self.figures.worth.rows

    def lines(self, width: int, height: int) -> list[Content]:
        """The table, then the details of the chosen row; those of the other rows where there is room for them."""
        report = self.figures.worth
        if not self.rows:
            nothing = _("Nothing on a social channel or in person in these weeks: nothing to judge.")
            return [*layout.wrapped(nothing, width, "$faint"), *worth_table.unjudged_lines(report, width)]
        self.row = min(self.row, len(self.rows) - 1)
        self.marked = HEADING_LINES + self.row
        self._columns = worth_table.columns_for(width, self.rows)
        self.column = max(0, min(self.column, len(self._columns) - 1))
        chosen_cell = self.column if self.pointing else None
        lines = [worth_table.headings_line(self._columns, chosen_cell)]
        for index, row in enumerate(self.rows):
            cell = chosen_cell if index == self.row else None
            lines.append(worth_table.row_line(row, self._columns, chosen=index == self.row, cell=cell, number=index))
        chosen = self.rows[self.row]
        gap = [layout.BLANK] if height >= ROOMY else []
        details = worth_table.row_details(report, chosen, self.figures.verdict_history(chosen), width)
        lines += [*gap, *worth_table.coverage_lines(report, width), *gap, *details]
        left_out = worth_table.left_out_lines(self._columns, width, can_grow=self.app.size.width < self.widest)
        last_lines = [*worth_table.unjudged_lines(report, width), *left_out]
        for row in self.rows:
            if row is not chosen:
                details = worth_table.row_details(report, row, self.figures.verdict_history(row), width)
                fits = len(lines) + 1 + len(details) + len(last_lines) <= height
                lines += [layout.BLANK, *details] if fits else []
        return [*lines, *last_lines]

    def missing(self) -> list[str]:
        """The settings without which the rows cannot be judged."""
        lacking = [name for row in self.rows for name in row.economics.missing_settings]
        lacking += ["focus_hours" for row in self.rows if "focus_hours" in row.test("procrastination").lacks]
        return list(dict.fromkeys(lacking))

    def enter_label(self) -> str:
        """Open a cell, once one is chosen."""
        return _("show the calculation") if self.pointing else _("continue")

    def leave_label(self) -> str:
        """Leave the cells: then enter goes to the next step again."""
        return _("leave the table") if self.pointing else ""

    def caps(self) -> list[Cap]:
        """Cells and verdicts."""
        if not self.rows:
            return []
        row = self.rows[self.row]
        caps = [Cap("⇥", _("continue")) if self.pointing else Cap("↑↓←→", _("choose a figure"))]
        caps += [Cap("m", _("set what is missing"))] if self.missing() else []
        caps += [Cap("y", _("agree"))] if row.verdict in VERDICT_KEYS.values() else []
        caps += [Cap(key, verdict_word(verdict, short=True)) for key, verdict in VERDICT_KEYS.items()]
        return [*caps, Cap("T", _("clear yours"))] if row.your_verdict else caps

    def enter(self) -> bool:
        """Open the arithmetic of the chosen cell; without one, the step is done with."""
        if not self.pointing or not self._columns:  # a window may be too narrow for a single column
            return True
        row, key = self.rows[self.row], self._columns[self.column].key
        write = partial(layout.paragraphs, explain_cell(self.figures.worth, row, key))
        self.app.push_screen(ShortPage(labelled(say_title(row), _(COLUMNS[key].title)), write))
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
            ask_setting(self.base_app(), self.missing()[0])
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
        before = (yours.why if yours and yours.verdict == verdict else None) or ""

        def read(line: str) -> tuple[str, Content]:
            return line.strip(), layout.text(entered("why", line.strip()) or _("no reason"), "italic")

        title = _("{title}: {verdict}. Why?").format(title=say_title(row), verdict=verdict_word(verdict))
        dialog = LineDialog(title, read, value=before, hint=_("optional, shown next to the verdict next time"))
        self.base_app().ask(dialog, partial(self._keep_verdict, row, verdict))

    def _keep_verdict(self, row: WorthRow, verdict: str, why: str) -> None:
        reviewing.give_verdict(self.workspace, self.week, row.stored_channel, verdict, row.verdict, why)
        self._verdict_changed()

    def _verdict_changed(self) -> None:
        self.figures.verdict_changed()
        self.redraw()

    def click(self, target: tuple[int, int]) -> None:
        """A click chooses a cell, by its row and column; a second one opens it."""
        is_chosen = self.pointing and target == (self.row, self.column)
        self.pointing, (self.row, self.column) = True, target
        self.redraw()
        if is_chosen:
            self.enter()


class ReadOnlyWorthStep(WorthStep):
    """A cell is chosen from the start; verdicts are for the review."""

    widest = 220
    pointing = True

    def caps(self) -> list[Cap]:
        """What a cell does, the other cells, and the settings that are missing."""
        missing = [Cap("m", _("set what is missing"))] if self.missing() else []
        return [Cap("⏎", self.enter_label()), Cap("↑↓←→", _("choose a figure")), *missing] if self.rows else []

    def press(self, key: str) -> bool:
        """Move, or set what is missing."""
        return (key in CELL_MOVES or key == "m") and super().press(key)

    def enter(self) -> bool:
        """Open the arithmetic, where there is a cell."""
        return super().enter() if self.rows else False


class WorthPage(StepDialog[None]):
    """Over the whole screen, for the 13 weeks up to the end of one; escape, q or the key that opened it close it."""

    CLICKED = {**StepDialog.CLICKED, "↑↓←→": "right"}

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

    def on_step_panel_clicked(self, message: StepPanel.Clicked) -> None:
        """A cell was clicked."""
        self._table.click(message.target)
