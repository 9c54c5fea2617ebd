"""A page to read: the evidence of a pattern, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from tracker.locale import _
from tracker.tui.modals.dialog import Dialog
from tracker.tui.widgets.panel import Panel, out_of_sight

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.content import Content

    #: The lines of a page at a width.
    Writer = Callable[[int], list[Content]]


class Sheet(Panel):
    """Lines, of which a window is seen."""

    def __init__(self, title: str, write: Writer) -> None:
        super().__init__(id="sheet")
        self.title, self.write = title, write
        self.top = 0

    def draw(self, width: int, height: int) -> list[Content]:
        """The window."""
        return self.write(width)[self.top :]

    def scroll_by(self, lines: int) -> None:
        """Move the window, not past the end."""
        width, height = self.content_size
        count = len(self.write(width)) if width else 0
        self.top = max(0, min(self.top + lines, count - height))
        self.say(self.title, out_of_sight(self.top, max(count - height - self.top, 0)) or _("esc closes"))
        self.refresh(layout=False)

    def on_resize(self) -> None:
        """Another size sees more or less."""
        self.scroll_by(0)

    def on_mouse_scroll_down(self) -> None:
        """Three lines on."""
        self.scroll_by(3)

    def on_mouse_scroll_up(self) -> None:
        """Three lines back."""
        self.scroll_by(-3)


class Page(Dialog[str]):
    """Closed by escape, enter, q or the key that opened it."""

    BINDINGS = [
        Binding("enter,q,question_mark,f1,space", "leave", "Close", show=False, id="page-close", tooltip="close"),
        Binding("down,j", "scroll(1)", "Down", show=False, id="page-down", tooltip="a line down"),
        Binding("up,k", "scroll(-1)", "Up", show=False, id="page-up", tooltip="a line up"),
        Binding("pagedown", "scroll(15)", "Page down", show=False, id="page-next", tooltip="a page down"),
        Binding("pageup", "scroll(-15)", "Page up", show=False, id="page-before", tooltip="a page up"),
    ]

    def __init__(self, title: str, write: Writer) -> None:
        super().__init__()
        self._title, self._write = title, write

    def compose(self) -> ComposeResult:
        """Only the sheet."""
        yield Sheet(self._title, self._write)

    def action_scroll(self, lines: int) -> None:
        """Move on."""
        self.query_one(Sheet).scroll_by(lines)
