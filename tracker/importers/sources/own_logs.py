"""This program's own logs: its JSON export, or that of a part of its days, and another file, as from another machine.

Everything in them goes back in. An export is written into a log in memory, which is then imported as any other log.
What it says of channels and activities holds there; into a log that is in use it brings only what is missing.

Another file is not opened by SQLite: a copy of it is, with its write-ahead log. So it stays as it is, also while
another program uses it or a folder is being synchronised.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import accumulate, chain
from typing import Any

from tracker.domain.errors import TrackerError
from tracker.domain.text import as_json, clean_lines
from tracker.importers.browser_history import open_history
from tracker.importers.imported_record import RejectedRow
from tracker.importers.source import LogSource, SourceDescription
from tracker.importers.source_files import Keys, json_values
from tracker.locale import N_, _
from tracker.storage import Database, log_merge
from tracker.storage.database_file import DatabaseFile, bring_up_to_date
from tracker.storage.file_format import refuse_foreign

#: By list of the export, in the order in which they are written: its table, and the columns that it has.
_LISTS = {
    "channels": ("channel", "name title kind letter budget_seconds archived position"),
    "activities": ("activity", "name title purpose archived position"),
    "habits": ("habit", "name kind target unit measure channel weekdays times days created archived position"),
    "habit_days": ("habit_day", "habit date value skipped"),
    "people": ("person", "name met met_ring"),
    "sessions": (
        "session",
        "id channel start end zone activity planned_seconds intention trigger person ring note override overrun source "
        "estimated",
    ),
    "urges": ("urge", "id channel at zone trigger note"),
    "outcomes": ("outcome", "id kind at zone channel attribution amount currency person note"),
    "notifications": ("notification", "channel at zone"),
    "days": ("day_note", "date note zero task task_done closed"),
    "pauses": ("pause", "id start end ended zone"),
    "spends": ("spend", "id channel at zone amount currency note"),
    "pattern_marks": ("pattern_mark", "pattern what since until why"),
    "estimates": ("estimate", "week channel seconds at"),
    "commitments": ("commitment", "week position cue plan measure kind target per channel ring pattern kept at"),
    "verdicts": ("verdict", "week channel computed verdict why at"),
    "reviews": ("review", "week revision begun written zone shown reviewed words figures page"),
    "imported": ("imported_fact", "format key channel start end estimated"),
}

#: The lists whose rows others name: they are written first, whatever their place in the file.
_FIRST = ("channels", "activities", "habits")

#: What exports of earlier versions do not have.
_DEFAULTS: dict[str, Any] = {"at": 0, "position": 0, "zone": "UTC"}


class JsonLog(LogSource):
    """The JSON export."""

    is_snapshot = True

    def describe(self) -> SourceDescription:
        return SourceDescription("json", N_("tracker's own JSON export"), N_("tracker export json FILE"))

    @contextmanager
    def open(self, path: str) -> Iterator[tuple[Database, list[RejectedRow]]]:
        first, counts = _overview(path)
        with Database.temporary() as log:
            yield log, _write(log, path, first, counts)


class TrackerFile(LogSource):
    """Another tracker file."""

    def describe(self) -> SourceDescription:
        return SourceDescription("tracker", N_("another tracker file: the two are merged"), recorded=True)

    @contextmanager
    def open(self, path: str) -> Iterator[tuple[Database, list[RejectedRow]]]:
        with open_history(path, "tracker") as connection:
            connection.isolation_level = None
            refuse_foreign(connection, path)
            bring_up_to_date(connection)
            # What a merge notes in the copy is one transaction: each of its own would wait for the disk.
            connection.executescript("PRAGMA query_only = OFF; BEGIN")
            yield Database(DatabaseFile(path, connection)), []


SOURCES = (JsonLog(), TrackerFile())


def _are_rows(keys: Keys) -> bool:
    return len(keys) == 1


def _overview(path: str) -> tuple[dict[str, list[Any]], Counter[str]]:
    """The rows of an export that others name, and how many rows each list has. Raises TrackerError for no export."""
    first: dict[str, list[Any]] = {name: [] for name in _FIRST}
    counts: Counter[str] = Counter()
    has_version = has_sessions = False
    for keys, value in json_values(path, _are_rows):
        has_version |= keys[:1] == ("tracker",)
        is_row = len(keys) == 2 and isinstance(keys[1], int)
        has_sessions |= keys[:1] == ("sessions",) and (value == [] or is_row)
        if is_row:
            counts[str(keys[0])] += 1
            if keys[0] in _FIRST:
                first[str(keys[0])].append(value)
    if not has_version or not has_sessions:
        raise TrackerError(_("{path} is not a JSON export of tracker").format(path=path))
    return first, counts


def _write(log: Database, path: str, first: dict[str, list[Any]], counts: Counter[str]) -> list[RejectedRow]:
    """Write the lists of an export into an empty log; returns the rows that cannot be, by their numbers."""
    rejected: list[RejectedRow] = []
    zones: set[str] = set()
    numbers = dict(zip(_LISTS, accumulate((counts[name] for name in _LISTS), initial=1), strict=False))
    of_others = (
        (str(keys[0]), int(keys[1]), row)
        for keys, row in json_values(path, _are_rows)
        if len(keys) == 2 and isinstance(keys[1], int) and keys[0] in _LISTS and keys[0] not in _FIRST
    )
    every = chain(((name, index, row) for name in _FIRST for index, row in enumerate(first[name])), of_others)
    with log.transaction():
        log_merge.note_no_changes(log)
        if first["channels"]:
            log_merge.clear(log)
        for name, index, row in every:
            table, columns = _LISTS[name]
            column = ""
            try:
                values = {}
                for column in columns.split():
                    if column in row or column in _DEFAULTS:
                        values[column] = _value(row, column)
                column = "zone"
                zone = values.get("zone", "UTC")
                if zone not in zones:
                    log.ensure_zone(zone)
                    zones.add(zone)
                log_merge.insert_row(log, table, values)
                if name == "channels":
                    _write_matches(log, row)
                continue
            except sqlite3.Error as error:
                reason = log_merge.refusal(error)
            except TrackerError as error:
                reason = str(error)
            except (TypeError, ValueError, AttributeError, OverflowError, KeyError):
                reason = _("{column} has an impossible value").format(column=column or _("the row"))
            rejected.append(RejectedRow(numbers[name] + index, f"{name}: {reason}"))
    return sorted(rejected)


def _value(row: dict[str, Any], column: str) -> Any:
    """What a row says of a column, as it is stored. Raises ValueError and TypeError for what cannot be."""
    value = row.get(column, _DEFAULTS.get(column))
    if value is None:
        return None
    if column in _STORED:
        return _STORED[column](value)
    if isinstance(value, str):
        return clean_lines(value)
    if not isinstance(value, int | float):
        raise TypeError(column)
    return value


def _seconds(text: Any) -> int:
    """The UTC seconds of an instant with its offset. (`arrow.get` takes 3.5 s for 100,000, and a session has two.)"""
    if text == 0:
        return 0
    moment = datetime.fromisoformat(text)
    if not moment.tzinfo:
        raise ValueError(text)
    return int(moment.timestamp())


def _hundredths(text: str) -> int:
    try:
        hundredths = Decimal(text) * 100
        if hundredths != int(hundredths):
            raise ValueError(text)
        return int(hundredths)
    except InvalidOperation:
        raise ValueError(text) from None


#: How a column is stored, where not as it is written.
_STORED: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("start", "end", "at", "ended", "begun", "written", "shown"), _seconds),
    "amount": _hundredths,
    "weekdays": lambda days: sum(1 << int(day) for day in {*days}),
    "reviewed": " ".join,
    "figures": lambda figures: figures if isinstance(figures, str) else as_json(figures),
    "key": int,
}


def _write_matches(log: Database, row: dict[str, Any]) -> None:
    for key, what in (("domains", "domain"), ("apps", "app"), ("aliases", "alias")):
        for text in row.get(key) or ():
            log_merge.insert_row(log, "channel_match", {"channel": row["name"], "what": what, "text": text})
