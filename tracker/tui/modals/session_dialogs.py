"""Editing a session: all fields in a box, or the cells of its line where it stands in the Day's log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from tracker.domain.errors import TrackerError
from tracker.formatting.text import capitalized
from tracker.locale import N_, _
from tracker.services import queries
from tracker.tui import layout
from tracker.tui.descriptions import session_label
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line_dialog import SteadyInput
from tracker.tui.session_input import field_text, read_field

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.domain.models import Session
    from tracker.tui.widgets.log import Log
    from tracker.workspace import Workspace

#: The fields of the box, with their labels.
FIELDS = {
    "start": N_("start"),
    "end": N_("end"),
    "channel": N_("channel"),
    "activity": N_("activity"),
    "planned_seconds": N_("plan"),
    "intention": N_("intention"),
    "note": N_("note"),
    "person": N_("with"),
    "ring": N_("ring"),
    "trigger": N_("trigger"),
}


class SessionInputs(Dialog[dict[str, Any]]):
    """Inputs for fields of a session; enter answers the fields that were changed.

    An input is selected as a whole when it is reached, so that typing replaces it and an arrow key keeps it. An end
    shows only its clock, and moves with its start to another day.
    """

    BINDINGS = hidden_bindings(("down", "app.focus_next"), ("up", "app.focus_previous"))

    def __init__(self, workspace: Workspace, session: Session) -> None:
        super().__init__()
        self._workspace, self._edited = workspace, session

    def field_input(self, name: str, classes: str = "") -> SteadyInput:
        """The input of a field, with the value it has."""
        value = field_text(name, self._edited, self._workspace)
        return SteadyInput(value=value, id=f"field-{name}", classes=classes, compact=True)

    def show_meaning(self, name: str, words: str | None) -> None:
        """Show what a changed field means; None where it is not changed."""
        raise NotImplementedError

    def refuse(self, name: str, error: TrackerError, *, submitted: bool) -> None:
        """Show why the text of a field is refused; `submitted`: all fields were to be saved."""
        raise NotImplementedError

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the meaning of the field."""
        self.show_field((event.input.id or "").removeprefix("field-"))

    def show_field(self, name: str) -> None:
        """Show the meaning of a field, or why its text is refused."""
        try:
            self.show_meaning(name, self._read(name)[1] if self._is_changed(name) else None)
        except TrackerError as error:
            self.refuse(name, error, submitted=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer the changed fields, or go to the first that is refused."""
        event.stop()
        changed: dict[str, Any] = {}
        names = [(field.id or "").removeprefix("field-") for field in self.query(Input)]
        # An end is read again where its start moved to another day, also where a narrow line has no cell for it.
        for name in dict.fromkeys([*names, "end"]):
            if not self._is_changed(name):
                continue
            try:
                changed[name] = self._read(name)[0]
            except TrackerError as error:
                self.refuse(name, error, submitted=True)
                if name in names:
                    self.query_one(f"#field-{name}", Input).focus()
                return
        self.answer(changed)

    def _text(self, name: str) -> str:
        """The text of a field; that of the session where there is no input for it."""
        inputs = self.query(f"#field-{name}").results(Input)
        return next((field.value for field in inputs), field_text(name, self._edited, self._workspace))

    def _is_changed(self, name: str) -> bool:
        """Whether a field is to be read again."""
        if self._text(name) != field_text(name, self._edited, self._workspace):
            return True
        ended = name == "end" and self._edited.end is not None and self._is_changed("start")
        return ended and self._workspace.day_of(self._start()) != self._workspace.day_of(self._edited.start)

    def _read(self, name: str) -> tuple[Any, str]:
        """The value of a field, and it in words; an end is read from the start that is typed. Raises TrackerError."""
        session = self._edited._replace(start=self._start()) if name == "end" else self._edited
        return read_field(name, self._text(name), session, self._workspace)

    def _start(self) -> int:
        """The start as it is typed, in UTC seconds; the session's own while that cannot be read."""
        try:
            return int(self._read("start")[0])
        except TrackerError:
            return self._edited.start


class EditDialog(SessionInputs):
    """All fields in a box, with the meaning of each next to it."""

    def compose(self) -> ComposeResult:
        """A label, an input and a word about it for each field."""
        with Vertical(id="edit-box") as box:
            line = session_label(self._edited, queries.title(self._workspace, self._edited.channel))
            box.border_title = layout.title(_("Edit {line}").format(line=line))
            box.border_subtitle = _("Tab Next · Enter Save · Esc Cancel")
            for name, label in FIELDS.items():
                with Horizontal(classes="field"):
                    yield Label(_(label), classes="label", markup=False)
                    yield self.field_input(name)
                    yield Static(id=f"says-{name}", classes="says", markup=False)
            yield Static(id="edit-error", markup=False)

    def on_mount(self) -> None:
        """Focus the start: times are corrected most often."""
        self.query_one("#field-start", Input).focus()

    def show_field(self, name: str) -> None:
        """Show the meaning of a field; a start changes that of the end."""
        self.query_one("#edit-error", Static).update("")
        super().show_field(name)
        if name == "start":
            super().show_field("end")

    def show_meaning(self, name: str, words: str | None) -> None:
        """Show the meaning next to the input."""
        meaning = layout.BLANK if words is None else layout.row(("→ ", "$good"), (words, "$faint"))
        self.query_one(f"#says-{name}", Static).update(meaning)

    def refuse(self, name: str, error: TrackerError, *, submitted: bool) -> None:
        """Mark the field, and give the reason below all fields, where there is room for a sentence."""
        self.query_one(f"#says-{name}", Static).update(layout.text("✗", "bold $flag"))
        self.query_one("#edit-error", Static).update(layout.text(f"✗ {capitalized(str(error))}", "$flag"))


class RowEdit(SessionInputs):
    """An input over each cell of the chosen line of the log, with the meaning in the line below.

    Fields without a cell are edited in EditDialog, which enter opens on the line.
    """

    def __init__(self, workspace: Workspace, session: Session, log: Log) -> None:
        super().__init__(workspace, session)
        self._log, self._room = log, log.app.size

    def compose(self) -> ComposeResult:
        """An input over each cell, where the line is."""
        self._log.edit_chosen(True)
        left, top = self._log.line_of_chosen() or (0, 0)
        for name, column, width in self._log.cells():
            cell = self.field_input(name, "cell")
            cell.styles.offset = (left + column, top)
            cell.styles.width = width
            yield cell
        meaning = Static(id="row-says", markup=False)
        region = self._log.content_region
        meaning.styles.offset = (left, top + 1 if top + 1 < region.bottom else top - 1)
        meaning.styles.width = region.right - left
        yield meaning

    def on_mount(self) -> None:
        """Focus the start: times are corrected most often."""
        self.query(Input).first().focus()
        self.show_meaning("", None)

    def answer(self, value: dict[str, Any] | None = None) -> None:
        """Close, and give the width of the columns back to the words of the log."""
        self._log.edit_chosen(False)
        super().answer(value)

    def on_resize(self, event: events.Resize) -> None:
        """Close: the line has moved away from under the inputs."""
        if event.size != self._room:
            self.answer()

    def show_meaning(self, name: str, words: str | None) -> None:
        """Show the meaning in the line below; the keys, where nothing is changed."""
        hint, more = _("Tab Next · Enter Save · Esc Cancel"), _(" · All fields: Esc, then Enter")
        available = self._log.content_region.width - 1
        hint += more if layout.widest([hint + more]) <= available else ""
        self._show(layout.text(hint, "$faint") if words is None else layout.row(("→ ", "$good"), words))

    def refuse(self, name: str, error: TrackerError, *, submitted: bool) -> None:
        """Show the reason in the line below."""
        self._show(layout.text(f"✗ {capitalized(str(error))}", "bold $flag" if submitted else "$flag"))

    def _show(self, words: Content) -> None:
        self.query_one("#row-says", Static).update(words)


class LogFilter(Dialog[None]):
    """An input on the border of the log for the words that its lines must contain.

    Escape clears the filter, enter closes the input and keeps it.
    """

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def compose(self) -> ComposeResult:
        """One line, on the log's upper border."""
        line = SteadyInput(
            value=self._log.words,
            placeholder=_("words to find · Esc Clear"),
            id="log-filter",
            compact=True,
            select_on_focus=False,
        )
        line.styles.offset = (self._log.region.x + 2, self._log.region.y)
        line.styles.width = min(40, self._log.region.width - 4)
        yield line

    def on_mount(self) -> None:
        """Focus the line."""
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """Move with the log."""
        self.query_one(Input).styles.offset = (self._log.region.x + 2, self._log.region.y)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Filter at every key."""
        self._log.filter_by(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the input, and keep the filter."""
        event.stop()
        self.answer()

    def action_leave(self) -> None:
        """Show all lines again."""
        self._log.filter_by("")
        self.answer()
