"""What a person says of a day: its important task, a line of words, that it was zero, that it is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.calendar import days
from tracker.domain.errors import TrackerError
from tracker.domain.text import quoted
from tracker.locale import _
from tracker.services import close_questions, queries
from tracker.storage import notes

if TYPE_CHECKING:
    from tracker.domain.models import DayNote
    from tracker.services.close_questions import CloseQuestions
    from tracker.workspace import Workspace


def task(workspace: Workspace, date: str | None = None) -> DayNote:
    """A day's important task, with what else was said of that day; today's without a date."""
    return notes.get(workspace.database, date or workspace.today())


def left_over(workspace: Workspace) -> str | None:
    """Yesterday's task, if it was not done."""
    before = notes.get(workspace.database, days.next_date(workspace.today(), -1))
    return None if before.task_done else before.task


def set_task(workspace: Workspace, task: str | None, date: str | None = None) -> DayNote:
    """Name the important task of a day, by default of today; empty takes it away."""
    return notes.set_task(workspace.database, date or workspace.today(), task, now=workspace.now())


def do_task(workspace: Workspace, date: str, done: bool) -> DayNote:
    """Say that a day's important task is done, or is not after all."""
    return notes.do_task(workspace.database, date, done, now=workspace.now())


def write_note(workspace: Workspace, date: str, words: str | None) -> DayNote:
    """Set the user's own words for a day; nothing takes them away."""
    return notes.write(workspace.database, date, words, now=workspace.now())


def replace_note(workspace: Workspace, date: str, words: str, seen: str | None) -> None:
    """Set the user's own words for a day, in place of those that were `seen`. TrackerError for other ones."""
    with workspace.transaction():
        written = notes.get(workspace.database, date).note
        if written != seen and written != (words.strip() or None):
            raise TrackerError(
                _("another program changed this line meanwhile, to “{line}”; Enter replaces it").format(
                    line=quoted(written or "")
                )
            )
        write_note(workspace, date, words)


class HasSocialTime(TrackerError):
    """A day that is to be confirmed as zero has `seconds` of social time on record."""

    def __init__(self, seconds: int) -> None:
        super().__init__(_("that day has social time on record"))
        self.seconds = seconds


def confirm_zero(workspace: Workspace, date: str, zero: bool = True) -> DayNote:
    """Say that a day without records was really zero, or is not known after all. Raises HasSocialTime."""
    with workspace.transaction():
        if zero and (seconds := queries.day(workspace, date).seconds):
            raise HasSocialTime(seconds)
        return notes.confirm_zero(workspace.database, date, zero, now=workspace.now())


def unclosed(workspace: Workspace) -> list[str]:
    """The earlier days that are still open, the oldest first."""
    return close_questions.unclosed(workspace.database, workspace.today())


def evening(workspace: Workspace, date: str) -> CloseQuestions:
    """What there is to ask about a day, as it stands."""
    return close_questions.close_questions(workspace, date)


def is_evening(workspace: Workspace) -> bool:
    """Whether it is late enough to close the day."""
    return close_questions.is_evening(workspace.now(), workspace.zone, workspace.settings.day_starts_at)


def close(workspace: Workspace, date: str, closed: bool = True) -> DayNote:
    """Say that a day has been gone through, or is open again."""
    return notes.close(workspace.database, date, closed, now=workspace.now())
