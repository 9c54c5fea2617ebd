"""Words that a day's log is sifted by, as they are typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from tracker.locale import _
from tracker.tui.modals.dialog import Dialog
from tracker.tui.modals.line import SteadyInput

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from tracker.tui.widgets.log import Log


class Sift(Dialog[None]):
    """An input on the border of the log; escape shows all lines again, enter keeps what is seen."""

    def __init__(self, log: Log) -> None:
        super().__init__()
        self._log = log

    def compose(self) -> ComposeResult:
        """One line, on the log's upper border."""
        line = SteadyInput(
            value=self._log.words, placeholder=_("words: esc shows all"), id="sift", compact=True, select_on_focus=False
        )
        line.styles.offset = (self._log.region.x + 2, self._log.region.y)
        line.styles.width = min(40, self._log.region.width - 4)
        yield line

    def on_mount(self) -> None:
        """Ready to be typed into."""
        self.query_one(Input).focus()

    def on_resize(self) -> None:
        """The log may have moved."""
        line = self.query_one(Input)
        line.styles.offset = (self._log.region.x + 2, self._log.region.y)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Sift at every key."""
        self._log.sift(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep what is seen."""
        event.stop()
        self.answer()

    def action_leave(self) -> None:
        """Show all lines again."""
        self._log.sift("")
        self.answer()
