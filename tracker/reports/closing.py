"""The evening close: which day is still open, and what is worth asking about it.

A day is closed when the user has gone through it. From the first day ever closed on, each later day of the last week
that was not is offered again, the oldest first; a day without any record is too, because there zero and unknown differ
the most. Before one has closed a first day nothing is held against earlier ones, and what is over a week old is left
alone: nobody remembers it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tracker.calendar.days import Wall, dates, day_of, next_date
from tracker.storage import notes, session_table

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.models import DayNote, Habit, Session
    from tracker.reports.forgotten import Doubt
    from tracker.reports.values import Day, Part
    from tracker.settings import Settings
    from tracker.storage import Journal

#: A day stays open for so many days; then it is left alone.
DAYS = 7

#: A hole in the log is worth a glance from so many seconds on, and so many of them, the longest, are shown.
WORTH_A_GLANCE, MOST_GAPS = 45 * 60, 5

#: From this time of day on, in seconds after midnight, the screens say that the day can be closed.
EVENING = 18 * 3600


class Gap(NamedTuple):
    """Time between two records of a day in which nothing at all was logged; UTC seconds."""

    start: int
    end: int


class Evening(NamedTuple):
    """What the close of one day asks, as it stands."""

    day: Day
    gaps: tuple[Gap, ...]
    #: What runs since that day or before, and when it may have ended; `doubt` only if it may have been forgotten.
    running: Session | None
    doubt: Doubt | None
    #: There is no social time on record, and nobody said that there was none.
    asks_zero: bool
    #: Ticked by hand, due that day and not answered.
    habits: tuple[Habit, ...]
    #: The day after, if it is not over yet, and what it is for so far: its own task, else what was left undone.
    next: DayNote | None


def unclosed(journal: Journal, today: str) -> list[str]:
    """The earlier days that are still open, the oldest first."""
    begun = notes.first_closed(journal)
    if begun is None or begun >= today:
        return []
    first = max(next_date(begun), next_date(today, -DAYS))
    yesterday = next_date(today, -1)
    closed = {note.date for note in notes.in_span(journal, first, yesterday) if note.closed}
    return [date for date in dates(first, yesterday) if date not in closed]


def is_evening(now: int, zone: str, starts_at: int) -> bool:
    """Whether it is late enough to close the day; after midnight too, until the next one starts."""
    clock = Wall.of(zone).second_of_day(now)
    return clock >= EVENING or clock < starts_at


def evening(journal: Journal, settings: Settings, date: str, *, zone: str, now: int) -> Evening:
    """What there is to ask about a day."""
    from tracker.reports.day import day as review_day

    with journal.snapshot():
        day = review_day(journal, settings, date, zone=zone, now=now)
        said = notes.get(journal, date)
        running = session_table.running(journal)
        if running and day_of(running.start, running.zone, settings.day_starts_at) > date:
            running = None
        social = {total.channel for total in day.channels if total.kind == "social"}
        return Evening(
            day,
            gaps(day.parts),
            running,
            _doubt(journal, settings, running, now) if running else None,
            not said.zero and not any(part.session.channel in social for part in day.parts),
            _due(journal, settings, date, zone, now),
            _next(journal, said, day_of(now, zone, settings.day_starts_at)),
        )


def gaps(parts: Iterable[Part]) -> tuple[Gap, ...]:
    """The longest holes between the first and the last record, in their order."""
    found: list[Gap] = []
    reached: int | None = None
    for part in sorted(parts, key=lambda part: part.start):
        if reached is not None and part.start - reached >= WORTH_A_GLANCE:
            found.append(Gap(reached, part.start))
        reached = part.end if reached is None else max(reached, part.end)
    longest = sorted(found, key=lambda gap: gap.start - gap.end)[:MOST_GAPS]
    return tuple(sorted(longest))


def _doubt(journal: Journal, settings: Settings, running: Session, now: int) -> Doubt | None:
    from tracker.reports.forgotten import doubt, is_forgotten

    if not is_forgotten(journal, running, settings.forgotten_after, now):
        return None
    return doubt(journal, running, now)


def _due(journal: Journal, settings: Settings, date: str, zone: str, now: int) -> tuple[Habit, ...]:
    from tracker.reports.habits import habits

    every = habits(journal, settings, zone=zone, now=now, last=date)
    return tuple(kept.habit for kept in every if not kept.habit.measure and kept.today.due and kept.today.value is None)


def _next(journal: Journal, said: DayNote, today: str) -> DayNote | None:
    date = next_date(said.date)
    if date < today:
        return None
    found = notes.get(journal, date)
    return found if found.task or said.task_done else found._replace(task=said.task)
