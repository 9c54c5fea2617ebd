"""One export, from journal to file; the file is whole or as it was."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from tracker.domain.models import TrackerError
from tracker.exporters import target
from tracker.exporters.days import ExportDays
from tracker.files import file_access
from tracker.locale import _
from tracker.storage import Journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

EVERY_DAY = ExportDays()


class ExportReport(NamedTuple):
    """What was written: the format, where (None: to the stream), and how many sessions."""

    format: str
    path: str | None
    sessions: int


def run(
    journal: Journal,
    format: str,
    path: str | None,
    *,
    stream: TextIO | None = None,
    days: ExportDays = EVERY_DAY,
    but: tuple[str, ...] = (),
) -> ExportReport:
    """Write what touches those days to `path`, or to `stream` without one.

    Raises TrackerError for a format that is not known, a file that cannot be written, and one that is the log itself
    or one of `but`; what was there stays then. A file that is new can be read by this user alone.
    """
    chosen = target(format)
    if path is None:
        if stream is None:
            raise ValueError("an export goes to a path or a stream")
        return ExportReport(format, None, chosen.write(journal, days, stream))
    count = written(path, lambda file: chosen.write(journal, days, file), but=(journal.path, *but))
    return ExportReport(format, path, count)


def written(path: str, write: Callable[[TextIO], int], *, but: tuple[str, ...]) -> int:
    """Write a file whole; returns what `write` does. A new file can be read by this user alone.

    Raises TrackerError for one that cannot be written, or is one of `but` or what SQLite keeps beside it; what was
    there stays then.
    """
    try:
        with file_access.atomic_replace(os.path.expanduser(path), databases=but) as file:
            return write(file)
    except OSError as error:
        raise _unwritable(path, error) from None


def written_once(path: str, text: str, but: tuple[str, ...] = ()) -> None:
    """Write a text to a file that is not there yet, or holds just this: what somebody went on writing is not lost.

    `but` are files of ours that are never written over. Raises TrackerError, with the file as it was, where it holds
    something else or cannot be written.
    """
    place = os.path.expanduser(path)
    file_access.refuse_database(place, databases=but)
    try:
        there = file_access.read_bytes(place) if os.path.isfile(place) else b""
    except OSError as error:
        raise _unwritable(path, error) from None
    if there and there != text.encode():
        raise TrackerError(_("{path} is there and says something else; say another").format(path=path))
    written(path, lambda file: file.write(text), but=but)


def _unwritable(path: str, error: OSError) -> TrackerError:
    return TrackerError(_("cannot write {path}: {reason}").format(path=path, reason=error.strerror or error))
