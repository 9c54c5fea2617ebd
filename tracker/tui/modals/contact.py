"""Whom one talked to: a digit and enter for those one knows, a line for the rest; after the fact or from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from tracker.domain.models import TrackerError
from tracker.formatting.text import list_rings
from tracker.formatting.times import format_near_date
from tracker.locale import _
from tracker.reports.contacts import to_offer
from tracker.services import contacts, queries
from tracker.tui import telling
from tracker.tui.modals.line import LineDialog, LineInput
from tracker.tui.widgets.keycaps import Cap, Keycaps

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tracker.workspace import Workspace

NOW_KEY = "ctrl+s"


class ContactDialog(LineDialog[dict[str, Any]]):
    """Answers person, ring, start, end, note and activity; `timed` where the talk begins only now."""

    BINDINGS = [
        Binding(NOW_KEY, "start_now", "Start now", show=False, id="contact-now", tooltip="time the talk from now on")
    ]

    def __init__(self, workspace: Workspace, channel: str, date: str) -> None:
        self._everybody = contacts.known_people(workspace)
        self._offered = to_offer(self._everybody)
        self._workspace, self._today = workspace, date == workspace.today()
        title = _("{channel}: with whom?").format(channel=queries.title(workspace, channel))
        super().__init__(
            title if self._today else f"{title} · {format_near_date(date, workspace.today())}",
            lambda line: telling.read_contact(line, channel, workspace, self._offered, date),
            placeholder=_("1, or: samia street 20m about masks")
            if self._offered
            else _("samia street 20m about masks"),
            complete=lambda line: telling.complete_contact(line, self._everybody),
            hint=_("who, ring ({rings}), 20m or 14:00-14:20, note").format(rings=list_rings()),
        )

    def beside(self) -> ComposeResult:
        """Those one knows, then what else there is to press."""
        titles = {channel.name: channel.title for channel in queries.channels(self._workspace)}
        now, talks = self._workspace.now(), contacts.last_talks(self._workspace)
        yield Keycaps(
            [
                Cap(
                    str(place),
                    person.name,
                    "bold",
                    telling.person_words(person, now, titles, talks.get(person.name.casefold())),
                )
                for place, person in enumerate(self._offered, 1)
            ],
            packed=False,
            id="line-people",
        )
        if self._today:
            yield Keycaps([Cap("⏎", _("it ended just now")), Cap("^s", _("start it now"))], id="line-keys")

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A person was clicked: their digit goes in front of the line; or what one would have pressed."""
        line = self.query_one(LineInput)
        if message.key == "^s":
            self.action_start_now()
        elif message.key == "⏎":
            self.call_later(line.action_submit)
        else:
            first, _space, rest = line.value.partition(" ")
            line.value = f"{message.key} {rest if len(first) == 1 else line.value}".strip() + " "
            line.cursor_position = len(line.value)

    def action_start_now(self) -> None:
        """Begin to time it, with whatever else the line says."""
        line = self.query_one(LineInput).value
        if not self._today:
            return
        try:
            found, _says = self._read(line)
        except TrackerError as error:
            self.refuse(error)
        else:
            self.answer({**found, "timed": True})
