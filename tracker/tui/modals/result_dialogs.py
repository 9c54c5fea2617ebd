"""Dialogs of results and people: an outcome and its channel, a talk, everybody the user knows and where they met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widgets import Static

from tracker.domain.errors import TrackerError
from tracker.formatting.text import list_rings
from tracker.formatting.times import format_clock, format_near_date
from tracker.locale import _, ngettext
from tracker.reports.contacts import to_offer
from tracker.reports.record_wording import last_touch_limits
from tracker.services import contacts, queries
from tracker.tui import layout, result_input
from tracker.tui.descriptions import ago
from tracker.tui.keys import hidden_bindings
from tracker.tui.modals.dialog import ListDialog
from tracker.tui.modals.line_dialog import LineDialog, LineInput
from tracker.tui.theme import hue
from tracker.tui.widgets.keycaps import Cap, Keycaps
from tracker.tui.widgets.panel import Rows, say_hidden, with_keys

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.domain.models import Person, Talk
    from tracker.workspace import Workspace


class OutcomeDialog(LineDialog[dict[str, Any]]):
    """Answers the fields of an outcome; the channel is that of the last touch unless the line names another."""

    def __init__(self, workspace: Workspace, kind: str, at: int) -> None:
        everybody = contacts.known_people(workspace)
        date, today = workspace.day_of(at), workspace.today()
        on = "" if date == today else f" · {format_near_date(date, today)} {format_clock(at, workspace.zone)}"
        past = at if on else None

        def read(line: str) -> tuple[dict[str, Any], Content]:
            fields, meaning = result_input.read_outcome(line, kind, workspace, past)
            return {**fields, "at": past}, meaning

        super().__init__(
            _("New {kind}").format(kind=_(kind)) + on,
            read,
            example=_("480 @samia the site") if kind == "income" else _("@samia the site"),
            complete=lambda line: result_input.complete_outcome(line, workspace, everybody),
            hint=_("to change the channel, type its letter or name; then @who, €480, a note"),
        )
        self._workspace = workspace

    def compose_below(self) -> ComposeResult:
        """The rule of the last touch, and the channels' letters."""
        rule = _(
            "If you type no channel, it is that of your last session with this person (up to {days} ago), or else of "
            "your last social session or talk (up to {day} ago)."
        ).format(**last_touch_limits())
        yield Static(layout.text(rule, "$faint"), id="line-rule", markup=False)
        channels = [channel for channel in queries.offered(self._workspace) if channel.letter]
        yield Keycaps(
            [Cap(channel.letter or "", channel.title, hue(channel.name)) for channel in channels], id="line-keys"
        )

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A channel was clicked: its letter goes in front of the line."""
        self.query_one(LineInput).put_in_front(message.key)


#: The lines of the screen that a talk's dialog needs for all but the people.
BESIDE_PEOPLE = 12


class ContactDialog(LineDialog[dict[str, Any]]):
    """Answers person, ring, start, end, note and activity of a talk; `timed` where it begins only now.

    A digit stands for one of the people who are listed, as many as there is room for.
    """

    BINDINGS = hidden_bindings(("ctrl+s", "start_now"))

    def __init__(self, workspace: Workspace, channel: str, date: str) -> None:
        self._everybody = contacts.known_people(workspace)
        self._offered = to_offer(self._everybody)
        self._workspace, self._today = workspace, date == workspace.today()
        title = _("{channel}: with whom?").format(channel=queries.title(workspace, channel))
        super().__init__(
            title if self._today else f"{title} · {format_near_date(date, workspace.today())}",
            lambda line: result_input.read_contact(line, channel, workspace, self._offered, date),
            example=_("samia street 20m about masks"),
            complete=lambda line: result_input.complete_contact(line, self._everybody),
            hint=_("who, ring ({rings}), 20m or 14:00-14:20, note").format(rings=list_rings()),
        )

    def compose_below(self) -> ComposeResult:
        """The people the user knows, then the other keys."""
        titles = queries.titles(self._workspace)
        now, talks = self._workspace.now(), contacts.last_talks(self._workspace)
        people = []
        room = max(self.app.size.height - BESIDE_PEOPLE, 1)
        for number, person in enumerate(self._offered[:room], 1):
            details = result_input.person_words(person, now, titles, talks.get(person.name.casefold()))
            people.append(Cap(str(number), person.name, "bold", details))
        yield Keycaps(people, packed=False, id="line-people")
        if self._today:
            yield Keycaps([Cap("⏎", _("Save: it has just ended")), Cap("^s", _("Start timing it now"))], id="line-keys")

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A person was clicked: their digit goes in front of the line. Another key does what it does when pressed."""
        line = self.query_one(LineInput)
        if message.key == "^s":
            self.action_start_now()
        elif message.key == "⏎":
            self.call_later(line.action_submit)
        else:
            line.put_in_front(message.key)

    def action_start_now(self) -> None:
        """Start to time the talk, with whatever else the line says."""
        if not self._today:
            return
        try:
            fields, _meaning = self._read(self.query_one(LineInput).value)
        except TrackerError as error:
            self.refuse(error)
        else:
            self.answer({**fields, "timed": True})


