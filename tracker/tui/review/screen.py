"""The weekly review: eight steps, one at a time. Enter goes forward, backspace back, escape leaves; nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from tracker.domain.errors import TrackerError
from tracker.formatting.times import format_date_range, week_number
from tracker.locale import _
from tracker.services.open_review import OpenReview, ReviewedWeek
from tracker.tui import layout, theme
from tracker.tui.keys import hidden_bindings
from tracker.tui.review.commitment_steps import CommitmentsStep, KeptStep
from tracker.tui.review.step import SCROLL, StepDialog, StepPanel
from tracker.tui.review.time_steps import ChecksStep, EstimateStep, UsualStep
from tracker.tui.review.verdict_steps import PatternsStep, WorthStep
from tracker.tui.review.writing import WordsStep
from tracker.tui.widgets.key_lines import Cap, Keycaps
from tracker.tui.widgets.panel import Drawn, link

DONE, SKIPPED, TO_COME = "done", "skipped", "to come"

#: The sign and style of a step's state; a step to come has its number instead of a sign.
STATE_SIGNS = {DONE: ("✓", "$good"), SKIPPED: ("»", "$flag"), TO_COME: ("", "$faint")}

#: The key that ends the last step while its text field has the focus: as pressed, and as clicked.
WRITE = ("ctrl+s", "^s")


class Rail(Drawn):
    """One line with the eight steps: which is shown, which are done or skipped. Each can be clicked."""

    #: The word and the state of each step.
    stops: Sequence[tuple[str, str]] = ()
    at = 0

    def show(self, stops: Sequence[tuple[str, str]], at: int) -> None:
        """Set the steps, and which of them is shown."""
        self.stops, self.at = stops, at
        self.refresh()

    def draw(self, width: int, height: int) -> list[Content]:
        """The words of all steps where there is room for them, else that of the shown one."""
        line = layout.BLANK
        for worded, gap in ((True, " ── "), (True, " ─ "), (True, "  "), (False, " ── "), (False, " ")):
            stops = [self._stop(index, worded=worded or index == self.at) for index in range(len(self.stops))]
            line = layout.text(gap, "$line").join(stops)
            if line.cell_length <= width:
                break
        return [line]

    def _stop(self, index: int, *, worded: bool) -> Content:
        label, state = self.stops[index]
        word = f" {_(label)}" if worded else ""
        if index == self.at:
            return Content.styled(f"{theme.HERE[index]}{word}", "bold $primary underline")
        sign, style = STATE_SIGNS[state]
        number = layout.text(sign or theme.NUMBERS[index], style)
        return link(layout.row(number, (word, style if sign else "$faint")), "screen.turn_to", index)


class ReviewScreen(StepDialog[bool]):
    """Answers whether the review was written; False where it was left half-way."""

    UNTOUCHED = frozenset({"escape", "tab", "shift+tab"})
    BINDINGS = hidden_bindings(("tab", "tab(1)"), ("shift+tab", "tab(-1)"))

    def __init__(self, open_review: OpenReview) -> None:
        super().__init__()
        self.open_review = open_review
        self._workspace = open_review.workspace
        self._figures = figures = ReviewedWeek(open_review.workspace, open_review.week)
        first, last = EstimateStep(figures, open_review), WordsStep(figures, open_review)
        between = (UsualStep, ChecksStep, PatternsStep, WorthStep, KeptStep, CommitmentsStep)
        self._steps: tuple[StepPanel, ...] = (first, *(step(figures) for step in between), last)
        #: The review as of the step that is shown.
        self._review = open_review.review
        self._at = next((n for n, step in enumerate(self._steps) if step.name == open_review.step), 0)
        self._shown = self._refused = False

    @property
    def step(self) -> StepPanel:
        """The step that is shown."""
        return self._steps[self._at]

    def compose(self) -> ComposeResult:
        """A line that names the week, the rail, the step, and its keys."""
        with Vertical(id="review-box"):
            yield Static(id="review-head", markup=False)
            yield Rail(id="review-rail")
            with Vertical(id="review-body"):
                for step in self._steps:
                    step.display = False
                    yield step
            yield Static(id="review-says", markup=False)
            yield Keycaps(id="review-keys")

    def on_mount(self) -> None:
        """Continue where the review was left."""
        self._shown = True
        self._show()
        self.call_after_refresh(lambda: self._figures.comparison)  # read while the user reads the first question

    def on_resize(self) -> None:
        """The first line fills the width."""
        self.query_one("#review-head", Static).update(self._head())

    def on_screen_resume(self) -> None:
        """Read again after another screen, in which anything may have been changed."""
        if self._shown:
            self._figures.refresh()
            try:
                self.step.load()
            except TrackerError as error:
                self._is_gone(error)
                return
            self.refresh_keys()

    def _is_gone(self, error: TrackerError) -> None:
        """Close a review that another program has discarded since, with a message."""
        if self.is_current:
            self.app.notify(str(error), severity="error")
            self.dismiss()

    def _head(self) -> Content:
        number, revision = week_number(self.open_review.week), self._review.revision
        dates = format_date_range(self._figures.dates[0], self._figures.dates[-1], self._workspace.today())
        so_far = " · " + _("so far") if self._workspace.today() in self._figures.dates else ""
        amended = _(" · amended, r{n}").format(n=revision) if revision > 1 else ""
        name = layout.row((_("Review of week {n}").format(n=number), "bold $strong"), (f"  {dates}", "$faint"))
        name = layout.row(name, (so_far, "bold $strong"), (amended, "$flag"))
        width = self.query_one("#review-head", Static).content_size.width or self.app.size.width - 4
        saved = layout.text(_("Answers are saved as you go"), "$faint")
        return layout.ends(name, saved, width) if name.cell_length + saved.cell_length + 2 <= width else name

    def _show(self) -> None:
        """Show the step; from the second on the figures of the week are seen."""
        try:
            if self._at:
                self.open_review.reveal()
            self._review = self.open_review.review
        except TrackerError as error:
            self._is_gone(error)
            return
        for step in self._steps:
            step.display = step is self.step
        self.step.load()
        self.set_focus(self.step.focused())
        self.say()
        self.refresh_keys()

    def refresh_keys(self) -> None:
        """Show the rail and the keys as they are now."""
        done = {n for n, step in enumerate(self._steps) if step.name in self._review.reviewed}
        skipped = set(range(max(self._at, *done, 0))) - done
        states = dict.fromkeys(skipped, SKIPPED) | dict.fromkeys(done, DONE)
        stops = [(step.word, states.get(n, TO_COME)) for n, step in enumerate(self._steps)]
        self.query_one(Rail).show(stops, self._at)
        caps = [Cap("⏎", self.step.enter_label()), *self.step.caps()]
        if not self.step.is_typing():
            caps += [Cap("⌫", self.step.leave_label() or _("back"))] if self._at else []
            caps += [Cap("s", _("skip"))] if self._at + 1 < len(self._steps) else []
        self.query_one("#review-keys", Keycaps).show([*caps, Cap("esc", _("finish later"))])

    def on_descendant_focus(self) -> None:
        """A field was entered: other keys apply."""
        self.refresh_keys()

    def on_descendant_blur(self) -> None:
        """A field was left."""
        self.refresh_keys()

    def say(self, error: TrackerError | None = None) -> None:
        """Show why something cannot be saved; clear the line without an error."""
        self._refused = error is not None
        line = self.query_one("#review-says", Static)
        line.display = error is not None
        line.update(layout.text(f"✗ {error}", "bold $flag") if error else layout.BLANK)

    @contextmanager
    def _saying_refusals(self) -> Iterator[None]:
        """Show why what is done here cannot be done."""
        try:
            yield
        except TrackerError as error:
            self.say(error)

    def offered(self) -> dict[str, str]:
        """The actions of the step that is shown."""
        return self.step.offered()

    def chosen_pattern(self) -> str | None:
        """The pattern that is chosen in the step that is shown, if any."""
        return self.step.chosen_pattern()

    def perform(self, action: str) -> None:
        """Do an action of the step, and show the step as it is after it."""
        with self._saying_refusals():
            self.base_app.act(action)
            self.step.load()
            self.say()
            self.refresh_keys()

    def pressed(self, key: str) -> None:
        """Handle one key, typed or clicked."""
        with self._saying_refusals():
            self._take(key)

    def _take(self, key: str) -> None:
        before = self._at
        if key == "enter":
            if self.step.enter():
                self._go_on(reviewed=True)
        elif key in WRITE and self.step is self._steps[-1]:
            self._go_on(reviewed=True)
        elif self.step.press(key):
            self.say()
        elif key == "backspace" and not self.step.is_typing():
            self.turn(self._at - 1)
        elif key == "s" and not self.step.is_typing():
            self._go_on(reviewed=False)
        elif key in SCROLL:
            self.step.scroll_by(SCROLL[key])
        if self._at == before and not self.answered:
            self.refresh_keys()

    def action_tab(self, steps: int) -> None:
        """Forward: the next field of the step, then what enter does. Backward: the field or step before."""
        with self._saying_refusals():
            if self.step.press("tab" if steps > 0 else "shift+tab"):
                self.refresh_keys()
            elif steps > 0:
                self._take("enter")
            else:
                self.turn(self._at - 1)

    def _go_on(self, *, reviewed: bool) -> None:
        self.step.save_answers()
        if reviewed and self.step.reviewed():
            self.open_review.mark_reviewed(self.step.name)
        if self._at + 1 < len(self._steps):
            self.turn(self._at + 1)
        elif reviewed:
            self.open_review.write()
            self.answer(True)

    def turn(self, at: int) -> None:
        """Show another step, if there is one, after saving this step's answers. A TrackerError keeps this one."""
        if not 0 <= at < len(self._steps) or at == self._at:
            return
        self.step.save_answers()
        self._at = at
        self.open_review.go_to(self.step.name)
        self._show()

    def on_step_panel_clicked(self, message: StepPanel.Clicked) -> None:
        """Handle a click on a line of the step."""
        with self._saying_refusals():
            self.step.click(message.target)
        if not self.answered:
            self.refresh_keys()

    def action_turn_to(self, index: int) -> None:
        """Show a step that was clicked on the rail."""
        with self._saying_refusals():
            self.turn(index)

    def action_leave(self) -> None:
        """Leave half-way, or only the part of the step that was entered.

        An answer that cannot be saved is shown first; leaving once more discards it alone.
        """
        if self.step.leave_label():
            self.pressed("backspace")
            return
        try:
            self.step.save_answers()
        except TrackerError as error:
            if not self._refused:
                self.say(error)
                return
        self.answer(False)
