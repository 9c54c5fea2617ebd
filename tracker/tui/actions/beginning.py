"""Beginning a session: which channel, then what for and how long; or not now."""

from __future__ import annotations

from typing import Any

from tracker.calendar.durations import say_duration
from tracker.locale import _
from tracker.services import overlap_questions, queries, timekeeping
from tracker.tui.actions.overlapping import Overlapping
from tracker.tui.actions.resisting import Resisting


class Beginning(Resisting, Overlapping):
    """Its actions, by their names in keys.py."""

    def start(self) -> None:
        """Ask for the channel."""
        self.choose(_("Start"), self.channel_choices(queries.offered(self.workspace)), self.start_on, self.letters())

    def start_on(self, channel: str) -> None:
        """Ask what for and how long; Not now is an urge resisted."""
        from tracker.tui.modals.begin import BeginDialog

        self.ask(BeginDialog(self.workspace, channel), lambda found: self._answered(channel, found))

    def _answered(self, channel: str, found: dict[str, Any] | str) -> None:
        from tracker.tui.modals.offers import NOT_NOW

        if isinstance(found, dict):
            self.begun(channel, found)
        elif found == NOT_NOW:
            self.resisted(channel)
        else:
            self.start()

    def begun(self, channel: str, found: dict[str, Any]) -> None:
        """Start, and say what was stopped by it."""
        with self.workspace.transaction():
            before = queries.running(self.workspace)
            session, done = overlap_questions.ending_running(
                self.workspace, lambda: timekeeping.start(self.workspace, channel, **found)
            )
        plan = f" · {say_duration(session.planned_seconds)}" if session.planned_seconds else ""
        says = _("Started {channel}").format(channel=self.title(channel)) + plan
        if before:
            says += " · " + _("stopped {channel}").format(channel=self.title(before.channel))
            says = " · ".join((says, *(self.besides(done) if done else ())))
            says += self.clock_set_back(before)
        self.did(says + self.bridge(session) + self.inside_pause(session))
