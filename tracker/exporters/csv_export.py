"""Sessions as CSV, in columns that `tracker import csv` reads back without loss.

The running session has no end. A text that a spreadsheet would run as a formula gets an apostrophe in front, which
makes it text. Spreadsheets run a cell that begins with `=`, `+`, `-` or `@`, some of them also after a tab or a line
end, or in the full width of Chinese and Japanese letters. A text that begins so after apostrophes of its own gets one
more, so that removing one always gives the same text back.
"""

from __future__ import annotations

import csv
from typing import TextIO

from tracker.calendar.clock import iso
from tracker.domain.text import clean_lines
from tracker.exporters import DayRange
from tracker.storage import Database, channels

COLUMNS = (
    *("start", "end", "channel", "activity", "note", "planned_seconds", "intention", "trigger", "person", "ring"),
    *("zone", "kind", "estimated", "source", "override", "overrun"),
)

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")


def write(database: Database, days: DayRange, file: TextIO) -> int:
    """Write the sessions that overlap those days, by start; returns how many."""
    kinds = {channel.name: channel.kind for channel in channels.channels(database)}
    rows = csv.writer(file)
    rows.writerow(COLUMNS)
    count = 0
    for session in days.sessions(database):
        cells = session._asdict() | {
            "start": iso(session.start, session.zone),
            "end": None if session.end is None else iso(session.end, session.zone),
            "kind": kinds.get(session.channel),
            "estimated": int(session.estimated),
        }
        rows.writerow([to_cell(cells[name]) if isinstance(cells[name], str) else cells[name] for name in COLUMNS])
        count += 1
    return count


def to_cell(text: str | None) -> str | None:
    """The text as a cell: no control characters, and an apostrophe in front if it begins like a formula."""
    text = text and clean_lines(text)
    return f"'{text}" if text and _is_formula(text) else text


def from_cell(cell: str) -> str:
    """The text of which `to_cell` made this cell."""
    return cell[1:] if cell[:1] == "'" and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
    return text.lstrip("'").startswith(_FORMULA_STARTS)
