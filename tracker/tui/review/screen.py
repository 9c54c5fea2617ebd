"""The weekly review: eight steps, one at a time. Enter goes on, backspace back, escape leaves; nothing is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Static

from tracker.domain.models import TrackerError
from tracker.formatting.times import format_date_range
from tracker.locale import _
from tracker.services import reviewing
from tracker.tui import ink
from tracker.tui.modals.dialog import Dialog
from tracker.tui.review.facts import Facts
from tracker.tui.review.rail import DONE, SKIPPED, TO_COME, Rail, Stop
from tracker.tui.review.step import SCROLL
from tracker.tui.review.steps import STEPS
from tracker.tui.widgets.keycaps import Cap, Keycaps

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.services.review_draft import ReviewDraft
    from tracker.tui.review.step import Step
    from tracker.workspace import Workspace

#: Ends the last step while one writes in it.
WRITE = ("ctrl+s", "^s")


class ReviewScreen(Dialog[bool]):
    """Answers whether the review was written, or left half-way."""

    BINDINGS = [
        Binding("tab", "tab(1)", "On", show=False, id="review-on", tooltip="the next field, then the next step"),
        Binding("shift+tab", "tab(-1)", "Back", show=False, id="review-back", tooltip="the field or step before"),
    ]

    def __init__(self, workspace: Workspace, week: str, draft: ReviewDraft) -> None:
        super().__init__()
        self._workspace, self._week = workspace, week
        self._facts = Facts(workspace, week)
        self._steps: list[Step] = [kind(self._facts) for kind in STEPS]
        self._draft = draft
        self._shown = self._refused = False
        self._state = reviewing.log_state(workspace)
        self._at = next((n for n, step in enumerate(self._steps) if step.name == self._draft.step), 0)

    @property
    def step(self) -> Step:
        """The one that is shown."""
        return self._steps[self._at]

    def compose(self) -> ComposeResult:
        """A line of what it is about, the rail, the step, and its keys."""
        with Vertical(id="review-box"):
            yield Static(id="review-head", markup=False)
            yield Rail()
            with Vertical(id="review-body"):
                for step in self._steps:
                    step.display = False
                    yield step
            yield Static(id="review-says", markup=False)
            yield Keycaps(id="review-keys")

    def on_mount(self) -> None:
        """Go on where it was left."""
        self._shown = True
        self._show()
        self.call_after_refresh(lambda: self._facts.comparison)  # while the first question is read

    def on_resize(self) -> None:
        """The line above fills the width there is."""
        self.query_one("#review-head", Static).update(self._head())

    def on_screen_resume(self) -> None:
        """Back from a closer look, in which anything may have been changed."""
        if self._shown:
            if reviewing.log_state(self._workspace) != self._state:
                self._facts.forget()
                self._state = reviewing.log_state(self._workspace)
            try:
                self.step.load()
            except TrackerError as error:
                self._is_gone(error)
                return
            self.refresh_keys()

    def _is_gone(self, error: TrackerError) -> None:
        """Leave a review that another program has taken back meanwhile; say so."""
        if self.is_current:
            self.app.notify(str(error), severity="error")
            self.dismiss()

    def _head(self) -> Content:
        number = int(self._week.rpartition("W")[2])
        dates = format_date_range(self._facts.dates[0], self._facts.dates[-1], self._workspace.today())
        name = ink.row(
            ink.text(_("Review of week {n}").format(n=number), "bold $strong"),
            ink.text(f"  {dates}", "$faint"),
            ink.text(_(" · amended, r{n}").format(n=self._draft.revision) if self._draft.revision > 1 else "", "$flag"),
        )
        width = self.query_one("#review-head", Static).content_size.width or self.app.size.width - 4
        kept = ink.text(_("whatever you answer is kept"), "$faint")
        return ink.ends(name, kept, width) if name.cell_length + kept.cell_length + 2 <= width else name

    def _show(self) -> None:
        """The step, anew; from the second on the week's figures are seen."""
        try:
            if self._at:
                reviewing.reveal(self._workspace, self._week)
            self._draft = reviewing.resume_review(self._workspace, self._week)
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
        """The rail and the keys, as they are now."""
        self.query_one(Rail).show(self._stops(), self._at)
        self.query_one("#review-keys", Keycaps).show(self._caps())

    def _stops(self) -> list[Stop]:
        furthest = max([self._at, *(n for n, step in enumerate(self._steps) if step.name in self._draft.reviewed)])
        stops = []
        for n, step in enumerate(self._steps):
            passed = SKIPPED if n < furthest else TO_COME
            stops.append(Stop(step.word, DONE if step.name in self._draft.reviewed else passed))
        return stops

    def _caps(self) -> list[Cap]:
        caps = [Cap("⏎", self.step.onward()), *self.step.caps()]
        if not self.step.edits():
            caps += [Cap("⌫", self.step.inside() or _("back"))] if self._at else []
            caps += [Cap("s", _("skip"))] if self._at + 1 < len(self._steps) else []
        return [*caps, Cap("esc", _("leave"))]

    def on_descendant_focus(self) -> None:
        """A field was entered: other keys apply."""
        self.refresh_keys()

    def on_descendant_blur(self) -> None:
        """A field was left."""
        self.refresh_keys()

    def say(self, error: TrackerError | None = None) -> None:
        """Why something cannot be kept; nothing otherwise."""
        self._refused = error is not None
        line = self.query_one("#review-says", Static)
        line.display = error is not None
        line.update(ink.text(f"✗ {error}", "bold $flag") if error else ink.BLANK)

    def on_key(self, event: events.Key) -> None:
        """What the step does not take for itself; what is typed ahead of a dialog goes on to the dialog."""
        if self.answered or self.app.screen is not self or event.key in ("escape", "tab", "shift+tab"):
            return
        event.stop()
        self.pressed(event.character if event.is_printable and event.character else event.key)

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked."""
        said = {"⏎": "enter", "⌫": "backspace", "⇥": "tab"}
        if message.key == "esc":
            self.action_leave()
        elif message.key == "⇥":
            self.action_tab(1)
        else:
            self.pressed(said.get(message.key, message.key))

    def pressed(self, key: str) -> None:
        """One key, typed or clicked."""
        try:
            self._take(key)
        except TrackerError as error:
            self.say(error)

    def _take(self, key: str) -> None:
        before = self._at
        if key == "enter":
            if self.step.enter():
                self._go_on(reviewed=True)
        elif key in WRITE and self.step is self._steps[-1]:
            self._go_on(reviewed=True)
        elif self.step.press(key):
            self.say()
        elif key == "backspace" and not self.step.edits():
            self.turn(self._at - 1)
        elif key == "s" and not self.step.edits():
            self._go_on(reviewed=False)
        elif key in SCROLL:
            self.step.scroll_lines(SCROLL[key])
        if self._at == before and not self.answered:
            self.refresh_keys()

    def action_tab(self, steps: int) -> None:
        """The next field of the step, then what enter does; backwards the field or the step before."""
        try:
            if self.step.press("tab" if steps > 0 else "shift+tab"):
                self.refresh_keys()
            elif steps > 0:
                self._take("enter")
            else:
                self.turn(self._at - 1)
        except TrackerError as error:
            self.say(error)

    def _go_on(self, *, reviewed: bool) -> None:
        self.step.keep()
        if reviewed and self.step.reviewed():
            reviewing.mark_reviewed(self._workspace, self._week, self.step.name)
        if self._at + 1 < len(self._steps):
            self.turn(self._at + 1)
        elif reviewed:
            reviewing.write_review(self._workspace, self._week)
            self.answer(True)

    def turn(self, at: int) -> None:
        """Show another step, if there is one; what was answered in this one is kept. TrackerError keeps it here."""
        if not 0 <= at < len(self._steps) or at == self._at:
            return
        self.step.keep()
        self._at = at
        reviewing.at_step(self._workspace, self._week, self.step.name)
        self._show()

    def on_step_touched(self, message: Step.Touched) -> None:
        """A line of the step was clicked."""
        try:
            self.step.touch(message.line, message.cell)
        except TrackerError as error:
            self.say(error)
        if not self.answered:
            self.refresh_keys()

    def on_rail_chosen(self, message: Rail.Chosen) -> None:
        """A step was clicked."""
        try:
            self.turn(message.place)
        except TrackerError as error:
            self.say(error)

    def action_leave(self) -> None:
        """Leave half-way. What cannot be read is said first; leaving all the same drops that alone.

        Where a part of the step was entered, only that is left.
        """
        if self.step.inside():
            self.pressed("backspace")
            return
        try:
            self.step.keep()
        except TrackerError as error:
            if not self._refused:
                self.say(error)
                return
        self.answer(False)
