"""Step 6: the commitments for the week and how they went, and the habits. What the log cannot tell is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.analytics.habit_days import week_progress
from tracker.analytics.habit_wording import say_progress
from tracker.formatting.text import labelled
from tracker.formatting.times import format_short_week, format_short_weekday, week_number
from tracker.locale import N_, _
from tracker.reports.commitment_words import COMMITMENT_MEASURE_TITLES, say_commitment, say_measure, say_result
from tracker.services import reviewing
from tracker.tui import layout
from tracker.tui.review.step import SelectableStep, StepLine, heading
from tracker.tui.widgets.habit_marks import signs, strength
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.commitments import CommitmentResult
    from tracker.reports.habit_histories import HabitHistory

#: How a commitment went, by its sign as well as its colour.
RESULT_SIGNS = {True: ("✓", "bold $good"), False: ("✗", "$flag"), None: ("?", "bold $strong")}


class KeptStep(SelectableStep):
    """Commitments first; those without a measure are answered by y or n."""

    name = "kept"
    word = N_("Kept")
    title = N_("Commitments and habits")

    results: tuple[CommitmentResult, ...] = ()

    def load(self) -> None:
        """Read how the commitments went, and what was answered."""
        self.results = reviewing.commitment_results(self.workspace, self.week)
        self.chosen = next((n for n, result in enumerate(self.asked) if result.kept is None), 0)
        self.redraw()

    @property
    def asked(self) -> list[CommitmentResult]:
        """The commitments of which only the user can say how they went."""
        return [result for result in self.results if result.commitment.measure is None]

    def count(self) -> int:
        """Only those that are asked can be chosen."""
        return len(self.asked)

    def step_lines(self, width: int, height: int) -> list[StepLine]:
        """The commitments, the habits, then the commitments of the weeks before as far as there is room."""
        asked, histories = self.asked, self.figures.habits
        blocks = [self._result(result, width) for result in self.results]
        is_roomy = sum(map(len, blocks)) + len(blocks) + 2 * len(histories) + 3 <= height
        gap = [StepLine(layout.BLANK)] if is_roomy else []
        lines = []
        if blocks:
            lines.append(StepLine(heading(_("Commitments for week {n}").format(n=week_number(self.week)))))
        else:
            nothing = _("No commitments for week {n}. The next step makes some for the week after.")
            nothing = nothing.format(n=week_number(self.week))
            lines += [*map(StepLine, layout.wrapped(nothing, width, "$faint")), StepLine(layout.BLANK)]
        for result, block in zip(self.results, blocks, strict=True):
            item = asked.index(result) if result in asked else None
            lines += [*(StepLine(line, item) for line in block), *gap]
        if blocks and not is_roomy:
            lines.append(StepLine(layout.BLANK))
        if not histories:
            nothing = _("No habits. [{key}] on the Day adds one.").format(key=self.key_of("habits"))
            lines += map(StepLine, layout.wrapped(nothing, width, "$faint"))
            return [*lines, *map(StepLine, self._earlier(width, height - len(lines)))]
        name = min(max(layout.widest(history.habit.name for history in histories), 10), width // 3) + 2
        days = " ".join(format_short_weekday(date)[:2] for date in self.figures.dates)
        lines.append(StepLine(layout.row(layout.left(heading(_("Habits")), name), (days, "$faint"))))
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
                sign = layout.row(f"{RESULT_SIGNS[result.kept][0]} ").stylize(RESULT_SIGNS[result.kept][1])
                words = layout.wrapped(say_commitment(result.commitment), width - label.cell_length - 2)
                block += layout.hanging(sign, words)
            if len(lines) + len(block) > available:
                break
            lines += layout.hanging(label, block)
        return lines if len(lines) > 2 else []

    def _result(self, result: CommitmentResult, width: int) -> list[Content]:
        """The commitment with its sign, and below it how it went: `talks: 5 (at least 3)`, `… · 6 of 7 days`."""
        sign, style = RESULT_SIGNS[result.kept]
        measure = result.commitment.measure
        if measure is None:
            went = {True: _("you said: kept"), False: _("you said: not kept"), None: _("Did you keep it?")}[result.kept]
        elif measure and result.of is None and result.value is not None:
            went = labelled(_(COMMITMENT_MEASURE_TITLES[measure]), say_result(result))
        else:
            went = f"{say_measure(result.commitment, self.figures.titles)} · {say_result(result)}"
        words = layout.wrapped(say_commitment(result.commitment), width - 3, "bold $strong")
        details = layout.wrapped(went, width - 3, "$faint")
        return [*layout.hanging((f"{sign}  ", style), words), *(layout.row("   ", line) for line in details)]

    def _habit(self, history: HabitHistory, name: int) -> Content:
        """`Walk  ● ● ○ ● ● – ●   5 of 6   ▇▇▇▇▇ 82 %`, each day below its weekday."""
        dates = self.figures.dates
        days = {day.date: day for day in history.within(dates)}
        marks = layout.row(*(signs([days[date]] if date in days else [], 1) + "  " for date in dates))
        progress = say_progress(history.habit, week_progress(history.habit, list(days.values())))
        cells = (layout.left(history.habit.name, name), layout.left(marks, 21), layout.right(progress, 12, "bold"))
        return layout.row(*cells, "   ", strength(history.strength, 10))

    def caps(self) -> list[Cap]:
        """Yes and no, where something is asked."""
        return [Cap("y", _("kept")), Cap("n", _("not kept"))] if self.asked else []

    def press(self, key: str) -> bool:
        """Answer the chosen commitment, and go to the next without an answer."""
        if key in ("y", "n") and self.asked:
            reviewing.answer_commitment(self.workspace, self.asked[self.chosen].commitment.id, key == "y")
            chosen = self.chosen
            self.load()
            if all(result.kept is not None for result in self.asked):
                self.choose(min(chosen + 1, self.count() - 1))
            return True
        return super().press(key)
