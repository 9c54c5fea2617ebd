"""One export, from the database to a file, which is written completely or not at all; and the export formats."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import NamedTuple, TextIO

from tracker.domain.errors import TrackerError
from tracker.domain.text import quoted
from tracker.exporters import (
    DayRange,
    csv_export,
    datasette_export,
    ics_export,
    json_export,
    markdown_export,
    timewarrior_export,
)
from tracker.files import file_access
from tracker.locale import N_, _
from tracker.storage import Database

EVERY_DAY = DayRange()


class ExportFormat(NamedTuple):
    """An export format. `write` gets the database, the days and a text file without newline translation, and returns
    the number of sessions that it wrote."""

    name: str
    title: str
    write: Callable[[Database, DayRange, TextIO], int]


EXPORT_FORMATS = {
    format.name: format
    for format in (
        ExportFormat("csv", N_("the sessions, as `tracker import csv` reads them"), csv_export.write),
        ExportFormat("json", N_("everything recorded, as `tracker import json` reads it back"), json_export.write),
        ExportFormat("jsonl", N_("everything recorded, a record a line"), json_export.write_lines),
        ExportFormat("ics", N_("sessions, for a calendar"), ics_export.write),
        ExportFormat("timewarrior", N_("sessions, for Timewarrior"), timewarrior_export.write),
        ExportFormat("markdown", N_("sessions, results and notes day by day, to read"), markdown_export.write),
        ExportFormat("datasette", N_("what Datasette says of the tables"), datasette_export.write),
    )
}


def export_format(name: str) -> ExportFormat:
    """The format called `name`. Raises TrackerError, with the names that exist, for any other."""
    if name not in EXPORT_FORMATS:
        message = _("unknown export format “{name}”; choose one of: {names}")
        raise TrackerError(message.format(name=quoted(name), names=", ".join(EXPORT_FORMATS)))
    return EXPORT_FORMATS[name]


def export(
    database: Database,
    format_name: str,
    destination: str | TextIO,
    *,
    days: DayRange = EVERY_DAY,
    protected: tuple[str, ...] = (),
) -> int:
    """Write what those days have to a path or to a stream; returns the number of sessions.

    Raises TrackerError for an unknown format, a file that cannot be written, and one that is the database itself or one
    of the `protected` paths; what was there stays then. A new file can be read by this user alone.
    """
    write = export_format(format_name).write
    if not isinstance(destination, str):
        return write(database, days, destination)
    protected = (database.file.path, *protected)
    return write_file(destination, lambda file: write(database, days, file), protected=protected)


def write_file(path: str, write: Callable[[TextIO], int], *, protected: tuple[str, ...]) -> int:
    """Write a file completely or not at all; returns what `write` does. A new file can be read by this user alone.

    Raises TrackerError for a file that cannot be written, and for one that is a `protected` path or one that SQLite
    keeps beside it; what was there stays then.
    """
    replaced = file_access.atomic_replace(os.path.expanduser(path), databases=protected)
    with file_access.os_errors_as(_("cannot write {path}: {reason}"), path), replaced as file:
        return write(file)


def write_new_file(path: str, text: str, protected: tuple[str, ...] = ()) -> None:
    """Write a text to a file that does not exist, or has just this text: what somebody has changed there is not lost.

    `protected` are files of ours that are never replaced. Raises TrackerError, with the file as it was, where it has
    other text or cannot be written.
    """
    real_path = os.path.expanduser(path)
    file_access.refuse_database(real_path, databases=protected)
    with file_access.os_errors_as(_("cannot write {path}: {reason}"), path):
        content = file_access.read_bytes(real_path) if os.path.isfile(real_path) else b""
    if content and content != text.encode():
        raise TrackerError(_("{path} already exists with other contents; choose another path").format(path=path))
    write_file(path, lambda file: file.write(text), protected=protected)
