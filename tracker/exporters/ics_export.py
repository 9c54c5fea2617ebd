"""Sessions as events of a calendar (iCalendar, RFC 5545), which any calendar program can subscribe to or import.

The running session and looks of less than half a minute are no events. Times are UTC, so that every calendar shows them
by its own clock. An event that is exported again has the same UID: a calendar updates it.
"""

from __future__ import annotations

from typing import TextIO

from tracker import __version__
from tracker.calendar.clock import basic_utc
from tracker.domain.models import Session
from tracker.domain.text import clean_lines
from tracker.exporters import DayRange
from tracker.locale import _
from tracker.storage import Database, channels

#: In seconds: shorter sessions are looks, of which a calendar would show nothing but clutter.
_SHORTEST = 30

#: A line has at most so many octets, its end not counted.
_LINE = 75


def write(database: Database, days: DayRange, file: TextIO) -> int:
    """Write the events of those days; returns how many."""
    titles = {channel.name: _(channel.title) for channel in channels.channels(database)}
    activities = {activity.name: _(activity.title) for activity in channels.activities(database)}
    product = f"PRODID:-//tracker//tracker {__version__}//EN"
    file.write("".join(f"{line}\r\n" for line in ("BEGIN:VCALENDAR", "VERSION:2.0", product, "CALSCALE:GREGORIAN")))
    count = 0
    for session in days.sessions(database):
        if session.end is None or session.end - session.start < _SHORTEST:
            continue
        parts = (titles[session.channel], activities.get(session.activity or ""), session.person)
        summary = " · ".join(filter(None, parts))
        for name, value in _event(session, summary):
            file.write(_folded(f"{name}:{value}"))
        count += 1
    file.write("END:VCALENDAR\r\n")
    return count


def _event(session: Session, summary: str) -> list[tuple[str, str]]:
    words = "\n".join(filter(None, (session.intention, session.note)))
    return [
        ("BEGIN", "VEVENT"),
        ("UID", f"session-{session.id}-{session.start}@tracker"),
        ("DTSTAMP", basic_utc(session.end or session.start)),
        ("DTSTART", basic_utc(session.start)),
        ("DTEND", basic_utc(session.end or session.start)),
        ("SUMMARY", _escaped(summary)),
        ("CATEGORIES", _escaped(session.channel)),
        *([("DESCRIPTION", _escaped(words))] if words else []),
        *(("TRANSP", "TRANSPARENT"), ("END", "VEVENT")),
    ]


def _escaped(text: str) -> str:
    text = clean_lines(text).replace("\t", " ").replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """The content line, continued on further lines where it is too long; no letter is cut in two."""
    parts: list[str] = []
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8"))
        if size + octets > _LINE:
            parts.append(part)
            part, size = "", 1  # the space at the beginning of a continued line
        part += letter
        size += octets
    return "\r\n ".join([*parts, part]) + "\r\n"
