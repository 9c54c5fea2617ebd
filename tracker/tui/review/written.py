"""A written review to read, with what can be done with it: a file, the clipboard, an amendment."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.binding import Binding

from tracker.domain.models import TrackerError
from tracker.formatting.times import format_near_date
from tracker.locale import _
from tracker.reports.renderers.markdown import without_front_matter
from tracker.services import reviewing
from tracker.tui import ink
from tracker.tui.modals.dialog import Page, Sheet
from tracker.tui.modals.line import LineDialog
from tracker.tui.review.markdown import drawn
from tracker.tui.widgets.keycaps import Cap, Keycaps

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content

    from tracker.domain.models import Review
    from tracker.workspace import Workspace

#: What it answers where it is to be amended.
AMEND = "amend"

#: Lines longer than this are hard to read.
WIDEST = 110


class SaveDialog(LineDialog[str]):
    """Answers the path once the file is written; where it cannot be, that is said and the line stays."""

    save: Callable[[str], None]

    def answer(self, value: Any = None) -> None:
        """Write it first."""
        try:
            if value is not None and not self.answered:
                self.save(value)
        except TrackerError as error:
            self.refuse(error)
        else:
            super().answer(value)


class WrittenPage(Page):
    """Closed by escape, enter or q; answers AMEND where that was asked for."""

    BINDINGS = [
        Binding("m", "export('md')", "Markdown", show=False, id="written-md", tooltip="to a Markdown file"),
        Binding("h", "export('html')", "HTML", show=False, id="written-html", tooltip="to a page to print or to send"),
        Binding("c", "copy", "Copy", show=False, id="written-copy", tooltip="to the clipboard"),
        Binding("a", "amend", "Amend", show=False, id="written-amend", tooltip="put it right; this version stays"),
        Binding("home,0", "scroll(-9999)", "Top", show=False, id="written-top", tooltip="to the top"),
        Binding("end", "scroll(9999)", "End", show=False, id="written-end", tooltip="to the end"),
    ]

    def __init__(self, workspace: Workspace, review: Review) -> None:
        self._workspace, self._review = workspace, review
        self._page = without_front_matter(review.page or "")
        self._changes = reviewing.changes_since(workspace, review)
        #: The lines at a width: every arrow draws anew.
        self._drawn: tuple[int, list[Content]] = (0, [])
        super().__init__(self._says(), self._lines)

    def _says(self) -> str:
        review = self._review
        if review.written is None:
            return review.name
        date = format_near_date(self._workspace.day_of(review.written), self._workspace.today())
        return _("{name}, written {date}").format(name=review.name, date=date)

    def compose(self) -> ComposeResult:
        """The page, and its keys below."""
        yield Sheet(self._says(), self._lines)
        yield Keycaps(self._caps(), id="written-keys")

    def _lines(self, width: int) -> list[Content]:
        if self._drawn[0] != width:
            room = min(width - 2, WIDEST)
            lines = [ink.row(" ", line) for line in (*self._changed(room), *drawn(self._page, room))]
            self._drawn = (width, lines)
        return self._drawn[1]

    def _changed(self, width: int) -> list[Content]:
        """How the week differs from what is written here."""
        if not self._changes:
            return []
        message = _("Changed since this review was written: {changes}. [a] writes a new version.")
        return [*ink.wrapped(message.format(changes=self._changes), width, "$foreground"), ink.BLANK]

    def _caps(self) -> list[Cap]:
        return [
            Cap("m", _("Markdown file")),
            Cap("h", _("HTML file")),
            Cap("c", _("copy")),
            Cap("a", _("amend")),
            Cap("esc", _("close")),
        ]

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked."""
        does: dict[str, Callable[[], object]] = {
            "m": partial(self.action_export, "md"),
            "h": partial(self.action_export, "html"),
            "c": self.action_copy,
            "a": self.action_amend,
        }
        does.get(message.key, self.action_leave)()

    def action_export(self, kind: str) -> None:
        """Ask where to, and write it there."""
        folder = os.getcwd().replace(os.path.expanduser("~"), "~", 1)
        dialog = SaveDialog(
            _("Write the review to"),
            lambda line: (line.strip(), ink.text(os.path.abspath(os.path.expanduser(line.strip() or ".")), "$faint")),
            value=os.path.join(folder, f"{self._review.name}.{kind}"),
            hint=_("a file that is there and says something else stays as it is"),
        )
        dialog.save = partial(reviewing.export_review, self._workspace, self._review, html=kind == "html")
        dialog.then = self._exported
        self.app.push_screen(dialog)

    def _exported(self, path: str) -> None:
        place = os.path.abspath(os.path.expanduser(path))
        self.app.notify(_("The review is in {path}").format(path=place), timeout=8, markup=False)

    def action_copy(self) -> None:
        """By the terminal's own sequence, which some of them do not allow."""
        self.app.copy_to_clipboard(self._page)
        self.app.notify(_("Copied, where your terminal allows it"), timeout=4, markup=False)

    def action_amend(self) -> None:
        """Begin the next revision."""
        self.answer(AMEND)
