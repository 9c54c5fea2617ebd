"""The Worth report outside the review: the table of its fifth step, without the verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Vertical

from tracker.locale import _
from tracker.tui.modals.dialog import Dialog
from tracker.tui.review.facts import Facts
from tracker.tui.review.screen import SCROLL
from tracker.tui.review.steps.worth import ARROWS, WorthStep
from tracker.tui.widgets.keycaps import Cap, Keycaps

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from tracker.services.workspace import Workspace
    from tracker.tui.review.step import Step


class ReadOnlyWorthStep(WorthStep):
    """A cell is chosen from the start; verdicts are for the review."""

    def __init__(self, facts: Facts) -> None:
        super().__init__(facts)
        self.pointing = True

    def caps(self) -> list[Cap]:
        """What a cell does, and the other cells."""
        return [Cap("⏎", self.onward()), Cap("↑↓←→", _("cells"))] if self.rows else []

    def press(self, key: str) -> bool:
        """Move."""
        return key in ARROWS and super().press(key)

    def enter(self) -> bool:
        """Open the arithmetic, where there is a cell."""
        return super().enter() if self.rows else False


class WorthPage(Dialog[None]):
    """Over the whole screen, for the 13 weeks up to the end of one; escape, q or the key that opened it close it."""

    def __init__(self, workspace: Workspace, week: str) -> None:
        super().__init__()
        self._table = ReadOnlyWorthStep(Facts(workspace, week))

    def compose(self) -> ComposeResult:
        """The table and its keys."""
        with Vertical(id="review-box"):
            yield self._table
            yield Keycaps([*self._table.caps(), Cap("esc", _("close"))], id="review-keys")

    def on_mount(self) -> None:
        """Read it."""
        self._table.load()

    def on_key(self, event: events.Key) -> None:
        """Cells; what is typed ahead of a cell's page goes on to it."""
        if self.answered or self.app.screen is not self or event.key == "escape":
            return
        event.stop()
        self._pressed(event.character if event.is_printable and event.character else event.key)

    def _pressed(self, key: str) -> None:
        if key in ("q", "V"):
            self.answer()
        elif key == "enter":
            self._table.enter()
        elif not self._table.press(key) and key in SCROLL:
            self._table.scroll_lines(SCROLL[key])

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked."""
        if message.key == "esc":
            self.answer()
        else:
            self._pressed("enter" if message.key == "⏎" else "right")

    def on_step_touched(self, message: Step.Touched) -> None:
        """A cell was clicked."""
        self._table.touch(message.line, message.cell)
