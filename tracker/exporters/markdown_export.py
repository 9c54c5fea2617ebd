"""The log as Markdown, a section for each day: what somebody reads, prints or keeps beside their notes.

Each session is counted on the day on which it began. Words are in the reader's language.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TextIO

from tracker.calendar.clock import known_zone
from tracker.calendar.days import WallClock
from tracker.domain.models import Outcome, Session
from tracker.domain.text import clean
from tracker.exporters import DayRange
from tracker.formatting.money import format_money
from tracker.formatting.plain_text import markdown_line
from tracker.formatting.times import format_clock, format_clock_range, format_duration, format_long_date
from tracker.locale import _
from tracker.storage import Database, channels, day_records, outcomes, session_table


def write(database: Database, days: DayRange, file: TextIO) -> int:
    """Write the sessions, outcomes and notes of those days; returns the number of sessions."""
    since, until = days.bounds(database)
    first, last = days.dates
    titles = {channel.name: _(channel.title) for channel in channels.channels(database)}
    activities = {activity.name: _(activity.title) for activity in channels.activities(database)}
    by_date: defaultdict[str, tuple[list[Session], list[Outcome], list[str]]] = defaultdict(lambda: ([], [], []))
    count = 0
    for session in session_table.in_span(database, since, until):
        date = _date(session.zone, session.start, days)
        if first <= date <= last:
            by_date[date][0].append(session)
            count += 1
    for outcome in outcomes.in_span(database, since, until):
        date = _date(outcome.zone, outcome.at, days)
        if first <= date <= last:
            by_date[date][1].append(outcome)
    for note in day_records.notes_in_span(database, first, last):
        by_date[note.date][2].extend(filter(None, (note.task, note.note)))
    for index, (date, (sessions, results, words)) in enumerate(sorted(by_date.items())):
        file.write(("\n" if index else "") + f"## {format_long_date(date)} ({date})\n")
        if sessions:
            file.write("\n| " + " | ".join((_("time"), _("length"), _("channel"), _("activity"), _("note"))) + " |\n")
            file.write("| :-- | --: | :-- | :-- | :-- |\n")
        for session in sessions:
            lasted = "" if session.end is None else format_duration(session.end - session.start)
            cells = (
                format_clock_range(session.start, session.end, known_zone(session.zone)),
                lasted,
                titles[session.channel],
                activities.get(session.activity or "", ""),
                _joined((session.person and f"@{session.person}", session.intention, session.note)),
            )
            file.write("| " + " | ".join(map(_escaped, cells)) + " |\n")
        if results:
            file.write("\n")
        for outcome in results:
            file.write(f"- {_escaped(_result(outcome, titles))}\n")
        for text in words:
            file.write(f"\n> {_escaped(text)}\n")
    return count


def _date(zone: str, instant: int, days: DayRange) -> str:
    return WallClock.of(known_zone(zone), days.starts_at).day(instant)


def _result(outcome: Outcome, titles: dict[str, str]) -> str:
    amount = format_money(outcome.amount, outcome.currency) if outcome.amount is not None and outcome.currency else None
    channel = titles.get(outcome.channel or "")
    clock = format_clock(outcome.at, known_zone(outcome.zone))
    return f"{clock} " + _joined((_(outcome.kind), amount, channel, outcome.person, outcome.note))


def _joined(parts: Iterable[str | None]) -> str:
    return ", ".join(filter(None, parts))


def _escaped(text: str) -> str:
    return markdown_line(clean(text))
