"""The evening close: which days are still open, and what to ask about one.

A day is closed when the user has gone through it. After the first day that was ever closed, each day of the last week
that is not closed is offered again, the oldest first. A day without any record is offered too, because there the
difference between zero and unknown matters most. Days that are more than a week old are not offered: nobody remembers
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import WallClock, dates, day_of, next_date
from tracker.reports.day import day as load_day
from tracker.reports.habit_histories import habits
from tracker.services.forgotten_timer import is_forgotten, possible_end
from tracker.storage import notes, session_table
from tracker.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.models import DayNote, Habit, Session
    from tracker.reports.day import Day, Part
    from tracker.services.forgotten_timer import PossibleEnd
    from tracker.storage import Database

#: For so many days a day is offered.
DAYS = 7

#: Gaps of at least so many seconds are shown, and so many of them, the longest.
LEAST_GAP, MOST_GAPS = 45 * 60, 5

#: From this time of day on, in seconds after midnight, the screens say that the day can be closed.
EVENING = 18 * 3600


class Gap(NamedTuple):
    """Time between two records of a day in which nothing was logged; UTC seconds."""

    start: int
    end: int


class CloseQuestions(NamedTuple):
    """What the close of one day asks, as it stands."""

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


def unclosed(database: Database, today: str) -> list[str]:
    """The earlier days that are still open, the oldest first."""
    begun = notes.first_closed(database)
    if begun is None or begun >= today:
        return []
    first = max(next_date(begun), next_date(today, -DAYS))
    yesterday = next_date(today, -1)
    closed = {note.date for note in notes.in_span(database, first, yesterday) if note.closed}
    return [date for date in dates(first, yesterday) if date not in closed]


def is_evening(now: int, zone: str, starts_at: int) -> bool:
    """Whether it is late enough to close the day; after midnight too, until the next one starts."""
    clock = WallClock.of(zone).second_of_day(now)
    return clock >= EVENING or clock < starts_at


def close_questions(workspace: Workspace, date: str) -> CloseQuestions:
    """What there is to ask about a day."""
    now = workspace.now()
    with workspace.database.snapshot():
        day = load_day(workspace, date)
        note = notes.get(workspace.database, date)
        running = session_table.running(workspace.database)
        if running and day_of(running.start, running.zone, workspace.settings.day_starts_at) > date:
            running = None
        forgotten = running and is_forgotten(workspace.database, running, workspace.settings.forgotten_after, now)
        social = {total.channel for total in day.channels if total.kind == "social"}
        histories = habits(workspace, last=date)
        tomorrow = None
        if next_date(date) >= day_of(now, workspace.zone, workspace.settings.day_starts_at):
            tomorrow = notes.get(workspace.database, next_date(date))
            if not tomorrow.task and not note.task_done:
                tomorrow = tomorrow._replace(task=note.task)
        return CloseQuestions(
            day,
            gaps(day.parts),
            running,
            possible_end(workspace.database, running, now) if running and forgotten else None,
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
    found: list[Gap] = []
    reached: int | None = None
    for part in sorted(parts, key=lambda part: part.start):
        if reached is not None and part.start - reached >= LEAST_GAP:
            found.append(Gap(reached, part.start))
        reached = part.end if reached is None else max(reached, part.end)
    longest = sorted(found, key=lambda gap: gap.start - gap.end)[:MOST_GAPS]
    return tuple(sorted(longest))
