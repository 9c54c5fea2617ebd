"""What every dialog has in common: a box over the dimmed screen that Escape closes and that answers once."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.binding import Binding
from textual.screen import ModalScreen

Answer = TypeVar("Answer")


class Dialog(ModalScreen[Answer | None], Generic[Answer]):
    """Answers None when it is left."""

    AUTO_FOCUS = ""
    BINDINGS = [Binding("escape", "leave", "Leave", show=False, id="leave", tooltip="leave without doing anything")]

    def action_leave(self) -> None:
        """Close without an answer."""
        self.dismiss(None)

    def on_click(self, event: object) -> None:
        """A click beside the box leaves it."""
        if getattr(event, "widget", None) is self:
            self.dismiss(None)
