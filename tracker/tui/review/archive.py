"""The archive: every review, the latest first; typing finds those with the typed words in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical
from textual.widgets import Input

from tracker.formatting.text import in_quotation_marks
from tracker.formatting.times import format_date_range, format_near_date, format_week
from tracker.locale import _, ngettext
from tracker.services import reviewing
from tracker.tui import ink
from tracker.tui.keys import BY_ID, hidden_bindings, said
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import SteadyInput
from tracker.tui.widgets.panel import Rows, out_of_sight

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.domain.models import Review
    from tracker.workspace import Workspace


class ReviewRows(Rows):
    """Two lines for each review: the week and when it was written, then the user's own words."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="reviews")
        self.workspace = workspace
        self.reviews: list[Review] = []
        self.search = ""

    def find(self, text: str) -> None:
        """List the reviews with this text in their words; all reviews without any."""
        self.search, self.reviews, self.chosen = text, reviewing.review_list(self.workspace, text), 0
        self.redraw()

    def count(self) -> int:
        """Every review can be chosen."""
        return len(self.reviews)

    def head(self, width: int) -> list[Content]:
        """Why the list is empty."""
        if self.reviews:
            return []
        if self.search:
            return ink.wrapped(_("No review has these words in it."), width, "$faint")
        key = said(BY_ID["review"], getattr(self.app, "keymap_changed", {}))
        return ink.wrapped(_("No reviews yet: {key} on the Week begins one.").format(key=key), width, "$faint")

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """The week at the left, its state at the right; below it the words."""
        return [self._block(review, width) for review in self.reviews]

    def _block(self, review: Review, width: int) -> list[Content]:
        today, dates = self.workspace.today(), self.workspace.week_dates(review.week)
        name = format_week(review.week) + (f" r{review.revision}" if review.revision > 1 else "")
        span = ink.text(f"  {format_date_range(dates[0], dates[-1], today)}", "$faint")
        if review.written is not None:
            date = format_near_date(self.workspace.day_of(review.written), today)
            state = ink.text(_("✓ written {date}").format(date=date), "$good")
        else:
            n = len(review.reviewed)
            state = ink.text(ngettext("◐ {n} step of 8", "◐ {n} steps of 8", n).format(n=n), "$flag")
        own = " ".join((review.words or "").split())
        words = ink.text(in_quotation_marks(own), "italic") if own else ink.text(_("no words of your own"), "$faint")
        head = ink.row(ink.text(name, "bold $strong"), span)
        return [ink.ends(head, state, width), ink.row("  ", ink.left(words, width - 2))]

    def more(self, above: int, below: int) -> None:
        """Show the number of reviews on the border."""
        count = ngettext("{n} review", "{n} reviews", len(self.reviews)).format(n=len(self.reviews))
        box = self.parent
        if isinstance(box, Vertical):
            box.border_title = _("Every review: {count}").format(count=count)
            box.border_subtitle = out_of_sight(above, below) or _("⏎ read or go on · esc close")


class Archive(Dialog["Review"]):
    """Answers the review to open."""

    BINDINGS = hidden_bindings(
        "archive",
        ("down", "down", "move(1)", "Down", "the next one"),
        ("up", "up", "move(-1)", "Up", "the one before"),
        ("next", "pagedown", "move(8)", "Page down", "eight on"),
        ("before", "pageup", "move(-8)", "Page up", "eight back"),
    )

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """A line to type into, above the list."""
        with Vertical(id="archive-box"):
            yield SteadyInput(id="archive-find", compact=True, placeholder=_("words to look for"))
            yield ReviewRows(self._workspace)

    def on_mount(self) -> None:
        """List all reviews."""
        self.query_one(ReviewRows).find("")
        self.query_one(Input).focus()

    def on_key(self, event: events.Key) -> None:
        """Hand keys that were typed before the line had the focus to it."""
        line = self.query_one(Input)
        if self.answered or line.has_focus or not event.is_printable or not event.character:
            return
        event.stop()
        line.insert_text_at_cursor(event.character)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Search again."""
        event.stop()
        self.query_one(ReviewRows).find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the chosen review."""
        event.stop()
        self._open()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """Open the review that was clicked a second time."""
        message.stop()
        self._open()

    def _open(self) -> None:
        rows = self.query_one(ReviewRows)
        if rows.reviews:
            self.answer(rows.reviews[rows.chosen])

    def action_move(self, steps: int) -> None:
        """Choose the review so many further down."""
        self.query_one(ReviewRows).move(steps)
