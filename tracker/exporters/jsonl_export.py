"""Every record as JSON on a line of its own, with its kind as `type`: for `jq`, `grep` and programs that stream.

The rows are those of the JSON export.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.text import as_json
from tracker.exporters.json_export import lists

if TYPE_CHECKING:
    from typing import TextIO

    from tracker.exporters.day_range import DayRange
    from tracker.storage import Database

#: By list of the JSON export, what one of its rows is.
_TYPES = {
    "channels": "channel",
    "activities": "activity",
    "sessions": "session",
    "urges": "urge",
    "outcomes": "outcome",
    "notifications": "notification",
    "days": "day",
    "pauses": "pause",
    "people": "person",
    "habits": "habit",
    "habit_days": "habit_day",
    "spends": "spend",
    "pattern_marks": "pattern_mark",
    "estimates": "estimate",
    "commitments": "commitment",
    "verdicts": "verdict",
    "reviews": "review",
    "imported": "imported",
}


def write(database: Database, days: DayRange, file: TextIO) -> int:
    """Write the records of those days and their weeks; returns the number of sessions."""
    sessions = 0
    for name, rows in lists(database, days):
        for row in rows:
            file.write(as_json({"type": _TYPES[name]} | row) + "\n")
            sessions += name == "sessions"
    return sessions
