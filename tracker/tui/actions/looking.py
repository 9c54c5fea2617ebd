"""Checks: a glance, logged by two keys; what it was for by one more, if one likes to say."""

from __future__ import annotations

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.reports import glances
from tracker.services import queries, reviewing, session_editing, timekeeping
from tracker.tui import signs, words
from tracker.tui.actions.asking import LOOKED_AT, Asking
from tracker.tui.keys import BY_ID

#: How long, in seconds, it is said what was checked, with what is offered.
STAYS = 8


class Looking(Asking):
    """Its actions, by their names in keys.py."""

    def check(self) -> None:
        """Ask for the channel; c is the last one again."""
        last = queries.last_opened(self.workspace)
        title = _("Check: c is {channel} again").format(channel=self.title(last)) if last else _("Check")
        title += self.on_that_day()
        again = {"c": last} if last else {}
        self.choose(title, self.channel_choices(self.looked_at()), self.check_on, {**self.letters(), **again})

    def check_on(self, channel: str) -> None:
        """Record a check, and offer the keys of what it can have been for; nothing waits for one."""
        kind = queries.channel(self.workspace, channel).kind
        if kind not in LOOKED_AT:
            says = _("{channel} is not checked; {key} notes a talk")
            if kind != "in_person":
                says = _("{channel} is not checked; {key} starts a session")
            key = self.key("contact" if kind == "in_person" else "start")
            raise TrackerError(says.format(channel=self.title(channel), key=key))
        self.at_what_time(self.title(channel), lambda at: self._checked(channel, at))

    def _checked(self, channel: str, at: int) -> None:
        session = timekeeping.record_check(self.workspace, channel, at)
        line = _("{clock} checked {channel}").format(
            clock=words.clock(session.start, session.zone), channel=self.title(channel)
        )
        line += self.on_past_day(session.start)
        day = queries.day(self.workspace, self.workspace.day_of(session.start))
        count = words.checks(day.checks, self.workspace.settings.check_limit)
        keys = " · ".join(f"{self.key(name)} {_(what)}" for name, what in glances.LOOKED_FOR.items())
        says = f"{line} · {count}{self.inside_pause(session)}\n" + _("what for? {keys}").format(keys=keys)
        self.did(says + self._reminder(channel), STAYS)
        self.app.offer(session.id, self._keys(), STAYS)

    def _keys(self) -> list[str]:
        """The keys that say what a check was for, by Textual's names."""
        changed = self.app.keymap_changed
        return [key for name in glances.LOOKED_FOR for key in changed.get(name, BY_ID[name].key).split(",")]

    def _reminder(self, channel: str) -> str:
        """What one committed to for this week instead, as a line of its own; nothing where nothing touches it."""
        one = reviewing.due_reminder(self.workspace, channel)
        if one is None:
            return ""
        from tracker.reports.commitment_words import say_commitment

        return f"\n{signs.COMMITMENT} {say_commitment(one)}"

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
        """Say it of the check whose notice offers it; without one, of the last check."""
        offered = self.app.offered
        with self.workspace.transaction():
            last = (
                timekeeping.last_check(self.workspace) if offered is None else queries.session(self.workspace, offered)
            )
            if last is None or last.source != "check":
                raise TrackerError(_("no check in the last ten minutes; {key} logs one").format(key=self.key("check")))
            if last.note and last.note not in glances.LOOKED_FOR:
                raise TrackerError(_("this check has a note in your own words: “{note}”").format(note=last.note))
            session_editing.change(self.workspace, [last.id], note=name)
        says = _("{channel} {clock}: looked for {what}").format(
            channel=self.title(last.channel), clock=words.clock(last.start, last.zone), what=glances.said(name)
        )
        self.did(says + self.on_past_day(last.start))
