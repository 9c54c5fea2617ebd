"""What runs: starting, stopping, dropping."""

from __future__ import annotations

from typing import Any

from tracker.calendar.durations import say_duration
from tracker.locale import _
from tracker.tui import reading
from tracker.tui.actions.asking import Asking
from tracker.tui.dialogs.line import LineDialog
from tracker.tui.screens.start_list import usual_words


class Timing(Asking):
    """Its actions, by their names in keys.py."""

    def toggle(self) -> None:
        """Stop what runs, or resume what ran last."""
        if not self.desk.running():
            session = self.desk.resume()
            resumed = _("Resumed {channel}").format(channel=self.title(session.channel))
            self.did(resumed + self.inside_pause(session))
            return
        session = self.desk.stop()
        spent = (session.end or session.start) - session.start
        says = _("Stopped {channel} after {time}").format(channel=self.title(session.channel), time=say_duration(spent))
        over = spent - session.planned_seconds if session.planned_seconds else 0
        self.did(f"{says} · " + _("{time} over plan").format(time=say_duration(over)) if over > 60 else says)

    def cancel(self) -> None:
        """Drop what runs."""
        session = self.desk.cancel()
        self.did(_("Dropped {channel} · z brings it back").format(channel=self.title(session.channel)))

    def start(self) -> None:
        """Ask for the channel."""
        self.choose(_("Start"), self.channel_choices(self.desk.offered()), self.start_on, self.letters())

    def start_on(self, channel: str) -> None:
        """Ask what for; enter alone takes what was done there last."""
        usual = self.desk.usual(channel)
        last = usual_words(usual)
        self.ask(
            LineDialog(
                _("Start {channel}: what for?").format(channel=self.title(channel)),
                lambda line: reading.read_start(line, channel, usual, self.desk),
                placeholder=last or _("create 25m carousel"),
                complete=lambda line: reading.complete_start(line, self.desk),
                hint=_("activity, time planned, intention: create 25m carousel · ⏎ alone: as last time"),
            ),
            lambda found: self._started(channel, found),
        )

    def _started(self, channel: str, found: dict[str, Any]) -> None:
        before = self.desk.running()
        session = self.desk.start(channel, **found)
        plan = f" · {say_duration(session.planned_seconds)}" if session.planned_seconds else ""
        begun = _("Started {channel}").format(channel=self.title(channel)) + plan
        if before:
            begun += " · " + _("stopped {channel}").format(channel=self.title(before.channel))
        self.did(begun + self.inside_pause(session))
