"""The evidence of a pattern: what was counted, from which sessions, against what, and what decides.

Arrows choose sessions and thresholds, enter opens them; what the user says of the pattern is a key away.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.binding import Binding

from tracker.services import queries
from tracker.tui.actions import log_actions, pattern_actions
from tracker.tui.modals import evidence_sessions
from tracker.tui.modals.evidence_page import EvidencePage
from tracker.tui.modals.evidence_text import LIMIT, SESSION, SETTING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.tui.base_app import BaseApp
    from tracker.tui.screens.evidence import Loader
    from tracker.tui.widgets.keycaps import Keycaps
    from tracker.tui.widgets.sections import Sections


class EvidenceDialog(EvidencePage):
    """What can be done with it; the arrows to the sides turn to the other patterns."""

    BINDINGS = [
        Binding("down,j", "move(1)", "Down", show=False, id="evidence-down", tooltip="the next session or threshold"),
        Binding("up,k", "move(-1)", "Up", show=False, id="evidence-up", tooltip="the session or threshold before"),
        Binding("pagedown,space", "read(1)", "Page down", show=False, id="evidence-next", tooltip="a page down"),
        Binding("pageup", "read(-1)", "Page up", show=False, id="evidence-before", tooltip="a page up"),
        Binding("tab,shift+tab", "cross", "Column", show=False, id="evidence-cross", tooltip="the other column"),
        Binding("right,l", "turn(1)", "After", show=False, id="evidence-after", tooltip="the next pattern"),
        Binding("left,h", "turn(-1)", "Before", show=False, id="evidence-back", tooltip="the pattern before"),
        Binding("enter", "open", "Open", show=False, id="evidence-open", tooltip="open what is chosen"),
        Binding("e", "edit", "Edit", show=False, id="evidence-edit", tooltip="every field of the chosen session"),
        Binding("v", "limit", "Threshold", show=False, id="evidence-limit", tooltip="change a threshold"),
        Binding("s", "set", "Set", show=False, id="evidence-set", tooltip="declare what the pattern waits for"),
        Binding("N", "not_now", "Not now", show=False, id="evidence-not-now", tooltip="silent for 28 days"),
        Binding("X", "expected", "Expected", show=False, id="evidence-expected", tooltip="expected, and why"),
        Binding("T", "take_back", "Take back", show=False, id="evidence-take-back", tooltip="take that back"),
        Binding("z", "undo", "Undo", show=False, id="evidence-undo", tooltip="take back the last change"),
        Binding("q", "leave", "Close", show=False, id="evidence-close", tooltip="close"),
    ]

    def __init__(self, base_app: BaseApp, load: Loader, name: str, session: int | None = None) -> None:
        super().__init__(base_app.workspace, load, name, session)
        self.base_app = base_app

    def action_open(self) -> None:
        """The day of a session, a threshold's field, or more sessions; with nothing chosen, close."""
        chosen = self.chosen()
        if chosen is None:
            self.answer()
        elif chosen[0] == SESSION:
            self.base_app.safely(lambda: self._day_of(int(chosen[1])))
        elif chosen[0] == LIMIT:
            pattern_actions.change_limit(self.base_app, chosen[1])
        elif chosen[0] == SETTING:
            pattern_actions.declare(self.base_app, chosen[1])
        else:
            self._most += 5 * evidence_sessions.PAGE
            self.reloaded()

    def _day_of(self, id: int) -> None:
        """The session in its day's log; its fields, where another dialog waits below."""
        if len(self.app.screen_stack) > 2:
            self.action_edit()
            return
        session = queries.session(self._workspace, id)
        self.answer()
        pattern_actions.show_session(self.base_app, session)

    def action_edit(self) -> None:
        """Every field of the chosen session, without leaving."""
        chosen = self.chosen()
        if chosen and chosen[0] == SESSION:
            self.base_app.safely(lambda: log_actions.edit_fields(self.base_app, int(chosen[1])))

    def action_limit(self) -> None:
        """The one threshold, or the one that is chosen of several."""
        chosen = self.chosen()
        if chosen and chosen[0] == LIMIT:
            pattern_actions.change_limit(self.base_app, chosen[1])
        else:
            pattern_actions.choose_limit(self.base_app, self.pattern)

    def action_set(self) -> None:
        """The chosen setting, or the first one the pattern waits for."""
        chosen = self.chosen()
        names = [chosen[1]] if chosen and chosen[0] == SETTING else self.missing()[:1]
        for name in names:
            pattern_actions.declare(self.base_app, name)

    def action_not_now(self) -> None:
        """Silent for 28 days."""
        self.base_app.safely(lambda: pattern_actions.not_now_of(self.base_app, self._about))

    def action_expected(self) -> None:
        """Expected, and why."""
        pattern_actions.expected_of(self.base_app, self._about)

    def action_take_back(self) -> None:
        """Neither silent nor expected any more."""
        self.base_app.safely(lambda: pattern_actions.take_back_of(self.base_app, self._about))

    def action_undo(self) -> None:
        """Take back the last change, whatever it was."""
        self.base_app.safely(partial(log_actions.undo, self.base_app))

    def on_sections_opened(self, message: Sections.Opened) -> None:
        """A second click."""
        message.stop()
        self.action_open()

    def on_keycaps_pressed(self, message: Keycaps.Pressed) -> None:
        """A key was clicked."""
        message.stop()
        CLICKED[message.key](self)


#: What a click on a key does.
CLICKED: dict[str, Callable[[EvidenceDialog], None]] = {
    "⏎": EvidenceDialog.action_open,
    "↑↓": lambda page: page.action_move(1),
    "e": EvidenceDialog.action_edit,
    "s": EvidenceDialog.action_set,
    "v": EvidenceDialog.action_limit,
    "N": EvidenceDialog.action_not_now,
    "X": EvidenceDialog.action_expected,
    "T": EvidenceDialog.action_take_back,
    "←→": lambda page: page.action_turn(1),
    "esc": EvidenceDialog.action_leave,
}


def open_evidence(app: BaseApp, name: str, load: Loader, session: int | None = None) -> None:
    """Open the evidence of a pattern, one of those that `load` reads; a session of it may be chosen."""
    app.hush()
    app.push_screen(EvidenceDialog(app, load, name, session))
