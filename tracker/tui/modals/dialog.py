"""The bases of all dialogs: a box over the dimmed screen that answers once, a list in such a box, a page to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.screen import ModalScreen

from tracker.domain.errors import TrackerError
from tracker.formatting.text import capitalized
from tracker.locale import _
from tracker.tui.keys import hidden_bindings
from tracker.tui.widgets.panel import Panel, Rows, out_of_sight

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    #: Draws the lines of a page for a width in cells.
    PageWriter = Callable[[int], list[Content]]

#: What a dialog answers.
Answer = TypeVar("Answer")


class Dialog(ModalScreen[None], Generic[Answer]):
    """A modal screen that escape, or a click beside its box, closes without an answer.

    The answer is handed to `then` in the same step that closes the dialog. Textual's own way, a callback after the
    screen is gone, leaves a moment in which keys typed ahead (the text after `s l`) would reach the screen below.
    """

    AUTO_FOCUS = ""
    BINDINGS = hidden_bindings("dialog", ("leave", "escape", "leave", "Leave", "leave without doing anything"))

    then: Callable[[Answer], None] | None = None
    answered = False

    def answer(self, value: Answer | None = None) -> None:
        """Close, once, and hand on a value that is not None. A TrackerError of `then` is shown as a toast."""
        if self.answered:
            return
        self.answered = True
        self.app.pop_screen()
        if value is not None and self.then is not None:
            try:
                self.then(value)
            except TrackerError as error:
                self.app.notify(capitalized(str(error)), severity="warning", markup=False)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.answer()

    def on_click(self, event: events.Click) -> None:
        """A click beside the box closes the dialog."""
        if not self.answered and self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.answer()


class ListDialog(Dialog[Answer]):
    """A dialog around one list (`Rows`), through which the arrows, j, k and the page keys move."""

    BINDINGS = hidden_bindings(
        "list",
        ("down", "down,j", "move(1)", "Down", "the next line"),
        ("up", "up,k", "move(-1)", "Up", "the line before"),
        ("next", "pagedown", "move(10)", "Page down", "ten lines on"),
        ("before", "pageup", "move(-10)", "Page up", "ten lines back"),
        ("close", "q", "leave", "Close", "close"),
    )

    def action_move(self, steps: int) -> None:
        """Choose the line so many further down."""
        self.query_one(Rows).move(steps)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line opens it, as enter does."""
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """Do what enter does with the chosen line."""
        raise NotImplementedError


class Sheet(Panel):
    """The lines of a page, of which a window is seen."""

    def __init__(self, title: str, write: PageWriter) -> None:
        super().__init__(id="sheet")
        self.title, self.write = title, write
        self.top = 0

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines from the top of the window on."""
        return self.write(width)[self.top :]

    def scroll_by(self, lines: int) -> None:
        """Move the window, not past the end."""
        width, height = self.content_size
        count = len(self.write(width)) if width else 0
        self.top = max(0, min(self.top + lines, count - height))
        self.say(self.title, out_of_sight(self.top, max(count - height - self.top, 0)) or _("esc closes"))
        self.refresh(layout=False)

    def on_resize(self) -> None:
        """Another size shows more or fewer lines."""
        self.scroll_by(0)

    def on_mouse_scroll_down(self) -> None:
        """Three lines on."""
        self.scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Three lines back."""
        self.scroll_by(-3)


class Page(Dialog[str]):
    """A page to read, closed by escape, enter, q or the key that opened it."""

    BINDINGS = hidden_bindings(
        "page",
        ("close", "enter,q,question_mark,f1,space", "leave", "Close", "close"),
        ("down", "down,j", "scroll(1)", "Down", "a line down"),
        ("up", "up,k", "scroll(-1)", "Up", "a line up"),
        ("next", "pagedown", "scroll(15)", "Page down", "a page down"),
        ("before", "pageup", "scroll(-15)", "Page up", "a page up"),
    )

    def __init__(self, title: str, write: PageWriter) -> None:
        super().__init__()
        self._title, self._write = title, write

    def compose(self) -> ComposeResult:
        """Only the sheet."""
        yield Sheet(self._title, self._write)

    def action_scroll(self, lines: int) -> None:
        """Scroll by so many lines."""
        self.query_one(Sheet).scroll_by(lines)
