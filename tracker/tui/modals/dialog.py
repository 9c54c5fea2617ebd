"""What every dialog has in common: a box over the dimmed screen that Escape closes and that answers once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.binding import Binding
from textual.screen import ModalScreen

from tracker.domain.models import TrackerError
from tracker.formatting.text import capitalized

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events


#: What a dialog answers.
Answer = TypeVar("Answer")


class Dialog(ModalScreen[None], Generic[Answer]):
    """Hands its answer to `then` in the very step that closes it.

    Textual's own way, a callback once the screen is gone, leaves a moment in which the keys typed ahead (the text
    after `s l`) would reach the screen below and do something else.
    """

    AUTO_FOCUS = ""
    BINDINGS = [Binding("escape", "leave", "Leave", show=False, id="leave", tooltip="leave without doing anything")]

    then: Callable[[Answer], None] | None = None
    answered = False

    def answer(self, value: Answer | None = None) -> None:
        """Close, once; a value that is not None is handed on. What cannot be done with it is said in a notice."""
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
        """A click beside the box leaves it."""
        if not self.answered and self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.answer()
