"""Everybody one knows: where they were met, when and where one talked last. Where they were met can be put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from tracker.formatting.text import list_rings
from tracker.locale import _, ngettext
from tracker.services import contacts, queries
from tracker.tui import ink, telling
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.start_list import ago
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import Rows, out_of_sight

if TYPE_CHECKING:
    from typing import Any

    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.domain.models import Person
    from tracker.storage.people import Talk
    from tracker.workspace import Workspace


class People(Rows):
    """A line each, the last met first."""

    heading = 1

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="people")
        self.workspace = workspace
        self.everybody: list[Person] = []
        self.titles: dict[str, str] = {}
        #: The last talk with each, by the name in lower case.
        self.talks: dict[str, Talk] = {}
        #: The lines at a width: there may be thousands of people, and every arrow draws anew.
        self._drawn: tuple[int, list[list[Content]]] = (0, [])

    def load(self) -> None:
        """Read everybody anew."""
        self.everybody = contacts.known_people(self.workspace)
        self.titles = {channel.name: channel.title for channel in queries.channels(self.workspace)}
        self.talks = contacts.last_talks(self.workspace)
        self._drawn = (0, [])
        self.redraw()

    def count(self) -> int:
        """Everybody."""
        return len(self.everybody)

    def head(self, width: int) -> list[Content]:
        """What the columns are, or what would make somebody known."""
        if not self.everybody:
            says = _("Nobody yet: t records a talk, and @name in a line or an outcome names somebody.")
            return ink.wrapped(says, width, "$faint")
        names = (_("who"), _("met"), _("last"), _("talks"), _("ring"))
        return [self._columns(width, *(ink.text(name, "$faint") for name in names))]

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """Drawn once for a width."""
        if self._drawn[0] != width:
            now = self.workspace.now()
            self._drawn = (width, [[self._line(person, width, now)] for person in self.everybody])
        return self._drawn[1]

    def _line(self, person: Person, width: int, now: int) -> Content:
        talk = self.talks.get(person.name.casefold())
        channel, at = (talk.channel, talk.end) if talk else (person.last, person.last_at)
        last = ink.text(_("not talked yet"), "$faint")
        if channel and at is not None:
            title = self.titles.get(channel, channel)
            last = ink.row(ink.text(title, hue(channel)), ink.text(f" {ago(max(0, now - at))}"))
        return self._columns(
            width,
            ink.text(person.name, "bold"),
            ink.text(telling.met_words(person, self.titles), hue(person.met) if person.met else "$foreground"),
            last,
            ink.right(str(person.talks) if person.talks else "–", 5),
            ink.text(_(person.ring) if person.ring else ""),
        )

    def _columns(self, width: int, who: Content, met: Content, last: Content, talks: Content, ring: Content) -> Content:
        """Five columns, of which the narrow ones keep their width."""
        free = width - 8 - 11
        name = max(8, free * 3 // 10)
        place = max(8, free * 7 // 20)
        return ink.row(
            ink.left(who, name - 1), " ", ink.left(met, place - 1), " ",
            ink.left(last, free - name - place - 1), " ", ink.left(talks, 8), ink.left(ring, 11),
        )  # fmt: skip

    def more(self, above: int, below: int) -> None:
        """How many there are, and what to press."""
        count = len(self.everybody)
        self.say(
            ngettext("People: {n}", "People: {n}", count).format(n=count),
            out_of_sight(above, below) or _("⏎ where you met · esc closes"),
        )


class PeopleDialog(Dialog[None]):
    """Enter says where the chosen one was met; escape leaves."""

    BINDINGS = [
        Binding("enter,e", "met", "Met", show=False, id="people-met", tooltip="say where you met"),
        Binding("down,j", "move(1)", "Down", show=False, id="people-down", tooltip="the next one"),
        Binding("up,k", "move(-1)", "Up", show=False, id="people-up", tooltip="the one before"),
        Binding("pagedown", "move(10)", "Page down", show=False, id="people-next", tooltip="ten on"),
        Binding("pageup", "move(-10)", "Page up", show=False, id="people-before", tooltip="ten back"),
        Binding("q", "leave", "Close", show=False, id="people-close", tooltip="close"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """Only the list."""
        yield People(self._workspace)

    def on_mount(self) -> None:
        """Read it."""
        self.query_one(People).load()

    def action_move(self, steps: int) -> None:
        """Choose another one."""
        self.query_one(People).move(steps)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line."""
        message.stop()
        self.action_met()

    def action_met(self) -> None:
        """Ask where the chosen one was met."""
        rows = self.query_one(People)
        if not rows.everybody:
            return
        person = rows.everybody[rows.chosen]
        dialog = LineDialog(
            _("Where did you meet?"),
            lambda line: telling.read_met(line, self._workspace),
            value=person.met or person.met_ring or "",
            complete=lambda line: telling.complete_met(line, self._workspace),
            hint=_("a channel, its letter, or a ring ({rings}); empty: as the log tells").format(rings=list_rings()),
        )
        dialog.then = lambda found: self._keep(person, found)
        self.app.push_screen(dialog)

    def _keep(self, person: Person, found: dict[str, Any]) -> None:
        contacts.set_met(self._workspace, person.name, **found)
        self.query_one(People).load()
