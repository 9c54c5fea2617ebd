"""Find: everything that a person wrote, by its words, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input

from tracker.domain.errors import TrackerError
from tracker.formatting.numbers import group_thousands
from tracker.formatting.text import capitalized
from tracker.formatting.times import format_clock, format_near_date, format_week
from tracker.locale import N_, _, ngettext
from tracker.services import finding, queries
from tracker.storage.channels import activity_word
from tracker.storage.search import Match
from tracker.tui import layout
from tracker.tui.keys import hidden_bindings, line_keys
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import SteadyInput
from tracker.tui.theme import hue
from tracker.tui.widgets.panel import Rows, out_of_sight

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tracker.workspace import Workspace

#: So many matches are listed, the best ones.
MOST = 200

_TITLES = {
    "urge": N_("resisted urge"),
    "note": N_("day note"),
    "commitment": N_("commitment"),
    "review": N_("review"),
}


def is_worth_a_search(text: str) -> bool:
    """Whether more than a first Latin letter was typed."""
    text = text.strip()
    return len(text) > 1 or not text.isascii()


class MatchRows(Rows):
    """Two lines for each match: what it is and when, then its words, with those that were looked for in bold."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="matches")
        self.workspace = workspace
        self.items: list[Match] = []
        self.text = ""
        self._count = 0
        self._refusal = ""
        self._query = finding.Query((), begun=True)
        self._titles: dict[str, str] = {}

    def find(self, text: str) -> None:
        """List what has these words."""
        self.text, self.items, self._count, self._refusal, self.chosen = text, [], 0, "", 0
        if is_worth_a_search(text):
            try:
                self._query = finding.read_query(text)
                self.items, self._count = finding.find(self.workspace, text, limit=MOST)
                self._titles = queries.titles(self.workspace)
            except TrackerError as error:
                self._refusal = capitalized(str(error))
        self.redraw()

    def head(self, width: int) -> list[Content]:
        """Why the list is empty."""
        if self.items:
            return []
        if self._refusal:
            return layout.wrapped(self._refusal, width, "$faint")
        if is_worth_a_search(self.text):
            return layout.wrapped(_("Nothing found."), width, "$faint")
        hint = _(
            "Type words to search your intentions, notes, triggers, people, results and reviews, over all years. "
            'Quotation marks find a phrase: "thank you"'
        )
        return layout.wrapped(hint, width, "$faint")

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """What it is at the left, when at the right; below it the words."""
        return [self._block(match, width) for match in self.items]

    def _block(self, match: Match, width: int) -> list[Content]:
        when = format_near_date(match.date or "", self.workspace.today())
        if match.week:
            when = format_week(match.week)
        elif match.at is not None:
            when = f"{when} {format_clock(match.at, match.zone or self.workspace.zone)}"
        return [
            layout.ends(self._what(match), layout.text(when, "$faint"), width),
            layout.row("  ", self._words(match, width - 2)),
        ]

    def _what(self, match: Match) -> Content:
        title = self._titles.get(match.channel or "", match.channel or "")
        name = layout.text(title, hue(match.channel) if match.channel else "")
        if match.kind == "session":
            what = activity_word(match.what)
        elif match.kind == "outcome":
            what = _(match.what) if match.what else ""
        else:
            what = _(_TITLES[match.kind])
        return layout.row(name, " " if title and what else "", (what, "" if title else "bold"))

    def _words(self, match: Match, width: int) -> Content:
        said = finding.excerpt(" · ".join(finding.say_texts(match)), self._query, width)
        words = layout.text(said, "$faint")
        for begin, end in finding.places(said, self._query):
            words = words.stylize("bold $strong", begin, end)
        return layout.left(words, width)

    def more(self, above: int, below: int) -> None:
        """Show the number of matches on the border."""
        box = self.parent
        if isinstance(box, Vertical):
            found = ngettext("{n} found", "{n} found", self._count).format(n=group_thousands(str(self._count)))
            if self._count > len(self.items):
                found = _("the best {n} of {count}").format(n=len(self.items), count=found)
            box.border_title = " · ".join(filter(None, (_("Find"), found if self._count else "")))
            box.border_subtitle = out_of_sight(above, below) or _("⏎ open · esc close")


class FindDialog(Dialog[Match]):
    """Answers the match to open. `text` is what was looked for last."""

    BINDINGS = hidden_bindings("find", *line_keys("move", 8, letters=False))

    class Typed(Message):
        """The line has changed. Of several that wait, only the last is searched."""

        def can_replace(self, message: Message) -> bool:
            """A newer one makes this one needless."""
            return isinstance(message, FindDialog.Typed)

    def __init__(self, workspace: Workspace, text: str = "") -> None:
        super().__init__()
        self._workspace = workspace
        #: What is looked for.
        self.words = text

    def compose(self) -> ComposeResult:
        """A line to type into, above the list."""
        with Vertical(id="find-box"):
            yield SteadyInput(id="find-line", compact=True, placeholder=_("words to find"))
            yield MatchRows(self._workspace)

    def on_mount(self) -> None:
        """Show again what was found last."""
        line = self.query_one(SteadyInput)
        line.focus()
        if self.words:
            line.offer(self.words)
        self.query_one(MatchRows).find(self.words)

    def on_key(self, event: events.Key) -> None:
        """Hand keys that were typed before the line had the focus to it."""
        line = self.query_one(SteadyInput)
        if self.answered or line.has_focus or not event.is_printable or not event.character:
            return
        event.stop()
        line.take(event.character)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search, once the keys that wait are typed."""
        event.stop()
        self.post_message(self.Typed())

    def on_find_dialog_typed(self) -> None:
        """Search."""
        self._search()

    def _search(self) -> None:
        words = self.query_one(SteadyInput).value
        if words != self.words:
            self.words = words
            self.query_one(MatchRows).find(words)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the chosen match."""
        event.stop()
        self._search()
        self._open()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Open the match that was clicked a second time."""
        message.stop()
        self._open()

    def _open(self) -> None:
        rows = self.query_one(MatchRows)
        if rows.items:
            self.answer(rows.items[rows.chosen])

    def action_move(self, steps: int) -> None:
        """Choose the match so many further down."""
        self.query_one(MatchRows).move(steps)
