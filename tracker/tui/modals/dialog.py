"""The bases of all dialogs: a box over the dimmed screen that answers once, a list in a box, and a page to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from rich.cells import cell_len
from textual.events import Key
from textual.keys import _character_to_key
from textual.screen import ModalScreen

from tracker.domain.errors import TrackerError
from tracker.locale import _
from tracker.tui.keys import hidden_bindings, line_keys
from tracker.tui.toasts import notify_error
from tracker.tui.widgets.key_lines import DOT
from tracker.tui.widgets.panel import Rows, ScrollingPanel

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content
    from textual.widget import Widget

    from tracker.tui.widgets.key_lines import Keycaps

    #: Draws the lines of a page for a width in cells.
    PageWriter = Callable[[int], list[Content]]

#: What a dialog answers.
Answer = TypeVar("Answer")


class Dialog(ModalScreen[None], Generic[Answer]):
    """A modal screen that escape, or a click outside its box, closes without an answer.

    The answer is handed to `then` in the same step that closes the dialog. Textual's own way, a callback after the
    screen is gone, leaves a moment in which keys typed ahead (the text after `s l`) would reach the screen below.
    """

    AUTO_FOCUS = ""
    BINDINGS = hidden_bindings(("escape", "leave"))

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
                notify_error(self.app, error)

    def action_leave(self) -> None:
        """Close without an answer."""
        self.answer()

    def on_click(self, event: events.Click) -> None:
        """A click outside the box closes the dialog; on a key that its border names, it is a press of that key."""
        if self.answered:
            return
        widget = self.get_widget_at(event.screen_x, event.screen_y)[0]
        if widget is self:
            self.answer()
        elif key := key_on_border(widget, event.screen_x, event.screen_y):
            self.press(key)

    def press(self, key: str) -> None:
        """Do what a press of that key does: a name of Textual's, or a character."""
        character = key if len(key) == 1 else None
        pressed = Key(_character_to_key(key) if character else key, character)
        # As from the terminal: a message does not bubble from a focused line to the dialog that sent it.
        self.app.post_message(pressed.set_sender(self.app))


#: The keys behind the signs that stand for them.
SIGNS = {"⏎": "enter", "⌫": "backspace", "⇥": "tab", "esc": "escape", "↑↓": "down", "←→": "right"}


def key_on_border(widget: Widget, x: int, y: int) -> str | None:
    """The key that the words at a cell of the screen name, if they are at the right of the widget's lower border.

    `Enter Save · Esc Cancel`: a part begins with its key, or has one in it.
    """
    words = str(widget.border_subtitle or "")
    region = widget.region
    at = x - (region.right - 3 - cell_len(words))  # corner, line and blank
    if y != region.bottom - 1 or not 0 <= at < cell_len(words):
        return None
    part = words[: len(words) if DOT not in words[at:] else words.index(DOT, at)].rpartition(DOT)[2]
    first = part.partition(" ")[0]
    if first in SIGNS or (len(first) == 1 and first.isascii()):
        return SIGNS.get(first, first)
    named = {_("Enter"): "enter", _("Esc"): "escape", "Tab": "tab"}
    keys = [named[word] for word in part.replace(",", " ").split() if word in named]
    return keys[0] if len(keys) == 1 else None


class KeycapDialog(Dialog[Answer]):
    """A dialog in which a click on a keycap is a press of its key."""

    #: What a click stands for, where the sign on the keycap is not the key.
    CLICKED = SIGNS

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """Press the key that was clicked."""
        message.stop()
        self.press(self.CLICKED.get(message.key, message.key))


class ListDialog(KeycapDialog[Answer]):
    """A dialog around one list (`Rows`), through which the arrows, j, k and the page keys move."""

    BINDINGS = hidden_bindings(*line_keys("move", 10), ("q", "leave"))

    def action_move(self, steps: int) -> None:
        """Choose the line `steps` further down."""
        self.query_one(Rows).move(steps)

    def on_rows_opened(self, message: Rows.Opened) -> None:
        """A second click on a line opens it, as enter does."""
        message.stop()
        self.action_open()

    def action_open(self) -> None:
        """Do what enter does with the chosen line."""
        raise NotImplementedError


class Sheet(ScrollingPanel):
    """The lines of a page, written once for a size of the screen, of which a window is seen.

    `keys`: words for the border about its keys; none where keycaps below name them.
    """

    def __init__(self, title: str, write: PageWriter, keys: str = "") -> None:
        super().__init__(id="sheet")
        self.title, self.write, self.keys = title, write, keys
        self._written: tuple[object, list[Content]] = (None, [])

    def rewrite(self) -> None:
        """Write the lines again, because their content has changed."""
        self._written = (None, [])
        self.redraw()

    def lines(self) -> list[Content]:
        """All lines. They are written again only for another size, not for each arrow key."""
        size = (self.content_size.width, self.app.size)
        if self._written[0] != size:
            self._written = (size, self.write(self.content_size.width))
        return self._written[1]

    def draw(self, width: int, height: int) -> list[Content]:
        """The lines from the top of the window on."""
        return self.lines()[self.top :]

    def length(self) -> int:
        """The number of all lines."""
        return len(self.lines())

    def hint(self) -> str:
        """The keys of the page."""
        return self.keys


class Page(KeycapDialog[str]):
    """A page to read, closed by escape, enter, q or the key that opened it."""

    BINDINGS = hidden_bindings(("enter,q,question_mark,f1,space", "leave"), *line_keys("scroll", 15))

    def __init__(self, title: str, write: PageWriter) -> None:
        super().__init__()
        self._title, self._write = title, write

    def compose(self) -> ComposeResult:
        """Only the sheet."""
        yield Sheet(self._title, self._write, _("Esc Close"))

    def action_scroll(self, lines: int) -> None:
        """Scroll by `lines` lines."""
        self.query_one(Sheet).scroll_by(lines)
