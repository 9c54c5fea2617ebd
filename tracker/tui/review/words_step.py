"""Step 8: the week in the user's own words, written here or in their own editor."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported
from textual.widgets import TextArea

from tracker.domain.errors import TrackerError
from tracker.domain.text import clean_lines
from tracker.files import file_access
from tracker.formatting.times import week_number
from tracker.locale import N_, _
from tracker.tui import layout
from tracker.tui.review.step import StepPanel
from tracker.tui.toasts import notify_error
from tracker.tui.widgets.keycaps import Cap

if TYPE_CHECKING:
    from textual.app import App, ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from tracker.services.open_review import OpenReview, ReviewedWeek

#: The editor where neither VISUAL nor EDITOR names one.
DEFAULT_EDITOR = "vi"

#: The most seconds until typed words are saved, so that they survive a terminal that is closed.
KEPT_WITHIN = 5


class WordsStep(StepPanel):
    """A text field, which tab leaves, so that enter writes the review."""

    name = "words"
    word = N_("Words")
    title = N_("The week in your own words")

    def __init__(self, figures: ReviewedWeek, open_review: OpenReview) -> None:
        super().__init__(figures)
        self.open_review = open_review
        self._saved = ""
        self._waiting = False

    def compose(self) -> ComposeResult:
        """The field, below two lines that say what it is for."""
        yield TextArea(id="review-words", show_line_numbers=False, highlight_cursor_line=False)

    @property
    def field(self) -> TextArea:
        """The text field."""
        return self.query_one(TextArea)

    def on_mount(self) -> None:
        """Stop the cursor from blinking."""
        self.field.cursor_blink = False

    def load(self) -> None:
        """Read the words as they are in the file."""
        self._saved = clean_lines(self.open_review.review.words or "")
        if self.field.text != self._saved:
            self.field.load_text(self._saved)
            self.field.move_cursor(self.field.document.end)
        self.redraw()

    def focused(self) -> Widget | None:
        """The field."""
        return self.field

    def lines(self, width: int, height: int) -> list[Content]:
        """What could be written about."""
        what_for = _("What mattered in week {n}? Your words come first on the page. [{key}] saves the review.")
        return layout.wrapped(what_for.format(n=week_number(self.week), key="Ctrl+S"), width, "$foreground", 2)

    def edits(self) -> bool:
        """While the field has the focus."""
        return self.field.has_focus

    def caps(self) -> list[Cap]:
        """Out of the field or into it, and the user's editor."""
        editor = Cap("^o", _("your editor"))
        if self.edits():
            return [Cap("⇥", _("leave the text")), Cap("^s", _("save the review")), editor]
        return [Cap("⇥", _("edit the text")), editor]

    def onward(self) -> str:
        """Enter is a new line in the field; outside it saves the review."""
        return _("new line") if self.edits() else _("save the review")

    def reviewed(self) -> bool:
        """Whether something was written."""
        return bool(self.field.text.strip())

    def press(self, key: str) -> bool:
        """Leave the field, enter it, or open the user's editor."""
        if key in ("ctrl+o", "^o"):
            self._edit_elsewhere()
        elif key == "tab" and not self.edits():
            self.field.focus()
        elif key in ("tab", "shift+tab") and self.edits():
            self.keep()
            self.screen.set_focus(None)
        else:
            return False
        return True

    def _edit_elsewhere(self) -> None:
        before = self.field.text
        after = edit_elsewhere(self.app, before)
        # Editors end the last line, even where the user did not.
        self.field.load_text(after if before.endswith("\n") else after.removesuffix("\n"))
        self.field.move_cursor(self.field.document.end)
        self.keep()

    def keep(self) -> None:
        """Save the words unchanged. Raises TrackerError if they are too long."""
        if self.field.text != self._saved:
            self.open_review.set_words(self.field.text)
            self._saved = self.field.text

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Save the words a few seconds later."""
        event.stop()
        if not self._waiting and self.field.text != self._saved:
            self._waiting = True
            self.set_timer(KEPT_WITHIN, self._keep_now)

    def _keep_now(self) -> None:
        self._waiting = False
        if self.is_attached and not getattr(self.screen, "answered", True):
            try:
                self.keep()
            except TrackerError as error:
                notify_error(self.app, error)


def edit_elsewhere(app: App[object], words: str) -> str:
    """The words as the user's own editor saves them; the screens are suspended until it ends.

    The editor is what `VISUAL` or `EDITOR` names, with its options; the words are in a file that only the user can
    read. TrackerError where the editor cannot be opened or ends with an error, or its file cannot be read.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or DEFAULT_EDITOR
    with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
        path = os.path.join(folder, "review.md")
        with file_access.atomic_replace(path) as file:
            file.write(words)
        try:
            with app.suspend():
                done = subprocess.run([*shlex.split(command), path], check=False)
        except SuspendNotSupported:
            raise TrackerError(_("no other program can be opened from here")) from None
        except (OSError, ValueError) as error:
            raise TrackerError(_("cannot open “{editor}”: {reason}").format(editor=command, reason=error)) from None
        if done.returncode:
            message = _("“{editor}” ended with {code}; your words are as they were")
            raise TrackerError(message.format(editor=command, code=done.returncode))
        try:
            return file_access.read_text(path).replace("\r\n", "\n").replace("\r", "\n")
        except (OSError, UnicodeDecodeError) as error:
            message = _("cannot read what “{editor}” wrote: {reason}")
            raise TrackerError(message.format(editor=command, reason=error)) from None
