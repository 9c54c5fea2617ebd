"""What a person says of a day: its important task, a line of words, that it was zero, that it is closed.

A day is closed when the user has gone through it. After the first day that was ever closed, each day of the last week
that is not closed is offered again, the oldest first. A day without any record is offered too, because there the
difference between zero and unknown matters most. Days that are more than a week old are not offered: nobody remembers
them.
"""

from __future__ import annotations

from collections.abc import Iterable

from tracker.calendar.days import WallClock, dates, day_of, next_date
from tracker.domain.errors import TrackerError
from tracker.domain.models import HOUR, DayNote, Habit, Session
from tracker.domain.record import Record
from tracker.domain.text import refusal
from tracker.locale import _
from tracker.reports.day import Day, Part
from tracker.reports.day import day as load_day
from tracker.services import queries
from tracker.services.timekeeping import PossibleEnd, is_forgotten, possible_end
from tracker.storage import day_records, session_table
from tracker.workspace import Workspace

#: For how many days an open day is offered.
DAYS_OFFERED = 7

#: The shortest gap that is shown, in seconds, and how many are shown at most: the longest.
LEAST_GAP, MOST_GAPS = 45 * 60, 5

#: From this time of day on, in seconds after midnight, the screens say that the day can be closed.
CLOSING_TIME = 18 * HOUR


class Gap(Record):
    """Time between two records of a day in which nothing was logged; UTC seconds."""

    start: int
    end: int


class CloseQuestions(Record):
    """The questions that the close of one day asks, with the day as it stands."""

    day: Day
    gaps: tuple[Gap, ...]
    #: The session that runs since that day or before; and when it may have ended, if it may have been forgotten.
    running: Session | None
    doubt: PossibleEnd | None
    #: Whether there is no social time on record, and nobody confirmed that there was none.
    asks_zero: bool
    #: Habits ticked by hand, due that day and not answered.
    habits: tuple[Habit, ...]
    #: The day after, if it is not over yet, and what it is for so far: its own task, else the unfinished one.
    next: DayNote | None


def task(workspace: Workspace, date: str | None = None) -> DayNote:
    """A day's important task, with what else was said of that day; today's without a date."""
    return day_records.get_note(workspace.database, date or workspace.today())


def unfinished_task(workspace: Workspace) -> str | None:
    """Yesterday's task, if it was not done."""
    before = day_records.get_note(workspace.database, next_date(workspace.today(), -1))
    return None if before.task_done else before.task


def set_task(workspace: Workspace, task: str | None, date: str | None = None) -> DayNote:
    """Set the important task of a day, by default of today; an empty one deletes it."""
    return day_records.set_task(workspace.database, date or workspace.today(), task, now=workspace.now())


def mark_task_done(workspace: Workspace, date: str, done: bool) -> DayNote:
    """Mark a day's important task as done, or as not done."""
    return day_records.do_task(workspace.database, date, done, now=workspace.now())


def write_note(workspace: Workspace, date: str, words: str | None) -> DayNote:
    """Set the user's own words for a day; empty words delete them."""
    return day_records.write_note(workspace.database, date, words, now=workspace.now())


def replace_note(workspace: Workspace, date: str, words: str, seen: str | None) -> None:
    """Set the user's own words for a day, in place of those that were `seen`. TrackerError for other ones."""
    with workspace.transaction():
        written = day_records.get_note(workspace.database, date).note
        if written != seen and written != (words.strip() or None):
            message = _("another program changed this note in the meantime, to “{line}”; Enter replaces it")
            raise refusal(message, line=written or "")
        write_note(workspace, date, words)


class HasSocialTime(TrackerError):
    """A day that is to be confirmed as zero has `seconds` of social time on record."""

    def __init__(self, seconds: int) -> None:
        super().__init__(_("that day has logged social time"))
        self.seconds = seconds


def confirm_zero(workspace: Workspace, date: str, zero: bool = True) -> DayNote:
    """Say that a day without records was really zero, or is not known after all. Raises HasSocialTime."""
    with workspace.transaction():
        if zero and (seconds := queries.day(workspace, date).seconds):
            raise HasSocialTime(seconds)
        return day_records.confirm_zero(workspace.database, date, zero, now=workspace.now())


def open_days(workspace: Workspace) -> list[str]:
    """The earlier days that are still open, the oldest first."""
    begun, today = day_records.first_closed_day(workspace.database), workspace.today()
    if begun is None or begun >= today:
        return []
    first, yesterday = max(next_date(begun), next_date(today, -DAYS_OFFERED)), next_date(today, -1)
    closed = {note.date for note in day_records.notes_in_span(workspace.database, first, yesterday) if note.closed}
    return [date for date in dates(first, yesterday) if date not in closed]


def is_evening(workspace: Workspace) -> bool:
    """Whether it is late enough to close the day; after midnight too, until the next one starts."""
    clock = WallClock.of(workspace.zone).second_of_day(workspace.now())
    return clock >= CLOSING_TIME or clock < workspace.settings.day_starts_at


def close_questions(workspace: Workspace, date: str) -> CloseQuestions:
    """The questions that the close of a day asks, with the day as it stands now."""
    from tracker.reports.habit_histories import habits

    with workspace.database.snapshot():
        day = load_day(workspace, date)
        note = day_records.get_note(workspace.database, date)
        running = session_table.running(workspace.database)
        if running and day_of(running.start, running.zone, workspace.settings.day_starts_at) > date:
            running = None
        social = {total.channel for total in day.channels if total.kind == "social"}
        histories = habits(workspace, last=date)
        tomorrow = None
        if next_date(date) >= workspace.today():
            tomorrow = day_records.get_note(workspace.database, next_date(date))
            if not tomorrow.task and not note.task_done:
                tomorrow = tomorrow._replace(task=note.task)
        return CloseQuestions(
            day,
            gaps(day.parts),
            running,
            possible_end(workspace, running) if running and is_forgotten(workspace, running) else None,
            not note.zero and not any(part.session.channel in social for part in day.parts),
            tuple(
                history.habit
                for history in histories
                if not history.habit.measure and history.today.due and history.today.value is None
            ),
            tomorrow,
        )


def gaps(parts: Iterable[Part]) -> tuple[Gap, ...]:
    """The longest gaps between the first and the last record, in their order."""
    all_gaps: list[Gap] = []
    reached: int | None = None
    for part in sorted(parts, key=lambda part: part.start):
        if reached is not None and part.start - reached >= LEAST_GAP:
            all_gaps.append(Gap(reached, part.start))
        reached = part.end if reached is None else max(reached, part.end)
    return tuple(sorted(sorted(all_gaps, key=lambda gap: gap.start - gap.end)[:MOST_GAPS]))


def close(workspace: Workspace, date: str, closed: bool = True) -> DayNote:
    """Say that a day has been gone through, or is open again."""
    return day_records.close_day(workspace.database, date, closed, now=workspace.now())
