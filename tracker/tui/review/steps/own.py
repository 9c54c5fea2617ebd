"""⑧ The week in one's own words: as many lines as one likes, here or in one's own editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import TextArea

from tracker.domain.models import TrackerError
from tracker.domain.text import clean_lines
from tracker.formatting.text import capitalized
from tracker.locale import N_, _
from tracker.services import reviewing
from tracker.tui import ink
from tracker.tui.review.editor import edit
from tracker.tui.review.step import Step
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from tracker.tui.review.facts import Facts

#: What is typed is kept at most so many seconds later, whatever happens to the terminal.
KEPT_WITHIN = 5


class Own(Step):
    """A field for the words; tab leaves it, so that enter writes the review."""

    name = "words"
    word = N_("Words")
    title = N_("The week in your own words")

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self._kept = ""
        self._waiting = False

    def compose(self) -> ComposeResult:
        """The field, below two lines of what it is for."""
        yield TextArea(id="review-words", show_line_numbers=False, highlight_cursor_line=False)

    @property
    def field(self) -> TextArea:
        """Where one writes."""
        return self.query_one(TextArea)

    def on_mount(self) -> None:
        """Hold the cursor still."""
        self.field.cursor_blink = False

    def load(self) -> None:
        """The words as they were left."""
        self._kept = clean_lines(reviewing.review_words(self.workspace, self.week))
        if self.field.text != self._kept:
            self.field.load_text(self._kept)
            self.field.move_cursor(self.field.document.end)
        self.redraw()

    def focused(self) -> Widget | None:
        """The field, where nothing is written yet; else one reads first."""
        return self.field

    def lines(self, width: int, height: int) -> list[Content]:
        """What one could write of."""
        says = _("What mattered, what you would tell a friend. It comes first on the page.")
        return ink.wrapped(says, width, "$faint", 2)

    def edits(self) -> bool:
        """While one writes."""
        return self.field.has_focus

    def caps(self) -> list[Cap]:
        """Out of the field and into it, and the other editor."""
        editor = Cap("^o", _("your editor"))
        if self.edits():
            return [Cap("⇥", _("done writing")), Cap("^s", _("write the review")), editor]
        return [Cap("⇥", _("go on writing")), editor]

    def onward(self) -> str:
        """A new line, or the end."""
        return _("new line") if self.edits() else _("write the review")

    def reviewed(self) -> bool:
        """Something was written."""
        return bool(self.field.text.strip())

    def press(self, key: str) -> bool:
        """Out of the field, into it, or to the other editor."""
        if key in ("ctrl+o", "^o"):
            self._elsewhere()
        elif key == "tab" and not self.edits():
            self.field.focus()
        elif key in ("tab", "shift+tab") and self.edits():
            self.keep()
            self.screen.set_focus(None)
        else:
            return False
        return True

    def _elsewhere(self) -> None:
        before = self.field.text
        after = edit(self.app, before)
        # An editor ends the last line where nobody did.
        self.field.load_text(after if before.endswith("\n") else after.removesuffix("\n"))
        self.field.move_cursor(self.field.document.end)
        self.keep()

    def keep(self) -> None:
        """The words, to the letter. Raises TrackerError where they are too many."""
        if self.field.text != self._kept:
            reviewing.set_review_words(self.workspace, self.week, self.field.text)
            self._kept = self.field.text

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Kept before long."""
        event.stop()
        if not self._waiting and self.field.text != self._kept:
            self._waiting = True
            self.set_timer(KEPT_WITHIN, self._keep_now)

    def _keep_now(self) -> None:
        self._waiting = False
        if self.is_attached and not getattr(self.screen, "answered", True):
            try:
                self.keep()
            except TrackerError as error:
                self.app.notify(capitalized(str(error)), severity="warning", markup=False)
