"""Step 4: the patterns. At most three flags in full, five weeks of each, and what the user says of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.analytics.patterns.finding import FLAGGED, NOT_ENOUGH, QUIET
from tracker.analytics.patterns.registry import pattern
from tracker.formatting.text import capitalized, format_waiting_count
from tracker.formatting.times import format_short_week
from tracker.locale import N_, _, ngettext
from tracker.reports.review import MOST_FLAGS
from tracker.services import pattern_marks
from tracker.tui import layout
from tracker.tui.actions import pattern_actions
from tracker.tui.modals.evidence_dialog import open_evidence
from tracker.tui.review.step import SelectableStep, StepLine
from tracker.tui.screens.patterns_panel import ASIDE, GLYPHS, patterns_of
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.content import Content

    from tracker.reports.patterns import PatternLook
    from tracker.services.open_review import ReviewedWeek
    from tracker.tui.screens.patterns_panel import PatternItem

#: Lines of a flag's evidence, at most.
EVIDENCE_LINES = 3
#: What stands for the figure of a week without data.
NO_FIGURE = "–"


class PatternsStep(SelectableStep):
    """Flags with their evidence and five weeks, then all other patterns by name."""

    name = "patterns"
    word = N_("Patterns")
    title = N_("The patterns")

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
            self.run_worker(self._read_weeks, thread=True, exit_on_error=False)

    def _read_weeks(self) -> None:
        looks = pattern_marks.five_weeks(self.workspace, self.week)
        self.app.call_from_thread(self._show_weeks, looks)

    def _show_weeks(self, looks: dict[str, tuple[PatternLook, ...]]) -> None:
        self.looks = looks
        if self.is_attached:
            self.redraw()

    def count(self) -> int:
        """Every pattern with data can be chosen."""
        return len(self.items)

    @property
    def flagged(self) -> int:
        """The number of flags: they come first."""
        return sum(item.state == FLAGGED for item in self.items)

    def step_lines(self, width: int, height: int) -> list[StepLine]:
        """One sentence, the flags in full, the rest in a line each; the evidence of all where there is room for it."""
        if not self.items:
            nothing = _("Every pattern needs more data: keep logging. Continue.")
            return [StepLine(line) for line in layout.wrapped(nothing, width, "$faint")]
        for gap in (True, False):
            lines = self._all_lines(width, gap=gap, told=True)
            if len(lines) <= height:
                return lines
        return self._all_lines(width, gap=True, told=False)

    def _all_lines(self, width: int, *, gap: bool, told: bool) -> list[StepLine]:
        """All lines; `told` with the evidence of every pattern, and not of flags and the chosen one only."""
        blank = [StepLine(layout.BLANK)] if gap else []
        lines = [*(StepLine(line) for line in layout.wrapped(self._sentence(), width, "bold $strong")), *blank]
        in_full = min(self.flagged, MOST_FLAGS)
        for index, item in enumerate(self.items):
            glyph, style = GLYPHS[item.state]
            is_flag = item.state == FLAGGED
            head = layout.row((f"{glyph}  ", style), (item.title, style if is_flag else "$foreground"))
            evidence = layout.wrapped(capitalized(item.words), width - 3, "$foreground", EVIDENCE_LINES)
            details = [layout.row("   ", line) for line in evidence]
            if index < in_full:
                block = [head, *details, *(layout.row("   ", line) for line in self._weeks(item, width - 3))]
                lines += [*(StepLine(line, index) for line in block), *blank]
            else:
                signs = layout.text(" ").join([layout.text(*GLYPHS[look.state]) for look in self._looks_of(item)])
                aside = layout.text(item.aside, "$faint") if item.aside else signs
                lines.append(StepLine(layout.ends(head, aside, width), index))
                lines += [StepLine(line, index) for line in details] if told or index == self.chosen else []
        return lines

    def _sentence(self) -> str:
        """`2 patterns stand out, 1 is muted or expected, 8 are quiet, 1 needs more data.`"""
        aside = sum(item.state == ASIDE for item in self.items)
        quiet = sum(item.state == QUIET for item in self.items)
        flags = self.flagged
        stands_out = ngettext("{n} pattern stands out", "{n} patterns stand out", flags).format(n=flags)
        parts = [stands_out if flags else _("No pattern stands out")]
        if aside:
            parts.append(ngettext("{n} is muted or expected", "{n} are muted or expected", aside).format(n=aside))
        if quiet:
            parts.append(ngettext("{n} is quiet", "{n} are quiet", quiet).format(n=quiet))
        if self.waiting:
            parts.append(format_waiting_count(self.waiting))
        return ", ".join(parts) + "."

    def _looks_of(self, item: PatternItem) -> tuple[PatternLook, ...]:
        return self.looks.get(item.finding.name, ())

    def _weeks(self, item: PatternItem, width: int) -> list[Content]:
        """`W43 ✓ 2   W44 ⚑ 4   bursts in 28 logged days`: as of the end of each week, this week last."""
        key_figure = pattern(item.finding.name).key_figure
        parts = []
        for look in self._looks_of(item):
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
        take_back = [Cap("T", _("show again"))] if self.items[self.chosen].aside else []
        return [Cap("e", _("evidence")), *take_back, Cap("N", _("mute 28 days")), Cap("X", _("expected"))]

    def press(self, key: str) -> bool:
        """The keys of the patterns on the Week and in their evidence."""
        if not self.items or key not in ("e", "N", "X", "T"):
            return super().press(key)
        name, base_app = self.items[self.chosen].finding.name, self.base_app()
        if key == "e":
            open_evidence(base_app, name, partial(patterns_of, self.workspace, self.figures.week))
            return True
        if key == "N":
            pattern_actions.mute(base_app, name)
        elif key == "X":
            pattern_actions.mark_expected(base_app, name)
        else:
            pattern_actions.show_again(base_app, name)
        self.load()
        return True

    def opened(self) -> None:
        """A second click explains the pattern."""
        self.press("e")
