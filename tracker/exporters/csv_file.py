"""Sessions as CSV, in columns that `tracker import csv` reads back without loss.

A text that a spreadsheet would run as a formula has an apostrophe in front (`exporters.formulas`). The session that
runs has no end.
"""

from __future__ import annotations

import csv
from typing import TextIO

from tracker.calendar.zones import iso
from tracker.exporters.days import ExportDays
from tracker.exporters.formulas import defused
from tracker.storage import Journal, channels, session_table

COLUMNS = (
    *("start", "end", "channel", "activity", "note", "planned_seconds", "intention", "trigger", "person", "ring"),
    *("zone", "kind", "estimated", "source", "override", "overrun"),
)


def write(journal: Journal, days: ExportDays, file: TextIO) -> int:
    """Write the sessions that touch those days, by start, and return how many they are."""
    kinds = {channel.name: channel.kind for channel in channels.channels(journal)}
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    count = 0
    for session in session_table.in_span(journal, *days.reach(journal)):
        if not days.hold(session.zone, session.start, session.end):
            continue
        rows.writerow(
            (
                iso(session.start, session.zone),
                iso(session.end, session.zone) if session.end is not None else None,
                *map(defused, (session.channel, session.activity, session.note)),
                session.planned_seconds,
                *map(defused, (session.intention, session.trigger, session.person, session.ring, session.zone)),
                kinds.get(session.channel),
                int(session.estimated),
                *map(defused, (session.source, session.override, session.overrun)),
            )
        )
        count += 1
    return count
