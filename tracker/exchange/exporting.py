"""One export, from journal to file; the file is whole or as it was."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TextIO

from tracker.exchange.targets import target
from tracker.exchange.targets.days import Days
from tracker.journal import Journal
from tracker.locale import _
from tracker.model import TrackerError
from tracker.record import Record

EVERY_DAY = Days()


class ExportReport(Record):
    """What was written: the format, where (None: to the stream), and how many sessions."""

    format: str
    path: str | None
    sessions: int


def run(
    journal: Journal,
    format: str,
    path: str | None,
    *,
    stream: TextIO,
    days: Days = EVERY_DAY,
) -> ExportReport:
    """Write what touches those days to `path`, or to `stream` without one.

    Raises TrackerError for a format that is not known and a file that cannot be written; what was there stays then.
    """
    chosen = target(format)
    if path is None:
        return ExportReport(format, None, chosen.write(journal, days, stream))
    path = os.path.expanduser(path)
    if os.path.exists(path) and os.path.exists(journal.path) and os.path.samefile(path, journal.path):
        raise TrackerError(_("{path} is the log itself; an export goes to another file").format(path=path))
    if os.path.isdir(path):
        raise TrackerError(_("cannot write {path}: it is a folder").format(path=path))
    partial = Path(f"{path}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            count = chosen.write(journal, days, file)
        os.replace(partial, path)
    except OSError as error:
        raise TrackerError(_("cannot write {path}: {reason}").format(path=path, reason=error.strerror)) from None
    finally:
        partial.unlink(missing_ok=True)
    return ExportReport(format, path, count)