class _PeopleRows(Rows):
    """A line for each person, the last met first."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="people")
        self.workspace = workspace
        self.items: list[Person] = []
        self.titles: dict[str, str] = {}
        #: The last talk with each, by the name in lower case.
        self.talks: dict[str, Talk] = {}
        #: The lines drawn at a width: there may be thousands of people, and every arrow key draws again.
        self._drawn: tuple[int, list[list[Content]]] = (0, [])

    def load(self) -> None:
        self.items = contacts.known_people(self.workspace)
        self.titles = queries.titles(self.workspace)
        self.talks = contacts.last_talks(self.workspace)
        self._drawn = (0, [])
        self.redraw()

    def head(self, width: int) -> list[Content]:
        """The titles of the columns, or how somebody becomes known."""
        if not self.items:
            message = _("Nobody yet. Record a talk, or write @name in a session or a result.")
            return layout.wrapped(message, width, "$faint")
        names = (_("who"), _("met"), _("last"), _("talks"), _("ring"))
        return [self._columns(width, *(layout.text(name, "$faint") for name in names))]

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        if self._drawn[0] != width:
            now = self.workspace.now()
            self._drawn = (width, [[self._line(person, width, now)] for person in self.items])
        return self._drawn[1]

    def _line(self, person: Person, width: int, now: int) -> Content:
        talk = self.talks.get(person.name.casefold())
        channel, at = (talk.channel, talk.end) if talk else (person.last, person.last_at)
        last = layout.text(_("not talked yet"), "$faint")
        if channel and at is not None:
            title = self.titles.get(channel, channel)
            last = layout.row((title, hue(channel)), f" {ago(max(0, now - at))}")
        return self._columns(
            width,
            layout.text(person.name, "bold"),
            layout.text(result_input.met_words(person, self.titles), hue(person.met) if person.met else "$foreground"),
            last,
            layout.right(str(person.talks) if person.talks else "–", 5),
            layout.text(_(person.ring) if person.ring else ""),
        )

    def _columns(self, width: int, who: Content, met: Content, last: Content, talks: Content, ring: Content) -> Content:
        """Five columns; talks and ring keep their width."""
        free = width - 8 - 11
        name_width = max(8, free * 3 // 10)
        met_width = max(8, free * 7 // 20)
        return layout.row(
            layout.left(who, name_width - 1), " ", layout.left(met, met_width - 1), " ",
            layout.left(last, free - name_width - met_width - 1), " ", layout.left(talks, 8), layout.left(ring, 11),
        )  # fmt: skip

    def show_hidden(self, above: int, below: int) -> None:
        """Show on the border how many there are, and what to press."""
        count = len(self.items)
        self.say(
            ngettext("People: {n}", "People: {n}", count).format(n=count),
            with_keys(say_hidden(above, below), _("Enter Where you met · Esc Close"), self.outer_size.width),
        )


class PeopleDialog(ListDialog[None]):
    """Everybody the user knows; enter asks where they met the chosen person."""

    BINDINGS = hidden_bindings(("enter,e", "open"))

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """Only the list."""
        yield _PeopleRows(self._workspace)

    def on_mount(self) -> None:
        """Read it."""
        self.query_one(_PeopleRows).load()

    def action_open(self) -> None:
        """Ask where the chosen person was met."""
        rows = self.query_one(_PeopleRows)
        if not rows.items:
            return
        person = rows.items[rows.chosen]
        dialog = LineDialog(
            _("Where did you meet?"),
            lambda line: result_input.read_met(line, self._workspace),
            value=person.met or person.met_ring or "",
            complete=lambda line: result_input.complete_met(line, self._workspace),
            hint=_("a channel, its letter, or a ring ({rings}); empty: as in the log").format(rings=list_rings()),
        )
        dialog.then = lambda met: self._keep(person, met)
        self.app.push_screen(dialog)

    def _keep(self, person: Person, met: dict[str, Any]) -> None:
        contacts.set_met(self._workspace, person.name, **met)
        self.query_one(_PeopleRows).load()
