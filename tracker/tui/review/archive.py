"""Every review there is, the latest first; typing finds those with the words in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from tracker.formatting.text import in_quotation_marks
from tracker.formatting.times import format_date_range, format_near_date, format_week
from tracker.locale import _, ngettext
from tracker.services import reviewing
from tracker.tui import ink
from tracker.tui.keys import BY_ID, said
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import SteadyInput
from tracker.tui.widgets.panel import Rows, out_of_sight

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.domain.models import Review
    from tracker.workspace import Workspace


class Reviews(Rows):
    """Two lines each: the week and when it was written, then one's own words."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(id="reviews")
        self.workspace = workspace
        self.found: list[Review] = []
        self.wanted = ""

    def find(self, wanted: str) -> None:
        """List those with these words in them; all of them without any."""
        self.wanted, self.found, self.chosen = wanted, reviewing.review_list(self.workspace, wanted), 0
        self.redraw()

    def count(self) -> int:
        """Every one."""
        return len(self.found)

    def head(self, width: int) -> list[Content]:
        """Why there is nothing."""
        if self.found:
            return []
        if self.wanted:
            none = _("No review has these words in it.")
        else:
            key = said(BY_ID["review"], getattr(self.app, "keymap_changed", {}))
            none = _("No reviews yet: {key} on the Week begins one.").format(key=key)
        return ink.wrapped(none, width, "$faint")

    def blocks(self, width: int, height: int) -> list[list[Content]]:
        """The week at the left, its state at the right; below it the words."""
        return [self._block(one, width) for one in self.found]

    def _block(self, one: Review, width: int) -> list[Content]:
        dates = self.workspace.week_dates(one.week)
        name = format_week(one.week) + (f" r{one.revision}" if one.revision > 1 else "")
        span = format_date_range(dates[0], dates[-1], self.workspace.today())
        head = ink.row(ink.text(name, "bold $strong"), ink.text(f"  {span}", "$faint"))
        own = " ".join((one.words or "").split())
        said = ink.text(in_quotation_marks(own), "italic") if own else ink.text(_("no words of your own"), "$faint")
        return [ink.ends(head, self._state(one), width), ink.row("  ", ink.left(said, width - 2))]

    def _state(self, one: Review) -> Content:
        if one.written is not None:
            date = format_near_date(self.workspace.day_of(one.written), self.workspace.today())
            return ink.text(_("✓ written {date}").format(date=date), "$good")
        n = len(one.reviewed)
        return ink.text(ngettext("◐ {n} step of 8", "◐ {n} steps of 8", n).format(n=n), "$flag")

    def more(self, above: int, below: int) -> None:
        """How many there are."""
        count = ngettext("{n} review", "{n} reviews", len(self.found)).format(n=len(self.found))
        box = self.parent
        if isinstance(box, Vertical):
            box.border_title = _("Every review: {count}").format(count=count)
            box.border_subtitle = out_of_sight(above, below) or _("⏎ read or go on · esc close")


class Archive(Dialog["Review"]):
    """Answers the review to open."""

    BINDINGS = [
        Binding("down", "move(1)", "Down", show=False, id="archive-down", tooltip="the next one"),
        Binding("up", "move(-1)", "Up", show=False, id="archive-up", tooltip="the one before"),
        Binding("pagedown", "move(8)", "Page down", show=False, id="archive-next", tooltip="eight on"),
        Binding("pageup", "move(-8)", "Page up", show=False, id="archive-before", tooltip="eight back"),
    ]

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace

    def compose(self) -> ComposeResult:
        """A line to type into, above the list."""
        with Vertical(id="archive-box"):
            yield SteadyInput(id="archive-find", compact=True, placeholder=_("words to look for"))
            yield Reviews(self._workspace)

    def on_mount(self) -> None:
        """All of them."""
        self.query_one(Reviews).find("")
        self.query_one(Input).focus()

    def on_key(self, event: events.Key) -> None:
        """Keys typed ahead of the line's focus."""
        line = self.query_one(Input)
        if self.answered or line.has_focus or not event.is_printable or not event.character:
            return
        event.stop()
        line.insert_text_at_cursor(event.character)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Look anew."""
        event.stop()
        self.query_one(Reviews).find(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Open the chosen one."""
        event.stop()
        self._open()

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on one."""
        message.stop()
        self._open()

    def _open(self) -> None:
        rows = self.query_one(Reviews)
        if rows.found:
            self.answer(rows.found[rows.chosen])

    def action_move(self, steps: int) -> None:
        """Choose another one."""
        self.query_one(Reviews).move(steps)
