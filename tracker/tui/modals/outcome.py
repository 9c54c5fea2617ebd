"""What came of the time: to whom and to which channel it is attributed, before it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from tracker.formatting.times import format_clock, format_near_date
from tracker.locale import _
from tracker.services import contacts, queries
from tracker.tui import ink, telling
from tracker.tui.modals.line import LineDialog, LineInput
from tracker.tui.theme import hue
from tracker.tui.widgets.keycaps import Cap, Keycaps

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.workspace import Workspace


class OutcomeDialog(LineDialog[dict[str, Any]]):
    """Enter takes the last touch, which is said in words; a channel's letter or a line says otherwise."""

    def __init__(self, workspace: Workspace, kind: str, at: int) -> None:
        everybody = contacts.known_people(workspace)
        date, today = workspace.day_of(at), workspace.today()
        on = "" if date == today else f" · {format_near_date(date, today)} {format_clock(at, workspace.zone)}"
        past = at if on else None
        super().__init__(
            _("New {kind}").format(kind=_(kind)) + on,
            lambda line: self._told(telling.read_outcome(line, kind, workspace, past), past),
            example=_("480 @samia the site") if kind == "income" else _("@samia the site"),
            complete=lambda line: telling.complete_outcome(line, workspace, everybody),
            hint=_('a letter or a name changes the channel; then @who, @"Anna Berg", €480, note'),
        )
        self._workspace = workspace

    @staticmethod
    def _told(read: tuple[dict[str, Any], Content], at: int | None) -> tuple[dict[str, Any], Content]:
        """What was read, with the instant on an earlier day."""
        return ({**read[0], "at": at}, read[1])

    def beside(self) -> ComposeResult:
        """The rule of the last touch, and the channels' letters."""
        rule = _(
            "without a channel: your last session with that person ({days}), else your last one on a social channel "
            "or in person ({day})"
        ).format(**telling.limits())
        yield Static(ink.text(rule, "$faint"), id="line-rule", markup=False)
        yield Keycaps(
            [Cap(one.letter, one.title, hue(one.name)) for one in queries.offered(self._workspace) if one.letter],
            id="line-keys",
        )

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A channel was clicked: its letter goes in front of the line."""
        line = self.query_one(LineInput)
        first, _space, rest = line.value.partition(" ")
        line.value = f"{message.key} {rest if len(first) == 1 else line.value}".strip() + " "
        line.cursor_position = len(line.value)
