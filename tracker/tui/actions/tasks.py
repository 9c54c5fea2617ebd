"""The one important thing of a day: naming it, starting on it, and having done it."""

from __future__ import annotations

from tracker.domain.models import TrackerError
from tracker.locale import _
from tracker.services import closing_day, queries, timekeeping
from tracker.tui import reading, words
from tracker.tui.actions.beginning import Beginning
from tracker.tui.modals.line import LineDialog


class Tasks(Beginning):
    """Its actions, by their names in keys.py."""

    def task(self) -> None:
        """Start on today's task; name it where there is none to do, or where it is what runs."""
        task = closing_day.task(self.workspace)
        running = queries.running(self.workspace)
        if not task.task or task.task_done:
            self._name("" if task.task else closing_day.left_over(self.workspace) or "")
        elif running and running.intention == task.task:
            self._name(task.task)
        else:
            channel = timekeeping.focus(self.workspace)
            found = {
                "activity": None,
                "planned": queries.last_use(self.workspace, channel).planned_seconds,
                "intention": task.task,
            }
            self.begun(channel, found)

    def _name(self, value: str) -> None:
        self.ask(
            LineDialog(
                _("The one important thing today"),
                lambda line: (line.strip(), reading.as_typed(line, "task")),
                value=value,
                example=_("proposal for Nadia"),
                hint=_("{key} again starts a session on it, {done} says it is done").format(
                    key=self.key("task"), done=self.key("task_done")
                ),
            ),
            self._named,
        )

    def _named(self, task: str) -> None:
        if task == (closing_day.task(self.workspace).task or "") and not closing_day.task(self.workspace).task_done:
            return
        closing_day.set_task(self.workspace, task)
        says = _("Today: {task} · {key} starts on it") if task else _("No important task today")
        self.did(says.format(task=task, key=self.key("task")))

    def task_done(self) -> None:
        """Say that the task of the day shown is done, or is not after all."""
        date = self.date()
        with self.workspace.transaction():
            task = closing_day.task(self.workspace, date)
            if not task.task:
                says = _("{date} has no important task; {key} names one")
                raise TrackerError(
                    says.format(date=words.near_date(date, self.workspace.today()), key=self.key("task"))
                )
            closing_day.do_task(self.workspace, date, not task.task_done)
        says = _("Still to do: {task}") if task.task_done else _("Done: {task} ✓")
        on = "" if date == self.workspace.today() else " · " + words.near_date(date, self.workspace.today())
        self.did(says.format(task=task.task) + on)
