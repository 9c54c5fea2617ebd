"""Finished sessions as Timewarrior's JSON, as `timew export` writes it and `timew import` reads it.

Tags are the channel, the activity and the person; the annotation is the note, or else the intention. Timewarrior never
has two intervals at once: where sessions overlap, it will ask.
"""

from __future__ import annotations

from typing import TextIO

from tracker.calendar.clock import basic_utc
from tracker.domain.text import as_json, clean
from tracker.exporters import DayRange
from tracker.storage import Database


def write(database: Database, days: DayRange, file: TextIO) -> int:
    """Write the sessions of those days, by start; returns how many."""
    sessions = [session for session in days.sessions(database) if session.end is not None]
    file.write("[\n")
    for number, session in enumerate(sessions):
        tags = [clean(tag) for tag in (session.channel, session.activity, session.person) if tag]
        interval = {
            "id": len(sessions) - number,  # the last is @1
            "start": basic_utc(session.start),
            "end": basic_utc(session.end or session.start),
            "tags": tags,
        }
        if words := session.note or session.intention:
            interval["annotation"] = clean(words)
        file.write(as_json(interval) + (",\n" if number + 1 < len(sessions) else "\n"))
    file.write("]\n")
    return len(sessions)
