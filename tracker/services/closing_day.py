"""What a person says of a day: its important task, a line of words, that it was zero, that it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar import days
from tracker.domain.models import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _
from tracker.services import close_questions, queries
from tracker.services.workspace import Workspace
from tracker.storage import notes

if TYPE_CHECKING:
    from tracker.domain.models import DayNote
    from tracker.services.close_questions import CloseQuestions


def task(workspace: Workspace, date: str | None = None) -> DayNote:
    """A day's important task, with what else was said of that day; today's without a date."""
    return notes.get(workspace.journal, date or workspace.today())


def left_over(workspace: Workspace) -> str | None:
    """Yesterday's task, if it was not done."""
    before = notes.get(workspace.journal, days.next_date(workspace.today(), -1))
    return None if before.task_done else before.task


def set_task(workspace: Workspace, task: str) -> None:
    """Name today's important task; empty takes it away."""
    notes.set_task(workspace.journal, workspace.today(), task, now=workspace.now())


def do_task(workspace: Workspace, date: str, done: bool) -> None:
    """Say that a day's important task is done, or is not after all."""
    notes.do_task(workspace.journal, date, done, now=workspace.now())


def write_note(workspace: Workspace, date: str, words: str, seen: str | None) -> None:
    """Set the user's own words for a day, in place of those that were `seen`. TrackerError for other ones."""
    with workspace.transaction():
        there = notes.get(workspace.journal, date).note
        if there != seen and there != (words.strip() or None):
            raise TrackerError(
                _("another program changed this line meanwhile, to “{line}”; Enter replaces it").format(
                    line=quoted(there or "")
                )
            )
        notes.write(workspace.journal, date, words, now=workspace.now())


def confirm_zero(workspace: Workspace, date: str) -> None:
    """Say that a day without records was really zero."""
    with workspace.transaction():
        if queries.day(workspace, date).seconds:
            raise TrackerError(_("that day has social time on record"))
        notes.confirm_zero(workspace.journal, date, True, now=workspace.now())


def unclosed(workspace: Workspace) -> list[str]:
    """The earlier days that are still open, the oldest first."""
    return close_questions.unclosed(workspace.journal, workspace.today())


def evening(workspace: Workspace, date: str) -> CloseQuestions:
    """What there is to ask about a day, as it stands."""
    return close_questions.close_questions(
        workspace.journal, workspace.settings, date, zone=workspace.zone, now=workspace.now()
    )


def is_evening(workspace: Workspace) -> bool:
    """Whether it is late enough to close the day."""
    return close_questions.is_evening(workspace.now(), workspace.zone, workspace.settings.day_starts_at)


def set_task_of(workspace: Workspace, date: str, task: str) -> None:
    """Name the important task of any day; empty takes it away."""
    notes.set_task(workspace.journal, date, task, now=workspace.now())


def close(workspace: Workspace, date: str) -> DayNote:
    """Say that a day has been gone through."""
    return notes.close(workspace.journal, date, True, now=workspace.now())
