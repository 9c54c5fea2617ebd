"""What `tracker day` can write: the line of a day, its important task, that it was really zero, that it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.cli.grammar import Option, UsageError
from tracker.domain.models import TrackerError
from tracker.domain.text import one_line
from tracker.formatting.durations import format_duration
from tracker.locale import N_, _
from tracker.storage import notes

if TYPE_CHECKING:
    from tracker.cli.context import Context
    from tracker.cli.grammar import Given

OPTIONS = (
    Option(("--note",), "TEXT", N_("write the line of the day; empty takes it away")),
    Option(("--task",), "TEXT", N_("name the important task of the day, tomorrow's too; empty takes it away")),
    Option(("--done",), None, N_("the important task is done")),
    Option(("--not-done",), None, N_("take that back")),
    Option(("--zero",), None, N_("confirm that a day without records had no social time")),
    Option(("--unknown",), None, N_("take that back: it is not known")),
    Option(("--close",), None, N_("say that the day is complete, as the evening close does")),
    Option(("--open",), None, N_("take that back: there is more to come")),
)

#: Flags that contradict each other.
_EITHER = (("zero", "unknown"), ("done", "not-done"), ("close", "open"))


def may_be_ahead(given: Given) -> bool:
    """Whether the day may be one still to come: its task can be named, and nothing else is known of it."""
    return (
        "task" in given.values and "note" not in given.values and not given.flags & {"zero", "unknown", "done", "close"}
    )


def write(context: Context, given: Given, date: str) -> list[str]:
    """Write what was given for the day, all or nothing; returns what is now true, if anything was given."""
    for one, other in _EITHER:
        if {one, other} <= given.flags:
            raise UsageError(_("--{one} and --{other} contradict each other").format(one=one, other=other))
    if not given.values.keys() & {"note", "task"} and not given.flags & {flag for pair in _EITHER for flag in pair}:
        return []
    with context.journal.transaction():
        parts = (_note, _task, _zero, _close)
        return [line for part in parts for line in part(context, given, date)]


def _note(context: Context, given: Given, date: str) -> list[str]:
    if "note" not in given.values:
        return []
    note = notes.write(context.journal, date, one_line(given.values["note"]), now=context.now).note
    return [_("{date}: “{note}”").format(date=date, note=note) if note else _("{date} has no line").format(date=date)]


def _task(context: Context, given: Given, date: str) -> list[str]:
    if "task" in given.values:
        notes.set_task(context.journal, date, one_line(given.values["task"]), now=context.now)
    elif not given.flags & {"done", "not-done"}:
        return []
    found = notes.get(context.journal, date)
    if given.flags & {"done", "not-done"}:
        if not found.task:
            raise TrackerError(_("{date} has no important task; --task names one").format(date=date))
        found = notes.do_task(context.journal, date, "done" in given.flags, now=context.now)
    return [_("{date}: {what}").format(date=date, what=say_task(found.task, found.task_done))]


def say_task(task: str | None, done: bool) -> str:
    """`important task: proposal for Nadia (done)`."""
    if not task:
        return _("no important task")
    said = _("important task: {task}").format(task=task)
    return _("{what} (done)").format(what=said) if done else said


def _zero(context: Context, given: Given, date: str) -> list[str]:
    if not given.flags & {"zero", "unknown"}:
        return []
    if "zero" in given.flags:
        _refuse_social_time(context, date)
    notes.confirm_zero(context.journal, date, "zero" in given.flags, now=context.now)
    line = _("{date} is confirmed as zero") if "zero" in given.flags else _("{date} is not known")
    return [line.format(date=date)]


def _refuse_social_time(context: Context, date: str) -> None:
    """A day with social time is no zero, whatever is said of it. Raises TrackerError."""
    from tracker.reports.day import day

    seconds = day(context.journal, context.settings, date, zone=context.zone, now=context.now).seconds
    if seconds:
        raise TrackerError(
            _("{date} is no zero: {seconds} of social time is on record").format(
                date=date, seconds=format_duration(seconds)
            )
        )


def _close(context: Context, given: Given, date: str) -> list[str]:
    if not given.flags & {"close", "open"}:
        return []
    notes.close(context.journal, date, "close" in given.flags, now=context.now)
    line = _("{date} is closed") if "close" in given.flags else _("{date} is open")
    return [line.format(date=date)]
