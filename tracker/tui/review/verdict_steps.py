"""Steps 4 to 7 of a review: the patterns, what each channel is worth, the commitments kept, the commitments to come.

The page of Worth outside a review is here too: it is the table of step 5 without verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content

from tracker.analytics.channel_worth import WorthRow
from tracker.analytics.habit_days import week_progress
from tracker.analytics.habit_wording import say_progress
from tracker.analytics.patterns.pattern import FLAGGED, NOT_ENOUGH, QUIET
from tracker.analytics.patterns.registry import pattern
from tracker.calendar.days import next_week
from tracker.domain.errors import TrackerError
from tracker.domain.models import MOST_COMMITMENTS, RINGS, Commitment
from tracker.domain.text import entered
from tracker.formatting.text import as_sentence, capitalized, format_waiting_count, labelled
from tracker.formatting.times import format_short_week, format_short_weekday, week_number
from tracker.locale import N_, _, language, ngettext
from tracker.reports import commitment_words
from tracker.reports.commitments import CommitmentResult, Suggestion
from tracker.reports.contacts import Outreach, say_ring_reached, say_waiting
from tracker.reports.habit_histories import HabitHistory
from tracker.reports.patterns import PatternLook
from tracker.reports.review import MOST_FLAGS
from tracker.reports.worth_columns import COLUMNS
from tracker.reports.worth_wording import say_title, verdict_word
from tracker.services import pattern_marks, queries, reviewing
from tracker.services.open_review import ReviewedWeek
from tracker.tui import layout, theme
from tracker.tui.keys import offered_keys, say_offered
from tracker.tui.modals.dialog import LineDialog, ShortPage
from tracker.tui.modals.evidence import open_evidence
from tracker.tui.modals.settings_dialog import ask_setting
from tracker.tui.review.step import SCROLL, SelectableStep, StepDialog, StepLine, StepPanel, heading
from tracker.tui.screens.patterns_panel import ASIDE, GLYPHS, PatternItem, patterns_of
from tracker.tui.widgets import worth_table
from tracker.tui.widgets.charts import habit_signs, habit_strength
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
        words = {"take_back": _("show again")} if self.items[self.chosen].aside else {}
        words |= {"not_now": _("mute 28 days"), "expected": _("expected")}
        offered = self.offered()
        caps = [Cap(say_offered(action, offered), label) for action, label in words.items()]
        return [Cap("e", _("evidence")), *(cap for cap in caps if cap.key)]

    def offered(self) -> dict[str, str]:
        """The actions on patterns, by the keys that they have on the Week and in the evidence."""
        actions = ("not_now", "expected", "take_back") if self.items else ()
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
        caps += [Cap("m", _("set what is missing"))] if self.missing() else []
        caps += [Cap("y", _("agree"))] if row.verdict in VERDICT_KEYS.values() else []
        caps += [Cap(key, verdict_word(verdict, short=True)) for key, verdict in VERDICT_KEYS.items()]
        return [*caps, Cap("T", _("clear yours"))] if row.your_verdict else caps

    def enter(self) -> bool:
        """Open the arithmetic of the chosen cell; without one, the step is done with."""
        if not self.pointing or not self._columns:  # a window may be too narrow for a single column
            return True
        row, column = self.rows[self.row], COLUMNS[self._columns[self.column].key]
        write = partial(layout.paragraphs, column.explain(self.figures.worth, row))
        self.app.push_screen(ShortPage(labelled(say_title(row), _(column.title)), write))
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

    def touch(self, target: tuple[int, int]) -> None:
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
        return [Cap("⏎", self.onward()), Cap("↑↓←→", _("choose a figure")), *missing] if self.rows else []

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
        self._table.touch(message.target)


class KeptStep(SelectableStep):
    """Commitments first; those without a measure are answered by y or n."""

    name = "kept"
    word = N_("Kept")

    results: tuple[CommitmentResult, ...] = ()
    #: The commitments of which only the user can say how they went.
    items: Sequence[CommitmentResult] = ()

    def load(self) -> None:
        """Read how the commitments went, and what was answered."""
        self.results = reviewing.commitment_results(self.workspace, self.week)
        self.items = [result for result in self.results if result.commitment.measure is None]
        self.chosen = next((n for n, result in enumerate(self.items) if result.kept is None), 0)
        self.redraw()

    def step_lines(self, width: int, height: int) -> list[StepLine]:
        """The commitments, the habits, then the commitments of the weeks before as far as there is room."""
        asked, histories = self.items, self.figures.habits
        blocks = [self._result(result, width) for result in self.results]
        is_roomy = sum(map(len, blocks)) + len(blocks) + 2 * len(histories) + 3 <= height
        gap = [StepLine(layout.BLANK)] if is_roomy else []
        lines = []
        if blocks:
            lines.append(StepLine(heading(_("Commitments for week {n}").format(n=week_number(self.week)))))
        else:
            message = _("No commitments for week {n}. The next step makes some for the week after.")
            nothing = message.format(n=week_number(self.week))
            lines += [*map(StepLine, layout.wrapped(nothing, width, "$faint")), StepLine(layout.BLANK)]
        for result, block in zip(self.results, blocks, strict=True):
            item = asked.index(result) if result in asked else None
            lines += [*(StepLine(line, item) for line in block), *gap]
        if blocks and not is_roomy:
            lines.append(StepLine(layout.BLANK))
        name = min(max(layout.widest(history.habit.name for history in histories), 10), width // 3) + 2
        if histories:
            days = " ".join(format_short_weekday(date)[:2] for date in self.figures.dates)
            lines.append(StepLine(layout.row(layout.left(heading(_("Habits")), name), (days, "$faint"))))
        else:
            nothing = _("No habits. [{key}] on the Day adds one.").format(key=self.key_of("habits"))
            lines += map(StepLine, layout.wrapped(nothing, width, "$faint"))
        for history in histories:
            lines += [StepLine(self._habit(history, name)), *gap]
        return [*lines, *map(StepLine, self._earlier(width, height - len(lines)))]

    def _earlier(self, width: int, available: int) -> list[Content]:
        """The commitments of the weeks before and how they went, the last week first: as many weeks as have room."""
        lines: list[Content] = [layout.BLANK, heading(_("Commitments of the weeks before"))]
        for week, results in self.figures.earlier_results:
            label = layout.text(f"{format_short_week(week)}  ", "$faint")
            block = []
            for result in results:
                sign, style = theme.RESULT_SIGNS[result.kept]
                words = layout.wrapped(
                    commitment_words.say_commitment(result.commitment), width - label.cell_length - 2
                )
                block += layout.hanging((f"{sign} ", style), words)
            if len(lines) + len(block) > available:
                break
            lines += layout.hanging(label, block)
        return lines if len(lines) > 2 else []

    def _result(self, result: CommitmentResult, width: int) -> list[Content]:
        """The commitment with its sign, and below it how it went: `talks: 5 (at least 3)`, `… · 6 of 7 days`."""
        sign, style = theme.RESULT_SIGNS[result.kept]
        measure = result.commitment.measure
        went = commitment_words.say_result(result)
        if measure is None:
            went = {True: _("you said: kept"), False: _("you said: not kept"), None: _("Did you keep it?")}[result.kept]
        elif measure and result.of is None and result.value is not None:
            went = labelled(_(commitment_words.COMMITMENT_MEASURE_TITLES[measure]), went)
        else:
            went = f"{commitment_words.say_measure(result.commitment, self.figures.titles)} · {went}"
        words = layout.wrapped(commitment_words.say_commitment(result.commitment), width - 3, "bold $strong")
        return layout.hanging((f"{sign}  ", style), [*words, *layout.wrapped(went, width - 3, "$faint")])

    def _habit(self, history: HabitHistory, name: int) -> Content:
        """`Walk  ● ● ○ ● ● – ●   5 of 6   ▇▇▇▇▇ 82 %`, each day below its weekday."""
        dates = self.figures.dates
        days = {day.date: day for day in history.within(dates)}
        marks = layout.row(*(habit_signs([days[date]] if date in days else [], 1) + "  " for date in dates))
        progress = say_progress(history.habit, week_progress(history.habit, list(days.values())))
        cells = (layout.left(history.habit.name, name), layout.left(marks, 21), layout.right(progress, 12, "bold"))
        return layout.row(*cells, "   ", habit_strength(history.strength, 10))

    def caps(self) -> list[Cap]:
        """Yes and no, where something is asked."""
        return [Cap("y", _("kept")), Cap("n", _("not kept"))] if self.items else []

    def press(self, key: str) -> bool:
        """Answer the chosen commitment, and go to the next without an answer."""
        if key in ("y", "n") and self.items:
            reviewing.answer_commitment(self.workspace, self.items[self.chosen].commitment.id, key == "y")
            chosen = self.chosen
            self.load()
            if all(result.kept is not None for result in self.items):
                self.choose(min(chosen + 1, len(self.items) - 1))
            return True
        return super().press(key)


#: The width from which on people stand next to the commitments, and the cells between.
TWO_COLUMNS, GAP = 104, 3


class CommitmentsStep(SelectableStep):
    """The commitments made, suggestions to choose from, and who to talk to."""

    name = "next"
    word = N_("Ahead")
    opens = "e"

    def __init__(self, figures: ReviewedWeek) -> None:
        super().__init__(figures)
        self.next = next_week(figures.name)
        self.items: list[Commitment] = []

    def load(self) -> None:
        """Read the commitments made so far."""
        self.items = reviewing.commitments_of(self.workspace, self.next)
        self.redraw()

    @property
    def suggested(self) -> list[Suggestion]:
        """The suggestions that are not taken yet."""
        taken = {_subject(commitment) for commitment in self.items}
        return [offer for offer in self.figures.suggestions if _subject(offer.commitment) not in taken]

    def step_lines(self, width: int, height: int) -> list[StepLine]:
        """Plans and people, in two columns where there is room."""
        if width >= TWO_COLUMNS:
            left = (width - GAP) * 3 // 5
            right = width - left - GAP
            plans = self._plans(left, roomy=True)
            people = [heading(_("Who to talk to")), *outreach_lines(self.figures.outreach, right)]
            rows = []
            for plan, person in zip_longest(plans, people):
                plan = plan or StepLine(layout.BLANK)
                words = layout.row(layout.left(plan.words, left), " " * GAP, layout.left(person or "", right))
                rows.append(plan._replace(words=words, lit=left))
            return rows
        people = [heading(_("Who to talk to")), *outreach_lines(self.figures.outreach, width)]
        plans = self._plans(width, roomy=True)
        if len(plans) + 1 + len(people) > height:
            plans = self._plans(width, roomy=False)
        return [*plans, StepLine(layout.BLANK), *map(StepLine, people)]

    def _plans(self, width: int, *, roomy: bool) -> list[StepLine]:
        """The commitments made; below them the suggestions, with their measures if `roomy`."""
        first = self.workspace.near_date(self.workspace.week_dates(self.next)[0])
        lines = [StepLine(heading(_("In the week of {date}").format(date=first)))]
        for item, commitment in enumerate(self.items):
            words = layout.wrapped(commitment_words.say_commitment(commitment), width - 3, "bold $strong")
            measure = layout.left(self._measure(commitment), width - 3, "$faint")
            plan = [*layout.hanging(("✓  ", "bold $good"), words), layout.row("   ", measure)]
            lines += [StepLine(line, item) for line in plan]
        if not self.items:
            hint = _("Make one to three if–then plans: a digit takes a suggestion, [a] writes your own.")
            lines += [StepLine(line) for line in layout.wrapped(hint, width, "$foreground")]
        if len(self.items) >= MOST_COMMITMENTS or not self.suggested:
            return lines
        suggestions = _("Suggestions from week {n}").format(n=week_number(self.week))
        lines += [StepLine(layout.BLANK), StepLine(heading(suggestions))]
        for number, offer in enumerate(self.suggested, 1):
            cap = layout.row(layout.keycap(str(number)), " ")
            drawn = layout.hanging(cap, layout.wrapped(commitment_words.say_commitment(offer.commitment), width - 4))
            measured = commitment_words.say_measure(offer.commitment, self.figures.titles) if roomy else ""
            if measured:
                drawn.append(layout.row("    ", layout.left(measured, width - 4, "$faint")))
            lines += [StepLine(line, key=str(number)) for line in drawn]
        return lines

    def _measure(self, commitment: Commitment) -> str:
        return commitment_words.say_measure(commitment, self.figures.titles) or _(
            "not measured: next week you say whether you kept it"
        )

    def caps(self) -> list[Cap]:
        """Take a suggestion, write, change or remove a commitment."""
        count, is_full = len(self.suggested), len(self.items) >= MOST_COMMITMENTS
        take = [Cap("1" if count == 1 else f"1–{count}", _("take"))] if count and not is_full else []
        own = [] if is_full else [Cap("a", _("your own"))]
        change = [Cap("e", _("change")), Cap("d", _("remove"))] if self.items else []
        return [*take, *own, *change]

    def reviewed(self) -> bool:
        """Whether there is a commitment."""
        return bool(self.items)

    def press(self, key: str) -> bool:
        """A digit takes a suggestion; a, e and d are for the user's own words."""
        if key.isdecimal() and 0 < int(key) <= len(self.suggested):
            self._commit(self.suggested[int(key) - 1].commitment)
        elif key[:1] == "1" and "–" in key:  # the cap of all digits, clicked
            self._commit(self.suggested[0].commitment)
        elif key == "a":
            self._ask(None)
        elif key == "e" and self.items:
            self._ask(self.items[self.chosen])
        elif key in ("d", "delete") and self.items:
            reviewing.delete_commitment(self.workspace, self.items[self.chosen].id)
            self.load()
        else:
            return super().press(key)
        return True

    def _commit(self, commitment: Commitment) -> None:
        reviewing.add_commitment(self.workspace, commitment)
        self.load()
        self.choose(max(len(self.items) - 1, 0))

    def _ask(self, before: Commitment | None) -> None:
        """Ask for a commitment as a line, by default the one `before`; show what it means while it is typed."""
        value, example = "", _("if I am bored then I call a prospect")
        if before:
            value = commitment_words.write_commitment(before, language())
        hint = _("optional, to let the log measure it: ; at least 3 a week by contacts")
        dialog = LineDialog(_("If …, then …"), self._read, value=value, example=example, hint=hint)
        self.base_app().ask(dialog, partial(self._keep, before))

    def _read(self, line: str) -> tuple[Commitment, Content]:
        if not line.strip():
            raise TrackerError(_("Type when, then what you do: if …, then …"))
        commitment = commitment_words.read_commitment(line, self.next)
        if commitment.channel:
            channel = queries.find_channel(self.workspace, commitment.channel).name
            commitment = commitment._replace(channel=channel)
        measure = layout.text(f" · {self._measure(commitment)}", "$faint")
        return commitment, layout.row(commitment_words.say_commitment(commitment), measure)

    def _keep(self, before: Commitment | None, commitment: Commitment) -> None:
        if before is None:
            self._commit(commitment)
            return
        kept = {field: getattr(before, field) for field in ("id", "week", "pattern", "position", "kept", "at")}
        reviewing.change_commitment(self.workspace, commitment._replace(**kept), before)
        self.load()


def _subject(commitment: Commitment) -> tuple[object, ...]:
    """What tells two suggestions apart."""
    return commitment.measure, commitment.per, commitment.channel, commitment.pattern


def outreach_lines(outreach: Outreach, width: int) -> list[Content]:
    """Who to talk to: the ring reached, follow-ups due, then ring by ring who waits longest."""
    style = "bold $good" if outreach.proposed else "$foreground"
    lines = layout.wrapped(as_sentence(say_ring_reached(outreach)), width, style)
    people = [("↻", "$flag", _("follow up"), person) for person in outreach.follow_ups]
    people += [("◎", "$good", _(ring.ring), person) for ring in outreach.rings for person in ring.waiting]
    label = max(layout.widest((*map(_, RINGS), _("follow up"))), 8) + 2
    for sign, colour, why, person in people:
        head = layout.row((f"{sign} ", colour), layout.left(why, label, "$faint"))
        lines += layout.hanging(head, layout.wrapped(say_waiting(person), width - label - 2))
    if not people:
        lines += layout.wrapped(_("No follow-ups due. Start with someone nearby."), width, "$faint")
    return lines
