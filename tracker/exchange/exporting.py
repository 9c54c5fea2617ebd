"""One export, from journal to file; the file is whole or as it was."""

from __future__ import annotations

import os

from tracker.exchange.targets import target
from tracker.exchange.targets.days import Days
from tracker.journal import Journal
from tracker.locale import _
from tracker.model import TrackerError
from tracker.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

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
    stream: TextIO | None = None,
    days: Days = EVERY_DAY,
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

    Raises TrackerError for one that cannot be written, or is one of `but`; what was there stays then.
    """
    place = os.path.expanduser(path)
    for own in but:
        if os.path.exists(own) and os.path.exists(place) and os.path.samefile(own, place):
            raise TrackerError(_("{path} is the program's own file; say another").format(path=path))
    try:
        return _written(place, write)
    except OSError as error:
        raise TrackerError(
            _("cannot write {path}: {reason}").format(path=path, reason=error.strerror or error)
        ) from None


def _written(path: str, write: Callable[[TextIO], int]) -> int:
    """Write a file whole beside its place and rename it, so that nothing is ever left half written."""
    # A device or a pipe is written to as it stands.
    partial = f"{path}.partial" if os.path.isfile(path) or not os.path.exists(path) else path
    try:
        with open(partial, "w", encoding="utf-8", newline="", opener=_for_this_user) as file:
            count = write(file)
        if partial != path:
            os.replace(partial, path)
    except BaseException:
        if partial != path and os.path.exists(partial):
            os.unlink(partial)
        raise
    return count


def _for_this_user(path: str, flags: int) -> int:
    """Open a file that, where it is new, nobody else can read: an export tells as much as the log does."""
    return os.open(path, flags, 0o600)


def written_once(path: str, text: str, but: tuple[str, ...] = ()) -> None:
    """Write a text to a file that is not there yet, or holds just this: what somebody went on writing is not lost.

    `but` are files of ours that are never written over. Raises TrackerError, with the file as it was, where it holds
    something else or cannot be written.
    """
    place = os.path.expanduser(path)
    if os.path.isfile(place) and os.path.getsize(place):
        with open(place, encoding="utf-8", errors="replace", newline="") as file:
            if file.read() != text:
                raise TrackerError(_("{path} is there and says something else; say another").format(path=path))
    written(path, lambda file: file.write(text), but=but)
