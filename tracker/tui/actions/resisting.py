"""Urges resisted: on record at once; what set one off is offered behind, by one more key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.formatting.times import format_near_date
from tracker.locale import N_, _
from tracker.reports.presets import TRIGGERS, procrastination_trigger, read_trigger, say_trigger
from tracker.services import closing_day, urges
from tracker.tui import reading
from tracker.tui.actions import prompts
from tracker.tui.base_app import BaseApp
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


def urge(app: BaseApp) -> None:
    """Ask for the channel that was not opened."""
    title = _("An urge resisted: which?") + prompts.on_that_day(app)
    prompts.choose(
        app, title, prompts.channel_choices(app, prompts.looked_at(app)), partial(_urge_on, app), prompts.letters(app)
    )


def _urge_on(app: BaseApp, channel: str) -> None:
    prompts.at_what_time(app, prompts.title(app, channel), lambda at: resisted(app, channel, at))


def resisted(app: BaseApp, channel: str, at: int | None = None) -> None:
    """Record it, now or at an earlier instant, then offer to say what set it off."""
    urge = urges.record_urge(app.workspace, channel, at)
    app.announce(
        _("Resisted {channel} ✓").format(channel=prompts.title(app, channel)) + prompts.on_past_day(app, urge.at)
    )
    choices = [Choice(key, _(TRIGGERS[name]), "", _(detail) if detail else "", name) for key, name, detail in KEYS]
    choices.append(Choice("o", _("other"), "", _("in your own words"), OTHER))
    prompts.choose(
        app,
        _("{channel} resisted ✓ What set it off?").format(channel=prompts.title(app, channel)),
        choices,
        lambda trigger: _because(app, urge, trigger),
        passing=True,
    )


def _because(app: BaseApp, urge: Urge, trigger: str) -> None:
    if trigger == OTHER:
        app.ask(
            LineDialog(
                _("What set it off?"), lambda line: (read_trigger(line) or "", reading.as_typed(line, "trigger"))
            ),
            lambda words: _explained(app, urge, words),
        )
    elif trigger == "procrastinating":
        _ask_put_off(app, urge)
    else:
        _explained(app, urge, trigger)


def _explained(app: BaseApp, urge: Urge, trigger: str) -> None:
    if trigger:
        urges.explain_urge(app.workspace, urge.id, trigger)
        says = _("{channel} resisted: {trigger}").format(
            channel=prompts.title(app, urge.channel), trigger=say_trigger(trigger)
        )
        app.announce(says + prompts.on_past_day(app, urge.at))


def _ask_put_off(app: BaseApp, urge: Urge) -> None:
    """What was put off, with that day's task as the likeliest; an empty line names nothing, escape says nothing."""
    date, today = app.workspace.day_of(urge.at), app.workspace.today()
    hint = _("it becomes today's important task: {key} starts a session on it").format(key=app.key_of("task"))
    if date != today:
        hint = _("it becomes the important task of {date}").format(date=format_near_date(date, today))
    app.ask(
        LineDialog(
            _("What are you putting off?"),
            lambda line: (line.strip(), reading.as_typed(line, "task")),
            value=closing_day.task(app.workspace, date).task or "",
            hint=hint,
        ),
        lambda task: _put_off(app, urge, task),
    )


def _put_off(app: BaseApp, urge: Urge, task: str) -> None:
    if not task:
        _explained(app, urge, "procrastinating")
    else:
        urges.put_off(app.workspace, urge.id, procrastination_trigger(task), task)
        if prompts.on_past_day(app, urge.at):
            app.announce(_("Task: {task}").format(task=task) + prompts.on_past_day(app, urge.at))
        else:
            app.announce(_("Today: {task} · {key} starts on it").format(task=task, key=app.key_of("task")))
