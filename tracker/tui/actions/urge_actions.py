"""Urges resisted: recorded at once; what set one off is offered afterwards, by one more key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.formatting.times import format_near_date
from tracker.locale import N_, _
from tracker.reports import presets
from tracker.services import closing_day, urges
from tracker.tui import session_input
from tracker.tui.actions import prompts
from tracker.tui.base_app import BaseApp
from tracker.tui.modals.chooser import Choice
from tracker.tui.modals.line import LineDialog

if TYPE_CHECKING:
    from collections.abc import Callable

#: The key of each trigger, the same in every language, with what stands beside it.
TRIGGER_KEYS = (
    ("b", "bored", ""),
    ("a", "anxious", ""),
    ("n", "notification", ""),
    ("h", "habit", ""),
    ("p", "procrastinating", N_("it becomes today's task")),
)


def urge(app: BaseApp) -> None:
    """Ask for the channel that was not opened."""

    def answered(channel: str) -> None:
        prompts.at_what_time(app, app.title_of(channel), partial(resisted, app, channel))

    title = _("An urge resisted: which?") + prompts.on_that_day(app)
    prompts.choose_channel(app, title, prompts.looked_at(app), answered)


def resisted(app: BaseApp, channel: str, at: int | None = None) -> None:
    """Record an urge, now or at an earlier instant, then offer to say what set it off."""
    urge, title = urges.record_urge(app.workspace, channel, at), app.title_of(channel)
    on = prompts.on_past_day(app, urge.at)
    app.announce(_("Resisted {channel} ✓").format(channel=title), on)

    def explain(trigger: str) -> None:
        if trigger:
            urges.explain_urge(app.workspace, urge.id, trigger)
            says = _("{channel} resisted: {trigger}")
            app.announce(says.format(channel=title, trigger=presets.say_trigger(trigger)), on)

    def put_off(task: str) -> None:
        if not task:
            explain("procrastinating")
            return
        urges.put_off(app.workspace, urge.id, presets.procrastination_trigger(task), task)
        if on:
            app.announce(_("Task: {task}").format(task=task), on)
        else:
            app.announce(_("Today: {task} · {key} starts on it").format(task=task, key=app.key_of("task")))

    def answered(trigger: str) -> None:
        if trigger == "other":
            line = LineDialog(
                _("What set it off?"),
                lambda line: (presets.read_trigger(line) or "", session_input.as_typed(line, "trigger")),
            )
            app.ask(line, explain)
        elif trigger == "procrastinating":
            _ask_put_off(app, app.workspace.day_of(urge.at), put_off)
        else:
            explain(trigger)

    choices = [
        Choice(key, _(presets.TRIGGERS[name]), "", _(detail) if detail else "", name)
        for key, name, detail in TRIGGER_KEYS
    ]
    choices.append(Choice("o", _("other"), "", _("in your own words"), "other"))
    question = _("{channel} resisted ✓ What set it off?").format(channel=title)
    prompts.choose(app, question, choices, answered, passing=True)


def _ask_put_off(app: BaseApp, date: str, then: Callable[[str], None]) -> None:
    """What was put off on a day: that day's task is offered; an empty line names nothing, escape says nothing."""
    today = app.workspace.today()
    hint = _("it becomes today's important task: {key} starts a session on it").format(key=app.key_of("task"))
    if date != today:
        hint = _("it becomes the important task of {date}").format(date=format_near_date(date, today))
    line = LineDialog(
        _("What are you putting off?"),
        lambda line: (line.strip(), session_input.as_typed(line, "task")),
        value=closing_day.task(app.workspace, date).task or "",
        hint=hint,
    )
    app.ask(line, then)
