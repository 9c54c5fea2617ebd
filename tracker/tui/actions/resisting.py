"""Urges resisted: on record at once; what set one off is offered behind, by one more key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.locale import N_, _
from tracker.reports.triggers import TRIGGERS, putting_off, read, said
from tracker.services import closing_day, urges
from tracker.tui import reading, words
from tracker.tui.actions.asking import Asking
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog

if TYPE_CHECKING:
    from tracker.domain.models import Urge

OTHER = "other"

#: The key of each trigger: the same in every language, as keys are.
KEYS = (
    ("b", "bored", ""),
    ("a", "anxious", ""),
    ("n", "notification", ""),
    ("h", "habit", ""),
    ("p", "procrastinating", N_("it becomes today's task")),
)


class Resisting(Asking):
    """Its actions, by their names in keys.py."""

    def urge(self) -> None:
        """Ask for the channel that was not opened."""
        title = _("An urge resisted: which?") + self.on_that_day()
        self.choose(title, self.channel_choices(self.looked_at()), self._urge_on, self.letters())

    def _urge_on(self, channel: str) -> None:
        self.at_what_time(self.title(channel), lambda at: self.resisted(channel, at))

    def resisted(self, channel: str, at: int | None = None) -> None:
        """Record it, now or at an earlier instant, then offer to say what set it off."""
        urge = urges.record_urge(self.workspace, channel, at)
        self.did(_("Resisted {channel} ✓").format(channel=self.title(channel)) + self.on_past_day(urge.at))
        choices = [Choice(key, _(TRIGGERS[name]), "", _(detail) if detail else "", name) for key, name, detail in KEYS]
        choices.append(Choice("o", _("other"), "", _("in your own words"), OTHER))
        self.choose(
            _("{channel} resisted ✓ What set it off?").format(channel=self.title(channel)),
            choices,
            lambda trigger: self._because(urge, trigger),
            passing=True,
        )

    def _because(self, urge: Urge, trigger: str) -> None:
        if trigger == OTHER:
            self.ask(
                LineDialog(_("What set it off?"), lambda line: (read(line) or "", reading.as_typed(line, "trigger"))),
                lambda words: self._explained(urge, words),
            )
        elif trigger == "procrastinating":
            self._ask_put_off(urge)
        else:
            self._explained(urge, trigger)

    def _explained(self, urge: Urge, trigger: str) -> None:
        if trigger:
            urges.explain_urge(self.workspace, urge.id, trigger)
            says = _("{channel} resisted: {trigger}").format(channel=self.title(urge.channel), trigger=said(trigger))
            self.did(says + self.on_past_day(urge.at))

    def _ask_put_off(self, urge: Urge) -> None:
        """What was put off, with that day's task as the likeliest; an empty line names nothing, escape says nothing."""
        date, today = self.workspace.day_of(urge.at), self.workspace.today()
        hint = _("it becomes today's important task: {key} starts a session on it").format(key=self.key("task"))
        if date != today:
            hint = _("it becomes the important task of {date}").format(date=words.near_date(date, today))
        self.ask(
            LineDialog(
                _("What are you putting off?"),
                lambda line: (line.strip(), reading.as_typed(line, "task")),
                value=closing_day.task(self.workspace, date).task or "",
                hint=hint,
            ),
            lambda task: self._put_off(urge, task),
        )

    def _put_off(self, urge: Urge, task: str) -> None:
        if not task:
            self._explained(urge, "procrastinating")
        else:
            urges.put_off(self.workspace, urge.id, putting_off(task), task)
            if self.on_past_day(urge.at):
                self.did(_("Task: {task}").format(task=task) + self.on_past_day(urge.at))
            else:
                self.did(_("Today: {task} · {key} starts on it").format(task=task, key=self.key("task")))
