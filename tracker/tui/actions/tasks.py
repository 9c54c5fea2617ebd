"""The one important thing of a day: naming it, starting on it, and having done it."""

from __future__ import annotations

from tracker.domain.models import TrackerError
from tracker.formatting.times import format_near_date
from tracker.locale import _
from tracker.tui import reading
from tracker.tui.actions.beginning import Beginning
from tracker.tui.modals.line import LineDialog


class Tasks(Beginning):
    """Its actions, by their names in keys.py."""

    def task(self) -> None:
        """Start on today's task; name it where there is none to do, or where it is what runs."""
        task = self.desk.task()
        running = self.desk.running()
        if not task.task or task.task_done:
            self._name("" if task.task else self.desk.left_over() or "")
        elif running and running.intention == task.task:
            self._name(task.task)
        else:
            channel = self.desk.focus()
            found = {"activity": None, "planned": self.desk.usual(channel).planned_seconds, "intention": task.task}
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
        if task == (self.desk.task().task or "") and not self.desk.task().task_done:
            return
        self.desk.set_task(task)
        says = _("Today: {task} · {key} starts on it") if task else _("No important task today")
        self.did(says.format(task=task, key=self.key("task")))

    def task_done(self) -> None:
        """Say that the task of the day shown is done, or is not after all."""
        date = self.date()
        with self.desk.together():
            task = self.desk.task(date)
            if not task.task:
                says = _("{date} has no important task; {key} names one")
                raise TrackerError(says.format(date=format_near_date(date, self.desk.today()), key=self.key("task")))
            self.desk.do_task(date, not task.task_done)
        says = _("Still to do: {task}") if task.task_done else _("Done: {task} ✓")
        on = "" if date == self.desk.today() else " · " + format_near_date(date, self.desk.today())
        self.did(says.format(task=task.task) + on)
