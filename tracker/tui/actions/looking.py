"""Checks: a glance, logged by two keys; what it was for by one more, if one likes to say."""

from __future__ import annotations

from tracker.locale import _
from tracker.model import TrackerError
from tracker.review import glances
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
        """Record a check now, and say the keys of what it can have been for; nothing waits for one."""
        session = self.desk.check(channel)
        line = _("{clock} checked {channel}").format(
            clock=words.clock(session.start, session.zone), channel=self.title(channel)
        )
        day = self.desk.day(self.desk.today())
        count = words.checks(day.checks, self.desk.settings.check_limit)
        keys = " · ".join(f"{self.key(name)} {_(what)}" for name, what in glances.LOOKED_FOR.items())
        says = f"{line} · {count}{self.inside_pause(session)}\n" + _("what for? {keys}").format(keys=keys)
        self.did(says + self._reminder(channel), 8)

    def _reminder(self, channel: str) -> str:
        """What one committed to for this week instead, as a line of its own; nothing where nothing touches it."""
        one = self.desk.reminder(channel)
        if one is None:
            return ""
        from tracker.review.commitment_words import say_commitment

        return f"\n◆ {say_commitment(one)}"

    def likes(self) -> None:
        """The last check was for likes."""
        self._was_for("likes")

    def followers(self) -> None:
        """The last check was for followers."""
        self._was_for("followers")

    def comments(self) -> None:
        """The last check was for comments."""
        self._was_for("comments")

    def messages(self) -> None:
        """The last check was for messages."""
        self._was_for("messages")

    def statistics(self) -> None:
        """The last check was for statistics."""
        self._was_for("statistics")

    def _was_for(self, name: str) -> None:
        with self.desk.together():
            last = self.desk.last_check()
            if last is None:
                raise TrackerError(_("no check in the last ten minutes; {key} logs one").format(key=self.key("check")))
            self.desk.change([last.id], note=name)
        self.did(_("{channel}: looked for {what}").format(channel=self.title(last.channel), what=glances.said(name)))
