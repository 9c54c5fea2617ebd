"""A line of the log, edited where it stands: an input over each of its cells, its meaning in the line below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.widgets import Input, Static

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.tui import ink
from tracker.tui.draft import Draft
from tracker.tui.fields import said_field
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import SteadyInput

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.domain.models import Session
    from tracker.tui.widgets.log import Log
    from tracker.workspace import Workspace


class RowEdit(Dialog[dict[str, Any]]):
    """Answers the fields that were changed; the fields that have no cell are edited in EditDialog (enter).

    A cell is taken whole when it is reached, so that typing replaces it and an arrow key keeps it to be mended.
    """

    BINDINGS = [
        Binding("down", "app.focus_next", "Next", show=False, id="row-next", tooltip="the next cell"),
        Binding("up", "app.focus_previous", "Before", show=False, id="row-before", tooltip="the cell before"),
    ]

    def __init__(self, workspace: Workspace, session: Session, log: Log) -> None:
        super().__init__()
        self._workspace, self._edited, self._log = workspace, session, log
        self._cells = log.cells()
        self._draft = Draft(session, workspace, self._typed)
        self._room = log.app.size

    def compose(self) -> ComposeResult:
        """An input over each cell, where the line is."""
        left, top = self._log.line_of_chosen() or (0, 0)
        for name, place, width in self._cells:
            cell = SteadyInput(
                value=said_field(name, self._edited, self._workspace),
                id=f"cell-{name}",
                classes="cell",
                compact=True,
            )
            cell.styles.offset = (left + place, top)
            cell.styles.width = width
            yield cell
        says = Static(id="row-says", markup=False)
        region = self._log.content_region
        below = top + 1 < region.bottom
        says.styles.offset = (left, top + 1 if below else top - 1)
        says.styles.width = region.right - left
        yield says

    def on_mount(self) -> None:
        """Begin with the time: it is what one corrects most."""
        self.query(Input).first().focus()
        self._say(self._hint())

    def on_resize(self, event: events.Resize) -> None:
        """The line has moved away from under the inputs."""
        if event.size != self._room:
            self.answer()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once what the cell means, or why it cannot be."""
        name = (event.input.id or "").removeprefix("cell-")
        if not self._draft.is_changed(name):
            self._say(self._hint())
            return
        try:
            _value, words = self._draft.read(name)
            self._say(ink.row(ink.text("→ ", "$good"), ink.text(words)))
        except TrackerError as error:
            self._say(ink.text(f"✗ {error}", "$flag"))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep all cells, or go to the first that cannot be."""
        event.stop()
        changed: dict[str, Any] = {}
        names = [name for name, _place, _width in self._cells]
        # A line too narrow to show its end has one all the same.
        for name in dict.fromkeys([*names, "end"]):
            if not self._draft.is_changed(name):
                continue
            try:
                changed[name] = self._draft.read(name)[0]
            except TrackerError as error:
                self._say(ink.text(f"✗ {error}", "bold $flag"))
                if name in names:
                    self.query_one(f"#cell-{name}", Input).focus()
                return
        self.answer(changed)

    def _typed(self, name: str) -> str | None:
        cells = self.query(f"#cell-{name}").results(Input)
        return next((cell.value for cell in cells), None)

    def _hint(self) -> Content:
        return ink.text(_("tab next · ⏎ keep · esc leave · every field: esc, then ⏎"), "$faint")

    def _say(self, words: Content) -> None:
        self.query_one("#row-says", Static).update(words)
