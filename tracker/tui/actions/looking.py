"""Checks: a glance, logged by two keys."""

from __future__ import annotations

from tracker.locale import _
from tracker.tui import words
from tracker.tui.actions.asking import Asking


class Looking(Asking):
    """Its actions, by their names in keys.py."""

    def check(self) -> None:
        """Ask for the channel; c is the last one again."""
        last = self.desk.last_opened()
        title = _("Check: c is {channel} again").format(channel=self.title(last)) if last else _("Check")
        again = {"c": last} if last else {}
        self.choose(title, self.channel_choices(self.looked_at()), self.check_on, {**self.letters(), **again})

    def check_on(self, channel: str) -> None:
        """Record a check now."""
        session = self.desk.check(channel)
        self.did(
            _("{clock} checked {channel}").format(
                clock=words.clock(session.start, session.zone), channel=self.title(channel)
            )
            + self.inside_pause(session)
        )
