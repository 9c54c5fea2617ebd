"""Find: everything that a person wrote, by its words, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.domain.errors import TrackerError
from tracker.domain.models import Match
from tracker.formatting.numbers import group_thousands
from tracker.formatting.text import activity_word, capitalized
from tracker.formatting.times import format_clock, format_near_date, format_week
from tracker.locale import N_, _, ngettext
from tracker.services import finding, queries
from tracker.tui import layout
from tracker.tui.modals.line_dialog import SearchDialog, SearchRows
from tracker.tui.theme import hue

if TYPE_CHECKING:
    from tracker.workspace import Workspace

#: The most matches that are listed, the best ones.
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


class MatchRows(SearchRows[Match]):
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
        """The kind of match at the left, its time at the right; below them its words."""
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
            kind = activity_word(match.what)
        elif match.kind == "outcome":
            kind = _(match.what) if match.what else ""
        else:
            kind = _(_TITLES[match.kind])
        return layout.row(name, " " if title and kind else "", (kind, "" if title else "bold"))

    def _words(self, match: Match, width: int) -> Content:
        excerpt = finding.excerpt(" · ".join(finding.say_texts(match)), self._query, width)
        words = layout.text(excerpt, "$faint")
        for begin, end in finding.places(excerpt, self._query):
            words = words.stylize("bold $strong", begin, end)
        return layout.left(words, width)

    def show_hidden(self, above: int, below: int) -> None:
        """Show the number of matches on the border."""
        count = ngettext("{n} found", "{n} found", self._count).format(n=group_thousands(str(self._count)))
        if self._count > len(self.items):
            count = _("the best {n} of {count}").format(n=len(self.items), count=count)
        self.say_on_box(" · ".join(filter(None, (_("Find"), count if self._count else ""))), above, below)


class FindDialog(SearchDialog[Match]):
    """Answers the match to open. `text` is what was looked for last."""

    def __init__(self, workspace: Workspace, text: str = "") -> None:
        super().__init__("find", _("words to find"), MatchRows(workspace), text)
