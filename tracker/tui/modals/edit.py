"""A session's fields, each read as it is typed; enter keeps them all in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Label, Static

from tracker.domain.models import TrackerError
from tracker.locale import N_, _
from tracker.services import queries
from tracker.tui import ink
from tracker.tui.descriptions import session_label
from tracker.tui.draft import Draft
from tracker.tui.fields import said_field
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import SteadyInput

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tracker.domain.models import Session
    from tracker.workspace import Workspace

FIELDS = (
    ("start", N_("start")),
    ("end", N_("end")),
    ("channel", N_("channel")),
    ("activity", N_("activity")),
    ("planned_seconds", N_("plan")),
    ("intention", N_("intention")),
    ("note", N_("note")),
    ("person", N_("with")),
    ("ring", N_("ring")),
    ("trigger", N_("trigger")),
)


class EditDialog(Dialog[dict[str, Any]]):
    """Answers the fields that were changed. A field is taken whole when it is reached, as a cell of the log is."""

    BINDINGS = [
        Binding("down", "app.focus_next", "Next", show=False, id="edit-next", tooltip="the next field"),
        Binding("up", "app.focus_previous", "Before", show=False, id="edit-before", tooltip="the field before"),
    ]

    def __init__(self, workspace: Workspace, session: Session) -> None:
        super().__init__()
        self._workspace, self._edited = workspace, session
        self._draft = Draft(session, workspace, lambda name: self._field(name).value)

    def compose(self) -> ComposeResult:
        """A label, an input and a word about it for each field."""
        with Vertical(id="edit-box") as box:
            line = session_label(self._edited, queries.title(self._workspace, self._edited.channel))
            box.border_title = ink.title(_("Edit {line}").format(line=line))
            box.border_subtitle = _("tab next · ⏎ keep all · esc leave")
            for name, label in FIELDS:
                with Horizontal(classes="field"):
                    yield Label(_(label), classes="label", markup=False)
                    yield SteadyInput(
                        value=said_field(name, self._edited, self._workspace),
                        id=f"field-{name}",
                        compact=True,
                    )
                    yield Static(id=f"says-{name}", classes="says", markup=False)
            yield Static(id="edit-error", markup=False)

    def on_mount(self) -> None:
        """Begin with the times: they are what one corrects most."""
        self.query_one("#field-start", Input).focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Say at once what the field means, or why it cannot be; an end is read from the start that is typed."""
        name = (event.input.id or "").removeprefix("field-")
        self.query_one("#edit-error", Static).update("")
        self._say(name)
        if name == "start":
            self._say("end")

    def _say(self, name: str) -> None:
        says = self.query_one(f"#says-{name}", Static)
        if not self._draft.is_changed(name):
            says.update("")
            return
        try:
            _value, words = self._draft.read(name)
            says.update(ink.row(ink.text("→ ", "$good"), ink.text(words, "$faint")))
        except TrackerError as error:
            self._refuse(name, error)

    def _refuse(self, name: str, error: TrackerError) -> None:
        """Mark the field, and say why across the whole box: beside it there is no room for a sentence."""
        self.query_one(f"#says-{name}", Static).update(ink.text("✗", "bold $flag"))
        self.query_one("#edit-error", Static).update(ink.text(f"✗ {error}", "$flag"))

    def _field(self, name: str) -> Input:
        return self.query_one(f"#field-{name}", Input)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep all fields, or go to the first that cannot be."""
        event.stop()
        changed: dict[str, Any] = {}
        for name, _label in FIELDS:
            if not self._draft.is_changed(name):
                continue
            try:
                changed[name] = self._draft.read(name)[0]
            except TrackerError as error:
                self._refuse(name, error)
                self._field(name).focus()
                return
        self.answer(changed)
