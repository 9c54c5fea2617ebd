"""Urges resisted: on record at once, and what set one off by one more key, if one likes to say."""

from __future__ import annotations

from tracker.locale import N_, _
from tracker.review.triggers import TRIGGERS, putting_off, read
from tracker.tui import reading
from tracker.tui.actions.asking import Asking
from tracker.tui.dialogs.chooser import Choice
from tracker.tui.dialogs.line import LineDialog

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tracker.model import Urge

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
        self.choose(
            _("An urge resisted: which?"), self.channel_choices(self.looked_at()), self.resisted, self.letters()
        )

    def resisted(self, channel: str) -> None:
        """Record it, then ask what set it off; any other key goes on to what it does."""
        urge = self.desk.urge(channel)
        self.did(_("Resisted {channel} ✓").format(channel=self.title(channel)))
        choices = [Choice("⏎", _("nothing in particular"), "", "", "")]
        choices += [Choice(key, _(TRIGGERS[name]), "", _(detail) if detail else "", name) for key, name, detail in KEYS]
        choices.append(Choice("o", _("other"), "", _("in your own words"), OTHER))
        self.choose(
            _("{channel} resisted ✓ What set it off?").format(channel=self.title(channel)),
            choices,
            lambda trigger: self._because(urge, trigger),
            passing=True,
            own=OTHER,
            asks=("procrastinating",),
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
            self.desk.explain(urge.id, trigger)
            self.app.reload()

    def _ask_put_off(self, urge: Urge) -> None:
        """What is put off, with today's task as the likeliest; an empty line names nothing."""
        self._explained(urge, "procrastinating")
        self.ask(
            LineDialog(
                _("What are you putting off?"),
                lambda line: (line.strip(), reading.as_typed(line, "task")),
                value=self.desk.task().task or "",
                hint=_("it becomes today's important task: {key} starts a session on it").format(key=self.key("task")),
            ),
            lambda task: self._put_off(urge, task),
        )

    def _put_off(self, urge: Urge, task: str) -> None:
        if task:
            self.desk.put_off(urge.id, putting_off(task), task)
            self.did(_("Today: {task} · {key} starts on it").format(task=task, key=self.key("task")))
