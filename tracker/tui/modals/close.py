"""The evening close: a day gone through in under a minute. Enter accepts; leaving half-way keeps what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from tracker.domain.models import TrackerError
from tracker.formatting.times import format_long_date, format_near_date
from tracker.locale import N_, _
from tracker.services import closing_day
from tracker.tui import ink
from tracker.tui.modals.close_habits import Habits
from tracker.tui.modals.close_steps import Ahead, Gaps, Own, Running, Step, Zero, came_to
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import SteadyInput
from tracker.tui.widgets.keycaps import Cap, Keycaps
from tracker.tui.widgets.panel import Panel

if TYPE_CHECKING:
    from typing import Any

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.workspace import Workspace


class Which(Step):
    """An earlier day is still open: that one first?"""

    title = N_("A day is still open")

    def __init__(self, workspace: Workspace, date: str) -> None:
        super().__init__(workspace, closing_day.evening(workspace, date))
        #: Whether today was chosen instead.
        self.today = False

    def lines(self, width: int) -> list[Content]:
        """The day, and what it came to so far."""
        return [
            ink.text(format_long_date(self.date), "bold"),
            ink.text(came_to(self.evening), "$faint"),
        ]

    def caps(self) -> list[Cap]:
        """That day, or today."""
        return [Cap("⏎", _("close it first")), Cap("t", _("today instead"))]

    def press(self, key: str) -> bool | None:
        """Today instead."""
        self.today = key == "t"
        return True if key == "t" else None


def steps(workspace: Workspace, date: str) -> list[Step]:
    """What there is to ask about a day; two questions at least."""
    evening = closing_day.evening(workspace, date)
    found: list[Step] = []
    if evening.running:
        found.append(Running(workspace, evening))
    if evening.gaps:
        found.append(Gaps(workspace, evening))
    if evening.asks_zero:
        found.append(Zero(workspace, evening))
    if evening.habits or (evening.day.task and not evening.day.task_done):
        found.append(Habits(workspace, evening))
    found.append(Own(workspace, evening))
    if evening.next:
        found.append(Ahead(workspace, evening))
    found[-1].last = True
    return found


class Asked(Panel):
    """The question: its title, and what it is about."""

    step: Step | None = None

    def show(self, step: Step) -> None:
        """Set the step, as high as it needs."""
        self.step = step
        self.refresh(layout=True)

    def get_content_height(self, container: object, viewport: object, width: int) -> int:
        """The title, the lines, and a blank one between."""
        return len(self._lines(width))

    def draw(self, width: int, height: int) -> list[Content]:
        """All of it."""
        return self._lines(width)

    def _lines(self, width: int) -> list[Content]:
        if self.step is None:
            return []
        lines = self.step.lines(width)
        return [ink.text(_(self.step.title), "bold $strong"), *([ink.BLANK, *lines] if lines else [])]


class CloseDialog(Dialog[str]):
    """Answers the date that was closed; an empty word where it was left half-way with something answered."""

    BINDINGS = [
        Binding("shift+tab", "back", "Back", show=False, id="close-back", tooltip="the question before"),
    ]

    def __init__(self, workspace: Workspace, date: str, earlier: str | None = None) -> None:
        super().__init__()
        self._workspace, self._date = workspace, date
        self._steps: list[Step] = [Which(workspace, earlier)] if earlier else steps(workspace, date)
        self._at = 0
        self._kept = False

    @property
    def _step(self) -> Step:
        return self._steps[self._at]

    def compose(self) -> ComposeResult:
        """What it came to so far, the question, a line for it, and the keys."""
        with Vertical(id="close-box") as box:
            box.border_subtitle = _("esc leave the rest")
            yield Static(id="close-day", markup=False)
            yield Asked(id="close-asked")
            yield SteadyInput(id="close-line", compact=True, select_on_focus=False)
            yield Static(id="line-preview", markup=False)
            yield Keycaps(id="line-keys")

    def on_mount(self) -> None:
        """Ask the first question."""
        self._ask()

    def _ask(self) -> None:
        step, line = self._step, self.query_one(SteadyInput)
        box = self.query_one("#close-box")
        if isinstance(step, Which):
            box.border_title = _("Close the day")
        else:
            box.border_title = _("Close {date} · {n} of {count}").format(
                date=format_near_date(step.date, self._workspace.today()), n=self._at + 1, count=len(self._steps)
            )
        self.query_one("#close-day", Static).update(
            ink.text(came_to(closing_day.evening(self._workspace, step.date)), "$faint")
        )
        self.query_one("#close-day").display = not isinstance(step, Which)
        line.display = step.value is not None
        line.placeholder = _(step.placeholder) if step.placeholder else ""
        line.offer(step.value or "")
        if step.value is None:
            self.set_focus(None)
        else:
            line.focus()
        self._show()

    def _show(self, error: TrackerError | None = None) -> None:
        """The question anew, what the line would mean, and the keys."""
        step = self._step
        self.query_one(Asked).show(step)
        self.query_one(Keycaps).show(step.caps())
        preview = self.query_one("#line-preview", Static)
        line = self.query_one(Input).value
        try:
            if error:
                raise error
            says = step.read(line)
            says = ink.row(ink.text("→ ", "$good"), says) if says else says
        except TrackerError as refused:
            says = ink.text(str(refused), "bold $flag" if error else "$flag")
        preview.update(says)
        preview.display = bool(says)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Read anew."""
        event.stop()
        self._show()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Enter in the line."""
        event.stop()
        self._enter()

    def on_key(self, event: events.Key) -> None:
        """One-key answers, and keys typed ahead of the line's focus."""
        if self.answered or event.key in ("escape", "shift+tab"):
            return
        line = self.query_one(SteadyInput)
        if line.has_focus:
            return
        event.stop()
        if event.key == "enter":
            self._enter()
        elif line.display:
            if event.is_printable and event.character:
                line.take(event.character)
        else:
            self._press(event.character if event.is_printable and event.character else event.key)

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked: it does what it does when it is pressed; digits wait for the rest of their line."""
        if message.key.startswith("⏎"):
            self._enter()
        elif message.key.isdecimal() and self.query_one(Input).display:
            line = self.query_one(Input)
            line.value = f"{message.key} "
            line.cursor_position = len(line.value)
            line.focus()
        else:
            self._press(message.key)

    def _enter(self) -> None:
        self._done(lambda: self._step.accept(self.query_one(Input).value))

    def _press(self, key: str) -> None:
        self._done(lambda: self._step.press(key))

    def _done(self, answer: Any) -> None:
        """Keep an answer, and go on where it was the last of its question."""
        try:
            done = answer()
        except TrackerError as error:
            self._show(error)
            return
        if done is None:
            return
        self._kept = True
        if done:
            self._go_on()
        else:
            self._ask()

    def _go_on(self) -> None:
        step = self._step
        if isinstance(step, Which):
            self._date = self._workspace.today() if step.today else step.date
            self._steps, self._at, self._kept = steps(self._workspace, self._date), 0, False
        elif self._at + 1 < len(self._steps):
            self._at += 1
        else:
            closing_day.close(self._workspace, self._date)
            self.answer(self._date)
            return
        self._ask()

    def action_back(self) -> None:
        """The last question before that can still be asked, as it stands now."""
        anew = {type(step): step for step in steps(self._workspace, self._date)}
        for at in range(self._at - 1, -1, -1):
            if type(self._steps[at]) in anew:
                self._at, self._steps[at] = at, anew[type(self._steps[at])]
                self._ask()
                return

    def answer(self, value: Any = None) -> None:
        """Left half-way, what was answered is kept, and shown."""
        super().answer("" if value is None and self._kept else value)
