"""Declared breaks from the social channels: how long, how they go, and what a burst of checking suggests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tracker.calendar.durations import say_duration
from tracker.locale import _
from tracker.tui import ink, words
from tracker.tui.actions.asking import Asking
from tracker.tui.frame import ways_out
from tracker.tui.keys import BY_ID, TIMER, said
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog
from tracker.tui.screens.evidence import Patterns, cluster_words, title

if TYPE_CHECKING:
    from tracker.analytics.patterns.pattern import Cluster
    from tracker.reports.pauses import Abstinence

#: The lengths offered, in minutes, by their keys.
LENGTHS = {"3": 30, "1": 60, "2": 120}


class Pausing(Asking):
    """Its actions, by their names in keys.py."""

    def pause(self) -> None:
        """Ask how long; one under way can be called off."""
        current = self.desk.pause()
        choices = [self._pause_for(key, minutes) for key, minutes in LENGTHS.items()]
        choices.append(self._pause_until("e", _("until the evening"), "evening"))
        choices.append(self._pause_until("m", _("until tomorrow"), "tomorrow"))
        choices.append(Choice("t", _("until a time you type"), "", _("2h, until 18:00"), "t"))
        if current:
            left = _("{time} left").format(time=say_duration(current.until - self.desk.now()))
            choices.append(Choice("x", _("call it off"), "", left, "x"))
        self.choose(_("A pause from the social channels"), choices, self._pause_of, own="t")

    def _pause_for(self, key: str, minutes: int) -> Choice:
        now = self.desk.now()
        detail = _("until {clock}").format(clock=words.clock(now + minutes * 60, self.desk.zone))
        return Choice(key, say_duration(minutes * 60), "", detail, f"{minutes}m")

    def _pause_until(self, key: str, label: str, word: str) -> Choice:
        end, now = self._pause_end(word), self.desk.now()
        return Choice(key, label, "", f"{words.clock(end, self.desk.zone)}, {say_duration(end - now)}", word)

    def _pause_end(self, said: str) -> int:
        from tracker.calendar.pausing import parse_pause

        return parse_pause(said, self.desk.now(), self.desk.zone, self.desk.settings.day_starts_at)

    def _pause_of(self, answer: str) -> None:
        if answer == "x":
            self.desk.call_off()
            self.did(_("The pause is off"))
        elif answer == "t":
            self.ask(
                LineDialog(
                    _("A pause: how long, or until when?"),
                    self._read_pause,
                    example="45m",
                    hint=_("2h, 45m, until 18:00, tomorrow 9:00"),
                ),
                self._pause_begun,
            )
        else:
            self._pause_begun(self._pause_end(answer))

    def _read_pause(self, line: str) -> tuple[int, Content]:
        end = self._pause_end(line)
        return end, ink.text(
            _("until {when}, for {time}").format(
                when=words.later(end, self.desk.now(), self.desk.zone), time=say_duration(end - self.desk.now())
            )
        )

    def _pause_begun(self, end: int) -> None:
        self.desk.begin_pause(end)
        says = _("A pause until {when}").format(when=words.later(end, self.desk.now(), self.desk.zone))
        session = self.desk.running()
        if session and any(one.name == session.channel and one.kind == "social" for one in self.desk.channels()):
            says += " · " + _("{channel} still runs, space stops it").format(channel=self.title(session.channel))
        self.did(says)

    def pause_over(self, before: Abstinence) -> None:
        """A pause has come to its end."""
        self.did(_("The pause is over") if before.openings else _("The pause is over: kept ✓"))

    def live(self) -> bool:
        """Say calmly, once, that a burst of checking is going on, with ways out a key away; whether it was said now."""
        burst = self.desk.burst()
        if burst is None or not self.desk.tell(burst):
            return False
        rows = self.app.view.rows()
        if isinstance(rows, Patterns):
            rows.choose_pattern("check_cluster")  # what enter opens is what is said
        self.app.flagged(title("check_cluster"), *self._burst_words(burst))
        return True

    def _burst_words(self, burst: Cluster) -> tuple[str, str]:
        """What goes on, and the ways out."""
        titles = {channel.name: channel.title for channel in self.desk.channels()}
        says = cluster_words(burst, titles, words.clock(burst.start, burst.zone))
        changed = self.app.keymap_changed
        keys = said(BY_ID["open"], changed)
        keys = keys if self.app.view.id == TIMER else f"{said(BY_ID[TIMER], changed)} {keys}"
        return says, " · ".join([keys + " " + _("the evidence"), *ways_out(changed)])
