"""What Datasette should say of the tracker file: `datasette tracker.db -m metadata.json`.

It names the tables and columns, puts the views with local times first, and hides what is only of use to the program.
"""

from __future__ import annotations

import os
from typing import TextIO

from tracker.domain.text import as_json
from tracker.exporters import DayRange
from tracker.storage import Database
from tracker.storage.schema import LOGGED

_SECONDS = {"start": "UTC seconds", "end": "UTC seconds, empty while it runs", "at": "UTC seconds"}

#: By table or view: what it is, and the column by which it is sorted, the last first.
_TABLES = {
    "session_local": ("Sessions by the wall clock where they happened, in minutes", "start"),
    "minutes_by_date": ("Minutes and sessions by date and channel", "date"),
    "outcome_local": ("Recommendations, prospects, clients and income, by the wall clock", "at"),
    "urge_local": ("Wishes to open a channel that were resisted, by the wall clock", "at"),
    "pause_local": ("Declared pauses, by the wall clock", "start"),
    "spend_local": ("What channels cost beside the hours, by the wall clock", "at"),
    "review_local": ("Weekly reviews, with the time felt and logged", "week"),
    "session": ("Sessions: time on one channel", "start"),
    "channel": ("Channels: where attention goes", None),
    "channel_match": ("Domains, apps and aliases of channels", None),
    "activity": ("Activities and the purpose of each", None),
    "outcome": ("Recommendations, prospects, clients and income; amounts in hundredths", "at"),
    "urge": ("Wishes to open a channel that were resisted", "at"),
    "day_note": ("What was said of a day", "date"),
    "pause": ("Declared pauses", "start"),
    "person": ("What was said of people", None),
    "habit": ("Habits", None),
    "habit_day": ("Answers to habits, day by day", "date"),
    "notification": ("Notifications of a phone: channel and moment", "at"),
    "pattern_mark": ("What was said of patterns", "since"),
    "estimate": ("How long a week was thought to be", "week"),
    "review": ("Weekly reviews as they were written", "week"),
    "verdict": ("Verdicts on channels in reviews", "week"),
    "spend": ("What channels cost beside the hours; amounts in hundredths", "at"),
    "commitment": ("If-then plans for a week", "week"),
}

#: What the search box of Datasette searches: the index has sessions under their own ids.
_SEARCHED = ("session", "session_local")


def write(database: Database, _days: DayRange, file: TextIO) -> int:
    """Write the metadata for this file under its name; returns 0, because it has no session."""
    tables: dict[str, dict[str, object]] = {}
    for name in database.tables_and_views():
        if name not in _TABLES:
            tables[name] = {"hidden": True}
            continue
        description, sort = _TABLES[name]
        tables[name] = {"description": description}
        if sort:
            tables[name]["sort_desc"] = sort
        if name in _SEARCHED:
            tables[name] |= {"fts_table": "search", "fts_pk": "id"}
        columns = {column: text for column, text in _SECONDS.items() if column in LOGGED.get(name, ())}
        if columns:
            tables[name]["columns"] = columns
    stem = os.path.splitext(os.path.basename(database.file.path))[0]
    content = {
        "title": "tracker",
        "description": "Time on social networks, what it brought, and habits",
        "databases": {stem: {"tables": tables}},
    }
    file.write(as_json(content, indent=2) + "\n")
    return 0
