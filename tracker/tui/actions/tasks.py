"""The one important thing of a day: naming it, starting on it, and having done it."""

from __future__ import annotations

from functools import partial

from tracker.domain.models import TrackerError
from tracker.formatting.times import format_near_date
from tracker.locale import _
from tracker.services import closing_day, queries, start_choices
from tracker.tui import reading
from tracker.tui.actions import starting
from tracker.tui.base_app import BaseApp
from tracker.tui.modals.line import LineDialog


def task(app: BaseApp) -> None:
    """Start on today's task; name it where there is none to do, or where it is what runs."""
    task = closing_day.task(app.workspace)
    running = queries.running(app.workspace)
    if not task.task or task.task_done:
        _name(app, "" if task.task else closing_day.left_over(app.workspace) or "")
    elif running and running.intention == task.task:
        _name(app, task.task)
    else:
        channel = start_choices.focus(app.workspace)
        found = {
            "activity": None,
            "planned_seconds": queries.last_use(app.workspace, channel).planned_seconds,
            "intention": task.task,
        }
        starting.begun(app, channel, found)


def _name(app: BaseApp, value: str) -> None:
    app.ask(
        LineDialog(
            _("The one important thing today"),
            lambda line: (line.strip(), reading.as_typed(line, "task")),
            value=value,
            example=_("proposal for Nadia"),
            hint=_("{key} again starts a session on it, {done} says it is done").format(
                key=app.key_of("task"), done=app.key_of("task_done")
            ),
        ),
        partial(_named, app),
    )


def _named(app: BaseApp, task: str) -> None:
    if task == (closing_day.task(app.workspace).task or "") and not closing_day.task(app.workspace).task_done:
        return
    closing_day.set_task(app.workspace, task)
    says = _("Today: {task} · {key} starts on it") if task else _("No important task today")
    app.announce(says.format(task=task, key=app.key_of("task")))


def task_done(app: BaseApp) -> None:
    """Say that the task of the day shown is done, or is not after all."""
    date = app.shown_date()
    with app.workspace.transaction():
        task = closing_day.task(app.workspace, date)
        if not task.task:
            says = _("{date} has no important task; {key} names one")
            raise TrackerError(says.format(date=format_near_date(date, app.workspace.today()), key=app.key_of("task")))
        closing_day.do_task(app.workspace, date, not task.task_done)
    says = _("Still to do: {task}") if task.task_done else _("Done: {task} ✓")
    on = "" if date == app.workspace.today() else " · " + format_near_date(date, app.workspace.today())
    app.announce(says.format(task=task.task) + on)
